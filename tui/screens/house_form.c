/* The house itself: what stands at the head of screens and papers, and when it is open. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/site/hours.h"
#include "core/site/reasons.h"
#include "core/site/site.h"
#include "tui/screens/clerk.h"
#include "tui/screens/form_page.h"
#include "tui/screens/screens.h"

enum { NAME, COMMUNITY, PHONE, ADDRESS, MOTTO, HOURS, FIELD_COUNT };

#define CHINESE(words, chars)                                                                 \
	{                                                                                     \
		.label = (words), .kind = FORM_TEXT, .max_chars = (chars), .is_chinese = true \
	}

static const struct form_field fields[FIELD_COUNT] = {
	[NAME] = CHINESE(N_("Name of the house"), 30),
	[COMMUNITY] = CHINESE(N_("Community"), 30),
	[PHONE] = { .label = N_("Phone"),
		.kind = FORM_TEXT,
		.help = N_("Stands on every receipt and reminder."),
		.max_chars = 30 },
	[ADDRESS] = CHINESE(N_("Address"), 60),
	[MOTTO] = CHINESE(N_("Line at the foot"), 60),
	[HOURS] = { .label = N_("Opening hours"),
		.kind = FORM_TEXT,
		.hint = N_("empty: closed"),
		.help = N_("Such as: 1-5 9:00-12:00, 6-7 9:00-21:00 (1 is Monday)."),
		.max_chars = 200 },
};

static const struct clerk_field blames[] = {
	{ REASON_HOURS_BAD, "", HOURS },
	{ REASON_DATE_BAD, "", HOURS },
	{ REASON_NONE, "name", NAME },
	{ REASON_NONE, "community", COMMUNITY },
	{ REASON_NONE, "phone", PHONE },
	{ REASON_NONE, "address", ADDRESS },
	{ REASON_NONE, "motto", MOTTO },
};

struct house {
	struct site site; /* as it was */
	char *hours;
};

static int read_all(struct db *db, struct house *ret, struct err *err)
{
	TRY(site_get(db, &ret->site, err));
	return hours_week_text(db, &ret->hours, err);
}

static void show(void *context, struct form *form)
{
	const struct house *house = context;

	form_set_text(form, NAME, house->site.name);
	form_set_text(form, COMMUNITY, house->site.community);
	form_set_text(form, PHONE, house->site.phone);
	form_set_text(form, ADDRESS, house->site.address);
	form_set_text(form, MOTTO, house->site.motto);
	form_set_text(form, HOURS, house->hours);
}

static int save_hours(
	struct app *app, const struct house *house, const struct form *form, struct err *err)
{
	const struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = hours_parse(form_text(form, HOURS), &week, err);
	if (count < 0)
		return count;
	CLEANUP(mem_free) char *written = hours_write(week, count);
	return strcmp(written, house->hours) == 0
		       ? 0
		       : hours_set(kiosk_of(app)->db, &act, week, count, err);
}

/* Both or neither. */
static int save(struct app *app, void *context, const struct form *form, const char **ret_done,
	struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	struct db *db = kiosk_of(app)->db;
	const struct act act = clerk_act(app, 0);
	const struct site site = { .name = form_text(form, NAME),
		.community = form_text(form, COMMUNITY),
		.phone = form_text(form, PHONE),
		.address = form_text(form, ADDRESS),
		.motto = form_text(form, MOTTO) };

	TRY(txn_begin(&txn, db, err));
	TRY(site_set(db, &act, &site, err));
	TRY(save_hours(app, context, form, err));
	TRY(txn_commit(&txn, err));
	*ret_done = _("It is so from now on");
	return 0;
}

static void finish(void *context)
{
	struct house *house = context;

	site_finish(&house->site);
	free(house->hours);
	free(house);
}

static const struct screen house_screen = FORM_PAGE(N_("The house"));

void house_form_open(struct app *app)
{
	struct house *house = mem_alloc(sizeof(*house));
	struct err err = { 0 };

	clerk_hush(app);
	if (read_all(kiosk_of(app)->db, house, &err) < 0) {
		clerk_tell_err(app, &err);
		finish(house);
		return;
	}
	const struct form_page_request request = { .screen = &house_screen,
		.fields = fields,
		.count = FIELD_COUNT,
		.context = house,
		.show = show,
		.save = save,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
		.finish = finish };
	form_page_open(app, &request);
}
