/* The lending rules as tables and lines of a poster: shared by lending_rules.c and shelf_guide.c.
 * Every number is read from the row that is enforced, for residents of no special kind unless it
 * says for whom. For the files of core/sheets. */
#pragma once

#include "core/items/lending/rule.h"
#include "core/print/sheet.h"

/* The categories that a poster is about, parents first. */
struct rule_view {
	struct db *db;
	struct category_list categories;
	int64_t top; /* all of them are this one or below it; 0: all there are */
};
/* `top` 0: all. Fails only with ERR_STORAGE. */
int rule_view_read(struct db *, int64_t top, struct rule_view *ret, struct err *err);
void rule_view_finish(struct rule_view *);

/* The rule for a category (0: for any), as changed by on-site use. */
int rule_view_rule(const struct rule_view *, int64_t resident_category, const struct category *,
	struct rule *ret, struct err *err);

/* Period, limit, renewals and the consequence of being late, a row per category. */
int rule_table_put(struct sheet *, const struct rule_view *, struct err *err);
/* Exceptions for some kinds of residents, a row for each row of the rules, under a heading; nothing
 * when there are none. */
int rule_table_put_residents(struct sheet *, const struct rule_view *, struct err *err);
