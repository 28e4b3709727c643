/* What a shift still lacks: places, a leader, other roles. */
#pragma once

#include "core/duty/duty_role.h"
#include "core/duty/shift.h"

struct shift_gap {
	int64_t role;
	bool is_leader;
	int64_t missing;
	char *name; /* of the role */
};
struct shift_gaps {
	struct shift_gap *rows; /* the leader first */
	int count;
	int64_t places; /* open */
};
void shift_gaps_finish(struct shift_gaps *);

int shift_gaps(struct db *, const struct shift *, struct shift_gaps *ret, struct err *err);
struct shift_change {
	int64_t leaves; /* an assignment; 0: none */
	int64_t comes;  /* a resident; 0: nobody */
};
/* The roles alone that the shift would lack after that, and does not lack now. */
int shift_gaps_after(struct db *, const struct shift *, const struct shift_change *,
	struct shift_gaps *ret, struct err *err);
/* "负责人, 急救"; NULL when no role is missing. The caller's. */
char *shift_gaps_names(const struct shift_gaps *, const char *separator);
