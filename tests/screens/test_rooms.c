/* Rooms in the real program: booked by a visitor and by a volunteer, signed in to, counted, signed
 * out of, reported. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

/* Of the demo venue. */
enum {
	WEIHAO = 11, /* 黄伟豪: an adult with nothing borrowed */
	HALL = 1,    /* 共享客厅: one party at a time */
	GARDEN = 5,  /* 花园: shared, open every day */
};

static int rooms_setup(void **state)
{
	struct err err = { 0 };

	assert_int_equal(when_set_zone("Asia/Shanghai", &err), 0);
	*state = venue_case_create();
	return 0;
}

static int rooms_teardown(void **state)
{
	venue_case_destroy(*state);
	return 0;
}

/* ---- hands ---- */

/* "2026-12-07": a future day on which the hall is open in the afternoon. */
static char *open_day(struct venue_case *v)
{
	struct day today = when_day(clock_now(&clock_system));

	for (int ahead = 9; ahead < 25; ahead++) {
		char on[11];
		day_format(day_add(today, ahead), on);
		CLEANUP(mem_free) char *args = mem_printf("venue free %d --json --on %s", HALL, on);
		CLEANUP(mem_free) char *out = venue_run(v, 0, args);
		if (strstr(out, "T14:00") || strstr(out, "T09:00"))
			return mem_text(on);
	}
	fail_msg("the hall is never open");
	return NULL;
}

static void book_by_verb(struct venue_case *v, const char *day, const char *from, const char *until)
{
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/chen.pin");
	CLEANUP(mem_free)
	char *args = mem_printf("booking add %d - %sT%s %sT%s --body choir --as chen"
				" --pin-file %s",
		HALL, day, from, day, until, pin);
	CLEANUP(mem_free) char *out = venue_run(v, 0, args);
}

/* The code on a room's door. */
static char *room_code(struct venue_case *v, int number)
{
	CLEANUP(mem_free) char *out = venue_run(v, 0, "venue list --json");
	json_t *rooms = json_loads(out, 0, NULL);
	json_t *room = json_array_get(rooms, (size_t)number - 1);
	char *code = mem_text(json_string_value(json_object_get(room, "code")));

	json_decref(rooms);
	return code;
}

/* Empties the field that is active and fills it. */
static void refill(struct vt *vt, const char *text)
{
	for (int i = 0; i < 12; i++)
		vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, text);
	vt_keys(vt, VT_TAB);
}

/* A visit of an adult. */
static struct vt *start_visit(struct venue_case *v)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, _("Scan an item to borrow it or to give it back."));
	return vt;
}

/* The form of a new booking of the hall, filled in. */
/* From the room's week: at the marked time or, if somebody has that, at an earlier one. */
static void open_form(struct vt *vt)
{
	static const char *const either[] = { N_("such as: the choir"), N_("Booked by") };

	for (int i = 0; i < 6; i++) {
		vt_expect(vt, _("Arrows mark a time, Enter books it"));
		vt_keys(vt, VT_ENTER);
		vt_expect_gone(vt, _("Arrows mark a time, Enter books it"));
		while (!vt_has(vt, _(either[0])) && !vt_has(vt, _(either[1])))
			assert_true(vt_pump(vt, VT_PATIENCE_MS));
		if (vt_has(vt, _(either[0])))
			return;
		vt_keys(vt, VT_ESC);
		vt_expect(vt, _("Arrows mark a time, Enter books it"));
		vt_keys(vt, VT_UP);
	}
	vt_dump(vt, stderr);
	fail_msg("no time of the week can be had");
}

static struct vt *start_form(struct venue_case *v, const char *day, const char *times)
{
	struct vt *vt = venue_start_as(v, "chen", 0, 0);

	vt_keys(vt, VT_F3);
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Arrows mark a time, Enter books it"));
	vt_keys(vt, VT_PAGE_DOWN);
	open_form(vt);
	refill(vt, "11");
	vt_keys(vt, VT_TAB VT_TAB);
	refill(vt, day);
	refill(vt, "15:00");
	refill(vt, "16:00");
	vt_keys(vt, VT_TAB);
	refill(vt, times);
	vt_keys(vt, VT_F10);
	return vt;
}

/* ---- tests ---- */

TEST(a_visitor_books_a_time_and_gets_a_slip, rooms)
{
	struct venue_case *v = *state;
	struct vt *vt = start_visit(v);
	int64_t before = venue_integer(v, "SELECT count(*) FROM booking");

	vt_keys(vt, "1");
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "5");
	vt_expect(vt, _("Arrows mark a time, Enter books it"));
	vt_keys(vt, VT_PAGE_DOWN);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("How long"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Booked; the slip is being printed"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM booking"), before + 1);
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE sheet LIKE '%J1B%'"), 1);
	/* It is in the list of their bookings, and can be cancelled there. */
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "0");
	vt_expect(vt, _("What you have booked"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Sign in by"));
	vt_keys(vt, "4");
	vt_expect(vt, _("Cancel this booking?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("The booking is cancelled"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM booking WHERE status = 'cancelled'"), 1);
}

TEST(a_visitor_moves_a_booking_to_another_time, rooms)
{
	struct venue_case *v = *state;
	struct vt *vt = start_visit(v);

	vt_keys(vt, "1");
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "5");
	vt_expect(vt, _("Arrows mark a time, Enter books it"));
	vt_keys(vt, VT_PAGE_DOWN);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("How long"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Booked; the slip is being printed"));
	int64_t id = venue_integer(v, "SELECT max(id) FROM booking");
	int64_t before = venue_integer(v, "SELECT start_at FROM booking ORDER BY id DESC LIMIT 1");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "0");
	vt_expect(vt, _("What you have booked"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Sign in by"));
	vt_keys(vt, "8");
	vt_expect(vt, _("Arrows mark another time, Enter takes it"));
	/* Its own time is shown as such, and does not conflict with the hour after it. */
	vt_expect(vt, _("so far"));
	vt_keys(vt, VT_PAGE_DOWN);
	vt_expect_gone(vt, _("so far"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("How long"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Moved; the new slip is being printed"));
	assert_int_equal(venue_integer(v, "SELECT max(id) FROM booking"), id);
	assert_int_equal(venue_integer(v, "SELECT start_at FROM booking ORDER BY id DESC LIMIT 1"),
		before + 7 * 86400);
}

TEST(without_a_card_nothing_is_booked, rooms)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_keys(vt, VT_F3);
	vt_expect(vt, _("To book, scan your card first"));
	vt_keys(vt, "5");
	vt_expect(vt, _("Arrows mark a time, Enter books it"));
	vt_keys(vt, VT_PAGE_DOWN);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Please scan your card first"));
}

TEST(what_is_taken_is_refused_with_its_cure, rooms)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *day = open_day(v);

	book_by_verb(v, day, "15:30", "17:00");
	struct vt *vt = start_form(v, day, "");
	vt_expect(vt, _("This time cannot be had"));
	vt_expect(vt, _("Choose another time, or wait in case it becomes free"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM booking JOIN resident ON resident.id ="
				 " resident WHERE resident.number = 11"),
		0);
}

/* The form again, from the room's week. */
static void fill_again(struct vt *vt, const char *day, const char *from, const char *until)
{
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("What you have written is not saved."));
	vt_keys(vt, "1");
	open_form(vt);
	refill(vt, "11");
	vt_keys(vt, VT_TAB VT_TAB);
	refill(vt, day);
	refill(vt, from);
	refill(vt, until);
	vt_keys(vt, VT_F10);
}

/* As many cures as rules: each is shown where the booking is made. */
TEST(each_refusal_says_what_would_cure_it, rooms)
{
	static const struct {
		const char *rule, *from, *until, *cure;
	} cases[] = {
		{ "min_minutes=90", "15:00", "16:00", N_("Book a longer time") },
		{ "max_minutes=30", "15:00", "16:00",
			N_("Book a shorter time, or ask a volunteer") },
		{ "ahead_days=2", "15:00", "16:00",
			N_("Choose an earlier day, or come back later") },
		{ "notice_minutes=40320", "15:00", "16:00",
			N_("Choose a later time, or ask a volunteer") },
		{ "", "2:00", "3:00", N_("Choose a time while it is open") },
		{ "week_hours=1", "15:00", "17:00", N_("Choose another week, or ask a volunteer") },
		{ "month_hours=1", "15:00", "17:00",
			N_("Choose another month, or ask a volunteer") },
		{ "slot_minutes=120", "15:30", "16:30", N_("Choose one of its fixed times") },
		{ "fee=9000", "15:00", "16:00",
			N_("A shift, an activity or a donation earns more") },
	};
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *day = open_day(v);
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	struct vt *vt = start_form(v, "2020-01-01", "");

	vt_expect(vt, _("Choose a later time"));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(mem_free)
		char *set = mem_printf("venue set %d min_minutes=30 max_minutes=240 ahead_days=60"
				       " notice_minutes=0 week_hours=0 month_hours=0"
				       " slot_minutes=0 fee=0 %s --as zhang --pin-file %s",
			HALL, cases[i].rule, pin);
		free(venue_run(v, 0, set));
		vt_keys(vt, VT_ESC);
		vt_expect_gone(vt, _("This time cannot be had"));
		fill_again(vt, day, cases[i].from, cases[i].until);
		vt_expect(vt, _("This time cannot be had"));
		vt_expect(vt, _(cases[i].cure));
	}
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM booking JOIN resident ON resident.id ="
				 " resident WHERE resident.number = 11"),
		0);
}

TEST(a_series_tells_all_conflicts_and_books_the_others, rooms)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *day = open_day(v);

	book_by_verb(v, day, "15:30", "17:00");
	struct vt *vt = start_form(v, day, "2");
	CLEANUP(mem_free) char *title = mem_printf(_("%d of %d times cannot be had"), 1, 2);
	vt_expect(vt, title);
	vt_keys(vt, "1");
	vt_expect(vt, _("Those that can be had are booked"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM booking WHERE series NOTNULL"), 1);
}

/* Runs a verb in the coordinator's name. */
static char *run_as_zhang(struct venue_case *v, const char *args)
{
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free) char *all = mem_printf("%s --as zhang --pin-file %s", args, pin);

	return venue_run(v, 0, all);
}

static void set_hours(struct venue_case *v, int room, const char *hours)
{
	CLEANUP(mem_free) char *args = mem_printf("venue hours %d 1-7=%s", room, hours);

	free(run_as_zhang(v, args));
}

/* A new room for a test: open all day, with no bookings. Returns its number. */
static int add_room(struct venue_case *v, const char *name, int capacity)
{
	CLEANUP(mem_free) char *args = mem_printf("venue add %s %d", name, capacity);
	CLEANUP(mem_free) char *out = run_as_zhang(v, args);
	int number = (int)strtol(out, NULL, 10);

	set_hours(v, number, "0:00-24:00");
	return number;
}

/* "2026-12-07T12:40": that many minutes ahead. */
static char *minutes_ahead(int minutes)
{
	int64_t at = (clock_now(&clock_system) / 60 + minutes) * 60;
	struct day day = when_day(at);
	int64_t past = (at - when_day_start(day)) / 60;
	char on[11];

	day_format(day, on);
	return mem_printf("%sT%02d:%02d", on, (int)(past / 60), (int)(past % 60));
}

/* Books the room for `who`: a resident's number, or "- --body choir". Returns the start. */
static char *book_ahead(struct venue_case *v, int room, const char *who, int from, int until)
{
	CLEANUP(mem_free) char *end = minutes_ahead(until);
	char *start = minutes_ahead(from);
	CLEANUP(mem_free)
	char *args = mem_printf("booking add %d %.*s %s %s%s", room, (int)strcspn(who, " "), who,
		start, end, who + strcspn(who, " "));

	free(run_as_zhang(v, args));
	return start;
}

TEST(people_sign_in_are_counted_and_sign_out, rooms)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *code = room_code(v, GARDEN);

	set_hours(v, GARDEN, "0:00-24:00");
	struct vt *vt = start_visit(v);

	vt_scan(vt, code);
	vt_expect(vt, _("Signed in. How many are you?"));
	vt_keys(vt, "3");
	vt_expect_gone(vt, _("Signed in. How many are you?"));
	assert_int_equal(venue_integer(v, "SELECT people FROM session WHERE out_at IS NULL"
					  " AND resident NOTNULL ORDER BY id DESC LIMIT 1"),
		3);
	/* Nobody signs three people out with a scan that was not meant so. */
	vt_scan(vt, code);
	vt_expect(vt, _("Sign all of you out?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Nothing has changed"));
	vt_scan(vt, code);
	vt_expect(vt, _("Sign all of you out?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("signed out"));
	assert_int_equal(
		venue_integer(v, "SELECT people FROM session ORDER BY id DESC LIMIT 1"), 3);
	/* The month's report includes them. */
	struct day today = when_day(clock_now(&clock_system));
	CLEANUP(mem_free)
	char *args = mem_printf("venue report %04d-%02d --csv", today.year, today.month);
	CLEANUP(mem_free) char *out = venue_run(v, 0, args);
	assert_non_null(strstr(out, "\"花园\","));
}

TEST(a_door_takes_todays_booking_and_says_from_when_before_it, rooms)
{
	struct venue_case *v = *state;

	int room = add_room(v, "排练室", 6);
	CLEANUP(mem_free) char *code = room_code(v, room);
	CLEANUP(mem_free) char *start = book_ahead(v, room, "11", 40, 100);
	CLEANUP(mem_free) char *window = minutes_ahead(25);
	struct vt *vt = start_visit(v);

	vt_scan(vt, code);
	vt_expect(vt, _("Go in without your booking?"));
	vt_expect(vt, strchr(window, 'T') + 1);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Nothing has changed"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM session JOIN venue"
					  " ON venue.id = session.venue WHERE name = '排练室'"),
		0);
	/* Moved to within its sign-in window. */
	CLEANUP(mem_free) char *number = venue_text(v, "SELECT max(number) FROM booking");
	CLEANUP(mem_free) char *sooner = minutes_ahead(5);
	CLEANUP(mem_free) char *end = minutes_ahead(65);
	CLEANUP(mem_free) char *args = mem_printf("booking change %s %s %s", number, sooner, end);
	free(run_as_zhang(v, args));
	CLEANUP(mem_free)
	char *until = mem_printf(_("Your booking lasts until %1$s"), strchr(end, 'T') + 1);
	vt_scan(vt, code);
	vt_expect(vt, _("Signed in. How many are you?"));
	vt_expect(vt, until);
	vt_keys(vt, "2");
	vt_expect_gone(vt, _("Signed in. How many are you?"));
	assert_int_equal(venue_integer(v, "SELECT people FROM session WHERE out_at IS NULL"
					  " AND booking NOTNULL ORDER BY id DESC LIMIT 1"),
		2);
	assert_int_equal(venue_integer(v, "SELECT status = 'used' FROM booking"
					  " ORDER BY number DESC LIMIT 1"),
		1);
}

TEST(who_walks_in_is_told_until_when_and_is_never_more_than_there_are_places, rooms)
{
	struct venue_case *v = *state;

	int room = add_room(v, "手工室", 3);
	CLEANUP(mem_free) char *code = room_code(v, room);
	CLEANUP(mem_free) char *start = book_ahead(v, room, "- --body choir", 60, 120);
	CLEANUP(mem_free)
	char *until = mem_printf(_("The room is free until %1$s; others have booked it after that"),
		strchr(start, 'T') + 1);
	struct vt *vt = start_visit(v);

	vt_scan(vt, code);
	vt_expect(vt, _("Signed in. How many are you?"));
	vt_expect(vt, until);
	vt_keys(vt, "4");
	vt_keys(vt, "3");
	vt_expect_gone(vt, _("Signed in. How many are you?"));
	assert_int_equal(venue_integer(v, "SELECT people FROM session WHERE out_at IS NULL"
					  " ORDER BY id DESC LIMIT 1"),
		3);
}

TEST(nobody_walks_in_to_a_room_that_is_booked_or_closed, rooms)
{
	struct venue_case *v = *state;

	int booked = add_room(v, "琴房", 6), closed = add_room(v, "画室", 6);
	CLEANUP(mem_free) char *buffer = mem_printf("venue set %d buffer_minutes=30", booked);
	CLEANUP(mem_free) char *booked_code = room_code(v, booked);
	CLEANUP(mem_free) char *closed_code = room_code(v, closed);
	free(run_as_zhang(v, buffer));
	free(book_ahead(v, booked, "- --body choir", 20, 80));
	set_hours(v, closed, "8:00-9:00");
	struct vt *vt = start_visit(v);

	vt_scan(vt, booked_code);
	vt_expect(vt, _("Come back later, or a volunteer can let you in"));
	vt_scan(vt, closed_code);
	vt_expect(vt, _("Come back then, or ask a volunteer"));
	vt_expect(vt, "8:00");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM session JOIN venue ON venue.id ="
					  " session.venue WHERE name IN ('琴房', '画室')"),
		0);
}

TEST(a_second_room_is_asked_about_first, rooms)
{
	static const char where[] = "SELECT venue.number FROM session JOIN venue"
				    " ON venue.id = session.venue JOIN resident"
				    " ON resident.id = session.resident"
				    " WHERE out_at IS NULL AND resident.number = 11";
	struct venue_case *v = *state;

	int first = add_room(v, "棋室", 1), second = add_room(v, "影音室", 1);
	CLEANUP(mem_free) char *first_code = room_code(v, first);
	CLEANUP(mem_free) char *second_code = room_code(v, second);
	struct vt *vt = start_visit(v);

	/* A room for one: the screen does not ask how many they are. */
	vt_scan(vt, first_code);
	vt_expect(vt, _("signed in"));
	vt_scan(vt, second_code);
	vt_expect(vt, _("Go over to this room?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Nothing has changed"));
	assert_int_equal(venue_integer(v, where), first);
	vt_scan(vt, second_code);
	vt_expect(vt, _("Go over to this room?"));
	vt_keys(vt, "2");
	vt_expect_gone(vt, _("Go over to this room?"));
	vt_expect(vt, _("Signed in"));
	assert_int_equal(venue_integer(v, where), second);
}

TEST(people_without_a_card_are_counted, rooms)
{
	struct venue_case *v = *state;

	set_hours(v, GARDEN, "0:00-24:00");
	struct vt *vt = venue_start_as(v, "chen", 0, 0);

	vt_keys(vt, VT_F3);
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "+");
	vt_expect(vt, _("To be confirmed"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Without a card"));
	vt_keys(vt, "3");
	vt_expect(vt, _("Number of the room"));
	venue_type(vt, "5");
	vt_keys(vt, VT_TAB);
	venue_type(vt, "7");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Noted down"));
	vt_expect(vt, _("without a card"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Signed out"));
	assert_int_equal(venue_integer(v, "SELECT people FROM session WHERE resident IS NULL"
					  " AND booking IS NULL"),
		7);
}

TEST(a_rooms_policy_is_changed_by_its_form, rooms)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", 0, 0);

	vt_keys(vt, VT_F3);
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "+");
	vt_expect(vt, _("To be confirmed"));
	vt_keys(vt, "6");
	vt_expect(vt, _("Name of the room"));
	vt_keys(vt, VT_TAB);
	refill(vt, "33");
	refill(vt, "1-7 10:00-20:00");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("This holds from now on"));
	assert_int_equal(venue_integer(v, "SELECT capacity FROM venue WHERE number = 1"), 33);
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM venue_opening JOIN venue ON venue.id = venue"
				 " WHERE number = 1 AND opens = 600"),
		7);
}

/* The menu of what a coordinator can do with the hall. */
static struct vt *start_menu(struct venue_case *v)
{
	struct vt *vt = venue_start_as(v, "zhang", 0, 0);

	vt_keys(vt, VT_F3);
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "+");
	vt_expect(vt, _("To be confirmed"));
	return vt;
}

TEST(a_room_keeps_other_hours_on_a_date, rooms)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *day = open_day(v);
	struct vt *vt = start_menu(v);

	vt_keys(vt, "9");
	vt_expect(vt, _("It keeps its usual hours."));
	vt_keys(vt, "1");
	vt_expect(vt, _("such as: Spring Festival"));
	refill(vt, day);
	vt_keys(vt, VT_TAB);
	venue_type(vt, "10-11");
	vt_keys(vt, VT_TAB);
	refill(vt, "10:00");
	refill(vt, "11:00");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("This holds from now on"));
	vt_expect(vt, "10:00–11:00");
	CLEANUP(mem_free) char *args = mem_printf("venue free %d --json --on %s", HALL, day);
	CLEANUP(mem_free) char *out = venue_run(v, 0, args);
	assert_non_null(strstr(out, "T10:00"));
	assert_null(strstr(out, "T14:00"));
	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("Take this closure out?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("It keeps its usual hours."));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM venue_exception"), 0);
}

TEST(what_no_longer_comes_with_a_room_is_taken_out, rooms)
{
	struct venue_case *v = *state;
	struct vt *vt = start_menu(v);
	int64_t before = venue_integer(v,
		"SELECT count(*) FROM venue_thing AS t JOIN venue ON venue.id = t.venue"
		" WHERE number = 1 AND removed_at IS NULL");

	assert_true(before > 0);
	vt_keys(vt, "0");
	vt_expect(vt, _("Comes with the room"));
	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("Does this no longer come with the room?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("It is taken out"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM venue_thing AS t JOIN venue"
				 " ON venue.id = t.venue WHERE number = 1 AND removed_at IS NULL"),
		before - 1);
}

TEST(a_request_is_agreed_to_told_and_its_key_goes_out_and_comes_back, rooms)
{
	struct venue_case *v = *state;
	struct vt *vt = start_visit(v);

	vt_keys(vt, "1");
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "4");
	vt_expect(vt, _("Arrows mark a time, Enter books it"));
	vt_keys(vt, VT_PAGE_DOWN);
	for (int i = 0; i < 4; i++)
		vt_keys(vt, VT_DOWN); /* past the midday break */
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("How long"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Asked for; a volunteer will say yes or no"));
	venue_stop(v);
	vt = venue_start_as(v, "zhang", 24, 80);
	vt_keys(vt, VT_F3);
	vt_expect(vt, _("Which room would you like?"));
	vt_keys(vt, "+");
	vt_expect(vt, _("To be confirmed"));
	vt_keys(vt, "2");
	vt_expect(vt, "黄伟豪");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Keys and remotes"));
	vt_keys(vt, "1");
	vt_expect(vt, _("The booking stands"));
	vt_keys(vt, "7");
	vt_expect(vt, _("It is handed over"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM handover WHERE back_at IS NULL"), 1);
	vt_keys(vt, "7");
	vt_expect(vt, _("It is back"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM handover WHERE back_at IS NULL"), 0);
	/* They are told at their next visit. */
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, _("Finish and print"));
	vt_expect(vt, "议事室");
}

TEST(a_room_out_of_use_calls_off_what_is_booked_then, rooms)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *day = open_day(v);
	book_by_verb(v, day, "14:00", "16:00");
	struct vt *vt = start_menu(v);

	vt_keys(vt, "7");
	vt_expect(vt, _("In use at all its hours."));
	vt_keys(vt, "1");
	vt_expect(vt, _("such as: painting"));
	refill(vt, day);
	refill(vt, "13:00");
	vt_keys(vt, VT_TAB);
	refill(vt, "18:00");
	venue_type(vt, "2-3");
	vt_keys(vt, VT_F10);
	/* Somebody has booked: refused, and the form is at the field that would cure it. */
	vt_expect(vt, "✗");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM blackout"), 0);
	vt_keys(vt, " ");
	vt_keys(vt, VT_F10);
	vt_expect_gone(vt, _("Cancel what is booked then"));
	vt_expect(vt, "2-3");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM blackout"), 1);
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM booking WHERE status = 'cancelled'"), 1);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
