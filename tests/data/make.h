/* What the makers of the kept venue share. Whatever is refused here ends the program: the venue is
 * to hold what it says. */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/store/act.h"

#define PEOPLE 24
#define THINGS 40

struct maker {
	struct clock clock;
	struct db *db;
	struct err err;
	const char *scratch; /* a folder */
	unsigned seed;
	int64_t coordinator, volunteer; /* staff */
	int64_t people[PEOPLE];
	int64_t tool, book;                    /* categories */
	int64_t titles[THINGS], items[THINGS]; /* an item of each title */
	int64_t room, hall;
};

#define MUST(m, call)                                              \
	do {                                                       \
		if ((call) < 0)                                    \
			make_fail((m), #call, __FILE__, __LINE__); \
	} while (0)

/* At random a refusal is as good an answer as any. */
#define MAY(m, call)                                               \
	do {                                                       \
		if ((call) < 0 && (m)->err.code != ERR_REFUSED)    \
			make_fail((m), #call, __FILE__, __LINE__); \
	} while (0)

_Noreturn void make_fail(const struct maker *, const char *call, const char *file, int line);
/* "2020-11-03T10:00", Sunday the first being its first day. The clock never goes back. */
void make_clock(struct maker *, const char *local);
int64_t make_instant(struct maker *, const char *local);
struct day make_day(struct maker *, const char *date);
int make_chance(struct maker *, int below);

struct act by_admin(const struct maker *);
struct act by_coordinator(const struct maker *);
struct act by_volunteer(const struct maker *);
struct act by_self(int64_t resident);

/* In this order, as each goes on where the one before has left the clock. */
void make_people(struct maker *);
void make_things(struct maker *);
void make_rooms(struct maker *);
void make_points(struct maker *);
void make_duty(struct maker *);
void make_month(struct maker *);
