/* Rows read by a table of columns. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/reasons.h"
#include "core/store/rows.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define NOON 1795233600 /* 2026-11-21 12:00 in Shanghai */

enum colour { RED, GREEN, BLUE };
static const char *const colours[] = { "red", "green", "blue" };
static const char *const lid_colours[] = { NULL, "green", "blue" };

struct thing {
	int64_t id;
	int weight;
	bool is_old;
	struct {
		int64_t n;
	} price;
	enum colour colour, lid;
	struct day from;
	char until_on[11], code[4];
	char *name, *note, *label;
	int64_t twice;
};
struct things {
	struct thing *rows;
	int count;
	int64_t other;
};

static int read_twice(const struct query *q, void *row, struct err *err)
{
	struct thing *thing = row;

	if (query_int(q, "weight") > 1000)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "weight"));
	thing->twice = 2 * query_int(q, "weight");
	return 0;
}

static const struct column columns[] = {
	COLUMN(struct thing, id),
	COLUMN(struct thing, weight),
	COLUMN(struct thing, is_old),
	COLUMN_AS(struct thing, price.n, "price"),
	COLUMN_ENUM(struct thing, colour, colours),
	COLUMN_NUMBER(struct thing, lid),
	COLUMN_AS(struct thing, from, "from_on"),
	COLUMN(struct thing, until_on),
	COLUMN(struct thing, name),
	COLUMN_OR_NULL(struct thing, note),
	COLUMN_TO_FILL(struct thing, label),
};
static const struct row_type thing_rows = ROW_TYPE_MORE(struct thing, columns, read_twice);
static ROW_FINISHER(thing_finish, struct thing, thing_rows);
static LIST_FINISHER(things_finish, struct things, thing_rows);

#define HEAD                                                                                      \
	"WITH thing (id, weight, is_old, price, colour, lid, from_on, until_on, name, note) AS (" \
	"VALUES (1, 7, 2, 300, 'green', 2, '2026-11-21', '2026-11-22', 'vase', 'chipped'),"
#define TAIL \
	" SELECT note, name, until_on, from_on, lid, colour, price, is_old, weight, id FROM thing"
#define SOUND      HEAD "(2, NULL, NULL, NULL, 'red', NULL, NULL, NULL, NULL, NULL))" TAIL
#define NO_COLOUR  HEAD "(2, 1, 0, 1, 'pink', 0, '2026-11-21', '', 'cup', 'x'))" TAIL
#define NULL_WORD  HEAD "(2, 1, 0, 1, NULL, 0, '2026-11-21', '', 'cup', 'x'))" TAIL
#define NO_DAY     HEAD "(2, 1, 0, 1, 'red', 0, '2026-11-31', '', 'cup', 'x'))" TAIL
#define TOO_HEAVY  HEAD "(2, 1001, 0, 1, 'red', 0, '2026-11-21', '', 'cup', 'x'))" TAIL
#define BY_ID(sql) sql " WHERE id = :id"

struct fixture {
	struct clock clock;
	struct db *db;
};

static int rows_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	f->clock = clock_set(NOON);
	assert_ok(db_open_memory(&f->clock, &f->db, &err), &err);
	*state = f;
	return 0;
}

static int rows_teardown(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	free(f);
	return 0;
}

static void assert_vase(const struct thing *thing)
{
	assert_int_equal(thing->id, 1);
	assert_int_equal(thing->weight, 7);
	assert_true(thing->is_old);
	assert_int_equal(thing->price.n, 300);
	assert_int_equal(thing->colour, GREEN);
	assert_int_equal(thing->lid, BLUE);
	assert_int_equal(day_compare(thing->from, (struct day){ 2026, 11, 21 }), 0);
	assert_string_equal(thing->until_on, "2026-11-22");
	assert_string_equal(thing->name, "vase");
	assert_string_equal(thing->note, "chipped");
	assert_null(thing->label);
	assert_int_equal(thing->twice, 14);
}

TEST(each_column_fills_its_member_whatever_the_order, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(thing_finish) struct thing thing = { 0 };

	assert_ok(row_get(f->db, &thing_rows, BY_ID(SOUND), FIELDS(F_INT("id", 1)), &thing,
			  REASON(STORE_DAMAGED), &err),
		&err);
	assert_vase(&thing);
	thing.label = mem_text("filled in later");
}

TEST(null_reads_as_nothing, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(thing_finish) struct thing thing = { .weight = 9, .is_old = true, .lid = BLUE };

	assert_int_equal(
		row_find(f->db, &thing_rows, BY_ID(SOUND), FIELDS(F_INT("id", 2)), &thing, &err),
		1);
	assert_int_equal(thing.weight, 0);
	assert_false(thing.is_old);
	assert_int_equal(thing.lid, RED);
	assert_int_equal(thing.from.year, 0);
	assert_string_equal(thing.until_on, "");
	assert_string_equal(thing.name, "");
	assert_null(thing.note);
}

TEST(a_row_that_is_not_there_leaves_the_struct_alone, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct thing thing = { .id = 5 };

	assert_int_equal(
		row_find(f->db, &thing_rows, BY_ID(SOUND), FIELDS(F_INT("id", 3)), &thing, &err),
		0);
	assert_int_equal(thing.id, 5);
	assert_int_equal(row_get(f->db, &thing_rows, BY_ID(SOUND), FIELDS(F_INT("id", 3)), &thing,
				 REASON(STORE_MISSING), &err),
		ERR_NOT_FOUND);
	assert_true(err_has(&err, REASON_STORE_MISSING));
	assert_int_equal(thing.id, 5);
	assert_ok(
		row_or_zero(f->db, &thing_rows, BY_ID(SOUND), FIELDS(F_INT("id", 3)), &thing, &err),
		&err);
	assert_int_equal(thing.id, 0);
}

TEST(a_list_has_all_rows_in_order_and_keeps_its_other_members, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(things_finish) struct things list = { .other = 4 };

	assert_ok(
		rows_list(f->db, &thing_rows, SOUND " ORDER BY id", NO_FIELDS, &list, &err), &err);
	assert_int_equal(list.count, 2);
	assert_vase(&list.rows[0]);
	assert_int_equal(list.rows[1].id, 2);
	assert_int_equal(list.other, 4);
	things_finish(&list);
	assert_null(list.rows);
	assert_int_equal(list.count, 0);
	assert_int_equal(list.other, 0);
}

TEST(a_list_of_nothing_has_no_rows, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct things list = { .count = 3 };

	assert_ok(
		rows_list(f->db, &thing_rows, SOUND " WHERE id > 2", NO_FIELDS, &list, &err), &err);
	assert_null(list.rows);
	assert_int_equal(list.count, 0);
}

TEST(a_long_list_grows, rows)
{
	static const struct column id_column[] = { COLUMN(struct thing, id) };
	static const struct row_type id_rows = ROW_TYPE(struct thing, id_column);
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(things_finish) struct things list = { 0 };

	assert_ok(rows_list(f->db, &id_rows,
			  "WITH RECURSIVE n (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n"
			  " WHERE id < 1000) SELECT id FROM n",
			  NO_FIELDS, &list, &err),
		&err);
	assert_int_equal(list.count, 1000);
	for (int i = 0; i < list.count; i++)
		assert_int_equal(list.rows[i].id, i + 1);
}

TEST(a_bad_value_fails_the_whole_list_and_leaves_it_alone, rows)
{
	static const struct {
		const char *sql;
		enum err_code code;
		int reason;
	} rows[] = {
		{ NO_COLOUR, ERR_STORAGE, REASON_STORE_DAMAGED },
		{ NULL_WORD, ERR_STORAGE, REASON_STORE_DAMAGED },
		{ NO_DAY, ERR_INVALID, REASON_DATE_BAD },
		{ TOO_HEAVY, ERR_INVALID, REASON_NUMBER_BAD },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct things list = { .count = 3 };
		assert_int_equal(rows_list(f->db, &thing_rows, rows[i].sql, NO_FIELDS, &list, &err),
			rows[i].code);
		assert_true(err_has(&err, rows[i].reason));
		assert_int_equal(list.count, 3);
	}
}

TEST(an_unknown_word_is_named_in_the_detail, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct thing thing;

	assert_int_equal(row_find(f->db, &thing_rows, BY_ID(NO_COLOUR), FIELDS(F_INT("id", 2)),
				 &thing, &err),
		ERR_STORAGE);
	assert_string_equal(err.detail, "colour is \"pink\"");
}

TEST(ids_come_in_the_order_of_the_query, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(mem_free) int64_t *ids = NULL;

	assert_int_equal(rows_ids(f->db, "SELECT column1 FROM (VALUES (4), (2), (9)) ORDER BY 1",
				 NO_FIELDS, &ids, &err),
		3);
	assert_int_equal(ids[0], 2);
	assert_int_equal(ids[1], 4);
	assert_int_equal(ids[2], 9);
}

static const struct column lid_columns[] = {
	COLUMN(struct thing, id),
	COLUMN_ENUM(struct thing, lid, lid_colours),
	COLUMN_ARRAY(struct thing, code),
	COLUMN(struct thing, name),
};
static const struct row_type lid_rows = ROW_TYPE(struct thing, lid_columns);

TEST(null_is_the_value_whose_word_is_null, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(thing_finish) struct thing thing = { .lid = BLUE };

	assert_ok(row_get(f->db, &lid_rows,
			  "SELECT 3 AS id, NULL AS lid, 'abcdef' AS code, 'pot' AS name", NO_FIELDS,
			  &thing, REASON(STORE_MISSING), &err),
		&err);
	assert_int_equal(thing.lid, RED);
}

TEST(a_text_for_an_array_is_cut_to_its_size, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(thing_finish) struct thing thing = { 0 };

	assert_ok(row_get(f->db, &lid_rows,
			  "SELECT 3 AS id, NULL AS lid, 'abcdef' AS code, 'pot' AS name", NO_FIELDS,
			  &thing, REASON(STORE_MISSING), &err),
		&err);
	assert_string_equal(thing.code, "abc");
	assert_string_equal(thing.name, "pot");
}

struct shelf {
	int64_t number;
	struct thing thing;
	char *zone;
};
struct shelves {
	struct shelf *rows;
	int count;
};
static const struct column shelf_columns[] = {
	COLUMN(struct shelf, number),
	COLUMN_INNER(struct shelf, thing, lid_rows),
	COLUMN(struct shelf, zone),
};
static const struct row_type shelf_rows = ROW_TYPE(struct shelf, shelf_columns);
static LIST_FINISHER(shelves_finish, struct shelves, shelf_rows);

TEST(a_nested_row_is_read_from_the_same_query, rows)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(shelves_finish) struct shelves list = { 0 };

	assert_ok(rows_list(f->db, &shelf_rows,
			  "SELECT 'A' AS zone, 'pot' AS name, 'x' AS code, 'blue' AS lid, 3 AS id,"
			  " 8 AS number UNION ALL SELECT 'B', 'pan', 'y', NULL, 4, 9",
			  NO_FIELDS, &list, &err),
		&err);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.rows[0].number, 8);
	assert_int_equal(list.rows[0].thing.id, 3);
	assert_int_equal(list.rows[0].thing.lid, BLUE);
	assert_string_equal(list.rows[0].thing.name, "pot");
	assert_string_equal(list.rows[0].zone, "A");
	assert_int_equal(list.rows[1].thing.lid, RED);
	assert_string_equal(list.rows[1].thing.name, "pan");
	assert_string_equal(list.rows[1].zone, "B");
}
