/* Help between neighbours, agreed on: who helps whom, with what, for how long. */
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/points/reasons.h"
#include "core/points/skill_service.h"
#include "core/words_points.h"
#include "tui/pages/moving.h"
#include "tui/screens/points/points.h"

enum { SIDE, OTHER, RULE, MINUTES, FIELD_COUNT };
enum { IS_HELPED, HELPS };
static const char *const side_choices[] = { N_("I am helped by"), N_("I help"), NULL };

struct skill_form {
	int64_t resident;
	struct earn_rule_list rules; /* those for skills */
	int side, rule;              /* rule: which of them */
	int64_t number, minutes;     /* number: the neighbour's */
	int64_t other;               /* the neighbour */
};

static int skill_form_other(struct app *app, void *self, void *filled, struct err *err)
{
	struct skill_form *f = filled;
	struct resident resident;

	TRY(resident_by_number(kiosk_of(app)->db, f->number, &resident, err));
	f->other = resident.id;
	return 0;
}

static const struct form_row rows[FIELD_COUNT] = {
	[SIDE] = { FIELD_CHOICE(N_("Which side"), side_choices),
		BIND_CHOICE(struct skill_form, side) },
	[OTHER] = { FIELD_DIGITS(N_("The neighbour's number"), 9),
		HELP(N_("scan the card, or type the number")),
		BIND_NUMBER("resident", struct skill_form, number, 1, 999999999),
		.codes = { REASON_RESIDENT_UNKNOWN, REASON_RESIDENT_LEFT },
		.take = skill_form_other },
	[RULE] = { FIELD_CHOICE(N_("With what"), NULL), BIND_CHOICE(struct skill_form, rule) },
	[MINUTES] = { FIELD_DIGITS(N_("Minutes"), 4),
		BIND_NUMBER("minutes", struct skill_form, minutes, 1, 1440) },
};

static int skill_form_load(struct app *app, void *self, struct err *err)
{
	struct skill_form *f = self;
	int kept = 0;

	TRY(earn_rules(kiosk_of(app)->db, &f->rules, err));
	for (int i = 0; i < f->rules.count; i++)
		if (f->rules.rows[i].source == EARN_SKILL)
			f->rules.rows[kept++] = f->rules.rows[i];
		else
			earn_rule_finish(&f->rules.rows[i]);
	f->rules.count = kept;
	for (int i = 0; i < kept; i++)
		form_page_pick(self, RULE, f->rules.rows[i].id, f->rules.rows[i].name);
	return kept ? 0 : err_set(err, ERR_NOT_FOUND, REASON(EARN_RULE_UNKNOWN));
}

static void skill_form_head(struct app *app, void *self, struct rect *area)
{
	const struct skill_form *f = self;
	int rule = form_choice(form_page_form(self), RULE);
	CLEANUP(mem_free) char *terms = words_earn_terms(&f->rules.rows[rule]);

	draw_fit(*area, 0, 0, area->cols, STYLE_QUIET, terms);
	rect_cut_top(area, 2);
}

static int skill_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct skill_form *f = filled;
	struct kiosk *kiosk = kiosk_of(app);
	const struct act act = desk_act(kiosk->desk);
	const struct skill_draft draft = { .rule = f->rules.rows[f->rule].id,
		.helper = f->side == HELPS ? f->resident : f->other,
		.asker = f->side == HELPS ? f->other : f->resident,
		.minutes = f->minutes };
	int64_t id;

	return skill_agree(kiosk->db, &act, &draft, &id, err);
}

static void skill_form_saved(struct app *app, void *self, const struct form_done *done)
{
	app_sound(app, SOUND_DONE);
	app_pop(app);
}

/* The neighbour's card fills in their number. */
static void skill_form_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	moving_scan_number(app, self, OTHER, bytes, len);
}

static void skill_form_finish(void *self)
{
	earn_rule_list_finish(&((struct skill_form *)self)->rules);
}

static const struct action actions[] = {
	{ K_F10, N_("Agree"), N_("Keeps what is filled in."), form_page_submit },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct form_page skill_page = {
	.screen = FORM_SCREEN_WITH(N_("Neighbours' help"), actions, skill_form_scan),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct skill_form),
	.hush = FORM_HUSH_OPEN,
	.load = skill_form_load,
	.head = skill_form_head,
	.save = skill_form_save,
	.saved = skill_form_saved,
	.finish = skill_form_finish,
};

void skill_form_open(struct app *app, int64_t resident)
{
	form_page_open(
		app, &skill_page, &(struct skill_form){ .resident = resident, .minutes = 60 });
}
