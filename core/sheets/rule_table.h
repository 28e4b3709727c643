/* The lending rules as tables and lines of a poster: what lending_rules.c and shelf_guide.c share.
 * Every number is read from the row that is enforced, for residents of no special kind unless it
 * says whom it is for. For the files of core/sheets. */
#pragma once

#include "core/items/lending/rule.h"
#include "core/print/sheet.h"

/* The categories that a poster is about, parents first. */
struct rule_view {
	struct db *db;
	struct category_list categories;
	int64_t top; /* the whole of it is in or below this one; 0: all there are */
};
/* `top` 0: all. Fails by ERR_STORAGE alone. */
int rule_view_read(struct db *, int64_t top, struct rule_view *ret, struct err *err);
void rule_view_finish(struct rule_view *);

/* What holds for a category (0: for any), with what use within the house changes in it. */
int rule_view_rule(const struct rule_view *, int64_t resident_category, const struct category *,
	struct rule *ret, struct err *err);

/* Period, limit, renewals and what happens when late, a row a category. */
int rule_table_put(struct sheet *, const struct rule_view *, struct err *err);
/* What is otherwise for some kinds of residents, a row for each row of the rules, under a heading;
 * nothing when there is none. */
int rule_table_put_residents(struct sheet *, const struct rule_view *, struct err *err);
