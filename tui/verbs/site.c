/* site show|set, hours set: the house itself */
#include "core/site/site.h"
#include "core/base/mem.h"
#include "core/site/hours.h"
#include "tui/i18n.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

/* ---- what stands at the head of papers ---- */

static const struct table_column columns[] = {
	{ "name", N_("Name of the house"), false },
	{ "community", N_("Community"), false },
	{ "phone", N_("Phone"), false },
	{ "address", N_("Address"), false },
	{ "motto", N_("Line at the foot"), false },
	{ "hours", N_("Opening hours"), false },
};

static int show_site(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(site_finish) struct site site = { 0 };
	CLEANUP(mem_free) char *hours = NULL;
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(site_get(db, &site, err));
	TRY(hours_week_text(db, &hours, err));
	table_text(table, site.name);
	table_text(table, site.community);
	table_text(table, site.phone);
	table_text(table, site.address);
	table_text(table, site.motto);
	table_text(table, hours);
	table_print_record(table, call_is_json(call));
	return 0;
}

/* An option that is not given leaves what was. */
static const char *given(const struct call *call, const char *option, const char *before)
{
	const char *value = call_option(call, option);

	return value ? value : before;
}

static int set_site(struct call *call, struct err *err)
{
	CLEANUP(site_finish) struct site before = { 0 };
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(site_get(db, &before, err));
	const struct site site = { .name = given(call, "name", before.name),
		.community = given(call, "community", before.community),
		.phone = given(call, "phone", before.phone),
		.address = given(call, "address", before.address),
		.motto = given(call, "motto", before.motto) };
	return site_set(db, &act, &site, err);
}

/* ---- opening hours ---- */

static int set_hours(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *text = call_rest(call, 0);
	CLEANUP(mem_free) struct opening *week = NULL;
	struct act act;
	struct db *db;

	int count = hours_parse(text, &week, err);
	if (count < 0)
		return count;
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	return hours_set(db, &act, week, count, err);
}

static const struct verb_option site_options[] = {
	{ "name", N_("TEXT"), N_("Name of the venue") },
	{ "community", N_("TEXT"), N_("The community that it belongs to") },
	{ "phone", N_("TEXT"), N_("Where to call, as receipts and reminders say") },
	{ "address", N_("TEXT"), N_("Where it is") },
	{ "motto", N_("TEXT"), N_("One line at the foot of papers and of the board") },
	{ 0 },
};

const struct verb site_verbs[] = {
	{
		.name = "site show",
		.usage = "",
		.help = N_("Tell what stands at the head of papers, and the opening hours"),
		.takes = VERB_JSON,
		.run = show_site,
	},
	{
		.name = "site set",
		.usage = "",
		.help = N_("Change it; what no option names stays"),
		.takes = VERB_STAFF | VERB_KEY,
		.options = site_options,
		.run = set_site,
	},
	{
		.name = "hours set",
		.usage = N_("DAYS=FROM-UNTIL…"),
		.help = N_("Set the week's opening hours, such as 1-5=9:00-12:00 6-7=9:00-21:00"),
		.min = 1,
		.max = -1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = set_hours,
	},
	{ 0 },
};
