/* session in|out|list: who is in which room */
#include <stdio.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/venues/session_list.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

static const struct table_column columns[] = {
	{ "venue", N_("Venue"), false },
	{ "name", NC_("room", "Who"), false },
	{ "people", NC_("count", "People"), true },
	{ "in_at", N_("In since"), false },
	{ "booked_until", N_("Booked until"), false },
	{ "is_overstay", N_("Over time"), false },
};

static int who_of(
	struct db *db, const struct session_row *row, bool is_full, char **ret, struct err *err)
{
	if (row->session.resident)
		return who_name(db, row->session.resident, is_full, ret, err);
	*ret = mem_text(*row->body ? row->body : _("without a card"));
	return 0;
}

static int add_row(struct table *table, struct db *db, const struct session_row *row, bool is_full,
	struct err *err)
{
	CLEANUP(mem_free) char *who = NULL;
	int64_t now = db_now(db);
	bool is_over = session_is_overstay(row, now);
	CLEANUP(mem_free) char *in = words_time(row->session.in_at);
	CLEANUP(mem_free)
	char *until = row->booked_until ? words_time(row->booked_until) : NULL;

	TRY(who_of(db, row, is_full, &who, err));
	table_text(table, row->venue_name);
	table_text(table, who);
	table_number(table, row->session.people, NULL);
	table_instant(table, row->session.in_at, in);
	table_instant(table, row->booked_until, until);
	table_fact(table, is_over, is_over ? C_("fact", "yes") : "");
	return 0;
}

static int list_sessions(struct call *call, struct err *err)
{
	CLEANUP(session_rows_finish) struct session_rows list = { 0 };

	TRY(sessions_present(call->db, 0, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_row(call->table, call->db, &list.rows[i], call->is_staff, err));
	return 0;
}

static int tell_until(struct db *db, int64_t id, struct err *err)
{
	struct session session;
	struct entry entry;

	TRY(session_entry(db, id, &session, &entry, err));
	CLEANUP(mem_free) char *until = words_entry(&entry);
	printf("%s\n", until);
	return 0;
}

static int sign_in(struct call *call, struct err *err)
{
	const struct session_request request = {
		.resident = call_id(call, 0),
		.venue = call_id(call, 1),
		.people = call_option_number(call, "people", 0),
		.is_sure = call_has(call, "yes"),
	};
	int64_t id;

	call->act.resident = request.resident;
	TRY(session_open(call->db, &call->act, &request, &id, err));
	return tell_until(call->db, id, err);
}

static int sign_out(struct call *call, struct err *err)
{
	int64_t resident = call_id(call, 0);
	struct session session;

	call->act.resident = resident;
	return session_close(call->db, &call->act, resident, call_has(call, "yes"), &session, err);
}

static const struct verb_option in_options[] = {
	{ "people", { OPERAND_NUMBER, .word = N_("N"), .min = 1, .max = 10000 },
		N_("How many they are; else as booked, or one") },
	{ "yes", NO_VALUE, N_("Although they leave another room, or have booked for later today") },
	{ "override", NO_VALUE, N_("Although the room is closed, full or booked") },
	{ "why", { OPERAND_TEXT }, N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option out_options[] = {
	{ "yes", NO_VALUE, N_("All of those who came together") },
	{ 0 },
};

const struct verb session_verbs[] = {
	{
		.name = "session in",
		.operands = { { OPERAND_CARD }, { OPERAND_VENUE } },
		.help = N_("Sign a resident in to a room, with their booking if they have one"),
		.takes = VERB_ACT | VERB_KEY,
		.options = in_options,
		.run = sign_in,
	},
	{
		.name = "session out",
		.operands = { { OPERAND_CARD } },
		.help = N_("Sign a resident out of the room they are in"),
		.takes = VERB_ACT | VERB_KEY,
		.options = out_options,
		.run = sign_out,
	},
	{
		.name = "session list",
		.help = N_("List who is in which room now"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(columns),
		.run = list_sessions,
	},
	{ 0 },
};
