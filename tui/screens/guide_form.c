/* The guide of a category to write: its heading and its lines (core/items/guide.h). */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/guide.h"
#include "tui/screens/form_page.h"
#include "tui/screens/rule_form.h"
#include "tui/screens/screens.h"

enum { TITLE, LINES, FIELD_COUNT = LINES + GUIDE_LINES_MAX };

#define LINE(number, words)                                                             \
	[LINES + (number)-1] = {                                                        \
		.label = words, .kind = FORM_TEXT, .max_chars = 120, .is_chinese = true \
	}

static const struct form_field fields[FIELD_COUNT] = {
	[TITLE] = { .label = N_("Heading"),
		.kind = FORM_TEXT,
		.hint = N_("empty: made of the category's name"),
		.max_chars = 30,
		.is_chinese = true },
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

struct guide_form {
	int64_t category;
	struct guide guide; /* as it was */
};

static void guide_form_show(void *context, struct form *form)
{
	const struct guide_form *f = context;

	if (f->guide.category == f->category)
		form_set_text(form, TITLE, f->guide.title);
	for (int i = 0; i < f->guide.count; i++)
		form_set_text(form, LINES + i, f->guide.lines[i]);
}

static int guide_form_save(struct app *app, void *context, const struct form *form,
	const char **ret_done, struct err *err)
{
	const struct guide_form *f = context;
	const struct act act = clerk_act(app, 0);
	const char *lines[GUIDE_LINES_MAX];
	const struct guide_draft draft = { form_text(form, TITLE), lines, GUIDE_LINES_MAX };

	for (int i = 0; i < GUIDE_LINES_MAX; i++)
		lines[i] = form_text(form, LINES + i);
	TRY(guide_set(kiosk_of(app)->db, &act, f->category, &draft, err));
	*ret_done = _("The guide is kept");
	return 0;
}

static void guide_form_finish(void *context)
{
	struct guide_form *f = context;

	guide_finish(&f->guide);
	free(f);
}

void guide_form_open(struct app *app, const struct category *category)
{
	static const struct screen screen = FORM_PAGE(N_("Guide for a shelf"));
	static const struct clerk_field blames[] = {
		{ REASON_NONE, "title", TITLE },
		{ REASON_NONE, "guide", LINES },
	};
	struct guide_form *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	f->category = category->id;
	if (guide_get(kiosk_of(app)->db, category->id, &f->guide, &err) < 0) {
		free(f);
		clerk_tell_err(app, &err);
		return;
	}
	const struct form_page_request request = {
		.screen = &screen,
		.fields = fields,
		.count = FIELD_COUNT,
		.head = category->name,
		.context = f,
		.show = guide_form_show,
		.save = guide_form_save,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
		.finish = guide_form_finish,
	};
	form_page_open(app, &request);
}
