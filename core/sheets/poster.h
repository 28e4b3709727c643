/* Shared by the sheets on the wall: one head and one foot, so that they all look alike
 * (doc/screens.md, Paper). A4, to be read standing. For the files of core/sheets. */
#pragma once

#include "core/sheets/letterhead.h"

/* A poster with its head drawn: venue, title, a line. Text flows on from there. The foot (phone,
 * hours, when it was printed) is on each page. */
struct sheet *poster_create(
	const struct letterhead *, const struct house_lines *, const char *title, int64_t made_at);

/* A heading, a paragraph, a numbered paragraph (with "1." hanging before its text). */
void poster_heading(struct sheet *, const char *text);
void poster_paragraph(struct sheet *, const char *text);
void poster_numbered(struct sheet *, int number, const char *text);
