/* A number or a code typed large, in the middle of the screen: digits (and letters, for codes). */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"

struct entry;

enum entry_kind { ENTRY_DIGITS, ENTRY_CODE, ENTRY_PIN }; /* PIN shows dots */

struct entry *entry_create(enum entry_kind kind, int max_chars);
void entry_destroy(struct entry *entry);

enum entry_answer { ENTRY_IGNORED, ENTRY_TAKEN, ENTRY_DONE }; /* done: Enter with something typed */
enum entry_answer entry_key(struct entry *entry, const struct key *key);
void entry_paste(struct entry *entry, const char *text);
const char *entry_text(const struct entry *entry); /* borrowed; letters in upper case */
void entry_clear(struct entry *entry);             /* wipes a PIN from memory */
int entry_rows(void);
/* With `has_pad`, a touch pad of digits below it if there is room. */
void entry_draw(const struct entry *entry, struct rect area, bool has_pad);
