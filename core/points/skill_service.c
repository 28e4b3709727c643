#include "core/points/skill_service.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/resident.h"
#include "core/points/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct column skill_service_columns[] = {
	COLUMN(struct skill_service, id),
	COLUMN(struct skill_service, number),
	COLUMN(struct skill_service, rule),
	COLUMN(struct skill_service, helper),
	COLUMN(struct skill_service, asker),
	COLUMN(struct skill_service, minutes),
	COLUMN(struct skill_service, agreed_at),
	COLUMN(struct skill_service, helper_at),
	COLUMN(struct skill_service, asker_at),
	COLUMN(struct skill_service, is_over),
};
static const struct row_type skill_service_rows =
	ROW_TYPE(struct skill_service, skill_service_columns);
LIST_FINISHER(skill_service_list_finish, struct skill_service_list, skill_service_rows);

#define SERVICE_SELECT                                                           \
	"SELECT id, number, rule, helper, asker, minutes, agreed_at, helper_at," \
	" asker_at, earning IS NOT NULL OR cancelled_at IS NOT NULL AS is_over FROM skill_service"

int skill_services_of(
	struct db *db, int64_t resident, struct skill_service_list *ret, struct err *err)
{
	return rows_list(db, &skill_service_rows,
		SERVICE_SELECT " WHERE (helper = :resident OR asker = :resident)"
			       " AND earning IS NULL AND cancelled_at IS NULL ORDER BY id",
		FIELDS(F_INT("resident", resident)), ret, err);
}

/* ---- acts ---- */

static int check_sides(struct db *db, const struct skill_draft *draft, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	struct resident resident;

	if (draft->minutes < 1 || draft->minutes > 1440)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "minutes"));
	if (draft->helper == draft->asker)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "resident"));
	TRY(earn_rule_get(db, draft->rule, &rule, err));
	if (rule.source != EARN_SKILL)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "source"));
	TRY(resident_get(db, draft->helper, &resident, err));
	return resident_get(db, draft->asker, &resident, err);
}

int skill_agree(struct db *db, const struct act *act, const struct skill_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id, number;

	TRY(act_begin(&a, db, act, ACT_SKILL_AGREE,
		FIELDS(F_INT("rule", draft->rule), F_INT("helper", draft->helper),
			F_INT("asker", draft->asker), F_INT("minutes", draft->minutes)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_sides(db, draft, err));
	TRY(db_integer(db, NEXT_NUMBER("skill_service"), NO_FIELDS, 1, &number, err));
	id = act_new_id(&a);
	TRY(act_insert(&a, "skill_service",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("rule", draft->rule),
			F_INT("helper", draft->helper), F_INT("asker", draft->asker),
			F_INT("minutes", draft->minutes), F_INT("agreed_at", a.at)),
		err));
	act_set_subject(&a, id, draft->asker);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static int read_open(struct db *db, int64_t id, struct skill_service *ret, struct err *err)
{
	TRY(row_get(db, &skill_service_rows, SERVICE_SELECT " WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(SKILL_SERVICE_UNKNOWN), err));
	return ret->is_over ? err_set(err, ERR_REFUSED, REASON(SKILL_SERVICE_ENDED)) : 0;
}

static struct earn_draft earning_of(const struct skill_service *s, int64_t at)
{
	return (struct earn_draft){
		.rule = s->rule,
		.whose = HOLDER_RESIDENT(s->helper),
		.minutes = { .day = s->minutes },
		.times = 1,
		.what_for = EARN_FOR_SKILL,
		.of = s->id,
		.asker = s->asker,
		.on = when_day(at),
	};
}

int skill_preview(
	struct db *db, const struct act *act, int64_t id, struct earned *ret, struct err *err)
{
	struct skill_service s;

	TRY(read_open(db, id, &s, err));
	const struct earn_draft draft = earning_of(&s, db_now(db));
	return earn_preview(db, act, &draft, ret, err);
}

static int pay(struct acting *a, const struct skill_service *s, struct earned *ret, struct err *err)
{
	const struct earn_draft draft = earning_of(s, a->at);

	TRY(earn(a->db, a->act, &draft, ret, err));
	return act_update(a, "skill_service", s->id, FIELDS(F_INT("earning", ret->id)), err);
}

int skill_confirm(struct db *db, const struct act *act, int64_t id, struct earned *ret_earned,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct skill_service s;
	struct earned earned = { 0 };

	TRY(act_begin(&a, db, act, ACT_SKILL_CONFIRM,
		FIELDS(F_INT("service", id), F_INT("resident", act->resident)), err));
	if (!a.is_repeat) {
		TRY(read_open(db, id, &s, err));
		bool is_helper = act->resident == s.helper;
		if (!is_helper && act->resident != s.asker)
			return err_set(err, ERR_REFUSED, REASON(NOT_A_SIDE));
		TRY(act_update(&a, "skill_service", id,
			FIELDS(F_INT(is_helper ? "helper_at" : "asker_at", a.now)), err));
		if (is_helper ? s.asker_at : s.helper_at)
			TRY(pay(&a, &s, &earned, err));
		act_set_subject(&a, id, act->resident);
		TRY(act_commit(&a, id, err));
	}
	if (ret_earned)
		*ret_earned = earned;
	return 0;
}

int skill_cancel(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct skill_service s;

	TRY(act_begin(&a, db, act, ACT_SKILL_CANCEL, FIELDS(F_INT("service", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_open(db, id, &s, err));
	TRY(act_update(&a, "skill_service", id, FIELDS(F_INT("cancelled_at", a.now)), err));
	act_set_subject(&a, id, s.asker);
	return act_commit(&a, id, err);
}
