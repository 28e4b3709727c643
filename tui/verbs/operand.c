#include "tui/verbs/operand.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/catalogue/category.h"
#include "core/people/staff.h"
#include "core/rewards/reward.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"

#define NUMBER_MAX 999999999 /* as papers have them */

/* ---- reading ---- */

static int read_day(const char *text, union value *ret, struct err *err)
{
	return day_parse(text, &ret->day, err);
}

static int read_week(const char *text, union value *ret, struct err *err)
{
	return week_parse(text, &ret->week, err);
}

static int read_month(const char *text, union value *ret, struct err *err)
{
	return month_parse(text, &ret->day, err);
}

static int read_time(const char *text, union value *ret, struct err *err)
{
	return when_parse(text, &ret->at, err);
}

static int read_period(const char *text, union value *ret, struct err *err)
{
	struct err ignored = { 0 };
	struct day first;
	struct week week;

	if (month_parse(text, &first, &ignored) == 0) {
		struct day in_next = day_add(first, 31);
		in_next.day = 1;
		ret->period = (struct days){ first, day_add(in_next, -1) };
		return 0;
	}
	TRY(week_parse(text, &week, err));
	first = week_monday(week);
	ret->period = (struct days){ first, day_add(first, 6) };
	return 0;
}

/* ---- looking up ---- */

static int find_card_or_none(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	*ret_id = 0;
	return strcmp(text, "-") == 0 ? 0 : named_resident(db, text, ret_id, err);
}

static int find_category(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };

	TRY(category_by_code(db, text, &category, err));
	*ret_id = category.id;
	return 0;
}

static int find_reward(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };

	TRY(reward_by_code(db, text, &reward, err));
	*ret_id = reward.id;
	return 0;
}

static int find_staff(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	struct staff staff;

	TRY(staff_by_code(db, text, &staff, err));
	*ret_id = staff.id;
	return 0;
}

/* ---- the types ---- */

static const struct type {
	const char *word; /* msgid */
	int (*read)(const char *text, union value *ret, struct err *err);
	int (*find)(struct db *db, const char *text, int64_t *ret_id, struct err *err);
} types[] = {
	[OPERAND_NONE] = { "" },
	[OPERAND_TEXT] = { N_("TEXT") },
	[OPERAND_FILE] = { N_("FILE") },
	[OPERAND_NUMBER] = { NC_("on paper", "NUMBER") },
	[OPERAND_CHOICE] = { "" }, /* what can be chosen */
	[OPERAND_DAY] = { N_("DAY"), .read = read_day },
	[OPERAND_WEEK] = { N_("WEEK"), .read = read_week },
	[OPERAND_MONTH] = { N_("MONTH"), .read = read_month },
	[OPERAND_PERIOD] = { N_("WEEK|MONTH"), .read = read_period },
	[OPERAND_TIME] = { N_("TIME"), .read = read_time },
	[OPERAND_CARD] = { N_("CARD"), .find = named_resident },
	[OPERAND_CARD_OR_NONE] = { N_("CARD|-"), .find = find_card_or_none },
	[OPERAND_ITEM] = { N_("ITEM"), .find = named_item },
	[OPERAND_LOAN] = { N_("LOAN"), .find = named_loan },
	[OPERAND_VENUE] = { N_("VENUE"), .find = named_venue },
	[OPERAND_BOOKING] = { N_("BOOKING"), .find = named_booking },
	[OPERAND_SHIFT] = { N_("SHIFT"), .find = named_shift },
	[OPERAND_CATEGORY] = { N_("CATEGORY"), .find = find_category },
	[OPERAND_REWARD] = { N_("CODE"), .find = find_reward },
	[OPERAND_MERCHANT] = { N_("MERCHANT"), .find = named_merchant },
	[OPERAND_STAFF] = { N_("STAFF"), .find = find_staff },
	[OPERAND_HOLDER] = { N_("CARD|ACCOUNT|body:NUMBER") },
};
_Static_assert(ARRAY_LEN(types) == OPERAND_TYPE_COUNT, "a row for each");

static char *choices_text(const struct operand *operand, const char *between)
{
	char *text = mem_text(operand->choices[0]);

	for (int i = 1; operand->choices[i]; i++) {
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, between, operand->choices[i]);
	}
	return text;
}

char *operand_choices(const struct operand *operand)
{
	return choices_text(operand, ", ");
}

char *operand_word(const struct operand *operand)
{
	const char *word = operand->word ? operand->word : types[operand->type].word;

	if (!*word && operand->choices)
		return choices_text(operand, "|");
	return mem_text(*word ? _(word) : "");
}

char *operand_usage(const struct operand *operand)
{
	CLEANUP(mem_free) char *word = operand_word(operand);
	bool is_needed = operand_is_needed(operand);

	return mem_printf("%s%s%s%s", is_needed ? "" : "[", word,
		operand_is_repeated(operand) ? "…" : "", is_needed ? "" : "]");
}

enum operand_stage operand_stage(const struct operand *operand)
{
	if (operand->type == OPERAND_TIME)
		return OPERAND_IN_ZONE;
	return types[operand->type].find || operand->type == OPERAND_HOLDER ? OPERAND_BY_NAME
									    : OPERAND_AT_ONCE;
}

bool operand_is_repeated(const struct operand *operand)
{
	return operand->times == TIMES_MANY || operand->times == TIMES_ANY;
}

bool operand_is_needed(const struct operand *operand)
{
	return operand->times == TIMES_ONE || operand->times == TIMES_MANY;
}

bool operand_takes_numbers(const struct operand *operand)
{
	return operand_is_repeated(operand) && types[operand->type].find;
}

int operand_choice(const struct operand *operand, const char *text)
{
	for (int i = 0; operand->choices[i]; i++)
		if (strcmp(operand->choices[i], text) == 0)
			return i;
	return -1;
}

static int read_number(const struct operand *operand, const char *name, const char *text,
	int64_t *ret, struct err *err)
{
	const char *key = operand->key ? operand->key : name ? name : "number";
	bool is_bounded = operand->max != 0;
	long long number;

	TRY(text_integer(text, key, is_bounded ? operand->min : 1,
		is_bounded ? operand->max : NUMBER_MAX, &number, err));
	*ret = number;
	return 0;
}

int operand_read(struct db *db, const struct operand *operand, const char *name, const char *text,
	union value *ret, struct err *err)
{
	const struct type *type = &types[operand->type];

	*ret = (union value){ 0 };
	if (operand->may_be_none && strcmp(text, "none") == 0)
		return 0;
	if (type->find)
		return type->find(db, text, &ret->id, err);
	if (type->read)
		return type->read(text, ret, err);
	if (operand->type == OPERAND_HOLDER)
		return named_holder(db, text, &ret->holder, err);
	if (operand->type == OPERAND_NUMBER)
		return read_number(operand, name, text, &ret->number, err);
	if (operand->type == OPERAND_CHOICE)
		ret->number = operand_choice(operand, text);
	return 0;
}
