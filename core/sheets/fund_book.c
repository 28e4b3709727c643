#include "core/sheets/fund_book.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/giving/donation.h"
#include "core/items/giving/sale.h"
#include "core/rewards/redemption.h"
#include "core/sheets/wording.h"

#define PAGE_ROWS 500

static const struct sheet_style heading = { .size_pt = 20, .is_bold = true, .align = SHEET_CENTER };
static const struct sheet_style period = { .size_pt = 11, .align = SHEET_CENTER };
static const struct sheet_style body = { .size_pt = 10.5 };
static const struct sheet_style strong = { .size_pt = 10.5, .is_bold = true };
static const struct sheet_style number = { .size_pt = 10.5, .align = SHEET_RIGHT };
static const struct sheet_style sum = { .size_pt = 10.5, .is_bold = true, .align = SHEET_RIGHT };

/* ---- what a line is about ---- */

static int sale_words(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	char label[ITEM_NUMBER_SIZE];
	struct sale sale;

	TRY(sale_get(db, id, &sale, err));
	TRY(item_get(db, sale.item, &item, err));
	item_number_format(item.number, label);
	*ret = mem_printf("%s  %s %s", _("Charity sale"), item.name, label);
	return 0;
}

static int donation_words(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(donation_finish) struct donation donation = { 0 };

	TRY(donation_get(db, id, &donation, err));
	*ret = mem_printf("%s  %s", _("Donation"),
		*donation.thanked ? donation.thanked : _("A kind neighbour"));
	return 0;
}

static int redemption_words(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };

	TRY(redemption_get(db, id, &redemption, err));
	*ret = mem_printf("%s  %s", _("Redeemed for yuan"), redemption.name);
	return 0;
}

/* The line that was reversed. */
static int reversed_words(struct db *db, int64_t id, char **ret, struct err *err)
{
	struct fund_line before;
	CLEANUP(mem_free) char *words = NULL;

	TRY(fund_line_get(db, id, &before, err));
	TRY(fund_line_words(db, &before, &words, err));
	*ret = mem_printf("%s  %s", _("Correction"), words);
	return 0;
}

int fund_line_words(struct db *db, const struct fund_line *line, char **ret, struct err *err)
{
	switch (line->kind) {
	case FUND_GIFT:
		*ret = mem_text(_("Money given"));
		return 0;
	case FUND_SALE:
		return sale_words(db, line->of, ret, err);
	case FUND_DONATION:
		return donation_words(db, line->of, ret, err);
	case FUND_REDEMPTION:
		return redemption_words(db, line->of, ret, err);
	case FUND_REVERSAL:
		return reversed_words(db, line->of, ret, err);
	case FUND_KIND_COUNT:
		break;
	}
	assert(false && "no such kind");
	return 0;
}

/* ---- the lines of the days ---- */

struct book {
	struct fund_line *rows; /* latest first */
	int count;
	int64_t before, after; /* balance */
	int64_t in, out;
};

static void book_finish(struct book *book)
{
	free(book->rows);
	*book = (struct book){ 0 };
}

static void take(struct book *book, const struct fund_line *line)
{
	if (book->count == 0)
		book->after = line->balance;
	book->before = line->balance - line->fen;
	book->in += line->fen > 0 ? line->fen : 0;
	book->out += line->fen < 0 ? -line->fen : 0;
	book->rows = mem_resize(book->rows, (size_t)(book->count + 1) * sizeof(*book->rows));
	book->rows[book->count++] = *line;
}

/* A page of the statement: 1 when there may be an older one. */
static int take_page(
	struct book *book, const struct fund_statement *page, int64_t from_at, int64_t until_at)
{
	for (int i = 0; i < page->count; i++) {
		if (page->rows[i].at < from_at) {
			if (book->count == 0)
				book->before = book->after = page->rows[i].balance;
			return 0;
		}
		if (page->rows[i].at < until_at)
			take(book, &page->rows[i]);
	}
	return page->count == PAGE_ROWS;
}

static int read_book(
	struct db *db, int64_t from_at, int64_t until_at, struct book *ret, struct err *err)
{
	CLEANUP(book_finish) struct book book = { 0 };
	struct fund_line last = { .id = INT64_MAX };
	int goes_on = 1;

	while (goes_on) {
		CLEANUP(fund_statement_finish) struct fund_statement page = { 0 };
		TRY(fund_statement(db, &last, PAGE_ROWS, &page, err));
		goes_on = take_page(&book, &page, from_at, until_at);
		if (page.count)
			last = page.rows[page.count - 1];
	}
	*ret = book;
	book = (struct book){ 0 };
	return 0;
}

/* ---- the sheet ---- */

static void put_cell(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static void put_amount(struct sheet *sheet, struct sheet_style style, int64_t fen, bool is_shown)
{
	CLEANUP(mem_free) char *text = money_text(fen);

	put_cell(sheet, style, is_shown ? text : "");
}

static int put_line(struct sheet *sheet, struct db *db, const struct fund_line *line, int64_t now,
	struct err *err)
{
	CLEANUP(mem_free) char *words = NULL;
	CLEANUP(mem_free) char *on = words_date(when_day(line->at), when_day(now));

	TRY(fund_line_words(db, line, &words, err));
	sheet_row(sheet, 6.5);
	put_cell(sheet, body, on);
	put_cell(sheet, body, words);
	put_amount(sheet, number, line->fen, line->fen > 0);
	put_amount(sheet, number, -line->fen, line->fen < 0);
	put_amount(sheet, number, line->balance, true);
	return 0;
}

/* A row of words with only a balance, or with the sums too. */
static void put_balance(struct sheet *sheet, const char *words, int64_t balance)
{
	sheet_row(sheet, 6.5);
	sheet_cell(sheet, 4, SHEET_MIDDLE);
	sheet_text(sheet, strong, words);
	put_amount(sheet, sum, balance, true);
}

static void put_sums(struct sheet *sheet, const struct book *book)
{
	sheet_row(sheet, 6.5);
	sheet_cell(sheet, 2, SHEET_MIDDLE);
	sheet_text(sheet, strong, _("Together"));
	put_amount(sheet, sum, book->in, true);
	put_amount(sheet, sum, book->out, true);
	put_amount(sheet, sum, book->after, true);
}

static int put_table(struct sheet *sheet, struct db *db, const struct book *book, struct err *err)
{
	static const double widths[] = { 32, 0, 26, 26, 28 };
	static const struct sheet_table table = { SHEET_RULES_GRID, 1.5, 1, ARRAY_LEN(widths),
		widths };
	const char *const heads[] = { _("Day"), _("What for"), _("In, yuan"), _("Out, yuan"),
		_("Balance, yuan") };
	int64_t now = db_now(db);
	int r = 0;

	sheet_table(sheet, &table);
	sheet_head(sheet, 7);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		put_cell(sheet, strong, heads[i]);
	put_balance(sheet, _("Balance before"), book->before);
	for (int i = book->count - 1; i >= 0 && r == 0; i--)
		r = put_line(sheet, db, &book->rows[i], now, err);
	put_sums(sheet, book);
	sheet_end(sheet);
	return r;
}

static int draw(struct sheet *sheet, struct db *db, const struct letterhead *letterhead,
	const struct book *book, const char *days, struct err *err)
{
	static const struct sheet_style folio = { .size_pt = 8.5, .align = SHEET_CENTER };
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };

	TRY(house_lines_get(db, &house, err));
	sheet_footer(sheet);
	sheet_folio(sheet, folio, "{n} / {of}");
	sheet_end(sheet);
	sheet_page(sheet);
	letterhead_top(sheet, letterhead, &house.site);
	sheet_space(sheet, 2);
	sheet_text(sheet, heading, _("Statement of the community fund"));
	sheet_space(sheet, 1.5);
	sheet_text(sheet, period, days);
	sheet_space(sheet, 4);
	TRY(put_table(sheet, db, book, err));
	sheet_space(sheet, 12);
	sheet_pair(sheet, body, _("Kept by: ____________________"), body,
		_("Checked by: ____________________"));
	return 0;
}

int fund_book_build(struct db *db, const struct letterhead *letterhead, struct day from,
	struct day until, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(book_finish) struct book book = { 0 };
	char first[11], last[11];

	wording_begin(&wording, letterhead->language);
	TRY(read_book(db, when_day_start(from), when_day_start(day_add(until, 1)), &book, err));
	day_format(from, first);
	day_format(until, last);
	CLEANUP(mem_free) char *days = mem_printf(_("From %s until %s"), first, last);
	CLEANUP(sheet_destroyp)
	struct sheet *sheet =
		sheet_create(&sheet_a4, _("Statement of the community fund"), db_now(db));
	TRY(draw(sheet, db, letterhead, &book, days, err));
	*ret = TAKE(sheet);
	return 0;
}
