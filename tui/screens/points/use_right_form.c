/* Agreeing on a right of use in return for a duty: who, what, which duty, the consequence, until
 * when. */
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/points/body.h"
#include "core/rewards/use_right.h"
#include "tui/pages/moving.h"
#include "tui/screens/points/points.h"

enum { RESIDENT, BODY, WHAT, DUTY, CONSEQUENCE, FROM, UNTIL, DAYS, FIELD_COUNT };

struct right_form {
	int64_t number, body; /* the resident's number; 0: none */
	struct use_right_draft draft;
};

#define TEXT(words, hint, name)                                         \
	{                                                               \
		FIELD_CHINESE(words, 100), HINT(hint),                  \
			BIND_TEXT(#name, struct right_form, draft.name) \
	}

static int right_form_whose(struct app *app, void *self, void *filled, struct err *err)
{
	struct right_form *f = filled;
	struct resident resident;

	f->draft.whose = HOLDER_BODY(f->body);
	if (f->body)
		return 0;
	if (!f->number)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "resident"));
	TRY(resident_by_number(kiosk_of(app)->db, f->number, &resident, err));
	f->draft.whose = HOLDER_RESIDENT(resident.id);
	return 0;
}

static const struct form_row rows[FIELD_COUNT] = {
	[RESIDENT] = { FIELD_DIGITS(N_("Resident"), 9),
		HELP(N_("scan the card, or type the number")),
		BIND_NUMBER_OR(0, "resident", struct right_form, number, 1, 999999999),
		.codes = { REASON_RESIDENT_UNKNOWN } },
	[BODY] = { FIELD_CHOICE(N_("Or a body"), NULL), BIND_PICK(struct right_form, body),
		.take = right_form_whose },
	[WHAT] = TEXT(N_("May use"), N_("such as: bed 3 in the garden"), what),
	[DUTY] = TEXT(N_("In return"), N_("such as: waters the garden once a week"), duty),
	[CONSEQUENCE] = TEXT(N_("If not kept"),
		N_("such as: missed twice, the next one in turn has it"), consequence),
	[FROM] = { FIELD_TEXT(N_("From"), 10), BIND_DAY("from", struct right_form, draft.from) },
	[UNTIL] = { FIELD_TEXT(N_("Until"), 10), HELP(N_("Its last day, such as 2027-03-31.")),
		BIND_DAY("until", struct right_form, draft.until) },
	[DAYS] = { FIELD_DIGITS(N_("Look every, days"), 3),
		BIND_NUMBER("days", struct right_form, draft.check_days, 1, 366) },
};

static int right_form_load(struct app *app, void *self, struct err *err)
{
	CLEANUP(body_list_finish) struct body_list all = { 0 };

	TRY(bodies(kiosk_of(app)->db, &all, err));
	form_page_pick(self, BODY, 0, N_("nobody"));
	for (int i = 0; i < all.count; i++)
		form_page_pick(self, BODY, all.rows[i].id, all.rows[i].name);
	return 0;
}

static int right_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct right_form *f = filled;
	const struct act act = clerk_act(app, f->draft.whose.resident);
	int64_t id;

	TRY(use_right_agree(kiosk_of(app)->db, &act, &f->draft, &id, err));
	form_done(done, f->draft.what, _("the right of use is agreed on"));
	return 0;
}

static void right_form_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	moving_scan_number(app, self, RESIDENT, bytes, len);
}

static const struct action actions[] = {
	{ K_F10, N_("Agree"), N_("Keeps what is filled in."), form_page_submit },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct form_page right_page = {
	.screen = FORM_SCREEN_WITH(N_("Rights of use"), actions, right_form_scan),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct right_form),
	.load = right_form_load,
	.save = right_form_save,
};

void use_right_form_open(struct app *app)
{
	const struct right_form seed = { .draft = { .from = when_day(kiosk_now(kiosk_of(app))),
						 .check_days = 7 } };

	form_page_open(app, &right_page, &seed);
}
