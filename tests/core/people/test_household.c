/* Addresses and the people who live there. */
#include "core/people/household.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

TEST(a_place_compares_alike_however_it_is_written, none)
{
	static const char *const places[][3] = {
		{ "3栋", "502", "3-502" },
		{ "三栋", "五零二房", "3-502" },
		{ "３座", "５０２室", "3-502" },
		{ "3栋502", NULL, "3-502" },
		{ NULL, "3-502", "3-502" },
		{ "3号楼", "502房", "3-502" },
		{ "03栋", "0502", "3-502" },
		{ "十二栋", "一百零二", "12-102" },
		{ "二十栋", "301", "20-301" },
		{ "A座", "1203", "a-1203" },
		{ "3栋2单元", "502", "3-2-502" },
		{ "3#", " 502 ", "3-502" },
		{ "", "502", "502" },
		{ "3栋", "", "3" },
		{ NULL, NULL, "" },
		{ " - ", "号", "" },
		{ "榕树里3栋", "502", "榕树里3-502" },
	};

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		CLEANUP(mem_free) char *place = household_place(places[i][0], places[i][1]);
		assert_string_equal(place, places[i][2]);
	}
}

TEST(an_address_is_split_into_building_and_room, none)
{
	static const char *const addresses[][3] = {
		{ "3栋502", "3栋", "502" },
		{ "3-502", "3栋", "502" },
		{ "3—502", "3栋", "502" },
		{ "３－５０２", "3栋", "502" },
		{ "3#502", "3栋", "502" },
		{ "3栋-502", "3栋", "502" },
		{ "3栋 502室", "3栋", "502" },
		{ "3-2-502", "3栋2单元", "502" },
		{ "三栋二单元502室", "三栋二单元", "502" },
		{ "5号楼2单元301", "5号楼2单元", "301" },
		{ "5号楼301", "5号楼", "301" },
		{ "A座1203", "A座", "1203" },
		{ "三栋五零二", "三栋", "五零二" },
		{ "榕树里小区3栋502房", "3栋", "502" },
		{ "东莞市榕树里社区 3栋502", "3栋", "502" },
		{ "西门平房12号", "西门平房", "12" },
		{ "502", "", "502" },
		{ "3栋", "3栋", "" },
		{ "榕树里", "榕树里", "" },
		{ "", "", "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
		CLEANUP(mem_free) char *building = NULL;
		CLEANUP(mem_free) char *room = NULL;
		household_split(addresses[i][0], &building, &room);
		assert_string_equal(building, addresses[i][1]);
		assert_string_equal(room, addresses[i][2]);
	}
}

TEST(the_same_door_is_the_same_household, folk)
{
	struct folk *f = *state;
	int64_t first, second, other;

	OK(f, household_at(f->db, &by_volunteer, "3栋", "502", &first, &f->err));
	OK(f, household_at(f->db, &by_volunteer, "三座", "５０２房", &second, &f->err));
	OK(f, household_at(f->db, &by_volunteer, "4栋", "502", &other, &f->err));
	assert_int_equal(first, second);
	assert_int_not_equal(first, other);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM household"), 2);
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM journal WHERE kind = 'household.add'"), 2);
}

TEST(estates_with_equal_numbers_stay_apart, folk)
{
	struct folk *f = *state;
	int64_t one, two;

	OK(f, household_at(f->db, &by_volunteer, "榕树里3栋", "502", &one, &f->err));
	OK(f, household_at(f->db, &by_volunteer, "桂花苑3栋", "502", &two, &f->err));
	assert_int_not_equal(one, two);
}

TEST(no_place_is_no_household, folk)
{
	struct folk *f = *state;
	int64_t id = 7;

	OK(f, household_at(f->db, &by_volunteer, NULL, "  ", &id, &f->err));
	assert_int_equal(id, 0);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM household"), 0);
}

TEST(members_are_those_who_still_live_there, folk)
{
	struct folk *f = *state;
	CLEANUP(mem_free) int64_t *members = NULL;
	int64_t a = FOLK_ADD(f, .name = "何伟", .building = "3栋", .room = "502");
	int64_t b = FOLK_ADD(f, .name = "陈丽芳", .building = "3栋", .room = "502");
	int64_t c = FOLK_ADD(f, .name = "何小明", .building = "三栋", .room = "502室");
	struct resident resident;

	OK(f, resident_leave(f->db, &by_coordinator, b, &f->err));
	OK(f, resident_get(f->db, a, &resident, &f->err));
	assert_int_equal(household_members(f->db, resident.household, &members, &f->err), 2);
	assert_int_equal(members[0], a);
	assert_int_equal(members[1], c);
}

TEST(a_household_is_read_as_it_was_written, folk)
{
	struct folk *f = *state;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int64_t id, number, resident;

	OK(f, household_at(f->db, &by_volunteer, "三栋", "502房", &id, &f->err));
	resident = FOLK_ADD(f, .name = "何志强", .building = "3栋", .room = "502");
	OK(f, resident_person(f->db, resident, &person, &f->err));
	assert_string_equal(person.building, "三栋");
	assert_string_equal(person.room, "502房");
	OK(f, db_integer(f->db, "SELECT number FROM household WHERE id = :id",
		      FIELDS(F_INT("id", id)), 0, &number, &f->err));
	assert_int_equal(number, 1);
}
