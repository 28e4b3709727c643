/* Service hours of a month: planned, actual and credited apart, what i-Volunteer would question
 * said beside each line. A coordinator approves what was written by hand, and takes back what is
 * wrong. */
#include "core/duty/service_hours.h"
#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/pages/list_page.h"
#include "tui/pages/reason.h"
#include "tui/screens/duty/duty.h"

struct service_hours_page {
	struct list_page page;
	int64_t resident; /* 0: everybody */
	char *who;
	bool is_waiting;  /* shows what waits for approval instead of a month */
	struct day month; /* its first day */
	struct service_lines lines;
};

/* ---- reading ---- */

static struct day service_hours_month_after(struct day month, int months)
{
	int n = month.year * 12 + month.month - 1 + months;

	return (struct day){ n / 12, n % 12 + 1, 1 };
}

static int service_hours_read(void *self, struct err *err)
{
	struct service_hours_page *h = self;
	struct db *db = h->page.kiosk->db;
	struct act closing = { .role = ROLE_SYSTEM };
	int closed;

	TRY(attendance_close(db, &closing, &closed, err));
	if (h->is_waiting)
		return service_hours_waiting(db, &h->lines, err);
	if (h->resident)
		TRY(clerk_name(h->page.kiosk, h->resident, &h->who, err));
	return service_hours_between(db, h->resident, h->month,
		day_add(service_hours_month_after(h->month, 1), -1), &h->lines, err);
}

static int service_hours_read_name(void *self, const void *row, void *extra, struct err *err)
{
	const struct service_hours_page *h = self;
	const struct service_line *line = row;

	return clerk_name(h->page.kiosk, line->resident, extra, err);
}

static void service_hours_forget(void *self)
{
	struct service_hours_page *h = self;

	service_lines_finish(&h->lines);
	mem_free(&h->who);
}

static const char *service_hours_name_of(const void *self, const void *row)
{
	return *(char *const *)list_page_extra(self, row);
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
static char *service_hours_short_duration(int64_t minutes)
{
	int64_t n = minutes < 0 ? -minutes : minutes;

	return mem_printf(
		"%s%lld:%02lld", minutes < 0 ? "−" : "", (long long)n / 60, (long long)n % 60);
}

static int service_hours_flags_of(
	const struct service_hours_page *h, const struct service_line *line)
{
	return service_flags(&h->lines, (int)(line - h->lines.rows));
}

static char *service_hours_state_text(
	const struct service_hours_page *h, const struct service_line *line)
{
	if (line->reverses)
		return mem_text(_("takes a line back"));
	if (line->is_reversed)
		return mem_text(_("taken back"));
	CLEANUP(mem_free) char *flags = words_service_flags(service_hours_flags_of(h, line));
	if (line->is_waiting)
		return mem_printf("%s%s%s", _("waits for approval"), *flags ? _(", ") : "", flags);
	return TAKE(flags);
}

static void service_hours_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct service_line *line = row;

	ret->style = line->reverses || line->is_reversed ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_DAY:
		ret->text = mem_printf("%d/%d", line->served_on.month, line->served_on.day);
		break;
	case COLUMN_WHO:
		ret->text = mem_text(service_hours_name_of(self, row));
		break;
	case COLUMN_SHIFT:
		ret->text = mem_text(line->name);
		break;
	case COLUMN_PLANNED:
		ret->text = service_hours_short_duration(line->planned.n);
		break;
	case COLUMN_ACTUAL:
		ret->text = service_hours_short_duration(line->credited.n);
		break;
	default:
		ret->text = service_hours_state_text(self, line);
	}
}

static const char *service_hours_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct service_line *line = row;
	bool is_doubtful = line->is_waiting || service_hours_flags_of(self, line) != 0;

	*ret_style = STYLE_QUIET;
	if (line->reverses || line->is_reversed)
		return "↶";
	*ret_style = is_doubtful ? STYLE_NEEDED : STYLE_DONE;
	return is_doubtful ? "!" : "✓";
}

/* ---- what can be done ---- */

static bool service_hours_stands(struct app *app, void *self)
{
	const struct service_line *line = list_page_row(self);

	return clerk_is_coordinator(app, self) && line && !line->reverses && !line->is_reversed;
}

static bool service_hours_waits(struct app *app, void *self)
{
	const struct service_line *line = list_page_row(self);

	return service_hours_stands(app, self) && line->is_waiting;
}

static bool service_hours_counts(struct app *app, void *self)
{
	const struct service_line *line = list_page_row(self);

	return service_hours_stands(app, self) && !line->is_waiting;
}

static void service_hours_approve_chosen(struct app *app, void *self)
{
	const struct service_line *line = list_page_row(self);
	struct act act = clerk_act(app, line->resident);
	struct err err = { 0 };

	int r = service_hours_approve(kiosk_of(app)->db, &act, line->id, &err);
	list_page_conclude(self, r, &err, _("Approved: the hours count"), NULL);
}

static void service_hours_take_back(struct app *app, void *context, const char *why)
{
	const struct service_line *line = list_page_row(context);
	struct err err = { 0 };

	if (!why || !line)
		return;
	struct act act = clerk_act(app, line->resident);
	CLEANUP(mem_free) char *whole = clerk_why(&act, why);
	act.why = whole;
	int r = service_hours_reverse(kiosk_of(app)->db, &act, line->id, &err);
	list_page_conclude(context, r, &err, _("Taken back: the hours do not count"), NULL);
}

static void service_hours_ask_why(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The time is wrong, it will be written anew"),
		N_("Was not there"), N_("The coordinator does not agree"), NULL };
	const struct service_line *line = list_page_row(self);
	CLEANUP(mem_free)
	char *text = mem_printf("%s  %s", service_hours_name_of(self, line), line->name);
	const struct reason_request request = {
		.title = line->is_waiting ? _("Why is it refused?") : _("Why is it taken back?"),
		.text = text,
		.ready = ready,
		.done = service_hours_take_back,
		.context = self
	};

	reason_open(app, &request);
}

static void service_hours_open_shift(struct app *app, void *self)
{
	const struct service_line *line = list_page_row(self);
	struct assignment who;
	struct err err = { 0 };

	if (assignment_get(kiosk_of(app)->db, line->assignment, &who, &err) < 0)
		clerk_tell_err(app, &err);
	else
		roster_shift_open(app, who.shift);
}

static void service_hours_turn(struct service_hours_page *h, int months)
{
	h->month = service_hours_month_after(h->month, months);
	clerk_hush(h->page.app);
	list_page_refresh(h);
}

static void service_hours_turn_back(struct app *app, void *self)
{
	(void)app;
	service_hours_turn(self, -1);
}

static void service_hours_turn_on(struct app *app, void *self)
{
	(void)app;
	service_hours_turn(self, 1);
}

static bool service_hours_is_month(struct app *app, void *self)
{
	(void)app;
	return !((struct service_hours_page *)self)->is_waiting;
}

static const struct action service_hours_actions[] = {
	{ K_ENTER, N_("Shift"), N_("Opens the shift: who was there, and when."),
		service_hours_open_shift, list_page_has_row },
	{ '1', N_("Approve"), N_("What somebody else has written by hand counts then."),
		service_hours_approve_chosen, service_hours_waits, .place = ACTION_TILE },
	{ '2', N_("Refuse"), N_("It does not count, with a reason."), service_hours_ask_why,
		service_hours_waits, .place = ACTION_TILE },
	{ '2', N_("Take back"), N_("A second line takes this one back, with a reason."),
		service_hours_ask_why, service_hours_counts, .place = ACTION_TILE },
	{ '4', N_("Month before"), NULL, service_hours_turn_back, service_hours_is_month,
		.place = ACTION_TILE },
	{ '6', N_("Next month"), NULL, service_hours_turn_on, service_hours_is_month,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static char *service_hours_sum_text(const struct service_hours_page *h)
{
	int64_t minutes = 0;

	for (int i = 0; i < h->lines.count; i++)
		minutes += h->lines.rows[i].is_waiting ? 0 : h->lines.rows[i].credited.n;
	CLEANUP(mem_free) char *sum = words_duration(minutes);
	return mem_printf(_("Service hours: %s"), sum);
}

static void service_hours_head(void *self, struct rect *area)
{
	const struct service_hours_page *h = self;
	CLEANUP(mem_free) char *sum = service_hours_sum_text(h);

	if (h->is_waiting)
		return;
	draw_textf(*area, 0, 0, STYLE_STRONG, "%04d-%02d  %s", h->month.year, h->month.month,
		h->resident ? h->who : _("everybody"));
	draw_right(*area, 0, STYLE_PAPER, sum);
	rect_cut_top(area, 2);
}

#define HOURS_PAGE(title_, empty_)                                                                \
	{                                                                                         \
		.screen = LIST_PAGE(title_, service_hours_actions), LIST_PAGE_COLUMNS(columns),   \
		LIST_PAGE_ROWS(struct service_hours_page, lines), .empty = empty_,                \
		.read = service_hours_read, .forget = service_hours_forget,                       \
		.extra_size = sizeof(char *), .read_extra = service_hours_read_name,              \
		.forget_extra = mem_free, .cell = service_hours_cell, .mark = service_hours_mark, \
		.head = service_hours_head,                                                       \
	}

static const struct list_page_kind month_page =
	HOURS_PAGE(N_("Service hours"), N_("No hours are on record for this month."));
static const struct list_page_kind waiting_page =
	HOURS_PAGE(N_("To be approved"), N_("Nothing waits for a decision."));

static void service_hours_open_list(
	struct app *app, const struct list_page_kind *kind, int64_t resident, bool is_waiting)
{
	struct service_hours_page *h = list_page_create(app, kind);

	h->resident = resident;
	h->is_waiting = is_waiting;
	h->month = when_day(kiosk_now(h->page.kiosk));
	h->month.day = 1;
	list_page_show(h);
}

void service_hours_open(struct app *app, int64_t resident)
{
	service_hours_open_list(app, &month_page, resident, false);
}

void service_hours_waiting_open(struct app *app)
{
	service_hours_open_list(app, &waiting_page, 0, true);
}
