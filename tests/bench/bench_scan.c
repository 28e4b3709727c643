/* Scanning: processor time of a live frame's two passes, and codes read from photos compared with
 * zbarimg.
 *
 * Prints lines of name, value, unit, reference, ratio (value / reference); "-" where there is none.
 * Photos and zbarimg may be absent: then a line says "skipped" and why. */
#include <fcntl.h>
#include <jansson.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/scan/decoder.h"
#include "core/scan/file_scan.h"
#include "core/scan/frame_open.h"
#include "tests/lib/frames.h"

#define FRAMES      200
#define BOUND_MS    33.0 /* a frame's time at 30 a second */
#define OUTPUT_SIZE 65536

extern char **environ;

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* What a frame costs, whatever else the machine is doing. */
static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void print_line(const char *name, double value, const char *unit, double reference)
{
	if (reference > 0)
		printf("%s\t%.3f\t%s\t%.3f\t%.3f\n", name, value, unit, reference,
			value / reference);
	else
		printf("%s\t%.3f\t%s\t-\t-\n", name, value, unit);
}

/* --- frames ---------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void draw(int width, int height, bool has_code, unsigned seed, struct image *image)
{
	const struct shown shown = { .bytes = "J1R0123456789ABCDEFGHJKMNPQ", .angle = seed * 7 };
	const struct scene scene = { .width = width,
		.height = height,
		.shown = &shown,
		.count = 1,
		.blur = 1,
		.noise = 5,
		.seed = seed };

	if (has_code)
		frames_draw(&scene, image);
	else
		frames_draw_clutter(width, height, seed, image);
}

static void bench_frames(int width, int height, bool has_code)
{
	struct decoder *decoder = frames_decoder();
	struct image images[10] = { { 0 } };
	const struct reading *readings;
	bool is_found[ARRAY_LEN(images)] = { false };
	double times[FRAMES];
	int found = 0;

	for (size_t i = 0; i < ARRAY_LEN(images); i++)
		draw(width, height, has_code, (unsigned)i + 1, &images[i]);
	/* Each twice, since the decoder looks for other codes in every other frame; ten to warm
	 * up. */
	for (int i = -10; i < FRAMES; i++) {
		size_t index = (size_t)(i + 10) / 2 % ARRAY_LEN(images);
		struct frame frame = image_frame(&images[index]);
		double start = cpu_ms();
		int count = decoder_read(decoder, &frame, DECODE_LIVE, &readings);
		times[i < 0 ? 0 : i] = cpu_ms() - start;
		is_found[index] |= count > 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(images); i++)
		found += is_found[i];
	qsort(times, FRAMES, sizeof(times[0]), by_size);
	const char *what = has_code ? "code" : "no_code";
	char name[96];
	snprintf(name, sizeof(name), "scan_frame_%dx%d_%s_p50", width, height, what);
	print_line(name, times[FRAMES / 2], "ms", BOUND_MS);
	snprintf(name, sizeof(name), "scan_frame_%dx%d_%s_p99", width, height, what);
	print_line(name, times[FRAMES * 99 / 100], "ms", BOUND_MS);
	if (has_code) {
		snprintf(name, sizeof(name), "scan_frame_%dx%d_read", width, height);
		print_line(name, 100.0 * found / (double)ARRAY_LEN(images), "%", 0);
	}
	for (size_t i = 0; i < ARRAY_LEN(images); i++)
		image_finish(&images[i]);
	decoder_destroy(decoder);
}

/* --- photos ---------------------------------------------------------------------------------- */

struct tally {
	int photos, frame, still, zbarimg; /* read right with two passes, all passes, by zbarimg */
	double frame_ms, still_ms, zbarimg_ms;
	bool has_zbarimg;
};

static bool holds(const struct reading *readings, int count, const char *text, size_t size)
{
	for (int i = 0; i < count; i++)
		if (readings[i].size == size && memcmp(readings[i].bytes, text, size) == 0)
			return true;
	return false;
}

/* What zbarimg prints; false when it could not be started. */
static bool run_zbarimg(const char *path, char *output, size_t *ret_size)
{
	char *const argv[] = { (char *)"zbarimg", (char *)"-q", (char *)"--raw", (char *)"-Sbinary",
		(char *)path, NULL };
	posix_spawn_file_actions_t actions;
	int fds[2], status;
	size_t size = 0;
	ssize_t count;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return false;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	int failed = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(fds[1]);
	while (!failed && size < OUTPUT_SIZE &&
		(count = read(fds[0], output + size, OUTPUT_SIZE - size)) > 0)
		size += (size_t)count;
	close(fds[0]);
	if (failed)
		return false;
	waitpid(pid, &status, 0);
	*ret_size = size;
	return !WIFEXITED(status) || WEXITSTATUS(status) != 127;
}

static void try_zbarimg(const char *path, const char *text, size_t size, struct tally *tally)
{
	CLEANUP(mem_free) char *output = mem_alloc(OUTPUT_SIZE);
	size_t output_size = 0;
	double start = now_ms();

	tally->has_zbarimg = tally->has_zbarimg && run_zbarimg(path, output, &output_size);
	tally->zbarimg_ms += now_ms() - start;
	tally->zbarimg += memmem(output, output_size, text, size) != NULL;
}

static void try_photo(const char *path, const char *text, size_t size, struct decoder *decoder,
	struct tally *tally)
{
	struct reading_list found = { 0 };
	struct frame_source *source = NULL;
	const struct reading *readings;
	struct frame frame;
	struct err err;

	tally->photos++;
	double start = now_ms();
	if (frame_file_open(path, &(struct frame_options){ 0 }, &source, &err) == 0 &&
		source->next(source, &frame, &err) == 1) {
		int count = decoder_read(decoder, &frame, DECODE_LIVE, &readings);
		tally->frame += holds(readings, count, text, size);
	}
	frame_source_close(source);
	tally->frame_ms += now_ms() - start;

	start = now_ms();
	if (file_scan(path, decoder, &found, &err) == 0)
		tally->still += holds(found.items, found.count, text, size);
	tally->still_ms += now_ms() - start;
	reading_list_finish(&found);
	try_zbarimg(path, text, size, tally);
}

/* A line of the manifest: path, symbology, the text as JSON. */
static void try_line(const char *folder, char *line, struct decoder *decoder, struct tally *tally)
{
	char *rest = line;
	const char *name = strsep(&rest, "\t");
	(void)strsep(&rest, "\t");
	const char *json = strsep(&rest, "\t\n");
	json_t *text = json ? json_loads(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL) : NULL;
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", folder, name);

	if (json_is_string(text))
		try_photo(path, json_string_value(text), json_string_length(text), decoder, tally);
	json_decref(text);
}

static void print_tally(const struct tally *tally)
{
	double photos = tally->photos;
	bool has = tally->has_zbarimg && tally->zbarimg > 0;

	if (!has)
		printf("scan_photos_zbarimg\tskipped\t-\t-\tzbarimg does not run\n");
	double rate = has ? 100 * tally->zbarimg / photos : 0;
	double ms = has ? tally->zbarimg_ms / photos : 0;
	print_line("scan_photos_two_passes", 100 * tally->frame / photos, "%", rate);
	print_line("scan_photos_all_passes", 100 * tally->still / photos, "%", rate);
	print_line("scan_photos_two_passes_time", tally->frame_ms / photos, "ms", ms);
	print_line("scan_photos_all_passes_time", tally->still_ms / photos, "ms", ms);
}

static void bench_photos(const char *folder)
{
	struct tally tally = { .has_zbarimg = true };
	CLEANUP(mem_free) char *manifest = mem_printf("%s/manifest.tsv", folder);
	CLEANUP(mem_free) char *line = NULL;
	size_t capacity = 0;
	FILE *file = fopen(manifest, "r");

	if (!file) {
		printf("scan_photos\tskipped\t-\t-\tno photos in %s\n", folder);
		return;
	}
	struct decoder *decoder = frames_decoder();
	if (getline(&line, &capacity, file) > 0) /* the heads of the columns */
		while (getline(&line, &capacity, file) > 0)
			try_line(folder, line, decoder, &tally);
	fclose(file);
	decoder_destroy(decoder);
	if (tally.photos > 0)
		print_tally(&tally);
}

/* bench_scan [FOLDER with manifest.tsv] */
int main(int argc, char **argv)
{
	const char *usual = JIAPLUS_SOURCEDIR "/../shared/photos";
	static const int sizes[][2] = { { 640, 480 }, { 1280, 720 } };

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		bench_frames(sizes[i][0], sizes[i][1], false);
		bench_frames(sizes[i][0], sizes[i][1], true);
	}
	bench_photos(argc > 1 ? argv[1] : usual);
	return 0;
}
