/* Whole screens compared with texts that a person has looked at: tests/screens/expected/NAME.txt.
 *
 * A screen is only that comparable with a clock that stands: TEST_FILE(.setup = venue_still_setup,
 * .teardown = venue_still_teardown). */
#pragma once

#include "tests/lib/vt.h"

/* Waits until the screen is that text, trailing blanks apart and with the names of scratch folders
 * made the same. When it does not come the test fails with the differences, line by line. With
 * $JIAPLUS_UPDATE (./dev test --update NAME) the text becomes what is on the screen. */
#define expect_screen(vt, name) expect_screen_at((vt), (name), __FILE__, __LINE__)
void expect_screen_at(struct vt *vt, const char *name, const char *file, int line);

/* The lines of two texts one below the other: "-" was expected, "+" is there, " " both. The
 * caller's. */
char *expect_differences(const char *expected, const char *found);
