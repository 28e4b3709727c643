/* Reasons of whose role an act needs (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

#define REASONS_ROLE(X)     \
	X(ROLE_NEEDED, "i") \
	X(SERVICE_ONLY, "-")
REASON_CODES(ROLE);
