/* How long, from a start that was picked: for the visitor's new booking, and for one that is moved
 * to another time. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/reasons.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/rooms/rooms.h"

#define LENGTHS_MAX 9
#define STEP        30 /* minutes */

struct booking_time {
	struct list_page page;
	struct booking_draft draft;
	int64_t changing; /* the booking that is moved; 0: a new one */
	struct venue venue;
	struct {
		int64_t *rows; /* LENGTHS_MAX of them at most */
		int count;
	} ends;
};

/* ---- placing, moving, and what is told of it ---- */

int booking_with_slip(struct kiosk *kiosk, const struct act *act, const struct booking_draft *draft,
	bool is_waiting, int64_t *ret_id, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(is_waiting ? booking_wait(kiosk->db, act, draft, ret_id, err)
		       : booking_place(kiosk->db, act, draft, ret_id, err));
	TRY(papers_booking_slip(kiosk, *ret_id, err));
	return txn_commit(&t, err);
}

/* The slip in their hand has the old time: they get a new one. */
static int booking_time_change_with_slip(
	const struct booking_time *l, const struct act *act, struct err *err)
{
	struct kiosk *kiosk = l->page.kiosk;
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(booking_change(kiosk->db, act, l->changing, &l->draft, err));
	TRY(papers_booking_slip(kiosk, l->changing, err));
	return txn_commit(&t, err);
}

static void booking_time_tell(struct app *app, int64_t id, const char *booked)
{
	CLEANUP(booking_finish) struct booking b = { 0 };
	struct err err = { 0 };

	if (booking_get(kiosk_of(app)->db, id, &b, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free) char *when = clerk_when(kiosk_of(app), b.start_at, b.end_at);
	CLEANUP(mem_free) char *text = mem_printf("%s  %s", b.venue_name, when);
	clerk_tell_done(app,
		b.status == BOOKING_REQUESTED ? _("Asked for; a volunteer will say yes or no")
		: b.status == BOOKING_WAITING ? _("On the waiting list")
					      : booked,
		text);
	papers_go(kiosk_of(app));
}

void booking_tell_placed(struct app *app, int64_t id)
{
	booking_time_tell(app, id, _("Booked; the slip is being printed"));
}

static bool booking_time_is_only_taken(const struct err *err)
{
	for (int i = 0; i < err->reason_count; i++)
		if (err->reasons[i].code != REASON_BOOKING_TAKEN &&
			err->reasons[i].code != REASON_BOOKING_CROWDED)
			return false;
	return err->reason_count > 0;
}

bool booking_refusal_is_overridable(const struct err *err)
{
	for (int i = 0; i < err->reason_count; i++)
		if (!booking_reason_is_overridable(err->reasons[i].code))
			return false;
	return err->reason_count > 0;
}

/* ---- the lengths ---- */

static const struct list_column columns[] = {
	{ N_("Time"), .min = 14, .max = 24, .is_whole = true },
	{ N_("How long"), .min = 10 },
};

static void booking_time_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct booking_time *l = self;
	const int64_t *end_at = row;

	ret->text = column == 0 ? words_span(l->draft.start_at, *end_at)
				: words_duration((*end_at - l->draft.start_at) / 60);
}

static int64_t booking_time_step_of(const struct venue *venue)
{
	const struct venue_policy *p = &venue->policy;
	int64_t minutes = p->slot_minutes ? p->slot_minutes : STEP;

	/* Nine keys: longer steps where bookings may be long. */
	while (!p->slot_minutes && p->min_minutes + minutes * (LENGTHS_MAX - 1) < p->max_minutes)
		minutes += STEP;
	return minutes;
}

/* Whether it can be had as it is: within the quota, the notice and all other rules. */
static bool booking_time_is_allowed(const struct booking_time *l, int64_t end_at)
{
	struct act act = clerk_act(l->page.app, l->draft.resident);
	struct booking_draft draft = l->draft;
	struct err refusal = { 0 }, err = { 0 };

	/* A volunteer may set a rule aside. */
	if (clerk_is_on(l->page.app, NULL))
		return true;
	draft.end_at = end_at;
	return booking_check(l->page.kiosk->db, &act, &draft, l->changing, &refusal, &err) == 0 &&
	       !refusal.code;
}

/* Those that can be had, from the shortest on. */
static void booking_time_find_lengths(struct booking_time *l, const struct timetable *t)
{
	const struct venue_policy *policy = &l->venue.policy;
	int64_t step = booking_time_step_of(&l->venue), minutes = policy->min_minutes;
	int64_t start_at = l->draft.start_at, people = l->draft.people ? l->draft.people : 1;

	l->ends.rows = mem_alloc(LENGTHS_MAX * sizeof(*l->ends.rows));
	if (minutes % step)
		minutes += step - minutes % step;
	for (; l->ends.count < LENGTHS_MAX && minutes <= policy->max_minutes; minutes += step) {
		int64_t end_at = start_at + minutes * 60;
		if (timetable_state(t, start_at, end_at, people) != TIME_FREE)
			break;
		if (booking_time_is_allowed(l, end_at))
			l->ends.rows[l->ends.count++] = end_at;
	}
	/* If none can be had, the shortest is requested, and refused with the reasons or put on the
	 * waiting list. */
	if (!l->ends.count)
		l->ends.rows[l->ends.count++] = start_at + policy->min_minutes * 60;
}

static int booking_time_read(void *self, struct err *err)
{
	struct booking_time *l = self;
	struct db *db = l->page.kiosk->db;
	CLEANUP(timetable_finish) struct timetable t = { 0 };
	struct day day = when_day(l->draft.start_at);

	TRY(venue_get(db, l->draft.venue, &l->venue, err));
	TRY(timetable_read(db, &l->venue, day, day, l->changing, &t, err));
	booking_time_find_lengths(l, &t);
	return 0;
}

static void booking_time_forget(void *self)
{
	struct booking_time *l = self;

	venue_finish(&l->venue);
	l->venue = (struct venue){ 0 };
	mem_free(&l->ends.rows);
	l->ends.count = 0;
}

/* ---- a new one ---- */

static void booking_time_wait_instead(struct app *app, void *context, int button)
{
	struct booking_time *l = context;
	struct act act = clerk_act(app, l->draft.resident);
	struct err err = { 0 };
	int64_t id;

	if (button != 0)
		return;
	if (booking_with_slip(kiosk_of(app), &act, &l->draft, true, &id, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	app_pop(app);
	booking_tell_placed(app, id);
}

static void booking_time_refuse(struct booking_time *l, const struct err *err, const char *button,
	void (*done)(struct app *, void *, int))
{
	const struct clerk_refusal refusal = {
		.title = _("This time cannot be had"),
		.err = err,
		.button = button,
		.done = done,
		.context = l,
	};

	if (err->code == ERR_REFUSED)
		clerk_refuse(l->page.app, &refusal);
	else
		clerk_tell_err(l->page.app, err);
}

static void booking_time_book(struct app *app, struct booking_time *l)
{
	struct act act = clerk_act(app, l->draft.resident);
	struct err err = { 0 };
	int64_t id;

	if (booking_with_slip(kiosk_of(app), &act, &l->draft, false, &id, &err) < 0) {
		booking_time_refuse(l, &err,
			booking_time_is_only_taken(&err) ? _("Onto the waiting list") : NULL,
			booking_time_wait_instead);
		return;
	}
	app_pop(app);
	booking_tell_placed(app, id);
}

/* ---- one that is moved ---- */

static void booking_time_move(struct app *app, struct booking_time *l, const char *why);

static void booking_time_change_with(struct app *app, void *context, const char *why)
{
	if (why)
		booking_time_move(app, context, why);
}

static void booking_time_ask_why(struct app *app, void *context, int button)
{
	const struct reason_request request = { .title = _("Change it all the same"),
		.done = booking_time_change_with,
		.context = context };

	if (button == 0)
		reason_open(app, &request);
}

static void booking_time_move(struct app *app, struct booking_time *l, const char *why)
{
	struct act act = clerk_act(app, l->draft.resident);
	CLEANUP(mem_free) char *reason = why ? clerk_why(&act, why) : NULL;
	int64_t id = l->changing;
	struct err err = { 0 };

	if (why) {
		act.why = reason;
		act.is_override = true;
	}
	if (booking_time_change_with_slip(l, &act, &err) < 0) {
		bool may = clerk_is_on(app, NULL) && booking_refusal_is_overridable(&err);
		booking_time_refuse(
			l, &err, may ? _("Change it all the same") : NULL, booking_time_ask_why);
		return;
	}
	app_pop(app); /* this, and the week that it was picked in */
	app_pop(app);
	booking_time_tell(app, id, _("Moved; the new slip is being printed"));
}

static void booking_time_choose(struct app *app, void *self)
{
	struct booking_time *l = self;

	l->draft.end_at = *(const int64_t *)list_page_row(l);
	if (l->changing)
		booking_time_move(app, l, NULL);
	else
		booking_time_book(app, l);
}

static const struct action booking_time_actions[] = {
	{ K_ENTER, N_("Book"), N_("Books until then."), booking_time_choose, list_page_has_row,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void booking_time_head(void *self, struct rect *area)
{
	const struct booking_time *l = self;
	CLEANUP(mem_free) char *from = words_instant(l->draft.start_at, kiosk_now(l->page.kiosk));
	CLEANUP(mem_free)
	char *title = mem_printf(_("%s, from %s: until when?"), l->venue.name, from);

	clerk_heading(area, title);
}

static const struct list_page_kind booking_time_page = {
	.screen = LIST_PAGE(N_("Book a room"), booking_time_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct booking_time, ends),
	.is_numbered = true,
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = booking_time_read,
	.forget = booking_time_forget,
	.cell = booking_time_cell,
	.head = booking_time_head,
};

static void booking_time_open_draft(
	struct app *app, const struct booking_draft *draft, int64_t changing)
{
	struct booking_time *l = list_page_create(app, &booking_time_page);

	l->draft = *draft;
	l->changing = changing;
	list_page_show(l);
}

void booking_time_open(struct app *app, int64_t venue, int64_t start_at, int64_t resident)
{
	const struct booking_draft draft = {
		.venue = venue, .resident = resident, .start_at = start_at
	};

	booking_time_open_draft(app, &draft, 0);
}

void booking_time_change(struct app *app, int64_t booking, int64_t venue, int64_t start_at)
{
	CLEANUP(booking_finish) struct booking b = { 0 };
	struct err err = { 0 };

	if (booking_get(kiosk_of(app)->db, booking, &b, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	const struct booking_draft draft = { .venue = venue,
		.resident = b.resident,
		.start_at = start_at,
		.people = b.people,
		.is_whole = b.is_whole };
	booking_time_open_draft(app, &draft, booking);
}
