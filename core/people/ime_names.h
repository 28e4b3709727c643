/* Characters that stand in names, the commonest first: what ime.c shows before everything else. */
#pragma once

/* Of surnames. */
extern const char ime_surnames[];
/* Of given names. */
extern const char ime_given_names[];
