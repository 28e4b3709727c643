#include "core/desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/reasons.h"
#include "core/desk/internal.h"
#include "core/items/lending/hold_list.h"
#include "core/people/staff_card.h"
#include "core/site/setting.h"
#include "core/store/reasons.h"

static int settings_load(struct desk *desk, struct err *err)
{
	TRY(setting_int(desk->db, SETTING_IDLE_SECONDS, &desk->idle_seconds, err));
	return setting_int(desk->db, SETTING_IDLE_WARNING_SECONDS, &desk->warning_seconds, err);
}

static void cleanup_desk(struct desk **desk)
{
	desk_close(*desk);
}

int desk_open(struct db *db, const struct desk_options *options, struct desk **ret, struct err *err)
{
	CLEANUP(cleanup_desk) struct desk *desk = mem_alloc(sizeof(*desk));

	desk->db = db;
	desk->options = *options;
	TRY(settings_load(desk, err));
	TRY(visits_recover(desk, err));
	desk_touch(desk);
	*ret = TAKE(desk);
	return 0;
}

/* ---- intents ---- */

static void refuse(const struct err *err, struct outcome *ret)
{
	ret->kind = OUTCOME_REFUSED;
	ret->err = *err;
}

/* The list has it already: it was added where it was refused, or has just been shown. */
static bool is_last_line(const struct desk *desk, const struct outcome *o)
{
	const struct desk_line *line = desk_line_at(desk, desk->line_count - 1);

	return line && line->outcome.kind == OUTCOME_REFUSED && line->outcome.item == o->item &&
	       line->outcome.venue == o->venue && line->outcome.shift == o->shift &&
	       line->outcome.err.reasons[0].code == o->err.reasons[0].code;
}

static bool is_scan(const struct intent *intent)
{
	return intent->kind == INTENT_CODE || intent->kind == INTENT_ITEM;
}

/* Nothing that is scanned in a visit is without a line. */
static void note_scan(struct desk *desk, const struct intent *intent, const struct outcome *o)
{
	bool is_unlisted = o->kind == OUTCOME_NEW_BOOK ||
			   (o->kind == OUTCOME_REFUSED && !is_last_line(desk, o));

	if (desk->visit.id && is_scan(intent) && is_unlisted)
		line_note(desk, o);
}

/* What was returned at the board can be undone until something else is done. */
static bool ends_board_return(const struct intent *intent)
{
	return intent->kind != INTENT_UNDO && intent->kind != INTENT_REPORT;
}

/* ERR_BUSY: it has to be tried again. */
static int try_one(struct desk *desk, const struct intent *intent, struct outcome *ret)
{
	struct err err = { 0 };

	if (ends_board_return(intent))
		outcome_reset(&desk->returned);
	int r = intent_try(desk, intent, ret, &err);
	if (r == ERR_BUSY)
		return r;
	if (r < 0)
		refuse(&err, ret);
	if (ret->kind == OUTCOME_REFUSED)
		counter_note_refusal(desk, ret);
	note_scan(desk, intent, ret);
	return 0;
}

static void first_done(struct desk *desk)
{
	free(desk->waiting[0].why);
	desk->waiting_count--;
	memmove(desk->waiting, desk->waiting + 1,
		(size_t)desk->waiting_count * sizeof(*desk->waiting));
}

void desk_close(struct desk *desk)
{
	if (!desk)
		return;
	lines_forget(desk);
	free(desk->visit.masked_name);
	free(desk->slip_loans);
	while (desk->waiting_count)
		first_done(desk);
	free(desk->waiting);
	for (int i = 0; i < desk->beside_count; i++)
		outcome_reset(&desk->beside[i]);
	free(desk->beside);
	outcome_reset(&desk->returned);
	free(desk->backdate_why);
	free(desk);
}

/* Everything that waits, until another process is writing. The last outcome is the call's. */
static void carry_on(struct desk *desk, struct outcome *ret)
{
	outcome_reset(ret);
	while (desk->waiting_count) {
		struct outcome outcome = OUTCOME_INIT;
		bool is_busy =
			desk->is_held || try_one(desk, &desk->waiting[0], &outcome) == ERR_BUSY;
		if (is_busy) {
			outcome_reset(&outcome);
			outcome.kind = OUTCOME_WAIT;
		}
		if (ret->kind != OUTCOME_NONE)
			beside_add(desk, ret);
		outcome_fill(&outcome);
		outcome_reset(ret);
		*ret = outcome;
		if (is_busy)
			return;
		first_done(desk);
	}
}

/* All input passes through here. */
static void carry_out(struct desk *desk, struct intent intent, struct outcome *ret)
{
	desk_touch(desk);
	desk->waiting = mem_resize(
		desk->waiting, (size_t)(desk->waiting_count + 1) * sizeof(*desk->waiting));
	desk->waiting[desk->waiting_count++] = intent;
	carry_on(desk, ret);
}

void desk_scan(struct desk *desk, const char *bytes, size_t len, struct outcome *ret)
{
	bool is_damaged = false;
	struct intent intent = { .kind = INTENT_CODE, .code = code_read(bytes, len, &is_damaged) };

	intent.is_damaged = is_damaged;
	carry_out(desk, intent, ret);
}

void desk_item_number(struct desk *desk, int64_t number, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_ITEM, .id = number }, ret);
}

void desk_resident_number(struct desk *desk, int64_t number, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_RESIDENT, .id = number, .is_number = true },
		ret);
}

void desk_resident(struct desk *desk, int64_t resident, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_RESIDENT, .id = resident }, ret);
}

void desk_answer(struct desk *desk, enum desk_answer answer, struct outcome *ret)
{
	carry_out(desk,
		(struct intent){ .kind = INTENT_ANSWER,
			.answer = answer,
			.first_serial = desk->next_serial },
		ret);
}

void desk_door(struct desk *desk, bool is_yes, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_DOOR, .is_yes = is_yes }, ret);
}

void desk_renew(struct desk *desk, int64_t loan, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_RENEW, .id = loan }, ret);
}

void desk_renew_all(struct desk *desk, struct outcome *ret)
{
	carry_out(desk,
		(struct intent){ .kind = INTENT_RENEW_ALL, .first_serial = desk->next_serial },
		ret);
}

void desk_hold(struct desk *desk, int64_t title, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_HOLD, .id = title }, ret);
}

void desk_unhold(struct desk *desk, int64_t hold, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_UNHOLD, .id = hold }, ret);
}

void desk_undo(struct desk *desk, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_UNDO }, ret);
}

void desk_override(struct desk *desk, int line, const char *why, struct outcome *ret)
{
	carry_out(desk,
		(struct intent){ .kind = INTENT_OVERRIDE, .line = line, .why = mem_text(why) },
		ret);
}

void desk_report(struct desk *desk, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_REPORT }, ret);
}

void desk_finish(struct desk *desk, bool print, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_FINISH, .prints = print }, ret);
}

void desk_retry(struct desk *desk, struct outcome *ret)
{
	desk_touch(desk);
	carry_on(desk, ret);
}

void desk_hold_back(struct desk *desk, bool is_held)
{
	desk->is_held = is_held;
}

void desk_give_up(struct desk *desk, struct outcome *ret)
{
	struct err err = { 0 };

	outcome_reset(ret);
	err_set(&err, ERR_BUSY, REASON(STORE_BUSY));
	refuse(&err, ret);
	outcome_fill(ret);
	for (; desk->waiting_count; first_done(desk))
		if (desk->visit.id && is_scan(&desk->waiting[0]))
			line_note(desk, ret);
}

const struct outcome *desk_question(const struct desk *desk)
{
	const struct desk_line *line = question_line(desk);

	return line ? &line->outcome : NULL;
}

int desk_return_slip(struct desk *desk, struct err *err)
{
	desk_touch(desk);
	return visit_print_slip(desk, err);
}

int desk_slip_count(const struct desk *desk)
{
	return desk->slip_count;
}

/* ---- what is shown ---- */

const struct desk_visit *desk_visit(const struct desk *desk)
{
	return desk->visit.id ? &desk->visit : NULL;
}

int desk_holds(const struct desk *desk, struct hold_list *ret, struct err *err)
{
	*ret = (struct hold_list){ 0 };
	if (!desk->visit.id)
		return 0;
	return holds_of_resident(desk->db, desk->visit.resident, db_now(desk->db), ret, err);
}

/* ---- idle time ---- */

void desk_touch(struct desk *desk)
{
	desk->touched_ms = clock_ms(db_clock(desk->db));
}

enum desk_idle desk_idle(const struct desk *desk, int *ret_seconds)
{
	int64_t left_ms =
		desk->touched_ms + desk->idle_seconds * 1000 - clock_ms(db_clock(desk->db));

	*ret_seconds = left_ms > 0 ? (int)((left_ms + 999) / 1000) : 0;
	if (left_ms <= 0)
		return DESK_OVER;
	return left_ms <= desk->warning_seconds * 1000 ? DESK_WARNING : DESK_AT_WORK;
}

/* ---- volunteer mode ---- */

void desk_set_staff(struct desk *desk, const struct staff *staff)
{
	desk->staff = staff ? *staff : (struct staff){ 0 };
	desk_set_backdate(desk, 0, NULL);
	desk_touch(desk);
}

const struct staff *desk_staff(const struct desk *desk)
{
	return desk->staff.id ? &desk->staff : NULL;
}

void desk_set_backdate(struct desk *desk, int64_t at, const char *why)
{
	free(desk->backdate_why);
	desk->backdate_at = at;
	desk->backdate_why = at ? mem_text(why) : NULL;
}

int64_t desk_backdate(const struct desk *desk)
{
	return desk->backdate_at;
}

int desk_staff_of_card(
	struct desk *desk, const char *bytes, size_t len, struct staff *ret, struct err *err)
{
	struct code code = code_read(bytes, len, NULL);

	desk_touch(desk);
	if (code.type != CODE_CARD)
		return err_set(err, ERR_REFUSED, REASON_TEXT(CODE_WRONG_TYPE, "card"));
	return staff_card_find(desk->db, code.token, ret, err);
}
