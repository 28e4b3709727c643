/* The recovery sheet's words, typed in three rows as on the sheet, or all at once by scanning its
 * code. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/audit/recover.h"
#include "core/base/mem.h"
#include "tui/pages/form_page.h"
#include "tui/screens/house/house.h"
#include "tui/widgets/wrap.h"

#define ROW_CHARS RECOVERY_TEXT /* all nine words, for whoever types them into one */

static const struct form_row rows[] = {
	{ FIELD_TEXT(N_("Words 1 to 3"), ROW_CHARS) },
	{ FIELD_TEXT(N_("Words 4 to 6"), ROW_CHARS) },
	{ FIELD_TEXT(N_("Words 7 to 9"), ROW_CHARS) },
};

struct sheet_form {
	struct sheet_form_request request;
	char *text;
	struct recovery sheet; /* once it has been read */
};

static void sheet_form_finish(void *self)
{
	struct sheet_form *f = self;

	recovery_wipe(&f->sheet);
	free(f->text);
}

/* What was typed is a secret: it does not stay in memory. */
static void sheet_form_leave(struct app *app, void *self)
{
	for (int i = 0; i < (int)ARRAY_LEN(rows); i++)
		form_set_text(form_page_form(self), i, "");
	form_page_leave(app, self);
}

/* Frees the words. */
static int sheet_form_read(struct sheet_form *f, char *words, struct err *err)
{
	int r = recovery_parse(words, &f->sheet, err);

	sodium_memzero(words, strlen(words));
	free(words);
	return r;
}

static int sheet_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct form *form = form_page_form(self);

	(void)app;
	(void)filled;
	(void)done;
	return sheet_form_read(self,
		mem_printf("%s %s %s", form_text(form, 0), form_text(form, 1), form_text(form, 2)),
		err);
}

static void sheet_form_saved(struct app *app, void *self, const struct form_done *done)
{
	struct sheet_form *f = self;
	const struct sheet_form_request request = f->request;
	struct recovery sheet = f->sheet;

	(void)done;
	clerk_hush(app);
	app_pop(app);
	request.done(app, request.context, &sheet);
	recovery_wipe(&sheet);
}

static void sheet_form_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct err err = { 0 };

	if (sheet_form_read(self, mem_printf("%.*s", (int)len, bytes), &err) < 0)
		clerk_tell_err(app, &err);
	else
		sheet_form_saved(app, self, NULL);
}

static void sheet_form_head(struct app *app, void *self, struct rect *area)
{
	const struct sheet_form *f = self;

	(void)app;
	rect_cut_top(area, wrap_draw(*area, 0, STYLE_STRONG, f->text) + 1);
}

static const struct action sheet_form_actions[] = {
	{ K_F10, N_("Go on"), N_("Takes the words as they are written here."), form_page_submit },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct form_page sheet_form_page = {
	.screen = {
		.title = N_("Recovery sheet"),
		.actions = sheet_form_actions,
		.is_modal = true,
		.resume = form_page_resume,
		.leave = sheet_form_leave,
		.draw = form_page_draw,
		.key = form_page_key,
		.scan = sheet_form_scan,
		.paste = form_page_paste,
	},
	.rows = rows,
	.count = ARRAY_LEN(rows),
	.size = sizeof(struct sheet_form),
	.hush = FORM_HUSH_OPEN,
	.head = sheet_form_head,
	.save = sheet_form_save,
	.saved = sheet_form_saved,
	.finish = sheet_form_finish,
};

void sheet_form_open(struct app *app, const struct sheet_form_request *request)
{
	form_page_open(app, &sheet_form_page,
		&(struct sheet_form){ .request = *request, .text = mem_text(request->text) });
}
