/* Tables into and out of a venue (shop.h): what the tests of import and export start from. Include
 * after cmocka.h. */
#pragma once

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/reason_name.h"
#include "core/exchange/export.h"
#include "tests/core/attempt.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static const struct act by_importer = { .role = ROLE_COORDINATOR, .why = "旧系统" };

static inline void temporary_path(char path[32])
{
	snprintf(path, 32, "/tmp/jiaplus-table-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
}

static inline struct attempt bring_file(struct shop *s, enum exchange_kind kind, const char *path)
{
	struct attempt a = { 0 };
	struct import what = {
		.kind = kind, .path = path, .category = "resident", .consent_version = "paper-1"
	};

	a.result = import_table(s->db, &by_importer, &what, &a.report, &a.err);
	return a;
}

static inline struct attempt bring(struct shop *s, enum exchange_kind kind, const char *text)
{
	char path[32];

	write_temporary(path, text, strlen(text));
	struct attempt a = bring_file(s, kind, path);
	unlink(path);
	return a;
}

static inline int64_t shop_count(struct shop *s, const char *sql)
{
	int64_t n = -1;

	assert_ok(db_integer(s->db, sql, NO_FIELDS, -2, &n, &s->err), &s->err);
	return n;
}

/* One fault with that reason, on that line and in that column. */
#define assert_one_fault(a, line_, column_, name)                                           \
	do {                                                                                \
		assert_int_equal((a)->result, ERR_REFUSED);                                 \
		assert_int_equal((a)->report.fault_count, 1);                               \
		assert_string_equal(reason_name((a)->report.faults[0].reason.code), #name); \
		assert_int_equal((a)->report.faults[0].line, (line_));                      \
		assert_int_equal((a)->report.faults[0].column, (column_));                  \
	} while (0)
