#include "tests/lib/expect.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/keys.h"
#include "tests/lib/test.h"

#define LINES_MAX 200
#define LOOK_MS   50

/* ---- differences ---- */

struct lines {
	char *text; /* cut in pieces */
	const char *list[LINES_MAX];
	int count;
};

static void lines_read(const char *text, struct lines *ret)
{
	*ret = (struct lines){ .text = mem_text(text) };
	char *rest = ret->text, *line;

	while ((line = strsep(&rest, "\n")) && (rest || *line) && ret->count < LINES_MAX)
		ret->list[ret->count++] = line;
}

static void lines_finish(struct lines *lines)
{
	free(lines->text);
}

/* The length of the longest common subsequence of the lines, from line i and from line j on. */
struct common {
	int from[LINES_MAX + 1][LINES_MAX + 1];
};

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static struct common *find_common(const struct lines *a, const struct lines *b)
{
	struct common *common = mem_alloc(sizeof(*common));

	for (int i = a->count - 1; i >= 0; i--)
		for (int j = b->count - 1; j >= 0; j--)
			common->from[i][j] =
				strcmp(a->list[i], b->list[j]) == 0
					? common->from[i + 1][j + 1] + 1
					: larger(common->from[i + 1][j], common->from[i][j + 1]);
	return common;
}

char *expect_differences(const char *expected, const char *found)
{
	CLEANUP(lines_finish) struct lines a = { 0 };
	CLEANUP(lines_finish) struct lines b = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int i = 0, j = 0;

	lines_read(expected, &a);
	lines_read(found, &b);
	CLEANUP(mem_free) struct common *common = find_common(&a, &b);
	while (i < a.count || j < b.count) {
		if (i < a.count && j < b.count && strcmp(a.list[i], b.list[j]) == 0) {
			fprintf(out, " %s\n", a.list[i]);
			i++, j++;
		} else if (i < a.count &&
			   (j == b.count || common->from[i + 1][j] >= common->from[i][j + 1])) {
			fprintf(out, "-%s\n", a.list[i++]);
		} else {
			fprintf(out, "+%s\n", b.list[j++]);
		}
	}
	fclose(out);
	return text;
}

/* ---- screens ---- */

/* Replaces what differs from run to run by the same cells. */
static void make_still(char *screen)
{
	static const char *const scratch[] = { "/tmp/jiaplus-case-", "/tmp/jiaplus-demo-" };

	for (size_t i = 0; i < ARRAY_LEN(scratch); i++)
		for (char *c = screen; (c = strstr(c, scratch[i]));) {
			c += strlen(scratch[i]);
			for (int n = 0; n < 6 && *c && *c != ' ' && *c != '\n'; n++)
				*c++ = 'X';
		}
}

static char *still_screen(struct vt *vt)
{
	char *screen = vt_screen_text(vt);

	make_still(screen);
	return screen;
}

static char *read_expected(const char *path)
{
	FILE *in = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	if (!in)
		return mem_text("");
	if (getdelim(&text, &size, '\0', in) < 0) {
		free(text);
		text = mem_text("");
	}
	fclose(in);
	return text;
}

static void update(struct vt *vt, const char *path)
{
	keys_rest(vt);
	CLEANUP(mem_free) char *screen = still_screen(vt);
	FILE *out = fopen(path, "we");

	if (!out || fputs(screen, out) < 0 || fclose(out) != 0)
		fail_msg("%s cannot be written: %s", path, strerror(errno));
}

static bool comes_to_show(struct vt *vt, const char *expected)
{
	int64_t deadline = clock_us() + INT64_C(1000) * VT_PATIENCE_MS;

	for (;;) {
		CLEANUP(mem_free) char *screen = still_screen(vt);
		if (strcmp(screen, expected) == 0)
			return true;
		if (clock_us() > deadline)
			return false;
		vt_pump(vt, LOOK_MS);
	}
}

void expect_screen_at(struct vt *vt, const char *name, const char *file, int line)
{
	CLEANUP(mem_free)
	char *path = mem_printf("%s/tests/screens/expected/%s.txt", getenv("JIAPLUS_SOURCE"), name);

	if (getenv("JIAPLUS_UPDATE")) {
		update(vt, path);
		return;
	}
	CLEANUP(mem_free) char *expected = read_expected(path);
	if (comes_to_show(vt, expected))
		return;
	CLEANUP(mem_free) char *screen = still_screen(vt);
	CLEANUP(mem_free) char *differences = expect_differences(expected, screen);
	fprintf(stderr, "--- %s\n+++ on the screen\n%s", path, differences);
	_fail(file, line);
}
