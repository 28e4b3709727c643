/* Memory for SQLite that AddressSanitizer does not watch, in these programs alone.
 *
 * The fault tests open a database some ten thousand times, and half of their time went into the
 * sanitizer's book-keeping of SQLite's own small allocations: SQLite is not instrumented, and the
 * same product code runs under a watched SQLite in every other test. Our own allocations are
 * watched here as everywhere. What SQLite still holds at the end (a statement that was never
 * closed) fails the program, as a leak does elsewhere. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"

#ifdef __SANITIZE_ADDRESS__

/* glibc's own, below the sanitizer's. */
extern void *__libc_malloc(size_t size);
extern void __libc_free(void *p);
extern void *__libc_realloc(void *p, size_t size);

/* Before each block its size, and what keeps the block aligned as malloc's. */
struct block {
	int size;
	_Alignas(16) char bytes[];
};

static _Atomic int held; /* blocks */

static struct block *block_of(void *bytes)
{
	return (struct block *)((char *)bytes - offsetof(struct block, bytes));
}

static void *lean_malloc(int size)
{
	struct block *b = __libc_malloc(sizeof(*b) + (size_t)size);

	if (!b)
		return NULL;
	b->size = size;
	held++;
	return b->bytes;
}

static void lean_free(void *bytes)
{
	held--;
	memset(bytes, 0xdb, (size_t)block_of(bytes)->size); /* whoever still reads it notices */
	__libc_free(block_of(bytes));
}

static void *lean_realloc(void *bytes, int size)
{
	struct block *b = __libc_realloc(block_of(bytes), sizeof(*b) + (size_t)size);

	if (!b)
		return NULL;
	b->size = size;
	return b->bytes;
}

static int lean_size(void *bytes)
{
	return bytes ? block_of(bytes)->size : 0;
}

static int lean_roundup(int size)
{
	return (size + 7) & ~7;
}

static int lean_init(void *context)
{
	(void)context;
	return SQLITE_OK;
}

static void lean_shutdown(void *context)
{
	(void)context;
}

__attribute__((constructor)) static void lean_install(void)
{
	static const struct sqlite3_mem_methods lean = {
		.xMalloc = lean_malloc,
		.xFree = lean_free,
		.xRealloc = lean_realloc,
		.xSize = lean_size,
		.xRoundup = lean_roundup,
		.xInit = lean_init,
		.xShutdown = lean_shutdown,
	};

	sqlite3_config(SQLITE_CONFIG_MALLOC, &lean);
}

__attribute__((destructor)) static void lean_count(void)
{
	sqlite3_shutdown();
	if (held == 0)
		return;
	fprintf(stderr, "SQLite still holds %d blocks: a database or a statement is not closed\n",
		held);
	_exit(1);
}

#endif
