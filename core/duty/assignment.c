#include "core/duty/assignment.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/candidate.h"
#include "core/duty/reasons.h"
#include "core/duty/roster.h"
#include "core/people/child.h"
#include "core/people/message.h"
#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "core/store/rows.h"

/* ---- reading ---- */

int assignment_get(struct db *db, int64_t id, struct assignment *ret, struct err *err)
{
	return row_get(db, &assignment_rows,
		"SELECT " ASSIGNMENT_COLUMNS " FROM assignment WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(ASSIGNMENT_UNKNOWN), err);
}

static const struct column duty_columns[] = {
	COLUMN_INNER(struct duty, assignment, assignment_rows),
	COLUMN(struct duty, start_at),
	COLUMN(struct duty, end_at),
	COLUMN(struct duty, name),
	COLUMN(struct duty, place),
};
static const struct row_type duty_rows = ROW_TYPE(struct duty, duty_columns);
LIST_FINISHER(duty_list_finish, struct duty_list, duty_rows);

static int kind_of(struct db *db, const struct assignment *who, int64_t start_at,
	enum duty_kind *ret, struct err *err)
{
	int is_public = roster_is_public(db, start_at, err);

	if (is_public < 0)
		return is_public;
	*ret = who->gone_at                                   ? DUTY_LEFT
	       : is_public || who->confirmed_at || who->in_at ? DUTY_OWN
							      : DUTY_ASKED;
	return 0;
}

static int by_kind(const void *a, const void *b)
{
	const struct duty *one = a, *other = b;

	if (one->kind != other->kind)
		return one->kind < other->kind ? -1 : 1;
	if (one->start_at != other->start_at)
		return one->start_at < other->start_at ? -1 : 1;
	return one->assignment.id < other->assignment.id ? -1 : 1;
}

/* Of the places that somebody has left, the latest on a shift that they are not on again. */
static const char select_duties[] =
	"SELECT " ASSIGNMENT_COLUMNS ", start_at, end_at, shift.name AS name,"
	" ifnull(shift_type.place, '') AS place"
	" FROM assignment JOIN shift ON shift.id = assignment.shift"
	" LEFT JOIN shift_type ON shift_type.id = shift.type"
	" WHERE resident = :resident AND cancelled_at IS NULL AND end_at >= :from"
	" AND (gone IS NULL OR (gone = 'excused' AND let_go_at IS NULL AND start_at > :from"
	" AND NOT EXISTS (SELECT 1 FROM assignment later WHERE later.shift = assignment.shift"
	" AND later.resident = assignment.resident AND later.id > assignment.id)))"
	" ORDER BY start_at, shift.id";

int duties_of(
	struct db *db, int64_t resident, int64_t from_at, struct duty_list *ret, struct err *err)
{
	CLEANUP(duty_list_finish) struct duty_list list = { 0 };

	TRY(rows_list(db, &duty_rows, select_duties,
		FIELDS(F_INT("resident", resident), F_INT("from", from_at)), &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(kind_of(db, &list.rows[i].assignment, list.rows[i].start_at, &list.rows[i].kind,
			err));
	if (list.count > 0)
		qsort(list.rows, (size_t)list.count, sizeof(*list.rows), by_kind);
	*ret = list;
	list = (struct duty_list){ 0 };
	return 0;
}

/* ---- putting somebody on a shift ---- */

/* Locked: it was done by hand, so a plan does not move it. */
static int insert(struct acting *a, const struct assignment_draft *draft, int64_t stands_for,
	int64_t *ret_id, struct err *err)
{
	int64_t id = act_new_id(a);

	TRY(act_insert(a, "assignment",
		FIELDS(F_INT("id", id), F_INT("shift", draft->shift),
			F_INT("resident", draft->resident), F_INT("is_leader", draft->is_leader),
			F_INT("added_at", a->at), F_ID("stands_for", stands_for),
			F_INT("is_locked", !draft->is_planned)),
		err));
	*ret_id = id;
	return 0;
}

/* Reasons that nobody can override. */
static bool is_absolute(int code)
{
	return code == REASON_RESIDENT_LEFT || code == REASON_SHIFT_ASSIGNED ||
	       code == REASON_DUTY_OVERLAP;
}

/* Keeps those of `all` that count for this act. */
static void keep_reasons(const struct act *act, const struct err *all, struct err *refusal)
{
	for (int i = 0; i < all->reason_count; i++)
		if (!act->is_override || is_absolute(all->reasons[i].code))
			err_refuse(refusal, all->reasons[i]);
}

static bool has_leader(const struct shift *shift)
{
	return shift->people_count > 0 && shift->people[0].is_leader;
}

static int check_candidate(struct db *db, const struct act *act, const struct shift *shift,
	int64_t resident, int64_t without, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	struct day day = when_day(shift->start_at);
	struct err all, refusal = { 0 };

	TRY(candidate_get(db, resident, day, day, &c, err));
	candidate_reasons(&c, shift, without, &all);
	keep_reasons(act, &all, &refusal);
	if (shift->is_cancelled)
		err_refuse(&refusal, REASON(SHIFT_CANCELLED));
	if (act->role < ROLE_VOLUNTEER && !c.is_volunteer)
		err_refuse(&refusal, REASON(VOLUNTEER_UNKNOWN));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

static void add_reason(struct err *err, int *r, struct reason reason)
{
	err_refuse(err, reason);
	*r = ERR_REFUSED;
}

static int check_assignment(struct db *db, const struct act *act, const struct shift *shift,
	const struct assignment_draft *draft, struct err *err)
{
	int r = check_candidate(db, act, shift, draft->resident, 0, err);

	if (r < 0 && r != ERR_REFUSED)
		return r;
	if (shift_open_slots(shift) == 0 && !act->is_override)
		add_reason(err, &r, REASON(SHIFT_FULL, .n1 = shift->needed));
	if (draft->is_leader && has_leader(shift))
		add_reason(err, &r, REASON(SHIFT_HAS_LEADER));
	int is_child = draft->is_leader ? resident_is_child(db, draft->resident, err) : 0;
	TRY(is_child);
	if (is_child)
		add_reason(err, &r, REASON(LEADER_CHILD));
	return r;
}

int shift_assign(struct db *db, const struct act *act, const struct assignment_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_SHIFT_ASSIGN,
		FIELDS(F_INT("shift", draft->shift), F_INT("resident", draft->resident),
			F_INT("is_leader", draft->is_leader)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(shift_get(db, draft->shift, &shift, err));
	TRY(check_assignment(db, act, &shift, draft, err));
	TRY(insert(&a, draft, 0, &id, err));
	TRY(roster_touch(&a, shift.start_at, err));
	act_set_subject(&a, id, draft->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- leaving a place, and taking one over ---- */

/* People who leave by their own word or were taken off by hand stay off in later plans. */
static int leave(struct acting *a, int64_t id, const char *gone, struct err *err)
{
	return act_update(
		a, "assignment", id, FIELDS(F_TEXT("gone", gone), F_INT("gone_at", a->at)), err);
}

/* Leads in their place only if they may lead. */
static int take_over(struct acting *a, const struct shift *shift, const struct assignment *old,
	int64_t to, int64_t *ret_id, struct err *err)
{
	int leads = volunteer_may_lead(a->db, to, when_day(shift->start_at), err);

	if (leads < 0)
		return leads;
	const struct assignment_draft draft = {
		.shift = shift->id, .resident = to, .is_leader = old->is_leader && leads
	};
	TRY(leave(a, old->id, "replaced", err));
	TRY(insert(a, &draft, old->id, ret_id, err));
	return roster_touch(a, shift->start_at, err);
}

static const struct assignment *asking(const struct shift *shift)
{
	const struct assignment *first = NULL;

	for (int i = 0; i < shift->people_count; i++) {
		const struct assignment *who = &shift->people[i];
		if (who->asked_at && (!first || who->asked_at < first->asked_at))
			first = who;
	}
	return first;
}

/* Only the planner put them there, and they have not confirmed yet. */
static bool is_automatic(const struct assignment *who)
{
	return !who->confirmed_at && !who->is_locked && !who->in_at;
}

/* Whose place in a full shift is free for somebody who signs up: one who looks for a stand-in, else
 * an automatic one, last first, without whom no needed role is missing. NULL: nobody's. */
static int yielding(struct db *db, const struct shift *shift, int64_t resident,
	const struct assignment **ret, struct err *err)
{
	*ret = asking(shift);
	for (int i = shift->people_count - 1; i >= 0 && !*ret; i--) {
		CLEANUP(shift_gaps_finish) struct shift_gaps lost = { 0 };
		const struct assignment *who = &shift->people[i];
		if (!is_automatic(who))
			continue;
		TRY(shift_gaps_after(
			db, shift, &(struct shift_change){ who->id, resident }, &lost, err));
		if (lost.count == 0)
			*ret = who;
	}
	return 0;
}

int shift_has_place_for(struct db *db, const struct shift *shift, int64_t resident, struct err *err)
{
	const struct assignment *whose = NULL;

	if (shift_open_slots(shift) > 0)
		return 1;
	TRY(yielding(db, shift, resident, &whose, err));
	return whose != NULL;
}

static int check_own(const struct act *act, int64_t resident, struct err *err)
{
	if (act->role >= ROLE_VOLUNTEER || act->resident == resident)
		return 0;
	return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
}

static void drop_reason(struct err *refusal, int *r, int code)
{
	struct err kept = { 0 };

	if (*r != ERR_REFUSED)
		return;
	for (int i = 0; i < refusal->reason_count; i++)
		if (refusal->reasons[i].code != code)
			err_refuse(&kept, refusal->reasons[i]);
	*refusal = kept;
	*r = kept.code;
}

/* Somebody who is paused today cannot sign up, whatever day the shift is on. */
static int check_admitted(struct acting *a, int64_t id, struct err *err, int *r)
{
	struct err refusal = { 0 }, fault = { 0 };
	struct resident resident;

	if (a->act->role >= ROLE_VOLUNTEER)
		return 0;
	if (resident_get(a->db, id, &resident, &fault) < 0 ||
		admit_check(a->db, a->act, &resident, &refusal, &fault) < 0) {
		*err = fault;
		return err->code;
	}
	for (int i = 0; i < refusal.reason_count; i++)
		if (*r == 0 || !err_has(err, refusal.reasons[i].code))
			add_reason(err, r, refusal.reasons[i]);
	return 0;
}

/* `is_back`: those who were on it before may come back, registered or not. */
static int check_sign_up(struct acting *a, const struct shift *shift, int64_t resident,
	bool is_back, struct err *err)
{
	int r = check_candidate(a->db, a->act, shift, resident, 0, err);

	if (r < 0 && r != ERR_REFUSED)
		return r;
	/* Their own word takes back a leave. */
	drop_reason(err, &r, REASON_DUTY_LEAVE);
	if (is_back)
		drop_reason(err, &r, REASON_VOLUNTEER_UNKNOWN);
	if (shift->end_at <= a->at)
		add_reason(err, &r, REASON(SHIFT_OVER, .n1 = shift->end_at));
	TRY(check_admitted(a, resident, err, &r));
	int has_place = shift_has_place_for(a->db, shift, resident, err);
	if (has_place < 0)
		return has_place;
	if (!has_place)
		add_reason(err, &r, REASON(SHIFT_FULL, .n1 = shift->needed));
	return r;
}

/* The place of one who asked for a stand-in is taken over; one that only a plan had made is given
 * to them outright. */
static int take_anothers(struct acting *a, const struct shift *shift, int64_t resident,
	int64_t *ret_id, struct err *err)
{
	struct assignment_draft draft = {
		.shift = shift->id, .resident = resident, .is_planned = true
	};
	const struct assignment *whose = NULL;

	TRY(yielding(a->db, shift, resident, &whose, err));
	if (whose->asked_at)
		return take_over(a, shift, whose, resident, ret_id, err);
	if (whose->is_leader) {
		int leads = volunteer_may_lead(a->db, resident, when_day(shift->start_at), err);
		if (leads < 0)
			return leads;
		draft.is_leader = leads;
	}
	TRY(assignment_unplan(a->db, &(struct act){ .role = ROLE_SYSTEM }, whose->id, err));
	return insert(a, &draft, 0, ret_id, err);
}

/* The first to come to a shift without a leader leads it, if they may. */
static int take_place(struct acting *a, const struct shift *shift, int64_t resident,
	int64_t *ret_id, struct err *err)
{
	struct assignment_draft draft = {
		.shift = shift->id, .resident = resident, .is_planned = true
	};
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };

	if (shift_open_slots(shift) == 0)
		return take_anothers(a, shift, resident, ret_id, err);
	TRY(shift_gaps(a->db, shift, &gaps, err));
	if (gaps.count > 0 && gaps.rows[0].is_leader) {
		int leads = volunteer_may_lead(a->db, resident, when_day(shift->start_at), err);
		if (leads < 0)
			return leads;
		draft.is_leader = leads;
	}
	TRY(insert(a, &draft, 0, ret_id, err));
	return roster_touch(a, shift->start_at, err);
}

/* Puts them on the shift, or confirms the place that they have already. */
static int say_yes(struct acting *a, const struct shift *shift, int64_t resident, bool is_back,
	int64_t *ret_id, struct err *err)
{
	const struct assignment *who = shift_assignment_of(shift, resident);

	if (who && !who->confirmed_at && !who->in_at) {
		*ret_id = who->id;
	} else {
		TRY(check_sign_up(a, shift, resident, is_back, err));
		TRY(take_place(a, shift, resident, ret_id, err));
	}
	return act_update(a, "assignment", *ret_id, FIELDS(F_INT("confirmed_at", a->at)), err);
}

int shift_sign_up(struct db *db, const struct act *act, const struct sign_up *who, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(check_own(act, who->resident, err));
	TRY(act_begin(&a, db, act, ACT_SHIFT_SIGN_UP,
		FIELDS(F_INT("shift", who->shift), F_INT("resident", who->resident)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(shift_get(db, who->shift, &shift, err));
	TRY(say_yes(&a, &shift, who->resident, false, &id, err));
	act_set_subject(&a, id, who->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- one assignment ---- */

struct place {
	struct assignment who;
	struct shift shift;
};

static void place_finish(struct place *place)
{
	shift_finish(&place->shift);
}

/* One that is still on the roster and not attended yet. */
static int read_place(struct acting *a, int64_t id, struct place *ret, struct err *err)
{
	TRY(assignment_get(a->db, id, &ret->who, err));
	TRY(check_own(a->act, ret->who.resident, err));
	if (ret->who.gone_at)
		return err_set(err, ERR_REFUSED, REASON(ASSIGNMENT_GONE));
	if (ret->who.in_at)
		return err_set(err, ERR_REFUSED, REASON(ASSIGNMENT_ATTENDED, .n1 = ret->who.in_at));
	return shift_get(a->db, ret->who.shift, &ret->shift, err);
}

static int check_not_over(const struct acting *a, const struct shift *shift, struct err *err)
{
	if (shift->end_at > a->at)
		return 0;
	return err_set(err, ERR_REFUSED, REASON(SHIFT_OVER, .n1 = shift->end_at));
}

int assignment_confirm(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(place_finish) struct place place = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_CONFIRM, FIELDS(F_INT("assignment", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_place(&a, id, &place, err));
	if (!place.who.confirmed_at)
		TRY(act_update(&a, "assignment", id, FIELDS(F_INT("confirmed_at", a.at)), err));
	act_set_subject(&a, id, place.who.resident);
	return act_commit(&a, id, err);
}

int assignment_lock(
	struct db *db, const struct act *act, int64_t id, bool is_locked, struct err *err)
{
	CLEANUP(place_finish) struct place place = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_LOCK,
		FIELDS(F_INT("assignment", id), F_INT("is_locked", is_locked)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_place(&a, id, &place, err));
	TRY(act_update(&a, "assignment", id, FIELDS(F_INT("is_locked", is_locked)), err));
	act_set_subject(&a, id, place.who.resident);
	return act_commit(&a, id, err);
}

static int take_off(
	struct db *db, const struct act *act, int64_t id, bool is_planned, struct err *err)
{
	CLEANUP(place_finish) struct place place = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_CANCEL, FIELDS(F_INT("assignment", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_place(&a, id, &place, err));
	TRY(leave(&a, id, "cancelled", err));
	if (is_planned)
		TRY(act_update(&a, "assignment", id, FIELDS(F_INT("let_go_at", a.at)), err));
	TRY(roster_tell(&a, &place.shift, &place.who, MESSAGE_SHIFT_TAKEN_OFF, err));
	TRY(roster_touch(&a, place.shift.start_at, err));
	act_set_subject(&a, id, place.who.resident);
	return act_commit(&a, id, err);
}

int assignment_cancel(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	return take_off(db, act, id, false, err);
}

int assignment_unplan(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	return take_off(db, act, id, true, err);
}

int assignment_let_go(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct assignment who;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_LET_GO, FIELDS(F_INT("assignment", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(assignment_get(db, id, &who, err));
	TRY(shift_get(db, who.shift, &shift, err));
	const struct assignment *kept = shift_kept_off(&shift, who.resident);
	if (!kept || kept->id != id)
		return err_set(err, ERR_REFUSED, REASON(ASSIGNMENT_NOT_LEFT));
	TRY(act_update(&a, "assignment", id, FIELDS(F_INT("let_go_at", a.at)), err));
	act_set_subject(&a, id, who.resident);
	return act_commit(&a, id, err);
}

/* ---- "I can't come" ---- */

static int hours_of(struct db *db, enum absence_way way, int64_t *ret, struct err *err)
{
	static const enum setting settings[] = {
		[ABSENCE_HAND_OVER] = SETTING_DUTY_HANDOVER_HOURS,
		[ABSENCE_ASK] = SETTING_DUTY_STANDIN_HOURS,
	};

	return setting_int(db, settings[way], ret, err);
}

int absence_ways(struct db *db, const struct shift *shift, int64_t now,
	bool ret[ABSENCE_EXCUSED + 1], struct err *err)
{
	int64_t hours;

	for (enum absence_way way = ABSENCE_HAND_OVER; way < ABSENCE_EXCUSED; way++) {
		TRY(hours_of(db, way, &hours, err));
		ret[way] = shift->start_at - now >= hours * 3600;
	}
	ret[ABSENCE_EXCUSED] = now < shift->end_at;
	return 0;
}

static int check_lead_time(
	const struct acting *a, const struct shift *shift, enum absence_way way, struct err *err)
{
	int64_t hours;

	TRY(check_not_over(a, shift, err));
	TRY(hours_of(a->db, way, &hours, err));
	if (a->act->role >= ROLE_VOLUNTEER || shift->start_at - a->at >= hours * 3600)
		return 0;
	return err_set(err, ERR_REFUSED, REASON(DUTY_LEAD_TIME, .n1 = hours));
}

/* Objections to somebody else are none of a resident's business. */
static int check_successor(struct db *db, const struct act *act, const struct shift *shift,
	int64_t to, struct err *err)
{
	int r = check_candidate(db, act, shift, to, 0, err);

	if (r == ERR_REFUSED && act->role < ROLE_VOLUNTEER)
		return err_set(err, ERR_REFUSED, REASON(DUTY_CANNOT_TAKE));
	return r;
}

int assignment_hand_over(struct db *db, const struct act *act, const struct handing_over *over,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(place_finish) struct place place = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_HAND_OVER,
		FIELDS(F_INT("assignment", over->assignment), F_INT("to", over->to)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(read_place(&a, over->assignment, &place, err));
	TRY(check_lead_time(&a, &place.shift, ABSENCE_HAND_OVER, err));
	TRY(check_successor(db, act, &place.shift, over->to, err));
	TRY(take_over(&a, &place.shift, &place.who, over->to, ret_id, err));
	act_set_subject(&a, over->assignment, place.who.resident);
	return act_commit(&a, *ret_id, err);
}

int assignment_ask(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(place_finish) struct place place = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_ASK, FIELDS(F_INT("assignment", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_place(&a, id, &place, err));
	TRY(check_lead_time(&a, &place.shift, ABSENCE_ASK, err));
	if (!place.who.asked_at)
		TRY(act_update(&a, "assignment", id, FIELDS(F_INT("asked_at", a.at)), err));
	act_set_subject(&a, id, place.who.resident);
	return act_commit(&a, id, err);
}

int assignment_ask_end(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(place_finish) struct place place = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_ASK_END, FIELDS(F_INT("assignment", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_place(&a, id, &place, err));
	if (place.who.asked_at)
		TRY(act_update(&a, "assignment", id, FIELDS(F_NULL("asked_at")), err));
	act_set_subject(&a, id, place.who.resident);
	return act_commit(&a, id, err);
}

int assignment_excuse(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(place_finish) struct place place = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_EXCUSE, FIELDS(F_INT("assignment", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_place(&a, id, &place, err));
	TRY(check_not_over(&a, &place.shift, err));
	TRY(leave(&a, id, "excused", err));
	TRY(roster_touch(&a, place.shift.start_at, err));
	act_set_subject(&a, id, place.who.resident);
	return act_commit(&a, id, err);
}

/* Reads a place that they have left and can still return to. */
static int read_left(struct acting *a, int64_t id, struct place *ret, struct err *err)
{
	TRY(assignment_get(a->db, id, &ret->who, err));
	TRY(check_own(a->act, ret->who.resident, err));
	TRY(shift_get(a->db, ret->who.shift, &ret->shift, err));
	if (ret->shift.start_at <= a->at)
		return err_set(err, ERR_REFUSED, REASON(SHIFT_OVER, .n1 = ret->shift.start_at));
	const struct assignment *kept = shift_kept_off(&ret->shift, ret->who.resident);
	if (!kept || kept->id != id || kept->state != ASSIGNMENT_EXCUSED)
		return err_set(err, ERR_REFUSED, REASON(ASSIGNMENT_NOT_LEFT));
	return 0;
}

int assignment_return(
	struct db *db, const struct act *act, int64_t id, int64_t *ret_id, struct err *err)
{
	CLEANUP(place_finish) struct place place = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t again = 0;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_RETURN, FIELDS(F_INT("assignment", id)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(read_left(&a, id, &place, err));
	TRY(act_update(&a, "assignment", id, FIELDS(F_INT("let_go_at", a.at)), err));
	int has_place = shift_has_place_for(db, &place.shift, place.who.resident, err);
	if (has_place < 0)
		return has_place;
	if (has_place)
		TRY(say_yes(&a, &place.shift, place.who.resident, true, &again, err));
	act_set_subject(&a, id, place.who.resident);
	TRY(act_commit(&a, again, err));
	*ret_id = again;
	return 0;
}

/* ---- changing places ---- */

int assignment_swap(
	struct db *db, const struct act *act, int64_t one_id, int64_t other_id, struct err *err)
{
	CLEANUP(place_finish) struct place one = { 0 }, other = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_ASSIGNMENT_SWAP,
		FIELDS(F_INT("one", one_id), F_INT("other", other_id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_place(&a, one_id, &one, err));
	TRY(read_place(&a, other_id, &other, err));
	TRY(check_candidate(db, act, &other.shift, one.who.resident, one.shift.id, err));
	TRY(check_candidate(db, act, &one.shift, other.who.resident, other.shift.id, err));
	TRY(take_over(&a, &one.shift, &one.who, other.who.resident, &id, err));
	TRY(take_over(&a, &other.shift, &other.who, one.who.resident, &id, err));
	TRY(roster_tell(&a, &other.shift, &one.who, MESSAGE_SHIFT_SWAPPED, err));
	TRY(roster_tell(&a, &one.shift, &other.who, MESSAGE_SHIFT_SWAPPED, err));
	act_set_subject(&a, one_id, one.who.resident);
	return act_commit(&a, id, err);
}
