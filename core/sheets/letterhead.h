/* What all papers of the venue share: language, head and foot.
 *
 * A paper is in the venue's language, whatever the person at the screen has chosen: a builder of
 * core/sheets opens `struct wording` first, and all gettext calls within it return that
 * language. */
#pragma once

#include "core/print/sheet.h"
#include "core/site/site.h"

/* What this machine's kiosk.conf adds to a paper. */
struct letterhead {
	const char *language; /* "zh_CN" or "en"; NULL: as it is set now */
	const char *logo;     /* a PNG, or NULL */
};

/* Who the venue is and when it is open. */
struct house_lines {
	struct site site;
	char *hours; /* the weekly pattern in words, "" when none is entered */
};
int house_lines_get(struct db *, struct house_lines *ret, struct err *err);
void house_lines_finish(struct house_lines *);

/* Logo, name and community, centred. */
void letterhead_top(struct sheet *, const struct letterhead *, const struct site *);
/* Motto, phone and opening hours, in small type. */
void letterhead_foot(struct sheet *, const struct house_lines *);
