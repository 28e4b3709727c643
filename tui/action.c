#include "tui/action.h"

#include <stddef.h>

bool action_is_available(const struct action *action, struct app *app, void *self)
{
	return !action->is_available || action->is_available(app, self);
}

bool action_run(const struct action *action, struct app *app, void *self)
{
	if (action->opens)
		action->opens(app);
	else if (action->run)
		action->run(app, self);
	return action->opens || action->run;
}

const struct action *action_find(
	const struct action *actions, uint32_t key, struct app *app, void *self)
{
	for (const struct action *a = actions; a && a->key; a++)
		if (a->key == key && action_is_available(a, app, self))
			return a;
	return NULL;
}
