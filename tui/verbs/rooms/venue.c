/* venue add|list|show|set, holiday load|list */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/site/holiday.h"
#include "core/venues/thing.h"
#include "core/venues/venue_hours.h"
#include "core/venues/venue_now.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/init/seed.h"
#include "tui/verbs/pairs.h"
#include "tui/verbs/table.h"

/* ---- list, add ---- */

static const struct table_column columns[] = {
	{ "number", N_("Number"), true },
	{ "code", NULL, false },
	{ "name", N_("Venue"), false },
	{ "capacity", N_("Capacity"), true },
	{ "present", N_("Present"), true },
};

static int list_venues(struct call *call, struct err *err)
{
	CLEANUP(venue_list_finish) struct venue_list list = { 0 };

	TRY(venues_now(call->db, &list, err));
	for (int i = 0; i < list.count; i++) {
		char code[CODE_TEXT_MAX];
		code_write_id(CODE_VENUE, list.rows[i].id, code);
		table_number(call->table, list.rows[i].number, NULL);
		table_text(call->table, code);
		table_text(call->table, list.rows[i].name);
		table_number(call->table, list.rows[i].capacity, NULL);
		table_number(call->table, list.rows[i].present, NULL);
	}
	return 0;
}

static int add_venue(struct call *call, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	const struct venue_draft draft = {
		.name = call_operand(call, 0),
		.capacity = call_number(call, 1),
	};
	int64_t id;

	TRY(venue_add(call->db, &call->act, &draft, &id, err));
	TRY(venue_get(call->db, id, &venue, err));
	printf("%lld\n", (long long)venue.number);
	return 0;
}

/* ---- policy: what `show` tells and `set` takes, row by row ---- */

static const char *holidays_word(int which)
{
	return venue_holidays_name((enum venue_holidays)which);
}

static const char *holidays_shown(int which)
{
	return words_venue_holidays((enum venue_holidays)which);
}

#define POLICY(member) PAIR_AS(#member, struct venue, policy.member)
#define NUMBER(pair)                                      \
	{                                                 \
		pair, .kind = PAIR_NUMBER, .max = 1000000 \
	}
#define FACT(pair)                      \
	{                               \
		pair, .kind = PAIR_FACT \
	}

static const struct pair keys[] = {
	{ PAIR(struct venue, name), .kind = PAIR_TEXT },
	NUMBER(PAIR(struct venue, capacity)),
	FACT(POLICY(is_bookable)),
	FACT(POLICY(is_shared)),
	FACT(POLICY(needs_approval)),
	{ POLICY(holidays), .kind = PAIR_WORD, .word = holidays_word, .shown = holidays_shown,
		.words = VENUE_HOLIDAYS_COUNT },
	NUMBER(POLICY(slot_minutes)),
	NUMBER(POLICY(min_minutes)),
	NUMBER(POLICY(max_minutes)),
	NUMBER(POLICY(notice_minutes)),
	NUMBER(POLICY(ahead_days)),
	NUMBER(POLICY(buffer_minutes)),
	NUMBER(POLICY(window_minutes)),
	NUMBER(POLICY(week_hours)),
	NUMBER(POLICY(month_hours)),
	NUMBER(POLICY(fee)),
	NUMBER(POLICY(deposit)),
	{ PAIR(struct venue, partner), .kind = PAIR_TEXT },
	NUMBER(POLICY(share_percent)),
	{ 0 },
};

static const struct table_column show_columns[] = {
	{ "number", N_("Number"), true },
	{ "code", NC_("label", "Code"), false },
	{ "name", N_("Venue"), false },
	{ "capacity", N_("Capacity"), false },
	{ "is_bookable", N_("Can be booked"), false },
	{ "is_shared", N_("Several parties at once"), false },
	{ "needs_approval", N_("Bookings need a yes"), false },
	{ "holidays", N_("On holidays"), false },
	{ "slot_minutes", N_("Fixed times, minutes"), false },
	{ "min_minutes", N_("Shortest, minutes"), false },
	{ "max_minutes", N_("Longest, minutes"), false },
	{ "notice_minutes", N_("Notice, minutes"), false },
	{ "ahead_days", N_("Ahead, days"), false },
	{ "buffer_minutes", N_("Kept free behind, minutes"), false },
	{ "window_minutes", N_("To sign in, minutes"), false },
	{ "week_hours", N_("Each person, hours a week"), false },
	{ "month_hours", N_("Each person, hours a month"), false },
	{ "fee", N_("Fee, points"), false },
	{ "deposit", N_("Deposit, points"), false },
	{ "partner", N_("Run by"), false },
	{ "share_percent", N_("Share given back, percent"), false },
	{ "hours", NC_("hours", "Open"), false },
	{ "things", N_("Comes with"), false },
};
static_assert(ARRAY_LEN(show_columns) == ARRAY_LEN(keys) - 1 + 4, "a column for each key");

/* "钥匙、遥控器" */
static char *things_text(const struct thing_list *things)
{
	char *text = mem_text("");

	for (int i = 0; i < things->count; i++) {
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, *before ? _(", ") : "", things->rows[i].name);
	}
	return text;
}

static int hours_text(struct db *db, const struct venue *venue, char **ret, struct err *err)
{
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = venue->policy.has_own_hours ? venue_week(db, venue->id, &week, err)
						: hours_week(db, &week, err);
	if (count < 0)
		return count;
	*ret = words_hours_week(week, count);
	return 0;
}

static int show_venue(struct call *call, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(thing_list_finish) struct thing_list things = { 0 };
	CLEANUP(mem_free) char *hours = NULL;
	int64_t id = call_id(call, 0);
	char code[CODE_TEXT_MAX];

	TRY(venue_get(call->db, id, &venue, err));
	TRY(things_of(call->db, id, &things, err));
	TRY(hours_text(call->db, &venue, &hours, err));
	code_write_id(CODE_VENUE, id, code);
	table_number(call->table, venue.number, NULL);
	table_text(call->table, code);
	pairs_table(call->table, keys, &venue);
	CLEANUP(mem_free) char *with = things_text(&things);
	table_text(call->table, hours);
	table_text(call->table, with);
	return 0;
}

static int set_venue(struct call *call, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };

	TRY(venue_get(call->db, call_id(call, 0), &venue, err));
	int r = pairs_read(call, 1, keys, &venue, err);
	if (r != 0)
		return r;
	return venue_edit(call->db, &call->act, &venue, err);
}

/* ---- holidays ---- */

static int load_holidays(struct call *call, struct err *err)
{
	return seed_holidays(
		call->db, &call->act, call_count(call) ? call_operand(call, 0) : NULL, err);
}

static const struct table_column holiday_columns[] = {
	{ "day", N_("Day"), false },
	{ "kind", N_("Kind"), false },
	{ "name", NC_("thing", "Name"), false },
};

static int list_holidays(struct call *call, struct err *err)
{
	struct holiday *days = NULL;

	struct day today = db_today(call->db);
	int count = holidays_between(call->db, today, day_add(today, 366), &days, err);
	if (count < 0)
		return count;
	for (int i = 0; i < count; i++) {
		bool is_work = days[i].kind == HOLIDAY_WORK;
		char on[11];
		day_format(days[i].on, on);
		table_text(call->table, on);
		table_word(call->table, is_work ? "work" : "off",
			is_work ? _("working day") : _("day off"));
		table_text(call->table, days[i].name);
	}
	holidays_finish(days, count);
	return 0;
}

const struct verb venue_verbs[] = {
	{
		.name = "venue add",
		.operands = { { OPERAND_TEXT, .word = NC_("thing", "NAME") },
			{ OPERAND_NUMBER, .word = N_("CAPACITY"), .key = "capacity", .min = 1,
				.max = 100000 } },
		.help = N_("Add a room; prints its number"),
		.takes = VERB_ACT | VERB_KEY,
		.run = add_venue,
	},
	{
		.name = "venue list",
		.help = N_("List rooms and how many people are in them"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = list_venues,
	},
	{
		.name = "venue show",
		.operands = { { OPERAND_VENUE } },
		.help = N_("Tell a room's policy, hours and what comes with it"),
		.takes = VERB_JSON,
		.columns = COLUMNS(show_columns),
		.is_record = true,
		.run = show_venue,
	},
	{
		.name = "venue set",
		.operands = { { OPERAND_VENUE },
			{ OPERAND_TEXT, TIMES_MANY, .word = N_("KEY=VALUE") } },
		.help = N_("Change a room's policy (keys as venue show --json names them)"),
		.takes = VERB_ACT | VERB_KEY,
		.run = set_venue,
	},
	{
		.name = "holiday load",
		.operands = { { OPERAND_FILE, TIMES_MAYBE } },
		.help = N_(
			"Take over a year's holidays and the working days that make up for them"),
		.takes = VERB_ACT | VERB_KEY,
		.run = load_holidays,
	},
	{
		.name = "holiday list",
		.help = N_("List the holidays of the next year"),
		.takes = VERB_JSON,
		.columns = COLUMNS(holiday_columns),
		.run = list_holidays,
	},
	{ 0 },
};
