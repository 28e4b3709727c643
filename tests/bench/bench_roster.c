/* Rosters: every instance *.txt of a folder through the product's own planner.
 *
 * Prints lines of instance, objective, optimum, bound, seconds. Our own checker counts the
 * objective from the assignments, and also looks for broken rules; any fault ends the bench with 1.
 * The folder: the argument, else ../shared/roster beside the sources. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "tests/lib/duty_case.h"

#define HELPER JIAPLUS_BUILDDIR "/jiaplus-planner"
#define FOLDER JIAPLUS_SOURCEDIR "/../shared/roster"

/* What is known about the instances that came with the project: the table of their README, and two
 * that we proved. */
static const struct {
	const char *name, *optimum;
} known[] = {
	{ "HL_1", "8735" },
	{ "HL_2", "13528" },
	{ "HS_1", "21933" },
	{ "HXL_1", "410-417" },
	{ "HXL_2", "1211" },
	{ "LD_1", "569" },
	{ "LD_2", "402" },
	{ "LT_1", "33717" },
	{ "LT_2", "7444" },
	{ "L_1", "5119" },
	{ "L_2", "1289" },
	{ "L_3", "3697" },
	{ "MT_1", "20879" },
	{ "MT_2", "19598" },
	{ "M_1", "10166" },
	{ "M_2", "6218" },
	{ "M_3", "1088" },
	{ "S_1", "8756" },
	{ "S_2", "10487" },
	{ "S_3", "5406" },
	{ "XLD_1", "275" },
	{ "XLD_2", "86" },
	{ "XLT_1", "8073" },
	{ "XLT_2", "14514" },
	{ "XL_1", "492" },
	{ "XL_2", "336" },
	{ "XL_3", "356" },
};

static const char *optimum_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(known[i].name, name) == 0)
			return known[i].optimum;
	return "-";
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* 0, or 1 after a message on stderr. */
static int measure(const char *path, const char *name)
{
	CLEANUP(duty_case_finish) struct duty_case c = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	int64_t cost[PLAN_STAGE_COUNT], objective = 0;
	/* On a slow machine too, only the counts decide. */
	const struct plan_options options = { .helper = HELPER, .backstop_ms = 600000 };
	struct err err = { 0 };

	if (duty_case_read(path, &c) < 0)
		return 1;
	double start = now();
	if (plan_solve(&c.problem, &options, &answer, &err) < 0) {
		fprintf(stderr, "bench_roster: %s: %s\n", name, err.detail);
		return 1;
	}
	double seconds = now() - start;
	const char *fault =
		duty_case_check(&c.problem, answer.assignments, answer.assignment_count, cost);
	for (int i = 0; i < PLAN_STAGE_COUNT; i++)
		objective += cost[i];
	if (!fault && objective != answer.objective)
		fault = "the planner counts another objective";
	if (!fault && answer.status > PLAN_STOPPED)
		fault = "the helper did not come to its end";
	if (fault) {
		fprintf(stderr, "bench_roster: %s: %s\n", name, fault);
		return 1;
	}
	printf("%s\t%lld\t%s\t%lld\t%.2f\n", name, (long long)objective, optimum_of(name),
		(long long)answer.bound, seconds);
	fflush(stdout);
	return 0;
}

static int is_instance(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && strcmp(dot, ".txt") == 0;
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : FOLDER;
	struct dirent **entries = NULL;
	int faults = 0, count = scandir(folder, &entries, is_instance, versionsort);

	if (count < 0) {
		fprintf(stderr, "bench_roster: no instances in %s\n", folder);
		return argc > 1;
	}
	printf("instance\tobjective\toptimum\tbound\tseconds\n");
	for (int i = 0; i < count; i++) {
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", folder, entries[i]->d_name);
		*strrchr(entries[i]->d_name, '.') = '\0';
		faults += measure(path, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return faults > 0;
}
