/* Registering people, and where each part of their record is kept. */
#include "core/base/reasons.h"
#include "core/people/card.h"
#include "core/people/message.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/people/staff.h"
#include "core/site/hours.h"
#include "core/site/setting.h"
#include "core/site/site.h"
#include "core/store/act_reasons.h"
#include "core/store/replay.h"
#include "core/store/role_reasons.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

TEST(a_new_resident_gets_the_next_number, folk)
{
	struct folk *f = *state;
	struct resident resident;

	FOLK_ADD(f, .name = "张三");
	FOLK_ADD(f, .name = "李四", .number = 700);
	int64_t id = FOLK_ADD(f, .name = "王五");
	OK(f, resident_get(f->db, id, &resident, &f->err));
	assert_int_equal(resident.number, 701);
	assert_int_equal(resident.category, f->resident_category);
	assert_string_equal(resident.consent_version, "2026-1");
	assert_int_equal(resident.consent_at, SATURDAY);
	assert_int_equal(resident.joined_on.day, 21);
	assert_false(resident.has_left);
	OK(f, resident_by_number(f->db, 700, &resident, &f->err));
	assert_int_not_equal(resident.id, id);
}

TEST(a_list_is_narrowed_down_by_name_initials_and_full_pinyin, folk)
{
	struct folk *f = *state;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	static const char *const fit[] = { "", "欧阳", "小三", "三叔", "oyxs", "oy",
		"ouyangxiaosan", "OuYang", "ouyang xiao" };
	static const char *const others[] = { "张", "xs", "yang", "zhang", "ouyangda" };

	OK(f, resident_person(
		      f->db, FOLK_ADD(f, .name = "欧阳小三", .alias = "三叔"), &person, &f->err));
	for (size_t i = 0; i < ARRAY_LEN(fit); i++)
		assert_true(resident_person_matches(&person, fit[i]));
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(resident_person_matches(&person, others[i]));
}

TEST(personal_texts_are_tidied_and_read_back, folk)
{
	struct folk *f = *state;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int64_t id = FOLK_ADD(f, .name = " 欧阳　小三 ", .alias = "三叔",
		.phone = "+86 138-1234 ５６７８", .building = "3栋", .room = "502");

	OK(f, resident_person(f->db, id, &person, &f->err));
	assert_string_equal(person.name, "欧阳小三");
	assert_string_equal(person.alias, "三叔");
	assert_string_equal(person.phone, "13812345678");
	assert_string_equal(person.pinyin, "ouyangxiaosan");
	assert_string_equal(person.initials, "oyxs");
	assert_string_equal(person.building, "3栋");
	assert_string_equal(person.note, "");
}

TEST(a_name_in_latin_letters_keeps_its_spaces, folk)
{
	struct folk *f = *state;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int64_t id = FOLK_ADD(f, .name = "John Smith");

	OK(f, resident_person(f->db, id, &person, &f->err));
	assert_string_equal(person.name, "John Smith");
}

TEST(all_faults_of_a_registration_are_told_at_once, folk)
{
	struct folk *f = *state;
	struct resident_new bad = { .name = "  ", .phone = "12ab", .category = "emperor" };
	int64_t id;

	assert_int_equal(resident_add(f->db, &by_volunteer, &bad, &id, &f->err), ERR_INVALID);
	assert_int_equal(f->err.reason_count, 4);
	assert_true(err_has(&f->err, REASON_TEXT_EMPTY));
	assert_true(err_has(&f->err, REASON_PHONE_BAD));
	assert_true(err_has(&f->err, REASON_CATEGORY_UNKNOWN));
	assert_true(err_has(&f->err, REASON_RESIDENT_NO_CONSENT));
	assert_int_equal(folk_count(f, "SELECT count(*) FROM resident"), 0);
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM journal WHERE kind = 'resident.add'"), 0);
}

TEST(nobody_is_registered_without_consent, folk)
{
	struct folk *f = *state;
	struct resident_new silent = { .name = "张三", .category = "resident" };
	int64_t id;

	assert_refused(resident_add(f->db, &by_volunteer, &silent, &id, &f->err), &f->err,
		RESIDENT_NO_CONSENT);
}

TEST(controls_and_escapes_in_a_name_are_refused, folk)
{
	struct folk *f = *state;
	static const char *const names[] = { "张\x1b[31m三", "张\u202e三", "张\xff三",
		"张\u200b三" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct resident_new bad = {
			.name = names[i], .category = "resident", .consent_version = "2026-1"
		};
		int64_t id;
		assert_int_equal(
			resident_add(f->db, &by_volunteer, &bad, &id, &f->err), ERR_INVALID);
	}
}

TEST(a_person_exists_once, folk)
{
	struct folk *f = *state;
	struct resident_new twin = { .name = "张三",
		.phone = "138 0000 0000",
		.category = "resident",
		.consent_version = "2026-1" };
	struct act knowing = by_volunteer;
	int64_t id;

	FOLK_ADD(f, .name = "张三", .phone = "13800000000", .number = 12);
	assert_refused(
		resident_add(f->db, &by_volunteer, &twin, &id, &f->err), &f->err, PERSON_EXISTS);
	assert_int_equal(f->err.reasons[0].n1, 12);
	knowing.is_override = true;
	knowing.why = "同名父子共用电话";
	OK(f, resident_add(f->db, &knowing, &twin, &id, &f->err));
}

TEST(a_namesake_is_somebody_else, folk)
{
	struct folk *f = *state;

	FOLK_ADD(f, .name = "张三", .phone = "13800000000");
	FOLK_ADD(f, .name = "张三", .phone = "13900000000");
	FOLK_ADD(f, .name = "张三");
	FOLK_ADD(f, .name = "张三");
	FOLK_ADD(f, .name = "张三", .building = "3栋", .room = "502");
	struct resident_new twin = { .name = "张三",
		.building = "三栋",
		.room = "502",
		.category = "resident",
		.consent_version = "2026-1" };
	int64_t id;
	assert_refused(
		resident_add(f->db, &by_volunteer, &twin, &id, &f->err), &f->err, PERSON_EXISTS);
}

TEST(a_number_is_given_once, folk)
{
	struct folk *f = *state;
	struct resident_new second = {
		.name = "李四", .category = "resident", .consent_version = "2026-1", .number = 5
	};
	int64_t id;

	FOLK_ADD(f, .name = "张三", .number = 5);
	assert_refused(
		resident_add(f->db, &by_volunteer, &second, &id, &f->err), &f->err, NUMBER_TAKEN);
}

TEST(a_resident_cannot_register_anybody, folk)
{
	struct folk *f = *state;
	struct act act = { .role = ROLE_RESIDENT };
	struct resident_new person = {
		.name = "张三", .category = "resident", .consent_version = "2026-1"
	};
	int64_t id;

	assert_refused(resident_add(f->db, &act, &person, &id, &f->err), &f->err, ROLE_NEEDED);
}

TEST(the_same_key_registers_once, folk)
{
	struct folk *f = *state;
	struct act act = by_volunteer;
	struct resident_new person = { .name = "张三",
		.phone = "13800000000",
		.category = "resident",
		.consent_version = "2026-1" };
	int64_t first, second;

	act_new_key(act.key);
	OK(f, resident_add(f->db, &act, &person, &first, &f->err));
	OK(f, resident_add(f->db, &act, &person, &second, &f->err));
	assert_int_equal(first, second);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM resident"), 1);
}

/* Looks through every column of every journal row. */
static int64_t journal_rows_with(struct folk *f, const char *text)
{
	int64_t n = -1;

	OK(f, db_integer(f->db,
		      "SELECT count(*) FROM journal WHERE instr(body, :text)"
		      " OR instr(CAST(key AS TEXT), :text) OR instr(CAST(inputs AS TEXT), :text)"
		      " OR instr(kind, :text)",
		      FIELDS(F_TEXT("text", text)), 0, &n, &f->err));
	return n;
}

TEST(nothing_personal_enters_the_journal, folk)
{
	static const char *const secrets[] = { "慕容雪", "murongxue", "mrx", "雪姨", "13812345678",
		"5678", "怕狗", "17栋", "1702", "17-1702", "借了梯子", "慕容霜" };
	struct folk *f = *state;
	struct act act = by_volunteer;
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	char code[CODE_TEXT_MAX];

	act.why = "慕容雪的女儿代办";
	struct resident_new person = { .name = "慕容雪",
		.alias = "雪姨",
		.phone = "13812345678",
		.note = "怕狗",
		.building = "17栋",
		.room = "1702",
		.category = "resident",
		.consent_version = "2026-1" };
	int64_t id;
	OK(f, resident_add(f->db, &act, &person, &id, &f->err));
	edit.name = "慕容霜";
	OK(f, resident_edit(f->db, &by_volunteer, id, &edit, &f->err));
	OK(f, message_add(f->db, &by_volunteer, id, "借了梯子", NULL, &f->err));
	OK(f, card_issue(f->db, &by_volunteer, id, code, NULL, &f->err));
	assert_true(journal_rows_with(f, "resident.add") > 0); /* the search does find things */
	for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
		if (journal_rows_with(f, secrets[i]) != 0)
			fail_msg("the journal holds %s", secrets[i]);
	assert_int_equal(journal_rows_with(f, code), 0);
}

/* What the journal keeps as "inputs" is a salted hash; if the salt were in the next column, a name
 * or a phone number could be guessed from it. */
TEST(the_hash_of_the_inputs_knows_no_name_either, folk)
{
	struct folk *f = *state;
	struct act act = by_volunteer;
	struct resident_new one = { .name = "张三",
		.phone = "13800000000",
		.category = "resident",
		.consent_version = "2026-1" };
	struct resident_new other = one;
	int64_t first, second;

	act_new_key(act.key);
	OK(f, resident_add(f->db, &act, &one, &first, &f->err));
	other.name = "李四";
	other.phone = "13900000000";
	/* Equal hashes: otherwise this is KEY_REUSED. */
	OK(f, resident_add(f->db, &act, &other, &second, &f->err));
	assert_int_equal(first, second);
}

TEST(editing_changes_what_was_named_and_nothing_else, folk)
{
	struct folk *f = *state;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	struct resident before, after;
	int64_t id = FOLK_ADD(f, .name = "张三", .phone = "13800000000", .building = "3栋",
		.room = "502", .note = "耳背");

	OK(f, resident_get(f->db, id, &before, &f->err));
	edit.phone = "22223333";
	edit.category = "volunteer";
	edit.wall_name = WALL_MASKED;
	OK(f, resident_edit(f->db, &by_volunteer, id, &edit, &f->err));
	OK(f, resident_get(f->db, id, &after, &f->err));
	OK(f, resident_person(f->db, id, &person, &f->err));
	assert_string_equal(person.phone, "22223333");
	assert_string_equal(person.name, "张三");
	assert_string_equal(person.note, "耳背");
	assert_int_equal(after.household, before.household);
	assert_int_equal(after.category, f->volunteer_category);
	assert_int_equal(after.wall_name, WALL_MASKED);
}

TEST(a_new_name_is_read_afresh_and_a_wrong_reading_can_be_put_right, folk)
{
	struct folk *f = *state;
	int64_t id = FOLK_ADD(f, .name = "李乐");

	for (int round = 0; round < 2; round++) {
		CLEANUP(resident_person_finish) struct resident_person person = { 0 };
		struct resident_edit edit = RESIDENT_EDIT_INIT;
		edit.name = round == 0 ? "单乐" : NULL;
		edit.pinyin = round == 1 ? "Shan Yue" : NULL;
		edit.initials = round == 1 ? "SY" : NULL;
		OK(f, resident_edit(f->db, &by_volunteer, id, &edit, &f->err));
		OK(f, resident_person(f->db, id, &person, &f->err));
		assert_string_equal(person.pinyin, round == 0 ? "shanle" : "shanyue");
		assert_string_equal(person.initials, round == 0 ? "sl" : "sy");
	}
}

TEST(moving_changes_the_household, folk)
{
	struct folk *f = *state;
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	struct resident resident;
	int64_t id = FOLK_ADD(f, .name = "张三", .building = "3栋", .room = "502");
	int64_t other = FOLK_ADD(f, .name = "李四", .building = "4栋", .room = "101");
	struct resident neighbour;

	edit.building = "四栋";
	edit.room = "101";
	OK(f, resident_edit(f->db, &by_volunteer, id, &edit, &f->err));
	OK(f, resident_get(f->db, id, &resident, &f->err));
	OK(f, resident_get(f->db, other, &neighbour, &f->err));
	assert_int_equal(resident.household, neighbour.household);
	edit.building = edit.room = "";
	OK(f, resident_edit(f->db, &by_volunteer, id, &edit, &f->err));
	OK(f, resident_get(f->db, id, &resident, &f->err));
	assert_int_equal(resident.household, 0);
}

TEST(a_guardian_must_exist, folk)
{
	struct folk *f = *state;
	struct resident_new child = { .name = "张小",
		.category = "resident",
		.consent_version = "2026-1",
		.guardian = 12345 };
	struct resident resident;
	int64_t id;

	assert_refused(resident_add(f->db, &by_volunteer, &child, &id, &f->err), &f->err,
		RESIDENT_UNKNOWN);
	child.guardian = FOLK_ADD(f, .name = "张三");
	OK(f, resident_add(f->db, &by_volunteer, &child, &id, &f->err));
	OK(f, resident_get(f->db, id, &resident, &f->err));
	assert_int_equal(resident.guardian, child.guardian);
}

TEST(who_leaves_loses_the_card_and_leaves_once, folk)
{
	struct folk *f = *state;
	struct resident resident;
	struct card card;
	char code[CODE_TEXT_MAX];
	int64_t id = FOLK_ADD(f, .name = "张三");

	OK(f, card_issue(f->db, &by_volunteer, id, code, NULL, &f->err));
	OK(f, resident_leave(f->db, &by_coordinator, id, &f->err));
	OK(f, resident_get(f->db, id, &resident, &f->err));
	assert_true(resident.has_left);
	assert_int_equal(resident.left_on.day, 21);
	assert_int_equal(card_of(f->db, id, &card, &f->err), 0);
	assert_refused(resident_leave(f->db, &by_coordinator, id, &f->err), &f->err, RESIDENT_LEFT);
	assert_refused(resident_leave(f->db, &by_volunteer, id, &f->err), &f->err, ROLE_NEEDED);
}

TEST(a_number_is_not_given_again_after_somebody_left, folk)
{
	struct folk *f = *state;
	struct resident resident;
	int64_t id = FOLK_ADD(f, .name = "张三");

	OK(f, resident_leave(f->db, &by_coordinator, id, &f->err));
	id = FOLK_ADD(f, .name = "李四");
	OK(f, resident_get(f->db, id, &resident, &f->err));
	assert_int_equal(resident.number, 2);
}

TEST(names_on_the_wall_are_as_chosen_and_borrowers_are_masked, folk)
{
	struct folk *f = *state;
	static const char *const wall[WALL_COUNT] = { "陈国祯", "祯叔", "陈*祯" };

	for (int i = 0; i < WALL_COUNT; i++) {
		CLEANUP(mem_free) char *name = NULL;
		CLEANUP(mem_free) char *masked = NULL;
		int64_t id = FOLK_ADD(
			f, .name = "陈国祯", .alias = "祯叔", .wall_name = (enum wall_name)i);
		OK(f, resident_wall_name(f->db, id, &name, &f->err));
		OK(f, resident_masked_name(f->db, id, &masked, &f->err));
		assert_string_equal(name, wall[i]);
		assert_string_equal(masked, "陈*祯");
	}
	CLEANUP(mem_free) char *name = NULL;
	int64_t id = FOLK_ADD(f, .name = "何伟", .wall_name = WALL_ALIAS);
	OK(f, resident_wall_name(f->db, id, &name, &f->err));
	assert_string_equal(name, "何伟");
}

/* One of each act of people and site, done and undone. */
static void live_a_little(struct folk *f)
{
	static const struct opening week[] = { { 6, 540, 1260 }, { 5, 1320, 1560 } };
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	struct staff_new staff = { .code = "wei", .name = "何伟", .role = ROLE_VOLUNTEER };
	char code[CODE_TEXT_MAX];
	int64_t message, closure, staff_id;
	int64_t id = FOLK_ADD(f, .name = "张三", .building = "3栋", .room = "502");
	int64_t child = FOLK_ADD(f, .name = "张小", .guardian = id, .wall_name = WALL_MASKED);

	for (int i = 0; i < 2; i++) {
		OK(f, card_issue(f->db, &by_volunteer, id, code, NULL, &f->err));
		OK(f, hours_set(f->db, &by_coordinator, week, 2 - i, &f->err));
		OK(f, setting_set(f->db, &by_coordinator, SETTING_IDLE_SECONDS, i ? "60" : "90",
			      &f->err));
		OK(f, site_set(f->db, &by_admin, &(struct site){ .name = i ? "家" : "共享家" },
			      &f->err));
		OK(f, closure_add(f->db, &by_coordinator,
			      &(struct closure){ .from = { 2026, 12, 1 },
				      .until = { 2026, 12, 2 },
				      .name = "停电" },
			      &closure, &f->err));
	}
	OK(f, closure_remove(f->db, &by_coordinator, closure, &f->err));
	edit.building = "";
	edit.guardian = 0;
	OK(f, resident_edit(f->db, &by_volunteer, child, &edit, &f->err));
	OK(f, message_add(f->db, &by_volunteer, id, "好", &message, &f->err));
	OK(f, message_read(f->db, &by_volunteer, message, &f->err));
	staff.resident = id;
	OK(f, staff_add(f->db, &by_admin, &staff, &staff_id, &f->err));
	OK(f, staff_leave(f->db, &by_admin, staff_id, &f->err));
	OK(f, card_revoke(f->db, &by_volunteer, id, &f->err));
	OK(f, resident_leave(f->db, &by_coordinator, id, &f->err));
}

TEST(the_journal_alone_rebuilds_what_people_and_site_hold, folk)
{
	struct folk *f = *state;
	struct replay_difference difference = { 0 };
	struct db *scratch = NULL;

	live_a_little(f);
	OK(f, replay_scratch(f->db, REPLAY_FIRST, ":memory:", &scratch, &f->err));
	OK(f, replay_into(f->db, scratch, &f->err));
	OK(f, replay_compare(f->db, scratch, &difference, &f->err));
	assert_string_equal(difference.table, "");
	db_close(scratch);
}

TEST(a_category_exists_once, folk)
{
	struct folk *f = *state;
	struct resident_category *categories = NULL;
	int64_t id;

	assert_refused(
		resident_category_add(f->db, &by_coordinator, "resident", "居", &id, &f->err),
		&f->err, NAME_EXISTS);
	int count = resident_categories(f->db, &categories, &f->err);
	assert_int_equal(count, 2);
	assert_string_equal(categories[0].code, "resident");
	assert_string_equal(categories[1].name, "志愿者");
	resident_categories_finish(categories, count);
}
