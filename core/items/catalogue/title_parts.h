/* The parts of a title: what has to come back with each of its items. */
#pragma once

#include "core/store/act.h"

#define TITLE_PARTS_MAX 32

struct title_part {
	int bit; /* 0 … 31: its bit in a loan's record of parts */
	char *name;
};
struct title_part_list {
	struct title_part *rows;
	int count;
};
void title_part_list_finish(struct title_part_list *);

/* In the order in which they were entered. None for an unknown title. */
int title_parts(struct db *, int64_t title, struct title_part_list *ret, struct err *err);

/* Replaces the list. A name that stays keeps its bit, so that older records mean what they meant.
 * ERR_NOT_FOUND TITLE_UNKNOWN; ERR_REFUSED PART_TOO_MANY; ERR_INVALID TEXT_… "part", NAME_EXISTS
 * (written twice). */
int title_set_parts(struct db *, const struct act *, int64_t title, const char *const names[],
	int count, struct err *err);
/* The same, from a text with a part on each line; empty lines are left out. */
int title_set_parts_text(
	struct db *, const struct act *, int64_t title, const char *text, struct err *err);
