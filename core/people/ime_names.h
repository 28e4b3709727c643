/* Characters that occur in names, most common first: ime.c shows them before everything else. */
#pragma once

/* Of surnames. */
extern const char ime_surnames[];
/* Of given names. */
extern const char ime_given_names[];
