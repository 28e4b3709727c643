/* Where a line of a paper may not end (doc/screens.md, Paper): inside a date, a number with its
 * unit or a short name, before closing punctuation or a dot. One rule for all papers. */
#pragma once

enum glue {
	GLUE_NONE,
	GLUE_SOFT, /* kept whole if the line is wide enough */
	GLUE_FIRM, /* given up last */
};

/* For each byte of the text at which a character begins: how firmly that character is bound to the
 * previous one. The caller's, as long as the text. */
unsigned char *breaks_find(const char *text);
