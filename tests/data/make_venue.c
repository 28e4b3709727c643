/* Makes the venue that is kept in tests/data, once for a release: a month of acts of every kind in
 * a database of that release's schema, which every later one must open, migrate and replay
 * (test_kept_venue.c). Time is set and randomness seeded.
 *
 *     ninja -C build tests/data/make_venue && build/tests/data/make_venue tests/data/venue-X.db
 *
 * A venue that has been released is never made again. Says which kinds of acts it lacks. */
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/backup.h"
#include "tests/data/make.h"

#define SEED 20261101u

_Noreturn void make_fail(const struct maker *m, const char *call, const char *file, int line)
{
	fprintf(stderr, "%s:%d: %s: %d", file, line, call, m->err.code);
	for (int i = 0; i < m->err.reason_count; i++)
		fprintf(stderr, " %s %s", reason_name(m->err.reasons[i].code),
			m->err.reasons[i].text);
	fprintf(stderr, " (%s)\n", m->err.detail);
	exit(1);
}

int64_t make_instant(struct maker *m, const char *local)
{
	int64_t at = 0;

	MUST(m, when_parse(local, &at, &m->err));
	return at;
}

void make_clock(struct maker *m, const char *local)
{
	int64_t at = make_instant(m, local);

	if (at > m->clock.set_wall)
		m->clock.set_wall = at;
}

struct day make_day(struct maker *m, const char *date)
{
	struct day day = { 0 };

	MUST(m, day_parse(date, &day, &m->err));
	return day;
}

int make_chance(struct maker *m, int below)
{
	return (int)(((unsigned)rand_r(&m->seed) >> 4) % (unsigned)below);
}

struct act by_admin(const struct maker *m)
{
	return (struct act){ .role = ROLE_ADMIN, .actor = m->coordinator };
}

struct act by_coordinator(const struct maker *m)
{
	return (struct act){ .role = ROLE_COORDINATOR, .actor = m->coordinator, .why = "试用" };
}

struct act by_volunteer(const struct maker *m)
{
	return (struct act){ .role = ROLE_VOLUNTEER, .actor = m->volunteer, .why = "试用" };
}

struct act by_self(int64_t resident)
{
	return (struct act){ .role = ROLE_RESIDENT, .resident = resident };
}

/* ---- randomness that is the same each time ---- */

static unsigned char stream_key[randombytes_SEEDBYTES];
static uint64_t stream_count;

static const char *stream_name(void)
{
	return "make_venue";
}

static void stream_fill(void *const out, const size_t size)
{
	unsigned char seed[randombytes_SEEDBYTES];

	memcpy(seed, stream_key, sizeof(seed));
	memcpy(seed, &stream_count, sizeof(stream_count));
	stream_count++;
	randombytes_buf_deterministic(out, size, seed);
}

static uint32_t stream_next(void)
{
	uint32_t n;

	stream_fill(&n, sizeof(n));
	return n;
}

static struct randombytes_implementation stream = {
	.implementation_name = stream_name,
	.random = stream_next,
	.buf = stream_fill,
};

/* ---- */

static void tell_lacking(struct maker *m)
{
	int lacking = 0;

	for (int i = 0; i < ACT_KIND_COUNT; i++) {
		int64_t rows = 0;
		MUST(m, db_integer(m->db, "SELECT count(*) FROM journal WHERE kind = :kind",
				FIELDS(F_TEXT("kind", act_kind_table[i].name)), 0, &rows, &m->err));
		if (rows)
			continue;
		printf("%s%s", lacking++ ? ", " : "lacking: ", act_kind_table[i].name);
	}
	printf(lacking ? "\n" : "every kind of act is in it\n");
}

int main(int argc, char **argv)
{
	struct maker m = { .seed = SEED, .clock = clock_set(0) };
	char scratch[] = "/tmp/jiaplus-make-XXXXXX";

	if (argc != 2 || !mkdtemp(scratch))
		return 2;
	randombytes_set_implementation(&stream);
	if (sodium_init() < 0)
		return 2;
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", scratch);
	CLEANUP(mem_free) char *clean = mem_printf("rm -rf '%s'", scratch);
	m.scratch = scratch;
	m.clock.set_wall = 1604192400; /* 2020-11-01T09:00+08:00 */
	MUST(&m, db_create(path, 7, "Asia/Shanghai", &m.clock, &m.db, &m.err));
	/* SQLite's own, of the outbox's nonces. */
	sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, (int)SEED, NULL);
	make_people(&m);
	make_things(&m);
	make_rooms(&m);
	make_points(&m);
	make_duty(&m);
	make_month(&m);
	tell_lacking(&m);
	MUST(&m, backup_write(m.db, argv[1], true, &m.err));
	chmod(argv[1], 0644);
	db_close(m.db);
	return system(clean) == 0 ? 0 : 1;
}
