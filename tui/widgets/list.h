/* A table of lines to choose from: scrolls, fits columns to cells, filters as you type.
 *
 * The list asks for what it shows; rows belong to the screen. */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"

struct list_column {
	const char *title; /* N_(); NULL: none */
	int min, max;      /* cells; max 0: as much as is left (shared among such columns) */
	bool align_right;
	bool is_whole; /* an amount or a time: never shortened; other columns give way */
};

struct list_cell {
	char *text;       /* the list's to free; NULL: empty */
	enum style style; /* STYLE_PAPER unless set */
};

struct list_options {
	const struct list_column *columns;
	int column_count;
	void *context;
	void (*cell)(void *context, int row, int column, struct list_cell *ret);
	/* ✓ ✗ ! ↶ or another one-cell mark before the line; NULL function or "": none. */
	const char *(*mark)(void *context, int row, enum style *ret_style);
	/* Typing filters if one of these is given. `matches`: the list shows the rows for which it
	 * is true. `filter`: the typed text has changed, find the lines for `text` and call
	 * list_set_count. */
	bool (*matches)(void *context, int row, const char *text);
	void (*filter)(void *context, const char *text);
	const char *empty; /* N_(): shown when there are no lines */
	/* 1–9 before the first lines, picked by digit (only where typing does not filter) */
	bool is_numbered;
	int number_max; /* where digits above this belong to the screen; 0: 9 */
};

struct list;

enum list_answer {
	LIST_IGNORED,
	LIST_TAKEN,
	LIST_CHOSEN, /* Enter, a digit or a press on the line: list_selected is it */
};

struct list *list_create(const struct list_options *options); /* copied; columns outlive it */
void list_destroy(struct list *list);

/* Rows are counted before the filter; the selection is kept if possible. */
void list_set_count(struct list *list, int rows);
/* There are more lines than the screen has read yet: the count reads "60+". */
void list_set_more(struct list *list, bool has_more);
int list_selected(const struct list *list); /* -1 when empty */
void list_select(struct list *list, int row);
const char *list_filter(const struct list *list);
void list_set_filter(struct list *list, const char *text); /* without calling `filter` */

enum list_answer list_key(struct list *list, const struct key *key);
void list_draw(struct list *list, struct rect area);
