#include "core/exchange/columns.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/words_fill.h"

static const struct column residents[] = {
	[RESIDENTS_NUMBER] = { "number", "编号", "no|居民编号|卡号|读者编号|读者证号", "12",
		.meaning = N_("Number on the card; empty: the next free one; 新 or new: another "
			      "person of a "
			      "name that is here"),
		.shape = SHAPE_ID, .is_digits = true },
	[RESIDENTS_NAME] = { "name", "姓名", "名字|居民姓名|读者姓名|姓名全称", "张三",
		.meaning = N_("Name; needed"), .is_needed = true, .is_text = true },
	[RESIDENTS_PHONE] = { "phone", "电话",
		"mobile|tel|telephone|手机|手机号|手机号码|联系电话|电话号码|联系方式|联系手机|"
		"本人电话",
		"13800000001", .meaning = N_("Phone number"), .is_digits = true },
	[RESIDENTS_BUILDING] = { "building", "楼栋", "楼号|栋|楼|栋号|楼栋号|幢|座", "3栋",
		.meaning = N_("Building: 3栋"), .is_digits = true },
	[RESIDENTS_UNIT] = { "unit", "单元", "单元号", "",
		.meaning = N_("Staircase, if there are several: 2单元"), .is_digits = true,
		.is_incoming = true },
	[RESIDENTS_ROOM] = { "room", "房号", "房间|房间号|室|室号|门牌|房|房屋号", "502",
		.meaning = N_("Room: 502"), .is_digits = true },
	[RESIDENTS_ADDRESS] = { "address", "住址",
		"地址|家庭住址|家庭地址|居住地址|现住址|现居住地址|详细地址|详细住址|联系地址|"
		"门牌号|门牌号码|楼房号|楼栋房号|房屋地址|居住地",
		"",
		.meaning = N_("Building and room in one, instead of those columns: 3栋502, 3-502"),
		.is_text = true, .is_incoming = true },
	[RESIDENTS_CATEGORY] = { "category", "类别", "分类|人员类别|居民类别|读者类型|类型|身份",
		"居民", .meaning = N_("Category by code or name: jiaplus resident categories") },
	[RESIDENTS_ALIAS] = { "alias", "称呼", "昵称", "张伯",
		.meaning = N_("How the person likes to be called"), .is_text = true },
	[RESIDENTS_WALL] = { "wall", "上墙", "", "全名",
		.meaning = N_("Name on the roster on the wall: full, alias or masked"),
		.shape = SHAPE_WORD },
	[RESIDENTS_GUARDIAN] = { "guardian", "监护人编号",
		"监护人|监护人姓名|家长|家长姓名|guardian_name", "",
		.meaning = N_("Of a child: number or name of the adult, who is registered too"),
		.shape = SHAPE_ID, .is_digits = true },
	[RESIDENTS_GUARDIAN_PHONE] = { "guardian_phone", "监护人电话",
		"监护人手机|监护人手机号|监护人联系电话|监护人联系方式|家长电话|家长手机|"
		"家长联系电话|家长联系方式",
		"", .meaning = N_("That person's phone number, if there are several of the name"),
		.is_digits = true, .is_incoming = true },
	[RESIDENTS_FETCHERS] = { "fetchers", "接送人",
		"可接送人|接送人姓名|授权接送人|接孩子的人|接送家长", "",
		.meaning = N_("Who else may fetch a child: numbers of residents or names, parted "
			      "by ；"),
		.is_text = true, .is_list = true },
	[RESIDENTS_BIRTH_YEAR] = { "birth_year", "出生年份",
		"出生年|出生日期|出生年月|出生年月日|生日|出生时间|birthday|date_of_birth", "1955",
		.meaning = N_("Year of birth; of a whole date no more than the year is kept"),
		.shape = SHAPE_ID, .is_digits = true },
	[RESIDENTS_JOINED] = { "joined_on", "登记日期", "登记时间|注册日期|注册时间|办卡日期|since",
		"2026-01-05", .meaning = N_("Day of registration; empty: today") },
	[RESIDENTS_LEFT_ON] = { "left_on", "迁出日期", "搬走日期|注销日期", "",
		.meaning = N_("Day of moving away") },
	[RESIDENTS_CONSENT] = { "consent", "告知书版本", "consent_version", "",
		.meaning = N_("Version of the privacy notice that was agreed to on paper; empty: "
			      "the person is asked at the next visit") },
	[RESIDENTS_PINYIN] = { "pinyin", "拼音", "姓名拼音", "",
		.meaning = N_("Reading of the name, if it is not the usual one") },
	[RESIDENTS_INITIALS] = { "initials", "首字母", "拼音首字母", "",
		.meaning = N_("Its initials, if they are not the usual ones") },
	[RESIDENTS_NOTE] = { "note", "备注", "说明|备注说明", "耳背，请大声",
		.meaning = N_("Note for the counter"), .is_text = true },
};
static_assert(ARRAY_LEN(residents) == RESIDENTS_COLUMN_COUNT, "a row each");

static const struct column titles[] = {
	[TITLES_NAME] = { "name", "名称", "title|物品|物品名称|书名|品名|图书名称", "冲击钻",
		.meaning = N_("What it is called; needed"), .is_needed = true, .is_text = true },
	[TITLES_ISBN] = { "isbn", "ISBN", "国际标准书号|书号|isbn号", "",
		.meaning = N_("Of a book: ISBN, 13 digits or the older 10"), .shape = SHAPE_ID,
		.is_digits = true },
	[TITLES_CATEGORY] = { "category", "类别", "分类|物品类别|物品分类|类型", "工具",
		.meaning = N_("Category by code or name: jiaplus item categories; needed for a new "
			      "title") },
	[TITLES_PINYIN] = { "pinyin", "拼音", "", "",
		.meaning = N_("Reading of the name, if it is not the usual one") },
	[TITLES_INITIALS] = { "initials", "首字母", "拼音首字母", "",
		.meaning = N_("Its initials, if they are not the usual ones") },
	[TITLES_SAFETY] = { "safety", "安全须知", "注意事项|使用须知", "戴好护目镜",
		.meaning = N_("What is said at every loan"), .is_text = true },
	[TITLES_VALUE_POINTS] = { "value_points", "积分价值", "", "",
		.meaning = N_("Value in points"), .shape = SHAPE_ID },
	[TITLES_VALUE] = { "value", "价值（元）",
		"价值|价格|定价|参考价|参考价格|估价|估值|市场价|原价", "300",
		.meaning = N_("Value in yuan"), .shape = SHAPE_FEN },
	[TITLES_DEPOSIT] = { "deposit", "押分", "押金积分", "", .meaning = N_("Deposit in points"),
		.shape = SHAPE_ID },
	[TITLES_SHORT_DAYS] = { "short_days", "短借天数", "", "",
		.meaning = N_("In demand: so many days at most"), .shape = SHAPE_ID },
	[TITLES_APPROVAL] = { "needs_approval", "需审批", "需要审批|审批", "",
		.meaning = N_("yes if a volunteer hands it out"), .shape = SHAPE_YES },
	[TITLES_ONSITE] = { "is_onsite", "仅限屋内", "仅限现场|仅限馆内", "",
		.meaning = N_("yes if it is used in the house"), .shape = SHAPE_YES },
	[TITLES_CONSUMABLE] = { "is_consumable", "消耗品", "", "",
		.meaning = N_("yes if it is used up and not brought back"), .shape = SHAPE_YES },
	[TITLES_STOCK] = { "stock", "库存", "存量", "",
		.meaning = N_("Of what is used up: pieces in stock"), .shape = SHAPE_ID },
	[TITLES_PARTS] = { "parts", "配件", "配件清单|部件", "钻头；充电器",
		.meaning = N_("What belongs to it, one on each line, or separated by ；"),
		.is_text = true, .is_list = true },
};
static_assert(ARRAY_LEN(titles) == TITLES_COLUMN_COUNT, "a row each");

static const struct column items[] = {
	[ITEMS_NUMBER] = { "number", "编号", "no|单件编号|物品编号|馆藏号|图书编号", "120",
		.meaning = N_("Number on the label, or the label's code; empty: the next free one; "
			      "新 or new: "
			      "one more of what is here"),
		.shape = SHAPE_ID, .is_digits = true },
	[ITEMS_TITLE] = { "title", "名称", "name|物品|物品名称|书名|品名|图书名称", "冲击钻",
		.meaning = N_("What it is called; needed"), .is_needed = true, .is_text = true },
	[ITEMS_ISBN] = { "isbn", "ISBN", "国际标准书号|书号|isbn号", "",
		.meaning = N_("Of a book: ISBN, 13 digits or the older 10"), .shape = SHAPE_ID,
		.is_digits = true },
	[ITEMS_CATEGORY] = { "category", "类别", "分类|物品类别|物品分类|类型", "工具",
		.meaning = N_("Category by code or name: jiaplus item categories; needed for a new "
			      "title") },
	[ITEMS_QUANTITY] = { "quantity", "数量", "件数|册数|本数|个数|数目|复本数|count|copies",
		"1", .meaning = N_("So many of it, each with a label; empty: one"),
		.is_digits = true, .is_incoming = true },
	[ITEMS_ZONE] = { "zone", "区域", "分区|位置", "工具墙", .meaning = N_("Where it is kept"),
		.is_text = true },
	[ITEMS_SHELF] = { "shelf", "架位", "货架|书架|架号|柜号", "A-3",
		.meaning = N_("Shelf there"), .is_text = true },
	[ITEMS_PLACE] = { "place", "存放位置",
		"存放地点|存放地|存放处|存放区域|放置位置|摆放位置|所在位置|地点", "",
		.meaning = N_("Both in one, instead of those columns: 工具墙 A-3"), .is_text = true,
		.is_incoming = true },
	[ITEMS_STATUS] = { "status", "状态", "物品状态", "在用",
		.meaning = N_("active, maintenance, missing or retired; empty: active"),
		.shape = SHAPE_WORD },
	[ITEMS_WHY] = { "why", "状态原因", "原因说明", "",
		.meaning = N_("Why, if it is not in use"), .is_text = true },
	[ITEMS_ADDED] = { "added_at", "入库时间", "added_on|入库日期|登记日期|登记时间|购入日期",
		"2026-01-05", .meaning = N_("Day it came; empty: now"), .shape = SHAPE_INSTANT },
	[ITEMS_SOURCE] = { "source", "来源", "物品来源", "购买",
		.meaning = N_("bought, donated, swapped or project"), .shape = SHAPE_WORD },
	[ITEMS_DONOR] = { "donor", "捐赠人", "捐赠者|捐赠人姓名|捐助人|赠送人|捐赠单位", "",
		.meaning = N_("Who gave it; kept for the house, thanked in public only once they "
			      "have agreed"),
		.is_text = true, .is_incoming = true },
	[ITEMS_PROJECT] = { "project", "项目", "出资项目", "",
		.meaning = N_("The project that paid for it"), .is_text = true },
	[ITEMS_COST] = { "cost", "购入价（元）", "购入价|单价|购买价|购入价格", "300",
		.meaning = N_("What was paid, in yuan"), .shape = SHAPE_FEN },
	[ITEMS_EXPIRES] = { "expires_on", "有效期至", "有效期|保质期至|到期日", "",
		.meaning = N_("Last day it is good") },
	[ITEMS_INSPECTED] = { "inspected_until_on", "检验有效期至", "检验有效期", "",
		.meaning = N_("Last day its inspection holds") },
	[ITEMS_KIT] = { "kit", "所属套装编号", "套装|套装编号", "",
		.meaning = N_("Number of the item that holds it"), .shape = SHAPE_ID,
		.is_digits = true },
	[ITEMS_OWNERS] = { "owners", "物主编号", "物主|所有人|owner", "",
		.meaning = N_("Numbers of the residents it belongs to, with shares if they differ: "
			      "12:2 15:1") },
	[ITEMS_SAFETY] = { "safety", "安全须知", "注意事项|使用须知", "戴好护目镜",
		.meaning = N_("Of a new title: what is said at every loan"), .is_text = true },
	[ITEMS_VALUE_POINTS] = { "value_points", "积分价值", "", "",
		.meaning = N_("Of a new title: value in points"), .shape = SHAPE_ID },
	[ITEMS_VALUE] = { "value", "价值（元）",
		"价值|价格|定价|参考价|参考价格|估价|估值|市场价|原价", "300",
		.meaning = N_("Of a new title: value in yuan"), .shape = SHAPE_FEN },
	[ITEMS_DEPOSIT] = { "deposit", "押分", "押金积分", "",
		.meaning = N_("Of a new title: deposit in points"), .shape = SHAPE_ID },
};
static_assert(ARRAY_LEN(items) == ITEMS_COLUMN_COUNT, "a row each");

static const struct column loans[] = {
	[LOANS_NUMBER] = { "number", "借据编号", "no|编号|流水号", "5",
		.meaning = N_("Number of the loan; empty: the next free one"), .shape = SHAPE_ID,
		.is_digits = true },
	[LOANS_ITEM] = { "item", "单件编号", "物品编号|馆藏号|图书编号", "120",
		.meaning = N_("Number on the label; needed"), .shape = SHAPE_ID, .is_needed = true,
		.is_digits = true },
	[LOANS_TITLE] = { "title", "名称", "物品|物品名称|书名", "冲击钻",
		.meaning = N_("For those who read the table; nothing is taken from it"),
		.is_told = true },
	[LOANS_RESIDENT] = { "resident", "居民编号", "借用人编号|借书人编号|读者编号|卡号", "12",
		.meaning = N_("Number on the card; empty: found by name and phone number"),
		.shape = SHAPE_ID, .is_digits = true },
	[LOANS_NAME] = { "name", "姓名", "借用人|借用人姓名|借书人|借阅人|读者|读者姓名|居民姓名",
		"", .meaning = N_("Name of who has it"), .is_text = true, .is_incoming = true },
	[LOANS_PHONE] = { "phone", "电话", "手机|手机号|手机号码|联系电话|借用人电话|联系方式", "",
		.meaning = N_("That person's phone number"), .is_digits = true,
		.is_incoming = true },
	[LOANS_LENT] = { "lent_at", "借出时间", "借出日期|借出|借书日期|借用日期|借用时间",
		"2026-01-05 9:30", .meaning = N_("Day or time of lending; needed"),
		.shape = SHAPE_INSTANT, .is_needed = true },
	[LOANS_DUE] = { "due_at", "应还时间", "应还日期|应还", "",
		.meaning = N_("When it is due; empty: by today's rules"), .shape = SHAPE_INSTANT },
	[LOANS_RETURNED] = { "returned_at", "归还时间", "归还日期|归还|还书日期|实还日期",
		"2026-01-12", .meaning = N_("When it came back; empty: it is out"),
		.shape = SHAPE_INSTANT },
	[LOANS_RENEWALS] = { "renewals", "续借次数", "续借", "",
		.meaning = N_("How often it was renewed"), .shape = SHAPE_ID },
	[LOANS_LOST] = { "lost_at", "丢失时间", "丢失日期|遗失日期", "",
		.meaning = N_("When it was given up"), .shape = SHAPE_INSTANT },
};
static_assert(ARRAY_LEN(loans) == LOANS_COLUMN_COUNT, "a row each");

static const struct column points[] = {
	[POINTS_RESIDENT] = { "resident", "居民编号", "number|编号|卡号|no", "12",
		.meaning = N_("Number on the card; empty: found by name and phone number"),
		.shape = SHAPE_ID, .is_digits = true },
	[POINTS_NAME] = { "name", "姓名", "名字|居民姓名|志愿者|志愿者姓名", "张三",
		.meaning = N_("Name; it has to fit the number"), .is_text = true },
	[POINTS_PHONE] = { "phone", "电话",
		"手机|手机号|手机号码|联系电话|电话号码|联系方式|联系手机", "",
		.meaning = N_("Phone number, if there are several of the name"), .is_digits = true,
		.is_incoming = true },
	[POINTS_POINTS] = { "points", "积分", "积分余额|余额|剩余积分|现有积分|当前积分", "120",
		.meaning = N_("Balance to carry over; needed"), .shape = SHAPE_ID,
		.is_needed = true, .is_digits = true },
};
static_assert(ARRAY_LEN(points) == POINTS_COLUMN_COUNT, "a row each");

const struct column_list exchange_columns[EXCHANGE_COUNT] = {
	[EXCHANGE_RESIDENTS] = { residents, RESIDENTS_COLUMN_COUNT },
	[EXCHANGE_TITLES] = { titles, TITLES_COLUMN_COUNT },
	[EXCHANGE_ITEMS] = { items, ITEMS_COLUMN_COUNT },
	[EXCHANGE_LOANS] = { loans, LOANS_COLUMN_COUNT },
	[EXCHANGE_POINTS] = { points, POINTS_COLUMN_COUNT },
};

/* ---- comparing headers ---- */

/* What people add to the words of a header. */
static bool is_decoration(unsigned c)
{
	static const unsigned signs[] = { ' ', '\t', '\n', '\r', '*', '_', ':', '.', '/', '-', 0xA0,
		0x200B, 0x200C, 0x200D, 0x203B /* ※ */, 0x2605 /* ★ */, 0x2606 /* ☆ */,
		0x25CF /* ● */, 0x3000, 0x3001 /* 、 */, 0xFEFF };

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (signs[i] == c)
			return true;
	return false;
}

/* Narrow and lower case; brackets of every kind become ( and ). */
static unsigned fold(unsigned c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	if (c == '[' || c == '{' || c == 0x3010 || c == 0x3014)
		return '(';
	if (c == ']' || c == '}' || c == 0x3011 || c == 0x3015)
		return ')';
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* The next character of `s` before `end` that counts; 0 when there is none. */
static unsigned next_sign(const char **s, const char *end, bool skips_brackets)
{
	int depth = 0;

	while (*s < end) {
		unsigned c = fold(text_next(s));
		if (skips_brackets && (c == '(' || c == ')'))
			depth += c == '(' ? 1 : depth > 0 ? -1 : 0;
		else if (depth == 0 && !is_decoration(c))
			return c;
	}
	return 0;
}

static bool is_same_header(
	const char *word, const char *word_end, const char *header, bool skips_brackets)
{
	const char *header_end = header + strlen(header);
	unsigned a, b;

	do {
		a = next_sign(&word, word_end, skips_brackets);
		b = next_sign(&header, header_end, skips_brackets);
	} while (a == b && a);
	return a == b;
}

/* 手机（监护人） is not 手机: the text in these brackets says whose or which. */
static bool has_meaning_in_brackets(const char *header)
{
	static const char *const words[] = { "监护人", "家长", "紧急", "备用", "家属" };
	const char *at = header, *brackets = NULL;

	while (*at && !brackets) {
		const char *before = at;
		brackets = fold(text_next(&at)) == '(' ? before : NULL;
	}
	for (size_t i = 0; brackets && i < ARRAY_LEN(words); i++)
		if (strstr(brackets, words[i]))
			return true;
	return false;
}

static bool is_decorated(const char *header)
{
	unsigned c;

	while ((c = text_next(&header)))
		if (is_decoration(c) && c != '_' && c != '.' && c != ':')
			return true;
	return false;
}

/* Is it among `words`, which are separated by |? */
static bool is_among(const char *words, const char *header, bool skips_brackets)
{
	while (*words) {
		size_t len = strcspn(words, "|");
		if (len > 0 && is_same_header(words, words + len, header, skips_brackets))
			return true;
		words += len + (words[len] == '|');
	}
	return false;
}

static int find(const struct column_list *list, const char *header, bool skips_brackets)
{
	for (int i = 0; i < list->count; i++)
		if (is_among(list->rows[i].name, header, skips_brackets) ||
			is_among(list->rows[i].label, header, skips_brackets) ||
			is_among(list->rows[i].also, header, skips_brackets))
			return i;
	return -1;
}

int column_called(const struct column_list *list, const char *header, bool *ret_is_exact)
{
	int column = find(list, header, false);
	bool is_exact = column >= 0 && !is_decorated(header);

	if (column < 0 && !has_meaning_in_brackets(header))
		column = find(list, header, true);
	if (ret_is_exact)
		*ret_is_exact = is_exact;
	return column;
}
