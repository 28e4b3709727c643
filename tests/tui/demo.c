/* Every widget on a screen of its own, with invented content: driven by test_widgets.c, and to look
 * at. `demo [light|dark|large]`. JIAPLUS_DEMO_CRASH=abort|leave ends it abnormally at F5. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tui/app.h"
#include "tui/widgets/banner.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/entry.h"
#include "tui/widgets/form.h"
#include "tui/widgets/help.h"
#include "tui/widgets/list.h"
#include "tui/widgets/qr.h"
#include "tui/widgets/reader.h"
#include "tui/widgets/tiles.h"
#include "tui/widgets/wrap.h"

#define LOAN_CODE "J1L000000000ABCX"

struct demo {
	struct banner banner;
	char *last; /* what came in last: a scan, a paste, an answer */
	struct list *list;
	struct form *form;
	struct entry *entry;
	struct reader *reader;
	int *rows; /* the list's lines that pass the filter */
	int row_count;
	int ticks;
};

static void note(struct demo *demo, const char *what, const char *text)
{
	mem_free(&demo->last);
	demo->last = mem_printf("%s=%s", what, text);
}

static void on_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	CLEANUP(mem_free) char *text = mem_text_n(bytes, len);
	note(self, "scan", text);
}

static void on_paste(struct app *app, void *self, const char *text)
{
	note(self, "paste", text);
}

/* --- list --- */

static const struct {
	const char *title, *code, *state, *due;
} things[] = {
	{ "冲击钻", "000123", "借出", "明天 21:00" },
	{ "折叠梯", "000207", "在架", "" },
	{ "血压计", "000031", "借出", "11月28日 周六 21:00" },
	{ "《岭南园林》", "000412", "逾期", "11月19日 周四 21:00" },
	{ "阿依古丽·买买提江捐赠的手风琴（带琴箱、背带和说明书一本）", "000088", "在架", "" },
	{ "轮椅", "000090", "维修", "" },
	{ "Café chairs, set of 4", "000091", "在架", "" },
};

#define THING_COUNT 40

static void find_things(void *context, const char *text)
{
	struct demo *demo = context;
	demo->row_count = 0;
	for (int i = 0; i < THING_COUNT; i++)
		if (strstr(things[(size_t)i % ARRAY_LEN(things)].title, text) ||
			strstr(things[(size_t)i % ARRAY_LEN(things)].code, text))
			demo->rows[demo->row_count++] = i;
	list_set_count(demo->list, demo->row_count);
}

static void thing_cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct demo *demo = context;
	size_t i = (size_t)demo->rows[row] % ARRAY_LEN(things);
	const char *texts[] = { things[i].title, things[i].code, things[i].state, things[i].due };
	*ret = (struct list_cell){ .text = mem_text(texts[column]), .style = STYLE_PAPER };
	if (column == 1)
		ret->style = STYLE_QUIET;
}

static const char *thing_mark(void *context, int row, enum style *ret_style)
{
	const struct demo *demo = context;
	const char *state = things[(size_t)demo->rows[row] % ARRAY_LEN(things)].state;
	bool is_late = strcmp(state, "逾期") == 0;
	*ret_style = is_late ? STYLE_REFUSED : STYLE_DONE;
	return is_late ? "!" : strcmp(state, "在架") == 0 ? "✓" : "";
}

static const struct list_column thing_columns[] = {
	{ .title = "物品", .min = 10 },
	{ .title = "编号", .is_whole = true },
	{ .title = "状态", .max = 8 },
	{ .title = "应还", .is_whole = true, .align_right = true },
};

static void list_draw_screen(struct app *app, void *self, struct rect area)
{
	list_draw(((struct demo *)self)->list, rect_inset(area, 1, 1));
}

static bool list_key_screen(struct app *app, void *self, const struct key *key)
{
	struct demo *demo = self;
	enum list_answer answer = list_key(demo->list, key);
	if (answer == LIST_CHOSEN) {
		CLEANUP(mem_free) char *row = mem_printf("%d", list_selected(demo->list));
		note(demo, "chosen", row);
		app_pop(app);
	}
	return answer != LIST_IGNORED;
}

static const struct action back_actions[] = {
	{ K_ESC, N_("Back"), "回到上一页。", app_back },
	{ 0 },
};

static const struct screen list_screen = {
	.title = "物品",
	.actions = back_actions,
	.draw = list_draw_screen,
	.key = list_key_screen,
	.scan = on_scan,
};

/* --- form --- */

static char *check_name(void *context, const char *text)
{
	return *text ? NULL : mem_text("请填姓名");
}

static char *check_phone(void *context, const char *text)
{
	return strlen(text) == 11 ? NULL : mem_text("手机号码是 11 位数字");
}

static const char *const genders[] = { "女", "男", "不填", NULL };

static const struct form_field fields[] = {
	{ .label = "姓名",
		.max_chars = 12,
		.is_chinese = true,
		.check = check_name,
		.help = "与证件一致即可，不登记证件号码" },
	{ .label = "手机",
		.kind = FORM_DIGITS,
		.max_chars = 11,
		.hint = "11 位",
		.check = check_phone },
	{ .label = "性别", .kind = FORM_CHOICE, .choices = genders },
	{ .label = "志愿者口令", .kind = FORM_PASSWORD, .max_chars = 6 },
	{ .label = "同意", .kind = FORM_CHECK, .hint = "已读《个人信息告知书》" },
	{ .label = "备注", .max_chars = 40, .is_chinese = true },
};

static int find_candidates(
	void *context, const char *letters, int skip, int max, struct pinyin_candidate *ret)
{
	static const char *const zhang[] = { "张", "章", "掌", "长", "涨", "帐", "障", "仗", "丈",
		"杖", "账", "彰" };
	int count = 0;
	if (strncmp(letters, "zhang", 5) != 0)
		return 0;
	for (int i = skip; i < (int)ARRAY_LEN(zhang) && count < max; i++)
		ret[count++] = (struct pinyin_candidate){ mem_text(zhang[i]), 5 };
	return count;
}

static const struct pinyin_source pinyin_source = { .find = find_candidates };

static void form_draw_screen(struct app *app, void *self, struct rect area)
{
	struct demo *demo = self;
	area = rect_inset(area, 1, 3);
	draw_large(rect_cut_top(&area, 2), 0, 0, STYLE_STRONG, "登记居民");
	form_draw(demo->form, area);
}

static bool form_key_screen(struct app *app, void *self, const struct key *key)
{
	struct demo *demo = self;
	enum form_answer answer = form_key(demo->form, key);
	if (answer == FORM_DONE) {
		CLEANUP(mem_free)
		char *text = mem_printf("%s/%s/%d/%s/%d/%s", form_text(demo->form, 0),
			form_text(demo->form, 1), form_choice(demo->form, 2),
			form_text(demo->form, 3), form_choice(demo->form, 4),
			form_text(demo->form, 5));
		note(demo, "form", text);
		app_pop(app);
	}
	return answer != FORM_IGNORED;
}

static void form_paste_screen(struct app *app, void *self, const char *text)
{
	form_paste(((struct demo *)self)->form, text);
}

static const struct screen form_screen = {
	.title = "登记",
	.actions = back_actions,
	.is_modal = true,
	.draw = form_draw_screen,
	.key = form_key_screen,
	.paste = form_paste_screen,
	.scan = on_scan,
};

/* --- number entry --- */

static void entry_draw_screen(struct app *app, void *self, struct rect area)
{
	struct demo *demo = self;
	area = rect_inset(area, 1, 2);
	draw_center(rect_cut_top(&area, 2), 0, STYLE_STRONG, "请输入卡号或标签上的编号");
	entry_draw(demo->entry, area, true);
}

static bool entry_key_screen(struct app *app, void *self, const struct key *key)
{
	struct demo *demo = self;
	enum entry_answer answer = entry_key(demo->entry, key);
	if (answer == ENTRY_DONE) {
		note(demo, "entry", entry_text(demo->entry));
		entry_clear(demo->entry);
		app_pop(app);
	}
	return answer != ENTRY_IGNORED;
}

static const struct screen entry_screen = {
	.title = "手动输入",
	.actions = back_actions,
	.draw = entry_draw_screen,
	.key = entry_key_screen,
	.scan = on_scan,
};

/* --- QR, reader --- */

static void qr_draw_screen(struct app *app, void *self, struct rect area)
{
	int rows, cols;
	area = rect_inset(area, 1, 2);
	if (!qr_size(LOAN_CODE, &rows, &cols))
		return;
	struct rect place = rect_center(area, rows, cols);
	if (!qr_draw(place, LOAN_CODE))
		draw_center(area, 0, STYLE_QUIET, "屏幕太小，放不下二维码");
}

static const struct screen qr_screen = {
	.title = "二维码",
	.actions = back_actions,
	.draw = qr_draw_screen,
};

static const char long_text[] =
	"物品流转制度\n\n"
	"一、凡持共享卡的居民均可借用物品。借出时请当面检查配件，归还时请清洁干净；如有损坏，请如实"
	"告诉值班志愿者，"
	"我们不追究，只想把它修好（“谁用谁爱护”）。\n\n"
	"二、工具类借期为三天，图书类借期为三十天，照护辅助器具可以长期借用。续借请在到期前办理，有"
	"人排队时不能续借。\n\n"
	"三、逾期不罚款。逾期期间暂停借用其他物品，归还后即可恢复。闭馆造成的逾期不计。\n\n"
	"四、The rules on this wall and the rules the program keeps are the same rows of one "
	"table.\n\n"
	"五、本制度由共享委员会解释。";

static void reader_draw_screen(struct app *app, void *self, struct rect area)
{
	reader_draw(((struct demo *)self)->reader, rect_inset(area, 1, 3));
}

static bool reader_key_screen(struct app *app, void *self, const struct key *key)
{
	return reader_key(((struct demo *)self)->reader, key);
}

static const struct screen reader_screen = {
	.title = "制度",
	.actions = back_actions,
	.draw = reader_draw_screen,
	.key = reader_key_screen,
};

/* --- home --- */

static void open_list(struct app *app, void *self)
{
	struct demo *demo = self;
	list_set_filter(demo->list, "");
	find_things(demo, "");
	app_push(app, &list_screen, self);
}

static void open_form(struct app *app, void *self)
{
	app_push(app, &form_screen, self);
}

static void open_entry(struct app *app, void *self)
{
	app_push(app, &entry_screen, self);
}

static void open_qr(struct app *app, void *self)
{
	app_push(app, &qr_screen, self);
}

static void open_reader(struct app *app, void *self)
{
	app_push(app, &reader_screen, self);
}

static void answered(struct app *app, void *context, int button)
{
	CLEANUP(mem_free) char *text = mem_printf("%d", button);
	note(context, "answer", text);
}

static void open_dialog(struct app *app, void *self)
{
	static const struct dialog_line lines[] = {
		{ "要押 150 分，还差 34 分。", "请志愿者办免押" },
		{ "名下有一件物品已过归还日 2 天：《岭南园林》。", "先归还它，或请志愿者破例办理" },
	};
	static const char *const buttons[] = { "知道了", "破例办理", NULL };
	dialog_open(app, &(struct dialog){
				 .kind = BANNER_REFUSED,
				 .title = "暂不能借：血压计 000031",
				 .lines = lines,
				 .line_count = (int)ARRAY_LEN(lines),
				 .buttons = buttons,
				 .done = answered,
				 .context = self,
			 });
}

static void open_question(struct app *app, void *self)
{
	dialog_open(app, &(struct dialog){
				 .title = "还在办理吗？",
				 .text = "按任意键继续。",
				 .done = answered,
				 .context = self,
				 .timeout_ms = 300,
			 });
}

static void show_banners(struct app *app, void *self)
{
	struct demo *demo = self;
	enum banner_kind next = demo->banner.kind + 1;
	static const char *const titles[] = { NULL, "借出", "暂不能借", "请志愿者来看一下",
		"已撤销" };
	static const char *const texts[] = { NULL, "折叠梯 000207，11月28日 星期六 21:00 前归还",
		"血压计 000031：要押 150 分，还差 34 "
		"分。可请志愿者办免押。另外，名下有一件物品已过归还日 2 "
		"天，请先归还。",
		"这件物品登记为暂未找到。", "折叠梯 000207 没有借出" };
	if (next >= BANNER_KIND_COUNT)
		next = BANNER_DONE;
	banner_set(&demo->banner, next, titles[next], texts[next]);
	app_sound(app, (enum app_sound)(next - 1));
}

static void camera_gone(struct app *app, void *self)
{
	app_notice(app, "camera", "摄像头未连接");
	app_notice(app, "printer", "打印机缺纸");
}

static void camera_back(struct app *app, void *self)
{
	app_notice(app, "camera", NULL);
	app_notice(app, "printer", NULL);
}

static void crash(struct app *app, void *self)
{
	const char *how = getenv("JIAPLUS_DEMO_CRASH");
	if (how && strcmp(how, "abort") == 0)
		abort();
	if (how && strcmp(how, "exit") == 0)
		exit(3);
	if (how && strcmp(how, "memory") == 0)
		mem_free(&(char *){ mem_alloc((size_t)1 << 62) });
}

/* Blocks for a third of a second, as a slow disk would. */
static void stall(struct app *app, void *self)
{
	usleep(300000);
	note(self, "stall", "over");
}

static void warn(struct app *app, void *self)
{
	fputs("a library's warning\n", stderr);
	note(self, "log", "warned");
}

static const struct action home_actions[] = {
	{ '1', "列表", "物品清单，可输入查找。", open_list, .place = ACTION_TILE },
	{ '2', "表单", "登记一位居民。", open_form, .place = ACTION_TILE },
	{ '3', "拒绝", "一个带原因的对话框。", open_dialog, .place = ACTION_TILE },
	{ '4', "输入编号", "大字输入。", open_entry, .place = ACTION_TILE },
	{ '5', "二维码", NULL, open_qr, .place = ACTION_TILE },
	{ '6', "制度", "长文章。", open_reader, .place = ACTION_TILE },
	{ '7', "结果", "四种结果，一种一种看。", show_banners, .place = ACTION_TILE },
	{ '8', "询问", "过时不候。", open_question, .place = ACTION_TILE },
	{ K_F5, "崩溃", NULL, crash, .place = ACTION_HIDDEN },
	{ K_F6, "停顿", NULL, stall, .place = ACTION_HIDDEN },
	{ K_F7, "设备坏", "角落里出现提示。", camera_gone },
	{ K_F8, "设备好", NULL, camera_back },
	{ K_F9, "警告", NULL, warn, .place = ACTION_HIDDEN },
	{ K_F10, "退出", "结束程序。", app_back },
	{ 0 },
};

static void home_draw(struct app *app, void *self, struct rect area)
{
	struct demo *demo = self;
	area = rect_inset(area, 1, 3);
	struct rect clock = rect_cut_right(&area, area.cols > 70 ? 22 : 0);
	draw_digits(clock, 0, clock.cols - draw_digits_width("14:05"), STYLE_MARK, "14:05");
	draw_right(clock, 4, STYLE_QUIET, "11月21日 星期六");
	draw_large(rect_cut_top(&area, 1), 0, 0, STYLE_STRONG, "请扫共享卡或物品标签");
	rect_cut_top(&area, 1);
	wrap_draw(rect_cut_top(&area, 2), 0, STYLE_QUIET, "归还：扫物品标签即可，不用带卡。");
	struct rect last = rect_cut_bottom(&area, 1);
	if (demo->last)
		draw_text(last, 0, 0, STYLE_QUIET, demo->last);
	int banner = banner_rows(&demo->banner, area.cols);
	banner_draw(&demo->banner, rect_cut_bottom(&area, banner));
	tiles_draw_actions(app, home_actions, self, area, '1');
}

static bool home_key(struct app *app, void *self, const struct key *key)
{
	if (key->code == K_PRESS || key->code == K_SCROLL_UP || key->code == K_SCROLL_DOWN) {
		CLEANUP(mem_free) char *where = mem_printf("%d,%d", key->row, key->col);
		note(self, key->code == K_PRESS ? "press" : "wheel", where);
	} else if (key_is_char(key) && (key->code < '1' || key->code > '8')) {
		CLEANUP(mem_free)
		char *typed = mem_printf("%s%s",
			((struct demo *)self)->last &&
					strncmp(((struct demo *)self)->last, "typed=", 6) == 0
				? ((struct demo *)self)->last + 6
				: "",
			key_label(key->code).text);
		note(self, "typed", typed);
	}
	return false;
}

static void home_leave(struct app *app, void *self)
{
	struct demo *demo = self;
	list_destroy(demo->list);
	form_destroy(demo->form);
	entry_destroy(demo->entry);
	reader_destroy(demo->reader);
	banner_clear(&demo->banner);
	mem_free(&demo->rows);
	mem_free(&demo->last);
	mem_free(&demo);
}

static const struct screen home_screen = {
	.actions = home_actions,
	.draw = home_draw,
	.key = home_key,
	.scan = on_scan,
	.paste = on_paste,
	.leave = home_leave,
};

static struct demo *make_demo(void)
{
	struct demo *demo = mem_alloc(sizeof(*demo));
	demo->rows = mem_alloc(THING_COUNT * sizeof(*demo->rows));
	demo->list = list_create(&(struct list_options){
		.columns = thing_columns,
		.column_count = (int)ARRAY_LEN(thing_columns),
		.context = demo,
		.cell = thing_cell,
		.mark = thing_mark,
		.filter = find_things,
		.empty = "没有找到",
	});
	demo->form = form_create(fields, (int)ARRAY_LEN(fields), demo, &pinyin_source);
	demo->entry = entry_create(ENTRY_CODE, 16);
	demo->reader = reader_create(long_text);
	return demo;
}

static bool is_code(void *context, const char *bytes, size_t len)
{
	return len > 2 && memcmp(bytes, "J1", 2) == 0;
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct app *app;
	i18n_start(I18N_ENGLISH);
	struct app_options options = {
		.theme = palette_theme_named(argc > 1 ? argv[1] : NULL),
		.has_sound = true,
		.log_path = getenv("JIAPLUS_DEMO_LOG"),
		.always = help_keys,
		.is_code = is_code,
	};
	if (app_create(&options, &app, &err) < 0) {
		fprintf(stderr, "demo: %s\n", err.detail);
		return 4;
	}
	app_set_house(app, "顺德共享家+ · 榕树里社区");
	app_push(app, &home_screen, make_demo());
	app_run(app);
	app_destroy(app);
	return 0;
}
