/* 以服务置换使用权: what somebody may use in return for a duty. Whether the duty is kept is noted
 * here, and what was agreed on for the other case stands beside it. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/rewards/use_right.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

struct use_rights_screen {
	struct kiosk *kiosk;
	struct use_right_list rights;
	struct list *list;
};

static const struct screen use_rights_screen;

/* ---- what is shown ---- */

enum { COLUMN_WHO, COLUMN_WHAT, COLUMN_KEPT, COLUMN_DUE, COLUMN_UNTIL };

static const struct list_column columns[] = {
	[COLUMN_WHO] = { N_("For whom"), .min = 8, .max = 18 },
	[COLUMN_WHAT] = { N_("May use"), .min = 10 },
	[COLUMN_KEPT] = { N_("Duty kept"), .min = 8, .max = 12, .is_whole = true },
	[COLUMN_DUE] = { N_("Look next"), .min = 10, .max = 18, .is_whole = true },
	[COLUMN_UNTIL] = { N_("Until"), .min = 10, .max = 18, .is_whole = true },
};

static bool is_due(const struct use_rights_screen *u, const struct use_right *right)
{
	return day_compare(right->check_due, when_day(kiosk_now(u->kiosk))) <= 0;
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct use_rights_screen *u = context;
	const struct use_right *right = &u->rights.rows[row];
	struct day today = when_day(kiosk_now(u->kiosk));

	ret->style = STYLE_PAPER;
	switch (column) {
	case COLUMN_WHO:
		ret->text = clerk_holder_name(u->kiosk, right->whose);
		break;
	case COLUMN_WHAT:
		ret->text = mem_text(right->what);
		break;
	case COLUMN_KEPT:
		ret->text = mem_printf("✓%" PRId64 " ✗%" PRId64, right->kept, right->broken);
		ret->style = right->broken ? STYLE_REFUSED : STYLE_PAPER;
		break;
	case COLUMN_DUE:
		ret->text = words_date(right->check_due, today);
		break;
	default:
		ret->text = words_date(right->until, today);
	}
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct use_rights_screen *u = context;

	*ret_style = STYLE_NEEDED;
	return is_due(u, &u->rights.rows[row]) ? "!" : "";
}

/* ---- life ---- */

static void refresh(struct app *app, void *self)
{
	struct use_rights_screen *u = self;
	struct err err = { 0 };

	use_right_list_finish(&u->rights);
	if (use_rights(u->kiosk->db, &u->rights, &err) < 0)
		clerk_tell_err(app, &err);
	list_set_count(u->list, u->rights.count);
	app_redraw(app);
}

void use_rights_open(struct app *app)
{
	struct use_rights_screen *u = mem_alloc(sizeof(*u));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = u,
		.cell = cell,
		.mark = mark,
		.empty = N_("No right of use is agreed on."),
	};

	u->kiosk = kiosk_of(app);
	u->list = list_create(&options);
	app_push(app, &use_rights_screen, u);
}

static void enter(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(app, self);
}

static void leave(struct app *app, void *self)
{
	struct use_rights_screen *u = self;

	(void)app;
	use_right_list_finish(&u->rights);
	list_destroy(u->list);
	free(u);
}

static const struct use_right *selected(const struct use_rights_screen *u)
{
	int row = list_selected(u->list);

	return row >= 0 && row < u->rights.count ? &u->rights.rows[row] : NULL;
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

/* ---- looking at the duty, ending ---- */

static void note(struct app *app, struct use_rights_screen *u, bool is_kept, const char *words)
{
	const struct use_right *right = selected(u);
	struct act act = clerk_act(app, right->whose.resident);
	CLEANUP(mem_free) char *what = mem_text(right->what);
	struct err err = { 0 };

	int r = use_right_check(u->kiosk->db, &act, right->id, is_kept, words, &err);
	refresh(app, u);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, what,
			is_kept ? _("noted: the duty is kept") : _("noted: the duty is not kept"));
}

static void broken(struct app *app, void *context, const char *why)
{
	if (why && selected(context))
		note(app, context, false, why);
}

static void looked(struct app *app, void *context, int button)
{
	static const char *const ready[] = { N_("Not done"), N_("Done in part"), N_("Was ill"),
		NULL };
	struct use_rights_screen *u = context;
	const struct use_right *right = selected(u);

	if (!right || button < 0 || button > 1)
		return;
	const struct reason_request request = {
		.title = _("What was not kept?"),
		.text = right->duty,
		.ready = ready,
		.done = broken,
		.context = u,
	};
	if (button == 0)
		note(app, u, true, NULL);
	else
		reason_open(app, &request);
}

static void look(struct app *app, void *self)
{
	const struct use_right *right = selected(self);
	const char *const buttons[] = { _("Kept"), _("Not kept"), _("Back"), NULL };

	if (!right)
		return;
	const struct dialog dialog = {
		.title = _("Is the duty kept?"),
		.text = right->duty,
		.buttons = buttons,
		.done = looked,
		.context = self,
	};
	dialog_open(app, &dialog);
}

static void ended(struct app *app, void *context, const char *why)
{
	struct use_rights_screen *u = context;
	const struct use_right *right = selected(u);
	struct err err = { 0 };

	if (!why || !right)
		return;
	struct act act = clerk_act(app, right->whose.resident);
	CLEANUP(mem_free) char *all = clerk_why(&act, why);
	CLEANUP(mem_free) char *what = mem_text(right->what);
	act.why = all;
	int r = use_right_end(u->kiosk->db, &act, right->id, &err);
	refresh(app, u);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, what, _("the right of use has ended"));
}

static void end(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The duty was not kept"),
		N_("They do not want it any more"), N_("Something else is done with it"), NULL };
	const struct use_right *right = selected(self);
	const struct reason_request request = {
		.title = _("End this right of use? Why?"),
		.text = right->consequence,
		.ready = ready,
		.done = ended,
		.context = self,
	};

	reason_open(app, &request);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Look at the duty"), N_("Notes that it is kept, or that it is not."), look,
		has_line },
	{ '+', N_("New"), N_("Agrees on a right of use against a duty."),
		.opens = use_right_form_open },
	{ K_DELETE, N_("End it"), N_("The right ends before its time, with a reason."), end,
		has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct use_rights_screen *u = self;

	return clerk_list_key(app, u->list, key, look, u);
}

/* What was agreed on in words, below the list. */
static void draw_agreement(const struct use_right *right, struct rect *area)
{
	const struct clerk_fact facts[] = {
		{ _("In return"), right->duty },
		{ _("If not kept"), right->consequence },
	};

	clerk_draw_facts(rect_cut_bottom(area, 2), 0, facts, ARRAY_LEN(facts));
	rect_cut_bottom(area, 1);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct use_rights_screen *u = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	if (selected(u))
		draw_agreement(selected(u), &area);
	list_draw(u->list, area);
}

static const struct screen use_rights_screen = {
	.name = "use rights",
	.title = N_("Rights of use"),
	.actions = actions,
	.enter = enter,
	.resume = refresh,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
