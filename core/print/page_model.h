/* Internals of laid-out pages, for the layout (page.c) and the drawing (page_draw.c) alone. */
#pragma once

#include "core/print/marks.h"
#include "core/print/sheet.h"

struct page {
	double width, height; /* pt; height 0 until a roll's end is known */
};

struct pages {
	char *title, *made;
	bool is_landscape;
	struct page *list;
	int count;
	struct marks marks;
	char **warnings;
	int warning_count;
	int broken_count; /* names and dates that are longer than a line */
	GString *missing; /* characters without a glyph, each once */
};

struct pages *pages_create(const struct sheet *);
void pages_add(struct pages *, double width, double height);
/* Forgets the warnings from `count` on. */
void pages_unwarn(struct pages *, int count);
void pages_warn(struct pages *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* `character` points into UTF-8 text. */
void pages_warn_glyph(struct pages *, int line, const char *character);
