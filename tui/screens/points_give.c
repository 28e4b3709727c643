/* Points for somebody by a rule: who, which rule, how many minutes or times; what it will be is
 * shown before it is. */
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/card.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/points/earning.h"
#include "core/points/ledger.h"
#include "core/points/reasons.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"

enum { WHO, RULE, NUMBER, BEGAN, WHY, FIELD_COUNT };

struct points_give {
	struct form *form;
	struct form_field fields[FIELD_COUNT];
	struct earn_rule_list rules;
	const char **choices; /* their names */
	char *state, *why;
	struct earn_draft draft;
};

static const struct screen points_give_screen;

static const struct form_field fields[FIELD_COUNT] = {
	[WHO] = { .label = N_("Resident no."), .kind = FORM_DIGITS, .max_chars = 9 },
	[RULE] = { .label = N_("By which rule"), .kind = FORM_CHOICE },
	[NUMBER] = { .label = N_("Minutes, or how many times"),
		.kind = FORM_DIGITS,
		.help = N_("minutes for a rule by the hour"),
		.max_chars = 5 },
	[BEGAN] = { .label = N_("Began at"),
		.kind = FORM_TEXT,
		.hint = N_("such as 19:30"),
		.help = N_("Minutes at night and on holidays weigh as the rule says."),
		.max_chars = 5 },
	[WHY] = { .label = N_("Note"), .kind = FORM_TEXT, .max_chars = 60, .is_chinese = true },
};

void points_give_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct points_give *g = mem_alloc(sizeof(*g));
	struct err err = { 0 };

	if (earn_rules(kiosk->db, &g->rules, &err) < 0 || g->rules.count == 0) {
		if (!err.code)
			err_set(&err, ERR_NOT_FOUND, REASON(EARN_RULE_UNKNOWN));
		clerk_tell_err(app, &err);
		earn_rule_list_finish(&g->rules);
		free(g);
		app_redraw(app);
		return;
	}
	memcpy(g->fields, fields, sizeof(fields));
	g->choices = mem_alloc((size_t)(g->rules.count + 1) * sizeof(*g->choices));
	for (int i = 0; i < g->rules.count; i++)
		g->choices[i] = g->rules.rows[i].name;
	g->fields[RULE].choices = g->choices;
	g->form = form_create(g->fields, FIELD_COUNT, g, kiosk_pinyin(kiosk));
	g->state = clerk_form_state(g->form, FIELD_COUNT);
	app_push(app, &points_give_screen, g);
}

static void leave(struct app *app, void *self)
{
	struct points_give *g = self;

	(void)app;
	form_destroy(g->form);
	earn_rule_list_finish(&g->rules);
	free(g->choices);
	free(g->state);
	free(g->why);
	free(g);
}

/* ---- what is filled in ---- */

static int read_draft(struct kiosk *kiosk, struct points_give *g, struct err *err)
{
	const struct earn_rule *rule = &g->rules.rows[form_choice(g->form, RULE)];
	struct resident resident;
	long long who;

	TRY(text_integer(form_text(g->form, WHO), "resident", 1, 999999999, &who, err));
	TRY(resident_by_number(kiosk->db, who, &resident, err));
	TRY(clerk_earn_draft(kiosk, rule, form_text(g->form, NUMBER), form_text(g->form, BEGAN),
		&g->draft, err));
	g->draft.whose = HOLDER_RESIDENT(resident.id);
	free(g->why);
	g->why = mem_text(form_text(g->form, WHY));
	return 0;
}

static const struct clerk_field blames[] = {
	{ REASON_NONE, "resident", WHO },
	{ REASON_RESIDENT_UNKNOWN, "", WHO },
	{ REASON_NONE, "count", NUMBER },
	{ REASON_NONE, "minutes", NUMBER },
	{ REASON_NONE, "began", BEGAN },
	{ REASON_EARN_RULE_ENDED, "", RULE },
};

static void blame(struct app *app, struct points_give *g, const struct err *err)
{
	clerk_blame(app, g->form, blames, ARRAY_LEN(blames), err);
}

static void confirmed(struct app *app, void *context, int button)
{
	struct points_give *g = context;
	struct act act = clerk_act(app, g->draft.whose.resident);
	struct earned earned;
	struct err err = { 0 };

	if (button != 0)
		return;
	act.why = *g->why ? g->why : act.why;
	if (earn(kiosk_of(app)->db, &act, &g->draft, &earned, &err) < 0) {
		blame(app, g, &err);
		return;
	}
	CLEANUP(mem_free) char *points = words_points(earned.points.n);
	app_pop(app);
	clerk_tell_done(
		app, earned.is_waiting ? _("It waits for the coordinator") : _("Given"), points);
}

/* What will have been, with each limit that bears on it. */
static char *preview_text(struct kiosk *kiosk, const struct points_give *g,
	const struct earned *earned, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct points before = { 0 };
	int64_t kept = earned->points.n - earned->pooled.n;

	if (resident_person(kiosk->db, g->draft.whose.resident, &person, err) < 0 ||
		points_balance(kiosk->db, g->draft.whose.resident, &before, err) < 0)
		return NULL;
	CLEANUP(mem_free) char *gets = words_points(earned->points.n);
	CLEANUP(mem_free) char *has = words_points(before.n);
	CLEANUP(mem_free) char *will = words_points(before.n + (earned->is_waiting ? 0 : kept));
	return mem_printf(_("%s: %s. Now %s, afterwards %s.%s%s%s"), person.name, gets, has, will,
		earned->is_capped ? _(" The rule's limit made it less.") : "",
		earned->pooled.n ? _(" What is beyond the cap on savings goes to the pool.") : "",
		earned->is_waiting ? _(" It waits for the coordinator's approval.") : "");
}

static void submit(struct app *app, void *self)
{
	struct points_give *g = self;
	struct kiosk *kiosk = kiosk_of(app);
	struct earned earned;
	struct err err = { 0 };

	int r = read_draft(kiosk, g, &err);
	struct act act = clerk_act(app, g->draft.whose.resident);
	if (r == 0)
		r = earn_preview(kiosk->db, &act, &g->draft, &earned, &err);
	CLEANUP(mem_free) char *text = r == 0 ? preview_text(kiosk, g, &earned, &err) : NULL;
	if (!text) {
		blame(app, g, &err);
		return;
	}
	const char *const buttons[] = { _("Give them"), _("Change something"), NULL };
	const struct dialog dialog = {
		.title = _("Give these points?"),
		.text = text,
		.buttons = buttons,
		.done = confirmed,
		.context = g,
	};
	dialog_open(app, &dialog);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct points_give *g = self;

	return clerk_form_key(app, g->form, key, submit, g);
}

static void paste(struct app *app, void *self, const char *text)
{
	struct points_give *g = self;

	form_paste(g->form, text);
	app_redraw(app);
}

/* A card fills in whose it is. */
static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct points_give *g = self;
	struct code code = code_read(bytes, len, NULL);
	struct resident resident;
	struct err err = { 0 };
	struct card card;

	if (code.type != CODE_CARD) {
		clerk_scan_later(app, self, bytes, len);
		return;
	}
	int r = card_find(kiosk_of(app)->db, code.token, &card, &err);
	if (r == 0)
		r = resident_get(kiosk_of(app)->db, card.resident, &resident, &err);
	if (r < 0) {
		clerk_tell_err(app, &err);
	} else {
		CLEANUP(mem_free) char *number = mem_printf("%lld", (long long)resident.number);
		form_set_text(g->form, WHO, number);
	}
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct points_give *g = self;
	CLEANUP(mem_free)
	char *terms = words_earn_terms(&g->rules.rows[form_choice(g->form, RULE)]);

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, g->rules.rows[form_choice(g->form, RULE)].name);
	draw_right(area, 0, STYLE_QUIET, terms);
	rect_cut_top(&area, 2);
	form_draw(g->form, area);
}

static void back(struct app *app, void *self)
{
	struct points_give *g = self;

	clerk_leave_form(app, g->form, FIELD_COUNT, g->state);
}

static const struct action actions[] = {
	{ K_F10, N_("Preview"), N_("Shows what it will be; then asks."), submit },
	{ K_ESC, N_("Back"), NULL, back },
	{ 0 },
};

static const struct screen points_give_screen = {
	.name = "give points",
	.title = N_("Give points"),
	.actions = actions,
	.is_modal = true,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
	.paste = paste,
};
