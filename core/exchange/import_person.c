#include "core/exchange/import_person.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"

#define NUMBER_DIGITS_MAX 9
#define PHONE_DIGITS_MIN  7 /* a longer run of digits is no room and no number of ours */

struct whom {
	char *number, *name, *phone; /* "" if not given */
};

static void whom_finish(struct whom *whom)
{
	free(whom->number);
	free(whom->name);
	free(whom->phone);
}

static bool is_digits(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text);
}

/* 李四（13800000002）, 李四 13800000002: the phone number that follows a name; NULL: none. */
static char *cut_phone(char *name)
{
	char *at = name + strcspn(name, "+0123456789");
	size_t len = strspn(at, "+0123456789-");

	if (at == name || len < PHONE_DIGITS_MIN)
		return NULL;
	char *phone = mem_text_n(at, len);
	*at = '\0';
	while (at > name && strchr("( :,/", at[-1]))
		*--at = '\0';
	return phone;
}

static const char *cell_of(const struct importing *im, int column)
{
	return column < 0 ? "" : import_cell(im, column);
}

static void read_whom(
	const struct importing *im, const struct import_whom *columns, struct whom *ret)
{
	const char *number = cell_of(im, columns->number);
	bool is_number = is_digits(number) && strlen(number) <= NUMBER_DIGITS_MAX;

	ret->number = mem_text(is_number ? number : "");
	if (*number && !is_number) {
		ret->name = text_narrow(number);
		ret->phone = cut_phone(ret->name);
	} else
		ret->name = mem_text(
			columns->name == columns->number ? "" : cell_of(im, columns->name));
	if (!ret->phone)
		ret->phone = mem_text(cell_of(im, columns->phone));
}

/* Name and phone number in the form in which they are stored. */
static int tidy(struct whom *whom, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	const struct resident_new draft = { .name = *whom->name ? whom->name : "-",
		.phone = whom->phone };

	TRY(resident_tidy(&draft, &person, err));
	if (*whom->name) {
		free(whom->name);
		whom->name = TAKE(person.name);
	}
	free(whom->phone);
	whom->phone = TAKE(person.phone);
	return 0;
}

static int find_by_number(
	struct importing *im, int column, const struct whom *whom, int64_t *ret_id, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident resident;
	struct err fault = { 0 };

	if (resident_by_number(import_db(im), atoll(whom->number), &resident, &fault) < 0) {
		if (fault.code == ERR_NOT_FOUND)
			import_fault(im, column, fault.reasons[0]);
		return fault.code == ERR_NOT_FOUND ? 0 : import_note(im, &fault, err);
	}
	TRY(resident_person(import_db(im), resident.id, &person, err));
	if (*whom->name && *person.name && strcmp(whom->name, person.name) != 0)
		import_fault(im, column, REASON(NUMBER_OF_OTHER, .n1 = resident.number));
	else
		*ret_id = resident.id;
	return 0;
}

static int find_by_name(
	struct importing *im, int column, const struct whom *whom, int64_t *ret_id, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, import_db(im),
		"SELECT min(r.id) AS id, count(*) AS count, r.left_on IS NOT NULL AS has_left"
		" FROM resident_private p JOIN resident r ON r.id = p.id"
		" WHERE (:name = '' OR p.name = :name) AND (:phone = '' OR p.phone = :phone)"
		" GROUP BY has_left ORDER BY has_left",
		FIELDS(F_TEXT("name", whom->name), F_TEXT("phone", whom->phone)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		import_fault(im, column, REASON(RESIDENT_UNKNOWN));
	else if (query_int(&q, "count") > 1)
		import_fault(im, column,
			REASON_TEXT(PERSON_SEVERAL, *whom->name ? whom->name : whom->phone));
	else
		*ret_id = query_int(&q, "id");
	return 0;
}

int import_person(
	struct importing *im, const struct import_whom *columns, int64_t *ret_id, struct err *err)
{
	CLEANUP(whom_finish) struct whom whom = { 0 };
	struct err fault = { 0 };

	*ret_id = 0;
	read_whom(im, columns, &whom);
	if (!*whom.number && !*whom.name && !*whom.phone)
		return 0;
	bool is_by_name = *cell_of(im, columns->name) || columns->phone < 0;
	if (tidy(&whom, &fault) < 0) {
		import_fault(im, is_by_name ? columns->name : columns->phone, fault.reasons[0]);
		return 1;
	}
	if (*whom.number)
		TRY(find_by_number(im, columns->number, &whom, ret_id, err));
	else
		TRY(find_by_name(
			im, is_by_name ? columns->name : columns->phone, &whom, ret_id, err));
	return 1;
}
