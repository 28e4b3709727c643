#include "tui/wedge.h"

#include <errno.h>
#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <linux/input-event-codes.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"

#define RETRY_MS  1000
#define CTRL_BITS 3u

/* --- codes to characters --- */

static const struct {
	char plain, shifted;
} layout[] = {
	[KEY_1] = { '1', '!' },
	[KEY_2] = { '2', '@' },
	[KEY_3] = { '3', '#' },
	[KEY_4] = { '4', '$' },
	[KEY_5] = { '5', '%' },
	[KEY_6] = { '6', '^' },
	[KEY_7] = { '7', '&' },
	[KEY_8] = { '8', '*' },
	[KEY_9] = { '9', '(' },
	[KEY_0] = { '0', ')' },
	[KEY_MINUS] = { '-', '_' },
	[KEY_EQUAL] = { '=', '+' },
	[KEY_Q] = { 'q', 'Q' },
	[KEY_W] = { 'w', 'W' },
	[KEY_E] = { 'e', 'E' },
	[KEY_R] = { 'r', 'R' },
	[KEY_T] = { 't', 'T' },
	[KEY_Y] = { 'y', 'Y' },
	[KEY_U] = { 'u', 'U' },
	[KEY_I] = { 'i', 'I' },
	[KEY_O] = { 'o', 'O' },
	[KEY_P] = { 'p', 'P' },
	[KEY_LEFTBRACE] = { '[', '{' },
	[KEY_RIGHTBRACE] = { ']', '}' },
	[KEY_A] = { 'a', 'A' },
	[KEY_S] = { 's', 'S' },
	[KEY_D] = { 'd', 'D' },
	[KEY_F] = { 'f', 'F' },
	[KEY_G] = { 'g', 'G' },
	[KEY_H] = { 'h', 'H' },
	[KEY_J] = { 'j', 'J' },
	[KEY_K] = { 'k', 'K' },
	[KEY_L] = { 'l', 'L' },
	[KEY_SEMICOLON] = { ';', ':' },
	[KEY_APOSTROPHE] = { '\'', '"' },
	[KEY_GRAVE] = { '`', '~' },
	[KEY_BACKSLASH] = { '\\', '|' },
	[KEY_Z] = { 'z', 'Z' },
	[KEY_X] = { 'x', 'X' },
	[KEY_C] = { 'c', 'C' },
	[KEY_V] = { 'v', 'V' },
	[KEY_B] = { 'b', 'B' },
	[KEY_N] = { 'n', 'N' },
	[KEY_M] = { 'm', 'M' },
	[KEY_COMMA] = { ',', '<' },
	[KEY_DOT] = { '.', '>' },
	[KEY_SLASH] = { '/', '?' },
	[KEY_SPACE] = { ' ', ' ' },
	[KEY_KP0] = { '0', '0' },
	[KEY_KP1] = { '1', '1' },
	[KEY_KP2] = { '2', '2' },
	[KEY_KP3] = { '3', '3' },
	[KEY_KP4] = { '4', '4' },
	[KEY_KP5] = { '5', '5' },
	[KEY_KP6] = { '6', '6' },
	[KEY_KP7] = { '7', '7' },
	[KEY_KP8] = { '8', '8' },
	[KEY_KP9] = { '9', '9' },
	[KEY_KPMINUS] = { '-', '-' },
	[KEY_KPPLUS] = { '+', '+' },
	[KEY_KPASTERISK] = { '*', '*' },
	[KEY_KPSLASH] = { '/', '/' },
	[KEY_KPDOT] = { '.', '.' },
};

void wedge_reset(struct wedge_decoder *decoder)
{
	*decoder = (struct wedge_decoder){ .last_ms = -1 };
}

/* Returns the text: the next key starts a new one. A text too long to be a code is dropped. */
static bool finish(struct wedge_decoder *decoder)
{
	bool is_text = decoder->len > 0 && !decoder->is_overlong;
	decoder->text[decoder->len] = '\0';
	decoder->is_overlong = false;
	decoder->last_ms = -1;
	return is_text;
}

static void append(struct wedge_decoder *decoder, char c, int64_t now_ms)
{
	/* Set by finish: the text was returned and may be forgotten now. */
	if (decoder->last_ms < 0)
		decoder->len = 0;
	decoder->last_ms = now_ms;
	if (decoder->len + 1 >= sizeof(decoder->text))
		decoder->is_overlong = true;
	else
		decoder->text[decoder->len++] = c;
}

/* True when it is one of the keys that only change what others mean. */
static bool take_modifier(struct wedge_decoder *decoder, int code, bool is_down)
{
	/* Ctrl first: CTRL_BITS. */
	static const int controls[] = { KEY_LEFTCTRL, KEY_RIGHTCTRL, KEY_LEFTALT, KEY_RIGHTALT,
		KEY_LEFTMETA, KEY_RIGHTMETA };

	if (code == KEY_LEFTSHIFT || code == KEY_RIGHTSHIFT) {
		decoder->is_shifted[code == KEY_RIGHTSHIFT] = is_down;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(controls); i++)
		if (controls[i] == code) {
			decoder->controls &= ~(1u << i);
			decoder->controls |= (unsigned)is_down << i;
			return true;
		}
	return false;
}

static bool is_end(const struct wedge_decoder *decoder, int code)
{
	if (code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB)
		return true;
	return decoder->controls & CTRL_BITS && (code == KEY_J || code == KEY_M || code == KEY_I);
}

bool wedge_put(struct wedge_decoder *decoder, int code, int value, int64_t now_ms)
{
	if (take_modifier(decoder, code, value != 0) || value != 1)
		return false;
	if (is_end(decoder, code))
		return decoder->last_ms >= 0 && finish(decoder);
	if (decoder->controls || code < 0 || code >= (int)ARRAY_LEN(layout) || !layout[code].plain)
		return false;
	bool is_shifted = decoder->is_shifted[0] || decoder->is_shifted[1];
	append(decoder, is_shifted ? layout[code].shifted : layout[code].plain, now_ms);
	return false;
}

bool wedge_is_over(struct wedge_decoder *decoder, int64_t now_ms, int64_t end_ms)
{
	if (decoder->last_ms < 0 || decoder->len == 0 || now_ms - decoder->last_ms < end_ms)
		return false;
	return finish(decoder);
}

/* --- the device --- */

struct wedge {
	struct app *app;
	char *path;
	int fd; /* -1 while it is missing */
	struct libevdev *device;
	int timer; /* the next try, or the end of a text */
	struct wedge_decoder decoder;
};

static void retry(struct app *app, void *self);

static void close_device(struct wedge *wedge)
{
	if (wedge->fd < 0)
		return;
	app_unwatch(wedge->app, wedge->fd);
	libevdev_free(wedge->device);
	close(wedge->fd);
	wedge->device = NULL;
	wedge->fd = -1;
}

static void missing(struct wedge *wedge)
{
	close_device(wedge);
	app_notice(wedge->app, "scanner", _("Scanner is not connected"));
	app_cancel(wedge->app, wedge->timer);
	wedge->timer = app_after(wedge->app, RETRY_MS, retry, wedge);
}

static void deliver(struct wedge *wedge)
{
	app_scan(wedge->app, wedge->decoder.text, wedge->decoder.len);
}

static void on_event(struct wedge *wedge, const struct input_event *event)
{
	if (event->type != EV_KEY)
		return;
	if (wedge_put(&wedge->decoder, event->code, event->value, clock_ms(&clock_system)))
		deliver(wedge);
}

/* Reads what is there. False when the device has gone. */
static bool read_events(struct wedge *wedge)
{
	for (;;) {
		struct input_event event;
		int r = libevdev_next_event(wedge->device, LIBEVDEV_READ_FLAG_NORMAL, &event);
		if (r == -EAGAIN || r == -EINTR)
			return true;
		if (r < 0)
			return false;
		if (r == LIBEVDEV_READ_STATUS_SYNC) {
			wedge_reset(&wedge->decoder);
			while (libevdev_next_event(wedge->device, LIBEVDEV_READ_FLAG_SYNC,
				       &event) == LIBEVDEV_READ_STATUS_SYNC)
				;
		} else {
			on_event(wedge, &event);
		}
	}
}

/* After a stall of this program the timer is due before its keys are read: they are read first. */
static void on_silence(struct app *app, void *self)
{
	struct wedge *wedge = self;
	struct wedge_decoder *decoder = &wedge->decoder;

	wedge->timer = 0;
	if (!read_events(wedge)) {
		missing(wedge);
		return;
	}
	bool is_whole = app_is_code(app, decoder->text, decoder->len);
	int64_t end_ms = is_whole ? WEDGE_END_MS : WEDGE_PART_END_MS;
	if (wedge_is_over(decoder, clock_ms(&clock_system), end_ms))
		deliver(wedge);
	else if (decoder->last_ms >= 0)
		wedge->timer = app_after(app, WEDGE_END_MS, on_silence, wedge);
}

static void on_ready(struct app *app, int fd, short revents, void *context)
{
	struct wedge *wedge = context;

	if (!read_events(wedge) || revents & (POLLHUP | POLLERR)) {
		missing(wedge);
		return;
	}
	app_cancel(app, wedge->timer);
	wedge->timer = app_after(app, WEDGE_END_MS, on_silence, wedge);
}

/* A grab while a key is down leaves it down for everybody else: they never get its release. */
static bool is_at_rest(const struct libevdev *device)
{
	for (unsigned code = 0; code <= KEY_MAX; code++) {
		if (libevdev_get_event_value(device, EV_KEY, code))
			return false;
	}
	return true;
}

static bool open_device(struct wedge *wedge)
{
	int fd = open(wedge->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return false;
	struct libevdev *device = NULL;
	if (libevdev_new_from_fd(fd, &device) < 0) {
		close(fd);
		return false;
	}
	/* Without the grab its keys would arrive a second time, through the terminal. */
	if (!is_at_rest(device) || libevdev_grab(device, LIBEVDEV_GRAB) < 0) {
		libevdev_free(device);
		close(fd);
		return false;
	}
	wedge->fd = fd;
	wedge->device = device;
	wedge_reset(&wedge->decoder);
	return true;
}

static void retry(struct app *app, void *self)
{
	struct wedge *wedge = self;
	wedge->timer = 0;
	if (!open_device(wedge)) {
		missing(wedge);
		return;
	}
	app_notice(app, "scanner", NULL);
	app_watch(app, wedge->fd, POLLIN, on_ready, wedge);
}

struct wedge *wedge_start(struct app *app, const char *path)
{
	struct wedge *wedge = mem_alloc(sizeof(*wedge));
	wedge->app = app;
	wedge->path = mem_text(path);
	wedge->fd = -1;
	retry(app, wedge);
	return wedge;
}

void wedge_stop(struct wedge *wedge)
{
	if (!wedge)
		return;
	app_cancel(wedge->app, wedge->timer);
	close_device(wedge);
	mem_free(&wedge->path);
	mem_free(&wedge);
}
