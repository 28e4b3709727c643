#include "core/site/holiday.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct text_limits name_limits = { .what = "holiday", .max_chars = 30 };

static const char *kind_name(enum holiday_kind kind)
{
	return kind == HOLIDAY_WORK ? "work" : "off";
}

static const char *const kind_names[] = {
	[HOLIDAY_NONE] = NULL,
	[HOLIDAY_OFF] = "off",
	[HOLIDAY_WORK] = "work",
};
static const struct column holiday_columns[] = {
	COLUMN_AS(struct holiday, on, "held_on"),
	COLUMN_ENUM(struct holiday, kind, kind_names),
	COLUMN(struct holiday, name),
};
static const struct row_type holiday_rows = ROW_TYPE(struct holiday, holiday_columns);

void holidays_finish(struct holiday *days, int count)
{
	rows_finish(&holiday_rows, &days, &count);
}

int holidays_between(
	struct db *db, struct day from, struct day until, struct holiday **ret, struct err *err)
{
	char first[11], last[11];
	int count;

	day_format(from, first);
	day_format(until, last);
	TRY(rows_read(db, &holiday_rows,
		"SELECT held_on, kind, name FROM holiday WHERE held_on BETWEEN :from AND :until"
		" ORDER BY held_on",
		FIELDS(F_TEXT("from", first), F_TEXT("until", last)), ret, &count, sizeof(**ret),
		err));
	return count;
}

enum holiday_kind holiday_kind_of(const struct holiday *days, int count, struct day day)
{
	for (int i = 0; i < count; i++)
		if (day_compare(days[i].on, day) == 0)
			return days[i].kind;
	return HOLIDAY_NONE;
}

bool holiday_is_workday(const struct holiday *days, int count, struct day day)
{
	enum holiday_kind kind = holiday_kind_of(days, count, day);

	return kind == HOLIDAY_NONE ? day_weekday(day) <= 5 : kind == HOLIDAY_WORK;
}

/* ---- setting them ---- */

static int check_days(const struct holiday *days, int count, struct err *err)
{
	for (int i = 0; i < count; i++) {
		bool is_twice = holiday_kind_of(days, i, days[i].on) != HOLIDAY_NONE;
		if (!day_is_valid(days[i].on) || days[i].kind == HOLIDAY_NONE || is_twice)
			return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "holiday"));
	}
	return 0;
}

/* The list on one line, as an input of the act. */
static char *describe(const struct holiday *days, int count)
{
	char *text = mem_text("");

	for (int i = 0; i < count; i++) {
		CLEANUP(mem_free) char *before = text;
		char on[11];
		day_format(days[i].on, on);
		text = mem_printf("%s%s %s %s;", before, on, kind_name(days[i].kind), days[i].name);
	}
	return text;
}

static int remove_year(struct acting *a, int year, struct err *err)
{
	CLEANUP(mem_free) char *from = mem_printf("%04d-01-01", year);
	CLEANUP(mem_free) char *until = mem_printf("%04d-12-31", year);
	int64_t id;

	for (;;) {
		TRY(db_integer(a->db,
			"SELECT min(id) FROM holiday WHERE held_on BETWEEN :from AND :until",
			FIELDS(F_TEXT("from", from), F_TEXT("until", until)), 0, &id, err));
		if (id == 0)
			return 0;
		TRY(act_delete(a, "holiday", id, err));
	}
}

static int insert_day(struct acting *a, const struct holiday *day, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	char on[11];

	TRY(text_accept(day->name, strlen(day->name), &name_limits, &name, err));
	day_format(day->on, on);
	return act_insert(a, "holiday",
		FIELDS(F_INT("id", act_new_id(a)), F_TEXT("held_on", on),
			F_TEXT("kind", kind_name(day->kind)), F_TEXT("name", name)),
		err);
}

int holidays_set(struct db *db, const struct act *act, const struct holiday *days, int count,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *inputs = describe(days, count);

	TRY(check_days(days, count, err));
	TRY(act_begin(&a, db, act, ACT_HOLIDAYS_SET, FIELDS(F_TEXT("days", inputs)), err));
	if (a.is_repeat)
		return 0;
	for (int i = 0; i < count; i++)
		if (i == 0 || days[i].on.year != days[i - 1].on.year)
			TRY(remove_year(&a, days[i].on.year, err));
	for (int i = 0; i < count; i++)
		TRY(insert_day(&a, &days[i], err));
	return act_commit(&a, count, err);
}
