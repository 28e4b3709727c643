/* The label sizes that a new venue starts with, from assets/defaults. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/catalogue/label_size.h"
#include "tests/lib/test.h"

#define SIZES_MAX     20
#define SIZES_COLUMNS 13

/* "roll-40x30⇥标签卷⇥40⇥30⇥…" as the file's head has them. */
static inline struct label_size sizes_row(char *line)
{
	struct label_size size = { 0 };
	char *cells[SIZES_COLUMNS] = { NULL };
	int count = 0;

	for (char *cell = strsep(&line, "\t\n"); cell && count < SIZES_COLUMNS;
		cell = strsep(&line, "\t\n"))
		cells[count++] = cell;
	assert_int_equal(count, SIZES_COLUMNS);
	int64_t *const numbers[] = { &size.page_width, &size.page_height, &size.across, &size.down,
		&size.width, &size.height, &size.gap_x, &size.gap_y, &size.left_edge,
		&size.top_edge, &size.inside };
	size.code = mem_text(cells[0]);
	size.name = mem_text(cells[1]);
	for (int i = 0; i < (int)ARRAY_LEN(numbers); i++)
		*numbers[i] = text_hundredths(cells[i + 2]);
	size.across /= 100;
	size.down /= 100;
	return size;
}

/* All of them; the caller's, to free each with label_size_finish. */
static inline int sizes_read(struct label_size ret[SIZES_MAX])
{
	CLEANUP(mem_free)
	char *path = mem_printf("%s/assets/defaults/label-sizes.tsv", getenv("JIAPLUS_SOURCE"));
	FILE *f = fopen(path, "re");
	char line[400];
	int count = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		if (line[0] != '#' && strncmp(line, "code\t", 5) != 0 && count < SIZES_MAX)
			ret[count++] = sizes_row(line);
	fclose(f);
	assert_true(count >= 2);
	return count;
}

static inline struct label_size sizes_one(const char *code)
{
	struct label_size all[SIZES_MAX], found = { 0 };
	int count = sizes_read(all);

	for (int i = 0; i < count; i++) {
		if (strcmp(all[i].code, code) == 0)
			found = all[i];
		else
			label_size_finish(&all[i]);
	}
	assert_non_null(found.code);
	return found;
}
