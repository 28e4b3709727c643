#include "core/exchange/signup_rows.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/mem.h"

const char *signup_state_name(enum signup_state state)
{
	static const char *const names[] = { "sure", "already", "refused", "doubtful", "unread",
		"quiet", "dropped" };

	static_assert(ARRAY_LEN(names) == SIGNUP_STATE_COUNT, "a name each");
	return names[state];
}

void signup_list_finish(struct signup_list *list)
{
	for (int i = 0; i < list->count; i++) {
		free(list->rows[i].who);
		free(list->rows[i].when);
		free(list->rows[i].text);
	}
	for (int i = 0; i < list->doubt_count; i++)
		free(list->doubts[i].text);
	free(list->rows);
	free(list->doubts);
	*list = (struct signup_list){ 0 };
}
