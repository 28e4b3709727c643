#include "tui/widgets/edit.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

/* All the memory it will ever need is allocated at once, so that a PIN leaves no copies behind. */
struct edit {
	int max_chars;
	size_t room, len;
	size_t cursor; /* a byte offset, always at the start of a character */
	char *text;
};

struct edit *edit_create(int max_chars)
{
	struct edit *edit = mem_alloc(sizeof(*edit));
	edit->max_chars = max_chars;
	edit->room = (size_t)max_chars * 4 + 1;
	edit->text = mem_alloc(edit->room);
	return edit;
}

void edit_destroy(struct edit *edit)
{
	if (!edit)
		return;
	explicit_bzero(edit->text, edit->room);
	mem_free(&edit->text);
	mem_free(&edit);
}

const char *edit_text(const struct edit *edit)
{
	return edit->text;
}

bool edit_is_empty(const struct edit *edit)
{
	return edit->len == 0;
}

int edit_length(const struct edit *edit)
{
	return text_length(edit->text);
}

void edit_set(struct edit *edit, const char *text)
{
	explicit_bzero(edit->text, edit->room);
	edit->len = edit->cursor = 0;
	edit_insert(edit, text);
}

static void insert_one(struct edit *edit, unsigned c, int *length)
{
	char bytes[5];
	if (c == '\n' || c == '\t')
		c = ' ';
	if (draw_is_hidden(c) || c == 0xfffd || *length >= edit->max_chars)
		return;
	size_t size = (size_t)text_put(c, bytes);
	if (edit->len + size >= edit->room)
		return;
	memmove(edit->text + edit->cursor + size, edit->text + edit->cursor,
		edit->len - edit->cursor + 1);
	memcpy(edit->text + edit->cursor, bytes, size);
	edit->len += size;
	edit->cursor += size;
	(*length)++;
}

void edit_insert(struct edit *edit, const char *text)
{
	int length = edit_length(edit);
	for (unsigned c; (c = text_next(&text)) != 0;)
		insert_one(edit, c, &length);
}

static bool is_mark(unsigned c)
{
	return c && text_width_of(c) == 0;
}

/* The offset after the character at `at`, its combining marks included. */
static size_t after(const struct edit *edit, size_t at)
{
	const char *s = edit->text + at;
	if (!text_next(&s))
		return at;
	for (const char *next = s; is_mark(text_next(&next)); s = next)
		;
	return (size_t)(s - edit->text);
}

static size_t before(const struct edit *edit, size_t at)
{
	size_t found = 0;
	for (size_t i = 0; i < at; i = after(edit, i))
		found = i;
	return found;
}

static void cut(struct edit *edit, size_t from, size_t to)
{
	memmove(edit->text + from, edit->text + to, edit->len - to + 1);
	edit->len -= to - from;
	explicit_bzero(edit->text + edit->len, edit->room - edit->len);
	edit->cursor = from;
}

bool edit_key(struct edit *edit, const struct key *key)
{
	if (key_is_char(key)) {
		char bytes[5];
		text_put(key->code, bytes);
		edit_insert(edit, bytes);
		return true;
	}
	switch (key->code) {
	case K_LEFT:
		edit->cursor = before(edit, edit->cursor);
		return true;
	case K_RIGHT:
		edit->cursor = after(edit, edit->cursor);
		return true;
	case K_HOME:
		edit->cursor = 0;
		return true;
	case K_END:
		edit->cursor = edit->len;
		return true;
	case K_BACKSPACE:
		if (edit->cursor == 0)
			return false;
		cut(edit, before(edit, edit->cursor), edit->cursor);
		return true;
	case K_DELETE:
		cut(edit, edit->cursor, after(edit, edit->cursor));
		return true;
	default:
		return false;
	}
}

static int width_between(const char *from, const char *to)
{
	int width = 0;
	while (from < to) {
		unsigned c = text_next(&from);
		width += text_width_of(c);
	}
	return width;
}

static void draw_dots(const struct edit *edit, struct rect place, enum style style, bool is_active)
{
	int length = edit_length(edit);
	int shown = length < place.cols - 1 ? length : place.cols - 1;
	for (int i = 0; i < shown; i++)
		draw_text(place, 0, i, style, "•");
	if (is_active)
		draw_caret(place, 0, shown < 0 ? 0 : shown);
}

void edit_draw(const struct edit *edit, struct rect area, int row, int col, int cells,
	const struct edit_look *look)
{
	enum style style = look->is_active ? STYLE_FIELD_ACTIVE : STYLE_FIELD;
	struct rect place = { area.row + row, area.col + col, 1, cells };
	place = rect_clip(place, area);
	draw_fill(place, style);
	place = rect_inset(place, 0, 1);
	if (edit->len == 0 && look->hint)
		draw_fit(place, 0, 0, place.cols,
			look->is_active ? STYLE_FIELD_ACTIVE_QUIET : STYLE_FIELD_QUIET, look->hint);
	if (look->is_masked && edit->len > 0) {
		draw_dots(edit, place, style, look->is_active);
		return;
	}
	const char *start = edit->text, *cursor = edit->text + edit->cursor;
	while (start < cursor && width_between(start, cursor) > place.cols - 1)
		text_next(&start);
	if (edit->len > 0)
		draw_text(place, 0, 0, style, start);
	if (look->is_active)
		draw_caret(place, 0, width_between(start, cursor));
}
