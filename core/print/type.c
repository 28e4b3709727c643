#include "core/print/type.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/breaks.h"

#define LEADING   1.3
#define LONELY    2 /* characters on a last line: so few are avoided */
#define STEP_PT   0.5
#define EM_ASCENT 0.88 /* of the em box of a CJK face; the rest is below the base line */

static void count_lines(struct type *type)
{
	type->line_count = pango_layout_get_line_count(type->layout);
}

static void use_size(struct type *type, double size_pt)
{
	PangoFontDescription *font = fonts_description(size_pt, type->style.is_bold);
	double leading = type->style.leading > 0 ? type->style.leading : LEADING;

	pango_layout_set_font_description(type->layout, font);
	pango_font_description_free(font);
	type->style.size_pt = size_pt;
	type->line_height = size_pt * leading;
	type->base = (type->line_height - size_pt) / 2 + EM_ASCENT * size_pt;
	count_lines(type);
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
	count_lines(type);
}

/* ---- where lines may end ---- */

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t from, size_t to)
{
	attribute->start_index = (guint)from;
	attribute->end_index = (guint)to;
	pango_attr_list_insert(list, attribute);
}

static size_t next_at(const char *words, size_t at)
{
	return (size_t)(g_utf8_next_char(words + at) - words);
}

/* Pango forbids breaks within a range but not at its ends, so each range is as long as possible. */
static void forbid_breaks(PangoAttrList *list, const char *words, const unsigned char *glue)
{
	size_t len = strlen(words), from = 0;

	for (size_t at = 0; at < len;) {
		size_t next = next_at(words, at);
		if (next < len && glue[next]) {
			at = next;
			continue;
		}
		if (at > from)
			add_attribute(list, pango_attr_allow_breaks_new(FALSE), from, next);
		from = at = next;
	}
}

static void use_breaks(struct type *type, const char *words, const unsigned char *glue)
{
	PangoAttrList *list = pango_attr_list_new();

	forbid_breaks(list, words, glue);
	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	if (type->style.is_struck)
		pango_attr_list_insert(list, pango_attr_strikethrough_new(TRUE));
	pango_layout_set_attributes(type->layout, list);
	pango_attr_list_unref(list);
	count_lines(type);
}

static const PangoLayoutLine *line_at(const struct type *type, int line_no)
{
	return pango_layout_get_line_readonly(type->layout, line_no);
}

/* A line is too long when it is wider than allowed, or when Pango broke what is kept together: of
 * several runs of glyphs without a break it ends the line after the first. */
static bool is_too_long(
	const struct type *type, const unsigned char *glue, int line_no, double width_pt)
{
	bool is_last = line_no + 1 == type->line_count;

	return type_line_width(type, line_no) > width_pt ||
	       (!is_last && glue[line_at(type, line_no + 1)->start_index]);
}

static bool has_too_long(const struct type *type, const unsigned char *glue, double width_pt)
{
	for (int i = 0; i < type->line_count; i++)
		if (is_too_long(type, glue, i, width_pt))
			return true;
	return false;
}

/* On the lines that are too long, releases what is kept together there and into the next line, up
 * to a firmness. Returns whether there was any. */
static bool let_go(
	const struct type *type, unsigned char *glue, enum glue firmness, double width_pt)
{
	const char *text = pango_layout_get_text(type->layout);
	bool is_changed = false;

	for (int i = 0; i < type->line_count; i++) {
		const PangoLayoutLine *line = line_at(type, i);
		size_t end = (size_t)(line->start_index + line->length);
		if (!is_too_long(type, glue, i, width_pt))
			continue;
		for (size_t at = (size_t)line->start_index; at < end || (text[at] && glue[at]);
			at = next_at(text, at)) {
			bool is_held = glue[at] && glue[at] <= firmness;
			is_changed = is_changed || is_held;
			glue[at] = is_held ? GLUE_NONE : glue[at];
		}
	}
	return is_changed;
}

/* If something that should stay whole is longer than a line, it is broken after all. */
static void loosen(struct type *type, const char *words, unsigned char *glue, double width_pt)
{
	for (int firmness = GLUE_SOFT; firmness <= GLUE_FIRM; firmness++)
		while (has_too_long(type, glue, width_pt) &&
			let_go(type, glue, (enum glue)firmness, width_pt)) {
			use_breaks(type, words, glue);
			type->is_broken = true;
		}
}

/* ---- how lines look together ---- */

static int letters_of(const struct type *type, int line_no)
{
	const PangoLayoutLine *line = line_at(type, line_no);
	const char *from = pango_layout_get_text(type->layout) + line->start_index;
	int letters = 0;

	for (const char *c = from; c < from + line->length; c = g_utf8_next_char(c))
		letters += g_unichar_isalnum(g_utf8_get_char(c));
	return letters;
}

/* Centred lines come out about equally long, and no lonely character is left on a last line: the
 * narrowest setting in as many lines. */
static void balance(struct type *type, double width_pt)
{
	int lines = type->line_count;
	double low = width_pt / lines, high = width_pt;

	if (lines < 2 ||
		(type->style.align != SHEET_CENTER && letters_of(type, lines - 1) > LONELY))
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

static int lines_max(const struct type *type)
{
	return type->style.max_lines > 0 ? type->style.max_lines : 1;
}

/* Shrinks by half points until the text takes no more lines, width and height than allowed, and
 * what is kept together stays whole. */
static void shrink(struct type *type, const unsigned char *glue, double width_pt, double height_pt)
{
	while (type->style.size_pt > type->style.min_pt &&
		(type->line_count > lines_max(type) || has_too_long(type, glue, width_pt) ||
			type->line_count * type->line_height > height_pt))
		use_size(type, fmax(type->style.size_pt - STEP_PT, type->style.min_pt));
}

/* Shortens with … a text that takes more lines than allowed. */
static void cut(struct type *type)
{
	if (type->line_count <= lines_max(type))
		return;
	pango_layout_set_height(type->layout, -lines_max(type));
	pango_layout_set_ellipsize(type->layout, PANGO_ELLIPSIZE_END);
	count_lines(type);
}

/* Sets the text with the fonts of one context. False: some character has no glyph there. */
static bool set_with(PangoContext *context, const char *words, double width_pt, double height_pt,
	struct type *type)
{
	CLEANUP(mem_free) unsigned char *glue = breaks_find(words);

	type->layout = pango_layout_new(context);
	pango_layout_set_text(type->layout, words, -1);
	pango_layout_set_wrap(type->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(type->layout, FALSE);
	use_width(type, width_pt);
	use_size(type, type->style.size_pt);
	use_breaks(type, words, glue);
	if (type->style.min_pt > 0)
		shrink(type, glue, width_pt, height_pt);
	loosen(type, words, glue, width_pt);
	balance(type, width_pt);
	if (type->style.is_cut)
		cut(type);
	return pango_layout_get_unknown_glyphs_count(type->layout) == 0;
}

const char *type_set(struct fonts *fonts, const struct sheet_style *style, const char *words,
	double width_pt, double height_pt, struct type *ret)
{
	/* Composed: a face without combining accents would take é from two fonts. */
	CLEANUP(mem_free) char *composed = g_utf8_normalize(words, -1, G_NORMALIZE_DEFAULT_COMPOSE);
	struct type type = { .style = *style };
	const char *missing = NULL;

	if (!set_with(fonts_context(fonts), composed, width_pt, height_pt, &type)) {
		type_finish(&type);
		type = (struct type){ .style = *style };
		if (!set_with(fonts_wide_context(fonts), composed, width_pt, height_pt, &type))
			missing = fonts_missing(fonts, pango_layout_get_text(type.layout));
	}
	type.widest = widest_line(&type);
	assert(style->is_cut || !pango_layout_is_ellipsized(type.layout));
	*ret = type;
	return missing;
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
