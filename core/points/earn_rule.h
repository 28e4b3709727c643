/* How points are earned: rows that a coordinator edits, the 积分流通制度 prints and earning.h
 * enforces, so that the number on the wall is the number that counts. */
#pragma once

#include "core/points/account.h"

enum earn_source {
	EARN_SHIFT,
	EARN_ACTIVITY,
	EARN_SKILL,
	EARN_DONATION,
	EARN_ACT,
	EARN_SOURCE_COUNT
};
enum earn_per { EARN_PER_HOUR, EARN_PER_TIME, EARN_PER_COUNT };
enum earn_approver { EARN_BY_NONE, EARN_BY_VOLUNTEER, EARN_BY_COORDINATOR, EARN_APPROVER_COUNT };
enum earn_payer { EARN_FROM_ISSUE, EARN_FROM_POOL, EARN_FROM_ASKER, EARN_PAYER_COUNT };
/* "shift" …, "hour", "time", "none" …, "issue" …: as the columns and --json have them. */
const char *earn_source_name(enum earn_source);
const char *earn_per_name(enum earn_per);
const char *earn_approver_name(enum earn_approver);
const char *earn_payer_name(enum earn_payer);
/* −1 when it is none of them. */
int earn_source_named(const char *name);
int earn_per_named(const char *name);
int earn_approver_named(const char *name);
int earn_payer_named(const char *name);

struct earn_rule {
	int64_t id;
	char *code; /* lower-case letters, digits and "-": the name that verbs use */
	char *name; /* 值班, 接送孩子 */
	enum earn_source source;
	enum earn_per per;
	int64_t points; /* per hour or per time */
	/* points per person and day, and for one activity or act; 0: none */
	int64_t cap_day, cap_once;
	int64_t night_percent, holiday_percent; /* of a minute's points; 100: as by day */
	enum earn_approver approver;            /* without such a person it waits */
	enum earn_payer payer;                  /* the asker of a skill service, or the pool */
};
void earn_rule_finish(struct earn_rule *);

/* The code of a rule or a reward: lower-case letters, digits and "-", up to 24. ERR_INVALID TEXT_…
 * "code". */
int rule_code_check(const char *code, struct err *err);

/* Adds a rule, or a new version of the one with that code: past earnings keep the version under
 * which they were earned. ERR_INVALID TEXT_… "name", "code", NUMBER_BAD "points", "cap", "percent",
 * or "source" when it does not allow a payer. */
int earn_rule_set(struct db *, const struct act *, const struct earn_rule *, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND EARN_RULE_UNKNOWN. */
int earn_rule_end(struct db *, const struct act *, int64_t id, struct err *err);

/* Also an ended one. ERR_NOT_FOUND EARN_RULE_UNKNOWN. */
int earn_rule_get(struct db *, int64_t id, struct earn_rule *ret, struct err *err);
int earn_rule_by_code(struct db *, const char *code, struct earn_rule *ret, struct err *err);
/* The first one in force for this source: 1 and *ret, or 0. */
int earn_rule_for(struct db *, enum earn_source, struct earn_rule *ret, struct err *err);

struct earn_rule_list {
	struct earn_rule *rows;
	int count;
};
void earn_rule_list_finish(struct earn_rule_list *);
/* Those in force, by source and code. */
int earn_rules(struct db *, struct earn_rule_list *ret, struct err *err);
