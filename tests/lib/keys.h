/* What a person does at the kiosk, as a script: its steps are words parted by blanks.
 *
 *   F9 Enter Esc Del Up Space 1 +           a key
 *   card:11 label:14 staff:admin            a card or a label of the demo venue is scanned
 *   scan:9787115428028                      any code is scanned
 *   pin:admin                               their PIN is typed
 *   text:a_b  paste:a_b                     is typed or pasted, `_` being a blank
 *
 * Each step is done when the program is at rest after the one before. */
#pragma once

#include <stdbool.h>

#include "tests/lib/vt.h"

/* `demo`: the text of the venue's demo.txt, which has codes and PINs. An invalid step ends the
 * program with a message: the script is wrong. */
void keys_play(struct vt *vt, const char *demo, const char *script);
/* One step of it. */
void keys_step(struct vt *vt, const char *demo, const char *step);
/* Waits until the program, its threads and helpers wait for input and nothing more is drawn. */
void keys_rest(struct vt *vt);

/* The word for a key as the help page names it in any language; NULL: none. The caller's. */
char *keys_word(const char *label);
/* Column `index` of demo.txt's line for a "card", an "item" or a "staff" of that name; NULL: no
 * such line. The caller's. */
char *keys_demo_column(const char *demo, const char *what, const char *name, int index);
