#include "core/points/notice.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

/* ---- telling ---- */

struct due {
	int64_t resident, points;
	struct day on;
};
struct due_list {
	struct due *rows;
	int count;
};
static const struct column due_columns[] = {
	COLUMN(struct due, resident),
	COLUMN(struct due, points),
	COLUMN_AS(struct due, on, "expires_on"),
};
static const struct row_type due_rows = ROW_TYPE(struct due, due_columns);
static LIST_FINISHER(due_list_finish, struct due_list, due_rows);

/* All at once: telling changes what is read. */
static int read_due(struct db *db, const char *until, struct due_list *ret, struct err *err)
{
	return rows_list(db, &due_rows,
		"SELECT resident, expires_on, sum(remaining) AS points FROM lot"
		" JOIN account ON account.id = lot.account WHERE resident IS NOT NULL"
		" AND remaining > 0 AND noticed_on IS NOT NULL AND expires_on <= :until"
		" GROUP BY resident, expires_on ORDER BY expires_on, resident",
		FIELDS(F_TEXT("until", until)), ret, err);
}

static int tell_once(struct acting *a, const struct due *due, struct err *err)
{
	const struct message facts = { .kind = MESSAGE_POINTS_EXPIRE,
		.start_at = when_day_start(due->on),
		.points = due->points };
	int64_t told;

	TRY(db_integer(a->db,
		"SELECT count(*) FROM message WHERE resident = :resident"
		" AND kind = 'points_expire' AND start_at = :start_at",
		FIELDS(F_INT("resident", due->resident), F_INT("start_at", facts.start_at)), 0,
		&told, err));
	return told ? 0 : message_tell(a->db, a->act, due->resident, &facts, err);
}

int notice_tell(struct acting *a, const char *until, struct err *err)
{
	CLEANUP(due_list_finish) struct due_list due = { 0 };

	TRY(read_due(a->db, until, &due, err));
	for (int i = 0; i < due.count; i++)
		TRY(tell_once(a, &due.rows[i], err));
	return 0;
}

/* ---- reading ---- */

/* What is still there, and until when: a gift may have brought it after the others' notice. */
static int read_left(
	struct db *db, int64_t resident, const char *expires_on, struct message *m, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct day last;
	int64_t ahead;

	TRY(setting_int(db, SETTING_POINTS_NOTICE_DAYS, &ahead, err));
	TRY(query_open(&q, db,
		"SELECT coalesce(sum(remaining), 0) AS points,"
		" max(:on, coalesce(date(max(noticed_on), '+' || :ahead || ' days'), :on))"
		" AS last_on FROM lot JOIN account ON account.id = lot.account"
		" WHERE resident = :resident AND remaining > 0 AND expires_on = :on",
		FIELDS(F_INT("resident", resident), F_TEXT("on", expires_on),
			F_INT("ahead", ahead)),
		err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	TRY(day_parse(query_text0(&q, "last_on"), &last, err));
	m->points = query_int(&q, "points");
	m->start_at = when_day_start(last);
	return 0;
}

static int read_expired(
	struct db *db, int64_t resident, const char *expires_on, struct message *m, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT coalesce(sum(lot_use.amount - returned), 0) AS points,"
		" coalesce(max(transfer.at), 0) AS expired_at FROM account"
		" JOIN entry ON entry.account = account.id"
		" JOIN transfer ON transfer.id = entry.transfer"
		" JOIN lot_use ON lot_use.entry = entry.id JOIN lot ON lot.id = lot_use.lot"
		" WHERE account.resident = :resident AND transfer.kind = 'expiry'"
		" AND expires_on = :on",
		FIELDS(F_INT("resident", resident), F_TEXT("on", expires_on)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	m->points = query_int(&q, "points");
	m->end_at = query_int(&q, "expired_at");
	return 0;
}

/* 0 points: not to be told. */
static int bring_up_to_date(struct db *db, int64_t resident, struct message *m, struct err *err)
{
	char expires_on[11];

	day_format(when_day(m->start_at), expires_on);
	TRY(read_left(db, resident, expires_on, m, err));
	return m->points ? 0 : read_expired(db, resident, expires_on, m, err);
}

int notice_unread(struct db *db, int64_t resident, struct message **ret, struct err *err)
{
	struct message *messages = NULL;
	int r = 0, kept = 0, count = message_unread(db, resident, &messages, err);

	TRY(count);
	for (int i = 0; i < count; i++) {
		struct message m = messages[i];
		bool is_notice = m.kind == MESSAGE_POINTS_EXPIRE;
		if (is_notice)
			r = bring_up_to_date(db, resident, &m, err);
		if (r < 0) {
			messages_finish(messages, count);
			return r;
		}
		/* Messages still to be told come first, in their order. */
		messages[i] = messages[kept];
		messages[kept] = m;
		kept += !is_notice || m.points > 0;
	}
	for (int i = kept; i < count; i++) {
		free(messages[i].words);
		free(messages[i].about);
	}
	*ret = messages;
	return kept;
}
