/* Closed days: the holidays ahead, and the door that stays shut today; of the house, or dates with
 * other hours of one room. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/desk/shut.h"
#include "core/site/reasons.h"
#include "core/venues/venue_hours.h"
#include "core/words.h"
#include "tui/screens/list_page.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"

struct closures {
	struct list_page page;
	int64_t venue; /* 0: the house */
	struct {
		struct closure *rows;
		int count;
	} all;
};

static const struct screen closure_form_screen;

/* ---- the list ---- */

enum { COLUMN_DAYS, COLUMN_NAME, COLUMN_HOURS };

static const struct list_column columns[] = {
	[COLUMN_DAYS] = { N_("Which days"), .min = 24, .max = 40, .is_whole = true },
	[COLUMN_NAME] = { N_("Why"), .min = 8 },
	[COLUMN_HOURS] = { N_("Hours"), .min = 6, .max = 14, .align_right = true },
};

static void closures_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct closures *closures = self;
	const struct closure *closure = row;

	switch (column) {
	case COLUMN_DAYS:
		ret->text = words_closure_days(closure, when_day(kiosk_now(closures->page.kiosk)));
		break;
	case COLUMN_NAME:
		ret->text = mem_text(closure->name);
		break;
	default:
		ret->text = words_closure_hours(closure);
		ret->style = STYLE_QUIET;
	}
}

static int closures_read(void *self, struct err *err)
{
	struct closures *closures = self;
	struct kiosk *kiosk = closures->page.kiosk;
	struct day today = when_day(kiosk_now(kiosk));
	int count = closures->venue ? venue_exceptions(kiosk->db, closures->venue, today,
					      &closures->all.rows, err)
				    : hours_closures(kiosk->db, today, &closures->all.rows, err);

	closures->all.count = count < 0 ? 0 : count;
	return count < 0 ? count : 0;
}

static void closures_forget(void *self)
{
	struct closures *closures = self;

	if (closures->all.count > 0)
		hours_closures_finish(closures->all.rows, closures->all.count);
	closures->all.rows = NULL;
	closures->all.count = 0;
}

static void closures_removed(struct app *app, void *context, int button)
{
	const struct closures *closures = context;
	const struct closure *closure = list_page_row(context);
	struct db *db = kiosk_of(app)->db;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button != 0 || !closure)
		return;
	int r = closures->venue ? venue_exception_remove(db, &act, closure->id, &err)
				: closure_remove(db, &act, closure->id, &err);
	list_page_conclude(context, r, &err, _("Open as on other days"), NULL);
}

static void closures_take_out(struct app *app, void *self)
{
	const char *const buttons[] = { _("Take it out"), _("Leave it"), NULL };
	const struct closure *closure = list_page_row(self);
	CLEANUP(mem_free)
	char *days = words_closure_days(closure, when_day(kiosk_now(kiosk_of(app))));
	CLEANUP(mem_free) char *text = mem_printf("%s  %s", days, closure->name);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Take this closure out?"),
		.text = text,
		.buttons = buttons,
		.marked = 1,
		.done = closures_removed,
		.context = self,
	};

	dialog_open(app, &dialog);
}

/* ---- a new one ---- */

enum { FROM, UNTIL, NAME, OPENS, CLOSES, EMERGENCY, FIELD_COUNT };

static const struct form_field fields[FIELD_COUNT] = {
	[FROM] = { .label = N_("From"), .kind = FORM_TEXT, .hint = "2026-11-21", .max_chars = 10 },
	[UNTIL] = { .label = N_("Until"),
		.kind = FORM_TEXT,
		.hint = N_("empty: one day"),
		.max_chars = 10 },
	[NAME] = { .label = N_("Why"),
		.kind = FORM_TEXT,
		.hint = N_("such as: Spring Festival"),
		.max_chars = 20,
		.is_chinese = true },
	[OPENS] = { .label = N_("Opens"),
		.kind = FORM_TEXT,
		.hint = "9:00",
		.help = N_(
			"Only when it is open at other times than usual; empty: closed all day."),
		.max_chars = 5 },
	[CLOSES] = { .label = N_("Closes"), .kind = FORM_TEXT, .hint = "12:00", .max_chars = 5 },
	[EMERGENCY] = { .label = N_("Without notice"),
		.kind = FORM_CHECK,
		.help = N_("What falls due on these days is then due on the next open day.") },
};

struct closure_form {
	struct form *form;
	int64_t venue;   /* 0: the house */
	int field_count; /* a room has none without notice */
	char *state;
};

static void open_form(struct app *app, void *self)
{
	const struct closures *closures = self;
	struct closure_form *f = mem_alloc(sizeof(*f));
	char today[11];

	f->venue = closures->venue;
	f->field_count = f->venue ? EMERGENCY : FIELD_COUNT;
	day_format(when_day(kiosk_now(kiosk_of(app))), today);
	f->form = form_create(fields, f->field_count, f, kiosk_pinyin(kiosk_of(app)));
	form_set_text(f->form, FROM, today);
	f->state = clerk_form_state(f->form, f->field_count);
	app_push(app, &closure_form_screen, f);
}

static void form_leave(struct app *app, void *self)
{
	struct closure_form *f = self;

	(void)app;
	form_destroy(f->form);
	free(f->state);
	free(f);
}

static int take_closure(const struct closure_form *f, struct closure *ret, struct err *err)
{
	struct closure closure = { .name = form_text(f->form, NAME),
		.is_emergency = !f->venue && form_choice(f->form, EMERGENCY) != 0,
		.has_hours = form_text(f->form, OPENS)[0] != '\0' };

	TRY(day_parse(form_text(f->form, FROM), &closure.from, err));
	closure.until = closure.from;
	if (form_text(f->form, UNTIL)[0])
		TRY(day_parse(form_text(f->form, UNTIL), &closure.until, err));
	if (closure.has_hours) {
		TRY(minutes_parse(form_text(f->form, OPENS), &closure.opens, err));
		TRY(minutes_parse(form_text(f->form, CLOSES), &closure.closes, err));
		closure.closes += closure.closes <= closure.opens ? 24 * 60 : 0;
	}
	*ret = closure;
	return 0;
}

static int save(struct app *app, const struct closure_form *f, struct shut *ret, struct err *err)
{
	struct db *db = kiosk_of(app)->db;
	struct act act = clerk_act(app, 0);
	struct closure closure;
	int64_t id;

	TRY(take_closure(f, &closure, err));
	*ret = (struct shut){ 0 };
	if (f->venue)
		return venue_exception_add(db, &act, f->venue, &closure, &id, err);
	return closure.is_emergency ? desk_shut(db, &act, &closure, ret, err)
				    : closure_add(db, &act, &closure, &id, err);
}

/* "3 loans are due later  2 bookings are called off"; the caller's. */
static char *shut_text(const struct shut *shut)
{
	CLEANUP(mem_free)
	char *loans = mem_printf(ngettext("%d loan is due later", "%d loans are due later",
					 (unsigned long)shut->loans),
		shut->loans);
	CLEANUP(mem_free)
	char *bookings =
		mem_printf(ngettext("%d booking is called off", "%d bookings are called off",
				   (unsigned long)shut->bookings),
			shut->bookings);

	return mem_printf("%s%s%s", shut->loans ? loans : "",
		shut->loans && shut->bookings ? "  " : "", shut->bookings ? bookings : "");
}

static void submit(struct app *app, void *self)
{
	struct closure_form *f = self;
	struct err err = { 0 }, ignored = { 0 };
	struct day from;
	bool is_from_bad = day_parse(form_text(f->form, FROM), &from, &ignored) < 0;
	const struct clerk_field at[] = {
		{ REASON_NONE, "closure", NAME },
		{ REASON_NONE, "exception", NAME },
		{ REASON_HOURS_BAD, "", OPENS },
		{ REASON_DATE_BAD, "", is_from_bad ? FROM : UNTIL },
	};
	struct shut shut;

	if (save(app, f, &shut, &err) < 0) {
		clerk_blame(app, f->form, at, ARRAY_LEN(at), &err);
		return;
	}
	CLEANUP(mem_free) char *text = shut_text(&shut);
	bool is_room = f->venue != 0;
	app_pop(app);
	clerk_tell_done(
		app, is_room ? _("This holds from now on") : _("Closed on these days"), text);
}

static bool form_on_key(struct app *app, void *self, const struct key *key)
{
	struct closure_form *f = self;

	return clerk_form_key(app, f->form, key, submit, f);
}

static void form_on_paste(struct app *app, void *self, const char *text)
{
	struct closure_form *f = self;

	form_paste(f->form, text);
	app_redraw(app);
}

static void form_on_draw(struct app *app, void *self, struct rect area)
{
	struct closure_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(f->form, area);
}

static void form_back(struct app *app, void *self)
{
	struct closure_form *f = self;

	clerk_leave_form(app, f->form, f->field_count, f->state);
}

/* ---- tables ---- */

static const struct action closures_actions[] = {
	{ '1', N_("New closure"), N_("Adds days on which the venue is closed."), open_form },
	{ K_DELETE, N_("Take it out"), N_("Takes the marked closure out."), closures_take_out,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind closures_page = {
	.screen = LIST_PAGE("closures", N_("Closed days"), closures_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct closures, all),
	.empty = N_("No closed days ahead."),
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = closures_read,
	.forget = closures_forget,
	.cell = closures_cell,
};

static const struct action form_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), submit },
	{ K_ESC, N_("Back"), NULL, form_back },
	{ 0 },
};

static const struct screen closure_form_screen = {
	.name = "closure",
	.title = N_("New closure"),
	.actions = form_actions,
	.is_modal = true,
	.leave = form_leave,
	.draw = form_on_draw,
	.key = form_on_key,
	.scan = clerk_scan_later,
	.paste = form_on_paste,
};

void room_exceptions_open(struct app *app, int64_t venue)
{
	struct closures *closures = list_page_create(app, &closures_page);

	closures->venue = venue;
	closures->page.empty = N_("It keeps its usual hours.");
	list_page_show(closures);
}

void closures_open(struct app *app)
{
	list_page_open(app, &closures_page);
}
