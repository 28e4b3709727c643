/* The roster on paper: what is on it. The English words are the message ids. */
#include <string.h>

#include "core/base/code.h"
#include "core/duty/reasons.h"
#include "core/duty/roster_table.h"
#include "core/duty/service_record.h"
#include "core/duty/shift_acts.h"
#include "core/people/resident_acts.h"
#include "core/sheets/day_sheet.h"
#include "core/sheets/duty_month.h"
#include "core/sheets/duty_slip.h"
#include "core/sheets/roster.h"
#include "core/sheets/service_record.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

static const struct letterhead english = { .language = "en" };

static char *text_of(struct sheet *sheet)
{
	char *text = sheet_take_text(sheet);

	sheet_destroy(sheet);
	return text;
}

static char *roster_text(struct crew *c, const struct roster_options *options)
{
	struct sheet *sheet = NULL;

	assert_ok(roster_build(c->shop->db, &english, next_week, options, &sheet, &c->shop->err),
		&c->shop->err);
	return text_of(sheet);
}

#define assert_has(text, part)                                        \
	do {                                                          \
		if (!strstr(text, part))                              \
			fail_msg("no \"%s\" in\n%s", (part), (text)); \
	} while (0)
#define assert_lacks(text, part) assert_null(strstr(text, part))

static int count(const char *text, const char *part)
{
	int n = 0;

	while ((text = strstr(text, part))) {
		n++;
		text += strlen(part);
	}
	return n;
}

static const struct roster_options a4 = { .paper = ROSTER_A4 };

TEST(names_stand_as_chosen_with_the_leader_first, crew)
{
	struct crew *c = *state;
	int64_t shift = crew_shift(c, MONDAY "T09:00", MONDAY "T12:00"), id;
	struct resident_edit masked = RESIDENT_EDIT_INIT;

	masked.name = "欧阳小三";
	masked.wall_name = WALL_MASKED;
	assert_ok(resident_edit(c->shop->db, &by_volunteer, c->zhen, &masked, &c->shop->err),
		&c->shop->err);
	crew_assign(c, shift, c->zhen);
	const struct assignment_draft leads = { shift, c->chen, true };
	assert_ok(shift_assign(c->shop->db, &by_coordinator, &leads, &id, &c->shop->err),
		&c->shop->err);
	CLEANUP(mem_free) char *text = roster_text(c, &a4);
	const char *leader = strstr(text, "★何A"), *helper = strstr(text, "欧**三");
	assert_non_null(leader);
	assert_non_null(helper);
	assert_true(leader < helper);
	assert_lacks(text, "欧阳小三");
	assert_has(text, "9:00–12:00");
	assert_has(text, "draft");
}

TEST(what_is_open_stands_in_words, crew)
{
	struct crew *c = *state;

	crew_assign(c, crew_shift(c, MONDAY "T09:00", MONDAY "T12:00"), c->zhen);
	CLEANUP(mem_free) char *text = roster_text(c, &a4);
	assert_has(text, "○ 1 more needed");
	assert_has(text, "○ lacks: 负责人");
}

TEST(version_stand_ins_and_changes_are_marked, crew)
{
	struct crew *c = *state;
	int64_t shift = crew_shift(c, MONDAY "T09:00", MONDAY "T12:00"), id;
	int64_t place = crew_assign(c, shift, c->zhen);

	assert_ok(roster_publish(c->shop->db, &by_coordinator, next_week, NULL, &c->shop->err),
		&c->shop->err);
	CLEANUP(mem_free) char *first = roster_text(c, &a4);
	assert_has(first, "version 1 ·");
	assert_lacks(first, "▲");
	assert_lacks(first, "※");
	c->shop->clock.set_wall += 60;
	assert_ok(assignment_hand_over(c->shop->db, &by_coordinator,
			  &(struct handing_over){ place, c->huang }, &id, &c->shop->err),
		&c->shop->err);
	CLEANUP(mem_free) char *amended = roster_text(c, &a4);
	assert_has(amended, "version 1, changed since");
	assert_has(amended, "▲何B※");
	assert_has(amended, "▲ stand-in");
	c->shop->clock.set_wall += 60;
	assert_ok(roster_publish(c->shop->db, &by_coordinator, next_week, NULL, &c->shop->err),
		&c->shop->err);
	CLEANUP(mem_free) char *second = roster_text(c, &a4);
	assert_has(second, "version 2 ·");
	assert_has(second, "▲何B※");
}

TEST(the_wall_has_no_codes_and_the_desk_copy_has, crew)
{
	struct crew *c = *state;
	const struct roster_options desk = { .is_desk_copy = true };
	int64_t shift = crew_shift(c, MONDAY "T09:00", MONDAY "T12:00");
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_SHIFT, shift, code);
	CLEANUP(mem_free) char *wall = roster_text(c, &a4);
	CLEANUP(mem_free) char *copy = roster_text(c, &desk);
	assert_lacks(wall, code);
	assert_has(copy, code);
}

TEST(holidays_stand_in_their_days_head, crew)
{
	struct crew *c = *state;

	crew_shift(c, MONDAY "T09:00", MONDAY "T12:00");
	shop_close_days(c->shop, "2026-11-25", "2026-11-26", false);
	CLEANUP(mem_free) char *text = roster_text(c, &a4);
	assert_int_equal(count(text, "停用"), 2);
}

TEST(tiled_sheets_share_the_days, crew)
{
	struct crew *c = *state;
	const struct roster_options tiled = { .paper = ROSTER_A3_TILED };

	crew_shift(c, MONDAY "T09:00", MONDAY "T12:00");
	crew_shift(c, "2026-11-29T09:00", "2026-11-29T12:00");
	CLEANUP(mem_free) char *text = roster_text(c, &tiled);
	assert_int_equal(count(text, "\npage\n"), 2);
	assert_int_equal(count(text, "9:00–12:00"), 2); /* each has the periods */
	assert_int_equal(count(text, "11/29"), 1);
}

TEST(the_same_roster_is_the_same_paper, crew)
{
	struct crew *c = *state;

	crew_assign(c, crew_shift(c, MONDAY "T09:00", MONDAY "T12:00"), c->zhen);
	CLEANUP(mem_free) char *one = roster_text(c, &a4);
	CLEANUP(mem_free) char *other = roster_text(c, &a4);
	assert_string_equal(one, other);
}

TEST(shifts_of_the_same_hours_share_a_row, crew)
{
	struct crew *c = *state;
	const struct shift_draft weekend = { "周末", at("2026-11-28T09:00"), at("2026-11-28T12:00"),
		1, 0 };
	int64_t id = 0;

	crew_shift(c, MONDAY "T09:00", MONDAY "T12:00");
	crew_shift(c, "2026-11-24T09:00", "2026-11-24T12:00");
	crew_shift(c, MONDAY "T14:00", MONDAY "T17:00");
	assert_ok(shift_add(c->shop->db, &by_coordinator, &weekend, &id, &c->shop->err),
		&c->shop->err);
	const struct shift_draft beside = { "花园", at(MONDAY "T09:00"), at(MONDAY "T12:00"), 1,
		0 };
	assert_ok(shift_add(c->shop->db, &by_coordinator, &beside, &id, &c->shop->err),
		&c->shop->err);
	CLEANUP(roster_finish) struct roster roster = { 0 };
	CLEANUP(roster_table_finish) struct roster_table table = { 0 };
	assert_ok(roster_get(c->shop->db, next_week, &roster, &c->shop->err), &c->shop->err);
	roster_table(&roster, &table);
	assert_int_equal(table.count, 3);
	assert_string_equal(table.rows[0].name, "服务台");
	assert_string_equal(roster_cell(&roster, &table, 0, 5)->name, "周末");
	assert_string_equal(roster_cell(&roster, &table, 1, 0)->name, "花园");
	assert_null(roster_cell(&roster, &table, 1, 1));
	assert_int_equal(table.rows[2].start, 14 * 60);
}

TEST(a_week_without_shifts_has_no_paper, crew)
{
	struct crew *c = *state;
	struct sheet *sheet = NULL;

	assert_refused(roster_build(c->shop->db, &english, next_week, &a4, &sheet, &c->shop->err),
		&c->shop->err, ROSTER_EMPTY);
}

TEST(a_slip_and_a_days_sheet_carry_the_shifts_code, crew)
{
	struct crew *c = *state;
	int64_t shift = crew_shift(c, MONDAY "T09:00", MONDAY "T12:00");
	struct sheet *slip = NULL, *day = NULL;
	char code[CODE_TEXT_MAX];

	crew_assign(c, shift, c->zhen);
	code_write_id(CODE_SHIFT, shift, code);
	assert_refused(duty_slip_build(c->shop->db, &english, c->zhen, 58, &slip, &c->shop->err),
		&c->shop->err, SHIFT_NOT_ASSIGNED); /* a draft is not a fact */
	assert_ok(roster_publish(c->shop->db, &by_coordinator, next_week, NULL, &c->shop->err),
		&c->shop->err);
	assert_ok(duty_slip_build(c->shop->db, &english, c->zhen, 58, &slip, &c->shop->err),
		&c->shop->err);
	assert_ok(day_sheet_build(
			  c->shop->db, &english, (struct day){ 2026, 11, 23 }, &day, &c->shop->err),
		&c->shop->err);
	CLEANUP(mem_free) char *on_slip = text_of(slip);
	CLEANUP(mem_free) char *on_day = text_of(day);
	assert_has(on_slip, code);
	assert_has(on_slip, "一楼大厅");
	assert_has(on_day, code);
	assert_has(on_day, "何C");
	assert_refused(duty_slip_build(c->shop->db, &english, c->chen, 58, &slip, &c->shop->err),
		&c->shop->err, SHIFT_NOT_ASSIGNED);
}

TEST(a_month_has_its_days_and_people, crew)
{
	struct crew *c = *state;
	struct sheet *sheet = NULL;

	crew_assign(c, crew_shift(c, MONDAY "T09:00", MONDAY "T12:00"), c->zhen);
	assert_ok(duty_month_build(c->shop->db, &english, 2026, 11, &sheet, &c->shop->err),
		&c->shop->err);
	CLEANUP(mem_free) char *text = text_of(sheet);
	assert_has(text, "9:00 何C ○1");
	assert_has(text, "\t30\n");
	assert_lacks(text, "\t31\n");
}

TEST(a_service_record_has_a_number_that_is_found_again, crew)
{
	struct crew *c = *state;
	int64_t shift = crew_shift(c, "2026-11-21T14:00", "2026-11-21T17:00");
	const struct act self = crew_self(c->zhen);
	struct service_record record = { 0 }, found = { 0 };
	struct sheet *sheet = NULL;

	crew_assign(c, shift, c->zhen);
	assert_ok(attendance_in(c->shop->db, &self, shift, c->zhen, &c->shop->err), &c->shop->err);
	shop_set_clock(c->shop, "2026-11-21T17:00");
	assert_ok(attendance_out(c->shop->db, &self, shift, c->zhen, &c->shop->err), &c->shop->err);
	assert_ok(service_record_issue(c->shop->db, &by_volunteer, c->zhen,
			  (struct day){ 2026, 11, 1 }, (struct day){ 2026, 11, 30 }, &record,
			  &c->shop->err),
		&c->shop->err);
	assert_int_equal(record.minutes.n, 180);
	assert_ok(service_record_get(c->shop->db, record.number, &found, &c->shop->err),
		&c->shop->err);
	assert_true(found.resident == c->zhen && found.minutes.n == 180 && found.lines == 1);
	assert_ok(service_record_build(c->shop->db, &english, &record, &sheet, &c->shop->err),
		&c->shop->err);
	CLEANUP(mem_free) char *text = text_of(sheet);
	assert_has(text, "No. 000001");
	char code[CODE_TEXT_MAX];
	code_write_id(CODE_RECORD, record.id, code);
	assert_has(text, code);
	assert_has(text, "何C");
	assert_refused(service_record_issue(c->shop->db, &by_volunteer, c->chen,
			       (struct day){ 2026, 11, 1 }, (struct day){ 2026, 11, 30 }, &record,
			       &c->shop->err),
		&c->shop->err, HOURS_UNKNOWN);
}
