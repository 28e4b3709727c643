/* What words drawn large cost a paint in CPU time, the first time (their characters are looked up
 * in the face's file) and every time after. The bound is a millisecond.
 *
 * bench_big_words [FILE]: another face than that of the package unifont. */
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/mem.h"
#include "tests/tui/page.h"
#include "tui/widgets/big_words.h"

#define PAINTS   200
#define BOUND_MS 1.0

static const char words[] = "请扫共享卡";

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double paint_ms(struct face *face)
{
	int64_t begin = now_ns();

	big_words_center(grid_area(&page.grid), face, words);
	return (double)(now_ns() - begin) / 1e6;
}

static void print(const char *name, double ms[PAINTS])
{
	static const int percents[] = { 50, 99 };

	qsort(ms, PAINTS, sizeof(*ms), compare);
	for (size_t i = 0; i < ARRAY_LEN(percents); i++) {
		double value = ms[(PAINTS - 1) * percents[i] / 100];
		printf("%s_p%d\t%.3f\tms\t%.3f\t%.3f\n", name, percents[i], value, BOUND_MS,
			value / BOUND_MS);
	}
}

int main(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : "/usr/share/unifont/unifont.hex";
	double first[PAINTS], again[PAINTS];

	setlocale(LC_ALL, "C.UTF-8");
	grid_init(&page.grid, 24, 97);
	for (int i = 0; i < PAINTS; i++) {
		struct face *face = face_open(path);
		if (!big_words_cols(face, words)) {
			printf("big_words_first_paint\tskipped\t-\t-\tno such face: %s\n", path);
			face_close(face);
			return 0;
		}
		face_close(face);
		face = face_open(path);
		first[i] = paint_ms(face);
		again[i] = paint_ms(face);
		face_close(face);
	}
	print("big_words_first_paint", first);
	print("big_words_paint", again);
	grid_finish(&page.grid);
	return 0;
}
