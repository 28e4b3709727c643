/* What the catalogue knows, shown and changed in the real program: an item's page and its forms. */
#include <stdio.h>

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/catalogue/item.h"
#include "core/items/reasons.h"
#include "core/words.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

static void type(struct vt *vt, const char *text)
{
	vt_type(vt, text);
}

static struct vt *start(struct venue_case *v, int rows, int cols)
{
	return venue_start_as(v, "chen", rows, cols);
}

static void open_page(struct vt *vt, const char *number)
{
	CLEANUP(mem_free) char *padded = mem_printf("%06d", atoi(number));

	vt_keys(vt, VT_F2);
	vt_expect(vt, _("type to search"));
	type(vt, number);
	vt_expect(vt, padded);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Edit"));
}

/* Moves down to a field and replaces its text. */
static void fill_in(struct vt *vt, int down, const char *text)
{
	for (int i = 0; i < down; i++)
		vt_keys(vt, VT_DOWN);
	vt_paste(vt, text);
	vt_expect(vt, text);
}

TEST(an_item_gets_its_place_dates_kit_and_owners, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 34, 120);

	open_page(vt, "14");
	vt_keys(vt, "5");
	vt_expect(vt, _("Inspected until"));
	fill_in(vt, 0, "共享小屋");
	fill_in(vt, 5, "2030-03-31");
	fill_in(vt, 1, "2030-06-30");
	fill_in(vt, 1, "15");
	fill_in(vt, 1, "11:2 12:1");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("saved"));
	vt_expect(vt, "共享小屋");
	vt_expect(vt, "000015");
	vt_expect(vt, "黄伟豪 2/3");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM item WHERE number = 14"
					  " AND zone = '共享小屋' AND expires_on = '2030-03-31'"
					  " AND inspected_until_on = '2030-06-30'"),
		1);
	/* The kit shows its contents. */
	vt_keys(vt, VT_ESC);
	vt_expect_gone(vt, _("Edit"));
	vt_keys(vt, VT_BACKSPACE "5");
	vt_expect(vt, "000015");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("It holds"));
	vt_expect(vt, "000014");
}

TEST(a_wrong_date_is_told_at_its_field_and_nothing_is_kept, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 24, 80);
	struct reason reason = REASON_TEXT(DATE_BAD, "expires_on");
	CLEANUP(mem_free) char *words = words_reason(&reason, 0);

	open_page(vt, "14");
	vt_keys(vt, "5");
	vt_expect(vt, _("Zone"));
	fill_in(vt, 0, "共享小屋");
	fill_in(vt, 5, "2030-02-30");
	vt_keys(vt, VT_F10);
	vt_expect(vt, words);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM item WHERE zone = '共享小屋'"), 0);
}

TEST(a_title_gets_parts_worth_and_a_way_of_handing_out, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 34, 120);

	open_page(vt, "14");
	vt_keys(vt, "6");
	vt_expect(vt, _("This holds for all items of the title."));
	fill_in(vt, 2, "主机；手柄、说明书");
	vt_keys(vt, VT_DOWN);
	vt_keys(vt, "2"); /* used here */
	fill_in(vt, 3, "299.5");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("saved"));
	vt_expect(vt, "主机  手柄  说明书");
	vt_expect(vt, "299.50");
	vt_expect(vt, _("used here"));
	assert_int_equal(venue_integer(v, "SELECT value_fen FROM title JOIN item ON item.title ="
					  " title.id WHERE number = 14 AND is_onsite"),
		29950);
}

TEST(what_is_used_up_is_filled_and_handed_out, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 34, 120);
	struct reason none = REASON(STOCK_SHORT, .n1 = 12);
	CLEANUP(mem_free) char *words = words_reason(&none, 0);

	open_page(vt, "14");
	assert_false(vt_has(vt, _("Stock")));
	vt_keys(vt, "6");
	vt_expect(vt, _("This holds for all items of the title."));
	vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN "3" VT_F10);
	vt_expect(vt, _("saved"));
	vt_keys(vt, "7");
	vt_expect(vt, _("filled up"));
	vt_keys(vt, "2" VT_DOWN VT_BACKSPACE "12" VT_F10);
	vt_expect_gone(vt, _("filled up"));
	vt_keys(vt, "7");
	vt_expect(vt, _("handed out"));
	vt_keys(vt, VT_DOWN VT_BACKSPACE "13" VT_F10);
	vt_expect(vt, words);
	vt_keys(vt, VT_BACKSPACE "0" VT_F10);
	vt_expect_gone(vt, _("handed out"));
	assert_int_equal(venue_integer(v, "SELECT stock FROM title WHERE is_consumable"), 2);
}

TEST(a_resident_sees_neither_worth_nor_forms, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	vt_keys(vt, VT_F2);
	vt_expect(vt, _("type to search"));
	type(vt, "14");
	vt_expect(vt, "000014");
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, "Tab");
	assert_false(vt_has(vt, _("Edit")));
	vt_keys(vt, "5");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, "Tab");
}

static int start_in_chinese(void **state)
{
	i18n_start(I18N_CHINESE);
	return venue_group_setup(state);
}

TEST_FILE(.setup = start_in_chinese, .teardown = venue_group_teardown)
