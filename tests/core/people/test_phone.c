/* Showing a phone number, which is logged. */
#include "core/people/phone.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

TEST(a_look_at_a_number_is_on_record_without_the_number, folk)
{
	struct folk *f = *state;
	struct act looking = { .role = ROLE_VOLUNTEER, .actor = 7 };
	int64_t id = FOLK_ADD(f, .name = "张三", .phone = "13800001234");

	for (int i = 0; i < 2; i++) {
		CLEANUP(mem_free) char *phone = NULL;
		OK(f, phone_reveal(f->db, &looking, id, &phone, &f->err));
		assert_string_equal(phone, "13800001234");
	}
	assert_int_equal(folk_count(f, "SELECT count(*) FROM journal WHERE kind = 'phone.reveal'"
				       " AND actor = 7 AND resident IS NOT NULL"),
		2);
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM journal WHERE body LIKE '%13800001234%'"), 0);
}

TEST(a_resident_alone_is_shown_no_number, folk)
{
	struct folk *f = *state;
	struct act alone = { .role = ROLE_RESIDENT };
	int64_t id = FOLK_ADD(f, .name = "张三", .phone = "13800001234");
	char *phone = NULL;

	assert_int_equal(phone_reveal(f->db, &alone, id, &phone, &f->err), ERR_REFUSED);
	assert_null(phone);
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM journal WHERE kind = 'phone.reveal'"), 0);
}
