/* The family in which papers are set, and its fallbacks for characters that it lacks. The family
 * and the first fallback are found without the system's font settings: reading those and choosing
 * among all faces costs 100–190 ms, a list of our own costs 8 ms. */
#pragma once

#include <pango/pangocairo.h>

#include "core/base/err.h"

#define FONTS_FAMILY "Noto Sans CJK SC"

struct fonts;

/* `folder` holds the family's common characters in small files of their own (font_subset.c), with
 * which a PDF takes a fifth of the time; when it is NULL or lacks them, the family itself is used.
 * ERR_NOT_FOUND FONT_MISSING when the family is not installed. */
int fonts_open(const char *folder, struct fonts **ret, struct err *err);
void fonts_close(struct fonts *); /* NULL is allowed */

/* The context for laying out text: 72 units an inch, Chinese, no hinting, no rounding, so that
 * every device gets the same lines. Borrowed. */
PangoContext *fonts_context(struct fonts *);

/* The same with all fonts of the system after the family, for a text that needs them: Tibetan, an
 * emoji. Loaded at the first call. Borrowed. */
PangoContext *fonts_wide_context(struct fonts *);

/* A description of the family in `size_pt`; the caller frees it with pango_font_description_free.
 */
PangoFontDescription *fonts_description(double size_pt, bool is_bold);

/* The first character at or after `text` that no font of the system has, or NULL. */
const char *fonts_missing(struct fonts *, const char *text);
