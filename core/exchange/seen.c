#include "core/exchange/seen.h"

#include <stdlib.h>

#include "core/base/mem.h"

void seen_finish(struct seen *seen)
{
	free(seen->slots);
	*seen = (struct seen){ 0 };
}

/* The index of `id`, or of the free slot for it. */
static struct seen_slot *slot_of(const struct seen *seen, int64_t id)
{
	size_t at = (size_t)((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15) >> 20);

	while (seen->slots[at & (seen->room - 1)].id != 0 &&
		seen->slots[at & (seen->room - 1)].id != id)
		at++;
	return &seen->slots[at & (seen->room - 1)];
}

int seen_row(const struct seen *seen, int64_t id)
{
	if (seen->count == 0)
		return -1;
	const struct seen_slot *slot = slot_of(seen, id);
	return slot->id ? slot->row : -1;
}

static void grow(struct seen *seen)
{
	struct seen larger = { .room = seen->room ? seen->room * 2 : 64, .count = seen->count };

	larger.slots = mem_alloc(larger.room * sizeof(*larger.slots));
	for (size_t i = 0; i < seen->room; i++)
		if (seen->slots[i].id)
			*slot_of(&larger, seen->slots[i].id) = seen->slots[i];
	free(seen->slots);
	*seen = larger;
}

void seen_note(struct seen *seen, int64_t id, int row)
{
	if (seen->count * 2 >= seen->room)
		grow(seen);
	*slot_of(seen, id) = (struct seen_slot){ id, row };
	seen->count++;
}
