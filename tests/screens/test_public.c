/* What anybody may read at the counter without a staff card: never who has a thing, for whom one is
 * kept, who is in a room or who booked it. A canary with a unique name does all of these, and its
 * name is searched for on every screen and every paper. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "core/items/reasons.h"
#include "core/words.h"
#include "tests/screens/fingers.h"

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)

/* 雀金丝, masked 雀*丝: nobody in the demo venue has that character. */
#define CANARY      "雀"
#define CANARY_NAME "雀金丝"

/* Of the demo venue: on their shelves, each the only one of its title. */
enum {
	LENT = 43,
	KEPT = 14,
	GARDEN = 5, /* open at noon on any day */
	HE_QIANG = 9,
};

/* ---- hands ---- */

/* One act by a verb, as a coordinator; its output, the caller's. */
static char *act(struct venue_case *v, const char *args)
{
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free) char *line = mem_printf("%s --as zhang --pin-file '%s'", args, pin);
	char *out = venue_run(v, 0, line);

	out[strcspn(out, " \n")] = '\0';
	return out;
}

#define ACT(v, ...)                                                      \
	do {                                                             \
		CLEANUP(mem_free) char *args_ = mem_printf(__VA_ARGS__); \
		free(act((v), args_));                                   \
	} while (0)

static char *local(int64_t at)
{
	char text[32];

	when_format(at, text);
	text[16] = '\0';
	return mem_text(text);
}

/* A book lent to the canary, and a wrench that it waits for while somebody else has it; a room that
 * it has booked for later and one that it is in now; a volunteer on duty who is masked on walls. */
static void let_the_canary_in(struct venue_case *v)
{
	int64_t now = clock_now(&clock_system);
	CLEANUP(mem_free) char *who = act(v, "resident add " CANARY_NAME);
	CLEANUP(mem_free) char *later = local(now + 3600);
	CLEANUP(mem_free) char *end = local(now + 7200);
	CLEANUP(mem_free) char *before = local(now - 1800);

	ACT(v, "lend %s %d", who, LENT);
	ACT(v, "lend %d %d", WEIHAO, KEPT);
	ACT(v, "hold add %s %d", who, KEPT);
	ACT(v, "session in %s %d", who, GARDEN);
	ACT(v, "booking add %d %s %s %s", GARDEN, who, later, end);
	ACT(v, "shift add 临时值班 %s %s 2 --people %d", before, end, WEIHAO);
}

/* ---- eyes ---- */

/* The screen once it has been drawn, with neither the canary nor the volunteer's full name on
 * it. */
static void look(struct vt *vt, const char *where)
{
	static const char *const names[] = { CANARY, "黄伟豪" };

	vt_settle(vt);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!vt_has(vt, names[i]))
			continue;
		vt_dump(vt, stderr);
		fail_msg("%s is named: %s", names[i], where);
	}
}

static void see(struct vt *vt, const char *keys, const char *text)
{
	vt_keys(vt, keys);
	vt_expect(vt, text);
	look(vt, text);
}

/* Opens the page of the item with this number, by F2. */
static void see_item(struct vt *vt, const char *number)
{
	see(vt, VT_F2, _("Shelf or lent"));
	type(vt, number);
	vt_expect(vt, number);
	vt_settle(vt);
	look(vt, number);
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("Shelf or lent"));
	look(vt, number);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Shelf or lent"));
	while (vt_has(vt, _("Shelf or lent"))) { /* the first one empties the search */
		vt_keys(vt, VT_ESC);
		vt_settle(vt);
	}
}

/* Rooms, the day, a room's week and a booking in it; then the roster and its neighbours. */
static void see_rooms_and_duty(struct vt *vt)
{
	see(vt, VT_F3, _("Book"));
	for (int row = 0; row < 5; row++) {
		vt_keys(vt, VT_DOWN);
		look(vt, "rooms");
	}
	see(vt, VT_ENTER, _("Week of a room"));
	look(vt, "week");
	vt_keys(vt, VT_ENTER);
	look(vt, "a time of the week");
	vt_keys(vt, VT_ESC VT_ESC VT_ESC);
	vt_keys(vt, VT_F3);
	see(vt, "9", _("Rooms of the day"));
	vt_keys(vt, VT_ESC VT_ESC);
	see(vt, VT_F4, _("Duty roster"));
	vt_keys(vt, VT_ENTER);
	look(vt, "a shift");
	vt_keys(vt, "6");
	look(vt, "next week");
	vt_keys(vt, VT_ESC VT_ESC);
	vt_settle(vt);
}

static void see_things(struct vt *vt)
{
	see_item(vt, "000043");
	see_item(vt, "000014");
}

/* ---- the walk ---- */

static int public_setup(void **state)
{
	*state = venue_case_create();
	return 0;
}

static int public_teardown(void **state)
{
	venue_case_destroy(*state);
	return 0;
}

static void assert_no_paper_names(const struct venue_case *v)
{
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM outbox WHERE instr(sheet, '" CANARY
					  "') > 0 OR instr(sheet, '黄伟豪') > 0"),
		0);
}

TEST(no_screen_without_a_card_of_the_staff_names_who_has_what, public)
{
	struct venue_case *v = *state;

	let_the_canary_in(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 40, .cols = 120 });
	vt_expect(vt, "黄*豪"); /* on duty, with the name as on the wall */
	look(vt, "board");
	see(vt, VT_F1, _("Find an item"));
	vt_keys(vt, VT_ESC);
	see_things(vt);
	see_rooms_and_duty(vt);
	/* The returned item is kept for the canary. */
	vt_scan(vt, venue_label(v, KEPT));
	vt_expect(vt, "000014");
	look(vt, "a return");
	vt_keys(vt, "8");
	vt_expect(vt, _("The slip is being printed"));
	look(vt, "a slip");
	see_item(vt, "000014");
	/* The board takes back what somebody else has. */
	vt_scan(vt, venue_label(v, LENT));
	vt_expect(vt, "000043");
	look(vt, "a return");
	vt_keys(vt, VT_BACKSPACE);
	look(vt, "a return undone");
	assert_no_paper_names(v);
}

TEST(a_resident_with_a_card_is_told_no_more_of_others, public)
{
	struct venue_case *v = *state;

	let_the_canary_in(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 40, .cols = 120 });
	vt_scan(vt, venue_label(v, KEPT));
	vt_expect(vt, "000014");
	vt_scan(vt, venue_card(v, HE_QIANG));
	vt_expect(vt, _("Finish and print"));
	look(vt, "a visit");
	vt_scan(vt, venue_label(v, KEPT));
	expect_reason(vt, REASON_ITEM_HELD);
	look(vt, "what is kept for somebody else");
	see_things(vt);
	vt_keys(vt, "1");
	vt_expect(vt, _("My bookings"));
	look(vt, "rooms of a visit");
	vt_keys(vt, VT_ESC "2");
	vt_expect(vt, _("My duty"));
	look(vt, "duty of a visit");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, VT_F10);
	vt_expect_gone(vt, _("Finish and print"));
	look(vt, "the end of a visit");
	assert_no_paper_names(v);
}

/* The same page tells the person in charge more: it shows names. */
TEST(a_volunteer_reads_who_has_a_thing_and_for_whom_one_is_kept, public)
{
	struct venue_case *v = *state;

	let_the_canary_in(v);
	struct vt *vt = start_as(v, "chen", 40, 120);
	vt_keys(vt, VT_F2);
	vt_expect(vt, _("Shelf or lent"));
	type(vt, "000043");
	vt_settle(vt);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, CANARY_NAME);
	vt_keys(vt, VT_ESC VT_ESC);
	vt_scan(vt, venue_label(v, KEPT));
	vt_expect(vt, "雀*丝");
}
