/* Titles: what a thing is ("电钻"), apart from the single items that have a label. */
#pragma once

#include "core/store/act.h"

struct title {
	int64_t id;
	char *name;
	int64_t category;
	int64_t isbn;   /* 0: none */
	char *pinyin;   /* for searching: "dianzuan"; two readings "yinle yinyue" */
	char *initials; /* "dz"; "yl yy" */
	char *safety;   /* one line shown before lending and on the receipt; "" for none */
};
void title_finish(struct title *);

struct title_list {
	struct title *rows;
	int count;
};
void title_list_finish(struct title_list *);

/* Texts may be NULL for none. Without `pinyin` the readings are worked out from the name;
 * people correct wrong ones by naming them, two with a space between. */
struct title_draft {
	const char *name; /* needed */
	int64_t category;
	int64_t isbn; /* 0: none */
	const char *pinyin, *initials;
	const char *safety;
};

/* ERR_INVALID TEXT_… "name", "safety", "pinyin"; NUMBER_BAD "isbn"; ERR_NOT_FOUND CATEGORY_UNKNOWN;
 * ERR_REFUSED NAME_EXISTS (another title's, with that ISBN). Two titles may have one name. */
int title_add(struct db *, const struct act *, const struct title_draft *, int64_t *ret_id,
	struct err *err);
/* Writes all of the draft. ERR_NOT_FOUND TITLE_UNKNOWN, and as above. */
int title_edit(
	struct db *, const struct act *, int64_t id, const struct title_draft *, struct err *err);

/* ERR_NOT_FOUND TITLE_UNKNOWN. */
int title_get(struct db *, int64_t id, struct title *ret, struct err *err);
int title_by_isbn(struct db *, int64_t isbn, struct title *ret, struct err *err);

/* Letters alone find titles whose pinyin or initials begin with them (case and spaces ignored),
 * other words those whose name holds them; "" or NULL finds all. In `category` or below it; 0:
 * anywhere. In the order of their pinyin, at most `limit`, after the title `after` of an earlier
 * page (NULL: from the start). */
struct title_filter {
	const char *words;
	int64_t category;
	const struct title *after;
	int limit;
};
int title_find(struct db *, const struct title_filter *, struct title_list *ret, struct err *err);
