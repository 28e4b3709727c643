/* Takes back, on the same day, that an item was sold, swapped or given away: a mistake, or somebody
 * who thought better of it (doc/decisions.md, Undo). */
#pragma once

#include "core/store/act.h"

enum departure_kind { DEPARTURE_SALE, DEPARTURE_SWAP, DEPARTURE_GIVEAWAY, DEPARTURE_KIND_COUNT };

struct departure {
	enum departure_kind kind;
	int64_t id; /* of the sale, swap or gift */
	int64_t item, resident;
	int64_t at, seq; /* when, and its row in the journal */
};
/* How the item left, if nothing has happened to it since: 1 and *ret, else 0. */
int departure_latest(struct db *, int64_t item, struct departure *ret, struct err *err);

/* The item is on its shelf again, with the items it holds; points that were paid go back to the
 * buyer, yuan leave the fund by a line of their own, and what a swap brought in leaves. The voided
 * rows stay in their table, marked so. The journal's row names the one that it undoes.
 * ERR_NOT_FOUND ITEM_UNKNOWN; ERR_REFUSED UNDO_LATER (something has happened to it since, or to
 * what came in), UNDO_OTHER_DAY, POINTS_SHORT. */
int departure_undo(struct db *, const struct act *, int64_t item, struct err *err);
