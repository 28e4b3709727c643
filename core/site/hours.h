/* When the venue is open: a weekly pattern with several periods a day, and exceptions by date.
 *
 * Hours belong to the local date on which they start: 22:00–02:00 on Friday is Friday's, also when
 * Saturday is closed. A closure without hours closes its days, whatever else applies to them; one
 * with hours replaces the weekly ones (several such on a day add up). Intervals are half open. */
#pragma once

#include "core/base/when.h"
#include "core/store/act.h"

#define HOURS_PERIODS_MAX 8   /* a day */
#define HOURS_SEARCH_DAYS 366 /* how far ahead an open day is searched for */

/* The weekly pattern: minutes from local midnight, 0 ≤ opens < 1440, opens < closes ≤ 2880; a
 * closing time after 1440 is on the next day. */
struct opening {
	int weekday; /* ISO, 1 Monday … 7 Sunday */
	int opens, closes;
};

struct period {
	int64_t start_at, end_at;
};

struct closure {
	int64_t id;
	struct day from, until; /* inclusive */
	bool has_hours;         /* open then; else closed */
	int opens, closes;
	bool is_emergency; /* without notice; added by core/desk/shut.h */
	const char *name;  /* 国庆节; the public sees it */
};

/* All rows of the weekly pattern, Monday first; *ret is the caller's (mem_free). Returns how many.
 */
int hours_week(struct db *db, struct opening **ret, struct err *err);
/* The same for another table: a query that returns weekday, opens and closes. */
int hours_query_week(struct db *db, const char *sql, const struct field *params,
	struct opening **ret, struct err *err);

/* The periods that start on `day`, in order, touching ones joined. Returns how many, 0 closed. */
int hours_on(struct db *db, struct day day, struct period ret[HOURS_PERIODS_MAX], struct err *err);

/* 1 open at that instant (*ret_closes_at, may be NULL: until when), 0 closed. */
int hours_is_open(struct db *db, int64_t at, int64_t *ret_closes_at, struct err *err);

/* The first open day on or after `day`. ERR_NOT_FOUND HOURS_NONE within HOURS_SEARCH_DAYS. */
int hours_next_open_day(struct db *db, struct day day, struct day *ret, struct err *err);
/* The first period that starts after `at`, same cap. */
int hours_next_open(struct db *db, int64_t at, struct period *ret, struct err *err);

/* The same without the database, for callers that ask about many days or have their own pattern:
 * periods of `day` by the pattern's rows of `weekday`, and by the exceptions for that day (−1:
 * there are none). Return how many. */
int hours_by_week(const struct opening *week, int count, int weekday, struct day day,
	struct period ret[HOURS_PERIODS_MAX]);
int hours_by_closures(const struct closure *closures, int count, struct day day,
	struct period ret[HOURS_PERIODS_MAX]);

/* What the top line of the idle board says about today; the words are the screen's. */
enum hours_state {
	HOURS_OPEN,        /* until closes_at */
	HOURS_OPENS_LATER, /* today at opens_at */
	HOURS_CLOSED,      /* for today; next at opens_at if that is not 0 */
};
struct hours_today {
	enum hours_state state;
	int64_t closes_at, opens_at;
	char *closure; /* name of what changes today's hours, or NULL; the caller's */
};
int hours_today(struct db *db, int64_t at, struct hours_today *ret, struct err *err);

/* Replaces the whole weekly pattern. ERR_INVALID HOURS_BAD (n1 weekday) for minutes out of range,
 * for periods that overlap (also over midnight and from Sunday into Monday), or too many on a day.
 */
int hours_set(struct db *db, const struct act *act, const struct opening *week, int count,
	struct err *err);

/* Reads a pattern as people write it, "1-5 9:00-12:00, 6 22:00-2:00" (also with = and ;): days,
 * then hours; a closing time before the opening is on the next day. *ret is the caller's
 * (mem_free). Returns how many rows, 0 for nothing but spaces. ERR_INVALID HOURS_BAD, DATE_BAD. */
int hours_parse(const char *text, struct opening **ret, struct err *err);
/* The reverse; the caller's. */
char *hours_write(const struct opening *week, int count);
/* The house's pattern in that form; *ret is the caller's. */
int hours_week_text(struct db *db, char **ret, struct err *err);

/* Sorts a pattern and checks it as hours_set does; writes it on one line, as an act's input, the
 * caller's. */
int hours_tidy(struct opening *week, int count, struct err *err);
char *hours_describe(const struct opening *week, int count);
/* ERR_INVALID DATE_BAD "from", "until"; HOURS_BAD. */
int closure_check(const struct closure *closure, struct err *err);

/* Closures whose last day is `from` or later, in order. The caller's, freed by
 * hours_closures_finish. */
int hours_closures(struct db *db, struct day from, struct closure **ret, struct err *err);
/* The same for another table: a query that returns the columns of `closure`. */
int hours_query_closures(struct db *db, const char *sql, const struct field *params,
	struct closure **ret, struct err *err);
void hours_closures_finish(struct closure *closures, int count);

/* `closure->id` is ignored. ERR_INVALID DATE_BAD, HOURS_BAD, TEXT_EMPTY "closure". */
int closure_add(struct db *db, const struct act *act, const struct closure *closure,
	int64_t *ret_id, struct err *err);
/* ERR_NOT_FOUND CLOSURE_UNKNOWN. */
int closure_remove(struct db *db, const struct act *act, int64_t id, struct err *err);
