/* Points for somebody by a rule: who, which rule, how many minutes or times; the result is shown
 * before it is posted. */
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/points/earning.h"
#include "core/points/ledger.h"
#include "core/points/reasons.h"
#include "core/words_points.h"
#include "tui/pages/moving.h"
#include "tui/screens/points/points.h"
#include "tui/widgets/dialog.h"

enum { WHO, RULE, NUMBER, BEGAN, WHY, FIELD_COUNT };

struct points_give {
	int64_t number; /* the resident's */
	int rule;       /* which of `rules` */
	const char *count, *began;
	char *why;
	struct earn_rule_list rules;
	struct earn_draft draft;
};

static int points_give_who(struct app *app, void *self, void *filled, struct err *err)
{
	struct points_give *g = filled;
	struct resident resident;

	TRY(resident_by_number(kiosk_of(app)->db, g->number, &resident, err));
	g->draft.whose = HOLDER_RESIDENT(resident.id);
	return 0;
}

static int points_give_draft(struct app *app, void *self, void *filled, struct err *err)
{
	struct points_give *g = filled;
	struct holder whose = g->draft.whose;

	TRY(clerk_earn_draft(
		kiosk_of(app), &g->rules.rows[g->rule], g->count, g->began, &g->draft, err));
	g->draft.whose = whose;
	return 0;
}

static const struct form_row rows[FIELD_COUNT] = {
	[WHO] = { FIELD_DIGITS(N_("Resident no."), 9),
		BIND_NUMBER("resident", struct points_give, number, 1, 999999999),
		.codes = { REASON_RESIDENT_UNKNOWN }, .take = points_give_who },
	[RULE] = { FIELD_CHOICE(N_("By which rule"), NULL), BIND_CHOICE(struct points_give, rule),
		.codes = { REASON_EARN_RULE_ENDED } },
	[NUMBER] = { FIELD_DIGITS(N_("Minutes, or how many times"), 5),
		HELP(N_("minutes for a rule by the hour")),
		BIND_TEXT("count", struct points_give, count), .names[1] = "minutes" },
	[BEGAN] = { FIELD_TEXT(N_("Began at"), 5), HINT(N_("such as 19:30")),
		HELP(N_("Minutes at night and on holidays weigh as the rule says.")),
		BIND_TEXT("began", struct points_give, began), .take = points_give_draft },
	[WHY] = { FIELD_CHINESE(N_("Note"), 60), BIND_TEXT(NULL, struct points_give, why) },
};

static int points_give_load(struct app *app, void *self, struct err *err)
{
	struct points_give *g = self;

	TRY(earn_rules(kiosk_of(app)->db, &g->rules, err));
	for (int i = 0; i < g->rules.count; i++)
		form_page_pick(self, RULE, g->rules.rows[i].id, g->rules.rows[i].name);
	return g->rules.count ? 0 : err_set(err, ERR_NOT_FOUND, REASON(EARN_RULE_UNKNOWN));
}

static void points_give_finish(void *self)
{
	struct points_give *g = self;

	earn_rule_list_finish(&g->rules);
	free(g->why);
}

static void points_give_head(struct app *app, void *self, struct rect *area)
{
	const struct points_give *g = self;
	const struct earn_rule *rule = &g->rules.rows[form_choice(form_page_form(self), RULE)];
	CLEANUP(mem_free) char *terms = words_earn_terms(rule);

	form_page_head(area, rule->name, terms);
}

/* ---- shown, then given ---- */

/* The result, with each limit that applies. */
static char *points_give_preview_text(struct kiosk *kiosk, const struct points_give *g,
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

/* Nothing is given yet: the result is shown first. */
static int points_give_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct points_give *now = filled;
	struct points_give *g = self;
	struct kiosk *kiosk = kiosk_of(app);
	struct earned earned;

	g->draft = now->draft;
	free(g->why);
	g->why = mem_text(now->why);
	const struct act act = clerk_act(app, g->draft.whose.resident);
	TRY(earn_preview(kiosk->db, &act, &g->draft, &earned, err));
	CLEANUP(mem_free) char *text = points_give_preview_text(kiosk, g, &earned, err);
	form_done(done, _("Give these points?"), text);
	return text ? 0 : (int)err->code;
}

static void points_give_given(struct app *app, void *context, int button)
{
	const struct points_give *g = context;
	struct act act = clerk_act(app, g->draft.whose.resident);
	struct earned earned;
	struct err err = { 0 };

	if (button != 0)
		return;
	act.why = *g->why ? g->why : act.why;
	if (earn(kiosk_of(app)->db, &act, &g->draft, &earned, &err) < 0) {
		form_page_blame(app, context, &err);
		return;
	}
	CLEANUP(mem_free) char *points = words_points(earned.points.n);
	app_pop(app);
	clerk_tell_done(
		app, earned.is_waiting ? _("It waits for the coordinator") : _("Given"), points);
}

static void points_give_saved(struct app *app, void *self, const struct form_done *done)
{
	const char *const buttons[] = { _("Give them"), _("Change something"), NULL };
	const struct dialog dialog = {
		.title = done->title,
		.text = done->text,
		.buttons = buttons,
		.done = points_give_given,
		.context = self,
	};

	dialog_open(app, &dialog);
}

/* A card fills in the person. */
static void points_give_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	if (code_read(bytes, len, NULL).type == CODE_CARD)
		moving_scan_number(app, self, WHO, bytes, len);
	else
		clerk_scan_later(app, self, bytes, len);
}

static const struct action actions[] = {
	{ K_F10, N_("Preview"), N_("Shows what it will be; then asks."), form_page_submit },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct form_page points_give_page = {
	.screen = FORM_SCREEN_WITH(N_("Give points"), actions, points_give_scan),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct points_give),
	.load = points_give_load,
	.head = points_give_head,
	.save = points_give_save,
	.saved = points_give_saved,
	.finish = points_give_finish,
};

void points_give_open(struct app *app)
{
	form_page_open(app, &points_give_page, &(struct points_give){ 0 });
}
