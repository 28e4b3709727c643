/* A hold as it is stored: shared by hold.c, hold_list.c and hold_queue.c. */
#pragma once

#define HOLD_SELECT                                                                              \
	"SELECT hold.id AS id, hold.title AS title, hold.resident AS resident, hold.visit AS "   \
	"visit,"                                                                                 \
	" hold.status AS status, placed_at, hold.item AS item, slot, is_aside, ready_at, loan,"  \
	" ended_at, title.name AS name, title.category AS category, item.number AS item_number," \
	" item.shelf AS shelf"                                                                   \
	" FROM hold JOIN title ON title.id = hold.title LEFT JOIN item ON item.id = hold.item"

/* For queries on HOLD_SELECT. */
struct row_type;
extern const struct row_type hold_rows;
