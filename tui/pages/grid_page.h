/* A screen that is a week_grid: one const table, and a struct that begins with a `struct
 * grid_page`. Twin of list_page.h, with the same promises: only `read` reads the database, and
 * `self` is that struct everywhere.
 *
 *   static const struct grid_page_kind rooms_day_page = {
 *           .screen = GRID_PAGE(N_("Rooms of the day"), actions),
 *           .size = sizeof(struct rooms_day),
 *           .grid = { .head = rooms_day_head, .side = rooms_day_side, .cell = rooms_day_cell,
 *                   .empty = N_("No room is open on this day.") },
 *           .read = rooms_day_read,
 *           .forget = rooms_day_forget,
 *           .turn = rooms_day_turn,
 *   };
 *
 * Keys of the screen's actions come before the grid's own. Enter and a press on a cell run the
 * action for K_ENTER, if it is available. */
#pragma once

#include "tui/pages/clerk.h"
#include "tui/widgets/week_grid.h"

struct grid_page_kind;

/* The first member of a screen's struct. */
struct grid_page {
	const struct grid_page_kind *kind;
	struct app *app;
	struct kiosk *kiosk;
	struct week_grid *grid;
	int rows, columns; /* of the grid: set by `read` */
	bool is_unread;    /* the last reading failed */
	enum i18n_language language;
};

struct grid_page_kind {
	struct screen screen;          /* a GRID_PAGE */
	size_t size;                   /* of the screen's struct */
	struct week_grid_options grid; /* its context is self */
	bool is_hushed;                /* what was told elsewhere is cleared when it opens */
	bool is_endless;               /* what ← and → turn to goes on at the other end */

	int (*read)(void *self, struct err *err);
	void (*forget)(void *self); /* frees what was read; also runs before reading again; NULL */
	void (*finish)(void *self); /* the page is gone: frees what else it owns; NULL: nothing */
	/* ← in the first column (−1), → in the last one (1): what comes before or after is to be
	 * shown. Reading again is the page's matter. NULL: nothing does. */
	void (*turn)(void *self, int steps);

	/* What is shown above tiles and news, and below the grid; each cuts its place off. */
	void (*head)(void *self, struct rect *area);
	void (*foot)(void *self, struct rect *area);
};

/* Creates a page and shows it. A screen that needs to know something before it reads creates it,
 * fills its struct in (zeroed until then) and shows it. The page frees the struct. */
void grid_page_open(struct app *, const struct grid_page_kind *);
void *grid_page_create(struct app *, const struct grid_page_kind *);
void grid_page_show(void *self);

/* The marked cell; row −1: none. */
int grid_page_row(const void *self);
int grid_page_column(const void *self);
void grid_page_select(void *self, int row, int column);

/* Reads again. */
void grid_page_refresh(void *self);
/* Turns, as ← and → do at an end. */
void grid_page_turn(void *self, int steps);
/* After an act: reads again, then tells its error or what was done. */
void grid_page_conclude(
	void *self, int r, const struct err *err, const char *title, const char *text);

/* ---- for the tables ---- */

void grid_page_next(struct app *app, void *self); /* rows of an action table: turn by 1 or −1 */
void grid_page_previous(struct app *app, void *self);
void grid_page_enter(struct app *app, void *self);
void grid_page_resume(struct app *app, void *self);
void grid_page_leave(struct app *app, void *self);
void grid_page_draw(struct app *app, void *self, struct rect area);
bool grid_page_key(struct app *app, void *self, const struct key *key);

#define GRID_PAGE(title_, actions_)                                                           \
	{                                                                                     \
		.title = title_, .actions = actions_, .enter = grid_page_enter,               \
		.resume = grid_page_resume, .leave = grid_page_leave, .draw = grid_page_draw, \
		.key = grid_page_key, .scan = clerk_scan                                      \
	}
