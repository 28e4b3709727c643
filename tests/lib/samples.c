#include "tests/lib/samples.h"

#include "core/base/mem.h"

#define MADE_AT 1795240000 /* 2026-11-21 */

static const struct sheet_style small = { .size_pt = 8 };
static const struct sheet_style small_center = { .size_pt = 8, .align = SHEET_CENTER };
static const struct sheet_style venue = {
	.size_pt = 11, .min_pt = 9, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style what = { .size_pt = 20, .is_bold = true, .align = SHEET_CENTER };
static const struct sheet_style title = { .size_pt = 11 };
static const struct sheet_style item_number = { .size_pt = 7.5 };
static const struct sheet_style due = {
	.size_pt = 11,
	.is_bold = true,
};

static const struct {
	const char *title, *number, *due;
} lent[] = {
	{ "冲击钻（博世 GSB 13 RE，含钻头一套）", "000123", "到 11月28日 周六 21:00" },
	{ "折叠梯", "000207", "到 11月28日 周六 21:00" },
	{ "《岭南园林》阿依古丽·买买提江 著", "000031", "到 12月5日 周六 21:00" },
};

static void receipt_items(struct sheet *s)
{
	for (size_t i = 0; i < ARRAY_LEN(lent); i++) {
		sheet_text(s, title, lent[i].title);
		sheet_pair(s, item_number, lent[i].number, due, lent[i].due);
		sheet_space(s, 1.6);
	}
}

/* The symbol on the left, and what a person may need to read out on the right. */
static void receipt_proof(struct sheet *s)
{
	const double widths[] = { 24, 0 };

	sheet_table(s, &(struct sheet_table){ .column_count = 2, .widths_mm = widths });
	sheet_row(s, 0);
	sheet_cell(s, 1, SHEET_MIDDLE);
	sheet_qr(s, 18, SHEET_LEFT, "J1L0000000000R7", small, NULL);
	sheet_cell(s, 1, SHEET_MIDDLE);
	sheet_text(s, (struct sheet_style){ .size_pt = 7.5, .is_quiet = true }, "借据");
	sheet_text(s, (struct sheet_style){ .size_pt = 12, .is_bold = true }, "R000123");
	sheet_space(s, 1);
	sheet_text(s, small, "张*三");
	sheet_text(s, small, "11月21日 14:06");
	sheet_end(s);
}

struct sheet *sample_receipt(const struct sheet_media *roll)
{
	struct sheet *s = sheet_create(roll, "凭条 R000123", MADE_AT);

	sheet_page(s);
	sheet_text(s, venue, "顺德共享家+ · 榕树里社区");
	sheet_space(s, 1);
	sheet_text(s, what, "借　出");
	sheet_space(s, 1.5);
	sheet_rule(s, 0.5);
	sheet_space(s, 2);
	receipt_items(s);
	sheet_rule(s, 0.25);
	sheet_space(s, 1.2);
	sheet_pair(s, small, "本次积分 −20（押分，检查后退）", small, "可用 116");
	sheet_space(s, 1.5);
	receipt_proof(s);
	sheet_space(s, 1);
	sheet_rule(s, 0.25);
	sheet_space(s, 1.5);
	sheet_text(s, small_center,
		"归还时扫物品标签即可，不用带卡。\n爱惜物品，按时归还，方便下一位街坊。");
	sheet_space(s, 1);
	sheet_text(s, small_center, "电话 0757-2233 4455\n周二至周日 9:00–21:00");
	return s;
}

/* ---- cards ---- */

#define CARD_W 85.6
#define CARD_H 53.98

static void cut_marks(struct sheet *s, double left, double top, int columns, int rows)
{
	double right = left + columns * CARD_W, bottom = top + rows * CARD_H;

	for (int i = 0; i <= columns; i++) {
		sheet_line(s, left + i * CARD_W, top - 5, left + i * CARD_W, top - 1, 0.15);
		sheet_line(s, left + i * CARD_W, bottom + 1, left + i * CARD_W, bottom + 5, 0.15);
	}
	for (int i = 0; i <= rows; i++) {
		sheet_line(s, left - 5, top + i * CARD_H, left - 1, top + i * CARD_H, 0.15);
		sheet_line(s, right + 1, top + i * CARD_H, right + 5, top + i * CARD_H, 0.15);
	}
}

static void card(struct sheet *s, double x, double y, int number)
{
	sheet_frame(s, x, y, CARD_W, CARD_H, SHEET_TOP);
	sheet_frame(s, 6, 6, 44, 14, SHEET_TOP);
	sheet_text(s, (struct sheet_style){ .size_pt = 13, .is_bold = true, .min_pt = 9 },
		"顺德共享家+");
	sheet_text(
		s, (struct sheet_style){ .size_pt = 8, .is_quiet = true }, "榕树里社区 · 共享卡");
	sheet_end(s);
	sheet_frame(s, 6, 30, 44, 18, SHEET_BOTTOM);
	sheet_text(s,
		(struct sheet_style){ .size_pt = 15, .is_bold = true, .min_pt = 8, .max_lines = 2 },
		number % 3 ? "张*三" : "阿依古丽·买买提江·吐尔逊");
	sheet_textf(s, (struct sheet_style){ .size_pt = 9 }, "编号 %06d", number);
	sheet_end(s);
	sheet_frame(s, 50, 6, 32, 42, SHEET_MIDDLE);
	sheet_qr(s, 21, SHEET_CENTER, "J1CAB2C3D4E5F6G7H8J9K0M1N2P3",
		(struct sheet_style){ .size_pt = 6.5 }, "扫我借还");
	sheet_end(s);
	sheet_end(s);
}

struct sheet *sample_cards(int count)
{
	struct sheet *s = sheet_create(&sheet_a4, "共享卡", MADE_AT);
	const double left = (210 - 2 * CARD_W) / 2, top = (297 - 5 * CARD_H) / 2;

	for (int i = 0; i < count; i++) {
		if (i % 10 == 0) {
			sheet_page(s);
			cut_marks(s, left, top, 2, 5);
		}
		card(s, left + i % 2 * CARD_W, top + i / 2 % 5 * CARD_H, i + 1);
	}
	return s;
}

/* ---- labels ---- */

static void label(struct sheet *s, double x, double y, const char *name, int number)
{
	sheet_frame(s, x, y, 40, 30, SHEET_TOP);
	sheet_frame(s, 2, 1.5, 36, 6.6, SHEET_MIDDLE);
	sheet_text(s,
		(struct sheet_style){ .size_pt = 12,
			.min_pt = 6,
			.max_lines = 2,
			.is_bold = true,
			.leading = 1.15 },
		name);
	sheet_end(s);
	sheet_frame(s, 0, 8.1, 22, 21.9, SHEET_TOP);
	sheet_qr(s, 14, SHEET_CENTER, "J1T000000001A3", (struct sheet_style){ .size_pt = 6 }, NULL);
	sheet_end(s);
	sheet_frame(s, 22, 10, 16, 17, SHEET_MIDDLE);
	sheet_textf(s, (struct sheet_style){ .size_pt = 12, .is_bold = true, .min_pt = 8 }, "%06d",
		number);
	sheet_text(s, (struct sheet_style){ .size_pt = 6.5 }, "榕树里社区\n顺德共享家+");
	sheet_end(s);
	sheet_end(s);
}

struct sheet *sample_label(void)
{
	struct sheet *s = sheet_create(&sheet_label_40x30, "标签", MADE_AT);

	sheet_page(s);
	label(s, 0, 0, "冲击钻（博世 GSB 13 RE，含钻头一套）", 123);
	return s;
}

struct sheet *sample_label_page(int count)
{
	static const char *const names[] = { "电钻", "折叠梯 2.4 米",
		"冲击钻（博世 GSB 13 RE，含钻头一套）" };
	struct sheet *s = sheet_create(&sheet_a4, "标签", MADE_AT);

	for (int i = 0; i < count; i++) {
		if (i % 45 == 0)
			sheet_page(s);
		label(s, 5 + i % 5 * 40, 13.5 + i / 5 % 9 * 30, names[(size_t)i % ARRAY_LEN(names)],
			100 + i);
	}
	return s;
}

/* ---- roster ---- */

struct sheet *sample_roster(void)
{
	static const char *const days[] = { "周一\n11月16日", "周二\n11月17日", "周三\n11月18日",
		"周四\n11月19日", "周五\n11月20日", "周六\n11月21日", "周日\n11月22日" };
	static const char *const periods[] = { "9:00–12:00", "14:00–17:00", "17:00–21:00" };
	const struct sheet_style head = { .size_pt = 13, .is_bold = true, .align = SHEET_CENTER };
	const struct sheet_style name = { .size_pt = 14, .min_pt = 12, .align = SHEET_CENTER };
	const double widths[] = { 24, 0, 0, 0, 0, 0, 0, 0 };
	struct sheet *s = sheet_create(&sheet_a4_landscape, "值班表", MADE_AT);

	sheet_header(s);
	sheet_pair(s, (struct sheet_style){ .size_pt = 22, .is_bold = true }, "志愿值班表　第47周",
		small, "第 1 版 · 11月14日 印");
	sheet_space(s, 3);
	sheet_end(s);
	sheet_footer(s);
	sheet_space(s, 2);
	sheet_pair(s, small, "来不了？请提前告诉 陈丽芳 0757-2233 4455", small,
		"顺德共享家+ · 榕树里社区");
	sheet_folio(s, small_center, "第 {n} 页，共 {of} 页");
	sheet_end(s);
	sheet_page(s);
	sheet_table(s, &(struct sheet_table){ .rules = SHEET_RULES_GRID,
			       .pad_x_mm = 1.2,
			       .pad_y_mm = 1.5,
			       .column_count = 8,
			       .widths_mm = widths });
	sheet_head(s, 14);
	sheet_cell(s, 1, SHEET_MIDDLE);
	for (size_t d = 0; d < ARRAY_LEN(days); d++) {
		sheet_cell(s, 1, SHEET_MIDDLE);
		sheet_text(s, head, days[d]);
	}
	for (size_t p = 0; p < ARRAY_LEN(periods); p++) {
		sheet_row(s, 40);
		sheet_cell(s, 1, SHEET_MIDDLE);
		sheet_text(s,
			(struct sheet_style){ .size_pt = 12, .min_pt = 8, .align = SHEET_CENTER },
			periods[p]);
		for (size_t d = 0; d < ARRAY_LEN(days); d++) {
			sheet_cell(s, 1, SHEET_MIDDLE);
			sheet_text(s, name,
				(d + p) % 3 ? "★陈丽芳\n祯叔" : "★阿依古丽·买买提江\n○还差 1 人");
		}
	}
	sheet_end(s);
	return s;
}
