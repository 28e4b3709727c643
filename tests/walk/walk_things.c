/* The catalogue, lending and its problems, things that come and go: from 2 November. */
#include <string.h>

#include "core/desk/shut.h"
#include "core/exchange/export.h"
#include "core/exchange/loan_past.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/guide.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/kit.h"
#include "core/items/catalogue/label_size.h"
#include "core/items/catalogue/owner.h"
#include "core/items/catalogue/stock.h"
#include "core/items/catalogue/title.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/giving/departure_undo.h"
#include "core/items/giving/donation.h"
#include "core/items/giving/giveaway.h"
#include "core/items/giving/sale.h"
#include "core/items/giving/swap.h"
#include "core/items/lending/deposit.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_trouble.h"
#include "core/items/lending/rule.h"
#include "core/items/upkeep/item_status.h"
#include "core/items/upkeep/look_over.h"
#include "core/items/upkeep/retire.h"
#include "core/items/upkeep/stocktake.h"
#include "core/items/upkeep/ticket.h"
#include "core/points/fund.h"
#include "core/points/ledger.h"
#include "tests/walk/walk.h"

/* Indexes into things[]: what each is used for. */
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

static void make_rules(struct walk *w)
{
	const struct act coordinator = by_coordinator(w);
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

	MUST(w, rule_set(w->db, &coordinator, &row, &id, &w->err));
	MUST(w, category_add(w->db, &coordinator,
			&(struct category_draft){ .code = "tool", .name = "工具" }, &w->tool,
			&w->err));
	MUST(w, category_add(w->db, &coordinator,
			&(struct category_draft){ .code = "book", .name = "图书", .position = 1 },
			&w->book, &w->err));
	MUST(w, category_add(w->db, &coordinator,
			&(struct category_draft){ .code = "machine",
				.name = "缝纫机",
				.parent = w->tool,
				.is_onsite = true },
			&id, &w->err));
	MUST(w, guide_set(w->db, &coordinator, w->book,
			&(struct guide_draft){ "共享书屋使用指引",
				(const char *const[]){ "轻拿轻放", "看完请放回原处" }, 2 },
			&w->err));
	row = (struct rule_row)RULE_ROW_BLANK;
	row.category = w->book;
	row.loan_days = 14;
	row.max_items = 5;
	MUST(w, rule_set(w->db, &coordinator, &row, &id, &w->err));
	MUST(w, label_size_set(w->db, &coordinator, &size, &id, &w->err));
	size.code = (char *)"roll-51";
	size.name = (char *)"另一卷";
	MUST(w, label_size_set(w->db, &coordinator, &size, &id, &w->err));
	MUST(w, label_size_remove(w->db, &coordinator, id, &w->err));
}

static void make_catalogue(struct walk *w)
{
	const struct act volunteer = by_volunteer(w);
	static const char *const parts[] = { "钻头", "充电器", "箱子" };

	for (int i = 0; i < THINGS; i++) {
		CLEANUP(mem_free) char *name = mem_printf("%s %d", i % 2 ? "画册" : "工具", i);
		struct title_draft title = { .name = name,
			.category = i % 2 ? w->book : w->tool,
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
		MUST(w, title_add(w->db, &volunteer, &title, &w->titles[i], &w->err));
		item.title = w->titles[i];
		if (i == SCREWS)
			continue;
		MUST(w, item_add(w->db, &volunteer, &item, &w->items[i], &w->err));
		item.shelf = "C-3";
		if (i % 10 == 0)
			MUST(w, item_edit(w->db, &volunteer, w->items[i], &item, &w->err));
		title.terms.short_days = 5;
		if (i == PLAIN)
			MUST(w, title_edit(w->db, &volunteer, w->titles[i], &title, &w->err));
	}
	MUST(w, title_set_parts(w->db, &volunteer, w->titles[DRILL], parts, 3, &w->err));
	MUST(w, title_set_parts(w->db, &volunteer, w->titles[DRILL], parts, 2, &w->err));
}

static void make_uses(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), self = by_self(w->people[1]);
	const struct owner owners[] = { { w->people[0], 1 }, { w->people[1], 2 } };
	int64_t left;

	MUST(w, owners_set(w->db, &volunteer, w->items[OWNED], owners, 2, &w->err));
	MUST(w, owners_set(w->db, &volunteer, w->items[OWNED], owners, 1, &w->err));
	MUST(w, kit_add(w->db, &volunteer, w->items[KIT], w->items[IN_KIT], &w->err));
	MUST(w, kit_remove(w->db, &volunteer, w->items[IN_KIT], &w->err));
	MUST(w, kit_add(w->db, &volunteer, w->items[KIT], w->items[IN_KIT], &w->err));
	MUST(w, stock_add(w->db, &volunteer, w->titles[SCREWS], 100, &left, &w->err));
	MUST(w, stock_take(w->db, &self, w->titles[SCREWS], 7, &left, &w->err));
	MUST(w, item_set_status(w->db, &volunteer, w->items[PLAIN], ITEM_MAINTENANCE, &w->err));
	MUST(w, item_set_status(w->db, &volunteer, w->items[PLAIN], ITEM_ACTIVE, &w->err));
}

static int64_t lend(struct walk *w, int thing, int person, int64_t visit)
{
	const struct act volunteer = by_volunteer(w);
	const struct loan_request request = { w->items[thing], w->people[person], visit };
	int64_t loan = 0;

	MUST(w, loan_open(w->db, &volunteer, &request, &loan, &w->err));
	return loan;
}

static void make_points_for(struct walk *w, int person, int64_t n)
{
	const struct act coordinator = by_coordinator(w);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = w->people[person], .amount = POINTS(n) } };
	int64_t id;

	MUST(w, transfer_post(w->db, &coordinator,
			&(struct transfer_draft){ "opening", postings, 2 }, &id, &w->err));
}

static void make_loans(struct walk *w)
{
	const struct act volunteer = by_volunteer(w);
	struct act importer = by_coordinator(w);
	int64_t id, due;

	/* Visits belong to the desk, and are not acts. */
	for (int64_t visit = 1; visit <= 2; visit++)
		MUST(w, db_write(w->db,
				"INSERT INTO visit (id, resident, station, started_at, ended_at)"
				" VALUES (:id, :resident, 1, :at, :at + 600)",
				FIELDS(F_INT("id", visit), F_INT("resident", w->people[0]),
					F_INT("at", db_now(w->db))),
				NULL, &w->err));
	/* Undone in one visit, the latest first. */
	int64_t loan = lend(w, PLAIN, 0, 1);
	MUST(w, loan_return(w->db, &volunteer, loan, 1, &w->err));
	MUST(w, return_void(w->db, &volunteer, loan, 1, &w->err));
	MUST(w, loan_void(w->db, &volunteer, lend(w, PLAIN + 1, 0, 1), 1, &w->err));
	walk_clock(w, "2020-11-07T09:30");
	MUST(w, loan_renew(w->db, &volunteer, &(struct loan_renewing){ .loan = loan, .visit = 2 },
			&due, &w->err));
	MUST(w, renew_void(w->db, &volunteer, loan, 2, &w->err));
	MUST(w, loan_renew(
			w->db, &volunteer, &(struct loan_renewing){ .loan = loan }, &due, &w->err));
	importer.why = "旧系统";
	importer.occurred_at = walk_instant(w, "2020-10-01T10:00");
	MUST(w, loan_enter(w->db, &importer,
			&(struct loan_past){ .item = w->items[PLAIN + 2],
				.resident = w->people[1],
				.lent_at = importer.occurred_at,
				.due_at = importer.occurred_at + 86400 * 7,
				.returned_at = importer.occurred_at + 86400 * 9 },
			&id, &w->err));
	loan = lend(w, PLAIN + 4, 3, 0);
	MUST(w, loan_recall(w->db, &volunteer, loan, walk_day(w, "2020-11-12"), "有人急用", &due,
			&w->err));
}

/* Claims, losses, damage with a deposit. */
static void make_trouble(struct walk *w)
{
	const struct act volunteer = by_volunteer(w);
	int64_t loan = lend(w, CLAIMED, 4, 0), id;

	MUST(w, loan_claim(w->db, &volunteer, loan, &w->err));
	MUST(w, claim_drop(w->db, &volunteer, loan, &w->err));
	MUST(w, loan_claim(w->db, &volunteer, loan, &w->err));
	MUST(w, loan_lost(w->db, &volunteer, lend(w, LOST, 4, 0), &w->err));
	MUST(w, item_found(w->db, &volunteer, w->items[LOST], &w->err));
	make_points_for(w, 6, 60);
	loan = lend(w, DRILL, 6, 0);
	MUST(w, loan_give_back(w->db, &volunteer,
			&(struct loan_giving_back){ .loan = loan, .is_damaged = true }, &w->err));
	MUST(w, deposit_settle(w->db, &volunteer, loan, POINTS(4), &w->err));
	/* Returned with nobody there, and inspected afterwards. */
	make_points_for(w, 7, 60);
	const struct act self = by_self(w->people[7]);
	loan = lend(w, DRILL, 7, 0);
	MUST(w, loan_return(w->db, &self, loan, 0, &w->err));
	MUST(w, loan_report(w->db, &self, loan, &w->err));
	MUST(w, item_look(w->db, &volunteer, w->items[DRILL], 1, false, &w->err));
	/* Nobody inspects it in time: released later (walk.c). */
	make_points_for(w, 8, 60);
	loan = lend(w, DRILL, 8, 0);
	MUST(w, loan_return(w->db, &self, loan, 0, &w->err));
	loan = lend(w, BROKEN, 8, 0);
	MUST(w, ticket_open(w->db, &volunteer,
			&(struct ticket_draft){ w->items[BROKEN], "手柄松了", loan, 0 }, &id,
			&w->err));
	MUST(w, ticket_close(w->db, &volunteer, id, "上紧了", &w->err));
	MUST(w, ticket_open(w->db, &volunteer,
			&(struct ticket_draft){ w->items[BROKEN], "开关坏了", 0, 0 }, &id,
			&w->err));
}

static void make_holds(struct walk *w)
{
	const struct act volunteer = by_volunteer(w);
	int64_t loan = lend(w, HELD, 9, 0), first, second, third;

	MUST(w, hold_place(w->db, &volunteer,
			&(struct hold_request){ w->titles[HELD], w->people[10], 0 }, &first,
			&w->err));
	MUST(w, hold_place(w->db, &volunteer,
			&(struct hold_request){ w->titles[HELD], w->people[0], 0 }, &second,
			&w->err));
	MUST(w, hold_place(w->db, &volunteer,
			&(struct hold_request){ w->titles[HELD], w->people[1], 0 }, &third,
			&w->err));
	MUST(w, hold_cancel(w->db, &volunteer, third, &w->err));
	MUST(w, loan_return(w->db, &volunteer, loan, 0, &w->err));
	loan = lend(w, FETCHED, 9, 0);
	MUST(w, hold_place(w->db, &volunteer,
			&(struct hold_request){ w->titles[FETCHED], w->people[11], 0 }, &third,
			&w->err));
	MUST(w, loan_return(w->db, &volunteer, loan, 0, &w->err));
	lend(w, FETCHED, 11, 0);
	walk_clock(w, "2020-11-14T10:00"); /* nobody fetched it */
	MUST(w, hold_settle(w->db, &volunteer, w->titles[HELD], &w->err));
	walk_clock(w, "2020-11-19T10:00");
	MUST(w, hold_settle(w->db, &volunteer, w->titles[HELD], &w->err));
	MUST(w, hold_put_back(w->db, &volunteer, second, &w->err));
}

static void make_moves(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), coordinator = by_coordinator(w);
	const struct arrival gift = { .draft = { .name = "旧书架",
					      .category = w->tool,
					      .terms = { .value_points = 30, .value_fen = 3000 } },
		.copies = 2 };
	const struct donation_draft donations[] = {
		{ .resident = w->people[2 + 1],
			.thanks = THANKS_ALIAS,
			.things = &gift,
			.thing_count = 1 },
		{ .name = "试验商行", .thanks = THANKS_NAME, .fen = 8800 },
		{ .thanks = THANKS_ANONYMOUS, .fen = 1200 },
	};
	int64_t id, line;

	for (size_t i = 0; i < ARRAY_LEN(donations); i++)
		MUST(w, donation_take(w->db, &volunteer, &donations[i], &id, &w->err));
	MUST(w, fund_post(w->db, &volunteer, &(struct fund_draft){ FUND_GIFT, 500, 0 }, &line,
			&w->err));
	MUST(w, fund_reverse(w->db, &coordinator, line, &line, &w->err));
	make_points_for(w, 10, 200);
	MUST(w, sale_make(w->db, &volunteer,
			&(struct sale_draft){ w->items[SOLD], w->people[10], SALE_FOR_POINTS, 0 },
			&id, &w->err));
	MUST(w, sale_make(w->db, &volunteer,
			&(struct sale_draft){ w->items[SOLD + 1], 0, SALE_FOR_YUAN, 0 }, &id,
			&w->err));
	MUST(w, departure_undo(w->db, &volunteer, w->items[SOLD + 1], &w->err));
	MUST(w, sale_make(w->db, &volunteer,
			&(struct sale_draft){ w->items[SOLD + 1], w->people[0], SALE_FOR_YUAN, 0 },
			&id, &w->err));
	MUST(w, giveaway_make(w->db, &volunteer,
			&(struct giveaway_draft){
				.item = w->items[SOLD + 2], .resident = w->people[0] },
			&id, &w->err));
	MUST(w, giveaway_make(w->db, &volunteer,
			&(struct giveaway_draft){ .item = w->items[SOLD + 3], .name = "试验小学" },
			&id, &w->err));
	MUST(w, swap_make(w->db, &volunteer,
			&(struct swap_draft){ .resident = w->people[10],
				.in = { .draft = { .name = "小凳子",
						.category = w->tool,
						.terms = { .value_points = 5 } } },
				.out = w->items[SOLD + 4] },
			&id, &w->err));
	MUST(w, item_retire(w->db, &volunteer, w->items[SOLD + 5], RETIRE_WORN_OUT, &w->err));
}

static void make_stocktake(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), coordinator = by_coordinator(w);
	enum stocktake_state state;
	int64_t id, count;

	MUST(w, stocktake_start(w->db, &volunteer, &(struct stocktake_scope){ .shelf = "A-1" }, &id,
			&w->err));
	for (int i = 20; i < THINGS - 1; i++)
		MUST(w, stocktake_seen(w->db, &volunteer,
				&(struct stocktake_sighting){
					id, w->items[i], "一楼", i % 2 ? "A-1" : "B-2" },
				&state, &w->err));
	MUST(w, stocktake_close(w->db, &volunteer, id, &w->err));
	MUST(w, stocktake_set_missing(w->db, &coordinator, id, &count, &w->err));
}

static void make_rest(struct walk *w)
{
	const struct act coordinator = by_coordinator(w);
	CLEANUP(mem_free) char *path = mem_printf("%s/titles.csv", w->dir);
	const struct export all = {
		.kind = EXCHANGE_LOANS, .path = path, .encoding = TABLE_UTF8, .separator = ','
	};
	const struct closure storm = { .from = walk_day(w, "2020-11-20"),
		.until = walk_day(w, "2020-11-20"),
		.is_emergency = true,
		.name = "台风" };
	struct shut shut;
	int n;

	MUST(w, export_table(w->db, &coordinator, &all, &n, &w->err));
	MUST(w, desk_shut(w->db, &coordinator, &storm, &shut, &w->err));
}

void walk_things(struct walk *w)
{
	walk_clock(w, "2020-11-02T09:00");
	make_rules(w);
	make_catalogue(w);
	make_uses(w);
	make_loans(w);
	make_trouble(w);
	make_moves(w);
	make_holds(w);
	make_stocktake(w);
	make_rest(w);
}
