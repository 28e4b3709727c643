/* Reasons of papers and printers (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* papers */
#define REASONS_PAPER(X)       \
	X(SHEET_BAD, "s")      \
	X(SHEET_OVERFLOW, "s") \
	X(GLYPH_MISSING, "s")  \
	X(FONT_MISSING, "s")   \
	X(PAPER_UNKNOWN, "-")  \
	X(PAPER_SETTLED, "-")  \
	X(PAPER_EMPTIED, "-")  \
	X(PAPER_UNSURE, "-")   \
	X(PAPER_BROKEN, "s")
REASON_CODES(PAPER);

/* printers, sticks */
#define REASONS_PRINTER(X)         \
	X(PRINTER_MISSING, "s")    \
	X(PRINTER_FAILED, "s")     \
	X(PRINTER_PAPER, "-")      \
	X(PRINTER_COVER, "-")      \
	X(PRINTER_JAM, "-")        \
	X(PRINTER_STOPPED, "-")    \
	X(PRINTER_OFFLINE, "i")    \
	X(PRINTER_WAITED, "si")    \
	X(PRINTER_TONER, "-")      \
	X(PRINTER_LOOK, "s")       \
	X(PRINTER_PAPER_SOON, "-") \
	X(PRINTER_TONER_SOON, "-") \
	X(SPOOLER_SILENT, "-")     \
	X(STICK_MISSING, "-")
REASON_CODES(PRINTER);
