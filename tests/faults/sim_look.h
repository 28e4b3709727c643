/* Compares the venue's database with the model: what was acknowledged is there, once, and nothing
 * else is. Returns what is wrong, the caller's, or NULL. */
#pragma once

#include "core/store/db.h"
#include "core/store/kind.h"
#include "tests/faults/sim_actor.h"
#include "tests/faults/sim_printer.h"

/* After each step: the journal's length, what is lent, the points, the stock, who is there. */
char *sim_look(struct db *, const struct sim_stage *, const struct sim_model *);

/* Each night: also each loan ever, rewards, rooms, duty, and what is on paper. Notes which papers a
 * person was asked about. */
char *sim_look_all(
	struct db *, const struct sim_stage *, struct sim_model *, const struct sim_printer *);
/* Only the papers, after printing. */
char *sim_look_papers(struct db *, struct sim_model *, const struct sim_printer *);

/* The journal's row with that key: 1 and its result, 0 when there is none. */
int sim_look_up(struct db *, const unsigned char *key, int64_t *ret_result);
/* The same for row `seq`, if it is of that kind and about that item. */
int sim_look_at_row(
	struct db *, int64_t seq, enum act_kind kind, int64_t item, int64_t *ret_result);
int64_t sim_look_integer(struct db *, const char *sql, int64_t about); /* :about */
