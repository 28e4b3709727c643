#include "core/store/act.h"

#include <assert.h>
#include <sodium.h>

#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

static_assert(ACT_KEY_SIZE == JOURNAL_KEY_SIZE, "an act and its journal row have one key");

void act_new_key(unsigned char key[ACT_KEY_SIZE])
{
	randombytes_buf(key, ACT_KEY_SIZE);
}

static int settle(struct db *db, struct err *err)
{
	TRY(lock_take(db, err));
	int r = store_settle(db, err);
	lock_release(db);
	return r;
}

int act_recheck(
	struct db *db, const unsigned char key[ACT_KEY_SIZE], int64_t *ret_result, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	if (settle(db, err) < 0) {
		err->code = ERR_UNSURE;
		err->reasons[err->reason_count++] = REASON(STORE_UNSURE);
		return ERR_UNSURE;
	}
	TRY(query_open(&q, db, "SELECT result FROM journal WHERE key = :key",
		FIELDS(F_BLOB("key", key, ACT_KEY_SIZE)), err));
	int r = query_next(&q, err);
	if (r == 1)
		*ret_result = query_int(&q, "result");
	return r;
}
