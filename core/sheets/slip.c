#include "core/sheets/slip.h"

#define WIDE_FROM 70 /* mm: from here on a roll has the margins of 80 mm paper */

void slip_page(struct sheet *sheet, const struct slip *slip, const struct letterhead *letterhead,
	const struct house_lines *house)
{
	static const struct sheet_style heading = {
		.size_pt = 20, .leading = 1.15, .is_bold = true, .align = SHEET_CENTER
	};

	sheet_page(sheet);
	letterhead_top(sheet, letterhead, &house->site);
	sheet_space(sheet, 1);
	sheet_text(sheet, heading, slip->heading);
}

struct sheet *slip_begin(const struct slip *slip, const struct letterhead *letterhead,
	const struct house_lines *house)
{
	struct sheet_media media = slip->width_mm >= WIDE_FROM ? sheet_roll_80 : sheet_roll_58;

	media.width_mm = slip->width_mm;
	struct sheet *sheet = sheet_create(&media, slip->heading, slip->made_at);
	slip_page(sheet, slip, letterhead, house);
	return sheet;
}

void slip_item(struct sheet *sheet, const struct item *item)
{
	static const struct sheet_style name = { .size_pt = 11, .is_bold = true };
	static const struct sheet_style number = { .size_pt = 9 };
	char text[ITEM_NUMBER_SIZE];

	item_number_format(item->number, text);
	sheet_pair(sheet, name, item->name, number, text);
}

void slip_rule(struct sheet *sheet)
{
	sheet_space(sheet, 1);
	sheet_rule(sheet, 0.25);
	sheet_space(sheet, 1);
}

void slip_end(struct sheet *sheet, const struct house_lines *house)
{
	slip_rule(sheet);
	letterhead_foot(sheet, house);
}
