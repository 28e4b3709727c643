/* The columns of imported and exported tables: one list for both directions, so that what was
 * exported is understood again. A column is a row of columns.c; everything about it is there. */
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

/* How a column is written in an exported table. */
enum column_shape {
	SHAPE_TEXT,
	SHAPE_ID,
	SHAPE_FEN,
	SHAPE_YES,
	SHAPE_INSTANT,
	SHAPE_WORD,
};

struct column {
	const char *name;    /* English header, and its name in the text of a reason: "phone" */
	const char *label;   /* Chinese header: 电话 */
	const char *also;    /* other headers with this meaning, separated by | */
	const char *sample;  /* in the example of an empty table */
	const char *meaning; /* msgid: what to write there */
	enum column_shape shape;
	bool is_needed;   /* a table without it is refused */
	bool is_text;     /* free text: spaces and full-width forms within it are kept */
	bool is_list;     /* of is_text: one entry on each line of a cell */
	bool is_digits;   /* a spreadsheet may have made 12.0 of it */
	bool is_told;     /* written for people who read the table; never imported */
	bool is_incoming; /* understood on import; not written */
};

struct column_list {
	const struct column *rows;
	int count;
};
extern const struct column_list exchange_columns[EXCHANGE_COUNT];
#define EXCHANGE_COLUMNS_MAX 28

/* The column that a header means, or −1. Ignores case, full-width forms, spaces and line breaks, *,
 * and additions in brackets: *姓 名（必填）. *ret_is_exact (may be NULL) is false when any of that
 * was needed. */
int column_called(const struct column_list *, const char *header, bool *ret_is_exact);

enum resident_column {
	RESIDENTS_NUMBER,
	RESIDENTS_NAME,
	RESIDENTS_PHONE,
	RESIDENTS_BUILDING,
	RESIDENTS_UNIT,
	RESIDENTS_ROOM,
	RESIDENTS_ADDRESS, /* all three in one */
	RESIDENTS_CATEGORY,
	RESIDENTS_ALIAS,
	RESIDENTS_WALL,
	RESIDENTS_GUARDIAN, /* number or name */
	RESIDENTS_GUARDIAN_PHONE,
	RESIDENTS_FETCHERS,
	RESIDENTS_BIRTH_YEAR,
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

/* Those of the title are for titles that do not exist yet. */
enum item_column {
	ITEMS_NUMBER,
	ITEMS_TITLE,
	ITEMS_ISBN,
	ITEMS_CATEGORY,
	ITEMS_QUANTITY,
	ITEMS_ZONE,
	ITEMS_SHELF,
	ITEMS_PLACE, /* zone and shelf in one */
	ITEMS_STATUS,
	ITEMS_WHY,
	ITEMS_ADDED,
	ITEMS_SOURCE,
	ITEMS_DONOR,
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
	LOANS_NAME,
	LOANS_PHONE,
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
	POINTS_PHONE,
	POINTS_POINTS,
	POINTS_COLUMN_COUNT,
};
