/* What the idle board shows. */
#include "core/desk/board.h"
#include "core/duty/assignment.h"
#include "core/duty/roster.h"
#include "core/duty/shift_acts.h"
#include "tests/core/counter.h"
#include "tests/lib/test.h"

TEST(the_board_shows_todays_shifts_with_names_as_chosen_for_the_wall, counter)
{
	struct counter *c = *state;
	struct shift_draft draft = { .name = "下午班",
		.start_at = at("2026-11-21T14:00"),
		.end_at = at("2026-11-21T17:00"),
		.needed = 2 };
	int64_t shift = 0, assignment = 0;
	struct board board;

	assert_ok(shift_add(c->db, &by_coordinator, &draft, &shift, &c->err), &c->err);
	assert_ok(shift_assign(c->db, &by_coordinator,
			  &(struct assignment_draft){
				  .shift = shift, .resident = c->person, .is_leader = true },
			  &assignment, &c->err),
		&c->err);
	assert_ok(board_get(c->db, db_now(c->db), &board, &c->err), &c->err);
	assert_int_equal(board.shift_count, 0); /* a draft is not a fact */
	board_finish(&board);
	assert_ok(roster_publish(c->db, &by_coordinator, (struct week){ 2026, 47 }, NULL, &c->err),
		&c->err);
	assert_ok(board_get(c->db, db_now(c->db), &board, &c->err), &c->err);
	assert_int_equal(board.shift_count, 1);
	assert_string_equal(board.shifts[0].names[0], "何A");
	assert_int_equal(shift_open_slots(&board.shifts[0].shift), 1);
	board_finish(&board);
	shop_set_clock(c->shop, "2026-11-21T17:00");
	assert_ok(board_get(c->db, db_now(c->db), &board, &c->err), &c->err);
	assert_int_equal(board.shift_count, 0);
	board_finish(&board);
}
