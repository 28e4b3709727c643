/* How long, from a start that was picked: for the visitor's new booking, and for one that is moved
 * to another time. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/venues/reasons.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define LENGTHS_MAX 9
#define STEP        30 /* minutes */

struct booking_time {
	struct app *app;
	struct booking_draft draft;
	int64_t changing; /* the booking that is moved; 0: a new one */
	struct venue venue;
	int64_t ends[LENGTHS_MAX];
	int count;
	struct list *list;
};

static const struct screen booking_time_screen;

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

/* The slip in their hand says the old time: they get a new one. */
static int change_with_slip(const struct booking_time *l, const struct act *act, struct err *err)
{
	struct kiosk *kiosk = kiosk_of(l->app);
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(booking_change(kiosk->db, act, l->changing, &l->draft, err));
	TRY(papers_booking_slip(kiosk, l->changing, err));
	return txn_commit(&t, err);
}

static void tell(struct app *app, int64_t id, const char *booked)
{
	CLEANUP(booking_finish) struct booking b = { 0 };
	struct err err = { 0 };

	if (booking_get(kiosk_of(app)->db, id, &b, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free) char *when = room_when(app, b.start_at, b.end_at);
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
	tell(app, id, _("Booked; the slip is being printed"));
}

static bool is_only_taken(const struct err *err)
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

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct booking_time *l = context;

	ret->text = column == 0 ? words_span(l->draft.start_at, l->ends[row])
				: words_duration((l->ends[row] - l->draft.start_at) / 60);
}

static int64_t step_of(const struct venue *venue)
{
	const struct venue_policy *p = &venue->policy;
	int64_t minutes = p->slot_minutes ? p->slot_minutes : STEP;

	/* Nine keys: longer steps where bookings may be long. */
	while (!p->slot_minutes && p->min_minutes + minutes * (LENGTHS_MAX - 1) < p->max_minutes)
		minutes += STEP;
	return minutes;
}

static int read_lengths(struct booking_time *l, struct err *err)
{
	struct db *db = kiosk_of(l->app)->db;
	CLEANUP(timetable_finish) struct timetable t = { 0 };
	struct day day = when_day(l->draft.start_at);
	int64_t people = l->draft.people ? l->draft.people : 1;

	TRY(venue_get(db, l->draft.venue, &l->venue, err));
	TRY(timetable_read(db, &l->venue, day, day, l->changing, &t, err));
	int64_t step = step_of(&l->venue), minutes = l->venue.policy.min_minutes;
	if (minutes % step)
		minutes += step - minutes % step;
	for (; l->count < LENGTHS_MAX && minutes <= l->venue.policy.max_minutes; minutes += step) {
		int64_t end_at = l->draft.start_at + minutes * 60;
		if (timetable_state(&t, l->draft.start_at, end_at, people) != TIME_FREE)
			break;
		l->ends[l->count++] = end_at;
	}
	/* None is free: the shortest is asked for, and refused or waited for. */
	if (!l->count)
		l->ends[l->count++] = l->draft.start_at + l->venue.policy.min_minutes * 60;
	return 0;
}

/* ---- a new one ---- */

static void wait_instead(struct app *app, void *context, int button)
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

static void refuse(struct booking_time *l, const struct err *err, const char *button,
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
		clerk_refuse(l->app, &refusal);
	else
		clerk_tell_err(l->app, err);
}

static void book(struct app *app, struct booking_time *l)
{
	struct act act = clerk_act(app, l->draft.resident);
	struct err err = { 0 };
	int64_t id;

	if (booking_with_slip(kiosk_of(app), &act, &l->draft, false, &id, &err) < 0) {
		refuse(l, &err, is_only_taken(&err) ? _("Onto the waiting list") : NULL,
			wait_instead);
		return;
	}
	app_pop(app);
	booking_tell_placed(app, id);
}

/* ---- one that is moved ---- */

static void change(struct app *app, struct booking_time *l, const char *why);

static void change_with(struct app *app, void *context, const char *why)
{
	if (why)
		change(app, context, why);
}

static void ask_why(struct app *app, void *context, int button)
{
	const struct reason_request request = {
		.title = _("Change it all the same"), .done = change_with, .context = context
	};

	if (button == 0)
		reason_open(app, &request);
}

static void change(struct app *app, struct booking_time *l, const char *why)
{
	struct act act = clerk_act(app, l->draft.resident);
	CLEANUP(mem_free) char *reason = why ? clerk_why(&act, why) : NULL;
	int64_t id = l->changing;
	struct err err = { 0 };

	if (why) {
		act.why = reason;
		act.is_override = true;
	}
	if (change_with_slip(l, &act, &err) < 0) {
		bool may = clerk_is_on(app, NULL) && booking_refusal_is_overridable(&err);
		refuse(l, &err, may ? _("Change it all the same") : NULL, ask_why);
		return;
	}
	app_pop(app); /* this, and the week that it was picked in */
	app_pop(app);
	tell(app, id, _("Moved; the new slip is being printed"));
}

/* ---- life ---- */

static void finish(struct booking_time *l)
{
	venue_finish(&l->venue);
	list_destroy(l->list);
	free(l);
}

static void open_draft(struct app *app, const struct booking_draft *draft, int64_t changing)
{
	struct booking_time *l = mem_alloc(sizeof(*l));
	struct err err = { 0 };
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = l,
		.cell = cell,
		.is_numbered = true,
	};

	l->app = app;
	l->draft = *draft;
	l->changing = changing;
	l->list = list_create(&options);
	if (read_lengths(l, &err) < 0) {
		clerk_tell_err(app, &err);
		finish(l);
		return;
	}
	list_set_count(l->list, l->count);
	app_push(app, &booking_time_screen, l);
}

void booking_time_open(struct app *app, int64_t venue, int64_t start_at, int64_t resident)
{
	const struct booking_draft draft = {
		.venue = venue, .resident = resident, .start_at = start_at
	};

	open_draft(app, &draft, 0);
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
	open_draft(app, &draft, booking);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	finish(self);
}

static void choose(struct app *app, struct booking_time *l)
{
	l->draft.end_at = l->ends[list_selected(l->list)];
	if (l->changing)
		change(app, l, NULL);
	else
		book(app, l);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct booking_time *l = self;
	enum list_answer answer = list_key(l->list, key);

	if (answer == LIST_CHOSEN)
		choose(app, l);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct booking_time *l = self;
	CLEANUP(mem_free)
	char *from = words_instant(l->draft.start_at, kiosk_now(kiosk_of(app)));
	CLEANUP(mem_free)
	char *title = mem_printf(_("%s, from %s: until when?"), l->venue.name, from);

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, title);
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	list_draw(l->list, area);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Book"), N_("Books until then."), NULL, .place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen booking_time_screen = {
	.name = "booking_time",
	.title = N_("Book a room"),
	.actions = actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
