/* Things that somebody has to deal with: items to inspect (item_look.h), items that their borrower
 * claims to have returned, and items that were not found (loan_trouble.h). */
#pragma once

#include "core/store/act.h"

/* In the order of the list. */
enum trouble_kind {
	TROUBLE_CHECK,   /* 待检查 */
	TROUBLE_CLAIMED, /* on loan, and claimed as returned */
	TROUBLE_MISSING,
	TROUBLE_KIND_COUNT,
};

struct trouble {
	enum trouble_kind kind;
	int64_t item, item_number;
	int64_t loan;     /* that is claimed, or that was lost or came back last; 0: none */
	int64_t resident; /* of that loan */
	int64_t since_at; /* claimed, lost or returned; 0: unknown */
	bool is_reported; /* TROUBLE_CHECK: reported as damaged or incomplete */
	char *name, *zone, *shelf;
};
struct trouble_list {
	struct trouble *rows;
	int count;
};
void trouble_list_finish(struct trouble_list *);

/* By kind, then by number, at most `limit`, after the row `after` of an earlier page (NULL: from
 * the first). */
int troubles(struct db *, const struct trouble *after, int limit, struct trouble_list *ret,
	struct err *err);
/* How many there are of each kind. */
int trouble_counts(struct db *, int64_t ret[TROUBLE_KIND_COUNT], struct err *err);
