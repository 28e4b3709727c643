/* Teams, party branches, organisations and merchants that hold points: what each has, the lines of
 * its account, what it redeems, and a form for a new one. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/body.h"
#include "core/points/ledger.h"
#include "core/words_points.h"
#include "tui/screens/form_page.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

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
	.screen = FORM_SCREEN("body form", N_("Bodies")),
	.rows = body_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct body_form),
	.save = body_form_save,
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
	form_page_open(app, &body_page, &(struct body_form){ 0 });
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
