/* Lending and returning from a command line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

/* Every test creates its own people and things, so that their order does not matter. */
static int64_t number_of(const struct ran *ran)
{
	assert_code(ran, 0);
	return strtoll(ran->out, NULL, 10);
}

static char *new_resident(const struct venue_dir *v, const char *name)
{
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "add", name, AS_ADMIN(v));

	return mem_printf("%lld", (long long)number_of(&ran));
}

static char *new_item(const struct venue_dir *v, const char *title)
{
	CLEANUP(ran_finish)
	struct ran ran =
		VENUE_RUN(v, "item", "add", title, "--category", "garden", "--json", AS_ADMIN(v));
	json_t *array = assert_json(&ran, 1);
	json_t *number = json_object_get(json_array_get(array, 0), "number");
	char *text = mem_printf("%lld", (long long)json_integer_value(number));

	json_decref(array);
	return text;
}

static const char *text_at(const json_t *array, size_t row, const char *key)
{
	const char *text = json_string_value(json_object_get(json_array_get(array, row), key));

	assert_non_null(text);
	return text;
}

TEST(what_is_lent_is_listed_until_it_is_returned, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "张小三");
	CLEANUP(mem_free) char *item = new_item(v, "花剪");
	CLEANUP(ran_finish)
	struct ran lent = VENUE_RUN(v, "lend", who, item, "--json", AS_ADMIN(v));
	json_t *loans = assert_json(&lent, 1);

	assert_string_equal(text_at(loans, 0, "title"), "花剪");
	assert_int_equal(strncmp(text_at(loans, 0, "code"), "J1L", 3), 0);
	json_decref(loans);
	CLEANUP(ran_finish) struct ran out = VENUE_RUN(v, "loans", "--json", "--card", who);
	json_decref(assert_json(&out, 1));
	CLEANUP(ran_finish) struct ran back = VENUE_RUN(v, "return", item, AS_ADMIN(v));
	assert_code(&back, 0);
	CLEANUP(ran_finish) struct ran none = VENUE_RUN(v, "loans", "--json", "--card", who);
	json_decref(assert_json(&none, 0));
}

TEST(listing_has_the_promised_keys, none)
{
	static const char *const keys[] = {
		"number",
		"code",
		"item",
		"title",
		"resident",
		"name",
		"lent_at",
		"due_at",
	};
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "李四");
	CLEANUP(mem_free) char *item = new_item(v, "铁铲");
	CLEANUP(ran_finish) struct ran lent = VENUE_RUN(v, "lend", who, item, AS_ADMIN(v));
	assert_code(&lent, 0);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "loans", "--json", "--card", who);
	json_t *loans = assert_json(&ran, 1);

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		assert_non_null(json_object_get(json_array_get(loans, 0), keys[i]));
	json_decref(loans);
}

TEST(names_are_masked_unless_staff_asks, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "阿依古丽·买买提江");
	CLEANUP(mem_free) char *item = new_item(v, "水管");
	CLEANUP(ran_finish) struct ran lent = VENUE_RUN(v, "lend", who, item, AS_ADMIN(v));
	assert_code(&lent, 0);
	CLEANUP(ran_finish) struct ran masked = VENUE_RUN(v, "loans", "--card", who);
	assert_lacks(masked.out, "阿依古丽");
	CLEANUP(ran_finish) struct ran full = VENUE_RUN(v, "loans", "--card", who, AS_ADMIN(v));
	assert_has(full.out, "阿依古丽·买买提江");
	CLEANUP(ran_finish) struct ran shown = VENUE_RUN(v, "resident", "show", who);
	assert_lacks(shown.out, "阿依古丽");
}

TEST(item_that_is_out_is_refused_and_the_rest_is_lent, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "王五");
	CLEANUP(mem_free) char *other = new_resident(v, "赵六");
	CLEANUP(mem_free) char *taken = new_item(v, "喷壶");
	CLEANUP(mem_free) char *there = new_item(v, "锄头");
	CLEANUP(ran_finish) struct ran first = VENUE_RUN(v, "lend", other, taken, AS_ADMIN(v));
	assert_code(&first, 0);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "lend", who, taken, there, "--json", AS_ADMIN(v));

	assert_int_equal(ran.code, 1);
	assert_has(ran.out, "锄头");
	assert_lacks(ran.out, "喷壶");
	assert_has(ran.err, "This item is out");
}

TEST(same_key_lends_once, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "孙七");
	CLEANUP(mem_free) char *item = new_item(v, "耙子");
	CLEANUP(ran_finish)
	struct ran first = VENUE_RUN(v, "lend", who, item, "--key", "k1", "--json", AS_ADMIN(v));
	CLEANUP(ran_finish)
	struct ran again = VENUE_RUN(v, "lend", who, item, "--key", "k1", "--json", AS_ADMIN(v));

	assert_code(&again, 0);
	assert_string_equal(first.out, again.out);
	CLEANUP(ran_finish) struct ran out = VENUE_RUN(v, "loans", "--json", "--card", who);
	json_decref(assert_json(&out, 1));
}

TEST(same_key_for_something_else_is_refused, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "周八");
	CLEANUP(mem_free) char *one = new_item(v, "竹梯");
	CLEANUP(mem_free) char *two = new_item(v, "竹筐");
	CLEANUP(ran_finish)
	struct ran first = VENUE_RUN(v, "lend", who, one, "--key", "k2", AS_ADMIN(v));
	assert_code(&first, 0);
	CLEANUP(ran_finish)
	struct ran other = VENUE_RUN(v, "lend", who, two, "--key", "k2", AS_ADMIN(v));

	assert_int_equal(other.code, 1);
	assert_has(other.err, "This key belongs to another action");
}

TEST(earlier_entry_needs_a_reason, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "吴九");
	CLEANUP(mem_free) char *item = new_item(v, "雨靴");
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "lend", who, item, "--at", "2020-01-01T10:00", AS_ADMIN(v));

	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "This needs a word of reason");
}

TEST(limit_is_broken_only_with_override_and_reason, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "郑十");
	CLEANUP(mem_free) char *one = new_item(v, "甲");
	CLEANUP(mem_free) char *two = new_item(v, "乙");
	CLEANUP(mem_free) char *three = new_item(v, "丙");
	CLEANUP(ran_finish) struct ran fits = VENUE_RUN(v, "lend", who, one, two, AS_ADMIN(v));
	assert_code(&fits, 0);
	CLEANUP(ran_finish) struct ran over = VENUE_RUN(v, "lend", who, three, AS_ADMIN(v));
	assert_int_equal(over.code, 1);
	assert_has(over.err, "is the limit");
	CLEANUP(ran_finish)
	struct ran broken =
		VENUE_RUN(v, "lend", who, three, "--override", "--why", "公园日", AS_ADMIN(v));
	assert_code(&broken, 0);
}

TEST(return_of_what_is_on_the_shelf_is_refused, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *item = new_item(v, "手套");
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "return", item, AS_ADMIN(v));

	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "on the shelf already");
}

TEST(lending_without_staff_is_wrong_use, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "lend", "1", "1");

	assert_int_equal(ran.code, 2);
	assert_has(ran.err, "--as");
}

TEST(wrong_pin_is_refused, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *wrong = mem_printf("%s/wrong", v->dir);

	write_file(wrong, "271828\n", 0600);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "lend", "1", "1", "--as", "admin", "--pin-file", wrong);
	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "not the right PIN");
	/* A right one clears the count of wrong ones. */
	CLEANUP(ran_finish) struct ran right = VENUE_RUN(v, "resident", "list", AS_ADMIN(v));
	assert_code(&right, 0);
}

TEST(pin_file_that_others_can_read_is_refused, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *open_to_all = mem_printf("%s/open", v->dir);

	write_file(open_to_all, ADMIN_PIN "\n", 0644);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "lend", "1", "1", "--as", "admin", "--pin-file", open_to_all);
	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "chmod 600");
}

TEST(without_terminal_or_file_the_pin_is_asked_for_in_vain, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "lend", "1", "1", "--as", "admin");

	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "--pin-file");
}

TEST(foreign_code_is_refused_and_not_repeated, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "冯一一");
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "lend", who, "J1I000G000006RX", AS_ADMIN(v));

	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "could not be read whole");
}

TEST(reissued_card_replaces_the_old_one, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "陈十一");
	CLEANUP(ran_finish) struct ran first = VENUE_RUN(v, "resident", "card", who, AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran second = VENUE_RUN(v, "resident", "card", who, AS_ADMIN(v));

	first.out[strcspn(first.out, "\n")] = '\0';
	second.out[strcspn(second.out, "\n")] = '\0';
	CLEANUP(ran_finish) struct ran old = VENUE_RUN(v, "resident", "show", first.out);
	assert_int_equal(old.code, 1);
	assert_has(old.err, "reported lost");
	CLEANUP(ran_finish) struct ran new = VENUE_RUN(v, "resident", "show", second.out);
	assert_code(&new, 0);
}

TEST(a_volunteer_gets_a_pin_and_lends_until_they_leave, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *pin = mem_printf("%s/chen.pin", v->dir);
	CLEANUP(ran_finish)
	struct ran drawn = VENUE_RUN(v, "staff", "add", "chen", "volunteer", "陈丽芳", AS_ADMIN(v));

	assert_code(&drawn, 0);
	assert_has(drawn.out, "staff chen has the PIN ");
	write_file(pin, "111111\n", 0600);
	CLEANUP(ran_finish)
	struct ran weak = VENUE_RUN(
		v, "staff", "add", "wang", "volunteer", "王芳", "--new-pin-file", pin, AS_ADMIN(v));
	assert_code(&weak, 1);
	CLEANUP(ran_finish) struct ran before = VENUE_RUN(v, "staff", "list", AS_ADMIN(v));
	assert_lacks(before.out, "wang");
	write_file(pin, "260719\n", 0600);
	CLEANUP(ran_finish)
	struct ran set = VENUE_RUN(v, "staff", "pin", "chen", "--new-pin-file", pin, AS_ADMIN(v));
	assert_code(&set, 0);
	assert_lacks(set.out, "260719");
	CLEANUP(ran_finish)
	struct ran works =
		VENUE_RUN(v, "resident", "add", "张九", "--as", "chen", "--pin-file", pin);
	assert_code(&works, 0);
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "staff", "list", AS_ADMIN(v));
	assert_has(list.out, "陈丽芳");
	CLEANUP(ran_finish)
	struct ran nobody = VENUE_RUN(
		v, "staff", "add", "wang", "volunteer", "王芳", "--as", "chen", "--pin-file", pin);
	assert_code(&nobody, 1);
	CLEANUP(ran_finish) struct ran left = VENUE_RUN(v, "staff", "leave", "chen", AS_ADMIN(v));
	assert_code(&left, 0);
	CLEANUP(ran_finish)
	struct ran over =
		VENUE_RUN(v, "resident", "add", "张十", "--as", "chen", "--pin-file", pin);
	assert_code(&over, 1);
	CLEANUP(ran_finish)
	struct ran boss = VENUE_RUN(v, "staff", "add", "li", "boss", "李四", AS_ADMIN(v));
	assert_int_not_equal(boss.code, 0);
}

TEST(who_is_no_resident_gets_a_staff_card_and_the_old_one_ends, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *card = mem_printf("%s/cards/admin.png", v->dir);
	CLEANUP(mem_free) char *to = mem_printf("%s/new.png", v->dir);
	CLEANUP(ran_finish) struct ran first = RUN("scan", card);
	CLEANUP(ran_finish)
	struct ran made = VENUE_RUN(v, "staff", "card", "admin", "--to", to, AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran second = RUN("scan", to);

	assert_code(&first, 0); /* init drew it */
	assert_code(&made, 0);
	assert_code(&second, 0);
	char *payload = strstr(second.out, "J1R");
	assert_non_null(payload);
	payload[strcspn(payload, "\n")] = '\0';
	CLEANUP(ran_finish) struct ran show = VENUE_RUN(v, "resident", "show", payload);
	assert_code(&show, 1);
	assert_has(show.err, "This is a staff card");
	assert_string_not_equal(payload, strstr(first.out, "J1R"));
}

TEST(wrong_pins_at_the_shell_lock_it_until_an_administrator_ends_that, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *wrong = mem_printf("%s/li.wrong", v->dir);
	CLEANUP(mem_free) char *right = mem_printf("%s/li.pin", v->dir);

	write_file(wrong, "271828\n", 0600);
	write_file(right, "260719\n", 0600);
	CLEANUP(ran_finish)
	struct ran add = VENUE_RUN(
		v, "staff", "add", "li", "volunteer", "李四", "--new-pin-file", right, AS_ADMIN(v));
	assert_code(&add, 0);
	assert_has(add.out, "jiaplus staff card li");
	for (int i = 0; i < 5; i++) {
		CLEANUP(ran_finish)
		struct ran try = VENUE_RUN(v, "staff", "list", "--as", "li", "--pin-file", wrong);
		assert_code(&try, 1);
	}
	CLEANUP(ran_finish)
	struct ran locked = VENUE_RUN(v, "staff", "list", "--as", "li", "--pin-file", right);
	assert_code(&locked, 1);
	assert_has(locked.err, "rests until");
	CLEANUP(ran_finish) struct ran unlock = VENUE_RUN(v, "staff", "unlock", "li", AS_ADMIN(v));
	assert_code(&unlock, 0);
	CLEANUP(ran_finish)
	struct ran open = VENUE_RUN(v, "staff", "list", "--as", "li", "--pin-file", right);
	assert_code(&open, 0);
}

TEST(a_service_account_gets_a_token_file, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *token = mem_printf("%s/night.token", v->dir);
	CLEANUP(ran_finish)
	struct ran add = VENUE_RUN(
		v, "staff", "add", "night", "service", "夜间任务", "--token", token, AS_ADMIN(v));
	CLEANUP(ran_finish)
	struct ran expire = VENUE_RUN(v, "points", "expire", "--as", "night", "--pin-file", token);

	assert_code(&add, 0);
	assert_code(&expire, 0);
	CLEANUP(ran_finish)
	struct ran taken = VENUE_RUN(
		v, "staff", "add", "noon", "service", "午间任务", "--token", token, AS_ADMIN(v));
	assert_int_not_equal(taken.code, 0);
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "staff", "list", AS_ADMIN(v));
	assert_lacks(list.out, "noon");
}

TEST(the_house_has_a_phone_and_hours, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran set = VENUE_RUN(v, "site", "set", "--phone", "0757-0000 0000", AS_ADMIN(v));
	CLEANUP(ran_finish)
	struct ran hours =
		VENUE_RUN(v, "hours", "set", "1-5=9:00-12:00", "6=9:00-21:00", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran show = VENUE_RUN(v, "site", "show");

	assert_code(&set, 0);
	assert_code(&hours, 0);
	assert_has(show.out, "0757-0000 0000");
	assert_has(show.out, "9:00-21:00");
	CLEANUP(ran_finish)
	struct ran bad = VENUE_RUN(v, "hours", "set", "1=12:00-9:00-7", AS_ADMIN(v));
	assert_int_not_equal(bad.code, 0);
	CLEANUP(ran_finish)
	struct ran nameless = VENUE_RUN(v, "site", "set", "--name", "", AS_ADMIN(v));
	assert_int_not_equal(nameless.code, 0);
}

TEST(a_setting_is_listed_and_changed, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran set = VENUE_RUN(v, "setting", "set", "points_months", "24", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "setting", "list", "--json");

	assert_code(&set, 0);
	json_t *rows = assert_json(&list, -1);
	const char *months = NULL;
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		if (strcmp(json_string_value(json_object_get(row, "name")), "points_months") == 0)
			months = json_string_value(json_object_get(row, "value"));
	}
	assert_string_equal(months, "24");
	json_decref(rows);
	CLEANUP(ran_finish)
	struct ran none = VENUE_RUN(v, "setting", "set", "no_such", "1", AS_ADMIN(v));
	assert_code(&none, 1);
	CLEANUP(ran_finish)
	struct ran bad = VENUE_RUN(v, "setting", "set", "points_rounding", "about", AS_ADMIN(v));
	assert_code(&bad, 1);
	assert_has(bad.err, "points_rounding");
}

TEST(everything_done_here_replays, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "verify", "--replay");

	assert_code(&ran, 0);
	assert_has(ran.out, "the same tables");
}

/* How often the venue's WAL was committed since it was started. A commit's frame says how many
 * pages the database has, and is there twice: SQLite fills the sector with it. */
static int commits_of(const struct venue_dir *v)
{
	enum { WAL_HEADER = 32, FRAME_HEADER = 24, PAGE = 4096 };
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db-wal", v->dir);
	unsigned char header[FRAME_HEADER];
	int frames = 0;

	FILE *wal = fopen(path, "rb");
	assert_non_null(wal);
	fseek(wal, WAL_HEADER, SEEK_SET);
	while (fread(header, sizeof(header), 1, wal) == 1) {
		frames += (header[4] | header[5] | header[6] | header[7]) != 0;
		fseek(wal, PAGE, SEEK_CUR);
	}
	fclose(wal);
	return frames / 2;
}

TEST(a_verb_with_a_pin_commits_once_and_after_a_wrong_one_twice, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "周小四");
	CLEANUP(mem_free) char *item = new_item(v, "水桶");
	CLEANUP(mem_free) char *wrong = mem_printf("%s/wrong", v->dir);

	int before = commits_of(v);
	CLEANUP(ran_finish) struct ran lent = VENUE_RUN(v, "lend", who, item, AS_ADMIN(v));
	assert_code(&lent, 0);
	assert_int_equal(commits_of(v) - before, 1);
	write_file(wrong, "111119\n", 0600);
	CLEANUP(ran_finish)
	struct ran refused = VENUE_RUN(v, "return", item, "--as", "admin", "--pin-file", wrong);
	assert_code(&refused, 1);
	before = commits_of(v);
	CLEANUP(ran_finish) struct ran back = VENUE_RUN(v, "return", item, AS_ADMIN(v));
	assert_code(&back, 0);
	assert_int_equal(commits_of(v) - before, 2);
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)
