/* A right of use against a duty, agreed on: who, what, which duty, what follows, until when. */
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/reasons.h"
#include "core/points/body.h"
#include "core/rewards/use_right.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"

enum { RESIDENT, BODY, WHAT, DUTY, CONSEQUENCE, FROM, UNTIL, DAYS, FIELD_COUNT };

struct right_form {
	struct form *form;
	struct form_field fields[FIELD_COUNT];
	struct body_list bodies;
	const char **choices; /* nobody, then their names */
	char *state;
};

static const struct screen form_screen;

static const struct form_field fields[FIELD_COUNT] = {
	[RESIDENT] = { .label = N_("Resident"),
		.kind = FORM_DIGITS,
		.help = N_("scan the card, or type the number"),
		.max_chars = 9 },
	[BODY] = { .label = N_("Or a body"), .kind = FORM_CHOICE },
	[WHAT] = { .label = N_("May use"),
		.kind = FORM_TEXT,
		.hint = N_("such as: bed 3 in the garden"),
		.max_chars = 100,
		.is_chinese = true },
	[DUTY] = { .label = N_("In return"),
		.kind = FORM_TEXT,
		.hint = N_("such as: waters the garden once a week"),
		.max_chars = 100,
		.is_chinese = true },
	[CONSEQUENCE] = { .label = N_("If not kept"),
		.kind = FORM_TEXT,
		.hint = N_("such as: missed twice, the next one in turn has it"),
		.max_chars = 100,
		.is_chinese = true },
	[FROM] = { .label = N_("From"), .kind = FORM_TEXT, .max_chars = 10 },
	[UNTIL] = { .label = N_("Until"),
		.kind = FORM_TEXT,
		.help = N_("Its last day, such as 2027-03-31."),
		.max_chars = 10 },
	[DAYS] = { .label = N_("Look every, days"), .kind = FORM_DIGITS, .max_chars = 3 },
};

static int read_bodies(struct kiosk *kiosk, struct right_form *f, struct err *err)
{
	TRY(bodies(kiosk->db, &f->bodies, err));
	f->choices = mem_alloc((size_t)(f->bodies.count + 2) * sizeof(*f->choices));
	f->choices[0] = N_("nobody");
	for (int i = 0; i < f->bodies.count; i++)
		f->choices[i + 1] = f->bodies.rows[i].name;
	return 0;
}

static void form_free(struct right_form *f)
{
	form_destroy(f->form);
	body_list_finish(&f->bodies);
	free(f->choices);
	free(f->state);
	free(f);
}

void use_right_form_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct right_form *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };
	char today[11];

	if (read_bodies(kiosk, f, &err) < 0) {
		form_free(f);
		clerk_tell_err(app, &err);
		return;
	}
	memcpy(f->fields, fields, sizeof(fields));
	f->fields[BODY].choices = f->choices;
	f->form = form_create(f->fields, FIELD_COUNT, f, kiosk_pinyin(kiosk));
	day_format(when_day(kiosk_now(kiosk)), today);
	form_set_text(f->form, FROM, today);
	form_set_text(f->form, DAYS, "7");
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &form_screen, f);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	form_free(self);
}

/* ---- saving ---- */

static int day_in(
	const struct form *form, int field, const char *what, struct day *ret, struct err *err)
{
	struct err ignored = { 0 };

	return day_parse(form_text(form, field), ret, &ignored) < 0
		       ? err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, what))
		       : 0;
}

static int whose_in(
	struct kiosk *kiosk, const struct right_form *f, struct holder *ret, struct err *err)
{
	int body = form_choice(f->form, BODY);

	*ret = (struct holder){ 0 };
	if (body) {
		*ret = HOLDER_BODY(f->bodies.rows[body - 1].id);
		return 0;
	}
	TRY(moving_resident(kiosk, form_text(f->form, RESIDENT), &ret->resident, err));
	return ret->resident ? 0 : err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "resident"));
}

static int agree(struct app *app, const struct right_form *f, struct err *err)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct use_right_draft draft = { .what = form_text(f->form, WHAT),
		.duty = form_text(f->form, DUTY),
		.consequence = form_text(f->form, CONSEQUENCE) };
	long long days;
	int64_t id;

	TRY(whose_in(kiosk, f, &draft.whose, err));
	TRY(day_in(f->form, FROM, "from", &draft.from, err));
	TRY(day_in(f->form, UNTIL, "until", &draft.until, err));
	TRY(text_integer(form_text(f->form, DAYS), "days", 1, 366, &days, err));
	draft.check_days = days;
	struct act act = clerk_act(app, draft.whose.resident);
	return use_right_agree(kiosk->db, &act, &draft, &id, err);
}

static void submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_RESIDENT_UNKNOWN, "", RESIDENT },
		{ REASON_NONE, "resident", RESIDENT },
		{ REASON_NONE, "what", WHAT },
		{ REASON_NONE, "duty", DUTY },
		{ REASON_NONE, "consequence", CONSEQUENCE },
		{ REASON_NONE, "from", FROM },
		{ REASON_NONE, "until", UNTIL },
		{ REASON_NONE, "days", DAYS },
	};
	struct right_form *f = self;
	CLEANUP(mem_free) char *what = mem_text(form_text(f->form, WHAT));
	struct err err = { 0 };

	if (agree(app, f, &err) < 0) {
		clerk_blame(app, f->form, at, ARRAY_LEN(at), &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, what, _("the right of use is agreed on"));
}

/* ---- keys and drawing ---- */

static bool key(struct app *app, void *self, const struct key *key)
{
	struct right_form *f = self;

	return clerk_form_key(app, f->form, key, submit, f);
}

static void paste(struct app *app, void *self, const char *text)
{
	form_paste(((struct right_form *)self)->form, text);
	app_redraw(app);
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct right_form *f = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	if (moving_card(kiosk_of(app), &code, &resident, &err) < 0) {
		clerk_tell_err(app, &err);
	} else {
		CLEANUP(mem_free) char *number = moving_number_of(kiosk_of(app), resident);
		form_set_text(f->form, RESIDENT, number);
	}
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct right_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(f->form, area);
}

static void back(struct app *app, void *self)
{
	struct right_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

static const struct action actions[] = {
	{ K_F10, N_("Agree"), N_("Keeps what is filled in."), submit },
	{ K_ESC, N_("Back"), NULL, back },
	{ 0 },
};

static const struct screen form_screen = {
	.name = "use right form",
	.title = N_("Rights of use"),
	.actions = actions,
	.is_modal = true,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
	.paste = paste,
};
