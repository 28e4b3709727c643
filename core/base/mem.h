/* Ownership in two macros, and allocation that cannot fail.
 *
 * Out of memory ends the program: work sits in transactions, so nothing is half done. Whoever owns
 * the terminal installs a handler that restores it first. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/* Runs `fn(&variable)` when the variable leaves its scope. `unused`, because clang would warn about
 * a variable that nothing but its cleanup reads. */
#define CLEANUP(fn) __attribute__((cleanup(fn), unused))

/* Hands over an owning pointer: yields its value and sets it to NULL. */
#define TAKE(p)                             \
	({                                  \
		__typeof__(p) taken_ = (p); \
		(p) = NULL;                 \
		taken_;                     \
	})

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Called once, before the program ends because memory is exhausted. NULL is allowed. */
void mem_on_exhausted(void (*handler)(void));

void *mem_alloc(size_t size); /* zeroed */
void *mem_resize(void *p, size_t size);
/* Appends the `more_count` elements of `more` to the `*count` elements of `rows`, all of `size`
 * bytes; frees the array `more`, adds to `*count` and returns the array. */
void *mem_join(void *rows, int *count, void *more, int more_count, size_t size);
char *mem_text(const char *s); /* a copy; NULL stays NULL */
char *mem_text_n(const char *s, size_t len);
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *mem_vprintf(const char *fmt, va_list args) __attribute__((format(printf, 1, 0)));

/* Frees what the pointer points to and sets it to NULL. For CLEANUP on anything that free()
 * takes: `CLEANUP(mem_free) char *s = …`. */
void mem_free(void *pointer_to_pointer);
