/* A new booking from a start that was picked. The visitor picks how long with a digit
 * (booking_time.c); in volunteer mode a form also asks for whom, what for and how often. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/desk/desk.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/venues/booking_check.h"
#include "core/venues/reasons.h"
#include "core/venues/series.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/reason.h"
#include "tui/screens/rooms/rooms.h"
#include "tui/widgets/dialog.h"

/* ---- the volunteer ---- */

enum { WHO, BODY, PURPOSE, DAY, FROM, UNTIL, PEOPLE, TIMES, EVERY, FIELD_COUNT };

struct booking_form {
	struct venue venue;
	int64_t start_at;
	int64_t number; /* the resident's; 0: a body books */
	const char *body, *purpose;
	const char *day, *from, *until;
	int64_t people, times, every;
	struct series_draft draft; /* what was tried last */
	const char *why;           /* it is placed anyway */
	int64_t booking;           /* the one that was placed; 0: a series, or none */
};

static int booking_form_draft(struct app *app, void *self, void *filled, struct err *err);

#define NUMBER(name, member, empty) \
	BIND_NUMBER_OR(empty, name, struct booking_form, member, 1, 999999999)
#define TEXT(name, member) BIND_TEXT(name, struct booking_form, member)

static const struct form_row rows[FIELD_COUNT] = {
	[WHO] = { FIELD_DIGITS(N_("Resident no."), 9), HINT(N_("empty: a body books")),
		NUMBER("number", number, 0), .codes = { REASON_RESIDENT_UNKNOWN } },
	[BODY] = { FIELD_CHINESE(N_("Body"), 40), HINT(N_("such as: the choir")),
		TEXT("body", body) },
	[PURPOSE] = { FIELD_CHINESE(N_("For"), 40),
		HELP(N_("Everybody sees it on the board and at the door.")),
		TEXT("purpose", purpose) },
	[DAY] = { FIELD_TEXT(N_("Day"), 10), HINT("2026-11-21"), TEXT(NULL, day),
		.codes = { REASON_DATE_BAD } },
	[FROM] = { FIELD_TEXT(N_("From"), 5), HINT("19:00"), TEXT(NULL, from) },
	[UNTIL] = { FIELD_TEXT(N_("Until"), 5), HINT("21:00"), TEXT(NULL, until) },
	[PEOPLE] = { FIELD_DIGITS(NC_("count", "People"), 4), NUMBER("people", people, 1) },
	[TIMES] = { FIELD_DIGITS(N_("How many times"), 2), HINT(N_("empty: once")),
		NUMBER("times", times, 1), .names[1] = "occurrences" },
	[EVERY] = { FIELD_DIGITS(N_("Days apart"), 3), HINT(N_("empty: 7")),
		NUMBER("every", every, 7), .take = booking_form_draft },
};

/* ---- what is filled in ---- */

static int booking_form_load(struct app *app, void *self, struct err *err)
{
	struct booking_form *f = self;

	return venue_get(kiosk_of(app)->db, f->venue.id, &f->venue, err);
}

static void booking_form_finish(void *self)
{
	venue_finish(&((struct booking_form *)self)->venue);
}

static void booking_new_show_time(struct form *form, int field, int64_t at)
{
	CLEANUP(mem_free) char *time = words_time(at);

	form_set_text(form, field, time);
}

static void booking_form_show(struct app *app, void *self, struct form *form)
{
	const struct booking_form *f = self;
	int64_t slot = f->venue.policy.slot_minutes;
	char on[11];

	day_format(when_day(f->start_at), on);
	form_set_text(form, DAY, on);
	booking_new_show_time(form, FROM, f->start_at);
	booking_new_show_time(form, UNTIL, f->start_at + (slot ? slot : 60) * 60);
}

/* An end before the start is past midnight. */
static int booking_new_take_times(
	const struct booking_form *f, struct booking_draft *d, struct err *err)
{
	struct day day;
	int from, until;

	TRY(day_parse(f->day, &day, err));
	TRY(minutes_read(f->from, &from, err));
	TRY(minutes_read(f->until, &until, err));
	until += until <= from ? 24 * 60 : 0;
	d->start_at = when_instant(day, from / 60, from % 60, 0);
	d->end_at = when_instant(day, until / 60, until % 60, 0);
	return 0;
}

static int booking_form_draft(struct app *app, void *self, void *filled, struct err *err)
{
	struct booking_form *f = filled;
	struct resident resident = { 0 };

	f->draft = (struct series_draft){
		.first = { .venue = f->venue.id,
			.body = f->body,
			.purpose = f->purpose,
			.people = f->people },
		.occurrences = (int)f->times,
		.every_days = f->every > 366 ? 367 : (int)f->every,
	};
	TRY(booking_new_take_times(f, &f->draft.first, err));
	if (f->number)
		TRY(resident_by_number(kiosk_of(app)->db, f->number, &resident, err));
	f->draft.first.resident = resident.id;
	return 0;
}

/* ---- a refusal ---- */

static void booking_new_override_with(struct app *app, void *context, const char *why)
{
	struct booking_form *f = context;

	f->why = why;
	if (why)
		form_page_submit(app, f);
	f->why = NULL;
}

static void booking_new_ask_why(struct app *app, void *context, int button)
{
	const struct reason_request request = { .title = _("Book all the same"),
		.done = booking_new_override_with,
		.context = context };

	if (button == 0)
		reason_open(app, &request);
}

static bool booking_form_refused(struct app *app, void *self, const struct err *err)
{
	const struct clerk_refusal refusal = {
		.title = _("This time cannot be had"),
		.err = err,
		.button = booking_refusal_is_overridable(err) ? _("Book all the same") : NULL,
		.done = booking_new_ask_why,
		.context = self,
	};

	if (err->code != ERR_REFUSED)
		return false;
	clerk_refuse(app, &refusal);
	return true;
}

/* ---- a series ---- */

static void booking_new_book_good(struct app *app, void *context, int button)
{
	const struct booking_form *f = context;
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int64_t id;

	if (button != 0)
		return;
	if (series_place(kiosk_of(app)->db, &act, &f->draft, true, &id, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("Those that can be had are booked"), NULL);
}

/* All times that are not available, one line each with the reasons. */
static void booking_new_show_conflicts(
	struct app *app, struct booking_form *f, const struct series_plan *plan)
{
	int64_t now = kiosk_now(kiosk_of(app));
	struct dialog_line lines[SERIES_MAX];
	char *owned[2 * SERIES_MAX];
	int count = 0;
	const char *const buttons[] = { _("Book the others"), _("Back"), NULL };

	for (int i = 0; i < plan->count; i++) {
		const struct series_occurrence *row = &plan->rows[i];
		if (!row->refusal.code)
			continue;
		owned[2 * count] = clerk_when(kiosk_of(app), row->start_at, row->end_at);
		owned[2 * count + 1] = words_reason(&row->refusal.reasons[0], now);
		lines[count] = (struct dialog_line){ owned[2 * count], owned[2 * count + 1] };
		count++;
	}
	CLEANUP(mem_free)
	char *title = mem_printf(_("%d of %d times cannot be had"), plan->refused, plan->count);
	const struct dialog dialog = {
		.kind = BANNER_REFUSED,
		.title = title,
		.lines = lines,
		.line_count = count,
		.buttons = plan->refused < plan->count ? buttons : buttons + 1,
		.marked = plan->refused < plan->count ? 1 : 0,
		.done = plan->refused < plan->count ? booking_new_book_good : NULL,
		.context = f,
	};
	app_sound(app, SOUND_REFUSED);
	dialog_open(app, &dialog);
	for (int i = 0; i < 2 * count; i++)
		mem_free(&owned[i]);
}

/* Tells nothing if some are not available: then it asks what to do. */
static int booking_new_save_series(struct app *app, struct booking_form *f, const struct act *act,
	struct form_done *done, struct err *err)
{
	CLEANUP(mem_free) struct series_plan *plan = mem_alloc(sizeof(*plan));
	struct db *db = kiosk_of(app)->db;
	int64_t id;

	int r = series_place(db, act, &f->draft, false, &id, err);
	if (r == ERR_REFUSED && err_has(err, REASON_SERIES_CONFLICTS)) {
		*err = (struct err){ 0 };
		TRY(series_check(db, act, &f->draft, plan, err));
		booking_new_show_conflicts(app, f, plan);
		return 0;
	}
	if (r < 0)
		return r;
	CLEANUP(mem_free) char *text = mem_printf(_("%d times"), f->draft.occurrences);
	form_done(done, _("The series is booked"), text);
	return 0;
}

/* ---- saving ---- */

static int booking_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	struct booking_form *f = self;

	f->draft = ((const struct booking_form *)filled)->draft;
	f->booking = 0;
	struct act act = clerk_act(app, f->draft.first.resident);
	CLEANUP(mem_free) char *reason = f->why ? clerk_why(&act, f->why) : NULL;
	act.is_override = reason != NULL;
	act.why = reason ? reason : act.why;
	if (f->draft.occurrences > 1)
		return booking_new_save_series(app, f, &act, done, err);
	return booking_with_slip(kiosk_of(app), &act, &f->draft.first, false, &f->booking, err);
}

static void booking_form_saved(struct app *app, void *self, const struct form_done *done)
{
	int64_t booking = ((const struct booking_form *)self)->booking;

	if (!booking && !done->title)
		return;
	app_pop(app);
	if (booking)
		booking_tell_placed(app, booking);
	else
		clerk_tell_done(app, done->title, done->text);
}

static void booking_form_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(area, ((struct booking_form *)self)->venue.name, NULL);
}

static const struct action form_actions[] = {
	{ K_F10, N_("Save"), N_("Books it."), form_page_submit },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct form_page booking_page = {
	.screen = FORM_SCREEN_WITH(N_("Book a room"), form_actions, clerk_scan_later),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct booking_form),
	.load = booking_form_load,
	.show = booking_form_show,
	.head = booking_form_head,
	.save = booking_form_save,
	.saved = booking_form_saved,
	.refused = booking_form_refused,
	.finish = booking_form_finish,
};

/* ---- */

void booking_new_open(struct app *app, int64_t venue, int64_t start_at)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	if (clerk_is_on(app, NULL)) {
		form_page_open(app, &booking_page,
			&(struct booking_form){ .venue = { .id = venue },
				.start_at = start_at,
				.number = visit ? visit->number : 0,
				.people = 1,
				.times = 1,
				.every = 7 });
		return;
	}
	if (visit) {
		booking_time_open(app, venue, start_at, visit->resident);
		return;
	}
	banner_set(&kiosk_of(app)->news, BANNER_NEEDED, _("Please scan your card first"),
		_("Then press 1 for the rooms and pick the time again."));
	app_sound(app, SOUND_NEEDED);
	app_redraw(app);
}
