#include "tests/faults/paged.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"

struct paged_page {
	int users;
	unsigned char bytes[PAGED_SIZE];
};

static const unsigned char zeros[PAGED_SIZE];

static void release(struct paged_page *page)
{
	if (page && --page->users == 0)
		free(page);
}

static size_t count_of(size_t size)
{
	return (size + PAGED_SIZE - 1) / PAGED_SIZE;
}

void paged_finish(struct paged *p)
{
	paged_truncate(p, 0);
	free(p->pages);
	*p = (struct paged){ .size = 0 };
}

static void make_room(struct paged *p, size_t count)
{
	if (count <= p->room)
		return;
	size_t room = count > p->room * 2 ? count : p->room * 2;
	p->pages = mem_resize(p->pages, room * sizeof(struct paged_page *));
	memset(p->pages + p->room, 0, (room - p->room) * sizeof(struct paged_page *));
	p->room = room;
}

void paged_copy(struct paged *to, const struct paged *from)
{
	size_t count = count_of(from->size);

	paged_truncate(to, from->size);
	make_room(to, count);
	for (size_t i = 0; i < count; i++) {
		if (to->pages[i] == from->pages[i])
			continue;
		release(to->pages[i]);
		to->pages[i] = from->pages[i];
		if (to->pages[i])
			to->pages[i]->users++;
	}
}

/* One that nobody else uses, with what is there. */
static unsigned char *own_page(struct paged *p, size_t number)
{
	struct paged_page *shared = p->pages[number];

	if (shared && shared->users == 1)
		return shared->bytes;
	struct paged_page *own = mem_alloc(sizeof(*own));
	own->users = 1;
	if (shared)
		memcpy(own->bytes, shared->bytes, PAGED_SIZE);
	release(shared);
	p->pages[number] = own;
	return own->bytes;
}

/* Of [offset, offset + size) what is on the page of `offset`. */
static size_t on_page(size_t size, size_t offset)
{
	size_t there = PAGED_SIZE - offset % PAGED_SIZE;

	return size < there ? size : there;
}

void paged_write(struct paged *p, const void *bytes, size_t size, size_t offset)
{
	const unsigned char *from = bytes;

	if (size == 0)
		return;
	make_room(p, count_of(offset + size));
	if (offset + size > p->size)
		p->size = offset + size;
	for (size_t n; size > 0; from += n, offset += n, size -= n) {
		n = on_page(size, offset);
		memcpy(own_page(p, offset / PAGED_SIZE) + offset % PAGED_SIZE, from, n);
	}
}

size_t paged_read(const struct paged *p, void *to, size_t size, size_t offset)
{
	size_t there = offset < p->size ? p->size - offset : 0;
	size_t left = size < there ? size : there, done = 0;

	for (size_t n; left > 0; done += n, offset += n, left -= n) {
		const struct paged_page *page = p->pages[offset / PAGED_SIZE];
		n = on_page(left, offset);
		memcpy((unsigned char *)to + done,
			(page ? page->bytes : zeros) + offset % PAGED_SIZE, n);
	}
	return done;
}

void paged_truncate(struct paged *p, size_t size)
{
	size_t kept = count_of(size), was = count_of(p->size);

	make_room(p, kept);
	for (size_t i = kept; i < was; i++)
		release(TAKE(p->pages[i]));
	/* What it grows by later is zeros. */
	if (size < p->size && size % PAGED_SIZE)
		memset(own_page(p, size / PAGED_SIZE) + size % PAGED_SIZE, 0,
			PAGED_SIZE - size % PAGED_SIZE);
	p->size = size;
}

/* ---- real files ---- */

#define CHUNK (16 * PAGED_SIZE)

static bool is_there(const struct paged *p, const unsigned char *bytes, size_t size, size_t offset)
{
	const struct paged_page *page =
		offset + size <= p->size ? p->pages[offset / PAGED_SIZE] : NULL;

	return page && memcmp(page->bytes, bytes, size) == 0;
}

bool paged_load(struct paged *p, const char *path)
{
	unsigned char chunk[CHUNK];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t at = 0;
	ssize_t n;

	while (fd >= 0 && (n = pread(fd, chunk, CHUNK, (off_t)at)) > 0) {
		for (size_t i = 0, part; i < (size_t)n; i += part) {
			part = on_page((size_t)n - i, at + i);
			if (!is_there(p, chunk + i, part, at + i))
				paged_write(p, chunk + i, part, at + i);
		}
		at += (size_t)n;
	}
	paged_truncate(p, at);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Of a chunk, what differs. */
static bool store_chunk(const struct paged *p, int fd, size_t at)
{
	unsigned char wanted[CHUNK], found[CHUNK];
	size_t size = paged_read(p, wanted, CHUNK, at);
	ssize_t n = pread(fd, found, size, (off_t)at);
	size_t there = n > 0 ? (size_t)n : 0;

	for (size_t i = 0, part; i < size; i += part) {
		part = on_page(size - i, i);
		if (i + part <= there && memcmp(wanted + i, found + i, part) == 0)
			continue;
		if (pwrite(fd, wanted + i, part, (off_t)(at + i)) != (ssize_t)part)
			return false;
	}
	return true;
}

bool paged_store(const struct paged *p, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	bool is_stored = fd >= 0 && ftruncate(fd, (off_t)p->size) == 0;

	for (size_t at = 0; is_stored && at < p->size; at += CHUNK)
		is_stored = store_chunk(p, fd, at);
	if (fd >= 0)
		close(fd);
	return is_stored;
}
