#include "core/print/type.h"

#include <assert.h>
#include <math.h>

#define LEADING   1.3
#define STEP_PT   0.5
#define EM_ASCENT 0.88 /* of the em box of a CJK face; the rest is below the base line */

static void use_size(struct type *type, double size_pt)
{
	PangoFontDescription *font = fonts_description(size_pt, type->style.is_bold);

	pango_layout_set_font_description(type->layout, font);
	pango_font_description_free(font);
	type->style.size_pt = size_pt;
	type->line_count = pango_layout_get_line_count(type->layout);
}

/* Down by half points until it takes no more lines than it may. */
static void shrink(struct type *type)
{
	int lines_max = type->style.max_lines > 0 ? type->style.max_lines : 1;

	while (type->line_count > lines_max && type->style.size_pt > type->style.min_pt)
		use_size(type, fmax(type->style.size_pt - STEP_PT, type->style.min_pt));
}

static void measure(struct type *type)
{
	double leading = type->style.leading > 0 ? type->style.leading : LEADING;
	double size = type->style.size_pt;

	type->line_height = size * leading;
	type->base = (type->line_height - size) / 2 + EM_ASCENT * size;
	for (int i = 0; i < type->line_count; i++)
		type->widest = fmax(type->widest, type_line_width(type, i));
}

const char *type_set(struct fonts *fonts, const struct sheet_style *style, const char *words,
	double width_pt, struct type *ret)
{
	struct type type = { .layout = pango_layout_new(fonts_context(fonts)), .style = *style };

	pango_layout_set_text(type.layout, words, -1);
	pango_layout_set_width(type.layout, (int)(fmax(width_pt, 0) * PANGO_SCALE));
	pango_layout_set_wrap(type.layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(type.layout, FALSE);
	use_size(&type, style->size_pt);
	if (style->min_pt > 0)
		shrink(&type);
	measure(&type);
	assert(!pango_layout_is_ellipsized(type.layout));
	*ret = type;
	if (pango_layout_get_unknown_glyphs_count(type.layout) == 0)
		return NULL;
	return fonts_missing(fonts, words);
}

void type_finish(struct type *type)
{
	g_clear_object(&type->layout);
}

double type_line_width(const struct type *type, int line_no)
{
	PangoRectangle logical;

	pango_layout_line_get_extents(
		pango_layout_get_line_readonly(type->layout, line_no), NULL, &logical);
	return (double)logical.width / PANGO_SCALE;
}
