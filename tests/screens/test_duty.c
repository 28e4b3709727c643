/* Duty at the counter: a week is made, planned, changed by hand, published and printed; a volunteer
 * confirms, signs in and out by scan, and hands a shift over. */
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

enum { CHEN = 1, MING = 7, WEIHAO = 11, HAORAN = 15 }; /* residents of the demo */

static int duty_setup(void **state)
{
	struct err err = { 0 };

	when_set_zone("Asia/Shanghai", &err);
	*state = venue_case_create();
	return 0;
}

static int duty_teardown(void **state)
{
	venue_case_destroy(*state);
	return 0;
}

/* The roster two weeks ahead, where the demo has no shifts. */
static struct vt *roster_ahead(struct venue_case *v)
{
	struct vt *vt = venue_start_as(v, "zhang", 40, 140);

	vt_keys(vt, VT_F4);
	vt_expect(vt, _("Make the week"));
	vt_keys(vt, "66");
	vt_expect(vt, _("There are no shifts in this week yet."));
	return vt;
}

#define PLACES_AHEAD                                                                \
	"SELECT count(*) FROM assignment JOIN shift ON shift.id = assignment.shift" \
	" WHERE gone IS NULL AND in_at IS NULL AND start_at > unixepoch() + 8 * 86400"

TEST(a_week_is_made_planned_changed_published_and_printed, duty)
{
	struct venue_case *v = *state;
	struct vt *vt = roster_ahead(v);

	vt_keys(vt, "1");
	vt_expect(vt, _("The week is made"));
	vt_expect(vt, "9:00–12:00");
	vt_keys(vt, "2");
	vt_expect(vt, _("The week is planned"));
	vt_expect(vt, "★");
	int64_t planned = venue_integer(v, PLACES_AHEAD);
	assert_true(planned > 20);
	/* By hand: one person is taken off the first shift, and another put on it. */
	vt_keys(vt, VT_UP VT_UP VT_UP VT_UP VT_UP VT_HOME VT_DOWN VT_ENTER);
	vt_expect(vt, _("Add somebody"));
	/* The leader: the screen first says what will be missing. */
	vt_keys(vt, "5");
	vt_expect(vt, _("Take off all the same"));
	assert_int_equal(venue_integer(v, PLACES_AHEAD), planned);
	vt_keys(vt, "1");
	vt_expect(vt, _("Taken off this shift"));
	assert_int_equal(venue_integer(v, PLACES_AHEAD), planned - 1);
	vt_keys(vt, "1");
	vt_expect(vt, _("What speaks against it"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("On this shift now"));
	assert_int_equal(venue_integer(v, PLACES_AHEAD), planned);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Make the week"));
	vt_keys(vt, "3");
	vt_expect(vt, _("The roster is published"));
	assert_int_equal(venue_integer(v, "SELECT max(version) FROM roster"), 1);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM roster"), 3);
	vt_keys(vt, "8");
	vt_expect(vt, _("How should the roster come out?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("The roster is being printed"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM outbox WHERE purpose ="
					  " 'office-a4' AND instr(sheet, '★') > 0"),
		1);
}

/* A change may leave a shift without its leader: the screen asks first. */
static void agree_to_loss(struct vt *vt, const char *done)
{
	const int64_t until = clock_ms(&clock_system) + VT_PATIENCE_MS;
	CLEANUP(mem_free) char *same = mem_printf("1 %s", _("Change shifts all the same"));

	while (clock_ms(&clock_system) < until && !vt_has(vt, done) && !vt_has(vt, same))
		vt_pump(vt, 100);
	if (vt_has(vt, same))
		vt_keys(vt, "1");
	vt_expect(vt, done);
}

#define TOLD(kind) "SELECT count(*) FROM message WHERE kind = '" kind "' AND read_at IS NULL"

TEST(two_change_shifts_and_one_is_called_off, duty)
{
	struct venue_case *v = *state;
	struct vt *vt = roster_ahead(v);

	vt_keys(vt, "1");
	vt_expect(vt, "9:00–12:00");
	vt_keys(vt, "2");
	vt_expect(vt, _("The week is planned"));
	vt_keys(vt, "3"); /* nobody has been told of a draft */
	vt_expect(vt, _("The roster is published"));
	int64_t planned = venue_integer(v, PLACES_AHEAD);
	vt_keys(vt, VT_UP VT_UP VT_UP VT_UP VT_UP VT_HOME VT_DOWN VT_ENTER);
	vt_expect(vt, _("Add somebody"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Change shifts with whom?"));
	vt_expect(vt, "✓");
	venue_type(vt, "zzzz"); /* people are found by their pinyin here as well */
	vt_expect(vt, _("Nobody else has a shift in these two weeks."));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, "✓");
	vt_keys(vt, VT_ENTER);
	agree_to_loss(vt, _("They have changed shifts"));
	assert_int_equal(venue_integer(v, PLACES_AHEAD), planned);
	assert_int_equal(venue_integer(v, TOLD("shift_swapped")), 2);
	/* Enter alone leaves it unchanged. */
	vt_keys(vt, "0");
	vt_expect(vt, _("This shift does not take place?"));
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("This shift does not take place?"));
	assert_int_equal(venue_integer(v, TOLD("shift_called_off")), 0);
	vt_keys(vt, "0");
	vt_expect(vt, _("This shift does not take place?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("The shift is called off"));
	vt_expect(vt, _("Make the week"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM shift WHERE cancelled_at > 0"), 1);
	assert_int_equal(venue_integer(v, TOLD("shift_called_off")),
		planned - venue_integer(v, PLACES_AHEAD));
}

static void open_visit(struct venue_case *v, struct vt *vt, int resident)
{
	vt_scan(vt, venue_card(v, resident));
	vt_expect(vt, _("Finish and print"));
}

/* A shift that is running now, with this resident on it; its code. The caller's. */
static char *shift_now(struct venue_case *v, int resident)
{
	int64_t now = clock_now(&clock_system);
	char start[32], end[32];

	when_format(now - 1800, start);
	when_format(now + 1800, end);
	start[16] = end[16] = '\0';
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free)
	char *args = mem_printf("shift add 临时值班 %s %s 2 --people %d --as zhang --pin-file %s",
		start, end, resident, pin);
	char *code = venue_run(v, 0, args);
	code[strcspn(code, "\n")] = '\0';
	return code;
}

TEST(a_volunteer_scans_in_and_out_of_a_shift, duty)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *code = shift_now(v, WEIHAO);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 40, .cols = 120 });

	vt_expect(vt, "黄*豪"); /* on duty now, with the name as on the wall */
	open_visit(v, vt, WEIHAO);
	vt_scan(vt, code);
	vt_expect(vt, _("On duty"));
	vt_expect(vt, "临时值班");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM assignment JOIN shift ON shift.id ="
					  " assignment.shift WHERE name = '临时值班'"
					  " AND in_at IS NOT NULL AND out_at IS NULL"),
		1);
	vt_scan(vt, code);
	vt_expect(vt, _("Off duty, thank you"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM assignment JOIN shift ON shift.id ="
					  " assignment.shift WHERE name = '临时值班'"
					  " AND out_at >= in_at"),
		1);
}

/* An hour of today that has passed, with this resident on it. */
static void add_shift_that_is_over(struct venue_case *v, int resident)
{
	int64_t day = when_day_start(when_day(clock_now(&clock_system)));
	char start[32], end[32];

	when_format(day, start);
	when_format(day + 60, end);
	start[16] = end[16] = '\0';
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free)
	char *args = mem_printf("shift add 清点库房 %s %s 2 --people %d --as zhang --pin-file %s",
		start, end, resident, pin);
	free(venue_run(v, 0, args));
}

/* Today's shift of that name, from the roster. */
static void open_shift(struct vt *vt, const char *name)
{
	for (int i = 0; i < 20; i++) {
		vt_keys(vt, VT_ENTER);
		vt_expect_gone(vt, _("Make the week"));
		if (vt_has(vt, name))
			return;
		vt_keys(vt, VT_ESC);
		vt_expect(vt, _("Make the week"));
		vt_keys(vt, VT_UP);
	}
	fail_msg("%s is not on the roster", name);
}

TEST(who_came_without_a_scan_is_written_down_with_their_times, duty)
{
	struct venue_case *v = *state;

	add_shift_that_is_over(v, WEIHAO);
	struct vt *vt = venue_start_as(v, "zhang", 40, 140);
	vt_keys(vt, VT_F4);
	vt_expect(vt, _("Make the week"));
	open_shift(vt, "清点库房");
	vt_keys(vt, "8");
	vt_expect(vt, _("Came at"));
	vt_keys(vt, VT_F10); /* why is missing */
	vt_expect(vt, "✗");
	vt_keys(vt, VT_DOWN VT_DOWN);
	vt_paste(vt, "没带卡");
	vt_expect(vt, "没带卡");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Written down; it counts once a second person has approved it"));
	assert_int_equal(
		venue_integer(v, "SELECT out_at - in_at FROM assignment WHERE is_manual"), 60);
}

TEST(ones_own_page_shows_shifts_and_hours, duty)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 40, .cols = 120 });

	open_visit(v, vt, MING);
	vt_keys(vt, "2");
	vt_expect(vt, _("Print my shifts"));
	vt_expect(vt, _("please confirm"));
	CLEANUP(mem_free) char *none = mem_printf(_("Service hours: %s"), "0");
	assert_false(vt_has(vt, none)); /* last week's have been recorded */
}

/* A published shift some hours from now, with this resident on it. */
static void shift_in(struct venue_case *v, int resident, int hours)
{
	int64_t start_at = clock_now(&clock_system) + hours * 3600;
	struct week week = day_iso_week(when_day(start_at));
	char start[32], end[32];

	when_format(start_at, start);
	when_format(start_at + 1800, end);
	start[16] = end[16] = '\0';
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free)
	char *add = mem_printf("shift add 临时值班 %s %s 1 --people %d --as zhang --pin-file %s",
		start, end, resident, pin);
	free(venue_run(v, 0, add));
	CLEANUP(mem_free)
	char *publish = mem_printf(
		"duty publish %04d-W%02d --as zhang --pin-file %s", week.year, week.week, pin);
	free(venue_run(v, 0, publish));
}

#define EXTRA(condition)                                                                          \
	"SELECT count(*) FROM assignment JOIN shift ON shift.id = assignment.shift WHERE name = " \
	"'临时值班' AND " condition

static struct vt *open_own_page(struct venue_case *v, int resident)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 40, .cols = 120 });

	open_visit(v, vt, resident);
	vt_keys(vt, VT_F4);
	vt_expect(vt, "临时值班");
	return vt;
}

/* Opens the first row by its digit, and chooses `wanted` in the question. */
static void answer_row(struct vt *vt, const char *first, const char *wanted, const char *digit)
{
	vt_keys(vt, "1");
	CLEANUP(mem_free) char *head = mem_printf("1 %s", first);
	vt_expect(vt, head);
	CLEANUP(mem_free) char *button = mem_printf("%s %s", digit, wanted);
	vt_expect(vt, button);
	vt_keys(vt, digit);
}

TEST(who_cannot_come_is_asked_once_more_and_can_take_it_back, duty)
{
	struct venue_case *v = *state;

	shift_in(v, WEIHAO, 50);
	struct vt *vt = open_own_page(v, WEIHAO);
	answer_row(vt, _("I will come"), _("I can't come"), "4");
	vt_expect(vt, _("You can take this back here until the shift begins."));
	vt_keys(vt, VT_ENTER); /* the marked answer is harmless */
	vt_expect_gone(vt, _("You can take this back here until the shift begins."));
	assert_int_equal(venue_integer(v, EXTRA("gone IS NULL")), 1);
	answer_row(vt, _("I will come"), _("I can't come"), "4");
	vt_expect(vt, _("You can take this back here until the shift begins."));
	vt_keys(vt, "2");
	vt_expect(vt, _("You are excused; the coordinator sees to it"));
	assert_int_equal(venue_integer(v, EXTRA("gone = 'excused'")), 1);
	vt_expect(vt, _("you can't come"));
	answer_row(vt, _("I will come after all"), _("I will come after all"), "1");
	vt_expect(vt, _("Thank you. See you then"));
	assert_int_equal(venue_integer(v, EXTRA("gone IS NULL AND confirmed_at IS NOT NULL")), 1);
}

TEST(a_stand_in_is_asked_for_and_no_longer_needed, duty)
{
	struct venue_case *v = *state;

	shift_in(v, WEIHAO, 50);
	struct vt *vt = open_own_page(v, WEIHAO);
	answer_row(vt, _("I will come"), _("I will come"), "1");
	vt_expect(vt, _("Thank you. See you then"));
	answer_row(vt, _("I will come"), _("Look for a stand-in"), "3");
	vt_expect(vt, _("looks for a stand-in"));
	assert_int_equal(venue_integer(v, EXTRA("asked_at IS NOT NULL")), 1);
	answer_row(vt, _("I will come"), _("I need no stand-in any more"), "2");
	vt_expect(vt, _("No stand-in is looked for any more; it is your shift"));
	assert_int_equal(venue_integer(v, EXTRA("asked_at IS NULL AND gone IS NULL")), 1);
}

TEST(a_card_and_one_key_sign_in, duty)
{
	struct venue_case *v = *state;

	free(shift_now(v, WEIHAO));
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 40, .cols = 120 });
	open_visit(v, vt, WEIHAO);
	vt_expect(vt, _("Sign in for duty"));
	vt_keys(vt, "2");
	vt_expect(vt, _("On duty"));
	vt_expect_gone(vt, _("Sign in for duty"));
	assert_int_equal(venue_integer(v, EXTRA("in_at IS NOT NULL AND out_at IS NULL")), 1);
}

/* card, 2, 1, 1, 1, Enter used to cancel a running shift. */
TEST(keys_pressed_without_looking_cancel_nothing, duty)
{
	struct venue_case *v = *state;

	free(shift_now(v, WEIHAO));
	struct vt *vt = open_own_page(v, WEIHAO);
	vt_keys(vt, "1");
	vt_expect(vt, _("Sign in for duty"));
	vt_keys(vt, "1");
	vt_expect(vt, _("On duty"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Sign out"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Sign out already?"));
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("Sign out already?"));
	assert_int_equal(
		venue_integer(v, EXTRA("gone IS NULL AND in_at IS NOT NULL AND out_at IS NULL")),
		1);
	vt_keys(vt, "1");
	vt_expect(vt, _("Sign out"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Sign out already?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Off duty, thank you"));
	assert_int_equal(venue_integer(v, EXTRA("out_at >= in_at")), 1);
}

TEST(whom_one_asks_to_come_instead_is_named_as_they_chose, duty)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free)
	char *args = mem_printf("volunteer set %d --as zhang --pin-file %s", HAORAN, pin);

	free(venue_run(v, 0, args));
	shift_in(v, WEIHAO, 50);
	struct vt *vt = open_own_page(v, WEIHAO);
	answer_row(vt, _("I will come"), _("Somebody else comes for me"), "2");
	vt_expect(vt, _("Who takes this shift?"));
	venue_type(vt, "lianghaoran"); /* found by the pinyin of the name, shown as chosen */
	vt_expect(vt, "梁*然");
	assert_false(vt_has(vt, "梁浩然"));
	assert_false(vt_has(vt, _("What speaks against it")));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("On this shift now"));
	assert_int_equal(venue_integer(v, EXTRA("gone = 'replaced'")), 1);
}

TEST(a_draft_is_asked_about_and_told_to_nobody, duty)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 40, .cols = 140 });

	vt_keys(vt, VT_F4);
	vt_expect(vt, _("Duty roster"));
	vt_keys(vt, "6"); /* next week is a draft */
	vt_expect(vt, _("not out yet"));
	assert_false(vt_has(vt, "陈丽芳"));
	vt_keys(vt, VT_ESC);
	open_visit(v, vt, MING);
	vt_keys(vt, VT_F4);
	vt_expect(vt, _("a draft: can you come?"));
}

/* People who asked for leave are not planned into that shift again; those whom the plan moves are
 * told why. */
TEST(a_plan_keeps_to_what_was_said_and_names_whom_it_moved, duty)
{
	struct venue_case *v = *state;
	struct vt *vt = roster_ahead(v);

	vt_keys(vt, "1");
	vt_expect(vt, "9:00–12:00");
	vt_keys(vt, "2");
	vt_expect(vt, _("The week is planned"));
	vt_keys(vt, "5");
	vt_expect(vt, _("What the plan changed"));
	vt_expect(vt, _("leads the shift"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Make the week"));
	vt_keys(vt, VT_UP VT_UP VT_UP VT_UP VT_UP VT_HOME VT_DOWN VT_ENTER);
	vt_expect(vt, _("Add somebody"));
	vt_keys(vt, "4");
	vt_expect(vt, _("Excuse all the same"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Excused; the place is open"));
	CLEANUP(mem_free)
	char *off = mem_printf("%s%s", _("excused"), _(", stays off"));
	vt_expect(vt, off);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Make the week"));
	vt_keys(vt, "2");
	vt_expect(vt, _("The week is planned"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM assignment a JOIN assignment b ON b.shift ="
				 " a.shift AND b.resident = a.resident WHERE a.gone = 'excused' AND"
				 " b.gone IS NULL"),
		0);
	/* Once released, they may be planned there again. */
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, off);
	vt_keys(vt, VT_END "6");
	vt_expect(vt, _("A new plan may change this place"));
	vt_expect_gone(vt, off);
}

TEST(a_time_is_refused_on_ones_own_page, duty)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 40, .cols = 120 });

	open_visit(v, vt, CHEN);
	vt_keys(vt, VT_F4); /* 2 signs in when a shift of theirs is about to begin */
	vt_expect(vt, _("Print my shifts"));
	vt_keys(vt, "7");
	vt_expect(vt, _("When can you serve?"));
	vt_keys(vt, VT_END VT_ENTER); /* Sunday, the first period */
	vt_expect(vt, "✗");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM volunteer_time JOIN volunteer ON"
					  " volunteer.id = volunteer_time.volunteer JOIN resident"
					  " ON resident.id = volunteer.resident WHERE number = 1"
					  " AND weekday = 7 AND stance = 'away'"),
		1);
}

/* The only file in the folder that ends so; the caller's. */
static char *file_in(const char *folder, const char *end)
{
	CLEANUP(mem_free) char *pattern = mem_printf("%s/*%s", folder, end);
	glob_t found = { 0 };

	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	assert_int_equal(found.gl_pathc, 1);
	char *path = mem_text(found.gl_pathv[0]);
	globfree(&found);
	return path;
}

TEST(the_week_goes_onto_a_stick_as_a_picture_or_on_larger_paper, duty)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *folder = venue_path(v, "stick");
	CLEANUP(mem_free) char *conf = mem_printf("[print]\nstick = %s\n", folder);
	struct vt *vt =
		venue_start(v, &(struct venue_kiosk){ .conf = conf, .rows = 24, .cols = 80 });
	unsigned char head[24];

	venue_log_in(v, vt, "zhang");
	vt_keys(vt, VT_F4);
	vt_expect(vt, _("Make the week"));
	/* No stick yet: the screen says so and what to do. */
	vt_keys(vt, "8");
	vt_expect(vt, _("Picture onto a USB stick"));
	vt_keys(vt, "5");
	vt_expect(vt, _("No USB stick was found"));
	vt_keys(vt, VT_ESC);
	vt_expect_gone(vt, _("No USB stick was found"));
	assert_int_equal(mkdir(folder, 0700), 0);
	vt_keys(vt, "8");
	vt_expect(vt, _("Picture onto a USB stick"));
	vt_keys(vt, "5");
	vt_expect(vt, _("The picture is on the USB stick"));
	CLEANUP(mem_free) char *path = file_in(folder, ".png");
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(fread(head, 1, sizeof(head), file), sizeof(head));
	fclose(file);
	/* A picture is 2376 wide: its header says so. */
	assert_int_equal(head[18] << 8 | head[19], 2376);
	vt_keys(vt, "8");
	vt_expect(vt, _("Picture onto a USB stick"));
	vt_keys(vt, "2");
	vt_expect(vt, _("The roster is being printed"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE purpose = 'office-a3'"), 1);
}

/* Dates two weeks ahead, as people write them: "12月9日". The caller's. */
static char *date_ahead(int weekday)
{
	struct day monday = week_monday(day_iso_week(when_day(clock_now(&clock_system))));
	struct day day = day_add(monday, 14 + weekday - 1);

	return mem_printf("%d月%d日", day.month, day.day);
}

TEST(a_list_from_a_chat_is_pasted_asked_about_and_taken, duty)
{
	struct venue_case *v = *state;
	struct vt *vt = roster_ahead(v);
	CLEANUP(mem_free) char *wednesday = date_ahead(3);
	CLEANUP(mem_free)
	char *text = mem_printf("#接龙\n值班报名\n1. 陈丽芳 %s上午\n2. 祯叔 周二上午😊\n"
				"3. 王军 周四下午\n4. 王小二 周五上午\n",
		wednesday);

	int64_t before = venue_integer(v, PLACES_AHEAD);

	vt_keys(vt, "1");
	vt_expect(vt, _("The week is made"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Sign-ups from a group chat"));
	vt_paste(vt, text);
	vt_expect(vt, _("who is meant?"));
	vt_expect(vt, "何耀祯");
	assert_int_equal(venue_integer(v, PLACES_AHEAD), before);
	vt_keys(vt, "1");
	vt_expect(vt, "王建军");
	vt_keys(vt, "1");
	vt_expect_gone(vt, _("who is meant?"));
	assert_int_equal(venue_integer(v, PLACES_AHEAD), before);
	vt_keys(vt, "2");
	vt_expect(vt, _("The list is taken over"));
	assert_int_equal(venue_integer(v, PLACES_AHEAD), before + 3);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM journal WHERE kind ="
					  " 'shift.sign_up'"),
		3);
}

TEST(who_cannot_come_is_asked_once_and_noted_from_a_pasted_list, duty)
{
	struct venue_case *v = *state;
	struct vt *vt = roster_ahead(v);

	vt_keys(vt, "1");
	vt_expect(vt, _("The week is made"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Sign-ups from a group chat"));
	vt_paste(vt, "1. 陈丽芳 周三上午请假\r\n2. 明哥 收到\r\n3. 黄敏 周五下午×\r\n");
	vt_expect(vt, _("cannot come: note it?"));
	vt_expect(vt, _("names no shift"));
	vt_expect(vt, "1. 陈丽芳 周三上午请假");
	vt_keys(vt, "1");
	vt_expect(vt, _("Note it"));
	vt_keys(vt, "1");
	vt_expect(vt, _("will be noted: cannot come"));
	vt_keys(vt, "2");
	vt_expect(vt, _("noted: cannot come"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM volunteer_time WHERE stance ="
					  " 'away' AND from_on IS NOT NULL AND from_on = until_on"
					  " AND starts = 540"),
		1);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM journal WHERE kind ="
					  " 'volunteer.times' AND recorded_at > unixepoch() - 300"),
		1);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
