#include "tui/widgets/list.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/i18n.h"
#include "tui/widgets/edit.h"

#define COLUMN_GAP   2
#define MARK_CELLS   2
#define NUMBER_CELLS 2
#define SHRUNK_MIN   4 /* cells; no column is squeezed below this */
#define FILTER_CHARS 32
#define WHEEL_ROWS   3
#define COUNTED_ROWS 4 /* with fewer each is a line */

struct list {
	struct list_options options;
	int all;    /* rows that the screen has */
	int *shown; /* indexes of the matching ones, one per line; NULL: all */
	int count;  /* lines, of which one is selected */
	int selected;
	bool has_more;
	int first;   /* the topmost line shown */
	int visible; /* how many lines the last drawing had room for */
	struct edit *filter;
};

struct list *list_create(const struct list_options *options)
{
	struct list *list = mem_alloc(sizeof(*list));
	list->options = *options;
	list->visible = 1;
	list->filter = edit_create(FILTER_CHARS);
	return list;
}

void list_destroy(struct list *list)
{
	if (!list)
		return;
	edit_destroy(list->filter);
	mem_free(&list->shown);
	mem_free(&list);
}

/* ---- rows and lines ---- */

static int row_of(const struct list *list, int line)
{
	return list->shown ? list->shown[line] : line;
}

static void select_line(struct list *list, int line)
{
	if (line >= list->count)
		line = list->count - 1;
	list->selected = line < 0 ? 0 : line;
}

static bool is_shown(const struct list *list, int row)
{
	const struct list_options *options = &list->options;

	return options->matches(options->context, row, edit_text(list->filter));
}

static void find_lines(struct list *list)
{
	mem_free(&list->shown);
	list->shown = mem_alloc((size_t)(list->all + 1) * sizeof(*list->shown));
	list->count = 0;
	for (int row = 0; row < list->all; row++)
		if (is_shown(list, row))
			list->shown[list->count++] = row;
}

static void filter_changed(struct list *list)
{
	if (list->options.matches)
		list_set_count(list, list->all);
	else
		list->options.filter(list->options.context, edit_text(list->filter));
}

static bool has_filter(const struct list *list)
{
	return list->options.filter || list->options.matches;
}

void list_set_count(struct list *list, int rows)
{
	list->all = list->count = rows;
	if (list->options.matches)
		find_lines(list);
	select_line(list, list->selected);
}

void list_set_more(struct list *list, bool has_more)
{
	list->has_more = has_more;
}

int list_selected(const struct list *list)
{
	return list->count > 0 ? row_of(list, list->selected) : -1;
}

void list_select(struct list *list, int row)
{
	int line = 0;

	while (list->shown && line < list->count && list->shown[line] != row)
		line++;
	select_line(list, list->shown ? line : row);
}

const char *list_filter(const struct list *list)
{
	return edit_text(list->filter);
}

void list_set_filter(struct list *list, const char *text)
{
	edit_set(list->filter, text);
}

/* --- keys --- */

/* The lines after those that are shown, or before them; the first of them is selected. */
static bool turn_key(struct list *list, uint32_t code)
{
	if (code != K_LEFT && code != K_RIGHT)
		return false;
	int line = list->first + (code == K_RIGHT ? list->visible : -list->visible);
	if (line < list->count) {
		select_line(list, line);
		list->first = list->selected;
	}
	return true;
}

static bool move_key(struct list *list, uint32_t code)
{
	int page = list->visible > 1 ? list->visible - 1 : 1;
	int row = list->selected;
	switch (code) {
	case K_UP:
		row--;
		break;
	case K_DOWN:
		row++;
		break;
	case K_SCROLL_UP:
		row -= WHEEL_ROWS;
		break;
	case K_SCROLL_DOWN:
		row += WHEEL_ROWS;
		break;
	case K_PAGE_UP:
		row -= page;
		break;
	case K_PAGE_DOWN:
		row += page;
		break;
	case K_HOME:
		row = 0;
		break;
	case K_END:
		row = list->count - 1;
		break;
	default:
		return false;
	}
	select_line(list, row);
	return true;
}

static enum list_answer filter_key(struct list *list, const struct key *key)
{
	bool is_char = key_is_char(key);
	bool is_edit = is_char || key->code == K_BACKSPACE;
	if (!has_filter(list) || !is_edit || (!is_char && edit_is_empty(list->filter)))
		return LIST_IGNORED;
	if (key->code == ' ' && edit_is_empty(list->filter))
		return LIST_IGNORED;
	edit_key(list->filter, key);
	list->selected = 0;
	filter_changed(list);
	return LIST_TAKEN;
}

/* The highest digit in front of a line; 0: none. */
static int number_max(const struct list *list)
{
	if (!list->options.is_numbered || !edit_is_empty(list->filter))
		return 0;
	return list->options.number_max ? list->options.number_max : 9;
}

enum list_answer list_key(struct list *list, const struct key *key)
{
	if (move_key(list, key->code) || turn_key(list, key->code))
		return LIST_TAKEN;
	if (key->code == K_ENTER)
		return list->count > 0 ? LIST_CHOSEN : LIST_IGNORED;
	if (key->code == K_PICK && key->of == list && key->index < list->count) {
		select_line(list, key->index);
		return LIST_CHOSEN;
	}
	int digit = key_digit(key);
	if (digit > 0 && digit <= number_max(list) && list->first + digit <= list->count &&
		digit <= list->visible) {
		select_line(list, list->first + digit - 1);
		return LIST_CHOSEN;
	}
	/* The first Esc clears the filter, the next one goes to the screen. */
	if (key->code == K_ESC && !edit_is_empty(list->filter)) {
		edit_set(list->filter, "");
		filter_changed(list);
		return LIST_TAKEN;
	}
	return filter_key(list, key);
}

/* --- drawing --- */

/* The visible lines, requested once: widths are computed from them, then they are drawn. */
struct view {
	int first, rows;
	struct list_cell *cells; /* rows × columns */
	int *widths;
};

static struct list_cell *view_cell(
	const struct list *list, const struct view *view, int row, int col)
{
	return &view->cells[row * list->options.column_count + col];
}

static void view_open(const struct list *list, struct view *view)
{
	int columns = list->options.column_count;
	view->cells = mem_alloc((size_t)(view->rows * columns + 1) * sizeof(*view->cells));
	view->widths = mem_alloc((size_t)(columns + 1) * sizeof(*view->widths));
	for (int row = 0; row < view->rows; row++)
		for (int col = 0; col < columns; col++)
			list->options.cell(list->options.context, row_of(list, view->first + row),
				col, view_cell(list, view, row, col));
}

static void view_close(const struct list *list, struct view *view)
{
	for (int i = 0; i < view->rows * list->options.column_count; i++)
		mem_free(&view->cells[i].text);
	mem_free(&view->cells);
	mem_free(&view->widths);
}

static int wanted_width(const struct list *list, const struct view *view, int col)
{
	const struct list_column *column = &list->options.columns[col];
	int width = column->title ? text_width(_(column->title)) : 0;
	for (int row = 0; row < view->rows; row++) {
		const char *text = view_cell(list, view, row, col)->text;
		int w = text ? text_width(text) : 0;
		width = w > width ? w : width;
	}
	if (!column->is_whole && column->max > 0 && width > column->max)
		width = column->max;
	return width < column->min ? column->min : width;
}

static int total_width(const struct list *list, const struct view *view)
{
	int total = 0;
	for (int col = 0; col < list->options.column_count; col++)
		total += view->widths[col] + (view->widths[col] > 0 && col > 0 ? COLUMN_GAP : 0);
	return total;
}

/* The widest column that may still be squeezed, or -1. */
static int widest(const struct list *list, const struct view *view)
{
	int best = -1;
	for (int col = 0; col < list->options.column_count; col++)
		if (!list->options.columns[col].is_whole && view->widths[col] > SHRUNK_MIN &&
			(best < 0 || view->widths[col] > view->widths[best]))
			best = col;
	return best;
}

static int last_droppable(const struct list *list, const struct view *view)
{
	for (int col = list->options.column_count - 1; col > 0; col--)
		if (!list->options.columns[col].is_whole && view->widths[col] > 0)
			return col;
	return -1;
}

static void share_rest(const struct list *list, struct view *view, int rest)
{
	int open = 0;
	for (int col = 0; col < list->options.column_count; col++)
		open += list->options.columns[col].max == 0 && !list->options.columns[col].is_whole;
	for (int col = 0; col < list->options.column_count && open > 0; col++) {
		const struct list_column *column = &list->options.columns[col];
		if (column->max != 0 || column->is_whole)
			continue;
		int share = rest / open--;
		view->widths[col] += share;
		rest -= share;
	}
}

/* Every column gets what it needs; if that is too much, the widest shrink, then the last are
 * dropped; amounts and times stay whole. */
static void fit_columns(const struct list *list, struct view *view, int cells)
{
	for (int col = 0; col < list->options.column_count; col++)
		view->widths[col] = wanted_width(list, view, col);
	int over = total_width(list, view) - cells;
	while (over > 0) {
		int col = widest(list, view);
		if (col >= 0)
			view->widths[col]--;
		else if ((col = last_droppable(list, view)) >= 0)
			view->widths[col] = 0;
		else
			return;
		over = total_width(list, view) - cells;
	}
	share_rest(list, view, -over);
}

static void draw_cell(struct rect line, int col, int cells, const struct list_column *column,
	enum style style, const char *text)
{
	int width = text_width(text);
	if (column->align_right && width < cells)
		draw_text(line, 0, col + cells - width, style, text);
	else
		draw_fit(line, 0, col, cells, style, text);
}

static void draw_titles(const struct list *list, const struct view *view, struct rect line)
{
	int col = 0;
	for (int i = 0; i < list->options.column_count; i++) {
		const struct list_column *column = &list->options.columns[i];
		if (view->widths[i] == 0)
			continue;
		if (column->title)
			draw_cell(
				line, col, view->widths[i], column, STYLE_QUIET, _(column->title));
		col += view->widths[i] + COLUMN_GAP;
	}
}

static int margin(const struct list *list)
{
	return 1 + (list->options.mark ? MARK_CELLS : 0) +
	       (list->options.is_numbered ? NUMBER_CELLS : 0);
}

static void draw_margin(const struct list *list, int row, struct rect line, bool is_selected)
{
	int col = 1, number = row - list->first + 1;
	if (list->options.is_numbered) {
		enum style style = is_selected ? STYLE_SELECTED : STYLE_MARK;
		if (number <= number_max(list))
			draw_textf(line, 0, col, style, "%d", number);
		col += NUMBER_CELLS;
	}
	if (list->options.mark) {
		enum style style = STYLE_PAPER;
		const char *mark =
			list->options.mark(list->options.context, row_of(list, row), &style);
		if (mark)
			draw_text(line, 0, col, is_selected ? STYLE_SELECTED : style, mark);
	}
}

static void draw_row(const struct list *list, const struct view *view, int index, struct rect line)
{
	int row = view->first + index;
	bool is_selected = row == list->selected;
	if (is_selected)
		draw_fill(line, STYLE_SELECTED);
	draw_margin(list, row, line, is_selected);
	draw_hot(line, (struct key){ .code = K_PICK, .index = row, .of = list });
	rect_cut_left(&line, margin(list));
	rect_cut_right(&line, 1);
	int col = 0;
	for (int i = 0; i < list->options.column_count; i++) {
		const struct list_cell *cell = view_cell(list, view, index, i);
		if (view->widths[i] == 0)
			continue;
		if (cell->text)
			draw_cell(line, col, view->widths[i], &list->options.columns[i],
				is_selected ? STYLE_SELECTED : cell->style, cell->text);
		col += view->widths[i] + COLUMN_GAP;
	}
}

static void draw_filter(const struct list *list, struct rect line)
{
	int col = draw_text(line, 0, 1, STYLE_QUIET, _("Find")) + 1;
	CLEANUP(mem_free)
	char *count = mem_printf(list->has_more ? _("%d+ lines") : _("%d lines"), list->count);
	struct edit_look look = { .is_active = true, .hint = _("type to search") };
	edit_draw(list->filter, line, 0, col,
		FILTER_CHARS < line.cols / 2 ? FILTER_CHARS : line.cols / 2, &look);
	draw_right(rect_inset(line, 0, 1), 0, STYLE_QUIET, count);
}

/* How many lines there are, and which of them these are. */
static void draw_count(const struct list *list, struct rect line)
{
	int last = list->first + list->visible;
	const char *more = list->has_more ? "+" : "";

	if (last > list->count)
		last = list->count;
	CLEANUP(mem_free)
	char *text = list->count <= list->visible
			     ? mem_printf(_("%d lines"), list->count)
			     : mem_printf(_("%1$d–%2$d of %3$d%4$s   ← → turn the page"),
				       list->first + 1, last, list->count, more);
	draw_text(line, 0, margin(list), STYLE_QUIET, text);
}

/* The row for that, unless all lines just fit without it. */
static struct rect cut_count(const struct list *list, struct rect *area, int pitch)
{
	bool just_fit = list->count * pitch - pitch + 1 == area->rows;
	bool is_wanted = list->count > 1 && !has_filter(list) && area->rows >= COUNTED_ROWS;

	return rect_cut_bottom(area, is_wanted && !just_fit ? 1 : 0);
}

/* The scroll position, beside the lines; nothing when all of them are visible. */
static void draw_scrollbar(const struct list *list, struct rect bar)
{
	if (list->count <= list->visible || bar.rows < 2)
		return;
	int thumb = bar.rows * list->visible / list->count;
	thumb = thumb < 1 ? 1 : thumb;
	int last = list->count - list->visible;
	int at = last > 0 ? (bar.rows - thumb) * list->first / last : 0;
	draw_vline(bar, 0, 0, bar.rows);
	for (int i = 0; i < thumb; i++)
		draw_text(bar, at + i, 0, STYLE_MARK, "┃");
}

static bool has_titles(const struct list *list)
{
	for (int i = 0; i < list->options.column_count; i++)
		if (list->options.columns[i].title)
			return true;
	return false;
}

static void scroll(struct list *list, int visible)
{
	list->visible = visible < 1 ? 1 : visible;
	if (list->selected < list->first)
		list->first = list->selected;
	if (list->selected >= list->first + list->visible)
		list->first = list->selected - list->visible + 1;
	if (list->first > list->count - list->visible)
		list->first = list->count - list->visible;
	if (list->first < 0)
		list->first = 0;
}

void list_draw(struct list *list, struct rect area)
{
	if (has_filter(list)) {
		draw_filter(list, rect_cut_top(&area, 1));
		rect_cut_top(&area, area.rows > 6 ? 1 : 0);
	}
	struct rect titles = rect_cut_top(&area, has_titles(list) && area.rows > 2 ? 1 : 0);
	int pitch = draw_is_large() && area.rows >= 8 ? 2 : 1;
	struct rect count = cut_count(list, &area, pitch);
	scroll(list, (area.rows + pitch - 1) / pitch);
	if (list->count == 0) {
		if (list->options.empty)
			draw_text(area, 1, margin(list), STYLE_QUIET, _(list->options.empty));
		return;
	}
	int rows = list->count - list->first;
	struct view view = { .first = list->first,
		.rows = rows < list->visible ? rows : list->visible };
	view_open(list, &view);
	fit_columns(list, &view, area.cols - margin(list) - 1);
	rect_cut_left(&titles, margin(list));
	rect_cut_right(&titles, 1);
	draw_titles(list, &view, titles);
	for (int i = 0; i < view.rows; i++) {
		struct rect line = { area.row + i * pitch, area.col, 1, area.cols };
		draw_row(list, &view, i, rect_clip(line, area));
	}
	view_close(list, &view);
	draw_scrollbar(list, rect_cut_right(&area, 1));
	/* Close below the lines. */
	int below = area.row + view.rows * pitch + 1;
	count.row = below < count.row ? below : count.row;
	if (count.rows > 0)
		draw_count(list, count);
}
