/* Areas of the screen, in cells, and cutting them up: a layout is a sequence of cuts.
 *
 *   struct rect top = rect_cut_top(&area, 1);   // area is now what is left
 *
 * A cut never gives more than there is; an empty rect is fine everywhere and draws nothing. */
#pragma once

#include <stdbool.h>

struct rect {
	int row, col, rows, cols;
};

struct rect rect_cut_top(struct rect *area, int rows);
struct rect rect_cut_bottom(struct rect *area, int rows);
struct rect rect_cut_left(struct rect *area, int cols);
struct rect rect_cut_right(struct rect *area, int cols);
/* `area` without `rows` rows above and below and `cols` columns on both sides. */
struct rect rect_inset(struct rect area, int rows, int cols);
/* A rect of at most that size in the centre of `area`. */
struct rect rect_center(struct rect area, int rows, int cols);
/* What two areas share; empty when they don't meet. */
struct rect rect_clip(struct rect area, struct rect bounds);
bool rect_is_empty(struct rect area);
bool rect_has(struct rect area, int row, int col); /* screen coordinates */
