/* Items: single things with a label and a number. Its open loan says whether an item is out
 * (loan.h); its status says what condition it is in. */
#pragma once

#include "core/items/catalogue/title.h"

enum item_status { ITEM_ACTIVE, ITEM_MAINTENANCE, ITEM_MISSING, ITEM_RETIRED, ITEM_STATUS_COUNT };

/* "active", "maintenance", "missing", "retired": as the column and --json have it. */
const char *item_status_name(enum item_status);

/* How it left for good (retire.h). */
enum retire_cause {
	RETIRE_WORN_OUT,
	RETIRE_LOST,
	RETIRE_SOLD,
	RETIRE_GIVEN_AWAY,
	RETIRE_SWAPPED,
	RETIRE_DONATED_ON,
	RETIRE_CAUSE_COUNT,
};
/* "worn_out", "lost" …: as the column and --json have it. */
const char *retire_cause_name(enum retire_cause);
/* ERR_INVALID NUMBER_BAD naming "cause". */
int retire_cause_parse(const char *name, enum retire_cause *ret, struct err *err);

/* How it came to the venue. */
enum item_source {
	ITEM_SOURCE_UNKNOWN, /* nobody noted it */
	ITEM_SOURCE_BOUGHT,
	ITEM_SOURCE_DONATED,
	ITEM_SOURCE_SWAPPED,
	ITEM_SOURCE_PROJECT, /* paid for by a project: in the list of assets (固定资产) */
	ITEM_SOURCE_COUNT,
};

/* "", "bought", "donated", "swapped", "project". */
const char *item_source_name(enum item_source);

/* An item with its title, category and open loan: what a screen, a label or a list needs. */
struct item {
	int64_t id;
	int64_t number; /* printed with 6 digits: item_number_format */
	enum item_status status;
	enum retire_cause cause; /* of a retired one; RETIRE_CAUSE_COUNT: not recorded */
	char *zone, *shelf;      /* where it belongs: "共享书屋" "A-3", or "" */
	int64_t added_at;
	enum item_source source;
	char *project;               /* that paid for it, or "" */
	int64_t cost_fen;            /* what was paid; 0: unknown */
	char expires_on[11];         /* last good day of its contents; "": nothing expires */
	char inspected_until_on[11]; /* last day on which its inspection is valid; "": needs none */
	int64_t kit, kit_number;     /* the item that holds it (kit.h), or 0 */

	int64_t title;
	char *name;   /* the title's */
	char *pinyin; /* the title's */
	char *safety; /* the title's; "" for none */
	int64_t category;
	char *category_code, *category_name;
	struct title_terms terms;
	int64_t stock; /* of a consumable title */

	int64_t loan; /* its open loan, or that of the kit that holds it; 0: on the shelf */
	int64_t loan_resident, loan_lent_at, loan_due_at;
};
void item_finish(struct item *);

struct item_list {
	struct item *rows;
	int count;
};
void item_list_finish(struct item_list *);

#define ITEM_NUMBER_SIZE 16
void item_number_format(int64_t number, char out[ITEM_NUMBER_SIZE]); /* "000123"; "" for 0 */

/* Texts may be NULL for none. */
struct item_draft {
	int64_t title;
	const char *shelf, *zone;
	enum item_source source;
	const char *project;
	int64_t cost_fen;
	const char *expires_on, *inspected_until_on; /* "2027-03-31" */
	int64_t number; /* for item_add: kept if it is free; 0: the next one */
};

/* The item's present values, to be changed in places: borrowed from it. */
struct item_draft item_draft_of(const struct item *);

/* ERR_NOT_FOUND TITLE_UNKNOWN; ERR_INVALID TEXT_… "zone", "shelf", "project", NUMBER_BAD "cost",
 * "number", DATE_BAD "expires_on", "inspected_until_on"; ERR_REFUSED NUMBER_TAKEN. */
int item_add(struct db *, const struct act *, const struct item_draft *, int64_t *ret_id,
	struct err *err);
/* Replaces all values by the draft's. ERR_NOT_FOUND ITEM_UNKNOWN, and as above. */
int item_edit(
	struct db *, const struct act *, int64_t id, const struct item_draft *, struct err *err);

/* ERR_NOT_FOUND ITEM_UNKNOWN. */
int item_get(struct db *, int64_t id, struct item *ret, struct err *err);
int item_by_number(struct db *, int64_t number, struct item *ret, struct err *err);

/* The items in a kit (kit.h), by number; empty for an item that is not a kit. */
int items_in_kit(struct db *, int64_t kit, struct item_list *ret, struct err *err);

/* Items by their title's words as in title_find; digits also find the item of that number. Ordered
 * by pinyin, then number; at most `limit`, after the item `after` of an earlier page. */
enum item_where { ITEM_ANYWHERE, ITEM_ON_SHELF, ITEM_OUT };
struct item_filter {
	const char *words;
	int64_t category;         /* or below it; 0: any */
	int64_t title;            /* 0: any */
	const char *zone, *shelf; /* exactly; NULL: any */
	enum item_where where;
	bool is_asset; /* only those paid for by a project */
	bool with_retired;
	const struct item *after;
	int limit;
};
int item_find(struct db *, const struct item_filter *, struct item_list *ret, struct err *err);
