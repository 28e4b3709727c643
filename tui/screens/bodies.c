/* Teams, party branches, organisations and merchants that hold points: what each has, the lines of
 * its account, what it redeems, and a form for a new one. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/body.h"
#include "core/points/ledger.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

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
	struct kiosk *kiosk;
	struct body_list bodies;
	struct list *list;
};

static const struct screen bodies_screen;

enum { COLUMN_NUMBER, COLUMN_NAME, COLUMN_KIND, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { NULL, .min = 4, .max = 6, .align_right = true, .is_whole = true },
	[COLUMN_NAME] = { N_("What it is called"), .min = 14 },
	[COLUMN_KIND] = { N_("Kind"), .min = 8, .max = 14 },
	[COLUMN_POINTS] = { N_("Points"), .min = 6, .max = 12, .align_right = true,
		.is_whole = true },
};

static char *points_of(const struct bodies_screen *b, int64_t body)
{
	struct points points = { 0 };
	struct err ignored = { 0 };

	points_balance_of(b->kiosk->db, HOLDER_BODY(body), &points, &ignored);
	return mem_printf("%" PRId64, points.n);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct bodies_screen *b = context;
	const struct body *body = &b->bodies.rows[row];

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
		ret->text = points_of(b, body->id);
	}
}

static void refresh(struct app *app, void *self)
{
	struct bodies_screen *b = self;
	struct err err = { 0 };

	body_list_finish(&b->bodies);
	if (bodies(b->kiosk->db, &b->bodies, &err) < 0)
		clerk_tell_err(app, &err);
	list_set_count(b->list, b->bodies.count);
	app_redraw(app);
}

void bodies_open(struct app *app)
{
	struct bodies_screen *b = mem_alloc(sizeof(*b));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = b,
		.cell = cell,
		.empty = N_("No team, party branch or merchant holds points yet."),
	};

	b->kiosk = kiosk_of(app);
	b->list = list_create(&options);
	app_push(app, &bodies_screen, b);
}

static void enter(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(app, self);
}

static void leave(struct app *app, void *self)
{
	struct bodies_screen *b = self;

	(void)app;
	body_list_finish(&b->bodies);
	list_destroy(b->list);
	free(b);
}

static const struct body *selected(const struct bodies_screen *b)
{
	int row = list_selected(b->list);

	return row >= 0 && row < b->bodies.count ? &b->bodies.rows[row] : NULL;
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static void open_account(struct app *app, void *self)
{
	if (selected(self))
		account_screen_open(app, HOLDER_BODY(selected(self)->id));
}

static void open_rewards(struct app *app, void *self)
{
	clerk_hush(app);
	reward_pick_open(app, HOLDER_BODY(selected(self)->id));
}

static void open_merchant(struct app *app, void *self)
{
	merchant_open(app, selected(self)->id);
}

static void add(struct app *app, void *self)
{
	(void)self;
	form_open(app);
}

static void end(struct app *app, void *self)
{
	struct bodies_screen *b = self;
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *name = mem_text(selected(b)->name);
	struct err err = { 0 };

	int r = body_end(b->kiosk->db, &act, selected(b)->id, &err);
	refresh(app, b);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, name, _("gets no more points"));
}

static const struct action actions[] = {
	{ K_ENTER, N_("Account"), N_("The lines of its account, and putting one right."),
		open_account, has_line },
	{ '1', N_("Redeem"), N_("Spends its points on what can be had for them."), open_rewards,
		has_line },
	{ '2', N_("Settle"), N_("What was had there for points, and settling with them."),
		open_merchant, has_line },
	{ '+', N_("New"), N_("Adds a team, party branch, organisation or merchant."), add },
	{ K_DELETE, N_("End it"), N_("It keeps what it has and gets no more."), end, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct bodies_screen *b = self;

	return clerk_list_key(app, b->list, key, open_account, b);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct bodies_screen *b = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	list_draw(b->list, area);
}

static const struct screen bodies_screen = {
	.name = "bodies",
	.title = N_("Bodies"),
	.actions = actions,
	.enter = enter,
	.resume = refresh,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
