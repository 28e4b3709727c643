#include "tui/burst.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

/* More than any QR code holds (2,953 bytes). */
#define HELD_MAX 4096

/* Holding a key down repeats it at 25–40 a second, which is nearly a scanner's pace: that many
 * equal characters at such a pace are a finger. */
#define REPEAT_MIN     4
#define REPEAT_MEAN_MS 15

struct burst {
	struct burst_sink sink;
	uint32_t held[HELD_MAX];
	int count;
	int64_t first_at, last_at;
	int64_t max_gap;
	bool is_late;     /* some held characters waited through a long stall */
	bool has_tab;     /* after the held characters: a scan if Enter follows */
	bool has_scanned; /* nothing came since the scan at scanned_at */
	int64_t scanned_at;
	int end_ms; /* for so long after it an end still belongs to it */
};

struct burst *burst_create(const struct burst_sink *sink)
{
	struct burst *burst = mem_alloc(sizeof(*burst));
	burst->sink = *sink;
	return burst;
}

void burst_destroy(struct burst *burst)
{
	mem_free(&burst);
}

static void typed(struct burst *burst, uint32_t character)
{
	burst->sink.typed(burst->sink.context, character);
}

static void release(struct burst *burst, int count)
{
	for (int i = 0; i < count; i++)
		typed(burst, burst->held[i]);
}

/* The held characters as UTF-8; the caller's. */
static char *held_text(const struct burst *burst, int count)
{
	char *text = mem_alloc((size_t)count * 4 + 1);
	size_t len = 0;
	for (int i = 0; i < count; i++) {
		char one[5];
		size_t bytes = (size_t)text_put(burst->held[i], one);
		memcpy(text + len, one, bytes);
		len += bytes;
	}
	text[len] = '\0';
	return text;
}

enum verdict { TYPED, DOUBTFUL, CERTAIN };

/* `gaps` is the number of intervals between first_at and last_at. */
static enum verdict judge(const struct burst *burst, int count, int gaps, bool has_enter)
{
	if (count < BURST_MIN_DOUBTFUL || burst->max_gap >= BURST_GAP_MS)
		return TYPED;
	if (burst->is_late)
		return has_enter && count >= BURST_MIN_LATE ? DOUBTFUL : TYPED;
	int64_t span = burst->last_at - burst->first_at;
	bool is_fast = span < (int64_t)BURST_MEAN_MS * gaps;
	bool is_long = count >= BURST_MIN;
	if (!has_enter)
		return is_fast && is_long ? DOUBTFUL : TYPED;
	if (is_fast && is_long)
		return CERTAIN;
	return span < (int64_t)BURST_SLOW_MEAN_MS * gaps ? DOUBTFUL : TYPED;
}

static void wait_for_end(struct burst *burst, int64_t now_ms, int end_ms)
{
	burst->has_scanned = true;
	burst->scanned_at = now_ms;
	burst->end_ms = end_ms;
}

void burst_scanned(struct burst *burst, int64_t now_ms)
{
	wait_for_end(burst, now_ms, BURST_GAP_MS);
}

static bool is_code(const struct burst *burst, const char *text)
{
	const struct burst_sink *sink = &burst->sink;
	return sink->is_code && sink->is_code(sink->context, text, strlen(text));
}

/* Releases everything held, as typing. */
static void release_all(struct burst *burst)
{
	int count = burst->count;
	bool has_tab = burst->has_tab;
	burst->count = 0;
	burst->has_tab = false;
	release(burst, count);
	if (has_tab)
		typed(burst, BURST_TAB);
}

/* Decides what the held characters were, closed by `end` (0: by a pause), and clears them first: a
 * handler may call back. */
static void resolve(struct burst *burst, uint32_t end)
{
	int count = burst->count, gaps = count - 1 + burst->has_tab + (end != 0);
	enum verdict verdict = judge(burst, count, gaps, end != 0);
	CLEANUP(mem_free) char *text = verdict == TYPED ? NULL : held_text(burst, count);
	bool is_certain = verdict == CERTAIN && end == BURST_ENTER;
	bool is_scan = text && (is_certain || is_code(burst, text));

	if (end == BURST_TAB && !is_scan && verdict == CERTAIN) {
		burst->has_tab = true;
		return;
	}
	if (!is_scan) {
		release_all(burst);
		if (end)
			typed(burst, end);
		return;
	}
	burst->count = 0;
	burst->has_tab = false;
	wait_for_end(burst, burst->last_at, end ? BURST_GAP_MS : BURST_LATE_END_MS);
	burst->sink.scan(burst->sink.context, text, strlen(text));
}

void burst_flush(struct burst *burst)
{
	if (burst->has_tab)
		release_all(burst);
	else if (burst->count > 0)
		resolve(burst, 0);
	burst->has_scanned = false;
}

static bool is_repeat(const struct burst *burst)
{
	if (burst->count < REPEAT_MIN)
		return false;
	for (int i = 1; i < burst->count; i++)
		if (burst->held[i] != burst->held[0])
			return false;
	return burst->last_at - burst->first_at >= (int64_t)REPEAT_MEAN_MS * (burst->count - 1);
}

/* For a character that may have waited, the gap before it counts as short as it can have been, but
 * the burst as a whole as long as it can have been. */
static void measure(struct burst *burst, int64_t now_ms, int64_t since_ms)
{
	if (burst->count == 0) {
		burst->first_at = since_ms;
		burst->max_gap = 0;
		burst->is_late = false;
	} else if (since_ms - burst->last_at > burst->max_gap) {
		burst->max_gap = since_ms - burst->last_at;
	}
	burst->last_at = now_ms;
	burst->is_late |= now_ms - since_ms > BURST_STALL_MS;
}

static void hold(struct burst *burst, uint32_t character, int64_t now_ms, int64_t since_ms)
{
	measure(burst, now_ms, since_ms);
	burst->held[burst->count++] = character;
}

static bool is_end(uint32_t character)
{
	return character == BURST_ENTER || character == BURST_TAB;
}

/* The second end of a code, of which there is at most one, or the first that comes late and may
 * have a second. It may have waited: it counts from when it can have arrived. */
static bool is_end_of_scan(
	struct burst *burst, uint32_t character, int64_t now_ms, int64_t since_ms)
{
	bool is_its = burst->has_scanned && is_end(character) &&
		      since_ms - burst->scanned_at < burst->end_ms;

	burst->has_scanned = false;
	if (is_its && burst->end_ms == BURST_LATE_END_MS)
		burst_scanned(burst, now_ms);
	return is_its;
}

static void put_end(struct burst *burst, uint32_t end, int64_t now_ms, int64_t since_ms)
{
	if (burst->count == 0) {
		typed(burst, end);
		return;
	}
	measure(burst, now_ms, since_ms);
	resolve(burst, end);
}

void burst_put(struct burst *burst, uint32_t character, int64_t now_ms, int64_t since_ms)
{
	burst_tick(burst, since_ms);
	if (is_end_of_scan(burst, character, now_ms, since_ms))
		return;
	if (burst->has_tab && character != BURST_ENTER)
		release_all(burst);
	if (is_end(character)) {
		put_end(burst, character, now_ms, since_ms);
		return;
	}
	hold(burst, character, now_ms, since_ms);
	if (is_repeat(burst) || burst->count == HELD_MAX)
		release_all(burst);
}

int64_t burst_deadline(const struct burst *burst)
{
	if (burst->count == 0)
		return -1;
	return burst->last_at + (burst->count < 3 ? BURST_HOLD_MS : BURST_GAP_MS);
}

void burst_tick(struct burst *burst, int64_t now_ms)
{
	if (burst->count == 0 || now_ms < burst_deadline(burst))
		return;
	if (burst->has_tab)
		release_all(burst);
	else
		resolve(burst, 0);
}
