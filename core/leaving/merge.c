#include "core/leaving/merge.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/duty/volunteer.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/loan_sql.h"
#include "core/people/child.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/points/freeze.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/store/acting.h"
#include "core/venues/session.h"

/* References to a resident; a row that is only moved has the query for it. */
static const struct reference {
	const char *name, *table, *column, *sql;
} references[] = {
#define MOVED(table, column)                                                         \
	{                                                                            \
		table "." column, table, column,                                     \
			"SELECT min(id) FROM " table " WHERE " column " = :resident" \
	}
#define APART(table, column)                          \
	{                                             \
		table "." column, table, column, NULL \
	}
	{ "loan.resident", "loan", "resident",
		"SELECT min(id) FROM (" LOANS_ALL("id", "resident = :resident") ")" },
	MOVED("hold", "resident"), MOVED("booking", "resident"),
	MOVED("booking_series", "resident"), MOVED("session", "resident"),
	MOVED("handover", "resident"), MOVED("donation", "resident"), MOVED("giveaway", "resident"),
	MOVED("swap", "resident"), MOVED("sale", "resident"), MOVED("stock_move", "resident"),
	MOVED("use_right", "resident"), MOVED("redemption", "resident"),
	MOVED("assignment", "resident"), MOVED("service_hours", "resident"),
	MOVED("service_record", "resident"), MOVED("certificate", "resident"),
	MOVED("skill_service", "helper"), MOVED("skill_service", "asker"),
	MOVED("message", "resident"), MOVED("staff", "resident"), MOVED("volunteer", "partner"),
	MOVED("resident", "guardian"), MOVED("resident", "consent_by"),
	MOVED("item_owner", "resident"), /* in addition to what join_owned has joined */
	MOVED("duty_team_member", "resident"), MOVED("fetcher", "child"),
	MOVED("fetcher", "resident"), APART("account", "resident"), /* move_points */
	APART("volunteer", "resident"),                             /* move_service */
	APART("kin", "resident"),                                   /* move_kin */
	APART("kin", "other"), APART("card", "resident"),           /* ends */
	APART("resident", "merged_into"),                           /* a chain stays one */
	APART("points_person", "id"),                               /* a wish follows its number */
	APART("resident_private", "id"),                            /* fill_in, then dropped */
};

const char *merge_reference(int index)
{
	return index < (int)ARRAY_LEN(references) ? references[index].name : NULL;
}

/* ---- what stands against it ---- */

/* Each counts what cannot belong to one person. */
static const struct conflict {
	int reason;
	const char *sql;
} conflicts[] = {
	{ REASON_MERGE_SHIFT,
		"SELECT count(*) FROM assignment a JOIN assignment b ON b.shift = a.shift"
		" WHERE a.resident = :from AND b.resident = :into"
		" AND (a.gone IS NULL OR a.gone = 'missed')"
		" AND (b.gone IS NULL OR b.gone = 'missed')" },
	{ REASON_MERGE_SERVED, "SELECT count(*) FROM skill_service"
			       " WHERE helper IN (:from, :into) AND asker IN (:from, :into)" },
	{ REASON_MERGE_STAFF,
		"SELECT (SELECT count(*) FROM staff WHERE resident = :from AND left_at IS NULL)"
		" * (SELECT count(*) FROM staff WHERE resident = :into AND left_at IS NULL)" },
};

static int check(struct db *db, int64_t from, int64_t into, struct err *err)
{
	struct resident one, other;
	struct err refusal = { 0 };
	int64_t n;

	TRY(resident_get(db, from, &one, err));
	TRY(resident_get(db, into, &other, err));
	if (from == into)
		return err_set(err, ERR_REFUSED, REASON(MERGE_SAME));
	if (one.has_left || other.has_left)
		err_refuse(&refusal, REASON(RESIDENT_LEFT));
	for (size_t i = 0; i < ARRAY_LEN(conflicts); i++) {
		TRY(db_integer(db, conflicts[i].sql,
			FIELDS(F_INT("from", from), F_INT("into", into)), 0, &n, err));
		if (n > 0)
			err_refuse(&refusal, (struct reason){ .code = conflicts[i].reason });
	}
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

/* ---- what both may have ---- */

/* Deletes the rows of :from for which :into has an equal one. */
static int delete_twins(struct acting *a, const char *table, const char *sql, int64_t from,
	int64_t into, struct err *err)
{
	int64_t row;

	for (;;) {
		TRY(db_integer(a->db, sql, FIELDS(F_INT("from", from), F_INT("into", into)), 0,
			&row, err));
		if (!row)
			return 0;
		TRY(act_delete(a, table, row, err));
	}
}

static int drop_twins(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	static const struct {
		const char *table, *sql;
	} twins[] = {
		{ "duty_team_member",
			"SELECT min(x.id) FROM duty_team_member x JOIN duty_team_member y"
			" ON y.team = x.team AND y.resident = :into WHERE x.resident = :from" },
		{ "fetcher",
			"SELECT min(x.id) FROM fetcher x JOIN fetcher y"
			" ON y.child = x.child AND y.resident = :into WHERE x.resident = :from" },
		{ "fetcher",
			"SELECT min(x.id) FROM fetcher x JOIN fetcher y"
			" ON y.resident = x.resident AND y.child = :into WHERE x.child = :from" },
		{ "fetcher",
			"SELECT min(id) FROM fetcher WHERE (child = :from AND resident = :into)"
			" OR (child = :into AND resident = :from)" },
		{ "message", "SELECT min(x.id) FROM message x JOIN message y ON y.kind = x.kind"
			     " AND y.start_at = x.start_at AND y.resident = :into"
			     " WHERE x.resident = :from AND x.kind = 'points_expire'" },
	};

	for (size_t i = 0; i < ARRAY_LEN(twins); i++)
		TRY(delete_twins(a, twins[i].table, twins[i].sql, from, into, err));
	return 0;
}

/* One hold per title, one room at a time: the second record's are given up. */
static int end_twins(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	struct session session;
	int64_t hold;
	int is_in = session_of_resident(a->db, from, &session, err);

	TRY(is_in);
	if (is_in)
		TRY(session_end(a->db, a->act, session.id, true, err));
	for (;;) {
		TRY(db_integer(a->db,
			"SELECT min(x.id) FROM hold x JOIN hold y ON y.title = x.title"
			" AND y.resident = :into AND y.ended_at IS NULL"
			" WHERE x.resident = :from AND x.ended_at IS NULL",
			FIELDS(F_INT("from", from), F_INT("into", into)), 0, &hold, err));
		if (!hold)
			return 0;
		TRY(hold_cancel(a->db, a->act, hold, err));
	}
}

/* Shares of one thing are added up. */
static int join_owned(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	for (;;) {
		CLEANUP(query_close) struct query q = QUERY_INIT;
		TRY(query_open(&q, a->db,
			"SELECT x.id AS gone, y.id AS kept, x.share + y.share AS share"
			" FROM item_owner x JOIN item_owner y ON y.item = x.item"
			" AND y.resident = :into WHERE x.resident = :from LIMIT 1",
			FIELDS(F_INT("from", from), F_INT("into", into)), err));
		int r = query_next(&q, err);
		if (r <= 0)
			return r;
		int64_t gone = query_int(&q, "gone"), kept = query_int(&q, "kept");
		int64_t share = query_int(&q, "share");
		query_close(&q);
		TRY(act_delete(a, "item_owner", gone, err));
		TRY(act_update(a, "item_owner", kept, FIELDS(F_INT("share", share)), err));
	}
}

/* ---- what has an order of its own ---- */

static int account_of(struct db *db, int64_t resident, int64_t *ret, struct err *err)
{
	return db_integer(db, "SELECT id FROM account WHERE resident = :resident",
		FIELDS(F_INT("resident", resident)), 0, ret, err);
}

static int post_balance(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	struct points balance, frozen;
	int64_t transfer;

	TRY(points_frozen(a->db, from, &frozen, err));
	if (frozen.n > 0)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_HAS_DEPOSIT, .n1 = frozen.n));
	TRY(points_balance(a->db, from, &balance, err));
	if (balance.n == 0)
		return 0;
	const struct posting postings[] = {
		{ .resident = from, .amount = POINTS(-balance.n) },
		{ .resident = into, .amount = balance },
	};
	const struct transfer_draft draft = { "merge", postings, ARRAY_LEN(postings) };
	return transfer_post(a->db, a->act, &draft, &transfer, err);
}

/* An account moves as a whole when the other record has none: its lines stay together. */
static int move_points(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	int64_t theirs, own;

	TRY(account_of(a->db, from, &theirs, err));
	TRY(account_of(a->db, into, &own, err));
	if (!theirs)
		return 0;
	if (own)
		return post_balance(a, from, into, err);
	return act_update(a, "account", theirs, FIELDS(F_INT("resident", into)), err);
}

static int move_service(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer one = { 0 }, other = { 0 };
	int has_one = volunteer_of(a->db, from, &one, err);
	int has_other = has_one < 0 ? has_one : volunteer_of(a->db, into, &other, err);

	TRY(has_other);
	if (!has_one)
		return 0;
	if (!has_other)
		return act_update(a, "volunteer", one.id, FIELDS(F_INT("resident", into)), err);
	if (!one.has_ended)
		TRY(volunteer_end(a->db, a->act, one.id, err));
	return act_private_drop(a, "volunteer_private", one.id, err);
}

static int move_kin(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	CLEANUP(mem_free) int64_t *kin = NULL;
	struct resident resident;
	int64_t id;
	int count = kin_of(a->db, from, &kin, err);

	TRY(count);
	for (int i = 0; i < count; i++) {
		TRY(kin_end(a->db, a->act, from, kin[i], err));
		TRY(resident_get(a->db, kin[i], &resident, err));
		if (kin[i] != into && !resident.has_left)
			TRY(kin_add(a->db, a->act, into, kin[i], &id, err));
	}
	return 0;
}

/* ---- the two records ---- */

static const char *unless(const char *kept, const char *other)
{
	return *kept || !*other ? NULL : other;
}

/* What the remaining record lacks. */
static int fill_in(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person one = { 0 }, other = { 0 };
	struct resident_edit edit = RESIDENT_EDIT_INIT;

	TRY(resident_person(a->db, from, &one, err));
	TRY(resident_person(a->db, into, &other, err));
	edit.alias = unless(other.alias, one.alias);
	edit.phone = unless(other.phone, one.phone);
	edit.note = unless(other.note, one.note);
	if (!*other.building && !*other.room && (*one.building || *one.room)) {
		edit.building = one.building;
		edit.room = one.room;
	}
	if (!other.birth_year && one.birth_year)
		edit.birth_year = one.birth_year;
	TRY(resident_edit(a->db, a->act, into, &edit, err));
	if (*one.pause_why && !*other.pause_why)
		return act_private(a, "resident_private", into,
			FIELDS(F_TEXT("pause_why", one.pause_why)), err);
	return 0;
}

/* A consent, a guardian and a pause of the disappearing record apply to the person. */
static int fill_in_states(
	struct acting *a, const struct resident *one, const struct resident *other, struct err *err)
{
	char until_on[11];

	if (!*other->consent_version && *one->consent_version)
		TRY(act_update(a, "resident", other->id,
			FIELDS(F_TEXT("consent_version", one->consent_version),
				F_INT("consent_at", one->consent_at),
				F_ID("consent_by",
					one->consent_by == other->id ? 0 : one->consent_by)),
			err));
	if (!other->guardian && one->guardian && one->guardian != other->id)
		TRY(act_update(
			a, "resident", other->id, FIELDS(F_INT("guardian", one->guardian)), err));
	bool is_longer =
		!other->has_pause || day_compare(one->paused_until, other->paused_until) > 0;
	if (!one->has_pause || !is_longer)
		return 0;
	day_format(one->paused_until, until_on);
	return act_update(a, "resident", other->id, FIELDS(F_TEXT("paused_until", until_on)), err);
}

static int close_record(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	TRY(resident_leave(a->db, a->act, from, err));
	TRY(act_update(a, "resident", from,
		FIELDS(F_INT("merged_into", into), F_NULL("household"), F_NULL("guardian"),
			F_NULL("paused_until")),
		err));
	return act_private_drop(a, "resident_private", from, err);
}

static int move_rows(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	int64_t row;

	for (size_t i = 0; i < ARRAY_LEN(references); i++)
		while (references[i].sql) {
			TRY(db_integer(a->db, references[i].sql, FIELDS(F_INT("resident", from)), 0,
				&row, err));
			if (!row)
				break;
			bool is_own = row == into && strcmp(references[i].table, "resident") == 0;
			TRY(act_update(a, references[i].table, row,
				FIELDS(is_own ? F_NULL(references[i].column)
					      : F_INT(references[i].column, into)),
				err));
		}
	return 0;
}

static int merge(struct acting *a, int64_t from, int64_t into, struct err *err)
{
	struct resident one, other;

	TRY(resident_get(a->db, from, &one, err));
	TRY(resident_get(a->db, into, &other, err));
	TRY(end_twins(a, from, into, err));
	TRY(drop_twins(a, from, into, err));
	TRY(join_owned(a, from, into, err));
	TRY(move_points(a, from, into, err));
	TRY(move_service(a, from, into, err));
	TRY(move_kin(a, from, into, err));
	TRY(fill_in(a, from, into, err));
	TRY(fill_in_states(a, &one, &other, err));
	TRY(move_rows(a, from, into, err));
	return close_record(a, from, into, err);
}

int person_merge(struct db *db, const struct act *act, int64_t from, int64_t into, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_RESIDENT_MERGE,
		FIELDS(F_INT("from", from), F_INT("into", into)), err));
	if (a.is_repeat)
		return 0;
	TRY(check(db, from, into, err));
	TRY(merge(&a, from, into, err));
	act_set_subject(&a, from, into);
	return act_commit(&a, into, err);
}
