/* Sessions in lists: who is in now, and who was in when. */
#pragma once

#include "core/venues/session.h"

struct session_row {
	struct session session; /* out_at computed: 0 only while they are in */
	int64_t booked_until;   /* end of the booking; 0: walked in */
	char *venue_name;
	char *body; /* that booked; "" for none */
};
struct session_rows {
	struct session_row *rows;
	int count;
};
void session_rows_finish(struct session_rows *);

/* In at the clock's now, in one venue or (0) in all, by sign-in. */
int sessions_present(struct db *, int64_t venue, struct session_rows *ret, struct err *err);
/* Signed in within [from_at, until_at), including those still in, by sign-in. */
int sessions_between(struct db *, int64_t venue, int64_t from_at, int64_t until_at,
	struct session_rows *ret, struct err *err);
/* Still in after the booking has ended. */
bool session_is_overstay(const struct session_row *, int64_t now);
