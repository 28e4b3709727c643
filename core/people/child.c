#include "core/people/child.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define UNDER_14      14
#define MINOR         18
#define NUMBER_DIGITS 9 /* more digits are a phone number */

/* ---- age ---- */

enum age age_of(const char *category, int birth_year, struct day today)
{
	bool is_child = strcmp(category, CATEGORY_CHILD) == 0;

	if (birth_year == 0)
		return is_child ? AGE_UNDER_14 : AGE_ADULT;
	if (today.year - birth_year <= UNDER_14)
		return AGE_UNDER_14;
	return is_child || today.year - birth_year <= MINOR ? AGE_MINOR : AGE_ADULT;
}

int resident_age(struct db *db, int64_t resident, enum age *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT c.code AS category, p.birth_year AS birth_year FROM resident r"
		" JOIN resident_category c ON c.id = r.category"
		" LEFT JOIN resident_private p ON p.id = r.id WHERE r.id = :id",
		FIELDS(F_INT("id", resident)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r < 0 ? r : err_set(err, ERR_NOT_FOUND, REASON(RESIDENT_UNKNOWN));
	*ret = age_of(query_text0(&q, "category"), (int)query_int(&q, "birth_year"), db_today(db));
	return 0;
}

int resident_is_child(struct db *db, int64_t resident, struct err *err)
{
	enum age age;

	TRY(resident_age(db, resident, &age, err));
	return AGE_IS_CHILD(age);
}

/* ---- guardians ---- */

int guardian_check(struct db *db, int64_t guardian, int64_t child, struct err *err)
{
	struct resident resident;

	if (resident_get(db, guardian, &resident, err) < 0)
		return err->code == ERR_NOT_FOUND
			       ? err_set(err, ERR_REFUSED, REASON(RESIDENT_UNKNOWN))
			       : (int)err->code;
	if (resident.has_left)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	int is_child = resident_is_child(db, guardian, err);
	TRY(is_child);
	return is_child || guardian == child ? err_set(err, ERR_REFUSED, REASON(GUARDIAN_UNFIT))
					     : 0;
}

int wards_of(struct db *db, int64_t guardian, int64_t **ret, struct err *err)
{
	return rows_ids(db,
		"SELECT id FROM resident WHERE guardian = :guardian AND left_on IS NULL"
		" ORDER BY number",
		FIELDS(F_INT("guardian", guardian)), ret, err);
}

/* ---- fetchers ---- */

static const struct column fetcher_columns[] = {
	COLUMN(struct fetcher, resident),
	COLUMN(struct fetcher, number),
	COLUMN(struct fetcher, name),
};
static const struct row_type fetcher_rows = ROW_TYPE(struct fetcher, fetcher_columns);
LIST_FINISHER(fetcher_list_finish, struct fetcher_list, fetcher_rows);

static struct fetcher *append(struct fetcher_list *list)
{
	list->rows = mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
	list->rows[list->count] = (struct fetcher){ 0 };
	return &list->rows[list->count++];
}

int fetchers_of(struct db *db, int64_t child, struct fetcher_list *ret, struct err *err)
{
	return rows_list(db, &fetcher_rows,
		"SELECT f.resident AS resident, r.number AS number,"
		" ifnull(p.name, ifnull(k.name, '')) AS name FROM fetcher f"
		" LEFT JOIN resident r ON r.id = f.resident"
		" LEFT JOIN resident_private p ON p.id = f.resident"
		" LEFT JOIN fetcher_private k ON k.id = f.id WHERE f.child = :child"
		" ORDER BY r.number IS NULL, r.number, f.id",
		FIELDS(F_INT("child", child)), ret, err);
}

static char *text_of(const struct fetcher_list *list)
{
	char *text = mem_text("");

	for (int i = 0; i < list->count; i++) {
		CLEANUP(mem_free) char *before = text;
		CLEANUP(mem_free)
		char *number = mem_printf("%lld", (long long)list->rows[i].number);
		text = mem_printf("%s%s%s", before, *before ? "；" : "",
			list->rows[i].number ? number : list->rows[i].name);
	}
	return text;
}

int fetchers_text(struct db *db, int64_t child, char **ret, struct err *err)
{
	CLEANUP(fetcher_list_finish) struct fetcher_list list = { 0 };

	TRY(fetchers_of(db, child, &list, err));
	*ret = text_of(&list);
	return 0;
}

/* How many bytes of `at` are a separator: ; , 、 and their full-width forms, or a line end. */
static size_t separator(const char *at)
{
	static const char *const signs[] = { ";", ",", "\n", "；", "，", "、" };

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (strncmp(at, signs[i], strlen(signs[i])) == 0)
			return strlen(signs[i]);
	return 0;
}

static int bad(const char *written, struct err *err)
{
	return err_set(err, ERR_INVALID, REASON_TEXT(FETCHER_BAD, written));
}

/* A number alone or before a name is a resident's; anything else is the name of another person. */
static int read_one(
	struct db *db, int64_t child, char *word, struct fetcher_list *list, struct err *err)
{
	size_t digits = strspn(word, "0123456789");
	bool is_number = digits > 0 && digits <= NUMBER_DIGITS &&
			 (word[digits] == '\0' || word[digits] == ' ');
	struct resident resident;

	if (!is_number) {
		append(list)->name = mem_text(word);
		return 0;
	}
	word[digits] = '\0';
	if (resident_by_number(db, atoll(word), &resident, err) < 0)
		return err->code == ERR_NOT_FOUND ? bad(word, err) : (int)err->code;
	if (resident.id == child || resident.has_left)
		return bad(word, err);
	for (int i = 0; i < list->count; i++)
		if (list->rows[i].resident == resident.id)
			return 0;
	*append(list) = (struct fetcher){ resident.id, resident.number, NULL };
	return 0;
}

static int read_word(struct db *db, int64_t child, const char *from, size_t len,
	struct fetcher_list *list, struct err *err)
{
	static const struct text_limits limits = { "fetchers", FETCHER_MAX_CHAR, true };
	CLEANUP(mem_free) char *word = NULL;

	TRY(text_accept(from, len, &limits, &word, err));
	if (!*word)
		return 0;
	if (list->count == FETCHERS_MAX)
		return err_set(err, ERR_INVALID, REASON(FETCHERS_MANY, .n1 = FETCHERS_MAX));
	CLEANUP(mem_free) char *narrow = text_narrow(word);
	return read_one(db, child, narrow, list, err);
}

static int read_text(
	struct db *db, int64_t child, const char *text, struct fetcher_list *list, struct err *err)
{
	while (*text) {
		size_t len = 0;
		while (text[len] && separator(text + len) == 0)
			len++;
		TRY(read_word(db, child, text, len, list, err));
		text += len + separator(text + len);
	}
	return 0;
}

/* Registered ones first, by number, as fetchers_of returns them. */
static int by_number(const void *a, const void *b)
{
	const struct fetcher *one = a, *other = b;

	if (!one->number || !other->number)
		return (one->number == 0) - (other->number == 0);
	return one->number < other->number ? -1 : one->number > other->number;
}

int fetchers_tidy(struct db *db, int64_t child, const char *text, char **ret, struct err *err)
{
	CLEANUP(fetcher_list_finish) struct fetcher_list list = { 0 };

	TRY(read_text(db, child, text, &list, err));
	if (list.count > 0)
		qsort(list.rows, (size_t)list.count, sizeof(*list.rows), by_number);
	*ret = text_of(&list);
	return 0;
}

static int remove_all(struct acting *a, int64_t child, struct err *err)
{
	int64_t id;

	for (;;) {
		TRY(db_integer(a->db, "SELECT min(id) FROM fetcher WHERE child = :child",
			FIELDS(F_INT("child", child)), 0, &id, err));
		if (!id)
			return 0;
		TRY(act_private_drop(a, "fetcher_private", id, err));
		TRY(act_delete(a, "fetcher", id, err));
	}
}

static int write_all(
	struct acting *a, int64_t child, const struct fetcher_list *list, struct err *err)
{
	TRY(remove_all(a, child, err));
	for (int i = 0; i < list->count; i++) {
		const struct fetcher *one = &list->rows[i];
		int64_t id = act_new_id(a);
		TRY(act_insert(a, "fetcher",
			FIELDS(F_INT("id", id), F_INT("child", child),
				F_ID("resident", one->resident)),
			err));
		if (!one->resident)
			TRY(act_private(
				a, "fetcher_private", id, FIELDS(F_TEXT("name", one->name)), err));
	}
	return 0;
}

int fetchers_set(
	struct db *db, const struct act *act, int64_t child, const char *text, struct err *err)
{
	CLEANUP(fetcher_list_finish) struct fetcher_list list = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident resident;

	TRY(act_begin(&a, db, act, ACT_FETCHERS_SET, FIELDS(F_INT("child", child)), err));
	if (a.is_repeat)
		return 0;
	TRY(resident_get(db, child, &resident, err));
	TRY(read_text(db, child, text, &list, err));
	TRY(write_all(&a, child, &list, err));
	act_set_subject(&a, child, child);
	return act_commit(&a, child, err);
}
