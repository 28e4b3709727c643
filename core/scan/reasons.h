/* Reasons of cameras and scanners (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* cameras and scanners */
#define REASONS_CAMERA(X)      \
	X(CAMERA_MISSING, "s") \
	X(CAMERA_BUSY, "s")    \
	X(CAMERA_GONE, "s")    \
	X(CAMERA_FROZEN, "s")  \
	X(CAMERA_FAILED, "s")  \
	X(ZBAR_MISSING, "-")   \
	X(SCANNER_MISSING, "s")
REASON_CODES(CAMERA);
