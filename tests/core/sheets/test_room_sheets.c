/* Papers of rooms: what is on them, and whose name is not. English words are the message ids. */
#include <string.h>

#include "core/base/code.h"
#include "core/people/resident_acts.h"
#include "core/sheets/booking_slip.h"
#include "core/sheets/usage_report.h"
#include "core/sheets/venue_week.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/call_off.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "core/venues/thing.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

static const struct letterhead english = { .language = "en" };

#define assert_on(text, words)                                     \
	do {                                                       \
		if (!strstr((text), (words)))                      \
			fail_msg("no \"%s\" on\n%s", words, text); \
	} while (0)
#define assert_not_on(text, words)                              \
	do {                                                    \
		if (strstr((text), (words)))                    \
			fail_msg("\"%s\" on\n%s", words, text); \
	} while (0)

static int64_t person(struct shop *s)
{
	struct resident_new draft = {
		.name = "张小三", .category = "resident", .consent_version = "2026-1"
	};
	int64_t id;

	assert_ok(resident_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static int64_t rehearsal(struct shop *s, int64_t room)
{
	struct booking_draft draft =
		rooms_draft(room, person(s), "2026-11-22T14:00", "2026-11-22T16:00");
	int64_t id;

	draft.purpose = "粤曲练习";
	draft.people = 8;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	return id;
}

TEST(a_slip_says_where_when_and_by_when_to_sign_in, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "共享客厅", 20), id = rehearsal(s, room), thing;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	char code[CODE_TEXT_MAX];

	assert_ok(thing_add(s->db, &by_coordinator, &(struct thing_draft){ room, "遥控器", true },
			  &thing, &s->err),
		&s->err);
	assert_ok(booking_code(s->db, &by_resident, id, code, &s->err), &s->err);
	assert_ok(booking_slip_build(s->db, &english, id, code, 58, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_on(text, code);
	assert_on(text, "共享客厅");
	assert_on(text, "14:00–16:00");
	assert_on(text, "by 14:15");
	assert_on(text, "遥控器");
	assert_on(text, "张*三");
	assert_not_on(text, "张小三");
	assert_ok(booking_cancel(s->db, &by_resident, id, &s->err), &s->err);
	CLEANUP(sheet_destroyp) struct sheet *none = NULL;
	assert_refused(booking_slip_build(s->db, &english, id, code, 58, &none, &s->err), &s->err,
		BOOKING_ENDED);
	assert_refused(
		booking_code(s->db, &by_resident, id, code, &s->err), &s->err, BOOKING_ENDED);
}

TEST(a_rooms_door_names_no_person, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "共享客厅", 20), id;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct blackout_draft out = { .venue = room,
		.start_at = at("2026-11-20T09:00"),
		.end_at = at("2026-11-20T12:00"),
		.name = "消杀" };

	rehearsal(s, room);
	rooms_book(s, room, person(s), "2026-11-22T18:00", "2026-11-22T19:00");
	assert_ok(blackout_add(s->db, &by_coordinator, &out, &id, &s->err), &s->err);
	assert_ok(venue_week_build(
			  s->db, &english, room, (struct day){ 2026, 11, 16 }, &sheet, &s->err),
		&s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_on(text, "Sun 22 Nov");
	assert_on(text, "粤曲练习");
	assert_on(text, "18:00–19:00");
	assert_on(text, "booked");
	assert_on(text, "out of use: 消杀");
	assert_on(text, "closed"); /* Monday */
	assert_not_on(text, "张");
	assert_on(text, "landscape");
}

TEST(the_day_sheet_masks_names, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "共享客厅", 20);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(sheet_destroyp) struct sheet *empty = NULL;

	rehearsal(s, room);
	assert_ok(venue_day_build(s->db, &english, (struct day){ 2026, 11, 22 }, &sheet, &s->err),
		&s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_on(text, "张*三");
	assert_on(text, "粤曲练习");
	assert_not_on(text, "张小三");
	assert_ok(venue_day_build(s->db, &english, (struct day){ 2026, 11, 23 }, &empty, &s->err),
		&s->err);
	CLEANUP(mem_free) char *nothing = sheet_take_text(empty);
	assert_on(nothing, "Nothing is booked.");
}

TEST(the_report_tells_estimates_apart_and_draws_bars, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "共享客厅", 20), id;
	const struct session_request request = { .venue = room, .people = 17 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	assert_ok(session_open(s->db, &by_volunteer, &request, &id, &s->err), &s->err);
	shop_set_clock(s, "2026-11-24T10:00");
	assert_ok(usage_report_build(s->db, &english, (struct day){ 2026, 11, 1 },
			  (struct day){ 2026, 11, 30 }, &sheet, &s->err),
		&s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_on(text, "Hours, estimated");
	assert_on(text, "\t7.0\n"); /* from two to closing time */
	assert_on(text, "\t17\n");
	assert_on(text, "For the guidance");
	assert_on(text, "People by weekday");
	assert_on(text, "\nline\t"); /* the bars */
}
