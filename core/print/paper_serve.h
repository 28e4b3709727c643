/* The helper's main loop: requests in, events out, a thread for each job at a spooler. See paper.h.
 */
#pragma once

#include "core/base/err.h"

/* Serves standard input until it ends. `font_folder` as for fonts_open; `lock_path` NULL: no lock.
 * ERR_STORAGE FILE_UNWRITABLE for the lock. Without fonts each sheet fails by FONT_MISSING. */
int paper_serve(const char *font_folder, const char *lock_path, struct err *err);
