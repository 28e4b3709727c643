/* A program in a real terminal emulator (libvterm), for tests that read the screen.
 *
 * Nothing here sleeps blindly: waits have a deadline and end as soon as what they wait for is
 * there. While waiting, output is pumped and the emulator's answers go back to the program. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define VT_PATIENCE_MS 40000 /* for expected output; a loaded machine is slow */

struct vt;

struct vt_options {
	int rows, cols;
	const char *const *argv; /* NULL-terminated; argv[0] is a path or found in PATH */
	const char *const *env;  /* NAME=VALUE on top of the test's own; NULL: none */
	const char *dir;         /* working directory; NULL: the test's */
	const char *term;        /* NULL: xterm-256color */
};

struct vt *vt_start(const struct vt_options *options);
/* Ends it: SIGTERM, a few seconds of grace, SIGKILL; signals only the child itself. Returns its
 * wait status. NULL is allowed (-1). */
int vt_stop(struct vt *vt);
int vt_pid(const struct vt *vt);

/* Input. */
void vt_keys(struct vt *vt, const char *bytes);
/* Types as fingers do: each character once the screen has reacted to the previous one, so that a
 * stall never turns them into a burst. */
void vt_type(struct vt *vt, const char *text);
void vt_type_burst(struct vt *vt, const char *text, int gap_ms); /* without Enter; see VT_ENTER */
/* Sends as a wedge does, CR LF at its end; in one write, so that a stall of the test cannot split
 * it. */
void vt_scan(struct vt *vt, const char *text);
void vt_paste(struct vt *vt, const char *text); /* bracketed if the program asked */
void vt_press(struct vt *vt, int row, int col);
void vt_wheel(struct vt *vt, int row, int col, bool is_down);
void vt_resize(struct vt *vt, int rows, int cols);

#define VT_ENTER     "\r"
#define VT_ESC       "\033"
#define VT_BACKSPACE "\177"
#define VT_TAB       "\t"
#define VT_UP        "\033OA"
#define VT_DOWN      "\033OB"
#define VT_RIGHT     "\033OC"
#define VT_LEFT      "\033OD"
#define VT_HOME      "\033OH"
#define VT_END       "\033OF"
#define VT_PAGE_UP   "\033[5~"
#define VT_PAGE_DOWN "\033[6~"
#define VT_DELETE    "\033[3~"
#define VT_F1        "\033OP"
#define VT_F2        "\033OQ"
#define VT_F3        "\033OR"
#define VT_F4        "\033OS"
#define VT_F5        "\033[15~"
#define VT_F6        "\033[17~"
#define VT_F7        "\033[18~"
#define VT_F8        "\033[19~"
#define VT_F9        "\033[20~"
#define VT_F10       "\033[21~"
#define VT_F11       "\033[23~"
#define VT_F12       "\033[24~"

/* Pumps until the text is on one row of the screen. */
bool vt_wait_text(struct vt *vt, const char *text, int timeout_ms);
bool vt_wait_gone(struct vt *vt, const char *text, int timeout_ms);
/* Until all of the texts are there at once. NULL-terminated. */
bool vt_wait_all(struct vt *vt, const char *const *texts, int timeout_ms);
bool vt_wait_exit(struct vt *vt, int timeout_ms, int *ret_status);
/* Waits until the program has sent more bytes than `seen` (see vt_bytes). */
bool vt_wait_bytes(struct vt *vt, uint64_t seen, int timeout_ms);
/* Waits until the program has drawn everything: no output comes, and it waits for input. */
void vt_settle(struct vt *vt);
/* Takes what has arrived without waiting, or waits at most that long for something. */
bool vt_pump(struct vt *vt, int timeout_ms);

/* What the screen shows now. Texts are the caller's. */
/* Is it on the screen, once all is drawn? A part of a new screen may come with a part of the old.
 */
bool vt_has(struct vt *vt, const char *text);
bool vt_find(struct vt *vt, const char *text, int *ret_row, int *ret_col); /* in cells */
char *vt_screen_text(struct vt *vt); /* rows joined by \n, trailing spaces gone */
char *vt_row(struct vt *vt, int row);

struct vt_cell {
	char text[32]; /* UTF-8; empty for the second half of a wide character */
	int width;
	bool is_bold, is_reverse, is_underlined;
	uint32_t ink, ground; /* 0xRRGGBB */
};
struct vt_cell vt_cell(struct vt *vt, int row, int col);
bool vt_cursor(struct vt *vt, int *ret_row, int *ret_col); /* false: hidden */
uint64_t vt_bytes(const struct vt *vt);                    /* that the program has sent so far */
int64_t vt_last_us(const struct vt *vt); /* when the last of them came, CLOCK_MONOTONIC */
int vt_bells(const struct vt *vt);
bool vt_is_alternate(const struct vt *vt); /* full screen, as ncurses asks for */

void vt_dump(struct vt *vt, FILE *to);

/* Waits, and on a time-out prints the screen and fails the test. */
#define vt_expect(vt, text)      vt_expect_at((vt), (text), true, __FILE__, __LINE__)
#define vt_expect_gone(vt, text) vt_expect_at((vt), (text), false, __FILE__, __LINE__)
void vt_expect_at(struct vt *vt, const char *text, bool is_wanted, const char *file, int line);
