/* Balances from a list on paper or in Excel that the venue has already: each becomes an opening
 * posting. One that was carried over before is the same, or a fault: errors in it are corrected by
 * a posting with a reason, not by a second list. */
#include "core/base/reasons.h"
#include "core/exchange/import_person.h"
#include "core/exchange/import_row.h"
#include "core/points/opening.h"

static int read_resident(struct importing *im, int64_t *ret_id, struct err *err)
{
	static const struct import_whom whom = { POINTS_RESIDENT, POINTS_NAME, POINTS_PHONE };

	int r = import_person(im, &whom, ret_id, err);
	if (r == 0)
		import_fault(im, POINTS_RESIDENT, REASON_TEXT(TEXT_EMPTY, "resident"));
	return r < 0 ? r : 0;
}

static int row(struct importing *im, struct err *err)
{
	int64_t resident = 0, points = -1, id;

	TRY(read_resident(im, &resident, err));
	import_integer(im, POINTS_POINTS, 0, POINTS_MAX, &points);
	if (!*import_cell(im, POINTS_POINTS))
		import_fault(im, POINTS_POINTS, REASON_TEXT(TEXT_EMPTY, "points"));
	if (import_has_fault(im) || !import_is_first(im, POINTS_RESIDENT, resident))
		return 0;
	struct act act = import_act(im, 0);
	act.resident = resident;
	int r = opening_post(import_db(im), &act, resident, POINTS(points), &id, err);
	if (r < 0)
		return r;
	return r ? IMPORT_ADDED : IMPORT_SAME;
}

const struct import_kind import_points_kind = { .name = POINTS_RESIDENT, .row = row };
