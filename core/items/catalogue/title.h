/* Titles: what a thing is ("电钻"), apart from the single items that have a label. */
#pragma once

#include "core/store/act.h"

/* What it is worth, and how it is handed out. Zero: nothing special. */
struct title_terms {
	int64_t value_points, value_fen; /* 0: not noted */
	int64_t deposit;
	int64_t short_days;  /* in demand: at most this many days where its rule gives longer */
	bool needs_approval; /* a volunteer hands it out */
	bool is_onsite;      /* used within the house, due when it closes */
	bool is_consumable;  /* handed out for use, never lent (stock.h) */
};

struct title {
	int64_t id;
	char *name;
	int64_t category;
	int64_t isbn;   /* or a magazine's or toy's EAN; 0: none */
	char *pinyin;   /* for searching: "dianzuan"; two readings "yinle yinyue" */
	char *initials; /* "dz"; "yl yy" */
	char *safety;   /* one line shown before lending and on the receipt; "" for none */
	struct title_terms terms;
	int64_t stock; /* of a consumable */
};
void title_finish(struct title *);

struct title_list {
	struct title *rows;
	int count;
};
void title_list_finish(struct title_list *);

/* Texts may be NULL for none. Without `pinyin` the readings are derived from the name; people
 * correct wrong ones by giving them, two with a space between. */
struct title_draft {
	const char *name; /* needed */
	int64_t category;
	int64_t isbn; /* 0: none */
	const char *pinyin, *initials;
	const char *safety;
	struct title_terms terms;
};

/* The title's present values, to be changed in places: borrowed from it. */
struct title_draft title_draft_of(const struct title *);

/* A title added to a category that is used within the house is used there too, until it is edited.
 * ERR_INVALID TEXT_… "name", "safety", "pinyin"; NUMBER_BAD "isbn" or a column of the terms;
 * ERR_NOT_FOUND CATEGORY_UNKNOWN; ERR_REFUSED NAME_EXISTS (another title's, with that ISBN). Two
 * titles may have one name. */
int title_add(struct db *, const struct act *, const struct title_draft *, int64_t *ret_id,
	struct err *err);
/* Replaces all values by the draft's; the stock stays. ERR_NOT_FOUND TITLE_UNKNOWN, and as
 * above. */
int title_edit(
	struct db *, const struct act *, int64_t id, const struct title_draft *, struct err *err);

/* ERR_NOT_FOUND TITLE_UNKNOWN. */
int title_get(struct db *, int64_t id, struct title *ret, struct err *err);
int title_by_isbn(struct db *, int64_t isbn, struct title *ret, struct err *err);
/* The first one with exactly that name: 1 and *ret_id, or 0. */
int title_by_name(struct db *, const char *name, int64_t *ret_id, struct err *err);

/* Letters alone find titles whose pinyin or initials begin with them (case and spaces ignored),
 * other words those whose name contains them; "" or NULL finds all. In `category` or below it; 0:
 * anywhere. Ordered by their pinyin, at most `limit`, after the title `after` of an earlier page
 * (NULL: from the start). */
struct title_filter {
	const char *words;
	int64_t category;
	const struct title *after;
	int limit;
};
int title_find(struct db *, const struct title_filter *, struct title_list *ret, struct err *err);

/* The range over the titles of a category that have an item to lend: of deposits in points, or of
 * the days that titles in demand are lent for. Categories without one are left out. */
enum title_range_of { TITLE_DEPOSITS, TITLE_SHORT_DAYS };
struct title_range {
	int64_t category;
	int64_t least, most;
};
struct title_range_list {
	struct title_range *rows;
	int count;
};
void title_range_list_finish(struct title_range_list *);
int title_ranges(struct db *, enum title_range_of, struct title_range_list *ret, struct err *err);
