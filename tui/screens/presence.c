/* Who is in which room: signed out, counted anew; and people without a card come in. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/venues/session_list.h"
#include "core/venues/venue.h"
#include "core/words.h"
#include "tui/screens/form_page.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define REFRESH_SEC 10

struct presence {
	struct app *app;
	struct session_rows all;
	int64_t read_at;
	struct list *list;
};

static const struct screen presence_screen;

/* ---- the list ---- */

enum { COLUMN_ROOM, COLUMN_WHO, COLUMN_PEOPLE, COLUMN_SINCE };

static const struct list_column columns[] = {
	[COLUMN_ROOM] = { N_("Venue"), .min = 8, .max = 20 },
	[COLUMN_WHO] = { NC_("room", "Who"), .min = 8 },
	[COLUMN_PEOPLE] = { NC_("count", "People"), .min = 4, .max = 6, .align_right = true },
	[COLUMN_SINCE] = { N_("Since"), .min = 10, .max = 40, .is_whole = true },
};

static char *who_text(const struct presence *p, const struct session_row *row)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err ignored = { 0 };

	if (!row->session.resident)
		return mem_text(*row->body ? row->body : _("without a card"));
	resident_person(kiosk_of(p->app)->db, row->session.resident, &person, &ignored);
	return mem_text(person.name ? person.name : "");
}

static char *since_text(const struct presence *p, const struct session_row *row)
{
	CLEANUP(mem_free) char *since = words_time(row->session.in_at);
	CLEANUP(mem_free)
	char *until = row->booked_until ? words_time(row->booked_until) : NULL;

	if (!until)
		return TAKE(since);
	return session_is_overstay(row, kiosk_now(kiosk_of(p->app)))
		       ? mem_printf(_("%s, was booked until %s"), since, until)
		       : mem_printf(_("%s, booked until %s"), since, until);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct presence *p = context;
	const struct session_row *session = &p->all.rows[row];
	bool is_over = session_is_overstay(session, kiosk_now(kiosk_of(p->app)));

	switch (column) {
	case COLUMN_ROOM:
		ret->text = mem_text(session->venue_name);
		break;
	case COLUMN_WHO:
		ret->text = who_text(p, session);
		break;
	case COLUMN_PEOPLE:
		ret->text = mem_printf("%" PRId64, session->session.people);
		break;
	default:
		ret->text = since_text(p, session);
		ret->style = is_over ? STYLE_NEEDED : STYLE_PAPER;
	}
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct presence *p = context;
	bool is_over = session_is_overstay(&p->all.rows[row], kiosk_now(kiosk_of(p->app)));

	*ret_style = is_over ? STYLE_NEEDED : STYLE_DONE;
	return is_over ? "!" : "✓";
}

static void refresh(struct presence *p)
{
	struct err err = { 0 };

	p->read_at = kiosk_now(kiosk_of(p->app));
	session_rows_finish(&p->all);
	if (sessions_present(kiosk_of(p->app)->db, 0, &p->all, &err) < 0)
		clerk_tell_err(p->app, &err);
	list_set_count(p->list, p->all.count);
	app_redraw(p->app);
}

/* ---- life ---- */

void presence_open(struct app *app)
{
	struct presence *p = mem_alloc(sizeof(*p));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = p,
		.cell = cell,
		.mark = mark,
		.empty = N_("Nobody is signed in."),
	};

	p->app = app;
	p->list = list_create(&options);
	app_push(app, &presence_screen, p);
	refresh(p);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct presence *p = self;

	(void)app;
	session_rows_finish(&p->all);
	list_destroy(p->list);
	free(p);
}

static void tick(struct app *app, void *self)
{
	struct presence *p = self;

	if (kiosk_now(kiosk_of(app)) >= p->read_at + REFRESH_SEC)
		refresh(p);
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

/* Whose number changes is in a room already: only the last field is asked for. */
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
	.screen = FORM_SCREEN_WITH(
		"people", N_("People in a room"), people_actions, clerk_scan_later),
	.rows = people_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct people_form),
	.form_rows = 6,
	.below = people_form_below,
	.shape = people_form_shape,
	.save = people_form_save,
	.refused = people_form_refused,
};

static void people_open(struct app *app, int64_t session)
{
	form_page_open(app, &people_page, &(struct people_form){ .session = session });
}

/* ---- what can be done ---- */

static const struct session_row *selected(const struct presence *p)
{
	int row = list_selected(p->list);

	return row >= 0 && row < p->all.count ? &p->all.rows[row] : NULL;
}

static bool has_line(struct app *app, void *self)
{
	return clerk_is_on(app, self) && selected(self);
}

static void sign_out(struct app *app, void *self)
{
	struct presence *p = self;
	struct act act = clerk_act(app, selected(p)->session.resident);
	struct err err = { 0 };

	int r = session_end(kiosk_of(app)->db, &act, selected(p)->session.id, true, &err);
	refresh(p);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("Signed out"), NULL);
}

static void count_anew(struct app *app, void *self)
{
	people_open(app, selected(self)->session.id);
}

static void visitors(struct app *app, void *self)
{
	(void)self;
	people_open(app, 0);
}

static const struct action actions[] = {
	{ '1', N_("Sign out"), N_("They have left."), sign_out, has_line, .place = ACTION_TILE },
	{ '2', N_("How many"), N_("Puts the number of people right."), count_anew, has_line,
		.place = ACTION_TILE },
	{ '3', N_("Without a card"), N_("People come in who have no card."), visitors, clerk_is_on,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct presence *p = self;

	if (key_digit(key) >= 0)
		return false;
	enum list_answer answer = list_key(p->list, key);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct presence *p = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(p->list, area);
}

static const struct screen presence_screen = {
	.name = "presence",
	.title = N_("Who is in"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
	.tick = tick,
};
