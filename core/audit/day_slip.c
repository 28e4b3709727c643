#include "core/audit/day_slip.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/journal.h"
#include "core/store/reasons.h"

void day_slip_finish(struct day_slip *slip)
{
	for (int i = 0; i < slip->kind_count; i++)
		free(slip->kinds[i].kind);
	free(slip->kinds);
	period_sums_finish(&slip->points);
	*slip = (struct day_slip){ 0 };
}

/* The first row recorded at `at` or later; behind the last when there is none. Rows stand in the
 * order in which they were recorded, so it is found in a few looks however long the journal. */
static int row_from(struct db *db, int64_t at, int64_t last, int64_t *ret, struct err *err)
{
	int64_t low = 1, high = last + 1;

	while (low < high) {
		int64_t middle = low + (high - low) / 2, recorded_at;
		TRY(db_integer(db, "SELECT recorded_at FROM journal WHERE seq = :seq",
			FIELDS(F_INT("seq", middle)), INT64_MAX, &recorded_at, err));
		if (recorded_at < at)
			low = middle + 1;
		else
			high = middle;
	}
	*ret = low;
	return 0;
}

static int count_kinds(struct db *db, struct day_slip *slip, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT kind, count(*) AS count FROM journal WHERE seq BETWEEN :first AND :last"
		" GROUP BY kind ORDER BY kind",
		FIELDS(F_INT("first", slip->first), F_INT("last", slip->last)), err));
	while ((r = query_next(&q, err)) > 0) {
		slip->kinds = mem_resize(
			slip->kinds, (size_t)(slip->kind_count + 1) * sizeof(*slip->kinds));
		struct act_count *row = &slip->kinds[slip->kind_count++];
		*row = (struct act_count){ mem_text(query_text0(&q, "kind")),
			query_int(&q, "count") };
		slip->acts += row->count;
	}
	return r;
}

static int vouch(struct db *db, struct day_slip *slip, struct err *err)
{
	unsigned char hash[JOURNAL_HASH_SIZE];

	if (slip->head == 0)
		return 0;
	int r = journal_hash_at(db, slip->head, hash, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_setf(err, ERR_STORAGE,
			reason_with_text(REASON_STORE_DAMAGED, db_path(db), slip->head),
			"journal row %lld has no hash", (long long)slip->head);
	code_write_slip(slip->head, hash, slip->code);
	return 0;
}

int day_slip_make(struct db *db, struct day on, struct day_slip *ret, struct err *err)
{
	CLEANUP(day_slip_finish) struct day_slip slip = { .on = on };
	int64_t start = when_day_start(on), end = when_day_start(day_add(on, 1)), first, next;
	CLEANUP(snapshot_end) struct snapshot s = SNAPSHOT_INIT;
	struct journal_head head;

	TRY(snapshot_begin(&s, db, err));
	TRY(journal_head(db, &head, err));
	TRY(row_from(db, start, head.seq, &first, err));
	TRY(row_from(db, end, head.seq, &next, err));
	slip.head = next - 1;
	if (first < next) {
		slip.first = first;
		slip.last = next - 1;
		TRY(count_kinds(db, &slip, err));
	}
	TRY(points_sums(db, start, end, &slip.points, err));
	TRY(db_integer(db, "SELECT sum(fen) FROM fund_line WHERE at >= :start AND at < :end",
		FIELDS(F_INT("start", start), F_INT("end", end)), 0, &slip.fund_fen, err));
	TRY(vouch(db, &slip, err));
	*ret = slip;
	slip = (struct day_slip){ 0 };
	return 0;
}

/* The row that a slip saw is not there as it was: lost by a restore, which says so in the journal,
 * or by an old copy, or rewritten. */
static int say_missed(struct db *db, int64_t seq, bool is_another, struct err *err)
{
	int64_t restores;

	TRY(db_integer(db,
		"SELECT count(*) FROM journal WHERE kind = 'store.restore' AND seq <= :seq",
		FIELDS(F_INT("seq", seq)), 0, &restores, err));
	if (restores)
		return err_set(err, ERR_REFUSED, REASON(SLIP_LOST));
	return err_setf(err, ERR_STORAGE,
		reason_with_text(
			is_another ? REASON_STORE_DAMAGED : REASON_STORE_BEHIND, db_path(db), seq),
		"journal row %lld is not what the day slip saw: it or one before it was "
		"rewritten or is lost",
		(long long)seq);
}

int day_slip_check(struct db *db, const char *text, int64_t *ret_seq, struct err *err)
{
	unsigned char hash[JOURNAL_HASH_SIZE];
	bool is_damaged;
	struct code code = code_read(text, strlen(text), &is_damaged);

	if (is_damaged)
		return err_set(err, ERR_INVALID, REASON(CODE_DAMAGED));
	if (code.type != CODE_SLIP)
		return err_set(err, ERR_INVALID, REASON_TEXT(CODE_WRONG_TYPE, "slip"));
	int r = journal_hash_at(db, code.id, hash, err);
	if (r < 0)
		return r;
	if (r == 0 || memcmp(hash, code.token, CODE_SLIP_SIZE) != 0)
		return say_missed(db, code.id, r == 1, err);
	*ret_seq = code.id;
	return 0;
}
