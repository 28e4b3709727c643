/* The recovery sheet's words, typed in the three rows in which they stand there, or all at once by
 * scanning its code. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/audit/recover.h"
#include "core/base/mem.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/form.h"
#include "tui/widgets/wrap.h"

#define ROW_CHARS RECOVERY_TEXT /* all nine words, for whoever types them into one */

#define ROW(label_)                                                          \
	{                                                                    \
		.label = (label_), .kind = FORM_TEXT, .max_chars = ROW_CHARS \
	}

static const struct form_field fields[] = {
	ROW(N_("Words 1 to 3")),
	ROW(N_("Words 4 to 6")),
	ROW(N_("Words 7 to 9")),
};

struct sheet_form {
	struct sheet_form_request request;
	char *text;
	struct form *form;
};

static void leave(struct app *app, void *self)
{
	struct sheet_form *f = self;

	(void)app;
	for (int i = 0; i < (int)ARRAY_LEN(fields); i++)
		form_set_text(f->form, i, "");
	form_destroy(f->form);
	free(f->text);
	free(f);
}

static void submit_words(struct app *app, struct sheet_form *f, const char *words)
{
	const struct sheet_form_request request = f->request;
	struct recovery sheet;
	struct err err = { 0 };

	if (recovery_parse(words, &sheet, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	clerk_hush(app);
	app_pop(app);
	request.done(app, request.context, &sheet);
	recovery_wipe(&sheet);
}

static void submit(struct app *app, void *self)
{
	struct sheet_form *f = self;
	char *words = mem_printf(
		"%s %s %s", form_text(f->form, 0), form_text(f->form, 1), form_text(f->form, 2));

	submit_words(app, f, words);
	sodium_memzero(words, strlen(words));
	free(words);
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	char *words = mem_printf("%.*s", (int)len, bytes);

	submit_words(app, self, words);
	sodium_memzero(words, strlen(words));
	free(words);
}

static void paste(struct app *app, void *self, const char *text)
{
	struct sheet_form *f = self;

	form_paste(f->form, text);
	app_redraw(app);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct sheet_form *f = self;

	return clerk_form_key(app, f->form, key, submit, f);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct sheet_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	rect_cut_top(&area, wrap_draw(area, 0, STYLE_STRONG, f->text) + 1);
	form_draw(f->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Go on"), N_("Takes the words as they are written here."), submit },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen sheet_screen = {
	.name = "recovery sheet",
	.title = N_("Recovery sheet"),
	.actions = actions,
	.is_modal = true,
	.leave = leave,
	.key = key,
	.scan = scan,
	.paste = paste,
	.draw = draw,
};

void sheet_form_open(struct app *app, const struct sheet_form_request *request)
{
	struct sheet_form *f = mem_alloc(sizeof(*f));

	f->request = *request;
	f->text = mem_text(request->text);
	f->form = form_create(fields, ARRAY_LEN(fields), NULL, NULL);
	clerk_hush(app);
	app_push(app, &sheet_screen, f);
}
