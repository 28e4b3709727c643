/* A file's content, in pages that copies of it share until one of them is written to: a copy costs
 * next to nothing, and so does a next one that differs in a few places. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define PAGED_SIZE 4096

struct paged_page;
struct paged {
	struct paged_page **pages; /* NULL: all zeros */
	size_t room, size;         /* room: for this many pages */
};
void paged_finish(struct paged *);

/* Makes `to` a copy of `from`. */
void paged_copy(struct paged *to, const struct paged *from);
/* Makes it longer if necessary; any gap is zeros. */
void paged_write(struct paged *, const void *bytes, size_t size, size_t offset);
/* Returns how many bytes there were. */
size_t paged_read(const struct paged *, void *to, size_t size, size_t offset);
/* Reads a file's content; false: there is none. */
bool paged_load(struct paged *, const char *path);
/* Gives the file this content; writes only what differs. False, and errno. */
bool paged_store(const struct paged *, const char *path);
/* Makes it shorter, or longer with zeros. */
void paged_truncate(struct paged *, size_t size);
