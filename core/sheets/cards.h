/* Cards of residents and of staff: ID-1 (85.6 × 54 mm, ISO 7810), ten on a sheet of A4 with cut
 * marks.
 *
 * A card's payload is returned once, when it is issued (people/card.h), so whoever issues one
 * builds its sheet at once. */
#pragma once

#include "core/sheets/letterhead.h"

#define CARD_WIDTH_MM    85.6
#define CARD_HEIGHT_MM   54.0
#define CARDS_ON_A_SHEET 10

struct card_face {
	int64_t resident;    /* or 0 */
	const char *payload; /* J1R… */
	int64_t staff;       /* whose staff card it is, or 0 */
};

/* Ten on a page, with cut marks; as many pages as needed. The name appears as the resident chose
 * for the wall (resident_wall_name). *ret is the caller's. ERR_NOT_FOUND RESIDENT_UNKNOWN,
 * STAFF_UNKNOWN. */
int cards_build(struct db *, const struct letterhead *, const struct card_face *faces, int count,
	struct sheet **ret, struct err *err);

/* One card alone, in its real size: for a picture, or a card printer. */
int card_build(struct db *, const struct letterhead *, const struct card_face *, struct sheet **ret,
	struct err *err);
