#include "core/exchange/signup_shifts.h"

#include <string.h>

/* Minutes from midnight. */
struct window {
	int from, until;
};
/* A shift is a morning's when it begins in the morning … */
static const struct window begins[SIGNUP_PERIODS] = {
	[SIGNUP_MORNING] = { 0, 12 * 60 },
	[SIGNUP_NOON] = { 11 * 60, 14 * 60 },
	[SIGNUP_AFTERNOON] = { 12 * 60, 17 * 60 },
	[SIGNUP_EVENING] = { 17 * 60, 24 * 60 },
};
/* … and may be one when it runs into it. */
static const struct window runs[SIGNUP_PERIODS] = {
	[SIGNUP_MORNING] = { 6 * 60, 12 * 60 },
	[SIGNUP_NOON] = { 11 * 60, 14 * 60 },
	[SIGNUP_AFTERNOON] = { 12 * 60, 18 * 60 },
	[SIGNUP_EVENING] = { 18 * 60, 30 * 60 },
};

struct search {
	const struct roster *roster;
	const char *name; /* NULL: any */
	int day;
};

static int starts_of(const struct shift *shift)
{
	struct local local = when_local(shift->start_at);

	return local.hour * 60 + local.minute;
}

static int ends_of(const struct shift *shift)
{
	return starts_of(shift) + (int)((shift->end_at - shift->start_at) / 60);
}

static void add(struct signup_shifts *found, int64_t id)
{
	for (int i = 0; i < found->count; i++)
		if (found->ids[i] == id)
			return;
	if (found->count < SIGNUP_SHIFTS_MAX)
		found->ids[found->count++] = id;
}

void signup_shifts_join(struct signup_shifts *into, const struct signup_shifts *more)
{
	for (int i = 0; i < more->count; i++)
		add(into, more->ids[i]);
}

/* Those that begin in `start`, or (NULL) that overlap `run`. */
static struct signup_shifts find(
	const struct search *s, const struct window *start, const struct window *run)
{
	struct signup_shifts found = { 0 };

	for (int i = 0; i < s->roster->shifts.count; i++) {
		const struct shift *shift = &s->roster->shifts.rows[i];
		int starts = starts_of(shift);
		if (day_distance(s->roster->monday, when_day(shift->start_at)) != s->day ||
			(s->name && strcmp(shift->name, s->name) != 0))
			continue;
		if (start ? starts >= start->from && starts < start->until
			  : starts < run->until && ends_of(shift) > run->from)
			add(&found, shift->id);
	}
	return found;
}

static struct signup_shifts find_hours(const struct search *s, const struct signup_time *time)
{
	const struct window start = { time->starts, time->starts + 1 };
	const struct window run = { time->starts, time->ends > 0 ? time->ends : time->starts + 1 };
	struct signup_shifts found = find(s, &start, NULL);

	found.is_sure = found.count == 1;
	return found.count > 0 ? found : find(s, NULL, &run);
}

static struct signup_shifts find_period(const struct search *s, int period)
{
	struct signup_shifts found = find(s, &begins[period], NULL);

	found.is_sure = found.count == 1;
	return found.count > 0 ? found : find(s, NULL, &runs[period]);
}

static struct signup_shifts find_day(const struct search *s, bool is_all)
{
	static const struct window any = { 0, 24 * 60 };
	struct signup_shifts found = find(s, &any, NULL);

	found.is_sure = is_all || found.count == 1;
	return found;
}

int signup_shifts_on(const struct roster *roster, const struct signup_time *time,
	const char *const *names, int day, struct signup_shifts ret[SIGNUP_PERIODS])
{
	const struct search s = {
		.roster = roster, .name = time->shift >= 0 ? names[time->shift] : NULL, .day = day
	};
	int count = 0;

	if (time->starts >= 0) {
		ret[0] = find_hours(&s, time);
		return ret[0].count > 0;
	}
	if (!time->periods || time->periods == SIGNUP_ALL_DAY) {
		ret[0] = find_day(&s, time->periods == SIGNUP_ALL_DAY);
		return ret[0].count > 0;
	}
	for (int period = 0; period < SIGNUP_PERIODS; period++) {
		if (!(time->periods & 1u << period))
			continue;
		ret[count] = find_period(&s, period);
		count += ret[count].count > 0;
	}
	return count;
}

void signup_shifts_without(struct signup_shifts *from, const struct signup_shifts *but)
{
	int kept = 0;

	for (int i = 0; i < from->count; i++) {
		bool is_out = false;
		for (int k = 0; k < but->count; k++)
			is_out |= but->ids[k] == from->ids[i];
		if (!is_out)
			from->ids[kept++] = from->ids[i];
	}
	from->count = kept;
}

/* ---- who cannot come ---- */

static const struct shift *shift_of(const struct roster *roster, int64_t id)
{
	for (int i = 0; i < roster->shifts.count; i++)
		if (roster->shifts.rows[i].id == id)
			return &roster->shifts.rows[i];
	return NULL;
}

static int add_span(struct signup_span *spans, int count, int starts, int ends)
{
	if (count < SIGNUP_SPANS_MAX)
		spans[count++] = (struct signup_span){ starts, ends };
	return count;
}

/* What the words say about a day for which no shift is meant. */
static int spans_of_words(const struct signup_time *time, struct signup_span ret[SIGNUP_SPANS_MAX])
{
	int count = 0;

	if (time->starts >= 0)
		return add_span(ret, 0, time->starts,
			time->ends > time->starts ? time->ends : time->starts + 60);
	for (int period = 0; period < SIGNUP_PERIODS; period++)
		if (time->periods & 1u << period)
			count = add_span(ret, count, runs[period].from,
				runs[period].until < 24 * 60 ? runs[period].until : 24 * 60);
	return count;
}

int signup_spans_on(const struct roster *roster, const struct signup_time *time,
	const char *const *names, int day, struct signup_span ret[SIGNUP_SPANS_MAX])
{
	struct signup_shifts found[SIGNUP_PERIODS], all = { 0 };
	bool is_whole = time->starts < 0 && time->shift < 0 &&
			(!time->periods || time->periods == SIGNUP_ALL_DAY);
	int count = 0;

	if (is_whole)
		return add_span(ret, 0, 0, 24 * 60);
	int sets = signup_shifts_on(roster, time, names, day, found);
	for (int i = 0; i < sets; i++)
		signup_shifts_join(&all, &found[i]);
	for (int i = 0; i < all.count; i++) {
		const struct shift *shift = shift_of(roster, all.ids[i]);
		count = add_span(ret, count, starts_of(shift), ends_of(shift));
	}
	return count > 0 ? count : spans_of_words(time, ret);
}
