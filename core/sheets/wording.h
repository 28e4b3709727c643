/* The words of papers, for the files of core/sheets and papers of the floor above: see letterhead.h
 * for which language. */
#pragma once

#include <libintl.h>

#include "core/base/msgid.h"
#include "core/words.h"

struct wording {
	char *before;
	bool is_changed;
};
void wording_begin(struct wording *, const char *language);
void wording_end(struct wording *); /* for CLEANUP; restores the language */
