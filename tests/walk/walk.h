/* Every kind of act, done at least once by the product's own functions, in a venue in a folder: a
 * month of lending, rooms, points and duty. Tests that read what a kind of act leaves behind find
 * it here (tests/verbs/test_every.c). Any refusal fails the test. */
#pragma once

#include "core/base/mem.h"
#include "core/store/act.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define PEOPLE 24
#define THINGS 40

struct walk {
	struct clock clock;
	struct db *db;
	struct err err;
	const char *dir;                /* the venue's, with its keys; borrowed */
	int64_t coordinator, volunteer; /* staff: "luo", "wei" */
	int64_t night;                  /* a service account */
	int64_t people[PEOPLE];
	int64_t tool, book;                    /* categories */
	int64_t titles[THINGS], items[THINGS]; /* an item of each title */
	int64_t room, hall;
};

#define WALK_PIN "271936" /* of "luo", an admin; also in dir/pin */

/* Makes the venue in `dir` and closes it again. */
void walk_every_act(const char *dir);

/* ---- for its parts ---- */

#define MUST(w, call) assert_ok((call), &(w)->err)

/* "2020-11-03T10:00", the first day being Sunday the 1st. The clock never goes back. */
void walk_clock(struct walk *, const char *local);
int64_t walk_instant(struct walk *, const char *local);
int64_t walk_count(struct walk *, const char *sql);
struct day walk_day(struct walk *, const char *date);

struct act by_admin(const struct walk *);
struct act by_coordinator(const struct walk *);
struct act by_volunteer(const struct walk *);
struct act by_self(int64_t resident);

/* To be called in this order, since each starts where the previous one has left the clock. */
void walk_people(struct walk *);
void walk_things(struct walk *);
void walk_rooms(struct walk *);
void walk_points(struct walk *);
void walk_duty(struct walk *);
void walk_keeping(struct walk *);
