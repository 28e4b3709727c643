#include "core/exchange/export.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/exchange/cell.h"
#include "core/items/catalogue/item.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"

struct word {
	const char *word, *label;
};

static const struct word wall_words[] = {
	[WALL_FULL] = { "full", "全名" },
	[WALL_ALIAS] = { "alias", "称呼" },
	[WALL_MASKED] = { "masked", "匿名" },
};
static_assert(ARRAY_LEN(wall_words) == WALL_COUNT, "a word each");

static const struct word item_words[] = {
	{ "active", "在用" },
	{ "maintenance", "维修" },
	{ "missing", "暂未找到" },
	{ "retired", "停用" },
	{ "bought", "购买" },
	{ "donated", "捐赠" },
	{ "swapped", "置换" },
	{ "project", "项目" },
};

#define RESIDENTS_SQL                                                                        \
	"SELECT r.number, p.name, p.phone, h.building, h.room, c.code AS category, p.alias," \
	" r.wall_name AS wall, g.number AS guardian, p.birth_year, r.joined_on, r.left_on,"  \
	" (SELECT group_concat(word, '；') FROM (SELECT ifnull(o.number, k.name) AS word"   \
	"  FROM fetcher f LEFT JOIN resident o ON o.id = f.resident"                         \
	"  LEFT JOIN fetcher_private k ON k.id = f.id WHERE f.child = r.id"                  \
	"  ORDER BY o.number IS NULL, o.number, f.id)) AS fetchers,"                         \
	" r.consent_version AS consent, p.pinyin, p.initials, p.note"                        \
	" FROM resident r JOIN resident_category c ON c.id = r.category"                     \
	" LEFT JOIN resident_private p ON p.id = r.id"                                       \
	" LEFT JOIN household_private h ON h.id = r.household"                               \
	" LEFT JOIN resident g ON g.id = r.guardian"                                         \
	" WHERE r.erased_at IS NULL AND r.merged_into IS NULL ORDER BY r.number"

#define READING(column) "trim(t." column " || ' ' || t." column "2) AS " column

#define TITLES_SQL                                                                            \
	"SELECT t.name, t.isbn, c.code AS category, " READING("pinyin") ", " READING(         \
		"initials") ", t.safety, t.value_points, t.value_fen AS value, t.deposit,"    \
			    " t.short_days, t.needs_approval, t.is_onsite, t.is_consumable, " \
			    "t.stock,"                                                        \
			    " (SELECT group_concat(name || char(10), '') FROM"                \
			    "  (SELECT name FROM title_part WHERE title = t.id ORDER BY "     \
			    "position)) AS parts"                                             \
			    " FROM title t JOIN category c ON c.id = t.category ORDER BY "    \
			    "t.pinyin, t.id"

#define ITEMS_SQL                                                                          \
	"SELECT i.number, t.name AS title, t.isbn, c.code AS category, i.zone, i.shelf,"   \
	" i.status, (SELECT w.why FROM journal_why w WHERE w.id = (SELECT max(seq)"        \
	"  FROM journal WHERE subject = i.id AND kind = 'item.status')"                    \
	"  AND i.status <> 'active') AS why,"                                              \
	" i.added_at, i.source, i.project, i.cost_fen AS cost, i.expires_on,"              \
	" i.inspected_until_on, k.number AS kit,"                                          \
	" (SELECT group_concat(word, ' ') FROM (SELECT r.number || ':' || o.share AS word" \
	"  FROM item_owner o JOIN resident r ON r.id = o.resident WHERE o.item = i.id"     \
	"  ORDER BY o.share DESC, r.number)) AS owners,"                                   \
	" t.safety, t.value_points, t.value_fen AS value, t.deposit"                       \
	" FROM item i JOIN title t ON t.id = i.title JOIN category c ON c.id = t.category" \
	" LEFT JOIN item k ON k.id = i.kit ORDER BY i.number"

#define LOANS_SQL                                                                              \
	"SELECT l.number, i.number AS item, t.name AS title, r.number AS resident, l.lent_at," \
	" l.due_at, l.returned_at, l.renewals, l.lost_at"                                      \
	" FROM loan l JOIN item i ON i.id = l.item JOIN title t ON t.id = i.title"             \
	" JOIN resident r ON r.id = l.resident WHERE l.voided_at IS NULL"                      \
	" AND r.erased_at IS NULL ORDER BY l.number"

#define POINTS_SQL                                                                              \
	"SELECT r.number AS resident, p.name AS name, a.balance AS points FROM account a JOIN " \
	"resident r ON r.id ="                                                                  \
	" a.resident LEFT JOIN resident_private p ON p.id = r.id WHERE a.balance <> 0"          \
	" ORDER BY r.number"

static const struct table_form {
	const char *sql; /* a column for each one exported, by its name */
	bool is_of_people;
} forms[EXCHANGE_COUNT] = {
	[EXCHANGE_RESIDENTS] = { RESIDENTS_SQL, true },
	[EXCHANGE_TITLES] = { TITLES_SQL, false },
	[EXCHANGE_ITEMS] = { ITEMS_SQL, false },
	[EXCHANGE_LOANS] = { LOANS_SQL, true },
	[EXCHANGE_POINTS] = { POINTS_SQL, true },
};

static void destroy_writer(struct table_writer **writer)
{
	table_writer_destroy(*writer);
}

/* ---- cells ---- */

static const char *in_language(const struct word *word, const struct export *what)
{
	return what->is_english ? word->word : word->label;
}

static const char *word_of(const struct query *q, const char *name, const struct export *what)
{
	if (what->kind == EXCHANGE_RESIDENTS)
		return in_language(&wall_words[query_int(q, name)], what);
	const char *word = query_text0(q, name);
	for (size_t i = 0; i < ARRAY_LEN(item_words); i++)
		if (strcmp(item_words[i].word, word) == 0)
			return in_language(&item_words[i], what);
	return word;
}

static void write_instant(struct table_writer *w, int64_t at)
{
	char text[CELL_INSTANT_SIZE];

	cell_write_instant(at, text);
	table_write_cell(w, text);
}

static void write_fen(struct table_writer *w, int64_t fen)
{
	CLEANUP(mem_free) char *text = fen ? money_text(fen) : NULL;

	table_write_cell(w, text);
}

static void write_cell(struct table_writer *w, const struct query *q, const struct column *column,
	const struct export *what)
{
	static const struct word yes = { "yes", "是" };
	const char *name = column->name;

	switch (column->shape) {
	case SHAPE_TEXT:
		table_write_text(w, query_text0(q, name));
		return;
	case SHAPE_ID:
		table_write_id(w, query_int(q, name));
		return;
	case SHAPE_FEN:
		write_fen(w, query_int(q, name));
		return;
	case SHAPE_YES:
		table_write_cell(w, query_int(q, name) ? in_language(&yes, what) : "");
		return;
	case SHAPE_INSTANT:
		write_instant(w, query_int(q, name));
		return;
	case SHAPE_WORD:
		table_write_cell(w, word_of(q, name, what));
		return;
	}
}

/* ---- the whole ---- */

static void write_header(struct table_writer *w, const struct export *what)
{
	const struct column_list *columns = &exchange_columns[what->kind];

	for (int i = 0; i < columns->count; i++)
		if (!columns->rows[i].is_incoming)
			table_write_cell(w,
				what->is_english ? columns->rows[i].name : columns->rows[i].label);
	table_end_row(w);
}

static int write_rows(struct db *db, struct table_writer *w, const struct export *what,
	int *ret_rows, struct err *err)
{
	const struct column_list *columns = &exchange_columns[what->kind];
	const struct table_form *form = &forms[what->kind];
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r, rows = 0;

	TRY(query_open(&q, db, form->sql, NO_FIELDS, err));
	for (; (r = query_next(&q, err)) > 0; rows++) {
		for (int i = 0; i < columns->count; i++)
			if (!columns->rows[i].is_incoming)
				write_cell(w, &q, &columns->rows[i], what);
		table_end_row(w);
	}
	*ret_rows = rows;
	return r;
}

/* Journalled before there is anything to carry away. */
static int note_export(
	struct db *db, const struct act *act, const struct export *what, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_EXPORT, FIELDS(F_INT("kind", what->kind)), err));
	return a.is_repeat ? 0 : act_commit(&a, what->kind, err);
}

static int check_caller(
	struct db *db, const struct act *act, const struct export *what, struct err *err)
{
	if (forms[what->kind].is_of_people)
		return note_export(db, act, what, err);
	if (act->role < ROLE_VOLUNTEER)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	return 0;
}

int export_table(struct db *db, const struct act *act, const struct export *what, int *ret_rows,
	struct err *err)
{
	CLEANUP(destroy_writer) struct table_writer *w = NULL;
	int rows;

	TRY(check_caller(db, act, what, err));
	TRY(table_writer_create(what->path, what->encoding, what->separator, &w, err));
	write_header(w, what);
	TRY(write_rows(db, w, what, &rows, err));
	TRY(table_writer_finish(w, err));
	*ret_rows = rows;
	return 0;
}
