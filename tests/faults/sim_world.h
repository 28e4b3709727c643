/* The simulation: a venue, its kiosk and a shell, their disk, clock and printer, and a model of all
 * of it; one seed decides what happens next, to whom, and what goes wrong meanwhile. After each
 * step the venue is compared with the model; each midnight everything that can be checked is
 * checked. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct sim_world;

/* Which of the checks is to be shown to notice; SIM_HONEST for the real thing. */
enum sim_flaw {
	SIM_HONEST,
	SIM_LYING_DISK,    /* a sync that does nothing */
	SIM_FORGETS_KEYS,  /* a repeated act is done again */
	SIM_TRIPWIRE_BACK, /* it follows an old copy back */
	SIM_DOUBLE_PAPER,  /* the printer makes two of each */
	SIM_UNCLAIMED,     /* nothing stops a second kiosk */
	SIM_CLOCK_UNSEEN,  /* nobody checks the clock */
	SIM_FLAW_COUNT,
};

/* Events, at random times or on request. */
enum sim_event {
	SIM_RESTART,
	SIM_KIOSK_KILLED,
	SIM_POWER_CUT,
	SIM_TWO_WRITERS,
	SIM_SECOND_KIOSK,
	SIM_CLOCK_DOUBTED,
	SIM_BACKED_UP,
	SIM_RESTORED_OLD,
	SIM_OLD_COPY, /* one is put aside; the next time it is put in the venue's place by hand */
	SIM_EVENT_COUNT,
};

struct sim_day {
	int acts, refused, faults_hit;
	int unsure; /* acts of which only the journal could say whether they happened */
	int cuts, kills, starts, restores, doubts, papers, asked;
	/* At midnight; grown: since noon. */
	long kiosk_kib, kiosk_grown_kib, heap_grown_kib, here_kib;
	int kiosk_acts; /* what it was asked to do since then, or since its start */
	int kiosk_descriptors, here_descriptors;
};

/* A new venue in a new folder; asserts. `seed` decides everything. */
struct sim_world *sim_world_create(unsigned seed, enum sim_flaw);
void sim_world_destroy(struct sim_world *);

/* A day with this many acknowledged acts. False when something is wrong: then nothing goes on, and
 * sim_world_wrong says what (borrowed). With `spares` the kiosk is spared after a quarter of the
 * day, and its memory is measured from noon to midnight. */
bool sim_world_day(struct sim_world *, int acts, bool spares, struct sim_day *ret);
/* This many acts of a day without a night, or an event. False as above. */
bool sim_world_acts(struct sim_world *, int acts);
bool sim_world_event(struct sim_world *, enum sim_event);
const char *sim_world_wrong(const struct sim_world *);
/* What happened last, as TAP's comments. */
void sim_world_tell(const struct sim_world *);
