/* Preloaded into every sanitized test: SQLite takes its memory from glibc, not from
 * AddressSanitizer, whose bookkeeping of SQLite's small blocks took a third of the time of the loan
 * tests.
 *
 * SQLite is not instrumented; we look for our own faults with what it returns. So a block still has
 * a guard before and after it, is poisoned once it is freed, and one that is held when the program
 * ends (a statement or a database that was never closed) fails it, as a leak does. What is lost is
 * the stack of the allocation. */
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* glibc's allocator, below the sanitizer's. */
extern void *__libc_malloc(size_t size);
extern void __libc_free(void *p);

/* The sanitizer's, where there is one. */
extern void __asan_poison_memory_region(const volatile void *at, size_t size) __attribute__((weak));
extern void __asan_unpoison_memory_region(const volatile void *at, size_t size)
	__attribute__((weak));

#define GUARD 16
/* glibc unmaps blocks of 128 KB and more when they are freed: whatever is mapped there next must be
 * usable. */
#define LARGE (64 << 10)

struct block {
	int size;
	_Alignas(GUARD) char bytes[];
};

static _Atomic int held; /* blocks */

static struct block *block_of(void *bytes)
{
	return (struct block *)((char *)bytes - GUARD);
}

static size_t whole_size(int size)
{
	return GUARD + ((size_t)size + GUARD - 1) / GUARD * GUARD + GUARD;
}

static void *take(int size)
{
	struct block *b = __libc_malloc(whole_size(size));

	if (!b)
		return NULL;
	__asan_poison_memory_region(b, whole_size(size));
	__asan_unpoison_memory_region(b->bytes, (size_t)size);
	b->size = size;
	held++;
	return b->bytes;
}

static void give(void *bytes)
{
	struct block *b = block_of(bytes);
	int size = b->size;

	held--;
	if (size >= LARGE) {
		__asan_unpoison_memory_region(b, whole_size(size));
	} else {
		memset(bytes, 0xdb, (size_t)size); /* SQLite itself must notice as well */
		__asan_poison_memory_region(bytes, (size_t)size);
	}
	__libc_free(b);
}

static int size_of(void *bytes)
{
	return bytes ? block_of(bytes)->size : 0;
}

static void *resize(void *bytes, int size)
{
	int old = size_of(bytes);
	void *moved = take(size);

	if (!moved)
		return NULL;
	memcpy(moved, bytes, (size_t)(old < size ? old : size));
	give(bytes);
	return moved;
}

static int round_up(int size)
{
	return (size + 7) & ~7;
}

static int start(void *context)
{
	(void)context;
	return SQLITE_OK;
}

static void stop(void *context)
{
	(void)context;
}

static void __attribute__((constructor)) install(void)
{
	static const struct sqlite3_mem_methods methods = {
		.xMalloc = take,
		.xFree = give,
		.xRealloc = resize,
		.xSize = size_of,
		.xRoundup = round_up,
		.xInit = start,
		.xShutdown = stop,
	};
	int (*config)(int, ...);

	*(void **)&config = dlsym(RTLD_DEFAULT, "sqlite3_config");
	if (config && __asan_poison_memory_region)
		config(SQLITE_CONFIG_MALLOC, &methods);
}

static void __attribute__((destructor)) count(void)
{
	int (*shut_down)(void);

	*(void **)&shut_down = dlsym(RTLD_DEFAULT, "sqlite3_shutdown");
	if (shut_down)
		shut_down();
	if (held == 0)
		return;
	fprintf(stderr, "SQLite still holds %d blocks: a database or a statement is not closed\n",
		held);
	_exit(1);
}
