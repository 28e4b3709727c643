#include "core/rewards/use_right.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/points/body.h"
#include "core/rewards/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define WORDS_MAX 100 /* characters */

/* ---- reading ---- */

#define RIGHT_SELECT                                                                               \
	"SELECT use_right.id AS id, number, resident, body, from_on, until_on, check_days,"        \
	" agreed_at, ended_at IS NOT NULL AS is_ended, what, duty, consequence,"                   \
	" (SELECT count(*) FROM use_check WHERE use_check.use_right = use_right.id AND is_kept = " \
	"1)"                                                                                       \
	" AS kept, (SELECT count(*) FROM use_check WHERE use_check.use_right = use_right.id"       \
	" AND is_kept = 0) AS broken, (SELECT max(checked_at) FROM use_check"                      \
	" WHERE use_check.use_right = use_right.id) AS checked_at"                                 \
	" FROM use_right LEFT JOIN use_right_private ON use_right_private.id = use_right.id"

static int read_due(const struct query *q, void *row, struct err *err)
{
	struct use_right *right = row;
	int64_t checked_at = query_int(q, "checked_at");
	struct day since = checked_at ? when_day(checked_at) : right->from;

	right->check_due = day_add(since, (int)right->check_days);
	right->is_ended = right->is_ended || day_compare(db_today(q->db), right->until) > 0;
	return 0;
}

static const struct column use_right_columns[] = {
	COLUMN(struct use_right, id),
	COLUMN(struct use_right, number),
	COLUMNS_HOLDER(struct use_right, whose),
	COLUMN(struct use_right, what),
	COLUMN(struct use_right, duty),
	COLUMN(struct use_right, consequence),
	COLUMN_AS(struct use_right, from, "from_on"),
	COLUMN_AS(struct use_right, until, "until_on"),
	COLUMN(struct use_right, check_days),
	COLUMN(struct use_right, kept),
	COLUMN(struct use_right, broken),
	COLUMN(struct use_right, is_ended),
};
static const struct row_type use_right_rows =
	ROW_TYPE_MORE(struct use_right, use_right_columns, read_due);
ROW_FINISHER(use_right_finish, struct use_right, use_right_rows);
LIST_FINISHER(use_right_list_finish, struct use_right_list, use_right_rows);

int use_right_get(struct db *db, int64_t id, struct use_right *ret, struct err *err)
{
	return row_get(db, &use_right_rows, RIGHT_SELECT " WHERE use_right.id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(USE_RIGHT_UNKNOWN), err);
}

static int by_due(const void *a, const void *b)
{
	const struct use_right *one = a, *other = b;
	int order = day_compare(one->check_due, other->check_due);

	return order ? order : (one->number > other->number) - (one->number < other->number);
}

/* Everybody's when `whose` is nobody. */
static int read_running(
	struct db *db, struct holder whose, struct use_right_list *ret, struct err *err)
{
	char today[11];

	day_format(when_day(db_now(db)), today);
	TRY(rows_list(db, &use_right_rows,
		RIGHT_SELECT " WHERE ended_at IS NULL AND until_on >= :today"
			     " AND (:any OR resident = :resident OR body = :body)",
		FIELDS(F_TEXT("today", today), F_INT("any", !whose.resident && !whose.body),
			F_ID("resident", whose.resident), F_ID("body", whose.body)),
		ret, err));
	if (ret->count > 1)
		qsort(ret->rows, (size_t)ret->count, sizeof(*ret->rows), by_due);
	return 0;
}

int use_rights(struct db *db, struct use_right_list *ret, struct err *err)
{
	return read_running(db, (struct holder){ 0 }, ret, err);
}

int use_rights_of(struct db *db, struct holder whose, struct use_right_list *ret, struct err *err)
{
	return read_running(db, whose, ret, err);
}

/* ---- acts ---- */

static int check_whose(struct db *db, struct holder whose, struct err *err)
{
	CLEANUP(body_finish) struct body body = { 0 };
	struct resident resident;

	if (whose.body)
		return body_get(db, whose.body, &body, err);
	return resident_get(db, whose.resident, &resident, err);
}

static int accept(const char *what, const char *words, char **ret, struct err *err)
{
	return text_accept(
		words, strlen(words), &(struct text_limits){ what, WORDS_MAX, false }, ret, err);
}

static int write_right(
	struct acting *a, const struct use_right_draft *draft, int64_t id, struct err *err)
{
	char from[11], until[11];
	int64_t number;

	day_format(draft->from, from);
	day_format(draft->until, until);
	TRY(db_integer(a->db, NEXT_NUMBER("use_right"), NO_FIELDS, 1, &number, err));
	return act_insert(a, "use_right",
		FIELDS(F_INT("id", id), F_INT("number", number),
			F_ID("resident", draft->whose.resident), F_ID("body", draft->whose.body),
			F_TEXT("from_on", from), F_TEXT("until_on", until),
			F_INT("check_days", draft->check_days), F_INT("agreed_at", a->at)),
		err);
}

int use_right_agree(struct db *db, const struct act *act, const struct use_right_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(mem_free) char *what = NULL;
	CLEANUP(mem_free) char *duty = NULL;
	CLEANUP(mem_free) char *consequence = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(accept("what", draft->what, &what, err));
	TRY(accept("duty", draft->duty, &duty, err));
	TRY(accept("consequence", draft->consequence, &consequence, err));
	if (day_compare(draft->until, draft->from) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "until"));
	if (draft->check_days < 1 || draft->check_days > 366)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "days"));
	TRY(act_begin(&a, db, act, ACT_USE_RIGHT_AGREE,
		FIELDS(F_INT("resident", draft->whose.resident), F_INT("body", draft->whose.body),
			F_TEXT("what", what), F_TEXT("duty", duty),
			F_TEXT("consequence", consequence)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_whose(db, draft->whose, err));
	int64_t id = act_new_id(&a);
	TRY(write_right(&a, draft, id, err));
	TRY(act_private(&a, "use_right_private", id,
		FIELDS(F_TEXT("what", what), F_TEXT("duty", duty),
			F_TEXT("consequence", consequence)),
		err));
	act_set_subject(&a, id, draft->whose.resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int use_right_check(struct db *db, const struct act *act, int64_t id, bool is_kept,
	const char *note, struct err *err)
{
	CLEANUP(use_right_finish) struct use_right right = { 0 };
	CLEANUP(mem_free) char *words = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	if (note && *note)
		TRY(accept("note", note, &words, err));
	TRY(act_begin(&a, db, act, ACT_USE_RIGHT_CHECK,
		FIELDS(F_INT("use_right", id), F_INT("is_kept", is_kept)), err));
	if (a.is_repeat)
		return 0;
	TRY(use_right_get(db, id, &right, err));
	if (right.is_ended)
		return err_set(err, ERR_REFUSED, REASON(USE_RIGHT_ENDED));
	int64_t check = act_new_id(&a);
	TRY(act_insert(&a, "use_check",
		FIELDS(F_INT("id", check), F_INT("use_right", id), F_INT("checked_at", a.at),
			F_INT("is_kept", is_kept)),
		err));
	if (words)
		TRY(act_private(
			&a, "use_check_private", check, FIELDS(F_TEXT("note", words)), err));
	act_set_subject(&a, id, right.whose.resident);
	return act_commit(&a, id, err);
}

int use_right_end(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(use_right_finish) struct use_right right = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_USE_RIGHT_END, FIELDS(F_INT("use_right", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(use_right_get(db, id, &right, err));
	if (right.is_ended)
		return err_set(err, ERR_REFUSED, REASON(USE_RIGHT_ENDED));
	if (!act->why || !*act->why)
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	TRY(act_update(&a, "use_right", id, FIELDS(F_INT("ended_at", a.now)), err));
	act_set_subject(&a, id, right.whose.resident);
	return act_commit(&a, id, err);
}
