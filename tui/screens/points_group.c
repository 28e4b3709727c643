/* The same points for many: a rule and a number, then everybody's card. Each card is a posting of
 * its own, within the rule's limits; nobody gets it twice here. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/points/earning.h"
#include "core/points/reasons.h"
#include "core/words_points.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define NUMBER_MAX 999999

enum { RULE, NUMBER, BEGAN, WHY, FIELD_COUNT };

struct given {
	int64_t resident;
	char *name;
	struct earned earned;
};

struct group {
	struct kiosk *kiosk;
	struct form *form;
	struct form_field fields[FIELD_COUNT];
	struct earn_rule_list rules;
	const char **choices; /* their names */
	char *state;
	struct earn_draft draft; /* for the next one */
	struct given *given;     /* the latest last */
	int count;
	struct list *list;
};

static const struct screen form_screen, cards_screen;

static const struct form_field fields[FIELD_COUNT] = {
	[RULE] = { .label = N_("By which rule"), .kind = FORM_CHOICE },
	[NUMBER] = { .label = N_("Minutes, or how many times"),
		.kind = FORM_DIGITS,
		.help = N_("of each of them"),
		.max_chars = 5 },
	[BEGAN] = { .label = N_("Began at"),
		.kind = FORM_TEXT,
		.hint = N_("such as 19:30"),
		.help = N_("Minutes at night and on holidays weigh as the rule says."),
		.max_chars = 5 },
	[WHY] = { .label = N_("Which activity"),
		.kind = FORM_TEXT,
		.max_chars = 60,
		.is_chinese = true },
};

/* ---- the cards: lines, the latest first ---- */

enum { COLUMN_NAME, COLUMN_STATE, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("For whom"), .min = 10 },
	[COLUMN_STATE] = { NULL, .min = 12, .max = 30 },
	[COLUMN_POINTS] = { N_("Points"), .min = 6, .max = 12, .align_right = true,
		.is_whole = true },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
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

/* All but those where a neighbour pays: that takes two (skills.c). */
static int read_rules(struct group *g, struct err *err)
{
	struct earn_rule_list *list = &g->rules;
	int kept = 0;

	TRY(earn_rules(g->kiosk->db, list, err));
	for (int i = 0; i < list->count; i++)
		if (list->rows[i].payer != EARN_FROM_ASKER)
			list->rows[kept++] = list->rows[i];
		else
			earn_rule_finish(&list->rows[i]);
	list->count = kept;
	g->choices = mem_alloc((size_t)(g->rules.count + 1) * sizeof(*g->choices));
	for (int i = 0; i < g->rules.count; i++)
		g->choices[i] = g->rules.rows[i].name;
	return g->rules.count ? 0 : err_set(err, ERR_NOT_FOUND, REASON(EARN_RULE_UNKNOWN));
}

static void group_free(struct group *g)
{
	for (int i = 0; i < g->count; i++)
		free(g->given[i].name);
	free(g->given);
	form_destroy(g->form);
	list_destroy(g->list);
	earn_rule_list_finish(&g->rules);
	free(g->choices);
	free(g->state);
	free(g);
}

/* What is done together is most often an activity. */
static int usual_rule(const struct group *g)
{
	for (int i = 0; i < g->rules.count; i++)
		if (g->rules.rows[i].source == EARN_ACTIVITY)
			return i;
	return 0;
}

void points_group_open(struct app *app)
{
	struct group *g = mem_alloc(sizeof(*g));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = g,
		.cell = cell,
		.empty = N_("Scan the first card."),
	};
	struct err err = { 0 };

	g->kiosk = kiosk_of(app);
	g->list = list_create(&options);
	if (read_rules(g, &err) < 0) {
		group_free(g);
		clerk_tell_err(app, &err);
		return;
	}
	memcpy(g->fields, fields, sizeof(fields));
	g->fields[RULE].choices = g->choices;
	g->form = form_create(g->fields, FIELD_COUNT, g, kiosk_pinyin(g->kiosk));
	form_set_choice(g->form, RULE, usual_rule(g));
	g->state = clerk_form_state(g->form, FIELD_COUNT);
	app_push(app, &form_screen, g);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	group_free(self);
}

/* ---- the form ---- */

static const struct earn_rule *rule_of(const struct group *g)
{
	return &g->rules.rows[form_choice(g->form, RULE)];
}

static int read_draft(struct group *g, struct err *err)
{
	return clerk_earn_draft(g->kiosk, rule_of(g), form_text(g->form, NUMBER),
		form_text(g->form, BEGAN), &g->draft, err);
}

static void submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_NONE, "count", NUMBER },
		{ REASON_NONE, "began", BEGAN },
	};
	struct group *g = self;
	struct err err = { 0 };

	if (read_draft(g, &err) < 0) {
		clerk_blame(app, g->form, at, ARRAY_LEN(at), &err);
		return;
	}
	clerk_hush(app);
	/* The cards lie above the form, which owns all of it. */
	app_push(app, &cards_screen, g);
}

static bool form_screen_key(struct app *app, void *self, const struct key *key)
{
	struct group *g = self;

	return clerk_form_key(app, g->form, key, submit, g);
}

static void form_screen_paste(struct app *app, void *self, const char *text)
{
	form_paste(((struct group *)self)->form, text);
	app_redraw(app);
}

static void draw_rule(const struct group *g, struct rect *area)
{
	CLEANUP(mem_free) char *terms = words_earn_terms(rule_of(g));

	draw_text(*area, 0, 0, STYLE_STRONG, rule_of(g)->name);
	draw_right(*area, 0, STYLE_QUIET, terms);
	rect_cut_top(area, 2);
}

static void form_screen_draw(struct app *app, void *self, struct rect area)
{
	struct group *g = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_rule(g, &area);
	form_draw(g->form, area);
}

static void form_back(struct app *app, void *self)
{
	struct group *g = self;

	clerk_leave_form(app, g->form, FIELD_COUNT, g->state);
}

static const struct action form_actions[] = {
	{ K_F10, N_("Scan cards"), N_("Goes on to the cards of those who get points."), submit },
	{ K_ESC, N_("Back"), NULL, form_back },
	{ 0 },
};

static const struct screen form_screen = {
	.name = "points group",
	.title = N_("Points for a group"),
	.actions = form_actions,
	.is_modal = true,
	.leave = leave,
	.draw = form_screen_draw,
	.key = form_screen_key,
	.scan = clerk_scan_later,
	.paste = form_screen_paste,
};

/* ---- the cards ---- */

static bool has_got(const struct group *g, int64_t resident)
{
	for (int i = 0; i < g->count; i++)
		if (g->given[i].resident == resident)
			return true;
	return false;
}

static int give(
	struct app *app, struct group *g, int64_t resident, const char *name, struct err *err)
{
	struct act act = clerk_act(app, resident);
	const char *activity = form_text(g->form, WHY);
	CLEANUP(mem_free) char *why = *activity ? clerk_why(&act, activity) : NULL;
	struct earned earned;

	act.why = why ? why : act.why;
	g->draft.whose = HOLDER_RESIDENT(resident);
	TRY(earn(g->kiosk->db, &act, &g->draft, &earned, err));
	g->given = mem_resize(g->given, (size_t)(g->count + 1) * sizeof(*g->given));
	g->given[g->count++] = (struct given){ resident, mem_text(name), earned };
	list_set_count(g->list, g->count);
	list_select(g->list, 0);
	return 0;
}

static void serve(struct app *app, struct group *g, int64_t resident)
{
	CLEANUP(mem_free) char *name = NULL;
	struct err err = { 0 };

	if (clerk_name(g->kiosk, resident, &name, &err) < 0) {
		clerk_tell_err(app, &err);
	} else if (has_got(g, resident)) {
		banner_set(&g->kiosk->news, BANNER_NEEDED, name,
			_("has them already; nothing was given again"));
		app_sound(app, SOUND_NEEDED);
	} else if (give(app, g, resident, name, &err) < 0) {
		clerk_tell_err(app, &err);
	} else {
		CLEANUP(mem_free)
		char *points = words_points(g->given[g->count - 1].earned.points.n);
		clerk_tell_done(app, name, points);
	}
	app_redraw(app);
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct group *g = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	if (moving_card(g->kiosk, &code, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		serve(app, g, resident);
	app_redraw(app);
}

static void numbered(struct app *app, void *context, int64_t n)
{
	struct group *g = context;
	struct resident resident;
	struct err err = { 0 };

	if (n < 0)
		return;
	if (resident_by_number(g->kiosk->db, n, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		serve(app, g, resident.id);
}

static void type_number(struct app *app, void *self)
{
	const struct amount_request request = {
		.title = _("Resident no."),
		.max = NUMBER_MAX,
		.done = numbered,
		.context = self,
	};

	amount_open(app, &request);
}

/* All of it is done: the form, with nothing to ask about, goes too. */
static void finish(struct app *app, void *self)
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
	draw_rule(g, &area);
	draw_textf(
		area, 0, 0, STYLE_PAPER, _("%d so far. Scan one card after the other."), g->count);
	rect_cut_top(&area, 2);
	list_draw(g->list, area);
}

static const struct action cards_actions[] = {
	{ '0', N_("By number"), N_("For somebody whose card cannot be scanned."), type_number },
	{ K_F10, N_("Finish"), N_("Everybody has theirs."), finish },
	{ K_ESC, N_("Finish"), NULL, finish, .place = ACTION_HIDDEN },
	{ 0 },
};

static const struct screen cards_screen = {
	.name = "points cards",
	.title = N_("Points for a group"),
	.actions = cards_actions,
	.is_modal = true,
	.draw = cards_draw,
	.key = cards_key,
	.scan = scan,
};
