/* Preloaded into jiaplus for screens that are compared whole: the same input gives the same bytes.
 *
 * The wall clock is stopped at STILL_AT, random numbers follow from STILL_SEED, a PIN's hash costs
 * next to nothing, and jiaplus's own monotonic clock never jumps: even on a loaded machine a banner
 * stays while it is looked at. With STILL_PAPER=no, jiaplus-paper takes sheets and draws none, so
 * that a paper is always waiting. */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define LEAP_NS INT64_C(100000000)
#define SECOND  INT64_C(1000000000)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- clocks ---- */

static time_t set_wall(void)
{
	const char *at = getenv("STILL_AT");

	return at ? (time_t)strtoll(at, NULL, 10) : 0;
}

/* Time since the last look, at most LEAP_NS of it. */
static int64_t without_leaps(int64_t real_ns)
{
	static int64_t seen_ns, shown_ns;

	pthread_mutex_lock(&lock);
	int64_t more = seen_ns ? real_ns - seen_ns : real_ns;
	if (seen_ns && more > LEAP_NS)
		more = LEAP_NS;
	seen_ns = real_ns;
	shown_ns += more;
	int64_t ns = shown_ns;
	pthread_mutex_unlock(&lock);
	return ns;
}

int clock_gettime(clockid_t clock, struct timespec *ret)
{
	if (clock == CLOCK_REALTIME) {
		*ret = (struct timespec){ .tv_sec = set_wall() };
		return 0;
	}
	int r = (int)syscall(SYS_clock_gettime, clock, ret);
	if (r < 0 || clock != CLOCK_MONOTONIC ||
		strcmp(program_invocation_short_name, "jiaplus") != 0)
		return r;
	int64_t ns = without_leaps(ret->tv_sec * SECOND + ret->tv_nsec);
	*ret = (struct timespec){ .tv_sec = ns / SECOND, .tv_nsec = ns % SECOND };
	return 0;
}

int gettimeofday(struct timeval *restrict ret, void *restrict zone)
{
	(void)zone;
	*ret = (struct timeval){ .tv_sec = set_wall() };
	return 0;
}

time_t time(time_t *ret)
{
	time_t now = set_wall();

	if (ret)
		*ret = now;
	return now;
}

/* ---- random numbers: splitmix64 from the seed's hash ---- */

static uint64_t seed(void)
{
	const char *text = getenv("STILL_SEED");
	uint64_t hash = 14695981039346656037u;

	for (const char *c = text ? text : ""; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	return hash;
}

static uint64_t draw(void)
{
	static uint64_t state;
	static int is_seeded;

	pthread_mutex_lock(&lock);
	if (!is_seeded) {
		state = seed();
		is_seeded = 1;
	}
	uint64_t z = state += 0x9e3779b97f4a7c15u;
	pthread_mutex_unlock(&lock);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

void randombytes_buf(void *const out, const size_t size)
{
	for (size_t i = 0; i < size; i++)
		((unsigned char *)out)[i] = (unsigned char)draw();
}

uint32_t randombytes_random(void)
{
	return (uint32_t)draw();
}

uint32_t randombytes_uniform(const uint32_t bound)
{
	return bound < 2 ? 0 : (uint32_t)(draw() % bound);
}

/* ---- papers ---- */

static void __attribute__((constructor)) swallow_papers(void)
{
	const char *paper = getenv("STILL_PAPER");
	char bytes[4096];

	if (!paper || strcmp(program_invocation_short_name, "jiaplus-paper") != 0)
		return;
	while (read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
		;
	_exit(0);
}
