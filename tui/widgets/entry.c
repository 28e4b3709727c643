#include "tui/widgets/entry.h"

#include <ctype.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/i18n.h"
#include "tui/widgets/edit.h"

#define BOX_ROWS 5
#define BOX_COLS 46
#define PAD_KEY  7 /* columns of one key of the pad */

struct entry {
	enum entry_kind kind;
	int max_chars;
	struct edit *edit;
};

struct entry *entry_create(enum entry_kind kind, int max_chars)
{
	struct entry *entry = mem_alloc(sizeof(*entry));
	entry->kind = kind;
	entry->max_chars = max_chars;
	entry->edit = edit_create(max_chars);
	return entry;
}

void entry_destroy(struct entry *entry)
{
	if (!entry)
		return;
	edit_destroy(entry->edit);
	mem_free(&entry);
}

const char *entry_text(const struct entry *entry)
{
	return edit_text(entry->edit);
}

void entry_clear(struct entry *entry)
{
	edit_set(entry->edit, "");
}

/* The character as it is entered, or 0. */
static char accepted(const struct entry *entry, char c)
{
	if (c >= '0' && c <= '9')
		return c;
	if (entry->kind == ENTRY_CODE && isalpha((unsigned char)c))
		return (char)toupper((unsigned char)c);
	return '\0';
}

void entry_paste(struct entry *entry, const char *text)
{
	CLEANUP(mem_free) char *narrow = text_narrow(text);
	for (const char *s = narrow; *s; s++) {
		char one[2] = { accepted(entry, *s), '\0' };
		edit_insert(entry->edit, one);
	}
	explicit_bzero(narrow, strlen(narrow));
}

enum entry_answer entry_key(struct entry *entry, const struct key *key)
{
	if (key->code == K_ENTER)
		return edit_is_empty(entry->edit) ? ENTRY_IGNORED : ENTRY_DONE;
	if (key->code == K_BACKSPACE)
		return edit_key(entry->edit, key) ? ENTRY_TAKEN : ENTRY_IGNORED;
	if (!key_is_char(key))
		return ENTRY_IGNORED;
	char bytes[5];
	text_put(key->code, bytes);
	entry_paste(entry, bytes);
	return ENTRY_TAKEN;
}

int entry_rows(void)
{
	return BOX_ROWS;
}

static bool is_digits(const char *s)
{
	return strspn(s, "0123456789") == strlen(s);
}

/* Dots for a PIN, including one for each digit still to come, so that its length is visible. */
static void draw_pin(const struct entry *entry, struct rect inside)
{
	int typed = edit_length(entry->edit);
	int width = entry->max_chars * 3 - 2;
	int col = (inside.cols - width) / 2;
	for (int i = 0; i < entry->max_chars; i++)
		draw_text(inside, 1, col + i * 3, i < typed ? STYLE_STRONG : STYLE_LINE,
			i < typed ? "●" : "○");
}

static void draw_typed(const struct entry *entry, struct rect inside)
{
	const char *text = edit_text(entry->edit);
	int digits = draw_digits_width(text);
	if (entry->kind == ENTRY_PIN) {
		draw_pin(entry, inside);
	} else if (*text && is_digits(text) && digits + 2 <= inside.cols) {
		draw_digits(inside, 0, (inside.cols - digits) / 2, STYLE_STRONG, text);
	} else {
		int width = draw_large_width(text);
		if (width + 1 > inside.cols)
			width = text_width(text);
		int col = (inside.cols - width) / 2;
		int end = draw_large(inside, 1, col < 0 ? 0 : col, STYLE_STRONG, text);
		draw_caret(inside, 1, end < inside.cols ? end : inside.cols - 1);
	}
}

/* The height of a key of the pad for that many rows, with a gap of one in between; 0: no pad. */
static int pad_key_rows(int rows)
{
	for (int height = 3; height > 0; height--)
		if (4 * height + 3 <= rows)
			return height;
	return 0;
}

/* The layout of a telephone; ← and ✓ beside 0. */
static void draw_pad(struct rect area, int height)
{
	static const char *const lines[] = { "123", "456", "789", "<0>" };
	for (int y = 0; y < 4; y++) {
		for (int x = 0; x < 3; x++) {
			char c = lines[y][x];
			uint32_t code = c == '<' ? K_BACKSPACE : c == '>' ? K_ENTER : (uint32_t)c;
			const char *label = c == '<' ? "←" : c == '>' ? "✓" : (char[]){ c, '\0' };
			enum style style = c == '>' ? STYLE_BUTTON_MARKED : STYLE_BUTTON;
			struct rect place = { area.row + y * (height + 1),
				area.col + x * (PAD_KEY + 2), height, PAD_KEY };
			draw_fill(place, style);
			draw_center(place, height / 2, style, label);
			draw_hot(place, KEY_OF(code));
		}
	}
}

void entry_draw(const struct entry *entry, struct rect area, bool has_pad)
{
	struct rect top = rect_cut_top(&area, BOX_ROWS);
	struct rect box = rect_center(top, BOX_ROWS, BOX_COLS);
	draw_box(box, STYLE_MARK);
	draw_typed(entry, rect_inset(box, 1, 2));
	rect_cut_top(&area, 1);
	int height = pad_key_rows(area.rows);
	int cols = 3 * PAD_KEY + 4;
	if (has_pad && height > 0 && area.cols >= cols)
		draw_pad(rect_center(rect_cut_top(&area, 4 * height + 3), 4 * height + 3, cols),
			height);
}
