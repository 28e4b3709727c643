/* A thing that somebody brings for good: by a donation or a swap. */
#pragma once

#include "core/items/arrival.h"
#include "tui/verbs/verb.h"

/* What --category, --value, --shelf, --zone, --expires and --safety say of it. */
#define ARRIVING_OPTIONS                                                               \
	{ "category", N_("CODE"), N_("Category of a new title") },                     \
		{ "value", N_("POINTS"),                                               \
			N_("What a title is worth of which nobody has noted it") },    \
		{ "shelf", N_("TEXT"), N_("Where it belongs") },                       \
		{ "zone", N_("TEXT"), N_("The room or corner that the shelf is in") }, \
	{                                                                              \
		"expires", N_("DAY"), N_("The last day that what is in it is good")    \
	}

/* The title of that name, or a new one; texts are borrowed from the call. EXIT_USAGE when a new one
 * has no --category; ERR_NOT_FOUND CATEGORY_UNKNOWN; ERR_INVALID NUMBER_RANGE "value_points". */
int arriving_read(
	struct call *call, struct db *db, const char *title, struct arrival *ret, struct err *err);
