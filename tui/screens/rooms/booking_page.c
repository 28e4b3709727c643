/* One booking: what is known about it, and what can be done with it. The visitor moves, cancels and
 * prints it; a volunteer also decides, signs in and hands over keys. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/series.h"
#include "core/venues/session.h"
#include "core/venues/thing.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/rooms/rooms.h"
#include "tui/widgets/dialog.h"

struct booking_page {
	struct list_page page;
	int64_t id;
	struct booking booking;
	char *who;
	struct thing_list things; /* that are handed over */
};

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

static int booking_page_read(void *self, struct err *err)
{
	struct booking_page *p = self;
	struct db *db = p->page.kiosk->db;

	TRY(booking_get(db, p->id, &p->booking, err));
	TRY(room_read_who(p->page.app, &p->booking, &p->who, err));
	TRY(things_of(db, p->booking.venue, &p->things, err));
	booking_page_drop_standing(&p->things);
	return 0;
}

static void booking_page_forget(void *self)
{
	struct booking_page *p = self;

	booking_finish(&p->booking);
	mem_free(&p->who);
	thing_list_finish(&p->things);
}

/* ---- keys and remotes ---- */

static const struct list_column columns[] = {
	{ N_("Keys and remotes"), .min = 12 },
	{ N_("Where"), .min = 16, .max = 40 },
};

static void booking_page_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct booking_page *p = self;
	const struct thing *thing = row;

	ret->text = column == 0 ? mem_text(thing->name)
				: room_thing_where(p->page.app, thing, &ret->style);
}

static bool booking_page_shows_things(struct app *app, void *self)
{
	return clerk_is_on(app, self) && ((struct booking_page *)self)->things.count > 0;
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

	return booking_page_shows_things(app, self) && booking_is_live(&p->booking);
}

static bool booking_page_is_of_series(struct app *app, void *self)
{
	const struct booking_page *p = self;

	return p->booking.series && clerk_is_on(app, self) && booking_page_can_cancel(app, self);
}

static struct act booking_page_act_of(const struct booking_page *p)
{
	return clerk_act(p->page.app, p->booking.resident);
}

static void booking_page_approve(struct app *app, void *self)
{
	struct booking_page *p = self;
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };

	int r = booking_approve(kiosk_of(app)->db, &act, p->id, &err);
	list_page_conclude(p, r, &err, _("The booking stands"), NULL);
}

static void booking_page_decline(struct app *app, void *self)
{
	struct booking_page *p = self;
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };

	int r = booking_decline(kiosk_of(app)->db, &act, p->id, &err);
	list_page_conclude(p, r, &err, _("The booking is declined"), NULL);
}

static void booking_page_cancelled(struct app *app, void *context, int button)
{
	struct booking_page *p = context;
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = booking_cancel(kiosk_of(app)->db, &act, p->id, &err);
	list_page_conclude(p, r, &err, _("The booking is cancelled"), NULL);
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
	list_page_conclude(p, r, &err, _("This one and all that follow are cancelled"), NULL);
}

static void booking_page_ask(struct booking_page *p, const char *title, const char *yes,
	void (*done)(struct app *, void *, int))
{
	CLEANUP(mem_free)
	char *when = clerk_when(p->page.kiosk, p->booking.start_at, p->booking.end_at);
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

	dialog_open(p->page.app, &dialog);
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
	list_page_conclude(p, r, &err, _("The slip is being printed"), NULL);
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
	list_page_conclude(p, r, &err, _("Signed in"), NULL);
	if (r == 0)
		headcount_open(app, session);
}

static void booking_page_hand_over(struct app *app, void *self)
{
	struct booking_page *p = self;
	const struct thing *thing = list_page_row(self);
	struct act act = booking_page_act_of(p);
	struct err err = { 0 };
	bool is_out = thing->out_at != 0;

	int r = is_out ? handover_back(kiosk_of(app)->db, &act, thing->id, &err)
		       : handover_out(kiosk_of(app)->db, &act,
				 &(struct handing_out){ .thing = thing->id,
					 .resident = p->booking.resident,
					 .booking = p->id },
				 &err);
	list_page_conclude(p, r, &err, is_out ? _("It is back") : _("It is handed over"), NULL);
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

/* ---- drawing ---- */

static void booking_page_head(void *self, struct rect *area)
{
	const struct booking_page *p = self;
	const struct booking *b = &p->booking;
	CLEANUP(mem_free) char *number = mem_printf(_("Booking %" PRId64), b->number);
	CLEANUP(mem_free) char *when = clerk_when(p->page.kiosk, b->start_at, b->end_at);
	CLEANUP(mem_free) char *people = mem_printf("%" PRId64, b->people);
	CLEANUP(mem_free) char *by = words_instant(b->release_at, kiosk_now(p->page.kiosk));
	const struct clerk_fact facts[] = {
		{ _("When"), when },
		{ _("Booked by"), p->who },
		{ _("For"), b->purpose },
		{ C_("count", "People"), people },
		{ _("State"), words_booking_status(b->status) },
		{ _("Sign in by"), b->status == BOOKING_BOOKED ? by : NULL },
	};

	draw_text(*area, 0, 0, STYLE_STRONG, b->venue_name);
	draw_right(*area, 0, STYLE_QUIET, number);
	rect_cut_top(area, clerk_draw_facts(*area, 2, facts, ARRAY_LEN(facts)) + 1);
}

static const struct list_page_kind booking_page = {
	.screen = LIST_PAGE(N_("Booking"), actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct booking_page, things),
	.are_tiles_first = true,
	.hush = LIST_PAGE_HUSH_NEVER,
	.is_listed = booking_page_shows_things,
	.read = booking_page_read,
	.forget = booking_page_forget,
	.cell = booking_page_cell,
	.head = booking_page_head,
};

void booking_page_open(struct app *app, int64_t booking)
{
	struct booking_page *p = list_page_create(app, &booking_page);

	p->id = booking;
	list_page_show(p);
}
