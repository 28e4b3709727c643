/* venue add|list|show|set, holiday load|list */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/site/holiday.h"
#include "core/site/reasons.h"
#include "core/venues/thing.h"
#include "core/venues/venue_hours.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/seed.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

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
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(venue_list_finish) struct venue_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(venue_list(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		char code[CODE_TEXT_MAX];
		code_write_id(CODE_VENUE, list.rows[i].id, code);
		table_number(table, list.rows[i].number, NULL);
		table_text(table, code);
		table_text(table, list.rows[i].name);
		table_number(table, list.rows[i].capacity, NULL);
		table_number(table, list.rows[i].present, NULL);
	}
	table_print(table, call_is_json(call));
	return 0;
}

static int add_venue(struct call *call, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	struct act act;
	struct db *db;
	long long capacity;
	int64_t id;

	TRY(text_integer(call_operand(call, 1), "capacity", 1, 100000, &capacity, err));
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	const struct venue_draft draft = { .name = call_operand(call, 0), .capacity = capacity };
	TRY(venue_add(db, &act, &draft, &id, err));
	TRY(venue_get(db, id, &venue, err));
	printf("%lld\n", (long long)venue.number);
	return 0;
}

/* ---- policy: what `show` tells and `set` takes, row by row ---- */

enum key_kind { KEY_NUMBER, KEY_FACT, KEY_TEXT, KEY_HOLIDAYS };
struct key_row {
	const char *name, *head; /* head: msgid */
	enum key_kind kind;
	size_t offset; /* in struct venue */
};
#define POLICY(member) offsetof(struct venue, policy) + offsetof(struct venue_policy, member)
static const struct key_row keys[] = {
	{ "name", N_("Venue"), KEY_TEXT, offsetof(struct venue, name) },
	{ "capacity", N_("Capacity"), KEY_NUMBER, offsetof(struct venue, capacity) },
	{ "is_bookable", N_("Can be booked"), KEY_FACT, POLICY(is_bookable) },
	{ "is_shared", N_("Several parties at once"), KEY_FACT, POLICY(is_shared) },
	{ "needs_approval", N_("Bookings need a yes"), KEY_FACT, POLICY(needs_approval) },
	{ "holidays", N_("On holidays"), KEY_HOLIDAYS, POLICY(holidays) },
	{ "slot_minutes", N_("Fixed times, minutes"), KEY_NUMBER, POLICY(slot_minutes) },
	{ "min_minutes", N_("Shortest, minutes"), KEY_NUMBER, POLICY(min_minutes) },
	{ "max_minutes", N_("Longest, minutes"), KEY_NUMBER, POLICY(max_minutes) },
	{ "notice_minutes", N_("Notice, minutes"), KEY_NUMBER, POLICY(notice_minutes) },
	{ "ahead_days", N_("Ahead, days"), KEY_NUMBER, POLICY(ahead_days) },
	{ "buffer_minutes", N_("Kept free behind, minutes"), KEY_NUMBER, POLICY(buffer_minutes) },
	{ "window_minutes", N_("To sign in, minutes"), KEY_NUMBER, POLICY(window_minutes) },
	{ "week_hours", N_("Each person, hours a week"), KEY_NUMBER, POLICY(week_hours) },
	{ "month_hours", N_("Each person, hours a month"), KEY_NUMBER, POLICY(month_hours) },
	{ "fee", N_("Fee, points"), KEY_NUMBER, POLICY(fee) },
	{ "deposit", N_("Deposit, points"), KEY_NUMBER, POLICY(deposit) },
	{ "partner", N_("Run by"), KEY_TEXT, offsetof(struct venue, partner) },
	{ "share_percent", N_("Share given back, percent"), KEY_NUMBER, POLICY(share_percent) },
};

static void *member_of(const struct venue *venue, const struct key_row *key)
{
	return (char *)venue + key->offset;
}

static void show_key(struct table *table, const struct venue *venue, const struct key_row *key)
{
	const void *member = member_of(venue, key);

	switch (key->kind) {
	case KEY_NUMBER:
		table_number(table, *(const int64_t *)member, NULL);
		return;
	case KEY_FACT: {
		bool is_so = *(const bool *)member;
		table_fact(table, is_so, is_so ? C_("fact", "yes") : C_("fact", "no"));
		return;
	}
	case KEY_TEXT:
		table_text(table, *(char *const *)member);
		return;
	case KEY_HOLIDAYS: {
		enum venue_holidays which = *(const enum venue_holidays *)member;
		table_word(table, venue_holidays_name(which), words_venue_holidays(which));
		return;
	}
	}
}

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
	struct table_column shown[ARRAY_LEN(keys) + 4] = { { "number", N_("Number"), true },
		{ "code", NC_("label", "Code"), false } };
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(thing_list_finish) struct thing_list things = { 0 };
	CLEANUP(mem_free) char *hours = NULL;
	char code[CODE_TEXT_MAX];
	struct db *db;
	int64_t id;

	TRY(call_db(call, &db, err));
	TRY(named_venue(db, call_operand(call, 0), &id, err));
	TRY(venue_get(db, id, &venue, err));
	TRY(things_of(db, id, &things, err));
	TRY(hours_text(db, &venue, &hours, err));
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		shown[i + 2] = (struct table_column){ keys[i].name, keys[i].head, false };
	shown[ARRAY_LEN(keys) + 2] = (struct table_column){ "hours", NC_("hours", "Open"), false };
	shown[ARRAY_LEN(keys) + 3] = (struct table_column){ "things", N_("Comes with"), false };
	CLEANUP(table_destroyp) struct table *table = table_create(shown, ARRAY_LEN(shown));
	code_write_id(CODE_VENUE, id, code);
	table_number(table, venue.number, NULL);
	table_text(table, code);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		show_key(table, &venue, &keys[i]);
	CLEANUP(mem_free) char *with = things_text(&things);
	table_text(table, hours);
	table_text(table, with);
	table_print_record(table, call_is_json(call));
	return 0;
}

static int set_text(char **member, const char *value)
{
	free(*member);
	*member = mem_text(value);
	return 0;
}

static int set_holidays(enum venue_holidays *member, const char *value)
{
	for (int i = 0; i < VENUE_HOLIDAYS_COUNT; i++)
		if (strcmp(venue_holidays_name((enum venue_holidays)i), value) == 0) {
			*member = (enum venue_holidays)i;
			return 0;
		}
	return ERR_INVALID;
}

static int set_fact(bool *member, const char *value)
{
	bool is_yes = strcmp(value, "yes") == 0;

	*member = is_yes;
	return is_yes || strcmp(value, "no") == 0 ? 0 : ERR_INVALID;
}

static int set_key(
	struct venue *venue, const struct key_row *key, const char *value, struct err *err)
{
	void *member = member_of(venue, key);
	long long number;
	int r = 0;

	switch (key->kind) {
	case KEY_NUMBER:
		TRY(text_integer(value, key->name, 0, 1000000, &number, err));
		*(int64_t *)member = number;
		break;
	case KEY_FACT:
		r = set_fact(member, value);
		break;
	case KEY_TEXT:
		r = set_text(member, value);
		break;
	case KEY_HOLIDAYS:
		r = set_holidays(member, value);
		break;
	}
	return r < 0 ? err_set(err, ERR_INVALID, REASON_TEXT(SETTING_BAD, key->name)) : 0;
}

/* "capacity=20" */
static int set_from(struct venue *venue, const char *operand, struct err *err)
{
	const char *equals = strchr(operand, '=');
	size_t len = equals ? (size_t)(equals - operand) : 0;

	for (size_t i = 0; equals && i < ARRAY_LEN(keys); i++)
		if (strlen(keys[i].name) == len && strncmp(keys[i].name, operand, len) == 0)
			return set_key(venue, &keys[i], equals + 1, err);
	return err_set(err, ERR_INVALID, REASON_TEXT(SETTING_UNKNOWN, operand));
}

static int set_venue(struct call *call, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_venue(db, call_operand(call, 0), &id, err));
	TRY(venue_get(db, id, &venue, err));
	for (int i = 1; i < call_count(call); i++)
		TRY(set_from(&venue, call_operand(call, i), err));
	return venue_edit(db, &act, &venue, err);
}

/* ---- holidays ---- */

static int load_holidays(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	return seed_holidays(db, &act, call_count(call) ? call_operand(call, 0) : NULL, err);
}

static const struct table_column holiday_columns[] = {
	{ "day", N_("Day"), false },
	{ "kind", N_("Kind"), false },
	{ "name", NC_("thing", "Name"), false },
};

static int list_holidays(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(holiday_columns, ARRAY_LEN(holiday_columns));
	struct holiday *days = NULL;
	struct db *db;

	TRY(call_db(call, &db, err));
	struct day today = db_today(db);
	int count = holidays_between(db, today, day_add(today, 366), &days, err);
	if (count < 0)
		return count;
	for (int i = 0; i < count; i++) {
		bool is_work = days[i].kind == HOLIDAY_WORK;
		char on[11];
		day_format(days[i].on, on);
		table_text(table, on);
		table_word(
			table, is_work ? "work" : "off", is_work ? _("working day") : _("day off"));
		table_text(table, days[i].name);
	}
	holidays_finish(days, count);
	table_print(table, call_is_json(call));
	return 0;
}

const struct verb venue_verbs[] = {
	{
		.name = "venue add",
		.usage = N_("NAME CAPACITY"),
		.help = N_("Add a room; prints its number"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = add_venue,
	},
	{
		.name = "venue list",
		.usage = "",
		.help = N_("List rooms and how many people are in them"),
		.takes = VERB_JSON,
		.run = list_venues,
	},
	{
		.name = "venue show",
		.usage = N_("VENUE"),
		.help = N_("Tell a room's policy, hours and what comes with it"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON,
		.run = show_venue,
	},
	{
		.name = "venue set",
		.usage = N_("VENUE KEY=VALUE…"),
		.help = N_("Change a room's policy (keys as venue show --json names them)"),
		.min = 2,
		.max = -1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = set_venue,
	},
	{
		.name = "holiday load",
		.usage = N_("[FILE]"),
		.help = N_(
			"Take over a year's holidays and the working days that make up for them"),
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = load_holidays,
	},
	{
		.name = "holiday list",
		.usage = "",
		.help = N_("List the holidays of the next year"),
		.takes = VERB_JSON,
		.run = list_holidays,
	},
	{ 0 },
};
