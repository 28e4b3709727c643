#include "tui/pages/grid_page.h"

#include <stdlib.h>

#include "core/base/mem.h"

int grid_page_row(const void *self)
{
	return week_grid_row(((const struct grid_page *)self)->grid);
}

int grid_page_column(const void *self)
{
	return week_grid_column(((const struct grid_page *)self)->grid);
}

void grid_page_select(void *self, int row, int column)
{
	week_grid_select(((struct grid_page *)self)->grid, row, column);
}

/* ---- reading ---- */

static void grid_page_forget(struct grid_page *page)
{
	if (page->kind->forget)
		page->kind->forget(page);
}

void grid_page_refresh(void *self)
{
	struct grid_page *page = self;
	struct err err = { 0 };

	grid_page_forget(page);
	page->language = i18n_language();
	page->is_unread = page->kind->read(page, &err) < 0;
	if (page->is_unread) {
		grid_page_forget(page);
		page->rows = 0;
		clerk_tell_err(page->app, &err);
	}
	week_grid_set_size(page->grid, page->rows, page->columns);
	app_redraw(page->app);
}

void grid_page_conclude(
	void *self, int r, const struct err *err, const char *title, const char *text)
{
	const struct grid_page *page = self;

	grid_page_refresh(self);
	if (r < 0)
		clerk_tell_err(page->app, err);
	else
		clerk_tell_done(page->app, title, text);
}

void grid_page_turn(void *self, int steps)
{
	struct grid_page *page = self;

	page->kind->turn(page, steps);
	grid_page_refresh(page);
}

void grid_page_next(struct app *app, void *self)
{
	(void)app;
	grid_page_turn(self, 1);
}

void grid_page_previous(struct app *app, void *self)
{
	(void)app;
	grid_page_turn(self, -1);
}

/* ---- life ---- */

void *grid_page_create(struct app *app, const struct grid_page_kind *kind)
{
	struct grid_page *page = mem_alloc(kind->size);

	page->kind = kind;
	page->app = app;
	page->kiosk = kiosk_of(app);
	return page;
}

void grid_page_show(void *self)
{
	struct grid_page *page = self;
	struct week_grid_options options = page->kind->grid;

	options.context = page;
	page->grid = week_grid_create(&options);
	app_push(page->app, &page->kind->screen, page);
}

void grid_page_open(struct app *app, const struct grid_page_kind *kind)
{
	grid_page_show(grid_page_create(app, kind));
}

void grid_page_enter(struct app *app, void *self)
{
	if (((struct grid_page *)self)->kind->is_hushed)
		clerk_hush(app);
	grid_page_refresh(self);
}

void grid_page_resume(struct app *app, void *self)
{
	(void)app;
	grid_page_refresh(self);
}

void grid_page_leave(struct app *app, void *self)
{
	struct grid_page *page = self;

	(void)app;
	grid_page_forget(page);
	if (page->kind->finish)
		page->kind->finish(page);
	week_grid_destroy(page->grid);
	free(page);
}

/* ---- keys and drawing ---- */

static void turn_over(struct grid_page *page, int steps)
{
	if (!page->kind->turn)
		return;
	grid_page_turn(page, steps);
	if (page->kind->is_endless)
		grid_page_select(page, grid_page_row(page), steps < 0 ? page->columns - 1 : 0);
}

static void choose(struct app *app, struct grid_page *page)
{
	const struct action *action = action_find(page->kind->screen.actions, K_ENTER, app, page);

	if (action)
		action_run(action, app, page);
}

static bool is_actions(struct app *app, struct grid_page *page, const struct key *key)
{
	return key->code != K_ENTER &&
	       action_find(page->kind->screen.actions, key->code, app, page);
}

bool grid_page_key(struct app *app, void *self, const struct key *key)
{
	struct grid_page *page = self;

	if (is_actions(app, page, key))
		return false;
	switch (week_grid_key(page->grid, key)) {
	case WEEK_GRID_IGNORED:
		return false;
	case WEEK_GRID_CHOSEN:
		choose(app, page);
		break;
	case WEEK_GRID_BEFORE:
		turn_over(page, -1);
		break;
	case WEEK_GRID_AFTER:
		turn_over(page, 1);
		break;
	case WEEK_GRID_TAKEN:
		break;
	}
	app_redraw(app);
	return true;
}

void grid_page_draw(struct app *app, void *self, struct rect area)
{
	struct grid_page *page = self;
	const struct grid_page_kind *kind = page->kind;

	if (page->language != i18n_language())
		grid_page_refresh(page);
	area = rect_inset(area, 1, 2);
	if (kind->head && !page->is_unread)
		kind->head(page, &area);
	clerk_draw_tiles(app, kind->screen.actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	if (page->is_unread)
		return;
	if (kind->foot)
		kind->foot(page, &area);
	week_grid_draw(page->grid, area);
}
