#include "tui/term.h"

#include <curses.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

#define FALLBACK_TERM "xterm-256color"
#define ESC_DELAY_MS  25

/* DEC private modes: mouse buttons and their wide coordinates, bracketed paste; and holding the
 * picture while a frame arrives. */
#define INPUT_ON  "\033[?1000h\033[?1006h\033[?2004h"
#define INPUT_OFF "\033[?2004l\033[?1006l\033[?1000l"
#define SYNC_ON   "\033[?2026h"
#define SYNC_OFF  "\033[?2026l"

struct hot {
	struct rect area;
	struct key key;
};

static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

static struct {
	bool is_on;
	SCREEN *screen;
	enum theme theme;
	bool has_colors;
	bool has_sync;
	bool is_whole; /* send every row */

	struct grid frame, shown;
	int caret_row, caret_col; /* -1: hidden */
	struct hot *hots;
	int hot_count, hot_room;

	int saved_stderr;
	bool has_exit_handler;
	struct sigaction saved_actions[ARRAY_LEN(crash_signals)];

	/* Prepared for what a dying program still does: then only write and tcsetattr are left. */
	struct termios saved_modes;
	char rescue[256];
	size_t rescue_len;
} term;

/* Bypasses ncurses, whose buffer is empty whenever this is called. Async-signal-safe. */
static void send_raw(const char *bytes, size_t len)
{
	ssize_t ignored = write(STDOUT_FILENO, bytes, len);
	(void)ignored;
}

/* --- giving the terminal back in an emergency --- */

static void rescue_add(const char *sequence)
{
	if (!sequence || sequence == (const char *)-1)
		return;
	size_t len = strlen(sequence);
	if (term.rescue_len + len > sizeof(term.rescue))
		return;
	memcpy(term.rescue + term.rescue_len, sequence, len);
	term.rescue_len += len;
}

static void rescue_prepare(void)
{
	term.rescue_len = 0;
	rescue_add(SYNC_OFF INPUT_OFF);
	rescue_add(tigetstr("sgr0"));
	rescue_add(tigetstr("cnorm"));
	rescue_add(tigetstr("rmkx"));
	rescue_add(tigetstr("rmcup"));
	rescue_add("\r\n");
}

static void restore_stderr(void)
{
	if (term.saved_stderr < 0)
		return;
	dup2(term.saved_stderr, STDERR_FILENO);
	close(term.saved_stderr);
	term.saved_stderr = -1;
}

/* Async-signal-safe. */
static void rescue(void)
{
	if (!term.is_on)
		return;
	term.is_on = false;
	send_raw(term.rescue, term.rescue_len);
	tcsetattr(STDIN_FILENO, TCSANOW, &term.saved_modes);
}

/* The previous handler of the signal (the default, a sanitizer's) gets it again. */
static void on_crash(int number)
{
	rescue();
	for (size_t i = 0; i < ARRAY_LEN(crash_signals); i++)
		if (crash_signals[i] == number)
			sigaction(number, &term.saved_actions[i], NULL);
	raise(number);
}

static void on_exhausted(void)
{
	rescue();
	restore_stderr();
}

static void catch_crashes(void)
{
	struct sigaction action = { .sa_handler = on_crash, .sa_flags = SA_NODEFER };
	for (size_t i = 0; i < ARRAY_LEN(crash_signals); i++)
		sigaction(crash_signals[i], &action, &term.saved_actions[i]);
	mem_on_exhausted(on_exhausted);
	if (!term.has_exit_handler)
		atexit(term_stop);
	term.has_exit_handler = true;
}

static void release_crashes(void)
{
	for (size_t i = 0; i < ARRAY_LEN(crash_signals); i++)
		sigaction(crash_signals[i], &term.saved_actions[i], NULL);
	mem_on_exhausted(NULL);
}

/* --- start and stop --- */

/* A library's warning on descriptor 2 would appear on the picture. */
static void redirect_stderr(const char *log_path)
{
	int fd = -1;
	if (log_path)
		fd = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	term.saved_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(fd, STDERR_FILENO);
	close(fd);
}

static void make_styles(void)
{
	term.has_colors =
		has_colors() && start_color() == OK && COLORS >= 256 && COLOR_PAIRS > STYLE_COUNT;
	if (!term.has_colors)
		return;
	for (int i = 0; i < STYLE_COUNT; i++) {
		const struct palette_entry *entry = palette_entry(term.theme, (enum style)i);
		init_pair((short)(i + 1), entry->ink, entry->ground);
	}
}

static void set_modes(void)
{
	raw(); /* Ctrl-C, Ctrl-Z, Ctrl-\ and Ctrl-S are keys like any other */
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	set_escdelay(ESC_DELAY_MS);
	typeahead(-1); /* typing never interrupts the sending of a frame */
	curs_set(0);
	send_raw(INPUT_ON, strlen(INPUT_ON));
}

static int unfit(struct err *err, const char *detail)
{
	const char *name = getenv("TERM");
	return err_setf(
		err, ERR_DEVICE, REASON_TEXT(TERMINAL_UNFIT, name ? name : ""), "%s", detail);
}

static bool has_capability(const char *name)
{
	const char *value = tigetstr((char *)(uintptr_t)name);
	return value && value != (const char *)-1;
}

/* Checked beforehand: a newterm that fails leaks. */
static bool is_known(const char *name)
{
	int answer;
	if (!name || !*name || setupterm(name, STDOUT_FILENO, &answer) == ERR)
		return false;
	del_curterm(cur_term);
	return true;
}

int term_start(const struct term_options *options, struct err *err)
{
	const char *name = getenv("TERM");
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return unfit(err, "stdin or stdout is not a terminal");
	tcgetattr(STDIN_FILENO, &term.saved_modes);
	term.screen = newterm(is_known(name) ? name : FALLBACK_TERM, stdout, stdin);
	if (!term.screen)
		return unfit(err, "newterm failed");
	if (!has_capability("cup")) {
		endwin();
		delscreen(TAKE(term.screen));
		return unfit(err, "the terminal cannot move its cursor");
	}
	term.theme = options->theme;
	term.saved_stderr = -1;
	term.has_sync = has_capability("Sync") || (name && strncmp(name, "foot", 4) == 0);
	rescue_prepare();
	term.is_on = true;
	catch_crashes();
	set_modes();
	make_styles();
	redirect_stderr(options->log_path);
	grid_init(&term.frame, LINES, COLS);
	grid_init(&term.shown, LINES, COLS);
	term.is_whole = true;
	term_begin();
	return 0;
}

void term_stop(void)
{
	if (!term.screen)
		return;
	if (term.is_on) {
		endwin();
		send_raw(INPUT_OFF, strlen(INPUT_OFF));
	}
	term.is_on = false;
	release_crashes();
	restore_stderr();
	delscreen(TAKE(term.screen));
	grid_finish(&term.frame);
	grid_finish(&term.shown);
	mem_free(&term.hots);
	term.hot_count = term.hot_room = 0;
}

int term_fd(void)
{
	return STDIN_FILENO;
}

/* Most terminals do so by themselves when their size changes; in one that doesn't, lines would
 * scroll in the old, smaller region. A whole picture is sent next, so the cursor doesn't matter. */
static void reset_margins(void)
{
	const char *margins = tigetstr("csr");
	if (!margins || margins == (const char *)-1)
		return;
	const char *sequence = tiparm(margins, 0, LINES - 1);
	if (sequence)
		send_raw(sequence, strlen(sequence));
}

void term_measure(void)
{
	struct winsize size = { 0 };
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_row || !size.ws_col)
		return;
	if (size.ws_row == LINES && size.ws_col == COLS) {
		/* There and back again between two checks: the screen may be torn nevertheless. */
		term_repaint();
		return;
	}
	resize_term(size.ws_row, size.ws_col);
	reset_margins();
	grid_finish(&term.frame);
	grid_finish(&term.shown);
	grid_init(&term.frame, LINES, COLS);
	grid_init(&term.shown, LINES, COLS);
	term_repaint();
}

/* --- a frame --- */

void term_begin(void)
{
	grid_clear(&term.frame);
	term.caret_row = term.caret_col = -1;
	term_hot_clear();
}

static attr_t attributes(unsigned look)
{
	return (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_REVERSE ? A_REVERSE : 0) |
	       (look & LOOK_UNDERLINE ? A_UNDERLINE : 0);
}

static void make_cell(const struct cell *cell, cchar_t *ret)
{
	wchar_t text[GRID_MARKS + 2] = { (wchar_t)cell->base };
	for (int i = 0; i < GRID_MARKS; i++)
		text[i + 1] = (wchar_t)cell->marks[i];
	const struct palette_entry *entry = palette_entry(term.theme, (enum style)cell->style);
	unsigned look = term.has_colors ? entry->look : entry->look_mono;
	short pair = term.has_colors ? (short)(cell->style + 1) : 0;
	setcchar(ret, text, attributes(look), pair, NULL);
}

/* A row goes to ncurses whole and from the left, so that it never gets half a wide character. */
static void send_row(int row)
{
	const struct cell *cells = grid_row(&term.frame, row);
	cchar_t line[256];
	int count = 0, start = 0;
	for (int col = 0; col < term.frame.cols; col++) {
		if (cells[col].part == CELL_WIDE_REST)
			continue;
		if (count == (int)ARRAY_LEN(line)) {
			mvadd_wchnstr(row, start, line, count);
			start = col;
			count = 0;
		}
		make_cell(&cells[col], &line[count++]);
	}
	mvadd_wchnstr(row, start, line, count);
}

static void send_rows(void)
{
	size_t size = (size_t)term.frame.cols * sizeof(struct cell);
	for (int row = 0; row < term.frame.rows; row++) {
		struct cell *shown = grid_row(&term.shown, row);
		const struct cell *wanted = grid_row(&term.frame, row);
		if (!term.is_whole && memcmp(shown, wanted, size) == 0)
			continue;
		send_row(row);
		memcpy(shown, wanted, size);
	}
}

static void place_caret(void)
{
	bool is_shown = term.caret_row >= 0 && term.caret_row < term.frame.rows &&
			term.caret_col >= 0 && term.caret_col < term.frame.cols;
	curs_set(is_shown ? 1 : 0);
	if (is_shown)
		move(term.caret_row, term.caret_col);
	else
		move(0, 0);
}

void term_end(void)
{
	if (!term.is_on)
		return;
	send_rows();
	if (term.is_whole)
		clearok(curscr, TRUE);
	term.is_whole = false;
	place_caret();
	wnoutrefresh(stdscr);
	if (term.has_sync)
		send_raw(SYNC_ON, strlen(SYNC_ON));
	doupdate();
	if (term.has_sync)
		send_raw(SYNC_OFF, strlen(SYNC_OFF));
}

void term_repaint(void)
{
	term.is_whole = true;
}

void term_bell(void)
{
	if (term.is_on)
		beep();
}

enum theme term_theme(void)
{
	return term.theme;
}

struct grid *term_grid(void)
{
	return &term.frame;
}

void term_caret(int row, int col)
{
	term.caret_row = row;
	term.caret_col = col;
}

void term_hot(struct rect area, struct key key)
{
	if (rect_is_empty(area))
		return;
	if (term.hot_count == term.hot_room) {
		term.hot_room = term.hot_room ? term.hot_room * 2 : 32;
		term.hots = mem_resize(term.hots, (size_t)term.hot_room * sizeof(*term.hots));
	}
	term.hots[term.hot_count++] = (struct hot){ area, key };
}

void term_hot_clear(void)
{
	term.hot_count = 0;
}

bool term_hot_at(int row, int col, struct key *ret)
{
	for (int i = term.hot_count - 1; i >= 0; i--) {
		if (rect_has(term.hots[i].area, row, col)) {
			*ret = term.hots[i].key;
			return true;
		}
	}
	return false;
}
