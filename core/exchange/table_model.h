/* A table in memory: shared by table.c, which returns its cells, and table_read.c, which splits a
 * text into them. */
#pragma once

#include <stdbool.h>

struct row {
	int line;
	int first, count; /* of cells */
};

/* What separates cells: one character or either of two, as hands and input methods mix them. */
struct separator {
	char signs[2][4];
	char written; /* used when the file is written again */
};

struct table {
	char *text; /* split into cells in place */
	const char *encoding;
	struct separator separator;
	bool names_separator;
	const char **cells;
	int cell_count, cell_room;
	struct row *rows;
	int row_count, row_room;
};

void table_add_cell(struct table *, const char *text);
bool table_is_blank(const char *cell);
