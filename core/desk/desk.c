#include "core/desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/reasons.h"
#include "core/desk/internal.h"
#include "core/items/hold.h"
#include "core/people/card.h"
#include "core/people/staff.h"
#include "core/site/setting.h"

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

void desk_close(struct desk *desk)
{
	if (!desk)
		return;
	lines_forget(desk);
	free(desk->visit.masked_name);
	free(desk->slip_loans);
	free(desk->waiting.why);
	free(desk->backdate_why);
	free(desk);
}

/* ---- intents ---- */

static void refuse(const struct err *err, struct outcome *ret)
{
	ret->kind = OUTCOME_REFUSED;
	ret->err = *err;
}

/* Every way in leads through here: tries, and remembers the intent when somebody else is writing.
 */
static void carry_out(struct desk *desk, struct intent intent, struct outcome *ret)
{
	struct err err = { 0 };
	struct outcome outcome = OUTCOME_INIT;

	desk_touch(desk);
	int r = intent_try(desk, &intent, &outcome, &err);
	if (intent.why != desk->waiting.why)
		free(TAKE(desk->waiting.why));
	desk->waiting = (struct intent){ 0 };
	if (r == ERR_BUSY) {
		outcome.kind = OUTCOME_WAIT;
		desk->waiting = intent;
	} else {
		free(intent.why);
		if (r < 0)
			refuse(&err, &outcome);
		if (outcome.kind == OUTCOME_REFUSED)
			intent_note_refusal(desk, &outcome);
	}
	outcome_fill(&outcome);
	outcome_reset(ret);
	*ret = outcome;
}

void desk_scan(struct desk *desk, const char *bytes, size_t len, struct outcome *ret)
{
	bool is_damaged = false;
	struct intent intent = { .kind = INTENT_CODE, .code = code_read(bytes, len, &is_damaged) };

	intent.number = is_damaged;
	carry_out(desk, intent, ret);
}

void desk_item_number(struct desk *desk, int64_t number, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_ITEM, .id = number }, ret);
}

void desk_resident_number(struct desk *desk, int64_t number, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_RESIDENT, .id = number, .number = 1 }, ret);
}

void desk_resident(struct desk *desk, int64_t resident, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_RESIDENT, .id = resident }, ret);
}

void desk_answer(struct desk *desk, enum desk_answer answer, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_ANSWER, .number = (int)answer }, ret);
}

void desk_door(struct desk *desk, bool is_yes, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_DOOR, .number = is_yes }, ret);
}

void desk_renew(struct desk *desk, int64_t loan, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_RENEW, .id = loan }, ret);
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
		(struct intent){ .kind = INTENT_OVERRIDE, .number = line, .why = mem_text(why) },
		ret);
}

void desk_finish(struct desk *desk, bool print, struct outcome *ret)
{
	carry_out(desk, (struct intent){ .kind = INTENT_FINISH, .number = print }, ret);
	if (ret->kind == OUTCOME_FINISHED)
		lines_forget(desk);
}

void desk_retry(struct desk *desk, struct outcome *ret)
{
	struct intent again = desk->waiting;

	desk->waiting = (struct intent){ 0 };
	if (again.kind == INTENT_NONE)
		outcome_reset(ret);
	else
		carry_out(desk, again, ret);
	if (ret->kind == OUTCOME_FINISHED)
		lines_forget(desk);
}

int desk_return_slip(struct desk *desk, struct err *err)
{
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

int desk_line_count(const struct desk *desk)
{
	return desk->line_count;
}

const struct desk_line *desk_line_at(const struct desk *desk, int index)
{
	return index >= 0 && index < desk->line_count ? &desk->lines[index] : NULL;
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

struct act desk_act(const struct desk *desk)
{
	struct act act = {
		.role = desk->staff.id ? desk->staff.role : ROLE_RESIDENT,
		.actor = desk->staff.id,
		.resident = desk->visit.resident,
		.occurred_at = desk->backdate_at,
		.why = desk->backdate_why,
	};

	act_new_key(act.key);
	return act;
}

int desk_staff_of_card(
	struct desk *desk, const char *bytes, size_t len, struct staff *ret, struct err *err)
{
	struct code code = code_read(bytes, len, NULL);
	struct card card;

	desk_touch(desk);
	if (code.type != CODE_CARD)
		return err_set(err, ERR_REFUSED, REASON_TEXT(CODE_WRONG_TYPE, "card"));
	TRY(card_find(desk->db, code.token, &card, err));
	return staff_by_resident(desk->db, card.resident, ret, err);
}
