/* Slips of the power-cut pack: what is written on them is entered into the books, each slip
 * once. */
#include "core/base/reasons.h"
#include "core/desk/blank_write.h"
#include "core/desk/power_cut.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/people/resident_acts.h"
#include "core/print/outbox_table.h"
#include "core/site/reasons.h"
#include "core/store/role_reasons.h"
#include "core/venues/session.h"
#include "tests/core/counter.h"
#include "tests/core/rooms.h"

static const struct letterhead english = { .language = "en" };
static const struct act evening = { .role = ROLE_VOLUNTEER, .actor = 1, .why = "Lending slip 1" };

/* A slip of each use, as they come off the printer. */
static void print_slips(struct counter *c, struct blank_issued slips[BLANK_USE_COUNT])
{
	static const int one_each[BLANK_USE_COUNT] = { 1, 1, 1 };

	assert_ok(blanks_issue(c->db, &by_volunteer, one_each, slips, &c->err), &c->err);
}

static struct blank slip_of(struct counter *c, const struct blank_issued *printed)
{
	struct code code = code_read(printed->code, strlen(printed->code), NULL);
	struct blank blank = { 0 };

	assert_int_equal(code.type, CODE_BLANK);
	assert_ok(blank_by_code(c->db, &code, &blank, &c->err), &c->err);
	assert_int_equal(blank.number, printed->number);
	assert_int_equal(blank.use, printed->use);
	return blank;
}

static int enter_items(struct counter *c, const struct blank *blank, int64_t resident,
	const char *when, const int64_t *items, int count)
{
	const struct blank_written written = {
		.at = at(when), .resident = resident, .items = items, .item_count = count
	};

	struct act act = evening;

	act_new_key(act.key); /* as each act at the counter has one */
	c->err = (struct err){ 0 };
	return blank_write(c->db, &act, blank, &written, &c->err);
}

TEST(an_evening_on_paper_comes_into_the_books_as_of_then, counter)
{
	struct counter *c = *state;
	struct blank_issued slips[BLANK_USE_COUNT];
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(loan_finish) struct loan back = { 0 };
	const int64_t items[] = { c->drill, c->ladder };

	print_slips(c, slips);
	shop_set_clock(c->shop, "2026-11-22T10:00");
	struct blank lending = slip_of(c, &slips[BLANK_LEND]);
	assert_ok(enter_items(c, &lending, c->person, "2026-11-21T19:00", items, 2), &c->err);
	assert_int_equal(loan_open_of_item(c->db, c->drill, &loan, &c->err), 1);
	assert_int_equal(loan.resident, c->person);
	assert_instant(loan.lent_at, "2026-11-21T19:00");
	assert_int_equal(count(c, "SELECT count(*) FROM journal WHERE kind = 'loan.open'"), 2);

	struct blank returning = slip_of(c, &slips[BLANK_RETURN]);
	assert_ok(enter_items(c, &returning, 0, "2026-11-21T20:30", items, 1), &c->err);
	assert_ok(loan_get(c->db, loan.id, &back, &c->err), &c->err);
	assert_instant(back.returned_at, "2026-11-21T20:30");
	assert_int_equal(open_loans(c), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM journal WHERE kind = 'blank.enter'"), 2);
	assert_int_equal(
		count(c, "SELECT count(*) FROM journal_why WHERE why = 'Lending slip 1'"), 5);
}

TEST(a_slip_is_entered_once_and_then_shows_what_was_entered, counter)
{
	struct counter *c = *state;
	struct blank_issued slips[BLANK_USE_COUNT];
	CLEANUP(mem_free) struct blank_entry *entries = NULL;
	const int64_t items[] = { c->drill, c->ladder };
	int entered = 0;

	print_slips(c, slips);
	shop_set_clock(c->shop, "2026-11-22T10:00");
	struct blank blank = slip_of(c, &slips[BLANK_LEND]);
	assert_ok(enter_items(c, &blank, c->person, "2026-11-21T19:00", items, 1), &c->err);
	/* As read before the other entry: two volunteers at two machines. */
	assert_refused(enter_items(c, &blank, c->person, "2026-11-21T19:00", items + 1, 1), &c->err,
		BLANK_ENTERED);
	assert_int_equal(open_loans(c), 1);
	assert_instant(slip_of(c, &slips[BLANK_LEND]).entered_at, "2026-11-22T10:00");
	assert_ok(blank_entries(c->db, blank.id, &entries, &entered, &c->err), &c->err);
	assert_int_equal(entered, 1);
	assert_true(entries[0].loan != 0);
}

TEST(a_line_that_cannot_be_keeps_all_of_its_slip_out, counter)
{
	struct counter *c = *state;
	struct blank_issued slips[BLANK_USE_COUNT];
	const int64_t items[] = { c->drill, c->ladder };

	lend_before(c, c->other_card, c->ladder);
	print_slips(c, slips);
	shop_set_clock(c->shop, "2026-11-22T10:00");
	struct blank lending = slip_of(c, &slips[BLANK_LEND]);
	assert_refused(enter_items(c, &lending, c->person, "2026-11-21T19:00", items, 2), &c->err,
		ITEM_OUT_OTHER);
	assert_true(err_has(&c->err, REASON_BLANK_LINE));
	assert_non_null(strstr(c->err.reasons[0].text, "000002"));
	assert_int_equal(open_loans(c), 1);
	assert_int_equal(slip_of(c, &slips[BLANK_LEND]).entered_at, 0);

	struct blank returning = slip_of(c, &slips[BLANK_RETURN]);
	assert_refused(
		enter_items(c, &returning, 0, "2026-11-21T20:30", items, 1), &c->err, ITEM_NOT_OUT);
	assert_int_equal(open_loans(c), 1);
}

TEST(what_has_happened_is_entered_although_a_limit_was_reached, counter)
{
	struct counter *c = *state;
	struct blank_issued slips[BLANK_USE_COUNT];
	CLEANUP(loan_finish) struct loan loan = { 0 };
	const int64_t items[] = { c->drill };

	SHOP_RULE(c->shop, row.category = c->shop->power_tool, row.max_items = 1);
	lend_before(c, c->card, shop_item(c->shop, c->shop->power_tool));
	print_slips(c, slips);
	shop_set_clock(c->shop, "2026-11-22T10:00");
	struct blank blank = slip_of(c, &slips[BLANK_LEND]);
	assert_ok(enter_items(c, &blank, c->person, "2026-11-21T19:00", items, 1), &c->err);
	assert_int_equal(loan_open_of_item(c->db, c->drill, &loan, &c->err), 1);
	assert_true(loan.is_override);
}

TEST(a_room_on_paper_uses_the_booking_although_the_room_was_used_since, counter)
{
	struct counter *c = *state;
	struct blank_issued slips[BLANK_USE_COUNT];
	int64_t room = rooms_add(c->shop, "客厅", 20), id;
	int64_t booking =
		rooms_book(c->shop, room, c->person, "2026-11-21T18:00", "2026-11-21T20:00");
	CLEANUP(mem_free) struct blank_entry *entries = NULL;
	struct session session;
	int entered;

	print_slips(c, slips);
	shop_set_clock(c->shop, "2026-11-22T10:00");
	assert_ok(session_open(c->db, &by_resident,
			  &(struct session_request){ .venue = room, .resident = c->person }, &id,
			  &c->err),
		&c->err);
	struct blank blank = slip_of(c, &slips[BLANK_ROOM]);
	struct blank_written written = { .at = at("2026-11-21T18:10"),
		.until_at = at("2026-11-21T18:05"),
		.resident = c->person,
		.venue = room,
		.people = 4 };
	assert_int_equal(blank_write(c->db, &evening, &blank, &written, &c->err), ERR_INVALID);
	assert_string_equal(c->err.reasons[0].text, "out_at");
	written.until_at = at("2026-11-21T19:50");
	assert_ok(blank_write(c->db, &evening, &blank, &written, &c->err), &c->err);
	assert_ok(blank_entries(c->db, blank.id, &entries, &entered, &c->err), &c->err);
	assert_int_equal(entered, 1);
	assert_ok(session_get(c->db, entries[0].session, &session, &c->err), &c->err);
	assert_int_equal(session.booking, booking);
	assert_int_equal(session.people, 4);
	assert_instant(session.out_at, "2026-11-21T19:50");
	assert_int_equal(rooms_status(c->shop, booking), BOOKING_USED);
	/* They are entered all the same. */
	assert_int_equal(count(c, "SELECT count(*) FROM session WHERE out_at IS NULL"), 1);
}

TEST(a_slip_is_for_volunteers_and_a_made_up_one_is_unknown, counter)
{
	struct counter *c = *state;
	struct blank_issued slips[BLANK_USE_COUNT];
	char made_up[CODE_TEXT_MAX];

	print_slips(c, slips);
	scan(c, slips[BLANK_LEND].code);
	assert_refused_for(c, ROLE_NEEDED);
	desk_set_staff(c->desk, &wei);
	scan(c, slips[BLANK_LEND].code);
	assert_outcome(c, OUTCOME_BLANK);
	assert_int_equal(c->o.blank, slip_of(c, &slips[BLANK_LEND]).id);
	code_write_secret(CODE_BLANK, (const unsigned char[CODE_SECRET_SIZE]){ 1, 2 }, made_up);
	scan(c, made_up);
	assert_refused_for(c, CODE_OUTDATED);
}

static char *pack_text(struct counter *c)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	assert_ok(power_cut_build(c->db, &by_volunteer, &english, &sheet, &c->err), &c->err);
	return sheet_take_text(sheet);
}

static int times_on(const char *text, const char *words)
{
	int times = 0;

	for (const char *s = text; (s = strstr(s, words)); s++)
		times++;
	return times;
}

TEST(the_pack_says_who_has_what_masked_and_when_rooms_are_booked, counter)
{
	struct counter *c = *state;
	struct resident_new neighbour = {
		.name = "张小三", .category = "resident", .consent_version = "2026-1"
	};
	int64_t room = rooms_add(c->shop, "共享客厅", 20), id, loan;

	assert_ok(resident_add(c->db, &by_volunteer, &neighbour, &id, &c->err), &c->err);
	assert_ok(loan_open(c->db, &by_volunteer, &(struct loan_request){ c->ladder, id, 0 }, &loan,
			  &c->err),
		&c->err);
	rooms_book(c->shop, room, id, "2026-11-21T18:00", "2026-11-21T20:00");
	CLEANUP(mem_free) char *text = pack_text(c);
	assert_non_null(strstr(text, "000002"));
	assert_non_null(strstr(text, "张*三"));
	assert_null(strstr(text, "张小三"));
	assert_non_null(strstr(text, "18:00–20:00"));
	assert_non_null(strstr(text, "共享客厅"));
	assert_non_null(strstr(text, "2026"));
	assert_int_equal(times_on(text, "J1P"), 12);
	assert_int_equal(count(c, "SELECT count(*) FROM journal WHERE kind = 'blank.issue'"), 1);
}

TEST(a_house_without_rooms_has_no_slips_for_them, counter)
{
	struct counter *c = *state;
	CLEANUP(mem_free) char *text = pack_text(c);

	assert_int_equal(times_on(text, "J1P"), 9);
	assert_null(strstr(text, "Room slip"));
}

TEST(slips_of_an_older_pack_still_work, counter)
{
	struct counter *c = *state;
	struct blank_issued old[BLANK_USE_COUNT], new[BLANK_USE_COUNT];
	const int64_t items[] = { c->drill };

	print_slips(c, old);
	shop_set_clock(c->shop, "2026-11-22T10:00");
	print_slips(c, new);
	assert_int_equal(new[0].number, old[BLANK_ROOM].number + 1);
	struct blank blank = slip_of(c, &old[BLANK_LEND]);
	assert_ok(enter_items(c, &blank, c->person, "2026-11-21T19:00", items, 1), &c->err);
}

TEST(no_code_of_a_slip_is_kept_and_none_is_told_twice, counter)
{
	struct counter *c = *state;
	static const int one[BLANK_USE_COUNT] = { 1, 0, 0 };
	struct act act = by_volunteer;
	struct blank_issued slip;

	act_new_key(act.key);
	assert_ok(blanks_issue(c->db, &act, one, &slip, &c->err), &c->err);
	assert_refused(blanks_issue(c->db, &act, one, &slip, &c->err), &c->err, CODE_OUTDATED);
	assert_int_equal(count(c, "SELECT count(*) FROM blank"), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM blank WHERE hash LIKE 'J1P%'"), 0);
}

TEST(the_pack_is_queued_with_its_slips_or_not_at_all, counter)
{
	struct counter *c = *state;
	const struct act resident = by_resident;
	int64_t queued = 0;

	assert_refused(power_cut_queue(c->db, &resident, &english, &queued, &c->err), &c->err,
		ROLE_NEEDED);
	assert_int_equal(count(c, "SELECT count(*) FROM blank"), 0);
	c->err = (struct err){ 0 };
	assert_ok(power_cut_queue(c->db, &by_volunteer, &english, &queued, &c->err), &c->err);
	assert_true(queued != 0);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 1);
}
