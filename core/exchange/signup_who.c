#include "core/exchange/signup_who.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/duty/volunteer.h"
#include "core/exchange/signup_text.h"
#include "core/people/pinyin.h"
#include "core/people/resident.h"

void signup_people_finish(struct signup_people *people)
{
	for (int i = 0; i < people->count; i++) {
		for (size_t k = 0; k < ARRAY_LEN(people->rows[i].names); k++)
			free(people->rows[i].names[k]);
		free(people->rows[i].pinyin);
	}
	free(people->rows);
	free(people->names);
	*people = (struct signup_people){ 0 };
}

/* ---- reading ---- */

/* A single letter is no name to look for in a text. */
static char *name_of(const char *name)
{
	CLEANUP(mem_free) char *clean = signup_clean(name);

	return mem_text(text_length(clean) > 1 ? clean : "");
}

static int read_person(
	struct db *db, int64_t resident, struct signup_person *person, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person texts = { 0 };
	CLEANUP(mem_free) char *wall = NULL;

	TRY(resident_person(db, resident, &texts, err));
	TRY(resident_wall_name(db, resident, &wall, err));
	*person = (struct signup_person){
		.resident = resident,
		.names = { name_of(texts.name), name_of(texts.alias), name_of(wall) },
		.pinyin = mem_text(texts.pinyin),
	};
	return 0;
}

int signup_people_read(struct db *db, struct signup_people *ret, struct err *err)
{
	CLEANUP(signup_people_finish) struct signup_people people = { 0 };
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };

	TRY(volunteer_list(db, &list, err));
	people.rows = mem_alloc((size_t)(list.count + 1) * sizeof(*people.rows));
	for (; people.count < list.count; people.count++)
		TRY(read_person(
			db, list.rows[people.count].resident, &people.rows[people.count], err));
	people.name_count = 3 * people.count;
	people.names = mem_alloc((size_t)(people.name_count + 1) * sizeof(*people.names));
	for (int i = 0; i < people.name_count; i++)
		people.names[i] = people.rows[i / 3].names[i % 3];
	*ret = people;
	people = (struct signup_people){ 0 };
	return 0;
}

/* ---- ways of being meant ---- */

/* Without the spaces in it. The caller's. */
static char *closed_up(const char *text)
{
	char *copy = mem_text(text), *to = copy;

	for (const char *from = copy; *from; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	return copy;
}

static bool is_called(const struct signup_person *person, const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(person->names); i++) {
		CLEANUP(mem_free) char *name = closed_up(person->names[i]);
		if (*name && strcmp(name, text) == 0)
			return true;
	}
	return false;
}

/* 陈丽方 for 陈丽芳, or chenlifang. */
static bool sounds_so(const struct signup_person *person, const char *text)
{
	CLEANUP(pinyin_text_finish) struct pinyin_text sound = { 0 };
	CLEANUP(mem_free) char *typed = pinyin_query(text);

	if (!*person->pinyin)
		return false;
	if (typed)
		return strcmp(typed, person->pinyin) == 0;
	pinyin_of_name(text, &sound);
	return strcmp(sound.full, person->pinyin) == 0;
}

/* 3栋陈丽芳, 陈丽芳妈妈. */
static bool is_named_within(const struct signup_person *person, const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(person->names); i++)
		if (*person->names[i] && strstr(text, person->names[i]))
			return true;
	return false;
}

/* 丽芳 for 陈丽芳. */
static bool is_given_name(const struct signup_person *person, const char *text)
{
	size_t len = strlen(text), name_len = strlen(person->names[0]);

	return text_length(text) > 1 && name_len > len &&
	       strcmp(person->names[0] + name_len - len, text) == 0;
}

/* 阿依古丽 for 阿依古丽·买买提江, 王军 for 王建军: characters left out, but not the first. */
static bool is_shortened(const struct signup_person *person, const char *text)
{
	const char *name = person->names[0];
	unsigned c = text_next(&text), n;

	if (!c || c != text_next(&name) || !*text)
		return false;
	while ((c = text_next(&text))) {
		do
			n = text_next(&name);
		while (n && n != c);
		if (!n)
			return false;
	}
	return true;
}

static bool begins_alike(const char *a, const char *b)
{
	unsigned first = text_next(&a);

	return first && first == text_next(&b);
}

/* 陈姐, 黄老师, 小何, 阿芳: by one character of the name. */
static bool is_nickname(const struct signup_person *person, const char *text)
{
	static const char *const behind[] = { "姐", "哥", "叔", "伯", "婶", "姨", "阿姨", "老师",
		"先生", "女士", "师傅", "大姐", "大哥", "婆婆", "生", "太", "姑娘", "奶奶",
		"爷爷" };
	static const char *const before[] = { "小", "老", "阿", "大" };
	const char *rest = text;

	if (!text_next(&rest))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(behind); i++)
		if (strcmp(rest, behind[i]) == 0)
			return begins_alike(person->names[0], text);
	for (size_t i = 0; i < ARRAY_LEN(before); i++)
		if (strncmp(text, before[i], strlen(before[i])) == 0)
			return text_length(text) == 2 && strstr(person->names[0], rest) != NULL;
	return false;
}

int signup_who(const struct signup_people *people, const char *text, int64_t ret[SIGNUP_WHO_MAX],
	bool *ret_is_sure)
{
	static bool (*const ways[])(const struct signup_person *, const char *) = { is_called,
		sounds_so, is_given_name, is_named_within, is_shortened, is_nickname };
	CLEANUP(mem_free) char *clean = signup_clean(text), *written = closed_up(clean);
	int count = 0;

	for (size_t way = 0; way < ARRAY_LEN(ways) && count == 0 && *written; way++) {
		for (int i = 0; i < people->count && count < SIGNUP_WHO_MAX; i++)
			if (ways[way](&people->rows[i], written))
				ret[count++] = people->rows[i].resident;
		*ret_is_sure = way == 0 && count == 1;
	}
	return count;
}
