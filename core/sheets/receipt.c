#include "core/sheets/receipt.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/people/resident.h"
#include "core/points/ledger.h"
#include "core/sheets/wording.h"
#include "core/words_fill.h"

#define QR_MM     18
#define WIDE_FROM 70 /* mm: from here on a roll has the margins of 80 mm paper */
#define RUN_MIN   3  /* loan numbers that are written as a range */

/* Type sizes are for reading at arm's length by old eyes: nothing below 8 pt. */
static const struct sheet_style heading = {
	.size_pt = 24, .leading = 1.15, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style subheading = { .size_pt = 12, .is_bold = true };
static const struct sheet_style small = { .size_pt = 8.5 };
static const struct sheet_style name_style = { .size_pt = 11, .is_bold = true };
static const struct sheet_style number_style = { .size_pt = 9 };
static const struct sheet_style due_style = {
	.size_pt = 11.5, .min_pt = 9, .is_bold = true, .align = SHEET_RIGHT
};
static const struct sheet_style caption = { .size_pt = 8, .align = SHEET_CENTER };

enum section { SECTION_LENT, SECTION_RENEWED, SECTION_RETURNED, SECTION_LEFT, SECTION_COUNT };

struct receipt {
	struct house_lines house;
	int64_t made_at;
	int64_t resident; /* 0: several people's, nobody is named */
	char *person;     /* masked; "" once erased */
	int64_t points;   /* 0: nothing to say */
	struct loan_list sections[SECTION_COUNT];
};

static void receipt_finish(struct receipt *r)
{
	house_lines_finish(&r->house);
	free(r->person);
	for (int i = 0; i < SECTION_COUNT; i++)
		loan_list_finish(&r->sections[i]);
}

static bool receipt_is_empty(const struct receipt *r)
{
	for (int i = 0; i < SECTION_COUNT; i++)
		if (r->sections[i].count)
			return false;
	return true;
}

static int nothing(struct err *err)
{
	*err = (struct err){ .code = ERR_NOT_FOUND };
	return ERR_NOT_FOUND;
}

/* ---- what is on it ---- */

/* Takes over what `loan` owns. */
static void list_add(struct loan_list *list, struct loan *loan)
{
	list->rows = mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
	list->rows[list->count++] = *loan;
	*loan = (struct loan){ 0 };
}

static enum section section_of(const struct loan *loan, int64_t visit)
{
	/* What was lent or renewed and came back within the visit is listed only among the
	 * returns. */
	if (loan->return_visit == visit)
		return SECTION_RETURNED;
	return loan->visit == visit ? SECTION_LENT : SECTION_RENEWED;
}

static int read_loans(struct receipt *r, struct db *db, int64_t visit, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list all = { 0 };

	TRY(loans_of_visit(db, visit, &all, err));
	for (int i = 0; i < all.count; i++)
		list_add(&r->sections[section_of(&all.rows[i], visit)], &all.rows[i]);
	return loans_left_of_visit(db, visit, &r->sections[SECTION_LEFT], err);
}

/* ended_at 0: still open */
static int read_visit(
	struct db *db, int64_t id, int64_t *ret_resident, int64_t *ret_ended_at, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, "SELECT resident, ended_at FROM visit WHERE id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r < 0 ? r : nothing(err);
	*ret_resident = query_int(&q, "resident");
	*ret_ended_at = query_int(&q, "ended_at");
	return 0;
}

static int64_t latest_of(const struct receipt *r)
{
	int64_t latest = 0;

	for (int s = 0; s < SECTION_COUNT; s++)
		for (int i = 0; i < r->sections[s].count; i++) {
			const struct loan *loan = &r->sections[s].rows[i];
			int64_t at = s == SECTION_RETURNED ? loan->returned_at : loan->lent_at;
			latest = at > latest ? at : latest;
		}
	return latest;
}

static int read_person(struct receipt *r, struct db *db, struct err *err)
{
	struct points points;

	if (!r->resident) {
		r->person = mem_text("");
		return 0;
	}
	TRY(resident_masked_name(db, r->resident, &r->person, err));
	TRY(points_balance(db, r->resident, &points, err));
	r->points = points.n;
	return 0;
}

static int read_rest(struct receipt *r, struct db *db, struct err *err)
{
	if (receipt_is_empty(r))
		return nothing(err);
	if (!r->made_at)
		r->made_at = latest_of(r);
	TRY(read_person(r, db, err));
	return house_lines_get(db, &r->house, err);
}

/* ---- how it looks ---- */

static struct sheet_media roll(double width_mm)
{
	struct sheet_media media = width_mm >= WIDE_FROM ? sheet_roll_80 : sheet_roll_58;

	media.width_mm = width_mm;
	return media;
}

static void put_rule(struct sheet *sheet)
{
	sheet_space(sheet, 1);
	sheet_rule(sheet, 0.25);
	sheet_space(sheet, 1);
}

static const char *section_name(enum section section)
{
	switch (section) {
	case SECTION_LENT:
		return _("Lent");
	case SECTION_RENEWED:
		return _("Renewed");
	case SECTION_LEFT:
		return _("Not returned");
	case SECTION_RETURNED:
	case SECTION_COUNT:
		break;
	}
	return _("Returned");
}

static void put_due(struct sheet *sheet, const struct receipt *r, const struct loan *loan)
{
	CLEANUP(mem_free) char *due = words_instant_paper(loan->due_at, r->made_at);

	sheet_textf(sheet, due_style, _("due %s"), due);
}

static void put_loan(
	struct sheet *sheet, const struct receipt *r, enum section section, const struct loan *loan)
{
	char number[ITEM_NUMBER_SIZE];

	item_number_format(loan->item_number, number);
	sheet_pair(sheet, name_style, loan->name, number_style, number);
	if (section != SECTION_RETURNED)
		put_due(sheet, r, loan);
}

/* What several items have in common is said once, below the first. */
static bool is_new_safety(const struct loan_list *list, int index)
{
	const char *safety = list->rows[index].safety;

	for (int i = 0; i < index; i++)
		if (strcmp(list->rows[i].safety, safety) == 0)
			return false;
	return *safety;
}

static void put_count(struct sheet *sheet, int count)
{
	static const struct sheet_style style = {
		.size_pt = 11, .is_bold = true, .align = SHEET_RIGHT
	};
	CLEANUP(mem_free) char *number = mem_printf("%d", count);
	CLEANUP(mem_free)
	char *words = FILL(P_("%1$s thing in all", "%1$s things in all", count), number);

	sheet_space(sheet, 1);
	sheet_text(sheet, style, words);
}

static void put_section(struct sheet *sheet, const struct receipt *r, enum section section)
{
	const struct loan_list *list = &r->sections[section];

	for (int i = 0; i < list->count; i++) {
		if (i > 0)
			sheet_space(sheet, 1.2);
		put_loan(sheet, r, section, &list->rows[i]);
		if (section == SECTION_LENT && is_new_safety(list, i))
			sheet_textf(sheet, small, _("Safety: %s"), list->rows[i].safety);
	}
	if (list->count > 1)
		put_count(sheet, list->count);
}

static void put_person(struct sheet *sheet, const struct receipt *r)
{
	CLEANUP(mem_free) char *made = words_instant_paper(r->made_at, 0); /* with its year */

	sheet_pair(sheet, number_style, r->person, number_style, made);
}

static enum section first_section(const struct receipt *r)
{
	int first = 0;

	while (r->sections[first].count == 0)
		first++;
	return (enum section)first;
}

static void put_sections(struct sheet *sheet, const struct receipt *r)
{
	enum section first = first_section(r);

	for (int s = first; s < SECTION_COUNT; s++) {
		if (r->sections[s].count == 0)
			continue;
		put_rule(sheet);
		if (s != (int)first)
			sheet_text(sheet, subheading, section_name((enum section)s));
		put_section(sheet, r, (enum section)s);
	}
	put_rule(sheet);
}

/* How many of the loans from this one on have consecutive numbers. */
static int run_length(const struct loan_list *list, int from)
{
	int to = from + 1;

	while (to < list->count && list->rows[to].number == list->rows[to - 1].number + 1)
		to++;
	return to - from;
}

/* "借单 1024 · 1030–1033": what the symbol opens, for whoever has to type it. All of them. */
static char *loan_numbers(const struct loan_list *list)
{
	char *numbers = mem_text("");

	for (int i = 0, run; i < list->count; i += run) {
		int length = run_length(list, i);
		const char *joint = i ? " · " : "";
		long long first = list->rows[i].number;
		run = length < RUN_MIN ? 1 : length;
		char *longer = run == 1 ? mem_printf("%s%s%lld", numbers, joint, first)
					: mem_printf("%s%s%lld–%lld", numbers, joint, first,
						  first + run - 1);
		free(numbers);
		numbers = longer;
	}
	char *line = mem_printf(
		dngettext(WORDS_DOMAIN, "Loan %s", "Loans %s", (unsigned long)list->count),
		numbers);
	free(numbers);
	return line;
}

static void write_symbol(const struct receipt *r, char ret[CODE_TEXT_MAX])
{
	code_write_id(CODE_LOAN, r->sections[first_section(r)].rows[0].id, ret);
}

/* A loan that is over opens nothing: its number alone stays, for whoever asks. */
static void put_symbol(struct sheet *sheet, const struct receipt *r)
{
	enum section first = first_section(r);
	const struct loan_list *list = &r->sections[first];
	CLEANUP(mem_free) char *numbers = loan_numbers(list);
	char code[CODE_TEXT_MAX];

	if (first == SECTION_RETURNED) {
		sheet_text(sheet, caption, numbers);
		sheet_space(sheet, 1);
		return;
	}
	write_symbol(r, code);
	sheet_qr(sheet, QR_MM, SHEET_CENTER, code, caption, numbers);
	sheet_space(sheet, 1);
}

static void put_points(struct sheet *sheet, const struct receipt *r)
{
	static const struct sheet_style words = { .size_pt = 9.5 };
	static const struct sheet_style amount = { .size_pt = 10, .is_bold = true };
	CLEANUP(mem_free) char *points = mem_printf("%lld", (long long)r->points);

	sheet_pair(sheet, words, _("Points to spend"), amount, points);
	sheet_space(sheet, 0.5);
}

static struct sheet *draw_receipt(
	const struct receipt *r, const struct letterhead *letterhead, double width_mm)
{
	struct sheet_media media = roll(width_mm);
	struct sheet *sheet = sheet_create(&media, _("Receipt"), r->made_at);

	sheet_page(sheet);
	letterhead_top(sheet, letterhead, &r->house.site);
	sheet_space(sheet, 1);
	sheet_text(sheet, heading, section_name(first_section(r)));
	put_person(sheet, r);
	put_sections(sheet, r);
	if (r->points)
		put_points(sheet, r);
	put_symbol(sheet, r);
	letterhead_foot(sheet, &r->house);
	return sheet;
}

int receipt_build(struct db *db, const struct letterhead *letterhead, int64_t visit,
	double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(receipt_finish) struct receipt r = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(read_visit(db, visit, &r.resident, &r.made_at, err));
	TRY(read_loans(&r, db, visit, err));
	TRY(read_rest(&r, db, err));
	*ret = draw_receipt(&r, letterhead, width_mm);
	return 0;
}

int receipt_symbol(struct db *db, int64_t visit, char ret[CODE_TEXT_MAX], struct err *err)
{
	CLEANUP(receipt_finish) struct receipt r = { 0 };

	TRY(read_loans(&r, db, visit, err));
	if (receipt_is_empty(&r))
		return nothing(err);
	write_symbol(&r, ret);
	return 0;
}

int receipt_build_loan(struct db *db, const struct letterhead *letterhead, int64_t id,
	double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(receipt_finish) struct receipt r = { 0 };
	CLEANUP(loan_finish) struct loan loan = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(loan_get(db, id, &loan, err));
	if (loan.visit)
		return receipt_build(db, letterhead, loan.visit, width_mm, ret, err);
	r.resident = loan.resident;
	list_add(&r.sections[SECTION_LENT], &loan);
	TRY(read_rest(&r, db, err));
	*ret = draw_receipt(&r, letterhead, width_mm);
	return 0;
}

/* ---- the return slip ---- */

static int read_slip(
	struct receipt *r, struct db *db, const struct return_slip *slip, struct err *err)
{
	for (int i = 0; i < slip->count; i++) {
		CLEANUP(loan_finish) struct loan loan = { 0 };
		TRY(loan_get(db, slip->loans[i], &loan, err));
		if (!loan.returned_at)
			return nothing(err);
		bool is_same = i == 0 || r->resident == loan.resident;
		r->resident = is_same ? loan.resident : 0;
		list_add(&r->sections[SECTION_RETURNED], &loan);
	}
	return read_rest(r, db, err);
}

static void put_returned(struct sheet *sheet, const struct receipt *r, const struct loan *loan)
{
	CLEANUP(mem_free) char *lent = words_instant_paper(loan->lent_at, r->made_at);
	CLEANUP(mem_free) char *back = words_instant_paper(loan->returned_at, r->made_at);

	put_loan(sheet, r, SECTION_RETURNED, loan);
	sheet_pair(sheet, small, _("lent"), small, lent);
	sheet_pair(sheet, small, _("given back"), small, back);
}

static struct sheet *draw_slip(
	const struct receipt *r, const struct letterhead *letterhead, double width_mm)
{
	static const struct sheet_style slip_heading = {
		.size_pt = 18, .is_bold = true, .align = SHEET_CENTER
	};
	const struct loan_list *list = &r->sections[SECTION_RETURNED];
	struct sheet_media media = roll(width_mm);
	struct sheet *sheet = sheet_create(&media, _("Return slip"), r->made_at);

	sheet_page(sheet);
	letterhead_top(sheet, letterhead, &r->house.site);
	sheet_space(sheet, 1);
	sheet_text(sheet, slip_heading, _("Return slip"));
	put_person(sheet, r);
	for (int i = 0; i < list->count; i++) {
		put_rule(sheet);
		put_returned(sheet, r, &list->rows[i]);
	}
	put_rule(sheet);
	put_symbol(sheet, r);
	letterhead_foot(sheet, &r->house);
	return sheet;
}

int return_slip_build(struct db *db, const struct letterhead *letterhead,
	const struct return_slip *slip, double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(receipt_finish) struct receipt r = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(read_slip(&r, db, slip, err));
	*ret = draw_slip(&r, letterhead, width_mm);
	return 0;
}
