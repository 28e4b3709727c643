/* What happens to a person's record, in the real program: consent, children, pauses, the print-out
 * of everything that is kept, erasing. */
#include <unistd.h>

#include "core/people/reasons.h"
#include "tests/screens/fingers.h"

static void staff_run(struct venue_case *v, const char *args, char **ret)
{
	CLEANUP(mem_free)
	char *all = mem_printf("%s --as zhang --pin-file '%s/pins/zhang.pin'", args, venue_dir(v));
	char *out = venue_run(v, 0, all);

	if (ret)
		*ret = out;
	else
		free(out);
}

/* Somebody imported from a table, and their card. */
static char *import_one(struct venue_case *v)
{
	CLEANUP(mem_free) char *path = venue_path(v, "street.csv");
	CLEANUP(mem_free) char *args = mem_printf("resident import '%s'", path);
	FILE *file = fopen(path, "w");
	char *card = NULL;

	assert_non_null(file);
	fputs("编号,姓名\n700,张三丰\n", file);
	fclose(file);
	staff_run(v, args, NULL);
	staff_run(v, "resident card 700", &card);
	card[strcspn(card, "\n")] = '\0';
	return card;
}

static int64_t consents(struct venue_case *v)
{
	return venue_integer(v, "SELECT count(*) FROM resident WHERE number = 700"
				" AND consent_version IS NOT NULL");
}

TEST(who_came_in_by_a_table_is_asked_at_the_first_visit, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *card = import_one(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_scan(vt, card);
	vt_expect(vt, _("I agree"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Thank you"));
	assert_int_equal(consents(v), 1);
	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, _("Lent"));
}

TEST(who_does_not_agree_yet_borrows_nothing_and_is_asked_again, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *card = import_one(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_scan(vt, card);
	vt_expect(vt, _("I agree"));
	vt_keys(vt, VT_ENTER); /* the marked answer is harmless */
	vt_expect(vt, _("Nothing has been written down"));
	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, _("I agree"));
	assert_int_equal(consents(v), 0);
	vt_keys(vt, "2");
	expect_reason(vt, REASON_CONSENT_OPEN);
}

TEST(a_childs_guardian_is_found_or_registered_on_the_way, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen", 24, 80);

	vt_keys(vt, "2");
	vt_expect(vt, _("A new resident"));
	vt_paste(vt, "黄小毛");
	vt_expect(vt, "黄小毛");
	vt_keys(vt, VT_F7);
	vt_expect(vt, _("Who is it?"));
	type(vt, "hwh");
	vt_expect(vt, "黄伟豪");
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("Who is it?"));
	vt_expect(vt, "黄伟豪");
	/* From the fetchers on: wall, note, consent; the category is above. */
	vt_paste(vt, "李奶奶");
	vt_keys(vt, VT_UP VT_UP);
	type(vt, "2018");
	vt_expect(vt, "2018");
	vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN);
	vt_expect(vt, _("Space ticks it"));
	vt_keys(vt, " ");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Registered"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM resident r JOIN resident g"
					  " ON g.id = r.guardian JOIN fetcher f ON f.child = r.id"
					  " WHERE g.number = 11 AND r.consent_by = g.id"
					  " AND r.wall_name = 2"),
		1);
}

TEST(a_guardian_who_is_not_here_yet_is_registered_on_the_way, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen", 34, 120);

	vt_keys(vt, "2");
	vt_expect(vt, _("A new resident"));
	vt_paste(vt, "新来的孩子");
	vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN);
	vt_keys(vt, "1"); /* the category: a child */
	vt_keys(vt, VT_F7);
	vt_expect(vt, _("Who is it?"));
	type(vt, "qqqq");
	vt_expect(vt, _("New resident"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("A new resident"));
	vt_paste(vt, "新来的妈妈");
	vt_expect(vt, "新来的妈妈");
	for (int i = 0; i < 11; i++)
		vt_keys(vt, VT_DOWN);
	vt_expect(vt, _("Space ticks it"));
	vt_keys(vt, " ");
	vt_keys(vt, VT_F10);
	vt_expect(vt, "新来的孩子");
	vt_expect(vt, "新来的妈妈");
	vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN);
	vt_expect(vt, _("Space ticks it"));
	vt_keys(vt, " ");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Registered"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM resident r"
					  " JOIN resident_private g ON g.id = r.guardian"
					  " WHERE g.name = '新来的妈妈' AND r.consent_by = g.id"
					  " AND r.wall_name = 2"),
		1);
}

TEST(a_pause_is_begun_and_ended_on_the_page, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "zhang", 34, 120);

	vt_keys(vt, VT_F7);
	type(vt, "hwh");
	vt_expect(vt, "黄伟豪");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "138****1577");
	vt_keys(vt, "\t");
	vt_expect(vt, _("All that is kept"));
	vt_keys(vt, "1");
	vt_expect(vt, _("The last day, as 2026-12-31"));
	type(vt, "2099-12-31");
	vt_expect(vt, "2099-12-31");
	vt_keys(vt, VT_DOWN);
	vt_paste(vt, "借了不还");
	vt_expect(vt, "借了不还");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("End the pause"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, "借了不还");
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, _("Borrow and return"));
	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "2099");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan JOIN resident r"
					  " ON r.id = loan.resident WHERE r.number = 11"
					  " AND returned_at IS NULL"),
		0);
}

TEST(all_that_is_kept_is_read_and_printed_in_a_visit, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, _("What is mine"));
	vt_keys(vt, "8");
	vt_expect(vt, _("Who you are"));
	vt_expect(vt, "138****1577");
	vt_keys(vt, "1");
	vt_expect(vt, _("It is being printed"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM journal WHERE kind = 'resident.hand_over'"),
		1);
}

TEST(somebody_is_erased_from_their_page, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "zhang", 24, 80);

	vt_keys(vt, VT_F7);
	type(vt, "hwh");
	vt_expect(vt, "黄伟豪");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "138****1577");
	vt_keys(vt, "\t");
	vt_expect(vt, _("All that is kept"));
	vt_keys(vt, "6");
	vt_expect(vt, _("Yes, erase"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Erased"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM resident_private WHERE name = '黄伟豪'"), 0);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
