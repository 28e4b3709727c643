/* A printer at the end of a path (/dev/usb/lp0, a FIFO, a file): it takes bytes and says nothing.
 */
#pragma once

#include "core/base/bytes.h"
#include "core/print/spool.h"

/* Writes it all, waiting as long as the device takes nothing (out of paper, cover open): reported
 * as progress, PAPER_WANTS_LOOK. `created` is reported before the first byte. Nothing proves that
 * it was printed; done means that the device took it. Never creates a file: ERR_NOT_FOUND
 * PRINTER_MISSING. */
struct spool_outcome device_print(
	const char *path, const struct bytes *document, const struct spool_ear *ear);
