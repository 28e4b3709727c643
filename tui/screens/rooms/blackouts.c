/* Times out of use of a room: what is ahead, and a new one. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/venues/call_off.h"
#include "core/venues/reasons.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/rooms/rooms.h"

#define AHEAD_DAYS 400

struct blackouts {
	struct list_page page;
	int64_t venue;
	struct blackout_list all;
};

/* ---- the list ---- */

static const struct list_column columns[] = {
	{ N_("From"), .min = 16, .max = 34, .is_whole = true },
	{ N_("Until"), .min = 16, .max = 34, .is_whole = true },
	{ N_("Why"), .min = 8 },
};

static void blackouts_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct blackouts *s = self;
	const struct blackout *b = row;
	int64_t now = kiosk_now(s->page.kiosk);

	ret->text = column == 0   ? words_instant(b->start_at, now)
		    : column == 1 ? words_instant(b->end_at, now)
				  : mem_text(b->name);
}

static int blackouts_read(void *self, struct err *err)
{
	struct blackouts *s = self;
	int64_t now = kiosk_now(s->page.kiosk);
	int64_t until = when_day_start(day_add(when_day(now), AHEAD_DAYS));

	return blackouts_between(s->page.kiosk->db, s->venue, now, until, &s->all, err);
}

static void blackouts_forget(void *self)
{
	blackout_list_finish(&((struct blackouts *)self)->all);
}

static void blackouts_take_out(struct app *app, void *self)
{
	const struct blackout *blackout = list_page_row(self);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = blackout_remove(kiosk_of(app)->db, &act, blackout->id, &err);
	list_page_conclude(self, r, &err, _("In use again at this time"), NULL);
}

/* ---- a new one ---- */

enum { FROM_DAY, FROM, UNTIL_DAY, UNTIL, WHY, CANCEL, FIELD_COUNT };

struct blackout_form {
	struct blackout_draft draft;
	const char *from_day, *from, *until_day, *until;
	bool cancels; /* what is booked then */
};

#define WHEN(words, chars, hint, member) \
	FIELD_TEXT(words, chars), HINT(hint), BIND_TEXT(NULL, struct blackout_form, member)

static int blackouts_take_instant(
	const char *day_text, const char *time_text, int64_t *ret, struct err *err)
{
	struct day day;
	int minutes;

	TRY(day_parse(day_text, &day, err));
	TRY(minutes_read(time_text, &minutes, err));
	*ret = when_instant(day, minutes / 60, minutes % 60, 0);
	return 0;
}

static int blackout_form_times(struct app *app, void *self, void *filled, struct err *err)
{
	struct blackout_form *f = filled;
	const char *until_day = *f->until_day ? f->until_day : f->from_day;

	TRY(blackouts_take_instant(f->from_day, f->from, &f->draft.start_at, err));
	return blackouts_take_instant(until_day, f->until, &f->draft.end_at, err);
}

static const struct form_row blackout_rows[FIELD_COUNT] = {
	[FROM_DAY] = { WHEN(N_("From the day"), 10, "2026-11-21", from_day) },
	[FROM] = { WHEN(N_("From"), 5, "9:00", from) },
	[UNTIL_DAY] = { WHEN(N_("Until the day"), 10, N_("empty: the same"), until_day) },
	[UNTIL] = { WHEN(N_("Until"), 5, "12:00", until), .take = blackout_form_times,
		.codes = { REASON_DATE_BAD } },
	[WHY] = { FIELD_CHINESE(N_("Why"), 30), HINT(N_("such as: painting")),
		BIND_TEXT("blackout", struct blackout_form, draft.name) },
	[CANCEL] = { FIELD_CHECK(N_("Cancel what is booked then")),
		HELP(N_("Call these people first.")), BIND_FACT(struct blackout_form, cancels),
		.codes = { REASON_BLACKOUT_BOOKED } },
};

static int blackout_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct blackout_form *f = filled;
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *why = clerk_why(&act, f->draft.name);
	int64_t id;

	if (f->cancels) {
		act.is_override = true;
		act.why = why;
	}
	TRY(blackout_add(kiosk_of(app)->db, &act, &f->draft, &id, err));
	form_done(done, _("Out of use at this time"), NULL);
	return 0;
}

static const struct form_page blackout_page = {
	.screen = FORM_SCREEN(N_("Out of use")),
	.rows = blackout_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct blackout_form),
	.save = blackout_form_save,
};

static void blackouts_open_form(struct app *app, void *self)
{
	char today[11];

	day_format(when_day(kiosk_now(kiosk_of(app))), today);
	form_page_open(app, &blackout_page,
		&(struct blackout_form){
			.draft.venue = ((struct blackouts *)self)->venue, .from_day = today });
}

/* ---- tables ---- */

static const struct action blackouts_actions[] = {
	{ '1', N_("New"), N_("Takes the room out of use for a time."), blackouts_open_form },
	{ K_DELETE, N_("Take it out"), N_("The room is in use then after all."), blackouts_take_out,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind blackouts_page = {
	.screen = LIST_PAGE(N_("Out of use"), blackouts_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct blackouts, all),
	.empty = N_("In use at all its hours."),
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = blackouts_read,
	.forget = blackouts_forget,
	.cell = blackouts_cell,
};

void blackouts_open(struct app *app, int64_t venue)
{
	struct blackouts *s = list_page_create(app, &blackouts_page);

	s->venue = venue;
	list_page_show(s);
}
