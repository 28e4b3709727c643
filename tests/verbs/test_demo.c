/* The demo venue: large enough, true to the rules, and its pictures can be scanned. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

static int make_demo(void **state)
{
	char *dir = scratch_make();
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "init", "--demo");

	assert_code(&ran, 0);
	*state = dir;
	return 0;
}

static int remove_demo(void **state)
{
	scratch_remove(*state);
	free(*state);
	return 0;
}

static size_t count_of(const char *dir, const char *noun)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, noun, "list", "--json");
	json_t *array = assert_json(&ran, -1);
	size_t count = json_array_size(array);

	json_decref(array);
	return count;
}

TEST(demo_is_as_large_as_promised, none)
{
	assert_true(count_of(*state, "resident") >= 48);
	assert_true(count_of(*state, "item") >= 64);
	assert_true(count_of(*state, "venue") >= 5);
	assert_true(count_of(*state, "shift") >= 7);
}

TEST(items_come_in_eight_categories_or_more, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", *state, "item", "list", "--json");
	json_t *items = assert_json(&ran, -1), *kinds = json_object();

	for (size_t i = 0; i < json_array_size(items); i++) {
		json_t *item = json_array_get(items, i);
		json_object_set(kinds, json_string_value(json_object_get(item, "category")), item);
	}
	assert_true(json_object_size(kinds) >= 8);
	json_decref(kinds);
	json_decref(items);
}

TEST(somebody_is_overdue, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", *state, "loans", "--overdue", "--json");
	json_t *array = assert_json(&ran, -1);

	assert_true(json_array_size(array) >= 1);
	assert_true(json_integer_value(json_object_get(json_array_get(array, 0), "days_late")) > 0);
	json_decref(array);
}

TEST(its_past_replays, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", *state, "verify", "--replay");

	assert_code(&ran, 0);
}

/* "card\t1\t陈丽芳\tJ1R…\tcards/1.png" → the payload; the first line of its kind. */
static char *payload_in(const char *guide, const char *kind)
{
	CLEANUP(mem_free) char *begin = mem_printf("\n%s\t", kind);
	const char *line = strstr(guide, begin);

	assert_non_null(line);
	const char *payload = strstr(line, "\tJ1");
	assert_non_null(payload);
	return mem_text_n(payload + 1, strcspn(payload + 1, "\t"));
}

TEST(pictures_scan_to_what_the_guide_says, none)
{
	const char *dir = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/demo.txt", dir);
	CLEANUP(mem_free) char *guide = read_file(path);
	CLEANUP(mem_free) char *card = payload_in(guide, "card");
	CLEANUP(mem_free) char *label = payload_in(guide, "item");
	CLEANUP(mem_free) char *card_picture = mem_printf("%s/cards/1.png", dir);
	CLEANUP(mem_free) char *label_picture = mem_printf("%s/labels/000001.png", dir);
	CLEANUP(ran_finish) struct ran ran = RUN("scan", card_picture, label_picture);

	assert_code(&ran, 0);
	assert_has(ran.out, card);
	assert_has(ran.out, label);
}

TEST(line_of_the_guide_lends, none)
{
	const char *dir = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/demo.txt", dir);
	CLEANUP(mem_free) char *guide = read_file(path);
	const char *line = strstr(guide, "\njiaplus --dir ");

	assert_non_null(line);
	CLEANUP(mem_free) char *command = mem_text_n(line + 1, strcspn(line + 1, "\n"));
	CLEANUP(mem_free) char *program = jiaplus_path();
	CLEANUP(mem_free) char *whole = mem_printf("%s%s", program, command + strlen("jiaplus"));
	const char *const argv[] = { "/bin/sh", "-c", whole, NULL };
	CLEANUP(ran_finish) struct ran ran = run_program(argv);
	assert_code(&ran, 0);
}

/* Lent on site: due when the day ends, whoever asks. */
TEST(the_sewing_machine_is_used_in_the_house, none)
{
	CLEANUP(mem_free) char *pin = mem_printf("%s/pins/chen.pin", (char *)*state);
	CLEANUP(mem_free) char *number = NULL;
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", *state, "item", "list", "--json");
	json_t *items = assert_json(&ran, -1);

	for (size_t i = 0; i < json_array_size(items); i++) {
		json_t *item = json_array_get(items, i);
		if (strcmp(json_string_value(json_object_get(item, "title")), "缝纫机") != 0)
			continue;
		assert_true(json_boolean_value(json_object_get(item, "is_onsite")));
		number = mem_printf(
			"%lld", (long long)json_integer_value(json_object_get(item, "number")));
	}
	json_decref(items);
	assert_non_null(number);
	CLEANUP(ran_finish)
	struct ran lent = RUN(
		"--dir", *state, "lend", "20", number, "--as", "chen", "--pin-file", pin, "--json");
	json_decref(assert_json(&lent, 1));
}

TEST(secrets_are_their_owners_alone, none)
{
	static const char *const files[] = { "demo.txt", "pepper.key", "pins/chen.pin",
		"pins/cron.token", "jiaplus.db" };
	struct stat st;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", (char *)*state, files[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 077, 0);
	}
}

TEST(service_account_does_the_night_with_its_token, none)
{
	CLEANUP(mem_free) char *token = mem_printf("%s/pins/cron.token", (char *)*state);
	CLEANUP(ran_finish)
	struct ran ran =
		RUN("--dir", *state, "points", "expire", "--as", "cron", "--pin-file", token);

	assert_code(&ran, 0);
	assert_has(ran.out, "the books are whole");
}

TEST(receipt_is_drawn_and_its_code_is_the_loan, none)
{
	const char *dir = *state;
	CLEANUP(ran_finish) struct ran loans = RUN("--dir", dir, "loans", "--json");
	json_t *array = assert_json(&loans, -1), *loan = json_array_get(array, 0);
	CLEANUP(mem_free)
	char *number =
		mem_printf("%lld", (long long)json_integer_value(json_object_get(loan, "number")));
	CLEANUP(mem_free) char *to = mem_printf("%s/receipt.png", dir);
	CLEANUP(ran_finish)
	struct ran ran = RUN("--dir", dir, "print", "receipt", number, "--to", to);
	assert_code(&ran, 0);
	CLEANUP(ran_finish) struct ran scan = RUN("scan", to);
	assert_code(&scan, 0);
	assert_has(scan.out, json_string_value(json_object_get(loan, "code")));
	json_decref(array);
}

TEST(printing_without_a_printer_makes_a_file, none)
{
	const char *dir = *state;
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "print", "labels", "1", "2");
	assert_code(&ran, 0);
	assert_has(ran.out, "is printed");
	CLEANUP(ran_finish) struct ran queue = RUN("--dir", dir, "queue", "--json");
	json_decref(assert_json(&queue, 0));
	CLEANUP(ran_finish) struct ran all = RUN("--dir", dir, "queue", "--all", "--json");
	json_t *papers = assert_json(&all, -1);
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(papers, 0), "status")), "done");
	json_decref(papers);
}

TEST(second_print_of_a_receipt_is_a_copy, none)
{
	const char *dir = *state;
	CLEANUP(ran_finish) struct ran first = RUN("--dir", dir, "print", "receipt", "1");
	CLEANUP(ran_finish) struct ran second = RUN("--dir", dir, "print", "receipt", "1");
	assert_code(&first, 0);
	assert_code(&second, 0);
	CLEANUP(ran_finish) struct ran queue = RUN("--dir", dir, "queue", "--all", "--json");
	json_t *papers = assert_json(&queue, -1);

	assert_true(json_is_true(json_object_get(json_array_get(papers, 0), "is_reprint")));
	assert_true(json_is_false(json_object_get(json_array_get(papers, 1), "is_reprint")));
	json_decref(papers);
}

TEST(shift_with_too_many_people_is_not_added, none)
{
	const char *dir = *state;
	CLEANUP(mem_free) char *pin = mem_printf("%s/pins/zhang.pin", dir);
	CLEANUP(ran_finish)
	struct ran ran =
		RUN("--dir", dir, "shift", "add", "夜班", "2031-01-01T22:00", "2031-01-02T02:00",
			"1", "--leader", "3", "--people", "4", "--as", "zhang", "--pin-file", pin);
	CLEANUP(ran_finish)
	struct ran list = RUN("--dir", dir, "shift", "list", "--on", "2031-01-01", "--json");

	assert_int_equal(ran.code, 1);
	json_decref(assert_json(&list, 0));
}

TEST(card_of_a_resident_is_printed_and_scans, none)
{
	const char *dir = *state;
	CLEANUP(mem_free) char *to = mem_printf("%s/card.png", dir);
	CLEANUP(mem_free) char *pin = mem_printf("%s/pins/chen.pin", dir);
	CLEANUP(ran_finish)
	struct ran ran = RUN(
		"--dir", dir, "print", "card", "9", "--to", to, "--as", "chen", "--pin-file", pin);
	assert_code(&ran, 0);
	CLEANUP(ran_finish) struct ran scan = RUN("scan", to);
	assert_code(&scan, 0);
	const char *payload = strstr(scan.out, "J1R");
	assert_non_null(payload);
	CLEANUP(mem_free) char *card = mem_text_n(payload, strcspn(payload, "\n"));
	CLEANUP(ran_finish)
	struct ran shown = RUN("--dir", dir, "resident", "show", card, "--json");
	json_t *array = assert_json(&shown, 1);
	assert_int_equal(
		json_integer_value(json_object_get(json_array_get(array, 0), "number")), 9);
	json_decref(array);
}

TEST_FILE(.setup = make_demo, .teardown = remove_demo)
