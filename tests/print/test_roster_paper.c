/* A full week on the wall: seven days of four periods for four people with long names on one sheet
 * of A4, complete and unbroken where it must be; its desk copy with codes that scan; and an even
 * fuller week, on further pages. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/code.h"
#include "core/duty/shift_acts.h"
#include "core/people/resident_acts.h"
#include "core/scan/decoder.h"
#include "core/scan/image.h"
#include "core/sheets/roster.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"
#include "tests/print/pbm.h"
#include "tests/print/talk.h"

#define SOON_MS 60000
#define DAYS    7

static const struct letterhead english = { .language = "en" };
static const char *const long_names[] = { "阿依古丽·买买提江", "欧阳志远", "迪丽热巴·迪力木拉提",
	"司徒慧琳" };

struct wall {
	struct crew *crew;
	int64_t people[ARRAY_LEN(long_names) * 4];
	int64_t shifts[DAYS * 8];
	int shift_count;
	char *folder;
};

static int64_t named(struct crew *c, const char *name)
{
	int64_t resident = crew_member(c, 0);
	struct resident_edit edit = RESIDENT_EDIT_INIT;

	edit.name = name;
	edit.wall_name = WALL_FULL;
	assert_ok(resident_edit(c->shop->db, &by_volunteer, resident, &edit, &c->shop->err),
		&c->shop->err);
	return resident;
}

static int roster_paper_setup(void **state)
{
	struct wall *w = mem_alloc(sizeof(*w));
	void *crew = NULL;
	char folder[] = "/tmp/jiaplus-wall-XXXXXX";

	crew_setup(&crew);
	w->crew = crew;
	for (size_t i = 0; i < ARRAY_LEN(w->people); i++)
		w->people[i] = named(w->crew, long_names[i % ARRAY_LEN(long_names)]);
	assert_non_null(mkdtemp(folder));
	w->folder = mem_text(folder);
	*state = w;
	return 0;
}

static int roster_paper_teardown(void **state)
{
	struct wall *w = *state;
	void *crew = w->crew;
	CLEANUP(mem_free) char *command = mem_printf("rm -r '%s'", w->folder);

	assert_int_equal(system(command), 0);
	free(w->folder);
	free(w);
	return crew_teardown(&crew);
}

/* Four people in each shift, whatever the rules say about them: the first leads. */
static void fill(struct wall *w, int64_t shift, int period)
{
	struct shop *s = w->crew->shop;
	struct act act = by_coordinator;
	int64_t id;

	act.is_override = true;
	act.actor = 1;
	act.why = "满";
	for (int i = 0; i < 4; i++) {
		const struct assignment_draft draft = { shift, w->people[period % 4 * 4 + i],
			i == 0 };
		assert_ok(shift_assign(s->db, &act, &draft, &id, &s->err), &s->err);
	}
}

static void fill_week(struct wall *w, int periods)
{
	struct shop *s = w->crew->shop;

	for (int day = 0; day < DAYS; day++)
		for (int period = 0; period < periods; period++) {
			CLEANUP(mem_free)
			char *start = mem_printf("2026-11-%dT%02d:00", 23 + day, 6 + 2 * period);
			CLEANUP(mem_free)
			char *end = mem_printf("2026-11-%dT%02d:00", 23 + day, 8 + 2 * period);
			const struct shift_draft draft = { "服务台", at(start), at(end), 4, 0 };
			int64_t *id = &w->shifts[w->shift_count++];
			assert_ok(shift_add(s->db, &by_coordinator, &draft, id, &s->err), &s->err);
			fill(w, *id, period);
		}
}

static char *draw(struct wall *w, const struct roster_options *options, enum paper_format format)
{
	struct shop *s = w->crew->shop;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	char *to = mem_printf("%s/wall.%s", w->folder, paper_format_names[format]);
	struct talk talk = { 0 };

	assert_ok(roster_build(s->db, &english, next_week, options, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	talk_start(&talk, NULL, false);
	talk_say(&talk, paper_render("wall", text, format, to, 0));
	talk_hear(&talk, PAPER_DONE, SOON_MS);
	assert_int_equal(talk.warnings, 0);
	talk_stop(&talk);
	return to;
}

/* The output of a program; the caller's. */
static char *output_of(const char *command)
{
	FILE *pipe = popen(command, "r");
	char *text = mem_alloc(1 << 20);

	assert_non_null(pipe);
	fread(text, 1, (1 << 20) - 1, pipe);
	assert_int_equal(pclose(pipe), 0);
	return text;
}

static int count(const char *text, const char *part)
{
	int n = 0;

	for (; (text = strstr(text, part)); n++)
		text += strlen(part);
	return n;
}

/* Pages, and the words on them without the ends of lines. */
static char *words_of(const char *pdf, int *ret_pages)
{
	CLEANUP(mem_free) char *command = mem_printf("pdftotext '%s' -", pdf);
	char *text = output_of(command), *to = text;

	*ret_pages = count(text, "\f");
	for (const char *from = text; *from; from++)
		if (*from != '\n')
			*to++ = *from;
	*to = '\0';
	return text;
}

TEST(a_full_week_with_long_names_stays_on_one_page, roster_paper)
{
	static const enum roster_paper papers[] = { ROSTER_A4, ROSTER_A3 };
	struct wall *w = *state;

	fill_week(w, 4);
	for (size_t i = 0; i < ARRAY_LEN(papers); i++) {
		const struct roster_options options = { .paper = papers[i] };
		CLEANUP(mem_free) char *pdf = draw(w, &options, PAPER_PDF);
		int pages = 0;
		CLEANUP(mem_free) char *text = words_of(pdf, &pages);
		assert_int_equal(pages, 1);
		for (size_t k = 0; k < ARRAY_LEN(long_names); k++)
			assert_int_equal(count(text, long_names[k]), DAYS * 4);
		assert_int_equal(count(text, "…"), 0);
	}
}

TEST(the_leaders_mark_is_never_alone_on_its_line, roster_paper)
{
	struct wall *w = *state;
	const struct roster_options options = { .paper = ROSTER_A4 };

	fill_week(w, 4);
	CLEANUP(mem_free) char *pdf = draw(w, &options, PAPER_PDF);
	CLEANUP(mem_free) char *command = mem_printf("pdftotext '%s' -", pdf);
	CLEANUP(mem_free) char *text = output_of(command);
	assert_int_equal(count(text, "★阿依"), DAYS * 4);
	assert_int_equal(count(text, "★\n"), 0);
}

TEST(a_fuller_week_goes_on_on_the_next_page, roster_paper)
{
	struct wall *w = *state;
	const struct roster_options options = { .paper = ROSTER_A4 };
	int pages = 0;

	fill_week(w, 8);
	CLEANUP(mem_free) char *pdf = draw(w, &options, PAPER_PDF);
	CLEANUP(mem_free) char *text = words_of(pdf, &pages);
	assert_true(pages > 1);
	for (size_t k = 0; k < ARRAY_LEN(long_names); k++)
		assert_int_equal(count(text, long_names[k]), DAYS * 8);
	/* Each page says what it is, and shows the days. */
	assert_int_equal(count(text, "week 48"), pages);
	assert_int_equal(count(text, "11/29"), pages);
}

/* ---- the desk's copy ---- */

static bool is_read(struct decoder *decoder, const struct frame *frame, int64_t shift)
{
	const struct reading *readings;
	char code[CODE_TEXT_MAX];
	int found = decoder_read(decoder, frame, DECODE_STILL, &readings);

	code_write_id(CODE_SHIFT, shift, code);
	for (int i = 0; i < found; i++)
		if (readings[i].size == strlen(code) &&
			memcmp(readings[i].bytes, code, readings[i].size) == 0)
			return true;
	return false;
}

TEST(every_code_of_the_desks_copy_scans, roster_paper)
{
	struct wall *w = *state;
	const struct roster_options desk = { .paper = ROSTER_A4, .is_desk_copy = true };
	struct decoder *decoder = NULL;
	struct image page = { 0 };
	struct err err = { 0 };
	int pages = 0;

	fill_week(w, 4);
	CLEANUP(mem_free) char *pdf = draw(w, &desk, PAPER_PDF);
	CLEANUP(mem_free) char *text = words_of(pdf, &pages);
	assert_int_equal(pages, 1);
	CLEANUP(mem_free) char *pbm = draw(w, &desk, PAPER_PBM);
	read_pbm(pbm, &page);
	assert_ok(decoder_create(&decoder, &err), &err);
	/* The camera is held over one day after the other: the names of the periods take 25 mm on
	 * the left. */
	int left = (12 + 25) * SHEET_DOTS_PER_MM,
	    across = page.width - left - 12 * SHEET_DOTS_PER_MM;
	for (int i = 0; i < w->shift_count; i++) {
		struct frame frame = image_frame(&page);
		int from = left + i / 4 * across / DAYS - 16;
		frame.pixels += from;
		frame.width = across / DAYS + 32;
		if (!is_read(decoder, &frame, w->shifts[i]))
			fail_msg("the code of shift %d does not scan", i);
	}
	decoder_destroy(decoder);
	image_finish(&page);
}
