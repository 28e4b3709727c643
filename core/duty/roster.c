#include "core/duty/roster.h"

#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define FRIDAY 5

void roster_finish(struct roster *roster)
{
	shift_list_finish(&roster->shifts);
	*roster = (struct roster){ 0 };
}

/* ---- reading ---- */

struct head {
	int64_t id, version;
	bool is_amended;
};

static const struct column head_columns[] = {
	COLUMN(struct head, id),
	COLUMN(struct head, version),
	COLUMN(struct head, is_amended),
};
static const struct row_type head_rows = ROW_TYPE(struct head, head_columns);

static int read_head(struct db *db, struct day monday, struct head *ret, struct err *err)
{
	char week_on[11];

	day_format(monday, week_on);
	return row_or_zero(db, &head_rows,
		"SELECT id, version, is_amended FROM roster WHERE week_on = :week_on",
		FIELDS(F_TEXT("week_on", week_on)), ret, err);
}

static int published_at(
	struct db *db, int64_t roster, int64_t version, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT published_at FROM roster_version WHERE roster = :roster AND version = "
		":version",
		FIELDS(F_INT("roster", roster), F_INT("version", version)), 0, ret, err);
}

static enum roster_state state_of(const struct head *head, int shifts)
{
	if (head->version > 0)
		return head->is_amended ? ROSTER_AMENDED : ROSTER_PUBLISHED;
	return shifts > 0 ? ROSTER_DRAFT : ROSTER_NONE;
}

int roster_get(struct db *db, struct week week, struct roster *ret, struct err *err)
{
	CLEANUP(roster_finish) struct roster roster = { .monday = week_monday(week) };
	struct head head;

	TRY(read_head(db, roster.monday, &head, err));
	TRY(shifts_between(db, roster.monday, day_add(roster.monday, 6), &roster.shifts, err));
	roster.version = (int)head.version;
	roster.state = state_of(&head, roster.shifts.count);
	TRY(published_at(db, head.id, head.version, &roster.published_at, err));
	if (head.is_amended)
		roster.baseline_at = roster.published_at;
	else
		TRY(published_at(db, head.id, head.version - 1, &roster.baseline_at, err));
	*ret = roster;
	roster = (struct roster){ 0 };
	return 0;
}

bool roster_is_change(const struct roster *roster, const struct assignment *who)
{
	return roster->baseline_at > 0 && who->added_at > roster->baseline_at;
}

int roster_is_due(struct db *db, int64_t now, struct err *err)
{
	struct day today = when_day(now), monday = week_monday(day_iso_week(today));
	struct head next;
	int64_t is_used;

	if (day_weekday(today) < FRIDAY)
		return 0;
	TRY(read_head(db, day_add(monday, 7), &next, err));
	if (next.version > 0)
		return 0;
	TRY(db_integer(
		db, "SELECT EXISTS (SELECT 1 FROM duty_template)", NO_FIELDS, 0, &is_used, err));
	return is_used != 0;
}

int roster_is_public(struct db *db, int64_t start_at, struct err *err)
{
	struct head head;

	TRY(read_head(db, week_monday(day_iso_week(when_day(start_at))), &head, err));
	return head.version > 0;
}

/* ---- acts ---- */

int roster_tell(struct acting *a, const struct shift *shift, const struct assignment *who,
	enum message_kind kind, struct err *err)
{
	const struct message facts = { .kind = kind,
		.about = shift->name,
		.start_at = shift->start_at,
		.end_at = shift->end_at };
	int is_known = who->confirmed_at ? 1 : roster_is_public(a->db, shift->start_at, err);

	if (is_known <= 0)
		return is_known;
	return message_tell(a->db, a->act, who->resident, &facts, err);
}

int roster_touch(struct acting *a, int64_t start_at, struct err *err)
{
	struct head head;

	TRY(read_head(a->db, week_monday(day_iso_week(when_day(start_at))), &head, err));
	if (head.version == 0 || head.is_amended)
		return 0;
	return act_update(a, "roster", head.id, FIELDS(F_INT("is_amended", 1)), err);
}

static int write_version(
	struct acting *a, const struct head *head, struct day monday, struct err *err)
{
	int64_t id = head->id ? head->id : act_new_id(a), version = head->version + 1;
	char week_on[11];

	day_format(monday, week_on);
	if (head->id)
		TRY(act_update(a, "roster", id,
			FIELDS(F_INT("version", version), F_INT("is_amended", 0)), err));
	else
		TRY(act_insert(a, "roster",
			FIELDS(F_INT("id", id), F_TEXT("week_on", week_on),
				F_INT("version", version)),
			err));
	return act_insert(a, "roster_version",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("roster", id), F_INT("version", version),
			F_INT("published_at", a->at)),
		err);
}

int roster_publish(
	struct db *db, const struct act *act, struct week week, int *ret_version, struct err *err)
{
	CLEANUP(shift_list_finish) struct shift_list shifts = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct day monday = week_monday(week);
	struct head head;

	TRY(act_begin(&a, db, act, ACT_ROSTER_PUBLISH,
		FIELDS(F_INT("year", week.year), F_INT("week", week.week)), err));
	if (!a.is_repeat) {
		TRY(shifts_between(db, monday, day_add(monday, 6), &shifts, err));
		if (shifts.count == 0)
			return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
		TRY(read_head(db, monday, &head, err));
		if (head.version > 0 && !head.is_amended)
			return err_set(
				err, ERR_REFUSED, REASON(ROSTER_UNCHANGED, .n1 = head.version));
		TRY(write_version(&a, &head, monday, err));
		TRY(act_commit(&a, head.version + 1, err));
	}
	if (ret_version)
		*ret_version = (int)a.result;
	return 0;
}
