/* A file's content, in pages that copies of it share until one of them is written to: a copy costs
 * next to nothing, and so does the one after it that differs in a few places. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define PAGED_SIZE 4096

struct paged_page;
struct paged {
	struct paged_page **pages; /* NULL: all zeros */
	size_t room, size;	   /* room: for so many pages */
};
void paged_finish(struct paged *);

/* `to` becomes what `from` is. */
void paged_copy(struct paged *to, const struct paged *from);
/* Makes it longer where it has to; what lies between is zeros. */
void paged_write(struct paged *, const void *bytes, size_t size, size_t offset);
/* How many bytes there were. */
size_t paged_read(const struct paged *, void *to, size_t size, size_t offset);
/* Becomes what a file holds; false: there is none. */
bool paged_load(struct paged *, const char *path);
/* Makes the file hold it; writes only what it does not hold yet. False, and errno. */
bool paged_store(const struct paged *, const char *path);
/* Shorter, or longer by zeros. */
void paged_truncate(struct paged *, size_t size);
