#include "tui/draw.h"

#include <stdarg.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/term.h"

/* Where in the grid an area's text may be drawn. */
struct line {
	struct grid *grid;
	int row;
	int from, to; /* columns of the grid, half open */
	int origin;   /* the area's column 0 */
};

/* False when that row is not visible at all. */
static bool line_open(struct rect area, int row, struct line *ret)
{
	struct grid *grid = term_grid();
	struct rect seen = rect_clip(area, grid_area(grid));
	if (rect_is_empty(seen) || area.row + row < seen.row ||
		area.row + row >= seen.row + seen.rows)
		return false;
	*ret = (struct line){ grid, area.row + row, seen.col, seen.col + seen.cols, area.col };
	return true;
}

/* Characters that change the direction of text, and zero-width ones: they would change what a line
 * looks like without being visible. */
bool draw_is_hidden(unsigned c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
	       (c >= 0xfe00 && c <= 0xfe0f) || c >= 0xe0000;
}

/* Writes one character at a column of the area; returns the column after it. */
static int put(const struct line *line, int col, enum style style, unsigned c)
{
	if (draw_is_hidden(c))
		return col;
	int width = text_width_of(c);
	int at = line->origin + col;
	if (width <= 0) {
		if (at > line->from && at <= line->to && c >= 0x300)
			grid_mark(line->grid, line->row, at, c);
		return col;
	}
	if (at >= line->from && at + width <= line->to) {
		grid_put(line->grid, line->row, at, style, c, width == 2);
	} else if (width == 2) {
		/* Half of it is outside. */
		for (int i = at; i < at + 2; i++)
			if (i >= line->from && i < line->to)
				grid_put(line->grid, line->row, i, style, ' ', false);
	}
	return col + width;
}

int draw_text(struct rect area, int row, int col, enum style style, const char *text)
{
	struct line line;
	if (!line_open(area, row, &line))
		return col + text_width(text);
	for (unsigned c; (c = text_next(&text)) != 0;)
		col = put(&line, col, style, c);
	return col;
}

int draw_textf(struct rect area, int row, int col, enum style style, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	CLEANUP(mem_free) char *text = mem_vprintf(fmt, args);
	va_end(args);
	return draw_text(area, row, col, style, text);
}

void draw_fit(struct rect area, int row, int col, int cells, enum style style, const char *text)
{
	if (cells <= 0)
		return;
	struct rect place = { area.row + row, area.col + col, 1, cells };
	place = rect_clip(place, area);
	draw_fill(place, style);
	CLEANUP(mem_free) char *fit = text_fit(text, cells);
	draw_text(place, 0, area.col + col - place.col, style, fit);
}

void draw_right(struct rect area, int row, enum style style, const char *text)
{
	draw_text(area, row, area.cols - text_width(text), style, text);
}

void draw_center(struct rect area, int row, enum style style, const char *text)
{
	int col = (area.cols - text_width(text)) / 2;
	draw_text(area, row, col < 0 ? 0 : col, style, text);
}

/* Spaced letters are harder to read, not easier: only text with wide characters is spaced. */
static bool is_spaceable(const char *text)
{
	for (unsigned c; (c = text_next(&text)) != 0;)
		if (text_width_of(c) == 2)
			return true;
	return false;
}

int draw_large_width(const char *text)
{
	if (!is_spaceable(text))
		return text_width(text);
	int width = 0;
	for (unsigned c; (c = text_next(&text)) != 0;)
		width += text_width_of(c) + 1;
	return width - 1;
}

int draw_large(struct rect area, int row, int col, enum style style, const char *text)
{
	if (!is_spaceable(text) || col + draw_large_width(text) > area.cols)
		return draw_text(area, row, col, style, text);
	struct line line;
	if (!line_open(area, row, &line))
		return col + draw_large_width(text);
	int end = col;
	for (unsigned c; (c = text_next(&text)) != 0;) {
		end = put(&line, col, style, c);
		col = put(&line, end, style, ' ');
	}
	return end;
}

/* Three rows of half blocks a digit, five pixels high. Bits from the left, rows from the top. */
#define DIGIT_COLS 3
#define DIGIT_ROWS 3

static const unsigned char digit_pixels[10][5] = {
	{ 7, 5, 5, 5, 7 },
	{ 2, 6, 2, 2, 7 },
	{ 7, 1, 7, 4, 7 },
	{ 7, 1, 7, 1, 7 },
	{ 5, 5, 7, 1, 1 },
	{ 7, 4, 7, 1, 7 },
	{ 7, 4, 7, 5, 7 },
	{ 7, 1, 1, 1, 1 },
	{ 7, 5, 7, 5, 7 },
	{ 7, 5, 7, 1, 7 },
};

static const unsigned char colon_pixels[5] = { 0, 2, 0, 2, 0 };

static const unsigned char *pixels_of(char c)
{
	return c >= '0' && c <= '9' ? digit_pixels[c - '0'] : c == ':' ? colon_pixels : NULL;
}

static void draw_digit(
	struct rect area, int row, int col, enum style style, const unsigned char *pixels)
{
	static const char *const blocks[] = { " ", "▀", "▄", "█" };
	for (int i = 0; i < DIGIT_ROWS; i++) {
		for (int x = 0; x < DIGIT_COLS; x++) {
			unsigned bit = 4u >> x;
			bool upper = pixels[2 * i] & bit;
			bool lower = 2 * i + 1 < 5 && pixels[2 * i + 1] & bit;
			draw_text(area, row + i, col + x, style, blocks[upper + 2 * lower]);
		}
	}
}

int draw_digits(struct rect area, int row, int col, enum style style, const char *text)
{
	for (; *text; text++) {
		const unsigned char *pixels = pixels_of(*text);
		if (pixels)
			draw_digit(area, row, col, style, pixels);
		col += DIGIT_COLS + 1;
	}
	return col - 1;
}

int draw_digits_width(const char *text)
{
	int count = (int)strlen(text);
	return count > 0 ? count * (DIGIT_COLS + 1) - 1 : 0;
}

void draw_fill(struct rect area, enum style style)
{
	grid_fill(term_grid(), area, style);
}

void draw_restyle(struct rect area, enum style style)
{
	grid_restyle(term_grid(), area, style);
}

static void repeat(struct rect area, int row, int col, int count, enum style style, unsigned c)
{
	struct line line;
	if (!line_open(area, row, &line))
		return;
	for (int i = 0; i < count; i++)
		put(&line, col + i, style, c);
}

void draw_hline(struct rect area, int row, int col, int cols)
{
	repeat(area, row, col, cols, STYLE_LINE, 0x2500);
}

void draw_vline(struct rect area, int row, int col, int rows)
{
	for (int i = 0; i < rows; i++)
		draw_text(area, row + i, col, STYLE_LINE, "│");
}

void draw_box(struct rect area, enum style style)
{
	int bottom = area.rows - 1, right = area.cols - 1;
	if (bottom < 1 || right < 1)
		return;
	repeat(area, 0, 1, right - 1, style, 0x2500);
	repeat(area, bottom, 1, right - 1, style, 0x2500);
	for (int row = 1; row < bottom; row++) {
		draw_text(area, row, 0, style, "│");
		draw_text(area, row, right, style, "│");
	}
	draw_text(area, 0, 0, style, "╭");
	draw_text(area, 0, right, style, "╮");
	draw_text(area, bottom, 0, style, "╰");
	draw_text(area, bottom, right, style, "╯");
}

int draw_button_width(const char *key_name, const char *label)
{
	int name = key_name ? text_width(key_name) : 0;
	return 2 + name + (name ? 1 : 0) + text_width(label);
}

int draw_button(struct rect area, int row, int col, const char *key_name, const char *label,
	struct key key, bool is_marked)
{
	int width = draw_button_width(key_name, label);
	struct rect place = { area.row + row, area.col + col, 1, width };
	place = rect_clip(place, area);
	enum style ground = is_marked ? STYLE_BUTTON_MARKED : STYLE_BUTTON;
	draw_fill(place, ground);
	int at = col + 1;
	if (key_name && *key_name) {
		enum style name = is_marked ? STYLE_BUTTON_MARKED : STYLE_BUTTON_KEY;
		at = draw_text(area, row, at, name, key_name) + 1;
	}
	draw_text(area, row, at, ground, label);
	draw_hot(place, key);
	return col + width;
}

void draw_hot(struct rect area, struct key key)
{
	term_hot(area, key);
}

void draw_hot_clear(void)
{
	term_hot_clear();
}

void draw_caret(struct rect area, int row, int col)
{
	if (rect_has(area, area.row + row, area.col + col))
		term_caret(area.row + row, area.col + col);
}

bool draw_is_large(void)
{
	return term_theme() == THEME_LARGE;
}
