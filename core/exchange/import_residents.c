/* Residents from a table. An existing one is identified by the number, if the name or the phone
 * matches too; without a number by name and phone or home. Where that leaves a doubt, as with a new
 * phone number, the line is a question. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/exchange/import_person.h"
#include "core/people/child.h"
#include "core/people/consent.h"
#include "core/people/household.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/site/reasons.h"

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

/* What people call the categories that every venue starts with. */
static const struct {
	const char *word, *code;
} category_words[] = {
	{ "儿童", "child" },
	{ "小孩", "child" },
	{ "孩子", "child" },
	{ "少儿", "child" },
	{ "少年儿童", "child" },
	{ "青少年", "child" },
	{ "未成年", "child" },
	{ "学生", "child" },
	{ "小学生", "child" },
	{ "成人", "resident" },
	{ "成年人", "resident" },
	{ "大人", "resident" },
	{ "业主", "resident" },
	{ "住户", "resident" },
	{ "租户", "resident" },
	{ "老人", "resident" },
	{ "普通居民", "resident" },
	{ "义工", "volunteer" },
	{ "志工", "volunteer" },
	{ "团体", "group" },
	{ "单位", "group" },
};

struct person {
	struct resident_new draft; /* borrowed from the cells and these */
	char *building, *room;
	struct resident_person tidy; /* as it would be stored */
	char *category;
	int wall_name;       /* −1: the row does not say */
	const char *consent; /* version agreed to, or NULL: the next visit asks */
	char joined_on[11], left_on[11];
};

static void person_finish(struct person *p)
{
	resident_person_finish(&p->tidy);
	mem_free(&p->category);
	mem_free(&p->building);
	mem_free(&p->room);
}

/* ---- cells ---- */

/* By code or name; the caller's, NULL when there is none. */
static char *category_called(
	const struct resident_category *categories, int count, const char *word)
{
	for (int i = 0; i < count; i++)
		if (text_equal_fold(categories[i].code, word) ||
			strcmp(categories[i].name, word) == 0)
			return mem_text(categories[i].code);
	return NULL;
}

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
	p->category = category_called(categories, count, cell);
	for (size_t i = 0; i < ARRAY_LEN(category_words) && !p->category; i++)
		if (strcmp(category_words[i].word, cell) == 0)
			p->category = category_called(categories, count, category_words[i].code);
	resident_categories_finish(categories, count);
	if (!p->category)
		import_fault(im, RESIDENTS_CATEGORY, REASON_TEXT(CATEGORY_UNKNOWN, cell));
	return 0;
}

/* The building with its staircase: 3 and 2 become 3栋2单元. The caller's. */
static char *building_of(const char *building, const char *unit)
{
	bool is_bare = strspn(building, "0123456789") == strlen(building);
	bool is_unit_bare = strspn(unit, "0123456789") == strlen(unit);

	if (!*unit)
		return mem_text(building);
	return mem_printf("%s%s%s%s", building, *building && is_bare ? "栋" : "", unit,
		is_unit_bare ? "单元" : "");
}

/* Where separate columns and the address differ, the columns count. */
static void read_place(struct importing *im, struct person *p)
{
	const char *address = import_cell(im, RESIDENTS_ADDRESS);
	const char *room = import_cell(im, RESIDENTS_ROOM);
	CLEANUP(mem_free)
	char *building =
		building_of(import_cell(im, RESIDENTS_BUILDING), import_cell(im, RESIDENTS_UNIT));

	household_split(address, &p->building, &p->room);
	if (*building) {
		free(p->building);
		p->building = TAKE(building);
	}
	if (*room) {
		free(p->room);
		p->room = mem_text(room);
	}
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

/* A day that is not in the future; *ret_at is its beginning, 0 for today or none. */
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

/* 2015, 2015年3月, 2015-3-2, 20150302: only the year is stored. */
static void read_birth_year(struct importing *im, struct person *p)
{
	const char *cell = import_cell(im, RESIDENTS_BIRTH_YEAR);
	size_t digits = strspn(cell, "0123456789");
	int this_year = db_today(import_db(im)).year, year = 0;

	if (!*cell)
		return;
	if (digits == 4 || digits == 6 || digits == 8)
		for (int i = 0; i < 4; i++)
			year = year * 10 + cell[i] - '0';
	if (year >= BIRTH_YEAR_MIN && year <= this_year)
		p->draft.birth_year = year;
	else
		import_fault(im, RESIDENTS_BIRTH_YEAR, REASON_TEXT(DATE_BAD, "birth_year"));
}

/* A paper consent for a child under 14 counts once its guardian is known, in `later`. */
static void read_consent(struct importing *im, struct person *p)
{
	const char *cell = import_cell(im, RESIDENTS_CONSENT);
	enum age age = age_of(
		p->category ? p->category : "", p->draft.birth_year, db_today(import_db(im)));

	p->consent = *cell ? cell : import_what(im)->consent_version;
	p->draft.is_consent_open = true;
	p->draft.consent_version = age == AGE_UNDER_14 ? NULL : p->consent;
}

static int read_person(struct importing *im, struct person *p, struct err *err)
{
	struct err fault = { 0 };

	read_place(im, p);
	p->draft = (struct resident_new){
		.name = import_cell(im, RESIDENTS_NAME),
		.alias = import_cell(im, RESIDENTS_ALIAS),
		.phone = import_cell(im, RESIDENTS_PHONE),
		.note = import_cell(im, RESIDENTS_NOTE),
		.building = p->building,
		.room = p->room,
	};
	import_number(im, RESIDENTS_NUMBER, &p->draft.number);
	TRY(read_category(im, p, err));
	p->draft.category = p->category;
	read_wall(im, p);
	p->draft.wall_name = p->wall_name >= 0 ? (enum wall_name)p->wall_name : WALL_FULL;
	p->draft.is_wall_chosen = p->wall_name >= 0;
	read_birth_year(im, p);
	read_consent(im, p);
	if (resident_tidy(&p->draft, &p->tidy, &fault) < 0)
		return import_note(im, &fault, err);
	return 0;
}

/* ---- who it is ---- */

struct known {
	int64_t id, number;
	bool is_alike; /* of one found by number: name or phone matches */
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

/* What suggests that somebody of the same name is the same person. */
enum likeness { LIKE_NO, LIKE_UNKNOWN, LIKE_YES };

static enum likeness likeness(const char *a, const char *b)
{
	if (!*a || !*b)
		return LIKE_UNKNOWN;
	return strcmp(a, b) == 0 ? LIKE_YES : LIKE_NO;
}

enum verdict { ANOTHER, DOUBTFUL, THE_SAME };

/* The same phone number is the same person. Without it the home decides; a new number at the same
 * home, or no home given, is a question, but not between two lines of one list. */
static enum verdict verdict(enum likeness phone, enum likeness place, bool is_of_this_list)
{
	if (phone == LIKE_YES || (phone == LIKE_UNKNOWN && place == LIKE_YES))
		return THE_SAME;
	return place == LIKE_NO || is_of_this_list ? ANOTHER : DOUBTFUL;
}

struct twins {
	struct known same, doubtful;
};

static int find_twins(
	struct importing *im, const struct person *p, struct twins *ret, struct err *err)
{
	CLEANUP(mem_free) char *place = household_place(p->tidy.building, p->tidy.room);
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, import_db(im),
		"SELECT r.id AS id, r.number AS number, ifnull(p.phone, '') AS phone,"
		" ifnull(h.place, '') AS place"
		" FROM resident_private p JOIN resident r ON r.id = p.id"
		" LEFT JOIN household_private h ON h.id = r.household"
		" WHERE p.name = :name AND r.left_on IS NULL ORDER BY r.number",
		FIELDS(F_TEXT("name", p->tidy.name)), err));
	while ((r = query_next(&q, err)) > 0) {
		const struct known known = { query_int(&q, "id"), query_int(&q, "number"), true };
		enum verdict v = verdict(likeness(p->tidy.phone, query_text0(&q, "phone")),
			likeness(place, query_text0(&q, "place")), import_has_seen(im, known.id));
		struct known *found = v == THE_SAME ? &ret->same : &ret->doubtful;
		if (v != ANOTHER && !found->id)
			*found = known;
	}
	return r;
}

/* A different number says that the line means somebody else. */
static int ask(
	struct importing *im, const struct person *p, const struct known *doubtful, struct err *err)
{
	bool is_repeat;

	if (!doubtful->id || p->draft.number || !import_asks(im, RESIDENTS_NUMBER))
		return 0;
	TRY(import_is_repeat(im, &is_repeat, err));
	if (!is_repeat)
		import_fault(im, RESIDENTS_NAME, REASON(PERSON_ALIKE, .n1 = doubtful->number));
	return 0;
}

/* *ret_id 0: nobody yet, or a fault. */
static int find_known(
	struct importing *im, const struct person *p, int64_t *ret_id, struct err *err)
{
	struct known known = { 0 };
	struct twins twins = { 0 };

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
	TRY(find_twins(im, p, &twins, err));
	if (twins.same.id && p->draft.number && !import_has_seen(im, twins.same.id))
		import_fault(im, RESIDENTS_NAME, REASON(PERSON_EXISTS, .n1 = twins.same.number));
	else if (twins.same.id)
		*ret_id = twins.same.id;
	else
		return ask(im, p, &twins.doubtful, err);
	return 0;
}

/* ---- what differs ---- */

/* The cell, if it differs from what is stored. */
static const char *other(struct importing *im, int column, const char *given, const char *kept)
{
	if (!*given || strcmp(given, kept) == 0)
		return NULL;
	import_changed(im, column);
	return given;
}

/* A move gives building and room: an empty cell leaves both. The same place in other words is not a
 * move. */
static void compare_place(struct importing *im, const struct resident_person *given,
	const struct resident_person *kept, struct resident_edit *edit)
{
	CLEANUP(mem_free) char *given_place = household_place(given->building, given->room);
	CLEANUP(mem_free) char *kept_place = household_place(kept->building, kept->room);

	if (strcmp(given_place, kept_place) == 0)
		return;
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
	if (p->draft.birth_year && p->draft.birth_year != kept.birth_year) {
		edit.birth_year = p->draft.birth_year;
		import_changed(im, RESIDENTS_BIRTH_YEAR);
	}
	if (!import_has_changed(im))
		return 0;
	struct act act = import_act(im, 0);
	return resident_edit(import_db(im), &act, id, &edit, err);
}

/* A consent on paper is recorded for those who were still to be asked. */
static int give_consent(struct importing *im, int64_t id, const char *version, struct err *err)
{
	struct resident resident;
	enum age age;

	TRY(resident_get(import_db(im), id, &resident, err));
	TRY(resident_age(import_db(im), id, &age, err));
	int is_open = consent_is_open(import_db(im), &resident, err);
	TRY(is_open);
	if (!is_open || !version || !*version || resident.has_left ||
		(age == AGE_UNDER_14 && !resident.guardian))
		return 0;
	struct act act = import_act(im, 0);
	TRY(consent_give(import_db(im), &act, id, version, err));
	import_changed(im, RESIDENTS_CONSENT);
	return 0;
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
	/* A reading derived from the name may have been corrected by people. */
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
	if (!is_new) {
		TRY(edit_known(im, &p, id, err));
		TRY(give_consent(im, id, import_cell(im, RESIDENTS_CONSENT), err));
	}
	if (*p.left_on)
		TRY(leave(im, id, left_at, err));
	if (*import_cell(im, RESIDENTS_GUARDIAN) || *import_cell(im, RESIDENTS_GUARDIAN_PHONE) ||
		*import_cell(im, RESIDENTS_FETCHERS))
		import_later(im, id);
	return is_new ? IMPORT_ADDED : import_has_changed(im) ? IMPORT_CHANGED : IMPORT_SAME;
}

static int set_guardian(struct importing *im, int64_t id, struct err *err)
{
	static const struct import_whom whom = { RESIDENTS_GUARDIAN, RESIDENTS_GUARDIAN,
		RESIDENTS_GUARDIAN_PHONE };
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	struct resident resident;
	struct err fault = { 0 };
	int64_t guardian;

	TRY(import_person(im, &whom, &guardian, err));
	if (!guardian)
		return 0; /* noted, or none is named */
	TRY(resident_get(import_db(im), id, &resident, err));
	if (resident.guardian == guardian)
		return 0;
	edit.guardian = guardian;
	struct act act = import_act(im, 0);
	if (resident_edit(import_db(im), &act, id, &edit, &fault) < 0) {
		if (fault.code != ERR_REFUSED)
			return import_note(im, &fault, err);
		import_fault(im, RESIDENTS_GUARDIAN, fault.reasons[0]);
		return 0;
	}
	import_changed(im, RESIDENTS_GUARDIAN);
	return 0;
}

static int set_fetchers(struct importing *im, int64_t id, struct err *err)
{
	const char *cell = import_cell(im, RESIDENTS_FETCHERS);
	CLEANUP(mem_free) char *kept = NULL;
	CLEANUP(mem_free) char *given = NULL;
	struct err fault = { 0 };

	if (!*cell)
		return 0;
	if (fetchers_tidy(import_db(im), id, cell, &given, &fault) < 0) {
		if (fault.code != ERR_INVALID)
			return import_note(im, &fault, err);
		import_fault(im, RESIDENTS_FETCHERS, fault.reasons[0]);
		return 0;
	}
	TRY(fetchers_text(import_db(im), id, &kept, err));
	if (strcmp(kept, given) == 0)
		return 0;
	struct act act = import_act(im, 0);
	TRY(fetchers_set(import_db(im), &act, id, given, err));
	import_changed(im, RESIDENTS_FETCHERS);
	return 0;
}

/* Guardians and fetchers may come further down. */
static int later(struct importing *im, int64_t id, struct err *err)
{
	const char *cell = import_cell(im, RESIDENTS_CONSENT);

	TRY(set_guardian(im, id, err));
	TRY(set_fetchers(im, id, err));
	if (!import_has_fault(im))
		TRY(give_consent(im, id, *cell ? cell : import_what(im)->consent_version, err));
	return import_has_changed(im) ? IMPORT_CHANGED : 0;
}

const struct import_kind import_residents_kind = { .name = RESIDENTS_NAME,
	.merged = RESIDENTS_BUILDING,
	.beside = RESIDENTS_ROOM,
	.row = row,
	.later = later };
