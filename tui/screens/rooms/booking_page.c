/* One booking: what is known about it, and what can be done with it. The visitor moves, cancels and
 * prints it; a volunteer also decides, signs in and hands over keys. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/series.h"
#include "core/venues/session.h"
#include "core/venues/thing.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/pages/clerk.h"
#include "tui/pages/papers.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/rooms/rooms.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

struct booking_page {
	struct app *app;
	int64_t id;
	struct booking booking;
	struct thing_list things; /* that are handed over */
	struct list *list;
};

static const struct screen booking_page_screen;

/* ---- reading ---- */

static void booking_page_drop_standing(struct thing_list *things)
{
	int kept = 0;

	for (int i = 0; i < things->count; i++) {
		if (things->rows[i].is_handed) {
			struct thing thing = things->rows[i];
			things->rows[i] = (struct thing){ 0 };
			things->rows[kept++] = thing;
		} else {
			mem_free(&things->rows[i].name);
		}
	}
	things->count = kept;
}

static int booking_page_read_all(struct booking_page *p, struct err *err)
{
	struct db *db = kiosk_of(p->app)->db;

	booking_finish(&p->booking);
	thing_list_finish(&p->things);
	TRY(booking_get(db, p->id, &p->booking, err));
	TRY(things_of(db, p->booking.venue, &p->things, err));
	booking_page_drop_standing(&p->things);
	return 0;
}

static void booking_page_refresh(struct booking_page *p)
{
	struct err err = { 0 };

	if (booking_page_read_all(p, &err) < 0)
		clerk_tell_err(p->app, &err);
	list_set_count(p->list, p->things.count);
	app_redraw(p->app);
}

static void booking_page_conclude(
	struct booking_page *p, int r, const struct err *err, const char *done)
{
	booking_page_refresh(p);
	if (r < 0)
		clerk_tell_err(p->app, err);
	else
		clerk_tell_done(p->app, done, NULL);
}

/* ---- keys and remotes ---- */

static const struct list_column columns[] = {
	{ N_("Keys and remotes"), .min = 12 },
	{ N_("Where"), .min = 16, .max = 40 },
};

static void booking_page_cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct booking_page *p = context;
	const struct thing *thing = &p->things.rows[row];

	if (column == 0) {
		ret->text = mem_text(thing->name);
		return;
	}
	ret->text = room_thing_where(p->app, thing, &ret->style);
}

/* ---- life ---- */

void booking_page_open(struct app *app, int64_t booking)
{
	struct booking_page *p = mem_alloc(sizeof(*p));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = p,
		.cell = booking_page_cell,
		.empty = N_("Nothing is handed over with this room."),
	};

	p->app = app;
	p->id = booking;
	p->list = list_create(&options);
	app_push(app, &booking_page_screen, p);
	booking_page_refresh(p);
}

static void booking_page_resume(struct app *app, void *self)
{
	(void)app;
	booking_page_refresh(self);
}

static void booking_page_leave(struct app *app, void *self)
{
	struct booking_page *p = self;

	(void)app;
	booking_finish(&p->booking);
	thing_list_finish(&p->things);
	list_destroy(p->list);
	free(p);
}

/* ---- what can be done ---- */

static bool booking_page_can_cancel(struct app *app, void *self)
{
	const struct booking_page *p = self;
	int64_t now = kiosk_now(kiosk_of(app));

	return booking_is_ahead(&p->booking, now) ||
	       (p->booking.status == BOOKING_BOOKED && clerk_is_on(app, self));
}

static bool booking_page_can_move(struct app *app, void *self)
{
	const struct booking_page *p = self;

	return booking_page_can_cancel(app, self) && p->booking.status != BOOKING_WAITING;
}

static bool booking_page_can_print(struct app *app, void *self)
{
	const struct booking_page *p = self;

	(void)app;
	return booking_is_live(&p->booking) || p->booking.status == BOOKING_WAITING;
}

static bool booking_page_can_decide(struct app *app, void *self)
{
	const struct booking_page *p = self;

	return clerk_is_on(app, self) && p->booking.status == BOOKING_REQUESTED;
}

static bool booking_page_can_sign_in(struct app *app, void *self)
{
	const struct booking_page *p = self;

	return clerk_is_on(app, self) && p->booking.status == BOOKING_BOOKED;
}

static bool booking_page_has_thing(struct app *app, void *self)
{
	const struct booking_page *p = self;

	return clerk_is_on(app, self) && p->things.count > 0 && booking_is_live(&p->booking);
}

static bool booking_page_is_of_series(struct app *app, void *self)
{
	const struct booking_page *p = self;

	return p->booking.series && clerk_is_on(app, self) && booking_page_can_cancel(app, self);
}

static struct act booking_page_act_of(const struct booking_page *p)
{
	return clerk_act(p->app, p->booking.resident);
}

static void booking_page_approve(struct app *app, void *self)
{
	struct booking_page *p = self;
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };

	int r = booking_approve(kiosk_of(app)->db, &act, p->id, &err);
	booking_page_conclude(p, r, &err, _("The booking stands"));
}

static void booking_page_decline(struct app *app, void *self)
{
	struct booking_page *p = self;
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };

	int r = booking_decline(kiosk_of(app)->db, &act, p->id, &err);
	booking_page_conclude(p, r, &err, _("The booking is declined"));
}

static void booking_page_cancelled(struct app *app, void *context, int button)
{
	struct booking_page *p = context;
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = booking_cancel(kiosk_of(app)->db, &act, p->id, &err);
	booking_page_conclude(p, r, &err, _("The booking is cancelled"));
}

static void booking_page_series_cancelled(struct app *app, void *context, int button)
{
	struct booking_page *p = context;
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = series_cancel(
		kiosk_of(app)->db, &act, p->booking.series, p->booking.start_at, &err);
	booking_page_conclude(p, r, &err, _("This one and all that follow are cancelled"));
}

static void booking_page_ask(struct booking_page *p, const char *title, const char *yes,
	void (*done)(struct app *, void *, int))
{
	CLEANUP(mem_free)
	char *when = room_when(p->app, p->booking.start_at, p->booking.end_at);
	CLEANUP(mem_free) char *text = mem_printf("%s  %s", p->booking.venue_name, when);
	const char *const buttons[] = { yes, _("Leave it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = title,
		.text = text,
		.buttons = buttons,
		.marked = 1,
		.done = done,
		.context = p,
	};

	dialog_open(p->app, &dialog);
}

static void booking_page_cancel(struct app *app, void *self)
{
	(void)app;
	booking_page_ask(
		self, _("Cancel this booking?"), _("Cancel the booking"), booking_page_cancelled);
}

static void booking_page_cancel_series(struct app *app, void *self)
{
	(void)app;
	booking_page_ask(self, _("Cancel this one and all that follow?"), _("Cancel them"),
		booking_page_series_cancelled);
}

static void booking_page_move(struct app *app, void *self)
{
	const struct booking_page *p = self;

	clerk_hush(app);
	room_week_move(app, &p->booking);
}

static void booking_page_print_slip(struct app *app, void *self)
{
	struct booking_page *p = self;
	struct err err = { 0 };

	int r = papers_booking_slip(kiosk_of(app), p->id, &err);
	booking_page_conclude(p, r, &err, _("The slip is being printed"));
	papers_go(kiosk_of(app));
}

static void booking_page_sign_in(struct app *app, void *self)
{
	struct booking_page *p = self;
	const struct session_request request = { .booking = p->id };
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };
	int64_t session;

	int r = session_open(kiosk_of(app)->db, &act, &request, &session, &err);
	booking_page_conclude(p, r, &err, _("Signed in"));
	if (r == 0)
		headcount_open(app, session);
}

static void booking_page_hand_over(struct app *app, void *self)
{
	struct booking_page *p = self;
	const struct thing *thing = &p->things.rows[list_selected(p->list)];
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };
	bool is_out = thing->out_at != 0;

	int r = is_out ? handover_back(kiosk_of(app)->db, &act, thing->id, &err)
		       : handover_out(kiosk_of(app)->db, &act,
				 &(struct handing_out){ .thing = thing->id,
					 .resident = p->booking.resident,
					 .booking = p->id },
				 &err);
	booking_page_conclude(p, r, &err, is_out ? _("It is back") : _("It is handed over"));
}

static const struct action actions[] = {
	{ '1', N_("Yes"), N_("Says yes to the booking."), booking_page_approve,
		booking_page_can_decide, .place = ACTION_TILE },
	{ '2', N_("No"), N_("Says no to it; its time is free again."), booking_page_decline,
		booking_page_can_decide, .place = ACTION_TILE },
	{ '3', N_("Print the slip"), N_("Prints the slip, whose code signs in."),
		booking_page_print_slip, booking_page_can_print, .place = ACTION_TILE },
	{ '4', N_("Cancel"), N_("Gives the time free; who waits for it gets it."),
		booking_page_cancel, booking_page_can_cancel, .place = ACTION_TILE },
	{ '8', N_("Another time"), N_("Picks another time for it, or another room."),
		booking_page_move, booking_page_can_move, .place = ACTION_TILE },
	{ '5', N_("Cancel the series"), N_("This one and all that follow."),
		booking_page_cancel_series, booking_page_is_of_series, .place = ACTION_TILE },
	{ '6', N_("Sign in"), N_("They are here."), booking_page_sign_in, booking_page_can_sign_in,
		.place = ACTION_TILE },
	{ '7', N_("Key over or back"), N_("Notes down that the marked thing goes or is back."),
		booking_page_hand_over, booking_page_has_thing, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool booking_page_key(struct app *app, void *self, const struct key *key)
{
	struct booking_page *p = self;

	if (key_digit(key) >= 0)
		return false;
	enum list_answer answer = list_key(p->list, key);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

/* ---- drawing ---- */

static int booking_page_draw_facts(struct app *app, const struct booking_page *p, struct rect area)
{
	const struct booking *b = &p->booking;
	int64_t now = kiosk_now(kiosk_of(app));
	CLEANUP(mem_free) char *when = room_when(app, b->start_at, b->end_at);
	CLEANUP(mem_free) char *who = room_who(app, b);
	CLEANUP(mem_free) char *people = mem_printf("%" PRId64, b->people);
	CLEANUP(mem_free) char *by = words_instant(b->release_at, now);
	const struct clerk_fact facts[] = {
		{ _("When"), when },
		{ _("Booked by"), who },
		{ _("For"), b->purpose },
		{ C_("count", "People"), people },
		{ _("State"), words_booking_status(b->status) },
		{ _("Sign in by"), b->status == BOOKING_BOOKED ? by : NULL },
	};

	return clerk_draw_facts(area, 2, facts, ARRAY_LEN(facts));
}

static void booking_page_draw(struct app *app, void *self, struct rect area)
{
	struct booking_page *p = self;

	if (!p->booking.id)
		return;
	area = rect_inset(area, 1, 2);
	CLEANUP(mem_free) char *number = mem_printf(_("Booking %" PRId64), p->booking.number);
	draw_text(area, 0, 0, STYLE_STRONG, p->booking.venue_name);
	draw_right(area, 0, STYLE_QUIET, number);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	rect_cut_top(&area, booking_page_draw_facts(app, p, area) + 1);
	if (clerk_is_on(app, self) && p->things.count)
		list_draw(p->list, area);
}

static const struct screen booking_page_screen = {
	.name = "booking",
	.title = N_("Booking"),
	.actions = actions,
	.resume = booking_page_resume,
	.leave = booking_page_leave,
	.draw = booking_page_draw,
	.key = booking_page_key,
	.scan = clerk_scan,
};
