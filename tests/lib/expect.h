/* Compares whole screens with texts that a person has looked at: tests/screens/expected/NAME.txt.
 *
 * A screen is comparable only while the clock is stopped: TEST_FILE(.setup = venue_still_setup,
 * .teardown = venue_still_teardown). */
#pragma once

#include "tests/lib/vt.h"

/* Waits until the screen is that text, ignoring trailing blanks and with the names of scratch
 * folders made the same. If it does not appear, the test fails with the differences, line by line.
 * With $JIAPLUS_UPDATE (./dev test --update NAME) the text becomes what is on the screen. */
#define expect_screen(vt, name) expect_screen_at((vt), (name), __FILE__, __LINE__)
void expect_screen_at(struct vt *vt, const char *name, const char *file, int line);

/* A diff of two texts: "-" was expected, "+" is there, " " both. The caller's. */
char *expect_differences(const char *expected, const char *found);
