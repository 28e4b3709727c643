/* Chance in tests: one seed a program, which is printed and with which a run can be repeated.
 * Include behind cmocka.h. */
#pragma once

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t chance_state;

/* $JIAPLUS_SEED, or the time; draw() goes on from there. Said on stderr as well: that is what is
 * shown of a program that fails. */
static inline uint64_t chance_begin(void)
{
	const char *given = getenv("JIAPLUS_SEED");

	chance_state = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	print_message("# JIAPLUS_SEED=%" PRIu64 "\n", chance_state);
	fprintf(stderr, "JIAPLUS_SEED=%" PRIu64 "\n", chance_state);
	return chance_state;
}

/* 0 … below − 1. */
static inline uint32_t draw(uint32_t below)
{
	chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(chance_state >> 33) % below;
}
