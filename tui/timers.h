/* One-shot timers on a monotonic clock in milliseconds; a handful, so a plain list. */
#pragma once

#include <stdint.h>

struct app;

struct timer {
	int id;
	int64_t due_ms;
	void (*run)(struct app *app, void *self);
	void *self;
};

struct timers {
	struct timer *list;
	int count, room;
	int last_id;
};

void timers_finish(struct timers *timers);
int timers_add(struct timers *timers, struct timer timer); /* sets and returns its id, > 0 */
void timers_cancel(struct timers *timers, int id);
void timers_cancel_self(struct timers *timers, const void *self);
int64_t timers_next(const struct timers *timers); /* the earliest due_ms, or -1 */
/* Runs what is due at `now_ms`, earliest first. What they add runs in a later call. */
void timers_run(struct timers *timers, struct app *app, int64_t now_ms);
