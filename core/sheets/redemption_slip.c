#include "core/sheets/redemption_slip.h"

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/people/resident.h"
#include "core/points/body.h"
#include "core/rewards/redemption.h"
#include "core/rewards/voucher.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"
#include "core/words_points.h"

#define QR_MM 22

static const struct sheet_style words_style = { .size_pt = 9.5 };
static const struct sheet_style small = { .size_pt = 9 };
static const struct sheet_style name_style = { .size_pt = 12, .is_bold = true };
static const struct sheet_style amount = { .size_pt = 11, .is_bold = true };

struct paper {
	struct redemption redemption;
	struct points left;
	struct voucher voucher; /* id 0: none */
	const char *code;       /* the voucher's; "" for none */
	char *person, *merchant;
};

static void paper_finish(struct paper *p)
{
	redemption_finish(&p->redemption);
	mem_free(&p->person);
	mem_free(&p->merchant);
}

static int read_names(struct db *db, struct paper *p, struct err *err)
{
	CLEANUP(body_finish) struct body holder = { 0 };
	CLEANUP(body_finish) struct body merchant = { 0 };
	const struct holder *whose = &p->redemption.whose;

	if (whose->body) {
		TRY(body_get(db, whose->body, &holder, err));
		p->person = mem_text(holder.name);
	} else {
		TRY(resident_masked_name(db, whose->resident, &p->person, err));
	}
	if (p->voucher.body) {
		TRY(body_get(db, p->voucher.body, &merchant, err));
		p->merchant = mem_text(merchant.name);
	}
	return 0;
}

static int read_paper(struct db *db, int64_t id, struct paper *p, struct err *err)
{
	TRY(redemption_get(db, id, &p->redemption, err));
	TRY(points_balance_of(db, p->redemption.whose, &p->left, err));
	int r = voucher_of(db, id, &p->voucher, err);
	return r < 0 ? r : read_names(db, p, err);
}

static void put_price(struct sheet *sheet, const struct paper *p)
{
	CLEANUP(mem_free) char *points = words_points(p->redemption.points);
	CLEANUP(mem_free) char *left = words_points(p->left.n);
	CLEANUP(mem_free) char *fen = money_text(p->redemption.fen);
	CLEANUP(mem_free) char *yuan = mem_printf(_("%s yuan"), fen);

	if (!p->redemption.points) {
		sheet_pair(sheet, words_style, _("For the community fund"), amount, yuan);
		return;
	}
	sheet_pair(sheet, words_style, _("Paid"), amount, points);
	sheet_pair(sheet, words_style, _("Points to spend"), amount, left);
}

static void put_voucher(struct sheet *sheet, const struct paper *p)
{
	int64_t last = p->voucher.expires_at - 1;
	CLEANUP(mem_free)
	char *until = words_date(when_day(last), when_day(p->redemption.redeemed_at));
	CLEANUP(mem_free) char *good = mem_printf(_("Good until %s, works once"), until);

	slip_rule(sheet);
	if (p->merchant)
		sheet_pair(sheet, words_style, _("To be redeemed at"), name_style, p->merchant);
	sheet_qr(sheet, QR_MM, SHEET_CENTER, p->code,
		(struct sheet_style){ .size_pt = 9, .align = SHEET_CENTER }, p->code);
	sheet_text(sheet,
		(struct sheet_style){ .size_pt = 10, .is_bold = true, .align = SHEET_CENTER },
		good);
}

static struct sheet *draw(const struct paper *p, const struct letterhead *letterhead,
	const struct house_lines *house, double width_mm)
{
	const struct redemption *r = &p->redemption;
	const struct slip slip = { r->undone_at    ? _("Taken back")
				   : p->voucher.id ? _("Voucher")
						   : _("Reward"),
		r->redeemed_at, width_mm };
	struct sheet *sheet = slip_begin(&slip, letterhead, house);
	CLEANUP(mem_free) char *at = words_instant_paper(r->redeemed_at, r->redeemed_at);
	CLEANUP(mem_free) char *count = mem_printf("× %lld", (long long)r->count);
	CLEANUP(mem_free) char *number = mem_printf(_("Redemption %lld"), (long long)r->number);

	sheet_pair(sheet, small, p->person, small, at);
	slip_rule(sheet);
	sheet_pair(sheet, name_style, r->name, amount, count);
	put_price(sheet, p);
	if (*p->code)
		put_voucher(sheet, p);
	slip_rule(sheet);
	sheet_text(sheet, small, number);
	slip_end(sheet, house);
	return sheet;
}

int redemption_slip_build(struct db *db, const struct letterhead *letterhead, int64_t id,
	const char *code, double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(paper_finish) struct paper paper = { .code = code };
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(read_paper(db, id, &paper, err));
	TRY(house_lines_get(db, &house, err));
	*ret = draw(&paper, letterhead, &house, width_mm);
	return 0;
}
