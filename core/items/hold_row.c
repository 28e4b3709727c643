#include "core/items/hold_row.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static const char *const status_names[] = { "waiting", "ready", "fulfilled", "expired",
	"cancelled" };
static_assert(ARRAY_LEN(status_names) == HOLD_STATUS_COUNT, "a name for each status");

const char *hold_status_name(enum hold_status status)
{
	return status_names[status];
}

/* The schema lets only the five names in. */
static enum hold_status read_status(const char *name)
{
	int status = 0;

	while (status < HOLD_STATUS_COUNT - 1 && strcmp(name, status_names[status]) != 0)
		status++;
	return (enum hold_status)status;
}

struct hold hold_read_row(const struct query *q)
{
	return (struct hold){
		.id = query_int(q, "id"),
		.title = query_int(q, "title"),
		.resident = query_int(q, "resident"),
		.visit = query_int(q, "visit"),
		.status = read_status(query_text0(q, "status")),
		.placed_at = query_int(q, "placed_at"),
		.item = query_int(q, "item"),
		.slot = query_int(q, "slot"),
		.ready_at = query_int(q, "ready_at"),
		.loan = query_int(q, "loan"),
		.ended_at = query_int(q, "ended_at"),
		.name = mem_text(query_text0(q, "name")),
		.shelf = mem_text(query_text0(q, "shelf")),
		.category = query_int(q, "category"),
		.item_number = query_int(q, "item_number"),
	};
}

void hold_finish(struct hold *hold)
{
	free(hold->name);
	free(hold->shelf);
	*hold = (struct hold){ 0 };
}

void hold_list_finish(struct hold_list *list)
{
	for (int i = 0; i < list->count; i++)
		hold_finish(&list->rows[i]);
	free(list->rows);
	*list = (struct hold_list){ 0 };
}
