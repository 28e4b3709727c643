/* Lists of numbers on the command line: "3,5,9-12". */
#pragma once

#include <stdbool.h>

#include "core/base/err.h"

#define NUMBERS_MAX 10000 /* in one call */

/* The texts that a call names, one by one. */
struct numbers {
	char **texts;
	int count;
};
void numbers_finish(struct numbers *);

/* Adds `text` as it is. */
void numbers_add_text(struct numbers *, const char *text);
/* Adds what an operand names: each number of a list, or the text itself if it is not a list (a
 * code, an ISBN). ERR_INVALID NUMBERS_BAD for a list that cannot be read: "1-", "12-9", "3,,5";
 * NUMBER_RANGE "count" for more than NUMBERS_MAX. */
int numbers_add(struct numbers *, const char *operand, struct err *err);
