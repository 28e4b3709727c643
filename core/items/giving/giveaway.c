#include "core/items/giving/giveaway.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/giving/party.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/retire.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 60

static int accept_name(const struct giveaway_draft *draft, char **ret, struct err *err)
{
	static const struct text_limits limits = { "receiver", NAME_MAX_CHARS, false };
	const char *typed = draft->name ? draft->name : "";

	return draft->resident ? 0 : text_accept(typed, strlen(typed), &limits, ret, err);
}

/* How many one person has received in the month of `at`. */
static int count_given(struct db *db, int64_t resident, int64_t at, int64_t *ret, struct err *err)
{
	struct day first = when_day(at);

	first = day_add(first, 1 - first.day);
	struct day next = day_add(first, 31);
	next = day_add(next, 1 - next.day);
	return db_integer(db,
		"SELECT count(*) FROM giveaway WHERE resident = :resident AND given_at >= :from"
		" AND given_at < :until AND voided_at IS NULL",
		FIELDS(F_INT("resident", resident), F_INT("from", when_day_start(first)),
			F_INT("until", when_day_start(next))),
		0, ret, err);
}

static int check_resident(const struct acting *a, int64_t resident, struct err *err)
{
	int64_t limit, had;

	TRY(party_check(a->db, resident, err));
	TRY(setting_int(a->db, SETTING_GIVE_AWAY_MAX, &limit, err));
	if (!limit || a->act->is_override)
		return 0;
	TRY(count_given(a->db, resident, a->at, &had, err));
	return had < limit ? 0
			   : err_set(err, ERR_REFUSED, REASON(LIMIT_GIVEN, .n1 = had, .n2 = limit));
}

static int insert_giveaway(struct acting *a, const struct giveaway_draft *draft, const char *name,
	int64_t id, struct err *err)
{
	int64_t number;

	TRY(db_integer(a->db, NEXT_NUMBER("giveaway"), NO_FIELDS, 1, &number, err));
	TRY(act_insert(a, "giveaway",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("item", draft->item),
			F_ID("resident", draft->resident), F_INT("given_at", a->at)),
		err));
	return name ? act_private(a, "giveaway_private", id, FIELDS(F_TEXT("name", name)), err) : 0;
}

int giveaway_make(struct db *db, const struct act *act, const struct giveaway_draft *draft,
	int64_t *ret_id, struct err *err)
{
	enum retire_cause cause = draft->resident ? RETIRE_GIVEN_AWAY : RETIRE_DONATED_ON;
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(accept_name(draft, &name, err));
	TRY(act_begin(&a, db, act, ACT_GIVEAWAY_MAKE,
		FIELDS(F_INT("item", draft->item), F_INT("resident", draft->resident)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	if (draft->resident)
		TRY(check_resident(&a, draft->resident, err));
	TRY(item_retire(db, act, draft->item, cause, err));
	int64_t id = act_new_id(&a);
	TRY(insert_giveaway(&a, draft, name, id, err));
	act_set_subject(&a, draft->item, draft->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static const struct column giveaway_columns[] = {
	COLUMN(struct giveaway, id),
	COLUMN(struct giveaway, number),
	COLUMN(struct giveaway, item),
	COLUMN(struct giveaway, resident),
	COLUMN(struct giveaway, given_at),
	COLUMN_AS(struct giveaway, receiver, "name"),
};
static const struct row_type giveaway_rows = ROW_TYPE(struct giveaway, giveaway_columns);
ROW_FINISHER(giveaway_finish, struct giveaway, giveaway_rows);

int giveaway_get(struct db *db, int64_t id, struct giveaway *ret, struct err *err)
{
	CLEANUP(giveaway_finish) struct giveaway giveaway = { 0 };

	TRY(row_get(db, &giveaway_rows,
		"SELECT giveaway.id AS id, number, item, resident, given_at, name FROM giveaway"
		" LEFT JOIN giveaway_private ON giveaway_private.id = giveaway.id"
		" WHERE giveaway.id = :id",
		FIELDS(F_INT("id", id)), &giveaway, REASON(MOVE_UNKNOWN), err));
	if (giveaway.resident) {
		mem_free(&giveaway.receiver);
		TRY(resident_masked_name(db, giveaway.resident, &giveaway.receiver, err));
	}
	*ret = giveaway;
	giveaway = (struct giveaway){ 0 };
	return 0;
}
