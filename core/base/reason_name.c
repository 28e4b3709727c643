#include "core/base/reason_name.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/reasons.h"
#include "core/exchange/reasons.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/points/reasons.h"
#include "core/print/reasons.h"
#include "core/rewards/reasons.h"
#include "core/scan/reasons.h"
#include "core/site/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/reasons.h"
#include "core/store/role_reasons.h"
#include "core/venues/reasons.h"

/* Sorted by code. */
#define REASON_ROW(name, args) { REASON_##name, #name, args },
#define REASON_ROWS(block)     REASONS_##block(REASON_ROW)
static const struct reason_row {
	int code;
	const char *name, *args;
} rows[] = { { REASON_NONE, "NONE", "-" }, REASON_BLOCKS(REASON_ROWS) };

static const struct reason_row *row_of(int code)
{
	size_t at = 0;

	while (rows[at].code != code) {
		at++;
		assert(at < ARRAY_LEN(rows));
	}
	return &rows[at];
}

const char *reason_args(int code)
{
	return row_of(code)->args;
}

const char *reason_name(int code)
{
	return row_of(code)->name;
}

int reason_by_name(const char *name)
{
	for (size_t i = 1; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].code;
	return REASON_NONE;
}

int reason_next(int code)
{
	size_t next = (size_t)(row_of(code) - rows) + 1;

	return next < ARRAY_LEN(rows) ? rows[next].code : REASON_NONE;
}
