/* Records what the program shows: every screen that keys reach, every sheet, every verb's output.
 * The same program gives the same bytes, so two recordings can be compared by diff.
 *
 * record DIR [PART…]: parts are screens, films, sheets, verbs; none: all. In the environment:
 * JIAPLUS_BUILD (whose jiaplus), RECORD_STILL (still.c, built), RECORD_LIKE (a recording whose
 * paths are followed instead of a crawl), RECORD_ROOT (only that one of them), RECORD_JOBS. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/record/crawl.h"
#include "tests/record/sheets.h"
#include "tests/record/stage.h"
#include "tests/record/verbs.h"

#define JOBS 8 /* most of a kiosk's time here is spent waiting for the next key */

static const struct crawl_root roots[] = {
	{ "board", "", "zh_CN", 24, 80, 3 },
	{ "resident", "card:11", "zh_CN", 24, 80, 4 },
	{ "admin", "F9 staff:admin pin:admin", "zh_CN", 24, 80, 4 },
	{ "volunteer", "F9 staff:chen pin:chen", "zh_CN", 24, 80, 1 },
	{ "visit", "F9 staff:zhang pin:zhang card:22", "zh_CN", 24, 80, 2 },
	{ "resident-en", "card:22", "en", 34, 120, 2 },
	{ "admin-en", "F9 staff:admin pin:admin", "en", 34, 120, 2 },
};

struct record {
	const char *dir;
	const char *like;
	const char *root; /* only this one; NULL: all */
	int jobs;
	struct stage stage;
};

static void record_screens(struct record *record)
{
	CLEANUP(mem_free) char *dir = mem_printf("%s/screens", record->dir);
	const struct crawl_options options = {
		.stage = &record->stage,
		.dir = dir,
		.jobs = record->jobs,
	};

	for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
		if (record->root && strcmp(record->root, roots[i].name) != 0)
			continue;
		CLEANUP(mem_free)
		char *path = mem_printf(
			"%s/screens/%s.paths", record->like ? record->like : "", roots[i].name);
		CLEANUP(mem_free) char *paths = record->like ? record_read(path) : NULL;
		int64_t began = clock_us();
		int count = paths ? crawl_like(&options, &roots[i], paths)
				  : crawl_root(&options, &roots[i]);
		printf("screens/%s: %d, %d s\n", roots[i].name, count,
			(int)((clock_us() - began) / 1000000));
	}
}

static char *read_source(const char *name)
{
	CLEANUP(mem_free)
	char *path = mem_printf("%s/tests/record/%s", getenv("JIAPLUS_SOURCE"), name);
	char *text = record_read(path);

	if (!text)
		record_die("%s is missing", path);
	return text;
}

static void record_films(struct record *record)
{
	static const struct crawl_root board = { "films", "", "zh_CN", 24, 80, 0 };
	CLEANUP(mem_free) char *paths = read_source("paths.txt");
	const struct crawl_options options = {
		.stage = &record->stage,
		.dir = record->dir,
		.jobs = record->jobs,
	};

	printf("films: %d\n", crawl_films(&options, &board, paths));
}

static void record_sheets(struct record *record)
{
	CLEANUP(mem_free) char *dir = mem_printf("%s/sheets", record->dir);
	CLEANUP(mem_free) char *scratch = stage_copy(&record->stage, "walk");

	printf("sheets: %d\n", sheets_record(dir, scratch));
	stage_remove(scratch);
}

static void record_verbs(struct record *record)
{
	CLEANUP(mem_free) char *dir = mem_printf("%s/verbs", record->dir);
	CLEANUP(mem_free) char *script = read_source("verbs.txt");

	printf("verbs: %d paragraphs\n", verbs_record(&record->stage, dir, script, record->jobs));
}

static const struct {
	const char *name;
	void (*run)(struct record *record);
} parts[] = {
	{ "sheets", record_sheets },
	{ "verbs", record_verbs },
	{ "films", record_films },
	{ "screens", record_screens },
};

static bool is_wanted(const char *name, int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return true;
	return argc == 0;
}

int main(int argc, char **argv)
{
	const char *build = getenv("JIAPLUS_BUILD"), *still = getenv("RECORD_STILL");
	struct record record = { .like = getenv("RECORD_LIKE"), .root = getenv("RECORD_ROOT") };

	const char *jobs = getenv("RECORD_JOBS");

	record.jobs = jobs ? atoi(jobs) : JOBS;
	if (argc < 2 || !build || !still)
		record_die("usage: ./dev record DIR [PART…]");
	record.dir = argv[1];
	stage_open(build, still, &record.stage);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (is_wanted(parts[i].name, argc - 2, argv + 2))
			parts[i].run(&record);
	stage_close(&record.stage);
	return 0;
}
