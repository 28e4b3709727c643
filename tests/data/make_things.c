/* The catalogue, lending and what goes wrong with it, things that come and go: from 2 November. */
#include <string.h>

#include "core/exchange/export.h"
#include "core/exchange/loan_past.h"
#include "core/items/category.h"
#include "core/items/closure_push.h"
#include "core/items/departure_undo.h"
#include "core/items/deposit.h"
#include "core/items/donation.h"
#include "core/items/giveaway.h"
#include "core/items/hold.h"
#include "core/items/item.h"
#include "core/items/item_look.h"
#include "core/items/kit.h"
#include "core/items/label_size.h"
#include "core/items/loan.h"
#include "core/items/loan_trouble.h"
#include "core/items/owner.h"
#include "core/items/retire.h"
#include "core/items/rule.h"
#include "core/items/sale.h"
#include "core/items/stock.h"
#include "core/items/stocktake.h"
#include "core/items/swap.h"
#include "core/items/ticket.h"
#include "core/items/title.h"
#include "core/items/title_parts.h"
#include "core/points/fund.h"
#include "core/points/ledger.h"
#include "tests/data/make.h"

/* Of things[]: what each is used for. */
enum {
	DRILL = 0, /* with parts and a deposit */
	KIT = 1,
	IN_KIT = 2,
	OWNED = 3,
	SCREWS = 4, /* a consumable */
	LOST = 5,
	CLAIMED = 6,
	BROKEN = 7,
	SOLD = 8, /* … SOLD_LAST: leave the house */
	SOLD_LAST = 14,
	HELD = 15,
	PLAIN = 16, /* … 19 */
	FETCHED = 39,
};

static void make_rules(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	struct rule_row row = rule_defaults;
	struct label_size size = { .code = (char *)"roll-50",
		.name = (char *)"50 毫米卷",
		.page_width = 5000,
		.page_height = 3000,
		.across = 1,
		.down = 1,
		.width = 5000,
		.height = 3000,
		.inside = 100 };
	int64_t id;

	MUST(m, rule_set(m->db, &coordinator, &row, &id, &m->err));
	MUST(m, category_add(m->db, &coordinator,
			&(struct category_draft){ .code = "tool", .name = "工具" }, &m->tool,
			&m->err));
	MUST(m, category_add(m->db, &coordinator,
			&(struct category_draft){ .code = "book", .name = "图书", .position = 1 },
			&m->book, &m->err));
	MUST(m, category_add(m->db, &coordinator,
			&(struct category_draft){ .code = "machine",
				.name = "缝纫机",
				.parent = m->tool,
				.is_onsite = true },
			&id, &m->err));
	row = (struct rule_row)RULE_ROW_BLANK;
	row.category = m->book;
	row.loan_days = 14;
	row.max_items = 5;
	MUST(m, rule_set(m->db, &coordinator, &row, &id, &m->err));
	MUST(m, label_size_set(m->db, &coordinator, &size, &id, &m->err));
	size.code = (char *)"roll-51";
	size.name = (char *)"另一卷";
	MUST(m, label_size_set(m->db, &coordinator, &size, &id, &m->err));
	MUST(m, label_size_remove(m->db, &coordinator, id, &m->err));
}

static void make_catalogue(struct maker *m)
{
	const struct act volunteer = by_volunteer(m);
	static const char *const parts[] = { "钻头", "充电器", "箱子" };

	for (int i = 0; i < THINGS; i++) {
		CLEANUP(mem_free) char *name = mem_printf("%s %d", i % 2 ? "画册" : "工具", i);
		struct title_draft title = { .name = name,
			.category = i % 2 ? m->book : m->tool,
			.safety = i ? NULL : "戴好护目镜",
			.terms = { .value_points = 20 + i,
				.value_fen = 500 + 100 * i,
				.deposit = i == DRILL ? 10 : 0,
				.is_consumable = i == SCREWS } };
		struct item_draft item = { .zone = "一楼",
			.shelf = i % 3 ? "A-1" : "B-2",
			.source = i % 5 ? ITEM_SOURCE_BOUGHT : ITEM_SOURCE_PROJECT,
			.project = i % 5 ? NULL : "益民项目",
			.cost_fen = 1000 };
		MUST(m, title_add(m->db, &volunteer, &title, &m->titles[i], &m->err));
		item.title = m->titles[i];
		if (i == SCREWS)
			continue;
		MUST(m, item_add(m->db, &volunteer, &item, &m->items[i], &m->err));
		item.shelf = "C-3";
		if (i % 10 == 0)
			MUST(m, item_edit(m->db, &volunteer, m->items[i], &item, &m->err));
		title.terms.short_days = 5;
		if (i == PLAIN)
			MUST(m, title_edit(m->db, &volunteer, m->titles[i], &title, &m->err));
	}
	MUST(m, title_set_parts(m->db, &volunteer, m->titles[DRILL], parts, 3, &m->err));
	MUST(m, title_set_parts(m->db, &volunteer, m->titles[DRILL], parts, 2, &m->err));
}

static void make_uses(struct maker *m)
{
	const struct act volunteer = by_volunteer(m), self = by_self(m->people[1]);
	const struct owner owners[] = { { m->people[0], 1 }, { m->people[1], 2 } };
	int64_t left;

	MUST(m, owners_set(m->db, &volunteer, m->items[OWNED], owners, 2, &m->err));
	MUST(m, owners_set(m->db, &volunteer, m->items[OWNED], owners, 1, &m->err));
	MUST(m, kit_add(m->db, &volunteer, m->items[KIT], m->items[IN_KIT], &m->err));
	MUST(m, kit_remove(m->db, &volunteer, m->items[IN_KIT], &m->err));
	MUST(m, kit_add(m->db, &volunteer, m->items[KIT], m->items[IN_KIT], &m->err));
	MUST(m, stock_add(m->db, &volunteer, m->titles[SCREWS], 100, &left, &m->err));
	MUST(m, stock_take(m->db, &self, m->titles[SCREWS], 7, &left, &m->err));
	MUST(m, item_set_status(m->db, &volunteer, m->items[PLAIN], ITEM_MAINTENANCE, &m->err));
	MUST(m, item_set_status(m->db, &volunteer, m->items[PLAIN], ITEM_ACTIVE, &m->err));
}

static int64_t lend(struct maker *m, int thing, int person, int64_t visit)
{
	const struct act volunteer = by_volunteer(m);
	const struct loan_request request = { m->items[thing], m->people[person], visit };
	int64_t loan = 0;

	MUST(m, loan_open(m->db, &volunteer, &request, &loan, &m->err));
	return loan;
}

static void make_points_for(struct maker *m, int person, int64_t n)
{
	const struct act coordinator = by_coordinator(m);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = m->people[person], .amount = POINTS(n) } };
	int64_t id;

	MUST(m, transfer_post(m->db, &coordinator,
			&(struct transfer_draft){ "opening", postings, 2 }, &id, &m->err));
}

static void make_loans(struct maker *m)
{
	const struct act volunteer = by_volunteer(m);
	struct act importer = by_coordinator(m);
	int64_t id, due;

	/* Undone in one visit, the latest first. */
	int64_t loan = lend(m, PLAIN, 0, 1);
	MUST(m, loan_return(m->db, &volunteer, loan, 1, &m->err));
	MUST(m, return_void(m->db, &volunteer, loan, 1, &m->err));
	MUST(m, loan_void(m->db, &volunteer, lend(m, PLAIN + 1, 0, 1), 1, &m->err));
	make_clock(m, "2020-11-07T09:30");
	MUST(m, loan_renew(m->db, &volunteer, loan, 2, &due, &m->err));
	MUST(m, renew_void(m->db, &volunteer, loan, 2, &m->err));
	MUST(m, loan_renew(m->db, &volunteer, loan, 0, &due, &m->err));
	importer.why = "旧系统";
	importer.occurred_at = make_instant(m, "2020-10-01T10:00");
	MUST(m, loan_enter(m->db, &importer,
			&(struct loan_past){ .item = m->items[PLAIN + 2],
				.resident = m->people[1],
				.lent_at = importer.occurred_at,
				.due_at = importer.occurred_at + 86400 * 7,
				.returned_at = importer.occurred_at + 86400 * 9 },
			&id, &m->err));
	loan = lend(m, PLAIN + 4, 3, 0);
	MUST(m, loan_recall(m->db, &volunteer, loan, make_day(m, "2020-11-12"), "有人急用", &due,
			&m->err));
}

/* Claims, losses, damage with a deposit. */
static void make_trouble(struct maker *m)
{
	const struct act volunteer = by_volunteer(m);
	int64_t loan = lend(m, CLAIMED, 4, 0), id;

	MUST(m, loan_claim(m->db, &volunteer, loan, &m->err));
	MUST(m, claim_drop(m->db, &volunteer, loan, &m->err));
	MUST(m, loan_claim(m->db, &volunteer, loan, &m->err));
	MUST(m, loan_lost(m->db, &volunteer, lend(m, LOST, 4, 0), &m->err));
	MUST(m, item_found(m->db, &volunteer, m->items[LOST], &m->err));
	make_points_for(m, 6, 60);
	loan = lend(m, DRILL, 6, 0);
	MUST(m, loan_give_back(m->db, &volunteer,
			&(struct loan_giving_back){ .loan = loan, .is_damaged = true }, &m->err));
	MUST(m, deposit_settle(m->db, &volunteer, loan, POINTS(4), &m->err));
	/* Brought back to nobody, and looked at afterwards. */
	make_points_for(m, 7, 60);
	const struct act self = by_self(m->people[7]);
	loan = lend(m, DRILL, 7, 0);
	MUST(m, loan_return(m->db, &self, loan, 0, &m->err));
	MUST(m, item_look(m->db, &volunteer, m->items[DRILL], 1, false, &m->err));
	/* Nobody looks at it in time: released later (make_month). */
	make_points_for(m, 8, 60);
	loan = lend(m, DRILL, 8, 0);
	MUST(m, loan_return(m->db, &self, loan, 0, &m->err));
	loan = lend(m, BROKEN, 8, 0);
	MUST(m, ticket_open(m->db, &volunteer,
			&(struct ticket_draft){ m->items[BROKEN], "手柄松了", loan, 0 }, &id,
			&m->err));
	MUST(m, ticket_close(m->db, &volunteer, id, "上紧了", &m->err));
	MUST(m, ticket_open(m->db, &volunteer,
			&(struct ticket_draft){ m->items[BROKEN], "开关坏了", 0, 0 }, &id,
			&m->err));
}

static void make_holds(struct maker *m)
{
	const struct act volunteer = by_volunteer(m);
	int64_t loan = lend(m, HELD, 9, 0), first, second, third;

	MUST(m, hold_place(m->db, &volunteer,
			&(struct hold_request){ m->titles[HELD], m->people[10], 0 }, &first,
			&m->err));
	MUST(m, hold_place(m->db, &volunteer,
			&(struct hold_request){ m->titles[HELD], m->people[0], 0 }, &second,
			&m->err));
	MUST(m, hold_place(m->db, &volunteer,
			&(struct hold_request){ m->titles[HELD], m->people[1], 0 }, &third,
			&m->err));
	MUST(m, hold_cancel(m->db, &volunteer, third, &m->err));
	MUST(m, loan_return(m->db, &volunteer, loan, 0, &m->err));
	loan = lend(m, FETCHED, 9, 0);
	MUST(m, hold_place(m->db, &volunteer,
			&(struct hold_request){ m->titles[FETCHED], m->people[11], 0 }, &third,
			&m->err));
	MUST(m, loan_return(m->db, &volunteer, loan, 0, &m->err));
	lend(m, FETCHED, 11, 0);
	make_clock(m, "2020-11-14T10:00"); /* nobody fetched it */
	MUST(m, hold_settle(m->db, &volunteer, m->titles[HELD], &m->err));
	make_clock(m, "2020-11-19T10:00");
	MUST(m, hold_settle(m->db, &volunteer, m->titles[HELD], &m->err));
	MUST(m, hold_put_back(m->db, &volunteer, second, &m->err));
}

static void make_moves(struct maker *m)
{
	const struct act volunteer = by_volunteer(m), coordinator = by_coordinator(m);
	const struct arrival gift = { .draft = { .name = "旧书架",
					      .category = m->tool,
					      .terms = { .value_points = 30, .value_fen = 3000 } },
		.copies = 2 };
	const struct donation_draft donations[] = {
		{ .resident = m->people[2 + 1],
			.thanks = THANKS_ALIAS,
			.things = &gift,
			.thing_count = 1 },
		{ .name = "试验商行", .thanks = THANKS_NAME, .fen = 8800 },
		{ .thanks = THANKS_ANONYMOUS, .fen = 1200 },
	};
	int64_t id, line;

	for (size_t i = 0; i < ARRAY_LEN(donations); i++)
		MUST(m, donation_take(m->db, &volunteer, &donations[i], &id, &m->err));
	MUST(m, fund_post(m->db, &volunteer, &(struct fund_draft){ FUND_DONATION, 500, id }, &line,
			&m->err));
	MUST(m, fund_reverse(m->db, &coordinator, line, &line, &m->err));
	make_points_for(m, 10, 200);
	MUST(m, sale_make(m->db, &volunteer,
			&(struct sale_draft){ m->items[SOLD], m->people[10], SALE_FOR_POINTS, 0 },
			&id, &m->err));
	MUST(m, sale_make(m->db, &volunteer,
			&(struct sale_draft){ m->items[SOLD + 1], 0, SALE_FOR_YUAN, 0 }, &id,
			&m->err));
	MUST(m, departure_undo(m->db, &volunteer, m->items[SOLD + 1], &m->err));
	MUST(m, sale_make(m->db, &volunteer,
			&(struct sale_draft){ m->items[SOLD + 1], m->people[0], SALE_FOR_YUAN, 0 },
			&id, &m->err));
	MUST(m, giveaway_make(m->db, &volunteer,
			&(struct giveaway_draft){
				.item = m->items[SOLD + 2], .resident = m->people[0] },
			&id, &m->err));
	MUST(m, giveaway_make(m->db, &volunteer,
			&(struct giveaway_draft){ .item = m->items[SOLD + 3], .name = "试验小学" },
			&id, &m->err));
	MUST(m, swap_make(m->db, &volunteer,
			&(struct swap_draft){ .resident = m->people[10],
				.in = { .draft = { .name = "小凳子",
						.category = m->tool,
						.terms = { .value_points = 5 } } },
				.out = m->items[SOLD + 4] },
			&id, &m->err));
	MUST(m, item_retire(m->db, &volunteer, m->items[SOLD + 5], RETIRE_WORN_OUT, &m->err));
}

static void make_stocktake(struct maker *m)
{
	const struct act volunteer = by_volunteer(m), coordinator = by_coordinator(m);
	enum stocktake_state state;
	int64_t id, count;

	MUST(m, stocktake_start(m->db, &volunteer, &(struct stocktake_scope){ .shelf = "A-1" }, &id,
			&m->err));
	for (int i = 20; i < THINGS - 1; i++)
		MUST(m, stocktake_seen(m->db, &volunteer, id, m->items[i],
				&(struct stocktake_place){ "一楼", i % 2 ? "A-1" : "B-2" }, &state,
				&m->err));
	MUST(m, stocktake_close(m->db, &volunteer, id, &m->err));
	MUST(m, stocktake_set_missing(m->db, &coordinator, id, &count, &m->err));
}

static void make_rest(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	CLEANUP(mem_free) char *path = mem_printf("%s/titles.csv", m->scratch);
	const struct export all = {
		.kind = EXCHANGE_LOANS, .path = path, .encoding = TABLE_UTF8, .separator = ','
	};
	const struct closure storm = { .from = make_day(m, "2020-11-20"),
		.until = make_day(m, "2020-11-20"),
		.is_emergency = true,
		.name = "台风" };
	int64_t id;
	int n;

	MUST(m, export_table(m->db, &coordinator, &all, &n, &m->err));
	MUST(m, closure_add_emergency(m->db, &coordinator, &storm, &id, &n, &m->err));
}

void make_things(struct maker *m)
{
	make_clock(m, "2020-11-02T09:00");
	make_rules(m);
	make_catalogue(m);
	make_uses(m);
	make_loans(m);
	make_trouble(m);
	make_moves(m);
	make_holds(m);
	make_stocktake(m);
	make_rest(m);
}
