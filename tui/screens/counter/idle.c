/* The board: what a scan will do, what is going on, who is on duty. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/board.h"
#include "core/desk/desk.h"
#include "core/venues/booking.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/devices.h"
#include "tui/pages/news.h"
#include "tui/screens/counter/counter.h"
#include "tui/screens/items/screens.h"
#include "tui/widgets/big_words.h"
#include "tui/widgets/wrap.h"

#define NEXT_MAX       4
#define SIDE_FROM      72          /* columns: what goes on stands beside the invitation */
#define ROOMY_ROWS     14          /* of the side: each room has a line */
#define HOW_ROWS       9           /* how to borrow and return, below such a headline */
#define BELOW_HEADLINE 8           /* rows that a headline drawn large leaves at least */
#define BANNER_MS      (30 * 1000) /* news leaves the public board by itself */

struct idle {
	struct board board;
	bool has_board;
	int64_t board_minute;
	int64_t told_ms; /* when the news was first seen; 0: there is none */
};

void *idle_create(void)
{
	return mem_alloc(sizeof(struct idle));
}

static void idle_board_refresh(struct app *app, struct idle *idle)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct err err = { 0 };
	struct board board;

	idle->board_minute = kiosk_now(kiosk) / 60;
	if (board_get(kiosk->db, kiosk_now(kiosk), &board, &err) < 0) {
		news_tell_err(app, &kiosk_of(app)->news, &err);
		return;
	}
	if (idle->has_board)
		board_finish(&idle->board);
	idle->board = board;
	idle->has_board = true;
	CLEANUP(mem_free)
	char *house = board.site.community[0]
			      ? mem_printf("%s · %s", board.site.name, board.site.community)
			      : mem_text(board.site.name);
	app_set_house(app, house);
}

static void idle_enter(struct app *app, void *self)
{
	idle_board_refresh(app, self);
}

static void idle_leave(struct app *app, void *self)
{
	struct idle *idle = self;

	(void)app;
	if (idle->has_board)
		board_finish(&idle->board);
	free(idle);
}

/* News leaves the public board by itself, however it came. */
static void idle_tick(struct app *app, void *self)
{
	struct idle *idle = self;
	struct kiosk *kiosk = kiosk_of(app);
	int64_t now_ms = clock_ms(kiosk->context->clock);

	if (kiosk->news.kind == BANNER_NONE) {
		idle->told_ms = 0;
	} else if (!idle->told_ms) {
		idle->told_ms = now_ms;
	} else if (now_ms >= idle->told_ms + BANNER_MS) {
		counter_hush(kiosk);
		app_redraw(app);
	}
}

/* ---- drawing ---- */

/* The loop of the counter: what a first-time visitor needs to know. Words, not digits: digits look
 * like keys. */
static const struct {
	const char *when, *what;
} steps[] = {
	{ N_("First"), N_("scan your card") },
	{ N_("Then"), N_("scan what you take") },
	{ N_("Last"), N_("Enter, then the receipt") },
};

static int idle_step_col(void)
{
	int col = 0;

	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		if (text_width(_(steps[i].when)) + 2 > col)
			col = text_width(_(steps[i].when)) + 2;
	return col;
}

static int idle_draw_steps(struct rect area, int row)
{
	struct rect what = area;

	rect_cut_left(&what, idle_step_col());
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		draw_text(area, row, 0, STYLE_MARK, _(steps[i].when));
		row = wrap_draw(what, row, STYLE_PAPER, _(steps[i].what));
	}
	return row;
}

static bool idle_are_buttons_side_by_side(int cells)
{
	return draw_button_width("0", _("Type a number")) + 2 +
		       draw_button_width("2", _("Find an item")) <=
	       cells;
}

static int idle_draw_buttons(struct rect area, int row)
{
	int col = draw_button(area, row, 0, "0", _("Type a number"), KEY_OF('0'), false) + 2;

	if (!idle_are_buttons_side_by_side(area.cols)) {
		col = 0;
		row++;
	}
	draw_button(area, row, col, "2", _("Find an item"), KEY_OF('2'), false);
	return row + 1;
}

static const char returning[] = N_("To return something, scan its label: no card needed.");

/* The text in the frame, in a width of `cells`. */
static int idle_invitation_rows(int cells)
{
	int rows = 4 + 1 + (idle_are_buttons_side_by_side(cells) ? 1 : 2) + 1;

	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		rows += wrap_rows(_(steps[i].what), cells - idle_step_col());
	return rows + wrap_rows(_(returning), cells);
}

/* Below a headline that has been drawn large. */
static void idle_draw_how(struct rect area)
{
	draw_text(area, 0, 0, STYLE_STRONG, _("or the label of an item"));
	bool has_steps = !draw_is_large() && area.rows >= HOW_ROWS;
	int row = has_steps ? idle_draw_steps(area, 2) : 1;
	row = idle_draw_buttons(area, row + 1);
	wrap_draw(area, row + 1, STYLE_QUIET, _(returning));
}

/* The same in fewer words, where the first one is too wide. */
static const char *const headlines[] = {
	N_("Please scan your card"),
	N_("Scan card"),
};

/* Across the whole board, where that leaves room for the rest and for `news` rows; cuts its place
 * off the top. */
static bool idle_draw_headline(struct kiosk *kiosk, struct rect *area, int news)
{
	int rows = area->rows - news;

	if (kiosk->chain == CHAIN_UNCHECKED || rows < BIG_ROWS + BELOW_HEADLINE)
		return false;
	struct rect place = *area;
	int gap = rows >= BIG_ROWS + HOW_ROWS + 3 ? 1 : 0; /* and the one around what is below */
	rect_cut_top(&place, gap);
	for (size_t i = 0; i < ARRAY_LEN(headlines); i++)
		if (big_words_center(place, kiosk->face, _(headlines[i]))) {
			rect_cut_top(area, gap + BIG_ROWS);
			return true;
		}
	return false;
}

static void idle_draw_invitation(struct rect area)
{
	struct rect inside = rect_inset(area, 2, 5);
	int rows = area.cols >= 40 ? idle_invitation_rows(inside.cols) + 4 : 0;

	if (rows && rows <= area.rows) {
		area = rect_center(area, rows, area.cols - 2);
		draw_box(area, STYLE_LINE);
		area = rect_inset(area, 2, 4);
	}
	draw_large(area, 0, 0, STYLE_STRONG, _("Please scan your card"));
	draw_text(area, 2, 0, STYLE_PAPER, _("or the label of an item"));
	int row = idle_draw_buttons(area, idle_draw_steps(area, 4) + 1) + 1;
	wrap_draw(area, row, STYLE_QUIET, _(returning));
}

/* Nobody is invited to scan before the desk may act. */
static void idle_draw_checking(struct rect area)
{
	area = rect_inset(area, 2, 4);
	draw_large(area, 0, 0, STYLE_STRONG, _("One moment, please"));
	wrap_draw(area, 2, STYLE_PAPER, _("The records are being checked."));
}

static int idle_draw_head(struct rect area, int row, const char *text)
{
	draw_text(area, row, 0, STYLE_MARK, text);
	return row + 1;
}

/* Who has the room now: until when, and what for. NULL: nobody. */
static const struct booking *idle_booking_now(const struct board *board, int64_t venue, int64_t now)
{
	for (int i = 0; i < board->bookings.count; i++) {
		const struct booking *b = &board->bookings.rows[i];
		if (b->venue == venue && b->is_whole && b->start_at <= now && b->until_at > now)
			return b;
	}
	return NULL;
}

static char *idle_booked_words(const struct booking *b)
{
	CLEANUP(mem_free) char *what = words_booking_public(b);
	CLEANUP(mem_free) char *until = words_time(b->end_at);

	/* What for or by whom, then until when. */
	return mem_printf(_("%s until %s"), what, until);
}

static char *idle_venue_words(const struct board *board, const struct venue *venue, int64_t now)
{
	const struct booking *b = idle_booking_now(board, venue->id, now);

	if (b)
		return idle_booked_words(b);
	if (venue->present)
		return mem_printf(_("%d of %d people"), (int)venue->present, (int)venue->capacity);
	return mem_text(venue->is_open ? _("free") : _("closed"));
}

/* What stands between two blanks is kept whole as long as it fits a line. Returns the rows. */
static int idle_draw_phrases(struct rect area, const char *text)
{
	CLEANUP(mem_free) char *copy = mem_text(text);
	int row = 0, col = 0;

	for (char *phrase = copy, *next; *phrase; phrase = next) {
		next = strstr(phrase, "  ");
		if (next) {
			*next = '\0';
			next += 2;
		} else {
			next = phrase + strlen(phrase);
		}
		int cells = text_width(phrase);
		if (col > 0 && col + cells > area.cols) {
			row++;
			col = 0;
		}
		if (cells > area.cols) {
			row = wrap_draw(area, row, STYLE_PAPER, phrase);
			continue;
		}
		draw_text(area, row, col, STYLE_PAPER, phrase);
		col += cells + 2;
	}
	return col > 0 ? row + 1 : row;
}

static bool idle_is_quiet(const struct board *board, const struct venue *venue, int64_t now)
{
	return !venue->present && !idle_booking_now(board, venue->id, now);
}

static void idle_draw_venue(const struct board *board, const struct venue *venue, struct rect area,
	int row, int64_t now)
{
	CLEANUP(mem_free) char *words = idle_venue_words(board, venue, now);
	CLEANUP(mem_free) char *state = text_fit(words, area.cols - 10);
	int cells = text_width(state);

	draw_fit(area, row, 0, area.cols - cells - 1, STYLE_PAPER, venue->name);
	draw_right(area, row, idle_is_quiet(board, venue, now) ? STYLE_QUIET : STYLE_PAPER, state);
}

/* The names of the rooms in which nothing happens and that are open, or not; "" without any. */
static char *idle_quiet_names(const struct board *board, bool is_open, int64_t now)
{
	char *names = mem_text("");

	for (int i = 0; i < board->venues.count; i++) {
		const struct venue *venue = &board->venues.rows[i];
		if (!idle_is_quiet(board, venue, now) || venue->is_open != is_open)
			continue;
		CLEANUP(mem_free) char *before = names;
		names = mem_printf("%s  %s", before, venue->name);
	}
	return names;
}

/* Rooms in which nothing happens share a line: where there are few. */
static int idle_draw_quiet(const struct board *board, struct rect area, int row, int64_t now)
{
	for (int is_open = 1; is_open >= 0; is_open--) {
		CLEANUP(mem_free) char *names = idle_quiet_names(board, is_open, now);
		CLEANUP(mem_free)
		char *line = mem_printf("%s%s", is_open ? _("free") : _("closed"), names);
		struct rect below = area;
		rect_cut_top(&below, row);
		if (*names)
			row += idle_draw_phrases(below, line);
	}
	return row;
}

static int idle_draw_venues(const struct board *board, struct rect area, int row, int64_t now)
{
	bool is_tight = area.rows < ROOMY_ROWS;

	row = idle_draw_head(area, row, _("Now"));
	for (int i = 0; i < board->venues.count && row < area.rows; i++) {
		const struct venue *venue = &board->venues.rows[i];
		if (!is_tight || !idle_is_quiet(board, venue, now))
			idle_draw_venue(board, venue, area, row++, now);
	}
	return (is_tight ? idle_draw_quiet(board, area, row, now) : row) + 1;
}

/* The next bookings of today. */
static int idle_draw_next(const struct board *board, struct rect area, int row, int64_t now)
{
	int shown = 0;

	for (int i = 0; i < board->bookings.count && shown < NEXT_MAX && row < area.rows; i++) {
		const struct booking *b = &board->bookings.rows[i];
		if (b->start_at <= now)
			continue;
		if (shown++ == 0)
			row = idle_draw_head(area, row, _("Next"));
		CLEANUP(mem_free) char *time = words_time(b->start_at);
		CLEANUP(mem_free) char *what = words_booking_public(b);
		CLEANUP(mem_free) char *line = mem_printf("%s  %s", time, what);
		int cells = text_width(b->venue_name);
		cells = cells > area.cols / 2 ? area.cols / 2 : cells;
		draw_fit(area, row, 0, area.cols - cells - 1, STYLE_PAPER, line);
		draw_fit(area, row++, area.cols - cells, cells, STYLE_QUIET, b->venue_name);
	}
	return shown ? row + 1 : row;
}

static char *idle_people_of(const struct board_shift *row)
{
	char *text = mem_text("");

	for (int i = 0; i < row->shift.people_count; i++) {
		const struct assignment *who = &row->shift.people[i];
		char *more = mem_printf("%s%s%s%s%s", text, i ? "  " : "",
			who->is_leader ? "★" : "", who->stands_for ? "▲" : "", row->names[i]);
		free(text);
		text = more;
	}
	if (shift_open_slots(&row->shift)) {
		char *more = mem_printf(_("%s%s○ %d wanted"), text, text[0] ? "  " : "",
			(int)shift_open_slots(&row->shift));
		free(text);
		text = more;
	}
	return text;
}

static int idle_draw_duty(const struct board *board, struct rect area, int row)
{
	row = idle_draw_head(area, row, _("On duty today"));
	if (!board->shift_count)
		draw_text(area, row++, 0, STYLE_QUIET, _("nobody is down for the rest of today"));
	for (int i = 0; i < board->shift_count && row < area.rows; i++) {
		const struct board_shift *shift = &board->shifts[i];
		CLEANUP(mem_free)
		char *span = words_span(shift->shift.start_at, shift->shift.end_at);
		CLEANUP(mem_free) char *people = idle_people_of(shift);
		struct rect line = area;
		rect_cut_top(&line, row);
		int col = draw_text(line, 0, 0, STYLE_QUIET, span) + 2;
		rect_cut_left(&line, col);
		row += idle_draw_phrases(line, people);
	}
	return row;
}

static void idle_draw_side(struct idle *idle, struct rect area, int64_t now)
{
	int row = idle_draw_venues(&idle->board, area, 0, now);

	row = idle_draw_next(&idle->board, area, row, now);
	idle_draw_duty(&idle->board, area, row);
}

static void idle_draw(struct app *app, void *self, struct rect area)
{
	struct idle *idle = self;

	if (idle->board_minute != kiosk_now(kiosk_of(app)) / 60)
		idle_board_refresh(app, idle);
	int rows = banner_rows(&kiosk_of(app)->news, area.cols - 4);
	bool has_headline = idle_draw_headline(kiosk_of(app), &area, rows ? rows + 1 : 0);
	if (idle->has_board && idle->board.site.motto[0] && area.rows > 18) {
		struct rect foot = rect_cut_bottom(&area, 2);
		draw_fit(foot, 0, 2, foot.cols - 4, STYLE_QUIET, idle->board.site.motto);
	}
	if (rows) {
		struct rect news = rect_cut_bottom(&area, rows + 1);
		banner_draw(&kiosk_of(app)->news, rect_inset(news, 0, 2));
	}
	int side_cols = area.cols >= SIDE_FROM ? area.cols * 45 / 100 : 0;
	if (has_headline && draw_is_large() && area.rows < BIG_ROWS * 2)
		side_cols = 0; /* fewer words, and those large */
	struct rect side = rect_cut_right(&area, side_cols);
	if (kiosk_of(app)->chain == CHAIN_UNCHECKED)
		idle_draw_checking(rect_inset(area, 1, 2));
	else if (has_headline)
		idle_draw_how(rect_inset(area, 1, 4));
	else
		idle_draw_invitation(rect_inset(area, 1, 2));
	if (side_cols && idle->has_board) {
		draw_vline(side, 1, 0, side.rows - 2);
		rect_cut_left(&side, 3);
		rect_cut_right(&side, 2);
		idle_draw_side(idle, rect_inset(side, 1, 0), kiosk_now(kiosk_of(app)));
	}
}

static char *idle_top(struct app *app, void *self)
{
	struct idle *idle = self;
	int64_t now = kiosk_now(kiosk_of(app));
	/* A day of another year is said with its year. */
	struct day today = { 0 };
	if (!app_shows_year(app))
		today = when_day(now);
	CLEANUP(mem_free) char *day = words_date(when_day(now), today);
	CLEANUP(mem_free) char *time = words_time(now);
	CLEANUP(mem_free)
	char *hours = idle->has_board ? words_hours_today(&idle->board.hours, now) : mem_text("");

	return mem_printf("%s  %s  %s", day, time, hours);
}

/* ---- keys ---- */

static bool idle_has_slip(struct app *app, void *self)
{
	(void)self;
	return desk_slip_count(kiosk_of(app)->desk) > 0;
}

static void idle_print_slip(struct app *app, void *self)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct err err = { 0 };

	(void)self;
	int r = desk_return_slip(kiosk->desk, &err);
	if (r < 0)
		news_tell_err(app, &kiosk_of(app)->news, &err);
	else if (r > 0)
		news_tell_done(app, &kiosk_of(app)->news, _("The slip is being printed"), NULL);
	devices_print(kiosk->devices);
}

/* The return whose result is shown. */
static bool idle_has_return(struct app *app, void *self)
{
	struct kiosk *kiosk = kiosk_of(app);
	const struct outcome *returned = desk_board_return(kiosk->desk);

	(void)self;
	return returned && returned->loan == kiosk->news_loan;
}

static void idle_tell(struct app *app, void *self, struct outcome *o)
{
	((struct idle *)self)->told_ms = 0;
	counter_outcome(app, &kiosk_of(app)->news, o);
}

static void idle_undo(struct app *app, void *self)
{
	struct outcome o = OUTCOME_INIT;

	desk_undo(kiosk_of(app)->desk, &o);
	idle_tell(app, self, &o);
}

static void idle_report(struct app *app, void *self)
{
	struct outcome o = OUTCOME_INIT;

	desk_report(kiosk_of(app)->desk, &o);
	idle_tell(app, self, &o);
}

static void idle_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	((struct idle *)self)->told_ms = 0;
	counter_scan(app, &kiosk_of(app)->news, bytes, len);
}

static void idle_refresh(struct app *app, void *self)
{
	idle_board_refresh(app, self);
	app_redraw(app);
}

/* Somebody who comes back sees the board at once; what has changed meanwhile follows. */
static void idle_resume(struct app *app, void *self)
{
	((struct idle *)self)->told_ms = 0;
	counter_hush(kiosk_of(app));
	app_after(app, 0, idle_refresh, self);
}

static const struct action actions[] = {
	{ '0', N_("Type a number"), N_("For a card or label that cannot be scanned."),
		.opens = number_open, .place = ACTION_TILE },
	{ '2', N_("Find an item"), N_("Finds an item by name, pinyin or number."),
		.opens = item_find_open, .place = ACTION_TILE },
	{ '8', N_("Return slip"), N_("Prints a slip for what you have just returned."),
		idle_print_slip, idle_has_slip },
	{ '7', N_("Damaged or incomplete"),
		N_("Says that what you have just brought back has to be looked at."), idle_report,
		idle_has_return },
	{ K_BACKSPACE, N_("Undo"), N_("Takes back that it was returned."), idle_undo,
		idle_has_return },
	{ 0 },
};

const struct screen idle_screen = {
	.actions = actions,
	.enter = idle_enter,
	.resume = idle_resume,
	.leave = idle_leave,
	.draw = idle_draw,
	.top = idle_top,
	.scan = idle_scan,
	.tick = idle_tick,
};
