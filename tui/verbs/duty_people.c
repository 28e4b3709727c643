/* duty leave|sign-in|sign-out: one person's place on a shift. The coordinator's are in shift.c. */
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/reasons.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
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
};

static const char *const state_words[] = { "pending", "present", "excused", "missed", "cancelled",
	"replaced" };
_Static_assert(ARRAY_LEN(state_words) == ASSIGNMENT_STATE_COUNT, "a word for each state");

/* Whom and which shift the act is about: SHIFT CARD, the first two operands. */
struct place {
	struct call *call;
	struct db *db;
	struct act act;
	int64_t shift, resident;
};

static int begin(struct place *p, struct call *call, struct err *err)
{
	*p = (struct place){ .call = call };
	int r = call_act(call, &p->act, &p->db, err);
	if (r != 0)
		return r;
	TRY(named_shift(p->db, call_operand(call, 0), &p->shift, err));
	TRY(named_resident(p->db, call_operand(call, 1), &p->resident, err));
	p->act.resident = p->resident;
	return 0;
}

/* The place that the person has on the shift. */
static int place_id(const struct place *p, int64_t *ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };

	TRY(shift_get(p->db, p->shift, &shift, err));
	const struct assignment *who = shift_assignment_of(&shift, p->resident);
	if (!who)
		return err_set(err, ERR_NOT_FOUND, REASON(ASSIGNMENT_UNKNOWN));
	*ret = who->id;
	return 0;
}

static int tell(const struct place *p, int64_t id, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	struct assignment place;
	struct resident resident;
	char code[CODE_TEXT_MAX];

	TRY(assignment_get(p->db, id, &place, err));
	TRY(shift_get(p->db, place.shift, &shift, err));
	TRY(resident_get(p->db, place.resident, &resident, err));
	TRY(who_name(p->db, place.resident, true, &name, err));
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift.start_at), db_today(p->db));
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	code_write_id(CODE_SHIFT, shift.id, code);
	table_text(table, code);
	table_instant(table, shift.start_at, day);
	table_instant(table, shift.end_at, span);
	table_number(table, resident.number, NULL);
	table_text(table, name);
	table_word(table, state_words[place.state], words_assignment_state(place.state));
	table_fact(table, place.is_leader, NULL);
	table_fact(table, place.is_locked, NULL);
	table_instant(table, place.asked_at, NULL);
	table_instant(table, place.in_at, NULL);
	table_instant(table, place.out_at, NULL);
	table_print(table, call_is_json(p->call));
	return 0;
}

/* ---- "I can't come" ---- */

/* To somebody by name, or looked for. */
static int leave(struct call *call, struct err *err)
{
	const char *to = call_option(call, "to");
	int64_t other, id;
	struct place p;

	int r = begin(&p, call, err);
	if (r != 0)
		return r;
	TRY(place_id(&p, &id, err));
	if (!to) {
		TRY(assignment_ask(p.db, &p.act, id, err));
		return tell(&p, id, err);
	}
	TRY(named_resident(p.db, to, &other, err));
	TRY(assignment_hand_over(p.db, &p.act, id, other, &id, err));
	return tell(&p, id, err);
}

/* ---- there ---- */

static int attend(struct call *call,
	int (*how)(struct db *, const struct act *, int64_t shift, int64_t resident, struct err *),
	struct err *err)
{
	struct place p;
	int64_t id;

	int r = begin(&p, call, err);
	if (r != 0)
		return r;
	TRY(how(p.db, &p.act, p.shift, p.resident, err));
	TRY(place_id(&p, &id, err));
	return tell(&p, id, err);
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
	{ "to", N_("CARD"), N_("Handed over to this volunteer") },
	{ 0 },
};

#define ROW(name_, help_, run_, options_)                                                     \
	{                                                                                     \
		.name = name_, .usage = N_("SHIFT CARD"), .help = help_, .min = 2, .max = 2,  \
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY, .options = options_, .run = run_, \
	}

const struct verb duty_people_verbs[] = {
	ROW("duty leave", N_("Somebody cannot come: handed over, or a stand-in is looked for"),
		leave, leave_options),
	ROW("duty sign-in", N_("Somebody is there for a shift"), sign_in, NULL),
	ROW("duty sign-out", N_("Somebody leaves a shift: the time is put on record"), sign_out,
		NULL),
	{ 0 },
};
