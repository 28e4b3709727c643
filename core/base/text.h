/* Text: the one door through which it enters, its width in cells, and its masks. All UTF-8. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"

/* The one door for text from outside (codes, imports, names, notes). Accepts `len` bytes that are
 * valid UTF-8 without C0, C1, DEL, bidi or zero-width controls and at most `max_chars` characters;
 * trims spaces (ASCII and U+3000) at both ends. `what` names the field in the reason ("name").
 * On success *ret_text is the caller's. ERR_INVALID with TEXT_EMPTY (unless `may_be_empty`),
 * TEXT_TOO_LONG, TEXT_NOT_UTF8 or TEXT_CONTROL. */
struct text_limits {
	const char *what;
	int max_chars;
	bool may_be_empty;
};
int text_accept(const char *bytes, size_t len, const struct text_limits *limits, char **ret_text,
	struct err *err);

/* Decodes one character at *s and moves *s past it. Returns U+FFFD for a byte that is not UTF-8 and
 * 0 at the end of the string. */
unsigned text_next(const char **s);
int text_put(unsigned codepoint, char out[5]); /* writes UTF-8 and a NUL; returns the bytes */
int text_length(const char *s);                /* in characters */

/* Cells that `s` takes in a terminal: 0 for combining marks, 2 for wide characters. Needs a UTF-8
 * locale (setlocale) as glibc's wcwidth does. Unprintable characters count 0. */
int text_width(const char *s);
int text_width_of(unsigned codepoint);

/* At most `cells` cells of `s`; when it had to be cut, the last cell is "…". The caller's. */
char *text_fit(const char *s, int cells);
/* The same, filled with spaces to exactly `cells` cells, at the right or (align_right) the left. */
char *text_pad(const char *s, int cells, bool align_right);

/* Full-width ASCII (！ to ～) and the ideographic space become ASCII; for codes, numbers, imports. */
char *text_narrow(const char *s);

/* How a person's name stands where others can see it (rules.md, People): 张三 张*, 张小三 张*三,
 * 欧阳小三 欧**三, names of one character 张 → *; any script: first and last character stay when there
 * are three or more. 阿依古丽·买买提 → 阿*****提. The caller's. */
char *text_mask_name(const char *name);
/* 13812345678 → 138****5678; other numbers keep their last four digits. The caller's. */
char *text_mask_phone(const char *phone);

/* Equal without regard to ASCII case. */
bool text_equal_fold(const char *a, const char *b);

/* A number typed by a person: ASCII or full-width digits, surrounding spaces allowed; in
 * [min, max]. ERR_INVALID NUMBER_BAD naming `what`. */
int text_integer(const char *s, const char *what, long long min, long long max, long long *ret,
	struct err *err);
