/* A screen that is a list: one const table, and a struct that begins with a `struct list_page`.
 * What all of them share happens here: reading when the screen comes up, forgetting when it goes,
 * paging, keys, news and drawing.
 *
 *   struct bodies {
 *           struct list_page page;
 *           struct body_list all;
 *   };
 *
 *   static const struct list_page_kind bodies_page = {
 *           .screen = LIST_PAGE(N_("Bodies"), bodies_actions),
 *           LIST_PAGE_COLUMNS(columns),
 *           LIST_PAGE_ROWS(struct bodies, all),
 *           .empty = N_("No team, party branch or merchant holds points yet."),
 *           .read = bodies_read,
 *           .forget = bodies_forget,
 *           .cell = bodies_cell,
 *   };
 *
 * `self` is that struct everywhere. Only `read`, `read_more` and `read_extra` read the database;
 * `cell` runs at every redraw and never does. What a line shows that its row does not hold is the
 * row's extra. What could not be read is not shown, and the news tells why.
 *
 * Enter, a digit and a press on a line run the screen's action for K_ENTER, if it is available. */
#pragma once

#include <stddef.h>

#include "core/base/mem.h"
#include "tui/pages/clerk.h"
#include "tui/widgets/list.h"

struct list_page_kind;

/* The first member of a screen's struct. */
struct list_page {
	const struct list_page_kind *kind;
	struct app *app;
	struct kiosk *kiosk;
	struct banner *news;
	struct banner own_news;
	struct list *list;
	const char *empty; /* this and the next: the kind's, unless set before the page is shown */
	int column_count;
	void *extras; /* extra_count of them, one for each row from the first on */
	int extra_count;
	bool has_more;
	bool is_unread;              /* the last reading failed */
	enum i18n_language language; /* that it was read in: with another it is read again */
};

/* Where news is shown. With the latter two the page belongs to a visit: its codes go there. */
enum list_page_news {
	LIST_PAGE_NEWS_CLERK, /* the line that all of the clerk's screens share */
	LIST_PAGE_NEWS_OWN,   /* on this page alone */
	LIST_PAGE_NEWS_VISIT, /* on the visit's screen, which is below */
};

/* When news from elsewhere is cleared from the clerk's line. */
enum list_page_hush {
	LIST_PAGE_HUSH_ENTER,
	LIST_PAGE_HUSH_NEVER,
	LIST_PAGE_HUSH_ALWAYS, /* also when the screen above has gone */
};

struct list_page_kind {
	struct screen screen; /* a LIST_PAGE */
	size_t size;          /* of the screen's struct: LIST_PAGE_ROWS */
	size_t rows_at, count_at, row_size;
	const struct list_column *columns;
	int column_count;
	const char *empty; /* N_(): in place of rows when there are none */
	bool is_numbered;  /* this and the next as of struct list_options */
	int number_max;
	bool are_tiles_first; /* tiles take their place before the head does */
	uint32_t marked_tile; /* its key, while that is available; 0: none */
	enum list_page_hush hush;
	bool is_searched; /* typing reads again, for list_filter(page.list) */
	bool (*is_listed)(struct app *app, void *self); /* NULL: always; else there is no list */
	enum list_page_news news;

	/* Reads all rows; with read_more, what else the screen shows (NULL: nothing). */
	int (*read)(void *self, struct err *err);
	/* Appends `limit` rows or more, fewer at the end; `after` is the last one so far, NULL at
	 * first. Returns 1 when it knows that these were the last, else 0. */
	int (*read_more)(void *self, const void *after, int limit, struct err *err);
	/* Frees what both have read and leaves it empty; also runs before reading again. */
	void (*forget)(void *self);
	void (*finish)(void *self); /* the page is gone: frees what else it owns; NULL: nothing */

	/* One extra for each row. It is zeroed before it is read; forget_extra (NULL: nothing) runs
	 * even if reading failed. */
	size_t extra_size;
	int (*read_extra)(void *self, const void *row, void *extra, struct err *err);
	void (*forget_extra)(void *extra);

	/* As in struct list_options; ret->style is STYLE_PAPER at first. */
	void (*cell)(const void *self, const void *row, int column, struct list_cell *ret);
	const char *(*mark)(const void *self, const void *row, enum style *ret_style);
	bool (*matches)(const void *self, const void *row, const char *text);

	/* What is shown above and below the list; each cuts its rows off the area. */
	void (*head)(void *self, struct rect *area);
	void (*foot)(void *self, struct rect *area);
	/* NULL: what the counter does with a code */
	void (*scan)(struct app *app, void *self, const char *bytes, size_t len);
};

/* Creates a page and shows it. A screen that needs to know something before it reads creates the
 * page, fills in its struct (zeroed until then) and shows it. The page frees the struct. */
void list_page_open(struct app *, const struct list_page_kind *);
void *list_page_create(struct app *, const struct list_page_kind *);
void list_page_show(void *self);

/* The marked row; NULL: none. */
const void *list_page_row(const void *self);
/* The row at `index`; NULL past the end. */
const void *list_page_row_at(const void *self, int index);
/* What read_extra has read for `row`. */
const void *list_page_extra(const void *self, const void *row);
/* For is_available: a row is marked. */
bool list_page_has_row(struct app *, void *self);

/* Shows it in the page's news, as clerk_tell_err and clerk_tell_done do in the clerk's. */
void list_page_tell_err(void *self, const struct err *err);
void list_page_tell_done(void *self, const char *title, const char *text);

/* Reads again. */
void list_page_refresh(void *self);
/* After an act: reads again, then shows its error or what was done. Both texts may belong to a
 * row. */
void list_page_conclude(
	void *self, int r, const struct err *err, const char *title, const char *text);

/* ---- for the tables ---- */

void list_page_enter(struct app *app, void *self);
void list_page_resume(struct app *app, void *self);
void list_page_leave(struct app *app, void *self);
void list_page_draw(struct app *app, void *self, struct rect area);
bool list_page_key(struct app *app, void *self, const struct key *key);
void list_page_scan(struct app *app, void *self, const char *bytes, size_t len);
void list_page_paste(struct app *app, void *self, const char *text); /* with is_searched */

/* More of struct screen may follow the actions. */
#define LIST_PAGE(title_, actions_, ...)                                                      \
	{                                                                                     \
		.title = title_, .actions = actions_, .enter = list_page_enter,               \
		.resume = list_page_resume, .leave = list_page_leave, .draw = list_page_draw, \
		.key = list_page_key, .scan = list_page_scan, __VA_ARGS__                     \
	}
#define LIST_PAGE_COLUMNS(columns_) .columns = columns_, .column_count = ARRAY_LEN(columns_)
/* `list` is a member of `type` with `rows` and `count`. */
#define LIST_PAGE_ROWS(type, list_)                                  \
	.size = sizeof(type), .rows_at = offsetof(type, list_.rows), \
	.count_at = offsetof(type, list_.count), .row_size = sizeof(*((type *)NULL)->list_.rows)
/* For read_more: appends the rows of `more`, a list of the same type. */
#define LIST_PAGE_JOIN(all, more) \
	((all)->rows = mem_join(  \
		 (all)->rows, &(all)->count, (more).rows, (more).count, sizeof(*(all)->rows)))
