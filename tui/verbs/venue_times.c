/* venue hours|close|special|times|reopen|free: when a room can be used */
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/site/reasons.h"
#include "core/venues/blackout.h"
#include "core/venues/reasons.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

#define DAYS_SHOWN 7
#define DAYS_AHEAD 366

/* ---- changing it ---- */

/* Who acts, the database, and the venue that the first operand names. */
static int begin(struct call *call, struct act *ret_act, struct db **ret, int64_t *ret_venue,
	struct err *err)
{
	int r = call_staff(call, ret_act, err);

	if (r != 0)
		return r;
	TRY(call_db(call, ret, err));
	return named_venue(*ret, call_operand(call, 0), ret_venue, err);
}

static int set_hours(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *text = call_rest(call, 1);
	CLEANUP(mem_free) struct opening *week = NULL;
	struct act act;
	struct db *db;
	int64_t id;

	int count = hours_parse(text, &week, err);
	if (count < 0)
		return count;
	int r = begin(call, &act, &db, &id, err);
	return r != 0 ? r : venue_week_set(db, &act, id, week, count, err);
}

static int close_venue(struct call *call, struct err *err)
{
	struct blackout_draft draft = { .name = call_operand(call, 3) };
	struct act act;
	struct db *db;
	int64_t id;

	int r = begin(call, &act, &db, &draft.venue, err);
	if (r != 0)
		return r;
	TRY(when_parse(call_operand(call, 1), &draft.start_at, err));
	TRY(when_parse(call_operand(call, 2), &draft.end_at, err));
	return blackout_add(db, &act, &draft, &id, err);
}

/* "9:00-12:00", as a weekly pattern writes it of a day. */
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
	struct closure closure = { .name = call_operand(call, 3) };
	const char *hours = call_option(call, "hours");
	struct act act;
	struct db *db;
	int64_t venue, id;

	TRY(day_parse(call_operand(call, 1), &closure.from, err));
	TRY(day_parse(call_operand(call, 2), &closure.until, err));
	if (hours)
		TRY(read_hours(hours, &closure, err));
	int r = begin(call, &act, &db, &venue, err);
	return r != 0 ? r : venue_exception_add(db, &act, venue, &closure, &id, err);
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(times_columns, ARRAY_LEN(times_columns));
	CLEANUP(times_finish) struct times times = { 0 };
	struct db *db;
	int64_t venue;

	TRY(call_db(call, &db, err));
	TRY(named_venue(db, call_operand(call, 0), &venue, err));
	TRY(times_read(db, venue, call_now(call), &times, err));
	for (int i = 0; i < times.blackouts.count; i++)
		tell_blackout(table, &times.blackouts.rows[i], call_now(call));
	for (int i = 0; i < times.exception_count; i++)
		tell_exception(table, &times.exceptions[i], call_now(call));
	table_print(table, call_is_json(call));
	return 0;
}

/* What is out of use at that instant. */
static int reopen_at(
	struct db *db, const struct act *act, int64_t venue, int64_t at, struct err *err)
{
	CLEANUP(blackout_list_finish) struct blackout_list list = { 0 };

	TRY(blackouts_between(db, venue, at, at + 1, &list, err));
	return list.count ? blackout_remove(db, act, list.rows[0].id, err)
			  : err_set(err, ERR_NOT_FOUND, REASON(BLACKOUT_UNKNOWN));
}

/* The special hours of that day. */
static int reopen_on(
	struct db *db, const struct act *act, int64_t venue, struct day on, struct err *err)
{
	CLEANUP(times_finish) struct times times = { 0 };

	TRY(times_read(db, venue, when_day_start(on), &times, err));
	for (int i = 0; i < times.exception_count; i++)
		if (day_compare(times.exceptions[i].from, on) <= 0)
			return venue_exception_remove(db, act, times.exceptions[i].id, err);
	return err_set(err, ERR_NOT_FOUND, REASON(EXCEPTION_UNKNOWN));
}

static int reopen_venue(struct call *call, struct err *err)
{
	struct err no_day = { 0 };
	struct day on;
	struct act act;
	struct db *db;
	int64_t venue, at;

	int r = begin(call, &act, &db, &venue, err);
	if (r != 0)
		return r;
	if (day_parse(call_operand(call, 1), &on, &no_day) == 0)
		return reopen_on(db, &act, venue, on, err);
	TRY(when_parse(call_operand(call, 1), &at, err));
	return reopen_at(db, &act, venue, at, err);
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(free_columns, ARRAY_LEN(free_columns));
	CLEANUP(slot_list_finish) struct slot_list slots = { 0 };
	CLEANUP(venue_list_finish) struct venue_list venues = { 0 };
	const char *on = call_option(call, "on"), *people_text = call_option(call, "people");
	struct day today, from;
	long long people = 1;
	struct db *db;
	int64_t venue = 0;

	if (people_text)
		TRY(text_integer(people_text, "people", 1, 10000, &people, err));
	TRY(call_db(call, &db, err));
	from = today = db_today(db);
	if (on)
		TRY(day_parse(on, &from, err));
	if (call_count(call))
		TRY(named_venue(db, call_operand(call, 0), &venue, err));
	TRY(venue_list(db, &venues, err));
	TRY(slots_find(
		db, venue, from, day_add(from, on ? 0 : DAYS_SHOWN - 1), people, &slots, err));
	for (int i = 0; i < slots.count; i++) {
		const struct slot *slot = &slots.rows[i];
		CLEANUP(mem_free) char *day = words_day(when_day(slot->start_at), today);
		CLEANUP(mem_free) char *span = words_span(slot->start_at, slot->end_at);
		table_text(table, name_of(&venues, slot->venue));
		table_instant(table, slot->start_at, day);
		table_instant(table, slot->end_at, span);
		table_number(table, slot->places, NULL);
	}
	table_print(table, call_is_json(call));
	return 0;
}

static const struct verb_option free_options[] = {
	{ "on", N_("DAY"), N_("Only this day: 2026-11-21; else seven days from today") },
	{ "people", N_("N"), N_("For so many; else one") },
	{ 0 },
};
static const struct verb_option special_options[] = {
	{ "hours", N_("FROM-UNTIL"), N_("Open then, such as 9:00-12:00; else closed") },
	{ 0 },
};

const struct verb venue_times_verbs[] = {
	{
		.name = "venue hours",
		.usage = N_("VENUE [DAYS=FROM-UNTIL…]"),
		.help = N_("Hours of its own, such as 1-5=9:00-12:00; none: those of the house"),
		.min = 1,
		.max = -1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = set_hours,
	},
	{
		.name = "venue special",
		.usage = N_("VENUE FIRST LAST WHY"),
		.help = N_("Other hours for a room on these days, or closed"),
		.min = 4,
		.max = 4,
		.takes = VERB_STAFF | VERB_KEY,
		.options = special_options,
		.run = add_special,
	},
	{
		.name = "venue close",
		.usage = N_("VENUE START END WHY"),
		.help = N_("Take a room out of use for a time"),
		.min = 4,
		.max = 4,
		.takes = VERB_STAFF | VERB_KEY,
		.run = close_venue,
	},
	{
		.name = "venue times",
		.usage = N_("VENUE"),
		.help = N_("List when a room is out of use or has other hours"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON,
		.run = list_times,
	},
	{
		.name = "venue reopen",
		.usage = N_("VENUE START"),
		.help = N_("Take back what venue close (a time) or venue special (a day) said"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = reopen_venue,
	},
	{
		.name = "venue free",
		.usage = N_("[VENUE]"),
		.help = N_("List the times that can be booked, of one room or of all"),
		.max = 1,
		.takes = VERB_JSON,
		.options = free_options,
		.run = list_free,
	},
	{ 0 },
};
