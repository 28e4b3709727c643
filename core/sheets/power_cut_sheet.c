#include "core/sheets/power_cut_sheet.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/roster.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/people/resident.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"
#include "core/venues/booking.h"

#define LOANS_AT_ONCE 200
#define ROW_MM        7
#define WRITE_MM      15 /* the height of a row to write in by hand, standing */
#define BOXES         6
#define SLIPS_A_PAGE  3
#define QR_MM         20

static const struct sheet_style head_style = { .size_pt = 10.5, .is_bold = true };
static const struct sheet_style cell_style = { .size_pt = 11, .min_pt = 9, .max_lines = 2 };
static const struct sheet_style label_style = { .size_pt = 11, .min_pt = 9, .max_lines = 2 };
static const struct sheet_style slip_style = { .size_pt = 18, .is_bold = true };
static const struct sheet_style when_style = { .size_pt = 15, .min_pt = 10, .max_lines = 1 };
static const struct sheet_style small = { .size_pt = 9.5 };
static const struct sheet_style cut_style = { .size_pt = 9, .is_quiet = true };

/* ---- lists ---- */

static void list_begin(struct sheet *sheet, const char *heading, const double *widths,
	const char *const *heads, int count)
{
	const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = 1.5,
		.pad_y_mm = 0.8,
		.column_count = count,
		.widths_mm = widths };

	poster_heading(sheet, heading);
	sheet_table(sheet, &table);
	sheet_head(sheet, ROW_MM);
	for (int i = 0; i < count; i++) {
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_text(sheet, head_style, heads[i]);
	}
}

static void put_cell(struct sheet *sheet, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, cell_style, text);
}

int power_cut_who(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident;

	TRY(resident_get(db, id, &resident, err));
	TRY(resident_masked_name(db, id, &name, err));
	*ret = mem_printf("%" PRId64 "  %s", resident.number, name);
	return 0;
}

/* All open loans, as one list; by the number on the item. */
static int by_item(const void *a, const void *b)
{
	const struct loan *left = a, *right = b;

	return (left->item_number > right->item_number) - (left->item_number < right->item_number);
}

static int read_loans(struct db *db, struct loan_list *all, struct err *err)
{
	for (;;) {
		struct loan_list page = { 0 };
		const struct loan *after = all->count ? &all->rows[all->count - 1] : NULL;
		TRY(loans_due(db, INT64_MAX, after, LOANS_AT_ONCE, &page, err));
		all->rows = mem_resize(
			all->rows, (size_t)(all->count + page.count + 1) * sizeof(*all->rows));
		for (int i = 0; i < page.count; i++)
			all->rows[all->count++] = page.rows[i];
		int count = page.count;
		free(page.rows); /* what they own is in `all` now */
		if (count < LOANS_AT_ONCE)
			break;
	}
	qsort(all->rows, (size_t)all->count, sizeof(*all->rows), by_item);
	return 0;
}

static int put_loan(struct sheet *sheet, struct db *db, const struct loan *loan, struct err *err)
{
	CLEANUP(mem_free) char *who = NULL;
	CLEANUP(mem_free) char *due = words_instant_paper(loan->due_at, db_now(db));
	char number[ITEM_NUMBER_SIZE];

	TRY(power_cut_who(db, loan->resident, &who, err));
	item_number_format(loan->item_number, number);
	sheet_row(sheet, ROW_MM);
	put_cell(sheet, number);
	put_cell(sheet, loan->name);
	put_cell(sheet, who);
	put_cell(sheet, due);
	return 0;
}

static int put_loans(struct sheet *sheet, struct db *db, struct err *err)
{
	static const double widths[] = { 20, 0, 38, 46 };
	const char *const heads[] = { _("Item"), _("What it is"), _("Who has it"), _("Due") };
	CLEANUP(loan_list_finish) struct loan_list loans = { 0 };

	TRY(read_loans(db, &loans, err));
	if (!loans.count) {
		poster_heading(sheet, _("Who has what"));
		poster_paragraph(sheet, _("Nothing is lent."));
		return 0;
	}
	list_begin(sheet, _("Who has what"), widths, heads, ARRAY_LEN(heads));
	for (int i = 0; i < loans.count; i++)
		TRY(put_loan(sheet, db, &loans.rows[i], err));
	sheet_end(sheet);
	return 0;
}

static int put_booking(
	struct sheet *sheet, struct db *db, const struct booking *booking, struct err *err)
{
	CLEANUP(mem_free) char *who = NULL;
	CLEANUP(mem_free) char *span = words_span(booking->start_at, booking->end_at);
	CLEANUP(mem_free) char *people = mem_printf("%" PRId64, booking->people);

	if (booking->resident)
		TRY(power_cut_who(db, booking->resident, &who, err));
	sheet_row(sheet, ROW_MM);
	put_cell(sheet, span);
	put_cell(sheet, booking->venue_name);
	put_cell(sheet, who ? who : booking->body);
	put_cell(sheet, people);
	return 0;
}

static int put_bookings(struct sheet *sheet, struct db *db, struct day day, struct err *err)
{
	static const double widths[] = { 40, 0, 60, 18 };
	const char *const heads[] = { _("Time"), _("Room"), _("booked by"), _("people") };
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	bool has_any = false;

	TRY(bookings_between(
		db, 0, when_day_start(day), when_day_start(day_add(day, 1)), &list, err));
	for (int i = 0; i < list.count; i++) {
		if (!booking_is_live(&list.rows[i]))
			continue;
		if (!has_any)
			list_begin(sheet, _("Bookings today"), widths, heads, ARRAY_LEN(heads));
		has_any = true;
		TRY(put_booking(sheet, db, &list.rows[i], err));
	}
	if (has_any) {
		sheet_end(sheet);
		return 0;
	}
	poster_heading(sheet, _("Bookings today"));
	poster_paragraph(sheet, _("None."));
	return 0;
}

static int put_shift(struct sheet *sheet, struct db *db, const struct shift *shift, struct err *err)
{
	CLEANUP(mem_free) char *span = words_span(shift->start_at, shift->end_at);
	CLEANUP(mem_free) char *names = mem_text("");

	for (int i = 0; i < shift->people_count; i++) {
		CLEANUP(mem_free) char *before = names;
		CLEANUP(mem_free) char *name = NULL;
		names = NULL;
		TRY(resident_wall_name(db, shift->people[i].resident, &name, err));
		names = mem_printf("%s%s%s%s", before, *before ? " · " : "",
			shift->people[i].is_leader ? "★" : "", name);
	}
	sheet_row(sheet, ROW_MM);
	put_cell(sheet, span);
	put_cell(sheet, shift->name);
	put_cell(sheet, names);
	return 0;
}

/* What has been published: a draft is not a fact. */
static int put_duty(struct sheet *sheet, struct db *db, struct day day, struct err *err)
{
	static const double widths[] = { 40, 50, 0 };
	const char *const heads[] = { _("Time"), _("Shift"), _("Who serves") };
	CLEANUP(shift_list_finish) struct shift_list shifts = { 0 };

	TRY(shifts_on(db, day, &shifts, err));
	int r = shifts.count ? roster_is_public(db, shifts.rows[0].start_at, err) : 0;
	if (r < 0)
		return r;
	if (r == 0) {
		poster_heading(sheet, _("On duty today"));
		poster_paragraph(sheet, _("None."));
		return 0;
	}
	list_begin(sheet, _("On duty today"), widths, heads, ARRAY_LEN(heads));
	for (int i = 0; i < shifts.count; i++)
		TRY(put_shift(sheet, db, &shifts.rows[i], err));
	sheet_end(sheet);
	return 0;
}

/* ---- slips ---- */

char *power_cut_slip_name(enum blank_use use, int64_t number)
{
	static const char *const names[BLANK_USE_COUNT] = {
		[BLANK_LEND] = N_("Lending slip %" PRId64),
		[BLANK_RETURN] = N_("Return slip %" PRId64),
		[BLANK_ROOM] = N_("Room slip %" PRId64),
	};

	return mem_printf(_(names[use]), number);
}

/* Which slip it is and when it was, on the left; its code on the right. */
static void put_slip_head(struct sheet *sheet, const struct blank_issued *blank, int year)
{
	static const double widths[] = { 0, 34 };
	static const struct sheet_table table = {
		.rules = SHEET_RULES_NONE, .column_count = ARRAY_LEN(widths), .widths_mm = widths
	};
	CLEANUP(mem_free) char *name = power_cut_slip_name(blank->use, blank->number);

	sheet_table(sheet, &table);
	sheet_row(sheet, 0);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, slip_style, name);
	sheet_space(sheet, 3);
	sheet_textf(sheet, when_style,
		blank->use == BLANK_ROOM ? _("%d – _____ – _____    Came at _____ : _____")
					 : _("%d – _____ – _____    Time _____ : _____"),
		year);
	sheet_space(sheet, 2);
	sheet_text(sheet, small,
		_("When the power is back a volunteer scans the code and types in what is here."));
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_qr(sheet, QR_MM, SHEET_RIGHT, blank->code, (struct sheet_style){ 0 }, NULL);
	sheet_end(sheet);
}

/* A label and room to write: `boxes` of them side by side. */
static void put_line(struct sheet *sheet, const char *label, int boxes)
{
	sheet_row(sheet, WRITE_MM);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, label_style, label);
	for (int i = 0; i < boxes; i++)
		sheet_cell(sheet, BOXES / boxes, SHEET_MIDDLE);
}

static void put_two(struct sheet *sheet, const char *left, const char *right)
{
	sheet_row(sheet, WRITE_MM);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, label_style, left);
	sheet_cell(sheet, 2, SHEET_MIDDLE);
	sheet_cell(sheet, 2, SHEET_MIDDLE);
	sheet_text(sheet, label_style, right);
	sheet_cell(sheet, 2, SHEET_MIDDLE);
}

/* "1 活动室 · 2 书屋": a number is written faster than a name, and typed without ambiguity. */
static int read_rooms(struct db *db, char **ret, struct err *err)
{
	CLEANUP(venue_list_finish) struct venue_list venues = { 0 };
	CLEANUP(mem_free) char *text = mem_text("");

	TRY(venue_list(db, &venues, err));
	for (int i = 0; i < venues.count; i++) {
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%" PRId64 " %s", before, *before ? " · " : "",
			venues.rows[i].number, venues.rows[i].name);
	}
	*ret = TAKE(text);
	return 0;
}

static void put_slip(
	struct sheet *sheet, const struct blank_issued *blank, int year, const char *rooms)
{
	static const double widths[BOXES + 1] = { 36 };
	static const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = 1.5,
		.pad_y_mm = 0.5,
		.column_count = ARRAY_LEN(widths),
		.widths_mm = widths };

	put_slip_head(sheet, blank, year);
	sheet_table(sheet, &table);
	switch (blank->use) {
	case BLANK_LEND:
		put_two(sheet, _("Number on the card"), _("Volunteer"));
		put_line(sheet, _("Numbers of the items"), BOXES);
		break;
	case BLANK_RETURN:
		put_line(sheet, _("Numbers of the items"), BOXES);
		put_line(sheet, "", BOXES);
		put_line(sheet, _("Volunteer"), 1);
		break;
	case BLANK_ROOM:
		put_two(sheet, _("Number of the room"), _("Left the room at"));
		put_two(sheet, _("Number on the card"), _("People in all"));
		break;
	case BLANK_USE_COUNT:
		break;
	}
	sheet_end(sheet);
	if (blank->use != BLANK_ROOM)
		return;
	sheet_space(sheet, 1);
	sheet_text(sheet, small, rooms);
}

/* Each use starts on a new page. */
static void put_slips(struct sheet *sheet, const struct blank_issued *blanks, int count, int year,
	const char *rooms)
{
	for (int i = 0, on_page = 0; i < count; i++, on_page++) {
		if (i == 0 || on_page == SLIPS_A_PAGE || blanks[i].use != blanks[i - 1].use) {
			sheet_page(sheet);
			on_page = 0;
		} else {
			sheet_space(sheet, 5);
			sheet_text(sheet, cut_style, _("✂ cut here"));
			sheet_rule(sheet, 0.2);
			sheet_space(sheet, 5);
		}
		put_slip(sheet, &blanks[i], year, rooms);
	}
}

int power_cut_sheet_build(struct db *db, const struct letterhead *letterhead,
	const struct blank_issued *blanks, int count, struct sheet **ret, struct err *err)
{
	static const struct day no_day = { 0, 1, 1 };
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(mem_free) char *rooms = NULL;
	struct day today = db_today(db);

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &house, err));
	TRY(read_rooms(db, &rooms, err));
	CLEANUP(mem_free) char *date = words_date(today, no_day); /* with its year */
	CLEANUP(mem_free)
	char *about = mem_printf(_("As of %s. This names people: lock it away, "
				   "and shred it when the next one is printed."),
		date);
	sheet = poster_create(letterhead, &house, _("For a power cut"), db_now(db));
	poster_paragraph(sheet, about);
	TRY(put_bookings(sheet, db, today, err));
	TRY(put_duty(sheet, db, today, err));
	TRY(put_loans(sheet, db, err));
	put_slips(sheet, blanks, count, today.year, rooms);
	*ret = TAKE(sheet);
	return 0;
}
