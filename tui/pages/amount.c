#include "tui/pages/amount.h"

/* A whole number that somebody types large, with a preview of its effect. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/pages/clerk.h"
#include "tui/widgets/entry.h"
#include "tui/widgets/wrap.h"

#define DIGITS_MAX 6

struct amount {
	char *title, *text;
	int64_t max;
	struct entry *entry;
	char *(*preview)(void *context, int64_t n);
	void (*done)(struct app *app, void *context, int64_t n);
	void *context;
};

static const struct screen amount_screen;

void amount_open(struct app *app, const struct amount_request *request)
{
	struct amount *amount = mem_alloc(sizeof(*amount));

	amount->title = mem_text(request->title);
	amount->text = mem_text(request->text ? request->text : "");
	amount->max = request->max;
	amount->preview = request->preview;
	amount->done = request->done;
	amount->context = request->context;
	amount->entry = entry_create(ENTRY_DIGITS, DIGITS_MAX);
	app_push(app, &amount_screen, amount);
}

static void amount_leave(struct app *app, void *self)
{
	struct amount *amount = self;

	(void)app;
	entry_destroy(amount->entry);
	free(amount->title);
	free(amount->text);
	free(amount);
}

/* The number typed, or -1 if there is none or it is too large. */
static int64_t amount_typed(const struct amount *amount)
{
	struct err ignored = { 0 };
	long long n;

	return text_integer(entry_text(amount->entry), "count", 0, amount->max, &n, &ignored) < 0
		       ? -1
		       : n;
}

/* The screen below gets the answer when it is on top again. */
static void amount_answer(struct app *app, struct amount *amount, int64_t n)
{
	void (*done)(struct app *, void *, int64_t) = amount->done;
	void *context = amount->context;

	app_pop(app);
	done(app, context, n);
}

static void amount_give_up(struct app *app, void *self)
{
	amount_answer(app, self, -1);
}

static void amount_submit(struct app *app, void *self)
{
	struct amount *amount = self;

	if (amount_typed(amount) >= 0)
		amount_answer(app, amount, amount_typed(amount));
	else
		app_sound(app, SOUND_REFUSED);
}

static bool amount_key(struct app *app, void *self, const struct key *key)
{
	struct amount *amount = self;
	enum entry_answer answer = entry_key(amount->entry, key);

	if (answer == ENTRY_DONE)
		amount_submit(app, amount);
	if (answer != ENTRY_IGNORED)
		app_redraw(app);
	return answer != ENTRY_IGNORED;
}

/* The effect, or why it is impossible; the caller's. */
static char *amount_outlook(const struct amount *amount)
{
	int64_t n = amount_typed(amount);

	if (!*entry_text(amount->entry))
		return mem_text("");
	if (n < 0)
		return mem_printf(_("At most %lld."), (long long)amount->max);
	return amount->preview ? amount->preview(amount->context, n) : mem_text("");
}

static void amount_draw(struct app *app, void *self, struct rect area)
{
	struct amount *amount = self;
	CLEANUP(mem_free) char *words = amount_outlook(amount);

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, amount->title);
	rect_cut_top(&area, 1);
	rect_cut_top(&area, wrap_draw(area, 0, STYLE_PAPER, amount->text) + 1);
	draw_center(rect_cut_top(&area, 2), 0,
		amount_typed(amount) < 0 ? STYLE_REFUSED : STYLE_STRONG, words);
	entry_draw(amount->entry, area, true);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Take it"), N_("Takes the number that is typed."), amount_submit },
	{ K_ESC, N_("Back"), NULL, amount_give_up },
	{ 0 },
};

static const struct screen amount_screen = {
	.title = N_("How many?"),
	.actions = actions,
	.is_modal = true,
	.leave = amount_leave,
	.draw = amount_draw,
	.key = amount_key,
	.scan = clerk_scan_later,
};
