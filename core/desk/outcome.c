#include "core/desk/outcome.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"

static const enum outcome_signal signals[OUTCOME_KIND_COUNT] = {
	[OUTCOME_VISIT] = SIGNAL_DONE,
	[OUTCOME_LENT] = SIGNAL_DONE,
	[OUTCOME_RETURNED] = SIGNAL_DONE,
	[OUTCOME_RENEWED] = SIGNAL_DONE,
	[OUTCOME_UNDONE] = SIGNAL_UNDONE,
	[OUTCOME_ALREADY] = SIGNAL_DONE,
	[OUTCOME_ASK] = SIGNAL_PERSON,
	[OUTCOME_LEFT] = SIGNAL_PERSON,
	[OUTCOME_RENEWED_ALL] = SIGNAL_DONE,
	[OUTCOME_REPORTED] = SIGNAL_DONE,
	[OUTCOME_ITEM] = SIGNAL_PERSON,
	[OUTCOME_NEED_CARD] = SIGNAL_PERSON,
	[OUTCOME_VENUE_IN] = SIGNAL_DONE,
	[OUTCOME_VENUE_OUT] = SIGNAL_DONE,
	[OUTCOME_DOOR] = SIGNAL_PERSON,
	[OUTCOME_DOOR_LEFT] = SIGNAL_UNDONE,
	[OUTCOME_DUTY_IN] = SIGNAL_DONE,
	[OUTCOME_DUTY_OUT] = SIGNAL_DONE,
	[OUTCOME_LOAN] = SIGNAL_DONE,
	[OUTCOME_RECORD] = SIGNAL_DONE,
	[OUTCOME_CERTIFICATE] = SIGNAL_DONE,
	[OUTCOME_VOUCHER] = SIGNAL_DONE,
	[OUTCOME_BLANK] = SIGNAL_DONE,
	[OUTCOME_NEW_BOOK] = SIGNAL_PERSON,
	[OUTCOME_HELD] = SIGNAL_DONE,
	[OUTCOME_UNHELD] = SIGNAL_DONE,
	[OUTCOME_FINISHED] = SIGNAL_DONE,
	[OUTCOME_REFUSED] = SIGNAL_REFUSED,
};

enum outcome_signal outcome_signal(const struct outcome *o)
{
	if (o->kind == OUTCOME_REFUSED && o->can_override)
		return SIGNAL_PERSON;
	if (o->kind == OUTCOME_RENEWED_ALL && o->refused)
		return SIGNAL_PERSON;
	return signals[o->kind];
}

void outcome_fill(struct outcome *o)
{
	char **texts[] = { &o->name, &o->safety, &o->held_for };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (!*texts[i])
			*texts[i] = mem_text("");
}

struct outcome outcome_copy(const struct outcome *o)
{
	struct outcome copy = *o;

	copy.name = mem_text(o->name);
	copy.safety = mem_text(o->safety);
	copy.held_for = mem_text(o->held_for);
	outcome_fill(&copy);
	return copy;
}

void outcome_reset(struct outcome *o)
{
	free(o->name);
	free(o->safety);
	free(o->held_for);
	*o = (struct outcome)OUTCOME_INIT;
}

void outcome_of_item(const struct item *item, enum outcome_kind kind, struct outcome *ret)
{
	ret->kind = kind;
	ret->item = item->id;
	ret->number = item->number;
	ret->loan = item->loan;
	ret->due_at = item->loan_due_at;
	ret->name = mem_text(item->name);
	ret->safety = mem_text(item->safety);
}
