/* The helper without a spooler: files, devices, locks, and invalid requests. */
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/print/reasons.h"
#include "tests/lib/ok.h"
#include "tests/lib/printer.h"
#include "tests/lib/samples.h"
#include "tests/lib/test.h"
#include "tests/lib/unescpos.h"
#include "tests/print/talk.h"

#define SOON_MS 60000

struct place {
	struct talk talk;
	char *folder;
};

static int place_setup(void **state)
{
	struct place *place = mem_alloc(sizeof(*place));

	place->folder = folder_make("paper");
	talk_start(&place->talk, NULL, false);
	*state = place;
	return 0;
}

static int place_teardown(void **state)
{
	struct place *place = *state;

	talk_stop(&place->talk);
	folder_remove(place->folder);
	free(place->folder);
	free(place);
	return 0;
}

static struct paper_queue folder_queue(const struct place *place)
{
	return (struct paper_queue){ .mode = PRINT_FILE, .queue = place->folder };
}

TEST(a_paper_becomes_a_pdf_in_the_folder, place)
{
	struct place *place = *state;
	struct paper_queue queue = folder_queue(place);

	talk_print(&place->talk, "R000123#1", sample_receipt(&sheet_roll_58), &queue);
	struct paper_event done = talk_hear(&place->talk, PAPER_DONE, SOON_MS);
	size_t size = 0;
	CLEANUP(mem_free) char *pdf = file_text(done.path, &size);
	CLEANUP(mem_free) char *expected = mem_printf("%s/2026-11-21-R000123-1.pdf", place->folder);
	assert_string_equal(done.job, "R000123#1");
	assert_string_equal(done.path, expected);
	assert_memory_equal(pdf, "%PDF-", 5);
}

TEST(printing_a_file_twice_makes_the_same_file, place)
{
	struct place *place = *state;
	struct paper_queue queue = folder_queue(place);
	char *pdfs[2];
	size_t sizes[2];

	for (int i = 0; i < 2; i++) {
		talk_print(&place->talk, "R1#1", sample_receipt(&sheet_roll_58), &queue);
		struct paper_event done = talk_hear(&place->talk, PAPER_DONE, SOON_MS);
		pdfs[i] = file_text(done.path, &sizes[i]);
	}
	assert_int_equal(sizes[0], sizes[1]);
	assert_memory_equal(pdfs[0], pdfs[1], sizes[0]);
	free(pdfs[0]);
	free(pdfs[1]);
}

TEST(a_jobs_name_cannot_leave_the_folder, place)
{
	struct place *place = *state;
	struct paper_queue queue = folder_queue(place);

	talk_print(&place->talk, "../../x/y", sample_label(), &queue);
	struct paper_event done = talk_hear(&place->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(strncmp(done.path, place->folder, strlen(place->folder)), 0);
	assert_null(strchr(done.path + strlen(place->folder) + 1, '/'));
}

TEST(a_folder_that_is_not_there_fails, place)
{
	struct place *place = *state;
	struct paper_queue queue = { .mode = PRINT_FILE, .queue = "/nowhere/at/all" };

	talk_print(&place->talk, "R1#1", sample_label(), &queue);
	struct paper_event failed = talk_hear(&place->talk, PAPER_FAILED, SOON_MS);
	assert_int_equal(failed.failure.code, ERR_STORAGE);
	assert_true(err_has(&failed.failure, REASON_FILE_UNWRITABLE));
	assert_false(failed.may_have_printed);
}

/* A band of 384 dots by 240 rows, of which one row arrived. */
static void break_off(const char *path)
{
	static const unsigned char band[8 + 48] = { 0x1d, 'v', '0', 0, 48, 0, 240, 0 };
	FILE *out = fopen(path, "w");

	assert_int_equal(fwrite(band, 1, sizeof(band), out), sizeof(band));
	fclose(out);
}

TEST(a_device_gets_dots_also_behind_a_paper_that_was_broken_off, place)
{
	struct place *place = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/lp0", place->folder);
	struct paper_queue queue = { .mode = PRINT_RAW, .queue = path, .dots = 384 };
	struct paper_roll roll;
	size_t size = 0, at = 0;

	break_off(path);
	talk_print(&place->talk, "R1#1", sample_receipt(&sheet_roll_58), &queue);
	talk_hear(&place->talk, PAPER_CREATED, SOON_MS);
	talk_hear(&place->talk, PAPER_SENT, SOON_MS);
	talk_hear(&place->talk, PAPER_DONE, SOON_MS);
	CLEANUP(mem_free) char *bytes = file_text(path, &size);
	assert_int_equal(unescpos((unsigned char *)bytes, size, &roll, &at), 0);
	CLEANUP(mem_free) char *code = qr_read(roll.width, roll.height, roll.bits);
	assert_string_equal(code, "J1L0000000000R7");
	paper_roll_finish(&roll);
}

TEST(a_device_that_is_not_there_is_never_made, place)
{
	struct place *place = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/lp9", place->folder);
	struct paper_queue queue = { .mode = PRINT_RAW, .queue = path, .dots = 384 };

	talk_print(&place->talk, "R1#1", sample_receipt(&sheet_roll_58), &queue);
	struct paper_event failed = talk_hear(&place->talk, PAPER_FAILED, SOON_MS);
	assert_true(err_has(&failed.failure, REASON_PRINTER_MISSING));
	assert_false(failed.may_have_printed);
	assert_int_equal(access(path, F_OK), -1);
}

/* A pipe that nobody empties takes 64 KiB and then no more, like a printer without paper. */
TEST(a_device_that_takes_nothing_is_reported_and_can_be_cancelled, place)
{
	struct place *place = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/stuck", place->folder);
	struct paper_queue queue = { .mode = PRINT_RAW, .queue = path };

	assert_int_equal(mkfifo(path, 0600), 0);
	int reader = open(path, O_RDONLY | O_NONBLOCK);
	talk_print(&place->talk, "R1#1", sample_cards(10), &queue);
	struct paper_event stuck = talk_hear(&place->talk, PAPER_PROGRESS, SOON_MS);
	assert_int_equal(stuck.wants, PAPER_WANTS_LOOK);
	talk_say(&place->talk, paper_cancel("R1#1", 0, &queue));
	struct paper_event cancelled = talk_hear(&place->talk, PAPER_CANCELLED, SOON_MS);
	assert_true(cancelled.may_have_printed);
	close(reader);
}

TEST(a_device_knows_nothing_of_its_past, place)
{
	struct place *place = *state;
	struct paper_queue device = { .mode = PRINT_RAW, .queue = "/dev/null" };
	struct paper_queue folder = folder_queue(place);

	talk_say(&place->talk, paper_lookup("R1#1", &device));
	assert_int_equal(talk_hear(&place->talk, PAPER_FOUND, SOON_MS).verdict, PAPER_UNKNOWN);
	talk_say(&place->talk, paper_lookup("R1#1", &folder));
	assert_int_equal(talk_hear(&place->talk, PAPER_FOUND, SOON_MS).verdict, PAPER_ABSENT);
}

TEST(sheets_are_rendered_to_files, place)
{
	static const char *const starts[PAPER_FORMAT_COUNT] = { "%PDF", "\x89PNG", "P4\n3",
		"\x1b@\x1dv" };
	struct place *place = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = sample_receipt(&sheet_roll_58);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);

	for (int i = 0; i < PAPER_FORMAT_COUNT; i++) {
		CLEANUP(mem_free)
		char *to = mem_printf("%s/r.%s", place->folder, paper_format_names[i]);
		talk_say(&place->talk, paper_render("tag", text, (enum paper_format)i, to, 384));
		struct paper_event done = talk_hear(&place->talk, PAPER_DONE, SOON_MS);
		CLEANUP(mem_free) char *content = file_text(to, NULL);
		assert_string_equal(done.job, "tag");
		assert_memory_equal(content, starts[i], 4);
	}
}

TEST(pictures_of_further_pages_are_numbered, place)
{
	struct place *place = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = sample_cards(12);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	CLEANUP(mem_free) char *to = mem_printf("%s/cards.png", place->folder);
	CLEANUP(mem_free) char *second = mem_printf("%s/cards-2.png", place->folder);

	talk_say(&place->talk, paper_render("tag", text, PAPER_PNG, to, 0));
	talk_hear(&place->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(access(second, R_OK), 0);
}

TEST(a_bad_sheet_fails_and_names_its_line, place)
{
	struct place *place = *state;
	struct paper_queue queue = folder_queue(place);

	talk_say(&place->talk, paper_print("R1#1", "jiaplus-sheet\t1\nnonsense\n", &queue));
	struct paper_event failed = talk_hear(&place->talk, PAPER_FAILED, SOON_MS);
	assert_true(err_has(&failed.failure, REASON_SHEET_BAD));
	assert_int_equal(failed.failure.code, ERR_INVALID);
	assert_string_equal(failed.failure.reasons[0].text, "line 2: expected title");
	assert_false(failed.may_have_printed);
}

TEST(a_missing_glyph_is_warned_of_and_printed_all_the_same, place)
{
	struct place *place = *state;
	struct paper_queue queue = folder_queue(place);
	struct sheet *s = sheet_create(&sheet_roll_58, "", 0);

	sheet_page(s);
	sheet_text(s, (struct sheet_style){ .size_pt = 9 }, "\xf0\x9f\x98\x80");
	talk_print(&place->talk, "R1#1", s, &queue);
	talk_hear(&place->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(place->talk.warnings, 1);
}

TEST(a_request_that_is_none_is_answered, place)
{
	struct place *place = *state;

	talk_say(&place->talk, json_pack("{s:s}", "do", "dance"));
	struct paper_event failed = talk_hear(&place->talk, PAPER_FAILED, SOON_MS);
	assert_true(err_has(&failed.failure, REASON_HELPER_FAILED));
	talk_say(&place->talk, json_pack("{}"));
	talk_hear(&place->talk, PAPER_FAILED, SOON_MS);
}

TEST(the_second_helper_waits_for_the_lock, place)
{
	struct place *place = *state;
	CLEANUP(mem_free) char *lock = mem_printf("%s/outbox.lock", place->folder);
	struct talk first, second;

	talk_start(&first, lock, false);
	talk_start(&second, lock, true);
	struct pollfd quiet = { .fd = pipe_fd(second.helper), .events = POLLIN };
	assert_int_equal(poll(&quiet, 1, 300), 0);
	talk_stop(&first);
	talk_hear(&second, PAPER_READY, SOON_MS);
	talk_stop(&second);
}

/* The kiosk died right after its request: its successor, which looks up what happened, must get it
 * right. */
TEST(what_a_dead_sender_asked_for_is_not_printed, place)
{
	struct place *place = *state;
	CLEANUP(mem_free) char *lock = mem_printf("%s/outbox.lock", place->folder);
	struct paper_queue queue = folder_queue(place);
	struct talk holder, dead;

	talk_start(&holder, lock, false);
	talk_start(&dead, lock, true);
	talk_print(&dead, "R9#1", sample_label(), &queue);
	talk_kill(&dead);
	talk_stop(&holder);
	talk_start(&holder, lock, false);
	talk_stop(&holder);
	CLEANUP(mem_free) char *path = mem_printf("%s/2026-11-21-R9-1.pdf", place->folder);
	assert_int_equal(access(path, F_OK), -1);
}
