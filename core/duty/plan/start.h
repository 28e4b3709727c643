/* A good roster from nothing, without GLPK: what solving begins with, and what there is when the
 * helper is missing. */
#pragma once

#include "core/duty/plan/seats.h"

/* `effort`: per cent of the usual steps. */
void start_make(struct seats *, int effort);
