/* What a power cut does to writes that no sync has covered yet, shared by disk.h and tape.h. */
#pragma once

#include <stdbool.h>

#include "tests/faults/disk.h"
#include "tests/faults/paged.h"

#define CUT_SECTOR 512 /* survives completely or not at all */

/* `odds` of eight, when it is random. */
bool cut_survives(enum disk_fate fate, int odds, unsigned *seed);
/* Some of what is lost of a write is garbage: `size` bytes within one sector, and with DISK_GARBAGE
 * the 4 KiB around them. Garbage does not extend the file beyond the write's own end. */
void cut_spoil(struct paged *file, size_t offset, size_t size, enum disk_fate fate, unsigned *seed);
