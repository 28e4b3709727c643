#include "core/people/resident.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/card.h"
#include "core/people/household.h"
#include "core/people/pinyin.h"
#include "core/people/reasons.h"
#include "core/store/acting.h"

#define PHONE_DIGITS_MIN 3 /* short numbers of a private net */
#define PHONE_DIGITS_MAX 15
#define MOBILE_DIGITS    11
#define PHONE_TAIL       4
#define FIELDS_MAX       12

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

/* What stands before a mobile number of 11 digits and means China. */
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

/* Digits alone, a leading + kept; +86 and the like before a mobile number are dropped. */
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

/* 张　三, as it stands in tables to be as wide as three characters, is 张三. */
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

/* A rule that says no joins the others in `faults`; anything worse ends the act. */
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

/* ---- reading ---- */

#define RESIDENT_SQL                                                                    \
	"SELECT id, number, household, category, guardian, wall_name, consent_version," \
	" consent_at, joined_on, left_on FROM resident WHERE "

static int read_one(struct query *q, struct resident *ret, struct err *err)
{
	int r = query_next(q, err);

	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(RESIDENT_UNKNOWN));
	struct resident resident = { .id = query_int(q, "id"),
		.number = query_int(q, "number"),
		.household = query_int(q, "household"),
		.category = query_int(q, "category"),
		.guardian = query_int(q, "guardian"),
		.wall_name = (enum wall_name)query_int(q, "wall_name"),
		.consent_at = query_int(q, "consent_at"),
		.has_left = !query_is_null(q, "left_on") };
	const char *version = query_text0(q, "consent_version");
	memcpy(resident.consent_version, version, strnlen(version, RESIDENT_CONSENT_MAX));
	TRY(day_parse(query_text0(q, "joined_on"), &resident.joined_on, err));
	if (resident.has_left)
		TRY(day_parse(query_text0(q, "left_on"), &resident.left_on, err));
	*ret = resident;
	return 0;
}

int resident_get(struct db *db, int64_t id, struct resident *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, RESIDENT_SQL "id = :id", FIELDS(F_INT("id", id)), err));
	return read_one(&q, ret, err);
}

int resident_by_number(struct db *db, int64_t number, struct resident *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(
		&q, db, RESIDENT_SQL "number = :number", FIELDS(F_INT("number", number)), err));
	return read_one(&q, ret, err);
}

int resident_person(struct db *db, int64_t id, struct resident_person *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT p.name, p.alias, p.phone, p.note, p.pinyin, p.initials, h.building, h.room"
		" FROM resident r LEFT JOIN resident_private p ON p.id = r.id"
		" LEFT JOIN household_private h ON h.id = r.household WHERE r.id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(RESIDENT_UNKNOWN));
	*ret = (struct resident_person){ .name = mem_text(query_text0(&q, "name")),
		.alias = mem_text(query_text0(&q, "alias")),
		.phone = mem_text(query_text0(&q, "phone")),
		.note = mem_text(query_text0(&q, "note")),
		.pinyin = mem_text(query_text0(&q, "pinyin")),
		.initials = mem_text(query_text0(&q, "initials")),
		.building = mem_text(query_text0(&q, "building")),
		.room = mem_text(query_text0(&q, "room")) };
	return 0;
}

void resident_person_finish(struct resident_person *person)
{
	free(person->name);
	free(person->alias);
	free(person->phone);
	free(person->note);
	free(person->pinyin);
	free(person->initials);
	free(person->building);
	free(person->room);
	*person = (struct resident_person){ 0 };
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

/* ---- rules of registration ---- */

static int check_consent(const char *version, struct err *err)
{
	if (!version || !*version)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_NO_CONSENT));
	for (const char *s = version; *s; s++)
		if (*s <= ' ' || *s > '~')
			return err_set(err, ERR_INVALID, REASON_TEXT(TEXT_CONTROL, "consent"));
	if (strlen(version) > RESIDENT_CONSENT_MAX)
		return err_set(err, ERR_INVALID,
			reason_with_text(REASON_TEXT_TOO_LONG, "consent", RESIDENT_CONSENT_MAX));
	return 0;
}

static int check_guardian(struct db *db, int64_t guardian, struct err *err)
{
	int64_t is_there;

	if (guardian <= 0)
		return 0;
	TRY(db_integer(db, "SELECT 1 FROM resident WHERE id = :id", FIELDS(F_INT("id", guardian)),
		0, &is_there, err));
	return is_there ? 0 : err_set(err, ERR_REFUSED, REASON(RESIDENT_UNKNOWN));
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

/* A person exists once: same name, and the same phone, or neither a phone and the same household.
 */
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

/* The private row's columns for what was given. */
static int private_row(
	const struct texts *texts, const struct pinyin_text *pinyin, struct field row[FIELDS_MAX])
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
	return n;
}

static int write_private(struct acting *a, int64_t id, const struct texts *texts,
	const struct pinyin_text *pinyin, struct err *err)
{
	struct field row[FIELDS_MAX] = { 0 };

	if (private_row(texts, pinyin, row) == 0)
		return 0;
	return act_private(a, "resident_private", id, row, err);
}

/* What was found to hold before anything is written. */
struct checked {
	int64_t category, number;
};

static int check_new(struct db *db, const struct resident_new *resident, struct checked *ret,
	struct err *faults, struct err *err)
{
	const char *code = resident->category ? resident->category : "";
	struct err one = { 0 };

	ret->number = resident->number;
	TRY(note(check_consent(resident->consent_version, &one), &one, faults, err));
	TRY(note(resident_category_by_code(db, code, &ret->category, &one), &one, faults, err));
	TRY(note(check_guardian(db, resident->guardian, &one), &one, faults, err));
	return note(check_number(db, &ret->number, &one), &one, faults, err);
}

static int write_new(struct acting *a, const struct resident_new *resident,
	const struct texts *texts, const struct checked *checked, int64_t *ret_id, struct err *err)
{
	CLEANUP(pinyin_text_finish) struct pinyin_text pinyin = { 0 };
	int64_t id = act_new_id(a), household;
	char joined_on[11];

	TRY(household_at(a->db, a->act, texts->text[TEXT_BUILDING], texts->text[TEXT_ROOM],
		&household, err));
	if (!a->act->is_override)
		TRY(check_twin(a->db, texts, household, err));
	day_format(when_day(a->at), joined_on);
	pinyin_of_name(texts->text[TEXT_NAME], &pinyin);
	act_set_subject(a, id, id);
	TRY(act_insert(a, "resident",
		FIELDS(F_INT("id", id), F_INT("number", checked->number),
			F_ID("household", household), F_INT("category", checked->category),
			F_ID("guardian", resident->guardian),
			F_INT("wall_name", resident->wall_name),
			F_TEXT("consent_version", resident->consent_version),
			F_INT("consent_at", a->at), F_TEXT("joined_on", joined_on)),
		err));
	TRY(write_private(a, id, texts, &pinyin, err));
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
		.initials = mem_text("") };
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

/* The domain row's columns for what was given; returns how many. */
static int domain_row(struct acting *a, const struct resident_edit *edit, const struct texts *texts,
	struct field row[FIELDS_MAX], struct err *err)
{
	int64_t category, household;
	int n = 0;

	if (edit->category) {
		TRY(resident_category_by_code(a->db, edit->category, &category, err));
		row[n++] = F_INT("category", category);
	}
	if (texts->text[TEXT_BUILDING] || texts->text[TEXT_ROOM]) {
		TRY(household_at(a->db, a->act, texts->text[TEXT_BUILDING], texts->text[TEXT_ROOM],
			&household, err));
		row[n++] = F_ID("household", household);
	}
	TRY(check_guardian(a->db, edit->guardian, err));
	if (edit->guardian >= 0)
		row[n++] = F_ID("guardian", edit->guardian);
	if (edit->wall_name >= 0)
		row[n++] = F_INT("wall_name", edit->wall_name);
	return n;
}

static int write_edit(struct acting *a, int64_t id, const struct resident_edit *edit,
	const struct texts *texts, struct err *err)
{
	CLEANUP(pinyin_text_finish) struct pinyin_text pinyin = { 0 };
	struct field row[FIELDS_MAX] = { 0 };

	TRY(read_pinyin(edit, texts, &pinyin, err));
	int columns = domain_row(a, edit, texts, row, err);
	if (columns < 0)
		return columns;
	if (columns > 0)
		TRY(act_update(a, "resident", id, row, err));
	return write_private(a, id, texts, &pinyin, err);
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

/* ---- categories ---- */

int resident_categories(struct db *db, struct resident_category **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct resident_category *categories = NULL;
	int r, count = 0;

	TRY(query_open(&q, db, "SELECT id, code, name FROM resident_category ORDER BY code",
		NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		categories = mem_resize(categories, ((size_t)count + 1) * sizeof(*categories));
		categories[count++] = (struct resident_category){ .id = query_int(&q, "id"),
			.code = mem_text(query_text0(&q, "code")),
			.name = mem_text(query_text0(&q, "name")) };
	}
	if (r < 0) {
		resident_categories_finish(categories, count);
		return r;
	}
	*ret = categories;
	return count;
}

void resident_categories_finish(struct resident_category *categories, int count)
{
	for (int i = 0; i < count; i++) {
		free(categories[i].code);
		free(categories[i].name);
	}
	free(categories);
}

int resident_category_by_code(struct db *db, const char *code, int64_t *ret_id, struct err *err)
{
	int64_t id;

	TRY(db_integer(db, "SELECT id FROM resident_category WHERE code = :code",
		FIELDS(F_TEXT("code", code)), 0, &id, err));
	if (!id)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(CATEGORY_UNKNOWN, code));
	*ret_id = id;
	return 0;
}

int resident_category_add(struct db *db, const struct act *act, const char *code, const char *name,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits code_limits = { .what = "code", .max_chars = 20 };
	static const struct text_limits name_limits = { .what = "name", .max_chars = 20 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *own_code = NULL, *own_name = NULL;
	int64_t is_there;

	TRY(text_accept(code, strlen(code), &code_limits, &own_code, err));
	TRY(text_accept(name, strlen(name), &name_limits, &own_name, err));
	TRY(act_begin(&a, db, act, ACT_RESIDENT_CATEGORY_ADD,
		FIELDS(F_TEXT("code", own_code), F_TEXT("name", own_name)), err));
	if (!a.is_repeat) {
		TRY(db_integer(db, "SELECT 1 FROM resident_category WHERE code = :code",
			FIELDS(F_TEXT("code", own_code)), 0, &is_there, err));
		if (is_there)
			return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, own_code));
		int64_t id = act_new_id(&a);
		TRY(act_insert(&a, "resident_category",
			FIELDS(F_INT("id", id), F_TEXT("code", own_code), F_TEXT("name", own_name)),
			err));
		TRY(act_commit(&a, id, err));
	}
	*ret_id = a.result;
	return 0;
}
