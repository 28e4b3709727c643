#include "tui/widgets/banner.h"

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/widgets/wrap.h"

#define INDENT 4 /* bar, space, mark, space */

static const struct {
	const char *mark;
	enum style style;
} kinds[BANNER_KIND_COUNT] = {
	[BANNER_NONE] = { "", STYLE_STRONG },
	[BANNER_DONE] = { "✓", STYLE_DONE },
	[BANNER_REFUSED] = { "✗", STYLE_REFUSED },
	[BANNER_NEEDED] = { "!", STYLE_NEEDED },
	[BANNER_UNDONE] = { "↶", STYLE_UNDONE },
};

void banner_set(struct banner *banner, enum banner_kind kind, const char *title, const char *text)
{
	banner_clear(banner);
	banner->kind = kind;
	banner->title = mem_text(title);
	banner->text = mem_text(text);
}

void banner_clear(struct banner *banner)
{
	banner->kind = BANNER_NONE;
	banner->is_listed = false;
	mem_free(&banner->title);
	mem_free(&banner->text);
}

const char *banner_mark(enum banner_kind kind)
{
	return kinds[kind].mark;
}

enum style banner_style(enum banner_kind kind)
{
	return kinds[kind].style;
}

/* A short sentence is drawn beside its title. */
static bool is_one_row(const struct banner *banner, int cells)
{
	int width = text_width(banner->title) + 2 + text_width(banner->text ? banner->text : "");
	return width <= cells - INDENT && wrap_rows(banner->text ? banner->text : "", cells) <= 1;
}

int banner_rows(const struct banner *banner, int cells)
{
	if (banner->kind == BANNER_NONE)
		return 0;
	if (!banner->text || is_one_row(banner, cells))
		return 1;
	return 1 + wrap_rows(banner->text, cells - INDENT);
}

void banner_draw(const struct banner *banner, struct rect area)
{
	int rows = banner_rows(banner, area.cols);
	if (rows == 0)
		return;
	bool is_one = is_one_row(banner, area.cols);
	enum style style = kinds[banner->kind].style;
	area = rect_cut_top(&area, rows);
	struct rect bar = rect_cut_left(&area, 1);
	for (int i = 0; i < rows; i++)
		draw_text(bar, i, 0, style == STYLE_NEEDED ? STYLE_NEEDED : style,
			style == STYLE_NEEDED ? " " : "▌");
	rect_cut_left(&area, 1);
	struct rect head = area;
	head.rows = 1;
	int col = draw_text(head, 0, 0, style, kinds[banner->kind].mark);
	col = draw_text(head, 0, col, style, " ");
	col = draw_text(head, 0, col, style, banner->title);
	if (style == STYLE_NEEDED)
		draw_text(head, 0, col, style, " ");
	if (!banner->text)
		return;
	rect_cut_left(&area, INDENT - 2);
	if (is_one)
		draw_text(area, 0, text_width(banner->title) + 2, STYLE_PAPER, banner->text);
	else
		wrap_draw(area, 1, STYLE_PAPER, banner->text);
}
