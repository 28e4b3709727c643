#include "core/items/lending/hold.h"

#include <assert.h>

#include "core/base/mem.h"
#include "core/items/lending/hold_row.h"
#include "core/store/rows.h"

static const char *const status_names[] = { "waiting", "ready", "fulfilled", "expired",
	"cancelled" };
static_assert(ARRAY_LEN(status_names) == HOLD_STATUS_COUNT, "a name for each status");

const char *hold_status_name(enum hold_status status)
{
	return status_names[status];
}

static const struct column hold_columns[] = {
	COLUMN(struct hold, id),
	COLUMN(struct hold, title),
	COLUMN(struct hold, resident),
	COLUMN(struct hold, visit),
	COLUMN_ENUM(struct hold, status, status_names),
	COLUMN(struct hold, placed_at),
	COLUMN(struct hold, item),
	COLUMN(struct hold, slot),
	COLUMN(struct hold, ready_at),
	COLUMN(struct hold, loan),
	COLUMN(struct hold, ended_at),
	COLUMN(struct hold, name),
	COLUMN(struct hold, shelf),
	COLUMN(struct hold, category),
	COLUMN(struct hold, item_number),
};
const struct row_type hold_rows = ROW_TYPE(struct hold, hold_columns);
ROW_FINISHER(hold_finish, struct hold, hold_rows);
LIST_FINISHER(hold_list_finish, struct hold_list, hold_rows);

bool hold_stands(const struct hold *hold)
{
	return hold->status == HOLD_WAITING || hold->status == HOLD_READY;
}
