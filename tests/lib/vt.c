#include "tests/lib/vt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/test.h"

#define GRACE_MS  30000
#define ANSWER_MS 1000 /* a rejected key may have none */
#define QUIET_MS  60
#define KEY_MS    60 /* longer than a key is held back in case it belongs to a scan */

struct vt {
	pid_t pid;
	int fd; /* the master side */
	bool is_over;
	int status;
	int rows, cols;
	VTerm *term;
	VTermScreen *screen;
	uint64_t bytes;
	int64_t last_us;
	int bells;
	bool is_alternate, has_cursor;
	VTermPos cursor;
};

static int64_t now_ms(void)
{
	return clock_us() / 1000;
}

/* --- the emulator's side --- */

static void send(struct vt *vt, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(vt->fd, bytes, len);
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			/* The program's input is full: let it write first. */
			vt_pump(vt, 10);
		} else if (n < 0 && errno != EINTR) {
			return;
		}
	}
}

static void on_output(const char *bytes, size_t len, void *context)
{
	send(context, bytes, len);
}

static int on_bell(void *context)
{
	((struct vt *)context)->bells++;
	return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *context)
{
	struct vt *vt = context;
	if (property == VTERM_PROP_ALTSCREEN)
		vt->is_alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		vt->has_cursor = value->boolean;
	return 1;
}

static int on_cursor(VTermPos position, VTermPos old, int visible, void *context)
{
	(void)old, (void)visible;
	((struct vt *)context)->cursor = position;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.bell = on_bell,
	.settermprop = on_property,
	.movecursor = on_cursor,
};

static void open_emulator(struct vt *vt)
{
	vt->term = vterm_new(vt->rows, vt->cols);
	vterm_set_utf8(vt->term, 1);
	vterm_output_set_callback(vt->term, on_output, vt);
	vt->screen = vterm_obtain_screen(vt->term);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_reset(vt->screen, 1);
}

/* --- the program's side --- */

static void run_child(const struct vt_options *options)
{
	const char *term = options->term ? options->term : "xterm-256color";
	setenv("TERM", term, 1);
	setenv("TZ", TEST_FAR_ZONE, 1);
	unsetenv("COLORTERM");
	unsetenv("LINES");
	unsetenv("COLUMNS");
	for (int i = 0; options->env && options->env[i]; i++)
		putenv((char *)(uintptr_t)options->env[i]);
	if (options->dir && chdir(options->dir) < 0)
		_exit(126);
	execvp(options->argv[0], (char *const *)(uintptr_t)options->argv);
	_exit(127);
}

struct vt *vt_start(const struct vt_options *options)
{
	/* In the child this would be a fault, which cmocka catches: the child would go on as the
	 * test program, and start children of its own. */
	if (!options->argv[0])
		fail_msg("no program to start: run it by meson test, which names it");
	struct vt *vt = mem_alloc(sizeof(*vt));
	vt->rows = options->rows;
	vt->cols = options->cols;
	vt->has_cursor = true;
	struct winsize size = {
		.ws_row = (unsigned short)options->rows,
		.ws_col = (unsigned short)options->cols,
	};
	open_emulator(vt);
	/* A child that crashed on it would go on as a second test program. */
	assert_non_null(options->argv[0]);
	vt->pid = forkpty(&vt->fd, NULL, NULL, &size);
	assert_true(vt->pid >= 0);
	if (vt->pid == 0)
		run_child(options);
	fcntl(vt->fd, F_SETFL, fcntl(vt->fd, F_GETFL) | O_NONBLOCK);
	fcntl(vt->fd, F_SETFD, FD_CLOEXEC);
	return vt;
}

int vt_pid(const struct vt *vt)
{
	return vt->pid;
}

static bool reap(struct vt *vt)
{
	if (!vt->is_over && waitpid(vt->pid, &vt->status, WNOHANG) == vt->pid)
		vt->is_over = true;
	return vt->is_over;
}

bool vt_wait_exit(struct vt *vt, int timeout_ms, int *ret_status)
{
	int64_t deadline = now_ms() + timeout_ms;
	while (!reap(vt) && now_ms() < deadline)
		vt_pump(vt, 5);
	while (vt_pump(vt, 0))
		;
	if (vt->is_over && ret_status)
		*ret_status = vt->status;
	return vt->is_over;
}

int vt_stop(struct vt *vt)
{
	if (!vt)
		return -1;
	if (!reap(vt)) {
		kill(vt->pid, SIGTERM);
		if (!vt_wait_exit(vt, GRACE_MS, NULL)) {
			kill(vt->pid, SIGKILL);
			waitpid(vt->pid, &vt->status, 0);
		}
	}
	int status = vt->status;
	close(vt->fd);
	vterm_free(vt->term);
	mem_free(&vt);
	return status;
}

bool vt_pump(struct vt *vt, int timeout_ms)
{
	char buffer[65536];
	struct pollfd polled = { .fd = vt->fd, .events = POLLIN };
	if (poll(&polled, 1, timeout_ms) <= 0)
		return false;
	ssize_t n = read(vt->fd, buffer, sizeof(buffer));
	if (n <= 0) {
		/* The other side is closed: don't spin until its exit is noticed. */
		if (polled.revents & POLLHUP && timeout_ms > 0)
			poll(NULL, 0, timeout_ms < 5 ? timeout_ms : 5);
		return false;
	}
	vt->last_us = clock_us();
	vt->bytes += (uint64_t)n;
	vterm_input_write(vt->term, buffer, (size_t)n);
	return true;
}

/* --- input --- */

void vt_keys(struct vt *vt, const char *bytes)
{
	send(vt, bytes, strlen(bytes));
}

static size_t character_size(const char *s)
{
	size_t n = 1;
	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

void vt_type_burst(struct vt *vt, const char *text, int gap_ms)
{
	int64_t next = now_ms();
	while (*text) {
		size_t n = character_size(text);
		send(vt, text, n);
		text += n;
		next += gap_ms;
		for (int64_t left; *text && (left = next - now_ms()) > 0;)
			vt_pump(vt, (int)left);
	}
}

void vt_type(struct vt *vt, const char *text)
{
	vt_settle(vt); /* a screen that is still being drawn does not count */
	for (size_t n; *text; text += n) {
		while (vt_pump(vt, 0))
			;
		uint64_t seen = vt->bytes;
		int64_t next = now_ms() + KEY_MS;
		n = character_size(text);
		send(vt, text, n);
		vt_wait_bytes(vt, seen, ANSWER_MS);
		for (int64_t left; (left = next - now_ms()) > 0;)
			vt_pump(vt, (int)left);
	}
}

void vt_scan(struct vt *vt, const char *text)
{
	/* Covers both ends that a scan may have: an Enter that the test presses next is a key of
	 * its own. */
	vt_settle(vt); /* after a long stall, waiting characters count as typing */
	CLEANUP(mem_free) char *burst = mem_printf("%s" VT_ENTER "\n", text);

	vt_keys(vt, burst);
}

void vt_paste(struct vt *vt, const char *text)
{
	vterm_keyboard_start_paste(vt->term);
	vt_keys(vt, text);
	vterm_keyboard_end_paste(vt->term);
}

static void mouse(struct vt *vt, int row, int col, int button)
{
	vterm_mouse_move(vt->term, row, col, VTERM_MOD_NONE);
	vterm_mouse_button(vt->term, button, true, VTERM_MOD_NONE);
	if (button <= 3)
		vterm_mouse_button(vt->term, button, false, VTERM_MOD_NONE);
}

void vt_press(struct vt *vt, int row, int col)
{
	mouse(vt, row, col, 1);
}

void vt_wheel(struct vt *vt, int row, int col, bool is_down)
{
	mouse(vt, row, col, is_down ? 5 : 4);
}

void vt_resize(struct vt *vt, int rows, int cols)
{
	struct winsize size = {
		.ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols,
	};
	/* libvterm 0.1.4 crashes on a wide character in a single column; the program is still told
	 * the real size. */
	vt->rows = rows;
	vt->cols = cols < 2 ? 2 : cols;
	vterm_set_size(vt->term, vt->rows, vt->cols);
	ioctl(vt->fd, TIOCSWINSZ, &size);
}

/* --- what the screen shows --- */

static size_t put_utf8(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	static const unsigned char heads[] = { 0, 0xc0, 0xe0, 0xf0 };
	out[0] = (char)(heads[more] | c >> (6 * more));
	for (int i = 1; i <= more; i++)
		out[i] = (char)(0x80 | (c >> (6 * (more - i)) & 0x3f));
	return (size_t)more + 1;
}

static bool is_rest(const VTermScreenCell *cell)
{
	return cell->chars[0] == (uint32_t)-1;
}

static size_t cell_text(const VTermScreenCell *cell, char *out)
{
	size_t len = 0;
	if (is_rest(cell))
		return 0;
	if (cell->chars[0] == 0)
		out[len++] = ' ';
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		len += put_utf8(cell->chars[i], out + len);
	return len;
}

char *vt_row(struct vt *vt, int row)
{
	char *text = mem_alloc((size_t)vt->cols * 4 * VTERM_MAX_CHARS_PER_CELL + 1);
	size_t len = 0;
	for (int col = 0; col < vt->cols; col++) {
		VTermScreenCell cell;
		vterm_screen_get_cell(vt->screen, (VTermPos){ row, col }, &cell);
		len += cell_text(&cell, text + len);
	}
	while (len > 0 && text[len - 1] == ' ')
		len--;
	text[len] = '\0';
	return text;
}

char *vt_screen_text(struct vt *vt)
{
	char *text = mem_text("");
	for (int row = 0; row < vt->rows; row++) {
		CLEANUP(mem_free) char *line = vt_row(vt, row);
		char *more = mem_printf("%s%s\n", text, line);
		mem_free(&text);
		text = more;
	}
	return text;
}

/* The column of a byte offset in a row's text. */
static int column_of(struct vt *vt, int row, size_t offset)
{
	size_t len = 0;
	for (int col = 0; col < vt->cols; col++) {
		char text[VTERM_MAX_CHARS_PER_CELL * 4 + 1];
		VTermScreenCell cell;
		vterm_screen_get_cell(vt->screen, (VTermPos){ row, col }, &cell);
		size_t n = cell_text(&cell, text);
		if (n > 0 && len >= offset)
			return col;
		len += n;
	}
	return vt->cols;
}

bool vt_find(struct vt *vt, const char *text, int *ret_row, int *ret_col)
{
	for (int row = 0; row < vt->rows; row++) {
		CLEANUP(mem_free) char *line = vt_row(vt, row);
		const char *found = strstr(line, text);
		if (!found)
			continue;
		*ret_row = row;
		*ret_col = column_of(vt, row, (size_t)(found - line));
		return true;
	}
	return false;
}

static bool is_shown(struct vt *vt, const char *text)
{
	int row, col;
	return vt_find(vt, text, &row, &col);
}

bool vt_has(struct vt *vt, const char *text)
{
	vt_settle(vt);
	return is_shown(vt, text);
}

static uint32_t rgb(struct vt *vt, VTermColor color)
{
	vterm_screen_convert_color_to_rgb(vt->screen, &color);
	return (uint32_t)color.rgb.red << 16 | (uint32_t)color.rgb.green << 8 | color.rgb.blue;
}

struct vt_cell vt_cell(struct vt *vt, int row, int col)
{
	VTermScreenCell cell;
	vterm_screen_get_cell(vt->screen, (VTermPos){ row, col }, &cell);
	struct vt_cell result = {
		.width = cell.width,
		.is_bold = cell.attrs.bold,
		.is_reverse = cell.attrs.reverse,
		.is_underlined = cell.attrs.underline != 0,
		.ink = rgb(vt, cell.fg),
		.ground = rgb(vt, cell.bg),
	};
	cell_text(&cell, result.text);
	return result;
}

bool vt_cursor(struct vt *vt, int *ret_row, int *ret_col)
{
	*ret_row = vt->cursor.row;
	*ret_col = vt->cursor.col;
	return vt->has_cursor;
}

uint64_t vt_bytes(const struct vt *vt)
{
	return vt->bytes;
}

int64_t vt_last_us(const struct vt *vt)
{
	return vt->last_us;
}

int vt_bells(const struct vt *vt)
{
	return vt->bells;
}

bool vt_is_alternate(const struct vt *vt)
{
	return vt->is_alternate;
}

/* --- waiting --- */

struct condition {
	const char *const *texts;
	bool is_wanted;
};

static bool holds(struct vt *vt, const struct condition *condition)
{
	for (int i = 0; condition->texts[i]; i++)
		if (is_shown(vt, condition->texts[i]) != condition->is_wanted)
			return false;
	return true;
}

static bool wait_for(struct vt *vt, const struct condition *condition, int timeout_ms)
{
	int64_t deadline = now_ms() + timeout_ms;
	while (vt_pump(vt, 0))
		;
	while (!holds(vt, condition)) {
		int64_t left = deadline - now_ms();
		if (left <= 0)
			return false;
		if (!vt_pump(vt, left < 100 ? (int)left : 100) && reap(vt) && !vt_pump(vt, 0))
			return holds(vt, condition);
	}
	return true;
}

bool vt_wait_all(struct vt *vt, const char *const *texts, int timeout_ms)
{
	return wait_for(vt, &(struct condition){ texts, true }, timeout_ms);
}

bool vt_wait_text(struct vt *vt, const char *text, int timeout_ms)
{
	return vt_wait_all(vt, (const char *const[]){ text, NULL }, timeout_ms);
}

bool vt_wait_gone(struct vt *vt, const char *text, int timeout_ms)
{
	const char *const texts[] = { text, NULL };
	return wait_for(vt, &(struct condition){ texts, false }, timeout_ms);
}

bool vt_wait_bytes(struct vt *vt, uint64_t seen, int timeout_ms)
{
	int64_t deadline = now_ms() + timeout_ms;
	while (vt->bytes <= seen) {
		int64_t left = deadline - now_ms();
		if (left <= 0 || (!vt_pump(vt, (int)left) && reap(vt)))
			return vt->bytes > seen;
	}
	return true;
}

/* Programs that are runnable or wait for a disk are not at rest, however long that takes. */
static bool is_asleep(const struct vt *vt)
{
	CLEANUP(mem_free) char *path = mem_printf("/proc/%d/stat", (int)vt->pid);
	FILE *in = fopen(path, "re");
	char state = 'S';

	if (in) {
		if (fscanf(in, "%*d (%*[^)]) %c", &state) != 1)
			state = 'S';
		fclose(in);
	}
	return state == 'S' || state == 'Z';
}

void vt_settle(struct vt *vt)
{
	int64_t deadline = now_ms() + VT_PATIENCE_MS;

	/* In this order: what it wrote before it fell asleep can be read. */
	for (bool is_at_rest = false; !is_at_rest && now_ms() < deadline;) {
		bool was_asleep = is_asleep(vt);
		is_at_rest = !vt_pump(vt, QUIET_MS) && was_asleep;
	}
}

void vt_dump(struct vt *vt, FILE *to)
{
	fprintf(to, "--- screen %dx%d\n", vt->rows, vt->cols);
	for (int row = 0; row < vt->rows; row++) {
		CLEANUP(mem_free) char *line = vt_row(vt, row);
		fprintf(to, "|%s\n", line);
	}
	if (reap(vt))
		fprintf(to, "--- the program has ended, wait status %#x\n", (unsigned)vt->status);
}

void vt_expect_at(struct vt *vt, const char *text, bool is_wanted, const char *file, int line)
{
	bool is_met = is_wanted ? vt_wait_text(vt, text, VT_PATIENCE_MS)
				: vt_wait_gone(vt, text, VT_PATIENCE_MS);
	if (is_met)
		return;
	vt_dump(vt, stderr);
	fprintf(stderr, "%s: “%s”\n", is_wanted ? "not on the screen" : "still on the screen",
		text);
	_fail(file, line);
}
