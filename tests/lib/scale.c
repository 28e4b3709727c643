#include "tests/lib/scale.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/people/household.h"
#include "core/people/pinyin.h"
#include "core/store/journal_row.h"

#define SITE           3
#define DAY            (24 * 60 * 60)
#define YEARS          10
#define HOUSEHOLD_SIZE 3
#define HOLDS          1000

const struct scale scale_full = { 67000, 8000, 20000, 2000000 };

struct scale scale_part(int percent)
{
	int items = scale_full.items * percent / 100;

	return (struct scale){ .residents = scale_full.residents * percent / 100,
		.titles = scale_full.titles * percent / 100,
		.items = items,
		.loans = items * (scale_full.loans / scale_full.items) };
}

/* Ids as the store generates them (doc/decisions.md, Ids), each table's from its own range. */
enum table {
	TABLE_HOUSEHOLD = 1,
	TABLE_RESIDENT,
	TABLE_CARD,
	TABLE_TITLE,
	TABLE_ITEM,
	TABLE_LOAN,
	TABLE_HOLD,
	TABLE_CATEGORY
};

static int64_t id_of(enum table table, int number)
{
	return (INT64_C(1) * SITE << 39) + table * INT64_C(100000000) + number;
}

int64_t scale_resident(int number)
{
	return id_of(TABLE_RESIDENT, number);
}

int64_t scale_title(int number)
{
	return id_of(TABLE_TITLE, number);
}

int64_t scale_item(int number)
{
	return id_of(TABLE_ITEM, number);
}

void scale_token(int resident, unsigned char token[CODE_TOKEN_SIZE])
{
	crypto_generichash(token, CODE_TOKEN_SIZE, (const unsigned char *)&resident,
		sizeof(resident), NULL, 0);
}

/* ---- bare SQL ---- */

struct maker {
	sqlite3 *db;
	uint64_t random;
	const struct scale *size;
};

static uint32_t any(struct maker *m, uint32_t below)
{
	m->random = m->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((m->random >> 33) % below);
}

static void check(struct maker *m, bool is_good)
{
	if (is_good)
		return;
	fprintf(stderr, "scale: %s\n", sqlite3_errmsg(m->db));
	exit(1);
}

static void run(struct maker *m, const char *sql)
{
	check(m, sqlite3_exec(m->db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3_stmt *prepare(struct maker *m, const char *sql)
{
	sqlite3_stmt *s = NULL;

	check(m, sqlite3_prepare_v2(m->db, sql, -1, &s, NULL) == SQLITE_OK);
	return s;
}

/* Each letter of `types` is a parameter: i int64_t, n int64_t that is NULL when 0, s text, b bytes
 * and their size_t. */
static void insert(struct maker *m, sqlite3_stmt *s, const char *types, ...)
{
	va_list args;

	va_start(args, types);
	for (int i = 1; *types; types++, i++) {
		if (*types == 's') {
			sqlite3_bind_text(s, i, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
			continue;
		}
		if (*types == 'b') {
			const void *bytes = va_arg(args, const void *);
			sqlite3_bind_blob(s, i, bytes, (int)va_arg(args, size_t), SQLITE_TRANSIENT);
			continue;
		}
		int64_t n = va_arg(args, int64_t);
		if (*types == 'n' && n == 0)
			sqlite3_bind_null(s, i);
		else
			sqlite3_bind_int64(s, i, n);
	}
	va_end(args);
	check(m, sqlite3_step(s) == SQLITE_DONE);
	sqlite3_reset(s);
}

/* ---- people ---- */

static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周",
	"徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐",
	"许", "韩", "冯", "邓", "曹", "彭", "曾", "欧阳", "单", "仇" };
static const char *const given[] = { "伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "军",
	"洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英", "建国",
	"小明", "子轩", "浩然", "雨桐", "梓涵", "志强", "海燕", "国庆", "玉兰", "文静", "嘉怡",
	"永祯" };

static void make_households(struct maker *m)
{
	sqlite3_stmt *s = prepare(m, "INSERT INTO household (id, number) VALUES (?, ?)");
	sqlite3_stmt *p =
		prepare(m, "INSERT INTO household_private (id, building, room, place, room_key)"
			   " VALUES (?, ?, ?, ?, ?)");

	for (int i = 1; i <= m->size->residents / HOUSEHOLD_SIZE; i++) {
		CLEANUP(mem_free) char *building = mem_printf("%d栋", i / 100 + 1);
		CLEANUP(mem_free) char *room = mem_printf("%d%02d", i % 25 + 1, i / 25 % 4 + 1);
		CLEANUP(mem_free) char *place = household_place(building, room);
		CLEANUP(mem_free) char *room_key = household_place(NULL, room);
		insert(m, s, "ii", id_of(TABLE_HOUSEHOLD, i), (int64_t)i);
		insert(m, p, "issss", id_of(TABLE_HOUSEHOLD, i), building, room, place, room_key);
	}
	sqlite3_finalize(s);
	sqlite3_finalize(p);
}

static void make_residents(struct maker *m)
{
	sqlite3_stmt *s = prepare(m, "INSERT INTO resident (id, number, household, category, "
				     "consent_version, consent_at,"
				     " joined_on) VALUES (?, ?, ?, ?, '2026-1', ?, '2019-05-01')");
	sqlite3_stmt *p = prepare(m,
		"INSERT INTO resident_private (id, name, pinyin, initials, phone, phone_tail)"
		" VALUES (?, ?, ?, ?, ?, substr(?5, -4))");

	for (int i = 1; i <= m->size->residents; i++) {
		CLEANUP(mem_free)
		char *name = mem_printf("%s%s", surnames[any(m, ARRAY_LEN(surnames))],
			given[any(m, ARRAY_LEN(given))]);
		CLEANUP(mem_free)
		char *phone = mem_printf("13%09d", (int)any(m, 1000000000));
		struct pinyin_text pinyin;
		int household = (i - 1) / HOUSEHOLD_SIZE + 1;
		pinyin_of_name(name, &pinyin);
		insert(m, s, "iinii", scale_resident(i), (int64_t)i,
			household <= m->size->residents / HOUSEHOLD_SIZE
				? id_of(TABLE_HOUSEHOLD, household)
				: INT64_C(0),
			id_of(TABLE_CATEGORY, 1), SCALE_NOW - YEARS * 365 * (int64_t)DAY);
		insert(m, p, "issss", scale_resident(i), name, pinyin.full, pinyin.initials, phone);
		pinyin_text_finish(&pinyin);
	}
	sqlite3_finalize(s);
	sqlite3_finalize(p);
}

static void make_cards(struct maker *m)
{
	sqlite3_stmt *s = prepare(
		m, "INSERT INTO card (id, resident, token_hash, issued_at) VALUES (?, ?, ?, ?)");

	for (int i = 1; i <= m->size->residents; i++) {
		unsigned char token[CODE_TOKEN_SIZE], hash[32];
		char text[65];
		scale_token(i, token);
		crypto_generichash(hash, sizeof(hash), token, sizeof(token), NULL, 0);
		sodium_bin2hex(text, sizeof(text), hash, sizeof(hash));
		insert(m, s, "iisi", id_of(TABLE_CARD, i), scale_resident(i), text,
			SCALE_NOW - DAY);
	}
	sqlite3_finalize(s);
}

/* ---- things ---- */

static const char *const things[] = { "电钻", "冲击钻", "梯子", "轮椅", "帐篷", "血压计", "打气筒",
	"折叠桌", "投影仪", "音箱", "羽毛球拍", "工具箱", "婴儿车", "雨伞", "拐杖", "缝纫机",
	"烧烤架", "水平仪" };
static const char *const subjects[] = { "三体", "红楼梦", "水浒传", "昆虫记", "世界地理",
	"唐诗三百首", "音乐", "儿童百科", "广东民间故事", "烘焙", "太极拳", "植物图鉴",
	"十万个为什么", "格林童话" };

static void make_categories(struct maker *m)
{
	static const char *const names[][2] = { { "tool", "工具" }, { "power-tool", "电动工具" },
		{ "book", "图书" }, { "outdoor", "户外" }, { "care", "辅助器具" } };
	sqlite3_stmt *s = prepare(m,
		"INSERT INTO category (id, code, name, parent, position) VALUES (?, ?, ?, ?, ?)");

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		insert(m, s, "issni", id_of(TABLE_CATEGORY, 10 + (int)i), names[i][0], names[i][1],
			i == 1 ? id_of(TABLE_CATEGORY, 10) : INT64_C(0), (int64_t)i);
	sqlite3_finalize(s);
	CLEANUP(mem_free)
	char *other = mem_printf("INSERT INTO resident_category VALUES (%lld, 'resident', '居民')",
		(long long)id_of(TABLE_CATEGORY, 1));
	run(m, other);
}

/* Two of three are books. */
static void make_titles(struct maker *m)
{
	sqlite3_stmt *s =
		prepare(m, "INSERT INTO title (id, name, category, isbn, pinyin, initials)"
			   " VALUES (?, ?, ?, ?, ?, ?)");

	for (int i = 1; i <= m->size->titles; i++) {
		bool is_book = i % 3 != 0;
		const char *name = is_book ? subjects[any(m, ARRAY_LEN(subjects))]
					   : things[any(m, ARRAY_LEN(things))];
		CLEANUP(mem_free)
		char *full = mem_printf("%s%s第%d%s", surnames[any(m, ARRAY_LEN(surnames))], name,
			i, is_book ? "卷" : "号");
		struct pinyin_text pinyin;
		int category = is_book ? 12 : 10 + (int)any(m, 2);
		pinyin_of_title(is_book ? full : name, &pinyin);
		insert(m, s, "isinss", scale_title(i), is_book ? full : name,
			id_of(TABLE_CATEGORY, category),
			is_book ? INT64_C(9787000000000) + i : INT64_C(0), pinyin.full,
			pinyin.initials);
		pinyin_text_finish(&pinyin);
	}
	sqlite3_finalize(s);
}

static void make_items(struct maker *m)
{
	sqlite3_stmt *s = prepare(m, "INSERT INTO item (id, number, title, zone, shelf, added_at) "
				     "VALUES (?, ?, ?, ?, ?, ?)");

	for (int i = 1; i <= m->size->items; i++) {
		CLEANUP(mem_free) char *shelf = mem_printf("%c-%d", 'A' + i % 20, i / 20 % 9 + 1);
		insert(m, s, "iiissi", scale_item(i), (int64_t)i,
			scale_title((i - 1) % m->size->titles + 1), i % 2 ? "共享书屋" : "工具墙",
			shelf, SCALE_NOW - YEARS * 365 * (int64_t)DAY);
	}
	sqlite3_finalize(s);
}

/* ---- the journal ---- */

#define KEY_SIZE    16
#define INPUTS_SIZE 32

struct lend {
	int number;
	int64_t item, resident, at;
};

/* Inserted into all indexes in order of time, as in a venue that has grown: their pages have free
 * space, which those of an index built at once have not. */
struct chain {
	sqlite3_stmt *insert;
	unsigned char hash[JOURNAL_HASH_SIZE];
};

static void begin_chain(struct maker *m, struct chain *c)
{
	*c = (struct chain){ 0 };
	c->insert = prepare(m,
		"INSERT INTO journal (seq, site, epoch, recorded_at, occurred_at, version, role,"
		" station, resident, subject, counter, result, kind, body, key, inputs, hash)"
		" VALUES (?1, ?2, 0, ?3, ?3, 1, 0, 1, ?4, ?5, ?6, ?7, 'loan.open', ?8, ?9, ?10,"
		" ?11)");
}

/* The counter continues from the loan's id, so that later loans have greater ones. */
static void add_to_chain(struct maker *m, struct chain *c, const struct lend *lend)
{
	int64_t loan = id_of(TABLE_LOAN, lend->number), counter = loan - (INT64_C(1) * SITE << 39);
	unsigned char inputs[INPUTS_SIZE] = { 0 }, key[KEY_SIZE];
	CLEANUP(mem_free)
	char *body = mem_printf("{\"ops\":[[\"+\",\"loan\",%lld,{\"number\":%d,\"item\":%lld,"
				"\"resident\":%lld,\"lent_at\":%lld}]]}",
		(long long)loan, lend->number, (long long)lend->item, (long long)lend->resident,
		(long long)lend->at);

	crypto_generichash(key, sizeof(key), (const unsigned char *)&loan, sizeof(loan), NULL, 0);
	const struct journal_row row = {
		.ints = { F_INT("seq", lend->number), F_INT("site", SITE), F_INT("epoch", 0),
			F_INT("recorded_at", lend->at), F_INT("occurred_at", lend->at),
			F_INT("version", 1), F_INT("role", 0), F_NULL("actor"), F_NULL("approver"),
			F_INT("station", 1), F_INT("resident", lend->resident),
			F_INT("subject", lend->item), F_NULL("undoes"), F_INT("counter", counter),
			F_INT("result", loan) },
		.bytes = { { "loan.open", strlen("loan.open") }, { body, strlen(body) },
			{ key, sizeof(key) }, { inputs, sizeof(inputs) } },
	};
	journal_row_hash(&row, c->hash, c->hash);
	insert(m, c->insert, "iiiiiiisbbb", (int64_t)lend->number, (int64_t)SITE, lend->at,
		lend->resident, lend->item, counter, loan, body, key, sizeof(key), inputs,
		sizeof(inputs), c->hash, sizeof(c->hash));
}

/* ---- loans ---- */

/* A few borrow fifty times as often as others: one and a half thousand things in ten years. */
static int any_reader(struct maker *m)
{
	double u = any(m, 1000000) / 1e6;

	return 1 + (int)(u * (0.02 + 0.98 * u) * (m->size->residents - 1));
}

/* The items go out in rounds, each once per round, so that loans are created in order of time. In
 * the last round every seventh is still out, some of them overdue. */
static void make_loans(struct maker *m)
{
	sqlite3_stmt *s =
		prepare(m, "INSERT INTO loan (id, number, item, resident, visit, return_visit, "
			   "lent_at, due_at,"
			   " returned_at, renewals) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	int rounds = m->size->loans / m->size->items, number = 0;
	struct chain chain;
	int64_t span = YEARS * 365 * (int64_t)DAY / rounds;

	begin_chain(m, &chain);
	for (int round = 0; round < rounds; round++) {
		for (int i = 1; i <= m->size->items; i++) {
			int64_t start = SCALE_NOW - (rounds - round) * span;
			int64_t lent = start + i * (span / 2) / m->size->items;
			int64_t due = lent + 14 * DAY;
			/* One in ten comes back late. */
			int64_t back =
				lent + 1 + any(m, any(m, 10) ? 14 * DAY : (uint32_t)(span / 2));
			bool is_out = round == rounds - 1 && i % 7 == 0;
			number++;
			const struct lend lend = { number, scale_item(i),
				scale_resident(any_reader(m)), lent };
			add_to_chain(m, &chain, &lend);
			insert(m, s, "iiiinniini", id_of(TABLE_LOAN, number), (int64_t)number,
				lend.item, lend.resident, (int64_t)(number / 2 + 1),
				is_out ? INT64_C(0) : (int64_t)(number / 3 + 1), lent, due,
				is_out ? INT64_C(0) : back, (int64_t)any(m, 2));
		}
	}
	sqlite3_finalize(chain.insert);
	sqlite3_finalize(s);
}

static void make_visits(struct maker *m)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("INSERT INTO visit (id, resident, station, started_at, ended_at)"
			       " SELECT visit, resident, 1, lent_at, lent_at + 60 FROM loan WHERE "
			       "number %% 2 = 0");

	run(m, sql);
}

static void make_holds(struct maker *m)
{
	sqlite3_stmt *s =
		prepare(m, "INSERT INTO hold (id, title, resident, placed_at, ended_at, status)"
			   " VALUES (?, ?, ?, ?, ?, ?)");

	for (int i = 1; i <= HOLDS; i++) {
		bool is_over = i % 4 != 0;
		insert(m, s, "iiiins", id_of(TABLE_HOLD, i),
			scale_title(1 + (i * 7) % m->size->titles),
			scale_resident(1 + i % m->size->residents), SCALE_NOW - i * INT64_C(3600),
			is_over ? SCALE_NOW - INT64_C(60) : INT64_C(0),
			is_over ? "cancelled" : "waiting");
	}
	sqlite3_finalize(s);
}

/* ---- the whole ---- */

/* Indexes are built once all rows are there: sorting is many times faster. The caller's. */
static char *drop_indexes(struct maker *m)
{
	sqlite3_stmt *s =
		prepare(m, "SELECT group_concat(sql, ';'), group_concat('DROP INDEX ' || name, ';')"
			   " FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
			   " AND tbl_name IN ('loan', 'resident_private', 'card')");

	check(m, sqlite3_step(s) == SQLITE_ROW);
	char *again = mem_text((const char *)sqlite3_column_text(s, 0));
	CLEANUP(mem_free) char *drop = mem_text((const char *)sqlite3_column_text(s, 1));
	sqlite3_finalize(s);
	run(m, drop);
	return again;
}

static void make_rules(struct maker *m)
{
	run(m, "INSERT INTO rule (id, loan_days, due_mode, max_items, max_total) VALUES"
	       " (1, 14, 'push', 3, 5)");
	run(m, "INSERT INTO opening VALUES (1, 1, 540, 1260), (2, 2, 540, 1260), (3, 3, 540, 1260),"
	       " (4, 4, 540, 1260), (5, 5, 540, 1260), (6, 6, 540, 1260), (7, 7, 540, 1260)");
	run(m, "INSERT INTO site (id, name) VALUES (1, '共享家园')");
}

static void create(const char *path)
{
	struct clock clock = clock_set(SCALE_NOW);
	struct err err = { 0 };
	struct db *db;

	if (db_create(path, SITE, "Asia/Shanghai", &clock, &db, &err) < 0) {
		fprintf(stderr, "scale: %s %s\n", reason_name(err.reasons[0].code), err.detail);
		exit(1);
	}
	db_close(db);
}

void scale_make(const char *path, const struct scale *size)
{
	struct maker m = { .random = 20261121, .size = size };

	create(path);
	check(&m, sqlite3_open(path, &m.db) == SQLITE_OK);
	/* If interrupted, it is made anew. */
	run(&m, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"
		"PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; BEGIN");
	CLEANUP(mem_free) char *indexes = drop_indexes(&m);
	make_rules(&m);
	make_categories(&m);
	make_households(&m);
	make_residents(&m);
	make_cards(&m);
	make_titles(&m);
	make_items(&m);
	make_loans(&m);
	make_visits(&m);
	make_holds(&m);
	run(&m, indexes);
	run(&m, "COMMIT; PRAGMA foreign_key_check; PRAGMA journal_mode = WAL");
	check(&m, sqlite3_close(m.db) == SQLITE_OK);
}
