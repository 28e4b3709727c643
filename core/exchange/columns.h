/* The columns of the tables that come in and go out: one list for both directions, so that what was
 * exported is understood again. */
#pragma once

#include <stdbool.h>

enum exchange_kind {
	EXCHANGE_RESIDENTS,
	EXCHANGE_TITLES,
	EXCHANGE_ITEMS,
	EXCHANGE_LOANS,
	EXCHANGE_POINTS,
	EXCHANGE_COUNT,
};

struct column {
	const char *name;  /* English header, and what a reason's text calls it: "phone" */
	const char *label; /* Chinese header: 电话 */
	const char *also;  /* other headers that mean it, parted by | */
	bool is_text;      /* words of people: spaces and full-width forms within are theirs */
	bool is_told;      /* written for those who read the table; nothing is taken from it */
};

struct column_list {
	const struct column *rows;
	int count;
};
extern const struct column_list exchange_columns[EXCHANGE_COUNT];
#define EXCHANGE_COLUMNS_MAX 24

/* The column that a header means, or −1. Case is forgiven. */
int column_called(const struct column_list *, const char *header);

enum resident_column {
	RESIDENTS_NUMBER,
	RESIDENTS_NAME,
	RESIDENTS_PHONE,
	RESIDENTS_BUILDING,
	RESIDENTS_ROOM,
	RESIDENTS_CATEGORY,
	RESIDENTS_ALIAS,
	RESIDENTS_WALL,
	RESIDENTS_GUARDIAN, /* number */
	RESIDENTS_JOINED,
	RESIDENTS_LEFT_ON,
	RESIDENTS_CONSENT,
	RESIDENTS_PINYIN,
	RESIDENTS_INITIALS,
	RESIDENTS_NOTE,
	RESIDENTS_COLUMN_COUNT,
};

enum title_column {
	TITLES_NAME,
	TITLES_ISBN,
	TITLES_CATEGORY,
	TITLES_PINYIN,
	TITLES_INITIALS,
	TITLES_SAFETY,
	TITLES_VALUE_POINTS,
	TITLES_VALUE, /* yuan */
	TITLES_DEPOSIT,
	TITLES_SHORT_DAYS,
	TITLES_APPROVAL,
	TITLES_ONSITE,
	TITLES_CONSUMABLE,
	TITLES_STOCK,
	TITLES_PARTS, /* a line each */
	TITLES_COLUMN_COUNT,
};

/* Those of the title are for titles that are not there yet. */
enum item_column {
	ITEMS_NUMBER,
	ITEMS_TITLE,
	ITEMS_ISBN,
	ITEMS_CATEGORY,
	ITEMS_ZONE,
	ITEMS_SHELF,
	ITEMS_STATUS,
	ITEMS_WHY,
	ITEMS_ADDED,
	ITEMS_SOURCE,
	ITEMS_PROJECT,
	ITEMS_COST, /* yuan */
	ITEMS_EXPIRES,
	ITEMS_INSPECTED,
	ITEMS_KIT,    /* number of the item that holds it */
	ITEMS_OWNERS, /* residents' numbers: "12 15", with shares "12:2 15:1" */
	ITEMS_SAFETY,
	ITEMS_VALUE_POINTS,
	ITEMS_VALUE, /* yuan */
	ITEMS_DEPOSIT,
	ITEMS_COLUMN_COUNT,
};

enum loan_column {
	LOANS_NUMBER,
	LOANS_ITEM, /* number */
	LOANS_TITLE,
	LOANS_RESIDENT, /* number */
	LOANS_LENT,
	LOANS_DUE,
	LOANS_RETURNED,
	LOANS_RENEWALS,
	LOANS_LOST,
	LOANS_COLUMN_COUNT,
};

enum points_column {
	POINTS_RESIDENT, /* number */
	POINTS_NAME,
	POINTS_POINTS,
	POINTS_COLUMN_COUNT,
};
