/* Service hours (服务时长): certified minutes, never converted, never spent. One line for each time
 * served, with planned, actual (clipped to the shift) and credited time; a wrong line is reversed
 * by another one. */
#pragma once

#include "core/base/when.h"
#include "core/duty/shift.h"

struct acting;

struct service_line {
	int64_t id, number;
	int64_t resident, assignment;
	struct day served_on;
	struct minutes planned, actual, credited; /* credited below 0: reverses a line */
	bool is_reportable;                       /* i志愿 accepts this type of shift */
	int64_t at;
	int64_t author, approver; /* staff, for a line entered by hand */
	bool is_waiting;          /* for a second person: does not count yet */
	int64_t reverses;         /* the line that it reverses, or 0 */
	bool is_reversed;
	char *name; /* of the shift */
	int64_t start_at, in_at, out_at;
	bool is_forgotten, is_manual;
};
struct service_lines {
	struct service_line *rows;
	int count;
};
void service_lines_finish(struct service_lines *);

/* Of one person (0: of all), served from `from` to `until`, by day; includes reversed lines and
 * their reversals. */
int service_hours_between(struct db *, int64_t resident, struct day from, struct day until,
	struct service_lines *ret, struct err *err);
/* The total that counts. */
int service_hours_total(struct db *, int64_t resident, struct minutes *ret, struct err *err);
/* ERR_NOT_FOUND HOURS_UNKNOWN. */
int service_hours_by_number(struct db *, int64_t number, int64_t *ret_line, struct err *err);
int service_hours_waiting(struct db *, struct service_lines *ret, struct err *err);

/* What i志愿 would question, as bits. */
enum service_flag {
	SERVICE_OVER_8_HOURS = 1 << 0,  /* on that day: the organisation must agree */
	SERVICE_OVER_12_HOURS = 1 << 1, /* … the province */
	SERVICE_PAIRS = 1 << 2,         /* more than 3 sign-ins on a day for one activity */
	SERVICE_NOT_TAKEN = 1 << 3,     /* not volunteer service in its eyes */
	SERVICE_FORGOTTEN = 1 << 4,     /* nobody signed out */
	SERVICE_MANUAL = 1 << 5,        /* written by hand */
};
/* Flags of the line at `index` among all lines of its person's day (service_hours_between). */
unsigned service_flags(const struct service_lines *, int index);

/* Stars by hours: 100, 300, 600, 1000, 1500. 0–5. */
int service_stars(struct minutes);

/* The second person's approval of a line entered by hand. ERR_NOT_FOUND HOURS_UNKNOWN; ERR_REFUSED
 * APPROVER_SAME; HOURS_REVERSED. A line that does not wait is left unchanged. */
int service_hours_approve(struct db *, const struct act *, int64_t line, struct err *err);
/* Reverses a line, with a reason. ERR_REFUSED WHY_NEEDED, HOURS_REVERSED. */
int service_hours_reverse(struct db *, const struct act *, int64_t line, struct err *err);

/* ---- for attendance.c ---- */

struct service_source {
	bool is_manual;
	int64_t author, approver;
};
/* Records a time; nothing for a shift that is not credited, or less than a minute. */
int service_hours_post(struct acting *, const struct shift *, const struct assignment *,
	const struct service_source *, struct err *err);
/* The assignment's line that has not been reversed, or 0. */
int service_hours_standing(struct db *, int64_t assignment, int64_t *ret, struct err *err);
