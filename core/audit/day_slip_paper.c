#include "core/audit/day_slip_paper.h"

#include <string.h>

#include "core/audit/day_slip.h"
#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"
#include "core/words_points.h"

#define QR_MM 20

static const struct sheet_style words_style = { .size_pt = 9.5 };
static const struct sheet_style small = { .size_pt = 9 };
static const struct sheet_style amount = { .size_pt = 11, .is_bold = true };

/* What a person wants to know about a day, out of everything that is counted; sorted by name. */
static const struct {
	const char *kind, *words;
} told[] = {
	{ "attendance.in", N_("Signed in to shifts") },
	{ "donation.take", N_("Donations") },
	{ "loan.open", N_("Lent") },
	{ "loan.return", N_("Returned") },
	{ "redeem", N_("Rewards") },
	{ "redemption.undo", N_("Rewards taken back") },
	{ "resident.add", N_("Registered") },
	{ "sale.make", N_("Sold for charity") },
	{ "session.open", N_("Signed in to rooms") },
	{ "transfer.reverse", N_("Transfers taken back") },
	{ "voucher.use", N_("Vouchers redeemed") },
};

const char *day_slip_words(const char *kind)
{
	for (size_t i = 0; i < ARRAY_LEN(told); i++)
		if (strcmp(told[i].kind, kind) == 0)
			return _(told[i].words);
	return NULL;
}

static int64_t count_of(const struct day_slip *slip, const char *kind)
{
	for (int i = 0; i < slip->kind_count; i++)
		if (strcmp(slip->kinds[i].kind, kind) == 0)
			return slip->kinds[i].count;
	return 0;
}

static void put_count(struct sheet *sheet, const char *words, int64_t count)
{
	CLEANUP(mem_free) char *text = mem_printf("%lld", (long long)count);

	sheet_pair(sheet, words_style, words, amount, text);
}

static void put_sums(struct sheet *sheet, const struct day_slip *slip)
{
	CLEANUP(mem_free) char *fen = money_text(slip->fund_fen);
	CLEANUP(mem_free) char *yuan = mem_printf(_("%s yuan"), fen);
	CLEANUP(mem_free) char *held = words_points(slip->points.held.n);

	for (int i = 0; i < slip->points.count; i++) {
		CLEANUP(mem_free) char *points = words_points(slip->points.rows[i].points.n);
		sheet_pair(sheet, words_style, words_transfer_kind(slip->points.rows[i].kind),
			amount, points);
	}
	sheet_pair(sheet, words_style, _("In all accounts"), amount, held);
	sheet_pair(sheet, words_style, _("Into the fund"), amount, yuan);
}

/* In groups of four, as people read them out. */
static char *grouped(const char *code)
{
	char *text = mem_alloc(2 * strlen(code) + 1), *out = text;

	for (size_t i = 0; code[i]; i++) {
		if (i && i % 4 == 0)
			*out++ = ' ';
		*out++ = code[i];
	}
	return text;
}

static void put_code(struct sheet *sheet, const struct day_slip *slip)
{
	static const struct sheet_style centered = { .size_pt = 10, .align = SHEET_CENTER };
	CLEANUP(mem_free) char *shown = grouped(slip->code);
	CLEANUP(mem_free)
	char *rows = mem_printf(_("Journal up to entry %lld"), (long long)slip->head);

	slip_rule(sheet);
	sheet_text(sheet, centered, rows);
	sheet_qr(sheet, QR_MM, SHEET_CENTER, slip->code, centered, shown);
	sheet_text(sheet, (struct sheet_style){ .size_pt = 8.5, .align = SHEET_CENTER },
		_("Keep this slip: it proves later that nothing was rewritten."));
}

static void draw(struct sheet *sheet, const struct day_slip *slip)
{
	CLEANUP(mem_free) char *day = words_date(slip->on, slip->on);

	sheet_text(sheet,
		(struct sheet_style){ .size_pt = 12, .is_bold = true, .align = SHEET_CENTER }, day);
	slip_rule(sheet);
	put_count(sheet, _("Acts in all"), slip->acts);
	for (size_t i = 0; i < ARRAY_LEN(told); i++)
		if (count_of(slip, told[i].kind))
			put_count(sheet, _(told[i].words), count_of(slip, told[i].kind));
	slip_rule(sheet);
	sheet_text(sheet, small, _("Points moved"));
	put_sums(sheet, slip);
	if (*slip->code)
		put_code(sheet, slip);
	slip_rule(sheet);
	sheet_text(sheet, words_style, _("Signed:"));
	sheet_space(sheet, 8);
}

int day_slip_build(struct db *db, const struct letterhead *letterhead, struct day on,
	double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(day_slip_finish) struct day_slip day = { 0 };
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(day_slip_make(db, on, &day, err));
	TRY(house_lines_get(db, &house, err));
	const struct slip slip = { _("Day slip"), db_now(db), width_mm };
	struct sheet *sheet = slip_begin(&slip, letterhead, &house);
	draw(sheet, &day);
	slip_end(sheet, &house);
	*ret = sheet;
	return 0;
}
