#include "tui/widgets/help.h"

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app.h"
#include "tui/widgets/wrap.h"

#define KEY_CELLS   12
#define COLUMN_COLS 84

struct help {
	const char *title; /* N_() */
	struct action_source sources[APP_SOURCES_MAX];
	int count;
	int first, rows, visible;
};

/* Draws one action at `row` (which may be above the area); returns the row after it. */
static int draw_action(struct rect area, int row, const struct action *action)
{
	draw_textf(area, row, 0, STYLE_KEY, " %s ", key_label(action->key).text);
	struct rect text = area;
	rect_cut_left(&text, KEY_CELLS);
	draw_text(text, row, 0, STYLE_STRONG, _(action->label));
	if (action->help)
		row = wrap_draw(text, row + 1, STYLE_QUIET, _(action->help)) - 1;
	return row + 2;
}

static int draw_actions(struct app *app, const struct help *help, struct rect area, int row)
{
	for (int i = 0; i < help->count; i++) {
		const struct action_source *source = &help->sources[i];
		for (const struct action *a = source->actions; a && a->key; a++)
			if (a->place != ACTION_HIDDEN && a->key != K_F1 &&
				action_is_available(a, app, source->self))
				row = draw_action(area, row, a);
	}
	return row;
}

static void clamp(struct help *help)
{
	if (help->first > help->rows - help->visible)
		help->first = help->rows - help->visible;
	if (help->first < 0)
		help->first = 0;
}

static void help_draw(struct app *app, void *self, struct rect area)
{
	struct help *help = self;
	area = rect_inset(area, 1, 2);
	area.cols = area.cols < COLUMN_COLS ? area.cols : COLUMN_COLS;
	const char *title = help->title ? _(help->title) : _("The keys here");
	draw_large(rect_cut_top(&area, 1), 0, 0, STYLE_STRONG, title);
	rect_cut_top(&area, 1);
	struct rect more = rect_cut_right(&area, 2);
	/* Nothing is ever drawn outside of its area: the first pass measures. */
	help->rows = draw_actions(app, help, (struct rect){ .cols = area.cols }, 0) - 1;
	help->visible = area.rows;
	clamp(help);
	draw_actions(app, help, area, -help->first);
	if (help->first > 0)
		draw_text(more, 0, 1, STYLE_MARK, "↑");
	if (help->first + help->visible < help->rows)
		draw_text(more, more.rows - 1, 1, STYLE_MARK, "↓");
}

static bool help_key(struct app *app, void *self, const struct key *key)
{
	struct help *help = self;
	int page = help->visible > 1 ? help->visible - 1 : 1;
	if (key->code == K_UP || key->code == K_SCROLL_UP)
		help->first--;
	else if (key->code == K_DOWN || key->code == K_SCROLL_DOWN)
		help->first++;
	else if (key->code == K_PAGE_UP)
		help->first -= page;
	else if (key->code == K_PAGE_DOWN || key->code == ' ')
		help->first += page;
	else
		return false;
	clamp(help);
	return true;
}

static void help_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	app_pop(app);
	app_scan(app, bytes, len);
}

static void help_leave(struct app *app, void *self)
{
	mem_free(&self);
}

static const struct action help_actions[] = {
	{ K_ESC, N_("Back"), NULL, app_back },
	{ K_DOWN, N_("Further"), NULL, NULL },
	{ K_ENTER, N_("Back"), NULL, app_back, .place = ACTION_HIDDEN },
	{ K_F1, N_("Back"), NULL, app_back, .place = ACTION_HIDDEN },
	{ 0 },
};

static const struct screen screen = {
	.title = N_("Help"),
	.actions = help_actions,
	.is_modal = true,
	.leave = help_leave,
	.draw = help_draw,
	.key = help_key,
	.scan = help_scan,
};

static void help_open(struct app *app, void *self)
{
	struct help *help = mem_alloc(sizeof(*help));
	const struct screen *below = app_top(app);

	help->title = below ? below->title : NULL;
	help->count = app_sources(app, help->sources);
	app_push(app, &screen, help);
}

static bool is_help_shut(struct app *app, void *self)
{
	return app_top(app) != &screen;
}

const struct action help_keys[] = {
	{ K_F1, N_("Help"), N_("Explains the keys of this screen."), help_open, is_help_shut },
	{ 0 },
};
