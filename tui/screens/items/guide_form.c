/* Editing the guide of a category: its heading and its lines (core/items/catalogue/guide.h). */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/catalogue/guide.h"
#include "tui/pages/form_page.h"
#include "tui/screens/items/rule_form.h"

enum { TITLE, LINES, FIELD_COUNT = LINES + GUIDE_LINES_MAX };

struct guide_form {
	int64_t category;
	char *name;
	struct guide guide; /* as it was */
};

#define LINE(number, words)                                 \
	[LINES + (number)-1] = { FIELD_CHINESE(words, 120), \
		BIND_TEXT("guide", struct guide_form, guide.lines[(number)-1]) }

static const struct form_row rows[FIELD_COUNT] = {
	[TITLE] = { FIELD_CHINESE(N_("Heading"), 30),
		HINT(N_("empty: made of the category's name")),
		BIND_TEXT("title", struct guide_form, guide.title) },
	LINE(1, N_("Line 1")),
	LINE(2, N_("Line 2")),
	LINE(3, N_("Line 3")),
	LINE(4, N_("Line 4")),
	LINE(5, N_("Line 5")),
	LINE(6, N_("Line 6")),
	LINE(7, N_("Line 7")),
	LINE(8, N_("Line 8")),
};
static_assert(GUIDE_LINES_MAX == 8, "a field for each line");

/* An inherited guide shows its lines, to be changed, but not its heading. */
static int guide_form_load(struct app *app, void *self, struct err *err)
{
	struct guide_form *f = self;

	f->name = mem_text(f->name);
	TRY(guide_get(kiosk_of(app)->db, f->category, &f->guide, err));
	if (f->guide.category != f->category)
		mem_free(&f->guide.title);
	return 0;
}

static void guide_form_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(area, ((struct guide_form *)self)->name, NULL);
}

static int guide_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct guide_form *f = filled;
	const struct act act = clerk_act(app, 0);
	const struct guide_draft draft = { f->guide.title, (const char *const *)f->guide.lines,
		GUIDE_LINES_MAX };

	TRY(guide_set(kiosk_of(app)->db, &act, f->category, &draft, err));
	form_done(done, _("The guide is kept"), NULL);
	return 0;
}

static void guide_form_finish(void *self)
{
	struct guide_form *f = self;

	guide_finish(&f->guide);
	free(f->name);
}

static const struct form_page guide_page = {
	.screen = FORM_SCREEN(N_("Guide for a shelf")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct guide_form),
	.hush = FORM_HUSH_OPEN,
	.load = guide_form_load,
	.head = guide_form_head,
	.save = guide_form_save,
	.finish = guide_form_finish,
};

void guide_form_open(struct app *app, const struct category *category)
{
	form_page_open(app, &guide_page,
		&(struct guide_form){ .category = category->id, .name = category->name });
}
