/* The demo venue: invented people, things and a past of some weeks, from assets/demo.
 *
 * The data is fixed; only card tokens and ids are random. It goes through the same acts as
 * everything else, with a clock that runs from some weeks ago until now, in one transaction. */
#pragma once

#include "tui/verbs/call.h"
#include "tui/verbs/venue_plan.h"

/* Makes the venue in DIR with DIR/cards and DIR/labels (pictures to hold up to a camera),
 * DIR/demo.txt (who is who, in ready-made lines) and DIR/pins. Errors as venue_begin, HELPER_FAILED
 * when pictures cannot be drawn; then only folders are left. */
int demo_init(struct call *call, const struct venue_plan *plan, struct err *err);
