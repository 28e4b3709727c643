/* The running list of a visit, and what is reported with it. */
#include <stdlib.h>
#include <string.h>

#include "core/desk/desk.h"
#include "core/desk/internal.h"

void lines_forget(struct desk *desk)
{
	for (int i = 0; i < desk->line_count; i++)
		outcome_reset(&desk->lines[i].outcome);
	free(TAKE(desk->lines));
	desk->line_count = 0;
}

/* What is known now replaces the question about the same item. */
static void drop_question(struct desk *desk, int64_t item)
{
	int kept = 0;

	for (int i = 0; i < desk->line_count; i++) {
		struct outcome *o = &desk->lines[i].outcome;
		if (o->item == item && (o->kind == OUTCOME_ASK || o->kind == OUTCOME_LEFT))
			outcome_reset(o);
		else
			desk->lines[kept++] = desk->lines[i];
	}
	desk->line_count = kept;
}

void line_note(struct desk *desk, const struct outcome *outcome)
{
	if (outcome->item)
		drop_question(desk, outcome->item);
	desk->lines =
		mem_resize(desk->lines, (size_t)(desk->line_count + 1) * sizeof(*desk->lines));
	desk->lines[desk->line_count++] = (struct desk_line){ .outcome = outcome_copy(outcome),
		.serial = desk->next_serial++ };
}

int desk_line_count(const struct desk *desk)
{
	return desk->line_count;
}

const struct desk_line *desk_line_at(const struct desk *desk, int index)
{
	return index >= 0 && index < desk->line_count ? &desk->lines[index] : NULL;
}

/* ---- beside the call's own outcome ---- */

void beside_add(struct desk *desk, struct outcome *outcome)
{
	outcome_fill(outcome);
	desk->beside =
		mem_resize(desk->beside, (size_t)(desk->beside_count + 1) * sizeof(*desk->beside));
	desk->beside[desk->beside_count++] = *outcome;
	*outcome = (struct outcome)OUTCOME_INIT;
}

bool desk_beside(struct desk *desk, struct outcome *ret)
{
	if (!desk->beside_count)
		return false;
	outcome_reset(ret);
	*ret = desk->beside[0];
	desk->beside_count--;
	memmove(desk->beside, desk->beside + 1, (size_t)desk->beside_count * sizeof(*desk->beside));
	return true;
}
