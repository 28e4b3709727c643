/* Which line of a table was about which id. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct seen {
	struct seen_slot {
		int64_t id; /* 0: free */
		int row;
	} * slots;
	size_t room, count; /* room is 0 or a power of two */
};
void seen_finish(struct seen *);

/* −1 when it was not. */
int seen_row(const struct seen *, int64_t id);
/* `id` is not 0 and was not noted before. */
void seen_note(struct seen *, int64_t id, int row);
