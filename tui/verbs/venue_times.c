/* venue hours|close|special|times|reopen|free: when a room can be used */
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/site/reasons.h"
#include "core/venues/call_off.h"
#include "core/venues/reasons.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

#define DAYS_SHOWN 7
#define DAYS_AHEAD 366

/* ---- changing it ---- */

static int set_hours(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *text = call_rest(call, 1);
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = hours_parse(text, &week, err);
	if (count < 0)
		return count;
	return venue_week_set(call->db, &call->act, call_id(call, 0), week, count, err);
}

static int close_venue(struct call *call, struct err *err)
{
	const struct blackout_draft draft = {
		.venue = call_id(call, 0),
		.start_at = call_time(call, 1),
		.end_at = call_time(call, 2),
		.name = call_operand(call, 3),
	};
	int64_t id;

	return blackout_add(call->db, &call->act, &draft, &id, err);
}

/* "9:00-12:00", as a weekly pattern writes a day's hours. */
static int read_hours(const char *text, struct closure *closure, struct err *err)
{
	int weekday = day_weekday(closure->from);
	CLEANUP(mem_free) char *pattern = mem_printf("%d=%s", weekday, text);
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = hours_parse(pattern, &week, err);
	if (count < 0)
		return count;
	if (count != 1)
		return err_set(err, ERR_INVALID, REASON(HOURS_BAD, .n1 = weekday));
	closure->has_hours = true;
	closure->opens = week[0].opens;
	closure->closes = week[0].closes;
	return 0;
}

static int add_special(struct call *call, struct err *err)
{
	struct closure closure = {
		.from = call_day(call, 1),
		.until = call_day(call, 2),
		.name = call_operand(call, 3),
	};
	const char *hours = call_option(call, "hours");
	int64_t id;

	if (hours)
		TRY(read_hours(hours, &closure, err));
	return venue_exception_add(call->db, &call->act, call_id(call, 0), &closure, &id, err);
}

/* ---- times out of use and special hours, told and taken back ---- */

struct times {
	struct blackout_list blackouts;
	struct closure *exceptions;
	int exception_count;
};

static void times_finish(struct times *times)
{
	blackout_list_finish(&times->blackouts);
	hours_closures_finish(times->exceptions, times->exception_count);
}

static int times_read(
	struct db *db, int64_t venue, int64_t from_at, struct times *ret, struct err *err)
{
	struct day from = when_day(from_at);

	TRY(blackouts_between(db, venue, from_at, when_day_start(day_add(from, DAYS_AHEAD)),
		&ret->blackouts, err));
	int count = venue_exceptions(db, venue, from, &ret->exceptions, err);
	if (count < 0)
		return count;
	ret->exception_count = count;
	return 0;
}

static const struct table_column times_columns[] = {
	{ "kind", NULL, false },
	{ "start_at", NULL, false },
	{ "end_at", NULL, false },
	{ "when", N_("Day"), false },
	{ "hours", N_("Time"), false },
	{ "name", N_("Why"), false },
};

static void tell_blackout(struct table *table, const struct blackout *blackout, int64_t now)
{
	CLEANUP(mem_free) char *day = words_day(when_day(blackout->start_at), when_day(now));
	CLEANUP(mem_free) char *span = words_span(blackout->start_at, blackout->end_at);

	table_text(table, "blackout");
	table_instant(table, blackout->start_at, NULL);
	table_instant(table, blackout->end_at, NULL);
	table_text(table, day);
	table_text(table, span);
	table_text(table, blackout->name);
}

static void tell_exception(struct table *table, const struct closure *closure, int64_t now)
{
	CLEANUP(mem_free) char *days = words_closure_days(closure, when_day(now));
	CLEANUP(mem_free) char *hours = words_closure_hours(closure);

	table_text(table, closure->has_hours ? "hours" : "closed");
	table_instant(table, when_day_start(closure->from), NULL);
	table_instant(table, when_day_start(day_add(closure->until, 1)), NULL);
	table_text(table, days);
	table_text(table, hours);
	table_text(table, closure->name);
}

static int list_times(struct call *call, struct err *err)
{
	CLEANUP(times_finish) struct times times = { 0 };

	TRY(times_read(call->db, call_id(call, 0), call_now(call), &times, err));
	for (int i = 0; i < times.blackouts.count; i++)
		tell_blackout(call->table, &times.blackouts.rows[i], call_now(call));
	for (int i = 0; i < times.exception_count; i++)
		tell_exception(call->table, &times.exceptions[i], call_now(call));
	return 0;
}

/* What is out of use at that instant. */
static int reopen_at(struct call *call, int64_t at, struct err *err)
{
	CLEANUP(blackout_list_finish) struct blackout_list list = { 0 };

	TRY(blackouts_between(call->db, call_id(call, 0), at, at + 1, &list, err));
	return list.count ? blackout_remove(call->db, &call->act, list.rows[0].id, err)
			  : err_set(err, ERR_NOT_FOUND, REASON(BLACKOUT_UNKNOWN));
}

/* The special hours of that day. */
static int reopen_on(struct call *call, struct day on, struct err *err)
{
	CLEANUP(times_finish) struct times times = { 0 };
	int64_t venue = call_id(call, 0);

	TRY(times_read(call->db, venue, when_day_start(on), &times, err));
	for (int i = 0; i < times.exception_count; i++)
		if (day_compare(times.exceptions[i].from, on) <= 0)
			return venue_exception_remove(
				call->db, &call->act, times.exceptions[i].id, err);
	return err_set(err, ERR_NOT_FOUND, REASON(EXCEPTION_UNKNOWN));
}

static int reopen_venue(struct call *call, struct err *err)
{
	struct err no_day = { 0 };
	struct day on;
	int64_t at;

	if (day_parse(call_operand(call, 1), &on, &no_day) == 0)
		return reopen_on(call, on, err);
	TRY(when_parse(call_operand(call, 1), &at, err));
	return reopen_at(call, at, err);
}

/* ---- what is free ---- */

static const struct table_column free_columns[] = {
	{ "venue", N_("Venue"), false },
	{ "start_at", N_("Day"), false },
	{ "end_at", N_("Time"), false },
	{ "places", N_("Places"), true },
};

static const char *name_of(const struct venue_list *venues, int64_t id)
{
	for (int i = 0; i < venues->count; i++)
		if (venues->rows[i].id == id)
			return venues->rows[i].name;
	return NULL;
}

static int list_free(struct call *call, struct err *err)
{
	CLEANUP(slot_list_finish) struct slot_list slots = { 0 };
	CLEANUP(venue_list_finish) struct venue_list venues = { 0 };
	const struct day today = db_today(call->db), from = call_option_day(call, "on", today);
	int days = call_has(call, "on") ? 1 : DAYS_SHOWN;

	TRY(venue_list(call->db, &venues, err));
	TRY(slots_find(call->db, call_id(call, 0), from, day_add(from, days - 1),
		call_option_number(call, "people", 1), &slots, err));
	for (int i = 0; i < slots.count; i++) {
		const struct slot *slot = &slots.rows[i];
		CLEANUP(mem_free) char *day = words_day(when_day(slot->start_at), today);
		CLEANUP(mem_free) char *span = words_span(slot->start_at, slot->end_at);
		table_text(call->table, name_of(&venues, slot->venue));
		table_instant(call->table, slot->start_at, day);
		table_instant(call->table, slot->end_at, span);
		table_number(call->table, slot->places, NULL);
	}
	return 0;
}

static const struct verb_option free_options[] = {
	{ "on", { OPERAND_DAY }, N_("Only this day: 2026-11-21; else seven days from today") },
	{ "people", { OPERAND_NUMBER, .word = N_("N"), .min = 1, .max = 10000 },
		N_("For so many; else one") },
	{ 0 },
};
static const struct verb_option special_options[] = {
	{ "hours", { OPERAND_TEXT, .word = N_("FROM-UNTIL") },
		N_("Open then, such as 9:00-12:00; else closed") },
	{ 0 },
};

const struct verb venue_times_verbs[] = {
	{
		.name = "venue hours",
		.operands = { { OPERAND_VENUE },
			{ OPERAND_TEXT, TIMES_ANY, .word = N_("DAYS=FROM-UNTIL") } },
		.help = N_("Hours of its own, such as 1-5=9:00-12:00; none: those of the house"),
		.takes = VERB_ACT | VERB_KEY,
		.run = set_hours,
	},
	{
		.name = "venue special",
		.operands = { { OPERAND_VENUE }, { OPERAND_DAY, .word = N_("FIRST") },
			{ OPERAND_DAY, .word = N_("LAST") }, { OPERAND_TEXT, .word = N_("WHY") } },
		.help = N_("Other hours for a room on these days, or closed"),
		.takes = VERB_ACT | VERB_KEY,
		.options = special_options,
		.run = add_special,
	},
	{
		.name = "venue close",
		.operands = { { OPERAND_VENUE }, { OPERAND_TIME, .word = N_("START") },
			{ OPERAND_TIME, .word = N_("END") }, { OPERAND_TEXT, .word = N_("WHY") } },
		.help = N_("Take a room out of use for a time"),
		.takes = VERB_ACT | VERB_KEY,
		.run = close_venue,
	},
	{
		.name = "venue times",
		.operands = { { OPERAND_VENUE } },
		.help = N_("List when a room is out of use or has other hours"),
		.takes = VERB_JSON,
		.columns = COLUMNS(times_columns),
		.run = list_times,
	},
	{
		.name = "venue reopen",
		.operands = { { OPERAND_VENUE }, { OPERAND_TEXT, .word = N_("START") } },
		.help = N_("Take back what venue close (a time) or venue special (a day) said"),
		.takes = VERB_ACT | VERB_KEY,
		.run = reopen_venue,
	},
	{
		.name = "venue free",
		.operands = { { OPERAND_VENUE, TIMES_MAYBE } },
		.help = N_("List the times that can be booked, of one room or of all"),
		.takes = VERB_JSON,
		.options = free_options,
		.columns = COLUMNS(free_columns),
		.run = list_free,
	},
	{ 0 },
};
