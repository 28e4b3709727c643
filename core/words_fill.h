/* Puts values into a translated sentence: shared by words.c and its neighbours. */
#pragma once

#include "core/base/msgid.h"

#define FILL_MAX 4

/* Replaces "%1$s" … "%4$s" in `format` by the texts given; a text is never read as a format, and if
 * a translation names a value that is not there, nothing is shown in its place. NULL texts read as
 * "". The caller's. FILL("%1$s 前归还", when) */
char *fill(const char *format, const char *const texts[FILL_MAX]);
#define FILL(format, ...) fill((format), (const char *const[FILL_MAX]){ __VA_ARGS__ })

/* The message's text for a count. */
const char *words_get_n(const char *one, const char *many, long long n);
#define P_(one, many, n) words_get_n(one, many, n)
