/* Registering a resident, changing what is kept about them, and moving away. */
#pragma once

#include "core/people/resident.h"

struct resident_new {
	const char *name;                 /* needed */
	const char *alias, *phone, *note; /* NULL or "": none */
	const char *building, *room;
	const char *category; /* its code; needed */
	int64_t guardian;     /* resident id or 0 */
	const char *fetchers; /* as fetchers_set (child.h); NULL or "": none */
	int birth_year;       /* 0: not given */
	enum wall_name wall_name;
	bool is_wall_chosen;         /* otherwise in full, and masked for a child */
	const char *consent_version; /* of the notice that was read out; required */
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

/* The texts of a resident as they would be stored: trimmed, 张 三 closed up, the phone in digits.
 * *ret has no pinyin. ERR_INVALID TEXT_…, PHONE_BAD, several at once. */
int resident_tidy(
	const struct resident_new *resident, struct resident_person *ret, struct err *err);

/* Fields that are NULL (guardian, wall_name, birth_year: −1) stay as they are. A move gives both
 * building and room. `pinyin` and `initials` correct a wrong reading; a new name gets a new reading
 * unless they are given. Somebody who becomes a child is masked on the wall unless `wall_name` says
 * otherwise; if under 14, the next visit asks for a guardian's consent. Refused as resident_add,
 * except for a guardian's consent. */
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

/* Moves away: the card is revoked in the same act. ERR_REFUSED RESIDENT_LEFT when already gone. The
 * caller has made sure that nothing is still borrowed. */
int resident_leave(struct db *db, const struct act *act, int64_t id, struct err *err);
