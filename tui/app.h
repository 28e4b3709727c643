/* The loop and the stack of screens.
 *
 * One `poll` over terminal, signals, timers and registered descriptors. Nothing sleeps, nothing
 * blocks. A turn ends with at most one update of the terminal, and only when something is dirty. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/when.h"
#include "tui/i18n.h"
#include "tui/screen.h"

struct app_options {
	const struct clock *clock; /* NULL: clock_system */
	enum theme theme;
	bool has_sound;
	const char *log_path; /* where descriptor 2 goes while the screen is up; NULL: /dev/null */
	void *context;        /* returned by app_context: the screens' database, settings, … */
	const struct action *common; /* on every screen, after its own; run with self = context */
	const struct action *always; /* after those, on modal screens too: help_keys; NULL: none */
	/* Breaks ties of the burst detector; NULL: nothing is a code. */
	bool (*is_code)(void *context, const char *bytes, size_t len);
};

/* Takes the terminal over. ERR_DEVICE TERMINAL_UNFIT when it can't show a screen. */
int app_create(const struct app_options *options, struct app **ret, struct err *err);
/* Gives the terminal back; leaves all screens, top first. NULL is allowed. */
void app_destroy(struct app *app);
/* Paints, then runs until app_quit, an empty stack, SIGTERM, SIGINT or SIGHUP. */
void app_run(struct app *app);
void app_quit(struct app *app);
/* Shows the current state now: before anything slow at the start (paint first). */
void app_paint(struct app *app);

void *app_context(struct app *app);
void app_set_house(struct app *app, const char *name); /* the top line's first words; copied */
/* Shows date and year beside the clock in the top line: for a clock that may be wrong. */
void app_show_year(struct app *app, bool is_shown);
bool app_shows_year(const struct app *app);

/* The stack. `self` belongs to the screen. */
void app_push(struct app *app, const struct screen *screen, void *self);
void app_pop(struct app *app);
void app_replace(struct app *app, const struct screen *screen, void *self); /* the top one */
/* Removes all screens above the topmost instance of `screen`; false when there is none. */
bool app_pop_to(struct app *app, const struct screen *screen);
/* What the top screen shows has changed underneath: resumes it as when the screen above has
 * gone. */
void app_resume(struct app *app);
/* For action tables: { K_ESC, N_("Back"), NULL, app_back }. */
void app_back(struct app *app, void *self);
const struct screen *app_top(struct app *app);
void *app_top_self(struct app *app);

/* The tables whose keys work on the top screen, the screen's own first; returns how many. */
#define APP_SOURCES_MAX 4
int app_sources(struct app *app, struct action_source ret[APP_SOURCES_MAX]);

void app_redraw(struct app *app); /* something shown has changed; cheap, call it freely */

/* A scan from any source (camera, evdev); goes to the top screen. Main thread only. */
void app_scan(struct app *app, const char *bytes, size_t len);
/* Whether a text is a whole code, by the options' is_code. */
bool app_is_code(struct app *app, const char *bytes, size_t len);
/* A key as if it had been pressed. */
void app_key(struct app *app, const struct key *key);
/* When a key, press, scan or paste last came, in clock_ms: idle timeouts measure from here. */
int64_t app_last_input_ms(struct app *app);

/* The device corner: one notice per `slot` ("camera", "printer"), shown until it is cleared with
 * NULL. `text` is translated by the caller, short ("Printer: out of paper"), copied. */
void app_notice(struct app *app, const char *slot, const char *text);

/* The four signals (doc/rules.md, Scanning 5) as patterns of the terminal's bell. */
enum app_sound { SOUND_DONE, SOUND_REFUSED, SOUND_NEEDED, SOUND_UNDONE, SOUND_COUNT };
void app_sound(struct app *app, enum app_sound sound);

/* One-shot timers. Returns an id > 0. Timers of a `self` end with its screen. */
int app_after(struct app *app, int64_t ms, void (*run)(struct app *app, void *self), void *self);
void app_cancel(struct app *app, int timer); /* 0 and one that has run are allowed */

/* Descriptors: `ready` is called from the loop. Watching a descriptor again changes its events. */
void app_watch(struct app *app, int fd, short events,
	void (*ready)(struct app *app, int fd, short revents, void *context), void *context);
void app_unwatch(struct app *app, int fd);

/* F12: the other language. For tables that want it elsewhere too. */
void app_switch_language(struct app *app, void *self);
