/* 捐赠: things for the shelf, or money for the fund, in one act with the thanks. The journal's
 * subject is the donation. */
#pragma once

#include "core/items/giving/arrival.h"

/* How the donor wishes to be thanked on paper and board. */
enum thanks { THANKS_NAME, THANKS_ALIAS, THANKS_ANONYMOUS, THANKS_COUNT };

#define DONATION_THINGS_MAX 50 /* with their copies */

struct donation_draft {
	int64_t resident;         /* the donor, or 0: a body, or somebody from outside */
	const char *name, *alias; /* theirs; not for a resident. Kept out of the journal */
	enum thanks thanks;
	int64_t fen; /* money; 0: none */
	const struct arrival *things;
	int thing_count; /* kinds */
	bool is_past;    /* from an older list: no points are issued for it any more */
};

/* Each thing becomes an item on the shelf, money a line of the fund, and a resident gets points by
 * the rule for donations, or without one by the setting donation_points (points per thing; 0, the
 * default: none). ERR_INVALID TEXT_… "donor" or "alias" (needed when the thanks use it), NUMBER_BAD
 * "amount" (neither thing nor money, or too much of either), and as title_add and item_add;
 * ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_REFUSED RESIDENT_LEFT. */
int donation_take(struct db *, const struct act *, const struct donation_draft *, int64_t *ret_id,
	struct err *err);

struct donation {
	int64_t id, number;
	int64_t resident;
	enum thanks thanks;
	int64_t fen, points;
	int64_t donated_at;
	/* as wished; a resident without an alias is masked. "" when anonymous or erased */
	char *thanked;
	struct item_list items;
};
void donation_finish(struct donation *);

struct donation_list {
	struct donation *rows;
	int count;
};
void donation_list_finish(struct donation_list *);

/* ERR_NOT_FOUND MOVE_UNKNOWN. */
int donation_get(struct db *, int64_t id, struct donation *ret, struct err *err);
/* Latest first, at most `limit`, after the donation `after` of an earlier page (NULL: from the
 * latest). */
int donations(struct db *, const struct donation *after, int limit, struct donation_list *ret,
	struct err *err);
