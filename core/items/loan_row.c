#include "core/items/loan_row.h"

#include "core/base/mem.h"

struct loan loan_read_row(const struct query *q)
{
	return (struct loan){
		.id = query_int(q, "id"),
		.number = query_int(q, "number"),
		.item = query_int(q, "item"),
		.resident = query_int(q, "resident"),
		.visit = query_int(q, "visit"),
		.return_visit = query_int(q, "return_visit"),
		.lent_at = query_int(q, "lent_at"),
		.due_at = query_int(q, "due_at"),
		.returned_at = query_int(q, "returned_at"),
		.voided_at = query_int(q, "voided_at"),
		.renewals = query_int(q, "renewals"),
		.renewed_from = query_int(q, "renewed_from"),
		.renew_visit = query_int(q, "renew_visit"),
		.is_override = query_int(q, "is_override") != 0,
		.claimed_at = query_int(q, "claimed_at"),
		.lost_at = query_int(q, "lost_at"),
		.recalled_at = query_int(q, "recalled_at"),
		.reported_at = query_int(q, "reported_at"),
		.parts_lent = query_int(q, "parts_lent"),
		.parts_missing = query_int(q, "parts_missing"),
		.item_number = query_int(q, "item_number"),
		.category = query_int(q, "category"),
		.name = mem_text(query_text0(q, "name")),
		.safety = mem_text(query_text0(q, "safety")),
	};
}
