/* The one frame of office papers (A4, A3): at the head of each page logo, title, the days that it
 * covers with their year, venue and version; at the foot a note, when it was printed and the page
 * number. They all look alike on the wall (doc/screens.md, Paper). For the files of core/sheets. */
#pragma once

#include "core/sheets/letterhead.h"

struct office_page {
	const struct sheet_media *media; /* NULL: A4 upright */
	const char *title;
	struct day day;      /* of what it documents: the file's date, never that of printing */
	const char *about;   /* which days, from office_days; NULL: that day */
	const char *version; /* "version 3", "draft"; NULL: it has none */
	const char *note;    /* NULL: phone and opening hours */
};
/* A sheet whose first page is open below the head; the sheet is the caller's. */
struct sheet *office_begin(
	const struct letterhead *, const struct house_lines *, const struct office_page *);

/* The days of a paper, with their year: "2026年11月23日 周一 – 11月29日 周日", "2026年11月" for a
 * whole month, "2026" for a year. The caller's. */
char *office_days(struct day from, struct day until);
