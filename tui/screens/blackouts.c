/* Times out of use of a room: what is ahead, and a new one. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/venues/blackout.h"
#include "core/venues/reasons.h"
#include "core/words.h"
#include "tui/screens/list_page.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"

#define AHEAD_DAYS 400

struct blackouts {
	struct list_page page;
	int64_t venue;
	struct blackout_list all;
};

static const struct screen blackout_form_screen;

/* ---- the list ---- */

static const struct list_column columns[] = {
	{ N_("From"), .min = 16, .max = 34, .is_whole = true },
	{ N_("Until"), .min = 16, .max = 34, .is_whole = true },
	{ N_("Why"), .min = 8 },
};

static void blackouts_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct blackouts *s = self;
	const struct blackout *b = row;
	int64_t now = kiosk_now(s->page.kiosk);

	ret->text = column == 0   ? words_instant(b->start_at, now)
		    : column == 1 ? words_instant(b->end_at, now)
				  : mem_text(b->name);
}

static int blackouts_read(void *self, struct err *err)
{
	struct blackouts *s = self;
	int64_t now = kiosk_now(s->page.kiosk);
	int64_t until = when_day_start(day_add(when_day(now), AHEAD_DAYS));

	return blackouts_between(s->page.kiosk->db, s->venue, now, until, &s->all, err);
}

static void blackouts_forget(void *self)
{
	blackout_list_finish(&((struct blackouts *)self)->all);
}

static void blackouts_take_out(struct app *app, void *self)
{
	const struct blackout *blackout = list_page_row(self);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = blackout_remove(kiosk_of(app)->db, &act, blackout->id, &err);
	list_page_conclude(self, r, &err, _("In use again at this time"), NULL);
}

/* ---- a new one ---- */

enum { FROM_DAY, FROM, UNTIL_DAY, UNTIL, WHY, CANCEL, FIELD_COUNT };

static const struct form_field fields[FIELD_COUNT] = {
	[FROM_DAY] = { .label = N_("From the day"),
		.kind = FORM_TEXT,
		.hint = "2026-11-21",
		.max_chars = 10 },
	[FROM] = { .label = N_("From"), .kind = FORM_TEXT, .hint = "9:00", .max_chars = 5 },
	[UNTIL_DAY] = { .label = N_("Until the day"),
		.kind = FORM_TEXT,
		.hint = N_("empty: the same"),
		.max_chars = 10 },
	[UNTIL] = { .label = N_("Until"), .kind = FORM_TEXT, .hint = "12:00", .max_chars = 5 },
	[WHY] = { .label = N_("Why"),
		.kind = FORM_TEXT,
		.hint = N_("such as: painting"),
		.max_chars = 30,
		.is_chinese = true },
	[CANCEL] = { .label = N_("Cancel what is booked then"),
		.kind = FORM_CHECK,
		.help = N_("Call these people first.") },
};

struct blackout_form {
	struct form *form;
	int64_t venue;
	char *state;
};

static void open_form(struct app *app, void *self)
{
	const struct blackouts *s = self;
	struct blackout_form *f = mem_alloc(sizeof(*f));
	char today[11];

	day_format(when_day(kiosk_now(kiosk_of(app))), today);
	f->venue = s->venue;
	f->form = form_create(fields, FIELD_COUNT, f, kiosk_pinyin(kiosk_of(app)));
	form_set_text(f->form, FROM_DAY, today);
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &blackout_form_screen, f);
}

static void form_leave(struct app *app, void *self)
{
	struct blackout_form *f = self;

	(void)app;
	form_destroy(f->form);
	free(f->state);
	free(f);
}

static int take_instant(
	const struct blackout_form *f, int day_field, int time_field, int64_t *ret, struct err *err)
{
	struct day day;
	int minutes;

	TRY(day_parse(form_text(f->form, day_field), &day, err));
	TRY(minutes_parse(form_text(f->form, time_field), &minutes, err));
	*ret = when_instant(day, minutes / 60, minutes % 60, 0);
	return 0;
}

static int save(struct app *app, const struct blackout_form *f, struct err *err)
{
	struct blackout_draft draft = { .venue = f->venue, .name = form_text(f->form, WHY) };
	struct act act = clerk_act(app, 0);
	int until_day = form_text(f->form, UNTIL_DAY)[0] ? UNTIL_DAY : FROM_DAY;
	CLEANUP(mem_free) char *why = clerk_why(&act, form_text(f->form, WHY));
	int64_t id;

	TRY(take_instant(f, FROM_DAY, FROM, &draft.start_at, err));
	TRY(take_instant(f, until_day, UNTIL, &draft.end_at, err));
	if (form_choice(f->form, CANCEL)) {
		act.is_override = true;
		act.why = why;
	}
	return blackout_add(kiosk_of(app)->db, &act, &draft, &id, err);
}

static void submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_NONE, "blackout", WHY },
		{ REASON_BLACKOUT_BOOKED, "", CANCEL },
		{ REASON_DATE_BAD, "", UNTIL },
	};
	struct blackout_form *f = self;
	struct err err = { 0 };

	if (save(app, f, &err) < 0) {
		clerk_blame(app, f->form, at, ARRAY_LEN(at), &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("Out of use at this time"), NULL);
}

static bool form_on_key(struct app *app, void *self, const struct key *key)
{
	struct blackout_form *f = self;

	return clerk_form_key(app, f->form, key, submit, f);
}

static void form_on_paste(struct app *app, void *self, const char *text)
{
	struct blackout_form *f = self;

	form_paste(f->form, text);
	app_redraw(app);
}

static void form_on_draw(struct app *app, void *self, struct rect area)
{
	struct blackout_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(f->form, area);
}

static void form_back(struct app *app, void *self)
{
	struct blackout_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

/* ---- tables ---- */

static const struct action blackouts_actions[] = {
	{ '1', N_("New"), N_("Takes the room out of use for a time."), open_form },
	{ K_DELETE, N_("Take it out"), N_("The room is in use then after all."), blackouts_take_out,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind blackouts_page = {
	.screen = LIST_PAGE("blackouts", N_("Out of use"), blackouts_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct blackouts, all),
	.empty = N_("In use at all its hours."),
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = blackouts_read,
	.forget = blackouts_forget,
	.cell = blackouts_cell,
};

static const struct action form_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), submit },
	{ K_ESC, N_("Back"), NULL, form_back },
	{ 0 },
};

static const struct screen blackout_form_screen = {
	.name = "blackout",
	.title = N_("Out of use"),
	.actions = form_actions,
	.is_modal = true,
	.leave = form_leave,
	.draw = form_on_draw,
	.key = form_on_key,
	.scan = clerk_scan_later,
	.paste = form_on_paste,
};

void blackouts_open(struct app *app, int64_t venue)
{
	struct blackouts *s = list_page_create(app, &blackouts_page);

	s->venue = venue;
	list_page_show(s);
}
