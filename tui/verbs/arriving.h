/* A thing that somebody brings for good: by a donation or a swap. */
#pragma once

#include "core/items/giving/arrival.h"
#include "tui/verbs/call.h"

#define VALUE_MAX 1000000 /* points */

/* The values of --category, --value, --shelf, --zone, --expires and --safety. */
#define ARRIVING_OPTIONS                                                                     \
	{ "category", { OPERAND_TEXT, .word = N_("CODE") }, N_("Category of a new title") }, \
		{ "value",                                                                   \
			{ OPERAND_NUMBER, .word = N_("POINTS"), .key = "value_points",       \
				.max = VALUE_MAX },                                          \
			N_("What a title is worth of which nobody has noted it") },          \
		{ "shelf", { OPERAND_TEXT }, N_("Where it belongs") },                       \
		{ "zone", { OPERAND_TEXT }, N_("The room or corner that the shelf is in") }, \
	{                                                                                    \
		"expires", { OPERAND_TEXT, .word = N_("DAY") },                              \
			N_("The last day that what is in it is good")                        \
	}

/* The title of that name, or a new one; texts are borrowed from the call. EXIT_USAGE when a new one
 * has no --category; ERR_NOT_FOUND CATEGORY_UNKNOWN; ERR_INVALID NUMBER_RANGE "value_points". */
int arriving_read(struct call *call, const char *title, struct arrival *ret, struct err *err);
