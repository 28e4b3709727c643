/* Bookings in a list: the visitor's own, or those that wait for approval. */

#include "core/base/mem.h"
#include "core/venues/booking.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/pages/list_page.h"
#include "tui/screens/rooms/rooms.h"

struct bookings {
	struct list_page page;
	int64_t resident; /* 0: those that wait for approval */
	struct booking_list all;
};

enum { COLUMN_WHEN, COLUMN_ROOM, COLUMN_WHO, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 18, .max = 34, .is_whole = true },
	[COLUMN_ROOM] = { N_("Venue"), .min = 8 },
	[COLUMN_WHO] = { NC_("booking", "Who"), .min = 8, .max = 24 },
	[COLUMN_STATE] = { N_("State"), .min = 8, .max = 16, .is_whole = true },
};

static void bookings_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct bookings *s = self;
	const struct booking *b = row;

	ret->style = b->ended_at || b->status == BOOKING_NO_SHOW || b->status == BOOKING_LAPSED
			     ? STYLE_QUIET
			     : STYLE_PAPER;
	switch (column) {
	case COLUMN_WHEN:
		ret->text = clerk_when(s->page.kiosk, b->start_at, b->end_at);
		break;
	case COLUMN_ROOM:
		ret->text = mem_text(b->venue_name);
		break;
	case COLUMN_WHO:
		ret->text = mem_text(
			s->resident ? b->purpose : *(char *const *)list_page_extra(self, row));
		break;
	default:
		ret->text = mem_text(words_booking_status(b->status));
	}
}

static int bookings_read(void *self, struct err *err)
{
	struct bookings *s = self;
	struct db *db = s->page.kiosk->db;

	return s->resident ? bookings_of_resident(db, s->resident, db_now(db), &s->all, err)
			   : bookings_requested(db, &s->all, err);
}

static void bookings_forget(void *self)
{
	booking_list_finish(&((struct bookings *)self)->all);
}

static int bookings_read_who(void *self, const void *row, void *extra, struct err *err)
{
	const struct bookings *s = self;

	return room_read_who(s->page.app, row, extra, err);
}

static void bookings_open_page(struct app *app, void *self)
{
	const struct booking *b = list_page_row(self);

	clerk_hush(app);
	booking_page_open(app, b->id);
}

static void bookings_head(void *self, struct rect *area)
{
	const struct bookings *s = self;

	clerk_heading(
		area, s->resident ? _("What you have booked") : _("Bookings to be confirmed"));
}

static const struct action bookings_actions[] = {
	{ K_ENTER, NC_("key", "Open"), N_("Shows the booking and what can be done about it."),
		bookings_open_page, list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind bookings_page = {
	.screen = LIST_PAGE(N_("Bookings"), bookings_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct bookings, all),
	.is_numbered = true,
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = bookings_read,
	.forget = bookings_forget,
	.extra_size = sizeof(char *),
	.read_extra = bookings_read_who,
	.forget_extra = mem_free,
	.cell = bookings_cell,
	.head = bookings_head,
};

void bookings_open(struct app *app, int64_t resident)
{
	struct bookings *s = list_page_create(app, &bookings_page);

	s->resident = resident;
	s->page.empty =
		resident ? N_("You have booked nothing.") : N_("Nothing waits to be confirmed.");
	list_page_show(s);
}
