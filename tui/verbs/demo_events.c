/* The demo's roster, and what has happened so far: lending, points, messages, duty. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/roster.h"
#include "core/duty/shift_acts.h"
#include "core/duty/shift_type.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/people/message.h"
#include "core/points/ledger.h"
#include "tui/verbs/demo_model.h"
#include "tui/verbs/tsv.h"

#define EARLY (5 * 60)

struct demo_event *demo_event_add(struct demo *d, enum demo_what what, int64_t at)
{
	if (d->event_count == d->event_room) {
		d->event_room = d->event_room ? 2 * d->event_room : 64;
		d->events = mem_resize(d->events, (size_t)d->event_room * sizeof(*d->events));
	}
	struct demo_event *event = &d->events[d->event_count];
	*event = (struct demo_event){ .at = at, .what = what, .place = d->event_count++ };
	return event;
}

/* ---- the roster ---- */

static int minutes_of(const struct tsv *t, const char *column, int *ret, struct err *err)
{
	return minutes_parse(tsv_text(t, column), ret, err) < 0 ? tsv_fault(t, column, err) : 0;
}

int demo_weekdays(
	const struct tsv *t, const char *column, int *ret_from, int *ret_until, struct err *err)
{
	const char *days = tsv_text(t, column);

	*ret_from = days[0] - '0';
	*ret_until = days[0] && days[1] == '-' ? days[2] - '0' : *ret_from;
	if (*ret_from < 1 || *ret_until > 7 || *ret_until < *ret_from)
		return tsv_fault(t, column, err);
	return 0;
}

/* One of the people; those of past shifts came and left. */
static int assign(struct demo *d, const struct shift_draft *shift, struct assignment_draft *draft,
	struct err *err)
{
	struct act act = d->act;
	int64_t id;

	/* The past is as it was, whatever today's rules say. */
	act.is_override = true;
	act.why = "demo";
	TRY(shift_assign(d->db, &act, draft, &id, err));
	if (shift->end_at >= d->now)
		return 0;
	struct demo_event *in = demo_event_add(d, DEMO_DUTY_IN, shift->start_at - EARLY);
	in->shift = draft->shift;
	in->resident = draft->resident;
	struct demo_event *out = demo_event_add(d, DEMO_DUTY_OUT, shift->end_at);
	out->shift = draft->shift;
	out->resident = draft->resident;
	return 0;
}

static int add_shift(struct demo *d, const struct tsv *t, struct day day, struct err *err)
{
	CLEANUP(shift_type_finish) struct shift_type type = { 0 };
	struct shift_draft draft = { .name = tsv_text(t, "name") };
	int start, end;
	int64_t id;

	TRY(minutes_of(t, "start", &start, err));
	TRY(minutes_of(t, "end", &end, err));
	TRY(shift_type_by_name(d->db, draft.name, &draft.type, err));
	TRY(shift_type_get(d->db, draft.type, &type, err));
	draft.needed = type.needed;
	draft.start_at = when_instant(day, 0, start, 0);
	draft.end_at = when_instant(day, 0, end, 0);
	TRY(shift_add(d->db, &d->act, &draft, &id, err));
	CLEANUP(mem_free)
	char *people = mem_text(tsv_text(t, day_iso_week(day).week % 2 ? "others" : "people"));
	char *rest = people;
	bool is_leader = type.wants_leader;
	for (char *name; (name = strsep(&rest, ",")); is_leader = false) {
		const struct demo_name *who = demo_name_find(&d->residents, name);
		if (!who)
			return tsv_fault(t, name, err);
		struct assignment_draft one = {
			.shift = id,
			.resident = who->id,
			.is_leader = is_leader,
			.is_planned = true, /* the next week is a draft to play with */
		};
		TRY(assign(d, &draft, &one, err));
	}
	return 0;
}

/* The previous week, this one and the next. */
static int load_shift(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	struct day monday = week_monday(day_iso_week(d->today));
	int from, until;

	TRY(demo_weekdays(t, "weekdays", &from, &until, err));
	for (int week = -7; week <= 7; week += 7)
		for (int weekday = from; weekday <= until; weekday++)
			TRY(add_shift(d, t, day_add(monday, week + weekday - 1), err));
	return 0;
}

/* Last week's roster and this one's are up; the next is a draft. */
static int publish(struct demo *d, struct err *err)
{
	for (int week = -7; week <= 0; week += 7)
		TRY(roster_publish(
			d->db, &d->act, day_iso_week(day_add(d->today, week)), NULL, err));
	return 0;
}

/* ---- what the file says has happened ---- */

static int read_what(const struct tsv *t, enum demo_what *ret, struct err *err)
{
	static const char *const words[] = { "lend", "return", "points", "message" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i], tsv_text(t, "what")) == 0) {
			*ret = (enum demo_what)i;
			return 0;
		}
	return tsv_fault(t, "what", err);
}

/* The id that a name of the file stands for, 0 for an empty field. */
static int id_of(const struct tsv *t, const char *column, const struct demo_names *names,
	int64_t *ret, struct err *err)
{
	const char *name = tsv_text(t, column);
	const struct demo_name *found = demo_name_find(names, name);

	if (*name && !found)
		return tsv_fault(t, column, err);
	*ret = found ? found->id : 0;
	return 0;
}

static int load_event(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	enum demo_what what = DEMO_LEND;
	int64_t days;
	int minutes;

	TRY(read_what(t, &what, err));
	TRY(tsv_number(t, "day", 0, &days, err));
	TRY(minutes_of(t, "time", &minutes, err));
	struct demo_event *event =
		demo_event_add(d, what, when_instant(day_add(d->today, (int)days), 0, minutes, 0));
	TRY(id_of(t, "resident", &d->residents, &event->resident, err));
	TRY(id_of(t, "item", &d->items, &event->item, err));
	TRY(tsv_number(t, "amount", 0, &event->amount, err));
	event->words = mem_text(tsv_text(t, "words"));
	/* Only the past: the clock runs from its beginning until now. */
	return event->at > d->clock.set_wall && event->at < d->now ? 0 : tsv_fault(t, "day", err);
}

/* ---- letting it happen ---- */

static int give_back(struct demo *d, int64_t item, struct act *act, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	int r = loan_open_of_item(d->db, item, &loan, err);

	if (r <= 0)
		return r < 0 ? r : err_set(err, ERR_REFUSED, REASON(ITEM_NOT_OUT));
	act->resident = loan.resident;
	return loan_return(d->db, act, loan.id, 0, err);
}

static int post_points(
	struct demo *d, const struct demo_event *event, const struct act *act, struct err *err)
{
	const struct posting postings[] = {
		{ .resident = event->resident, .amount = POINTS(event->amount) },
		{ .system = event->amount > 0 ? ACCOUNT_ISSUE : ACCOUNT_REDEEMED,
			.amount = POINTS(-event->amount) },
	};
	const struct transfer_draft draft = {
		.kind = event->amount > 0 ? "earn" : "spend",
		.postings = postings,
		.posting_count = (int)ARRAY_LEN(postings),
	};
	int64_t id;

	return transfer_post(d->db, act, &draft, &id, err);
}

static int happen(struct demo *d, const struct demo_event *event, struct err *err)
{
	struct act act = d->act;
	int64_t id;

	act.resident = event->resident;
	switch (event->what) {
	case DEMO_LEND:
		return loan_open(d->db, &act,
			&(struct loan_request){ .item = event->item, .resident = event->resident },
			&id, err);
	case DEMO_RETURN:
		return give_back(d, event->item, &act, err);
	case DEMO_POINTS:
		return post_points(d, event, &act, err);
	case DEMO_MESSAGE:
		return message_add(d->db, &act, event->resident, event->words, NULL, err);
	case DEMO_DUTY_IN:
		return attendance_in(d->db, &act, event->shift, event->resident, err);
	case DEMO_DUTY_OUT:
		return attendance_out(d->db, &act, event->shift, event->resident, err);
	case DEMO_BOOK:
	case DEMO_ROOM_IN:
	case DEMO_ROOM_OUT:
		return demo_venue_event(d, event, &act, err);
	}
	return 0;
}

static int by_time(const void *a, const void *b)
{
	const struct demo_event *one = a, *other = b;

	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return one->place - other->place;
}

int demo_events(struct demo *d, struct err *err)
{
	TRY(tsv_each("demo/shifts.tsv", load_shift, d, err));
	TRY(publish(d, err));
	TRY(tsv_each("demo/events.tsv", load_event, d, err));
	TRY(demo_bookings(d, err));
	qsort(d->events, (size_t)d->event_count, sizeof(*d->events), by_time);
	for (int i = 0; i < d->event_count; i++) {
		d->clock.set_wall = d->events[i].at;
		TRY(happen(d, &d->events[i], err));
	}
	d->clock.set_wall = d->now;
	return 0;
}
