/* Forms for one row of the rules, a new category, and a category's guide. Blank inherits, 0 is
 * 0. */
#pragma once

#include <stdint.h>

#include "tui/app.h"

struct rule_form_subject {
	const char *name;          /* of the category, for the title; copied */
	int64_t resident_category; /* 0: everybody's */
	int64_t category;          /* 0: everything's */
};
void rule_form_open(struct app *, const struct rule_form_subject *);
void category_form_open(struct app *);

/* The text of the guide at its shelf. */
struct category;
void guide_form_open(struct app *, const struct category *);
