/* A new booking from a start that was picked. The visitor picks how long with a digit
 * (booking_time.c); in volunteer mode a form asks for whom, what for and how often as well. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/venues/reasons.h"
#include "core/venues/series.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"

/* ---- the volunteer ---- */

enum { WHO, BODY, PURPOSE, DAY, FROM, UNTIL, PEOPLE, TIMES, EVERY, FIELD_COUNT };

static const struct form_field fields[FIELD_COUNT] = {
	[WHO] = { .label = N_("Resident no."),
		.kind = FORM_DIGITS,
		.hint = N_("empty: a body books"),
		.max_chars = 9 },
	[BODY] = { .label = N_("Body"),
		.kind = FORM_TEXT,
		.hint = N_("such as: the choir"),
		.max_chars = 40,
		.is_chinese = true },
	[PURPOSE] = { .label = N_("For"),
		.kind = FORM_TEXT,
		.help = N_("Everybody sees it on the board and at the door."),
		.max_chars = 40,
		.is_chinese = true },
	[DAY] = { .label = N_("Day"), .kind = FORM_TEXT, .hint = "2026-11-21", .max_chars = 10 },
	[FROM] = { .label = N_("From"), .kind = FORM_TEXT, .hint = "19:00", .max_chars = 5 },
	[UNTIL] = { .label = N_("Until"), .kind = FORM_TEXT, .hint = "21:00", .max_chars = 5 },
	[PEOPLE] = { .label = NC_("count", "People"), .kind = FORM_DIGITS, .max_chars = 4 },
	[TIMES] = { .label = N_("How many times"),
		.kind = FORM_DIGITS,
		.hint = N_("empty: once"),
		.max_chars = 2 },
	[EVERY] = { .label = N_("Days apart"),
		.kind = FORM_DIGITS,
		.hint = N_("empty: 7"),
		.max_chars = 3 },
};

struct booking_form {
	struct form *form;
	struct venue venue;
	char *state;
};

static const struct screen booking_form_screen;

static void show_time(struct booking_form *f, int field, int64_t at)
{
	CLEANUP(mem_free) char *time = words_time(at);

	form_set_text(f->form, field, time);
}

static void form_open(struct app *app, int64_t venue, int64_t start_at)
{
	struct booking_form *f = mem_alloc(sizeof(*f));
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);
	struct err err = { 0 };
	char on[11];

	if (venue_get(kiosk_of(app)->db, venue, &f->venue, &err) < 0) {
		clerk_tell_err(app, &err);
		free(f);
		return;
	}
	f->form = form_create(fields, FIELD_COUNT, f, kiosk_pinyin(kiosk_of(app)));
	day_format(when_day(start_at), on);
	form_set_text(f->form, DAY, on);
	show_time(f, FROM, start_at);
	show_time(f, UNTIL,
		start_at + (f->venue.policy.slot_minutes ? f->venue.policy.slot_minutes : 60) * 60);
	if (visit) {
		CLEANUP(mem_free) char *number = mem_printf("%" PRId64, visit->number);
		form_set_text(f->form, WHO, number);
	}
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &booking_form_screen, f);
}

static void form_leave(struct app *app, void *self)
{
	struct booking_form *f = self;

	(void)app;
	form_destroy(f->form);
	venue_finish(&f->venue);
	free(f->state);
	free(f);
}

static int take_number(const struct booking_form *f, int field, const char *what, int64_t empty,
	int64_t *ret, struct err *err)
{
	long long number = empty;

	if (form_text(f->form, field)[0])
		TRY(text_integer(form_text(f->form, field), what, 1, 999999999, &number, err));
	*ret = number;
	return 0;
}

/* An end before the start is past midnight. */
static int take_times(const struct booking_form *f, struct booking_draft *d, struct err *err)
{
	struct day day;
	int from, until;

	TRY(day_parse(form_text(f->form, DAY), &day, err));
	TRY(minutes_parse(form_text(f->form, FROM), &from, err));
	TRY(minutes_parse(form_text(f->form, UNTIL), &until, err));
	until += until <= from ? 24 * 60 : 0;
	d->start_at = when_instant(day, from / 60, from % 60, 0);
	d->end_at = when_instant(day, until / 60, until % 60, 0);
	return 0;
}

static int take_series(
	struct app *app, const struct booking_form *f, struct series_draft *ret, struct err *err)
{
	struct series_draft s = { .first = { .venue = f->venue.id,
					  .body = form_text(f->form, BODY),
					  .purpose = form_text(f->form, PURPOSE) } };
	struct resident resident;
	int64_t number, times, every;

	TRY(take_number(f, WHO, "number", 0, &number, err));
	TRY(take_number(f, PEOPLE, "people", 1, &s.first.people, err));
	TRY(take_number(f, TIMES, "times", 1, &times, err));
	TRY(take_number(f, EVERY, "every", 7, &every, err));
	TRY(take_times(f, &s.first, err));
	if (number) {
		TRY(resident_by_number(kiosk_of(app)->db, number, &resident, err));
		s.first.resident = resident.id;
	}
	s.occurrences = (int)times;
	s.every_days = every > 366 ? 367 : (int)every;
	*ret = s;
	return 0;
}

static const struct clerk_field blames[] = {
	{ REASON_RESIDENT_UNKNOWN, "", WHO },
	{ REASON_NONE, "number", WHO },
	{ REASON_NONE, "body", BODY },
	{ REASON_NONE, "purpose", PURPOSE },
	{ REASON_NONE, "people", PEOPLE },
	{ REASON_NONE, "times", TIMES },
	{ REASON_NONE, "occurrences", TIMES },
	{ REASON_NONE, "every", EVERY },
	{ REASON_DATE_BAD, "", DAY },
};

static void save(struct app *app, struct booking_form *f, const char *why);

static void override_with(struct app *app, void *context, const char *why)
{
	if (why)
		save(app, context, why);
}

static void ask_why(struct app *app, void *context, int button)
{
	const struct reason_request request = {
		.title = _("Book all the same"), .done = override_with, .context = context
	};

	if (button == 0)
		reason_open(app, &request);
}

static void refuse(struct app *app, struct booking_form *f, const struct err *err)
{
	const struct clerk_refusal refusal = {
		.title = _("This time cannot be had"),
		.err = err,
		.button = booking_refusal_is_overridable(err) ? _("Book all the same") : NULL,
		.done = ask_why,
		.context = f,
	};

	clerk_refuse(app, &refusal);
}

/* ---- a series ---- */

static void book_good(struct app *app, void *context, int button)
{
	struct booking_form *f = context;
	struct act act = clerk_act(app, 0);
	struct series_draft draft;
	struct err err = { 0 };
	int64_t id;

	if (button != 0)
		return;
	int r = take_series(app, f, &draft, &err);
	if (r == 0)
		r = series_place(kiosk_of(app)->db, &act, &draft, true, &id, &err);
	if (r < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("Those that can be had are booked"), NULL);
}

/* All that cannot be had, one line each with its reasons. */
static void show_conflicts(struct app *app, struct booking_form *f, const struct series_plan *plan)
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
		owned[2 * count] = room_when(app, row->start_at, row->end_at);
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
		.done = plan->refused < plan->count ? book_good : NULL,
		.context = f,
	};
	app_sound(app, SOUND_REFUSED);
	dialog_open(app, &dialog);
	for (int i = 0; i < 2 * count; i++)
		mem_free(&owned[i]);
}

static int save_series(struct app *app, struct booking_form *f, const struct act *act,
	const struct series_draft *draft, struct err *err)
{
	CLEANUP(mem_free) struct series_plan *plan = mem_alloc(sizeof(*plan));
	struct db *db = kiosk_of(app)->db;
	int64_t id;

	int r = series_place(db, act, draft, false, &id, err);
	if (r == ERR_REFUSED && err_has(err, REASON_SERIES_CONFLICTS)) {
		*err = (struct err){ 0 };
		TRY(series_check(db, act, draft, plan, err));
		show_conflicts(app, f, plan);
		return 0;
	}
	if (r < 0)
		return r;
	CLEANUP(mem_free) char *text = mem_printf(_("%d times"), draft->occurrences);
	app_pop(app);
	clerk_tell_done(app, _("The series is booked"), text);
	return 0;
}

static int save_one(
	struct app *app, const struct act *act, const struct booking_draft *draft, struct err *err)
{
	int64_t id;

	TRY(booking_with_slip(kiosk_of(app), act, draft, false, &id, err));
	app_pop(app);
	booking_tell_placed(app, id);
	return 0;
}

static void save(struct app *app, struct booking_form *f, const char *why)
{
	struct series_draft draft;
	struct err err = { 0 };

	int r = take_series(app, f, &draft, &err);
	struct act act = clerk_act(app, r < 0 ? 0 : draft.first.resident);
	CLEANUP(mem_free) char *reason = why ? clerk_why(&act, why) : NULL;
	if (why) {
		act.why = reason;
		act.is_override = true;
	}
	if (r == 0)
		r = draft.occurrences > 1 ? save_series(app, f, &act, &draft, &err)
					  : save_one(app, &act, &draft.first, &err);
	if (r == ERR_REFUSED)
		refuse(app, f, &err);
	else if (r < 0)
		clerk_blame(app, f->form, blames, ARRAY_LEN(blames), &err);
}

static void submit(struct app *app, void *self)
{
	save(app, self, NULL);
}

static bool form_on_key(struct app *app, void *self, const struct key *key)
{
	struct booking_form *f = self;

	return clerk_form_key(app, f->form, key, submit, f);
}

static void form_on_paste(struct app *app, void *self, const char *text)
{
	struct booking_form *f = self;

	form_paste(f->form, text);
	app_redraw(app);
}

static void form_on_draw(struct app *app, void *self, struct rect area)
{
	struct booking_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, f->venue.name);
	rect_cut_top(&area, 2);
	form_draw(f->form, area);
}

static void form_back(struct app *app, void *self)
{
	struct booking_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

static const struct action form_actions[] = {
	{ K_F10, N_("Save"), N_("Books it."), submit },
	{ K_ESC, N_("Back"), NULL, form_back },
	{ 0 },
};

static const struct screen booking_form_screen = {
	.name = "booking_form",
	.title = N_("Book a room"),
	.actions = form_actions,
	.is_modal = true,
	.leave = form_leave,
	.draw = form_on_draw,
	.key = form_on_key,
	.scan = clerk_scan_later,
	.paste = form_on_paste,
};

/* ---- */

void booking_new_open(struct app *app, int64_t venue, int64_t start_at)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	if (clerk_is_on(app, NULL)) {
		form_open(app, venue, start_at);
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
