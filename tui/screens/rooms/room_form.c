/* A form for a room's policy: what the wall says and what is enforced are this row. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/site/reasons.h"
#include "core/venues/thing.h"
#include "core/venues/venue_hours.h"
#include "core/words_venues.h"
#include "tui/pages/form_page.h"
#include "tui/screens/rooms/rooms.h"

enum {
	NAME,
	CAPACITY,
	HOURS,
	HOLIDAYS,
	BOOKABLE,
	SHARED,
	APPROVAL,
	SLOT,
	MIN,
	MAX,
	NOTICE,
	AHEAD,
	BUFFER,
	WINDOW,
	WEEK,
	MONTH,
	FEE,
	DEPOSIT,
	PARTNER,
	SHARE,
	KEYS,
	EQUIPMENT,
	FIELD_COUNT
};

static const char *const holiday_choices[] = { N_("as on other days"), N_("closed"),
	N_("as on Sundays"), NULL };

struct room_form {
	struct venue venue; /* id 0: a new one */
	char *hours;
	const char *key, *equipment;
};

#define TEXT(name, member) BIND_TEXT(name, struct room_form, member)
#define FACT(member)       BIND_FACT(struct room_form, venue.policy.member)
#define NUMBER(words, member)   \
	FIELD_DIGITS(words, 6), \
		BIND_NUMBER_OR(0, #member, struct room_form, venue.policy.member, 0, 1000000)

static const struct form_row rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(N_("Name of the room"), 40), TEXT("name", venue.name),
		.codes = { REASON_NAME_EXISTS } },
	[CAPACITY] = { FIELD_DIGITS(N_("How many people"), 6),
		BIND_NUMBER_OR(0, "capacity", struct room_form, venue.capacity, 0, 1000000) },
	[HOURS] = { FIELD_TEXT(N_("Hours of its own"), 200), HINT(N_("empty: those of the house")),
		HELP(N_("Such as: 1-5 9:00-12:00, 6-7 9:00-21:00 (1 is Monday).")),
		TEXT(NULL, hours), .codes = { REASON_HOURS_BAD, REASON_DATE_BAD } },
	[HOLIDAYS] = { FIELD_CHOICE(N_("On holidays"), holiday_choices),
		BIND_CHOICE(struct room_form, venue.policy.holidays) },
	[BOOKABLE] = { FIELD_CHECK(N_("Can be booked")), FACT(is_bookable) },
	[SHARED] = { FIELD_CHECK(N_("Several parties at once")), FACT(is_shared) },
	[APPROVAL] = { FIELD_CHECK(N_("Bookings need a yes")), FACT(needs_approval) },
	[SLOT] = { NUMBER(N_("Fixed times, minutes"), slot_minutes),
		HELP(N_("Empty or 0: any time.")) },
	[MIN] = { NUMBER(N_("Shortest, minutes"), min_minutes) },
	[MAX] = { NUMBER(N_("Longest, minutes"), max_minutes) },
	[NOTICE] = { NUMBER(N_("Notice, minutes"), notice_minutes),
		HELP(N_("So long before it begins, at least.")) },
	[AHEAD] = { NUMBER(N_("Ahead, days"), ahead_days), HELP(N_("So far ahead, at most.")) },
	[BUFFER] = { NUMBER(N_("Kept free behind, minutes"), buffer_minutes) },
	[WINDOW] = { NUMBER(N_("To sign in, minutes"), window_minutes),
		HELP(N_("Who has not come by then loses the booking.")) },
	[WEEK] = { NUMBER(N_("Each person, hours a week"), week_hours),
		HELP(N_("Empty or 0: no limit.")) },
	[MONTH] = { NUMBER(N_("Each person, hours a month"), month_hours),
		HELP(N_("Empty or 0: no limit.")) },
	[FEE] = { NUMBER(N_("Fee, points"), fee) },
	[DEPOSIT] = { NUMBER(N_("Deposit, points"), deposit) },
	[PARTNER] = { FIELD_CHINESE(N_("Run by"), 40), HINT(N_("empty: by the community itself")),
		TEXT("partner", venue.partner) },
	[SHARE] = { NUMBER(N_("Share given back, percent"), share_percent) },
	[KEYS] = { FIELD_CHINESE(N_("A key or remote more"), 20), HINT(N_("handed over and back")),
		TEXT("thing", key) },
	[EQUIPMENT] = { FIELD_CHINESE(N_("Comes with, one more"), 20),
		HINT(N_("such as: projector")), TEXT(NULL, equipment) },
};

static int room_form_load(struct app *app, void *self, struct err *err)
{
	struct room_form *f = self;
	struct db *db = kiosk_of(app)->db;
	CLEANUP(mem_free) struct opening *week = NULL;

	if (!f->venue.id) {
		f->hours = mem_text("");
		return 0;
	}
	TRY(venue_get(db, f->venue.id, &f->venue, err));
	int count = venue_week(db, f->venue.id, &week, err);
	if (count < 0)
		return count;
	f->hours = hours_write(week, count);
	return 0;
}

static void room_form_finish(void *self)
{
	struct room_form *f = self;

	venue_finish(&f->venue);
	free(f->hours);
}

/* ---- saving ---- */

static int room_form_add_thing(
	struct db *db, const struct act *act, const struct thing_draft *draft, struct err *err)
{
	int64_t id;

	return *draft->name ? thing_add(db, act, draft, &id, err) : 0;
}

static int room_form_save_hours(struct db *db, const struct act *act, const char *before,
	const struct room_form *f, struct err *err)
{
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = hours_parse(f->hours, &week, err);
	if (count < 0)
		return count;
	CLEANUP(mem_free) char *written = hours_write(week, count);
	return strcmp(written, before) == 0
		       ? 0
		       : venue_week_set(db, act, f->venue.id, week, count, err);
}

/* A separate intention of the same person at the same time: needs its own key. */
static const struct act *room_form_next(struct act *act)
{
	act_new_key(act->key);
	return act;
}

/* All of it or nothing. */
static int room_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	struct room_form *f = filled;
	const struct room_form *before = self;
	struct db *db = kiosk_of(app)->db;
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct act act = clerk_act(app, 0);
	const struct venue_draft draft = { f->venue.name, f->venue.capacity };

	TRY(txn_begin(&t, db, err));
	if (!f->venue.id)
		TRY(venue_add(db, room_form_next(&act), &draft, &f->venue.id, err));
	const struct thing_draft key = { f->venue.id, f->key, .is_handed = true };
	const struct thing_draft equipment = { f->venue.id, f->equipment };
	TRY(venue_edit(db, room_form_next(&act), &f->venue, err));
	TRY(room_form_save_hours(db, room_form_next(&act), before->hours, f, err));
	TRY(room_form_add_thing(db, room_form_next(&act), &key, err));
	TRY(room_form_add_thing(db, room_form_next(&act), &equipment, err));
	TRY(txn_commit(&t, err));
	form_done(done, _("This holds from now on"), NULL);
	return 0;
}

static const struct form_page room_page = {
	.screen = FORM_SCREEN(N_("A room and its policy")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct room_form),
	.load = room_form_load,
	.save = room_form_save,
	.finish = room_form_finish,
};

void room_form_open(struct app *app, int64_t venue)
{
	const struct room_form seed = { .venue = { .id = venue,
						.policy = { .is_bookable = true,
							.min_minutes = 30,
							.max_minutes = 240,
							.ahead_days = 30,
							.window_minutes = 15 } } };

	form_page_open(app, &room_page, &seed);
}
