/* Reads what was typed, by the types of operands and options. */
#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"

const struct operand *call_operand_type(const struct call *call, int index)
{
	const struct operand *operand = call->verb->operands;

	for (int i = 0; i < index && operand[1].type; i++)
		operand++;
	return operand;
}

static int not_a_choice(const struct call *call, const struct operand *operand, const char *option,
	const char *text)
{
	CLEANUP(mem_free) char *choices = operand_choices(operand);
	CLEANUP(mem_free)
	char *name = option ? mem_printf("--%s", option) : mem_text(operand->key);

	/* An option or operand, its words, and what was typed. */
	return call_usage(call, _("%s is one of: %s; not %s"), name, choices, text);
}

static int read_one(struct call *call, const struct operand *operand, const char *option,
	const char *text, union value *ret, struct err *err)
{
	if (operand->type == OPERAND_CHOICE && operand_choice(operand, text) < 0)
		return not_a_choice(call, operand, option, text);
	return operand_read(call->db, operand, option, text, ret, err);
}

int call_read(struct call *call, enum operand_stage stage, struct err *err)
{
	int r = 0;

	for (int i = 0; r == 0 && i < call->argc && i < OPERANDS_MAX; i++) {
		const struct operand *operand = call_operand_type(call, i);
		if (operand_stage(operand) == stage && !operand_is_repeated(operand))
			r = read_one(
				call, operand, NULL, call->argv[i], &call->operands_read[i], err);
	}
	for (int i = 0; r == 0 && i < call->known_count; i++) {
		const struct operand *value = &call->known[i]->value;
		if (call->values[i] && operand_stage(value) == stage)
			r = read_one(call, value, call->known[i]->name, call->values[i],
				&call->options_read[i], err);
	}
	return r;
}

/* One whose type in the row must be between `first` and `last`; NULL: left out. */
static const union value *value_at(
	const struct call *call, int index, enum operand_type first, enum operand_type last)
{
	const struct operand *operand = call_operand_type(call, index);

	assert(operand->type >= first && operand->type <= last && !operand_is_repeated(operand));
	return index < call->argc ? &call->operands_read[index] : NULL;
}

static const union value *value_of(
	const struct call *call, const char *name, enum operand_type first, enum operand_type last)
{
	int i = 0;

	while (i < call->known_count && strcmp(call->known[i]->name, name) != 0)
		i++;
	assert(i < call->known_count && call->known[i]->value.type >= first &&
		call->known[i]->value.type <= last);
	return call->values[i] ? &call->options_read[i] : NULL;
}

int64_t call_id(const struct call *call, int index)
{
	const union value *value = value_at(call, index, OPERAND_CARD, OPERAND_STAFF);

	return value ? value->id : 0;
}

int64_t call_number(const struct call *call, int index)
{
	return call_number_or(call, index, 0);
}

int64_t call_number_or(const struct call *call, int index, int64_t otherwise)
{
	const union value *value = value_at(call, index, OPERAND_NUMBER, OPERAND_CHOICE);

	return value ? value->number : otherwise;
}

int64_t call_time(const struct call *call, int index)
{
	return value_at(call, index, OPERAND_TIME, OPERAND_TIME)->at;
}

struct day call_day(const struct call *call, int index)
{
	return call_day_or(call, index, (struct day){ 0 });
}

struct day call_day_or(const struct call *call, int index, struct day otherwise)
{
	const union value *value = value_at(call, index, OPERAND_DAY, OPERAND_MONTH);

	return value ? value->day : otherwise;
}

struct week call_week(const struct call *call, int index)
{
	return value_at(call, index, OPERAND_WEEK, OPERAND_WEEK)->week;
}

struct days call_period(const struct call *call, int index)
{
	return value_at(call, index, OPERAND_PERIOD, OPERAND_PERIOD)->period;
}

struct holder call_holder(const struct call *call, int index)
{
	return value_at(call, index, OPERAND_HOLDER, OPERAND_HOLDER)->holder;
}

int64_t call_option_id(const struct call *call, const char *name, int64_t otherwise)
{
	const union value *value = value_of(call, name, OPERAND_CARD, OPERAND_STAFF);

	return value ? value->id : otherwise;
}

int64_t call_option_number(const struct call *call, const char *name, int64_t otherwise)
{
	const union value *value = value_of(call, name, OPERAND_NUMBER, OPERAND_CHOICE);

	return value ? value->number : otherwise;
}

int64_t call_option_time(const struct call *call, const char *name)
{
	const union value *value = value_of(call, name, OPERAND_TIME, OPERAND_TIME);

	return value ? value->at : 0;
}

struct day call_option_day(const struct call *call, const char *name, struct day otherwise)
{
	const union value *value = value_of(call, name, OPERAND_DAY, OPERAND_MONTH);

	return value ? value->day : otherwise;
}

struct week call_option_week(const struct call *call, const char *name, struct week otherwise)
{
	const union value *value = value_of(call, name, OPERAND_WEEK, OPERAND_WEEK);

	return value ? value->week : otherwise;
}

int call_look_up(const struct call *call, int index, int64_t *ret_id, struct err *err)
{
	union value value;

	TRY(operand_read(call->db, call_operand_type(call, index), NULL, call_operand(call, index),
		&value, err));
	*ret_id = value.id;
	return 0;
}
