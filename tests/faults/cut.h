/* What a power cut does to what no sync has covered yet, the same for disk.h and tape.h. */
#pragma once

#include <stdbool.h>

#include "tests/faults/disk.h"
#include "tests/faults/paged.h"

#define CUT_SECTOR 512 /* survives whole or not at all */

/* `odds` of eight, where chance decides. */
bool cut_survives(enum disk_fate fate, int odds, unsigned *seed);
/* Some of what is lost of a write is garbage: `size` bytes within one sector, and with
 * DISK_GARBAGE the 4 KiB around them. Nothing grows by it beyond the write's own end. */
void cut_spoil(
	struct paged *file, size_t offset, size_t size, enum disk_fate fate, unsigned *seed);
