/* Which title a line means: shared by the imports of titles and of items. */
#pragma once

#include "core/exchange/import_row.h"

struct title_wanted {
	char *name; /* as it would be stored */
	int64_t isbn, category;
	bool has_category;
};
void title_wanted_finish(struct title_wanted *);

/* An item's number, as digits or as the code of its label. */
int import_item_number(struct importing *, int column, int64_t *ret, struct err *err);

/* From the line's cells; faults are noted. */
int title_wanted_read(struct importing *, int name, int isbn, int category,
	struct title_wanted *ret, struct err *err);

/* By ISBN; without one by name and category, or by the name alone when the line has none. 0: there
 * is none. ERR_REFUSED TITLE_SEVERAL. */
int title_wanted_find(
	struct importing *, const struct title_wanted *, int64_t *ret_id, struct err *err);
