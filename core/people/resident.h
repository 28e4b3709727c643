/* Residents. Personal data (name, phone, room) is kept, read and erased apart from the rest; no act
 * puts any of it into the journal, not even hashed. */
#pragma once

#include "core/base/when.h"
#include "core/store/act.h"

#define RESIDENT_NAME_MAX    40 /* characters; 阿依古丽·买买提江 has 9 */
#define RESIDENT_CONSENT_MAX 31 /* bytes, printable ASCII */

/* How a name appears on the roster on the wall: the person's own choice (doc/rules.md, Duty).
 * Borrowers are masked whatever this says. */
enum wall_name { WALL_FULL, WALL_ALIAS, WALL_MASKED, WALL_COUNT };

struct resident {
	int64_t id, number;
	int64_t household; /* 0: none */
	int64_t category;
	int64_t guardian; /* of a child, or 0 */
	enum wall_name wall_name;
	char consent_version[RESIDENT_CONSENT_MAX + 1]; /* "": to be asked (consent.h) */
	int64_t consent_at;
	int64_t consent_by; /* the guardian who agreed; 0: they themselves */
	bool has_pause;     /* may have ended by now: resident_is_paused (pause.h) */
	struct day paused_until;
	int64_t erased_at;   /* 0: not */
	int64_t merged_into; /* whose record this was merged into, or 0 */
	struct day joined_on;
	bool has_left;
	struct day left_on; /* when has_left */
};

/* Texts are never NULL; erased or unknown is "". */
struct resident_person {
	char *name, *alias, *phone, *note;
	char *pinyin, *initials;
	char *building, *room;
	char *pause_why; /* for staff alone */
	int birth_year;  /* 0: not given */
};
void resident_person_finish(struct resident_person *person);
/* The text typed to narrow a list down: part of the name or of what they are called, the beginning
 * of the pinyin or of its initials; "" matches all. */
bool resident_person_matches(const struct resident_person *, const char *typed);

/* ERR_NOT_FOUND RESIDENT_UNKNOWN. Those who left are found: check has_left. */
int resident_get(struct db *db, int64_t id, struct resident *ret, struct err *err);
int resident_by_number(struct db *db, int64_t number, struct resident *ret, struct err *err);
int resident_person(struct db *db, int64_t id, struct resident_person *ret, struct err *err);

/* The name as strangers may see it: masked for borrowers, as chosen for the wall. "" once erased.
 * The caller's. */
int resident_masked_name(struct db *db, int64_t id, char **ret, struct err *err);
int resident_wall_name(struct db *db, int64_t id, char **ret, struct err *err);

/* ---- finding ---- */

/* What the query matched; also the order of the results. */
enum resident_match {
	RESIDENT_BY_NUMBER,
	RESIDENT_BY_NAME,     /* beginning of the name */
	RESIDENT_BY_ALIAS,    /* beginning of the alias */
	RESIDENT_BY_PHONE,    /* last 4 digits or more */
	RESIDENT_BY_PLACE,    /* 3-502, 3栋502, 3栋 */
	RESIDENT_BY_ROOM,     /* 502 in any building */
	RESIDENT_BY_INITIALS, /* zs → 张三; beginning of them */
	RESIDENT_BY_PINYIN,   /* zhangs → 张三; beginning of it */
	RESIDENT_BY_ANY,      /* an empty query: everybody, by number */
	RESIDENT_MATCH_COUNT,
};

struct resident_hit {
	int64_t id, number;
	bool has_left;
	enum resident_match match;
	char *name, *phone, *building, *room; /* "" when there is none */
	char *key;                            /* the sort key */
};
struct resident_page {
	struct resident_hit *hits;
	int count;
	bool has_more;
};
void resident_page_finish(struct resident_page *page);

struct resident_query {
	const char *text;
	bool include_left;
	int limit;
	const struct resident_hit *after; /* the last hit of the previous page, or NULL */
};
/* Each person once, the likeliest first. If nobody matches, an empty page. */
int resident_find(struct db *db, const struct resident_query *query, struct resident_page *ret,
	struct err *err);

/* ---- categories: one half of the rule lookup ---- */

struct resident_category {
	int64_t id;
	char *code, *name; /* resident 居民, volunteer 志愿者, group 团体 … */
};
/* By code; *ret is the caller's, freed by resident_categories_finish. Returns how many. */
int resident_categories(struct db *db, struct resident_category **ret, struct err *err);
void resident_categories_finish(struct resident_category *categories, int count);
/* ERR_NOT_FOUND CATEGORY_UNKNOWN. */
int resident_category_by_code(struct db *db, const char *code, int64_t *ret_id, struct err *err);
/* ERR_REFUSED NAME_EXISTS; ERR_INVALID as text_accept. */
int resident_category_add(struct db *db, const struct act *act, const char *code, const char *name,
	int64_t *ret_id, struct err *err);
