#include "core/site/blank.h"

#include <sodium.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/site/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"
#include "core/store/secret.h"

static const char *const use_names[BLANK_USE_COUNT] = {
	[BLANK_LEND] = "lend",
	[BLANK_RETURN] = "return",
	[BLANK_ROOM] = "room",
};

/* ---- reading ---- */

#define BLANK_SELECT "SELECT id, number, use, issued_at, entered_at FROM blank WHERE "

static const struct column blank_columns[] = {
	COLUMN(struct blank, id),
	COLUMN(struct blank, number),
	COLUMN_ENUM(struct blank, use, use_names),
	COLUMN(struct blank, issued_at),
	COLUMN(struct blank, entered_at),
};
static const struct row_type blank_rows = ROW_TYPE(struct blank, blank_columns);

int blank_get(struct db *db, int64_t id, struct blank *ret, struct err *err)
{
	return row_get(db, &blank_rows, BLANK_SELECT "id = :id", FIELDS(F_INT("id", id)), ret,
		REASON(CODE_OUTDATED), err);
}

int blank_by_code(struct db *db, const struct code *code, struct blank *ret, struct err *err)
{
	char hash[SECRET_HASH_TEXT];

	secret_hash(code->token, CODE_SECRET_SIZE, hash);
	return row_get(db, &blank_rows, BLANK_SELECT "hash = :hash", FIELDS(F_TEXT("hash", hash)),
		ret, REASON(CODE_OUTDATED), err);
}

int blanks_latest(struct db *db, int64_t *ret_at, struct err *err)
{
	return db_integer(db, "SELECT max(issued_at) FROM blank", NO_FIELDS, 0, ret_at, err);
}

static const struct column entry_columns[] = {
	COLUMN(struct blank_entry, loan),
	COLUMN(struct blank_entry, session),
};
static const struct row_type entry_rows = ROW_TYPE(struct blank_entry, entry_columns);

int blank_entries(
	struct db *db, int64_t blank, struct blank_entry **ret, int *ret_count, struct err *err)
{
	return rows_read(db, &entry_rows,
		"SELECT loan, session FROM blank_entry WHERE blank = :blank ORDER BY id",
		FIELDS(F_INT("blank", blank)), ret, ret_count, sizeof(**ret), err);
}

/* ---- acts ---- */

static int issue_one(struct acting *a, struct blank_issued *blank, struct err *err)
{
	unsigned char secret[CODE_SECRET_SIZE];
	char hash[SECRET_HASH_TEXT];

	randombytes_buf(secret, sizeof(secret));
	secret_hash(secret, sizeof(secret), hash);
	code_write_secret(CODE_BLANK, secret, blank->code);
	sodium_memzero(secret, sizeof(secret));
	return act_insert(a, "blank",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("number", blank->number),
			F_TEXT("use", use_names[blank->use]), F_TEXT("hash", hash),
			F_INT("issued_at", a->at)),
		err);
}

int blanks_issue(struct db *db, const struct act *act, const int counts[BLANK_USE_COUNT],
	struct blank_issued *ret, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t number;
	int count = 0;

	TRY(act_begin(&a, db, act, ACT_BLANK_ISSUE,
		FIELDS(F_INT("lend", counts[BLANK_LEND]), F_INT("return", counts[BLANK_RETURN]),
			F_INT("room", counts[BLANK_ROOM])),
		err));
	if (a.is_repeat)
		return err_set(err, ERR_REFUSED, REASON(CODE_OUTDATED));
	TRY(db_integer(db, NEXT_NUMBER("blank"), NO_FIELDS, 1, &number, err));
	for (enum blank_use use = 0; use < BLANK_USE_COUNT; use++)
		for (int i = 0; i < counts[use]; i++, number++) {
			struct blank_issued *blank = &ret[count++];
			*blank = (struct blank_issued){ .number = number, .use = use };
			TRY(issue_one(&a, blank, err));
		}
	return act_commit(&a, count, err);
}

int blank_enter(struct db *db, const struct act *act, int64_t id, const struct blank_entry *entries,
	int count, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct blank blank;

	TRY(act_begin(&a, db, act, ACT_BLANK_ENTER, FIELDS(F_INT("blank", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(blank_get(db, id, &blank, err));
	if (blank.entered_at)
		return err_set(err, ERR_REFUSED,
			REASON(BLANK_ENTERED, .n1 = blank.number, .n2 = blank.entered_at));
	/* When it was entered, not when the events on it happened. */
	TRY(act_update(&a, "blank", id, FIELDS(F_INT("entered_at", a.now)), err));
	for (int i = 0; i < count; i++)
		TRY(act_insert(&a, "blank_entry",
			FIELDS(F_INT("id", act_new_id(&a)), F_INT("blank", id),
				F_ID("loan", entries[i].loan), F_ID("session", entries[i].session)),
			err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}
