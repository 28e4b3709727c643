/* 技能互助: the help that the visitor gives or gets. Both sides confirm it, each in their own visit
 * or by holding their card to the scanner here; then the points move. */

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/people/resident.h"
#include "core/points/skill_service.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/list_page.h"
#include "tui/pages/moving.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/points/points.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/wrap.h"

struct skills {
	struct list_page page;
	int64_t resident;
	struct skill_service_list all;
};

/* What a line shows beside its service. */
struct beside {
	struct earn_rule rule;
	char *other; /* masked */
};

/* ---- what is shown ---- */

enum { COLUMN_WHAT, COLUMN_WHO, COLUMN_TIME, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_WHAT] = { N_("For what"), .min = 8 },
	[COLUMN_WHO] = { N_("Who helps whom"), .min = 14, .max = 28 },
	[COLUMN_TIME] = { N_("How long"), .min = 6, .max = 14, .is_whole = true },
	[COLUMN_STATE] = { N_("State"), .min = 12, .max = 22 },
};

static bool skills_is_helper(const struct skills *s, const struct skill_service *service)
{
	return service->helper == s->resident;
}

static int64_t skills_other_of(const struct skills *s, const struct skill_service *service)
{
	return skills_is_helper(s, service) ? service->asker : service->helper;
}

static bool skills_has_confirmed(const struct skill_service *service, int64_t resident)
{
	return service->helper == resident ? service->helper_at : service->asker_at;
}

static char *skills_sides(const struct skills *s, const struct skill_service *service)
{
	const struct beside *beside = list_page_extra(s, service);

	return skills_is_helper(s, service) ? mem_printf(_("you help %s"), beside->other)
					    : mem_printf(_("%s helps you"), beside->other);
}

static const char *skills_state_words(const struct skills *s, const struct skill_service *service)
{
	if (skills_has_confirmed(service, s->resident))
		return _("waits for the other side");
	return skills_has_confirmed(service, skills_other_of(s, service)) ? _("waits for your word")
									  : _("agreed");
}

static void skills_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct skills *s = self;
	const struct skill_service *service = row;
	const struct beside *beside = list_page_extra(self, row);

	ret->style = STYLE_PAPER;
	switch (column) {
	case COLUMN_WHAT:
		ret->text = mem_text(beside->rule.name);
		break;
	case COLUMN_WHO:
		ret->text = skills_sides(s, service);
		break;
	case COLUMN_TIME:
		ret->text = words_duration(service->minutes);
		break;
	default:
		ret->text = mem_text(skills_state_words(s, service));
	}
}

static int skills_read(void *self, struct err *err)
{
	struct skills *s = self;

	return skill_services_of(s->page.kiosk->db, s->resident, &s->all, err);
}

static void skills_forget(void *self)
{
	skill_service_list_finish(&((struct skills *)self)->all);
}

static int skills_read_beside(void *self, const void *row, void *extra, struct err *err)
{
	const struct skills *s = self;
	const struct skill_service *service = row;
	struct beside *beside = extra;
	struct db *db = s->page.kiosk->db;

	TRY(earn_rule_get(db, service->rule, &beside->rule, err));
	return resident_masked_name(db, skills_other_of(s, service), &beside->other, err);
}

static void skills_forget_beside(void *extra)
{
	struct beside *beside = extra;

	earn_rule_finish(&beside->rule);
	mem_free(&beside->other);
}

/* ---- saying that it was done ---- */

/* `resident`: the one who confirms. */
static void skills_confirm(struct app *app, struct skills *s, int64_t resident)
{
	const struct skill_service *service = list_page_row(s);
	struct act act = desk_act(kiosk_of(app)->desk);
	struct earned earned = { 0 };
	struct err err = { 0 };

	act.resident = resident;
	int r = skill_confirm(kiosk_of(app)->db, &act, service->id, &earned, &err);
	CLEANUP(mem_free) char *points = words_points(earned.points.n);
	if (!earned.id)
		list_page_conclude(s, r, &err, _("Noted"),
			_("The other side confirms with their card, here or another time."));
	else
		list_page_conclude(s, r, &err,
			earned.is_waiting ? _("It waits for the coordinator")
					  : _("Both have confirmed: the points have moved"),
			points);
}

static void skills_confirmed(struct app *app, void *context, int button)
{
	const struct skill_service *service = list_page_row(context);
	struct skills *s = context;

	if (button == 0 && service)
		skills_confirm(app, s, s->resident);
}

static char *skills_effect(
	const struct skills *s, const struct skill_service *service, const struct earned *earned)
{
	const struct beside *beside = list_page_extra(s, service);
	CLEANUP(mem_free) char *points = words_points(earned->points.n);
	CLEANUP(mem_free) char *who = skills_sides(s, service);
	CLEANUP(mem_free) char *time = words_duration(service->minutes);
	const char *moves =
		beside->rule.payer == EARN_FROM_ASKER
			? skills_is_helper(s, service) ? _("they pay you %s") : _("you pay %s")
		: skills_is_helper(s, service) ? _("you get %s")
					       : _("your neighbour gets %s");
	CLEANUP(mem_free) char *paid = mem_printf(moves, points);

	return mem_printf(_("%s, %s: once both have confirmed, %s."), who, time, paid);
}

static void skills_choose(struct app *app, void *self)
{
	struct skills *s = self;
	const struct skill_service *service = list_page_row(s);
	struct act act = desk_act(s->page.kiosk->desk);
	struct earned earned = { 0 };
	struct err err = { 0 };

	if (skill_preview(s->page.kiosk->db, &act, service->id, &earned, &err) < 0) {
		list_page_tell_err(s, &err);
		return;
	}
	CLEANUP(mem_free) char *text = skills_effect(s, service, &earned);
	const char *const buttons[] = { _("Yes, it was done"), _("Not yet"), NULL };
	const struct dialog dialog = {
		.title = _("Was it done?"),
		.text = text,
		.buttons = buttons,
		.done = skills_confirmed,
		.context = s,
	};
	dialog_open(app, &dialog);
}

static void skills_cancelled(struct app *app, void *context, int button)
{
	const struct skill_service *service = list_page_row(context);
	struct act act = desk_act(kiosk_of(app)->desk);
	struct err err = { 0 };

	if (button != 0 || !service)
		return;
	int r = skill_cancel(kiosk_of(app)->db, &act, service->id, &err);
	list_page_conclude(context, r, &err, _("It is off; nothing has moved"), NULL);
}

static void skills_cancel(struct app *app, void *self)
{
	CLEANUP(mem_free) char *who = skills_sides(self, list_page_row(self));
	const char *const buttons[] = { _("Yes, call it off"), _("Back"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Call this help off?"),
		.text = who,
		.buttons = buttons,
		.marked = 1,
		.done = skills_cancelled,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static void skills_add(struct app *app, void *self)
{
	skill_form_open(app, ((struct skills *)self)->resident);
}

static bool skills_is_unconfirmed(struct app *app, void *self)
{
	const struct skill_service *service = list_page_row(self);
	const struct skills *s = self;

	(void)app;
	return service && !skills_has_confirmed(service, s->resident);
}

static const struct action skills_actions[] = {
	{ K_ENTER, N_("It was done"), N_("Says so for you; the other side says so too."),
		skills_choose, skills_is_unconfirmed },
	{ '0', N_("Agree on help"), N_("Who helps whom, with what, for how long."), skills_add },
	{ '9', N_("Call it off"), N_("Nothing moves then."), skills_cancel, list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* The other side's card confirms; any other code does what it does at the counter. */
static void skills_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct skills *s = self;
	const struct skill_service *service = list_page_row(s);
	struct code code = code_read(bytes, len, NULL);
	struct err ignored = { 0 };
	int64_t resident;

	if (service && code.type == CODE_CARD &&
		moving_card(s->page.kiosk, &code, &resident, &ignored) == 0 &&
		resident == skills_other_of(s, service) && !skills_has_confirmed(service, resident))
		skills_confirm(app, s, resident);
	else
		counter_scan(app, visit_banner(app), bytes, len);
}

static void skills_head(void *self, struct rect *area)
{
	(void)self;
	draw_text(*area, 0, 0, STYLE_STRONG, _("Help between neighbours"));
	rect_cut_top(area, 1);
	int rows = wrap_draw(*area, 0, STYLE_QUIET,
		_("Mark a line: the card of the other side, held to the scanner, confirms it for "
		  "them."));
	rect_cut_top(area, rows + 1);
}

static const struct list_page_kind skills_page = {
	.screen = LIST_PAGE(N_("Neighbours' help"), skills_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct skills, all),
	.empty = N_("No help is agreed on. Press + to agree on some."),
	.is_numbered = true,
	.number_max = 8, /* the digit above is the screen's own */
	.scan = skills_scan,
	.are_tiles_first = true,
	.news = LIST_PAGE_NEWS_OWN,
	.read = skills_read,
	.forget = skills_forget,
	.extra_size = sizeof(struct beside),
	.read_extra = skills_read_beside,
	.forget_extra = skills_forget_beside,
	.cell = skills_cell,
	.head = skills_head,
};

void skills_open(struct app *app)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	if (!visit)
		return;
	struct skills *s = list_page_create(app, &skills_page);
	s->resident = visit->resident;
	list_page_show(s);
}
