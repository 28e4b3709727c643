/* Wrong PINs of a member of staff: after five in a row no more are accepted for 15 minutes; each
 * time twice as long, up to a day. Tries with a card at the counter and tries at the shell count
 * separately, so that somebody with neither card nor shell locks nobody out, and nobody is shut out
 * both ways at once. Not part of the journal.
 *
 * A wait counts while the machine runs, by the kernel's monotonic clock, which continues from
 * process to process: setting the wall clock neither ends nor prolongs it, whether before a restart
 * or after. While the machine is off it pauses. */
#pragma once

#include "core/store/db.h"

#define LOCKOUT_TRIES 5
#define LOCKOUT_FIRST (15 * 60)      /* seconds */
#define LOCKOUT_LAST  (24 * 60 * 60) /* seconds */

enum lockout_door { LOCKOUT_CARD, LOCKOUT_SHELL, LOCKOUT_DOOR_COUNT };

/* ERR_REFUSED PIN_LOCKED (until when). */
int lockout_check(struct db *, int64_t staff, enum lockout_door, struct err *err);
/* Counts a try as failed, one write. ERR_REFUSED PIN_LOCKED when there was none left to count. */
int lockout_count(struct db *, int64_t staff, enum lockout_door, struct err *err);
/* After a wrong try that was counted: ERR_REFUSED PIN_WRONG (n1 tries left) or PIN_LOCKED. */
int lockout_refuse(struct db *, int64_t staff, enum lockout_door, struct err *err);
/* After a right PIN; writes only if there is something to clear. */
int lockout_forget(struct db *, int64_t staff, enum lockout_door, struct err *err);
/* When the wait ends, of both ways in the later one, provided the machine runs; 0: none. */
int lockout_until(struct db *, int64_t staff, int64_t *ret, struct err *err);
/* To call every few minutes: stores what is left of waits, so that a boot loses no more than
 * that. */
int lockout_note(struct db *, struct err *err);
/* Of both doors. */
int lockout_end(struct db *, int64_t staff, struct err *err);
