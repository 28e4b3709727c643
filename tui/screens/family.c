/* Who the visitor may give points to: the household with what each has, registered kin, and the
 * pool. A volunteer registers kin, and ends it. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/people/resident.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/points/reasons.h"
#include "core/points/summary.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/counter.h"
#include "tui/screens/screens.h"
#include "tui/screens/visit.h"
#include "tui/widgets/list.h"

struct member {
	int64_t resident; /* 0: the pool */
	char *name;       /* masked */
	bool is_household, is_kin;
	struct points balance; /* of the household's */
};

struct family {
	struct kiosk *kiosk;
	int64_t resident;
	struct points own, total; /* total: of the household */
	struct member *rows;
	int count, household_count;
	struct member to; /* who is given to; its name is of no use there */
	struct banner banner;
	struct list *list;
};

static const struct screen family_screen;

/* ---- reading ---- */

static void forget_rows(struct family *f)
{
	for (int i = 0; i < f->count; i++)
		free(f->rows[i].name);
	free(f->rows);
	f->rows = NULL;
	f->count = f->household_count = 0;
}

static struct member *add_row(struct family *f, int64_t resident, char *name)
{
	f->rows = mem_resize(f->rows, (size_t)(f->count + 1) * sizeof(*f->rows));
	f->rows[f->count] = (struct member){ .resident = resident, .name = name };
	return &f->rows[f->count++];
}

static int read_household(struct family *f, struct err *err)
{
	CLEANUP(household_points_finish) struct household_points all = { 0 };
	struct resident own;
	char *name;

	TRY(resident_get(f->kiosk->db, f->resident, &own, err));
	if (!own.household)
		return 0;
	TRY(points_of_household(f->kiosk->db, own.household, &all, err));
	f->total = all.total;
	for (int i = 0; i < all.count; i++) {
		if (all.rows[i].resident == f->resident)
			continue;
		TRY(resident_masked_name(f->kiosk->db, all.rows[i].resident, &name, err));
		struct member *member = add_row(f, all.rows[i].resident, name);
		member->is_household = true;
		member->balance = all.rows[i].balance;
		f->household_count++;
	}
	return 0;
}

static struct member *find(struct family *f, int64_t resident)
{
	for (int i = 0; i < f->count; i++)
		if (f->rows[i].resident == resident)
			return &f->rows[i];
	return NULL;
}

static int read_kin(struct family *f, struct err *err)
{
	CLEANUP(mem_free) int64_t *kin = NULL;
	char *name;
	int count = kin_of(f->kiosk->db, f->resident, &kin, err);

	for (int i = 0; i < count; i++) {
		struct member *member = find(f, kin[i]);
		if (!member) {
			TRY(resident_masked_name(f->kiosk->db, kin[i], &name, err));
			member = add_row(f, kin[i], name);
		}
		member->is_kin = true;
	}
	return count;
}

static int read_all(struct family *f, struct err *err)
{
	forget_rows(f);
	TRY(points_balance(f->kiosk->db, f->resident, &f->own, err));
	TRY(read_household(f, err));
	TRY(read_kin(f, err));
	add_row(f, 0, mem_text(_("The pool for everybody")));
	return 0;
}

static void refresh(struct app *app, struct family *f)
{
	struct err err = { 0 };

	if (read_all(f, &err) < 0)
		counter_tell_err(app, &f->banner, &err);
	list_set_count(f->list, f->count);
	app_redraw(app);
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_WHO, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 10 },
	[COLUMN_WHO] = { NULL, .min = 12 },
	[COLUMN_POINTS] = { N_("Points"), .min = 8, .align_right = true, .is_whole = true },
};

static const char *who_text(const struct member *member)
{
	if (!member->resident)
		return _("For those who need it");
	if (member->is_household)
		return member->is_kin ? _("Household, kin") : _("Household");
	return _("Kin");
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct family *f = context;
	const struct member *member = &f->rows[row];

	if (column == COLUMN_NAME)
		ret->text = mem_text(member->name);
	else if (column == COLUMN_WHO)
		ret->text = mem_text(who_text(member));
	else
		ret->text = member->is_household ? words_points(member->balance.n) : mem_text("");
}

/* ---- life ---- */

void family_open(struct app *app, int64_t resident)
{
	struct family *f = mem_alloc(sizeof(*f));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = f,
		.cell = cell,
		.is_numbered = true,
	};

	f->kiosk = kiosk_of(app);
	f->resident = resident;
	f->list = list_create(&options);
	app_push(app, &family_screen, f);
}

static void enter(struct app *app, void *self)
{
	refresh(app, self);
}

static void leave(struct app *app, void *self)
{
	struct family *f = self;

	(void)app;
	forget_rows(f);
	list_destroy(f->list);
	free(f);
}

/* ---- giving ---- */

static int give(struct family *f, int64_t n, struct err *err)
{
	struct act act = desk_act(f->kiosk->desk);
	int64_t transfer;

	if (f->to.resident)
		return points_give(
			f->kiosk->db, &act, f->resident, f->to.resident, POINTS(n), &transfer, err);
	return points_donate(
		f->kiosk->db, &act, HOLDER_RESIDENT(f->resident), POINTS(n), &transfer, err);
}

static void given(struct app *app, void *context, int64_t n)
{
	struct family *f = context;
	struct err err = { 0 };

	if (n <= 0)
		return;
	if (give(f, n, &err) < 0) {
		counter_tell_err(app, &f->banner, &err);
	} else {
		CLEANUP(mem_free) char *points = words_points(n);
		CLEANUP(mem_free) char *words = mem_printf(_("%s given"), points);
		counter_tell_done(app, &f->banner, words, NULL);
	}
	refresh(app, f);
}

static char *what_is_left(void *context, int64_t n)
{
	const struct family *f = context;
	CLEANUP(mem_free) char *left = words_points(f->own.n - n);

	return n > f->own.n ? mem_text(_("That is more than you have."))
			    : mem_printf(_("Then you have %s."), left);
}

static void choose(struct app *app, void *self)
{
	struct family *f = self;
	int row = list_selected(f->list);

	if (row < 0)
		return;
	CLEANUP(mem_free)
	char *title = mem_printf(_("How many points for %s?"), f->rows[row].name);
	f->to = f->rows[row];
	if (f->to.resident && !f->to.is_kin) {
		const struct reason why = REASON(NOT_KIN);
		struct err err = { 0 };
		err_set(&err, ERR_REFUSED, why);
		counter_tell_err(app, &f->banner, &err);
		app_redraw(app);
		return;
	}
	amount_open(app, &(struct amount_request){ .title = title,
				 .max = POINTS_MAX,
				 .preview = what_is_left,
				 .done = given,
				 .context = f });
}

/* ---- kin, by a volunteer ---- */

static bool is_staff(struct app *app, void *self)
{
	(void)app;
	return desk_staff(((const struct family *)self)->kiosk->desk);
}

static void kin_picked(struct app *app, void *context, int64_t other)
{
	struct family *f = context;
	struct act act = desk_act(f->kiosk->desk);
	struct err err = { 0 };
	int64_t id;

	if (kin_add(f->kiosk->db, &act, f->resident, other, &id, &err) < 0)
		counter_tell_err(app, &f->banner, &err);
	else
		counter_tell_done(
			app, &f->banner, _("They may give each other points from now on"), NULL);
	refresh(app, f);
}

static void add_kin(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = kin_picked, .context = self };

	resident_pick_open(app, &pick);
}

static void end_kin(struct app *app, void *self)
{
	struct family *f = self;
	struct act act = desk_act(f->kiosk->desk);
	struct err err = { 0 };
	int row = list_selected(f->list);

	if (row < 0 || !f->rows[row].is_kin)
		return;
	if (kin_end(f->kiosk->db, &act, f->resident, f->rows[row].resident, &err) < 0)
		counter_tell_err(app, &f->banner, &err);
	else
		counter_tell_done(app, &f->banner, _("They are no longer registered as kin"), NULL);
	refresh(app, f);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Give points"), N_("Asks how many, and shows what is left."), choose },
	{ '+', N_("Register kin"), N_("A volunteer registers whom points may be given to."),
		add_kin, is_staff },
	{ K_DELETE, N_("No longer kin"), N_("A volunteer ends it."), end_kin, is_staff },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct family *f = self;
	enum list_answer answer = list_key(f->list, key);

	if (answer == LIST_CHOSEN)
		choose(app, f);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	counter_scan(app, visit_banner(app), bytes, len);
}

/* ---- drawing ---- */

static void draw(struct app *app, void *self, struct rect area)
{
	struct family *f = self;
	CLEANUP(mem_free) char *own = words_points(f->own.n);

	(void)app;
	area = rect_inset(area, 1, 2);
	int rows = banner_rows(&f->banner, area.cols);
	if (rows)
		banner_draw(&f->banner, rect_cut_bottom(&area, rows + 1));
	int col = draw_text(area, 0, 0, STYLE_PAPER, _("Points to spend")) + 2;
	draw_text(area, 0, col, STYLE_STRONG, own);
	if (f->household_count) {
		CLEANUP(mem_free) char *total = words_points(f->total.n);
		CLEANUP(mem_free) char *all = mem_printf(_("All of the household: %s"), total);
		draw_right(area, 0, STYLE_PAPER, all);
	}
	rect_cut_top(&area, 2);
	list_draw(f->list, area);
}

static const struct screen family_screen = {
	.name = "family",
	.title = N_("Family and pool"),
	.actions = actions,
	.enter = enter,
	.resume = enter,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};
