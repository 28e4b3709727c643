#include "core/venues/venue.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/store/acting.h"
#include "core/store/rows.h"
#include "core/venues/reasons.h"

#define NAME_MAX_CHARS 40
#define CAPACITY_MAX   10000

/* ---- its policy, column by column ---- */

static const char *const holidays_names[VENUE_HOLIDAYS_COUNT] = {
	[VENUE_HOLIDAYS_SAME] = "same",
	[VENUE_HOLIDAYS_CLOSED] = "closed",
	[VENUE_HOLIDAYS_SUNDAY] = "sunday",
};

const char *venue_holidays_name(enum venue_holidays which)
{
	return holidays_names[which];
}

/* X(column, least, most): the numbers and facts of a policy, as the schema bounds them. */
#define FACTS(X)       \
	X(is_bookable) \
	X(is_shared)   \
	X(needs_approval)
#define NUMBERS(X)                  \
	X(slot_minutes, 0, 1440)    \
	X(min_minutes, 1, 2880)     \
	X(max_minutes, 1, 2880)     \
	X(notice_minutes, 0, 43200) \
	X(ahead_days, 1, 366)       \
	X(buffer_minutes, 0, 1440)  \
	X(window_minutes, 1, 1440)  \
	X(week_hours, 0, 168)       \
	X(month_hours, 0, 744)      \
	X(fee, 0, 1000000)          \
	X(deposit, 0, 1000000)      \
	X(share_percent, 0, 100)

#define FACT_COLUMN(column)                COLUMN(struct venue_policy, column),
#define NUMBER_COLUMN(column, least, most) COLUMN(struct venue_policy, column),
static const struct column policy_columns[] = {
	FACTS(FACT_COLUMN) NUMBERS(NUMBER_COLUMN) COLUMN(struct venue_policy, has_own_hours),
	COLUMN_ENUM(struct venue_policy, holidays, holidays_names),
};
static const struct row_type policy_rows = ROW_TYPE(struct venue_policy, policy_columns);

static const struct column venue_columns[] = {
	COLUMN(struct venue, id),
	COLUMN(struct venue, number),
	COLUMN(struct venue, name),
	COLUMN(struct venue, capacity),
	COLUMN_INNER(struct venue, policy, policy_rows),
	COLUMN(struct venue, partner),
};
static const struct row_type venue_rows = ROW_TYPE(struct venue, venue_columns);
ROW_FINISHER(venue_finish, struct venue, venue_rows);
LIST_FINISHER(venue_list_finish, struct venue_list, venue_rows);

#define SELECT_FACT(column)                ", " #column
#define SELECT_NUMBER(column, least, most) ", " #column
#define VENUE_SELECT                                                                             \
	"SELECT id, number, name, capacity, partner, holidays, has_own_hours" FACTS(SELECT_FACT) \
		NUMBERS(SELECT_NUMBER) " FROM venue"

int venue_get(struct db *db, int64_t id, struct venue *ret, struct err *err)
{
	return row_get(db, &venue_rows, VENUE_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)),
		ret, REASON(VENUE_UNKNOWN), err);
}

int venue_by_number(struct db *db, int64_t number, struct venue *ret, struct err *err)
{
	return row_get(db, &venue_rows, VENUE_SELECT " WHERE number = :number",
		FIELDS(F_INT("number", number)), ret, REASON(VENUE_UNKNOWN), err);
}

int venue_list(struct db *db, struct venue_list *ret, struct err *err)
{
	return rows_list(db, &venue_rows, VENUE_SELECT " ORDER BY number", NO_FIELDS, ret, err);
}

/* `id`: the venue that may have this name already, or 0. */
static int check_name_is_new(struct db *db, const char *name, int64_t id, struct err *err)
{
	int64_t taken;

	TRY(db_integer(db, "SELECT 1 FROM venue WHERE name = :name AND id <> :id",
		FIELDS(F_TEXT("name", name), F_INT("id", id)), 0, &taken, err));
	return taken ? err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, name)) : 0;
}

static const struct text_limits name_limits = { "name", NAME_MAX_CHARS, false };

static int check_capacity(int64_t capacity, struct err *err)
{
	if (capacity < 1 || capacity > CAPACITY_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "capacity"));
	return 0;
}

int venue_add(struct db *db, const struct act *act, const struct venue_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t number;

	TRY(text_accept(draft->name, strlen(draft->name), &name_limits, &name, err));
	TRY(check_capacity(draft->capacity, err));
	TRY(act_begin(&a, db, act, ACT_VENUE_ADD,
		FIELDS(F_TEXT("name", name), F_INT("capacity", draft->capacity)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_name_is_new(db, name, 0, err));
	TRY(db_integer(db, NEXT_NUMBER("venue"), NO_FIELDS, 1, &number, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "venue",
		FIELDS(F_INT("id", id), F_INT("number", number), F_TEXT("name", name),
			F_INT("capacity", draft->capacity)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- changing it ---- */

#define CHECK_NUMBER(column, least, most)                        \
	if (policy->column < (least) || policy->column > (most)) \
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, #column));
static int check_policy(const struct venue_policy *policy, struct err *err)
{
	NUMBERS(CHECK_NUMBER)
	if (policy->max_minutes < policy->min_minutes)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "max_minutes"));
	return 0;
}

#define WRITE_FACT(column)                F_INT(#column, policy->column),
#define WRITE_NUMBER(column, least, most) F_INT(#column, policy->column),

int venue_edit(struct db *db, const struct act *act, const struct venue *venue, struct err *err)
{
	static const struct text_limits partner_limits = { "partner", NAME_MAX_CHARS, true };
	CLEANUP(venue_finish) struct venue before = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(mem_free) char *partner = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const struct venue_policy *policy = &venue->policy;
	const char *given = venue->partner ? venue->partner : "";

	TRY(text_accept(venue->name, strlen(venue->name), &name_limits, &name, err));
	TRY(text_accept(given, strlen(given), &partner_limits, &partner, err));
	TRY(check_capacity(venue->capacity, err));
	TRY(check_policy(policy, err));
	const struct field *row =
		FIELDS(FACTS(WRITE_FACT) NUMBERS(WRITE_NUMBER) F_TEXT("name", name),
			F_INT("capacity", venue->capacity), F_TEXT("partner", partner),
			F_TEXT("holidays", venue_holidays_name(policy->holidays)));
	TRY(act_begin(&a, db, act, ACT_VENUE_EDIT, row, err));
	if (a.is_repeat)
		return 0;
	TRY(venue_get(db, venue->id, &before, err));
	TRY(check_name_is_new(db, name, venue->id, err));
	TRY(act_update(&a, "venue", venue->id, row, err));
	act_set_subject(&a, venue->id, act->resident);
	return act_commit(&a, venue->id, err);
}
