#include "core/items/catalogue/owner.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define SHARE_MAX INT64_C(1000000000)

static const struct column owner_columns[] = {
	COLUMN(struct owner, resident),
	COLUMN(struct owner, share),
};
static const struct row_type owner_rows = ROW_TYPE(struct owner, owner_columns);
LIST_FINISHER(owner_list_finish, struct owner_list, owner_rows);

int owners_of(struct db *db, int64_t item, struct owner_list *ret, struct err *err)
{
	return rows_list(db, &owner_rows,
		"SELECT resident, share FROM item_owner WHERE item = :item"
		" ORDER BY share DESC, id",
		FIELDS(F_INT("item", item)), ret, err);
}

/* ---- replacing them ---- */

static int check_shares(const struct owner *owners, int count, struct err *err)
{
	if (count > OWNERS_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "owners"));
	for (int i = 0; i < count; i++) {
		if (owners[i].share < 1 || owners[i].share > SHARE_MAX)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "share"));
		for (int j = 0; j < i; j++)
			if (owners[j].resident == owners[i].resident)
				return err_set(err, ERR_REFUSED, REASON(OWNER_TWICE));
	}
	return 0;
}

static bool is_among(const struct owner *owners, int count, int64_t resident)
{
	for (int i = 0; i < count; i++)
		if (owners[i].resident == resident)
			return true;
	return false;
}

/* Somebody who has left may remain an owner, but cannot become one. */
static int check_people(struct db *db, const struct owner_list *old, const struct owner *owners,
	int count, struct err *err)
{
	for (int i = 0; i < count; i++) {
		struct resident resident;
		TRY(resident_get(db, owners[i].resident, &resident, err));
		if (resident.has_left && !is_among(old->rows, old->count, resident.id))
			return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	}
	return 0;
}

static int drop_all(struct acting *a, int64_t item, struct err *err)
{
	for (;;) {
		int64_t id;
		TRY(db_integer(a->db, "SELECT id FROM item_owner WHERE item = :item LIMIT 1",
			FIELDS(F_INT("item", item)), 0, &id, err));
		if (id == 0)
			return 0;
		TRY(act_delete(a, "item_owner", id, err));
	}
}

static int insert_all(
	struct acting *a, int64_t item, const struct owner *owners, int count, struct err *err)
{
	for (int i = 0; i < count; i++)
		TRY(act_insert(a, "item_owner",
			FIELDS(F_INT("id", act_new_id(a)), F_INT("item", item),
				F_INT("resident", owners[i].resident),
				F_INT("share", owners[i].share)),
			err));
	return 0;
}

/* For the act's inputs: "resident:share …". The caller's. */
static char *text_of(const struct owner *owners, int count)
{
	char *text = mem_text("");

	for (int i = 0; i < count; i++) {
		char *longer = mem_printf(
			"%s%" PRId64 ":%" PRId64 " ", text, owners[i].resident, owners[i].share);
		free(text);
		text = longer;
	}
	return text;
}

int owners_set(struct db *db, const struct act *act, int64_t item, const struct owner *owners,
	int count, struct err *err)
{
	CLEANUP(owner_list_finish) struct owner_list old = { 0 };
	CLEANUP(mem_free) char *inputs = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t known;

	TRY(check_shares(owners, count, err));
	inputs = text_of(owners, count);
	TRY(act_begin(&a, db, act, ACT_ITEM_OWNERS,
		FIELDS(F_INT("item", item), F_TEXT("owners", inputs)), err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(db, "SELECT 1 FROM item WHERE id = :id", FIELDS(F_INT("id", item)), 0,
		&known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON(ITEM_UNKNOWN));
	TRY(owners_of(db, item, &old, err));
	TRY(check_people(db, &old, owners, count, err));
	TRY(drop_all(&a, item, err));
	TRY(insert_all(&a, item, owners, count, err));
	act_set_subject(&a, item, act->resident);
	return act_commit(&a, item, err);
}
