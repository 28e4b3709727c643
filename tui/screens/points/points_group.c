/* The same points for many: a rule and a number, then everybody's card. Each card is a separate
 * posting, within the rule's limits; nobody gets it twice here. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/points/earning.h"
#include "core/points/reasons.h"
#include "core/words_points.h"
#include "tui/pages/amount.h"
#include "tui/pages/moving.h"
#include "tui/screens/points/points.h"
#include "tui/widgets/list.h"

#define NUMBER_MAX 999999

enum { RULE, NUMBER, BEGAN, WHY, FIELD_COUNT };

struct given {
	int64_t resident;
	char *name;
	struct earned earned;
};

struct group {
	struct earn_rule_list rules;
	int rule; /* which of them */
	const char *number, *began, *activity;
	struct earn_draft draft; /* for the next one */
	struct given *given;     /* the latest last */
	int count;
	struct list *list;
};

static const struct screen cards_screen;

static int group_draft(struct app *app, void *self, void *filled, struct err *err)
{
	struct group *g = filled;

	return clerk_earn_draft(
		kiosk_of(app), &g->rules.rows[g->rule], g->number, g->began, &g->draft, err);
}

static const struct form_row rows[FIELD_COUNT] = {
	[RULE] = { FIELD_CHOICE(N_("By which rule"), NULL), BIND_CHOICE(struct group, rule) },
	[NUMBER] = { FIELD_DIGITS(N_("Minutes, or how many times"), 5), HELP(N_("of each of them")),
		BIND_TEXT("count", struct group, number) },
	[BEGAN] = { FIELD_TEXT(N_("Began at"), 5), HINT(N_("such as 19:30")),
		HELP(N_("Minutes at night and on holidays weigh as the rule says.")),
		BIND_TEXT("began", struct group, began), .take = group_draft },
	[WHY] = { FIELD_CHINESE(N_("Which activity"), 60),
		BIND_TEXT(NULL, struct group, activity) },
};

/* ---- the cards: lines, the latest first ---- */

enum { COLUMN_NAME, COLUMN_STATE, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("For whom"), .min = 10 },
	[COLUMN_STATE] = { NULL, .min = 12, .max = 30 },
	[COLUMN_POINTS] = { N_("Points"), .min = 6, .max = 12, .align_right = true,
		.is_whole = true },
};

static void points_group_cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct group *g = context;
	const struct given *given = &g->given[g->count - 1 - row];

	ret->style = STYLE_PAPER;
	if (column == COLUMN_NAME)
		ret->text = mem_text(given->name);
	else if (column == COLUMN_POINTS)
		ret->text = mem_printf("%" PRId64, given->earned.points.n);
	else
		ret->text = mem_text(given->earned.is_waiting  ? _("to be approved")
				     : given->earned.is_capped ? _("the limit is reached")
							       : "");
}

/* ---- life ---- */

/* What is done together is usually an activity. */
static int points_group_usual_rule(const struct earn_rule_list *rules)
{
	for (int i = 0; i < rules->count; i++)
		if (rules->rows[i].source == EARN_ACTIVITY)
			return i;
	return 0;
}

/* All rules except those where a neighbour pays: they need two people (skills.c). */
static int group_load(struct app *app, void *self, struct err *err)
{
	struct group *g = self;
	struct earn_rule_list *rules = &g->rules;
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = g,
		.cell = points_group_cell,
		.empty = N_("Scan the first card."),
	};
	int kept = 0;

	g->list = list_create(&options);
	TRY(earn_rules(kiosk_of(app)->db, rules, err));
	for (int i = 0; i < rules->count; i++)
		if (rules->rows[i].payer != EARN_FROM_ASKER)
			rules->rows[kept++] = rules->rows[i];
		else
			earn_rule_finish(&rules->rows[i]);
	rules->count = kept;
	for (int i = 0; i < kept; i++)
		form_page_pick(self, RULE, rules->rows[i].id, rules->rows[i].name);
	g->rule = points_group_usual_rule(rules);
	return kept ? 0 : err_set(err, ERR_NOT_FOUND, REASON(EARN_RULE_UNKNOWN));
}

static void group_finish(void *self)
{
	struct group *g = self;

	for (int i = 0; i < g->count; i++)
		free(g->given[i].name);
	free(g->given);
	list_destroy(g->list);
	earn_rule_list_finish(&g->rules);
}

/* ---- the form ---- */

static const struct earn_rule *points_group_rule_of(const struct group *g)
{
	return &g->rules.rows[form_choice(form_page_form(g), RULE)];
}

static void group_head(struct app *app, void *self, struct rect *area)
{
	CLEANUP(mem_free) char *terms = words_earn_terms(points_group_rule_of(self));

	form_page_head(area, points_group_rule_of(self)->name, terms);
}

static int group_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	((struct group *)self)->draft = ((const struct group *)filled)->draft;
	return 0;
}

/* The cards are above the form, which owns everything. */
static void group_saved(struct app *app, void *self, const struct form_done *done)
{
	clerk_hush(app);
	app_push(app, &cards_screen, self);
}

static const struct action form_actions[] = {
	{ K_F10, N_("Scan cards"), N_("Goes on to the cards of those who get points."),
		form_page_submit },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct form_page group_page = {
	.screen = FORM_SCREEN_WITH(N_("Points for a group"), form_actions, clerk_scan_later),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct group),
	.load = group_load,
	.head = group_head,
	.save = group_save,
	.saved = group_saved,
	.finish = group_finish,
};

void points_group_open(struct app *app)
{
	form_page_open(app, &group_page, &(struct group){ 0 });
}

/* ---- the cards ---- */

static bool points_group_has_got(const struct group *g, int64_t resident)
{
	for (int i = 0; i < g->count; i++)
		if (g->given[i].resident == resident)
			return true;
	return false;
}

static int points_group_give(
	struct app *app, struct group *g, int64_t resident, const char *name, struct err *err)
{
	struct act act = clerk_act(app, resident);
	const char *activity = form_text(form_page_form(g), WHY);
	CLEANUP(mem_free) char *why = *activity ? clerk_why(&act, activity) : NULL;
	struct earned earned;

	act.why = why ? why : act.why;
	g->draft.whose = HOLDER_RESIDENT(resident);
	TRY(earn(kiosk_of(app)->db, &act, &g->draft, &earned, err));
	g->given = mem_resize(g->given, (size_t)(g->count + 1) * sizeof(*g->given));
	g->given[g->count++] = (struct given){ resident, mem_text(name), earned };
	list_set_count(g->list, g->count);
	list_select(g->list, 0);
	return 0;
}

static void points_group_serve(struct app *app, struct group *g, int64_t resident)
{
	CLEANUP(mem_free) char *name = NULL;
	struct err err = { 0 };

	if (clerk_name(kiosk_of(app), resident, &name, &err) < 0) {
		clerk_tell_err(app, &err);
	} else if (points_group_has_got(g, resident)) {
		banner_set(&kiosk_of(app)->news, BANNER_NEEDED, name,
			_("has them already; nothing was given again"));
		app_sound(app, SOUND_NEEDED);
	} else if (points_group_give(app, g, resident, name, &err) < 0) {
		clerk_tell_err(app, &err);
	} else {
		CLEANUP(mem_free)
		char *points = words_points(g->given[g->count - 1].earned.points.n);
		clerk_tell_done(app, name, points);
	}
	app_redraw(app);
}

static void points_group_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct group *g = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	if (moving_card(kiosk_of(app), &code, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		points_group_serve(app, g, resident);
	app_redraw(app);
}

static void points_group_numbered(struct app *app, void *context, int64_t n)
{
	struct group *g = context;
	struct resident resident;
	struct err err = { 0 };

	if (n < 0)
		return;
	if (resident_by_number(kiosk_of(app)->db, n, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		points_group_serve(app, g, resident.id);
}

static void points_group_type_number(struct app *app, void *self)
{
	const struct amount_request request = {
		.title = _("Resident no."),
		.max = NUMBER_MAX,
		.done = points_group_numbered,
		.context = self,
	};

	amount_open(app, &request);
}

/* All done: the form, with nothing left to ask, closes too. */
static void points_group_finish(struct app *app, void *self)
{
	(void)self;
	app_pop(app);
	app_pop(app);
}

static bool cards_key(struct app *app, void *self, const struct key *key)
{
	struct group *g = self;

	return clerk_list_key(app, g->list, key, NULL, g);
}

static void cards_draw(struct app *app, void *self, struct rect area)
{
	struct group *g = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	group_head(app, g, &area);
	draw_textf(
		area, 0, 0, STYLE_PAPER, _("%d so far. Scan one card after the other."), g->count);
	rect_cut_top(&area, 2);
	list_draw(g->list, area);
}

static const struct action cards_actions[] = {
	{ '0', N_("By number"), N_("For somebody whose card cannot be scanned."),
		points_group_type_number },
	{ K_F10, N_("Finish"), N_("Everybody has theirs."), points_group_finish },
	{ K_ESC, N_("Finish"), NULL, points_group_finish, .place = ACTION_HIDDEN },
	{ 0 },
};

static const struct screen cards_screen = {
	.title = N_("Points for a group"),
	.actions = cards_actions,
	.is_modal = true,
	.draw = cards_draw,
	.key = cards_key,
	.scan = points_group_scan,
};
