#include "core/items/lending/standing.h"

#include "core/base/mem.h"
#include "core/items/lending/due.h"

#define DAY INT64_C(86400)

/* One overdue or late loan, judged by the rule in force for it. */
struct judging {
	struct db *db;
	int64_t resident_category, at;
};

static int judge_overdue(
	const struct judging *j, const struct query *q, struct standing *s, struct err *err)
{
	int64_t due_at = query_int(q, "due_at"), days;
	struct rule rule;
	bool is_past_grace;

	TRY(rule_lookup(j->db, j->resident_category, query_int(q, "category"), &rule, err));
	TRY(due_days_late(j->db, due_at, j->at, &days, err));
	TRY(due_is_past_grace(j->db, &rule, due_at, j->at, &is_past_grace, err));
	s->overdue_count++;
	if (days > s->overdue_days)
		s->overdue_days = days;
	if (!is_past_grace || rule.overdue == OVERDUE_ALLOW)
		return 0;
	s->past_grace_count++;
	if (rule.overdue > s->policy)
		s->policy = rule.overdue;
	return 0;
}

static int read_open(const struct judging *j, int64_t resident, struct standing *s, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, j->db,
		"SELECT due_at, claimed_at, category FROM loan JOIN item ON item.id = loan.item"
		" JOIN title ON title.id = item.title"
		" WHERE resident = :resident AND returned_at IS NULL AND voided_at IS NULL",
		FIELDS(F_INT("resident", resident)), err));
	while ((r = query_next(&q, err)) > 0) {
		s->open_count++;
		/* A claim to have returned it is not held against anybody. */
		if (query_int(&q, "due_at") < j->at && query_is_null(&q, "claimed_at"))
			TRY(judge_overdue(j, &q, s, err));
	}
	return r;
}

static int judge_late_return(
	const struct judging *j, const struct query *q, struct standing *s, struct err *err)
{
	int64_t returned_at = query_int(q, "back_at"), days;
	struct rule rule;

	TRY(rule_lookup(j->db, j->resident_category, query_int(q, "category"), &rule, err));
	if (rule.suspend_days == 0 || rule.suspend_cap == 0)
		return 0;
	TRY(due_days_late(j->db, query_int(q, "due_at"), returned_at, &days, err));
	if (days <= rule.grace_days)
		return 0;
	int64_t length = (days - rule.grace_days) * rule.suspend_days;
	if (length > rule.suspend_cap)
		length = rule.suspend_cap;
	int64_t until = returned_at + length * DAY;
	if (until > j->at && until > s->suspended_until)
		s->suspended_until = until;
	return 0;
}

/* Only returns within reach of the longest cap. */
static int read_late_returns(
	const struct judging *j, int64_t resident, struct standing *s, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int64_t cap;
	int r;

	TRY(db_integer(j->db, "SELECT max(suspend_cap) FROM rule", NO_FIELDS,
		rule_defaults.suspend_cap, &cap, err));
	TRY(query_open(&q, j->db,
		"SELECT due_at, min(returned_at, ifnull(claimed_at, returned_at)) AS back_at,"
		" category FROM loan JOIN item ON item.id = loan.item"
		" JOIN title ON title.id = item.title"
		" WHERE resident = :resident AND returned_at > due_at AND voided_at IS NULL"
		" AND lost_at IS NULL"
		" AND returned_at > :since AND returned_at <= :at",
		FIELDS(F_INT("resident", resident), F_INT("since", j->at - cap * DAY),
			F_INT("at", j->at)),
		err));
	while ((r = query_next(&q, err)) > 0)
		TRY(judge_late_return(j, &q, s, err));
	return r;
}

int standing_at(struct db *db, int64_t resident, int64_t resident_category, int64_t at,
	struct standing *ret, struct err *err)
{
	struct judging j = { db, resident_category, at };
	struct standing s = { .policy = OVERDUE_ALLOW };

	TRY(read_open(&j, resident, &s, err));
	TRY(read_late_returns(&j, resident, &s, err));
	*ret = s;
	return 0;
}
