/* How typed words are searched for among titles: shared by title.c and item.c. */
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
	char *words;   /* what is compared; NULL for SEARCH_ALL */
	char *until;   /* the end of its range; only for SEARCH_LETTERS */
	char *pattern; /* the words anywhere in a name; for SEARCH_WORDS and SEARCH_NUMBER */
};
/* `words` NULL or "": all. */
struct search search_of(const char *words);
void search_finish(struct search *);

/* The parameters of a statement with one of the conditions below. */
#define SEARCH_FIELDS(search)                                               \
	F_TEXT("words", (search)->words), F_TEXT("until", (search)->until), \
		F_TEXT("pattern", (search)->pattern)

/* Conditions over `title`, one for each kind. LIKE ignores the case of ASCII letters.
 * SEARCH_LETTERS uses range scans over the readings' indexes when few titles match; then
 * SEARCH_UNSORTED goes before the columns of ORDER BY, or SQLite would rather walk all titles in
 * order. When many match, that walk soon fills a page. */
#define SEARCH_MATCH_ALL "coalesce(:words, :until, :pattern) IS NULL"
#define SEARCH_MATCH_WORDS \
	"title.name LIKE :pattern ESCAPE '\\' AND :words <> '' AND :until IS NULL"
#define SEARCH_READINGS(condition, between)                                            \
	condition("pinyin") between condition("initials") between condition("pinyin2") \
		between condition("initials2")
#define SEARCH_RANGE(column)                                                                  \
	"SELECT id FROM title WHERE " column " >= :words AND " column " < :until AND " column \
	" <> ''"
#define SEARCH_MATCH_LETTERS \
	"title.id IN (" SEARCH_READINGS(SEARCH_RANGE, " UNION ALL ") ") AND :pattern IS NULL"
#define SEARCH_IN_RANGE(column) "(+title." column " >= :words AND +title." column " < :until)"
#define SEARCH_MATCH_LETTERS_WALK \
	"(" SEARCH_READINGS(SEARCH_IN_RANGE, " OR ") ") AND :pattern IS NULL"
#define SEARCH_UNSORTED "+"
#define SEARCH_SORTED   ""

/* Do many titles begin with the letters? False for the other kinds. */
int search_is_common(struct db *, const struct search *, bool *ret, struct err *err);

/* True for titles in :category or below it, or for all when it is 0. */
#define SEARCH_IN_CATEGORY                                                   \
	"(:category = 0 OR title.category IN ("                              \
	"WITH RECURSIVE below (id) AS (VALUES (:category) UNION ALL"         \
	" SELECT c.id FROM below JOIN category AS c ON c.parent = below.id)" \
	" SELECT id FROM below))"
