/* Teams, party branches, organisations and merchants that hold points: what each has, the lines of
 * its account, what it redeems, and a form for a new one. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/body.h"
#include "core/points/ledger.h"
#include "core/words_points.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/points/points.h"

/* ---- a new one ---- */

enum { NAME, KIND, FIELD_COUNT };

static const char *const kind_choices[] = { N_("volunteer team"), N_("party branch"),
	N_("organisation"), N_("merchant"), NULL };

struct body_form {
	const char *name;
	enum body_kind kind;
};

static const struct form_row body_rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(N_("What it is called"), 40),
		BIND_TEXT("name", struct body_form, name), .codes = { REASON_NAME_EXISTS } },
	[KIND] = { FIELD_CHOICE(N_("Kind"), kind_choices), BIND_CHOICE(struct body_form, kind) },
};

static int body_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct body_form *f = filled;
	const struct act act = clerk_act(app, 0);
	int64_t id;

	TRY(body_add(kiosk_of(app)->db, &act, f->kind, f->name, &id, err));
	form_done(done, f->name, _("may hold points from now on"));
	return 0;
}

static const struct form_page body_page = {
	.screen = FORM_SCREEN(N_("Bodies")),
	.rows = body_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct body_form),
	.save = body_form_save,
};

/* ---- the list ---- */

struct bodies_screen {
	struct list_page page;
	struct body_list all;
};

enum { COLUMN_NUMBER, COLUMN_NAME, COLUMN_KIND, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { NULL, .min = 4, .max = 6, .align_right = true, .is_whole = true },
	[COLUMN_NAME] = { N_("What it is called"), .min = 14 },
	[COLUMN_KIND] = { N_("Kind"), .min = 8, .max = 14 },
	[COLUMN_POINTS] = { N_("Points"), .min = 6, .max = 12, .align_right = true,
		.is_whole = true },
};

static void bodies_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct body *body = row;
	const struct points *points = list_page_extra(self, row);

	ret->style = column == COLUMN_NUMBER ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NUMBER:
		ret->text = mem_printf("%" PRId64, body->number);
		break;
	case COLUMN_NAME:
		ret->text = mem_text(body->name);
		break;
	case COLUMN_KIND:
		ret->text = mem_text(words_body_kind(body->kind));
		break;
	default:
		ret->text = mem_printf("%" PRId64, points->n);
	}
}

static int bodies_read(void *self, struct err *err)
{
	struct bodies_screen *b = self;

	return bodies(b->page.kiosk->db, &b->all, err);
}

static int bodies_read_points(void *self, const void *row, void *extra, struct err *err)
{
	const struct bodies_screen *b = self;
	const struct body *body = row;

	return points_balance_of(b->page.kiosk->db, HOLDER_BODY(body->id), extra, err);
}

static void bodies_forget(void *self)
{
	body_list_finish(&((struct bodies_screen *)self)->all);
}

static int64_t bodies_chosen(void *self)
{
	return ((const struct body *)list_page_row(self))->id;
}

static void bodies_account(struct app *app, void *self)
{
	account_screen_open(app, HOLDER_BODY(bodies_chosen(self)));
}

static void bodies_redeem(struct app *app, void *self)
{
	clerk_hush(app);
	reward_pick_open(app, HOLDER_BODY(bodies_chosen(self)));
}

static void bodies_settle(struct app *app, void *self)
{
	merchant_open(app, bodies_chosen(self));
}

static void bodies_add(struct app *app, void *self)
{
	form_page_open(app, &body_page, &(struct body_form){ 0 });
}

static void bodies_end(struct app *app, void *self)
{
	const struct body *body = list_page_row(self);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = body_end(kiosk_of(app)->db, &act, body->id, &err);
	list_page_conclude(self, r, &err, body->name, _("gets no more points"));
}

static const struct action bodies_actions[] = {
	{ K_ENTER, N_("Account"), N_("The lines of its account, and putting one right."),
		bodies_account, list_page_has_row },
	{ '1', N_("Redeem"), N_("Spends its points on what can be had for them."), bodies_redeem,
		list_page_has_row },
	{ '2', N_("Settle"), N_("What was had there for points, and settling with them."),
		bodies_settle, list_page_has_row },
	{ '+', N_("New"), N_("Adds a team, party branch, organisation or merchant."), bodies_add },
	{ K_DELETE, N_("End it"), N_("It keeps what it has and gets no more."), bodies_end,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind bodies_page = {
	.screen = LIST_PAGE(N_("Bodies"), bodies_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct bodies_screen, all),
	.empty = N_("No team, party branch or merchant holds points yet."),
	.read = bodies_read,
	.forget = bodies_forget,
	.extra_size = sizeof(struct points),
	.read_extra = bodies_read_points,
	.cell = bodies_cell,
};

void bodies_open(struct app *app)
{
	list_page_open(app, &bodies_page);
}
