/* shift add|list|assign|excuse|return|remove|keep|release|swap|cancel */
#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/reasons.h"
#include "core/duty/shift_acts.h"
#include "core/duty/shift_gap.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/named.h"
#include "tui/verbs/numbers.h"
#include "tui/verbs/table.h"
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

static int name_of(struct call *call, int64_t resident, char **ret, struct err *err)
{
	return call->is_staff ? who_name(call->db, resident, true, ret, err)
			      : resident_wall_name(call->db, resident, ret, err);
}

/* "★陈丽芳、祯叔": as on the wall. */
static int people_of(struct call *call, const struct shift *shift, char **ret, struct err *err)
{
	CLEANUP(mem_free) char *people = mem_text("");

	for (int i = 0; i < shift->people_count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		TRY(name_of(call, shift->people[i].resident, &name, err));
		CLEANUP(mem_free) char *before = people;
		people = mem_printf("%s%s%s%s", before, *before ? _(", ") : "",
			shift->people[i].is_leader ? "★" : "", name);
	}
	*ret = TAKE(people);
	return 0;
}

static int add_shift_row(struct call *call, const struct shift *shift, struct err *err)
{
	CLEANUP(mem_free) char *people = NULL;
	char code[CODE_TEXT_MAX];

	TRY(people_of(call, shift, &people, err));
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift->start_at), db_today(call->db));
	CLEANUP(mem_free) char *span = words_span(shift->start_at, shift->end_at);
	code_write_id(CODE_SHIFT, shift->id, code);
	table_text(call->table, code);
	table_instant(call->table, shift->start_at, day);
	table_instant(call->table, shift->end_at, span);
	table_text(call->table, shift->name);
	table_number(call->table, shift->needed, NULL);
	table_number(call->table, shift_open_slots(shift), NULL);
	table_text(call->table, people);
	return 0;
}

/* Those that begin on `day`: one that runs in from the day before belongs to that day. */
static int add_day(struct call *call, struct day day, struct err *err)
{
	CLEANUP(shift_list_finish) struct shift_list shifts = { 0 };

	TRY(shifts_on(call->db, day, &shifts, err));
	for (int i = 0; i < shifts.count; i++)
		if (day_compare(when_day(shifts.rows[i].start_at), day) == 0)
			TRY(add_shift_row(call, &shifts.rows[i], err));
	return 0;
}

static int list_shifts(struct call *call, struct err *err)
{
	struct day from = call_option_day(call, "on", db_today(call->db));
	int days = call_has(call, "on") ? 1 : DAYS_SHOWN;

	for (int i = 0; i < days; i++)
		TRY(add_day(call, day_add(from, i), err));
	return 0;
}

/* ---- add ---- */

/* --leader and --people, "12,15": who serves it. */
static int assign(
	struct call *call, int index, const struct assignment_draft *draft, struct err *err)
{
	int64_t id;

	call_key(call, index);
	return shift_assign(call->db, &call->act, draft, &id, err);
}

static int assign_all(struct call *call, int64_t shift, struct err *err)
{
	struct assignment_draft draft = {
		.shift = shift, .resident = call_option_id(call, "leader", 0), .is_leader = true
	};
	CLEANUP(mem_free) char *people = mem_text(call_option(call, "people"));
	CLEANUP(numbers_finish) struct numbers cards = { 0 };
	char *rest = people;
	int index = 1;

	if (draft.resident)
		TRY(assign(call, index++, &draft, err));
	draft.is_leader = false;
	for (char *part; (part = strsep(&rest, ","));)
		TRY(numbers_add(&cards, part, err));
	for (int i = 0; i < cards.count; i++) {
		TRY(named_resident(call->db, cards.texts[i], &draft.resident, err));
		TRY(assign(call, index++, &draft, err));
	}
	return 0;
}

/* The shift and its people, or nothing. */
static int add_whole(
	struct call *call, const struct shift_draft *draft, int64_t *ret_id, struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;

	TRY(txn_begin(&txn, call->db, err));
	TRY(shift_add(call->db, &call->act, draft, ret_id, err));
	TRY(assign_all(call, *ret_id, err));
	return txn_commit(&txn, err);
}

static int add_shift(struct call *call, struct err *err)
{
	const struct shift_draft draft = {
		.name = call_operand(call, 0),
		.start_at = call_time(call, 1),
		.end_at = call_time(call, 2),
		.needed = call_number(call, 3),
	};
	char code[CODE_TEXT_MAX];
	int64_t id;

	TRY(add_whole(call, &draft, &id, err));
	code_write_id(CODE_SHIFT, id, code);
	printf("%s\n", code);
	return 0;
}

/* ---- one place, two that swap, a shift called off ---- */

/* The place that SHIFT and CARD name, these two operands from `index` on; or the one that they have
 * left, if it keeps them off. */
static int read_place(const struct call *call, int index, struct assignment *ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	int64_t id, resident;

	TRY(named_shift(call->db, call_operand(call, index), &id, err));
	TRY(named_resident(call->db, call_operand(call, index + 1), &resident, err));
	TRY(shift_get(call->db, id, &shift, err));
	const struct assignment *who = shift_assignment_of(&shift, resident);
	if (!who)
		who = shift_kept_off(&shift, resident);
	if (!who)
		return err_set(err, ERR_NOT_FOUND, REASON(ASSIGNMENT_UNKNOWN));
	*ret = *who;
	return 0;
}

/* Says first which role the shift would lack, unless --anyway is given. */
static int check_loss(
	struct call *call, const struct assignment *who, int64_t comes, struct err *err)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	CLEANUP(shift_finish) struct shift shift = { 0 };

	TRY(shift_get(call->db, who->shift, &shift, err));
	TRY(shift_gaps_after(
		call->db, &shift, &(struct shift_change){ who->id, comes }, &gaps, err));
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
static int begin(struct call *call, struct assignment *ret, struct err *err)
{
	call->act.resident = call_id(call, 1);
	return read_place(call, 0, ret, err);
}

static int excuse_person(struct call *call, struct err *err)
{
	struct assignment who;

	TRY(begin(call, &who, err));
	TRY(check_loss(call, &who, 0, err));
	return assignment_excuse(call->db, &call->act, who.id, err);
}

static int remove_person(struct call *call, struct err *err)
{
	struct assignment who;

	TRY(begin(call, &who, err));
	TRY(check_loss(call, &who, 0, err));
	return assignment_cancel(call->db, &call->act, who.id, err);
}

static int keep_person(struct call *call, struct err *err)
{
	struct assignment who;

	TRY(begin(call, &who, err));
	return assignment_lock(call->db, &call->act, who.id, true, err);
}

static int let_go(struct call *call, struct err *err)
{
	struct assignment who;

	TRY(begin(call, &who, err));
	return who.gone_at ? assignment_let_go(call->db, &call->act, who.id, err)
			   : assignment_lock(call->db, &call->act, who.id, false, err);
}

static int bring_back(struct call *call, struct err *err)
{
	struct assignment who;
	int64_t id;

	TRY(begin(call, &who, err));
	TRY(assignment_return(call->db, &call->act, who.id, &id, err));
	puts(id ? _("back on the shift") : _("somebody has taken the place meanwhile"));
	return 0;
}

static int assign_person(struct call *call, struct err *err)
{
	const struct assignment_draft draft = {
		.shift = call_id(call, 0),
		.resident = call_id(call, 1),
		.is_leader = call_has(call, "leads"),
	};
	int64_t id;

	call->act.resident = draft.resident;
	return shift_assign(call->db, &call->act, &draft, &id, err);
}

static int swap_places(struct call *call, struct err *err)
{
	struct assignment one, other;

	TRY(read_place(call, 0, &one, err));
	TRY(read_place(call, 2, &other, err));
	TRY(check_loss(call, &one, other.resident, err));
	TRY(check_loss(call, &other, one.resident, err));
	call->act.resident = one.resident;
	return assignment_swap(call->db, &call->act, one.id, other.id, err);
}

static int cancel_shift(struct call *call, struct err *err)
{
	return shift_cancel(call->db, &call->act, call_id(call, 0), err);
}

static const struct verb_option add_options[] = {
	{ "leader", { OPERAND_CARD }, N_("Who leads it") },
	{ "people", { OPERAND_TEXT, .word = N_("CARD,CARD") }, N_("Who else stands it") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "on", { OPERAND_DAY }, N_("Only this day: 2026-11-21; else seven days from today") },
	{ 0 },
};

static const struct verb_option assign_options[] = {
	{ "leads", NO_VALUE, N_("As the one who leads it") },
	{ "override", NO_VALUE, N_("Although a rule says no") },
	{ "why", { OPERAND_TEXT }, N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option loss_options[] = {
	{ "anyway", NO_VALUE, N_("Even if the shift is left without a role that it needs") },
	{ 0 },
};

const struct verb shift_verbs[] = {
	{
		.name = "shift add",
		.operands = { { OPERAND_TEXT, .word = NC_("thing", "NAME") },
			{ OPERAND_TIME, .word = N_("START") }, { OPERAND_TIME, .word = N_("END") },
			{ OPERAND_NUMBER, .word = N_("PEOPLE"), .key = "needed", .min = 1,
				.max = 1000 } },
		.help = N_("Add a shift (times as 2026-11-21T14:00); prints its code"),
		.takes = VERB_ACT | VERB_KEY,
		.options = add_options,
		.run = add_shift,
	},
	{
		.name = "shift list",
		.help = N_("List shifts, who stands them and what is open"),
		.takes = VERB_JSON | VERB_NAMES,
		.options = list_options,
		.columns = COLUMNS(columns),
		.run = list_shifts,
	},
	{
		.name = "shift assign",
		.operands = { { OPERAND_SHIFT }, { OPERAND_CARD } },
		.help = N_("Put somebody on a shift; a plan leaves them there"),
		.takes = VERB_ACT | VERB_KEY,
		.options = assign_options,
		.run = assign_person,
	},
	{
		.name = "shift excuse",
		.operands = { { OPERAND_SHIFT }, { OPERAND_CARD } },
		.help = N_("Somebody cannot come; no plan puts them on this shift again"),
		.takes = VERB_ACT | VERB_KEY,
		.options = loss_options,
		.run = excuse_person,
	},
	{
		.name = "shift return",
		.operands = { { OPERAND_SHIFT }, { OPERAND_CARD } },
		.help = N_("Who was excused can come after all"),
		.takes = VERB_ACT | VERB_KEY,
		.run = bring_back,
	},
	{
		.name = "shift remove",
		.operands = { { OPERAND_SHIFT }, { OPERAND_CARD } },
		.help = N_("Take somebody off a shift; no plan puts them back"),
		.takes = VERB_ACT | VERB_KEY,
		.options = loss_options,
		.run = remove_person,
	},
	{
		.name = "shift keep",
		.operands = { { OPERAND_SHIFT }, { OPERAND_CARD } },
		.help = N_("A plan leaves this person on the shift"),
		.takes = VERB_ACT | VERB_KEY,
		.run = keep_person,
	},
	{
		.name = "shift release",
		.operands = { { OPERAND_SHIFT }, { OPERAND_CARD } },
		.help = N_("A plan may move this person again, or put them back"),
		.takes = VERB_ACT | VERB_KEY,
		.run = let_go,
	},
	{
		.name = "shift swap",
		.operands = { { OPERAND_SHIFT }, { OPERAND_CARD }, { OPERAND_SHIFT },
			{ OPERAND_CARD } },
		.help = N_("Two people change shifts (a shift as shift list --json has its code)"),
		.takes = VERB_ACT | VERB_KEY,
		.options = loss_options,
		.run = swap_places,
	},
	{
		.name = "shift cancel",
		.operands = { { OPERAND_SHIFT } },
		.help = N_("Call a shift off; those on it are told at their next visit"),
		.takes = VERB_ACT | VERB_KEY,
		.run = cancel_shift,
	},
	{ 0 },
};
