#include "core/people/resident_acts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/card.h"
#include "core/people/child.h"
#include "core/people/consent.h"
#include "core/people/household.h"
#include "core/people/pinyin.h"
#include "core/people/reasons.h"
#include "core/store/acting.h"

#define PHONE_DIGITS_MIN 3 /* short numbers of a private network */
#define PHONE_DIGITS_MAX 15
#define MOBILE_DIGITS    11
#define PHONE_TAIL       4
#define FIELDS_MAX       16

static const char *or_null(const char *s)
{
	return s && *s ? s : NULL;
}

/* ---- what people typed ---- */

enum text { TEXT_NAME, TEXT_ALIAS, TEXT_PHONE, TEXT_NOTE, TEXT_BUILDING, TEXT_ROOM, TEXT_COUNT };

static const struct text_limits limits[TEXT_COUNT] = {
	[TEXT_NAME] = { "name", RESIDENT_NAME_MAX, false },
	[TEXT_ALIAS] = { "alias", 20, true },
	[TEXT_PHONE] = { "phone", 30, true },
	[TEXT_NOTE] = { "note", 200, true },
	[TEXT_BUILDING] = { "building", 30, true },
	[TEXT_ROOM] = { "room", 30, true },
};

/* NULL: not given. */
struct texts {
	char *text[TEXT_COUNT];
};

static void texts_finish(struct texts *texts)
{
	for (int i = 0; i < TEXT_COUNT; i++)
		free(texts->text[i]);
}

/* The prefix of a mobile number of 11 digits that means China. */
static const char *without_country(const char *digits)
{
	static const char *const prefixes[] = { "+86", "0086", "86" };

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
		size_t len = strlen(prefixes[i]);
		if (strncmp(digits, prefixes[i], len) == 0 && digits[len] == '1' &&
			strlen(digits) == len + MOBILE_DIGITS)
			return digits + len;
	}
	return digits;
}

/* Only digits, a leading + kept; +86 and the like before a mobile number are dropped. */
static int normalise_phone(char **phone, struct err *err)
{
	CLEANUP(mem_free) char *narrow = text_narrow(*phone);
	CLEANUP(mem_free) char *digits = mem_alloc(strlen(narrow) + 2);
	size_t len = 0;

	for (const char *s = narrow; *s; s++) {
		if ((*s >= '0' && *s <= '9') || (*s == '+' && len == 0))
			digits[len++] = *s;
		else if (!strchr(" -()", *s))
			return err_set(err, ERR_INVALID, REASON_TEXT(PHONE_BAD, "phone"));
	}
	const char *local = without_country(digits);
	size_t count = strspn(local + (*local == '+'), "0123456789");
	if (len > 0 && (count < PHONE_DIGITS_MIN || count > PHONE_DIGITS_MAX))
		return err_set(err, ERR_INVALID, REASON_TEXT(PHONE_BAD, "phone"));
	free(*phone);
	*phone = mem_text(local);
	return 0;
}

static bool is_han(unsigned c)
{
	return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* 张　三, as tables write it to be as wide as three characters, is 张三. */
static void close_up_name(char *name)
{
	const char *from = name;
	char *to = name;
	bool is_after_han = false;
	unsigned c;

	for (const char *at = from; (c = text_next(&from)); at = from) {
		if (is_after_han && (c == ' ' || c == 0x3000 || c == 0xA0)) {
			const char *behind = from;
			while ((c = text_next(&behind)) == ' ' || c == 0x3000 || c == 0xA0)
				from = behind;
			if (is_han(c))
				continue;
			*to++ = ' ';
			is_after_han = false;
			continue;
		}
		is_after_han = is_han(c);
		memmove(to, at, (size_t)(from - at));
		to += from - at;
	}
	*to = '\0';
}

static int accept_one(enum text which, const char *given, char **ret, struct err *err)
{
	TRY(text_accept(given, strlen(given), &limits[which], ret, err));
	if (which == TEXT_NAME)
		close_up_name(*ret);
	return which == TEXT_PHONE ? normalise_phone(ret, err) : 0;
}

/* A refusal joins the others in `faults`; any worse error ends the act. */
static int note(int result, const struct err *one, struct err *faults, struct err *err)
{
	if (result >= 0)
		return 0;
	if (result != ERR_INVALID && result != ERR_REFUSED && result != ERR_NOT_FOUND) {
		*err = *one;
		return result;
	}
	bool is_invalid = faults->code == ERR_INVALID || result == ERR_INVALID;
	for (int i = 0; i < one->reason_count; i++)
		err_refuse(faults, one->reasons[i]);
	if (is_invalid)
		faults->code = ERR_INVALID;
	return 0;
}

static int accept(
	const char *const given[TEXT_COUNT], struct texts *ret, struct err *faults, struct err *err)
{
	for (int i = 0; i < TEXT_COUNT; i++) {
		struct err one = { 0 };
		int r = given[i] ? accept_one((enum text)i, given[i], &ret->text[i], &one) : 0;
		TRY(note(r, &one, faults, err));
	}
	return 0;
}

static const char *tail_of(const char *phone)
{
	size_t len = strlen(phone);

	return len > PHONE_TAIL ? phone + len - PHONE_TAIL : phone;
}

/* ---- rules of registration ---- */

static int check_birth_year(struct db *db, int year, struct err *err)
{
	int this_year = db_today(db).year;

	if (year <= 0 || (year >= BIRTH_YEAR_MIN && year <= this_year))
		return 0;
	struct reason reason = REASON_TEXT(NUMBER_RANGE, "birth_year");
	reason.n1 = BIRTH_YEAR_MIN;
	reason.n2 = this_year;
	return err_set(err, ERR_INVALID, reason);
}

/* Nobody has to have agreed yet; if somebody has, then for themselves or for the child they are
 * guardian of. */
static int check_consent(
	struct db *db, const struct resident_new *resident, const char *category, struct err *err)
{
	bool is_open = resident->is_consent_open &&
		       (!resident->consent_version || !*resident->consent_version);

	if (is_open)
		return 0;
	TRY(consent_check(resident->consent_version, err));
	enum age age = age_of(category, resident->birth_year, db_today(db));
	return age == AGE_UNDER_14 && resident->guardian <= 0
		       ? err_set(err, ERR_REFUSED, REASON(GUARDIAN_NEEDED))
		       : 0;
}

/* *number 0 becomes the next free one. */
static int check_number(struct db *db, int64_t *number, struct err *err)
{
	int64_t is_taken;

	if (*number == 0)
		return db_integer(db, NEXT_NUMBER("resident"), NO_FIELDS, 1, number, err);
	if (*number < 1 || *number > 999999999)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "number"));
	TRY(db_integer(db, "SELECT 1 FROM resident WHERE number = :number",
		FIELDS(F_INT("number", *number)), 0, &is_taken, err));
	return is_taken ? err_set(err, ERR_REFUSED, REASON(NUMBER_TAKEN, .n1 = *number)) : 0;
}

/* A person exists once: same name, and the same phone, or neither a phone and the same
 * household. */
static int check_twin(struct db *db, const struct texts *texts, int64_t household, struct err *err)
{
	int64_t number;

	TRY(db_integer(db,
		"SELECT min(r.number) FROM resident_private p JOIN resident r ON r.id = p.id"
		" WHERE p.name = :name AND r.left_on IS NULL AND p.phone IS :phone"
		" AND (p.phone IS NOT NULL OR r.household = :household)",
		FIELDS(F_TEXT("name", texts->text[TEXT_NAME]),
			F_TEXT("phone", or_null(texts->text[TEXT_PHONE])),
			F_ID("household", household)),
		0, &number, err));
	return number ? err_set(err, ERR_REFUSED, REASON(PERSON_EXISTS, .n1 = number)) : 0;
}

/* ---- writing ---- */

/* The private row's columns that were given; `birth_year` −1: not given, 0: removed. */
static int private_row(const struct texts *texts, const struct pinyin_text *pinyin, int birth_year,
	struct field row[FIELDS_MAX])
{
	const char *phone = texts->text[TEXT_PHONE];
	int n = 0;

	if (texts->text[TEXT_NAME])
		row[n++] = F_TEXT("name", texts->text[TEXT_NAME]);
	if (texts->text[TEXT_ALIAS])
		row[n++] = F_TEXT("alias", or_null(texts->text[TEXT_ALIAS]));
	if (texts->text[TEXT_NOTE])
		row[n++] = F_TEXT("note", or_null(texts->text[TEXT_NOTE]));
	if (phone) {
		row[n++] = F_TEXT("phone", or_null(phone));
		row[n++] = F_TEXT("phone_tail", or_null(tail_of(phone)));
	}
	if (pinyin->full)
		row[n++] = F_TEXT("pinyin", or_null(pinyin->full));
	if (pinyin->initials)
		row[n++] = F_TEXT("initials", or_null(pinyin->initials));
	if (birth_year >= 0)
		row[n++] = birth_year ? F_INT("birth_year", birth_year) : F_NULL("birth_year");
	return n;
}

static int write_private(struct acting *a, int64_t id, const struct texts *texts,
	const struct pinyin_text *pinyin, int birth_year, struct err *err)
{
	struct field row[FIELDS_MAX] = { 0 };

	if (private_row(texts, pinyin, birth_year, row) == 0)
		return 0;
	return act_private(a, "resident_private", id, row, err);
}

/* The results of all checks before anything is written. */
struct checked {
	int64_t category, number;
	enum age age;
};

static int check_new(struct db *db, const struct resident_new *resident, struct checked *ret,
	struct err *faults, struct err *err)
{
	const char *code = resident->category ? resident->category : "";
	struct err one = { 0 };

	ret->number = resident->number;
	ret->age = age_of(code, resident->birth_year, db_today(db));
	TRY(note(check_consent(db, resident, code, &one), &one, faults, err));
	TRY(note(resident_category_by_code(db, code, &ret->category, &one), &one, faults, err));
	TRY(note(check_birth_year(db, resident->birth_year, &one), &one, faults, err));
	if (resident->guardian > 0)
		TRY(note(guardian_check(db, resident->guardian, 0, &one), &one, faults, err));
	return note(check_number(db, &ret->number, &one), &one, faults, err);
}

static enum wall_name wall_of(const struct resident_new *resident, enum age age)
{
	bool is_chosen = resident->is_wall_chosen || resident->wall_name != WALL_FULL;

	return !is_chosen && AGE_IS_CHILD(age) ? WALL_MASKED : resident->wall_name;
}

static int insert_new(struct acting *a, const struct resident_new *resident,
	const struct checked *checked, int64_t id, int64_t household, struct err *err)
{
	const char *consent = or_null(resident->consent_version);
	char joined_on[11];

	day_format(when_day(a->at), joined_on);
	return act_insert(a, "resident",
		FIELDS(F_INT("id", id), F_INT("number", checked->number),
			F_ID("household", household), F_INT("category", checked->category),
			F_ID("guardian", resident->guardian),
			F_INT("wall_name", wall_of(resident, checked->age)),
			F_TEXT("consent_version", consent),
			consent ? F_INT("consent_at", a->at) : F_NULL("consent_at"),
			F_ID("consent_by",
				consent && checked->age == AGE_UNDER_14 ? resident->guardian : 0),
			F_TEXT("joined_on", joined_on)),
		err);
}

static int write_new(struct acting *a, const struct resident_new *resident,
	const struct texts *texts, const struct checked *checked, int64_t *ret_id, struct err *err)
{
	CLEANUP(pinyin_text_finish) struct pinyin_text pinyin = { 0 };
	int64_t id = act_new_id(a), household;

	TRY(household_at(a->db, a->act, texts->text[TEXT_BUILDING], texts->text[TEXT_ROOM],
		&household, err));
	if (!a->act->is_override)
		TRY(check_twin(a->db, texts, household, err));
	pinyin_of_name(texts->text[TEXT_NAME], &pinyin);
	act_set_subject(a, id, id);
	TRY(insert_new(a, resident, checked, id, household, err));
	TRY(write_private(
		a, id, texts, &pinyin, resident->birth_year ? resident->birth_year : -1, err));
	if (resident->fetchers && *resident->fetchers)
		TRY(fetchers_set(a->db, a->act, id, resident->fetchers, err));
	*ret_id = id;
	return 0;
}

int resident_add(struct db *db, const struct act *act, const struct resident_new *resident,
	int64_t *ret_id, struct err *err)
{
	const char *given[TEXT_COUNT] = { resident->name ? resident->name : "", resident->alias,
		resident->phone, resident->note, resident->building, resident->room };
	CLEANUP(texts_finish) struct texts texts = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct checked checked = { 0 };
	struct err faults = { 0 };
	int64_t id;

	/* The inputs are hashed into the journal: nothing personal is among them. */
	TRY(act_begin(&a, db, act, ACT_RESIDENT_ADD,
		FIELDS(F_TEXT("category", resident->category), F_ID("guardian", resident->guardian),
			F_INT("wall_name", resident->wall_name),
			F_TEXT("consent_version", resident->consent_version),
			F_INT("number", resident->number)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(accept(given, &texts, &faults, err));
	TRY(check_new(db, resident, &checked, &faults, err));
	if (faults.code) {
		*err = faults;
		return err->code;
	}
	TRY(write_new(&a, resident, &texts, &checked, &id, err));
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static char *text_or_empty(char **text)
{
	return *text ? TAKE(*text) : mem_text("");
}

int resident_tidy(const struct resident_new *resident, struct resident_person *ret, struct err *err)
{
	const char *given[TEXT_COUNT] = { resident->name ? resident->name : "", resident->alias,
		resident->phone, resident->note, resident->building, resident->room };
	CLEANUP(texts_finish) struct texts texts = { 0 };
	struct err faults = { 0 };

	TRY(accept(given, &texts, &faults, err));
	if (faults.code) {
		*err = faults;
		return err->code;
	}
	*ret = (struct resident_person){ .name = text_or_empty(&texts.text[TEXT_NAME]),
		.alias = text_or_empty(&texts.text[TEXT_ALIAS]),
		.phone = text_or_empty(&texts.text[TEXT_PHONE]),
		.note = text_or_empty(&texts.text[TEXT_NOTE]),
		.building = text_or_empty(&texts.text[TEXT_BUILDING]),
		.room = text_or_empty(&texts.text[TEXT_ROOM]),
		.pinyin = mem_text(""),
		.initials = mem_text(""),
		.pause_why = mem_text(""),
		.birth_year = resident->birth_year };
	return 0;
}

/* ---- editing ---- */

static int read_pinyin(const struct resident_edit *edit, const struct texts *texts,
	struct pinyin_text *ret, struct err *err)
{
	const char *given[] = { edit->pinyin, edit->initials };
	char **slots[] = { &ret->full, &ret->initials };

	if (texts->text[TEXT_NAME])
		pinyin_of_name(texts->text[TEXT_NAME], ret);
	for (size_t i = 0; i < ARRAY_LEN(given); i++) {
		if (!given[i])
			continue;
		free(*slots[i]);
		*slots[i] = pinyin_query(given[i]);
		if (!*slots[i])
			return err_set(err, ERR_INVALID, REASON_TEXT(TEXT_EMPTY, "pinyin"));
	}
	return 0;
}

static int code_of(struct db *db, int64_t category, char **ret, struct err *err)
{
	return db_text(db, "SELECT code FROM resident_category WHERE id = :id",
		FIELDS(F_INT("id", category)), ret, err);
}

/* Does somebody become a child who was none? 1 or 0. */
static int becomes_child(
	struct db *db, int64_t id, const struct resident_edit *edit, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(mem_free) char *code = NULL;
	struct resident resident;

	if (!edit->category && edit->birth_year < 0)
		return 0;
	TRY(resident_get(db, id, &resident, err));
	TRY(resident_person(db, id, &person, err));
	TRY(code_of(db, resident.category, &code, err));
	int year = edit->birth_year >= 0 ? edit->birth_year : person.birth_year;
	enum age before = age_of(code, person.birth_year, db_today(db));
	enum age after = age_of(edit->category ? edit->category : code, year, db_today(db));
	return AGE_IS_CHILD(after) && !AGE_IS_CHILD(before) && resident.wall_name == WALL_FULL;
}

/* The domain row's columns that were given; returns how many. */
static int domain_row(struct acting *a, int64_t id, const struct resident_edit *edit,
	const struct texts *texts, struct field row[FIELDS_MAX], struct err *err)
{
	int64_t category, household;
	int n = 0, is_new_child = becomes_child(a->db, id, edit, err);

	TRY(is_new_child);

	if (edit->category) {
		TRY(resident_category_by_code(a->db, edit->category, &category, err));
		row[n++] = F_INT("category", category);
	}
	if (texts->text[TEXT_BUILDING] || texts->text[TEXT_ROOM]) {
		TRY(household_at(a->db, a->act, texts->text[TEXT_BUILDING], texts->text[TEXT_ROOM],
			&household, err));
		row[n++] = F_ID("household", household);
	}
	if (edit->guardian > 0)
		TRY(guardian_check(a->db, edit->guardian, id, err));
	if (edit->guardian >= 0)
		row[n++] = F_ID("guardian", edit->guardian);
	if (edit->wall_name >= 0 || is_new_child)
		row[n++] = F_INT(
			"wall_name", edit->wall_name >= 0 ? edit->wall_name : (int)WALL_MASKED);
	return n;
}

static int write_edit(struct acting *a, int64_t id, const struct resident_edit *edit,
	const struct texts *texts, struct err *err)
{
	CLEANUP(pinyin_text_finish) struct pinyin_text pinyin = { 0 };
	struct field row[FIELDS_MAX] = { 0 };

	TRY(read_pinyin(edit, texts, &pinyin, err));
	TRY(check_birth_year(a->db, edit->birth_year, err));
	int columns = domain_row(a, id, edit, texts, row, err);
	if (columns < 0)
		return columns;
	if (columns > 0)
		TRY(act_update(a, "resident", id, row, err));
	if (edit->fetchers)
		TRY(fetchers_set(a->db, a->act, id, edit->fetchers, err));
	return write_private(a, id, texts, &pinyin, edit->birth_year, err);
}

int resident_edit(struct db *db, const struct act *act, int64_t id,
	const struct resident_edit *edit, struct err *err)
{
	const char *given[TEXT_COUNT] = { edit->name, edit->alias, edit->phone, edit->note,
		edit->building, edit->room };
	CLEANUP(texts_finish) struct texts texts = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident resident;
	struct err faults = { 0 };

	TRY(act_begin(&a, db, act, ACT_RESIDENT_EDIT,
		FIELDS(F_INT("resident", id), F_TEXT("category", edit->category),
			F_INT("guardian", edit->guardian), F_INT("wall_name", edit->wall_name)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(resident_get(db, id, &resident, err));
	TRY(accept(given, &texts, &faults, err));
	if (faults.code) {
		*err = faults;
		return err->code;
	}
	act_set_subject(&a, id, id);
	TRY(write_edit(&a, id, edit, &texts, err));
	return act_commit(&a, id, err);
}

int resident_leave(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident resident;
	struct card card;
	char left_on[11];

	TRY(act_begin(&a, db, act, ACT_RESIDENT_LEAVE, FIELDS(F_INT("resident", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(resident_get(db, id, &resident, err));
	if (resident.has_left)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	TRY(act_check_order(&a, id, err));
	act_set_subject(&a, id, id);
	int has_card = card_of(db, id, &card, err);
	if (has_card < 0)
		return has_card;
	if (has_card)
		TRY(act_update(&a, "card", card.id, FIELDS(F_INT("revoked_at", a.at)), err));
	day_format(when_day(a.at), left_on);
	TRY(act_update(&a, "resident", id, FIELDS(F_TEXT("left_on", left_on)), err));
	return act_commit(&a, id, err);
}
