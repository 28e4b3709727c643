/* The notice that points expire: a message, told once and correct when it is read. It is Saturday
 * 2026-11-21, 14:00. */
#include <string.h>

#include "core/points/body.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/points/lot.h"
#include "core/points/notice.h"
#include "core/site/setting.h"
#include "core/words_message.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define OK(s, call) assert_ok((call), &(s)->err)

static void move(struct shop *s, struct holder from, struct holder to, int64_t n)
{
	const struct posting postings[] = {
		{ from.resident, from.body, from.system, POINTS(-n) },
		{ to.resident, to.body, to.system, POINTS(n) },
	};
	const struct transfer_draft draft = { "earn", postings, 2 };
	int64_t id;

	OK(s, transfer_post(s->db, &by_coordinator, &draft, &id, &s->err));
}

static void issue(struct shop *s, int64_t resident, int64_t n)
{
	move(s, HOLDER_SYSTEM(ACCOUNT_ISSUE), HOLDER_RESIDENT(resident), n);
}

static void spend(struct shop *s, int64_t resident, int64_t n)
{
	move(s, HOLDER_RESIDENT(resident), HOLDER_SYSTEM(ACCOUNT_REDEEMED), n);
}

static void night(struct shop *s, const char *on)
{
	CLEANUP(mem_free) char *at = mem_printf("%sT23:00", on);
	struct expiry expiry;

	shop_set_clock(s, at);
	OK(s, points_expire(s->db, &by_coordinator, &expiry, &s->err));
}

/* Somebody with points of 2026-11-21 that last three months, until 2027-02-21. */
static int64_t saver(struct shop *s, int64_t n)
{
	int64_t id = shop_resident(s);

	OK(s, setting_set(s->db, &by_coordinator, SETTING_POINTS_MONTHS, "3", &s->err));
	issue(s, id, n);
	return id;
}

/* How many messages wait; the points and the day of the first, unless they are NULL. */
static int waiting(struct shop *s, int64_t resident, int64_t *ret_points, char *ret_on)
{
	struct message *messages = NULL;
	int count = notice_unread(s->db, resident, &messages, &s->err);

	OK(s, count);
	if (count && ret_points)
		*ret_points = messages[0].points;
	if (count && ret_on)
		day_format(when_day(messages[0].start_at), ret_on);
	messages_finish(messages, count);
	return count;
}

static void assert_warned(struct shop *s, int64_t resident, int64_t points, const char *on)
{
	int64_t is_points = 0;
	char is_on[11] = "";

	assert_int_equal(waiting(s, resident, &is_points, is_on), 1);
	assert_int_equal(is_points, points);
	assert_string_equal(is_on, on);
}

#define assert_unwarned(s, resident) assert_int_equal(waiting(s, resident, NULL, NULL), 0)

static int64_t count(struct shop *s, const char *sql)
{
	int64_t n = 0;

	OK(s, db_integer(s->db, sql, NO_FIELDS, 0, &n, &s->err));
	return n;
}

static void read_all(struct shop *s, int64_t resident)
{
	struct message *messages = NULL;
	int n = notice_unread(s->db, resident, &messages, &s->err);

	for (int i = 0; i < n; i++)
		OK(s, message_read(s->db, &by_resident, messages[i].id, &s->err));
	messages_finish(messages, n);
}

TEST(who_has_points_that_expire_is_told_within_the_days_of_notice, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30);

	night(s, "2027-01-21");
	assert_unwarned(s, a);
	night(s, "2027-01-22");
	assert_warned(s, a, 30, "2027-02-21");
}

TEST(the_notice_is_given_once_whatever_the_nights, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30);

	night(s, "2027-01-22");
	night(s, "2027-01-22");
	night(s, "2027-01-23");
	assert_warned(s, a, 30, "2027-02-21");
	read_all(s, a);
	night(s, "2027-01-24");
	assert_unwarned(s, a);
}

TEST(points_of_one_day_are_one_notice_and_of_two_days_two, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30);

	issue(s, a, 5);
	shop_set_clock(s, "2026-11-22T14:00");
	issue(s, a, 2);
	night(s, "2027-01-25");
	int64_t points = 0;
	assert_int_equal(waiting(s, a, &points, NULL), 2);
	assert_int_equal(points, 35);
}

TEST(the_notice_says_what_is_left_when_it_is_read, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30);

	night(s, "2027-01-22");
	spend(s, a, 12);
	assert_warned(s, a, 18, "2027-02-21");
}

TEST(who_has_spent_them_is_warned_of_nothing, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30);

	night(s, "2027-01-22");
	issue(s, a, 7); /* those last longer */
	spend(s, a, 30);
	assert_unwarned(s, a);
	/* Other messages that wait are still told. */
	OK(s, message_add(s->db, &by_volunteer, a, "谢谢捐书", NULL, &s->err));
	assert_int_equal(waiting(s, a, NULL, NULL), 1);
}

TEST(who_was_given_them_later_is_told_the_day_on_which_they_really_go, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30), b = shop_resident(s), id;

	OK(s, kin_add(s->db, &by_volunteer, a, b, &id, &s->err));
	night(s, "2027-01-22");
	shop_set_clock(s, "2027-02-10T10:00");
	OK(s, points_give(s->db, &by_resident,
		      &(struct points_gift){ .from = a, .to = b, .points = POINTS(10) }, &id,
		      &s->err));
	assert_unwarned(s, b);
	night(s, "2027-02-10");
	/* 30 days from the night of their notice. */
	assert_warned(s, b, 10, "2027-03-12");
	night(s, "2027-03-11");
	assert_warned(s, b, 10, "2027-03-12");
}

TEST(what_expired_unused_is_told_as_gone, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30);
	struct message *messages = NULL;

	night(s, "2027-01-22");
	spend(s, a, 18);
	night(s, "2027-02-21");
	int count = notice_unread(s->db, a, &messages, &s->err);
	assert_int_equal(count, 1);
	assert_int_equal(messages[0].points, 12);
	assert_instant(messages[0].end_at, "2027-02-21T23:00");
	messages_finish(messages, count);
}

TEST(who_had_spent_all_hears_of_no_loss, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30);

	night(s, "2027-01-22");
	spend(s, a, 30);
	night(s, "2027-02-21");
	assert_unwarned(s, a);
}

TEST(a_later_gift_of_the_same_day_is_no_second_notice, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30), b = saver(s, 4), id;

	OK(s, kin_add(s->db, &by_volunteer, a, b, &id, &s->err));
	night(s, "2027-01-22");
	read_all(s, b);
	OK(s, points_give(s->db, &by_resident,
		      &(struct points_gift){ .from = a, .to = b, .points = POINTS(10) }, &id,
		      &s->err));
	night(s, "2027-01-23");
	assert_unwarned(s, b);
}

TEST(a_body_is_told_nothing_and_stops_nobody, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30), body;

	OK(s, body_add(s->db, &by_coordinator, BODY_TEAM, "花园队", &body, &s->err));
	move(s, HOLDER_SYSTEM(ACCOUNT_ISSUE), HOLDER_BODY(body), 40);
	night(s, "2027-01-22");
	assert_warned(s, a, 30, "2027-02-21");
	assert_int_equal(count(s, "SELECT count(*) FROM message"), 1);
}

TEST(the_schema_itself_keeps_a_second_notice_of_the_day_out, shop)
{
	struct shop *s = *state;
	int64_t a = saver(s, 30);
	const struct message facts = {
		.kind = MESSAGE_POINTS_EXPIRE, .points = 30, .start_at = at("2027-02-21T00:00")
	};

	OK(s, message_tell(s->db, &by_coordinator, a, &facts, &s->err));
	assert_true(message_tell(s->db, &by_coordinator, a, &facts, &s->err) < 0);
	assert_int_equal(count(s, "SELECT count(*) FROM message"), 1);
}

TEST(the_night_is_one_row_in_the_journal, shop)
{
	struct shop *s = *state;

	saver(s, 30);
	saver(s, 20);
	int64_t rows = count(s, "SELECT count(*) FROM journal");
	night(s, "2027-01-22");
	assert_int_equal(count(s, "SELECT count(*) FROM journal"), rows + 1);
	assert_int_equal(count(s, "SELECT count(*) FROM message"), 2);
}

TEST(the_words_part_what_is_ahead_from_what_is_gone, shop)
{
	struct message m = { .kind = MESSAGE_POINTS_EXPIRE,
		.about = (char *)"",
		.points = 18,
		.start_at = at("2027-02-21T00:00") };
	CLEANUP(mem_free) char *ahead = words_message(&m, at("2027-01-23T10:00"));

	m.end_at = at("2027-02-21T23:00");
	CLEANUP(mem_free) char *gone = words_message(&m, at("2027-02-23T10:00"));
	assert_non_null(strstr(ahead, "18"));
	assert_non_null(strstr(gone, "18"));
	assert_string_not_equal(ahead, gone);
}
