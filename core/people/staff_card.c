#include "core/people/staff_card.h"

#include <sodium.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/card.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/secret.h"

/* ---- a new one ---- */

static int check_holder(struct db *db, int64_t id, struct err *err)
{
	struct resident resident;
	struct staff staff;

	TRY(staff_get(db, id, &staff, err));
	if (staff.left_at)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff.code));
	if (staff.role == ROLE_SERVICE)
		return err_set(err, ERR_REFUSED, REASON(PIN_NONE));
	if (!staff.resident)
		return 0;
	TRY(resident_get(db, staff.resident, &resident, err));
	return err_set(err, ERR_REFUSED, REASON(STAFF_HAS_CARD, .n1 = resident.number));
}

static int issue(struct acting *a, int64_t staff, char ret_text[CODE_TEXT_MAX], struct err *err)
{
	unsigned char token[CODE_TOKEN_SIZE];
	char hash[SECRET_HASH_TEXT];
	int64_t id = act_new_id(a), old;

	TRY(db_integer(a->db,
		"SELECT id FROM staff_card WHERE staff = :staff AND revoked_at IS NULL",
		FIELDS(F_INT("staff", staff)), 0, &old, err));
	if (old)
		TRY(act_update(a, "staff_card", old, FIELDS(F_INT("revoked_at", a->at)), err));
	randombytes_buf(token, sizeof(token));
	secret_hash(token, sizeof(token), hash);
	code_write_card(token, ret_text);
	sodium_memzero(token, sizeof(token));
	act_set_subject(a, staff, 0);
	return act_insert(a, "staff_card",
		FIELDS(F_INT("id", id), F_INT("staff", staff), F_TEXT("token_hash", hash),
			F_INT("issued_at", a->at)),
		err);
}

int staff_card_issue(struct db *db, const struct act *act, int64_t staff,
	char ret_text[CODE_TEXT_MAX], struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	char text[CODE_TEXT_MAX] = "";

	TRY(act_begin(&a, db, act, ACT_STAFF_CARD, FIELDS(F_INT("staff", staff)), err));
	if (!a.is_repeat) {
		TRY(check_holder(db, staff, err));
		TRY(issue(&a, staff, text, err));
		TRY(act_commit(&a, staff, err));
	}
	memcpy(ret_text, text, sizeof(text));
	sodium_memzero(text, sizeof(text));
	return 0;
}

/* ---- whose it is ---- */

static int find_own(struct db *db, const unsigned char token[CODE_TOKEN_SIZE], int64_t *ret_staff,
	bool *ret_is_revoked, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	char hash[SECRET_HASH_TEXT];

	secret_hash(token, CODE_TOKEN_SIZE, hash);
	TRY(query_open(&q, db,
		"SELECT staff, revoked_at IS NOT NULL AS is_revoked FROM staff_card"
		" WHERE token_hash = :hash",
		FIELDS(F_TEXT("hash", hash)), err));
	int r = query_next(&q, err);
	if (r > 0) {
		*ret_staff = query_int(&q, "staff");
		*ret_is_revoked = query_int(&q, "is_revoked");
	}
	return r;
}

int staff_card_find(struct db *db, const unsigned char token[CODE_TOKEN_SIZE], struct staff *ret,
	struct err *err)
{
	struct staff staff;
	struct card card;
	int64_t id;
	bool is_revoked;
	int r = find_own(db, token, &id, &is_revoked, err);

	if (r < 0)
		return r;
	if (r == 0) {
		TRY(card_find(db, token, &card, err));
		return staff_by_resident(db, card.resident, ret, err);
	}
	TRY(staff_get(db, id, &staff, err));
	if (staff.left_at)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff.code));
	if (is_revoked)
		return err_set(err, ERR_REFUSED, REASON(CARD_REVOKED));
	*ret = staff;
	return 0;
}
