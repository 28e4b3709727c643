#include "tui/widgets/qr.h"

#include <qrencode.h>
#include <string.h>

#include "core/base/mem.h"

#define QUIET_ZONE 4
#define BYTES_MAX  2900

static void code_free(QRcode **code)
{
	QRcode_free(*code);
}

/* Upper-case letters and digits pack tighter than bytes: libqrencode picks that mode by itself. */
static QRcode *encode(const char *text)
{
	size_t len = strlen(text);
	if (len == 0 || len > BYTES_MAX)
		return NULL;
	return QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
}

static int rows_of(const QRcode *code)
{
	return (code->width + 2 * QUIET_ZONE + 1) / 2;
}

static int cols_of(const QRcode *code)
{
	return code->width + 2 * QUIET_ZONE;
}

bool qr_size(const char *text, int *ret_rows, int *ret_cols)
{
	CLEANUP(code_free) QRcode *code = encode(text);
	if (!code)
		return false;
	*ret_rows = rows_of(code);
	*ret_cols = cols_of(code);
	return true;
}

static bool is_dark(const QRcode *code, int y, int x)
{
	x -= QUIET_ZONE;
	y -= QUIET_ZONE;
	return x >= 0 && y >= 0 && x < code->width && y < code->width &&
	       code->data[y * code->width + x] & 1;
}

/* A cell of one colour is a space on that ground: block characters leave hairlines in many fonts.
 */
static void draw_cell(struct rect area, const QRcode *code, int row, int col)
{
	bool upper = is_dark(code, 2 * row, col), lower = is_dark(code, 2 * row + 1, col);
	if (upper == lower)
		draw_text(area, row, col, upper ? STYLE_QR_INVERSE : STYLE_QR, " ");
	else
		draw_text(area, row, col, upper ? STYLE_QR : STYLE_QR_INVERSE, "▀");
}

bool qr_draw(struct rect area, const char *text)
{
	CLEANUP(code_free) QRcode *code = encode(text);
	if (!code || rows_of(code) > area.rows || cols_of(code) > area.cols)
		return false;
	for (int row = 0; row < rows_of(code); row++)
		for (int col = 0; col < cols_of(code); col++)
			draw_cell(area, code, row, col);
	return true;
}
