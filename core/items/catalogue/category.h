/* Item categories: a tree, one half of the rule lookup (rule.h). */
#pragma once

#include "core/store/act.h"

/* The maximum number of levels, including the top one. */
#define CATEGORY_DEPTH_MAX 8

struct category {
	int64_t id;
	char *code;     /* lower-case letters, digits and hyphens: "tool", "power-tool" */
	char *name;     /* 电动工具 */
	int64_t parent; /* 0: at the top */
	int position;   /* among its siblings */
	int depth;      /* 0 at the top */
	bool is_onsite; /* used within the house: new titles in it are too (title.h) */
};
void category_finish(struct category *); /* frees what it contains, not the struct */

struct category_list {
	struct category *rows;
	int count;
};
void category_list_finish(struct category_list *);

struct category_draft {
	const char *code, *name;
	int64_t parent; /* 0: at the top */
	int position;
	bool is_onsite;
};

/* ERR_INVALID TEXT_…, NUMBER_BAD ("depth": too many levels), ERR_NOT_FOUND CATEGORY_UNKNOWN (the
 * parent), ERR_REFUSED NAME_EXISTS (the code). */
int category_add(struct db *, const struct act *, const struct category_draft *, int64_t *ret_id,
	struct err *err);

/* ERR_NOT_FOUND CATEGORY_UNKNOWN. */
int category_get(struct db *, int64_t id, struct category *ret, struct err *err);
int category_by_code(struct db *, const char *code, struct category *ret, struct err *err);

/* The whole tree, parents before their children, siblings by position, then code. */
int category_list(struct db *, struct category_list *ret, struct err *err);
