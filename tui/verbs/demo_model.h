/* Shared by the parts of the demo while it is made. */
#pragma once

#include "core/base/code.h"
#include "core/people/staff.h"
#include "tui/context.h"

/* How far back the demo's past reaches. */
#define DEMO_DAYS 45

/* Somebody or something of the data files, found again by what the files call it. */
struct demo_name {
	char *name;
	int64_t id, number;
	char payload[CODE_TEXT_MAX]; /* a resident's card */
};
struct demo_names {
	struct demo_name *rows;
	int count, room;
};

struct demo_staff {
	int64_t id;
	char *code, *name, *pin; /* pin: "" for a service account */
	enum role role;
	char payload[CODE_TEXT_MAX]; /* the card that opens staff mode; "": a service account's */
	bool has_own_card;           /* a staff card; else their share card */
};

/* What happens to whom, in the order of time. */
enum demo_what {
	DEMO_LEND,
	DEMO_RETURN,
	DEMO_POINTS,
	DEMO_MESSAGE,
	DEMO_DUTY_IN,
	DEMO_DUTY_OUT,
	DEMO_BOOK,
	DEMO_ROOM_IN,
	DEMO_ROOM_OUT
};
struct demo_event {
	int64_t at;
	enum demo_what what;
	int place; /* among those of the same instant */
	int64_t resident, item, shift, amount;
	int64_t venue, start_at, end_at; /* DEMO_BOOK, DEMO_ROOM_IN */
	bool is_body;                    /* DEMO_BOOK: by whom is free text */
	char *words;
};

struct demo {
	struct context *context;
	struct db *db;
	struct pepper pepper;
	struct clock clock; /* the database's; runs from the past until now */
	int64_t now;        /* the real one */
	struct day today;
	struct act act;

	struct demo_names residents, items, venues;
	struct demo_staff *staff;
	int staff_count;
	struct demo_event *events;
	int event_count, event_room;
};

struct demo_name *demo_name_add(struct demo_names *, const char *name, int64_t id, int64_t number);
/* NULL when there is none. */
const struct demo_name *demo_name_find(const struct demo_names *, const char *name);
struct demo_event *demo_event_add(struct demo *, enum demo_what what, int64_t at);

/* demo_rows.c: who and what there is. */
int demo_rows(struct demo *, struct err *err);
/* demo_points.c: how points are earned and what they buy. */
int demo_points(struct demo *, struct err *err);
/* demo_duty.c: kinds of shifts, the template, volunteers. */
int demo_duty(struct demo *, struct err *err);
/* demo_venues.c: rooms, their bookings and their use. */
int demo_venues(struct demo *, struct err *err);
int demo_bookings(struct demo *, struct err *err);
int demo_venue_event(struct demo *, const struct demo_event *, struct act *, struct err *err);
/* demo_events.c: shifts, and what has happened. */
int demo_events(struct demo *, struct err *err);
struct tsv;
/* "1-5" or "6" in a column, ISO weekdays. */
int demo_weekdays(
	const struct tsv *, const char *column, int *ret_from, int *ret_until, struct err *err);
/* demo_files.c: cards/, labels/, pins/, demo.txt. */
int demo_files(struct demo *, struct err *err);
