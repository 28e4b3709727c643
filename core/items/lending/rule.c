#include "core/items/lending/rule.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const char *const due_mode_names[] = { "ignore", "skip", "push", "push_week" };
static_assert(ARRAY_LEN(due_mode_names) == DUE_MODE_COUNT, "a name for each mode");
static const char *const overdue_policy_names[] = { "allow", "ask", "block" };
static_assert(ARRAY_LEN(overdue_policy_names) == OVERDUE_POLICY_COUNT, "a name for each policy");

const struct rule_row rule_defaults = {
	.loan_days = 7,
	.loan_hours = RULE_BLANK,
	.due_mode = DUE_PUSH,
	.max_items = 3,
	.max_total = 5,
	.max_renewals = 2,
	.renew_hours = 72,
	.turnaround_hours = 0,
	.overdue = OVERDUE_ASK,
	.grace_days = 1,
	.suspend_days = 0,
	.suspend_cap = 0,
};

/* The columns that are one number each: their members in a row and in the rule in force. */
struct number_column {
	const char *name;
	size_t in_row, in_rule;
	enum rule_field field;
	int64_t max;
};
#define HOURS_MAX       (24 * 366)
#define DAYS_MAX        3660
#define COUNT_MAX       10000
#define IN_LIMITS       SIZE_MAX /* a rule has it as limits[] */
#define IN_BOTH(member) offsetof(struct rule_row, member), offsetof(struct rule, member)
#define MAX_ITEMS       offsetof(struct rule_row, max_items), IN_LIMITS
static const struct number_column numbers[] = {
	{ "max_items", MAX_ITEMS, RULE_MAX_ITEMS, COUNT_MAX },
	{ "max_total", IN_BOTH(max_total), RULE_MAX_TOTAL, COUNT_MAX },
	{ "max_renewals", IN_BOTH(max_renewals), RULE_MAX_RENEWALS, COUNT_MAX },
	{ "renew_hours", IN_BOTH(renew_hours), RULE_RENEW_HOURS, HOURS_MAX },
	{ "turnaround_hours", IN_BOTH(turnaround_hours), RULE_TURNAROUND_HOURS, HOURS_MAX },
	{ "grace_days", IN_BOTH(grace_days), RULE_GRACE_DAYS, DAYS_MAX },
	{ "suspend_days", IN_BOTH(suspend_days), RULE_SUSPEND_DAYS, DAYS_MAX },
	{ "suspend_cap", IN_BOTH(suspend_cap), RULE_SUSPEND_CAP, DAYS_MAX },
};

static int64_t row_number(const struct rule_row *row, const struct number_column *column)
{
	int64_t n;

	memcpy(&n, (const char *)row + column->in_row, sizeof(n));
	return n;
}

static void row_set_number(struct rule_row *row, const struct number_column *column, int64_t n)
{
	memcpy((char *)row + column->in_row, &n, sizeof(n));
}

static void rule_set_number(struct rule *rule, const struct number_column *column, int64_t n)
{
	memcpy((char *)rule + column->in_rule, &n, sizeof(n));
}

const char *due_mode_name(enum due_mode mode)
{
	return due_mode_names[mode];
}

const char *overdue_policy_name(enum overdue_policy policy)
{
	return overdue_policy_names[policy];
}

static int64_t index_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; word && i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return (int64_t)i;
	return RULE_BLANK;
}

static int64_t number_or_blank(const struct query *q, const char *column)
{
	return query_is_null(q, column) ? RULE_BLANK : query_int(q, column);
}

static int read_numbers(const struct query *q, void *ret, struct err *err)
{
	struct rule_row *row = ret;

	row->loan_days = number_or_blank(q, "loan_days");
	row->loan_hours = number_or_blank(q, "loan_hours");
	row->due_mode =
		index_of(query_text(q, "due_mode"), due_mode_names, ARRAY_LEN(due_mode_names));
	row->overdue = index_of(
		query_text(q, "overdue"), overdue_policy_names, ARRAY_LEN(overdue_policy_names));
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		row_set_number(row, &numbers[i], number_or_blank(q, numbers[i].name));
	return 0;
}

static const struct column rule_columns[] = {
	COLUMN(struct rule_row, id),
	COLUMN(struct rule_row, resident_category),
	COLUMN(struct rule_row, category),
	COLUMN(struct rule_row, hard_due_on),
};
static const struct row_type rule_rows = ROW_TYPE_MORE(struct rule_row, rule_columns, read_numbers);
LIST_FINISHER(rule_list_finish, struct rule_list, rule_rows);

#define RULE_COLUMNS                                                                       \
	"rule.id, resident_category, rule.category, loan_days, loan_hours, due_mode,"      \
	" hard_due_on, max_items, max_total, max_renewals, renew_hours, turnaround_hours," \
	" overdue, grace_days, suspend_days, suspend_cap"

/* The rows that concern one lookup, most specific first. `depth` is how many levels a row's
 * category is above the item's. */
#define CHAIN_MAX (2 * CATEGORY_DEPTH_MAX + 2)
struct chain {
	struct rule_row rows[CHAIN_MAX];
	int64_t depth[CHAIN_MAX];
	int count;
};

static int chain_read(struct db *db, int64_t resident_category, int64_t category,
	struct chain *chain, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	chain->count = 0;
	TRY(query_open(&q, db,
		"WITH RECURSIVE up (id, parent, depth) AS ("
		" SELECT id, parent, 0 FROM category WHERE id = :category UNION ALL"
		" SELECT c.id, c.parent, depth + 1 FROM up JOIN category AS c ON c.id = up.parent)"
		" SELECT " RULE_COLUMNS ", depth"
		" FROM rule LEFT JOIN up ON up.id = rule.category"
		" WHERE ifnull(resident_category, :who) = :who"
		" AND (rule.category IS NULL OR up.id IS NOT NULL)"
		" ORDER BY rule.category IS NULL, resident_category IS NULL, depth",
		FIELDS(F_INT("category", category), F_INT("who", resident_category)), err));
	while ((r = query_next(&q, err)) > 0) {
		assert(chain->count < CHAIN_MAX && "the schema keeps pairs unique");
		chain->depth[chain->count] = query_int(&q, "depth");
		TRY(row_read(&q, &rule_rows, &chain->rows[chain->count++], err));
	}
	return r;
}

static bool row_says(const struct rule_row *row, enum rule_field field)
{
	switch (field) {
	case RULE_PERIOD:
		return row->loan_days != RULE_BLANK || row->loan_hours != RULE_BLANK;
	case RULE_DUE_MODE:
		return row->due_mode != RULE_BLANK;
	case RULE_HARD_DUE:
		return row->hard_due_on[0] != '\0';
	case RULE_OVERDUE:
		return row->overdue != RULE_BLANK;
	case RULE_MAX_ITEMS:
	case RULE_MAX_TOTAL:
	case RULE_MAX_RENEWALS:
	case RULE_RENEW_HOURS:
	case RULE_TURNAROUND_HOURS:
	case RULE_GRACE_DAYS:
	case RULE_SUSPEND_DAYS:
	case RULE_SUSPEND_CAP:
	case RULE_FIELD_COUNT:
		break;
	}
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (numbers[i].field == field)
			return row_number(row, &numbers[i]) != RULE_BLANK;
	return false;
}

static const struct rule_row *chain_pick(const struct chain *chain, enum rule_field field)
{
	for (int i = 0; i < chain->count; i++)
		if (row_says(&chain->rows[i], field))
			return &chain->rows[i];
	return &rule_defaults;
}

/* The schema allows only dates and 'none', written by rule_set. */
static void resolve_hard_due(struct rule *rule, const struct rule_row *row)
{
	struct err ignored = { 0 };

	rule->has_hard_due = row->hard_due_on[0] != '\0' && strcmp(row->hard_due_on, "none") != 0 &&
			     day_parse(row->hard_due_on, &rule->hard_due, &ignored) == 0;
}

static void resolve(const struct chain *chain, struct rule *rule)
{
	const struct rule_row *picked[RULE_FIELD_COUNT];

	*rule = (struct rule){ 0 };
	for (int f = 0; f < RULE_FIELD_COUNT; f++) {
		picked[f] = chain_pick(chain, (enum rule_field)f);
		rule->source[f] = (struct rule_source){ picked[f]->id, picked[f]->resident_category,
			picked[f]->category };
	}
	bool is_days = picked[RULE_PERIOD]->loan_days != RULE_BLANK;
	rule->unit = is_days ? PERIOD_DAYS : PERIOD_HOURS;
	rule->period = is_days ? picked[RULE_PERIOD]->loan_days : picked[RULE_PERIOD]->loan_hours;
	rule->due_mode = (enum due_mode)picked[RULE_DUE_MODE]->due_mode;
	rule->overdue = (enum overdue_policy)picked[RULE_OVERDUE]->overdue;
	resolve_hard_due(rule, picked[RULE_HARD_DUE]);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (numbers[i].in_rule != IN_LIMITS)
			rule_set_number(rule, &numbers[i],
				row_number(picked[numbers[i].field], &numbers[i]));
}

/* The lookup's own value, then what it would find for the categories above that one's. */
static void resolve_limits(const struct chain *chain, int64_t category, struct rule *rule)
{
	int64_t from = 0;

	for (int i = 0; i < chain->count; i++) {
		const struct rule_row *row = &chain->rows[i];
		if (row->max_items == RULE_BLANK || row->category == 0 || chain->depth[i] < from)
			continue;
		rule->limits[rule->limit_count++] =
			(struct rule_limit){ row->category, row->max_items };
		from = chain->depth[i] + 1;
		i = -1;
	}
	if (rule->limit_count == 0)
		rule->limits[rule->limit_count++] = (struct rule_limit){ category,
			chain_pick(chain, RULE_MAX_ITEMS)->max_items };
}

int rule_lookup(struct db *db, int64_t resident_category, int64_t category, struct rule *ret,
	struct err *err)
{
	struct chain chain;

	TRY(chain_read(db, resident_category, category, &chain, err));
	resolve(&chain, ret);
	resolve_limits(&chain, category, ret);
	return 0;
}

int rule_list(struct db *db, struct rule_list *ret, struct err *err)
{
	return rows_list(db, &rule_rows,
		"SELECT " RULE_COLUMNS " FROM rule"
		" ORDER BY ifnull(resident_category, 0), ifnull(category, 0)",
		NO_FIELDS, ret, err);
}

static int check_number(const char *name, int64_t n, int64_t min, int64_t max, struct err *err)
{
	if (n != RULE_BLANK && (n < min || n > max))
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, name));
	return 0;
}

static int check_row(const struct rule_row *row, struct err *err)
{
	struct day day;

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		TRY(check_number(
			numbers[i].name, row_number(row, &numbers[i]), 0, numbers[i].max, err));
	TRY(check_number("loan_days", row->loan_days, 0, DAYS_MAX, err));
	TRY(check_number("loan_hours", row->loan_hours, 1, HOURS_MAX, err));
	TRY(check_number("due_mode", row->due_mode, 0, DUE_MODE_COUNT - 1, err));
	TRY(check_number("overdue", row->overdue, 0, OVERDUE_POLICY_COUNT - 1, err));
	if (row->loan_days != RULE_BLANK && row->loan_hours != RULE_BLANK)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "loan_hours"));
	if (row->category != 0 && row->max_total != RULE_BLANK)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "max_total"));
	if (row->hard_due_on[0] && strcmp(row->hard_due_on, "none") != 0)
		TRY(day_parse(row->hard_due_on, &day, err));
	return 0;
}

static int check_categories(struct db *db, const struct rule_row *row, struct err *err)
{
	int64_t known;

	TRY(db_integer(db,
		"SELECT (:category = 0 OR EXISTS (SELECT 1 FROM category WHERE id = :category))"
		" AND (:who = 0 OR EXISTS (SELECT 1 FROM resident_category WHERE id = :who))",
		FIELDS(F_INT("category", row->category), F_INT("who", row->resident_category)), 0,
		&known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(CATEGORY_UNKNOWN, ""));
	return 0;
}

static struct field number_field(const char *name, int64_t n)
{
	return n == RULE_BLANK ? F_NULL(name) : F_INT(name, n);
}

static struct field word_field(const char *name, int64_t n, const char *const *words)
{
	return F_TEXT(name, n == RULE_BLANK ? NULL : words[n]);
}

#define ROW_FIELDS_MAX 16
static void row_fields(const struct rule_row *row, struct field out[ROW_FIELDS_MAX])
{
	size_t n = 0;

	out[n++] = F_ID("resident_category", row->resident_category);
	out[n++] = F_ID("category", row->category);
	out[n++] = number_field("loan_days", row->loan_days);
	out[n++] = number_field("loan_hours", row->loan_hours);
	out[n++] = word_field("due_mode", row->due_mode, due_mode_names);
	out[n++] = word_field("overdue", row->overdue, overdue_policy_names);
	out[n++] = F_TEXT("hard_due_on", row->hard_due_on[0] ? row->hard_due_on : NULL);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		out[n++] = number_field(numbers[i].name, row_number(row, &numbers[i]));
	assert(n < ROW_FIELDS_MAX);
	out[n] = (struct field){ 0 };
}

/* An update where the pair has a row, else an insert. */
static int write_row(struct acting *a, const struct rule_row *row, int64_t *ret_id, struct err *err)
{
	struct field fields[ROW_FIELDS_MAX + 1];
	int64_t id;

	TRY(db_integer(a->db,
		"SELECT id FROM rule WHERE ifnull(resident_category, 0) = :who"
		" AND ifnull(category, 0) = :category",
		FIELDS(F_INT("who", row->resident_category), F_INT("category", row->category)), 0,
		&id, err));
	*ret_id = id ? id : act_new_id(a);
	if (id) {
		row_fields(row, fields);
		return act_update(a, "rule", id, fields, err);
	}
	fields[0] = F_INT("id", *ret_id);
	row_fields(row, fields + 1);
	return act_insert(a, "rule", fields, err);
}

int rule_set(struct db *db, const struct act *act, const struct rule_row *row, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct field inputs[ROW_FIELDS_MAX];
	int64_t id;

	TRY(check_row(row, err));
	row_fields(row, inputs);
	TRY(act_begin(&a, db, act, ACT_RULE_SET, inputs, err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_categories(db, row, err));
	TRY(write_row(&a, row, &id, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}
