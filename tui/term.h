/* The terminal: taken over at the start, given back whatever happens.
 *
 * The only place that knows ncurses' output, and the only mutable globals of the program: there is
 * one terminal. A frame is drawn on a grid (draw.h) between term_begin and term_end; term_end sends
 * what differs from the last one. */
#pragma once

#include <stdbool.h>

#include "core/base/err.h"
#include "tui/grid.h"
#include "tui/key.h"
#include "tui/palette.h"

struct term_options {
	enum theme theme;
	const char *log_path; /* where descriptor 2 goes meanwhile; NULL: /dev/null */
};

/* Needs a UTF-8 locale (i18n_start). An unknown TERM is treated as xterm-256color. From here on a
 * crash, an exit and running out of memory give the terminal back first. ERR_DEVICE TERMINAL_UNFIT
 * when stdin or stdout is not a terminal or it cannot move its cursor. */
int term_start(const struct term_options *options, struct err *err);
void term_stop(void); /* may be called twice */

int term_fd(void);       /* to poll for input */
void term_measure(void); /* the window may have changed: asks for its size */
void term_begin(void);   /* an empty frame: no text, no hot areas, no cursor */
void term_end(void);     /* shows it */
void term_repaint(void); /* the next frame is sent whole (Ctrl-L) */
void term_bell(void);
enum theme term_theme(void);

/* For draw.c. */
struct grid *term_grid(void);
void term_caret(int row, int col);
void term_hot(struct rect area, struct key key);
void term_hot_clear(void);
/* The key under a press; false when nothing pressable is there. */
bool term_hot_at(int row, int col, struct key *ret);
