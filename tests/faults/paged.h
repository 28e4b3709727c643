/* The content of a file, in pages that its copies share until one of them is written to. A copy
 * costs next to nothing, and so does a copy of it that differs in a few places. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define PAGED_SIZE 4096

struct paged_page;
struct paged {
	struct paged_page **pages; /* NULL: all zeros */
	size_t room, size;         /* room: for so many pages */
};
void paged_finish(struct paged *);

/* Makes `to` equal to `from`. */
void paged_copy(struct paged *to, const struct paged *from);
/* Writing beyond the end fills the gap with zeros. */
void paged_write(struct paged *, const void *bytes, size_t size, size_t offset);
/* Returns how many bytes there were. */
size_t paged_read(const struct paged *, void *to, size_t size, size_t offset);
/* Replaces the content by that of a real file; false when there is none. */
bool paged_load(struct paged *, const char *path);
/* Makes a real file equal to it, and writes only the pages that differ. False on failure, with
 * errno set. */
bool paged_store(const struct paged *, const char *path);
/* Shortens it, or extends it with zeros. */
void paged_truncate(struct paged *, size_t size);
