/* Bookings in a list: the visitor's own, or those that wait for a yes. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/screens/clerk.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct bookings {
	struct app *app;
	int64_t resident; /* 0: what waits for a yes */
	struct booking_list all;
	struct list *list;
};

static const struct screen bookings_screen;

enum { COLUMN_WHEN, COLUMN_ROOM, COLUMN_WHO, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 18, .max = 34, .is_whole = true },
	[COLUMN_ROOM] = { N_("Venue"), .min = 8 },
	[COLUMN_WHO] = { NC_("booking", "Who"), .min = 8, .max = 24 },
	[COLUMN_STATE] = { N_("State"), .min = 8, .max = 16, .is_whole = true },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct bookings *s = context;
	const struct booking *b = &s->all.rows[row];

	ret->style = b->ended_at || b->status == BOOKING_NO_SHOW || b->status == BOOKING_LAPSED
			     ? STYLE_QUIET
			     : STYLE_PAPER;
	switch (column) {
	case COLUMN_WHEN:
		ret->text = room_when(s->app, b->start_at, b->end_at);
		break;
	case COLUMN_ROOM:
		ret->text = mem_text(b->venue_name);
		break;
	case COLUMN_WHO:
		ret->text = s->resident ? mem_text(b->purpose) : room_who(s->app, b);
		break;
	default:
		ret->text = mem_text(words_booking_status(b->status));
	}
}

static void refresh(struct bookings *s)
{
	struct db *db = kiosk_of(s->app)->db;
	struct err err = { 0 };

	booking_list_finish(&s->all);
	int r = s->resident ? bookings_of_resident(db, s->resident, db_now(db), &s->all, &err)
			    : bookings_requested(db, &s->all, &err);
	if (r < 0)
		clerk_tell_err(s->app, &err);
	list_set_count(s->list, s->all.count);
	app_redraw(s->app);
}

void bookings_open(struct app *app, int64_t resident)
{
	struct bookings *s = mem_alloc(sizeof(*s));

	s->app = app;
	s->resident = resident;
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = s,
		.cell = cell,
		.empty = resident ? N_("You have booked nothing.")
				  : N_("Nothing waits to be confirmed."),
		.is_numbered = true,
	};
	s->list = list_create(&options);
	app_push(app, &bookings_screen, s);
	refresh(s);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct bookings *s = self;

	(void)app;
	booking_list_finish(&s->all);
	list_destroy(s->list);
	free(s);
}

static bool has_line(struct app *app, void *self)
{
	const struct bookings *s = self;

	(void)app;
	return s->all.count > 0;
}

static void open_page(struct app *app, void *self)
{
	const struct bookings *s = self;

	clerk_hush(app);
	booking_page_open(app, s->all.rows[list_selected(s->list)].id);
}

static const struct action actions[] = {
	{ K_ENTER, NC_("key", "Open"), N_("Shows the booking and what can be done about it."),
		open_page, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct bookings *s = self;
	enum list_answer answer = list_key(s->list, key);

	if (answer == LIST_CHOSEN)
		open_page(app, s);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct bookings *s = self;

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG,
		s->resident ? _("What you have booked") : _("Bookings to be confirmed"));
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	list_draw(s->list, area);
}

static const struct screen bookings_screen = {
	.name = "bookings",
	.title = N_("Bookings"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
