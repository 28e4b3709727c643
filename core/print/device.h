/* A printer at the end of a path (/dev/usb/lp0, a FIFO, a file): it takes bytes and reports
 * nothing.
 */
#pragma once

#include "core/base/bytes.h"
#include "core/print/spool.h"

/* Writes everything, waiting while the device accepts nothing (out of paper, cover open), which is
 * reported as progress, PAPER_WANTS_LOOK. `created` is reported before the first byte. Nothing
 * proves that it was printed; done means that the device accepted it. Never creates a file:
 * ERR_NOT_FOUND PRINTER_MISSING. */
struct spool_outcome device_print(
	const char *path, const struct bytes *document, const struct spool_ear *ear);
