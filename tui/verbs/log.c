/* log: who did what to whom */
#include "core/audit/log.h"

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/people/staff.h"
#include "core/words.h"
#include "core/words_log.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

#define LIMIT     100
#define LIMIT_MAX 100000

static const struct table_column columns[] = {
	{ "number", N_("Row"), true },
	{ "recorded_at", N_("When"), false },
	{ "staff", NC_("log", "By"), false },
	{ "words", N_("What"), false },
	{ "name", N_("For or about"), false },
	{ "why", N_("Why"), false },
	{ "kind", NULL, false },
	{ "about", NULL, false },
	{ "occurred_at", NULL, false },
	{ "role", NULL, false },
	{ "approver", NULL, false },
	{ "resident", NULL, true },
	{ "undoes", NULL, true },
	{ "is_undone", NULL, false },
};

static const char *const role_names[ROLE_COUNT] = { "none", "resident", "volunteer", "coordinator",
	"admin", "system" };

static const char *role_name(enum role role)
{
	return role == ROLE_SERVICE ? "service" : role_names[role];
}

/* What this reader may see. */
struct reader {
	struct db *db;
	bool has_names; /* in full; else masked */
	bool has_why;   /* free text is for those in charge */
};

static int staff_code(struct db *db, int64_t id, char **ret, struct err *err)
{
	struct staff staff;

	*ret = NULL;
	if (id == 0)
		return 0;
	TRY(staff_get(db, id, &staff, err));
	*ret = mem_text(staff.code);
	return 0;
}

static char *what_words(const struct log_entry *e)
{
	CLEANUP(mem_free)
	char *words =
		e->kind == ACT_KIND_COUNT ? mem_text(e->kind_name) : words_act(e->kind, e->subject);

	return e->is_undone ? mem_printf(_("%s (taken back)"), words) : TAKE(words);
}

static int add_person(struct table *table, const struct reader *reader, int64_t id,
	int64_t *ret_number, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident = { 0 };

	if (id) {
		TRY(resident_get(reader->db, id, &resident, err));
		TRY(who_name(reader->db, id, reader->has_names, &name, err));
	}
	table_text(table, name);
	*ret_number = resident.number;
	return 0;
}

static int add_entry(struct table *table, const struct reader *reader, const struct log_entry *e,
	struct err *err)
{
	int64_t now = db_now(reader->db), number;
	CLEANUP(mem_free) char *at = words_instant_paper(e->recorded_at, now);
	CLEANUP(mem_free) char *words = what_words(e);
	CLEANUP(mem_free) char *actor = NULL;
	CLEANUP(mem_free) char *approver = NULL;

	TRY(staff_code(reader->db, e->actor, &actor, err));
	TRY(staff_code(reader->db, e->approver, &approver, err));
	table_number(table, e->seq, NULL);
	table_instant(table, e->recorded_at, at);
	table_word(table, actor, actor ? actor : words_role(e->role));
	table_text(table, words);
	TRY(add_person(table, reader, e->resident, &number, err));
	table_text(table, reader->has_why && *e->why ? e->why : NULL);
	table_text(table, e->kind_name);
	table_text(table, *e->subject ? e->subject : NULL);
	table_instant(table, e->occurred_at, NULL);
	table_text(table, role_name(e->role));
	table_text(table, approver);
	table_id(table, number);
	table_id(table, e->undoes);
	table_fact(table, e->is_undone, NULL);
	return 0;
}

/* ---- the filter ---- */

struct wanted {
	struct log_filter filter;
	struct log_kinds kinds;
	struct day from, until;
};

/* Who has moved away has left what they did. */
static int read_person(struct db *db, const char *text, int64_t *ret, struct err *err)
{
	struct resident resident;
	struct err ignored = { 0 };
	long long number;

	if (text_integer(text, "number", 1, INT32_MAX, &number, &ignored) < 0)
		return named_resident(db, text, ret, err);
	TRY(resident_by_number(db, number, &resident, err));
	*ret = resident.id;
	return 0;
}

static int read_days(struct call *call, struct wanted *w, struct err *err)
{
	const char *on = call_option(call, "on"), *since = call_option(call, "since"),
		   *until = call_option(call, "until");

	if (on)
		since = until = on;
	if (since) {
		TRY(day_parse(since, &w->from, err));
		w->filter.from = &w->from;
	}
	if (until) {
		TRY(day_parse(until, &w->until, err));
		w->filter.until = &w->until;
	}
	return 0;
}

static int read_wanted(struct call *call, struct db *db, struct wanted *w, struct err *err)
{
	const char *card = call_option(call, "card"), *item = call_option(call, "item"),
		   *by = call_option(call, "by"), *kind = call_option(call, "kind"),
		   *limit = call_option(call, "limit");
	struct staff staff;
	long long most = LIMIT;

	if (card)
		TRY(read_person(db, card, &w->filter.resident, err));
	if (item)
		TRY(named_item(db, item, &w->filter.item, err));
	if (by) {
		TRY(staff_by_code(db, by, &staff, err));
		w->filter.staff = staff.id;
	}
	if (kind && log_kinds_parse(kind, &w->kinds, err) < 0)
		return call_usage(call,
			_("there is no kind of act named %s; there are lending, things, people, "
			  "rooms, duty, points and house, and those that --json has as \"kind\""),
			kind);
	w->filter.kinds = kind ? &w->kinds : NULL;
	if (limit)
		TRY(text_integer(limit, "limit", 1, LIMIT_MAX, &most, err));
	w->filter.limit = (int)most;
	return read_days(call, w, err);
}

static int read_reader(struct call *call, struct reader *ret, struct err *err)
{
	struct act act;

	TRY(call_db(call, &ret->db, err));
	int staff = call_is_staff(call, err);
	if (staff != 1)
		return staff;
	TRY(call_staff(call, &act, err));
	ret->has_names = true;
	ret->has_why = act.role >= ROLE_COORDINATOR;
	return 0;
}

static int show_log(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(log_list_finish) struct log_list list = { 0 };
	struct reader reader = { 0 };
	struct wanted wanted = { 0 };

	int r = read_reader(call, &reader, err);
	if (r != 0)
		return r;
	r = read_wanted(call, reader.db, &wanted, err);
	if (r != 0)
		return r;
	TRY(log_read(reader.db, &wanted.filter, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_entry(table, &reader, &list.rows[i], err));
	table_print(table, call_is_json(call));
	return 0;
}

static const struct verb_option options[] = {
	{ "card", N_("CARD"), N_("Only what was done by, for or about this resident") },
	{ "item", N_("ITEM"), N_("Only what was done with this thing") },
	{ "by", N_("STAFF"), N_("Only what this member of staff did or approved") },
	{ "kind", N_("KIND"),
		N_("Only acts such as loan, loan.open; or lending, things, people, rooms, duty, "
		   "points, house") },
	{ "on", N_("DAY"), N_("Only what was recorded on that day") },
	{ "since", N_("DAY"), N_("From this day on") },
	{ "until", N_("DAY"), N_("Up to this day") },
	{ "limit", N_("NUMBER"), N_("At most so many, the latest; else 100") },
	{ 0 },
};

const struct verb log_verbs[] = {
	{
		.name = "log",
		.usage = "",
		.help = N_("List who did what to whom, the latest first"),
		.takes = VERB_JSON | VERB_STAFF,
		.options = options,
		.run = show_log,
	},
	{ 0 },
};
