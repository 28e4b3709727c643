/* Circulation rules: one row for a (resident category × item category), and their lookup.
 *
 * Most specific first (doc/rules.md, Lending): the pair with the item's category, the pair with its
 * parents going up; then the item's category alone and its parents; then the resident category
 * alone; then the global row. A blank inherits from the next less specific row, field by field; 0
 * is 0. What even the global row leaves blank comes from rule_defaults, which `init` writes
 * there. */
#pragma once

#include "core/items/catalogue/category.h"

enum due_mode {
	DUE_IGNORE,    /* closed days count and may be due days */
	DUE_SKIP,      /* closed days do not count */
	DUE_PUSH,      /* falls on a closed day: the next open day */
	DUE_PUSH_WEEK, /* falls on a closed day: the same weekday of a later week */
	DUE_MODE_COUNT,
};
enum overdue_policy { OVERDUE_ALLOW, OVERDUE_ASK, OVERDUE_BLOCK, OVERDUE_POLICY_COUNT };
enum period_unit { PERIOD_DAYS, PERIOD_HOURS };

/* The fields, each inherited separately. The period is one field: days or hours. */
enum rule_field {
	RULE_PERIOD,
	RULE_DUE_MODE,
	RULE_HARD_DUE,
	RULE_MAX_ITEMS,
	RULE_MAX_TOTAL,
	RULE_MAX_RENEWALS,
	RULE_RENEW_HOURS,
	RULE_TURNAROUND_HOURS,
	RULE_OVERDUE,
	RULE_GRACE_DAYS,
	RULE_SUSPEND_DAYS,
	RULE_SUSPEND_CAP,
	RULE_FIELD_COUNT,
};

/* The row that a value came from; id 0: rule_defaults. */
struct rule_source {
	int64_t id;
	int64_t resident_category, category; /* 0: any */
};

/* The limit of open loans in a category and all its subcategories. */
struct rule_limit {
	int64_t category;
	int64_t max_items; /* 0: not for loan */
};
#define RULE_LIMITS_MAX CATEGORY_DEPTH_MAX

/* The rule in force for one (resident category, item category); every field has a value. */
struct rule {
	enum period_unit unit;
	int64_t period; /* days: due at closing time, 0 today; hours: an instant */
	enum due_mode due_mode;
	bool has_hard_due;
	struct day hard_due; /* never due after this day's closing time */
	int64_t max_total;   /* open loans of all categories */
	int64_t max_renewals;
	int64_t renew_hours;      /* renewable from this many hours before due */
	int64_t turnaround_hours; /* rest of the item after a return */
	enum overdue_policy overdue;
	int64_t grace_days;
	int64_t suspend_days; /* for each day late beyond grace, counted from the return */
	int64_t suspend_cap;  /* in days */
	struct rule_source source[RULE_FIELD_COUNT];

	/* max_items. The first limit is what the lookup found, for the category that it was written
	 * for, or for the item's own if that was none. The categories above have theirs too: with 3
	 * tools and 1 power tool, both apply. */
	struct rule_limit limits[RULE_LIMITS_MAX];
	int limit_count;
};

/* Both ids may be 0 (any): the rule for nobody in particular, for the wall's 制度. */
int rule_lookup(struct db *, int64_t resident_category, int64_t category, struct rule *ret,
	struct err *err);

/* One row as it is stored. A blank is RULE_BLANK, or NULL. */
#define RULE_BLANK (-1)
struct rule_row {
	int64_t id;
	int64_t resident_category, category; /* 0: any */
	int64_t loan_days, loan_hours;       /* one of the two, or both blank */
	int64_t due_mode;                    /* enum due_mode or RULE_BLANK */
	char hard_due_on[11]; /* "2027-01-30"; "": blank; "none": none, whatever is above */
	int64_t max_items;
	int64_t max_total; /* only where category is 0 */
	int64_t max_renewals, renew_hours, turnaround_hours;
	int64_t overdue; /* enum overdue_policy or RULE_BLANK */
	int64_t grace_days, suspend_days, suspend_cap;
};
#define RULE_ROW_BLANK                                                                            \
	{                                                                                         \
		.loan_days = RULE_BLANK, .loan_hours = RULE_BLANK, .due_mode = RULE_BLANK,        \
		.max_items = RULE_BLANK, .max_total = RULE_BLANK, .max_renewals = RULE_BLANK,     \
		.renew_hours = RULE_BLANK, .turnaround_hours = RULE_BLANK, .overdue = RULE_BLANK, \
		.grace_days = RULE_BLANK, .suspend_days = RULE_BLANK, .suspend_cap = RULE_BLANK,  \
	}
/* 7 days, pushed to the next open day; 3 of a category, 5 in all; 2 renewals from 72 hours before
 * due; no turnaround; overdue asks a volunteer after 1 day of grace; no suspension. */
extern const struct rule_row rule_defaults;

/* Writes the row of row->resident_category × row->category as a whole, new or in place of the old
 * one; row->id is ignored. ERR_INVALID NUMBER_BAD or DATE_BAD naming the column; ERR_NOT_FOUND
 * CATEGORY_UNKNOWN. */
int rule_set(struct db *, const struct act *, const struct rule_row *row, int64_t *ret_id,
	struct err *err);

struct rule_list {
	struct rule_row *rows;
	int count;
};
void rule_list_finish(struct rule_list *);
/* All rows, the global one first. */
int rule_list(struct db *, struct rule_list *ret, struct err *err);

/* "ignore", "skip", "push", "push_week"; "allow", "ask", "block": as the columns and --json have
 * them. */
const char *due_mode_name(enum due_mode);
const char *overdue_policy_name(enum overdue_policy);
