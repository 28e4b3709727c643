/* Which of the visitor's loans to renew, which of their holds to cancel: a digit is enough. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/due.h"
#include "core/items/hold.h"
#include "core/items/loan_list.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/counter.h"
#include "tui/screens/screens.h"
#include "tui/screens/visit.h"
#include "tui/widgets/list.h"

struct choice {
	struct kiosk *kiosk;
	const struct choice_kind *kind;
	struct loan_list loans; /* of the kind's, one of the two is filled */
	struct hold_list holds;
	struct list *list;
};

struct choice_kind {
	const struct screen *screen;
	const char *question, *empty;      /* N_() */
	const struct list_column *columns; /* two */
	void (*cell)(void *context, int row, int column, struct list_cell *ret);
	int64_t (*id_at)(const struct choice *, int row);
	void (*act)(struct desk *, int64_t id, struct outcome *ret);
};

/* ---- loans to renew ---- */

static void loan_cell(void *context, int row, int column, struct list_cell *ret)
{
	struct choice *choice = context;
	const struct loan *loan = &choice->loans.rows[row];
	int64_t late = 0, now = kiosk_now(choice->kiosk);
	struct err ignored = { 0 };

	due_days_late(choice->kiosk->db, loan->due_at, now, &late, &ignored);
	ret->text = column == 0 ? mem_text(loan->name) : words_due(loan->due_at, late, now);
}

static int64_t loan_at(const struct choice *choice, int row)
{
	return choice->loans.rows[row].id;
}

static const struct list_column loan_columns[] = {
	{ N_("Item"), .min = 12 },
	{ N_("Due"), .min = 10, .max = 36, .align_right = true, .is_whole = true },
};

static const struct screen renew_screen;

static const struct choice_kind renewing = {
	.screen = &renew_screen,
	.question = N_("What would you like to keep longer?"),
	.empty = N_("Nothing is borrowed."),
	.columns = loan_columns,
	.cell = loan_cell,
	.id_at = loan_at,
	.act = desk_renew,
};

/* ---- holds to cancel ---- */

static void hold_cell(void *context, int row, int column, struct list_cell *ret)
{
	struct choice *choice = context;
	const struct hold *hold = &choice->holds.rows[row];

	ret->text = column == 0 ? mem_text(hold->name)
				: words_instant_paper(hold->placed_at, kiosk_now(choice->kiosk));
}

static int64_t hold_at(const struct choice *choice, int row)
{
	return choice->holds.rows[row].id;
}

static const struct list_column hold_columns[] = {
	{ N_("Item"), .min = 12 },
	{ N_("Reserved"), .min = 10, .max = 30, .align_right = true, .is_whole = true },
};

static const struct screen unhold_screen;

static const struct choice_kind cancelling = {
	.screen = &unhold_screen,
	.question = N_("What do you not want any more?"),
	.empty = N_("Nothing is reserved."),
	.columns = hold_columns,
	.cell = hold_cell,
	.id_at = hold_at,
	.act = desk_unhold,
};

/* ---- both ---- */

static void choose(struct app *app, struct choice *choice, int row)
{
	const struct choice_kind *kind = choice->kind;
	int64_t id = kind->id_at(choice, row);
	struct outcome o = OUTCOME_INIT;

	app_pop(app);
	kind->act(kiosk_of(app)->desk, id, &o);
	counter_outcome(app, visit_banner(app), &o);
}

/* Takes the lines that are read into `read`. */
static struct choice *choice_open(
	struct app *app, const struct choice_kind *kind, const struct choice *read, int count)
{
	struct choice *choice = mem_alloc(sizeof(*choice));

	*choice = *read;
	choice->kiosk = kiosk_of(app);
	choice->kind = kind;
	const struct list_options options = {
		.columns = kind->columns,
		.column_count = 2,
		.context = choice,
		.cell = kind->cell,
		.empty = kind->empty,
		.is_numbered = true,
	};
	choice->list = list_create(&options);
	list_set_count(choice->list, count);
	app_push(app, kind->screen, choice);
	return choice;
}

void renew_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	const struct desk_visit *visit = desk_visit(kiosk->desk);
	struct choice read = { 0 };
	struct err err = { 0 };

	if (!visit)
		return;
	if (loans_of_resident(kiosk->db, visit->resident, &read.loans, &err) < 0) {
		counter_tell_err(app, visit_banner(app), &err);
		return;
	}
	struct choice *choice = choice_open(app, &renewing, &read, read.loans.count);
	if (read.loans.count == 1)
		choose(app, choice, 0);
}

void unhold_open(struct app *app)
{
	struct choice read = { 0 };
	struct err err = { 0 };

	if (desk_holds(kiosk_of(app)->desk, &read.holds, &err) < 0)
		counter_tell_err(app, visit_banner(app), &err);
	else
		choice_open(app, &cancelling, &read, read.holds.count);
}

static void leave(struct app *app, void *self)
{
	struct choice *choice = self;

	(void)app;
	list_destroy(choice->list);
	loan_list_finish(&choice->loans);
	hold_list_finish(&choice->holds);
	free(choice);
}

static void take_line(struct app *app, void *self)
{
	choose(app, self, list_selected(((struct choice *)self)->list));
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct choice *choice = self;

	return clerk_list_key(app, choice->list, key, take_line, choice);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct choice *choice = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, choice->kind->screen->actions, self, &area, K_NONE);
	draw_text(area, 0, 0, STYLE_STRONG, _(choice->kind->question));
	rect_cut_top(&area, 2);
	list_draw(choice->list, area);
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	counter_scan(app, visit_banner(app), bytes, len);
}

static void renew_all(struct app *app, void *self)
{
	struct outcome o = OUTCOME_INIT;

	(void)self;
	app_pop(app);
	desk_renew_all(kiosk_of(app)->desk, &o);
	counter_outcome(app, visit_banner(app), &o);
}

static const struct action renew_actions[] = {
	{ '0', N_("Renew all"), N_("Keeps all of it longer, as far as the rules allow."), renew_all,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct action unhold_actions[] = {
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen renew_screen = {
	.name = "renew",
	.title = N_("Renew"),
	.actions = renew_actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};

static const struct screen unhold_screen = {
	.name = "unhold",
	.title = N_("Cancel the hold"),
	.actions = unhold_actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};
