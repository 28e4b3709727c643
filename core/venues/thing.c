#include "core/venues/thing.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"
#include "core/venues/booking.h"
#include "core/venues/reasons.h"

static const struct text_limits name_limits = { .what = "thing", .max_chars = 20 };

static const struct column thing_columns[] = {
	COLUMN(struct thing, id),
	COLUMN(struct thing, venue),
	COLUMN(struct thing, name),
	COLUMN(struct thing, is_handed),
	COLUMN(struct thing, out_at),
	COLUMN(struct thing, holder),
	COLUMN(struct thing, booking),
	COLUMN(struct thing, handover),
};
static const struct row_type thing_rows = ROW_TYPE(struct thing, thing_columns);
LIST_FINISHER(thing_list_finish, struct thing_list, thing_rows);

/* ---- reading ---- */

#define THING_SELECT                                                                        \
	"SELECT t.id AS id, t.venue AS venue, t.name AS name, t.is_handed AS is_handed,"    \
	" h.out_at AS out_at, h.resident AS holder, h.booking AS booking, h.id AS handover" \
	" FROM venue_thing AS t"                                                            \
	" LEFT JOIN handover AS h ON h.thing = t.id AND h.back_at IS NULL"                  \
	" WHERE t.removed_at IS NULL"

int things_of(struct db *db, int64_t venue, struct thing_list *ret, struct err *err)
{
	return rows_list(db, &thing_rows,
		THING_SELECT " AND (:venue = 0 OR t.venue = :venue) ORDER BY t.venue, t.name",
		FIELDS(F_INT("venue", venue)), ret, err);
}

/* Without its name: the copy owns nothing. */
static int read_thing(struct db *db, int64_t id, struct thing *ret, struct err *err)
{
	TRY(row_get(db, &thing_rows, THING_SELECT " AND t.id = :id", FIELDS(F_INT("id", id)), ret,
		REASON(THING_UNKNOWN), err));
	mem_free(&ret->name);
	return 0;
}

/* ---- what there is ---- */

int thing_add(struct db *db, const struct act *act, const struct thing_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const char *given = draft->name ? draft->name : "";
	int64_t taken;

	TRY(text_accept(given, strlen(given), &name_limits, &name, err));
	TRY(act_begin(&a, db, act, ACT_THING_ADD,
		FIELDS(F_INT("venue", draft->venue), F_TEXT("name", name),
			F_INT("is_handed", draft->is_handed)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(venue_get(db, draft->venue, &venue, err));
	TRY(db_integer(db,
		"SELECT 1 FROM venue_thing WHERE venue = :venue AND name = :name"
		" AND removed_at IS NULL",
		FIELDS(F_INT("venue", draft->venue), F_TEXT("name", name)), 0, &taken, err));
	if (taken)
		return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, name));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "venue_thing",
		FIELDS(F_INT("id", id), F_INT("venue", draft->venue), F_TEXT("name", name),
			F_INT("is_handed", draft->is_handed)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int thing_remove(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct thing thing;

	TRY(act_begin(&a, db, act, ACT_THING_REMOVE, FIELDS(F_INT("thing", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_thing(db, id, &thing, err));
	if (thing.handover)
		return err_set(err, ERR_REFUSED, REASON(THING_OUT, .n1 = thing.out_at));
	TRY(act_update(&a, "venue_thing", id, FIELDS(F_INT("removed_at", a.at)), err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}

/* ---- over and back ---- */

static int check_taker(struct db *db, int64_t resident, int64_t booking, struct err *err)
{
	CLEANUP(booking_finish) struct booking row = { 0 };
	struct resident person;

	if (booking)
		TRY(booking_get(db, booking, &row, err));
	if (resident || !booking)
		TRY(resident_get(db, resident, &person, err));
	return 0;
}

int handover_out(
	struct db *db, const struct act *act, const struct handing_out *out, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct thing thing;

	TRY(act_begin(&a, db, act, ACT_HANDOVER_OUT,
		FIELDS(F_INT("thing", out->thing), F_INT("resident", out->resident),
			F_INT("booking", out->booking)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(read_thing(db, out->thing, &thing, err));
	if (!thing.is_handed)
		return err_set(err, ERR_NOT_FOUND, REASON(THING_UNKNOWN));
	if (thing.handover)
		return err_set(err, ERR_REFUSED, REASON(THING_OUT, .n1 = thing.out_at));
	TRY(check_taker(db, out->resident, out->booking, err));
	TRY(act_insert(&a, "handover",
		FIELDS(F_INT("id", act_new_id(&a)), F_INT("thing", out->thing),
			F_ID("resident", out->resident), F_ID("booking", out->booking),
			F_INT("out_at", a.at)),
		err));
	act_set_subject(&a, out->thing, out->resident);
	return act_commit(&a, out->thing, err);
}

int handover_back(struct db *db, const struct act *act, int64_t thing_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct thing thing;

	TRY(act_begin(&a, db, act, ACT_HANDOVER_BACK, FIELDS(F_INT("thing", thing_id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_thing(db, thing_id, &thing, err));
	if (!thing.handover)
		return err_set(err, ERR_REFUSED, REASON(THING_NOT_OUT));
	TRY(act_update(&a, "handover", thing.handover, FIELDS(F_INT("back_at", a.at)), err));
	act_set_subject(&a, thing_id, thing.holder);
	return act_commit(&a, thing_id, err);
}
