/* The house itself: what is at the head of screens and papers, and when it is open. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/site/hours.h"
#include "core/site/reasons.h"
#include "core/site/site.h"
#include "tui/pages/clerk.h"
#include "tui/pages/form_page.h"
#include "tui/screens/house/house.h"

enum { NAME, COMMUNITY, PHONE, ADDRESS, MOTTO, HOURS, FIELD_COUNT };

struct house {
	struct site site;
	char *hours;
};

#define CHINESE(words, chars, member)                                                      \
	{                                                                                  \
		FIELD_CHINESE(words, chars), BIND_TEXT(#member, struct house, site.member) \
	}

static const struct form_row rows[FIELD_COUNT] = {
	[NAME] = CHINESE(N_("Name of the house"), 30, name),
	[COMMUNITY] = CHINESE(N_("Community"), 30, community),
	[PHONE] = { FIELD_TEXT(N_("Phone"), 30), HELP(N_("Stands on every receipt and reminder.")),
		BIND_TEXT("phone", struct house, site.phone) },
	[ADDRESS] = CHINESE(N_("Address"), 60, address),
	[MOTTO] = CHINESE(N_("Line at the foot"), 60, motto),
	[HOURS] = { FIELD_TEXT(N_("Opening hours"), 200), HINT(N_("empty: closed")),
		HELP(N_("Such as: 1-5 9:00-12:00, 6-7 9:00-21:00 (1 is Monday).")),
		BIND_TEXT(NULL, struct house, hours),
		.codes = { REASON_HOURS_BAD, REASON_DATE_BAD } },
};

static int house_load(struct app *app, void *self, struct err *err)
{
	struct house *house = self;
	struct db *db = kiosk_of(app)->db;

	TRY(site_get(db, &house->site, err));
	return hours_week_text(db, &house->hours, err);
}

static int house_form_save_hours(
	struct app *app, const char *before, const char *typed, struct err *err)
{
	const struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = hours_parse(typed, &week, err);
	if (count < 0)
		return count;
	CLEANUP(mem_free) char *written = hours_write(week, count);
	return strcmp(written, before) == 0 ? 0
					    : hours_set(kiosk_of(app)->db, &act, week, count, err);
}

/* Both or neither. */
static int house_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	struct db *db = kiosk_of(app)->db;
	const struct act act = clerk_act(app, 0);
	const struct house *before = self, *house = filled;

	TRY(txn_begin(&txn, db, err));
	TRY(site_set(db, &act, &house->site, err));
	TRY(house_form_save_hours(app, before->hours, house->hours, err));
	TRY(txn_commit(&txn, err));
	form_done(done, _("It is so from now on"), NULL);
	return 0;
}

static void house_finish(void *self)
{
	struct house *house = self;

	site_finish(&house->site);
	free(house->hours);
}

static const struct form_page house_page = {
	.screen = FORM_SCREEN(N_("The house")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct house),
	.hush = FORM_HUSH_OPEN,
	.load = house_load,
	.save = house_save,
	.finish = house_finish,
};

void house_form_open(struct app *app)
{
	form_page_open(app, &house_page, &(struct house){ 0 });
}
