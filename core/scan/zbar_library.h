/* zbar, loaded when the first code is searched for.
 *
 * Only its image scanner is wanted, but the library depends on X11, D-Bus, V4L and a score of
 * others: linked, they would be loaded and relocated at every start, before the first paint and for
 * verbs that never look at a frame. So its functions are in a table that is filled by the dynamic
 * loader. */
#pragma once

#include <zbar.h>

#include "core/base/err.h"

#define ZBAR_CALLS(X)                  \
	X(image_create)                \
	X(image_destroy)               \
	X(image_first_symbol)          \
	X(image_scanner_create)        \
	X(image_scanner_destroy)       \
	X(image_scanner_recycle_image) \
	X(image_scanner_set_config)    \
	X(image_set_data)              \
	X(image_set_format)            \
	X(image_set_size)              \
	X(scan_image)                  \
	X(symbol_get_data)             \
	X(symbol_get_data_length)      \
	X(symbol_get_loc_size)         \
	X(symbol_get_loc_x)            \
	X(symbol_get_loc_y)            \
	X(symbol_get_quality)          \
	X(symbol_get_type)             \
	X(symbol_next)

/* zbar->scan_image is zbar_scan_image, and so on, each with the type that zbar.h gives it. */
#define ZBAR_CALL_MEMBER(name) __typeof__(zbar_##name) *name;
struct zbar {
	ZBAR_CALLS(ZBAR_CALL_MEMBER)
};
#undef ZBAR_CALL_MEMBER

/* May be called on any thread; once loaded it stays. ERR_DEVICE ZBAR_MISSING, with the loader's
 * message as detail. */
int zbar_load(const struct zbar **ret, struct err *err);
