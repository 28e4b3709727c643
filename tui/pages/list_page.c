#include "tui/pages/list_page.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tui/pages/news.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30

/* ---- rows: where the kind says that they are ---- */

static int read_count(const struct list_page *page)
{
	return *(const int *)((const char *)page + page->kind->count_at);
}

static const char *first_row(const struct list_page *page)
{
	const char *rows;

	memcpy(&rows, (const char *)page + page->kind->rows_at, sizeof(rows));
	return rows;
}

/* Those that were read completely. */
static int whole_count(const struct list_page *page)
{
	return page->kind->extra_size ? page->extra_count : read_count(page);
}

const void *list_page_row_at(const void *self, int index)
{
	const struct list_page *page = self;

	if (index < 0 || index >= whole_count(page))
		return NULL;
	return first_row(page) + (size_t)index * page->kind->row_size;
}

const void *list_page_row(const void *self)
{
	const struct list_page *page = self;

	return list_page_row_at(page, list_selected(page->list));
}

const void *list_page_extra(const void *self, const void *row)
{
	const struct list_page *page = self;
	size_t index = (size_t)((const char *)row - first_row(page)) / page->kind->row_size;

	return (const char *)page->extras + index * page->kind->extra_size;
}

bool list_page_has_row(struct app *app, void *self)
{
	(void)app;
	return list_page_row(self) != NULL;
}

/* ---- news ---- */

void list_page_tell_err(void *self, const struct err *err)
{
	const struct list_page *page = self;

	news_tell_err(page->app, page->news, err);
}

void list_page_tell_done(void *self, const char *title, const char *text)
{
	const struct list_page *page = self;

	news_tell_done(page->app, page->news, title, text);
}

static struct banner *find_news(struct list_page *page)
{
	switch (page->kind->news) {
	case LIST_PAGE_NEWS_OWN:
		return &page->own_news;
	case LIST_PAGE_NEWS_VISIT:
		return page->kiosk->counter->visit_banner(page->app);
	case LIST_PAGE_NEWS_CLERK:
		break;
	}
	return &page->kiosk->news;
}

static void draw_news(const struct list_page *page, struct rect *area)
{
	int rows = banner_rows(page->news, area->cols);

	if (page->kind->news == LIST_PAGE_NEWS_CLERK)
		clerk_draw_news(page->app, area);
	else if (rows && (page->kind->news == LIST_PAGE_NEWS_OWN || page->is_unread))
		banner_draw(page->news, rect_cut_bottom(area, rows + 1));
}

static void list_page_hush_news(const struct list_page *page, bool is_new)
{
	enum list_page_hush when = page->kind->hush;

	if (page->kind->news != LIST_PAGE_NEWS_CLERK || when == LIST_PAGE_HUSH_NEVER)
		return;
	if (is_new || when == LIST_PAGE_HUSH_ALWAYS)
		clerk_hush(page->app);
}

/* ---- reading ---- */

static void list_page_forget(struct list_page *page)
{
	const struct list_page_kind *kind = page->kind;

	for (int i = 0; i < page->extra_count && kind->forget_extra; i++)
		kind->forget_extra((char *)page->extras + (size_t)i * kind->extra_size);
	mem_free(&page->extras);
	page->extra_count = 0;
	page->has_more = false;
	if (kind->forget)
		kind->forget(page);
}

static int read_extra(struct list_page *page, struct err *err)
{
	const struct list_page_kind *kind = page->kind;
	const char *row = first_row(page) + (size_t)page->extra_count * kind->row_size;
	char *extra = (char *)page->extras + (size_t)page->extra_count * kind->extra_size;
	int r = kind->read_extra(page, row, extra, err);

	if (r < 0 && kind->forget_extra)
		kind->forget_extra(extra);
	page->extra_count += r >= 0;
	return r;
}

static int read_extras(struct list_page *page, struct err *err)
{
	size_t size = page->kind->extra_size, count = (size_t)read_count(page);
	size_t had = (size_t)page->extra_count;

	if (!size || count == had)
		return 0;
	page->extras = mem_resize(page->extras, count * size);
	memset((char *)page->extras + had * size, 0, (count - had) * size);
	while (page->extra_count < read_count(page))
		TRY(read_extra(page, err));
	return 0;
}

static bool is_whole(const struct list_page *page)
{
	return whole_count(page) == read_count(page);
}

/* The next rows, or the extras that a failure left unread. */
static int read_more(struct list_page *page, struct err *err)
{
	int before = read_count(page);

	if (is_whole(page)) {
		const void *last = list_page_row_at(page, before - 1);
		int r = page->kind->read_more(page, last, PAGE_ROWS, err);
		if (r < 0)
			return r;
		page->has_more = r == 0 && read_count(page) - before >= PAGE_ROWS;
	}
	return read_extras(page, err);
}

static int list_page_read_all(struct list_page *page, struct err *err)
{
	const struct list_page_kind *kind = page->kind;

	if (kind->read)
		TRY(kind->read(page, err));
	return kind->read_more ? read_more(page, err) : read_extras(page, err);
}

static void show_count(struct list_page *page)
{
	list_set_count(page->list, whole_count(page));
	list_set_more(page->list, page->has_more);
	app_redraw(page->app);
}

void list_page_refresh(void *self)
{
	struct list_page *page = self;
	struct err err = { 0 };

	list_page_forget(page);
	page->language = i18n_language();
	page->is_unread = list_page_read_all(page, &err) < 0;
	if (page->is_unread) {
		list_page_forget(page);
		list_page_tell_err(page, &err);
	}
	show_count(page);
}

/* Rows and extras may own texts. */
static void read_in_language(struct list_page *page)
{
	int selected = list_selected(page->list);

	list_page_refresh(page);
	list_select(page->list, selected);
}

static void list_page_look_ahead(struct list_page *page)
{
	struct err err = { 0 };

	if (!page->has_more && is_whole(page))
		return;
	if (list_selected(page->list) + AHEAD_ROWS < whole_count(page))
		return;
	if (read_more(page, &err) < 0)
		list_page_tell_err(page, &err);
	show_count(page);
}

void list_page_conclude(
	void *self, int r, const struct err *err, const char *title, const char *text)
{
	struct list_page *page = self;
	CLEANUP(mem_free) char *own_title = mem_text(title);
	CLEANUP(mem_free) char *own_text = mem_text(text);

	list_page_refresh(page);
	if (r < 0)
		list_page_tell_err(page, err);
	else
		list_page_tell_done(page, own_title, own_text);
}

/* ---- life ---- */

static void list_page_cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct list_page *page = context;

	ret->style = STYLE_PAPER;
	page->kind->cell(page, list_page_row_at(page, row), column, ret);
}

static const char *list_page_mark(void *context, int row, enum style *ret_style)
{
	const struct list_page *page = context;

	return page->kind->mark(page, list_page_row_at(page, row), ret_style);
}

static void list_page_search(void *context, const char *text)
{
	(void)text;
	list_page_refresh(context);
}

static bool list_page_matches(void *context, int row, const char *text)
{
	const struct list_page *page = context;

	return page->kind->matches(page, list_page_row_at(page, row), text);
}

void *list_page_create(struct app *app, const struct list_page_kind *kind)
{
	struct list_page *page = mem_alloc(kind->size);

	page->kind = kind;
	page->app = app;
	page->kiosk = kiosk_of(app);
	page->news = find_news(page);
	page->empty = kind->empty;
	page->column_count = kind->column_count;
	return page;
}

void list_page_show(void *self)
{
	struct list_page *page = self;
	const struct list_page_kind *kind = page->kind;
	const struct list_options options = {
		.columns = kind->columns,
		.column_count = page->column_count,
		.context = page,
		.cell = list_page_cell,
		.mark = kind->mark ? list_page_mark : NULL,
		.matches = kind->matches ? list_page_matches : NULL,
		.filter = kind->is_searched ? list_page_search : NULL,
		.empty = page->empty,
		.is_numbered = kind->is_numbered,
		.number_max = kind->number_max,
	};

	page->list = list_create(&options);
	app_push(page->app, &page->kind->screen, page);
}

void list_page_open(struct app *app, const struct list_page_kind *kind)
{
	list_page_show(list_page_create(app, kind));
}

void list_page_enter(struct app *app, void *self)
{
	(void)app;
	list_page_hush_news(self, true);
	list_page_refresh(self);
}

void list_page_resume(struct app *app, void *self)
{
	(void)app;
	list_page_hush_news(self, false);
	list_page_refresh(self);
}

void list_page_leave(struct app *app, void *self)
{
	struct list_page *page = self;

	(void)app;
	list_page_forget(page);
	if (page->kind->finish)
		page->kind->finish(page);
	banner_clear(&page->own_news);
	list_destroy(page->list);
	free(page);
}

/* ---- keys and drawing ---- */

static bool is_listed(struct list_page *page)
{
	return !page->kind->is_listed || page->kind->is_listed(page->app, page);
}

static void list_page_choose(struct app *app, struct list_page *page)
{
	const struct action *action = action_find(page->kind->screen.actions, K_ENTER, app, page);

	if (action)
		action_run(action, app, page);
}

/* Where ← and → are the screen's own they turn no page. */
static bool list_page_is_own(struct app *app, struct list_page *page, const struct key *key)
{
	return (key->code == K_LEFT || key->code == K_RIGHT) &&
	       action_find(page->kind->screen.actions, key->code, app, page);
}

bool list_page_key(struct app *app, void *self, const struct key *key)
{
	struct list_page *page = self;

	if (list_page_is_own(app, page, key))
		return false;
	enum list_answer answer = is_listed(page) ? list_key(page->list, key) : LIST_IGNORED;

	if (answer == LIST_IGNORED)
		return false;
	list_page_look_ahead(page);
	if (answer == LIST_CHOSEN)
		list_page_choose(app, page);
	app_redraw(app);
	return true;
}

void list_page_paste(struct app *app, void *self, const char *text)
{
	struct list_page *page = self;

	(void)app;
	list_set_filter(page->list, text);
	list_page_refresh(page);
}

void list_page_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	const struct list_page *page = self;
	const struct kiosk_counter *counter = page->kiosk->counter;

	if (page->kind->scan)
		page->kind->scan(app, self, bytes, len);
	else if (page->kind->news != LIST_PAGE_NEWS_CLERK)
		counter->scan(app, counter->visit_banner(app), bytes, len);
	else
		clerk_scan(app, self, bytes, len);
}

static void list_page_draw_head(struct list_page *page, struct rect *area)
{
	if (page->kind->head && !page->is_unread)
		page->kind->head(page, area);
}

void list_page_draw(struct app *app, void *self, struct rect area)
{
	struct list_page *page = self;
	const struct list_page_kind *kind = page->kind;

	if (page->language != i18n_language())
		read_in_language(page);
	area = rect_inset(area, 1, 2);
	if (!kind->are_tiles_first)
		list_page_draw_head(page, &area);
	clerk_draw_tiles(app, kind->screen.actions, self, &area, kind->marked_tile);
	draw_news(page, &area);
	if (kind->are_tiles_first)
		list_page_draw_head(page, &area);
	if (page->is_unread)
		return;
	if (kind->foot)
		kind->foot(page, &area);
	if (is_listed(page))
		list_draw(page->list, area);
}
