/* 技能互助: the help that the visitor gives or gets. Both sides say that it was done, each in their
 * own visit or by holding their card to the scanner here; then the points move. */
#include <stdlib.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/people/resident.h"
#include "core/points/skill_service.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/screens/counter.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"
#include "tui/screens/visit.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"
#include "tui/widgets/wrap.h"

struct skills {
	struct kiosk *kiosk;
	int64_t resident;
	struct skill_service_list rows;
	struct banner banner;
	struct list *list;
};

static const struct screen skills_screen;

/* ---- what is shown ---- */

enum { COLUMN_WHAT, COLUMN_WHO, COLUMN_TIME, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_WHAT] = { N_("For what"), .min = 8 },
	[COLUMN_WHO] = { N_("Who helps whom"), .min = 14, .max = 28 },
	[COLUMN_TIME] = { N_("How long"), .min = 6, .max = 14, .is_whole = true },
	[COLUMN_STATE] = { N_("State"), .min = 12, .max = 22 },
};

static bool is_helper(const struct skills *s, const struct skill_service *service)
{
	return service->helper == s->resident;
}

static int64_t other_of(const struct skills *s, const struct skill_service *service)
{
	return is_helper(s, service) ? service->asker : service->helper;
}

static bool has_confirmed(const struct skill_service *service, int64_t resident)
{
	return service->helper == resident ? service->helper_at : service->asker_at;
}

static char *masked(const struct skills *s, int64_t resident)
{
	struct err ignored = { 0 };
	char *name = NULL;

	return resident_masked_name(s->kiosk->db, resident, &name, &ignored) < 0 ? mem_text("")
										 : name;
}

static char *sides(const struct skills *s, const struct skill_service *service)
{
	CLEANUP(mem_free) char *other = masked(s, other_of(s, service));

	return is_helper(s, service) ? mem_printf(_("you help %s"), other)
				     : mem_printf(_("%s helps you"), other);
}

static const char *state_words(const struct skills *s, const struct skill_service *service)
{
	if (has_confirmed(service, s->resident))
		return _("waits for the other side");
	return has_confirmed(service, other_of(s, service)) ? _("waits for your word")
							    : _("agreed");
}

static char *rule_words(const struct skills *s, int64_t id)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	struct err ignored = { 0 };

	return earn_rule_get(s->kiosk->db, id, &rule, &ignored) < 0 ? NULL : mem_text(rule.name);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct skills *s = context;
	const struct skill_service *service = &s->rows.rows[row];

	ret->style = STYLE_PAPER;
	switch (column) {
	case COLUMN_WHAT:
		ret->text = rule_words(s, service->rule);
		break;
	case COLUMN_WHO:
		ret->text = sides(s, service);
		break;
	case COLUMN_TIME:
		ret->text = words_duration(service->minutes);
		break;
	default:
		ret->text = mem_text(state_words(s, service));
	}
}

/* ---- life ---- */

static void refresh(struct app *app, void *self)
{
	struct skills *s = self;
	struct err err = { 0 };

	skill_service_list_finish(&s->rows);
	if (skill_services_of(s->kiosk->db, s->resident, &s->rows, &err) < 0)
		counter_tell_err(app, &s->banner, &err);
	list_set_count(s->list, s->rows.count);
	app_redraw(app);
}

void skills_open(struct app *app)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);
	struct skills *s;

	if (!visit)
		return;
	s = mem_alloc(sizeof(*s));
	s->kiosk = kiosk_of(app);
	s->resident = visit->resident;
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = s,
		.cell = cell,
		.empty = N_("No help is agreed on. Press + to agree on some."),
		.is_numbered = true,
	};
	s->list = list_create(&options);
	app_push(app, &skills_screen, s);
}

static void leave(struct app *app, void *self)
{
	struct skills *s = self;

	(void)app;
	skill_service_list_finish(&s->rows);
	banner_clear(&s->banner);
	list_destroy(s->list);
	free(s);
}

static const struct skill_service *selected(const struct skills *s)
{
	int row = list_selected(s->list);

	return row >= 0 && row < s->rows.count ? &s->rows.rows[row] : NULL;
}

/* ---- saying that it was done ---- */

/* `resident`: whose word it is. */
static void confirm(struct app *app, struct skills *s, int64_t resident)
{
	struct act act = desk_act(s->kiosk->desk);
	struct earned earned = { 0 };
	struct err err = { 0 };

	act.resident = resident;
	if (skill_confirm(s->kiosk->db, &act, selected(s)->id, &earned, &err) < 0) {
		counter_tell_err(app, &s->banner, &err);
	} else if (earned.id) {
		CLEANUP(mem_free) char *points = words_points(earned.points.n);
		counter_tell_done(app, &s->banner,
			earned.is_waiting ? _("It waits for the coordinator")
					  : _("Both have confirmed: the points have moved"),
			points);
	} else {
		counter_tell_done(app, &s->banner, _("Noted"),
			_("The other side confirms with their card, here or another time."));
	}
	refresh(app, s);
}

static void confirmed(struct app *app, void *context, int button)
{
	struct skills *s = context;

	if (button == 0 && selected(s))
		confirm(app, s, s->resident);
}

static char *effect(
	const struct skills *s, const struct skill_service *service, const struct earned *earned)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	CLEANUP(mem_free) char *points = words_points(earned->points.n);
	CLEANUP(mem_free) char *who = sides(s, service);
	CLEANUP(mem_free) char *time = words_duration(service->minutes);
	struct err ignored = { 0 };

	if (earn_rule_get(s->kiosk->db, service->rule, &rule, &ignored) < 0)
		return mem_text("");
	const char *moves = rule.payer == EARN_FROM_ASKER
				    ? is_helper(s, service) ? _("they pay you %s") : _("you pay %s")
			    : is_helper(s, service) ? _("you get %s")
						    : _("your neighbour gets %s");
	CLEANUP(mem_free) char *paid = mem_printf(moves, points);
	return mem_printf(_("%s, %s: once both have confirmed, %s."), who, time, paid);
}

static void choose(struct app *app, void *self)
{
	struct skills *s = self;
	const struct skill_service *service = selected(s);
	struct act act = desk_act(s->kiosk->desk);
	struct earned earned = { 0 };
	struct err err = { 0 };

	if (!service || has_confirmed(service, s->resident))
		return;
	if (skill_preview(s->kiosk->db, &act, service->id, &earned, &err) < 0) {
		counter_tell_err(app, &s->banner, &err);
		app_redraw(app);
		return;
	}
	CLEANUP(mem_free) char *text = effect(s, service, &earned);
	const char *const buttons[] = { _("Yes, it was done"), _("Not yet"), NULL };
	const struct dialog dialog = {
		.title = _("Was it done?"),
		.text = text,
		.buttons = buttons,
		.done = confirmed,
		.context = s,
	};
	dialog_open(app, &dialog);
}

static void cancelled(struct app *app, void *context, int button)
{
	struct skills *s = context;
	struct act act = desk_act(s->kiosk->desk);
	struct err err = { 0 };

	if (button != 0 || !selected(s))
		return;
	if (skill_cancel(s->kiosk->db, &act, selected(s)->id, &err) < 0)
		counter_tell_err(app, &s->banner, &err);
	else
		counter_tell_done(app, &s->banner, _("It is off; nothing has moved"), NULL);
	refresh(app, s);
}

static void cancel(struct app *app, void *self)
{
	struct skills *s = self;
	CLEANUP(mem_free) char *who = sides(s, selected(s));
	const char *const buttons[] = { _("Yes, call it off"), _("Back"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Call this help off?"),
		.text = who,
		.buttons = buttons,
		.marked = 1,
		.done = cancelled,
		.context = s,
	};

	dialog_open(app, &dialog);
}

static void add(struct app *app, void *self)
{
	skill_form_open(app, ((struct skills *)self)->resident);
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static bool is_unconfirmed(struct app *app, void *self)
{
	const struct skills *s = self;

	return has_line(app, self) && !has_confirmed(selected(s), s->resident);
}

static const struct action actions[] = {
	{ K_ENTER, N_("It was done"), N_("Says so for you; the other side says so too."), choose,
		is_unconfirmed },
	{ '+', N_("Agree on help"), N_("Who helps whom, with what, for how long."), add },
	{ K_DELETE, N_("Call it off"), N_("Nothing moves then."), cancel, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct skills *s = self;

	return clerk_list_key(app, s->list, key, choose, s);
}

/* The other side's card is their word; any other code means what it means at the counter. */
static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct skills *s = self;
	const struct skill_service *service = selected(s);
	struct code code = code_read(bytes, len, NULL);
	struct err ignored = { 0 };
	int64_t resident;

	if (service && code.type == CODE_CARD &&
		moving_card(s->kiosk, &code, &resident, &ignored) == 0 &&
		resident == other_of(s, service) && !has_confirmed(service, resident))
		confirm(app, s, resident);
	else
		counter_scan(app, visit_banner(app), bytes, len);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct skills *s = self;

	(void)app;
	area = rect_inset(area, 1, 2);
	int rows = banner_rows(&s->banner, area.cols);
	if (rows)
		banner_draw(&s->banner, rect_cut_bottom(&area, rows + 1));
	draw_text(area, 0, 0, STYLE_STRONG, _("Help between neighbours"));
	rect_cut_top(&area, 1);
	rect_cut_top(&area, wrap_draw(area, 0, STYLE_QUIET,
				    _("Mark a line: the card of the other side, held to the "
				      "scanner, confirms it for them.")) +
				    1);
	list_draw(s->list, area);
}

static const struct screen skills_screen = {
	.name = "skills",
	.title = N_("Neighbours' help"),
	.actions = actions,
	.enter = refresh,
	.resume = refresh,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};
