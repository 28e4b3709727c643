/* Teams, party branches, organisations and merchants that hold points: what each has, the lines of
 * its account, what it redeems, and a form for a new one. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/body.h"
#include "core/points/ledger.h"
#include "core/words_points.h"
#include "tui/screens/list_page.h"
#include "tui/screens/screens.h"

/* ---- a new one ---- */

enum { NAME, KIND, FIELD_COUNT };

static const char *const kind_choices[] = { N_("volunteer team"), N_("party branch"),
	N_("organisation"), N_("merchant"), NULL };

static const struct form_field fields[FIELD_COUNT] = {
	[NAME] = { .label = N_("What it is called"),
		.kind = FORM_TEXT,
		.max_chars = 40,
		.is_chinese = true },
	[KIND] = { .label = N_("Kind"), .kind = FORM_CHOICE, .choices = kind_choices },
};

struct body_form {
	struct form *form;
	char *state;
};

static const struct screen body_form_screen;

static void form_open(struct app *app)
{
	struct body_form *f = mem_alloc(sizeof(*f));

	f->form = form_create(fields, FIELD_COUNT, f, kiosk_pinyin(kiosk_of(app)));
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &body_form_screen, f);
}

static void form_leave(struct app *app, void *self)
{
	struct body_form *f = self;

	(void)app;
	form_destroy(f->form);
	free(f->state);
	free(f);
}

static void form_submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_NONE, "name", NAME },
		{ REASON_NAME_EXISTS, "", NAME },
	};
	struct body_form *f = self;
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *name = mem_text(form_text(f->form, NAME));
	struct err err = { 0 };
	int64_t id;

	if (body_add(kiosk_of(app)->db, &act, (enum body_kind)form_choice(f->form, KIND), name, &id,
		    &err) < 0) {
		clerk_blame(app, f->form, at, ARRAY_LEN(at), &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, name, _("may hold points from now on"));
}

static bool form_screen_key(struct app *app, void *self, const struct key *key)
{
	struct body_form *f = self;

	return clerk_form_key(app, f->form, key, form_submit, f);
}

static void form_screen_paste(struct app *app, void *self, const char *text)
{
	form_paste(((struct body_form *)self)->form, text);
	app_redraw(app);
}

static void form_screen_draw(struct app *app, void *self, struct rect area)
{
	struct body_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(f->form, area);
}

static void form_back(struct app *app, void *self)
{
	struct body_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

static const struct action form_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), form_submit },
	{ K_ESC, N_("Back"), NULL, form_back },
	{ 0 },
};

static const struct screen body_form_screen = {
	.name = "body form",
	.title = N_("Bodies"),
	.actions = form_actions,
	.is_modal = true,
	.leave = form_leave,
	.draw = form_screen_draw,
	.key = form_screen_key,
	.scan = clerk_scan_later,
	.paste = form_screen_paste,
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
	(void)self;
	form_open(app);
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
	.screen = LIST_PAGE("bodies", N_("Bodies"), bodies_actions),
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
