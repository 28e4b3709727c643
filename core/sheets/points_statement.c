#include "core/sheets/points_statement.h"

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/points/freeze.h"
#include "core/points/ledger.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"
#include "core/words_points.h"

static const struct sheet_style words_style = { .size_pt = 9.5 };
static const struct sheet_style small = { .size_pt = 9, .is_quiet = true };
static const struct sheet_style amount = { .size_pt = 11, .is_bold = true };

static void put_line(
	struct sheet *sheet, struct holder whose, const struct statement_line *line, int64_t now)
{
	const char *side = words_transfer_side(line, whose);
	CLEANUP(mem_free) char *when = words_instant_paper(line->at, now);
	CLEANUP(mem_free) char *balance = mem_printf(_("then %lld"), (long long)line->balance.n);
	CLEANUP(mem_free) char *change = mem_printf("%+lld", (long long)line->amount.n);
	CLEANUP(mem_free)
	char *what = line->is_reversed ? mem_printf(_("%s (taken back)"), side) : mem_text(side);

	sheet_pair(sheet, words_style, what, amount, change);
	sheet_pair(sheet, small, when, small, balance);
	sheet_space(sheet, 0.8);
}

static int draw(struct db *db, struct sheet *sheet, int64_t resident, int lines, struct err *err)
{
	CLEANUP(points_statement_finish) struct points_statement list = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	struct points balance, frozen;
	int64_t now = db_now(db);

	TRY(resident_masked_name(db, resident, &name, err));
	TRY(points_balance(db, resident, &balance, err));
	TRY(points_frozen(db, resident, &frozen, err));
	TRY(points_statement(db, resident, NULL, lines, &list, err));
	CLEANUP(mem_free) char *free_points = words_points(balance.n);
	CLEANUP(mem_free) char *held = words_points(frozen.n);
	sheet_text(sheet, small, name);
	sheet_folio(sheet, small, _("printed {printed}"));
	slip_rule(sheet);
	sheet_pair(sheet, words_style, _("Points to spend"), amount, free_points);
	if (frozen.n)
		sheet_pair(sheet, words_style, _("Held as deposits"), amount, held);
	slip_rule(sheet);
	for (int i = 0; i < list.count; i++)
		put_line(sheet, HOLDER_RESIDENT(resident), &list.rows[i], now);
	if (list.count == 0)
		sheet_text(sheet, words_style, _("No entries yet"));
	return 0;
}

int points_statement_build(struct db *db, const struct letterhead *letterhead, int64_t resident,
	int lines, double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct resident known;

	wording_begin(&wording, letterhead->language);
	TRY(resident_get(db, resident, &known, err));
	TRY(house_lines_get(db, &house, err));
	const struct slip slip = { _("My points"), when_day_start(db_today(db)), width_mm };
	sheet = slip_begin(&slip, letterhead, &house);
	TRY(draw(db, sheet, resident, lines, err));
	slip_end(sheet, &house);
	*ret = TAKE(sheet);
	return 0;
}
