/* A number or code, typed large: for a label or card that can't be scanned. */
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "tui/screens/counter/counter.h"
#include "tui/widgets/entry.h"

struct number {
	struct entry *entry;
	struct banner banner;
};

static const struct screen number_screen;

void number_open(struct app *app)
{
	struct number *number = mem_alloc(sizeof(*number));

	number->entry = entry_create(ENTRY_CODE, CODE_TEXT_MAX + 8);
	app_push(app, &number_screen, number);
}

static void number_leave(struct app *app, void *self)
{
	struct number *number = self;

	(void)app;
	entry_destroy(number->entry);
	banner_clear(&number->banner);
	free(number);
}

/* Success leaves this screen, so that the outcome is shown where it belongs; a refusal that
 * concerns the number is shown here, so that it can be typed again. */
static void number_route(struct app *app, struct number *number, struct outcome *o)
{
	bool is_told_here = o->kind == OUTCOME_REFUSED && !desk_visit(kiosk_of(app)->desk);

	if (!is_told_here)
		app_pop(app);
	counter_outcome(app, is_told_here ? &number->banner : visit_banner(app), o);
}

static void number_submit(struct app *app, struct number *number, bool is_resident)
{
	struct desk *desk = kiosk_of(app)->desk;
	CLEANUP(mem_free) char *text = mem_text(entry_text(number->entry));
	struct code code = code_read(text, strlen(text), NULL);
	struct outcome o = OUTCOME_INIT;

	entry_clear(number->entry);
	if (kiosk_of(app)->chain == CHAIN_BROKEN || code.type != CODE_NUMBER) {
		bool is_ours = code.type != CODE_FOREIGN && code.type != CODE_PAYMENT;
		struct banner *banner = &number->banner;
		if (is_ours)
			app_pop(app);
		counter_scan(app, is_ours ? visit_banner(app) : banner, text, strlen(text));
		return;
	}
	if (is_resident)
		desk_resident_number(desk, code.id, &o);
	else
		desk_item_number(desk, code.id, &o);
	number_route(app, number, &o);
}

static bool number_key(struct app *app, void *self, const struct key *key)
{
	struct number *number = self;
	enum entry_answer answer = entry_key(number->entry, key);

	if (answer == ENTRY_DONE)
		number_submit(app, number, false);
	if (answer != ENTRY_IGNORED)
		app_redraw(app);
	return answer != ENTRY_IGNORED;
}

static void number_paste(struct app *app, void *self, const char *text)
{
	struct number *number = self;

	entry_paste(number->entry, text);
	app_redraw(app);
}

static void number_as_resident(struct app *app, void *self)
{
	struct number *number = self;

	if (entry_text(number->entry)[0])
		number_submit(app, number, true);
}

static bool number_is_staffed(struct app *app, void *self)
{
	(void)self;
	return desk_staff(kiosk_of(app)->desk) != NULL;
}

static void number_draw(struct app *app, void *self, struct rect area)
{
	struct number *number = self;

	(void)app;
	area = rect_inset(area, 1, 2);
	draw_center(area, 0, STYLE_STRONG, _("Type the number on the label"));
	draw_center(area, 1, STYLE_QUIET,
		_("or the letters and digits below its code, then press Enter"));
	rect_cut_top(&area, 3);
	int rows = banner_rows(&number->banner, area.cols);
	if (rows)
		banner_draw(&number->banner, rect_cut_bottom(&area, rows));
	entry_draw(number->entry, area, true);
}

static void number_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	app_pop(app);
	counter_scan(app, visit_banner(app), bytes, len);
}

static const struct action actions[] = {
	{ K_F7, N_("A resident's number"), N_("Opens that person's page, in volunteer mode."),
		number_as_resident, number_is_staffed },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen number_screen = {
	.title = N_("Type a number"),
	.actions = actions,
	.leave = number_leave,
	.draw = number_draw,
	.key = number_key,
	.scan = number_scan,
	.paste = number_paste,
};
