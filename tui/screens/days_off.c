/* Single days that differ from a volunteer's week: away, or free after all, or gladly. The resident
 * says so for themselves, or a volunteer for them. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/volunteer.h"
#include "core/duty/volunteer_time.h"
#include "core/words.h"
#include "tui/screens/duty.h"
#include "tui/screens/form_page.h"
#include "tui/widgets/list.h"

struct days_off {
	struct app *app;
	struct kiosk *kiosk;
	int64_t resident, volunteer;
	struct volunteer_time *times; /* all of them; weekly ones first */
	int time_count;
	int *shown; /* dated ones that are not over */
	int shown_count;
	struct list *list;
};

static const struct screen days_off_screen;

/* ---- reading and writing ---- */

static void forget(struct days_off *d)
{
	mem_free(&d->times);
	mem_free(&d->shown);
	d->time_count = d->shown_count = 0;
}

static int read_all(struct days_off *d, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	struct day today = when_day(kiosk_now(d->kiosk));

	TRY(volunteer_of(d->kiosk->db, d->resident, &v, err));
	d->volunteer = v.id;
	int count = volunteer_times(d->kiosk->db, v.id, &d->times, err);
	if (count < 0)
		return count;
	d->time_count = count;
	d->shown = mem_alloc((size_t)(count + 1) * sizeof(*d->shown));
	for (int i = 0; i < count; i++)
		if (!d->times[i].weekday && day_compare(d->times[i].until, today) >= 0)
			d->shown[d->shown_count++] = i;
	return 0;
}

static void refresh(struct days_off *d)
{
	struct err err = { 0 };

	forget(d);
	if (read_all(d, &err) < 0)
		clerk_tell_err(d->app, &err);
	list_set_count(d->list, d->shown_count);
	app_redraw(d->app);
}

/* All that there are but `without` (-1: none), and `more` (NULL: none). */
static int write_times(
	struct days_off *d, int without, const struct volunteer_time *more, struct err *err)
{
	struct act act = clerk_act(d->app, d->resident);
	CLEANUP(mem_free)
	struct volunteer_time *times = mem_alloc((size_t)(d->time_count + 1) * sizeof(*times));
	int count = 0;

	for (int i = 0; i < d->time_count; i++)
		if (i != without)
			times[count++] = d->times[i];
	if (more)
		times[count++] = *more;
	return volunteer_times_set(d->kiosk->db, &act, d->volunteer, times, count, err);
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

static char *days_text(const struct volunteer_time *time, struct day today)
{
	CLEANUP(mem_free) char *from = words_date(time->from, today);
	CLEANUP(mem_free) char *until = words_date(time->until, today);

	if (day_compare(time->from, time->until) == 0)
		return TAKE(from);
	return mem_printf("%s – %s", from, until);
}

static char *hours_text(const struct volunteer_time *time)
{
	char starts[6], ends[6];

	if (time->starts == 0 && time->ends == 1440)
		return mem_text(_("all day"));
	minutes_format(time->starts, starts);
	minutes_format(time->ends > 1440 ? time->ends - 1440 : time->ends, ends);
	return mem_printf("%s–%s", starts, ends);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct days_off *d = context;
	const struct volunteer_time *time = &d->times[d->shown[row]];

	ret->style = STYLE_PAPER;
	ret->text = column == COLUMN_DAYS    ? days_text(time, when_day(kiosk_now(d->kiosk)))
		    : column == COLUMN_HOURS ? hours_text(time)
					     : mem_text(_(stances[time->stance]));
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct days_off *d = context;
	bool is_away = d->times[d->shown[row]].stance == TIME_AWAY;

	*ret_style = is_away ? STYLE_REFUSED : STYLE_DONE;
	return is_away ? "✗" : "✓";
}

/* ---- life ---- */

void days_off_open(struct app *app, int64_t resident)
{
	struct days_off *d = mem_alloc(sizeof(*d));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = d,
		.cell = cell,
		.mark = mark,
		.empty = N_("No single days: every week is the same."),
	};

	d->app = app;
	d->kiosk = kiosk_of(app);
	d->resident = resident;
	d->list = list_create(&options);
	clerk_hush(app);
	app_push(app, &days_off_screen, d);
	refresh(d);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct days_off *d = self;

	(void)app;
	forget(d);
	list_destroy(d->list);
	free(d);
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

	TRY(write_times(f->days, -1, &time, err));
	form_done(done, _("The next plan minds it"), NULL);
	return 0;
}

static const struct form_page day_page = {
	.screen = FORM_SCREEN("day off", N_("Single days")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct day_form),
	.hush = FORM_HUSH_OPEN,
	.save = day_form_save,
};

static void add(struct app *app, void *self)
{
	form_page_open(app, &day_page, &(struct day_form){ .days = self, .ends = 1440 });
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return list_selected(((struct days_off *)self)->list) >= 0;
}

static void take_out(struct app *app, void *self)
{
	struct days_off *d = self;
	struct err err = { 0 };

	int r = write_times(d, d->shown[list_selected(d->list)], NULL, &err);
	refresh(d);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("As in every week again"), NULL);
}

static const struct action actions[] = {
	{ '1', N_("New"), N_("Days away, or days that differ from the week."), add,
		.place = ACTION_TILE },
	{ K_DELETE, N_("Take it out"), N_("The day is as in every week again."), take_out,
		has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	return clerk_list_key(app, ((struct days_off *)self)->list, key, NULL, self);
}

static void draw(struct app *app, void *self, struct rect area)
{
	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(((struct days_off *)self)->list, area);
}

static const struct screen days_off_screen = {
	.name = "days_off",
	.title = N_("Single days"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
