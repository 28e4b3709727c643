#include "tests/faults/cut.h"

#include <stdlib.h>

#define PHYSICAL 4096 /* what garbage takes with it */

bool cut_survives(enum disk_fate fate, int odds, unsigned *seed)
{
	if (fate == DISK_KEPT || fate == DISK_LOST)
		return fate == DISK_KEPT;
	return rand_r(seed) % 8 < odds;
}

void cut_spoil(struct paged *file, size_t offset, size_t size, enum disk_fate fate, unsigned *seed)
{
	size_t unit = fate == DISK_GARBAGE ? PHYSICAL : CUT_SECTOR;
	size_t from = offset - offset % unit, end = offset + size, count = 0;
	size_t longest = file->size > end ? file->size : end;
	unsigned char garbage[PHYSICAL];

	if (rand_r(seed) % 4 || (fate != DISK_TORN && fate != DISK_GARBAGE))
		return;
	for (; count < unit && from + count < longest; count++)
		garbage[count] = (unsigned char)(rand_r(seed) >> 4);
	paged_write(file, garbage, count, from);
}
