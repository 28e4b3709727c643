/* Service hours of a month: planned, actual and credited apart, what i-Volunteer would question
 * said beside each line. A coordinator approves what was written by hand, and takes back what is
 * wrong. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/service_hours.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/screens/clerk.h"
#include "tui/screens/duty.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct hours {
	struct app *app;
	struct kiosk *kiosk;
	int64_t resident; /* 0: everybody */
	bool is_waiting;  /* shows what waits for approval instead of a month */
	struct day month; /* its first day */
	struct service_lines lines;
	struct list *list;
};

static const struct screen hours_screen, waiting_screen;

/* ---- reading ---- */

static struct day month_after(struct day month, int months)
{
	int n = month.year * 12 + month.month - 1 + months;

	return (struct day){ n / 12, n % 12 + 1, 1 };
}

static int read_lines(struct hours *h, struct err *err)
{
	struct db *db = h->kiosk->db;
	struct act closing = { .role = ROLE_SYSTEM };
	int closed;

	TRY(attendance_close(db, &closing, &closed, err));
	if (h->is_waiting)
		return service_hours_waiting(db, &h->lines, err);
	return service_hours_between(
		db, h->resident, h->month, day_add(month_after(h->month, 1), -1), &h->lines, err);
}

static void refresh(struct hours *h)
{
	struct err err = { 0 };

	service_lines_finish(&h->lines);
	if (read_lines(h, &err) < 0)
		clerk_tell_err(h->app, &err);
	list_set_count(h->list, h->lines.count);
	app_redraw(h->app);
}

/* ---- lines ---- */

enum { COLUMN_DAY, COLUMN_WHO, COLUMN_SHIFT, COLUMN_PLANNED, COLUMN_ACTUAL, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_DAY] = { N_("Day"), .min = 5, .max = 6, .is_whole = true },
	[COLUMN_WHO] = { NC_("person", "Name"), .min = 6, .max = 14 },
	[COLUMN_SHIFT] = { N_("Shift"), .min = 6, .max = 14 },
	[COLUMN_PLANNED] = { N_("Planned"), .min = 5, .max = 8, .align_right = true,
		.is_whole = true },
	[COLUMN_ACTUAL] = { N_("Credited"), .min = 5, .max = 8, .align_right = true,
		.is_whole = true },
	[COLUMN_STATE] = { N_("To be looked at"), .min = 12 },
};

/* "3:30", "−3:30" */
static char *short_duration(int64_t minutes)
{
	int64_t n = minutes < 0 ? -minutes : minutes;

	return mem_printf(
		"%s%lld:%02lld", minutes < 0 ? "−" : "", (long long)n / 60, (long long)n % 60);
}

static char *state_text(const struct hours *h, int row)
{
	const struct service_line *line = &h->lines.rows[row];

	if (line->reverses)
		return mem_text(_("takes a line back"));
	if (line->is_reversed)
		return mem_text(_("taken back"));
	CLEANUP(mem_free) char *flags = words_service_flags(service_flags(&h->lines, row));
	if (line->is_waiting)
		return mem_printf("%s%s%s", _("waits for approval"), *flags ? _(", ") : "", flags);
	return TAKE(flags);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct hours *h = context;
	const struct service_line *line = &h->lines.rows[row];

	ret->style = line->reverses || line->is_reversed ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_DAY:
		ret->text = mem_printf("%d/%d", line->served_on.month, line->served_on.day);
		break;
	case COLUMN_WHO:
		ret->text = moving_name_of(h->kiosk, line->resident);
		break;
	case COLUMN_SHIFT:
		ret->text = mem_text(line->name);
		break;
	case COLUMN_PLANNED:
		ret->text = short_duration(line->planned.n);
		break;
	case COLUMN_ACTUAL:
		ret->text = short_duration(line->credited.n);
		break;
	default:
		ret->text = state_text(h, row);
	}
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct hours *h = context;
	const struct service_line *line = &h->lines.rows[row];
	bool is_doubtful = line->is_waiting || service_flags(&h->lines, row) != 0;

	*ret_style = STYLE_QUIET;
	if (line->reverses || line->is_reversed)
		return "↶";
	*ret_style = is_doubtful ? STYLE_NEEDED : STYLE_DONE;
	return is_doubtful ? "!" : "✓";
}

static const struct service_line *selected(const struct hours *h)
{
	int row = list_selected(h->list);

	return row < 0 ? NULL : &h->lines.rows[row];
}

/* ---- life ---- */

static void open_list(
	struct app *app, const struct screen *screen, int64_t resident, bool is_waiting)
{
	struct hours *h = mem_alloc(sizeof(*h));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = h,
		.cell = cell,
		.mark = mark,
		.empty = is_waiting ? N_("Nothing waits for a decision.")
				    : N_("No hours are on record for this month."),
	};

	h->app = app;
	h->kiosk = kiosk_of(app);
	h->resident = resident;
	h->is_waiting = is_waiting;
	h->month = when_day(kiosk_now(h->kiosk));
	h->month.day = 1;
	h->list = list_create(&options);
	clerk_hush(app);
	app_push(app, screen, h);
	refresh(h);
}

void hours_open(struct app *app, int64_t resident)
{
	open_list(app, &hours_screen, resident, false);
}

void hours_waiting_open(struct app *app)
{
	open_list(app, &waiting_screen, 0, true);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct hours *h = self;

	(void)app;
	service_lines_finish(&h->lines);
	list_destroy(h->list);
	free(h);
}

/* ---- what can be done ---- */

static void conclude(struct hours *h, int r, const struct err *err, const char *done)
{
	refresh(h);
	if (r < 0)
		clerk_tell_err(h->app, err);
	else
		clerk_tell_done(h->app, done, NULL);
}

static bool stands(struct app *app, void *self)
{
	const struct service_line *line = selected(self);

	return clerk_is_coordinator(app, self) && line && !line->reverses && !line->is_reversed;
}

static bool waits(struct app *app, void *self)
{
	return stands(app, self) && selected(self)->is_waiting;
}

static bool counts(struct app *app, void *self)
{
	return stands(app, self) && !selected(self)->is_waiting;
}

static void approve(struct app *app, void *self)
{
	struct hours *h = self;
	struct act act = clerk_act(app, selected(h)->resident);
	struct err err = { 0 };

	int r = service_hours_approve(h->kiosk->db, &act, selected(h)->id, &err);
	conclude(h, r, &err, _("Approved: the hours count"));
}

static void take_back(struct app *app, void *context, const char *why)
{
	struct hours *h = context;
	struct err err = { 0 };

	if (!why || !selected(h))
		return;
	struct act act = clerk_act(app, selected(h)->resident);
	CLEANUP(mem_free) char *whole = clerk_why(&act, why);
	act.why = whole;
	int r = service_hours_reverse(h->kiosk->db, &act, selected(h)->id, &err);
	conclude(h, r, &err, _("Taken back: the hours do not count"));
}

static void ask_why(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The time is wrong, it will be written anew"),
		N_("Was not there"), N_("The coordinator does not agree"), NULL };
	struct hours *h = self;
	CLEANUP(mem_free) char *name = moving_name_of(h->kiosk, selected(h)->resident);
	CLEANUP(mem_free) char *text = mem_printf("%s  %s", name, selected(h)->name);
	const struct reason_request request = { .title = selected(h)->is_waiting
								 ? _("Why is it refused?")
								 : _("Why is it taken back?"),
		.text = text,
		.ready = ready,
		.done = take_back,
		.context = h };

	reason_open(app, &request);
}

static void open_shift(struct app *app, void *self)
{
	struct hours *h = self;
	struct assignment who;
	struct err err = { 0 };

	if (!selected(h))
		return;
	if (assignment_get(h->kiosk->db, selected(h)->assignment, &who, &err) < 0)
		clerk_tell_err(app, &err);
	else
		roster_shift_open(app, who.shift);
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static void turn(struct hours *h, int months)
{
	h->month = month_after(h->month, months);
	clerk_hush(h->app);
	refresh(h);
}

static void turn_back(struct app *app, void *self)
{
	(void)app;
	turn(self, -1);
}

static void turn_on(struct app *app, void *self)
{
	(void)app;
	turn(self, 1);
}

static bool is_month(struct app *app, void *self)
{
	(void)app;
	return !((struct hours *)self)->is_waiting;
}

static const struct action actions[] = {
	{ K_ENTER, N_("Shift"), N_("Opens the shift: who was there, and when."), open_shift,
		has_line },
	{ '1', N_("Approve"), N_("What somebody else has written by hand counts then."), approve,
		waits, .place = ACTION_TILE },
	{ '2', N_("Refuse"), N_("It does not count, with a reason."), ask_why, waits,
		.place = ACTION_TILE },
	{ '2', N_("Take back"), N_("A second line takes this one back, with a reason."), ask_why,
		counts, .place = ACTION_TILE },
	{ '4', N_("Month before"), NULL, turn_back, is_month, .place = ACTION_TILE },
	{ '6', N_("Next month"), NULL, turn_on, is_month, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	return clerk_list_key(app, ((struct hours *)self)->list, key, open_shift, self);
}

/* ---- drawing ---- */

static char *sum_text(const struct hours *h)
{
	int64_t minutes = 0;

	for (int i = 0; i < h->lines.count; i++)
		minutes += h->lines.rows[i].is_waiting ? 0 : h->lines.rows[i].credited.n;
	CLEANUP(mem_free) char *sum = words_duration(minutes);
	return mem_printf(_("Service hours: %s"), sum);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct hours *h = self;
	CLEANUP(mem_free)
	char *who = h->resident ? moving_name_of(h->kiosk, h->resident) : mem_text(_("everybody"));
	CLEANUP(mem_free) char *sum = sum_text(h);

	area = rect_inset(area, 1, 2);
	if (!h->is_waiting) {
		draw_textf(area, 0, 0, STYLE_STRONG, "%04d-%02d  %s", h->month.year, h->month.month,
			who);
		draw_right(area, 0, STYLE_PAPER, sum);
		rect_cut_top(&area, 2);
	}
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(h->list, area);
}

#define HOURS_SCREEN(name_, title_)                                                   \
	{                                                                             \
		.name = name_, .title = title_, .actions = actions, .resume = resume, \
		.leave = leave, .draw = draw, .key = key, .scan = clerk_scan,         \
	}

static const struct screen hours_screen = HOURS_SCREEN("hours", N_("Service hours"));
static const struct screen waiting_screen = HOURS_SCREEN("hours_waiting", N_("To be approved"));
