/* Who is in which room: signing out, changing the number; and signing in people without a card. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/venues/session_list.h"
#include "core/venues/venue.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/rooms/rooms.h"

#define REFRESH_SEC 10

struct presence {
	struct list_page page;
	struct session_rows all;
	int64_t read_at;
};

/* ---- the list ---- */

enum { COLUMN_ROOM, COLUMN_WHO, COLUMN_PEOPLE, COLUMN_SINCE };

static const struct list_column columns[] = {
	[COLUMN_ROOM] = { N_("Venue"), .min = 8, .max = 20 },
	[COLUMN_WHO] = { NC_("room", "Who"), .min = 8 },
	[COLUMN_PEOPLE] = { NC_("count", "People"), .min = 4, .max = 6, .align_right = true },
	[COLUMN_SINCE] = { N_("Since"), .min = 10, .max = 40, .is_whole = true },
};

static char *presence_since_text(const struct presence *p, const struct session_row *row)
{
	CLEANUP(mem_free) char *since = words_time(row->session.in_at);
	CLEANUP(mem_free)
	char *until = row->booked_until ? words_time(row->booked_until) : NULL;

	if (!until)
		return TAKE(since);
	return session_is_overstay(row, kiosk_now(p->page.kiosk))
		       ? mem_printf(_("%s, was booked until %s"), since, until)
		       : mem_printf(_("%s, booked until %s"), since, until);
}

static void presence_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct presence *p = self;
	const struct session_row *session = row;
	const char *name = *(char *const *)list_page_extra(self, row);
	bool is_over = session_is_overstay(session, kiosk_now(p->page.kiosk));

	switch (column) {
	case COLUMN_ROOM:
		ret->text = mem_text(session->venue_name);
		break;
	case COLUMN_WHO:
		ret->text = mem_text(name ? name : _("without a card"));
		break;
	case COLUMN_PEOPLE:
		ret->text = mem_printf("%" PRId64, session->session.people);
		break;
	default:
		ret->text = presence_since_text(p, session);
		ret->style = is_over ? STYLE_NEEDED : STYLE_PAPER;
	}
}

static const char *presence_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct presence *p = self;
	bool is_over = session_is_overstay(row, kiosk_now(p->page.kiosk));

	*ret_style = is_over ? STYLE_NEEDED : STYLE_DONE;
	return is_over ? "!" : "✓";
}

static int presence_read(void *self, struct err *err)
{
	struct presence *p = self;

	p->read_at = kiosk_now(p->page.kiosk);
	return sessions_present(p->page.kiosk->db, 0, &p->all, err);
}

/* NULL: unknown people. */
static int presence_read_name(void *self, const void *row, void *extra, struct err *err)
{
	const struct presence *p = self;
	const struct session_row *session = row;
	char **name = extra;

	if (session->session.resident)
		return clerk_name(p->page.kiosk, session->session.resident, name, err);
	*name = *session->body ? mem_text(session->body) : NULL;
	return 0;
}

static void presence_forget(void *self)
{
	session_rows_finish(&((struct presence *)self)->all);
}

static void presence_tick(struct app *app, void *self)
{
	struct presence *p = self;

	if (kiosk_now(kiosk_of(app)) >= p->read_at + REFRESH_SEC)
		list_page_refresh(p);
}

/* ---- people: how many, and in which room ---- */

enum { ROOM, COUNT, FIELD_COUNT };

struct people_form {
	int64_t session; /* whose number changes; 0: they come in without a card */
	const char *room;
	int64_t people, venue;
};

static int people_form_venue(struct app *app, void *self, void *filled, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	struct people_form *f = filled;
	long long number;

	if (f->session)
		return 0;
	TRY(text_integer(f->room, "venue", 1, 9999, &number, err));
	TRY(venue_by_number(kiosk_of(app)->db, number, &venue, err));
	f->venue = venue.id;
	return 0;
}

static const struct form_row people_rows[FIELD_COUNT] = {
	[ROOM] = { FIELD_DIGITS(N_("Number of the room"), 4),
		BIND_TEXT(NULL, struct people_form, room) },
	[COUNT] = { FIELD_DIGITS(NC_("count", "People"), 4),
		BIND_NUMBER("people", struct people_form, people, 1, 10000),
		.take = people_form_venue },
};

/* Those whose number changes are in a room already: only the last field is asked for. */
static int people_form_shape(void *self, struct form_row *copy)
{
	if (!((struct people_form *)self)->session)
		return FIELD_COUNT;
	copy[0] = copy[COUNT];
	return 1;
}

static int people_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct people_form *f = filled;
	const struct session_request request = { .venue = f->venue, .people = f->people };
	const struct act act = clerk_act(app, 0);
	struct db *db = kiosk_of(app)->db;
	int64_t id;

	if (f->session)
		TRY(session_set_people(db, &act, f->session, f->people, err));
	else
		TRY(session_open(db, &act, &request, &id, err));
	form_done(done, _("Noted down"), NULL);
	return 0;
}

static bool people_form_refused(struct app *app, void *self, const struct err *err)
{
	clerk_tell_err(app, err);
	return true;
}

static void people_form_below(struct app *app, void *self, struct rect area)
{
	CLEANUP(venue_list_finish) struct venue_list venues = { 0 };
	struct err ignored = { 0 };

	if (((struct people_form *)self)->session ||
		venue_list(kiosk_of(app)->db, &venues, &ignored) < 0)
		return;
	for (int i = 0; i < venues.count; i++)
		draw_textf(area, i, 0, STYLE_QUIET, "%" PRId64 "  %s", venues.rows[i].number,
			venues.rows[i].name);
}

static const struct action people_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), form_page_submit },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct form_page people_page = {
	.screen = FORM_SCREEN_WITH(N_("People in a room"), people_actions, clerk_scan_later),
	.rows = people_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct people_form),
	.form_rows = 6,
	.below = people_form_below,
	.shape = people_form_shape,
	.save = people_form_save,
	.refused = people_form_refused,
};

static void presence_people_open(struct app *app, int64_t session)
{
	form_page_open(app, &people_page, &(struct people_form){ .session = session });
}

/* ---- what can be done ---- */

static bool presence_has_line(struct app *app, void *self)
{
	return clerk_is_on(app, self) && list_page_row(self);
}

static void presence_sign_out(struct app *app, void *self)
{
	const struct session_row *row = list_page_row(self);
	struct act act = clerk_act(app, row->session.resident);
	struct err err = { 0 };

	int r = session_end(kiosk_of(app)->db, &act, row->session.id, true, &err);
	list_page_conclude(self, r, &err, _("Signed out"), NULL);
}

static void presence_count_anew(struct app *app, void *self)
{
	const struct session_row *row = list_page_row(self);

	presence_people_open(app, row->session.id);
}

static void presence_visitors(struct app *app, void *self)
{
	(void)self;
	presence_people_open(app, 0);
}

static const struct action presence_actions[] = {
	{ '1', N_("Sign out"), N_("They have left."), presence_sign_out, presence_has_line,
		.place = ACTION_TILE },
	{ '2', N_("How many"), N_("Puts the number of people right."), presence_count_anew,
		presence_has_line, .place = ACTION_TILE },
	{ '3', N_("Without a card"), N_("People come in who have no card."), presence_visitors,
		clerk_is_on, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind presence_page = {
	.screen = LIST_PAGE(N_("Who is in"), presence_actions, .tick = presence_tick),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct presence, all),
	.empty = N_("Nobody is signed in."),
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = presence_read,
	.forget = presence_forget,
	.extra_size = sizeof(char *),
	.read_extra = presence_read_name,
	.forget_extra = mem_free,
	.cell = presence_cell,
	.mark = presence_mark,
};

void presence_open(struct app *app)
{
	list_page_open(app, &presence_page);
}
