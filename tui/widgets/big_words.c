#include "tui/widgets/big_words.h"

#include <assert.h>

#include "core/base/text.h"

static_assert(BIG_ROWS * 2 == FACE_ROWS, "a cell is two pixels high");

int big_words_cols(struct face *face, const char *text)
{
	struct glyph glyph;
	int cols = 0;

	for (unsigned c; (c = text_next(&text)) != 0;) {
		if (!face_glyph(face, c, &glyph))
			return 0;
		cols += glyph.cols;
	}
	return cols;
}

bool big_words_fit(struct face *face, const char *text, struct rect area)
{
	int cols = area.rows >= BIG_ROWS ? big_words_cols(face, text) : 0;

	return cols > 0 && cols <= area.cols;
}

/* A cell of one colour is a space on that ground: block characters leave hairlines in many fonts.
 */
static void draw_cell(struct rect area, int row, int col, bool is_upper, bool is_lower)
{
	if (is_upper == is_lower)
		draw_text(area, row, col, is_upper ? STYLE_BIG_INVERSE : STYLE_BIG, " ");
	else
		draw_text(area, row, col, STYLE_BIG, is_upper ? "▀" : "▄");
}

static void draw_glyph(struct rect area, int col, const struct glyph *glyph)
{
	for (int row = 0; row < BIG_ROWS; row++)
		for (int x = 0; x < glyph->cols; x++) {
			unsigned pixel = 0x8000u >> x;
			draw_cell(area, row, col + x, glyph->rows[2 * row] & pixel,
				glyph->rows[2 * row + 1] & pixel);
		}
}

bool big_words_draw(struct rect area, struct face *face, const char *text)
{
	struct glyph glyph;
	int col = 0;

	if (!big_words_fit(face, text, area))
		return false;
	for (unsigned c; (c = text_next(&text)) != 0 && face_glyph(face, c, &glyph);) {
		draw_glyph(area, col, &glyph);
		col += glyph.cols;
	}
	return true;
}

bool big_words_center(struct rect area, struct face *face, const char *text)
{
	if (!big_words_fit(face, text, area))
		return false;
	rect_cut_left(&area, (area.cols - big_words_cols(face, text)) / 2);
	return big_words_draw(area, face, text);
}
