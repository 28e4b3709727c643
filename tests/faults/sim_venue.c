/* The venue of the simulation, with the rules that sim_model.h implements again. */
#include "core/people/card.h"
#include "core/people/staff.h"
#include "core/rewards/reward.h"
#include "core/store/journal.h"
#include "core/venues/booking.h"
#include "tests/core/rooms.h"
#include "tests/faults/sim_internal.h"

static void make_people(struct sim_world *w, struct shop *s)
{
	assert_ok(resident_category_add(s->db, &by_coordinator, "resident", "居民",
			  &s->resident_category, &s->err),
		&s->err);
	for (int i = 0; i < SIM_PEOPLE; i++) {
		w->stage->people[i] = shop_resident(s);
		assert_ok(card_issue(s->db, &by_volunteer, w->stage->people[i], w->stage->cards[i],
				  NULL, &s->err),
			&s->err);
	}
}

static void make_things(struct sim_world *w, struct shop *s)
{
	s->tool = shop_category(s, "tool", "工具", 0);
	SHOP_RULE(s, row.loan_days = SIM_LOAN_DAYS, row.max_items = SIM_MAX_ITEMS,
		row.max_total = SIM_MAX_ITEMS, row.max_renewals = SIM_RENEWALS,
		row.renew_hours = SIM_RENEW_HOURS, row.overdue = OVERDUE_BLOCK,
		row.grace_days = SIM_GRACE_DAYS);
	for (int i = 0; i < SIM_THINGS; i++) {
		w->stage->things[i] = shop_item(s, s->tool);
		w->stage->numbers[i] = sim_look_integer(
			s->db, "SELECT number FROM item WHERE id = :about", w->stage->things[i]);
	}
}

static void make_the_rest(struct sim_world *w, struct shop *s)
{
	const struct reward towel = { .code = (char *)"towel",
		.name = (char *)"毛巾",
		.points = SIM_PRICE,
		.is_counted = true,
		.stock = SIM_STOCK };

	assert_ok(reward_set(s->db, &by_coordinator, &towel, &w->stage->reward, &s->err), &s->err);
	w->stage->room = rooms_add(s, "活动室", 20);
	ROOMS_POLICY(s, w->stage->room, .max_minutes = 240, .ahead_days = SIM_AHEAD_DAYS);
}

void sim_venue_fill(struct sim_world *w)
{
	struct shop s = { .clock = w->stage->clock };
	struct pepper pepper;
	struct journal_head head;

	assert_ok(pepper_create(w->venue, &pepper, &s.err), &s.err);
	assert_ok(db_create(w->db, 3, "Asia/Shanghai", &w->stage->clock, &s.db, &s.err), &s.err);
	shop_set_week(&s, SIM_OPENS_HOUR * 60, SIM_CLOSES_HOUR * 60, "xxxxxxx");
	make_people(w, &s);
	make_things(w, &s);
	make_the_rest(w, &s);
	assert_ok(db_checkpoint(s.db, true, &s.err), &s.err);
	assert_ok(journal_head(s.db, &head, &s.err), &s.err);
	w->now.rows = head.seq;
	w->now.last_at = clock_now(&w->stage->clock);
	w->now.stock = SIM_STOCK;
	db_close(s.db);
}
