/* booking add|change|list|cancel|approve|decline|slip */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/sheets/booking_slip.h"
#include "core/venues/series.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/i18n.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

#define DAYS_SHOWN 7
#define PEOPLE_MAX 10000
#define NO_CARD    "-"

static const struct table_column columns[] = {
	{ "number", N_("Number"), true },
	{ "venue", N_("Venue"), false },
	{ "start_at", N_("Day"), false },
	{ "end_at", N_("Time"), false },
	{ "resident", NULL, true },
	{ "name", N_("Booked by"), false },
	{ "purpose", N_("For"), false },
	{ "people", NC_("count", "People"), true },
	{ "status", N_("State"), false },
};

/* ---- list ---- */

static int who_of(struct db *db, const struct booking *b, bool is_full, char **ret, struct err *err)
{
	if (b->resident)
		return who_name(db, b->resident, is_full, ret, err);
	*ret = mem_text(b->body);
	return 0;
}

static int number_of(struct db *db, int64_t resident_id, int64_t *ret, struct err *err)
{
	struct resident resident = { 0 };

	if (resident_id)
		TRY(resident_get(db, resident_id, &resident, err));
	*ret = resident.number;
	return 0;
}

static int add_row(
	struct table *table, struct db *db, const struct booking *b, bool is_full, struct err *err)
{
	CLEANUP(mem_free) char *who = NULL;
	CLEANUP(mem_free)
	char *day = words_day(when_day(b->start_at), db_today(db));
	CLEANUP(mem_free) char *span = words_span(b->start_at, b->end_at);
	int64_t number;

	TRY(who_of(db, b, is_full, &who, err));
	TRY(number_of(db, b->resident, &number, err));
	table_number(table, b->number, NULL);
	table_text(table, b->venue_name);
	table_instant(table, b->start_at, day);
	table_instant(table, b->end_at, span);
	table_id(table, number);
	table_text(table, who);
	table_text(table, b->purpose);
	table_number(table, b->people, NULL);
	table_word(table, booking_status_name(b->status), words_booking_status(b->status));
	return 0;
}

static int list_bookings(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	const char *on = call_option(call, "on");
	struct day from;
	struct db *db;

	TRY(call_db(call, &db, err));
	from = db_today(db);
	if (on)
		TRY(day_parse(on, &from, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(bookings_between(db, 0, when_day_start(from),
		when_day_start(day_add(from, on ? 1 : DAYS_SHOWN)), &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_row(table, db, &list.rows[i], staff == 1, err));
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- add ---- */

static int read_number(
	struct call *call, const char *option, long long most, long long *ret, struct err *err)
{
	const char *text = call_option(call, option);

	*ret = 0;
	return text ? text_integer(text, option, 1, most, ret, err) : 0;
}

static int read_draft(
	struct call *call, struct db *db, struct booking_draft *draft, struct err *err)
{
	const char *card = call_operand(call, 1);
	long long people;

	TRY(named_venue(db, call_operand(call, 0), &draft->venue, err));
	if (strcmp(card, NO_CARD) != 0)
		TRY(named_resident(db, card, &draft->resident, err));
	TRY(when_parse(call_operand(call, 2), &draft->start_at, err));
	TRY(when_parse(call_operand(call, 3), &draft->end_at, err));
	TRY(read_number(call, "people", PEOPLE_MAX, &people, err));
	draft->people = people;
	draft->body = call_option(call, "body");
	draft->purpose = call_option(call, "purpose");
	draft->is_whole = call_has(call, "whole");
	return 0;
}

/* Each time that cannot be had, with all that stands against it. */
static void tell_conflicts(struct call *call, const struct series_plan *plan)
{
	for (int i = 0; i < plan->count; i++) {
		const struct series_occurrence *row = &plan->rows[i];
		CLEANUP(mem_free) char *when = words_instant(row->start_at, call_now(call));
		if (row->refusal.code)
			call_complain(call, when, &row->refusal);
	}
}

static int add_series(struct call *call, struct db *db, const struct act *act,
	const struct series_draft *draft, struct err *err)
{
	CLEANUP(mem_free) struct series_plan *plan = mem_alloc(sizeof(*plan));
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	int64_t id;

	int r = series_place(db, act, draft, call_has(call, "good"), &id, err);
	if (r == ERR_REFUSED) {
		TRY(series_check(db, act, draft, plan, err));
		tell_conflicts(call, plan);
		return EXIT_REFUSED;
	}
	if (r < 0)
		return r;
	TRY(bookings_of_series(db, id, &list, err));
	for (int i = 0; i < list.count; i++)
		printf("%lld\n", (long long)list.rows[i].number);
	return 0;
}

static int add_one(struct call *call, struct db *db, const struct act *act,
	const struct booking_draft *draft, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	int64_t id;

	TRY(call_has(call, "wait") ? booking_wait(db, act, draft, &id, err)
				   : booking_place(db, act, draft, &id, err));
	TRY(booking_get(db, id, &booking, err));
	printf("%lld\n", (long long)booking.number);
	return 0;
}

static int add_booking(struct call *call, struct err *err)
{
	struct series_draft series = { .every_days = 7 };
	long long times, every;
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err)); /* sets the zone that times are read in */
	TRY(read_draft(call, db, &series.first, err));
	TRY(read_number(call, "times", SERIES_MAX, &times, err));
	TRY(read_number(call, "every", 366, &every, err));
	act.resident = series.first.resident;
	if (!times)
		return add_one(call, db, &act, &series.first, err);
	series.occurrences = (int)times;
	series.every_days = every ? (int)every : series.every_days;
	return add_series(call, db, &act, &series, err);
}

/* ---- change ---- */

static int change_booking(struct call *call, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	const char *venue = call_option(call, "venue");
	struct booking_draft draft = { 0 };
	long long people;
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_booking(db, call_operand(call, 0), &id, err));
	TRY(booking_get(db, id, &booking, err));
	draft.venue = booking.venue;
	draft.is_whole = booking.is_whole;
	if (venue)
		TRY(named_venue(db, venue, &draft.venue, err));
	TRY(when_parse(call_operand(call, 1), &draft.start_at, err));
	TRY(when_parse(call_operand(call, 2), &draft.end_at, err));
	TRY(read_number(call, "people", PEOPLE_MAX, &people, err));
	draft.people = people ? people : booking.people;
	act.resident = booking.resident;
	return booking_change(db, &act, id, &draft, err);
}

/* ---- the rest ---- */

static int decide(struct call *call,
	int (*run)(struct db *, const struct act *, int64_t, struct err *), struct err *err)
{
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_booking(db, call_operand(call, 0), &id, err));
	return run(db, &act, id, err);
}

static int cancel_rest(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };

	TRY(booking_get(db, id, &booking, err));
	return booking.series ? series_cancel(db, act, booking.series, booking.start_at, err)
			      : booking_cancel(db, act, id, err);
}

static int cancel_booking(struct call *call, struct err *err)
{
	return decide(call, call_has(call, "series") ? cancel_rest : booking_cancel, err);
}

static int approve_booking(struct call *call, struct err *err)
{
	return decide(call, booking_approve, err);
}

static int decline_booking(struct call *call, struct err *err)
{
	return decide(call, booking_decline, err);
}

static int print_slip(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	char code[CODE_TEXT_MAX];
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_booking(db, call_operand(call, 0), &id, err));
	TRY(booking_code(db, &act, id, code, err));
	TRY(booking_slip_build(db, &head, id, code, width, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_RECEIPT, sheet, err);
}

static const struct verb_option add_options[] = {
	{ "people", N_("N"), N_("How many they are; else one") },
	{ "purpose", N_("TEXT"), N_("What for, as the board shows it") },
	{ "body", NC_("body", "NAME"), N_("Who books when it is no resident; CARD is then -") },
	{ "whole", NULL, N_("All of a room that several parties share") },
	{ "wait", NULL, N_("Onto the waiting list of a time that is taken") },
	{ "times", N_("N"), N_("So many times over, the same time on the clock") },
	{ "every", N_("DAYS"), N_("So many days apart; else 7") },
	{ "good", NULL, N_("Those of them that can be had, not all or none") },
	{ 0 },
};
static const struct verb_option change_options[] = {
	{ "venue", N_("VENUE"), N_("In another room") },
	{ "people", N_("N"), N_("How many they are; else as many as before") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "on", N_("DAY"), N_("Only this day: 2026-11-21; else seven days from today") },
	{ 0 },
};
static const struct verb_option cancel_options[] = {
	{ "series", NULL, N_("And all that follow it in its series") },
	{ 0 },
};
static const struct verb_option slip_options[] = {
	{ "to", N_("FILE"), N_("Into a file, whose suffix says how: .pdf, .png"), OUTPUT_REDRAWN },
	{ 0 },
};

#define ONE_BOOKING .usage = N_("BOOKING"), .min = 1, .max = 1

const struct verb booking_verbs[] = {
	{
		.name = "booking add",
		.usage = N_("VENUE CARD START END"),
		.help = N_("Book a room (times as 2026-11-21T14:00); prints the booking's number"),
		.min = 4,
		.max = 4,
		.takes = VERB_STAFF | VERB_KEY,
		.options = add_options,
		.run = add_booking,
	},
	{
		.name = "booking change",
		.usage = N_("BOOKING START END"),
		.help = N_("Move a booking to another time or room; its number stays"),
		.min = 3,
		.max = 3,
		.takes = VERB_STAFF | VERB_KEY,
		.options = change_options,
		.run = change_booking,
	},
	{
		.name = "booking list",
		.usage = "",
		.help = N_("List bookings and what became of them"),
		.takes = VERB_JSON | VERB_STAFF,
		.options = list_options,
		.run = list_bookings,
	},
	{
		.name = "booking cancel",
		ONE_BOOKING,
		.help = N_("Cancel a booking; who waits for its time gets it"),
		.takes = VERB_STAFF | VERB_KEY,
		.options = cancel_options,
		.run = cancel_booking,
	},
	{
		.name = "booking approve",
		ONE_BOOKING,
		.help = N_("Say yes to a booking that asks for it"),
		.takes = VERB_STAFF | VERB_KEY,
		.run = approve_booking,
	},
	{
		.name = "booking decline",
		ONE_BOOKING,
		.help = N_("Say no to it"),
		.takes = VERB_STAFF | VERB_KEY,
		.run = decline_booking,
	},
	{
		.name = "booking slip",
		ONE_BOOKING,
		.help = N_("Print the slip of a booking, whose code signs in; earlier slips stop "
			   "working"),
		.takes = VERB_STAFF,
		.options = slip_options,
		.run = print_slip,
	},
	{ 0 },
};
