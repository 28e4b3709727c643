/* Chance in tests. Each test that draws begins with one seed, $JIAPLUS_SEED or a fresh one, which
 * is printed: with it a run can be repeated, of one test alone too. */
#pragma once

#include <stdint.h>

/* 0 … below − 1. */
uint32_t draw(uint32_t below);
/* The running test's seed. */
uint64_t chance_seed(void);

/* Before each test, by the runner. */
void chance_reset(void);
