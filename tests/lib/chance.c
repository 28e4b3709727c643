#include "tests/lib/chance.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

static uint64_t seed, state;
static bool is_begun;

static void begin(void)
{
	const char *given = getenv("JIAPLUS_SEED");
	uint32_t fresh = 0;

	is_begun = true;
	if (given)
		seed = strtoull(given, NULL, 10);
	else if (getrandom(&fresh, sizeof(fresh), 0) == sizeof(fresh))
		seed = fresh;
	state = seed;
	fprintf(stderr, "JIAPLUS_SEED=%" PRIu64 "\n", seed);
}

void chance_reset(void)
{
	is_begun = false;
}

uint64_t chance_seed(void)
{
	if (!is_begun)
		begin();
	return seed;
}

uint32_t draw(uint32_t below)
{
	chance_seed();
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % below;
}
