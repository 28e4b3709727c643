/* The outcome of importing a file that the test has written. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/exchange/import.h"
#include "tests/lib/test.h"

struct attempt {
	int result;
	struct err err;
	struct import_report report;
};

static inline void attempt_finish(struct attempt *a)
{
	import_report_finish(&a->report);
}

static inline void write_temporary(char path[32], const void *bytes, size_t len)
{
	snprintf(path, 32, "/tmp/jiaplus-import-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}
