/* Venue policy in rows. */
#include "core/base/reasons.h"
#include "core/site/reasons.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

static int64_t value_of(struct folk *f, enum setting setting)
{
	int64_t value = -1;

	OK(f, setting_int(f->db, setting, &value, &f->err));
	return value;
}

TEST(without_a_row_a_setting_has_its_default, folk)
{
	struct folk *f = *state;
	CLEANUP(mem_free) char *version = NULL;

	assert_int_equal(value_of(f, SETTING_IDLE_SECONDS), 120);
	assert_int_equal(value_of(f, SETTING_IDLE_WARNING_SECONDS), 20);
	assert_int_equal(value_of(f, SETTING_RECEIPT_AUTO), 1);
	OK(f, setting_text(f->db, SETTING_CONSENT_VERSION, &version, &f->err));
	assert_string_not_equal(version, "");
}

TEST(every_setting_has_a_name_a_help_line_and_a_default_that_it_allows, folk)
{
	struct folk *f = *state;

	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_info *info = &setting_table[i];
		CLEANUP(mem_free) char *value = NULL;
		enum setting found;
		OK(f, setting_by_name(info->name, &found, &f->err));
		assert_int_equal((int)found, i);
		assert_true(strlen(info->help) > 10);
		OK(f, setting_text(f->db, found, &value, &f->err));
		OK(f, setting_set(f->db, &by_coordinator, found, value, &f->err));
	}
}

TEST(what_is_set_is_read_in_one_way_of_writing, folk)
{
	struct folk *f = *state;
	CLEANUP(mem_free) char *text = NULL;

	OK(f, setting_set(f->db, &by_coordinator, SETTING_IDLE_SECONDS, " ０９０ ", &f->err));
	assert_int_equal(value_of(f, SETTING_IDLE_SECONDS), 90);
	OK(f, setting_set(f->db, &by_coordinator, SETTING_IDLE_SECONDS, "60", &f->err));
	assert_int_equal(value_of(f, SETTING_IDLE_SECONDS), 60);
	OK(f, setting_set(f->db, &by_coordinator, SETTING_RECEIPT_AUTO, "否", &f->err));
	assert_int_equal(value_of(f, SETTING_RECEIPT_AUTO), 0);
	OK(f, setting_text(f->db, SETTING_RECEIPT_AUTO, &text, &f->err));
	assert_string_equal(text, "no");
	assert_int_equal(folk_count(f, "SELECT count(*) FROM setting"), 2);
}

TEST(a_value_out_of_range_is_refused, folk)
{
	static const struct {
		enum setting setting;
		const char *value;
		int code;
	} bad[] = {
		{ SETTING_IDLE_SECONDS, "1", REASON_NUMBER_RANGE },
		{ SETTING_IDLE_SECONDS, "99999999999999999999", REASON_NUMBER_RANGE },
		{ SETTING_IDLE_SECONDS, "soon", REASON_NUMBER_RANGE },
		{ SETTING_RECEIPT_AUTO, "maybe", REASON_SETTING_BAD },
		{ SETTING_CONSENT_VERSION, "", REASON_SETTING_BAD },
		{ SETTING_POINTS_ROUNDING, "about", REASON_SETTING_BAD },
		{ SETTING_WORK_FROM, "25:00", REASON_SETTING_BAD },
		{ SETTING_CONSENT_VERSION, "第二版", REASON_SETTING_BAD },
		{ SETTING_CONSENT_VERSION, "a b", REASON_SETTING_BAD },
	};
	struct folk *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(
			setting_set(f->db, &by_coordinator, bad[i].setting, bad[i].value, &f->err),
			ERR_INVALID);
		assert_true(err_has(&f->err, bad[i].code));
	}
	assert_int_equal(folk_count(f, "SELECT count(*) FROM setting"), 0);
}

TEST(a_row_that_this_program_no_longer_allows_reads_as_the_default, folk)
{
	struct folk *f = *state;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	OK(f, act_begin(&a, f->db, &by_coordinator, ACT_SETTING_SET, NO_FIELDS, &f->err));
	OK(f, act_insert(&a, "setting",
		      FIELDS(F_INT("id", act_new_id(&a)), F_TEXT("name", "idle_seconds"),
			      F_TEXT("value", "5")),
		      &f->err));
	OK(f, act_commit(&a, 0, &f->err));
	assert_int_equal(value_of(f, SETTING_IDLE_SECONDS), 120);
}

TEST(an_unknown_setting_is_not_found, folk)
{
	struct folk *f = *state;
	enum setting found;

	assert_fails(
		setting_by_name("idle", &found, &f->err), &f->err, ERR_NOT_FOUND, SETTING_UNKNOWN);
}

TEST(a_volunteer_does_not_set_policy, folk)
{
	struct folk *f = *state;

	assert_refused(setting_set(f->db, &by_volunteer, SETTING_IDLE_SECONDS, "60", &f->err),
		&f->err, ROLE_NEEDED);
}
