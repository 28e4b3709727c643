/* Which of the visitor's holds to cancel: a digit is enough. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/counter.h"
#include "tui/screens/screens.h"
#include "tui/screens/visit.h"
#include "tui/widgets/list.h"

struct unhold {
	struct kiosk *kiosk;
	struct hold_list holds;
	struct list *list;
};

static const struct screen unhold_screen;

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	struct unhold *unhold = context;
	const struct hold *hold = &unhold->holds.rows[row];

	ret->text = column == 0 ? mem_text(hold->name)
				: words_instant_paper(hold->placed_at, kiosk_now(unhold->kiosk));
}

static const struct list_column columns[] = {
	{ N_("Item"), .min = 12 },
	{ N_("Reserved"), .min = 10, .max = 30, .align_right = true, .is_whole = true },
};

static void choose(struct app *app, struct unhold *unhold, int row)
{
	int64_t hold = unhold->holds.rows[row].id;
	struct outcome o = OUTCOME_INIT;

	app_pop(app);
	desk_unhold(kiosk_of(app)->desk, hold, &o);
	counter_outcome(app, visit_banner(app), &o);
}

void unhold_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct unhold *unhold = mem_alloc(sizeof(*unhold));
	struct err err = { 0 };

	unhold->kiosk = kiosk;
	if (desk_holds(kiosk->desk, &unhold->holds, &err) < 0) {
		free(unhold);
		counter_tell_err(app, visit_banner(app), &err);
		return;
	}
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = unhold,
		.cell = cell,
		.empty = N_("Nothing is reserved."),
		.is_numbered = true,
	};
	unhold->list = list_create(&options);
	list_set_count(unhold->list, unhold->holds.count);
	app_push(app, &unhold_screen, unhold);
}

static void leave(struct app *app, void *self)
{
	struct unhold *unhold = self;

	(void)app;
	list_destroy(unhold->list);
	hold_list_finish(&unhold->holds);
	free(unhold);
}

static void take_line(struct app *app, void *self)
{
	choose(app, self, list_selected(((struct unhold *)self)->list));
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct unhold *unhold = self;

	return clerk_list_key(app, unhold->list, key, take_line, unhold);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct unhold *unhold = self;

	(void)app;
	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, _("What do you not want any more?"));
	rect_cut_top(&area, 2);
	list_draw(unhold->list, area);
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	counter_scan(app, visit_banner(app), bytes, len);
}

static const struct action actions[] = {
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen unhold_screen = {
	.name = "unhold",
	.title = N_("Cancel the hold"),
	.actions = actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};
