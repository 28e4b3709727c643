#include "core/store/secret.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/acting.h"

#define HASH_SIZE 32
static_assert(SECRET_HASH_TEXT == HASH_SIZE * 2 + 1, "hexadecimal, with its NUL");

/* The column that names the code's subject, and the statements that use it. */
static const struct owner {
	enum code_type type;
	const char *column, *by_owner, *by_hash;
} owners[] = {
	{ CODE_BOOKING, "booking", "SELECT id FROM secret WHERE booking = :owner",
		"SELECT booking FROM secret WHERE hash = :hash AND booking IS NOT NULL" },
	{ CODE_VOUCHER, "redemption", "SELECT id FROM secret WHERE redemption = :owner",
		"SELECT redemption FROM secret WHERE hash = :hash AND redemption IS NOT NULL" },
};

static const struct owner *owner_of(enum code_type type)
{
	for (size_t i = 0; i < ARRAY_LEN(owners); i++)
		if (owners[i].type == type)
			return &owners[i];
	assert(false && "a code that carries no secret");
	return &owners[0];
}

void secret_hash(const unsigned char *bytes, size_t size, char out[SECRET_HASH_TEXT])
{
	unsigned char hash[HASH_SIZE];

	crypto_generichash(hash, sizeof(hash), bytes, size, NULL, 0);
	sodium_bin2hex(out, SECRET_HASH_TEXT, hash, sizeof(hash));
}

static void draw(enum code_type type, char ret_text[CODE_TEXT_MAX], char ret_hash[SECRET_HASH_TEXT])
{
	unsigned char secret[CODE_SECRET_SIZE];

	randombytes_buf(secret, sizeof(secret));
	secret_hash(secret, sizeof(secret), ret_hash);
	code_write_secret(type, secret, ret_text);
	sodium_memzero(secret, sizeof(secret));
}

/* The row of the code that was valid until now gets the new one. */
static int write_row(
	struct acting *a, enum code_type type, int64_t subject, const char *hash, struct err *err)
{
	const struct owner *owner = owner_of(type);
	int64_t id;

	TRY(db_integer(a->db, owner->by_owner, FIELDS(F_INT("owner", subject)), 0, &id, err));
	if (id)
		return act_update(a, "secret", id,
			FIELDS(F_TEXT("hash", hash), F_INT("issued_at", a->at)), err);
	return act_insert(a, "secret",
		FIELDS(F_INT("id", act_new_id(a)), F_INT(owner->column, subject),
			F_TEXT("hash", hash), F_INT("issued_at", a->at)),
		err);
}

int secret_issue(struct db *db, const struct act *act, enum code_type type, int64_t subject,
	char ret_text[CODE_TEXT_MAX], struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	char text[CODE_TEXT_MAX] = "", hash[SECRET_HASH_TEXT];

	TRY(act_begin(&a, db, act, ACT_CODE_ISSUE,
		FIELDS(F_TEXT("of", owner_of(type)->column), F_INT("subject", subject)), err));
	if (!a.is_repeat) {
		draw(type, text, hash);
		TRY(write_row(&a, type, subject, hash, err));
		act_set_subject(&a, subject, act->resident);
		TRY(act_commit(&a, subject, err));
	}
	memcpy(ret_text, text, sizeof(text));
	sodium_memzero(text, sizeof(text));
	return 0;
}

int secret_subject(struct db *db, const struct code *code, int64_t *ret_subject, struct err *err)
{
	char hash[SECRET_HASH_TEXT];
	int64_t subject;

	secret_hash(code->token, CODE_SECRET_SIZE, hash);
	TRY(db_integer(
		db, owner_of(code->type)->by_hash, FIELDS(F_TEXT("hash", hash)), 0, &subject, err));
	if (!subject)
		return err_set(err, ERR_NOT_FOUND, REASON(CODE_OUTDATED));
	*ret_subject = subject;
	return 0;
}
