/* What the counter tells a resident at the next visit. */
#include "core/base/reasons.h"
#include "core/people/message.h"
#include "core/people/reasons.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

static int unread(struct folk *f, int64_t resident)
{
	struct message *messages = NULL;
	int count = message_unread(f->db, resident, &messages, &f->err);

	OK(f, count);
	messages_finish(messages, count);
	return count;
}

TEST(messages_wait_oldest_first_until_they_are_read, folk)
{
	struct folk *f = *state;
	struct act by_resident = { .role = ROLE_RESIDENT };
	struct message *messages = NULL;
	int64_t id = FOLK_ADD(f, .name = "张三"), first, second;

	OK(f, message_add(f->db, &by_volunteer, id, "电钻的说明书找到了", &first, &f->err));
	f->clock.set_wall += 60;
	OK(f, message_add(f->db, &by_volunteer, id, "谢谢捐书", &second, &f->err));
	assert_int_equal(message_unread(f->db, id, &messages, &f->err), 2);
	assert_string_equal(messages[0].words, "电钻的说明书找到了");
	assert_int_equal(messages[1].id, second);
	messages_finish(messages, 2);
	OK(f, message_read(f->db, &by_resident, first, &f->err));
	assert_int_equal(unread(f, id), 1);
	OK(f, message_read(f->db, &by_resident, second, &f->err));
	assert_int_equal(unread(f, id), 0);
}

TEST(reading_twice_is_reading_once, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三"), message;

	OK(f, message_add(f->db, &by_volunteer, id, "好", &message, &f->err));
	OK(f, message_read(f->db, &by_volunteer, message, &f->err));
	int64_t acts = folk_count(f, "SELECT count(*) FROM journal");
	OK(f, message_read(f->db, &by_volunteer, message, &f->err));
	assert_int_equal(folk_count(f, "SELECT count(*) FROM journal"), acts);
}

TEST(a_message_is_for_one_resident, folk)
{
	struct folk *f = *state;
	int64_t one = FOLK_ADD(f, .name = "张三"), other = FOLK_ADD(f, .name = "李四");

	OK(f, message_add(f->db, &by_volunteer, one, "好", NULL, &f->err));
	assert_int_equal(unread(f, other), 0);
}

TEST(a_message_to_nobody_or_of_nothing_is_refused, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三");

	assert_fails(message_add(f->db, &by_volunteer, 99, "好", NULL, &f->err), &f->err,
		ERR_NOT_FOUND, RESIDENT_UNKNOWN);
	assert_fails(message_add(f->db, &by_volunteer, id, "　", NULL, &f->err), &f->err,
		ERR_INVALID, TEXT_EMPTY);
	assert_fails(message_add(f->db, &by_volunteer, id, "\x1b[2J", NULL, &f->err), &f->err,
		ERR_INVALID, TEXT_CONTROL);
	assert_fails(message_read(f->db, &by_volunteer, 99, &f->err), &f->err, ERR_NOT_FOUND,
		MESSAGE_UNKNOWN);
}
