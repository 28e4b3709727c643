#include "tui/action.h"

#include <stddef.h>

bool action_is_available(const struct action *action, struct app *app, void *self)
{
	return !action->is_available || action->is_available(app, self);
}

const struct action *action_find(
	const struct action *actions, uint32_t key, struct app *app, void *self)
{
	for (const struct action *a = actions; a && a->key; a++)
		if (a->key == key && action_is_available(a, app, self))
			return a;
	return NULL;
}
