/* The widgets and the loop, driven through the demo in the emulator. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/lib/vt.h"

#define HOME "归还：扫物品标签即可"

static struct vt *start_theme(const char *theme, int rows, int cols)
{
	const char *argv[] = { getenv("JIAPLUS_TUI_DEMO"), theme, NULL };
	struct vt *vt = vt_start(&(struct vt_options){ .rows = rows, .cols = cols, .argv = argv });
	vt_expect(vt, HOME);
	return vt;
}

static int widgets_setup(void **state)
{
	*state = start_theme("light", 30, 100);
	return 0;
}

/* Exits in order from wherever the test has left it, without a leak under the sanitizers. */
static int widgets_teardown(void **state)
{
	int status = vt_stop(*state);
	if (status)
		print_error("wait status %#x\n", (unsigned)status);
	return status;
}

static void press_on(struct vt *vt, const char *text)
{
	int row, col;
	vt_expect(vt, text);
	assert_true(vt_find(vt, text, &row, &col));
	vt_press(vt, row, col);
}

/* --- keys and scans --- */

/* At a scanner's pace, which a busy machine may spoil: then it scans again. */
TEST(wedge_burst_is_a_scan, widgets)
{
	for (int i = 0; i < 20 && !vt_has(*state, "scan="); i++) {
		vt_type_burst(*state, "J1I0000000012", 4);
		vt_keys(*state, VT_ENTER);
		vt_wait_text(*state, "scan=", 500);
	}
	vt_expect(*state, "scan=J1I0000000012");
}

TEST(burst_in_one_piece_is_a_scan, widgets)
{
	vt_keys(*state, "9787544253994\r");
	vt_expect(*state, "scan=9787544253994");
}

TEST(typed_letters_are_letters, widgets)
{
	vt_type_burst(*state, "abcdefgh", 95);
	vt_expect(*state, "typed=abcdefgh");
	vt_keys(*state, VT_ENTER);
	assert_false(vt_wait_text(*state, "scan=", 200));
}

TEST(keys_during_a_stall_are_never_a_scan, widgets)
{
	vt_keys(*state, "\033[17~"); /* the demo is away for 300 ms */
	vt_keys(*state, "abcdefgh\r");
	vt_expect(*state, "typed=abcdefgh");
}

TEST(scan_after_a_stall_is_a_scan, widgets)
{
	vt_keys(*state, "\033[17~");
	vt_expect(*state, "stall=over");
	vt_scan(*state, "ABCDEFGH");
	vt_expect(*state, "scan=ABCDEFGH");
}

TEST(paste_is_one_text, widgets)
{
	vt_paste(*state, "张三\r李四 1234567\r");
	vt_expect(*state, "paste=张三");
	assert_true(vt_has(*state, "李四 1234567"));
	assert_false(vt_has(*state, "scan="));
}

TEST(paste_of_200_kilobytes_arrives, widgets)
{
	size_t size = 200000;
	CLEANUP(mem_free) char *text = mem_alloc(size + 1);
	memset(text, 'x', size);
	memcpy(text, "begin", 5);
	vt_paste(*state, text);
	vt_expect(*state, "paste=beginxxx");
}

TEST(unknown_sequences_and_bad_bytes_are_dropped, widgets)
{
	vt_keys(*state, "\033[1;7Q\033[999~\xff\xfe\xe5\x01q");
	vt_expect(*state, "typed=q");
	assert_false(vt_has(*state, "typed=["));
}

TEST(character_in_pieces_is_one, widgets)
{
	vt_keys(*state, "\xe5");
	vt_pump(*state, 30);
	vt_keys(*state, "\xbc");
	vt_pump(*state, 30);
	vt_keys(*state, "\xa0");
	vt_expect(*state, "typed=张");
}

/* --- mouse --- */

TEST(pressing_a_tile_is_its_key, widgets)
{
	press_on(*state, "列表");
	vt_expect(*state, "40 lines");
	press_on(*state, "Back");
	vt_expect(*state, HOME);
}

TEST(pressing_beside_buttons_reaches_the_screen, widgets)
{
	vt_press(*state, 20, 50);
	vt_expect(*state, "press=20,50");
	vt_wheel(*state, 21, 51, true);
	vt_expect(*state, "wheel=21,51");
}

TEST(buttons_that_mean_nothing_do_not_hold_it_up, widgets)
{
	vt_keys(*state, "8");
	vt_expect(*state, "还在办理吗");
	vt_keys(*state, "\033[<66;3;4M\033[<2;3;4M\033[<2;3;4m\033[<0;3");
	vt_expect(*state, "answer=-1");
	vt_keys(*state, ";4m");
}

TEST(pressing_a_line_chooses_it, widgets)
{
	vt_keys(*state, "1");
	press_on(*state, "《岭南园林》");
	vt_expect(*state, "chosen=3");
}

TEST(what_lies_under_a_dialog_cannot_be_pressed, widgets)
{
	int row, col;
	vt_expect(*state, "列表");
	assert_true(vt_find(*state, "列表", &row, &col));
	vt_keys(*state, "3");
	vt_expect(*state, "1 知道了");
	vt_press(*state, row, col);
	assert_false(vt_wait_text(*state, "40 lines", 100));
}

/* --- list --- */

TEST(list_scrolls_to_its_end_and_back, widgets)
{
	vt_keys(*state, "1" VT_END);
	vt_expect(*state, "┃");
	vt_keys(*state, VT_ENTER);
	vt_expect(*state, "chosen=39");
	vt_keys(*state, "1" VT_HOME VT_DOWN VT_DOWN VT_ENTER);
	vt_expect(*state, "chosen=2");
}

TEST(list_filters_as_one_types, widgets)
{
	vt_keys(*state, "1");
	vt_expect(*state, "40 lines");
	vt_type(*state, "000412");
	vt_expect(*state, "6 lines");
	vt_expect_gone(*state, "冲击钻");
	vt_keys(*state, VT_ESC);
	vt_expect(*state, "40 lines");
	vt_type(*state, "nothing");
	vt_expect(*state, "没有找到");
	vt_keys(*state, VT_ESC);
	vt_expect(*state, "40 lines");
	vt_keys(*state, VT_ESC);
	vt_expect(*state, HOME);
}

TEST(long_names_give_way_and_times_never_do, widgets)
{
	vt_keys(*state, "1");
	vt_expect(*state, "40 lines");
	vt_resize(*state, 30, 60);
	vt_expect(*state, "…");
	vt_expect(*state, "11月28日 周六 21:00");
	vt_expect(*state, "000123");
	vt_keys(*state, VT_ESC);
	vt_expect(*state, HOME);
}

/* --- form --- */

TEST(form_is_filled_in_and_checked, widgets)
{
	struct vt *vt = *state;
	vt_keys(vt, "2");
	vt_expect(vt, "登 记 居 民");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "请填姓名");
	vt_type(vt, "zhang");
	vt_expect(vt, "2 章");
	vt_keys(vt, "1");
	vt_expect_gone(vt, "2 章");
	vt_expect_gone(vt, "请填姓名");
	vt_keys(vt, VT_ENTER);
	vt_type(vt, "1381234");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "手机号码是 11 位数字");
	vt_paste(vt, "5678\n");
	vt_keys(vt, VT_ENTER);
	vt_keys(vt, VT_RIGHT VT_ENTER);
	vt_type(vt, "123456");
	vt_expect(vt, "••••••");
	vt_keys(vt, VT_ENTER);
	vt_type(vt, " ");
	vt_expect(vt, "✓  已读");
	vt_keys(vt, VT_ENTER VT_ENTER);
	vt_expect(vt, "form=张/13812345678/1/123456/1/");
}

TEST(form_keeps_the_cursor_in_the_field, widgets)
{
	struct vt *vt = *state;
	int row, col, at_row, at_col;
	assert_false(vt_cursor(vt, &at_row, &at_col));
	vt_keys(vt, "2");
	vt_expect(vt, "姓名");
	vt_paste(vt, "欧阳");
	vt_expect(vt, "欧阳");
	assert_true(vt_find(vt, "欧阳", &row, &col));
	assert_true(vt_cursor(vt, &at_row, &at_col));
	assert_int_equal(at_row, row);
	assert_int_equal(at_col, col + 4);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, HOME);
	assert_false(vt_cursor(vt, &at_row, &at_col));
}

TEST(choices_and_fields_can_be_pressed, widgets)
{
	struct vt *vt = *state;
	int row, col;
	vt_keys(vt, "2");
	press_on(vt, "2 男");
	vt_expect(vt, "✓ 男");
	assert_true(vt_find(vt, "备注", &row, &col));
	vt_press(vt, row, col + 8);
	vt_paste(vt, "腿脚不便");
	vt_expect(vt, "腿脚不便");
	vt_keys(vt, VT_ESC);
}

TEST(escape_ends_the_composition_before_the_form, widgets)
{
	vt_keys(*state, "2");
	vt_expect(*state, "姓名");
	vt_type(*state, "zhang");
	vt_expect(*state, "2 章");
	vt_keys(*state, VT_ESC);
	vt_expect_gone(*state, "2 章");
	vt_expect(*state, "登 记 居 民");
	vt_keys(*state, VT_ESC);
	vt_expect(*state, HOME);
}

TEST(pinyin_can_be_switched_off, widgets)
{
	vt_keys(*state, "2" VT_F11);
	vt_expect_gone(*state, "F11");
	vt_type(*state, "zhang");
	vt_expect(*state, " zhang");
	assert_false(vt_has(*state, "章"));
	vt_keys(*state, VT_ESC);
}

/* --- dialog --- */

TEST(dialog_shows_all_reasons_with_their_cures, widgets)
{
	vt_keys(*state, "3");
	const char *const texts[] = { "✗ 暂不能借：血压计 000031", "· 要押 150 分，还差 34 分。",
		"→ 请志愿者办免押", "1 知道了", "2 破例办理", NULL };
	if (!vt_wait_all(*state, texts, VT_PATIENCE_MS)) {
		vt_dump(*state, stderr);
		fail();
	}
	vt_keys(*state, "2");
	vt_expect(*state, "answer=1");
}

TEST(dialog_arrows_and_enter, widgets)
{
	vt_keys(*state, "3" VT_RIGHT VT_ENTER);
	vt_expect(*state, "answer=1");
	vt_keys(*state, "3" VT_RIGHT VT_RIGHT VT_ENTER);
	vt_expect(*state, "answer=0");
	vt_keys(*state, "3" VT_ESC);
	vt_expect(*state, "answer=-1");
}

TEST(dialog_button_can_be_pressed, widgets)
{
	vt_keys(*state, "3");
	press_on(*state, "2 破例办理");
	vt_expect(*state, "answer=1");
}

TEST(scan_closes_the_dialog_and_goes_on, widgets)
{
	vt_keys(*state, "3");
	vt_expect(*state, "1 知道了");
	vt_scan(*state, "J1I0000000012");
	vt_expect(*state, "scan=J1I0000000012");
	vt_expect_gone(*state, "知道了");
}

TEST(question_ends_by_itself, widgets)
{
	vt_keys(*state, "8");
	vt_expect(*state, "还在办理吗");
	vt_expect(*state, "answer=-1");
	vt_expect_gone(*state, "还在办理吗");
}

TEST(dialog_in_24_rows_scrolls_what_does_not_fit, widgets)
{
	vt_resize(*state, 9, 44);
	vt_keys(*state, "3");
	vt_expect(*state, "↓");
	vt_expect(*state, "知道了");
	vt_keys(*state, VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN);
	vt_expect(*state, "破例办理");
	vt_expect(*state, "↑");
	vt_keys(*state, VT_ESC);
}

/* --- the rest --- */

TEST(number_is_typed_large_or_on_the_pad, widgets)
{
	struct vt *vt = *state;
	int row, col;
	vt_keys(vt, "4");
	vt_expect(vt, "请输入卡号");
	vt_type(vt, "00");
	vt_expect(vt, "█▀█ █▀█");
	press_on(vt, "  7  ");
	vt_expect(vt, "█▀█ █▀█ ▀▀█");
	vt_keys(vt, VT_BACKSPACE);
	vt_expect_gone(vt, "▀▀█");
	assert_true(vt_find(vt, "✓", &row, &col));
	vt_press(vt, row, col);
	vt_expect(vt, "entry=00");
}

TEST(code_is_typed_in_capitals, widgets)
{
	vt_keys(*state, "4");
	vt_type(*state, "j1i-5！");
	vt_expect(*state, "J1I5");
	vt_keys(*state, VT_ENTER);
	vt_expect(*state, "entry=J1I5");
}

TEST(qr_has_black_cells_on_white_and_a_quiet_zone, widgets)
{
	struct vt *vt = *state;
	vt_keys(vt, "5");
	vt_expect(vt, "▀");
	int row, col;
	/* The first half block is the bottom edge of a finder pattern: look around it. */
	assert_true(vt_find(vt, "▀", &row, &col));
	bool has_black = false;
	for (int x = 0; x < 100; x++)
		has_black = has_black || vt_cell(vt, row, x).ground == 0x000000 ||
			    vt_cell(vt, row, x).ink == 0x000000;
	assert_true(has_black);
	vt_resize(vt, 12, 40);
	vt_expect(vt, "屏幕太小");
	assert_false(vt_has(vt, "▀"));
	vt_keys(vt, VT_ESC);
}

TEST(reader_scrolls, widgets)
{
	vt_resize(*state, 12, 60);
	vt_keys(*state, "6");
	vt_expect(*state, "物品流转制度");
	vt_expect(*state, "↓");
	vt_keys(*state, VT_END);
	vt_expect(*state, "五、本制度由共享委员会解释。");
	vt_expect(*state, "↑");
	vt_wheel(*state, 5, 5, false);
	vt_wheel(*state, 5, 5, false);
	vt_expect_gone(*state, "五、本制度");
	vt_keys(*state, VT_ESC);
}

TEST(results_have_a_mark_a_word_and_a_sound, widgets)
{
	static const char *const wanted[] = { "✓ 借出", "✗ 暂不能借", "! 请志愿者来看一下",
		"↶ 已撤销" };
	static const int strokes[] = { 1, 3, 2, 2 };
	struct vt *vt = *state;
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		int before = vt_bells(vt);
		vt_keys(vt, "7");
		vt_expect(vt, wanted[i]);
		for (int tries = 0; tries < 400 && vt_bells(vt) < before + strokes[i]; tries++)
			vt_pump(vt, 100);
		assert_int_equal(vt_bells(vt), before + strokes[i]);
	}
}

TEST(device_corner_speaks_only_when_something_is_wrong, widgets)
{
	struct vt *vt = *state;
	assert_false(vt_has(vt, "摄像头"));
	vt_keys(vt, VT_F7);
	vt_expect(vt, "! 摄像头未连接");
	vt_expect(vt, "! 打印机缺纸");
	vt_keys(vt, VT_F8);
	vt_expect_gone(vt, "摄像头");
	vt_expect_gone(vt, "打印机");
}

TEST(help_lists_the_keys_of_the_screen_and_closes, widgets)
{
	vt_keys(*state, VT_F1);
	vt_expect(*state, "物品清单，可输入查找。");
	vt_expect_gone(*state, HOME);
	vt_keys(*state, VT_END VT_PAGE_DOWN);
	vt_keys(*state, VT_F1);
	vt_expect(*state, HOME);
	vt_keys(*state, VT_F1 VT_ESC);
	vt_expect(*state, HOME);
}

TEST(language_switch_is_offered_in_its_own_name, widgets)
{
	vt_expect(*state, "F12  中文");
	vt_keys(*state, VT_F12);
	vt_expect(*state, "F12  English");
	press_on(*state, "English");
	vt_expect(*state, "F12  中文");
}

TEST(control_l_paints_anew, widgets)
{
	uint64_t seen = vt_bytes(*state);
	vt_keys(*state, "\014");
	assert_true(vt_wait_bytes(*state, seen + 1000, VT_PATIENCE_MS));
	vt_expect(*state, HOME);
}

TEST(nothing_is_sent_while_nothing_changes, widgets)
{
	while (vt_pump(*state, 200))
		;
	uint64_t seen = vt_bytes(*state);
	/* The minute may turn, but no more than the clock changes then. */
	vt_wait_bytes(*state, seen + 200, 1500);
	assert_true(vt_bytes(*state) - seen < 200);
}

TEST(every_theme_draws_every_screen, widgets)
{
	static const char *const themes[] = { "dark", "large" };
	static const char *const keys[] = { "1", "2", "3", "4", "5", "6", VT_F1 };
	for (size_t t = 0; t < ARRAY_LEN(themes); t++) {
		struct vt *vt = start_theme(themes[t], 24, 80);
		for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
			uint64_t seen = vt_bytes(vt);
			vt_keys(vt, keys[k]);
			assert_true(vt_wait_bytes(vt, seen, VT_PATIENCE_MS));
			vt_expect(vt, "Esc");
			vt_keys(vt, VT_ESC);
			vt_expect_gone(vt, "Esc");
		}
		vt_keys(vt, VT_F10);
		int status;
		assert_true(vt_wait_exit(vt, VT_PATIENCE_MS, &status));
		assert_int_equal(status, 0);
		vt_stop(vt);
	}
}

/* Seeded; whatever is pressed, the program stays and answers. */
TEST(random_keys_never_break_it, widgets)
{
	static const char *const keys[] = { "1", "2", "3", "4", "5", "6", "7", "8", "a", "张", "0",
		VT_ENTER, VT_ESC, VT_BACKSPACE, VT_TAB, VT_UP, VT_DOWN, VT_LEFT, VT_RIGHT, VT_HOME,
		VT_END, VT_PAGE_UP, VT_PAGE_DOWN, VT_F1, VT_F7, VT_F8, VT_F11, VT_F12, VT_DELETE,
		" " };
	struct vt *vt = *state;
	unsigned seed = 20261121;
	print_message("# seed %u\n", seed);
	for (int i = 0; i < 600; i++) {
		seed = seed * 1103515245 + 12345;
		unsigned pick = seed >> 16;
		if (pick % 50 == 0)
			vt_resize(vt, 1 + (int)(pick % 40), 1 + (int)(pick % 120));
		else if (pick % 13 == 0)
			vt_press(vt, (int)(pick % 30), (int)(pick % 100));
		else
			vt_keys(vt, keys[pick % ARRAY_LEN(keys)]);
		vt_pump(vt, 0);
	}
	vt_resize(vt, 30, 100);
	for (int i = 0; i < 40 && !vt_wait_text(vt, HOME, 100); i++)
		vt_keys(vt, VT_ESC);
	vt_expect(vt, HOME);
}
