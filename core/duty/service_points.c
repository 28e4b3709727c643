#include "core/duty/service_points.h"

#include "core/base/mem.h"
#include "core/site/holiday.h"
#include "core/store/acting.h"

static int is_holiday(struct db *db, struct day day, bool *ret, struct err *err)
{
	struct holiday *days;
	int count = holidays_between(db, day, day, &days, err);

	if (count < 0)
		return count;
	*ret = holiday_kind_of(days, count, day) == HOLIDAY_OFF;
	holidays_finish(days, count);
	return 0;
}

/* Split at midnight: one day may be a holiday and the other not. */
int service_points_minutes(
	struct db *db, int64_t from, int64_t until, struct earn_minutes *ret, struct err *err)
{
	while (from < until) {
		struct day day = when_day(from);
		int64_t midnight = when_day_start(day_add(day, 1));
		int64_t end = midnight < until ? midnight : until;
		bool holiday;
		TRY(is_holiday(db, day, &holiday, err));
		TRY(earn_minutes_add(db, ret, from, end, holiday, err));
		from = end;
	}
	return 0;
}

int service_points_earn(struct acting *a, int64_t line, int64_t resident, int64_t from_at,
	int64_t minutes, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	struct earned earned;

	int r = earn_rule_for(a->db, EARN_SHIFT, &rule, err);
	if (r <= 0)
		return r;
	struct earn_draft draft = { .rule = rule.id,
		.whose = HOLDER_RESIDENT(resident),
		.times = 1,
		.what_for = EARN_FOR_HOURS,
		.of = line,
		.on = when_day(from_at) };
	TRY(service_points_minutes(a->db, from_at, from_at + minutes * 60, &draft.minutes, err));
	return earn(a->db, a->act, &draft, &earned, err);
}
