/* What a person who books waits for: the free times of a month in 20 rooms that have 100,000
 * bookings, within 5 ms. Wall time is shown beside processor time: on a machine that is busy with
 * something else only the latter means anything.
 *
 *   bench_venues [PERCENT]: of that many bookings */
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/people/resident_acts.h"
#include "core/site/hours.h"
#include "core/store/acting.h"
#include "core/venues/timetable.h"

#define ROOMS    20
#define BOOKINGS 100000
#define DAYS     1000 /* over so many, half of them ahead */
#define ROUNDS   100
#define WARM     5 /* not counted */
#define BOUND_MS 5.0
#define NOW      1795240800 /* 2026-11-21T14:00+08:00 */

struct bench {
	struct db *db;
	struct clock clock;
	int64_t rooms[ROOMS], resident;
	struct err err;
};

static double time_ms(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void check(struct bench *b, const char *what, int r)
{
	if (r >= 0)
		return;
	fprintf(stderr, "%s: %s %s\n", what, reason_name(b->err.reasons[0].code), b->err.detail);
	exit(1);
}
#define CHECK(call) check(b, #call, (call))

/* ---- the rooms ---- */

static const struct act by_system = { .role = ROLE_SYSTEM };

static void add_rooms(struct bench *b)
{
	struct opening week[14];
	const struct resident_new draft = {
		.name = "何一", .category = "resident", .consent_version = "1"
	};
	int64_t id;

	for (int i = 0; i < 7; i++) {
		week[2 * i] = (struct opening){ i + 1, 9 * 60, 12 * 60 };
		week[2 * i + 1] = (struct opening){ i + 1, 14 * 60, 21 * 60 };
	}
	CHECK(hours_set(b->db, &by_system, week, 14, &b->err));
	CHECK(resident_category_add(b->db, &by_system, "resident", "居民", &id, &b->err));
	CHECK(resident_add(b->db, &by_system, &draft, &b->resident, &b->err));
	for (int i = 0; i < ROOMS; i++) {
		CLEANUP(mem_free) char *name = mem_printf("场地%d", i + 1);
		CLEANUP(venue_finish) struct venue venue = { 0 };
		CHECK(venue_add(b->db, &by_system, &(struct venue_draft){ name, 20 }, &b->rooms[i],
			&b->err));
		CHECK(venue_get(b->db, b->rooms[i], &venue, &b->err));
		venue.policy.is_shared = i % 2;
		venue.policy.slot_minutes = i % 5 == 4 ? 60 : 0;
		venue.policy.ahead_days = 366;
		CHECK(venue_edit(b->db, &by_system, &venue, &b->err));
	}
}

/* Rows as booking_place would write them, without a journal of 100,000 acts: five a day in each
 * room, an hour each. */
static void add_bookings(struct bench *b, int count)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t first = when_day_start(day_add(when_day(NOW), -DAYS / 2));

	CHECK(act_begin(&a, b->db, &by_system, ACT_SERIES_PLACE, NO_FIELDS, &b->err));
	for (int i = 0; i < count; i++) {
		int room = i % ROOMS, hour = i / ROOMS % 5, day = i / ROOMS / 5;
		int64_t start_at = first + day * INT64_C(86400) + (14 + hour) * 3600;
		CHECK(act_insert(&a, "booking",
			FIELDS(F_INT("id", act_new_id(&a)), F_INT("number", i + 1),
				F_INT("venue", b->rooms[room]), F_INT("resident", b->resident),
				F_TEXT("status", start_at < NOW ? "used" : "booked"),
				F_INT("start_at", start_at), F_INT("end_at", start_at + 3600),
				F_INT("until_at", start_at + 3600),
				F_INT("release_at", start_at + 900), F_INT("people", 5),
				F_INT("is_whole", room % 2 == 0), F_INT("placed_at", start_at)),
			&b->err));
	}
	CHECK(act_commit(&a, 0, &b->err));
}

/* ---- what is measured ---- */

static int month_of_all(struct bench *b, struct day from)
{
	CLEANUP(slot_list_finish) struct slot_list list = { 0 };

	CHECK(slots_find(b->db, 0, from, day_add(from, 29), 2, &list, &b->err));
	return list.count;
}

static int compare_times(const void *left, const void *right)
{
	const double *a = left, *b = right;

	return *a < *b ? -1 : *a > *b;
}

static void print_figure(const char *which, double ms)
{
	printf("free_month_%s\t%.3f\tms\t%.0f ms\t%.3f\n", which, ms, BOUND_MS, ms / BOUND_MS);
}

static void measure(struct bench *b)
{
	double times[ROUNDS], work[ROUNDS];

	for (int i = -WARM; i < ROUNDS; i++) {
		struct day from = day_add(when_day(NOW), (i + WARM) % 60);
		double start = time_ms(CLOCK_MONOTONIC);
		double work_start = time_ms(CLOCK_PROCESS_CPUTIME_ID);
		if (month_of_all(b, from) == 0)
			exit(1); /* a measurement that finds nothing is worthless */
		if (i < 0)
			continue;
		work[i] = time_ms(CLOCK_PROCESS_CPUTIME_ID) - work_start;
		times[i] = time_ms(CLOCK_MONOTONIC) - start;
	}
	qsort(times, ROUNDS, sizeof(*times), compare_times);
	qsort(work, ROUNDS, sizeof(*work), compare_times);
	print_figure("p50", times[ROUNDS / 2]);
	print_figure("p99", times[ROUNDS * 99 / 100]);
	print_figure("cpu_p50", work[ROUNDS / 2]);
	print_figure("cpu_p99", work[ROUNDS * 99 / 100]);
}

int main(int argc, char **argv)
{
	int percent = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100;
	struct bench b = { .clock = clock_set(NOW) };

	if (percent < 1 || percent > 100 || !setlocale(LC_ALL, "C.UTF-8") || sodium_init() < 0)
		return 1;
	check(&b, "db_open_memory", db_open_memory(&b.clock, &b.db, &b.err));
	add_rooms(&b);
	add_bookings(&b, BOOKINGS * percent / 100);
	measure(&b);
	db_close(b.db);
	return 0;
}
