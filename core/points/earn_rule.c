#include "core/points/earn_rule.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/points/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 40
#define CODE_MAX_CHARS 24
#define RULE_MAX       100000

static const char *const sources[] = { "shift", "activity", "skill", "donation", "act" };
static_assert(ARRAY_LEN(sources) == EARN_SOURCE_COUNT, "a name for each source");
static const char *const pers[] = { "hour", "time" };
static_assert(ARRAY_LEN(pers) == EARN_PER_COUNT, "a name for each");
static const char *const approvers[] = { "none", "volunteer", "coordinator" };
static_assert(ARRAY_LEN(approvers) == EARN_APPROVER_COUNT, "a name for each");
static const char *const payers[] = { "issue", "pool", "asker" };
static_assert(ARRAY_LEN(payers) == EARN_PAYER_COUNT, "a name for each");

static int named(const char *name, const char *const *names, int count)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

const char *earn_source_name(enum earn_source source)
{
	return sources[source];
}

const char *earn_per_name(enum earn_per per)
{
	return pers[per];
}

const char *earn_approver_name(enum earn_approver approver)
{
	return approvers[approver];
}

const char *earn_payer_name(enum earn_payer payer)
{
	return payers[payer];
}

int earn_source_named(const char *name)
{
	return named(name, sources, EARN_SOURCE_COUNT);
}

int earn_per_named(const char *name)
{
	return named(name, pers, EARN_PER_COUNT);
}

int earn_approver_named(const char *name)
{
	return named(name, approvers, EARN_APPROVER_COUNT);
}

int earn_payer_named(const char *name)
{
	return named(name, payers, EARN_PAYER_COUNT);
}

/* ---- reading ---- */

static const struct column earn_rule_columns[] = {
	COLUMN(struct earn_rule, id),
	COLUMN(struct earn_rule, code),
	COLUMN(struct earn_rule, name),
	COLUMN_ENUM(struct earn_rule, source, sources),
	COLUMN_ENUM(struct earn_rule, per, pers),
	COLUMN(struct earn_rule, points),
	COLUMN(struct earn_rule, cap_day),
	COLUMN(struct earn_rule, cap_once),
	COLUMN(struct earn_rule, night_percent),
	COLUMN(struct earn_rule, holiday_percent),
	COLUMN_ENUM(struct earn_rule, approver, approvers),
	COLUMN_ENUM(struct earn_rule, payer, payers),
};
static const struct row_type earn_rule_rows = ROW_TYPE(struct earn_rule, earn_rule_columns);
ROW_FINISHER(earn_rule_finish, struct earn_rule, earn_rule_rows);
LIST_FINISHER(earn_rule_list_finish, struct earn_rule_list, earn_rule_rows);

#define RULE_SELECT                                                                     \
	"SELECT id, code, name, source, per, points, cap_day, cap_once, night_percent," \
	" holiday_percent, approver, payer FROM earn_rule"

int earn_rule_get(struct db *db, int64_t id, struct earn_rule *ret, struct err *err)
{
	return row_get(db, &earn_rule_rows, RULE_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)),
		ret, REASON(EARN_RULE_UNKNOWN), err);
}

int earn_rule_by_code(struct db *db, const char *code, struct earn_rule *ret, struct err *err)
{
	return row_get(db, &earn_rule_rows, RULE_SELECT " WHERE code = :code AND ended_at IS NULL",
		FIELDS(F_TEXT("code", code)), ret, REASON(EARN_RULE_UNKNOWN), err);
}

int earn_rule_for(struct db *db, enum earn_source source, struct earn_rule *ret, struct err *err)
{
	return row_find(db, &earn_rule_rows,
		RULE_SELECT " WHERE source = :source AND ended_at IS NULL ORDER BY id LIMIT 1",
		FIELDS(F_TEXT("source", sources[source])), ret, err);
}

int earn_rules(struct db *db, struct earn_rule_list *ret, struct err *err)
{
	return rows_list(db, &earn_rule_rows,
		RULE_SELECT " WHERE ended_at IS NULL ORDER BY CASE source WHEN 'shift' THEN 0"
			    " WHEN 'activity' THEN 1 WHEN 'skill' THEN 2 WHEN 'donation' THEN 3"
			    " ELSE 4 END, code",
		NO_FIELDS, ret, err);
}

/* ---- acts ---- */

int rule_code_check(const char *code, struct err *err)
{
	size_t len = strlen(code);

	if (len == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(TEXT_EMPTY, "code"));
	if (len > CODE_MAX_CHARS)
		return err_set(err, ERR_INVALID,
			reason_with_text(REASON_TEXT_TOO_LONG, "code", CODE_MAX_CHARS));
	if (strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") != len)
		return err_set(err, ERR_INVALID, REASON_TEXT(TEXT_CONTROL, "code"));
	return 0;
}

static int check_numbers(const struct earn_rule *rule, struct err *err)
{
	const struct {
		const char *what;
		int64_t value, min, max;
	} numbers[] = {
		{ "points", rule->points, 1, RULE_MAX },
		{ "cap", rule->cap_day, 0, RULE_MAX },
		{ "cap", rule->cap_once, 0, RULE_MAX },
		{ "percent", rule->night_percent, 100, 1000 },
		{ "percent", rule->holiday_percent, 100, 1000 },
	};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (numbers[i].value < numbers[i].min || numbers[i].value > numbers[i].max)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, numbers[i].what));
	if (rule->payer == EARN_FROM_ASKER && rule->source != EARN_SKILL)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "source"));
	return 0;
}

static int insert_rule(struct acting *a, int64_t id, const struct earn_rule *rule, const char *name,
	struct err *err)
{
	return act_insert(a, "earn_rule",
		FIELDS(F_INT("id", id), F_TEXT("code", rule->code), F_TEXT("name", name),
			F_TEXT("source", sources[rule->source]), F_TEXT("per", pers[rule->per]),
			F_INT("points", rule->points), F_ID("cap_day", rule->cap_day),
			F_ID("cap_once", rule->cap_once),
			F_INT("night_percent", rule->night_percent),
			F_INT("holiday_percent", rule->holiday_percent),
			F_TEXT("approver", approvers[rule->approver]),
			F_TEXT("payer", payers[rule->payer])),
		err);
}

int earn_rule_set(struct db *db, const struct act *act, const struct earn_rule *rule,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *name = NULL;
	int64_t id, older;

	TRY(rule_code_check(rule->code, err));
	TRY(text_accept(rule->name, strlen(rule->name),
		&(struct text_limits){ "name", NAME_MAX_CHARS, false }, &name, err));
	TRY(check_numbers(rule, err));
	TRY(act_begin(&a, db, act, ACT_EARN_RULE_SET,
		FIELDS(F_TEXT("code", rule->code), F_TEXT("name", name),
			F_INT("source", rule->source), F_INT("per", rule->per),
			F_INT("points", rule->points), F_INT("cap_day", rule->cap_day),
			F_INT("cap_once", rule->cap_once), F_INT("night", rule->night_percent),
			F_INT("holiday", rule->holiday_percent), F_INT("approver", rule->approver),
			F_INT("payer", rule->payer)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(db_integer(db, "SELECT id FROM earn_rule WHERE code = :code AND ended_at IS NULL",
		FIELDS(F_TEXT("code", rule->code)), 0, &older, err));
	if (older)
		TRY(act_update(&a, "earn_rule", older, FIELDS(F_INT("ended_at", a.now)), err));
	id = act_new_id(&a);
	TRY(insert_rule(&a, id, rule, name, err));
	act_set_subject(&a, id, 0);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int earn_rule_end(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_EARN_RULE_END, FIELDS(F_INT("rule", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(earn_rule_get(db, id, &rule, err));
	TRY(act_update(&a, "earn_rule", id, FIELDS(F_INT("ended_at", a.now)), err));
	act_set_subject(&a, id, 0);
	return act_commit(&a, id, err);
}
