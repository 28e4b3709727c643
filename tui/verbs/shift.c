/* shift add|list|assign|excuse|return|remove|keep|release|swap|cancel */
#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/duty/assignment.h"
#include "core/duty/reasons.h"
#include "core/duty/shift_gap.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/numbers.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

#define DAYS_SHOWN 7

static const struct table_column columns[] = {
	{ "code", NULL, false },
	{ "start_at", N_("Day"), false },
	{ "end_at", N_("Time"), false },
	{ "name", N_("Shift"), false },
	{ "needed", N_("Needed"), true },
	{ "open_slots", N_("Open places"), true },
	{ "people", NC_("names", "People"), false },
};

/* ---- list ---- */

struct listing {
	struct db *db;
	struct table *table;
	int64_t now;
	bool is_full;
};

static int name_of(const struct listing *l, int64_t resident, char **ret, struct err *err)
{
	return l->is_full ? who_name(l->db, resident, true, ret, err)
			  : resident_wall_name(l->db, resident, ret, err);
}

/* "★陈丽芳、祯叔": as they stand on the wall. */
static int people_of(
	const struct listing *l, const struct shift *shift, char **ret, struct err *err)
{
	CLEANUP(mem_free) char *people = mem_text("");

	for (int i = 0; i < shift->people_count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		TRY(name_of(l, shift->people[i].resident, &name, err));
		CLEANUP(mem_free) char *before = people;
		people = mem_printf("%s%s%s%s", before, *before ? _(", ") : "",
			shift->people[i].is_leader ? "★" : "", name);
	}
	*ret = TAKE(people);
	return 0;
}

static int add_shift_row(const struct listing *l, const struct shift *shift, struct err *err)
{
	CLEANUP(mem_free) char *people = NULL;
	char code[CODE_TEXT_MAX];

	TRY(people_of(l, shift, &people, err));
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift->start_at), when_day(l->now));
	CLEANUP(mem_free) char *span = words_span(shift->start_at, shift->end_at);
	code_write_id(CODE_SHIFT, shift->id, code);
	table_text(l->table, code);
	table_instant(l->table, shift->start_at, day);
	table_instant(l->table, shift->end_at, span);
	table_text(l->table, shift->name);
	table_number(l->table, shift->needed, NULL);
	table_number(l->table, shift_open_slots(shift), NULL);
	table_text(l->table, people);
	return 0;
}

/* Those that begin on `day`: one that runs in from the day before is that day's. */
static int add_day(const struct listing *l, struct day day, struct err *err)
{
	CLEANUP(shift_list_finish) struct shift_list shifts = { 0 };

	TRY(shifts_on(l->db, day, &shifts, err));
	for (int i = 0; i < shifts.count; i++)
		if (day_compare(when_day(shifts.rows[i].start_at), day) == 0)
			TRY(add_shift_row(l, &shifts.rows[i], err));
	return 0;
}

static int list_shifts(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	struct listing l = { .table = table, .now = call_now(call) };
	struct day from;
	const char *on = call_option(call, "on");

	TRY(call_db(call, &l.db, err));
	from = when_day(l.now);
	if (on)
		TRY(day_parse(on, &from, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	l.is_full = staff == 1;
	for (int i = 0; i < (on ? 1 : DAYS_SHOWN); i++)
		TRY(add_day(&l, day_add(from, i), err));
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- add ---- */

/* --leader and --people, "12,15": who stands it. */
static int assign(struct call *call, struct db *db, struct act *act, int64_t shift, int index,
	const char *card, bool is_leader, struct err *err)
{
	struct assignment_draft draft = { .shift = shift, .is_leader = is_leader };
	int64_t id;

	TRY(named_resident(db, card, &draft.resident, err));
	call_key(call, index, act->key);
	return shift_assign(db, act, &draft, &id, err);
}

static int assign_all(
	struct call *call, struct db *db, struct act *act, int64_t shift, struct err *err)
{
	const char *leader = call_option(call, "leader");
	CLEANUP(mem_free) char *people = mem_text(call_option(call, "people"));
	CLEANUP(numbers_finish) struct numbers cards = { 0 };
	char *rest = people;
	int index = 1;

	if (leader)
		TRY(assign(call, db, act, shift, index++, leader, true, err));
	for (char *part; (part = strsep(&rest, ","));)
		TRY(numbers_add(&cards, part, err));
	for (int i = 0; i < cards.count; i++)
		TRY(assign(call, db, act, shift, index++, cards.texts[i], false, err));
	return 0;
}

/* The shift and its people, or nothing. */
static int add_whole(struct call *call, struct db *db, struct act *act,
	const struct shift_draft *draft, int64_t *ret_id, struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;

	TRY(txn_begin(&txn, db, err));
	TRY(shift_add(db, act, draft, ret_id, err));
	TRY(assign_all(call, db, act, *ret_id, err));
	return txn_commit(&txn, err);
}

static int add_shift(struct call *call, struct err *err)
{
	struct shift_draft draft = { .name = call_operand(call, 0) };
	char code[CODE_TEXT_MAX];
	long long needed;
	struct act act;
	struct db *db;
	int64_t id;

	TRY(text_integer(call_operand(call, 3), "needed", 1, 1000, &needed, err));
	draft.needed = needed;
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err)); /* sets the zone that times are read in */
	TRY(when_parse(call_operand(call, 1), &draft.start_at, err));
	TRY(when_parse(call_operand(call, 2), &draft.end_at, err));
	TRY(add_whole(call, db, &act, &draft, &id, err));
	code_write_id(CODE_SHIFT, id, code);
	printf("%s\n", code);
	return 0;
}

/* ---- one place, two that swap, a shift called off ---- */

/* The place that SHIFT and CARD name, these two operands from `index` on; the one that they have
 * left, when it keeps them off. */
static int read_place(
	const struct call *call, struct db *db, int index, struct assignment *ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	int64_t id, resident;

	TRY(named_shift(db, call_operand(call, index), &id, err));
	TRY(named_resident(db, call_operand(call, index + 1), &resident, err));
	TRY(shift_get(db, id, &shift, err));
	const struct assignment *who = shift_assignment_of(&shift, resident);
	if (!who)
		who = shift_kept_off(&shift, resident);
	if (!who)
		return err_set(err, ERR_NOT_FOUND, REASON(ASSIGNMENT_UNKNOWN));
	*ret = *who;
	return 0;
}

/* Says before, which role the shift would be left without, unless it is wanted --anyway. */
static int check_loss(struct call *call, struct db *db, const struct assignment *who, int64_t comes,
	struct err *err)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	CLEANUP(shift_finish) struct shift shift = { 0 };

	TRY(shift_get(db, who->shift, &shift, err));
	TRY(shift_gaps_after(db, &shift, who->id, comes, &gaps, err));
	CLEANUP(mem_free) char *names = shift_gaps_names(&gaps, _(", "));
	if (!names)
		return 0;
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	CLEANUP(mem_free) char *text = mem_printf("%s (%s)", names, span);
	if (!call_has(call, "anyway"))
		return err_set(err, ERR_REFUSED, REASON_TEXT(DUTY_WOULD_LACK, text));
	fprintf(stderr, _("lacking now: %s\n"), text);
	return 0;
}

/* What is done to one place: SHIFT CARD. */
struct placing {
	struct db *db;
	struct act act;
	struct assignment who;
};

/* 0 and the place, 1 when there is nothing more to do, or an error. */
static int begin_placing(struct call *call, struct placing *p, struct err *err)
{
	int r = call_staff(call, &p->act, err);

	if (r != 0)
		return r;
	TRY(call_db(call, &p->db, err));
	TRY(read_place(call, p->db, 0, &p->who, err));
	p->act.resident = p->who.resident;
	return 0;
}

static int excuse_person(struct call *call, struct err *err)
{
	struct placing p = { 0 };
	int r = begin_placing(call, &p, err);

	if (r != 0)
		return r;
	TRY(check_loss(call, p.db, &p.who, 0, err));
	return assignment_excuse(p.db, &p.act, p.who.id, err);
}

static int remove_person(struct call *call, struct err *err)
{
	struct placing p = { 0 };
	int r = begin_placing(call, &p, err);

	if (r != 0)
		return r;
	TRY(check_loss(call, p.db, &p.who, 0, err));
	return assignment_cancel(p.db, &p.act, p.who.id, err);
}

static int keep_person(struct call *call, struct err *err)
{
	struct placing p = { 0 };
	int r = begin_placing(call, &p, err);

	return r != 0 ? r : assignment_lock(p.db, &p.act, p.who.id, true, err);
}

static int let_go(struct call *call, struct err *err)
{
	struct placing p = { 0 };
	int r = begin_placing(call, &p, err);

	if (r != 0)
		return r;
	return p.who.gone_at ? assignment_let_go(p.db, &p.act, p.who.id, err)
			     : assignment_lock(p.db, &p.act, p.who.id, false, err);
}

static int bring_back(struct call *call, struct err *err)
{
	struct placing p = { 0 };
	int64_t id;
	int r = begin_placing(call, &p, err);

	if (r != 0)
		return r;
	TRY(assignment_return(p.db, &p.act, p.who.id, &id, err));
	puts(id ? _("back on the shift") : _("somebody has taken the place meanwhile"));
	return 0;
}

static int assign_person(struct call *call, struct err *err)
{
	struct assignment_draft draft = { 0 };
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_shift(db, call_operand(call, 0), &draft.shift, err));
	TRY(named_resident(db, call_operand(call, 1), &draft.resident, err));
	draft.is_leader = call_has(call, "leads");
	act.resident = draft.resident;
	return shift_assign(db, &act, &draft, &id, err);
}

static int swap_places(struct call *call, struct err *err)
{
	struct assignment one, other;
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(read_place(call, db, 0, &one, err));
	TRY(read_place(call, db, 2, &other, err));
	TRY(check_loss(call, db, &one, other.resident, err));
	TRY(check_loss(call, db, &other, one.resident, err));
	act.resident = one.resident;
	return assignment_swap(db, &act, one.id, other.id, err);
}

static int cancel_shift(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_shift(db, call_operand(call, 0), &id, err));
	return shift_cancel(db, &act, id, err);
}

static const struct verb_option add_options[] = {
	{ "leader", N_("CARD"), N_("Who leads it") },
	{ "people", N_("CARD,CARD"), N_("Who else stands it") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "on", N_("DAY"), N_("Only this day: 2026-11-21; else seven days from today") },
	{ 0 },
};

static const struct verb_option assign_options[] = {
	{ "leads", NULL, N_("As the one who leads it") },
	{ "override", NULL, N_("Although a rule says no") },
	{ "why", N_("TEXT"), N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option loss_options[] = {
	{ "anyway", NULL, N_("Even if the shift is left without a role that it needs") },
	{ 0 },
};

const struct verb shift_verbs[] = {
	{
		.name = "shift add",
		.usage = N_("NAME START END PEOPLE"),
		.help = N_("Add a shift (times as 2026-11-21T14:00); prints its code"),
		.min = 4,
		.max = 4,
		.takes = VERB_STAFF | VERB_KEY,
		.options = add_options,
		.run = add_shift,
	},
	{
		.name = "shift list",
		.usage = "",
		.help = N_("List shifts, who stands them and what is open"),
		.takes = VERB_JSON | VERB_STAFF,
		.options = list_options,
		.run = list_shifts,
	},
	{
		.name = "shift assign",
		.usage = N_("SHIFT CARD"),
		.help = N_("Put somebody on a shift; a plan leaves them there"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.options = assign_options,
		.run = assign_person,
	},
	{
		.name = "shift excuse",
		.usage = N_("SHIFT CARD"),
		.help = N_("Somebody cannot come; no plan puts them on this shift again"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.options = loss_options,
		.run = excuse_person,
	},
	{
		.name = "shift return",
		.usage = N_("SHIFT CARD"),
		.help = N_("Who was excused can come after all"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = bring_back,
	},
	{
		.name = "shift remove",
		.usage = N_("SHIFT CARD"),
		.help = N_("Take somebody off a shift; no plan puts them back"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.options = loss_options,
		.run = remove_person,
	},
	{
		.name = "shift keep",
		.usage = N_("SHIFT CARD"),
		.help = N_("A plan leaves this person on the shift"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = keep_person,
	},
	{
		.name = "shift release",
		.usage = N_("SHIFT CARD"),
		.help = N_("A plan may move this person again, or put them back"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = let_go,
	},
	{
		.name = "shift swap",
		.usage = N_("SHIFT CARD SHIFT CARD"),
		.help = N_("Two people change shifts (a shift as shift list --json has its code)"),
		.min = 4,
		.max = 4,
		.takes = VERB_STAFF | VERB_KEY,
		.options = loss_options,
		.run = swap_places,
	},
	{
		.name = "shift cancel",
		.usage = N_("SHIFT"),
		.help = N_("Call a shift off; those on it are told at their next visit"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = cancel_shift,
	},
	{ 0 },
};
