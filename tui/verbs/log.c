/* log: who did what to whom */
#include "core/audit/log.h"

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/people/staff.h"
#include "core/words.h"
#include "core/words_log.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
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

static int add_person(struct call *call, int64_t id, int64_t *ret_number, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident = { 0 };

	if (id) {
		TRY(resident_get(call->db, id, &resident, err));
		TRY(who_name(call->db, id, call->is_staff, &name, err));
	}
	table_text(call->table, name);
	*ret_number = resident.number;
	return 0;
}

static int add_entry(struct call *call, const struct log_entry *e, struct err *err)
{
	/* Free text is for coordinators. */
	bool has_why = call->is_staff && call->act.role >= ROLE_COORDINATOR;
	int64_t now = db_now(call->db), number;
	CLEANUP(mem_free) char *at = words_instant_paper(e->recorded_at, now);
	CLEANUP(mem_free) char *words = what_words(e);
	CLEANUP(mem_free) char *actor = NULL;
	CLEANUP(mem_free) char *approver = NULL;

	TRY(staff_code(call->db, e->actor, &actor, err));
	TRY(staff_code(call->db, e->approver, &approver, err));
	table_number(call->table, e->seq, NULL);
	table_instant(call->table, e->recorded_at, at);
	table_word(call->table, actor, actor ? actor : words_role(e->role));
	table_text(call->table, words);
	TRY(add_person(call, e->resident, &number, err));
	table_text(call->table, has_why && *e->why ? e->why : NULL);
	table_text(call->table, e->kind_name);
	table_text(call->table, *e->subject ? e->subject : NULL);
	table_instant(call->table, e->occurred_at, NULL);
	table_text(call->table, role_name(e->role));
	table_text(call->table, approver);
	table_id(call->table, number);
	table_id(call->table, e->undoes);
	table_fact(call->table, e->is_undone, NULL);
	return 0;
}

/* ---- the filter ---- */

struct wanted {
	struct log_filter filter;
	struct log_kinds kinds;
	struct day from, until;
};

/* People who have moved away have left their acts. */
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

/* --on, or --since and --until. */
static void read_days(struct call *call, struct wanted *w)
{
	bool is_one = call_has(call, "on");
	const char *since = is_one ? "on" : "since", *until = is_one ? "on" : "until";

	w->from = call_option_day(call, since, (struct day){ 0 });
	w->until = call_option_day(call, until, (struct day){ 0 });
	w->filter.from = call_has(call, since) ? &w->from : NULL;
	w->filter.until = call_has(call, until) ? &w->until : NULL;
}

static int read_wanted(struct call *call, struct wanted *w, struct err *err)
{
	const char *card = call_option(call, "card"), *kind = call_option(call, "kind");

	if (card)
		TRY(read_person(call->db, card, &w->filter.resident, err));
	if (kind && log_kinds_parse(kind, &w->kinds, err) < 0)
		return call_usage(call,
			_("there is no kind of act named %s; there are lending, things, people, "
			  "rooms, duty, points and house, and those that --json has as \"kind\""),
			kind);
	w->filter.kinds = kind ? &w->kinds : NULL;
	w->filter.item = call_option_id(call, "item", 0);
	w->filter.staff = call_option_id(call, "by", 0);
	w->filter.limit = (int)call_option_number(call, "limit", LIMIT);
	read_days(call, w);
	return 0;
}

static int show_log(struct call *call, struct err *err)
{
	CLEANUP(log_list_finish) struct log_list list = { 0 };
	struct wanted wanted = { 0 };

	int r = read_wanted(call, &wanted, err);
	if (r != 0)
		return r;
	TRY(log_read(call->db, &wanted.filter, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_entry(call, &list.rows[i], err));
	return 0;
}

static const struct verb_option options[] = {
	{ "card", { OPERAND_TEXT, .word = N_("CARD") },
		N_("Only what was done by, for or about this resident") },
	{ "item", { OPERAND_ITEM }, N_("Only what was done with this thing") },
	{ "by", { OPERAND_STAFF }, N_("Only what this member of staff did or approved") },
	{ "kind", { OPERAND_TEXT, .word = N_("KIND") },
		N_("Only acts such as loan, loan.open; or lending, things, people, rooms, duty, "
		   "points, house") },
	{ "on", { OPERAND_DAY }, N_("Only what was recorded on that day") },
	{ "since", { OPERAND_DAY }, N_("From this day on") },
	{ "until", { OPERAND_DAY }, N_("Up to this day") },
	{ "limit", { OPERAND_NUMBER, .word = NC_("amount", "NUMBER"), .min = 1, .max = LIMIT_MAX },
		N_("At most so many, the latest; else 100") },
	{ 0 },
};

const struct verb log_verbs[] = {
	{
		.name = "log",
		.help = N_("List who did what to whom, the latest first"),
		.takes = VERB_JSON | VERB_NAMES,
		.options = options,
		.columns = COLUMNS(columns),
		.run = show_log,
	},
	{ 0 },
};
