#include "tui/pages/form_page.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/words.h"
#include "tui/widgets/dialog.h"

/* Lies before the private part, which is what everybody else gets. */
struct opened {
	const struct form_page *page;
	struct form *form;
	struct form_row *rows; /* as shaped */
	struct form_field *fields;
	struct form_picks *picks; /* a row's each */
	int count;
	char *state;
	alignas(max_align_t) char self[];
};

static struct opened *opened_of(const void *self)
{
	return (struct opened *)(void *)((char *)self - offsetof(struct opened, self));
}

void form_done(struct form_done *done, const char *title, const char *text)
{
	*done = (struct form_done){ mem_text(title), mem_text(text) };
}

static void form_done_finish(struct form_done *done)
{
	free(done->title);
	free(done->text);
}

/* ---- life ---- */

static void opened_free(struct opened *o)
{
	if (o->page->finish)
		o->page->finish(o->self);
	form_destroy(o->form);
	for (int i = 0; i < o->page->count; i++)
		form_picks_finish(&o->picks[i]);
	free(o->picks);
	free(o->fields);
	free(o->rows);
	free(o->state);
	free(o);
}

static struct opened *opened_create(const struct form_page *page, const void *seed)
{
	struct opened *o = mem_alloc(sizeof(*o) + page->size);
	size_t count = (size_t)page->count;

	o->page = page;
	o->rows = mem_alloc(count * sizeof(*o->rows));
	o->fields = mem_alloc(count * sizeof(*o->fields));
	o->picks = mem_alloc(count * sizeof(*o->picks));
	memcpy(o->rows, page->rows, count * sizeof(*o->rows));
	memcpy(o->self, seed, page->size);
	return o;
}

static void make_form(struct app *app, struct opened *o)
{
	o->count = o->page->shape ? o->page->shape(o->self, o->rows) : o->page->count;
	for (int i = 0; i < o->count; i++) {
		o->fields[i] = o->rows[i].field;
		if (o->picks[i].count > 0)
			o->fields[i].choices = o->picks[i].names;
	}
	o->form = form_create(o->fields, o->count, o->self, kiosk_pinyin(kiosk_of(app)));
	for (int i = 0; i < o->count; i++)
		form_row_show(&o->rows[i], &o->picks[i], o->form, i, o->self);
	if (o->page->show)
		o->page->show(app, o->self, o->form);
	form_page_remember(o->self);
}

void *form_page_open(struct app *app, const struct form_page *page, const void *seed)
{
	struct opened *o = opened_create(page, seed);
	struct err err = { 0 };

	if (page->hush & FORM_HUSH_OPEN)
		clerk_hush(app);
	if (page->load && page->load(app, o->self, &err) < 0) {
		opened_free(o);
		clerk_tell_err(app, &err);
		return NULL;
	}
	make_form(app, o);
	app_push(app, &page->screen, o->self);
	return o->self;
}

void form_page_leave(struct app *app, void *self)
{
	(void)app;
	opened_free(opened_of(self));
}

void form_page_resume(struct app *app, void *self)
{
	if (opened_of(self)->page->hush & FORM_HUSH_RESUME)
		clerk_hush(app);
}

/* ---- pieces ---- */

void form_page_pick(void *self, int row, int64_t id, const char *name)
{
	form_picks_add(&opened_of(self)->picks[row], id, name);
}

void form_page_choose(void *self, int row, int64_t id)
{
	const struct form_picks *picks = &opened_of(self)->picks[row];

	for (int i = 0; i < picks->count; i++)
		if (picks->ids[i] == id)
			form_set_choice(opened_of(self)->form, row, i);
}

struct form *form_page_form(const void *self)
{
	return opened_of(self)->form;
}

/* Everything that is filled in: comparing two of these tells whether something was changed. The
 * caller's. */
static char *form_page_state_of(const struct opened *o)
{
	char *state = mem_text("");

	for (int i = 0; i < o->count; i++) {
		CLEANUP(mem_free) char *before = state;
		state = mem_printf(
			"%s%s\t%d\n", before, form_text(o->form, i), form_choice(o->form, i));
	}
	return state;
}

void form_page_remember(void *self)
{
	struct opened *o = opened_of(self);

	free(o->state);
	o->state = form_page_state_of(o);
}

void form_page_head(struct rect *area, const char *name, const char *remark)
{
	draw_text(*area, 0, 0, STYLE_STRONG, name);
	if (remark)
		draw_right(*area, 0, STYLE_QUIET, remark);
	rect_cut_top(area, 2);
}

/* ---- refusals ---- */

static bool has_code(const struct form_row *row, const struct reason *reason)
{
	for (int i = 0; i < FORM_ROW_CODES && row->codes[i]; i++)
		if (row->codes[i] == (int)reason->code)
			return true;
	return false;
}

static bool has_name(const struct form_row *row, const struct reason *reason)
{
	for (int i = 0; i < FORM_ROW_NAMES; i++)
		if (row->names[i] && strcmp(row->names[i], reason->text) == 0)
			return true;
	return false;
}

/* A code is more specific than a name; -1: no row matches. */
static int form_page_row_of(const struct opened *o, const struct reason *reason)
{
	for (int i = 0; i < o->count; i++)
		if (has_code(&o->rows[i], reason))
			return i;
	for (int i = 0; i < o->count; i++)
		if (has_name(&o->rows[i], reason))
			return i;
	return -1;
}

/* `row`: where to show what has no row of its own; -1: as news. */
static void form_page_blame_row(struct app *app, struct opened *o, int row, const struct err *err)
{
	int64_t now = kiosk_now(kiosk_of(app));
	bool is_all_placed = err->reason_count > 0;
	int first = -1;

	for (int i = 0; i < err->reason_count; i++) {
		int at = form_page_row_of(o, &err->reasons[i]);
		CLEANUP(mem_free) char *words = words_reason(&err->reasons[i], now);
		at = row >= 0 ? row : at;
		if (at >= 0)
			form_set_error(o->form, at, words);
		if (at >= 0 && (first < 0 || at < first))
			first = at;
		is_all_placed = is_all_placed && at >= 0;
	}
	if (first >= 0)
		form_activate(o->form, first);
	if (is_all_placed)
		app_sound(app, SOUND_REFUSED);
	else
		clerk_tell_err(app, err);
	app_redraw(app);
}

void form_page_blame(struct app *app, void *self, const struct err *err)
{
	form_page_blame_row(app, opened_of(self), -1, err);
}

/* ---- saving ---- */

/* *ret_row: the row whose text is wrong when no name leads to it, or -1. */
static int form_page_take(
	struct app *app, struct opened *o, void *filled, int *ret_row, struct err *err)
{
	*ret_row = -1;
	memcpy(filled, o->self, o->page->size);
	for (int i = 0; i < o->count; i++) {
		const struct form_row *row = &o->rows[i];
		int r = form_row_take(row, &o->picks[i], o->form, i, filled, err);
		if (r < 0) {
			*ret_row = row->names[0] ? -1 : i;
			return r;
		}
		if (row->take)
			TRY(row->take(app, o->self, filled, err));
	}
	return 0;
}

static void form_page_refuse(struct app *app, struct opened *o, int row, const struct err *err)
{
	if (!o->page->refused || !o->page->refused(app, o->self, err))
		form_page_blame_row(app, o, row, err);
}

void form_page_submit(struct app *app, void *self)
{
	struct opened *o = opened_of(self);
	CLEANUP(mem_free) void *filled = mem_alloc(o->page->size);
	CLEANUP(form_done_finish) struct form_done done = { 0 };
	struct err err = { 0 };
	int row;

	if (o->page->hush & FORM_HUSH_SAVE)
		clerk_hush(app);
	if (o->page->is_ready && !o->page->is_ready(app, self))
		return;
	int r = form_page_take(app, o, filled, &row, &err);
	if (r == 0)
		r = o->page->save(app, self, filled, &done, &err);
	if (r < 0) {
		form_page_refuse(app, o, row, &err);
		return;
	}
	if (o->page->saved) {
		o->page->saved(app, self, &done);
		return;
	}
	app_pop(app);
	if (done.title)
		clerk_tell_done(app, done.title, done.text);
}

/* ---- keys and drawing ---- */

static void form_page_changed(struct app *app, void *self)
{
	const struct form_page *page = opened_of(self)->page;

	if (page->changed)
		page->changed(app, self);
	app_redraw(app);
}

bool form_page_key(struct app *app, void *self, const struct key *key)
{
	enum form_answer answer = form_key(form_page_form(self), key);

	if (answer == FORM_IGNORED)
		return false;
	form_page_changed(app, self);
	if (answer == FORM_DONE)
		form_page_submit(app, self);
	return true;
}

void form_page_paste(struct app *app, void *self, const char *text)
{
	form_paste(form_page_form(self), text);
	form_page_changed(app, self);
}

void form_page_draw(struct app *app, void *self, struct rect area)
{
	const struct form_page *page = opened_of(self)->page;

	area = rect_inset(area, page->roomy_rows ? 0 : 1, 2);
	if (page->roomy_rows && area.rows > page->roomy_rows)
		rect_cut_top(&area, 1);
	if (page->head)
		page->head(app, self, &area);
	clerk_draw_news(app, &area);
	int rows = page->form_rows ? page->form_rows : area.rows;
	form_draw(form_page_form(self), rect_cut_top(&area, rows));
	if (page->below)
		page->below(app, self, area);
}

static void form_page_left(struct app *app, void *context, int button)
{
	if (button == 0)
		app_pop(app);
}

/* Asks if something was changed. */
void form_page_back(struct app *app, void *self)
{
	const struct opened *o = opened_of(self);
	CLEANUP(mem_free) char *now = form_page_state_of(o);
	const char *const buttons[] = { _("Leave without saving"), _("Go on writing"), NULL };
	const struct dialog dialog = {
		.title = _("What you have written is not saved."),
		.buttons = buttons,
		.marked = 1,
		.done = form_page_left,
	};

	if (strcmp(now, o->state) == 0)
		app_pop(app);
	else
		dialog_open(app, &dialog);
}

const struct action form_page_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), form_page_submit },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

const struct action form_page_pinyin_actions[] = {
	{ K_F10, N_("Save"), N_("Saves what is written; so does Enter in the last field."),
		form_page_submit },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};
