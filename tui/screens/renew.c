/* Which of the visitor's loans to renew: a digit is enough. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/due.h"
#include "core/items/loan_list.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/counter.h"
#include "tui/screens/screens.h"
#include "tui/screens/visit.h"
#include "tui/widgets/list.h"

struct renew {
	struct kiosk *kiosk;
	struct loan_list loans;
	struct list *list;
};

static const struct screen renew_screen;

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	struct renew *renew = context;
	const struct loan *loan = &renew->loans.rows[row];
	int64_t late = 0, now = kiosk_now(renew->kiosk);
	struct err ignored = { 0 };

	due_days_late(renew->kiosk->db, loan->due_at, now, &late, &ignored);
	ret->text = column == 0 ? mem_text(loan->name) : words_due(loan->due_at, late, now);
}

static const struct list_column columns[] = {
	{ N_("Item"), .min = 12 },
	{ N_("Due"), .min = 10, .max = 36, .align_right = true, .is_whole = true },
};

static void choose(struct app *app, struct renew *renew, int row)
{
	int64_t loan = renew->loans.rows[row].id;
	struct outcome o = OUTCOME_INIT;

	app_pop(app);
	desk_renew(kiosk_of(app)->desk, loan, &o);
	counter_outcome(app, visit_banner(app), &o);
}

void renew_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	const struct desk_visit *visit = desk_visit(kiosk->desk);
	struct renew *renew = mem_alloc(sizeof(*renew));
	struct err err = { 0 };

	renew->kiosk = kiosk;
	if (!visit || loans_of_resident(kiosk->db, visit->resident, &renew->loans, &err) < 0) {
		free(renew);
		if (visit)
			counter_tell_err(app, visit_banner(app), &err);
		return;
	}
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = renew,
		.cell = cell,
		.empty = N_("Nothing is borrowed."),
		.is_numbered = true,
	};
	renew->list = list_create(&options);
	list_set_count(renew->list, renew->loans.count);
	app_push(app, &renew_screen, renew);
	if (renew->loans.count == 1)
		choose(app, renew, 0);
}

static void leave(struct app *app, void *self)
{
	struct renew *renew = self;

	(void)app;
	list_destroy(renew->list);
	loan_list_finish(&renew->loans);
	free(renew);
}

static void take_line(struct app *app, void *self)
{
	choose(app, self, list_selected(((struct renew *)self)->list));
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct renew *renew = self;

	return clerk_list_key(app, renew->list, key, take_line, renew);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct renew *renew = self;

	(void)app;
	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, _("What would you like to keep longer?"));
	rect_cut_top(&area, 2);
	list_draw(renew->list, area);
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

static const struct screen renew_screen = {
	.name = "renew",
	.title = N_("Renew"),
	.actions = actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};
