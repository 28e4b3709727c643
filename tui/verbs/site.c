/* site show|set, hours set: the house itself */
#include "core/site/site.h"
#include "core/base/mem.h"
#include "core/site/hours.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

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
	CLEANUP(site_finish) struct site site = { 0 };
	CLEANUP(mem_free) char *hours = NULL;

	TRY(site_get(call->db, &site, err));
	TRY(hours_week_text(call->db, &hours, err));
	table_text(call->table, site.name);
	table_text(call->table, site.community);
	table_text(call->table, site.phone);
	table_text(call->table, site.address);
	table_text(call->table, site.motto);
	table_text(call->table, hours);
	return 0;
}

/* An option that is not given leaves the value. */
static const char *given(const struct call *call, const char *option, const char *before)
{
	const char *value = call_option(call, option);

	return value ? value : before;
}

static int set_site(struct call *call, struct err *err)
{
	CLEANUP(site_finish) struct site before = { 0 };

	TRY(site_get(call->db, &before, err));
	const struct site site = { .name = given(call, "name", before.name),
		.community = given(call, "community", before.community),
		.phone = given(call, "phone", before.phone),
		.address = given(call, "address", before.address),
		.motto = given(call, "motto", before.motto) };
	return site_set(call->db, &call->act, &site, err);
}

/* ---- opening hours ---- */

static int set_hours(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *text = call_rest(call, 0);
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = hours_parse(text, &week, err);
	if (count < 0)
		return count;
	return hours_set(call->db, &call->act, week, count, err);
}

static const struct verb_option site_options[] = {
	{ "name", { OPERAND_TEXT }, N_("Name of the venue") },
	{ "community", { OPERAND_TEXT }, N_("The community that it belongs to") },
	{ "phone", { OPERAND_TEXT }, N_("Where to call, as receipts and reminders say") },
	{ "address", { OPERAND_TEXT }, N_("Where it is") },
	{ "motto", { OPERAND_TEXT }, N_("One line at the foot of papers and of the board") },
	{ 0 },
};

const struct verb site_verbs[] = {
	{
		.name = "site show",
		.help = N_("Tell what stands at the head of papers, and the opening hours"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = show_site,
	},
	{
		.name = "site set",
		.help = N_("Change it; what no option names stays"),
		.takes = VERB_ACT | VERB_KEY,
		.options = site_options,
		.run = set_site,
	},
	{
		.name = "hours set",
		.operands = { { OPERAND_TEXT, TIMES_MANY, .word = N_("DAYS=FROM-UNTIL") } },
		.help = N_("Set the week's opening hours, such as 1-5=9:00-12:00 6-7=9:00-21:00"),
		.takes = VERB_ACT | VERB_KEY,
		.run = set_hours,
	},
	{ 0 },
};
