#include <cairo-pdf.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/print/page.h"
#include "core/print/page_model.h"
#include "core/print/reasons.h"

struct pages *pages_create(const struct sheet *sheet)
{
	struct pages *pages = mem_alloc(sizeof(*pages));

	pages->title = mem_text(sheet_title(sheet));
	pages->made = mem_text(sheet_made(sheet));
	pages->is_landscape = sheet_paper(sheet)->is_landscape;
	pages->missing = g_string_new(NULL);
	return pages;
}

void pages_destroy(struct pages *pages)
{
	if (!pages)
		return;
	marks_finish(&pages->marks);
	pages_unwarn(pages, 0);
	free(pages->warnings);
	g_string_free(pages->missing, TRUE);
	free(pages->list);
	free(pages->title);
	free(pages->made);
	free(pages);
}

void pages_destroyp(struct pages **pages)
{
	pages_destroy(*pages);
}

void pages_add(struct pages *pages, double width, double height)
{
	pages->list = mem_resize(pages->list, (size_t)(pages->count + 1) * sizeof(*pages->list));
	pages->list[pages->count++] = (struct page){ width, height };
}

void pages_unwarn(struct pages *pages, int count)
{
	for (int i = count; i < pages->warning_count; i++)
		free(pages->warnings[i]);
	pages->warning_count = count;
}

void pages_warn(struct pages *pages, const char *fmt, ...)
{
	va_list args;
	size_t size = (size_t)(pages->warning_count + 1) * sizeof(*pages->warnings);

	pages->warnings = mem_resize(pages->warnings, size);
	va_start(args, fmt);
	pages->warnings[pages->warning_count++] = mem_vprintf(fmt, args);
	va_end(args);
}

void pages_warn_glyph(struct pages *pages, int line, const char *character)
{
	const char *end = character;
	unsigned codepoint = text_next(&end);

	if (!g_utf8_strchr(pages->missing->str, -1, codepoint))
		g_string_append_unichar(pages->missing, codepoint);
	pages_warn(pages, "line %d: no glyph for U+%04X '%.*s'", line, codepoint,
		(int)(end - character), character);
}

int pages_warning_count(const struct pages *pages)
{
	return pages->warning_count;
}

const char *pages_warning(const struct pages *pages, int index)
{
	return pages->warnings[index];
}

const char *pages_missing(const struct pages *pages)
{
	return pages->missing->str;
}

int pages_count(const struct pages *pages)
{
	return pages->count;
}

void pages_size(const struct pages *pages, int page, double *ret_w_pt, double *ret_h_pt)
{
	*ret_w_pt = pages->list[page].width;
	*ret_h_pt = pages->list[page].height;
}

void pages_draw(const struct pages *pages, int page, cairo_t *cr, bool is_bilevel)
{
	marks_draw(&pages->marks, page, cr, is_bilevel);
}

bool pages_picture(const struct pages *pages, int page, int index, struct page_area *ret)
{
	for (int i = 0; i < pages->marks.count; i++) {
		const struct mark *mark = &pages->marks.list[i];
		if (mark->kind != MARK_IMAGE || mark->page != page || index-- > 0)
			continue;
		*ret = (struct page_area){ mark->x, mark->y, mark->w, mark->h };
		return true;
	}
	return false;
}

/* ---- PDF ---- */

static cairo_status_t add_bytes(void *closure, const unsigned char *data, unsigned size)
{
	bytes_add(closure, data, size);
	return CAIRO_STATUS_SUCCESS;
}

static void pdf_page(const struct pages *pages, int page, cairo_surface_t *surface, bool is_turned)
{
	const struct page *size = &pages->list[page];

	if (is_turned)
		cairo_pdf_surface_set_size(surface, size->height, size->width);
	else
		cairo_pdf_surface_set_size(surface, size->width, size->height);
	cairo_t *cr = cairo_create(surface);
	if (is_turned) { /* the drawing's top at the paper's left edge, read with the paper turned
			    right */
		cairo_translate(cr, 0, size->width);
		cairo_rotate(cr, -G_PI_2);
	}
	pages_draw(pages, page, cr, false);
	cairo_show_page(cr);
	cairo_destroy(cr);
}

int pages_to_pdf(const struct pages *pages, bool is_upright, struct bytes *out, struct err *err)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(add_bytes, out, 1, 1);

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, pages->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "jiaplus");
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, pages->made);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, pages->made);
	for (int i = 0; i < pages->count; i++)
		pdf_page(pages, i, surface, is_upright && pages->is_landscape);
	cairo_surface_finish(surface);
	cairo_status_t status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return 0;
	return err_set(err, ERR_INVALID, REASON_TEXT(SHEET_BAD, cairo_status_to_string(status)));
}
