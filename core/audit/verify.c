#include "core/audit/verify.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/store/journal_check.h"

static const char *const leavings[] = { "", "-wal", "-shm", ".lock", ".head" };

static void scratch_remove(const char *path)
{
	for (size_t i = 0; i < ARRAY_LEN(leavings); i++) {
		CLEANUP(mem_free) char *file = mem_printf("%s%s", path, leavings[i]);
		unlink(file);
	}
}

static void cleanup_db(struct db **db)
{
	db_close(*db);
}

static int check_all(struct db *db, struct db *scratch, bool replay, struct verify_report *report,
	struct err *err)
{
	TRY(replay_check_structure(db, scratch, err));
	TRY(journal_verify(db, &report->journal_rows, err));
	TRY(journal_tripwire_check(db, err));
	if (!replay)
		return 0;
	TRY(replay_into(db, scratch, err));
	report->is_replayed = true;
	return replay_compare(db, scratch, &report->difference, err);
}

int verify_run(struct db *db, bool replay, const char *scratch_dir, struct verify_report *ret,
	struct err *err)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/verify-%d.db", scratch_dir, (int)getpid());
	CLEANUP(cleanup_db) struct db *scratch = NULL;
	CLEANUP(mem_free) char *zone = NULL;
	struct verify_report report = { 0 };

	TRY(db_zone(db, &zone, err));
	scratch_remove(path);
	int r = db_create(path, 0, zone, db_clock(db), &scratch, err);
	if (r == 0)
		r = check_all(db, scratch, replay, &report, err);
	scratch_remove(path);
	if (r < 0)
		return r;
	*ret = report;
	return 0;
}
