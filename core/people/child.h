/* Children (doc/rules.md, People and privacy): who counts as one, who decides for them, and who may
 * fetch them from here. Of a birthday only the year is kept, so somebody counts as younger until
 * the end of the year in which they come of age. */
#pragma once

#include "core/store/act.h"

#define BIRTH_YEAR_MIN   1900
#define FETCHERS_MAX     8
#define CATEGORY_CHILD   "child"
#define FETCHER_MAX_CHAR 60 /* a name, and perhaps a phone number */

enum age {
	AGE_ADULT,
	AGE_MINOR,    /* consents without a guardian; masked on the wall, leads no shift */
	AGE_UNDER_14, /* a guardian agrees for them (个保法 31) */
};
#define AGE_IS_CHILD(age) ((age) != AGE_ADULT)

/* `birth_year` 0: not known; then the category decides, and a child counts as under 14. */
enum age age_of(const char *category, int birth_year, struct day today);
/* ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int resident_age(struct db *, int64_t resident, enum age *ret, struct err *err);
/* 1 or 0. */
int resident_is_child(struct db *, int64_t resident, struct err *err);

/* May this be a child's guardian? ERR_REFUSED RESIDENT_UNKNOWN, RESIDENT_LEFT, GUARDIAN_UNFIT for a
 * child and for oneself. `child` 0: not registered yet. */
int guardian_check(struct db *, int64_t guardian, int64_t child, struct err *err);
/* The residents whose guardian this is and who have not left, by number; the caller's (mem_free).
 * Returns how many. */
int wards_of(struct db *, int64_t guardian, int64_t **ret, struct err *err);

/* ---- fetchers ---- */

struct fetcher {
	int64_t resident, number; /* 0: not registered */
	char *name;               /* theirs, or the stored name; "" once erased */
};
struct fetcher_list {
	struct fetcher *rows;
	int count;
};
void fetcher_list_finish(struct fetcher_list *);
/* Those that are registered first, by number. */
int fetchers_of(struct db *, int64_t child, struct fetcher_list *ret, struct err *err);
/* The same as fetchers_set takes it: "12；李奶奶 13800000009". The caller's. */
int fetchers_text(struct db *, int64_t child, char **ret, struct err *err);

/* `text` of fetchers_set as fetchers_text would return it, with its errors. The caller's. */
int fetchers_tidy(struct db *, int64_t child, const char *text, char **ret, struct err *err);

/* Replaces them all. `text` separates them by ; , 、 or lines: the number of a resident, with or
 * without a name after it, or the name of somebody who is not registered. ERR_INVALID FETCHER_BAD
 * (what was written) for a number that nobody here has or that is the child's own, FETCHERS_MANY
 * (at most), TEXT_… "fetchers"; ERR_NOT_FOUND RESIDENT_UNKNOWN for the child. */
int fetchers_set(struct db *, const struct act *, int64_t child, const char *text, struct err *err);
