/* Rooms, bookings and sessions from a command line. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

/* Every test creates its own people and rooms, so that their order does not matter. */
static char *first_line(const struct ran *ran)
{
	assert_code(ran, 0);
	return mem_text_n(ran->out, strcspn(ran->out, "\n"));
}

static char *new_resident(const struct venue_dir *v, const char *name)
{
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "add", name, AS_ADMIN(v));

	return first_line(&ran);
}

/* A room that is open from morning to night. */
static char *new_room(const struct venue_dir *v, const char *name)
{
	CLEANUP(ran_finish)
	struct ran added = VENUE_RUN(v, "venue", "add", name, "10", AS_ADMIN(v));
	char *number = first_line(&added);
	CLEANUP(ran_finish)
	struct ran hours = VENUE_RUN(v, "venue", "hours", number, "1-7=0:00-24:00", AS_ADMIN(v));

	assert_code(&hours, 0);
	return number;
}

/* "2026-12-05T10:00", that many days ahead. */
static char *then(int days, const char *time_of_day)
{
	char on[11];

	day_format(day_add(when_day(clock_now(&clock_system)), days), on);
	return mem_printf("%sT%s", on, time_of_day);
}

static json_t *field(const struct ran *ran, const char *key)
{
	json_t *array = assert_json(ran, -1);
	json_t *value = json_incref(json_object_get(json_array_get(array, 0), key));

	json_decref(array);
	return value;
}

static void assert_field(const struct ran *ran, const char *key, const char *expected)
{
	json_t *value = field(ran, key);

	assert_string_equal(json_string_value(value), expected);
	json_decref(value);
}

TEST(a_booking_is_added_listed_and_cancelled, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "张一");
	CLEANUP(mem_free) char *room = new_room(v, "客厅甲");
	CLEANUP(mem_free) char *start = then(3, "10:00");
	CLEANUP(mem_free) char *end = then(3, "12:00");
	CLEANUP(mem_free) char *day = mem_text_n(start, 10);
	CLEANUP(ran_finish)
	struct ran added = VENUE_RUN(v, "booking", "add", room, who, start, end, "--people", "4",
		"--purpose", "合唱", AS_ADMIN(v));
	CLEANUP(mem_free) char *number = first_line(&added);
	CLEANUP(ran_finish)
	struct ran list = VENUE_RUN(v, "booking", "list", "--on", day, "--json");
	json_decref(assert_json(&list, 1));
	assert_field(&list, "venue", "客厅甲");
	assert_field(&list, "purpose", "合唱");
	assert_field(&list, "status", "booked");
	assert_field(&list, "name", "张*");
	CLEANUP(ran_finish)
	struct ran taken = VENUE_RUN(
		v, "booking", "add", room, "-", start, end, "--body", "腰鼓队", AS_ADMIN(v));
	assert_code(&taken, 1);
	assert_has(taken.err, "The room is booked from");
	CLEANUP(ran_finish)
	struct ran cancelled = VENUE_RUN(v, "booking", "cancel", number, AS_ADMIN(v));
	assert_code(&cancelled, 0);
	CLEANUP(ran_finish)
	struct ran again = VENUE_RUN(v, "booking", "cancel", number, AS_ADMIN(v));
	assert_code(&again, 1);
	CLEANUP(ran_finish)
	struct ran free_again = VENUE_RUN(
		v, "booking", "add", room, "-", start, end, "--body", "腰鼓队", AS_ADMIN(v));
	assert_code(&free_again, 0);
}

TEST(a_booking_moves_and_keeps_its_number, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "张七");
	CLEANUP(mem_free) char *room = new_room(v, "客厅庚");
	CLEANUP(mem_free) char *other = new_room(v, "客厅辛");
	CLEANUP(mem_free) char *start = then(3, "10:00"), *end = then(3, "12:00");
	CLEANUP(mem_free) char *later = then(4, "14:00"), *later_end = then(4, "15:00");
	CLEANUP(mem_free) char *day = mem_text_n(later, 10);
	CLEANUP(ran_finish)
	struct ran added =
		VENUE_RUN(v, "booking", "add", room, who, start, end, "--people", "4", AS_ADMIN(v));
	CLEANUP(mem_free) char *number = first_line(&added);
	CLEANUP(ran_finish)
	struct ran in_way = VENUE_RUN(
		v, "booking", "add", other, "-", later, later_end, "--body", "甲队", AS_ADMIN(v));
	assert_code(&in_way, 0);
	CLEANUP(ran_finish)
	struct ran refused = VENUE_RUN(
		v, "booking", "change", number, later, later_end, "--venue", other, AS_ADMIN(v));
	assert_code(&refused, 1);
	assert_has(refused.err, "The room is booked from");
	CLEANUP(ran_finish)
	struct ran moved = VENUE_RUN(
		v, "booking", "change", number, later, later_end, "--people", "6", AS_ADMIN(v));
	assert_code(&moved, 0);
	CLEANUP(ran_finish)
	struct ran list = VENUE_RUN(v, "booking", "list", "--on", day, "--json");
	json_t *rows = assert_json(&list, 2);
	const json_t *row = json_array_get(rows, 0);
	if (strcmp(json_string_value(json_object_get(row, "venue")), "客厅庚") != 0)
		row = json_array_get(rows, 1);
	assert_int_equal(json_integer_value(json_object_get(row, "number")), atoi(number));
	assert_int_equal(json_integer_value(json_object_get(row, "people")), 6);
	json_decref(rows);
}

/* How many lines `venue free` has for that day. */
static int free_on(const struct venue_dir *v, const char *room, const char *day)
{
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "venue", "free", room, "--on", day, "--json");
	json_t *rows = assert_json(&ran, -1);
	int count = (int)json_array_size(rows);

	json_decref(rows);
	return count;
}

TEST(what_shuts_a_room_is_listed_and_taken_back, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "客厅壬");
	CLEANUP(mem_free) char *start = then(3, "00:00"), *end = then(4, "00:00");
	CLEANUP(mem_free) char *day = mem_text_n(start, 10), *next = mem_text_n(end, 10);
	CLEANUP(ran_finish)
	struct ran closed = VENUE_RUN(v, "venue", "close", room, start, end, "粉刷", AS_ADMIN(v));
	assert_code(&closed, 0);
	CLEANUP(ran_finish)
	struct ran special =
		VENUE_RUN(v, "venue", "special", room, next, next, "消防检查", AS_ADMIN(v));
	assert_code(&special, 0);
	assert_int_equal(free_on(v, room, day), 0);
	assert_int_equal(free_on(v, room, next), 0);
	CLEANUP(ran_finish) struct ran times = VENUE_RUN(v, "venue", "times", room, "--json");
	json_decref(assert_json(&times, 2));
	assert_field(&times, "kind", "blackout");
	assert_field(&times, "name", "粉刷");
	assert_has(times.out, "消防检查");
	CLEANUP(ran_finish)
	struct ran reopened = VENUE_RUN(v, "venue", "reopen", room, start, AS_ADMIN(v));
	assert_code(&reopened, 0);
	assert_int_not_equal(free_on(v, room, day), 0);
	CLEANUP(ran_finish)
	struct ran usual = VENUE_RUN(v, "venue", "reopen", room, next, AS_ADMIN(v));
	assert_code(&usual, 0);
	assert_int_not_equal(free_on(v, room, next), 0);
	CLEANUP(ran_finish)
	struct ran again = VENUE_RUN(v, "venue", "reopen", room, next, AS_ADMIN(v));
	assert_code(&again, 1);
	assert_has(again.err, "These special hours are not known here");
}

TEST(special_hours_open_a_room_for_just_as_long, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "客厅癸");
	CLEANUP(mem_free) char *start = then(3, "10:00");
	CLEANUP(mem_free) char *day = mem_text_n(start, 10);
	CLEANUP(ran_finish)
	struct ran special = VENUE_RUN(v, "venue", "special", room, day, day, "年会", "--hours",
		"10:00-11:30", AS_ADMIN(v));
	assert_code(&special, 0);
	CLEANUP(ran_finish)
	struct ran free_times = VENUE_RUN(v, "venue", "free", room, "--on", day);
	assert_has(free_times.out, "10:00");
	assert_has(free_times.out, "11:30");
	assert_lacks(free_times.out, "12:00");
	CLEANUP(ran_finish)
	struct ran two = VENUE_RUN(v, "venue", "special", room, day, day, "年会", "--hours",
		"9:00-10:00,11:00", AS_ADMIN(v));
	assert_code(&two, 1);
}

TEST(free_times_of_all_rooms_name_them, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *one = new_room(v, "茶室一"), *two = new_room(v, "茶室二");
	CLEANUP(ran_finish) struct ran all = VENUE_RUN(v, "venue", "free", "--people", "2");

	assert_string_not_equal(one, two);
	assert_code(&all, 0);
	assert_has(all.out, "茶室一");
	assert_has(all.out, "茶室二");
}

TEST(a_series_names_every_conflict, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "客厅乙");
	CLEANUP(mem_free) char *start = then(2, "10:00");
	CLEANUP(mem_free) char *end = then(2, "12:00");
	CLEANUP(mem_free) char *in_way = then(4, "11:00");
	CLEANUP(mem_free) char *in_way_end = then(4, "13:00");
	CLEANUP(mem_free) char *day = mem_text_n(in_way, 10);
	CLEANUP(ran_finish)
	struct ran other = VENUE_RUN(
		v, "booking", "add", room, "-", in_way, in_way_end, "--body", "甲队", AS_ADMIN(v));
	assert_code(&other, 0);
	CLEANUP(ran_finish)
	struct ran all = VENUE_RUN(v, "booking", "add", room, "-", start, end, "--body", "乙队",
		"--times", "3", "--every", "1", AS_ADMIN(v));
	assert_code(&all, 1);
	assert_has(all.err, "The room is booked from");
	CLEANUP(ran_finish)
	struct ran good = VENUE_RUN(v, "booking", "add", room, "-", start, end, "--body", "乙队",
		"--times", "3", "--every", "1", "--good", AS_ADMIN(v));
	assert_code(&good, 0);
	CLEANUP(ran_finish)
	struct ran list = VENUE_RUN(v, "booking", "list", "--on", day, "--json");
	assert_lacks(list.out, "乙队");
}

TEST(who_signs_in_is_in_until_they_sign_out, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "张二");
	CLEANUP(mem_free) char *room = new_room(v, "客厅丙");
	CLEANUP(ran_finish)
	struct ran in = VENUE_RUN(v, "session", "in", who, room, "--people", "3", AS_ADMIN(v));
	assert_code(&in, 0);
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "session", "list", "--json");
	assert_has(list.out, "客厅丙");
	CLEANUP(ran_finish)
	struct ran twice = VENUE_RUN(v, "session", "in", who, room, AS_ADMIN(v));
	assert_code(&twice, 1);
	/* All three are signed out only with --yes. */
	CLEANUP(ran_finish) struct ran some = VENUE_RUN(v, "session", "out", who, AS_ADMIN(v));
	assert_code(&some, 1);
	assert_has(some.err, "Say whether all of them are leaving");
	CLEANUP(ran_finish)
	struct ran out = VENUE_RUN(v, "session", "out", who, "--yes", AS_ADMIN(v));
	assert_code(&out, 0);
	CLEANUP(ran_finish) struct ran after = VENUE_RUN(v, "session", "list", "--json");
	assert_lacks(after.out, "客厅丙");
}

TEST(a_door_by_verb_keeps_the_rules_of_the_screen, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "张八");
	CLEANUP(mem_free) char *room = new_room(v, "茶室甲"), *other = new_room(v, "茶室乙");
	CLEANUP(ran_finish)
	struct ran crowd = VENUE_RUN(v, "session", "in", who, room, "--people", "11", AS_ADMIN(v));
	assert_code(&crowd, 1);
	assert_has(crowd.err, "The room is full");
	CLEANUP(ran_finish) struct ran in = VENUE_RUN(v, "session", "in", who, room, AS_ADMIN(v));
	assert_code(&in, 0);
	assert_has(in.out, "The room closes at");
	CLEANUP(ran_finish)
	struct ran over = VENUE_RUN(v, "session", "in", who, other, AS_ADMIN(v));
	assert_code(&over, 1);
	assert_has(over.err, "茶室甲");
	CLEANUP(ran_finish)
	struct ran sure = VENUE_RUN(v, "session", "in", who, other, "--yes", AS_ADMIN(v));
	assert_code(&sure, 0);
	CLEANUP(ran_finish)
	struct ran shut = VENUE_RUN(
		v, "venue", "special", room, "2020-01-01", "2099-12-31", "装修", AS_ADMIN(v));
	assert_code(&shut, 0);
	CLEANUP(ran_finish)
	struct ran closed = VENUE_RUN(v, "session", "in", who, room, "--yes", AS_ADMIN(v));
	assert_code(&closed, 1);
	assert_has(closed.err, "The room is closed then");
	CLEANUP(ran_finish)
	struct ran let = VENUE_RUN(v, "session", "in", who, room, "--yes", "--override", "--why",
		"装修队", AS_ADMIN(v));
	assert_code(&let, 0);
}

TEST(a_bookings_code_is_on_its_slip_alone, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "张九");
	CLEANUP(mem_free) char *room = new_room(v, "茶室丙");
	CLEANUP(mem_free) char *start = then(3, "10:00"), *end = then(3, "12:00");
	CLEANUP(mem_free) char *to = mem_printf("%s/slip.pdf", v->dir);
	CLEANUP(ran_finish)
	struct ran added = VENUE_RUN(v, "booking", "add", room, who, start, end, AS_ADMIN(v));
	CLEANUP(mem_free) char *number = first_line(&added);
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "booking", "list", "--json");
	assert_lacks(list.out, "J1B");
	/* Whoever prints it identifies themselves: earlier slips stop working. */
	CLEANUP(ran_finish) struct ran nobody = VENUE_RUN(v, "booking", "slip", number, "--to", to);
	assert_code(&nobody, 2);
	CLEANUP(ran_finish)
	struct ran slip = VENUE_RUN(v, "booking", "slip", number, "--to", to, AS_ADMIN(v));
	assert_code(&slip, 0);
	CLEANUP(ran_finish)
	struct ran old = VENUE_RUN(v, "booking", "cancel", "J1B000000004K72", AS_ADMIN(v));
	assert_code(&old, 1);
	assert_has(old.err, "This slip does not work any more");
}

TEST(a_policy_is_set_and_shown, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "客厅丁");
	CLEANUP(ran_finish)
	struct ran set = VENUE_RUN(v, "venue", "set", room, "slot_minutes=60", "needs_approval=yes",
		"holidays=closed", AS_ADMIN(v));
	assert_code(&set, 0);
	CLEANUP(ran_finish) struct ran show = VENUE_RUN(v, "venue", "show", room, "--json");
	assert_field(&show, "holidays", "closed");
	CLEANUP(ran_finish)
	struct ran wrong = VENUE_RUN(v, "venue", "set", room, "slot=60", AS_ADMIN(v));
	assert_code(&wrong, 2);
	assert_has(wrong.err, "slot=60 is no KEY=VALUE");
	assert_has(wrong.err, "slot_minutes");
	CLEANUP(mem_free) char *from = then(1, "09:00");
	CLEANUP(mem_free) char *until = then(1, "18:00");
	CLEANUP(mem_free) char *day = mem_text_n(from, 10);
	CLEANUP(ran_finish)
	struct ran close = VENUE_RUN(v, "venue", "close", room, from, until, "刷墙", AS_ADMIN(v));
	assert_code(&close, 0);
	CLEANUP(ran_finish)
	struct ran slots = VENUE_RUN(v, "venue", "free", room, "--on", day, "--json");
	json_decref(assert_json(&slots, 24 - 9));
}

TEST(the_report_comes_as_table_bars_csv_and_json, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "客厅戊");
	CLEANUP(mem_free) char *today = then(0, "00:00");
	CLEANUP(mem_free) char *month = mem_text_n(today, 7);
	CLEANUP(ran_finish) struct ran text = VENUE_RUN(v, "venue", "report", month);
	assert_code(&text, 0);
	assert_has(text.out, "People by weekday");
	CLEANUP(ran_finish) struct ran csv = VENUE_RUN(v, "venue", "report", month, "--csv");
	assert_has(csv.out, "venue,people,sessions");
	assert_has(csv.out, "\"客厅戊\",");
	CLEANUP(ran_finish) struct ran json = VENUE_RUN(v, "venue", "report", month, "--json");
	json_decref(assert_json(&json, -1));
	CLEANUP(ran_finish) struct ran bad = VENUE_RUN(v, "venue", "report", "2026-13");
	assert_code(&bad, 2);
}

TEST(a_rooms_name_is_never_a_formula_to_a_spreadsheet, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "=1+1");
	CLEANUP(mem_free) char *today = then(0, "00:00");
	CLEANUP(mem_free) char *month = mem_text_n(today, 7);
	CLEANUP(ran_finish) struct ran csv = VENUE_RUN(v, "venue", "report", month, "--csv");
	assert_has(csv.out, "\xEF\xBB\xBFvenue,people,");
	assert_has(csv.out, "\r\n\"'=1+1\",0,0,");
}

TEST(papers_are_drawn_into_files, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "客厅己");
	CLEANUP(mem_free) char *to = mem_printf("%s/room.pdf", v->dir);
	CLEANUP(ran_finish) struct ran week = VENUE_RUN(v, "venue", "week", room, "--to", to);
	assert_code(&week, 0);
	CLEANUP(mem_free) char *pdf = read_file(to);
	assert_int_equal(strncmp(pdf, "%PDF", 4), 0);
	CLEANUP(ran_finish) struct ran day = VENUE_RUN(v, "venue", "day", "--to", to);
	assert_code(&day, 0);
	CLEANUP(ran_finish)
	struct ran report = VENUE_RUN(v, "venue", "report", "2026-11", "--to", to);
	assert_code(&report, 0);
}

TEST(holidays_are_here_from_the_start, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish) struct ran load = VENUE_RUN(v, "holiday", "load", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "holiday", "list", "--json");

	assert_code(&load, 0);
	json_decref(assert_json(&list, -1));
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)
