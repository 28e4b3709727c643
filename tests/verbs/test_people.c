/* People by scripts: children, consent, pauses, notes; leaving, merging, erasing. */
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

static char *number_of(const struct ran *ran)
{
	assert_code(ran, 0);
	return mem_text_n(ran->out, strcspn(ran->out, " \n"));
}

static char *new_resident(const struct venue_dir *v, const char *name, const char *phone)
{
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "add", name, "--phone", phone, AS_ADMIN(v));

	return number_of(&ran);
}

static char *new_item(const struct venue_dir *v)
{
	CLEANUP(ran_finish)
	struct ran ran =
		VENUE_RUN(v, "item", "add", "油锯", "--category", "garden", "--json", AS_ADMIN(v));

	assert_code(&ran, 0);
	json_t *rows = assert_json(&ran, 1);
	const json_t *number = json_object_get(json_array_get(rows, 0), "number");
	char *text = mem_printf("%lld", (long long)json_integer_value(number));
	json_decref(rows);
	return text;
}

/* What `resident show --json` has under the key, as text; the caller's. */
static char *shown(const struct venue_dir *v, const char *who, const char *key)
{
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "show", who, "--json", AS_ADMIN(v));

	assert_code(&ran, 0);
	json_t *rows = assert_json(&ran, 1);
	const json_t *value = json_object_get(json_array_get(rows, 0), key);
	assert_non_null(value);
	char *text = json_is_integer(value)
			     ? mem_printf("%lld", (long long)json_integer_value(value))
			     : mem_text(json_is_string(value) ? json_string_value(value) : "");
	json_decref(rows);
	return text;
}

static void assert_shown(
	const struct venue_dir *v, const char *who, const char *key, const char *expected)
{
	CLEANUP(mem_free) char *text = shown(v, who, key);

	assert_string_equal(text, expected);
}

TEST(a_child_is_added_with_its_guardian_and_who_fetches_it, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *mother = new_resident(v, "监护甲", "13800000101");
	CLEANUP(ran_finish)
	struct ran alone =
		VENUE_RUN(v, "resident", "add", "孩子甲", "--category", "child", AS_ADMIN(v));
	assert_code(&alone, 1);
	assert_has(alone.err, "guardian");
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "add", "孩子甲", "--category", "child",
		"--guardian", mother, "--fetchers", "李奶奶", "--born", "2018", AS_ADMIN(v));
	CLEANUP(mem_free) char *child = number_of(&ran);
	assert_shown(v, child, "guardian", mother);
	assert_shown(v, child, "consent_by", mother);
	assert_shown(v, child, "fetchers", "李奶奶");
	assert_shown(v, child, "birth_year", "2018");
	assert_shown(v, child, "wall", "masked");
	CLEANUP(ran_finish)
	struct ran edited = VENUE_RUN(v, "resident", "edit", child, "--fetchers", mother, "--wall",
		"alias", "--born", "none", AS_ADMIN(v));
	assert_code(&edited, 0);
	assert_shown(v, child, "fetchers", mother);
	assert_shown(v, child, "wall", "alias");
	assert_shown(v, child, "birth_year", "");
	CLEANUP(ran_finish)
	struct ran bad = VENUE_RUN(v, "resident", "edit", child, "--born", "18", AS_ADMIN(v));
	assert_code(&bad, 2);
}

TEST(without_staff_nobody_learns_who_fetches_a_child_or_why_somebody_is_paused, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "秘密甲", "13800000102");
	CLEANUP(ran_finish)
	struct ran edited = VENUE_RUN(v, "resident", "edit", who, "--fetchers", "接送暗号",
		"--born", "1955", AS_ADMIN(v));
	assert_code(&edited, 0);
	CLEANUP(ran_finish)
	struct ran note = VENUE_RUN(v, "resident", "note", who, "备注", "暗号", AS_ADMIN(v));
	assert_code(&note, 0);
	assert_shown(v, who, "note", "备注 暗号");
	CLEANUP(ran_finish)
	struct ran paused = VENUE_RUN(v, "resident", "pause", who, "--until", "2099-01-01", "--why",
		"停用暗号", AS_ADMIN(v));
	assert_code(&paused, 0);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "show", who);
	assert_code(&ran, 0);
	assert_lacks(ran.out, "暗号");
	assert_lacks(ran.out, "2099");
	assert_lacks(ran.out, "1955");
}

TEST(a_paused_person_borrows_nothing_until_the_pause_is_ended, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "停用甲", "13800000103");
	CLEANUP(mem_free) char *item = new_item(v);
	CLEANUP(ran_finish)
	struct ran no_end = VENUE_RUN(v, "pause", who, "--why", "吵", AS_ADMIN(v));
	assert_code(&no_end, 2);
	CLEANUP(ran_finish)
	struct ran paused =
		VENUE_RUN(v, "pause", who, "--until", "2099-01-01", "--why", "吵", AS_ADMIN(v));
	assert_code(&paused, 0);
	assert_shown(v, who, "paused_until", "2099-01-01");
	CLEANUP(ran_finish) struct ran refused = VENUE_RUN(v, "lend", who, item, AS_ADMIN(v));
	assert_code(&refused, 1);
	assert_has(refused.err, "paused");
	CLEANUP(ran_finish)
	struct ran resumed = VENUE_RUN(v, "resident", "resume", who, AS_ADMIN(v));
	assert_code(&resumed, 0);
	CLEANUP(ran_finish) struct ran lent = VENUE_RUN(v, "lend", who, item, AS_ADMIN(v));
	assert_code(&lent, 0);
	CLEANUP(ran_finish) struct ran left = VENUE_RUN(v, "leave", who, AS_ADMIN(v));
	assert_code(&left, 1);
	CLEANUP(ran_finish) struct ran back = VENUE_RUN(v, "return", item, AS_ADMIN(v));
	assert_code(&back, 0);
}

TEST(a_consent_is_taken_down_for_who_came_in_by_a_table, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/street.csv", v->dir);

	write_file(path, "编号,姓名\n800,表里甲\n", 0644);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "import", path, AS_ADMIN(v));
	assert_code(&ran, 0);
	assert_shown(v, "800", "consent_version", "");
	CLEANUP(ran_finish)
	struct ran agreed =
		VENUE_RUN(v, "resident", "consent", "800", "--consent", "paper-1", AS_ADMIN(v));
	assert_code(&agreed, 0);
	assert_shown(v, "800", "consent_version", "paper-1");
}

/* ---- leaving ---- */

static int files_printed(const struct venue_dir *v)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/printed", v->dir);
	DIR *folder = opendir(path);
	int count = 0;

	while (folder) {
		const struct dirent *entry = readdir(folder);
		if (!entry)
			break;
		count += entry->d_name[0] != '.';
	}
	if (folder)
		closedir(folder);
	return count;
}

static bool is_found(const struct venue_dir *v, const char *word)
{
	CLEANUP(mem_free) char *command = mem_printf("grep -rqaF '%s' '%s'", word, v->dir);

	return system(command) == 0;
}

TEST(what_is_kept_is_printed_and_an_erasure_takes_paper_and_file_along, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "金丝雀甲", "13800000104");
	int before = files_printed(v);
	CLEANUP(ran_finish)
	struct ran kept = VENUE_RUN(v, "resident", "hand-over", who, AS_ADMIN(v));
	assert_code(&kept, 0);
	assert_int_equal(files_printed(v), before + 1);
	assert_true(is_found(v, "金丝雀甲"));
	CLEANUP(ran_finish) struct ran unsure = VENUE_RUN(v, "erase", who, AS_ADMIN(v));
	assert_code(&unsure, 2);
	CLEANUP(ran_finish) struct ran erased = VENUE_RUN(v, "erase", who, "--yes", AS_ADMIN(v));
	assert_code(&erased, 0);
	assert_has(erased.err, "12 months");
	assert_false(is_found(v, "金丝雀甲"));
	assert_false(is_found(v, "13800000104"));
	assert_int_equal(files_printed(v), before);
	CLEANUP(ran_finish) struct ran verified = VENUE_RUN(v, "verify", "--replay");
	assert_code(&verified, 0);
}

TEST(two_records_become_one_and_points_are_handed_over_at_leaving, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *from = new_resident(v, "同名乙", "13800000105");
	CLEANUP(mem_free) char *into = new_resident(v, "同名乙", "13800000106");
	CLEANUP(mem_free) char *heir = new_resident(v, "接手乙", "13800000107");
	CLEANUP(ran_finish)
	struct ran posted =
		VENUE_RUN(v, "points", "post", "issue", from, "30", "--why", "试", AS_ADMIN(v));
	assert_code(&posted, 0);
	CLEANUP(ran_finish) struct ran merged = VENUE_RUN(v, "merge", from, into, AS_ADMIN(v));
	assert_code(&merged, 0);
	assert_shown(v, into, "points", "30");
	CLEANUP(ran_finish)
	struct ran left = VENUE_RUN(v, "leave", into, "--points-to", heir, AS_ADMIN(v));
	assert_code(&left, 0);
	assert_shown(v, heir, "points", "30");
	CLEANUP(ran_finish) struct ran again = VENUE_RUN(v, "leave", into, AS_ADMIN(v));
	assert_code(&again, 1);
}
