/* The demo's rooms: their policy, what is booked in them, and who came. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "core/venues/thing.h"
#include "core/venues/venue_hours.h"
#include "tui/verbs/demo_model.h"
#include "tui/verbs/tsv.h"

#define PLACED_BEFORE (2 * 86400) /* how long before its start something is booked */
#define LATE          (4 * 60)    /* how long after it they come */

/* ---- rooms ---- */

static bool is_yes(const struct tsv *t, const char *column)
{
	return strcmp(tsv_text(t, column), "yes") == 0;
}

static int read_policy(const struct tsv *t, struct venue_policy *p, struct err *err)
{
	const char *holidays = tsv_text(t, "holidays");

	p->is_shared = is_yes(t, "shared");
	p->needs_approval = is_yes(t, "approval");
	TRY(tsv_number(t, "slot", 0, &p->slot_minutes, err));
	TRY(tsv_number(t, "max", p->max_minutes, &p->max_minutes, err));
	TRY(tsv_number(t, "buffer", 0, &p->buffer_minutes, err));
	TRY(tsv_number(t, "week_hours", 0, &p->week_hours, err));
	for (int i = 0; i < VENUE_HOLIDAYS_COUNT; i++)
		if (strcmp(venue_holidays_name((enum venue_holidays)i), holidays) == 0)
			p->holidays = (enum venue_holidays)i;
	return 0;
}

static int add_things(struct demo *d, const struct tsv *t, int64_t venue, struct err *err)
{
	CLEANUP(mem_free) char *things = mem_text(tsv_text(t, "things"));
	char *rest = things;
	int64_t id;

	for (char *name; (name = strsep(&rest, ","));) {
		bool is_handed = name[0] == '*';
		const struct thing_draft draft = { venue, name + is_handed, is_handed };
		if (*name)
			TRY(thing_add(d->db, &d->act, &draft, &id, err));
	}
	return 0;
}

static int set_hours(struct demo *d, const struct tsv *t, int64_t venue, struct err *err)
{
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = hours_parse(tsv_text(t, "hours"), &week, err);
	if (count <= 0)
		return count;
	return venue_week_set(d->db, &d->act, venue, week, count, err);
}

static int load_venue(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	CLEANUP(venue_finish) struct venue venue = { 0 };
	struct venue_draft draft = { .name = tsv_text(t, "name") };
	int64_t id;

	TRY(tsv_number(t, "capacity", 0, &draft.capacity, err));
	TRY(venue_add(d->db, &d->act, &draft, &id, err));
	TRY(venue_get(d->db, id, &venue, err));
	TRY(read_policy(t, &venue.policy, err));
	TRY(venue_edit(d->db, &d->act, &venue, err));
	TRY(set_hours(d, t, id, err));
	TRY(add_things(d, t, id, err));
	demo_name_add(&d->venues, venue.name, id, venue.number);
	return 0;
}

int demo_venues(struct demo *d, struct err *err)
{
	return tsv_each("demo/venues.tsv", load_venue, d, err);
}

/* ---- bookings ---- */

static int read_time(const struct tsv *t, const struct demo *d, const char *column, int64_t *ret,
	struct err *err)
{
	int64_t days;
	int minutes;

	TRY(tsv_number(t, "day", 0, &days, err));
	if (minutes_parse(tsv_text(t, column), &minutes, err) < 0)
		return tsv_fault(t, column, err);
	*ret = when_instant(day_add(d->today, (int)days), 0, minutes, 0);
	return 0;
}

/* Those who came: in soon after the start, out at the end unless nobody signed out. */
static void add_use(struct demo *d, const struct demo_event *booked, const char *came)
{
	struct demo_event copy = *booked;

	if (strcmp(came, "yes") != 0 && strcmp(came, "stayed") != 0)
		return;
	struct demo_event *in = demo_event_add(d, DEMO_ROOM_IN, copy.start_at + LATE);
	in->venue = copy.venue;
	in->start_at = copy.start_at;
	if (strcmp(came, "stayed") == 0)
		return;
	struct demo_event *out = demo_event_add(d, DEMO_ROOM_OUT, copy.end_at);
	out->venue = copy.venue;
	out->start_at = copy.start_at;
}

static int load_booking(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	const struct demo_name *venue = demo_name_find(&d->venues, tsv_text(t, "venue"));
	const struct demo_name *who = demo_name_find(&d->residents, tsv_text(t, "who"));
	int64_t start_at = 0, end_at = 0;

	if (!venue)
		return tsv_fault(t, "venue", err);
	TRY(read_time(t, d, "start", &start_at, err));
	TRY(read_time(t, d, "end", &end_at, err));
	/* A demo made late in the evening has no more of this day. */
	if (!*tsv_text(t, "came") && start_at <= d->now)
		return 0;
	int64_t placed_at = start_at - PLACED_BEFORE < d->now ? start_at - PLACED_BEFORE : d->now;
	struct demo_event *event = demo_event_add(d, DEMO_BOOK, placed_at);
	event->venue = venue->id;
	event->resident = who ? who->id : 0;
	event->is_body = !who;
	event->start_at = start_at;
	event->end_at = end_at;
	TRY(tsv_number(t, "people", 1, &event->amount, err));
	/* The body, then what for. */
	event->words = mem_printf("%s\t%s", who ? "" : tsv_text(t, "who"), tsv_text(t, "purpose"));
	add_use(d, event, tsv_text(t, "came"));
	return 0;
}

int demo_bookings(struct demo *d, struct err *err)
{
	return tsv_each("demo/bookings.tsv", load_booking, d, err);
}

/* ---- letting it happen ---- */

static int book(struct demo *d, const struct demo_event *event, struct act *act, struct err *err)
{
	CLEANUP(mem_free) char *body = mem_text(event->words);
	char *purpose = strchr(body, '\t');
	int64_t id;

	*purpose++ = '\0';
	const struct booking_draft draft = { .venue = event->venue,
		.resident = event->resident,
		.body = body,
		.purpose = purpose,
		.start_at = event->start_at,
		.end_at = event->end_at,
		.people = event->amount };
	/* Whatever weekday the demo is made on: a venue may be closed then. */
	act->is_override = true;
	act->why = "demo";
	return booking_place(d->db, act, &draft, &id, err);
}

static int find_booking(
	struct demo *d, const struct demo_event *event, int64_t *ret, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };

	TRY(bookings_between(
		d->db, event->venue, event->start_at, event->start_at + 60, &list, err));
	for (int i = 0; i < list.count; i++)
		if (list.rows[i].start_at == event->start_at) {
			*ret = list.rows[i].id;
			return 0;
		}
	return err_set(err, ERR_NOT_FOUND, REASON(BOOKING_UNKNOWN));
}

int demo_venue_event(
	struct demo *d, const struct demo_event *event, struct act *act, struct err *err)
{
	struct session_request request = { 0 };
	struct session session;
	int64_t id;

	if (event->what == DEMO_BOOK)
		return book(d, event, act, err);
	TRY(find_booking(d, event, &request.booking, err));
	if (event->what == DEMO_ROOM_IN)
		return session_open(d->db, act, &request, &id, err);
	int r = session_of_booking(d->db, request.booking, &session, err);
	/* Closing time may have been before the end. */
	return r > 0 ? session_end(d->db, act, session.id, true, err) : r;
}
