#include "core/sheets/merchant_statement.h"

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/points/body.h"
#include "core/sheets/wording.h"

static const struct sheet_style heading = { .size_pt = 20, .is_bold = true, .align = SHEET_CENTER };
static const struct sheet_style about = { .size_pt = 11, .align = SHEET_CENTER };
static const struct sheet_style cell = { .size_pt = 10.5 };
static const struct sheet_style strong = { .size_pt = 10.5, .is_bold = true };
static const struct sheet_style number = { .size_pt = 10.5, .align = SHEET_RIGHT };
static const struct sheet_style sum = { .size_pt = 10.5, .is_bold = true, .align = SHEET_RIGHT };

const char *merchant_state_words(enum merchant_state state)
{
	switch (state) {
	case MERCHANT_DUE:
		return _("was had there");
	case MERCHANT_OPEN:
		return _("not used yet");
	case MERCHANT_LAPSED:
		return _("out of date, never used");
	case MERCHANT_STATE_COUNT:
		break;
	}
	return "";
}

struct statement {
	struct body merchant;
	struct settlement settlement; /* id 0: of what is not settled yet */
	struct merchant_book book;
};

static void statement_finish(struct statement *s)
{
	body_finish(&s->merchant);
	merchant_book_finish(&s->book);
}

static int read_all(
	struct db *db, const struct merchant_scope *scope, struct statement *s, struct err *err)
{
	TRY(body_get(db, scope->body, &s->merchant, err));
	if (scope->settlement)
		TRY(settlement_get(db, scope->settlement, &s->settlement, err));
	return merchant_book(db, scope, &s->book, err);
}

/* ---- the table ---- */

static void put_cell(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static void put_integer(struct sheet *sheet, struct sheet_style style, int64_t n)
{
	CLEANUP(mem_free) char *text = n ? mem_printf("%lld", (long long)n) : mem_text("");

	put_cell(sheet, style, text);
}

static void put_yuan(struct sheet *sheet, struct sheet_style style, int64_t fen)
{
	CLEANUP(mem_free) char *text = fen ? money_text(fen) : mem_text("");

	put_cell(sheet, style, text);
}

static void put_line(struct sheet *sheet, const struct merchant_line *line, int64_t now)
{
	int64_t at = line->used_at ? line->used_at : line->redeemed_at;
	CLEANUP(mem_free) char *on = words_date(when_day(at), when_day(now));
	CLEANUP(mem_free)
	char *what = line->count > 1 ? mem_printf("%s × %lld", line->name, (long long)line->count)
				     : mem_text(line->name);

	sheet_row(sheet, 6.5);
	put_integer(sheet, number, line->number);
	put_cell(sheet, cell, on);
	put_cell(sheet, cell, what);
	put_cell(sheet, cell, merchant_state_words(line->state));
	put_integer(sheet, number, line->points);
	put_yuan(sheet, number, line->fen);
}

static void put_sum(
	struct sheet *sheet, const struct merchant_book *book, enum merchant_state state)
{
	CLEANUP(mem_free)
	char *words =
		mem_printf(_("Together, %s: %d"), merchant_state_words(state), book->counts[state]);

	if (!book->counts[state])
		return;
	sheet_row(sheet, 6.5);
	sheet_cell(sheet, 4, SHEET_MIDDLE);
	sheet_text(sheet, strong, words);
	put_integer(sheet, sum, book->points[state].n);
	put_yuan(sheet, sum, book->fen[state]);
}

static void put_table(struct sheet *sheet, const struct merchant_book *book, int64_t now)
{
	static const double widths[] = { 18, 32, 0, 36, 20, 30 };
	static const struct sheet_table table = { SHEET_RULES_GRID, 1.5, 1, ARRAY_LEN(widths),
		widths };
	const char *const heads[] = { _("No."), _("Day"), _("What for"), _("State"), _("Points"),
		_("For yuan") };

	sheet_table(sheet, &table);
	sheet_head(sheet, 7);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		put_cell(sheet, strong, heads[i]);
	for (int i = 0; i < book->count; i++)
		put_line(sheet, &book->rows[i], now);
	for (int state = 0; state < MERCHANT_STATE_COUNT; state++)
		put_sum(sheet, book, (enum merchant_state)state);
	sheet_end(sheet);
}

/* ---- the sheet ---- */

/* "结算单 3，2026年11月30日", or until when it is not settled yet. The caller's. */
static char *about_words(const struct statement *s, int64_t now)
{
	const struct settlement *done = &s->settlement;
	int64_t at = done->id ? done->settled_at : now;
	CLEANUP(mem_free) char *on = words_date(when_day(at), when_day(now));

	if (!done->id)
		return mem_printf(_("Not settled yet, as of %s"), on);
	return mem_printf(
		done->undone_at ? _("Settlement %lld of %s, undone") : _("Settlement %lld of %s"),
		(long long)done->number, on);
}

static int draw(struct sheet *sheet, struct db *db, const struct letterhead *letterhead,
	const struct statement *s, struct err *err)
{
	static const struct sheet_style folio = { .size_pt = 8.5, .align = SHEET_CENTER };
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(mem_free) char *words = about_words(s, db_now(db));

	TRY(house_lines_get(db, &house, err));
	sheet_footer(sheet);
	sheet_folio(sheet, folio, "{n} / {of}");
	sheet_end(sheet);
	sheet_page(sheet);
	letterhead_top(sheet, letterhead, &house.site);
	sheet_space(sheet, 2);
	sheet_text(sheet, heading, s->merchant.name);
	sheet_space(sheet, 1.5);
	sheet_text(sheet, about, words);
	sheet_space(sheet, 4);
	put_table(sheet, &s->book, db_now(db));
	sheet_space(sheet, 12);
	sheet_pair(sheet, cell, _("The merchant: ____________________"), cell,
		_("The house: ____________________"));
	return 0;
}

int merchant_statement_build(struct db *db, const struct letterhead *letterhead,
	const struct merchant_scope *scope, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(statement_finish) struct statement s = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(read_all(db, scope, &s, err));
	CLEANUP(sheet_destroyp)
	struct sheet *sheet = sheet_create(&sheet_a4, _("Settlement with a merchant"), db_now(db));
	TRY(draw(sheet, db, letterhead, &s, err));
	*ret = TAKE(sheet);
	return 0;
}
