/* Shared only by the files of the simulation's world. */
#pragma once

#include <string.h>

#include "core/base/mem.h"
#include "tests/faults/sim_actor.h"
#include "tests/faults/sim_look.h"
#include "tests/faults/sim_printer.h"
#include "tests/faults/sim_world.h"

#define SIM_DAY_SECONDS (24 * 60 * 60)
#define SIM_NOTES       24
/* Whoever opens a venue checks many rows of its journal, a backup all of them: of a journal of that
 * length it is done more rarely, so that what takes a day's time is its acts. */
#define SIM_LONG_ROWS   4000

struct sim_world {
	char top[64];
	char *folder, *kept, *venue, *db, *backup, *old;
	enum sim_flaw flaw;
	uint64_t state; /* of chance */
	struct sim_disk *disk;
	struct sim_stage *stage;
	struct sim_printer *printer;
	struct sim_actor kiosk, shell;
	struct db *reader; /* this process's; NULL while one is forked */

	struct sim_model now, saved;
	bool has_backup;
	int64_t epoch;
	int64_t highest;    /* the highest loan number that anybody was ever told */
	int64_t labels;     /* given out */
	int64_t old_rows;   /* of the journal in the copy that was put aside; 0: there is none */
	int doubted_steps;  /* for which the clock stays wrong */
	int64_t right_wall; /* what it would say */
	int64_t latest;     /* that it ever said without a doubt */
	bool is_spared;     /* the kiosk */
	enum sim_fault armed, met; /* met: the fault of the last death */
	/* The act was not there when its process had died in it. As long as nobody else has
	 * written, a power cut may still bring it back whole from the WAL. */
	struct sim_request pending;
	int64_t pending_at; /* when it was asked for */
	bool has_pending;
	/* The request to a process; whether it happened, should the process die in it. */
	struct sim_request asked;
	int64_t asked_at;
	bool was_done; /* it had done all but tell */
	bool must_be_there;
	bool has_happened;
	/* The last line of the visit, if it can be undone. */
	struct sim_wish last_line;
	bool has_last_line;

	char *wrong;
	char *notes[SIM_NOTES]; /* what happened last, a ring */
	int64_t note_count;
	struct sim_day day;
	int kiosk_age;                      /* what it was asked to do since it started */
	long kiosk_base_kib, heap_base_kib; /* 0: not measured yet today */
};

/* sim_venue.c: fills the venue's database and says in the stage and the model what there is. */
void sim_venue_fill(struct sim_world *);

/* ---- sim_world.c ---- */

int sim_draw(struct sim_world *, int below);
bool sim_is_fine(const struct sim_world *);
/* Takes over `what`; the first one counts. NULL: all is well. */
void sim_complain(struct sim_world *, char *what);

/* One line of the report when something is wrong. */
void sim_note(struct sim_world *, const char *format, ...) __attribute__((format(printf, 2, 3)));

int64_t sim_clock(const struct sim_world *);
void sim_pass(struct sim_world *, int64_t seconds);

struct db *sim_reader(struct sim_world *);
void sim_reader_close(struct sim_world *);

/* Arms a fault now and then, but not for a kiosk that is spared. */
void sim_arm_perhaps(struct sim_world *, const struct sim_actor *, int one_in);
/* Asks a process to do it. False: it died in it, and after a power cut so have all others; they are
 * restarted, and the model knows whether it happened. *ret_hit: there was a fault. */
bool sim_ask(struct sim_world *, struct sim_actor *, const struct sim_request *,
	struct sim_answer *ret, bool *ret_hit);
struct sim_request sim_request(enum sim_task);
void sim_power_cut(struct sim_world *);
/* A process has died that was asked directly (sim_actor_do): handles what hit it. */
void sim_after_death(struct sim_world *);
/* Restarts every dead process, with a start that may be hit as well. */
void sim_bring_up(struct sim_world *);

/* ---- sim_acts.c ---- */

/* A random thing that somebody wants; the model says what becomes of it. */
void sim_act_step(struct sim_world *);
/* That very thing. */
void sim_do(struct sim_world *, struct sim_actor *, const struct sim_wish *);
/* Compared with the model; nobody hit by a fault was told more than is there. */
void sim_judge(struct sim_world *, struct sim_actor *, const struct sim_request *,
	const struct sim_answer *, bool is_hit);
struct sim_request sim_wanted(struct sim_world *, const struct sim_wish *);
bool sim_draw_wish(struct sim_world *, struct sim_wish *ret);
void sim_morning(struct sim_world *);
/* An act that was not there may have come back with a power cut: it is there now, once. */
void sim_settle_pending(struct sim_world *);
/* Whether the request to a dead process happened. */
void sim_resolve(struct sim_world *);

/* ---- sim_counter.c ---- */

/* Somebody at the kiosk: comes, scans, undoes, goes. */
void sim_counter_step(struct sim_world *);
void sim_visit_open(struct sim_world *);
void sim_counter_leave(struct sim_world *);
void sim_print_step(struct sim_world *);
void sim_label_step(struct sim_world *);
/* What a scan will mean; false: nothing happens. */
bool sim_scan_means(const struct sim_world *, int thing, bool renews, struct sim_wish *ret);
void sim_judge_scan(
	struct sim_world *, const struct sim_request *, const struct sim_answer *, bool is_hit);
/* Does the visit's receipt have to mention a question that nobody answered? */
void sim_note_question(struct sim_world *, int64_t loan);

/* ---- sim_events.c ---- */

/* An event: a random one, or that one. */
void sim_event_step(struct sim_world *);
void sim_event(struct sim_world *, enum sim_event);
/* The clock is corrected, or confirmed. */
void sim_clock_settle(struct sim_world *);
void sim_backup_step(struct sim_world *);
