#include "core/site/setting.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/site/reasons.h"
#include "core/store/acting.h"

#define SETTING_ROW(name_, text, type_, initial_, min_, max_, word, unit_, help_) \
	[SETTING_##name_] = { .name = text,                                       \
		.type = SETTING_TYPE_##type_,                                     \
		.initial = initial_,                                              \
		.min = min_,                                                      \
		.max = max_,                                                      \
		.initial_word = word,                                             \
		.unit = SETTING_UNIT_##unit_,                                     \
		.help = help_ },
const struct setting_info setting_table[SETTING_COUNT] = { SETTINGS(SETTING_ROW) };

/* What people and files write for yes and no; the first of each is what is stored. */
static const struct {
	const char *text;
	bool is_yes;
} yes_no[] = {
	{ "yes", true },
	{ "no", false },
	{ "1", true },
	{ "0", false },
	{ "是", true },
	{ "否", false },
};

int setting_by_name(const char *name, enum setting *ret, struct err *err)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		if (strcmp(setting_table[i].name, name) != 0)
			continue;
		*ret = (enum setting)i;
		return 0;
	}
	return err_set(err, ERR_NOT_FOUND, REASON_TEXT(SETTING_UNKNOWN, name));
}

static int bad(const struct setting_info *info, struct err *err)
{
	return err_set(err, ERR_INVALID, REASON_TEXT(SETTING_BAD, info->name));
}

static int read_number(
	const struct setting_info *info, const char *value, int64_t *ret, struct err *err)
{
	long long number;

	TRY(text_integer(value, info->name, info->min, info->max, &number, err));
	*ret = number;
	return 0;
}

static int read_yes_no(
	const struct setting_info *info, const char *value, int64_t *ret, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(yes_no); i++) {
		if (!text_equal_fold(yes_no[i].text, value))
			continue;
		*ret = yes_no[i].is_yes;
		return 0;
	}
	return bad(info, err);
}

static bool is_time(const char *value)
{
	struct err ignored = { 0 };
	int minutes;

	return minutes_parse(value, &minutes, &ignored) == 0;
}

static bool is_rounding(const char *value)
{
	return strcmp(value, "down") == 0 || strcmp(value, "up") == 0 ||
	       strcmp(value, "nearest") == 0;
}

/* The check of a word's meaning, if it needs more than its length. */
static bool (*const word_checks[SETTING_COUNT])(const char *) = {
	[SETTING_POINTS_ROUNDING] = is_rounding,
	[SETTING_WORK_FROM] = is_time,
	[SETTING_WORK_UNTIL] = is_time,
};

static int check_word(const struct setting_info *info, const char *value, struct err *err)
{
	int64_t len = (int64_t)strlen(value);
	bool (*means_something)(const char *) = word_checks[info - setting_table];

	if (means_something && !means_something(value))
		return bad(info, err);

	for (const char *s = value; *s; s++)
		if (*s <= ' ' || *s > '~')
			return bad(info, err);
	return len < info->min || len > info->max ? bad(info, err) : 0;
}

static int read_int(
	const struct setting_info *info, const char *value, int64_t *ret, struct err *err)
{
	return info->type == SETTING_TYPE_YES_NO ? read_yes_no(info, value, ret, err)
						 : read_number(info, value, ret, err);
}

/* In stored form: one way of writing each value. The caller's. */
static int canonical(
	const struct setting_info *info, const char *value, char **ret, struct err *err)
{
	int64_t number = 0;

	if (info->type == SETTING_TYPE_WORD) {
		TRY(check_word(info, value, err));
		*ret = mem_text(value);
		return 0;
	}
	TRY(read_int(info, value, &number, err));
	*ret = info->type == SETTING_TYPE_YES_NO ? mem_text(number ? "yes" : "no")
						 : mem_printf("%" PRId64, number);
	return 0;
}

static char *initial_text(const struct setting_info *info)
{
	if (info->type == SETTING_TYPE_WORD)
		return mem_text(info->initial_word);
	if (info->type == SETTING_TYPE_YES_NO)
		return mem_text(info->initial ? "yes" : "no");
	return mem_printf("%" PRId64, info->initial);
}

int setting_text(struct db *db, enum setting setting, char **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	const struct setting_info *info = &setting_table[setting];
	struct err outdated = { 0 };

	TRY(query_open(&q, db, "SELECT value FROM setting WHERE name = :name",
		FIELDS(F_TEXT("name", info->name)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0 || canonical(info, query_text0(&q, "value"), ret, &outdated) < 0)
		*ret = initial_text(info);
	return 0;
}

int setting_int(struct db *db, enum setting setting, int64_t *ret, struct err *err)
{
	CLEANUP(mem_free) char *value = NULL;

	TRY(setting_text(db, setting, &value, err));
	return read_int(&setting_table[setting], value, ret, err);
}

int setting_set(struct db *db, const struct act *act, enum setting setting, const char *value,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *stored = NULL;
	const char *name = setting_table[setting].name;
	int64_t id;

	TRY(canonical(&setting_table[setting], value, &stored, err));
	TRY(act_begin(&a, db, act, ACT_SETTING_SET,
		FIELDS(F_TEXT("name", name), F_TEXT("value", stored)), err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(db, "SELECT id FROM setting WHERE name = :name",
		FIELDS(F_TEXT("name", name)), 0, &id, err));
	if (id) {
		TRY(act_update(&a, "setting", id, FIELDS(F_TEXT("value", stored)), err));
	} else {
		id = act_new_id(&a);
		TRY(act_insert(&a, "setting",
			FIELDS(F_INT("id", id), F_TEXT("name", name), F_TEXT("value", stored)),
			err));
	}
	return act_commit(&a, id, err);
}
