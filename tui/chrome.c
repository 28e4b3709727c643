#include "tui/chrome.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/i18n.h"

/* The name of the place stays readable beside any device notice. */
#define TITLE_MIN 24
/* Below this many rows the rule above the footer gives its row to the screen. */
#define RULE_ROWS 16

static char *notice_text(const struct notice *notice)
{
	return mem_printf(" ! %s ", notice->text);
}

static int notices_width(const struct chrome *chrome)
{
	int width = 0;

	for (int i = 0; i < chrome->notice_count; i++) {
		CLEANUP(mem_free) char *text = notice_text(&chrome->notices[i]);
		width += text_width(text) + 1;
	}
	return width;
}

/* The text on the right; its last part gives way to a notice that would be cut. */
static char *right_text(const struct chrome *chrome, int cols)
{
	char *right = mem_text(chrome->right);
	int notices = notices_width(chrome);

	if (notices == 0 || TITLE_MIN + notices + 2 + text_width(right) <= cols)
		return right;
	char *last = NULL;
	for (char *gap = right; (gap = strstr(gap, "  ")) != NULL; gap += 2)
		last = gap;
	if (last)
		*last = '\0';
	return right;
}

/* Device notices, from the right; returns the cells left of them. */
static void draw_notices(const struct chrome *chrome, struct rect *line)
{
	for (int i = 0; i < chrome->notice_count; i++) {
		CLEANUP(mem_free) char *text = notice_text(&chrome->notices[i]);
		int room = line->cols - TITLE_MIN;
		int width = text_width(text);
		if (room < 8)
			return;
		width = width < room ? width : room;
		struct rect place = rect_cut_right(line, width);
		draw_fit(place, 0, 0, width, STYLE_NEEDED, text);
		rect_cut_right(line, 1);
	}
}

static void draw_top(const struct chrome *chrome, struct rect line)
{
	draw_fill(line, STYLE_TOP);
	line = rect_inset(line, 0, 1);
	CLEANUP(mem_free) char *text = right_text(chrome, line.cols);
	struct rect right = rect_cut_right(&line, text_width(text));
	draw_text(right, 0, 0, STYLE_TOP_QUIET, text);
	rect_cut_right(&line, 2);
	draw_notices(chrome, &line);
	CLEANUP(mem_free)
	char *left = chrome->title && *chrome->title
			     ? mem_printf("%s · %s", chrome->house, chrome->title)
			     : mem_text(chrome->house);
	draw_fit(line, 0, 0, line.cols, STYLE_TOP, left);
}

struct rect chrome_draw(const struct chrome *chrome, struct rect all, struct rect *ret_footer)
{
	bool has_rule = all.rows >= RULE_ROWS;
	draw_top(chrome, rect_cut_top(&all, 1));
	*ret_footer = rect_cut_bottom(&all, 1);
	if (has_rule) {
		struct rect rule = rect_cut_bottom(&all, 1);
		draw_hline(rule, 0, 0, rule.cols);
	}
	return all;
}
