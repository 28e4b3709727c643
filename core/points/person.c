#include "core/points/person.h"

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct column person_columns[] = {
	COLUMN(struct points_person, is_unranked),
	COLUMN(struct points_person, is_exempt),
};
static const struct row_type person_rows = ROW_TYPE(struct points_person, person_columns);

int points_person(struct db *db, int64_t resident, struct points_person *ret, struct err *err)
{
	return row_or_zero(db, &person_rows,
		"SELECT is_unranked, is_exempt FROM points_person WHERE id = :resident",
		FIELDS(F_INT("resident", resident)), ret, err);
}

static int note(struct acting *a, int64_t id, const char *column, bool value, struct err *err)
{
	struct resident resident;
	int64_t known;

	TRY(resident_get(a->db, id, &resident, err));
	TRY(db_integer(a->db, "SELECT 1 FROM points_person WHERE id = :id", FIELDS(F_INT("id", id)),
		0, &known, err));
	if (known)
		TRY(act_update(a, "points_person", id, FIELDS(F_INT(column, value)), err));
	else
		TRY(act_insert(
			a, "points_person", FIELDS(F_INT("id", id), F_INT(column, value)), err));
	act_set_subject(a, id, id);
	return act_commit(a, id, err);
}

int ranking_choose(
	struct db *db, const struct act *act, int64_t resident, bool is_unranked, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_RANKING_CHOOSE,
		FIELDS(F_INT("resident", resident), F_INT("is_unranked", is_unranked)), err));
	return a.is_repeat ? 0 : note(&a, resident, "is_unranked", is_unranked, err);
}

int exempt_set(
	struct db *db, const struct act *act, int64_t resident, bool is_exempt, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_EXEMPT_SET,
		FIELDS(F_INT("resident", resident), F_INT("is_exempt", is_exempt)), err));
	if (a.is_repeat)
		return 0;
	if (is_exempt && (!act->why || !*act->why))
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	return note(&a, resident, "is_exempt", is_exempt, err);
}
