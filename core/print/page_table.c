#include <math.h>

#include "core/print/page_layout.h"
#include "core/print/sheet.h"
#include "core/print/sheet_model.h"

#define RULE_MM 0.25

struct table {
	const struct sheet_item *item;
	double widths[SHEET_SPAN_MAX];
	int head_from, head_count; /* items of the head rows */
	bool has_head;             /* in progress; its first mark, and where it begins */
	int head_mark;
	double head_y;
	int row_count; /* of the others, so far */
};

struct cell {
	const struct sheet_item *item;
	double x, w, height; /* height: of its content and padding */
	int from, to;        /* its marks */
};

static int table_widths(struct layout *l, const struct flow *flow, struct table *table)
{
	const struct sheet_item *item = table->item;
	double fixed = 0;
	int shares = 0;

	for (int i = 0; i < item->width_count; i++) {
		fixed += MM_TO_PT(item->widths[i]);
		shares += item->widths[i] <= 0;
	}
	if (fixed > flow->w + LAYOUT_SLACK_PT || (shares && fixed >= flow->w))
		return layout_overflow(l, item, "the columns do not fit the width");
	for (int i = 0; i < item->width_count; i++)
		table->widths[i] = item->widths[i] > 0 ? MM_TO_PT(item->widths[i])
						       : (flow->w - fixed) / shares;
	return 0;
}

static int set_cell(struct layout *l, const struct flow *flow, const struct table *table, double x,
	int column, struct cell *cell)
{
	double pad_x = MM_TO_PT(table->item->x), pad_y = MM_TO_PT(table->item->y);

	cell->item = layout_peek(l);
	cell->x = x;
	cell->w = 0;
	cell->from = l->pages->marks.count;
	bool is_open = table->item->rules != SHEET_RULES_GRID;
	bool is_last = column + cell->item->span == table->item->width_count;
	for (int i = 0; i < cell->item->span; i++)
		cell->w += table->widths[column + i];
	struct flow inside = {
		.x = x + pad_x,
		.w = cell->w - 2 * pad_x,
		.y = flow->y + pad_y,
		.bottom = INFINITY,
		.spare_left = pad_x + (column == 0 && is_open ? flow->spare_left : 0),
		.spare_right = pad_x + (is_last && is_open ? flow->spare_right : 0),
	};
	l->at++;
	int rc = layout_flow(l, &inside);
	cell->to = l->pages->marks.count;
	cell->height = inside.y + pad_y - flow->y;
	return rc;
}

/* Lines around or between cells; neighbours draw the common one in the same place. */
static void put_rules(struct layout *l, const struct flow *flow, const struct table *table,
	const struct cell *cells, int count, double height)
{
	double thickness = MM_TO_PT(RULE_MM);

	for (int i = 0; i < count && table->item->rules == SHEET_RULES_GRID; i++)
		layout_mark(l, (struct mark){ .kind = MARK_BOX,
				       .x = cells[i].x,
				       .y = flow->y,
				       .w = cells[i].w,
				       .h = height,
				       .thickness = thickness });
	for (int i = 0; i < 2 && table->item->rules == SHEET_RULES_ROWS; i++)
		layout_mark(l, (struct mark){ .kind = MARK_LINE,
				       .x = flow->x,
				       .y = flow->y + i * height,
				       .w = flow->w,
				       .thickness = thickness });
}

/* A row of a table that fills its page is as high as the same row of other tables, and gets its
 * share of the blank space. */
static double filled(struct layout *l, const struct table *table, double height)
{
	struct fill *fill = l->fill;
	int row = table->row_count;

	if (row >= FILL_ROWS_MAX)
		return height;
	if (row == fill->row_count)
		fill->row_count++;
	fill->heights[row] = fmax(fill->heights[row], height);
	return fill->heights[row] + fill->stretch;
}

/* Sets one row at flow->y, whether or not it fits; *ret_height is its height. */
static int draw_row(
	struct layout *l, const struct flow *flow, const struct table *table, double *ret_height)
{
	struct cell cells[SHEET_SPAN_MAX];
	int count = 0, column = 0;
	double x = flow->x, height = MM_TO_PT(layout_peek(l)->h);
	bool is_filling = table->item->is_filling && !layout_peek(l)->is_head;

	for (l->at++; layout_next_is(l, SHEET_CELL); count++) {
		int rc = set_cell(l, flow, table, x, column, &cells[count]);
		if (rc < 0)
			return rc;
		x += cells[count].w;
		column += cells[count].item->span;
		height = fmax(height, cells[count].height);
	}
	if (is_filling)
		height = filled(l, table, height);
	for (int i = 0; i < count; i++) {
		double left_over = height - cells[i].height;
		enum sheet_valign valign = cells[i].item->valign;
		double shift = valign == SHEET_TOP      ? 0
			       : valign == SHEET_BOTTOM ? left_over
							: left_over / 2;
		marks_move(&l->pages->marks, cells[i].from, cells[i].to, layout_page(l), 0, shift);
	}
	put_rules(l, flow, table, cells, count, height);
	*ret_height = height;
	return 0;
}

static int set_heads(struct layout *l, struct flow *flow, const struct table *table)
{
	int at = l->at;
	double height = 0;

	l->at = table->head_from;
	for (int i = 0; i < table->head_count; i++, flow->y += height) {
		int rc = draw_row(l, flow, table, &height);
		if (rc < 0)
			return rc;
	}
	l->at = at;
	return 0;
}

/* Moves a row that does not fit, set at `y` from the mark `from` on, to the next page, under the
 * heads. These move with it if no row has followed them yet. */
static int move_row(struct layout *l, struct flow *flow, struct table *table, int from, double y)
{
	int to = l->pages->marks.count;
	bool takes_heads = table->row_count == 0 && table->has_head && table->head_y > flow->top;
	double top = takes_heads ? table->head_y : y;

	TRY(layout_break(l, flow));
	if (!takes_heads)
		TRY(set_heads(l, flow, table));
	marks_move(&l->pages->marks, takes_heads ? table->head_mark : from, to, layout_page(l), 0,
		flow->y - top);
	table->head_y = flow->y;
	flow->y += y - top;
	return 0;
}

static int set_row(struct layout *l, struct flow *flow, struct table *table)
{
	const struct sheet_item *row = layout_peek(l);
	int from = l->pages->marks.count;
	double height = 0, y = flow->y;

	if (row->is_head && !table->has_head) {
		table->has_head = true;
		table->head_mark = from;
		table->head_y = y;
	}
	TRY(draw_row(l, flow, table, &height));
	if (flow->y + height > flow->bottom + LAYOUT_SLACK_PT) {
		if (flow->is_page && flow->y > flow->top)
			TRY(move_row(l, flow, table, from, y));
		if (flow->y + height > flow->bottom + LAYOUT_SLACK_PT)
			return layout_overflow(l, row, "the row does not fit the height");
	}
	flow->y += height;
	table->head_count += row->is_head;
	table->row_count += !row->is_head;
	l->fill->on_page += table->item->is_filling && !row->is_head;
	return 0;
}

int layout_table(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	struct table table = { .item = item, .head_from = l->at };
	int rc = table_widths(l, flow, &table);

	l->fill->tables += item->is_filling;
	while (rc == 0 && layout_next_is(l, SHEET_ROW))
		rc = set_row(l, flow, &table);
	l->at++; /* its end */
	return rc;
}
