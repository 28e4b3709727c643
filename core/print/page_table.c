#include <math.h>

#include "core/print/page_layout.h"
#include "core/print/sheet.h"
#include "core/print/sheet_model.h"

#define RULE_MM 0.25

struct table {
	const struct sheet_item *item;
	double widths[SHEET_SPAN_MAX];
	int head_from, head_count; /* items of the head rows */
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

/* Sets one row at flow->y, whether or not it fits; *ret_height is its height. */
static int draw_row(
	struct layout *l, const struct flow *flow, const struct table *table, double *ret_height)
{
	struct cell cells[SHEET_SPAN_MAX];
	int count = 0, column = 0;
	double x = flow->x, height = MM_TO_PT(layout_peek(l)->h);

	for (l->at++; layout_next_is(l, SHEET_CELL); count++) {
		int rc = set_cell(l, flow, table, x, column, &cells[count]);
		if (rc < 0)
			return rc;
		x += cells[count].w;
		column += cells[count].item->span;
		height = fmax(height, cells[count].height);
	}
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

/* A row that does not fit moves to the next page, under the heads. */
static int set_row(struct layout *l, struct flow *flow, struct table *table)
{
	const struct sheet_item *row = layout_peek(l);
	int from = l->pages->marks.count;
	double height = 0, y = flow->y;
	int rc = draw_row(l, flow, table, &height);

	if (rc < 0)
		return rc;
	if (flow->y + height > flow->bottom + LAYOUT_SLACK_PT) {
		int to = l->pages->marks.count;
		if (flow->is_page && flow->y > flow->top) {
			rc = layout_break(l, flow);
			if (rc == 0 && !row->is_head)
				rc = set_heads(l, flow, table);
			if (rc < 0)
				return rc;
			marks_move(&l->pages->marks, from, to, layout_page(l), 0, flow->y - y);
		}
		if (flow->y + height > flow->bottom + LAYOUT_SLACK_PT)
			return layout_overflow(l, row, "the row does not fit the height");
	}
	flow->y += height;
	return 0;
}

int layout_table(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	struct table table = { .item = item, .head_from = l->at };
	int rc = table_widths(l, flow, &table);

	while (rc == 0 && layout_next_is(l, SHEET_ROW)) {
		bool is_head = layout_peek(l)->is_head;
		rc = set_row(l, flow, &table);
		table.head_count += is_head;
	}
	l->at++; /* its end */
	return rc;
}
