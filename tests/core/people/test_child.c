/* Children: who counts as one, who agrees for them, and who may fetch them. */
#include "core/base/reasons.h"
#include "core/people/child.h"
#include "core/people/consent.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/store/role_reasons.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

static int children_setup(void **state)
{
	int64_t id;

	folk_setup(state);
	struct folk *f = *state;
	OK(f, resident_category_add(f->db, &by_coordinator, CATEGORY_CHILD, "儿童", &id, &f->err));
	return 0;
}

static int children_teardown(void **state)
{
	return folk_teardown(state);
}

static struct resident get(struct folk *f, int64_t id)
{
	struct resident resident = { 0 };

	OK(f, resident_get(f->db, id, &resident, &f->err));
	return resident;
}

static int add(struct folk *f, struct resident_new draft, int64_t *ret_id)
{
	draft.name = "何小妹";
	if (!draft.is_consent_open)
		draft.consent_version = "2026-1";
	return resident_add(f->db, &by_volunteer, &draft, ret_id, &f->err);
}

TEST(a_child_is_under_14_until_the_year_is_over_in_which_it_may_turn_14, none)
{
	const struct day today = { 2026, 11, 21 };

	assert_int_equal(age_of("resident", 0, today), AGE_ADULT);
	assert_int_equal(age_of("resident", 2012, today), AGE_UNDER_14);
	assert_int_equal(age_of("resident", 2011, today), AGE_MINOR);
	assert_int_equal(age_of("resident", 2008, today), AGE_MINOR);
	assert_int_equal(age_of("resident", 2007, today), AGE_ADULT);
	assert_int_equal(age_of("child", 2011, today), AGE_MINOR);
	assert_int_equal(age_of("child", 0, today), AGE_UNDER_14);
}

TEST(a_child_under_14_is_registered_with_a_guardian_who_agrees, children)
{
	struct folk *f = *state;
	int64_t id, mother = FOLK_ADD(f, .name = "张三");

	assert_refused(add(f, (struct resident_new){ .category = "child" }, &id), &f->err,
		GUARDIAN_NEEDED);
	assert_refused(
		add(f, (struct resident_new){ .category = "resident", .birth_year = 2015 }, &id),
		&f->err, GUARDIAN_NEEDED);
	OK(f, add(f, (struct resident_new){ .category = "child", .guardian = mother }, &id));
	assert_int_equal(get(f, id).consent_by, mother);
	assert_string_equal(get(f, id).consent_version, "2026-1");
	OK(f, add(f, (struct resident_new){ .category = "child", .birth_year = 2010 }, &id));
	assert_int_equal(get(f, id).consent_by, 0);
}

TEST(a_guardian_is_an_adult_who_is_here, children)
{
	struct folk *f = *state;
	int64_t id, gone = FOLK_ADD(f, .name = "张三"), mother = FOLK_ADD(f, .name = "李四"), child;

	OK(f, resident_leave(f->db, &by_coordinator, gone, &f->err));
	OK(f, add(f, (struct resident_new){ .category = "child", .guardian = mother }, &child));
	assert_refused(add(f, (struct resident_new){ .category = "child", .guardian = child }, &id),
		&f->err, GUARDIAN_UNFIT);
	assert_refused(add(f, (struct resident_new){ .category = "child", .guardian = gone }, &id),
		&f->err, RESIDENT_LEFT);
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	edit.guardian = child;
	assert_refused(resident_edit(f->db, &by_volunteer, child, &edit, &f->err), &f->err,
		GUARDIAN_UNFIT);
}

TEST(a_child_stands_masked_on_the_wall_unless_something_else_is_chosen, children)
{
	struct folk *f = *state;
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	int64_t id, mother = FOLK_ADD(f, .name = "张三");

	OK(f, add(f, (struct resident_new){ .category = "child", .guardian = mother }, &id));
	assert_int_equal(get(f, id).wall_name, WALL_MASKED);
	OK(f, add(f,
		      (struct resident_new){ .category = "child",
			      .guardian = mother,
			      .is_wall_chosen = true,
			      .phone = "13800000001" },
		      &id));
	assert_int_equal(get(f, id).wall_name, WALL_FULL);
	edit.birth_year = 2013;
	OK(f, resident_edit(f->db, &by_volunteer, mother, &edit, &f->err));
	assert_int_equal(get(f, mother).wall_name, WALL_MASKED);
}

TEST(a_year_of_birth_is_one_that_people_have, children)
{
	struct folk *f = *state;
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int64_t id = FOLK_ADD(f, .name = "张三", .birth_year = 1955);

	OK(f, resident_person(f->db, id, &person, &f->err));
	assert_int_equal(person.birth_year, 1955);
	edit.birth_year = 2027;
	assert_fails(resident_edit(f->db, &by_volunteer, id, &edit, &f->err), &f->err, ERR_INVALID,
		NUMBER_RANGE);
	edit.birth_year = 1899;
	assert_fails(resident_edit(f->db, &by_volunteer, id, &edit, &f->err), &f->err, ERR_INVALID,
		NUMBER_RANGE);
	edit.birth_year = 0;
	OK(f, resident_edit(f->db, &by_volunteer, id, &edit, &f->err));
	resident_person_finish(&person);
	OK(f, resident_person(f->db, id, &person, &f->err));
	assert_int_equal(person.birth_year, 0);
}

TEST(the_year_of_birth_and_names_of_fetchers_are_not_in_the_journal, children)
{
	struct folk *f = *state;

	FOLK_ADD(f, .name = "张三", .birth_year = 1955, .fetchers = "李奶奶 13800000009");
	assert_int_equal(folk_count(f, "SELECT count(*) FROM journal WHERE body LIKE '%1955%'"
				       " OR body LIKE '%奶奶%' OR body LIKE '%birth%'"),
		0);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM fetcher_private"), 1);
}

/* ---- fetchers ---- */

TEST(who_may_fetch_a_child_is_a_resident_or_a_name, children)
{
	struct folk *f = *state;
	int64_t mother = FOLK_ADD(f, .name = "张三"), aunt = FOLK_ADD(f, .name = "何姨"), child;
	CLEANUP(fetcher_list_finish) struct fetcher_list list = { 0 };
	CLEANUP(mem_free) char *text = NULL;

	OK(f, add(f,
		      (struct resident_new){ .category = "child",
			      .guardian = mother,
			      .fetchers = "李奶奶 13800000009、 2 何姨，\n2" },
		      &child));
	OK(f, fetchers_of(f->db, child, &list, &f->err));
	assert_int_equal(list.count, 2);
	assert_int_equal(list.rows[0].resident, aunt);
	assert_string_equal(list.rows[0].name, "何姨");
	assert_string_equal(list.rows[1].name, "李奶奶 13800000009");
	OK(f, fetchers_text(f->db, child, &text, &f->err));
	assert_string_equal(text, "2；李奶奶 13800000009");
	OK(f, fetchers_set(f->db, &by_volunteer, child, "", &f->err));
	assert_int_equal(folk_count(f, "SELECT (SELECT count(*) FROM fetcher)"
				       " + (SELECT count(*) FROM fetcher_private)"),
		0);
}

TEST(a_fetcher_with_a_number_that_nobody_has_is_refused, children)
{
	struct folk *f = *state;
	int64_t child = FOLK_ADD(f, .name = "张小");

	assert_fails(fetchers_set(f->db, &by_volunteer, child, "99", &f->err), &f->err, ERR_INVALID,
		FETCHER_BAD);
	assert_fails(fetchers_set(f->db, &by_volunteer, child, "1", &f->err), &f->err, ERR_INVALID,
		FETCHER_BAD);
	assert_fails(fetchers_set(f->db, &by_volunteer, child, "a;b;c;d;e;f;g;h;i", &f->err),
		&f->err, ERR_INVALID, FETCHERS_MANY);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM fetcher"), 0);
}

/* ---- consent ---- */

TEST(who_came_in_without_consent_is_asked_and_the_answer_is_an_act, children)
{
	struct folk *f = *state;
	int64_t id, whom = 0;

	OK(f, add(f, (struct resident_new){ .category = "resident", .is_consent_open = true },
		      &id));
	assert_string_equal(get(f, id).consent_version, "");
	assert_int_equal(consent_to_ask(f->db, id, &whom, &f->err), 1);
	assert_int_equal(whom, id);
	const struct act alone = { .role = ROLE_RESIDENT, .resident = id };
	OK(f, consent_give(f->db, &alone, id, "2026-1", &f->err));
	assert_string_equal(get(f, id).consent_version, "2026-1");
	assert_int_equal(get(f, id).consent_at, SATURDAY);
	assert_int_equal(consent_to_ask(f->db, id, &whom, &f->err), 0);
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM journal WHERE kind = 'resident.consent'"), 1);
}

TEST(nobody_agrees_for_somebody_else_alone_at_the_kiosk, children)
{
	struct folk *f = *state;
	int64_t id, other = FOLK_ADD(f, .name = "李四");
	const struct act alone = { .role = ROLE_RESIDENT, .resident = other };

	OK(f, add(f, (struct resident_new){ .category = "resident", .is_consent_open = true },
		      &id));
	assert_refused(consent_give(f->db, &alone, id, "2026-1", &f->err), &f->err, ROLE_NEEDED);
	OK(f, consent_give(f->db, &by_volunteer, id, "2026-1", &f->err));
}

TEST(the_guardian_is_asked_for_a_child_under_14_and_not_the_child, children)
{
	struct folk *f = *state;
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	int64_t child, whom = 0, mother = FOLK_ADD(f, .name = "张三");

	OK(f, add(f, (struct resident_new){ .category = "child", .is_consent_open = true },
		      &child));
	assert_int_equal(consent_to_ask(f->db, child, &whom, &f->err), 0);
	assert_refused(consent_give(f->db, &by_volunteer, child, "2026-1", &f->err), &f->err,
		GUARDIAN_NEEDED);
	edit.guardian = mother;
	OK(f, resident_edit(f->db, &by_volunteer, child, &edit, &f->err));
	assert_int_equal(consent_to_ask(f->db, mother, &whom, &f->err), 1);
	assert_int_equal(whom, child);
	const struct act alone = { .role = ROLE_RESIDENT, .resident = child };
	assert_refused(
		consent_give(f->db, &alone, child, "2026-1", &f->err), &f->err, CONSENT_GUARDIAN);
	const struct act by_mother = { .role = ROLE_RESIDENT, .resident = mother };
	OK(f, consent_give(f->db, &by_mother, child, "2026-1", &f->err));
	assert_int_equal(get(f, child).consent_by, mother);
	assert_int_equal(consent_to_ask(f->db, mother, &whom, &f->err), 0);
}

TEST(who_turns_out_to_be_under_14_is_asked_for_a_guardians_consent, children)
{
	struct folk *f = *state;
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	struct resident resident;
	int64_t id = FOLK_ADD(f, .name = "张小");

	edit.category = CATEGORY_CHILD;
	OK(f, resident_edit(f->db, &by_volunteer, id, &edit, &f->err));
	resident = get(f, id);
	assert_int_equal(consent_is_open(f->db, &resident, &f->err), 1);
}
