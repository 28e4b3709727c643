/* The weekly template as a grid: days across, a line for each type of shift and its hours. A press
 * says whether there is such a shift on that day. Weeks made from then on follow it; existing ones
 * stay as they are. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/shift_type.h"
#include "core/duty/template.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/grid_page.h"
#include "tui/screens/duty/duty.h"
#include "tui/widgets/dialog.h"

#define DAYS 7

struct line {
	int64_t type;
	int starts, ends;
	bool is_on[DAYS];
	bool on_closed_days;
};

/* Read once: a line without days stays until the screen is left. */
struct weekly {
	struct grid_page page;
	bool is_read;
	struct shift_type_list types;
	struct line *lines;
	int count;
};

/* ---- the template's rows as lines ---- */

static struct line *weekly_line_for(struct weekly *w, int64_t type, int starts, int ends)
{
	for (int i = 0; i < w->count; i++)
		if (w->lines[i].type == type && w->lines[i].starts == starts &&
			w->lines[i].ends == ends)
			return &w->lines[i];
	w->lines = mem_resize(w->lines, (size_t)(w->count + 1) * sizeof(*w->lines));
	w->lines[w->count] = (struct line){ .type = type, .starts = starts, .ends = ends };
	return &w->lines[w->count++];
}

static int weekly_by_start(const void *a, const void *b)
{
	const struct line *one = a, *other = b;

	if (one->starts != other->starts)
		return one->starts - other->starts;
	if (one->ends != other->ends)
		return one->ends - other->ends;
	return one->type < other->type ? -1 : one->type > other->type;
}

static int weekly_read_lines(struct weekly *w, struct err *err)
{
	CLEANUP(mem_free) struct template_row *rows = NULL;
	int count = template_get(w->page.kiosk->db, &rows, err);

	for (int i = 0; i < count; i++) {
		struct line *line = weekly_line_for(w, rows[i].type, rows[i].starts, rows[i].ends);
		line->is_on[rows[i].weekday - 1] = true;
		line->on_closed_days = line->on_closed_days || rows[i].on_closed_days;
	}
	if (w->count > 1)
		qsort(w->lines, (size_t)w->count, sizeof(*w->lines), weekly_by_start);
	return count < 0 ? count : 0;
}

static int weekly_read(void *self, struct err *err)
{
	struct weekly *w = self;

	if (!w->is_read) {
		TRY(shift_type_list(w->page.kiosk->db, &w->types, err));
		TRY(weekly_read_lines(w, err));
		w->is_read = true;
	}
	w->page.rows = w->count;
	w->page.columns = DAYS;
	return 0;
}

static int weekly_write_lines(struct weekly *w, struct err *err)
{
	CLEANUP(mem_free)
	struct template_row *rows = mem_alloc((size_t)(w->count * DAYS + 1) * sizeof(*rows));
	struct act act = clerk_act(w->page.app, 0);
	int count = 0;

	for (int i = 0; i < w->count; i++)
		for (int day = 0; day < DAYS; day++)
			if (w->lines[i].is_on[day])
				rows[count++] = (struct template_row){
					.type = w->lines[i].type,
					.weekday = day + 1,
					.starts = w->lines[i].starts,
					.ends = w->lines[i].ends,
					.on_closed_days = w->lines[i].on_closed_days,
				};
	return template_set(w->page.kiosk->db, &act, rows, count, err);
}

/* Writes what the lines say; 0, or why not, which the news shows too. */
static int weekly_keep(struct weekly *w)
{
	struct err err = { 0 };
	int r = weekly_write_lines(w, &err);

	if (r < 0)
		clerk_tell_err(w->page.app, &err);
	else
		clerk_tell_done(w->page.app, _("Weeks made from now on follow it"), NULL);
	app_redraw(w->page.app);
	return r;
}

static const char *weekly_type_name(const struct weekly *w, int64_t type)
{
	for (int i = 0; i < w->types.count; i++)
		if (w->types.rows[i].id == type)
			return w->types.rows[i].name;
	return _("no more of it");
}

/* ---- the grid ---- */

static void weekly_head(void *context, int column, struct week_grid_cell *ret)
{
	(void)context;
	week_grid_say(ret, STYLE_STRONG, mem_text(words_weekday_short(column + 1)));
}

static void weekly_side(void *context, int row, struct week_grid_cell *ret)
{
	const struct weekly *w = context;
	const struct line *line = &w->lines[row];
	int64_t midnight = when_day_start(when_day(kiosk_now(w->page.kiosk)));

	week_grid_say(ret, STYLE_STRONG,
		words_span(midnight + line->starts * 60, midnight + line->ends * 60));
	week_grid_say(ret, STYLE_PAPER, mem_text(weekly_type_name(w, line->type)));
	if (line->on_closed_days)
		week_grid_say(ret, STYLE_QUIET, mem_text(_("also holidays")));
}

static void weekly_cell(void *context, int row, int column, struct week_grid_cell *ret)
{
	const struct weekly *w = context;
	bool is_on = w->lines[row].is_on[column];

	week_grid_say(ret, is_on ? STYLE_DONE : STYLE_QUIET, mem_text(is_on ? "✓" : "·"));
}

static struct line *weekly_selected(const struct weekly *w)
{
	int row = grid_page_row(w);

	return row < 0 ? NULL : &w->lines[row];
}

/* ---- changing ---- */

static bool weekly_has_line(struct app *app, void *self)
{
	(void)app;
	return weekly_selected(self) != NULL;
}

static void weekly_turn(struct app *app, void *self)
{
	struct weekly *w = self;
	struct line *line = weekly_selected(w);
	int column = grid_page_column(w);

	(void)app;
	if (!line)
		return;
	line->is_on[column] = !line->is_on[column];
	if (weekly_keep(w) < 0)
		line->is_on[column] = !line->is_on[column];
}

static void weekly_turn_closed(struct app *app, void *self)
{
	struct weekly *w = self;
	struct line *line = weekly_selected(w);

	(void)app;
	line->on_closed_days = !line->on_closed_days;
	if (weekly_keep(w) < 0)
		line->on_closed_days = !line->on_closed_days;
}

static void weekly_taken_out(struct app *app, void *context, int button)
{
	struct weekly *w = context;
	struct line *line = weekly_selected(w);

	(void)app;
	if (button != 0 || !line)
		return;
	const struct line old = *line;
	memset(line->is_on, 0, sizeof(line->is_on));
	if (weekly_keep(w) < 0) {
		*line = old;
		return;
	}
	int row = (int)(line - w->lines);
	memmove(line, line + 1, (size_t)(w->count - row - 1) * sizeof(*line));
	w->count--;
	grid_page_refresh(w);
}

static void weekly_take_out(struct app *app, void *self)
{
	struct weekly *w = self;
	const char *const buttons[] = { _("Take it out"), _("Leave it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Take this line out of the template?"),
		.text = weekly_type_name(w, weekly_selected(w)->type),
		.buttons = buttons,
		.marked = 1,
		.done = weekly_taken_out,
		.context = w,
	};

	dialog_open(app, &dialog);
}

/* ---- a new line ---- */

enum { KIND, FROM, UNTIL, WHICH_DAYS, FIELD_COUNT };

static const char *const day_choices[] = { N_("Mon–Fri"), N_("Sat and Sun"), N_("every day"),
	NULL };

struct line_form {
	struct weekly *weekly;
	int64_t type;
	int which; /* days: of the choice */
};

#define LINE_TIME(words, hint_, help_) FIELD_TEXT(words, 5), HINT(hint_), HELP(help_)

static const struct form_row line_rows[FIELD_COUNT] = {
	[KIND] = { FIELD_CHOICE(N_("Kind of shift"), NULL), BIND_PICK(struct line_form, type) },
	[FROM] = { LINE_TIME(N_("From"), "9:00", NULL) },
	[UNTIL] = { LINE_TIME(N_("Until"), "12:00",
			    N_("earlier than the beginning: the next morning")),
		.codes = { REASON_DATE_BAD } },
	[WHICH_DAYS] = { FIELD_CHOICE(N_("On which days"), day_choices),
		HELP(N_("single days are changed in the grid")),
		BIND_CHOICE(struct line_form, which) },
};

static int line_form_load(struct app *app, void *self, struct err *err)
{
	const struct shift_type_list *types = &((struct line_form *)self)->weekly->types;

	for (int i = 0; i < types->count; i++)
		form_page_pick(self, KIND, types->rows[i].id, types->rows[i].name);
	return 0;
}

static int line_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct line_form *f = filled;
	const struct form *form = form_page_form(self);
	struct weekly *w = f->weekly;
	int starts, ends;

	TRY(minutes_read(form_text(form, FROM), &starts, err));
	TRY(minutes_read(form_text(form, UNTIL), &ends, err));
	ends += ends <= starts ? 1440 : 0;
	struct line *line = weekly_line_for(w, f->type, starts, ends);
	const struct line old = *line;
	for (int day = 0; day < DAYS; day++)
		line->is_on[day] =
			line->is_on[day] || f->which == 2 || (day >= 5) == (f->which == 1);
	int r = weekly_write_lines(w, err);
	if (r < 0) {
		*line = old;
		return r;
	}
	grid_page_refresh(w);
	grid_page_select(w, (int)(line - w->lines), 0);
	form_done(done, _("Weeks made from now on follow it"), NULL);
	return 0;
}

static const struct form_page line_page = {
	.screen = FORM_SCREEN(N_("New line of the template")),
	.rows = line_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct line_form),
	.hush = FORM_HUSH_OPEN,
	.load = line_form_load,
	.save = line_form_save,
};

static bool weekly_has_types(struct app *app, void *self)
{
	(void)app;
	return ((struct weekly *)self)->types.count > 0;
}

static void weekly_add(struct app *app, void *self)
{
	form_page_open(app, &line_page, &(struct line_form){ .weekly = self });
}

/* ---- keys ---- */

static const struct action actions[] = {
	{ K_ENTER, N_("On or off"), N_("Whether there is such a shift on that day."), weekly_turn,
		weekly_has_line },
	{ '1', N_("New line"), N_("A kind of shift at other hours."), weekly_add, weekly_has_types,
		.place = ACTION_TILE },
	{ '2', N_("Closed days"), N_("Also when the venue is closed, or not."), weekly_turn_closed,
		weekly_has_line, .place = ACTION_TILE },
	{ K_DELETE, N_("Take it out"), N_("Takes the line out of the template."), weekly_take_out,
		weekly_has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void weekly_finish(void *self)
{
	struct weekly *w = self;

	shift_type_list_finish(&w->types);
	free(w->lines);
}

static const struct grid_page_kind weekly_page = {
	.screen = GRID_PAGE(N_("Weekly template"), actions),
	.size = sizeof(struct weekly),
	.grid = { .head = weekly_head,
		.side = weekly_side,
		.cell = weekly_cell,
		.empty = N_("There is nothing in the weekly template yet.") },
	.is_hushed = true,
	.read = weekly_read,
	.finish = weekly_finish,
};

void weekly_open(struct app *app)
{
	grid_page_open(app, &weekly_page);
}
