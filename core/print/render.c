#include "core/print/render.h"

#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/escpos.h"
#include "core/print/file.h"
#include "core/print/raster.h"

int render_init(struct fonts *fonts, const struct render_source *source, struct render *ret,
	struct err *err)
{
	struct render render = { 0 };
	int rc = sheet_parse(source->text, source->len, &render.sheet, err);

	if (rc == 0) {
		sheet_set_printed(render.sheet, source->printed);
		rc = pages_layout(fonts, render.sheet, &render.pages, err);
	}
	if (rc < 0) {
		render_finish(&render);
		return rc;
	}
	*ret = render;
	return 0;
}

void render_finish(struct render *render)
{
	sheet_destroy(render->sheet);
	pages_destroy(render->pages);
	*render = (struct render){ 0 };
}

void render_media(const struct render *render, int *ret_width, int *ret_height)
{
	const struct sheet_media *media = sheet_paper(render->sheet);
	double longest = 0;

	for (int i = 0; i < pages_count(render->pages); i++) {
		double w, h;
		pages_size(render->pages, i, &w, &h);
		longest = fmax(longest, h);
	}
	*ret_width = (int)lround(media->width_mm * 100);
	*ret_height = media->height_mm > 0 ? (int)lround(media->height_mm * 100)
					   : (int)lround(longest * 2540 / 72);
}

int render_pdf(const struct render *render, bool is_upright, struct bytes *out, struct err *err)
{
	return pages_to_pdf(render->pages, is_upright, out, err);
}

int render_escpos(const struct render *render, int dots, struct bytes *out, struct err *err)
{
	for (int i = 0; i < pages_count(render->pages); i++) {
		CLEANUP(raster_finish) struct raster raster = { 0 };
		int rc = raster_draw(render->pages, i, dots, &raster, err);
		if (rc < 0)
			return rc;
		escpos_add(&raster, out);
	}
	return 0;
}

/* "card.png" → "card-2.png" for the second page; the caller's. */
static char *page_path(const char *to, int page)
{
	const char *slash = strrchr(to, '/'), *dot = strrchr(slash ? slash : to, '.');
	int stem = (int)(dot ? (size_t)(dot - to) : strlen(to));

	if (page == 0)
		return mem_text(to);
	return mem_printf("%.*s-%d%s", stem, to, page + 1, to + stem);
}

static int pbm(const struct pages *pages, int page, int dots, struct bytes *out, struct err *err)
{
	CLEANUP(raster_finish) struct raster raster = { 0 };
	int rc = raster_draw(pages, page, dots, &raster, err);

	if (rc == 0)
		raster_to_pbm(&raster, out);
	return rc;
}

static int picture_files(const struct render *render, enum paper_format format, int dots,
	const char *to, struct err *err)
{
	int rc = 0;

	for (int i = 0; rc == 0 && i < pages_count(render->pages); i++) {
		CLEANUP(bytes_finish) struct bytes bytes = { 0 };
		CLEANUP(mem_free) char *path = page_path(to, i);
		if (format == PAPER_PNG)
			rc = page_to_png(render->pages, i, dots, &bytes, err);
		else
			rc = pbm(render->pages, i, dots, &bytes, err);
		if (rc == 0)
			rc = file_put(path, &bytes, err);
	}
	return rc;
}

int render_to_files(const struct render *render, enum paper_format format, int dots, const char *to,
	struct err *err)
{
	CLEANUP(bytes_finish) struct bytes bytes = { 0 };
	int rc;

	if (format == PAPER_PNG || format == PAPER_PBM)
		return picture_files(render, format, dots, to, err);
	if (format == PAPER_PDF)
		rc = render_pdf(render, false, &bytes, err);
	else
		rc = render_escpos(render, dots, &bytes, err);
	return rc < 0 ? rc : file_put(to, &bytes, err);
}
