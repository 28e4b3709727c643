/* duty people|leave|sign-in|sign-out: one person's place on a shift. The coordinator's are in
 * shift.c. */
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/reasons.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

static const struct table_column columns[] = {
	{ "shift", NULL, false },
	{ "start_at", N_("Day"), false },
	{ "end_at", N_("Time"), false },
	{ "resident", N_("Resident no."), true },
	{ "name", NC_("person", "Name"), false },
	{ "state", N_("State"), false },
	{ "is_leader", NULL, false },
	{ "is_locked", NULL, false },
	{ "asked_at", NULL, false },
	{ "in_at", NULL, false },
	{ "out_at", NULL, false },
	{ "late_minutes", N_("Late (min)"), true },
	{ "early_minutes", N_("Left early (min)"), true },
};

static const char *const state_words[] = { "pending", "present", "excused", "missed", "cancelled",
	"replaced" };
_Static_assert(ARRAY_LEN(state_words) == ASSIGNMENT_STATE_COUNT, "a word for each state");

/* The person's place on the shift: SHIFT CARD, which are the operands of all. */
static int place_id(const struct call *call, int64_t *ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };

	TRY(shift_get(call->db, call_id(call, 0), &shift, err));
	const struct assignment *who = shift_assignment_of(&shift, call_id(call, 1));
	if (!who)
		return err_set(err, ERR_NOT_FOUND, REASON(ASSIGNMENT_UNKNOWN));
	*ret = who->id;
	return 0;
}

static void add_shift_cells(struct call *call, const struct shift *shift)
{
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift->start_at), db_today(call->db));
	CLEANUP(mem_free) char *span = words_span(shift->start_at, shift->end_at);
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_SHIFT, shift->id, code);
	table_text(call->table, code);
	table_instant(call->table, shift->start_at, day);
	table_instant(call->table, shift->end_at, span);
}

static int add_place(struct call *call, const struct shift *shift, const struct assignment *place,
	struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct table *table = call->table;
	struct resident resident;

	TRY(resident_get(call->db, place->resident, &resident, err));
	TRY(who_name(call->db, place->resident, true, &name, err));
	add_shift_cells(call, shift);
	table_number(table, resident.number, NULL);
	table_text(table, name);
	table_word(table, state_words[place->state], words_assignment_state(place->state));
	table_fact(table, place->is_leader, NULL);
	table_fact(table, place->is_locked, NULL);
	table_instant(table, place->asked_at, NULL);
	table_instant(table, place->in_at, NULL);
	table_instant(table, place->out_at, NULL);
	table_id(table, attendance_late(shift, place));
	table_id(table, attendance_early(shift, place));
	return 0;
}

static int tell(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct assignment place;

	TRY(assignment_get(call->db, id, &place, err));
	TRY(shift_get(call->db, place.shift, &shift, err));
	return add_place(call, &shift, &place, err);
}

/* ---- who ---- */

/* Who is on it, then who was. Who missed a shift or came late is for staff to know. */
static int list_people(struct call *call, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };

	TRY(shift_get(call->db, call_id(call, 0), &shift, err));
	for (int i = 0; i < shift.people_count; i++)
		TRY(add_place(call, &shift, &shift.people[i], err));
	for (int i = 0; i < shift.gone_count; i++)
		TRY(add_place(call, &shift, &shift.gone[i], err));
	return 0;
}

/* ---- "I can't come" ---- */

/* To somebody by name, or looked for. */
static int leave(struct call *call, struct err *err)
{
	struct handing_over over = { .to = call_option_id(call, "to", 0) };

	call->act.resident = call_id(call, 1);
	TRY(place_id(call, &over.assignment, err));
	int64_t id = over.assignment;
	TRY(over.to ? assignment_hand_over(call->db, &call->act, &over, &id, err)
		    : assignment_ask(call->db, &call->act, id, err));
	return tell(call, id, err);
}

/* ---- there ---- */

static int attend(struct call *call,
	int (*how)(struct db *, const struct act *, int64_t shift, int64_t resident, struct err *),
	struct err *err)
{
	int64_t id;

	call->act.resident = call_id(call, 1);
	TRY(how(call->db, &call->act, call_id(call, 0), call_id(call, 1), err));
	TRY(place_id(call, &id, err));
	return tell(call, id, err);
}

static int sign_in(struct call *call, struct err *err)
{
	return attend(call, attendance_in, err);
}

static int sign_out(struct call *call, struct err *err)
{
	return attend(call, attendance_out, err);
}

static const struct verb_option leave_options[] = {
	{ "to", { OPERAND_CARD }, N_("Handed over to this volunteer") },
	{ 0 },
};

#define ROW(name_, help_, run_, options_)                                                          \
	{                                                                                          \
		.name = name_, .operands = { { OPERAND_SHIFT }, { OPERAND_CARD } }, .help = help_, \
		.takes = VERB_JSON | VERB_ACT | VERB_KEY, .options = options_,                     \
		.columns = COLUMNS(columns), .run = run_,                                          \
	}

const struct verb duty_people_verbs[] = {
	{
		.name = "duty people",
		.operands = { { OPERAND_SHIFT } },
		.help = N_("List who is or was on a shift, when they came and left, and how many"
			   " minutes late or early"),
		.takes = VERB_JSON | VERB_ACT,
		.columns = COLUMNS(columns),
		.run = list_people,
	},
	ROW("duty leave", N_("Somebody cannot come: handed over, or a stand-in is looked for"),
		leave, leave_options),
	ROW("duty sign-in", N_("Somebody is there for a shift"), sign_in, NULL),
	ROW("duty sign-out", N_("Somebody leaves a shift: the time is put on record"), sign_out,
		NULL),
	{ 0 },
};
