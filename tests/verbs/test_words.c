/* What a Chinese reader sees: the right meaning of a short word, and no English in between. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

#define CHINESE(v, ...) RUN("--lang", "zh_CN", "--dir", (v)->dir, __VA_ARGS__)

/* ASCII letters among Chinese text: an untranslated word. Codes and numbers never have three
 * lower-case letters in a row. */
static void assert_no_english(const char *text)
{
	int letters = 0;

	for (const char *s = text; *s; s++) {
		letters = *s >= 'a' && *s <= 'z' ? letters + 1 : 0;
		if (letters == 3)
			fail_msg("English in: %s", text);
	}
}

TEST(no_and_yes_say_what_they_are_about, none)
{
	const struct venue_dir *v = *state;

	CLEANUP(ran_finish)
	struct ran add = CHINESE(v, "venue", "add", "会议室", "10", AS_ADMIN(v));
	assert_code(&add, 0);
	CLEANUP(ran_finish) struct ran room = CHINESE(v, "venue", "show", "1");
	assert_code(&room, 0);
	assert_has(room.out, "否");
	assert_lacks(room.out, "续借");
	assert_has(room.out, "开放时间");
	CLEANUP(ran_finish)
	struct ran type = CHINESE(v, "duty", "type", "前台", "1", AS_ADMIN(v));
	assert_code(&type, 0);
	CLEANUP(ran_finish) struct ran types = CHINESE(v, "duty", "types");
	assert_lacks(types.out, "续借");
}

TEST(a_thing_has_a_name_and_a_person_another, none)
{
	const struct venue_dir *v = *state;

	CLEANUP(ran_finish) struct ran labels = CHINESE(v, "label", "list");
	assert_code(&labels, 0);
	assert_has(labels.out, "名称");
	assert_lacks(labels.out, "姓名");
	CLEANUP(ran_finish) struct ran people = CHINESE(v, "resident", "list");
	assert_has(people.out, "姓名");
}

TEST(what_was_taken_back_reads_yes, none)
{
	const struct venue_dir *v = *state;

	CLEANUP(ran_finish)
	struct ran add = CHINESE(v, "resident", "add", "更正人", "--number", "77", AS_ADMIN(v));
	assert_code(&add, 0);
	CLEANUP(ran_finish)
	struct ran post = CHINESE(
		v, "points", "post", "issue", "77", "5", "--why", "试", "--json", AS_ADMIN(v));
	json_t *rows = assert_json(&post, 1);
	CLEANUP(mem_free)
	char *transfer = mem_printf("%lld", (long long)json_integer_value(json_object_get(
						    json_array_get(rows, 0), "transfer")));
	json_decref(rows);
	CLEANUP(ran_finish)
	struct ran back = CHINESE(v, "points", "reverse", transfer, "--why", "打错了", AS_ADMIN(v));
	assert_code(&back, 0);
	CLEANUP(ran_finish) struct ran statement = CHINESE(v, "points", "statement", "77");
	assert_has(statement.out, "是");
	assert_lacks(statement.out, "可以");
}

TEST(a_refusal_in_chinese_has_no_english_in_it, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *open_pin = mem_printf("%s/开着", v->dir);

	write_file(open_pin, ADMIN_PIN, 0644);
	CLEANUP(ran_finish)
	struct ran pin = RUN("--lang", "zh_CN", "--dir", v->dir, "hold", "cancel", "1", "--as",
		"admin", "--pin-file", open_pin);
	assert_code(&pin, 1);
	assert_has(pin.err, "chmod 600");
	assert_lacks(pin.err, "others");
	CLEANUP(ran_finish) struct ran room = CHINESE(v, "venue", "show", "共享厨房");
	assert_code(&room, 2);
	assert_lacks(room.err, "付款码");
	assert_no_english(strstr(room.err, ": "));
	CLEANUP(ran_finish) struct ran papers = CHINESE(v, "queue", "retry", "x");
	assert_code(&papers, 2);
	assert_no_english(strstr(papers.err, ": "));
}

TEST(the_queue_says_what_its_papers_and_printers_are, none)
{
	const struct venue_dir *v = *state;

	CLEANUP(ran_finish)
	struct ran add = CHINESE(v, "resident", "add", "补卡人", "--number", "78", AS_ADMIN(v));
	assert_code(&add, 0);
	CLEANUP(ran_finish) struct ran card = CHINESE(v, "print", "card", "78", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran queue = CHINESE(v, "queue", "--all");
	assert_has(queue.out, "共享卡");
	assert_has(queue.out, "A4");
	assert_no_english(queue.out);
}

/* ---- the manual ---- */

/* The text of a manual page without fonts, quotes and repeated spaces. The caller's. */
static char *manual(const char *name)
{
	CLEANUP(mem_free)
	char *path = mem_printf("%s/assets/man/%s", getenv("JIAPLUS_SOURCE"), name);
	CLEANUP(mem_free) char *page = read_file(path);
	char *text = mem_alloc(strlen(page) + 1), *out = text;

	for (const char *s = page; *s; s++) {
		if (s[0] == '\\' && s[1] == 'f')
			s += 2;
		else if (*s == '"' || *s == '\\')
			continue;
		else if ((*s == ' ' || *s == '\n') && (out == text || out[-1] == ' '))
			continue;
		else
			*out++ = *s == '\n' ? ' ' : *s;
	}
	*out = '\0';
	return text;
}

/* How much of a line of --help is the verb's name: lower-case letters and hyphens, up to its
 * operands. */
static size_t name_length(const char *line)
{
	size_t len = 0;

	for (;;) {
		size_t word = strspn(line + len, "abcdefghijklmnopqrstuvwxyz-");
		if (word == 0 || (line[len + word] != ' ' && line[len + word] != '\0'))
			return len ? len - 1 : 0;
		len += word + 1;
		if (line[len - 1] == '\0')
			return len - 1;
	}
}

TEST(every_verb_is_in_both_manuals, none)
{
	CLEANUP(mem_free) char *english = manual("jiaplus.1");
	CLEANUP(mem_free) char *chinese = manual("zh_CN/jiaplus.1");
	CLEANUP(ran_finish) struct ran help = RUN("--help");
	char *rest = help.out;
	int verbs = 0;

	assert_code(&help, 0);
	for (char *line; (line = strsep(&rest, "\n"));) {
		if (strncmp(line, "  ", 2) != 0 || line[2] == ' ' || line[2] == '-')
			continue;
		CLEANUP(mem_free) char *name = mem_text_n(line + 2, name_length(line + 2));
		if (!*name || strcmp(name, "help") == 0)
			continue;
		assert_has(english, name);
		assert_has(chinese, name);
		verbs++;
	}
	assert_true(verbs > 100);
}
