/* When the visitor can serve: the week's periods, each set to yes, no, gladly or rather not. Dated
 * exceptions and spans of other hours stay as they are. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/template.h"
#include "core/duty/volunteer.h"
#include "core/duty/volunteer_time.h"
#include "core/words.h"
#include "tui/pages/grid_page.h"
#include "tui/screens/duty/duty.h"

#define DAYS 7

struct span {
	int starts, ends;
};
/* For a house without a template. */
static const struct span usual[] = { { 540, 720 }, { 840, 1050 }, { 1050, 1260 } };

struct my_times {
	struct grid_page page;
	int64_t resident, volunteer;
	struct span *spans;
	int span_count;
	struct volunteer_time *times;
	int time_count;
};

/* ---- reading ---- */

static void my_times_add_span(struct my_times *mt, struct span span)
{
	for (int i = 0; i < mt->span_count; i++)
		if (mt->spans[i].starts == span.starts && mt->spans[i].ends == span.ends)
			return;
	mt->spans = mem_resize(mt->spans, (size_t)(mt->span_count + 1) * sizeof(*mt->spans));
	mt->spans[mt->span_count++] = span;
}

static int my_times_by_start(const void *a, const void *b)
{
	const struct span *one = a, *other = b;

	return one->starts != other->starts ? one->starts - other->starts : one->ends - other->ends;
}

static int my_times_read_spans(struct my_times *mt, struct err *err)
{
	CLEANUP(mem_free) struct template_row *rows = NULL;
	int count = template_get(mt->page.kiosk->db, &rows, err);

	for (int i = 0; i < count; i++)
		my_times_add_span(mt, (struct span){ rows[i].starts, rows[i].ends });
	for (size_t i = 0; count == 0 && i < ARRAY_LEN(usual); i++)
		my_times_add_span(mt, usual[i]);
	if (mt->span_count > 0)
		qsort(mt->spans, (size_t)mt->span_count, sizeof(*mt->spans), my_times_by_start);
	return count < 0 ? count : 0;
}

static int my_times_read_times(struct my_times *mt, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };

	TRY(volunteer_of(mt->page.kiosk->db, mt->resident, &v, err));
	mt->volunteer = v.id;
	int count = volunteer_times(mt->page.kiosk->db, v.id, &mt->times, err);
	if (count < 0)
		return count;
	mt->time_count = count;
	return 0;
}

static int my_times_read(void *self, struct err *err)
{
	struct my_times *mt = self;

	TRY(my_times_read_spans(mt, err));
	TRY(my_times_read_times(mt, err));
	mt->page.rows = mt->span_count;
	mt->page.columns = DAYS;
	return 0;
}

static void my_times_forget(void *self)
{
	struct my_times *mt = self;

	mem_free(&mt->spans);
	mem_free(&mt->times);
	mt->span_count = mt->time_count = 0;
}

/* The row that is this very cell's, or -1. */
static int my_times_row_of(const struct my_times *mt, int span, int column)
{
	for (int i = 0; i < mt->time_count; i++)
		if (mt->times[i].weekday == column + 1 && mt->times[i].stance != TIME_FREE &&
			mt->times[i].starts == mt->spans[span].starts &&
			mt->times[i].ends == mt->spans[span].ends)
			return i;
	return -1;
}

/* ---- the grid ---- */

static void my_times_head(void *context, int column, struct week_grid_cell *ret)
{
	(void)context;
	week_grid_say(ret, STYLE_STRONG, mem_text(words_weekday_short(column + 1)));
}

static void my_times_side(void *context, int row, struct week_grid_cell *ret)
{
	const struct my_times *mt = context;
	int64_t midnight = when_day_start(when_day(kiosk_now(mt->page.kiosk)));

	week_grid_say(ret, STYLE_STRONG,
		words_span(midnight + mt->spans[row].starts * 60,
			midnight + mt->spans[row].ends * 60));
}

/* An ordinary week: the one after next, so that today's exceptions do not show. */
static bool my_times_is_allowed(const struct my_times *mt, int span, int column, int *ret_wish)
{
	struct day today = when_day(kiosk_now(mt->page.kiosk));
	struct day day = day_add(today, 15 - day_weekday(today) + column);

	return volunteer_times_allow(mt->times, mt->time_count,
		when_instant(day, 0, mt->spans[span].starts, 0),
		when_instant(day, 0, mt->spans[span].ends, 0), ret_wish);
}

static void my_times_cell(void *context, int row, int column, struct week_grid_cell *ret)
{
	int wish;

	if (!my_times_is_allowed(context, row, column, &wish))
		week_grid_say(ret, STYLE_REFUSED, mem_printf("✗ %s", C_("free time", "no")));
	else if (wish < 0)
		week_grid_say(ret, STYLE_DONE, mem_printf("★ %s", _("gladly")));
	else if (wish > 0)
		week_grid_say(ret, STYLE_NEEDED, mem_printf("– %s", _("rather not")));
	else
		week_grid_say(ret, STYLE_PAPER, mem_printf("✓ %s", C_("free time", "yes")));
}

/* ---- changing ---- */

/* yes → no → gladly → rather not → yes */
static bool my_times_next_stance(int row, const struct volunteer_time *times, enum time_stance *ret)
{
	*ret = row < 0 ? TIME_AWAY : times[row].stance == TIME_AWAY ? TIME_LIKE : TIME_DISLIKE;
	return row < 0 || times[row].stance != TIME_DISLIKE;
}

static void my_times_turn(struct app *app, void *self)
{
	struct my_times *mt = self;
	int span = grid_page_row(mt), column = grid_page_column(mt);
	struct err err = { 0 };
	enum time_stance stance;

	if (span < 0)
		return;
	int row = my_times_row_of(mt, span, column);
	bool is_kept = my_times_next_stance(row, mt->times, &stance);
	if (row < 0) {
		mt->times =
			mem_resize(mt->times, (size_t)(mt->time_count + 1) * sizeof(*mt->times));
		row = mt->time_count++;
		mt->times[row] = (struct volunteer_time){ .weekday = column + 1,
			.starts = mt->spans[span].starts,
			.ends = mt->spans[span].ends };
	}
	mt->times[row].stance = stance;
	if (!is_kept)
		mt->times[row] = mt->times[--mt->time_count];
	struct act act = clerk_act(app, mt->resident);
	int r = volunteer_times_set(
		mt->page.kiosk->db, &act, mt->volunteer, mt->times, mt->time_count, &err);
	grid_page_refresh(mt);
	if (r < 0)
		clerk_tell_err(app, &err);
}

static void my_times_show_days(struct app *app, void *self)
{
	days_off_open(app, ((struct my_times *)self)->resident);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Change"), N_("Yes, no, gladly, rather not: each press says the next."),
		my_times_turn },
	{ '1', N_("Single days"), N_("Days away, and days that differ from the week."),
		my_times_show_days },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void my_times_title(void *self, struct rect *area)
{
	(void)self;
	draw_text(*area, 0, 0, STYLE_STRONG, _("When can you serve?"));
	draw_text(*area, 1, 0, STYLE_QUIET,
		_("Choose a time and press Enter until it is right. No is no: you are not asked."));
	rect_cut_top(area, 3);
}

static const struct grid_page_kind my_times_page = {
	.screen = GRID_PAGE(N_("My times"), actions),
	.size = sizeof(struct my_times),
	.grid = { .head = my_times_head, .side = my_times_side, .cell = my_times_cell },
	.is_hushed = true,
	.read = my_times_read,
	.forget = my_times_forget,
	.head = my_times_title,
};

void my_times_open(struct app *app, int64_t resident)
{
	struct my_times *mt = grid_page_create(app, &my_times_page);

	mt->resident = resident;
	grid_page_show(mt);
}
