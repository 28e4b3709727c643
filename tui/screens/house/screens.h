/* The house: who may work at the counter, decisions for the whole house, its papers, records and
 * backups. For the other rooms and the kiosk. */
#pragma once

#include "tui/app.h"

/* staff_logins.c: who may do what at the counter; an administrator's (staff_logins_may). */
void staff_logins_open(struct app *);
bool staff_logins_may(struct app *, void *self);
/* settings.c: decisions that hold for the whole house. */
void settings_open(struct app *);
/* closures.c: closed days ahead of the house; dates with other hours than usual of one room. */
void closures_open(struct app *);
void room_exceptions_open(struct app *, int64_t venue);
/* queue.c (F8): papers and what the printers need. */
void queue_open(struct app *);
/* log.c: who did what to whom; of one resident, with one item, or (0) of all. */
void log_open(struct app *, int64_t resident, int64_t item);
/* clock.c: checks whether the clock is doubted, reports it, and asks a volunteer who is there;
 * cheap enough for each second. Asks again; does nothing while it is trusted. */
void clock_look(struct app *);
void clock_ask(struct app *);
/* restore.c: backups, tried and restored. Works without a database: then whoever restores proves
 * that they may (core/audit/restore_right.h). */
void restore_open(struct app *);
/* What a restore has done, once the kiosk has started again. */
void restore_told_open(struct app *, const char *words);
