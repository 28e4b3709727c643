/* Closed days: the holidays ahead, and an unannounced closure today; of the house, or dates with
 * other hours of one room. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/desk/shut.h"
#include "core/site/reasons.h"
#include "core/venues/venue_hours.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/house/screens.h"
#include "tui/widgets/dialog.h"

struct closures {
	struct list_page page;
	int64_t venue; /* 0: the house */
	struct {
		struct closure *rows;
		int count;
	} all;
};

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

struct closure_form {
	int64_t venue; /* 0: the house */
	struct closure closure;
	bool has_until;
	const char *opens, *closes;
};

static int closure_form_hours(struct app *app, void *self, void *filled, struct err *err)
{
	struct closure_form *f = filled;
	struct closure *closure = &f->closure;

	closure->has_hours = *f->opens;
	if (!closure->has_hours)
		return 0;
	TRY(minutes_read(f->opens, &closure->opens, err));
	TRY(minutes_read(f->closes, &closure->closes, err));
	closure->closes += closure->closes <= closure->opens ? 24 * 60 : 0;
	return 0;
}

static const struct form_row closure_rows[FIELD_COUNT] = {
	[FROM] = { FIELD_TEXT(N_("From"), 10), HINT("2026-11-21"),
		BIND_DAY(NULL, struct closure_form, closure.from) },
	[UNTIL] = { FIELD_TEXT(N_("Until"), 10), HINT(N_("empty: one day")),
		BIND_DAY_IF(has_until, NULL, struct closure_form, closure.until),
		.codes = { REASON_DATE_BAD } },
	[NAME] = { FIELD_CHINESE(N_("Why"), 20), HINT(N_("such as: Spring Festival")),
		BIND_TEXT("closure", struct closure_form, closure.name), .names[1] = "exception" },
	[OPENS] = { FIELD_TEXT(N_("Opens"), 5), HINT("9:00"),
		HELP(N_("Only when it is open at other times than usual; empty: closed all day.")),
		BIND_TEXT(NULL, struct closure_form, opens), .codes = { REASON_HOURS_BAD } },
	[CLOSES] = { FIELD_TEXT(N_("Closes"), 5), HINT("12:00"),
		BIND_TEXT(NULL, struct closure_form, closes), .take = closure_form_hours },
	[EMERGENCY] = { FIELD_CHECK(N_("Without notice")),
		HELP(N_("What falls due on these days is then due on the next open day.")),
		BIND_FACT(struct closure_form, closure.is_emergency) },
};

/* A room has no unannounced closures. */
static int closure_form_shape(void *self, struct form_row *copy)
{
	return ((struct closure_form *)self)->venue ? EMERGENCY : FIELD_COUNT;
}

static int closures_add_closure(struct db *db, const struct act *act, const struct closure_form *f,
	struct shut *ret, struct err *err)
{
	int64_t id;

	if (f->venue)
		return venue_exception_add(db, act, f->venue, &f->closure, &id, err);
	return f->closure.is_emergency ? desk_shut(db, act, &f->closure, ret, err)
				       : closure_add(db, act, &f->closure, &id, err);
}

/* "3 loans are due later  2 bookings are called off"; the caller's. */
static char *closures_shut_text(const struct shut *shut)
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

static int closure_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	struct closure_form *f = filled;
	const struct act act = clerk_act(app, 0);
	struct shut shut = { 0 };

	if (!f->has_until)
		f->closure.until = f->closure.from;
	TRY(closures_add_closure(kiosk_of(app)->db, &act, f, &shut, err));
	CLEANUP(mem_free) char *text = closures_shut_text(&shut);
	form_done(done, f->venue ? _("This holds from now on") : _("Closed on these days"), text);
	return 0;
}

static const struct form_page closure_page = {
	.screen = FORM_SCREEN(N_("New closure")),
	.rows = closure_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct closure_form),
	.shape = closure_form_shape,
	.save = closure_form_save,
};

static void closures_open_form(struct app *app, void *self)
{
	const struct closure_form seed = { .venue = ((struct closures *)self)->venue,
		.closure.from = when_day(kiosk_now(kiosk_of(app))) };

	form_page_open(app, &closure_page, &seed);
}

/* ---- tables ---- */

static const struct action closures_actions[] = {
	{ '1', N_("New closure"), N_("Adds days on which the venue is closed."),
		closures_open_form },
	{ K_DELETE, N_("Take it out"), N_("Takes the marked closure out."), closures_take_out,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind closures_page = {
	.screen = LIST_PAGE(N_("Closed days"), closures_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct closures, all),
	.empty = N_("No closed days ahead."),
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = closures_read,
	.forget = closures_forget,
	.cell = closures_cell,
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
