/* 以服务置换使用权: what somebody may use in return for a duty. Whether the duty is kept is
 * recorded here, beside the agreed consequence. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/rewards/use_right.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/reason.h"
#include "tui/screens/points/points.h"
#include "tui/widgets/dialog.h"

struct use_rights_screen {
	struct list_page page;
	struct use_right_list all;
};

/* ---- what is shown ---- */

enum { COLUMN_WHO, COLUMN_WHAT, COLUMN_KEPT, COLUMN_DUE, COLUMN_UNTIL };

static const struct list_column columns[] = {
	[COLUMN_WHO] = { N_("For whom"), .min = 8, .max = 18 },
	[COLUMN_WHAT] = { N_("May use"), .min = 10 },
	[COLUMN_KEPT] = { N_("Duty kept"), .min = 8, .max = 12, .is_whole = true },
	[COLUMN_DUE] = { N_("Look next"), .min = 10, .max = 18, .is_whole = true },
	[COLUMN_UNTIL] = { N_("Until"), .min = 10, .max = 18, .is_whole = true },
};

static void use_rights_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct use_rights_screen *u = self;
	const struct use_right *right = row;
	struct day today = when_day(kiosk_now(u->page.kiosk));

	ret->style = STYLE_PAPER;
	switch (column) {
	case COLUMN_WHO:
		ret->text = mem_text(*(char *const *)list_page_extra(self, row));
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

static const char *use_rights_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct use_rights_screen *u = self;
	const struct use_right *right = row;
	struct day today = when_day(kiosk_now(u->page.kiosk));

	*ret_style = STYLE_NEEDED;
	return day_compare(right->check_due, today) <= 0 ? "!" : "";
}

/* ---- reading ---- */

static int use_rights_read(void *self, struct err *err)
{
	struct use_rights_screen *u = self;

	return use_rights(u->page.kiosk->db, &u->all, err);
}

static int use_rights_read_name(void *self, const void *row, void *extra, struct err *err)
{
	const struct use_rights_screen *u = self;
	const struct use_right *right = row;

	return clerk_holder_name(u->page.kiosk, right->whose, extra, err);
}

static void use_rights_forget(void *self)
{
	use_right_list_finish(&((struct use_rights_screen *)self)->all);
}

/* ---- looking at the duty, ending ---- */

static void use_rights_note(struct app *app, void *self, bool is_kept, const char *words)
{
	const struct use_right *right = list_page_row(self);
	struct act act = clerk_act(app, right->whose.resident);
	struct err err = { 0 };

	int r = use_right_check(kiosk_of(app)->db, &act, right->id, is_kept, words, &err);
	list_page_conclude(self, r, &err, right->what,
		is_kept ? _("noted: the duty is kept") : _("noted: the duty is not kept"));
}

static void use_rights_broken(struct app *app, void *context, const char *why)
{
	if (why && list_page_row(context))
		use_rights_note(app, context, false, why);
}

static void use_rights_looked(struct app *app, void *context, int button)
{
	static const char *const ready[] = { N_("Not done"), N_("Done in part"), N_("Was ill"),
		NULL };
	const struct use_right *right = list_page_row(context);

	if (!right || button < 0 || button > 1)
		return;
	const struct reason_request request = {
		.title = _("What was not kept?"),
		.text = right->duty,
		.ready = ready,
		.done = use_rights_broken,
		.context = context,
	};
	if (button == 0)
		use_rights_note(app, context, true, NULL);
	else
		reason_open(app, &request);
}

static void use_rights_look(struct app *app, void *self)
{
	const struct use_right *right = list_page_row(self);
	const char *const buttons[] = { _("Kept"), _("Not kept"), _("Back"), NULL };

	const struct dialog dialog = {
		.title = _("Is the duty kept?"),
		.text = right->duty,
		.buttons = buttons,
		.done = use_rights_looked,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static void use_rights_ended(struct app *app, void *context, const char *why)
{
	const struct use_right *right = list_page_row(context);
	struct err err = { 0 };

	if (!why || !right)
		return;
	struct act act = clerk_act(app, right->whose.resident);
	CLEANUP(mem_free) char *all = clerk_why(&act, why);
	act.why = all;
	int r = use_right_end(kiosk_of(app)->db, &act, right->id, &err);
	list_page_conclude(context, r, &err, right->what, _("the right of use has ended"));
}

static void use_rights_end(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The duty was not kept"),
		N_("They do not want it any more"), N_("Something else is done with it"), NULL };
	const struct use_right *right = list_page_row(self);
	const struct reason_request request = {
		.title = _("End this right of use? Why?"),
		.text = right->consequence,
		.ready = ready,
		.done = use_rights_ended,
		.context = self,
	};

	reason_open(app, &request);
}

static const struct action use_rights_actions[] = {
	{ K_ENTER, N_("Look at the duty"), N_("Notes that it is kept, or that it is not."),
		use_rights_look, list_page_has_row },
	{ '+', N_("New"), N_("Agrees on a right of use against a duty."),
		.opens = use_right_form_open },
	{ K_DELETE, N_("End it"), N_("The right ends before its time, with a reason."),
		use_rights_end, list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* What was agreed on in words. */
static void use_rights_foot(void *self, struct rect *area)
{
	const struct use_right *right = list_page_row(self);

	if (!right)
		return;
	const struct clerk_fact facts[] = {
		{ _("In return"), right->duty },
		{ _("If not kept"), right->consequence },
	};
	clerk_draw_facts(rect_cut_bottom(area, 2), 0, facts, ARRAY_LEN(facts));
	rect_cut_bottom(area, 1);
}

static const struct list_page_kind use_rights_page = {
	.screen = LIST_PAGE(N_("Rights of use"), use_rights_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct use_rights_screen, all),
	.empty = N_("No right of use is agreed on."),
	.read = use_rights_read,
	.forget = use_rights_forget,
	.extra_size = sizeof(char *),
	.read_extra = use_rights_read_name,
	.forget_extra = mem_free,
	.cell = use_rights_cell,
	.mark = use_rights_mark,
	.foot = use_rights_foot,
};

void use_rights_open(struct app *app)
{
	list_page_open(app, &use_rights_page);
}
