#include "core/print/type.h"

#include <assert.h>
#include <math.h>

#define LEADING        1.3
#define NAME_DOT       0xb7   /* takes 2 bytes */
#define LEADS_MARK     0x2605 /* ★ */
#define STANDS_IN_MARK 0x25b2 /* ▲ */
#define CHANGED_MARK   0x203b /* ※ */
#define LONELY_EM      1.6    /* a last line shorter than this is avoided */
#define STEP_PT        0.5
#define EM_ASCENT      0.88 /* of the em box of a CJK face; the rest is below the base line */

static void use_size(struct type *type, double size_pt)
{
	PangoFontDescription *font = fonts_description(size_pt, type->style.is_bold);
	double leading = type->style.leading > 0 ? type->style.leading : LEADING;

	pango_layout_set_font_description(type->layout, font);
	pango_font_description_free(font);
	type->style.size_pt = size_pt;
	type->line_count = pango_layout_get_line_count(type->layout);
	type->line_height = size_pt * leading;
	type->base = (type->line_height - size_pt) / 2 + EM_ASCENT * size_pt;
}

static double widest_line(const struct type *type)
{
	double widest = 0;

	for (int i = 0; i < type->line_count; i++)
		widest = fmax(widest, type_line_width(type, i));
	return widest;
}

static void use_width(struct type *type, double width_pt)
{
	pango_layout_set_width(type->layout, (int)(fmax(width_pt, 0) * PANGO_SCALE));
	type->line_count = pango_layout_get_line_count(type->layout);
}

static void allow_no_break(PangoAttrList *list, size_t from, size_t to)
{
	PangoAttribute *attribute = pango_attr_allow_breaks_new(FALSE);

	attribute->start_index = (guint)from;
	attribute->end_index = (guint)to;
	pango_attr_list_insert(list, attribute);
}

/* Names such as 阿依古丽·买买提江 break after the dot and nowhere else. Returns NULL if there is
 * no such name. */
static PangoAttrList *name_breaks(const char *words)
{
	PangoAttrList *list = NULL;
	const char *part = words; /* where the current part of a name began */
	bool is_name = false;     /* a dot came right before it */

	for (const char *s = words;; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);
		if (g_unichar_isalpha(c))
			continue;
		bool is_dot = c == NAME_DOT && s > part;
		if ((is_dot || is_name) && s > part) {
			list = list ? list : pango_attr_list_new();
			allow_no_break(list, (size_t)(part - words),
				(size_t)(s - words) + (is_dot ? 2 : 0));
		}
		if (!c)
			return list;
		is_name = is_dot;
		part = g_utf8_next_char(s);
	}
}

/* ★ and ▲ come before what they mark, ※ after it: no line ends between them. Adds to `list`
 * (NULL: a new one) and returns it. */
static PangoAttrList *mark_breaks(const char *words, PangoAttrList *list)
{
	const char *before = NULL;

	for (const char *s = words; *s; before = s, s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s), last = before ? g_utf8_get_char(before) : 0;
		if (last != LEADS_MARK && last != STANDS_IN_MARK && (!before || c != CHANGED_MARK))
			continue;
		list = list ? list : pango_attr_list_new();
		allow_no_break(
			list, (size_t)(before - words), (size_t)(g_utf8_next_char(s) - words));
	}
	return list;
}

/* Takes the list over; NULL is allowed. */
static void use_breaks(struct type *type, PangoAttrList *breaks)
{
	pango_layout_set_attributes(type->layout, breaks);
	if (breaks)
		pango_attr_list_unref(breaks);
	type->line_count = pango_layout_get_line_count(type->layout);
}

/* Keeps the parts of names whole where the width allows it, and marks with what they mark. */
static void keep_names(struct type *type, const char *words, double width_pt)
{
	PangoAttrList *names = type->line_count > 1 ? name_breaks(words) : NULL;

	if (type->line_count < 2)
		return;
	if (names) {
		use_breaks(type, mark_breaks(words, names));
		if (widest_line(type) <= width_pt)
			return;
	}
	use_breaks(type, mark_breaks(words, NULL));
}

/* Centred lines come out about equally long, and no lonely character is left on a last line: the
 * narrowest setting in as many lines. */
static void balance(struct type *type, double width_pt)
{
	int lines = type->line_count;
	double last = type_line_width(type, lines - 1), low = width_pt / lines, high = width_pt;

	if (lines < 2 ||
		(type->style.align != SHEET_CENTER && last > LONELY_EM * type->style.size_pt))
		return;
	while (high - low > 1) {
		double middle = (low + high) / 2;
		use_width(type, middle);
		if (type->line_count > lines || widest_line(type) > middle)
			low = middle;
		else
			high = middle;
	}
	use_width(type, high);
}

/* Shrinks by half points until the text takes no more lines and no more height than allowed. */
static void shrink(struct type *type, double height_pt)
{
	int lines_max = type->style.max_lines > 0 ? type->style.max_lines : 1;

	while (type->style.size_pt > type->style.min_pt &&
		(type->line_count > lines_max || type->line_count * type->line_height > height_pt))
		use_size(type, fmax(type->style.size_pt - STEP_PT, type->style.min_pt));
}

const char *type_set(struct fonts *fonts, const struct sheet_style *style, const char *words,
	double width_pt, double height_pt, struct type *ret)
{
	struct type type = { .layout = pango_layout_new(fonts_context(fonts)), .style = *style };

	pango_layout_set_text(type.layout, words, -1);
	pango_layout_set_wrap(type.layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(type.layout, FALSE);
	use_width(&type, width_pt);
	use_size(&type, style->size_pt);
	if (style->min_pt > 0)
		shrink(&type, height_pt);
	keep_names(&type, words, width_pt);
	balance(&type, width_pt);
	type.widest = widest_line(&type);
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
