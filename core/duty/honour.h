/* 激励表彰 (doc/rules.md, Points and hours): who has earned stars by certified hours, and who did
 * most in a year. Those who do not wish to be ranked (core/points/person.h) are on no list. */
#pragma once

#include "core/duty/shift.h"
#include "core/points/account.h"

#define HONOUR_STARS_MAX 5

struct honoured {
	int64_t resident;
	int place;            /* on the list; equal results share it */
	int stars;            /* by all hours up to the list's last day */
	struct minutes total; /* these hours */
	struct minutes served;
	struct points earned; /* both within the list's period */
};
struct honours {
	struct honoured *rows;
	int count;
};
void honours_finish(struct honours *);

/* Everybody with a star or more, most hours first. */
int honours_by_stars(struct db *, struct honours *ret, struct err *err);
/* Those who served or earned by rules in that year, most hours first, of equal hours most points;
 * at most `limit` people. ERR_INVALID DATE_BAD "year". */
int honours_of_year(struct db *, int year, int limit, struct honours *ret, struct err *err);
/* One person's figures in that year (0: in all), whatever they wish; place 0. ERR_INVALID as
 * above. */
int honours_of_resident(
	struct db *, int64_t resident, int year, struct honoured *ret, struct err *err);
