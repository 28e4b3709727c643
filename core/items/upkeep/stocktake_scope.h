/* What a stocktake looks for, as conditions over `item` joined with `title`: shared by stocktake.c
 * and stocktake_list.c. */
#pragma once

#include "core/items/catalogue/search.h"
#include "core/items/lending/loan_sql.h"

/* The parameters of SCOPE and EXPECTED. */
#define SCOPE_FIELDS(s)                                                                           \
	F_INT("category", (s)->category), F_TEXT("zone", (s)->zone), F_TEXT("shelf", (s)->shelf), \
		F_INT("started_at", (s)->started_at), F_INT("stocktake", (s)->id)

#define SCOPE                                                          \
	SEARCH_IN_CATEGORY " AND (:zone IS NULL OR item.zone = :zone)" \
			   " AND (:shelf IS NULL OR item.shelf = :shelf)"

/* On the shelf since before it started. Items in a kit follow the kit's loan. */
#define EXPECTED                                                                               \
	"item.status IN ('active', 'maintenance') AND item.added_at <= :started_at AND " SCOPE \
	" AND NOT " LOAN_OUT_SINCE("ifnull(item.kit, item.id)", ":started_at")

#define UNSEEN                                                    \
	EXPECTED " AND NOT EXISTS (SELECT 1 FROM stocktake_sight" \
		 " WHERE stocktake = :stocktake AND stocktake_sight.item = item.id)"
