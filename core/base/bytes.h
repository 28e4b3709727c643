/* A growing buffer for what is about to be written to a file, a printer or the journal. */
#pragma once

#include <stddef.h>

struct bytes {
	unsigned char *data;
	size_t size, room;
};

void bytes_add(struct bytes *, const void *data, size_t size);
void bytes_add_text(struct bytes *, const char *text); /* without its NUL */
void bytes_finish(struct bytes *);                     /* also for CLEANUP */
