/* Any bytes as a table to import: it is read or refused with a reason, and everything that is read
 * is valid text within the bounds that table.h promises. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/exchange/table_read.h"
#include "tests/fuzz/utf8.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void read_all(const struct table *table, size_t size)
{
	int line = 0;

	for (int row = 0; row < table_rows(table); row++) {
		assert(table_line(table, row) > line);
		line = table_line(table, row);
		assert(line >= 1 && (size_t)line <= size + 1);
		for (int column = 0; column < table_columns(table, row) + 2; column++) {
			const char *cell = table_cell(table, row, column);
			assert(is_utf8(cell));
			assert(table_cell_is_endless(table, row, column) ==
				(strlen(cell) > TABLE_CELL_MAX));
		}
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	int fd = memfd_create("table", MFD_CLOEXEC);
	CLEANUP(mem_free) char *path = mem_printf("/proc/self/fd/%d", fd);
	struct table *table = NULL;
	struct err err = { 0 };

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	if (table_open(path, NULL, &table, &err) == 0)
		read_all(table, size);
	else
		assert(!table && err.code == ERR_INVALID && err.reason_count == 1);
	table_close(table);
	close(fd);
	return 0;
}
