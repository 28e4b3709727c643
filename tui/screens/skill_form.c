/* Help between neighbours, agreed on: who helps whom, with what, for how long. */
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/people/reasons.h"
#include "core/points/reasons.h"
#include "core/points/skill_service.h"
#include "core/words_points.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"

enum { SIDE, OTHER, RULE, MINUTES, FIELD_COUNT };
enum { IS_HELPED, HELPS };
static const char *const side_choices[] = { N_("I am helped by"), N_("I help"), NULL };

struct skill_form {
	int64_t resident;
	struct form *form;
	struct form_field fields[FIELD_COUNT];
	struct earn_rule_list rules; /* those for skills */
	const char **choices;        /* their names */
	char *state;
};

static const struct screen skill_form_screen;

static const struct form_field fields[FIELD_COUNT] = {
	[SIDE] = { .label = N_("Which side"), .kind = FORM_CHOICE, .choices = side_choices },
	[OTHER] = { .label = N_("The neighbour's number"),
		.kind = FORM_DIGITS,
		.help = N_("scan the card, or type the number"),
		.max_chars = 9 },
	[RULE] = { .label = N_("With what"), .kind = FORM_CHOICE },
	[MINUTES] = { .label = N_("Minutes"), .kind = FORM_DIGITS, .max_chars = 4 },
};

static int read_rules(struct kiosk *kiosk, struct skill_form *f, struct err *err)
{
	int kept = 0;

	TRY(earn_rules(kiosk->db, &f->rules, err));
	for (int i = 0; i < f->rules.count; i++)
		if (f->rules.rows[i].source == EARN_SKILL)
			f->rules.rows[kept++] = f->rules.rows[i];
		else
			earn_rule_finish(&f->rules.rows[i]);
	f->rules.count = kept;
	f->choices = mem_alloc((size_t)(kept + 1) * sizeof(*f->choices));
	for (int i = 0; i < kept; i++)
		f->choices[i] = f->rules.rows[i].name;
	return kept ? 0 : err_set(err, ERR_NOT_FOUND, REASON(EARN_RULE_UNKNOWN));
}

static void form_free(struct skill_form *f)
{
	form_destroy(f->form);
	earn_rule_list_finish(&f->rules);
	free(f->choices);
	free(f->state);
	free(f);
}

void skill_form_open(struct app *app, int64_t resident)
{
	struct skill_form *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	clerk_hush(app);
	f->resident = resident;
	if (read_rules(kiosk_of(app), f, &err) < 0) {
		form_free(f);
		clerk_tell_err(app, &err);
		return;
	}
	memcpy(f->fields, fields, sizeof(fields));
	f->fields[RULE].choices = f->choices;
	f->form = form_create(f->fields, FIELD_COUNT, f, NULL);
	form_set_text(f->form, MINUTES, "60");
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &skill_form_screen, f);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	form_free(self);
}

static int agree(struct app *app, const struct skill_form *f, struct err *err)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct act act = desk_act(kiosk->desk);
	bool helps = form_choice(f->form, SIDE) == HELPS;
	long long minutes;
	int64_t other, id;

	TRY(text_integer(form_text(f->form, OTHER), "resident", 1, 999999999, &minutes, err));
	TRY(moving_resident(kiosk, form_text(f->form, OTHER), &other, err));
	TRY(text_integer(form_text(f->form, MINUTES), "minutes", 1, 1440, &minutes, err));
	const struct skill_draft draft = { .rule = f->rules.rows[form_choice(f->form, RULE)].id,
		.helper = helps ? f->resident : other,
		.asker = helps ? other : f->resident,
		.minutes = minutes };
	return skill_agree(kiosk->db, &act, &draft, &id, err);
}

static void submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_RESIDENT_UNKNOWN, "", OTHER },
		{ REASON_RESIDENT_LEFT, "", OTHER },
		{ REASON_NONE, "resident", OTHER },
		{ REASON_NONE, "minutes", MINUTES },
	};
	struct skill_form *f = self;
	struct err err = { 0 };

	if (agree(app, f, &err) < 0) {
		clerk_blame(app, f->form, at, ARRAY_LEN(at), &err);
		return;
	}
	app_sound(app, SOUND_DONE);
	app_pop(app);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct skill_form *f = self;

	return clerk_form_key(app, f->form, key, submit, f);
}

/* The neighbour's card fills in their number. */
static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct skill_form *f = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	if (moving_card(kiosk_of(app), &code, &resident, &err) < 0) {
		clerk_tell_err(app, &err);
	} else {
		CLEANUP(mem_free) char *number = moving_number_of(kiosk_of(app), resident);
		form_set_text(f->form, OTHER, number);
	}
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct skill_form *f = self;
	CLEANUP(mem_free)
	char *terms = words_earn_terms(&f->rules.rows[form_choice(f->form, RULE)]);

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_fit(area, 0, 0, area.cols, STYLE_QUIET, terms);
	rect_cut_top(&area, 2);
	form_draw(f->form, area);
}

static void back(struct app *app, void *self)
{
	struct skill_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

static const struct action actions[] = {
	{ K_F10, N_("Agree"), N_("Keeps what is filled in."), submit },
	{ K_ESC, N_("Back"), NULL, back },
	{ 0 },
};

static const struct screen skill_form_screen = {
	.name = "skill form",
	.title = N_("Neighbours' help"),
	.actions = actions,
	.is_modal = true,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};
