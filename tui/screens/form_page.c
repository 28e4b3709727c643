#include "tui/screens/form_page.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"

#define NUMBER_MAX 999999999

struct form_page {
	struct form_page_request request;
	struct form *form;
	char *head, *state;
};

void form_page_open(struct app *app, const struct form_page_request *request)
{
	struct form_page *page = mem_alloc(sizeof(*page));

	page->request = *request;
	page->head = mem_text(request->head);
	page->form = form_create(
		request->fields, request->count, request->context, kiosk_pinyin(kiosk_of(app)));
	if (request->show)
		request->show(request->context, page->form);
	page->state = clerk_form_state(page->form, request->count);
	clerk_hush(app);
	app_push(app, request->screen, page);
}

void form_page_leave(struct app *app, void *self)
{
	struct form_page *page = self;

	(void)app;
	form_destroy(page->form);
	if (page->request.finish)
		page->request.finish(page->request.context);
	free(page->head);
	free(page->state);
	free(page);
}

static void submit(struct app *app, void *self)
{
	struct form_page *page = self;
	const struct form_page_request *r = &page->request;
	const char *done = NULL;
	struct err err = { 0 };

	if (r->save(app, r->context, page->form, &done, &err) < 0) {
		clerk_blame(app, page->form, r->blames, r->blame_count, &err);
		return;
	}
	app_pop(app);
	if (done)
		clerk_tell_done(app, done, NULL);
}

bool form_page_key(struct app *app, void *self, const struct key *key)
{
	struct form_page *page = self;

	return clerk_form_key(app, page->form, key, submit, page);
}

void form_page_paste(struct app *app, void *self, const char *text)
{
	struct form_page *page = self;

	form_paste(page->form, text);
	app_redraw(app);
}

void form_page_draw(struct app *app, void *self, struct rect area)
{
	struct form_page *page = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	if (page->head) {
		draw_text(area, 0, 0, STYLE_STRONG, page->head);
		rect_cut_top(&area, 2);
	}
	form_draw(page->form, area);
}

static void back(struct app *app, void *self)
{
	struct form_page *page = self;

	clerk_leave_form(app, page->form, page->request.count, page->state);
}

const struct action form_page_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), submit },
	{ K_ESC, N_("Back"), NULL, back },
	{ 0 },
};

/* ---- numbers ---- */

int form_page_number(const struct form *form, int field, const char *what, int64_t empty,
	int64_t *ret, struct err *err)
{
	long long value = empty;

	if (form_text(form, field)[0])
		TRY(text_integer(form_text(form, field), what, 0, NUMBER_MAX, &value, err));
	*ret = value;
	return 0;
}

void form_page_set_number(struct form *form, int field, int64_t value, int64_t nothing)
{
	CLEANUP(mem_free) char *text = mem_printf("%" PRId64, value);

	form_set_text(form, field, value == nothing ? "" : text);
}
