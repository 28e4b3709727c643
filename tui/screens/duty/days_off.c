/* Single days that differ from a volunteer's week: away, or free after all, or gladly. Entered by
 * residents for themselves, or by a volunteer for them. */
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/volunteer.h"
#include "core/duty/volunteer_time.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/duty/duty.h"

struct days_off {
	struct list_page page;
	int64_t resident, volunteer;
	struct volunteer_time *times; /* all of them; weekly ones first */
	int time_count;
	struct {
		int *rows;
		int count;
	} shown; /* which of them are dated and not over */
};

/* ---- reading and writing ---- */

static int days_off_read(void *self, struct err *err)
{
	struct days_off *d = self;
	struct db *db = d->page.kiosk->db;
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	struct day today = when_day(kiosk_now(d->page.kiosk));

	TRY(volunteer_of(db, d->resident, &v, err));
	d->volunteer = v.id;
	int count = volunteer_times(db, v.id, &d->times, err);
	if (count < 0)
		return count;
	d->time_count = count;
	d->shown.rows = mem_alloc((size_t)(count + 1) * sizeof(*d->shown.rows));
	for (int i = 0; i < count; i++)
		if (!d->times[i].weekday && day_compare(d->times[i].until, today) >= 0)
			d->shown.rows[d->shown.count++] = i;
	return 0;
}

static void days_off_forget(void *self)
{
	struct days_off *d = self;

	mem_free(&d->times);
	mem_free(&d->shown.rows);
	d->time_count = d->shown.count = 0;
}

static const struct volunteer_time *days_off_time_of(const struct days_off *d, const int *row)
{
	return &d->times[*row];
}

/* All of them except `without` (-1: none), plus `more` (NULL: none). */
static int days_off_write_times(
	struct days_off *d, int without, const struct volunteer_time *more, struct err *err)
{
	struct act act = clerk_act(d->page.app, d->resident);
	CLEANUP(mem_free)
	struct volunteer_time *times = mem_alloc((size_t)(d->time_count + 1) * sizeof(*times));
	int count = 0;

	for (int i = 0; i < d->time_count; i++)
		if (i != without)
			times[count++] = d->times[i];
	if (more)
		times[count++] = *more;
	return volunteer_times_set(d->page.kiosk->db, &act, d->volunteer, times, count, err);
}

/* ---- lines ---- */

enum { COLUMN_DAYS, COLUMN_HOURS, COLUMN_STANCE };

static const struct list_column columns[] = {
	[COLUMN_DAYS] = { N_("Which days"), .min = 24, .max = 44, .is_whole = true },
	[COLUMN_HOURS] = { N_("Hours"), .min = 11, .max = 14, .is_whole = true },
	[COLUMN_STANCE] = { N_("State"), .min = 10 },
};

static const char *const stances[TIME_STANCE_COUNT + 1] = {
	[TIME_FREE] = N_("can come"),
	[TIME_AWAY] = N_("can't come"),
	[TIME_LIKE] = N_("gladly"),
	[TIME_DISLIKE] = N_("rather not"),
};

static char *days_off_days_text(const struct volunteer_time *time, struct day today)
{
	CLEANUP(mem_free) char *from = words_date(time->from, today);
	CLEANUP(mem_free) char *until = words_date(time->until, today);

	if (day_compare(time->from, time->until) == 0)
		return TAKE(from);
	return mem_printf("%s – %s", from, until);
}

static char *days_off_hours_text(const struct volunteer_time *time)
{
	char starts[6], ends[6];

	if (time->starts == 0 && time->ends == 1440)
		return mem_text(_("all day"));
	minutes_format(time->starts, starts);
	minutes_format(time->ends > 1440 ? time->ends - 1440 : time->ends, ends);
	return mem_printf("%s–%s", starts, ends);
}

static void days_off_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct days_off *d = self;
	const struct volunteer_time *time = days_off_time_of(d, row);

	ret->style = STYLE_PAPER;
	ret->text = column == COLUMN_DAYS
			    ? days_off_days_text(time, when_day(kiosk_now(d->page.kiosk)))
		    : column == COLUMN_HOURS ? days_off_hours_text(time)
					     : mem_text(_(stances[time->stance]));
}

static const char *days_off_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct days_off *d = self;
	bool is_away = days_off_time_of(d, row)->stance == TIME_AWAY;

	*ret_style = is_away ? STYLE_REFUSED : STYLE_DONE;
	return is_away ? "✗" : "✓";
}

/* ---- a new one ---- */

enum { STANCE, FROM_DAY, UNTIL_DAY, FROM, UNTIL, FIELD_COUNT };

/* In the order of the choice: what is said most often first. */
static const enum time_stance stance_at[] = { TIME_AWAY, TIME_FREE, TIME_LIKE, TIME_DISLIKE };
static const char *const stance_choices[] = { N_("can't come"), N_("can come"), N_("gladly"),
	N_("rather not"), NULL };

struct day_form {
	struct days_off *days;
	int stance;
	struct day from, until;
	bool has_until;
	int starts, ends; /* minutes */
};

static const struct form_row rows[FIELD_COUNT] = {
	[STANCE] = { FIELD_CHOICE(N_("On these days"), stance_choices),
		BIND_CHOICE(struct day_form, stance) },
	[FROM_DAY] = { FIELD_TEXT(N_("From the day"), 10), HINT("2026-11-21"),
		BIND_DAY(NULL, struct day_form, from) },
	[UNTIL_DAY] = { FIELD_TEXT(N_("Until the day"), 10), HINT(N_("empty: the same")),
		BIND_DAY_IF(has_until, "until", struct day_form, until) },
	[FROM] = { FIELD_TEXT(N_("From"), 5), HINT(N_("empty: all day")),
		BIND_TIME_OR(0, "starts", struct day_form, starts) },
	[UNTIL] = { FIELD_TEXT(N_("Until"), 5), HINT(N_("empty: all day")),
		BIND_TIME_OR(1440, "end", struct day_form, ends), .names[1] = "times" },
};

static int day_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct day_form *f = filled;
	const struct volunteer_time time = { .stance = stance_at[f->stance],
		.from = f->from,
		.until = f->has_until ? f->until : f->from,
		.starts = f->starts,
		.ends = f->ends };

	TRY(days_off_write_times(f->days, -1, &time, err));
	form_done(done, _("The next plan minds it"), NULL);
	return 0;
}

static const struct form_page day_page = {
	.screen = FORM_SCREEN(N_("Single days")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct day_form),
	.hush = FORM_HUSH_OPEN,
	.save = day_form_save,
};

static void days_off_add(struct app *app, void *self)
{
	form_page_open(app, &day_page, &(struct day_form){ .days = self, .ends = 1440 });
}

static void days_off_take_out(struct app *app, void *self)
{
	const int *shown = list_page_row(self);
	struct err err = { 0 };

	int r = days_off_write_times(self, *shown, NULL, &err);
	list_page_conclude(self, r, &err, _("As in every week again"), NULL);
}

static const struct action days_off_actions[] = {
	{ '1', N_("New"), N_("Days away, or days that differ from the week."), days_off_add,
		.place = ACTION_TILE },
	{ K_DELETE, N_("Take it out"), N_("The day is as in every week again."), days_off_take_out,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind days_off_page = {
	.screen = LIST_PAGE(N_("Single days"), days_off_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct days_off, shown),
	.empty = N_("No single days: every week is the same."),
	.read = days_off_read,
	.forget = days_off_forget,
	.cell = days_off_cell,
	.mark = days_off_mark,
};

void days_off_open(struct app *app, int64_t resident)
{
	struct days_off *d = list_page_create(app, &days_off_page);

	d->resident = resident;
	list_page_show(d);
}
