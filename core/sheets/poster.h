/* Shared by the sheets on the wall besides their frame (office.h): paragraphs, to be read standing,
 * whose type grows until the sheet is full. For the files of core/sheets. */
#pragma once

#include "core/print/sheet.h"

/* A heading, a paragraph, a numbered paragraph (with "1." hanging before its text). */
void poster_heading(struct sheet *, const char *text);
void poster_paragraph(struct sheet *, const char *text);
void poster_numbered(struct sheet *, int number, const char *text);
