#include "core/base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*on_exhausted)(void);

void mem_on_exhausted(void (*handler)(void))
{
	on_exhausted = handler;
}

static void *checked(void *p)
{
	static const char words[] = "jiaplus: out of memory; nothing that was confirmed is lost\n";

	if (p)
		return p;
	if (on_exhausted)
		on_exhausted();
	ssize_t ignored = write(STDERR_FILENO, words, sizeof(words) - 1);
	(void)ignored;
	abort();
}

void *mem_alloc(size_t size)
{
	return checked(calloc(1, size ? size : 1));
}

void *mem_resize(void *p, size_t size)
{
	return checked(realloc(p, size ? size : 1));
}

void *mem_join(void *rows, int *count, void *more, int more_count, size_t size)
{
	char *both = mem_resize(rows, ((size_t)*count + (size_t)more_count + 1) * size);

	if (more_count)
		memcpy(both + (size_t)*count * size, more, (size_t)more_count * size);
	*count += more_count;
	free(more);
	return both;
}

char *mem_text(const char *s)
{
	return s ? checked(strdup(s)) : NULL;
}

char *mem_text_n(const char *s, size_t len)
{
	return checked(strndup(s, len));
}

char *mem_vprintf(const char *fmt, va_list args)
{
	char *s = NULL;

	if (vasprintf(&s, fmt, args) < 0)
		s = NULL;
	return checked(s);
}

char *mem_printf(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *s = mem_vprintf(fmt, args);
	va_end(args);
	return s;
}

void mem_free(void *pointer_to_pointer)
{
	void *p;

	/* By bytes: the pointer may be of any type. */
	memcpy(&p, pointer_to_pointer, sizeof(p));
	free(p);
	p = NULL;
	memcpy(pointer_to_pointer, &p, sizeof(p));
}
