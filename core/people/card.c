#include "core/people/card.h"

#include <sodium.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"
#include "core/store/secret.h"

static void hash_token(const unsigned char token[CODE_TOKEN_SIZE], char out[SECRET_HASH_TEXT])
{
	secret_hash(token, CODE_TOKEN_SIZE, out);
}

#define CARD_SQL "SELECT id, resident, issued_at, revoked_at FROM card WHERE "

static const struct column card_columns[] = {
	COLUMN(struct card, id),
	COLUMN(struct card, resident),
	COLUMN(struct card, issued_at),
	COLUMN(struct card, revoked_at),
};
static const struct row_type card_rows = ROW_TYPE(struct card, card_columns);

int card_of(struct db *db, int64_t resident, struct card *ret, struct err *err)
{
	return row_find(db, &card_rows, CARD_SQL "resident = :resident AND revoked_at IS NULL",
		FIELDS(F_INT("resident", resident)), ret, err);
}

static int not_a_residents(struct db *db, const char *hash, struct err *err)
{
	int64_t is_staffs;

	TRY(db_integer(db, "SELECT 1 FROM staff_card WHERE token_hash = :hash",
		FIELDS(F_TEXT("hash", hash)), 0, &is_staffs, err));
	return is_staffs ? err_set(err, ERR_REFUSED, REASON(STAFF_CARD_ONLY))
			 : err_set(err, ERR_NOT_FOUND, REASON(CARD_UNKNOWN));
}

int card_find(struct db *db, const unsigned char token[CODE_TOKEN_SIZE], struct card *ret,
	struct err *err)
{
	char hash[SECRET_HASH_TEXT];
	struct resident resident;
	struct card card;

	hash_token(token, hash);
	int r = row_find(db, &card_rows, CARD_SQL "token_hash = :hash",
		FIELDS(F_TEXT("hash", hash)), &card, err);
	if (r < 0)
		return r;
	if (r == 0)
		return not_a_residents(db, hash, err);
	TRY(resident_get(db, card.resident, &resident, err));
	if (resident.has_left)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	if (card.revoked_at)
		return err_set(err, ERR_REFUSED, REASON(CARD_REVOKED));
	*ret = card;
	return 0;
}

/* 1 when there was a valid one, else 0. */
static int revoke(struct acting *a, int64_t resident, int64_t *ret_card, struct err *err)
{
	struct card card;
	int r = card_of(a->db, resident, &card, err);

	if (r <= 0)
		return r;
	TRY(act_update(a, "card", card.id, FIELDS(F_INT("revoked_at", a->at)), err));
	*ret_card = card.id;
	return 1;
}

static int issue(struct acting *a, int64_t resident, char ret_text[CODE_TEXT_MAX], int64_t *ret_id,
	struct err *err)
{
	unsigned char token[CODE_TOKEN_SIZE];
	char hash[SECRET_HASH_TEXT];
	int64_t id = act_new_id(a), old;
	int r = revoke(a, resident, &old, err);

	if (r < 0)
		return r;
	randombytes_buf(token, sizeof(token));
	hash_token(token, hash);
	code_write_card(token, ret_text);
	sodium_memzero(token, sizeof(token));
	act_set_subject(a, id, resident);
	TRY(act_insert(a, "card",
		FIELDS(F_INT("id", id), F_INT("resident", resident), F_TEXT("token_hash", hash),
			F_INT("issued_at", a->at)),
		err));
	*ret_id = id;
	return 0;
}

int card_issue(struct db *db, const struct act *act, int64_t resident, char ret_text[CODE_TEXT_MAX],
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	char text[CODE_TEXT_MAX] = "";
	struct resident whose;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_CARD_ISSUE, FIELDS(F_INT("resident", resident)), err));
	if (!a.is_repeat) {
		TRY(resident_get(db, resident, &whose, err));
		if (whose.has_left)
			return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
		TRY(issue(&a, resident, text, &id, err));
		TRY(act_commit(&a, id, err));
	}
	memcpy(ret_text, text, sizeof(text));
	sodium_memzero(text, sizeof(text));
	if (ret_id)
		*ret_id = a.result;
	return 0;
}

int card_revoke(struct db *db, const struct act *act, int64_t resident, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_CARD_REVOKE, FIELDS(F_INT("resident", resident)), err));
	if (a.is_repeat)
		return 0;
	int r = revoke(&a, resident, &id, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_REFUSED, REASON(CARD_NONE));
	act_set_subject(&a, id, resident);
	return act_commit(&a, id, err);
}
