#include "tui/timers.h"

#include <stdbool.h>
#include <stddef.h>

#include "core/base/mem.h"

void timers_finish(struct timers *timers)
{
	mem_free(&timers->list);
	timers->count = timers->room = 0;
}

int timers_add(struct timers *timers, struct timer timer)
{
	if (timers->count == timers->room) {
		timers->room = timers->room ? timers->room * 2 : 8;
		timers->list =
			mem_resize(timers->list, (size_t)timers->room * sizeof(*timers->list));
	}
	timer.id = ++timers->last_id;
	timers->list[timers->count++] = timer;
	return timer.id;
}

static void drop(struct timers *timers, int index)
{
	timers->list[index] = timers->list[--timers->count];
}

void timers_cancel(struct timers *timers, int id)
{
	for (int i = 0; i < timers->count; i++) {
		if (timers->list[i].id == id) {
			drop(timers, i);
			return;
		}
	}
}

void timers_cancel_self(struct timers *timers, const void *self)
{
	for (int i = timers->count - 1; i >= 0; i--)
		if (timers->list[i].self == self)
			drop(timers, i);
}

/* Equal times run in the order they were set. */
static bool is_before(const struct timer *a, const struct timer *b)
{
	return a->due_ms != b->due_ms ? a->due_ms < b->due_ms : a->id < b->id;
}

static int first(const struct timers *timers, int up_to_id)
{
	int best = -1;
	for (int i = 0; i < timers->count; i++)
		if (timers->list[i].id <= up_to_id &&
			(best < 0 || is_before(&timers->list[i], &timers->list[best])))
			best = i;
	return best;
}

int64_t timers_next(const struct timers *timers)
{
	int index = first(timers, timers->last_id);
	return index < 0 ? -1 : timers->list[index].due_ms;
}

void timers_run(struct timers *timers, struct app *app, int64_t now_ms)
{
	int up_to_id = timers->last_id;
	for (;;) {
		int index = first(timers, up_to_id);
		if (index < 0 || timers->list[index].due_ms > now_ms)
			return;
		struct timer timer = timers->list[index];
		drop(timers, index);
		timer.run(app, timer.self);
	}
}
