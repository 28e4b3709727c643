/* Values into a translated sentence: what words.c and its neighbours share. */
#pragma once

#define FILL_MAX 4

/* "%1$s" … "%4$s" of `format` become the texts given; a text is never read as a format, and a
 * translation that names a value that is not there shows nothing in its place. NULL texts read as
 * "". The caller's. FILL("%1$s 前归还", when) */
char *fill(const char *format, const char *const texts[FILL_MAX]);
#define FILL(format, ...) fill((format), (const char *const[FILL_MAX]){ __VA_ARGS__ })

/* The message's text in the current language, and the one for a count. */
const char *words_get(const char *msgid);
const char *words_get_n(const char *one, const char *many, long long n);
/* xgettext's keywords for the two, and for marking a text in a const table. */
#define _(msgid)         words_get(msgid)
#define N_(msgid)        msgid
#define P_(one, many, n) words_get_n(one, many, n)
