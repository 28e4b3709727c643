#include "core/audit/day_slip.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/act_reasons.h"
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

/* Rows between two at which staff have confirmed the clock (clock_doubt.h): within them time does
 * not go back. */
struct section {
	int64_t from, until; /* seq, half open */
};

/* Its first row recorded at `at` or later; its end when there is none. A binary search, fast
 * however long the journal is. */
static int row_from(
	struct db *db, const struct section *in, int64_t at, int64_t *ret, struct err *err)
{
	int64_t low = in->from, high = in->until;

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

static struct act_count *kind_row(struct day_slip *slip, const char *kind)
{
	for (int i = 0; i < slip->kind_count; i++)
		if (strcmp(slip->kinds[i].kind, kind) == 0)
			return &slip->kinds[i];
	slip->kinds =
		mem_resize(slip->kinds, (size_t)(slip->kind_count + 1) * sizeof(*slip->kinds));
	struct act_count *row = &slip->kinds[slip->kind_count++];
	*row = (struct act_count){ .kind = mem_text(kind) };
	return row;
}

static int count_rows(
	struct db *db, const struct section *rows, struct day_slip *slip, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT kind, count(*) AS count FROM journal WHERE seq >= :from AND seq < :until"
		" GROUP BY kind",
		FIELDS(F_INT("from", rows->from), F_INT("until", rows->until)), err));
	while ((r = query_next(&q, err)) > 0) {
		kind_row(slip, query_text0(&q, "kind"))->count += query_int(&q, "count");
		slip->acts += query_int(&q, "count");
	}
	return r;
}

/* The part of a section that belongs to the day. The slip vouches for the day's last row, or if the
 * day has none for the last before its end. */
static int count_section(
	struct db *db, const struct section *in, struct day_slip *slip, struct err *err)
{
	struct section day;

	TRY(row_from(db, in, when_day_start(slip->on), &day.from, err));
	TRY(row_from(db, in, when_day_start(day_add(slip->on, 1)), &day.until, err));
	bool has_rows = day.from<day.until, had_rows = slip->acts> 0;
	if (day.until > in->from && (has_rows || !had_rows))
		slip->head = day.until - 1;
	if (!has_rows)
		return 0;
	slip->first = had_rows ? slip->first : day.from;
	slip->last = day.until - 1;
	return count_rows(db, &day, slip, err);
}

static int by_kind(const void *a, const void *b)
{
	return strcmp(((const struct act_count *)a)->kind, ((const struct act_count *)b)->kind);
}

static int count_day(struct db *db, int64_t last, struct day_slip *slip, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct section section = { .from = 1 };
	int r;

	TRY(query_open(&q, db,
		"SELECT seq FROM journal WHERE kind = 'clock.accept' AND seq <= :last ORDER BY seq",
		FIELDS(F_INT("last", last)), err));
	while ((r = query_next(&q, err)) > 0) {
		section.until = query_int(&q, "seq");
		TRY(count_section(db, &section, slip, err));
		section.from = section.until;
	}
	if (r < 0)
		return r;
	section.until = last + 1;
	TRY(count_section(db, &section, slip, err));
	if (slip->kind_count > 1)
		qsort(slip->kinds, (size_t)slip->kind_count, sizeof(*slip->kinds), by_kind);
	return 0;
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
	int64_t start = when_day_start(on), end = when_day_start(day_add(on, 1));
	CLEANUP(snapshot_end) struct snapshot s = SNAPSHOT_INIT;
	struct journal_head head;

	TRY(snapshot_begin(&s, db, err));
	TRY(journal_head(db, &head, err));
	TRY(count_day(db, head.seq, &slip, err));
	TRY(points_sums(db, start, end, &slip.points, err));
	TRY(db_integer(db, "SELECT sum(fen) FROM fund_line WHERE at >= :start AND at < :end",
		FIELDS(F_INT("start", start), F_INT("end", end)), 0, &slip.fund_fen, err));
	TRY(vouch(db, &slip, err));
	*ret = slip;
	slip = (struct day_slip){ 0 };
	return 0;
}

/* The row that a slip saw is no longer there as it was: lost by a restore, which the journal
 * records, or by an old copy, or rewritten. */
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
