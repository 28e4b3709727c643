#include "tui/keys.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tui/burst.h"
#include "tui/mouse.h"

/* Codes for keys that are assembled here, above all that ncurses returns itself. */
#define PASTE_BEGIN 3000
#define PASTE_END   3001
#define MOUSE_SGR   3002
#define MOUSE_OLD   3003

#define PASTE_MAX        (1u << 20)
#define PASTE_TIMEOUT_MS 1000 /* its end got lost */
#define PASTE_CODE_MIN   10
#define BYTES_PER_READ   65536

struct paste {
	bool is_open;
	bool has_return; /* the last byte was one */
	char *bytes;
	size_t len, room;
	int64_t last_at;
};

struct keys {
	struct keys_sink sink;
	struct burst *burst;
	/* Input is read from a pad: reading from a window would also refresh it. */
	WINDOW *pad;
	struct paste paste;
	struct mouse mouse;
	/* A UTF-8 character may arrive in pieces, and an invalid byte must not swallow what
	 * follows: so bytes are put together here rather than by get_wch. */
	unsigned partial;
	int missing;
};

static const struct {
	int curses;
	uint32_t code;
} curses_keys[] = {
	{ KEY_ENTER, K_ENTER },
	{ KEY_BACKSPACE, K_BACKSPACE },
	{ KEY_DC, K_DELETE },
	{ KEY_BTAB, K_BACKTAB },
	{ KEY_UP, K_UP },
	{ KEY_DOWN, K_DOWN },
	{ KEY_LEFT, K_LEFT },
	{ KEY_RIGHT, K_RIGHT },
	{ KEY_HOME, K_HOME },
	{ KEY_END, K_END },
	{ KEY_PPAGE, K_PAGE_UP },
	{ KEY_NPAGE, K_PAGE_DOWN },
	/* A numeric pad in its application mode. */
	{ KEY_A1, K_HOME },
	{ KEY_A3, K_PAGE_UP },
	{ KEY_C1, K_END },
	{ KEY_C3, K_PAGE_DOWN },
	{ KEY_SF, K_DOWN },
	{ KEY_SR, K_UP },
	{ KEY_SLEFT, K_LEFT },
	{ KEY_SRIGHT, K_RIGHT },
};

static const struct {
	int byte;
	uint32_t code;
} control_keys[] = {
	{ '\r', K_ENTER },
	{ '\n', K_ENTER },
	{ '\t', K_TAB },
	{ '\b', K_BACKSPACE },
	{ 0x7f, K_BACKSPACE },
	{ 0x1b, K_ESC },
	{ 'L' & 0x1f, K_REPAINT },
};

static void on_typed(void *context, uint32_t character)
{
	const struct keys_sink *sink = &((struct keys *)context)->sink;
	struct key key = KEY_OF(character == BURST_ENTER ? K_ENTER
				: character == BURST_TAB ? K_TAB
							 : character);
	sink->key(sink->context, &key);
}

static void on_scan(void *context, const char *bytes, size_t len)
{
	const struct keys_sink *sink = &((struct keys *)context)->sink;
	sink->scan(sink->context, bytes, len);
}

static bool on_is_code(void *context, const char *bytes, size_t len)
{
	const struct keys_sink *sink = &((struct keys *)context)->sink;
	return sink->is_code && sink->is_code(sink->context, bytes, len);
}

struct keys *keys_create(const struct keys_sink *sink)
{
	struct keys *keys = mem_alloc(sizeof(*keys));
	keys->sink = *sink;
	keys->burst = burst_create(
		&(struct burst_sink){ .context = keys, on_typed, on_scan, on_is_code });
	keys->pad = newpad(1, 1);
	keypad(keys->pad, TRUE);
	nodelay(keys->pad, TRUE);
	define_key("\033[200~", PASTE_BEGIN);
	define_key("\033[201~", PASTE_END);
	/* ncurses' own mouse support blocks in a read when it gets a report that it did not ask
	 * for. */
	define_key("\033[<", MOUSE_SGR);
	define_key("\033[M", MOUSE_OLD);
	return keys;
}

void keys_destroy(struct keys *keys)
{
	if (!keys)
		return;
	burst_destroy(keys->burst);
	delwin(keys->pad);
	mem_free(&keys->paste.bytes);
	mem_free(&keys);
}

static void send(struct keys *keys, struct key key)
{
	burst_flush(keys->burst);
	keys->sink.key(keys->sink.context, &key);
}

/* One line that is a code of ours, closed as a scanner closes it: some terminals deliver a burst as
 * a paste. Shorter ones are numbers that somebody pastes into a field. */
static bool is_pasted_scan(struct keys *keys, const char *text, size_t len)
{
	size_t code = strcspn(text, "\t\n");
	return code >= PASTE_CODE_MIN && code < len && strspn(text + code, "\t\n") == len - code &&
	       on_is_code(keys, text, code);
}

static void paste_close(struct keys *keys, int64_t now_ms)
{
	struct paste *paste = &keys->paste;
	paste->is_open = false;
	if (paste->len == 0)
		return;
	CLEANUP(mem_free) char *text = TAKE(paste->bytes);
	size_t len = paste->len;
	paste->len = paste->room = 0;
	text[len] = '\0';
	if (is_pasted_scan(keys, text, len)) {
		burst_scanned(keys->burst, now_ms);
		keys->sink.scan(keys->sink.context, text, strcspn(text, "\t\n"));
		return;
	}
	keys->sink.paste(keys->sink.context, text);
}

static void paste_open(struct keys *keys, int64_t now_ms)
{
	burst_flush(keys->burst);
	keys->paste.is_open = true;
	keys->paste.len = 0;
	keys->paste.has_return = false;
	keys->paste.last_at = now_ms;
}

/* Line ends arrive as \r, as if typed, those of Windows as \r\n: each counts once. Anything beyond
 * a megabyte is dropped. */
static void paste_put(struct keys *keys, int byte, int64_t now_ms)
{
	struct paste *paste = &keys->paste;
	paste->last_at = now_ms;
	bool is_second = byte == '\n' && paste->has_return;
	paste->has_return = byte == '\r';
	if (byte > 0xff || byte == 0 || is_second || paste->len + 2 > PASTE_MAX)
		return;
	if (paste->len + 2 > paste->room) {
		paste->room = paste->room ? paste->room * 2 : 256;
		paste->bytes = mem_resize(paste->bytes, paste->room);
	}
	paste->bytes[paste->len++] = byte == '\r' ? '\n' : (char)byte;
}

/* One byte of a character. Invalid bytes are dropped. */
static void put_byte(struct keys *keys, unsigned byte, int64_t now_ms, int64_t since_ms)
{
	if (byte < 0x80) {
		keys->missing = 0;
		burst_put(keys->burst, byte, now_ms, since_ms);
		return;
	}
	if (byte >= 0xc2 && byte < 0xf5) {
		keys->missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
		keys->partial = byte & (0x3fu >> keys->missing);
		return;
	}
	if (keys->missing == 0 || (byte & 0xc0) != 0x80) {
		keys->missing = 0;
		return;
	}
	keys->partial = keys->partial << 6 | (byte & 0x3f);
	if (--keys->missing > 0)
		return;
	unsigned c = keys->partial;
	bool is_surrogate = c >= 0xd800 && c < 0xe000;
	if (c >= 0xa0 && c < K_ENTER && !is_surrogate)
		burst_put(keys->burst, c, now_ms, since_ms);
}

static void put_mouse(struct keys *keys, int byte)
{
	struct key key;
	if (mouse_put(&keys->mouse, byte, &key))
		send(keys, key);
}

static void put_special(struct keys *keys, int special)
{
	if (special >= KEY_F(1) && special <= KEY_F(12)) {
		send(keys, KEY_OF(K_F1 + (uint32_t)(special - KEY_F(1))));
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(curses_keys); i++) {
		if (curses_keys[i].curses == special) {
			send(keys, KEY_OF(curses_keys[i].code));
			return;
		}
	}
}

/* A sequence that terminfo does not know (Ctrl+arrow on some terminals) would arrive as Esc and
 * junk: all of it is dropped. Only what has already arrived is read. */
static bool skip_sequence(struct keys *keys)
{
	int byte = wgetch(keys->pad);
	if (byte != '[' && byte != 'O') {
		if (byte != ERR)
			ungetch(byte);
		return false;
	}
	int next = wgetch(keys->pad);
	if (next == ERR)
		return true;
	for (; next != ERR && next >= 0x20 && next < 0x40; next = wgetch(keys->pad))
		;
	return true;
}

static void put_control(struct keys *keys, int byte, int64_t now_ms, int64_t since_ms)
{
	uint32_t code = K_NONE;
	for (size_t i = 0; i < ARRAY_LEN(control_keys); i++)
		if (control_keys[i].byte == byte)
			code = control_keys[i].code;
	keys->missing = 0;
	if (code == K_ENTER || code == K_TAB)
		burst_put(keys->burst, code == K_TAB ? BURST_TAB : BURST_ENTER, now_ms, since_ms);
	else if (code != K_NONE && !(code == K_ESC && skip_sequence(keys)))
		send(keys, KEY_OF(code));
}

static void put(struct keys *keys, int input, int64_t now_ms, int64_t since_ms)
{
	if (keys->mouse.is_open && input <= 0xff)
		put_mouse(keys, input);
	else if (input == MOUSE_SGR || input == MOUSE_OLD)
		mouse_begin(&keys->mouse, input == MOUSE_SGR);
	else if (input == PASTE_BEGIN)
		paste_open(keys, now_ms);
	else if (input == PASTE_END)
		paste_close(keys, now_ms);
	else if (keys->paste.is_open)
		paste_put(keys, input, now_ms);
	else if (input > 0xff)
		put_special(keys, input);
	else if (input < 0x20 || input == 0x7f)
		put_control(keys, input, now_ms, since_ms);
	else
		put_byte(keys, (unsigned)input, now_ms, since_ms);
}

bool keys_read(struct keys *keys, int64_t away_ms)
{
	int64_t last_ms = clock_ms(&clock_system);
	for (int i = 0; i < BYTES_PER_READ; i++) {
		int64_t now_ms = clock_ms(&clock_system);
		/* Handling the last key took its time; the next one has been waiting. */
		if (away_ms < 0 && now_ms - last_ms > KEYS_STALL_MS)
			away_ms = last_ms;
		last_ms = now_ms;
		int input = wgetch(keys->pad);
		if (input == ERR)
			return false;
		put(keys, input, now_ms, away_ms < 0 ? now_ms : away_ms);
	}
	return true;
}

void keys_tick(struct keys *keys, int64_t now_ms)
{
	burst_tick(keys->burst, now_ms);
	if (keys->paste.is_open && now_ms - keys->paste.last_at >= PASTE_TIMEOUT_MS)
		paste_close(keys, now_ms);
}

int64_t keys_deadline(const struct keys *keys)
{
	if (keys->paste.is_open)
		return keys->paste.last_at + PASTE_TIMEOUT_MS;
	return burst_deadline(keys->burst);
}
