#include "tui/pages/reason.h"

/* A line of text that says why, with the usual reasons picked by digit. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tui/pages/clerk.h"
#include "tui/widgets/edit.h"
#include "tui/widgets/pinyin.h"
#include "tui/widgets/wrap.h"

#define CHARS_DEFAULT 100

static const char *const usual[] = { N_("The coordinator agrees"), N_("A special need"),
	N_("Entered late, the machine was out of order"), N_("Checked in person"), NULL };

struct question {
	char *title, *text;
	const char *const *ready;
	struct edit *edit;
	struct pinyin *pinyin;
	bool is_blank;   /* Enter was pressed with an empty line */
	bool is_scanned; /* the news says why a scan has to wait */
	void (*done)(struct app *app, void *context, const char *why);
	void *context;
};

static const struct screen reason_screen;

void reason_open(struct app *app, const struct reason_request *request)
{
	struct question *question = mem_alloc(sizeof(*question));

	question->title = mem_text(request->title);
	question->text = mem_text(request->text ? request->text : "");
	question->ready = request->ready ? request->ready : usual;
	question->done = request->done;
	question->context = request->context;
	question->edit = edit_create(request->max_chars ? request->max_chars : CHARS_DEFAULT);
	question->pinyin = pinyin_create(kiosk_pinyin(kiosk_of(app)));
	pinyin_turn(question->pinyin, true);
	app_push(app, &reason_screen, question);
}

static void reason_leave(struct app *app, void *self)
{
	struct question *question = self;

	(void)app;
	edit_destroy(question->edit);
	pinyin_destroy(question->pinyin);
	free(question->title);
	free(question->text);
	free(question);
}

/* The screen below gets its answer when it is on top again. */
static void reason_answer(struct app *app, struct question *question, const char *words)
{
	CLEANUP(mem_free) char *why = mem_text(words);

	app_pop(app);
	question->done(app, question->context, why);
}

static void reason_give_up(struct app *app, void *self)
{
	reason_answer(app, self, NULL);
}

static int reason_ready_count(const struct question *question)
{
	int count = 0;

	while (question->ready[count])
		count++;
	return count;
}

/* While nothing is written a digit takes a ready-made line. */
static bool reason_take_ready(struct app *app, struct question *question, const struct key *key)
{
	int digit = key_digit(key);

	if (digit < 1 || digit > reason_ready_count(question) || !edit_is_empty(question->edit))
		return false;
	reason_answer(app, question, _(question->ready[digit - 1]));
	return true;
}

static void reason_submit(struct app *app, struct question *question)
{
	const char *text = edit_text(question->edit);

	if (text[strspn(text, " ")])
		reason_answer(app, question, text);
	else
		question->is_blank = true;
}

static bool reason_compose(struct question *question, const struct key *key)
{
	CLEANUP(mem_free) char *text = NULL;

	if (key->code == K_F11) {
		pinyin_turn(question->pinyin, !pinyin_is_on(question->pinyin));
		return true;
	}
	if (!pinyin_key(question->pinyin, key, &text))
		return false;
	if (text)
		edit_insert(question->edit, text);
	return true;
}

static bool reason_key(struct app *app, void *self, const struct key *key)
{
	struct question *question = self;

	app_redraw(app);
	question->is_blank = false;
	question->is_scanned = false;
	if (reason_compose(question, key) || reason_take_ready(app, question, key))
		return true;
	if (key->code == K_ENTER)
		reason_submit(app, question);
	else
		return edit_key(question->edit, key);
	return true;
}

static void reason_paste(struct app *app, void *self, const char *text)
{
	struct question *question = self;

	edit_insert(question->edit, text);
	app_redraw(app);
}

static int reason_draw_ready(const struct question *question, struct rect area)
{
	int row = 0;

	for (int i = 0; i < 9 && question->ready[i]; i++) {
		char name[] = { (char)('1' + i), '\0' };
		draw_button(area, row, 0, name, _(question->ready[i]), KEY_OF('1' + (uint32_t)i),
			false);
		row += area.rows > 14 ? 2 : 1;
	}
	return row;
}

static void reason_draw_writing(const struct question *question, struct rect area)
{
	const struct edit_look look = { .is_active = true, .hint = _("or write it here") };

	edit_draw(question->edit, area, 0, 0, area.cols, &look);
	if (question->is_blank)
		draw_text(area, 1, 0, STYLE_REFUSED, _("✗ Nothing is written yet"));
	rect_cut_top(&area, 2);
	pinyin_draw(question->pinyin, rect_cut_top(&area, 1));
}

static void reason_draw(struct app *app, void *self, struct rect area)
{
	struct question *question = self;

	area = rect_inset(area, 1, 2);
	if (question->is_scanned)
		clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, question->title);
	rect_cut_top(&area, 2);
	if (*question->text) {
		int rows = wrap_draw(area, 0, STYLE_QUIET, question->text);
		rect_cut_top(&area, rows + 1);
	}
	rect_cut_top(&area, reason_draw_ready(question, area) + 1);
	reason_draw_writing(question, area);
}

static void reason_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	((struct question *)self)->is_scanned = true;
	clerk_scan_later(app, NULL, bytes, len);
}

static const struct action actions[] = {
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), N_("Gives it up."), reason_give_up },
	{ 0 },
};

static const struct screen reason_screen = {
	.title = N_("Reason"),
	.actions = actions,
	.is_modal = true,
	.leave = reason_leave,
	.draw = reason_draw,
	.key = reason_key,
	.scan = reason_scan,
	.paste = reason_paste,
};
