/* What a test prints when a call that should succeed fails: the reason's name and the detail. */
#pragma once

#include "core/base/err.h"
#include "core/base/reason_name.h"
#include "tests/lib/test.h"

#define assert_ok(call, err)                                                                \
	do {                                                                                \
		if ((call) < 0)                                                             \
			fail_msg("%s: %s (%s)", #call, reason_name((err)->reasons[0].code), \
				(err)->detail);                                             \
	} while (0)

/* Asserts a refusal with this reason among the others. */
#define assert_refused(call, err, name)                                                       \
	do {                                                                                  \
		assert_int_equal((call), ERR_REFUSED);                                        \
		if (!err_has((err), REASON_##name))                                           \
			fail_msg("refused, but for %s", reason_name((err)->reasons[0].code)); \
	} while (0)
