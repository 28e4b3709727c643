/* A text to read that may be longer than its area: wrapped, scrolled with arrows and wheel. */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"

struct reader;

struct reader *reader_create(const char *text); /* copied */
void reader_destroy(struct reader *reader);
void reader_set(struct reader *reader, const char *text);
bool reader_key(struct reader *reader, const struct key *key); /* true: taken */
void reader_draw(struct reader *reader, struct rect area);
