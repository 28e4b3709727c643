/* Earning: what a rule (earn_rule.h) gives for something that was done. Duty, activities, items and
 * the counter call this within their own acts, so that nothing is ever half done. */
#pragma once

#include "core/points/earn_rule.h"

struct acting;

/* Minutes of service by weight; each minute is in exactly one of them. */
struct earn_minutes {
	int64_t day, night, holiday, holiday_night;
};
/* The minutes from `from` to before `until`, split by the settings night_from and night_until. The
 * caller, who knows the calendar, says whether it is a holiday, and calls twice for a shift that
 * runs from one kind of day into the other. */
int earn_minutes_add(struct db *, struct earn_minutes *, int64_t from, int64_t until,
	bool is_holiday, struct err *err);

/* What `minutes` (rules per hour) or `times` (per time) earn by a rule, rounded as the setting
 * points_rounding says ("down", "up", "nearest"), before any cap. */
int earn_worth(struct db *, const struct earn_rule *, const struct earn_minutes *minutes,
	int64_t times, struct points *ret, struct err *err);

/* What is paid for once; by hand: for no row in the database, as often as a volunteer says. */
enum earn_for {
	EARN_FOR_ACT,
	EARN_FOR_HOURS,    /* a line of service hours */
	EARN_FOR_SKILL,    /* a skill service */
	EARN_FOR_DONATION, /* of things */
	EARN_FOR_COUNT
};

struct earn_draft {
	int64_t rule;
	struct holder whose; /* a resident or a body */
	struct earn_minutes minutes;
	int64_t times;
	enum earn_for what_for;
	int64_t of;    /* the line of hours, service or donation; for an act 0 */
	int64_t asker; /* the resident who pays, if the rule says so */
	struct day on; /* when it was done: what the day's cap counts */
};
struct earned {
	int64_t id;
	struct points points; /* that they get, after all caps except the one on savings */
	struct points pooled; /* of these into the pool, because of the cap on savings */
	bool is_capped;       /* a cap of the rule made it less */
	bool is_waiting;      /* waits for the person that the rule names; nothing is posted yet */
	int64_t transfer;     /* 0 when waiting or nothing */
};

/* What it would be, without doing anything. Errors as earn. */
int earn_preview(struct db *, const struct act *, const struct earn_draft *, struct earned *ret,
	struct err *err);

/* If the person who acts may not approve it, it waits. ERR_NOT_FOUND EARN_RULE_UNKNOWN,
 * RESIDENT_UNKNOWN, BODY_UNKNOWN; ERR_REFUSED EARNED_ALREADY (for the same by the same rule),
 * EARN_RULE_ENDED, ROLE_NEEDED (an act by hand needs a volunteer), POINTS_SHORT of the payer. */
int earn(struct db *, const struct act *, const struct earn_draft *, struct earned *ret,
	struct err *err);

/* Grants or declines what waits. ERR_NOT_FOUND EARNING_UNKNOWN; ERR_REFUSED EARNING_SETTLED,
 * ROLE_NEEDED, POINTS_SHORT. */
int earning_settle(struct db *, const struct act *, int64_t id, bool is_granted, struct err *err);

/* Within the act that takes back what was done: what was earned for it is taken back too, or no
 * longer waits. Points that have been spent since stay spent: a coordinator reverses them when
 * there are some again. */
int earning_take_back(struct acting *, enum earn_for, int64_t of, struct err *err);

/* Minutes of service for which a resident has been given points, without reversed ones. What duty
 * certifies is duty's own ledger. */
int earned_minutes(struct db *, int64_t resident, int64_t *ret, struct err *err);

struct earning {
	int64_t id, rule;
	struct holder whose;
	struct day on;
	int64_t minutes;
	struct points points;
};
struct earning_list {
	struct earning *rows;
	int count;
};
void earning_list_finish(struct earning_list *);
/* Those that wait, oldest first. */
int earnings_waiting(struct db *, struct earning_list *ret, struct err *err);
