/* Text: the one door through which it enters, its width in cells, and its masks. All UTF-8. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

/* The one door for text from outside (codes, imports, names, notes). Accepts `len` bytes that are
 * valid UTF-8 without C0 (tab and newline included), C1, DEL, bidi or zero-width controls, line
 * separators, tags, fillers or noncharacters, and without a combining mark that has no letter
 * before it; trims spaces (ASCII and U+3000) at both ends, then allows at most `max_chars`
 * characters. `what` names the field in the reason ("name"). On success *ret_text is the caller's.
 * ERR_INVALID with TEXT_NOT_UTF8, TEXT_CONTROL, TEXT_TOO_LONG (n1 is `max_chars`) or TEXT_EMPTY
 * (unless `may_be_empty`). */
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
/* Writes UTF-8 (U+FFFD for what is no character) and a NUL; returns the bytes before the NUL. */
int text_put(unsigned codepoint, char out[5]);
int text_length(const char *s); /* in characters */

/* Cells that `s` takes in a terminal: 0 for combining marks, 2 for wide characters. Needs a UTF-8
 * locale (setlocale) as glibc's wcwidth does. Unprintable characters count 0. */
int text_width(const char *s);
int text_width_of(unsigned codepoint);

/* At most `cells` cells of `s`; a text that had to be cut ends in "…". Characters that text_accept
 * refuses are left out, so that no old row can control the terminal. The caller's. */
char *text_fit(const char *s, int cells);
/* The same, filled with spaces to exactly `cells` cells, at the right or (align_right) the left. */
char *text_pad(const char *s, int cells, bool align_right);

/* Full-width ASCII (！ to ～) and the ideographic space become ASCII: codes, numbers, imports. */
char *text_narrow(const char *s);

/* A person's name as others may see it (doc/rules.md, People and privacy): 张三 张*,
 * 张小三 张*三, 欧阳小三 欧**三, names of one character 张 → *; any script: first and last letter
 * stay, with their marks, when there are three or more; dots and spaces between the parts are left
 * out: 阿依古丽·买买提 → 阿*****提. The caller's. */
char *text_mask_name(const char *name);
/* 13812345678 → 138****5678; other numbers keep their last four digits, up to four digits nothing.
 * What is not a digit is left out. The caller's. */
char *text_mask_phone(const char *phone);

/* Compares without regard to ASCII case. */
bool text_equal_fold(const char *a, const char *b);
/* Byte by byte; every text ends with "". */
bool text_ends_with(const char *s, const char *end);

/* A whole number typed by a person: ASCII or full-width digits, a minus, surrounding spaces; within
 * [min, max]. ERR_INVALID NUMBER_RANGE naming `what` and the range. */
int text_integer(const char *s, const char *what, long long min, long long max, long long *ret,
	struct err *err);

/* "12", "12.", "12.5", "12.50" in hundredths; -1 for anything else. At most nine digits before the
 * point.
 */
int64_t text_hundredths(const char *s);
/* The reverse, without trailing zeros: "12", "12.5", "12.25". Not for negative numbers. The
 * caller's. */
char *text_of_hundredths(int64_t hundredths);
