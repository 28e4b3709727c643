/* What a resident is told at the next visit. */
#pragma once

#include "core/people/message.h"

/* Somebody's own words, or the program's sentence for the message's kind. The caller's. */
char *words_message(const struct message *message, int64_t now);
