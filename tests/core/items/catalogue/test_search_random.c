/* Titles and items are found by indexes and in pages; here again the plain way, one by one, and
 * both must agree on every query. JIAPLUS_SEED repeats a run. */
#include <stdio.h>
#include <string.h>

#include "core/items/catalogue/kit.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/upkeep/item_status.h"
#include "tests/core/shop.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

#define TITLES 700 /* enough for both common and rare letters */
#define ITEMS  1300
#define ASKED  400

#define DRAW(list) ((list)[draw((uint32_t)ARRAY_LEN(list))])

static const char *const names[] = { "电钻", "电动螺丝刀", "打气筒", "灯", "单反相机", "音乐盒",
	"Usb-C 线", "100%棉被", "50_50象棋", "A\\B面唱片", "三体", "故事第12集", "重庆火锅" };
static const char *const zones[] = { "", "工具墙", "书屋", "角落" };
static const char *const shelves[] = { "", "A-1", "A-2", "B-1" };

/* What is typed; `letters`: compared with the readings, NULL: the name is searched instead. */
static const struct {
	const char *words, *letters;
} asked[] = {
	{ "", NULL },
	{ "d", "d" },
	{ "D Z", "dz" },
	{ "dian", "dian" },
	{ "yl", "yl" },
	{ "yinyue", "yinyue" },
	{ "chongqing", "chongqing" },
	{ "xyz", "xyz" },
	{ "电", NULL },
	{ "usb-c", NULL },
	{ "%", NULL },
	{ "_", NULL },
	{ "\\", NULL },
	{ "12", NULL },
	{ "7", NULL },
	{ "没有的", NULL },
};

/* ---- the plain way ---- */

struct thing {
	int64_t id, number, title, category;
	char *name, *pinyin, *initials, *pinyin2, *initials2, *zone, *shelf;
	bool is_out, is_asset, is_retired;
};

struct things {
	struct thing rows[ITEMS > TITLES ? ITEMS : TITLES];
	int count;
};

static void read_things(struct shop *s, const char *sql, struct things *things)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	things->count = 0;
	assert_ok(query_open(&q, s->db, sql, NO_FIELDS, &s->err), &s->err);
	while (query_next(&q, &s->err) > 0)
		things->rows[things->count++] = (struct thing){
			.id = query_int(&q, "id"),
			.number = query_int(&q, "number"),
			.title = query_int(&q, "title"),
			.category = query_int(&q, "category"),
			.name = mem_text(query_text0(&q, "name")),
			.pinyin = mem_text(query_text0(&q, "pinyin")),
			.initials = mem_text(query_text0(&q, "initials")),
			.pinyin2 = mem_text(query_text0(&q, "pinyin2")),
			.initials2 = mem_text(query_text0(&q, "initials2")),
			.zone = mem_text(query_text0(&q, "zone")),
			.shelf = mem_text(query_text0(&q, "shelf")),
			.is_out = query_int(&q, "is_out") != 0,
			.is_asset = query_int(&q, "is_asset") != 0,
			.is_retired = query_int(&q, "is_retired") != 0,
		};
}

static void things_finish(struct things *things)
{
	for (int i = 0; i < things->count; i++) {
		struct thing *t = &things->rows[i];
		char *texts[] = { t->name, t->pinyin, t->initials, t->pinyin2, t->initials2,
			t->zone, t->shelf };
		for (size_t k = 0; k < ARRAY_LEN(texts); k++)
			free(texts[k]);
	}
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool has_words(const struct thing *t, size_t question)
{
	const char *words = asked[question].words, *letters = asked[question].letters;

	if (!letters)
		return strcasestr(t->name, words) != NULL;
	return begins(t->pinyin, letters) || begins(t->initials, letters) ||
	       begins(t->pinyin2, letters) || begins(t->initials2, letters);
}

static bool is_in(const struct shop *s, const struct thing *t, int64_t category)
{
	return category == 0 || t->category == category ||
	       (category == s->tool && t->category == s->power_tool);
}

static bool fits(
	const struct shop *s, const struct thing *t, size_t question, const struct item_filter *f)
{
	bool has_number = t->number && t->number == strtoll(asked[question].words, NULL, 10);

	return (has_words(t, question) || has_number) && is_in(s, t, f->category) &&
	       (f->title == 0 || t->title == f->title) &&
	       (!f->zone || strcmp(t->zone, f->zone) == 0) &&
	       (!f->shelf || strcmp(t->shelf, f->shelf) == 0) &&
	       (f->where == ITEM_ANYWHERE || t->is_out == (f->where == ITEM_OUT)) &&
	       (!f->is_asset || t->is_asset) && (f->with_retired || !t->is_retired);
}

static int next_fit(const struct shop *s, const struct things *things, int from, size_t question,
	const struct item_filter *f)
{
	while (from < things->count && !fits(s, &things->rows[from], question, f))
		from++;
	return from;
}

/* ---- both ---- */

static void compare_items(struct shop *s, const struct things *all)
{
	size_t question = draw(ARRAY_LEN(asked));
	const int64_t categories[] = { 0, 0, s->tool, s->power_tool, s->book };
	struct item_filter f = { .words = asked[question].words,
		.category = DRAW(categories),
		.title = draw(10) ? 0 : all->rows[draw((uint32_t)all->count)].title,
		.zone = draw(3) ? NULL : DRAW(zones),
		.shelf = draw(3) ? NULL : DRAW(shelves),
		.where = draw(2) ? ITEM_ANYWHERE : 1 + (enum item_where)draw(2),
		.is_asset = draw(5) == 0,
		.with_retired = draw(2),
		.limit = 1 + (int)draw(90) };
	struct item_list page = { 0 };
	struct item last = { 0 };
	int at = next_fit(s, all, 0, question, &f);

	for (;;) {
		struct item_list next = { 0 };
		assert_ok(item_find(s->db, &f, &next, &s->err), &s->err);
		for (int i = 0; i < next.count; i++) {
			assert_true(at < all->count);
			assert_int_equal(next.rows[i].id, all->rows[at].id);
			assert_int_equal(next.rows[i].loan != 0, all->rows[at].is_out);
			at = next_fit(s, all, at + 1, question, &f);
		}
		item_list_finish(&page);
		page = next;
		if (page.count < f.limit)
			break;
		last = page.rows[page.count - 1];
		f.after = &last;
	}
	item_list_finish(&page);
	assert_int_equal(at, all->count);
}

static void compare_titles(struct shop *s, const struct things *all)
{
	size_t question = draw(ARRAY_LEN(asked));
	const int64_t categories[] = { 0, s->tool, s->power_tool, s->book };
	const struct item_filter plain = { .category = DRAW(categories), .with_retired = true };
	struct title_filter f = { .words = asked[question].words,
		.category = plain.category,
		.limit = 1 + (int)draw(90) };
	struct title_list page = { 0 };
	struct title last = { 0 };
	int at = next_fit(s, all, 0, question, &plain);

	for (;;) {
		struct title_list next = { 0 };
		assert_ok(title_find(s->db, &f, &next, &s->err), &s->err);
		for (int i = 0; i < next.count; i++) {
			assert_true(at < all->count);
			assert_int_equal(next.rows[i].id, all->rows[at].id);
			at = next_fit(s, all, at + 1, question, &plain);
		}
		title_list_finish(&page);
		page = next;
		if (page.count < f.limit)
			break;
		last = page.rows[page.count - 1];
		f.after = &last;
	}
	title_list_finish(&page);
	assert_int_equal(at, all->count);
}

/* ---- the catalogue ---- */

static void fill(struct shop *s)
{
	static const struct act because = { .role = ROLE_VOLUNTEER, .why = "坏了" };
	const int64_t categories[] = { s->tool, s->power_tool, s->book, s->book };
	int64_t titles[TITLES], id, loan, resident = shop_resident(s), kit = 0;

	SHOP_RULE(s, row.loan_days = 7, row.max_items = ITEMS, row.max_total = ITEMS);
	for (int i = 0; i < TITLES; i++) {
		CLEANUP(mem_free)
		char *name = mem_printf("%s%s", DRAW(names), draw(2) ? "" : DRAW(names));
		titles[i] = shop_title(s, name, DRAW(categories));
	}
	for (int i = 0; i < ITEMS; i++) {
		const struct item_draft draft = { .title = DRAW(titles),
			.zone = i < ITEMS / 2 ? "书屋" : DRAW(zones),
			.shelf = DRAW(shelves),
			.source = draw(20) ? ITEM_SOURCE_BOUGHT : ITEM_SOURCE_PROJECT };
		assert_ok(item_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
		if (kit && draw(30) == 0) {
			assert_ok(kit_add(s->db, &by_volunteer, kit, id, &s->err), &s->err);
		} else if (draw(7) == 0) {
			const struct loan_request request = { .item = id, .resident = resident };
			assert_ok(
				loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
		} else if (draw(15) == 0) {
			assert_ok(item_set_status(s->db, &because, id, ITEM_RETIRED, &s->err),
				&s->err);
		} else if (!kit) {
			kit = id;
		}
	}
	const struct loan_request request = { .item = kit, .resident = resident };
	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
}

TEST(what_is_found_quickly_is_what_is_found_plainly, shop)
{
	struct shop *s = *state;
	static struct things items, titles;

	fill(s);
	read_things(s,
		"SELECT item.id, number, title, category, name, pinyin, initials, pinyin2,"
		" initials2, zone, shelf, status = 'retired' AS is_retired,"
		" ifnull(source = 'project', 0) AS is_asset,"
		" ifnull(kit, item.id) IN (SELECT item FROM loan WHERE returned_at IS NULL)"
		" AS is_out FROM item JOIN title ON title.id = title ORDER BY pinyin, number",
		&items);
	read_things(s,
		"SELECT id, 0 AS number, id AS title, category, name, pinyin, initials, pinyin2,"
		" initials2, '' AS zone, '' AS shelf, 0 AS is_retired, 0 AS is_asset, 0 AS is_out"
		" FROM title ORDER BY pinyin, id",
		&titles);
	assert_int_equal(items.count, ITEMS);
	assert_int_equal(titles.count, TITLES);
	for (int i = 0; i < ASKED; i++) {
		compare_items(s, &items);
		compare_titles(s, &titles);
	}
	things_finish(&items);
	things_finish(&titles);
}
