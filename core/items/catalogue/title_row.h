/* A title's terms as they are read from the database: shared by title.c and item.c. */
#pragma once

#define TITLE_TERMS_COLUMNS                                                      \
	"title.value_points AS value_points, title.value_fen AS value_fen,"      \
	" title.deposit AS deposit, title.short_days AS short_days,"             \
	" title.needs_approval AS needs_approval, title.is_onsite AS is_onsite," \
	" title.is_consumable AS is_consumable, title.stock AS stock"

struct row_type;
extern const struct row_type title_terms_rows;
