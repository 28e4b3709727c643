/* A demo venue in its own folder, and the real kiosk on it: what screen tests start from. */
#pragma once

#include "core/base/code.h"
#include "tests/lib/vt.h"
#include "tests/lib/y4m_out.h"

struct venue_case;

/* A case as a fixture: TEST(sentence, venue). */
int venue_setup(void **state);
int venue_teardown(void **state);

/* The demo venue (`jiaplus init --demo`) is made once for the programs of a run and copied for each
 * case. */
int venue_group_setup(void **state);
int venue_group_teardown(void **state);

/* The same with the clock stopped (still.c) for every program that these tests start: expect.h
 * compares whole screens. */
int venue_still_setup(void **state);
int venue_still_teardown(void **state);

struct venue_case *venue_case_create(void);
void venue_case_destroy(struct venue_case *); /* ends the kiosk, removes the folder */

const char *venue_dir(const struct venue_case *);
char *venue_path(const struct venue_case *, const char *name); /* the caller's */

/* Codes from demo.txt; the test fails when there is no such number. Borrowed. */
const char *venue_card(const struct venue_case *, int resident_number);
const char *venue_label(const struct venue_case *, int item_number);
const char *venue_pin(const struct venue_case *, const char *staff_code);
const char *venue_staff_card(const struct venue_case *, const char *staff_code);

/* Starts the kiosk with these lines as its kiosk.conf (NULL: none) and waits for the board.
 * `camera`: with a FIFO as its camera, for venue_show. */
struct venue_kiosk {
	const char *conf;
	int rows, cols; /* 0: 34 × 120 */
	bool has_camera;
	bool has_own_camera; /* conf names one */
};
struct vt *venue_start(struct venue_case *, const struct venue_kiosk *);
/* From the board: presses F9 and scans this member of staff's card. The PIN is asked for. */
void venue_show_staff_card(const struct venue_case *, struct vt *, const char *staff_code);
/* Types their PIN too: the volunteers' menu is up. */
void venue_log_in(const struct venue_case *, struct vt *, const char *staff_code);
/* The same, with this member of staff logged in: the volunteers' menu is up. */
struct vt *venue_start_as(struct venue_case *, const char *staff_code, int rows, int cols);
/* The same, whatever screen comes up then. */
void venue_enter_pin(const struct venue_case *, struct vt *, const char *staff_code);
/* Presses Esc until the volunteers' menu is up. */
void venue_back(struct vt *);
/* What a person does next, as a script (keys.h). */
void venue_play(const struct venue_case *, struct vt *, const char *script);
/* Types as fingers do, slower than any scanner. */
void venue_type(struct vt *, const char *text);
/* SIGTERM; or SIGKILL, as when the plug is pulled. */
void venue_stop(struct venue_case *);
void venue_kill(struct venue_case *);

/* Holds a code up to the camera, badly (`angle`, blur, noise), until the screen shows `text`; then
 * shows an empty counter for long enough that the code counts as away. */
void venue_show(struct venue_case *, const char *code, double angle, const char *text);

/* Unplugs the camera; the next venue_show plugs it in again. */
void venue_unplug(struct venue_case *);

/* Runs `jiaplus --dir DIR ARGS` to its end and returns its output, the caller's; the test fails
 * unless it exits with `status`. */
char *venue_run(const struct venue_case *, int status, const char *args);

/* The first value that a query of the venue's database returns, the caller's; NULL: no row. */
char *venue_text(const struct venue_case *, const char *sql);
/* The same as an integer; -1: no row. */
int64_t venue_integer(const struct venue_case *, const char *sql);
/* Changes the database from outside, as none of our programs does. */
void venue_change(const struct venue_case *, const char *sql);
