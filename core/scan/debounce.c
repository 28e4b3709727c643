#include "core/scan/debounce.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#define SEEN_MAX 32

struct seen {
	char *bytes;
	size_t size;
	int reads, misses; /* frames that showed it; frames since that did not */
	bool was_scanned;
	int64_t at_ms; /* last shown */
};

struct debounce {
	struct seen seen[SEEN_MAX];
	int count;
};

struct debounce *debounce_create(void)
{
	return mem_alloc(sizeof(struct debounce));
}

/* A card's text is a secret and must not stay in freed memory. */
static void seen_finish(struct seen *seen)
{
	explicit_bzero(seen->bytes, seen->size);
	free(seen->bytes);
}

void debounce_destroy(struct debounce *debounce)
{
	if (!debounce)
		return;
	for (int i = 0; i < debounce->count; i++)
		seen_finish(&debounce->seen[i]);
	free(debounce);
}

static void forget(struct debounce *debounce, int index)
{
	seen_finish(&debounce->seen[index]);
	debounce->seen[index] = debounce->seen[--debounce->count];
}

/* Makes room by forgetting the code that was shown longest ago. */
static void forget_oldest(struct debounce *debounce)
{
	int oldest = 0;

	for (int i = 1; i < debounce->count; i++)
		if (debounce->seen[i].at_ms < debounce->seen[oldest].at_ms)
			oldest = i;
	forget(debounce, oldest);
}

static struct seen *find_or_add(struct debounce *debounce, const struct reading *reading)
{
	for (int i = 0; i < debounce->count; i++) {
		struct seen *seen = &debounce->seen[i];
		if (seen->size == reading->size &&
			memcmp(seen->bytes, reading->bytes, reading->size) == 0)
			return seen;
	}
	if (debounce->count == SEEN_MAX)
		forget_oldest(debounce);
	struct seen *seen = &debounce->seen[debounce->count++];
	*seen = (struct seen){ .bytes = mem_alloc(reading->size), .size = reading->size };
	memcpy(seen->bytes, reading->bytes, reading->size);
	return seen;
}

static void forget_absent(struct debounce *debounce, int64_t at_ms)
{
	for (int i = debounce->count - 1; i >= 0; i--)
		if (debounce->seen[i].misses >= DEBOUNCE_AWAY_FRAMES &&
			at_ms - debounce->seen[i].at_ms >= DEBOUNCE_AWAY_MS)
			forget(debounce, i);
}

int debounce_frame(struct debounce *debounce, int64_t at_ms, const struct reading *readings,
	int count, bool is_new[])
{
	int new_count = 0;

	for (int i = 0; i < debounce->count; i++)
		debounce->seen[i].misses++;
	for (int i = 0; i < count; i++) {
		struct seen *seen = find_or_add(debounce, &readings[i]);
		seen->reads++;
		seen->misses = 0;
		seen->at_ms = at_ms;
		is_new[i] = !seen->was_scanned &&
			    (readings[i].symbology == SYMBOLOGY_QR || seen->reads >= 2);
		seen->was_scanned |= is_new[i];
		new_count += is_new[i];
	}
	forget_absent(debounce, at_ms);
	return new_count;
}

void debounce_same(struct debounce *debounce, int64_t at_ms)
{
	for (int i = 0; i < debounce->count; i++) {
		struct seen *seen = &debounce->seen[i];
		if (seen->misses == 0)
			seen->at_ms = at_ms;
		else
			seen->misses++;
	}
	forget_absent(debounce, at_ms);
}

bool debounce_is_waiting(const struct debounce *debounce)
{
	for (int i = 0; i < debounce->count; i++)
		if (!debounce->seen[i].was_scanned)
			return true;
	return false;
}
