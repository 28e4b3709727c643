/* Randomness in tests. Each randomised test starts from one seed, $JIAPLUS_SEED or a fresh one,
 * which is printed: with it a run can be repeated, even of one test alone. */
#pragma once

#include <stdint.h>

/* 0 … below − 1. */
uint32_t draw(uint32_t below);
/* The running test's seed. */
uint64_t chance_seed(void);

/* Before each test, by the runner. */
void chance_reset(void);
