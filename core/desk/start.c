#include "core/desk/start.h"

#include <unistd.h>

#include "core/base/mem.h"
#include "core/store/instance.h"
#include "core/store/reasons.h"

static int open_all(const struct desk_start *start, struct desk_place *place, struct err *err)
{
	CLEANUP(mem_free) char *database = mem_printf("%s/jiaplus.db", start->dir);
	CLEANUP(mem_free) char *claim = mem_printf("%s/kiosk.lock", start->dir);

	TRY(db_open(database, DB_OPEN, start->clock, &place->db, err));
	db_set_station(place->db, start->station);
	TRY(instance_claim(claim, &place->claim_fd, err));
	TRY(desk_open(place->db, &start->options, &place->desk, err));
	desk_hold_back(place->desk, true);
	db_set_patience(place->db, 0);
	return 0;
}

int desk_start(const struct desk_start *start, struct desk_place *ret, struct err *err)
{
	struct desk_place place = DESK_PLACE_INIT;
	struct err ignored = { 0 };

	int r = open_all(start, &place, err);
	if (r < 0) {
		desk_stop(&place, &ignored);
		return r;
	}
	*ret = place;
	return 0;
}

/* Holds for every process, until the next complete check. */
static void remember(struct db *db, int r, const struct err *err)
{
	if (r == 0)
		journal_absolve(db);
	else if (err_has(err, REASON_STORE_DAMAGED))
		journal_condemn(db, err->reasons[0].n1);
}

int desk_check_chain(
	const struct desk_place *place, struct journal_check *check, int rows, struct err *err)
{
	/* An old copy is intact in itself: with a long journal, nobody should wait for the check to
	 * learn this. */
	int r = check->seq == 0 ? journal_tripwire_check(place->db, err) : 0;

	if (r == 0)
		r = journal_check_step(place->db, check, rows, err);
	if (r > 0)
		return r;
	remember(place->db, r, err);
	desk_hold_back(place->desk, false);
	return r;
}

int desk_stop(const struct desk_place *place, struct err *err)
{
	int r = 0;

	desk_close(place->desk);
	if (place->desk)
		r = db_checkpoint(place->db, true, err);
	db_close(place->db);
	if (place->claim_fd >= 0)
		close(place->claim_fd);
	return r;
}
