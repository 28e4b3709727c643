#include "core/people/resident.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/pinyin.h"
#include "core/people/reasons.h"
#include "core/store/rows.h"

#define RESIDENT_SQL                                                                    \
	"SELECT id, number, household, category, guardian, wall_name, consent_version," \
	" consent_at, consent_by, joined_on, left_on, left_on IS NOT NULL AS has_left," \
	" paused_until, paused_until IS NOT NULL AS has_pause, erased_at,"              \
	" merged_into FROM resident WHERE "

static const struct column resident_columns[] = {
	COLUMN(struct resident, id),
	COLUMN(struct resident, number),
	COLUMN(struct resident, household),
	COLUMN(struct resident, category),
	COLUMN(struct resident, guardian),
	COLUMN_NUMBER(struct resident, wall_name),
	COLUMN_ARRAY(struct resident, consent_version),
	COLUMN(struct resident, consent_at),
	COLUMN(struct resident, consent_by),
	COLUMN(struct resident, has_pause),
	COLUMN(struct resident, paused_until),
	COLUMN(struct resident, erased_at),
	COLUMN(struct resident, merged_into),
	COLUMN(struct resident, joined_on),
	COLUMN(struct resident, has_left),
	COLUMN(struct resident, left_on),
};
static const struct row_type resident_rows = ROW_TYPE(struct resident, resident_columns);

int resident_get(struct db *db, int64_t id, struct resident *ret, struct err *err)
{
	return row_get(db, &resident_rows, RESIDENT_SQL "id = :id", FIELDS(F_INT("id", id)), ret,
		REASON(RESIDENT_UNKNOWN), err);
}

int resident_by_number(struct db *db, int64_t number, struct resident *ret, struct err *err)
{
	return row_get(db, &resident_rows, RESIDENT_SQL "number = :number",
		FIELDS(F_INT("number", number)), ret, REASON(RESIDENT_UNKNOWN), err);
}

static const struct column person_columns[] = {
	COLUMN(struct resident_person, name),
	COLUMN(struct resident_person, alias),
	COLUMN(struct resident_person, phone),
	COLUMN(struct resident_person, note),
	COLUMN(struct resident_person, pinyin),
	COLUMN(struct resident_person, initials),
	COLUMN(struct resident_person, building),
	COLUMN(struct resident_person, room),
	COLUMN(struct resident_person, pause_why),
	COLUMN(struct resident_person, birth_year),
};
static const struct row_type person_rows = ROW_TYPE(struct resident_person, person_columns);
ROW_FINISHER(resident_person_finish, struct resident_person, person_rows);

int resident_person(struct db *db, int64_t id, struct resident_person *ret, struct err *err)
{
	return row_get(db, &person_rows,
		"SELECT p.name, p.alias, p.phone, p.note, p.pinyin, p.initials, p.pause_why,"
		" p.birth_year, h.building, h.room"
		" FROM resident r LEFT JOIN resident_private p ON p.id = r.id"
		" LEFT JOIN household_private h ON h.id = r.household WHERE r.id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(RESIDENT_UNKNOWN), err);
}

int resident_masked_name(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };

	TRY(resident_person(db, id, &person, err));
	*ret = text_mask_name(person.name);
	return 0;
}

bool resident_person_matches(const struct resident_person *person, const char *typed)
{
	CLEANUP(mem_free) char *narrow = text_narrow(typed);
	CLEANUP(mem_free) char *pinyin = pinyin_query(narrow);

	if (strstr(person->name, typed) || strstr(person->alias, typed))
		return true;
	return pinyin && (strncmp(person->pinyin, pinyin, strlen(pinyin)) == 0 ||
				 strncmp(person->initials, pinyin, strlen(pinyin)) == 0);
}

int resident_wall_name(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident resident;

	TRY(resident_get(db, id, &resident, err));
	TRY(resident_person(db, id, &person, err));
	switch (resident.wall_name) {
	case WALL_MASKED:
		*ret = text_mask_name(person.name);
		return 0;
	case WALL_ALIAS:
		*ret = mem_text(*person.alias ? person.alias : person.name);
		return 0;
	case WALL_FULL:
	case WALL_COUNT:
		break;
	}
	*ret = mem_text(person.name);
	return 0;
}
