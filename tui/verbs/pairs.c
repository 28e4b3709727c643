#include "tui/verbs/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/base/when.h"
#include "tui/i18n.h"

/* "a, b, c" of the names that `name_of` gives, until it gives NULL. */
static char *listed(const char *(*name_of)(const void *, int), const void *all)
{
	char *names = mem_text("");
	const char *name;

	for (int i = 0; (name = name_of(all, i)); i++) {
		CLEANUP(mem_free) char *before = names;
		names = mem_printf("%s%s%s", before, *before ? ", " : "", name);
	}
	return names;
}

static const char *name_of_key(const void *keys, int index)
{
	return ((const struct pair *)keys)[index].name;
}

static const char *name_of_word(const void *key, int index)
{
	const struct pair *k = key;

	return index < k->words ? k->word(index) : NULL;
}

static void put_number(void *member, size_t size, int64_t number)
{
	int narrow = (int)number;

	if (size == sizeof(narrow))
		memcpy(member, &narrow, sizeof(narrow));
	else
		memcpy(member, &number, sizeof(number));
}

static int64_t number_at(const void *member, size_t size)
{
	int64_t number;
	int narrow;

	if (size == sizeof(narrow)) {
		memcpy(&narrow, member, sizeof(narrow));
		return narrow;
	}
	memcpy(&number, member, sizeof(number));
	return number;
}

static int read_word(struct call *call, const struct pair *key, const char *value, void *member)
{
	for (int i = 0; i < key->words; i++)
		if (strcmp(key->word(i), value) == 0) {
			put_number(member, key->size, i);
			return 0;
		}
	CLEANUP(mem_free) char *words = listed(name_of_word, key);
	return call_usage(call, _("%s is one of: %s"), key->name, words);
}

static int read_fact(struct call *call, const struct pair *key, const char *value, bool *member)
{
	bool is_yes = strcmp(value, "yes") == 0;

	if (!is_yes && strcmp(value, "no") != 0)
		return call_usage(call, _("%s is one of: %s"), key->name, "yes, no");
	*member = is_yes;
	return 0;
}

static int read_day(const struct pair *key, const char *value, char *member, struct err *err)
{
	struct day day;

	if (!key->word || strcmp(value, key->word(0)) != 0)
		TRY(day_parse(value, &day, err));
	memset(member, 0, key->size);
	strncpy(member, value, key->size - 1);
	return 0;
}

static void set_blank(const struct pair *key, void *member)
{
	if (key->kind == PAIR_DAY)
		memset(member, 0, key->size);
	else
		put_number(member, key->size, PAIR_BLANK);
}

static int set_key(
	struct call *call, const struct pair *key, const char *value, void *object, struct err *err)
{
	void *member = (char *)object + key->offset;
	long long number;

	if (key->may_be_blank && !*value) {
		set_blank(key, member);
		return 0;
	}
	switch (key->kind) {
	case PAIR_NUMBER:
		TRY(text_integer(value, key->name, 0, key->max, &number, err));
		put_number(member, key->size, number);
		return 0;
	case PAIR_YUAN:
		return money_parse(value, key->name, false, member, err);
	case PAIR_TEXT:
		free(*(char **)member);
		*(char **)member = mem_text(value);
		return 0;
	case PAIR_WORD:
		return read_word(call, key, value, member);
	case PAIR_DAY:
		return read_day(key, value, member, err);
	case PAIR_FACT:
		return read_fact(call, key, value, member);
	}
	return 0;
}

static const struct pair *key_named(const struct pair *keys, const char *operand, size_t len)
{
	for (; keys->name; keys++)
		if (strlen(keys->name) == len && strncmp(keys->name, operand, len) == 0)
			return keys;
	return NULL;
}

int pairs_read(struct call *call, int from, const struct pair *keys, void *object, struct err *err)
{
	for (int i = from; i < call_count(call); i++) {
		const char *operand = call_operand(call, i);
		size_t len = strcspn(operand, "=");
		const struct pair *key = operand[len] ? key_named(keys, operand, len) : NULL;
		if (!key) {
			CLEANUP(mem_free) char *names = listed(name_of_key, keys);
			return call_usage(
				call, _("%s is no KEY=VALUE; the keys are: %s"), operand, names);
		}
		int r = set_key(call, key, operand + len + 1, object, err);
		if (r != 0)
			return r;
	}
	return 0;
}

static void put_cell(struct table *table, const struct pair *key, const void *member)
{
	int64_t number;

	switch (key->kind) {
	case PAIR_NUMBER:
	case PAIR_YUAN:
	case PAIR_WORD:
		number = number_at(member, key->size);
		if (key->may_be_blank && number == PAIR_BLANK)
			table_text(table, NULL);
		else if (key->kind == PAIR_WORD)
			table_word(table, key->word((int)number),
				key->shown ? key->shown((int)number) : NULL);
		else
			table_number(table, number, NULL);
		return;
	case PAIR_TEXT:
		table_text(table, *(char *const *)member);
		return;
	case PAIR_DAY:
		table_text(table, *(const char *)member ? member : NULL);
		return;
	case PAIR_FACT:
		table_fact(table, *(const bool *)member,
			*(const bool *)member ? C_("fact", "yes") : C_("fact", "no"));
		return;
	}
}

void pairs_table(struct table *table, const struct pair *keys, const void *object)
{
	for (; keys->name; keys++)
		put_cell(table, keys, (const char *)object + keys->offset);
}
