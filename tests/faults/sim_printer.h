/* The simulation's printer, and the helper that talks to it instead of jiaplus-paper: what it has
 * printed is on paper, whatever happens to the machine. It is slow, fails, or its helper dies,
 * depending on a job's name and the seed, so that what becomes of a paper does not depend on
 * timing. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SIM_JOBS 4096 /* the latest */

struct sim_job {
	char name[64];
	bool is_whole, is_cancelled;
	int copies; /* that came out */
};

/* In a file that is mapped by every process that looks at it; its name is in the environment. */
struct sim_printer {
	uint64_t seed;
	int trouble;      /* of 100 jobs, how many something happens to */
	bool is_doubling; /* each comes out twice: to show that a test notices */
	char died_first[64];
	int64_t job_count;
	struct sim_job jobs[SIM_JOBS]; /* a ring */
};

struct sim_printer *sim_printer_create(const char *path, uint64_t seed);
void sim_printer_destroy(struct sim_printer *);

/* How often a paper came out: `front` is the beginning of its jobs' names. */
int sim_printer_copies(const struct sim_printer *, const char *front);
