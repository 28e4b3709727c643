/* How words that a person typed are looked for among titles: shared by title.c and item.c. */
#pragma once

#include "core/store/db.h"

enum search_kind {
	SEARCH_ALL,
	SEARCH_LETTERS, /* the beginning of the pinyin or of the initials: range scans */
	SEARCH_WORDS,   /* anything else: somewhere in the name */
	SEARCH_NUMBER,  /* digits: in the name, or an item's number */
	SEARCH_KIND_COUNT,
};

struct search {
	enum search_kind kind;
	char *words; /* what is compared; NULL for SEARCH_ALL */
	char *until; /* the end of its range; for SEARCH_LETTERS alone */
};
/* `words` NULL or "": all. */
struct search search_of(const char *words);
void search_finish(struct search *);

/* Conditions over `title`, one for each kind, each with the parameters :words and :until. Letters
 * go by range scans over the readings' indexes; without SEARCH_UNSORTED before the columns of ORDER
 * BY SQLite would rather walk all titles in their order. */
#define SEARCH_MATCH_ALL   "ifnull(:words, :until) IS NULL"
#define SEARCH_MATCH_WORDS "instr(lower(title.name), :words) > 0 AND :until IS NULL"
#define SEARCH_RANGE(column)                                                                  \
	"SELECT id FROM title WHERE " column " >= :words AND " column " < :until AND " column \
	" <> ''"
#define SEARCH_MATCH_LETTERS                                                                       \
	"title.id IN (" SEARCH_RANGE("pinyin") " UNION ALL " SEARCH_RANGE(                         \
		"initials") " UNION ALL " SEARCH_RANGE("pinyin2") " UNION ALL " SEARCH_RANGE("ini" \
											     "tia" \
											     "ls"  \
											     "2") ")"
#define SEARCH_UNSORTED "+"
#define SEARCH_SORTED   ""

/* True for titles in :category or below it, or for all when it is 0. */
#define SEARCH_IN_CATEGORY                                                   \
	"(:category = 0 OR title.category IN ("                              \
	"WITH RECURSIVE below (id) AS (VALUES (:category) UNION ALL"         \
	" SELECT c.id FROM below JOIN category AS c ON c.parent = below.id)" \
	" SELECT id FROM below))"
