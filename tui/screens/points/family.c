/* Who the visitor may give points to: the household with what each has, registered kin, and the
 * pool. A volunteer registers kin, and ends it. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/people/resident.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/points/summary.h"
#include "core/words_points.h"
#include "tui/pages/amount.h"
#include "tui/pages/list_page.h"
#include "tui/screens/people/screens.h"
#include "tui/screens/points/points.h"

struct member {
	int64_t resident; /* 0: the pool */
	char *name;       /* masked */
	bool is_household, is_kin;
	struct points balance; /* of the household's */
};

struct family {
	struct list_page page;
	int64_t resident;
	struct points own, total; /* total: of the household */
	struct {
		struct member *rows;
		int count;
	} all;
	int household_count;
	struct member to; /* who is given to; its name is of no use there */
};

/* ---- reading ---- */

static struct member *family_add_row(struct family *f, int64_t resident, char *name)
{
	f->all.rows = mem_resize(f->all.rows, (size_t)(f->all.count + 1) * sizeof(*f->all.rows));
	f->all.rows[f->all.count] = (struct member){ .resident = resident, .name = name };
	return &f->all.rows[f->all.count++];
}

static int family_read_household(struct family *f, struct err *err)
{
	CLEANUP(household_points_finish) struct household_points all = { 0 };
	struct resident own;
	char *name;

	TRY(resident_get(f->page.kiosk->db, f->resident, &own, err));
	if (!own.household)
		return 0;
	TRY(points_of_household(f->page.kiosk->db, own.household, &all, err));
	f->total = all.total;
	for (int i = 0; i < all.count; i++) {
		if (all.rows[i].resident == f->resident)
			continue;
		TRY(resident_masked_name(f->page.kiosk->db, all.rows[i].resident, &name, err));
		struct member *member = family_add_row(f, all.rows[i].resident, name);
		member->is_household = true;
		member->balance = all.rows[i].balance;
		f->household_count++;
	}
	return 0;
}

/* Nobody is offered who would be refused: a volunteer registers kin first. */
static bool family_receives(const struct member *member)
{
	return !member->resident || member->is_kin;
}

static struct member *family_find(struct family *f, int64_t resident)
{
	for (int i = 0; i < f->all.count; i++)
		if (f->all.rows[i].resident == resident)
			return &f->all.rows[i];
	return NULL;
}

static int family_read_kin(struct family *f, struct err *err)
{
	CLEANUP(mem_free) int64_t *kin = NULL;
	char *name;
	int count = kin_of(f->page.kiosk->db, f->resident, &kin, err);

	for (int i = 0; i < count; i++) {
		struct member *member = family_find(f, kin[i]);
		if (!member) {
			TRY(resident_masked_name(f->page.kiosk->db, kin[i], &name, err));
			member = family_add_row(f, kin[i], name);
		}
		member->is_kin = true;
	}
	return count;
}

/* Who can be given to comes first, and so is marked; the order is kept otherwise. */
static void family_sort(struct family *f)
{
	struct member *sorted = mem_alloc((size_t)f->all.count * sizeof(*sorted));
	int count = 0;

	for (int can = 1; can >= 0; can--)
		for (int i = 0; i < f->all.count; i++)
			if (family_receives(&f->all.rows[i]) == (can == 1))
				sorted[count++] = f->all.rows[i];
	free(f->all.rows);
	f->all.rows = sorted;
}

static int family_read(void *self, struct err *err)
{
	struct family *f = self;

	TRY(points_balance(f->page.kiosk->db, f->resident, &f->own, err));
	TRY(family_read_household(f, err));
	TRY(family_read_kin(f, err));
	family_add_row(f, 0, mem_text(_("The pool for everybody")));
	family_sort(f);
	return 0;
}

static void family_forget(void *self)
{
	struct family *f = self;

	for (int i = 0; i < f->all.count; i++)
		free(f->all.rows[i].name);
	mem_free(&f->all.rows);
	f->all.count = f->household_count = 0;
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_WHO, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 10 },
	[COLUMN_WHO] = { NULL, .min = 12 },
	[COLUMN_POINTS] = { N_("Points"), .min = 8, .align_right = true, .is_whole = true },
};

static const char *family_who_text(const struct member *member)
{
	if (!member->resident)
		return _("For those who need it");
	if (member->is_household)
		return member->is_kin ? _("Household, kin") : _("Household, not registered as kin");
	return _("Kin");
}

static void family_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct member *member = row;

	if (column == COLUMN_NAME)
		ret->text = mem_text(member->name);
	else if (column == COLUMN_WHO)
		ret->text = mem_text(family_who_text(member));
	else
		ret->text = member->is_household ? words_points(member->balance.n) : mem_text("");
}

/* ---- giving ---- */

static int family_give(struct family *f, int64_t n, struct err *err)
{
	struct act act = desk_act(f->page.kiosk->desk);
	int64_t transfer;

	if (f->to.resident)
		return points_give(f->page.kiosk->db, &act,
			&(struct points_gift){
				.from = f->resident, .to = f->to.resident, .points = POINTS(n) },
			&transfer, err);
	return points_donate(
		f->page.kiosk->db, &act, HOLDER_RESIDENT(f->resident), POINTS(n), &transfer, err);
}

static void family_given(struct app *app, void *context, int64_t n)
{
	struct family *f = context;
	struct err err = { 0 };

	if (n <= 0)
		return;
	int r = family_give(f, n, &err);
	CLEANUP(mem_free) char *points = words_points(n);
	CLEANUP(mem_free) char *words = mem_printf(_("%s given"), points);
	list_page_conclude(f, r, &err, words, NULL);
}

static char *family_what_is_left(void *context, int64_t n)
{
	const struct family *f = context;
	CLEANUP(mem_free) char *left = words_points(f->own.n - n);

	return n > f->own.n ? mem_text(_("That is more than you have."))
			    : mem_printf(_("Then you have %s."), left);
}

static bool family_can_give(struct app *app, void *self)
{
	const struct member *member = list_page_row(self);

	(void)app;
	return member && family_receives(member);
}

static void family_choose(struct app *app, void *self)
{
	struct family *f = self;
	const struct member *member = list_page_row(self);

	CLEANUP(mem_free) char *title = mem_printf(_("How many points for %s?"), member->name);
	f->to = *member;
	amount_open(app, &(struct amount_request){ .title = title,
				 .max = POINTS_MAX,
				 .preview = family_what_is_left,
				 .done = family_given,
				 .context = f });
}

/* ---- kin, by a volunteer ---- */

static bool family_is_staff(struct app *app, void *self)
{
	(void)app;
	return desk_staff(kiosk_of(app)->desk);
}

static void family_kin_picked(struct app *app, void *context, int64_t other)
{
	struct family *f = context;
	struct act act = desk_act(f->page.kiosk->desk);
	struct err err = { 0 };
	int64_t id;

	int r = kin_add(f->page.kiosk->db, &act, f->resident, other, &id, &err);
	list_page_conclude(f, r, &err, _("They may give each other points from now on"), NULL);
}

static void family_add_kin(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = family_kin_picked, .context = self };

	resident_pick_open(app, &pick);
}

static void family_end_kin(struct app *app, void *self)
{
	struct family *f = self;
	struct act act = desk_act(f->page.kiosk->desk);
	struct err err = { 0 };
	const struct member *member = list_page_row(self);

	if (!member || !member->is_kin)
		return;
	int r = kin_end(f->page.kiosk->db, &act, f->resident, member->resident, &err);
	list_page_conclude(f, r, &err, _("They are no longer registered as kin"), NULL);
}

static const struct action family_actions[] = {
	{ K_ENTER, N_("Give points"), N_("Asks how many, and shows what is left."), family_choose,
		family_can_give },
	{ '+', N_("Register kin"), N_("A volunteer registers whom points may be given to."),
		family_add_kin, family_is_staff },
	{ K_DELETE, N_("No longer kin"), N_("A volunteer ends it."), family_end_kin,
		family_is_staff },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void family_head(void *self, struct rect *area)
{
	const struct family *f = self;
	CLEANUP(mem_free) char *own = words_points(f->own.n);
	int col = draw_text(*area, 0, 0, STYLE_PAPER, _("Points to spend")) + 2;

	draw_text(*area, 0, col, STYLE_STRONG, own);
	if (f->household_count) {
		CLEANUP(mem_free) char *total = words_points(f->total.n);
		CLEANUP(mem_free) char *all = mem_printf(_("All of the household: %s"), total);
		draw_right(*area, 0, STYLE_PAPER, all);
	}
	rect_cut_top(area, 2);
}

static const struct list_page_kind family_page = {
	.screen = LIST_PAGE(N_("Family and pool"), family_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct family, all),
	.is_numbered = true,
	.are_tiles_first = true,
	.news = LIST_PAGE_NEWS_OWN,
	.read = family_read,
	.forget = family_forget,
	.cell = family_cell,
	.head = family_head,
};

void family_open(struct app *app, int64_t resident)
{
	struct family *f = list_page_create(app, &family_page);

	f->resident = resident;
	list_page_show(f);
}
