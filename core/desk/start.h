/* How a kiosk takes its venue and gives it back: shared by the screen's start and its simulation,
 * since the order is what keeps a second kiosk, a crash and a broken journal harmless. */
#pragma once

#include "core/desk/desk.h"
#include "core/store/journal_check.h"

struct clock;

struct desk_start {
	const char *dir; /* the venue's folder */
	const struct clock *clock;
	int64_t station;
	struct desk_options options;
};

/* What a kiosk holds of its venue. */
struct desk_place {
	struct db *db;
	int claim_fd; /* this kiosk has claimed the folder; −1: it has not */
	struct desk *desk;
};
#define DESK_PLACE_INIT        \
	{                      \
		.claim_fd = -1 \
	}

/* Opens the database, claims the folder before the desk ends the visits of a crash, and holds the
 * desk back until desk_check_chain has finished. From here on it never waits for another writer:
 * what is busy is tried again. After an error nothing is held. ERR_BUSY KIOSK_RUNNING; errors as
 * db_open and desk_open. */
int desk_start(const struct desk_start *, struct desk_place *ret, struct err *err);

/* Is the journal unchanged? Checks up to `rows` more rows; JOURNAL_CHECK_INIT at first. 1: there is
 * more. 0 or ERR_STORAGE STORE_BEHIND, STORE_DAMAGED: all processes know this now, and the desk is
 * no longer held back, since the store refuses what has to be refused. */
int desk_check_chain(const struct desk_place *, struct journal_check *, int rows, struct err *err);

/* Gives the venue back; checkpoints the WAL, so that the next start need not read it, and returns
 * the result of that. Anything that was not opened is left out. */
int desk_stop(const struct desk_place *, struct err *err);
