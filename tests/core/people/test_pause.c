/* Pauses, and everything that keeps a person from borrowing, booking and signing up. */
#include "core/base/reasons.h"
#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/store/role_reasons.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

static const struct act alone = { .role = ROLE_RESIDENT };

static struct err refusal_of(struct folk *f, const struct act *act, int64_t id)
{
	struct resident resident;
	struct err refusal = { 0 };

	OK(f, resident_get(f->db, id, &resident, &f->err));
	OK(f, admit_check(f->db, act, &resident, &refusal, &f->err));
	return refusal;
}

TEST(a_pause_holds_until_its_last_day_is_over, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三");
	struct err refusal;

	OK(f, pause_begin(f->db, &by_coordinator, id, (struct day){ 2026, 11, 22 }, "还书吵架",
		      &f->err));
	f->clock.set_wall = SATURDAY + 24 * 3600; /* still the 22nd */
	refusal = refusal_of(f, &by_volunteer, id);
	assert_true(err_has(&refusal, REASON_RESIDENT_PAUSED));
	f->clock.set_wall = SATURDAY + 48 * 3600;
	assert_int_equal(refusal_of(f, &by_volunteer, id).reason_count, 0);
}

TEST(why_somebody_is_paused_is_kept_apart_from_the_journal, folk)
{
	struct folk *f = *state;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int64_t id = FOLK_ADD(f, .name = "张三");

	OK(f, pause_begin(f->db, &by_coordinator, id, (struct day){ 2026, 12, 1 }, "还书吵架",
		      &f->err));
	OK(f, resident_person(f->db, id, &person, &f->err));
	assert_string_equal(person.pause_why, "还书吵架");
	assert_int_equal(folk_count(f, "SELECT count(*) FROM journal WHERE body LIKE '%吵架%'"), 0);
}

TEST(a_pause_can_be_ended_before_its_time, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三");

	assert_refused(pause_end(f->db, &by_coordinator, id, &f->err), &f->err, PAUSE_NONE);
	OK(f, pause_begin(f->db, &by_coordinator, id, (struct day){ 2026, 12, 1 }, "还书吵架",
		      &f->err));
	OK(f, pause_end(f->db, &by_coordinator, id, &f->err));
	assert_int_equal(refusal_of(f, &alone, id).reason_count, 0);
	assert_int_equal(folk_count(f, "SELECT count(pause_why) FROM resident_private"), 0);
}

TEST(a_pause_needs_a_reason_and_an_end_that_is_to_come, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "张三");

	assert_fails(
		pause_begin(f->db, &by_coordinator, id, (struct day){ 2026, 12, 1 }, " ", &f->err),
		&f->err, ERR_INVALID, TEXT_EMPTY);
	assert_fails(pause_begin(f->db, &by_coordinator, id, (struct day){ 2026, 11, 20 }, "吵架",
			     &f->err),
		&f->err, ERR_INVALID, DATE_BAD);
	assert_refused(
		pause_begin(f->db, &by_volunteer, id, (struct day){ 2026, 12, 1 }, "吵架", &f->err),
		&f->err, ROLE_NEEDED);
}

TEST(without_consent_a_person_alone_is_refused_and_one_with_staff_is_not, folk)
{
	struct folk *f = *state;
	const struct resident_new draft = {
		.name = "张三", .category = "resident", .is_consent_open = true
	};
	struct err refusal;
	int64_t id;

	OK(f, resident_add(f->db, &by_volunteer, &draft, &id, &f->err));
	refusal = refusal_of(f, &alone, id);
	assert_int_equal(refusal.reason_count, 1);
	assert_true(err_has(&refusal, REASON_CONSENT_OPEN));
	assert_int_equal(refusal_of(f, &by_volunteer, id).reason_count, 0);
}
