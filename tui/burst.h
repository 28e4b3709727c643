/* Tells a wedge scanner from a person, by timing (doc/decisions.md, Keys against scanner).
 *
 * A pure state machine: characters and times go in, typed characters and scans come out. Certain is
 * a burst of ≥ 6 characters, mean gap < 35 ms, no gap ≥ 80 ms, closed by Enter. Doubtful are the
 * same without Enter, shorter or slower ones with it: those are scans only when `is_code` says so.
 * Tab closes a code of ours like Enter; any other burst only if Enter follows it at once. Scanners
 * end one code with two characters (CR LF, Tab CR): the second, within BURST_GAP_MS of a scan, is
 * swallowed. So is the end that comes late to a code of ours that a pause has ended already, within
 * BURST_LATE_END_MS and before any other key: it would be Enter, which ends a visit. Everything
 * else is typing, passed on in its order.
 *
 * Characters that waited while the loop was busy have lost their timing, but not all of it: they
 * arrived within that time. They are a burst if even the whole of it is too short for fingers.
 * After a long stall they are one only if the text says so itself: a whole code of ours with its
 * end, longer than any number that is typed (a PIN, a label's number). Otherwise a scan during a
 * slow write would press keys. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BURST_HOLD_MS      40 /* a lone key waits this long */
#define BURST_GAP_MS       80 /* a burst continues over gaps below this */
#define BURST_MEAN_MS      35
#define BURST_SLOW_MEAN_MS 50 /* doubtful up to here */
#define BURST_MIN          6
#define BURST_MIN_DOUBTFUL 4
#define BURST_STALL_MS     450 /* in a longer stall a hand can type as many characters */
#define BURST_MIN_LATE     10  /* a code that waited so long */
#define BURST_LATE_END_MS \
	400 /* of radio, or of a busy machine; a hand is slower after a scan's sound */
#define BURST_ENTER '\r'
#define BURST_TAB   '\t'

struct burst;

struct burst_sink {
	void *context;
	void (*typed)(void *context, uint32_t character); /* BURST_ENTER, BURST_TAB for these */
	void (*scan)(void *context, const char *bytes, size_t len); /* UTF-8, without its end */
	bool (*is_code)(void *context, const char *bytes, size_t len);
};

struct burst *burst_create(const struct burst_sink *sink);
void burst_destroy(struct burst *burst);
/* A printable character, BURST_ENTER or BURST_TAB, read at `now_ms`; it arrived at `since_ms` at
 * the earliest, which is the same unless it had to wait. */
void burst_put(struct burst *burst, uint32_t character, int64_t now_ms, int64_t since_ms);
/* A scan arrived in another way (in a paste): its second end may still follow. */
void burst_scanned(struct burst *burst, int64_t now_ms);
/* Another key arrived: the held characters were typed (or were a scan without Enter). */
void burst_flush(struct burst *burst);
void burst_tick(struct burst *burst, int64_t now_ms);
int64_t burst_deadline(const struct burst *burst); /* when burst_tick has to be called, or -1 */
