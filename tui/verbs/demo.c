#include "tui/verbs/demo.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/demo_model.h"
#include "tui/verbs/seed.h"

struct demo_name *demo_name_add(
	struct demo_names *names, const char *name, int64_t id, int64_t number)
{
	if (names->count == names->room) {
		names->room = names->room ? 2 * names->room : 64;
		names->rows = mem_resize(names->rows, (size_t)names->room * sizeof(*names->rows));
	}
	struct demo_name *row = &names->rows[names->count++];
	*row = (struct demo_name){ .name = mem_text(name), .id = id, .number = number };
	return row;
}

const struct demo_name *demo_name_find(const struct demo_names *names, const char *name)
{
	for (int i = 0; i < names->count; i++)
		if (strcmp(names->rows[i].name, name) == 0)
			return &names->rows[i];
	return NULL;
}

static void names_finish(struct demo_names *names)
{
	for (int i = 0; i < names->count; i++)
		free(names->rows[i].name);
	free(names->rows);
}

static void demo_finish(struct demo *d)
{
	names_finish(&d->residents);
	names_finish(&d->items);
	names_finish(&d->venues);
	for (int i = 0; i < d->staff_count; i++) {
		free(d->staff[i].code);
		free(d->staff[i].name);
		free(d->staff[i].pin);
	}
	free(d->staff);
	for (int i = 0; i < d->event_count; i++)
		free(d->events[i].words);
	free(d->events);
	sodium_memzero(&d->pepper, sizeof(d->pepper));
	db_close(d->db);
}

/* All acts in one transaction: a demo is complete or absent, and costs one sync. */
static int fill(struct demo *d, struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;

	TRY(txn_begin(&txn, d->db, err));
	TRY(venue_seed(d->db, &d->act, err));
	TRY(demo_rows(d, err));
	TRY(demo_points(d, err));
	TRY(demo_duty(d, err));
	TRY(demo_events(d, err));
	return txn_commit(&txn, err);
}

static void begin_in_the_past(struct demo *d, const struct clock *clock)
{
	d->now = clock_now(clock);
	d->clock = clock_set(d->now - DEMO_DAYS * INT64_C(86400));
	d->act = (struct act){ .role = ROLE_SYSTEM };
}

int demo_init(struct call *call, const struct venue_plan *plan, struct err *err)
{
	CLEANUP(demo_finish) struct demo d = { .context = call_context(call) };
	struct venue_plan past = *plan;

	begin_in_the_past(&d, plan->clock);
	past.clock = &d.clock;
	TRY(venue_begin(d.context, &past, &d.db, &d.pepper, err));
	d.today = when_day(d.now);
	int r = fill(&d, err);
	if (r == 0)
		r = demo_files(&d, err);
	if (r == 0)
		r = db_publish(TAKE(d.db), err);
	if (r < 0)
		return r;
	printf(_("a demo venue in %s: %d residents, %d items\n"), d.context->dir, d.residents.count,
		d.items.count);
	printf(_("who is who stands in %s/demo.txt\n"), d.context->dir);
	return 0;
}
