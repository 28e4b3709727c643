/* The codes of a whole file: a picture, or all frames of a recording. */
#pragma once

#include "core/base/err.h"
#include "core/scan/decoder.h"

/* Adds to `found` each distinct code of the file, in the order in which they are seen; also those
 * seen before an error in the middle. A FIFO is read until its writer closes it. Errors as
 * frame_file_open and a source's `next`. */
int file_scan(
	const char *path, struct decoder *decoder, struct reading_list *found, struct err *err);
