/* A room's policy, filled in: what the wall says and what is enforced are this row. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/site/reasons.h"
#include "core/venues/thing.h"
#include "core/venues/venue_hours.h"
#include "core/words_venues.h"
#include "tui/screens/clerk.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"

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

#define NUMBER(field, text, tip) \
	[field] = { .label = text, .kind = FORM_DIGITS, .max_chars = 6, .help = tip }
static const struct form_field fields[FIELD_COUNT] = {
	[NAME] = { .label = N_("Name of the room"),
		.kind = FORM_TEXT,
		.max_chars = 40,
		.is_chinese = true },
	NUMBER(CAPACITY, N_("How many people"), NULL),
	[HOURS] = { .label = N_("Hours of its own"),
		.kind = FORM_TEXT,
		.hint = N_("empty: those of the house"),
		.help = N_("Such as: 1-5 9:00-12:00, 6-7 9:00-21:00 (1 is Monday)."),
		.max_chars = 200 },
	[HOLIDAYS] = { .label = N_("On holidays"),
		.kind = FORM_CHOICE,
		.choices = holiday_choices },
	[BOOKABLE] = { .label = N_("Can be booked"), .kind = FORM_CHECK },
	[SHARED] = { .label = N_("Several parties at once"), .kind = FORM_CHECK },
	[APPROVAL] = { .label = N_("Bookings need a yes"), .kind = FORM_CHECK },
	NUMBER(SLOT, N_("Fixed times, minutes"), N_("Empty or 0: any time.")),
	NUMBER(MIN, N_("Shortest, minutes"), NULL),
	NUMBER(MAX, N_("Longest, minutes"), NULL),
	NUMBER(NOTICE, N_("Notice, minutes"), N_("So long before it begins, at least.")),
	NUMBER(AHEAD, N_("Ahead, days"), N_("So far ahead, at most.")),
	NUMBER(BUFFER, N_("Kept free behind, minutes"), NULL),
	NUMBER(WINDOW, N_("To sign in, minutes"),
		N_("Who has not come by then loses the booking.")),
	NUMBER(WEEK, N_("Each person, hours a week"), N_("Empty or 0: no limit.")),
	NUMBER(MONTH, N_("Each person, hours a month"), N_("Empty or 0: no limit.")),
	NUMBER(FEE, N_("Fee, points"), NULL),
	NUMBER(DEPOSIT, N_("Deposit, points"), NULL),
	[PARTNER] = { .label = N_("Run by"),
		.kind = FORM_TEXT,
		.hint = N_("empty: by the community itself"),
		.max_chars = 40,
		.is_chinese = true },
	NUMBER(SHARE, N_("Share given back, percent"), NULL),
	[KEYS] = { .label = N_("A key or remote more"),
		.kind = FORM_TEXT,
		.hint = N_("handed over and back"),
		.max_chars = 20,
		.is_chinese = true },
	[EQUIPMENT] = { .label = N_("Comes with, one more"),
		.kind = FORM_TEXT,
		.hint = N_("such as: projector"),
		.max_chars = 20,
		.is_chinese = true },
};

struct room_form {
	struct form *form;
	struct venue venue; /* id 0: a new one */
	char *hours, *state;
};

static const struct screen room_form_screen;

/* Which number of the venue each field of digits writes. */
static int64_t *number_of(struct venue *v, int field)
{
	int64_t *const members[FIELD_COUNT] = {
		[CAPACITY] = &v->capacity,
		[SLOT] = &v->policy.slot_minutes,
		[MIN] = &v->policy.min_minutes,
		[MAX] = &v->policy.max_minutes,
		[NOTICE] = &v->policy.notice_minutes,
		[AHEAD] = &v->policy.ahead_days,
		[BUFFER] = &v->policy.buffer_minutes,
		[WINDOW] = &v->policy.window_minutes,
		[WEEK] = &v->policy.week_hours,
		[MONTH] = &v->policy.month_hours,
		[FEE] = &v->policy.fee,
		[DEPOSIT] = &v->policy.deposit,
		[SHARE] = &v->policy.share_percent,
	};

	return members[field];
}

static bool *fact_of(struct venue *v, int field)
{
	bool *const members[FIELD_COUNT] = {
		[BOOKABLE] = &v->policy.is_bookable,
		[SHARED] = &v->policy.is_shared,
		[APPROVAL] = &v->policy.needs_approval,
	};

	return members[field];
}

static void show_room(struct room_form *f)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		const int64_t *number = number_of(&f->venue, i);
		const bool *fact = fact_of(&f->venue, i);
		CLEANUP(mem_free) char *text = number ? mem_printf("%" PRId64, *number) : NULL;
		if (number && *number)
			form_set_text(f->form, i, text);
		if (fact)
			form_set_choice(f->form, i, *fact);
	}
	form_set_text(f->form, NAME, f->venue.name ? f->venue.name : "");
	form_set_text(f->form, PARTNER, f->venue.partner ? f->venue.partner : "");
	form_set_text(f->form, HOURS, f->hours);
	form_set_choice(f->form, HOLIDAYS, (int)f->venue.policy.holidays);
}

static int read_room(struct db *db, int64_t venue, struct room_form *f, struct err *err)
{
	CLEANUP(mem_free) struct opening *week = NULL;

	f->venue.policy = (struct venue_policy){ .is_bookable = true,
		.min_minutes = 30,
		.max_minutes = 240,
		.ahead_days = 30,
		.window_minutes = 15 };
	if (!venue) {
		f->hours = mem_text("");
		return 0;
	}
	TRY(venue_get(db, venue, &f->venue, err));
	int count = venue_week(db, venue, &week, err);
	if (count < 0)
		return count;
	f->hours = hours_write(week, count);
	return 0;
}

static void finish(struct room_form *f)
{
	form_destroy(f->form);
	venue_finish(&f->venue);
	free(f->hours);
	free(f->state);
	free(f);
}

void room_form_open(struct app *app, int64_t venue)
{
	struct room_form *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	f->form = form_create(fields, FIELD_COUNT, f, kiosk_pinyin(kiosk_of(app)));
	if (read_room(kiosk_of(app)->db, venue, f, &err) < 0) {
		clerk_tell_err(app, &err);
		finish(f);
		return;
	}
	show_room(f);
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &room_form_screen, f);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	finish(self);
}

/* ---- saving ---- */

static int take_room(struct room_form *f, struct err *err)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		int64_t *number = number_of(&f->venue, i);
		bool *fact = fact_of(&f->venue, i);
		long long value = 0;
		if (number && form_text(f->form, i)[0])
			TRY(text_integer(form_text(f->form, i), "number", 0, 1000000, &value, err));
		if (number)
			*number = value;
		if (fact)
			*fact = form_choice(f->form, i) != 0;
	}
	free(f->venue.name);
	free(f->venue.partner);
	f->venue.name = mem_text(form_text(f->form, NAME));
	f->venue.partner = mem_text(form_text(f->form, PARTNER));
	f->venue.policy.holidays = (enum venue_holidays)form_choice(f->form, HOLIDAYS);
	return 0;
}

static int add_thing(
	struct db *db, const struct act *act, const struct room_form *f, int field, struct err *err)
{
	const struct thing_draft draft = {
		.venue = f->venue.id, .name = form_text(f->form, field), .is_handed = field == KEYS
	};
	int64_t id;

	return *draft.name ? thing_add(db, act, &draft, &id, err) : 0;
}

static int save_hours(
	struct db *db, const struct act *act, const struct room_form *f, struct err *err)
{
	CLEANUP(mem_free) struct opening *week = NULL;

	int count = hours_parse(form_text(f->form, HOURS), &week, err);
	if (count < 0)
		return count;
	CLEANUP(mem_free) char *written = hours_write(week, count);
	return strcmp(written, f->hours) == 0
		       ? 0
		       : venue_week_set(db, act, f->venue.id, week, count, err);
}

/* Another intention of the same person at the same time: a key of its own. */
static const struct act *next(struct act *act)
{
	act_new_key(act->key);
	return act;
}

/* All of it or nothing. */
static int save(struct app *app, struct room_form *f, struct err *err)
{
	struct db *db = kiosk_of(app)->db;
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct act act = clerk_act(app, 0);
	const struct venue_draft draft = { .name = form_text(f->form, NAME),
		.capacity = f->venue.capacity };
	int64_t id = f->venue.id;

	TRY(txn_begin(&t, db, err));
	if (!id)
		TRY(venue_add(db, next(&act), &draft, &id, err));
	struct venue venue = f->venue;
	venue.id = id;
	TRY(venue_edit(db, next(&act), &venue, err));
	struct room_form named = *f;
	named.venue.id = id;
	TRY(save_hours(db, next(&act), &named, err));
	TRY(add_thing(db, next(&act), &named, KEYS, err));
	TRY(add_thing(db, next(&act), &named, EQUIPMENT, err));
	return txn_commit(&t, err);
}

static const struct clerk_field blames[] = {
	{ REASON_NAME_EXISTS, "", NAME },
	{ REASON_HOURS_BAD, "", HOURS },
	{ REASON_DATE_BAD, "", HOURS },
	{ REASON_NONE, "name", NAME },
	{ REASON_NONE, "capacity", CAPACITY },
	{ REASON_NONE, "slot_minutes", SLOT },
	{ REASON_NONE, "min_minutes", MIN },
	{ REASON_NONE, "max_minutes", MAX },
	{ REASON_NONE, "notice_minutes", NOTICE },
	{ REASON_NONE, "ahead_days", AHEAD },
	{ REASON_NONE, "buffer_minutes", BUFFER },
	{ REASON_NONE, "window_minutes", WINDOW },
	{ REASON_NONE, "week_hours", WEEK },
	{ REASON_NONE, "month_hours", MONTH },
	{ REASON_NONE, "fee", FEE },
	{ REASON_NONE, "deposit", DEPOSIT },
	{ REASON_NONE, "partner", PARTNER },
	{ REASON_NONE, "share_percent", SHARE },
	{ REASON_NONE, "thing", KEYS },
};

static void submit(struct app *app, void *self)
{
	struct room_form *f = self;
	struct err err = { 0 };

	int r = take_room(f, &err);
	if (r == 0)
		r = save(app, f, &err);
	if (r < 0) {
		clerk_blame(app, f->form, blames, ARRAY_LEN(blames), &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("This holds from now on"), NULL);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct room_form *f = self;

	return clerk_form_key(app, f->form, key, submit, f);
}

static void paste(struct app *app, void *self, const char *text)
{
	struct room_form *f = self;

	form_paste(f->form, text);
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct room_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(f->form, area);
}

static void back(struct app *app, void *self)
{
	struct room_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), submit },
	{ K_ESC, N_("Back"), NULL, back },
	{ 0 },
};

static const struct screen room_form_screen = {
	.name = "room",
	.title = N_("A room and its policy"),
	.actions = actions,
	.is_modal = true,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
	.paste = paste,
};
