/* booking add|change|list|cancel|approve|decline|slip */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/sheets/booking_slip.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/series.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

#define DAYS_SHOWN 7
#define PEOPLE_MAX 10000

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
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	struct day from = call_option_day(call, "on", db_today(call->db));
	struct day until = day_add(from, call_has(call, "on") ? 1 : DAYS_SHOWN);

	TRY(bookings_between(call->db, 0, when_day_start(from), when_day_start(until), &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_row(call->table, call->db, &list.rows[i], call->is_staff, err));
	return 0;
}

/* ---- add ---- */

static struct booking_draft read_draft(const struct call *call)
{
	return (struct booking_draft){
		.venue = call_id(call, 0),
		.resident = call_id(call, 1),
		.start_at = call_time(call, 2),
		.end_at = call_time(call, 3),
		.people = call_option_number(call, "people", 0),
		.body = call_option(call, "body"),
		.purpose = call_option(call, "purpose"),
		.is_whole = call_has(call, "whole"),
	};
}

/* Each time that is not available, with all objections. */
static void tell_conflicts(struct call *call, const struct series_plan *plan)
{
	for (int i = 0; i < plan->count; i++) {
		const struct series_occurrence *row = &plan->rows[i];
		CLEANUP(mem_free) char *when = words_instant(row->start_at, call_now(call));
		if (row->refusal.code)
			call_complain(call, when, &row->refusal);
	}
}

static int add_series(struct call *call, const struct series_draft *draft, struct err *err)
{
	CLEANUP(mem_free) struct series_plan *plan = mem_alloc(sizeof(*plan));
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	int64_t id;

	int r = series_place(call->db, &call->act, draft, call_has(call, "good"), &id, err);
	if (r == ERR_REFUSED) {
		TRY(series_check(call->db, &call->act, draft, plan, err));
		tell_conflicts(call, plan);
		return EXIT_REFUSED;
	}
	if (r < 0)
		return r;
	TRY(bookings_of_series(call->db, id, &list, err));
	for (int i = 0; i < list.count; i++)
		printf("%lld\n", (long long)list.rows[i].number);
	return 0;
}

static int add_one(struct call *call, const struct booking_draft *draft, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	int64_t id;

	TRY(call_has(call, "wait") ? booking_wait(call->db, &call->act, draft, &id, err)
				   : booking_place(call->db, &call->act, draft, &id, err));
	TRY(booking_get(call->db, id, &booking, err));
	printf("%lld\n", (long long)booking.number);
	return 0;
}

static int add_booking(struct call *call, struct err *err)
{
	const struct series_draft series = {
		.first = read_draft(call),
		.occurrences = (int)call_option_number(call, "times", 0),
		.every_days = (int)call_option_number(call, "every", 7),
	};

	call->act.resident = series.first.resident;
	return series.occurrences ? add_series(call, &series, err)
				  : add_one(call, &series.first, err);
}

/* ---- change ---- */

static int change_booking(struct call *call, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	int64_t id = call_id(call, 0);

	TRY(booking_get(call->db, id, &booking, err));
	const struct booking_draft draft = {
		.venue = call_option_id(call, "venue", booking.venue),
		.is_whole = booking.is_whole,
		.start_at = call_time(call, 1),
		.end_at = call_time(call, 2),
		.people = call_option_number(call, "people", booking.people),
	};
	call->act.resident = booking.resident;
	return booking_change(call->db, &call->act, id, &draft, err);
}

/* ---- the rest ---- */

static int decide(struct call *call,
	int (*run)(struct db *, const struct act *, int64_t, struct err *), struct err *err)
{
	return run(call->db, &call->act, call_id(call, 0), err);
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

	int64_t id = call_id(call, 0);
	TRY(booking_code(call->db, &call->act, id, code, err));
	TRY(booking_slip_build(call->db, &head, id, code, width, &sheet, err));
	return deliver_sheet(call, PURPOSE_RECEIPT, sheet, err);
}

static const struct verb_option add_options[] = {
	{ "people", { OPERAND_NUMBER, .word = N_("N"), .min = 1, .max = PEOPLE_MAX },
		N_("How many they are; else one") },
	{ "purpose", { OPERAND_TEXT }, N_("What for, as the board shows it") },
	{ "body", { OPERAND_TEXT, .word = NC_("body", "NAME") },
		N_("Who books when it is no resident; CARD is then -") },
	{ "whole", NO_VALUE, N_("All of a room that several parties share") },
	{ "wait", NO_VALUE, N_("Onto the waiting list of a time that is taken") },
	{ "times", { OPERAND_NUMBER, .word = N_("N"), .min = 1, .max = SERIES_MAX },
		N_("So many times over, the same time on the clock") },
	{ "every", { OPERAND_NUMBER, .word = N_("DAYS"), .min = 1, .max = 366 },
		N_("So many days apart; else 7") },
	{ "good", NO_VALUE, N_("Those of them that can be had, not all or none") },
	{ 0 },
};
static const struct verb_option change_options[] = {
	{ "venue", { OPERAND_VENUE }, N_("In another room") },
	{ "people", { OPERAND_NUMBER, .word = N_("N"), .min = 1, .max = PEOPLE_MAX },
		N_("How many they are; else as many as before") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "on", { OPERAND_DAY }, N_("Only this day: 2026-11-21; else seven days from today") },
	{ 0 },
};
static const struct verb_option cancel_options[] = {
	{ "series", NO_VALUE, N_("And all that follow it in its series") },
	{ 0 },
};
static const struct verb_option slip_options[] = {
	{ "to", { OPERAND_FILE }, N_("Into a file, whose suffix says how: .pdf, .png"),
		OUTPUT_REDRAWN },
	{ 0 },
};

#define ONE_BOOKING .operands = { { OPERAND_BOOKING } }

const struct verb booking_verbs[] = {
	{
		.name = "booking add",
		.operands = { { OPERAND_VENUE }, { OPERAND_CARD_OR_NONE, .word = N_("CARD") },
			{ OPERAND_TIME, .word = N_("START") },
			{ OPERAND_TIME, .word = N_("END") } },
		.help = N_("Book a room (times as 2026-11-21T14:00); prints the booking's number"),
		.takes = VERB_ACT | VERB_KEY,
		.options = add_options,
		.run = add_booking,
	},
	{
		.name = "booking change",
		.operands = { { OPERAND_BOOKING }, { OPERAND_TIME, .word = N_("START") },
			{ OPERAND_TIME, .word = N_("END") } },
		.help = N_("Move a booking to another time or room; its number stays"),
		.takes = VERB_ACT | VERB_KEY,
		.options = change_options,
		.run = change_booking,
	},
	{
		.name = "booking list",
		.help = N_("List bookings and what became of them"),
		.takes = VERB_JSON | VERB_NAMES,
		.options = list_options,
		.columns = COLUMNS(columns),
		.run = list_bookings,
	},
	{
		.name = "booking cancel",
		ONE_BOOKING,
		.help = N_("Cancel a booking; who waits for its time gets it"),
		.takes = VERB_ACT | VERB_KEY,
		.options = cancel_options,
		.run = cancel_booking,
	},
	{
		.name = "booking approve",
		ONE_BOOKING,
		.help = N_("Say yes to a booking that asks for it"),
		.takes = VERB_ACT | VERB_KEY,
		.run = approve_booking,
	},
	{
		.name = "booking decline",
		ONE_BOOKING,
		.help = N_("Say no to it"),
		.takes = VERB_ACT | VERB_KEY,
		.run = decline_booking,
	},
	{
		.name = "booking slip",
		ONE_BOOKING,
		.help = N_("Print the slip of a booking, whose code signs in; earlier slips stop "
			   "working"),
		.takes = VERB_ACT,
		.options = slip_options,
		.run = print_slip,
	},
	{ 0 },
};
