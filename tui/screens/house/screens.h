/* The house: who may work at the counter, what is settled for the whole house, its papers, records
 * and backups. What the other rooms and the kiosk call. */
#pragma once

#include "tui/app.h"

/* staff_logins.c: who may do what at the counter; an administrator's (staff_logins_may). */
void staff_logins_open(struct app *);
bool staff_logins_may(struct app *, void *self);
/* settings.c: what the house has decided once for all. */
void settings_open(struct app *);
/* closures.c: closed days ahead of the house; dates with other hours than usual of one room. */
void closures_open(struct app *);
void room_exceptions_open(struct app *, int64_t venue);
/* queue.c (F8): papers and what the printers want. */
void queue_open(struct app *);
/* log.c: who did what to whom; of one resident, with one item, or (0) of all. */
void log_open(struct app *, int64_t resident, int64_t item);
/* clock.c: looks whether the clock is doubted, tells it, and asks a volunteer who is there; cheap
 * enough for each second. Asks again; nothing while it is sure. */
void clock_look(struct app *);
void clock_ask(struct app *);
/* restore.c: backups, tried and gone on from. Works without a database: then whoever goes on shows
 * that they may (core/audit/restore_right.h). */
void restore_open(struct app *);
/* What a restore has done, once the kiosk has begun anew. */
void restore_told_open(struct app *, const char *words);
