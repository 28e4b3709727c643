#include "core/audit/verify.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/store/binding.h"
#include "core/store/journal_check.h"
#include "core/store/reasons.h"

static void cleanup_db(struct db **db)
{
	db_close(*db);
}

static int check_structure(struct db *db, struct err *err)
{
	CLEANUP(cleanup_db) struct db *fresh = NULL;

	TRY(replay_scratch(db, REPLAY_NEWEST, ":memory:", &fresh, err));
	return replay_check_structure(db, fresh, err);
}

static int replay_at(struct db *db, const char *path, struct verify_report *report, struct err *err)
{
	CLEANUP(cleanup_db) struct db *scratch = NULL;

	TRY(replay_scratch(db, REPLAY_FIRST, path, &scratch, err));
	TRY(replay_into(db, scratch, err));
	report->is_replayed = true;
	return replay_compare(db, scratch, &report->difference, err);
}

static int replay_beside(
	struct db *db, const char *scratch_dir, struct verify_report *report, struct err *err)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/verify-%d.db", scratch_dir, (int)getpid());

	unlink(path);
	int r = replay_at(db, path, report, err);
	unlink(path);
	return r;
}

/* From now on every process knows what was found here: nobody writes to a broken journal. */
static int check_whole(struct db *db, int64_t *ret_rows, struct err *err)
{
	int r = check_structure(db, err);

	if (r == 0)
		r = journal_verify(db, ret_rows, err);
	if (r == 0)
		journal_absolve(db);
	else if (err_has(err, REASON_STORE_DAMAGED))
		journal_condemn(db, err->reasons[0].n1);
	return r;
}

int verify_run(struct db *db, bool is_replayed, const char *scratch_dir, struct verify_report *ret,
	struct err *err)
{
	CLEANUP(snapshot_end) struct snapshot s = SNAPSHOT_INIT;
	struct verify_report report = { 0 };
	struct journal_head tripwire;

	report.is_tripwire_lost = journal_tripwire_lost(db);
	journal_tripwire_read(db, &tripwire); /* before the snapshot: see there */
	TRY(snapshot_begin(&s, db, err));
	TRY(check_whole(db, &report.journal_rows, err));
	TRY(journal_tripwire_compare(db, &tripwire, err));
	TRY(binding_check(db, err));
	if (is_replayed)
		TRY(replay_beside(db, scratch_dir, &report, err));
	*ret = report;
	return 0;
}
