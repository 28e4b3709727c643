/* Any bytes as the body of a journal's row: changes of rows, or the row is reported as broken. */
#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/journal.h"
#include "core/store/reasons.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static int visit(void *arg, int64_t seq, char op, const char *table, int64_t id,
	const struct json_t *row, struct err *err)
{
	int *changes = arg;

	(void)op;
	(void)id;
	(void)err;
	assert(seq == 1 && table);
	assert(!row || json_typeof(row) <= JSON_NULL);
	++*changes;
	return 0;
}

static struct db *open_once(void)
{
	static const struct clock *clock = &clock_system;
	static struct db *db;
	struct err err = { 0 };

	if (!db)
		assert(db_open_memory(clock, &db, &err) == 0);
	return db;
}

static int add_row(struct db *db, const char *body, struct err *err)
{
	return statement_run(db,
		"INSERT INTO journal (seq, site, epoch, recorded_at, occurred_at, kind, version,"
		" role, station, counter, body, key, inputs, result, hash) VALUES (1, 1, 0, 1, 1,"
		" 'loan.open', 1, 0, 1, 0, :body, zeroblob(16), zeroblob(32), 0, zeroblob(32))",
		PERMIT_ALL, FIELDS(F_TEXT("body", body)), err);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	CLEANUP(mem_free) char *body = mem_text_n((const char *)data, size);
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct db *db = open_once();
	struct err err = { 0 };
	int changes = 0;

	assert(txn_begin(&t, db, &err) == 0);
	if (add_row(db, body, &err) < 0)
		return 0;
	int r = journal_each_change(db, visit, &changes, &err);
	assert(r == 0 || (err.code == ERR_STORAGE && err_has(&err, REASON_STORE_DAMAGED)));
	return 0;
}
