/* Residents. What is personal (name, phone, room) is kept, read and erased apart from the rest; no
 * act puts any of it into the journal, not even hashed. */
#pragma once

#include "core/base/when.h"
#include "core/store/act.h"

#define RESIDENT_NAME_MAX    40 /* characters; 阿依古丽·买买提江 has 9 */
#define RESIDENT_CONSENT_MAX 31 /* bytes, printable ASCII */

/* How a name stands on the roster on the wall: the person's own choice (doc/rules.md, Duty).
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
	bool has_pause;     /* perhaps over by now: resident_is_paused (pause.h) */
	struct day paused_until;
	int64_t erased_at;   /* 0: not */
	int64_t merged_into; /* who they turned out to be, or 0 */
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
/* What was typed to narrow a list down: part of the name or of what they are called, the beginning
 * of the pinyin or of its initials; "" fits all. */
bool resident_person_matches(const struct resident_person *, const char *typed);

/* ERR_NOT_FOUND RESIDENT_UNKNOWN. Those who left are found: look at has_left. */
int resident_get(struct db *db, int64_t id, struct resident *ret, struct err *err);
int resident_by_number(struct db *db, int64_t number, struct resident *ret, struct err *err);
int resident_person(struct db *db, int64_t id, struct resident_person *ret, struct err *err);

/* The name as strangers may see it: masked for borrowers, as chosen for the wall. "" once erased.
 * The caller's. */
int resident_masked_name(struct db *db, int64_t id, char **ret, struct err *err);
int resident_wall_name(struct db *db, int64_t id, char **ret, struct err *err);

/* ---- acts ---- */

struct resident_new {
	const char *name;                 /* needed */
	const char *alias, *phone, *note; /* NULL or "": none */
	const char *building, *room;
	const char *category; /* its code; needed */
	int64_t guardian;     /* resident id or 0 */
	const char *fetchers; /* as fetchers_set (child.h); NULL or "": none */
	int birth_year;       /* 0: not given */
	enum wall_name wall_name;
	bool is_wall_chosen;         /* else in full, and a child masked */
	const char *consent_version; /* of the notice that was read out; needed */
	bool is_consent_open;        /* without one: the next visit asks */
	int64_t number;              /* 0: the next free one */
};

/* Several faults are reported at once. ERR_INVALID when TEXT_… ("name", "alias", "note",
 * "building", "room", "consent"), PHONE_BAD, NUMBER_BAD, NUMBER_RANGE "birth_year" or one of
 * fetchers_set is among them; else ERR_REFUSED: RESIDENT_NO_CONSENT, CATEGORY_UNKNOWN, NUMBER_TAKEN
 * (n1), what guardian_check says, and GUARDIAN_NEEDED for the consent of a child under 14.
 * PERSON_EXISTS (n1 the number of one with the same name and phone, or neither phone and the same
 * household) unless act->is_override. */
int resident_add(struct db *db, const struct act *act, const struct resident_new *resident,
	int64_t *ret_id, struct err *err);

/* The texts of a resident as they would be kept: trimmed, 张　三 closed up, the phone in digits.
 * *ret has no pinyin. ERR_INVALID TEXT_…, PHONE_BAD, several at once. */
int resident_tidy(
	const struct resident_new *resident, struct resident_person *ret, struct err *err);

/* What is NULL (guardian, wall_name, birth_year: −1) stays as it is. Moving names building and room
 * both. `pinyin` and `initials` put a wrong reading right; a new name is read afresh unless they
 * are given. Who becomes a child is masked on the wall unless `wall_name` says otherwise; who
 * becomes one under 14 is asked for a guardian's consent at the next visit. Refused as
 * resident_add, a guardian's consent apart. */
struct resident_edit {
	const char *name, *alias, *phone, *note;
	const char *building, *room;
	const char *category;
	const char *pinyin, *initials;
	const char *fetchers;
	int64_t guardian; /* 0: none any more */
	int wall_name;
	int birth_year; /* 0: not known any more */
};
#define RESIDENT_EDIT_INIT                                        \
	{                                                         \
		.guardian = -1, .wall_name = -1, .birth_year = -1 \
	}
int resident_edit(struct db *db, const struct act *act, int64_t id,
	const struct resident_edit *edit, struct err *err);

/* Moves away: the card is revoked in the same act. ERR_REFUSED RESIDENT_LEFT when already gone.
 * Whoever calls has made sure that nothing is still borrowed. */
int resident_leave(struct db *db, const struct act *act, int64_t id, struct err *err);

/* ---- finding ---- */

/* What the query was found to be; also the order of the answers. */
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
	char *key;                            /* what it was ordered by */
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
	const struct resident_hit *after; /* the last hit of the page before, or NULL */
};
/* Each person once, the likeliest first. Nothing found is an empty page. */
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
