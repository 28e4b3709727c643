/* Volunteer mode, in the real program: people, their cards, things; by keyboard alone, read from
 * the screen. */
#include "core/base/reasons.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/scan/decoder.h"
#include "core/scan/image.h"
#include "core/words_items.h"
#include "tests/lib/frames.h"
#include "tests/lib/test.h"
#include "tests/screens/fingers.h"

/* ---- a symbol on the screen ---- */

static bool is_dark(uint32_t colour)
{
	return (colour >> 16 & 0xff) + (colour >> 8 & 0xff) + (colour & 0xff) < 3 * 128;
}

/* Paints half a cell; two such squares make a cell's height. */
static void paint(struct image *image, int y, int x, bool dark)
{
	const int side = 4;

	for (int i = 0; i < side * side; i++)
		image->pixels[(y * side + i / side) * image->width + x * side + i % side] =
			dark ? 0 : 255;
}

/* What a phone held to the screen would read; the caller's, or NULL. */
static char *read_qr(struct vt *vt, int rows, int cols)
{
	struct image image = { 0 };
	struct decoder *decoder = frames_decoder();
	const struct reading *readings;

	image_resize(&image, cols * 4, rows * 8);
	for (int row = 0; row < rows; row++) {
		for (int col = 0; col < cols; col++) {
			struct vt_cell cell = vt_cell(vt, row, col);
			bool is_half = strcmp(cell.text, "▀") == 0;
			paint(&image, row * 2, col, is_dark(is_half ? cell.ink : cell.ground));
			paint(&image, row * 2 + 1, col, is_dark(cell.ground));
		}
	}
	struct frame frame = image_frame(&image);
	int count = decoder_read(decoder, &frame, DECODE_STILL, &readings);
	char *text = count == 1 ? mem_text_n(readings[0].bytes, readings[0].size) : NULL;
	decoder_destroy(decoder);
	image_finish(&image);
	return text;
}

/* The same once the symbol is there: a screen arrives in pieces. */
static char *expect_qr(struct vt *vt, int rows, int cols)
{
	for (;;) {
		uint64_t seen = vt_bytes(vt);
		char *text = read_qr(vt, rows, cols);
		if (text)
			return text;
		if (!vt_wait_bytes(vt, seen, VT_PATIENCE_MS)) {
			vt_dump(vt, stderr);
			fail_msg("no symbol to read");
		}
	}
}

/* ---- people ---- */

static void open_registration(struct vt *vt)
{
	vt_keys(vt, "2");
	vt_expect(vt, _("A new resident"));
}

/* From the name on: phone, building, room, consent; the fields in between stay as they are. */
static void fill_in_home(struct vt *vt, const char *phone, const char *building, const char *room)
{
	vt_keys(vt, VT_DOWN VT_DOWN);
	type(vt, phone);
	vt_expect(vt, phone);
	vt_keys(vt, VT_DOWN);
	type(vt, building);
	vt_keys(vt, VT_DOWN);
	type(vt, room);
	vt_expect(vt, room);
	vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN);
	vt_expect(vt, _("Space ticks it"));
	vt_keys(vt, " ");
}

TEST(a_name_is_typed_in_pinyin_and_its_card_opens_a_visit, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen", 24, 80);

	open_registration(vt);
	pick(vt, "zhangsan", "张三");
	fill_in_home(vt, "13900000033", "3", "502");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Registered"));
	vt_keys(vt, "1");
	vt_expect(vt, _("✓ A new card"));
	vt_expect(vt, "张三");
	CLEANUP(mem_free) char *payload = expect_qr(vt, 24, 80);
	assert_memory_equal(payload, "J1R", 3);
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE purpose = 'office-a4'"), 1);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "139****0033");
	vt_scan(vt, payload);
	vt_expect(vt, "张*");
	vt_expect(vt, _("Borrow and return"));
}

TEST(a_long_name_with_a_dot_is_typed_in_pinyin, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);
	static const char *const parts[][2] = { { "a", "阿" }, { "yi", "依" }, { "gu", "古" },
		{ "li", "丽" }, { "mai", "买" }, { "mai", "买" }, { "ti", "提" },
		{ "jiang", "江" } };

	open_registration(vt);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (i == 4)
			vt_keys(vt, "`");
		pick(vt, parts[i][0], parts[i][1]);
	}
	vt_expect(vt, "阿依古丽·买买提江");
	fill_in_home(vt, "13900000034", "6", "101");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Registered"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM resident_private WHERE name ="
					  " '阿依古丽·买买提江'"),
		2);
}

TEST(without_consent_nobody_is_registered, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);
	int64_t before = venue_integer(v, "SELECT count(*) FROM resident");

	open_registration(vt);
	vt_keys(vt, VT_F10);
	expect_reason(vt, REASON_RESIDENT_NO_CONSENT);
	pick(vt, "lisi", "李四");
	vt_keys(vt, VT_F10);
	expect_reason(vt, REASON_RESIDENT_NO_CONSENT);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM resident"), before);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("What you have written is not saved."));
	vt_keys(vt, "1");
	vt_expect(vt, _("Backdate"));
}

TEST(one_who_is_here_already_is_shown_unless_it_is_somebody_else, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	open_registration(vt);
	vt_paste(vt, "黄伟豪");
	vt_expect(vt, "黄伟豪");
	fill_in_home(vt, "13800001577", "1", "502");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Is this person here already?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Register a second person"));
	vt_keys(vt, "4");
	/* The refusal's own words contain those that say it is done. */
	vt_expect_gone(vt, _("Register a second person"));
	vt_expect(vt, _("Registered"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM resident_private WHERE name = '黄伟豪'"), 2);
	vt_keys(vt, "3");
	vt_expect(vt, _("none that works"));
}

static void find(struct vt *vt, const char *text, const char *name)
{
	vt_keys(vt, VT_F7);
	vt_expect(vt, _("type to search"));
	type(vt, text);
	vt_expect(vt, name);
	CLEANUP(mem_free) char *count = mem_printf(_("%d lines"), 1);
	vt_expect(vt, count);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("type to search"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Backdate"));
}

TEST(people_are_found_by_initials_phone_and_room, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free)
	char *args = mem_printf("resident add 张三 --phone 13977778899 --building 31 --room 4077"
				" --consent 2026-1 --as chen --pin-file '%s/pins/chen.pin'",
		venue_dir(v));
	CLEANUP(mem_free) char *added = venue_run(v, 0, args);
	struct vt *vt = start(v);

	find(vt, "zs", "张三");
	find(vt, "8899", "张三");
	find(vt, "31-4077", "张三");
	find(vt, "4077", "张三");
	find(vt, "ayg", "阿依古丽");
}

TEST(a_lost_card_is_revoked_and_a_message_left, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	vt_keys(vt, VT_F7);
	type(vt, "hwh");
	vt_expect(vt, "黄伟豪");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "138****1577");
	vt_keys(vt, "7");
	vt_expect(vt, "13800001577");
	vt_keys(vt, "6");
	vt_expect(vt, _("A message for the next visit"));
	vt_keys(vt, "1");
	vt_expect(vt, _("The message waits for the next visit"));
	vt_expect(vt, _("Please come and see a volunteer."));
	vt_keys(vt, "4");
	vt_expect(vt, _("Yes, it is lost"));
	vt_keys(vt, "1");
	vt_expect(vt, _("none that works"));
	vt_scan(vt, venue_card(v, WEIHAO));
	expect_reason(vt, REASON_CARD_REVOKED);
	/* Served anyway: the volunteer knows the person. */
	vt_keys(vt, "1");
	vt_expect(vt, "黄*豪");
	vt_expect(vt, _("Please come and see a volunteer."));
}

TEST(what_is_kept_of_a_person_can_be_changed, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	vt_keys(vt, VT_F7);
	type(vt, "hwh");
	vt_expect(vt, "黄伟豪");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "138****1577");
	vt_keys(vt, "2");
	vt_expect(vt, _("What is kept of this person"));
	vt_keys(vt, VT_DOWN VT_DOWN VT_BACKSPACE);
	vt_expect_gone(vt, "13800001577");
	type(vt, "9");
	vt_expect(vt, "13800001579");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Saved"));
	vt_expect(vt, "138****1579");
}

/* ---- things ---- */

TEST(a_thing_is_added_with_labels_and_found_again, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen", 24, 80);

	vt_keys(vt, "3");
	vt_expect(vt, _("What comes to the shelf?"));
	pick(vt, "jiaoshui", "胶水");
	vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN);
	type(vt, "B-9");
	vt_keys(vt, VT_DOWN VT_DOWN VT_BACKSPACE "2" VT_F10);
	vt_expect(vt, _("added, labels are being printed"));
	vt_expect(vt, "000078–000079");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE purpose = 'labels'"), 1);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Backdate"));
	vt_keys(vt, VT_F2);
	vt_expect(vt, _("type to search"));
	type(vt, "js");
	vt_expect(vt, "000079");
	vt_expect(vt, "B-9");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("It has not been lent yet."));
}

TEST(the_same_name_adds_to_what_is_here, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);
	int64_t titles = venue_integer(v, "SELECT count(*) FROM title");

	vt_keys(vt, "3");
	vt_expect(vt, _("What comes to the shelf?"));
	vt_paste(vt, "冲击钻");
	vt_expect(vt, _("This is here already: more of the same are added."));
	vt_keys(vt, VT_F10);
	vt_expect(vt, "000078");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM title"), titles);
	/* A book that nobody knows: its code is enough to start. */
	vt_scan(vt, "9787544253994");
	vt_expect(vt, "9787544253994");
	vt_keys(vt, VT_F10);
	struct reason reason = REASON_TEXT(TEXT_EMPTY, "name");
	CLEANUP(mem_free) char *words = words_reason(&reason, 0);
	vt_expect(vt, words);
}

TEST(condition_changes_with_a_reason, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	vt_keys(vt, VT_F2);
	type(vt, "14");
	vt_expect(vt, "000014");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("It has not been lent yet."));
	vt_keys(vt, "2");
	vt_expect(vt, _("What is its condition now?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("or write it here"));
	pick(vt, "songdong", "松动");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("It has not been lent yet."));
	vt_expect(vt, words_item_status(ITEM_MAINTENANCE));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM journal_why WHERE why LIKE '%松动%'"), 1);
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_scan(vt, venue_label(v, WRENCH));
	expect_reason(vt, REASON_ITEM_MAINTENANCE);
}

TEST(residents_see_where_a_thing_is_and_not_who_has_it, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	vt_keys(vt, VT_F2);
	vt_expect(vt, _("type to search"));
	type(vt, "cjz");
	vt_expect(vt, "000001");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "护目镜"); /* its page */
	assert_false(vt_has(vt, "何*"));
	assert_false(vt_has(vt, "何强"));
	assert_false(vt_has(vt, _("Condition")));
	vt_keys(vt, "2");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, "000003");
	assert_false(vt_has(vt, _("What is its condition now?")));
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
