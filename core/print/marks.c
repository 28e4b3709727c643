#include "core/print/marks.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/mem.h"

#define QUIET_GREY 0.38

void marks_add(struct marks *marks, struct mark mark)
{
	if (marks->count == marks->room) {
		marks->room = marks->room ? marks->room * 2 : 64;
		marks->list = mem_resize(marks->list, (size_t)marks->room * sizeof(mark));
	}
	marks->list[marks->count++] = mark;
}

void marks_move(struct marks *marks, int from, int to, int page, double dx, double dy)
{
	for (int i = from; i < to; i++) {
		marks->list[i].page = page;
		marks->list[i].x += dx;
		marks->list[i].y += dy;
	}
}

void marks_cut(struct marks *marks, int count)
{
	for (int i = count; i < marks->count; i++) {
		struct mark *mark = &marks->list[i];
		g_clear_object(&mark->layout);
		qr_destroy(mark->qr);
		if (mark->image)
			cairo_surface_destroy(mark->image);
	}
	marks->count = count;
}

void marks_finish(struct marks *marks)
{
	marks_cut(marks, 0);
	free(marks->list);
	*marks = (struct marks){ 0 };
}

static void draw_text(cairo_t *cr, const struct mark *mark)
{
	cairo_move_to(cr, mark->x, mark->y);
	pango_cairo_show_layout_line(
		cr, pango_layout_get_line_readonly(mark->layout, mark->line_no));
}

/* One path for the whole symbol, runs of dark modules joined, so that no seam shows between them.
 */
static void draw_qr(cairo_t *cr, const struct mark *mark)
{
	double module = mark->module_dots * DOT_PT;
	double x0 = round(mark->x / DOT_PT) * DOT_PT, y0 = round(mark->y / DOT_PT) * DOT_PT;
	int width = qr_width(mark->qr);

	for (int y = 0; y < width; y++)
		for (int x = 0; x < width;) {
			int run = 0;
			while (x + run < width && qr_is_dark(mark->qr, x + run, y))
				run++;
			if (run > 0)
				cairo_rectangle(
					cr, x0 + x * module, y0 + y * module, run * module, module);
			x += run + 1;
		}
	cairo_fill(cr);
}

static void draw_image(cairo_t *cr, const struct mark *mark)
{
	int width = cairo_image_surface_get_width(mark->image);
	int height = cairo_image_surface_get_height(mark->image);
	double scale = fmin(mark->w / width, mark->h / height);

	cairo_translate(cr, mark->x + (mark->w - width * scale) / 2, mark->y);
	cairo_scale(cr, scale, scale);
	cairo_set_source_surface(cr, mark->image, 0, 0);
	cairo_paint(cr);
}

static void draw_line(cairo_t *cr, const struct mark *mark)
{
	cairo_set_line_width(cr, mark->thickness);
	cairo_move_to(cr, mark->x, mark->y);
	cairo_line_to(cr, mark->x + mark->w, mark->y + mark->h);
	cairo_stroke(cr);
}

static void draw_box(cairo_t *cr, const struct mark *mark)
{
	double r = fmin(mark->radius, fmin(mark->w, mark->h) / 2);
	double right = mark->x + mark->w, bottom = mark->y + mark->h;

	cairo_set_line_width(cr, mark->thickness);
	if (r <= 0) {
		cairo_rectangle(cr, mark->x, mark->y, mark->w, mark->h);
	} else {
		cairo_arc(cr, right - r, mark->y + r, r, -G_PI_2, 0);
		cairo_arc(cr, right - r, bottom - r, r, 0, G_PI_2);
		cairo_arc(cr, mark->x + r, bottom - r, r, G_PI_2, G_PI);
		cairo_arc(cr, mark->x + r, mark->y + r, r, G_PI, 3 * G_PI_2);
		cairo_close_path(cr);
	}
	cairo_stroke(cr);
}

static void draw_mark(cairo_t *cr, const struct mark *mark, bool is_bilevel)
{
	static void (*const draw[])(cairo_t *, const struct mark *) = {
		[MARK_TEXT] = draw_text,
		[MARK_QR] = draw_qr,
		[MARK_IMAGE] = draw_image,
		[MARK_LINE] = draw_line,
		[MARK_BOX] = draw_box,
	};
	double grey = mark->is_quiet && !is_bilevel ? QUIET_GREY : 0;

	cairo_save(cr);
	if (is_bilevel && mark->kind != MARK_TEXT && mark->kind != MARK_IMAGE)
		cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
	cairo_set_source_rgb(cr, grey, grey, grey);
	draw[mark->kind](cr, mark);
	cairo_restore(cr);
}

void marks_draw(const struct marks *marks, int page, cairo_t *cr, bool is_bilevel)
{
	for (int i = 0; i < marks->count; i++)
		if (marks->list[i].page == page)
			draw_mark(cr, &marks->list[i], is_bilevel);
}
