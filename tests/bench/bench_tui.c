/* How long it takes from start to painted, and from a key to the first byte of the answer, in the
 * tests' emulator; compared with mc and tig, alternating in the same run.
 *
 * bench_tui [COMMAND [ARGUMENT…]]: without a command, the kiosk of this build on a demo venue. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/vt.h"

#define ROWS        30
#define COLS        106
#define STARTS      40
#define KEYS        400
#define PATIENCE_MS 10000
#define QUIET_MS    4 /* no output for this long: the answer to a key is complete */

struct program {
	const char *name;
	const char *const *argv;
	const char *painted; /* is on the screen when the first picture is complete */
	const char *list;    /* pressed first: leads to a list; NULL: it is there already */
	const char *keys[2]; /* pressed in turn; each changes the screen */
	const char *end;     /* leaves it; NULL: a signal does */
	bool is_missing;
	double starts[STARTS], answers[KEYS], pages[KEYS]; /* ms */
};

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double percentile(double *values, int count, int percent)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	return values[(count - 1) * percent / 100];
}

static struct vt *start(const struct program *program)
{
	const char *const env[] = { "LC_ALL=C.UTF-8", NULL };
	return vt_start(&(struct vt_options){
		.rows = ROWS,
		.cols = COLS,
		.argv = program->argv,
		.env = env,
		.dir = getenv("JIAPLUS_SOURCE"),
	});
}

static void drain(struct vt *vt)
{
	while (vt_pump(vt, QUIET_MS))
		;
}

static void stop(struct vt *vt, const struct program *program)
{
	if (program->end) {
		vt_keys(vt, program->end);
		vt_wait_exit(vt, 1000, NULL);
	}
	vt_stop(vt);
}

/* False when the program never shows what it should. */
static bool time_start(const struct program *program, double *ret_ms)
{
	int64_t begin = now_us();
	struct vt *vt = start(program);
	bool is_painted = vt_wait_text(vt, program->painted, PATIENCE_MS);
	*ret_ms = (double)(vt_last_us(vt) - begin) / 1000;
	if (!is_painted)
		vt_dump(vt, stderr);
	drain(vt);
	stop(vt, program);
	return is_painted;
}

static void press(struct vt *vt, const char *const keys[2], double ret_ms[KEYS])
{
	drain(vt);
	for (int i = 0; i < KEYS; i++) {
		uint64_t seen = vt_bytes(vt);
		int64_t begin = now_us();
		vt_keys(vt, keys[i % 2]);
		vt_wait_bytes(vt, seen, PATIENCE_MS);
		ret_ms[i] = (double)(vt_last_us(vt) - begin) / 1000;
		drain(vt);
	}
}

/* Moving through a list, as in the others; and, only for ours, a page that changes completely. */
static void time_keys(struct program *program)
{
	static const char *const help[2] = { VT_F1, VT_F1 };
	struct vt *vt = start(program);

	vt_wait_text(vt, program->painted, PATIENCE_MS);
	if (program->list) {
		press(vt, help, program->pages);
		vt_keys(vt, program->list);
	}
	press(vt, program->keys, program->answers);
	stop(vt, program);
}

static void measure(struct program *programs, int count)
{
	for (int round = 0; round < STARTS; round++)
		for (int i = 0; i < count; i++)
			if (!programs[i].is_missing &&
				!time_start(&programs[i], &programs[i].starts[round]))
				programs[i].is_missing = true;
	for (int i = 0; i < count; i++)
		if (!programs[i].is_missing)
			time_keys(&programs[i]);
}

/* Ours compared with one of the others; without one, alone. */
static void print(const char *what, double ours, const struct program *other, double theirs)
{
	if (!other)
		printf("%s\t%.3f\tms\t-\t-\n", what, ours);
	else if (other->is_missing)
		printf("%s_beside_%s\t%.3f\tms\tskipped\t%s is not here\n", what, other->name, ours,
			other->name);
	else
		printf("%s_beside_%s\t%.3f\tms\t%.3f\t%.3f\n", what, other->name, ours, theirs,
			ours / theirs);
}

static void report(struct program *programs, int count)
{
	static const struct {
		const char *name;
		bool is_start;
		int percent;
	} figures[] = {
		{ "start_to_painted_p50", true, 50 },
		{ "start_to_painted_p99", true, 99 },
		{ "key_to_first_byte_p50", false, 50 },
		{ "key_to_first_byte_p99", false, 99 },
	};
	for (size_t f = 0; f < ARRAY_LEN(figures); f++) {
		double values[8];
		for (int i = 0; i < count; i++)
			values[i] =
				figures[f].is_start
					? percentile(programs[i].starts, STARTS, figures[f].percent)
					: percentile(programs[i].answers, KEYS, figures[f].percent);
		print(figures[f].name, values[0], NULL, 0);
		for (int i = 1; i < count; i++)
			print(figures[f].name, values[0], &programs[i], values[i]);
	}
	print("key_to_whole_page_p50", percentile(programs[0].pages, KEYS, 50), NULL, 0);
	print("key_to_whole_page_p99", percentile(programs[0].pages, KEYS, 99), NULL, 0);
}

/* Runs a command to its end, output thrown away; true when it succeeded. */
static bool succeeds(const char *command)
{
	int status = system(command);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool is_there(const char *program)
{
	CLEANUP(mem_free) char *command = mem_printf("command -v %s >/dev/null 2>&1", program);
	return succeeds(command);
}

/* A demo venue in a folder of its own. NULL when the kiosk of this build isn't there. */
static char *make_venue(const char *kiosk)
{
	char folder[] = "/tmp/jiaplus-bench-XXXXXX";
	if (access(kiosk, X_OK) < 0 || !mkdtemp(folder))
		return NULL;
	CLEANUP(mem_free)
	char *command =
		mem_printf("'%s' --dir '%s/venue' init --demo >/dev/null 2>&1", kiosk, folder);
	return succeeds(command) ? mem_text(folder) : NULL;
}

static void remove_venue(const char *folder)
{
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", folder);
	succeeds(command);
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	const char *build = getenv("JIAPLUS_BUILD");
	CLEANUP(mem_free) char *kiosk = mem_printf("%s/jiaplus", build ? build : ".");
	CLEANUP(mem_free) char *folder = argc > 1 ? NULL : make_venue(kiosk);
	if (argc <= 1 && !folder) {
		printf("start_to_painted\tskipped\t-\t-\tno demo venue from %s\n", kiosk);
		return 0;
	}
	CLEANUP(mem_free) char *venue = mem_printf("%s/venue", folder ? folder : "");
	const char *const kiosk_argv[] = { kiosk, "--dir", venue, NULL };
	const char *const mc_argv[] = { "mc", "-u", NULL };
	const char *const tig_argv[] = { "tig", NULL };
	struct program *programs = mem_alloc(3 * sizeof(*programs));
	programs[0] =
		(struct program){ "jiaplus", argc > 1 ? (const char *const *)argv + 1 : kiosk_argv,
			" F1 ", VT_F2, { VT_DOWN, VT_UP }, NULL };
	programs[1] = (struct program){ "mc", mc_argv, "10Quit", NULL, { VT_DOWN, VT_UP }, VT_F10,
		.is_missing = !is_there("mc") };
	programs[2] = (struct program){ "tig", tig_argv, "[main]", NULL, { VT_DOWN, VT_UP }, "q",
		.is_missing = !is_there("tig") };
	measure(programs, 3);
	bool is_shown = !programs[0].is_missing;
	if (is_shown)
		report(programs, 3);
	else
		printf("start_to_painted\tskipped\t-\t-\tthe kiosk shows nothing\n");
	mem_free(&programs);
	if (folder)
		remove_venue(folder);
	return is_shown ? 0 : 1;
}
