/* Residents from a table. One who is here already is known by the number, if the name or the phone
 * fits too; without a number by what makes a person exist once (resident.h). */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/exchange/import_row.h"
#include "core/people/household.h"
#include "core/people/reasons.h"
#include "core/site/reasons.h"

#define NUMBER_MAX 999999999

static const struct {
	const char *word;
	enum wall_name wall_name;
} wall_words[] = {
	{ "full", WALL_FULL },
	{ "全名", WALL_FULL },
	{ "alias", WALL_ALIAS },
	{ "称呼", WALL_ALIAS },
	{ "masked", WALL_MASKED },
	{ "匿名", WALL_MASKED },
	{ "隐名", WALL_MASKED },
};

struct person {
	struct resident_new draft;   /* borrowed from the cells */
	struct resident_person tidy; /* as it would be kept */
	char *category;
	int wall_name; /* −1: the row does not say */
	char joined_on[11], left_on[11];
};

static void person_finish(struct person *p)
{
	resident_person_finish(&p->tidy);
	mem_free(&p->category);
}

/* ---- cells ---- */

static int read_category(struct importing *im, struct person *p, struct err *err)
{
	const char *cell = import_cell(im, RESIDENTS_CATEGORY);
	struct resident_category *categories;

	if (!*cell) {
		p->category = mem_text(import_what(im)->category);
		return 0;
	}
	int count = resident_categories(import_db(im), &categories, err);
	if (count < 0)
		return count;
	for (int i = 0; i < count && !p->category; i++)
		if (text_equal_fold(categories[i].code, cell) ||
			strcmp(categories[i].name, cell) == 0)
			p->category = mem_text(categories[i].code);
	resident_categories_finish(categories, count);
	if (!p->category)
		import_fault(im, RESIDENTS_CATEGORY, REASON_TEXT(CATEGORY_UNKNOWN, cell));
	return 0;
}

static void read_wall(struct importing *im, struct person *p)
{
	const char *cell = import_cell(im, RESIDENTS_WALL);

	p->wall_name = -1;
	if (!*cell)
		return;
	for (size_t i = 0; i < ARRAY_LEN(wall_words); i++)
		if (text_equal_fold(wall_words[i].word, cell))
			p->wall_name = (int)wall_words[i].wall_name;
	if (p->wall_name < 0)
		import_fault(im, RESIDENTS_WALL, REASON_TEXT(SETTING_BAD, "wall"));
}

/* A day that has come; *ret_at is its beginning, 0 for today or none. */
static void read_past_day(struct importing *im, int column, char ret_on[11], int64_t *ret_at)
{
	struct err ignored = { 0 };
	struct day day, today = when_day(db_now(import_db(im)));

	*ret_at = 0;
	import_date(im, column, ret_on);
	if (!*ret_on || day_parse(ret_on, &day, &ignored) < 0)
		return;
	if (day_compare(day, today) > 0)
		import_fault(im, column,
			REASON_TEXT(
				DATE_BAD, exchange_columns[EXCHANGE_RESIDENTS].rows[column].name));
	else if (day_compare(day, today) < 0)
		*ret_at = when_day_start(day);
}

static int read_person(struct importing *im, struct person *p, struct err *err)
{
	const char *consent = import_cell(im, RESIDENTS_CONSENT);
	struct err fault = { 0 };

	p->draft = (struct resident_new){
		.name = import_cell(im, RESIDENTS_NAME),
		.alias = import_cell(im, RESIDENTS_ALIAS),
		.phone = import_cell(im, RESIDENTS_PHONE),
		.note = import_cell(im, RESIDENTS_NOTE),
		.building = import_cell(im, RESIDENTS_BUILDING),
		.room = import_cell(im, RESIDENTS_ROOM),
		.consent_version = *consent ? consent : import_what(im)->consent_version,
	};
	import_integer(im, RESIDENTS_NUMBER, 1, NUMBER_MAX, &p->draft.number);
	TRY(read_category(im, p, err));
	p->draft.category = p->category;
	read_wall(im, p);
	p->draft.wall_name = p->wall_name >= 0 ? (enum wall_name)p->wall_name : WALL_FULL;
	if (resident_tidy(&p->draft, &p->tidy, &fault) < 0)
		return import_note(im, &fault, err);
	return 0;
}

/* ---- who it is ---- */

struct known {
	int64_t id, number;
	bool is_alike; /* of one found by number: name or phone are the same */
};

static int find_by_number(struct db *db, const struct person *p, struct known *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT r.id AS id, r.number AS number,"
		" p.name = :name OR (p.phone = :phone AND :phone <> '') AS is_alike"
		" FROM resident r LEFT JOIN resident_private p ON p.id = r.id"
		" WHERE r.number = :number",
		FIELDS(F_INT("number", p->draft.number), F_TEXT("name", p->tidy.name),
			F_TEXT("phone", p->tidy.phone)),
		err));
	int r = query_next(&q, err);
	if (r > 0)
		*ret = (struct known){ query_int(&q, "id"), query_int(&q, "number"),
			query_int(&q, "is_alike") != 0 };
	return r < 0 ? r : 0;
}

static int find_twin(struct db *db, const struct person *p, struct known *ret, struct err *err)
{
	CLEANUP(mem_free) char *place = household_place(p->tidy.building, p->tidy.room);
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT r.id AS id, r.number AS number"
		" FROM resident_private p JOIN resident r ON r.id = p.id"
		" LEFT JOIN household_private h ON h.id = r.household"
		" WHERE p.name = :name AND r.left_on IS NULL AND ifnull(p.phone, '') = :phone"
		" AND (:phone <> '' OR (h.place = :place AND :place <> ''))"
		" ORDER BY r.number LIMIT 1",
		FIELDS(F_TEXT("name", p->tidy.name), F_TEXT("phone", p->tidy.phone),
			F_TEXT("place", place)),
		err));
	int r = query_next(&q, err);
	if (r > 0)
		*ret = (struct known){ query_int(&q, "id"), query_int(&q, "number"), true };
	return r < 0 ? r : 0;
}

/* *ret_id 0: nobody yet, or a fault. */
static int find_known(
	struct importing *im, const struct person *p, int64_t *ret_id, struct err *err)
{
	struct known known = { 0 }, twin = { 0 };

	*ret_id = 0;
	if (p->draft.number)
		TRY(find_by_number(import_db(im), p, &known, err));
	if (known.id && known.is_alike) {
		*ret_id = known.id;
		return 0;
	}
	if (known.id) {
		if (!import_has_seen(im, known.id))
			import_fault(
				im, RESIDENTS_NUMBER, REASON(NUMBER_TAKEN, .n1 = known.number));
		else
			import_is_first(im, RESIDENTS_NUMBER, known.id);
		return 0;
	}
	TRY(find_twin(import_db(im), p, &twin, err));
	if (twin.id && p->draft.number && !import_has_seen(im, twin.id))
		import_fault(im, RESIDENTS_NAME, REASON(PERSON_EXISTS, .n1 = twin.number));
	else
		*ret_id = twin.id;
	return 0;
}

/* ---- what differs ---- */

/* The cell, if it says something else than what is kept. */
static const char *other(struct importing *im, int column, const char *given, const char *kept)
{
	if (!*given || strcmp(given, kept) == 0)
		return NULL;
	import_changed(im, column);
	return given;
}

/* Moving names both: a cell that is empty stays. */
static void compare_place(struct importing *im, const struct resident_person *given,
	const struct resident_person *kept, struct resident_edit *edit)
{
	const char *building = other(im, RESIDENTS_BUILDING, given->building, kept->building);
	const char *room = other(im, RESIDENTS_ROOM, given->room, kept->room);

	if (!building && !room)
		return;
	edit->building = building ? building : kept->building;
	edit->room = room ? room : kept->room;
}

static int compare_category(struct importing *im, const struct person *p,
	const struct resident *kept, struct resident_edit *edit, struct err *err)
{
	int64_t category;

	if (!*import_cell(im, RESIDENTS_CATEGORY))
		return 0;
	TRY(resident_category_by_code(import_db(im), p->category, &category, err));
	if (category == kept->category)
		return 0;
	edit->category = p->category;
	import_changed(im, RESIDENTS_CATEGORY);
	return 0;
}

static int edit_known(struct importing *im, const struct person *p, int64_t id, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person kept = { 0 };
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	struct resident resident;

	TRY(resident_get(import_db(im), id, &resident, err));
	TRY(resident_person(import_db(im), id, &kept, err));
	edit.name = other(im, RESIDENTS_NAME, p->tidy.name, kept.name);
	edit.alias = other(im, RESIDENTS_ALIAS, p->tidy.alias, kept.alias);
	edit.phone = other(im, RESIDENTS_PHONE, p->tidy.phone, kept.phone);
	edit.note = other(im, RESIDENTS_NOTE, p->tidy.note, kept.note);
	edit.pinyin = other(im, RESIDENTS_PINYIN, import_cell(im, RESIDENTS_PINYIN), kept.pinyin);
	edit.initials =
		other(im, RESIDENTS_INITIALS, import_cell(im, RESIDENTS_INITIALS), kept.initials);
	compare_place(im, &p->tidy, &kept, &edit);
	TRY(compare_category(im, p, &resident, &edit, err));
	if (p->wall_name >= 0 && p->wall_name != (int)resident.wall_name) {
		edit.wall_name = p->wall_name;
		import_changed(im, RESIDENTS_WALL);
	}
	if (!import_has_changed(im))
		return 0;
	struct act act = import_act(im, 0);
	return resident_edit(import_db(im), &act, id, &edit, err);
}

static int leave(struct importing *im, int64_t id, int64_t left_at, struct err *err)
{
	struct resident resident;
	int64_t loans;

	TRY(resident_get(import_db(im), id, &resident, err));
	if (resident.has_left)
		return 0;
	TRY(db_integer(import_db(im),
		"SELECT count(*) FROM loan WHERE resident = :id AND returned_at IS NULL"
		" AND voided_at IS NULL",
		FIELDS(F_INT("id", id)), 0, &loans, err));
	if (loans > 0)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_HAS_LOANS, .n1 = loans));
	struct act act = import_act(im, left_at);
	TRY(resident_leave(import_db(im), &act, id, err));
	import_changed(im, RESIDENTS_LEFT_ON);
	return 0;
}

/* ---- a line ---- */

static int add_new(struct importing *im, const struct person *p, int64_t joined_at, int64_t *ret_id,
	struct err *err)
{
	bool has_reading =
		*import_cell(im, RESIDENTS_PINYIN) || *import_cell(im, RESIDENTS_INITIALS);
	struct act act = import_act(im, joined_at);

	TRY(resident_add(import_db(im), &act, &p->draft, ret_id, err));
	/* What is read from the name may have been put right by people. */
	return has_reading ? edit_known(im, p, *ret_id, err) : 0;
}

static int row(struct importing *im, struct err *err)
{
	CLEANUP(person_finish) struct person p = { 0 };
	int64_t id, joined_at, left_at;

	TRY(read_person(im, &p, err));
	read_past_day(im, RESIDENTS_JOINED, p.joined_on, &joined_at);
	read_past_day(im, RESIDENTS_LEFT_ON, p.left_on, &left_at);
	if (import_has_fault(im))
		return 0;
	TRY(find_known(im, &p, &id, err));
	if (import_has_fault(im))
		return 0;
	bool is_new = id == 0;
	if (is_new)
		TRY(add_new(im, &p, joined_at, &id, err));
	if (!import_is_first(im, RESIDENTS_NAME, id))
		return 0;
	if (!is_new)
		TRY(edit_known(im, &p, id, err));
	if (*p.left_on)
		TRY(leave(im, id, left_at, err));
	if (*import_cell(im, RESIDENTS_GUARDIAN))
		import_later(im, id);
	return is_new ? IMPORT_ADDED : import_has_changed(im) ? IMPORT_CHANGED : IMPORT_SAME;
}

/* A guardian may stand further down. */
static int later(struct importing *im, int64_t id, struct err *err)
{
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	struct resident resident, guardian;
	int64_t number = 0;

	import_integer(im, RESIDENTS_GUARDIAN, 1, NUMBER_MAX, &number);
	if (import_has_fault(im))
		return 0;
	if (resident_by_number(import_db(im), number, &guardian, err) < 0) {
		struct err fault = *err;
		import_fault(im, RESIDENTS_GUARDIAN, fault.reasons[0]);
		return 0;
	}
	TRY(resident_get(import_db(im), id, &resident, err));
	if (resident.guardian == guardian.id)
		return 0;
	edit.guardian = guardian.id;
	struct act act = import_act(im, 0);
	TRY(resident_edit(import_db(im), &act, id, &edit, err));
	import_changed(im, RESIDENTS_GUARDIAN);
	return IMPORT_CHANGED;
}

const struct import_kind import_residents_kind = { RESIDENTS_NAME, RESIDENTS_NAME, row, later };
