#include "tests/faults/pages.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#define PAGE	    4096
#define PAGE_DIGEST 32

struct pages {
	size_t count, room;
	unsigned char (*content)[PAGE];	      /* as last seen */
	unsigned char (*digest)[PAGE_DIGEST]; /* of that */
};

struct pages *pages_create(void)
{
	return mem_alloc(sizeof(struct pages));
}

void pages_destroy(struct pages *seen)
{
	if (!seen)
		return;
	free(seen->content);
	free(seen->digest);
	free(seen);
}

static void begin(struct pages *seen, size_t count)
{
	if (count > seen->room) {
		seen->content = mem_resize(seen->content, count * PAGE);
		seen->digest = mem_resize(seen->digest, count * PAGE_DIGEST);
		seen->room = count;
	}
}

/* How it is journalled, and counters of changes: no content. */
static void blank_counters(unsigned char *first_page)
{
	memset(first_page + 18, 0, 2);
	memset(first_page + 24, 0, 4);
	memset(first_page + 92, 0, 8);
}

static void see(struct pages *seen, size_t number, unsigned char *page)
{
	if (number == 0)
		blank_counters(page);
	if (number < seen->count && memcmp(seen->content[number], page, PAGE) == 0)
		return;
	memcpy(seen->content[number], page, PAGE);
	crypto_generichash(seen->digest[number], PAGE_DIGEST, page, PAGE, NULL, 0);
}

static void end(struct pages *seen, size_t count, unsigned char ret[PAGES_DIGEST])
{
	seen->count = count;
	crypto_generichash(ret, PAGES_DIGEST, seen->digest[0], count * PAGE_DIGEST, NULL, 0);
}

bool pages_digest(struct pages *seen, sqlite3 *db, unsigned char ret[PAGES_DIGEST])
{
	sqlite3_int64 size = 0;
	unsigned char *pages = sqlite3_serialize(db, "main", &size, 0);
	size_t count = (size_t)size / PAGE;
	bool is_read = pages && count > 0 && size % PAGE == 0;

	if (is_read) {
		begin(seen, count);
		for (size_t i = 0; i < count; i++)
			see(seen, i, pages + i * PAGE);
		end(seen, count, ret);
	}
	sqlite3_free(pages);
	return is_read;
}

/* As the header says; there may be more in the file. */
static size_t count_in(const struct paged *file)
{
	unsigned char big[4] = { 0 };
	size_t count = 0;

	paged_read(file, big, sizeof(big), 28);
	for (size_t i = 0; i < sizeof(big); i++)
		count = count << 8 | big[i];
	return count;
}

bool pages_digest_file(struct pages *seen, const struct paged *file, unsigned char ret[PAGES_DIGEST])
{
	size_t count = count_in(file);

	if (count == 0 || count * PAGE > file->size)
		return false;
	begin(seen, count);
	for (size_t i = 0; i < count; i++) {
		unsigned char page[PAGE];
		paged_read(file, page, PAGE, i * PAGE);
		see(seen, i, page);
	}
	end(seen, count, ret);
	return true;
}
