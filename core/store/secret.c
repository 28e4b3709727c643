#include "core/store/secret.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "core/base/mem.h"

#define HASH_SIZE 32
static_assert(SECRET_HASH_TEXT == HASH_SIZE * 2 + 1, "hexadecimal, with its NUL");

static const char *kind_of(enum code_type type)
{
	assert(type == CODE_BOOKING || type == CODE_VOUCHER);
	return type == CODE_BOOKING ? "booking" : "voucher";
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

/* The row of the code that worked until now gets the new one. */
static int write_row(
	struct acting *a, enum code_type type, int64_t subject, const char *hash, struct err *err)
{
	int64_t id;

	TRY(db_integer(a->db, "SELECT id FROM secret WHERE kind = :kind AND subject = :subject",
		FIELDS(F_TEXT("kind", kind_of(type)), F_INT("subject", subject)), 0, &id, err));
	if (id)
		return act_update(a, "secret", id,
			FIELDS(F_TEXT("hash", hash), F_INT("issued_at", a->at)), err);
	return act_insert(a, "secret",
		FIELDS(F_INT("id", act_new_id(a)), F_TEXT("kind", kind_of(type)),
			F_INT("subject", subject), F_TEXT("hash", hash), F_INT("issued_at", a->at)),
		err);
}

int secret_issue(struct db *db, const struct act *act, enum code_type type, int64_t subject,
	char ret_text[CODE_TEXT_MAX], struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	char text[CODE_TEXT_MAX] = "", hash[SECRET_HASH_TEXT];

	TRY(act_begin(&a, db, act, ACT_CODE_ISSUE,
		FIELDS(F_TEXT("kind", kind_of(type)), F_INT("subject", subject)), err));
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
	TRY(db_integer(db, "SELECT subject FROM secret WHERE hash = :hash AND kind = :kind",
		FIELDS(F_TEXT("hash", hash), F_TEXT("kind", kind_of(code->type))), 0, &subject,
		err));
	if (!subject)
		return err_set(err, ERR_NOT_FOUND, REASON(CODE_OUTDATED));
	*ret_subject = subject;
	return 0;
}
