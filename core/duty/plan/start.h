/* A good roster from scratch, without GLPK: what solving starts with, and the answer when the
 * helper is missing. */
#pragma once

#include "core/duty/plan/seats.h"

/* `effort`: per cent of the usual steps. */
void start_make(struct seats *, int effort);
