/* 荣誉证书: what somebody is honoured for, with the figures at that time. Each has its own number,
 * and a code that shows at any counter whether it is genuine. */
#pragma once

#include "core/duty/honour.h"

#define CERTIFICATE_PLACES 20 /* places further down a year's list are not named */

struct certificate {
	int64_t id, number, resident;
	int year;  /* 0: for the stars, by all hours */
	int stars; /* 0–5 */
	int place; /* on the year's list; 0: not on it, or too far down */
	struct minutes minutes;
	struct points earned;
	int64_t issued_at;
	char *name; /* as the person wished; "" once erased */
};
void certificate_finish(struct certificate *);

struct certificate_draft {
	int64_t resident;
	int year;         /* 0: for the stars */
	const char *name; /* as it shall be printed; NULL: certificate_name */
};

/* The name on it unless they wish otherwise: what they are called, if that is how they appear on
 * the wall, else the full name: the paper is theirs, not the wall's. The caller's. */
int certificate_name(struct db *, int64_t resident, char **ret, struct err *err);

/* ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_REFUSED RESIDENT_LEFT, HONOUR_NONE (no star yet, or nothing
 * done in that year); ERR_INVALID TEXT_… "name", DATE_BAD "year". */
int certificate_issue(struct db *, const struct act *, const struct certificate_draft *,
	struct certificate *ret, struct err *err);

/* By the id in its code, or the number printed on it. ERR_NOT_FOUND CERTIFICATE_UNKNOWN. */
int certificate_by_id(struct db *, int64_t id, struct certificate *ret, struct err *err);
int certificate_by_number(struct db *, int64_t number, struct certificate *ret, struct err *err);
