#include "core/exchange/columns.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

static const struct column residents[] = {
	[RESIDENTS_NUMBER] = { "number", "编号", "no|no.|居民编号|卡号" },
	[RESIDENTS_NAME] = { "name", "姓名", "名字|居民姓名", .is_text = true },
	[RESIDENTS_PHONE] = { "phone", "电话",
		"mobile|手机|手机号|手机号码|联系电话|电话号码|联系方式" },
	[RESIDENTS_BUILDING] = { "building", "楼栋", "楼号|栋|楼|栋号" },
	[RESIDENTS_ROOM] = { "room", "房号", "房间|房间号|室|门牌" },
	[RESIDENTS_CATEGORY] = { "category", "类别", "分类" },
	[RESIDENTS_ALIAS] = { "alias", "称呼", "", .is_text = true },
	[RESIDENTS_WALL] = { "wall", "上墙", "" },
	[RESIDENTS_GUARDIAN] = { "guardian", "监护人编号", "监护人" },
	[RESIDENTS_JOINED] = { "joined_on", "登记日期", "登记时间|注册日期|办卡日期|since" },
	[RESIDENTS_LEFT_ON] = { "left_on", "迁出日期", "搬走日期|注销日期" },
	[RESIDENTS_CONSENT] = { "consent", "告知书版本", "consent_version" },
	[RESIDENTS_PINYIN] = { "pinyin", "拼音", "" },
	[RESIDENTS_INITIALS] = { "initials", "首字母", "拼音首字母" },
	[RESIDENTS_NOTE] = { "note", "备注", "说明", .is_text = true },
};
static_assert(ARRAY_LEN(residents) == RESIDENTS_COLUMN_COUNT, "a row each");

static const struct column titles[] = {
	[TITLES_NAME] = { "name", "名称", "title|物品|物品名称|书名|品名", .is_text = true },
	[TITLES_ISBN] = { "isbn", "ISBN", "国际标准书号|书号" },
	[TITLES_CATEGORY] = { "category", "类别", "分类" },
	[TITLES_PINYIN] = { "pinyin", "拼音", "" },
	[TITLES_INITIALS] = { "initials", "首字母", "拼音首字母" },
	[TITLES_SAFETY] = { "safety", "安全须知", "注意事项", .is_text = true },
	[TITLES_VALUE_POINTS] = { "value_points", "积分价值", "" },
	[TITLES_VALUE] = { "value", "价值（元）", "价值|价值(元)|价格|定价" },
	[TITLES_DEPOSIT] = { "deposit", "押分", "押金积分" },
	[TITLES_SHORT_DAYS] = { "short_days", "短借天数", "" },
	[TITLES_APPROVAL] = { "needs_approval", "需审批", "需要审批|审批" },
	[TITLES_ONSITE] = { "is_onsite", "仅限屋内", "仅限现场|仅限馆内" },
	[TITLES_CONSUMABLE] = { "is_consumable", "消耗品", "" },
	[TITLES_STOCK] = { "stock", "库存", "存量" },
	[TITLES_PARTS] = { "parts", "配件", "配件清单|部件", .is_text = true },
};
static_assert(ARRAY_LEN(titles) == TITLES_COLUMN_COUNT, "a row each");

static const struct column items[] = {
	[ITEMS_NUMBER] = { "number", "编号", "no|no.|单件编号|物品编号|馆藏号" },
	[ITEMS_TITLE] = { "title", "名称", "name|物品|物品名称|书名|品名", .is_text = true },
	[ITEMS_ISBN] = { "isbn", "ISBN", "国际标准书号|书号" },
	[ITEMS_CATEGORY] = { "category", "类别", "分类" },
	[ITEMS_ZONE] = { "zone", "区域", "分区|位置", .is_text = true },
	[ITEMS_SHELF] = { "shelf", "架位", "货架|书架|架号|柜号", .is_text = true },
	[ITEMS_STATUS] = { "status", "状态", "" },
	[ITEMS_WHY] = { "why", "状态原因", "原因说明", .is_text = true },
	[ITEMS_ADDED] = { "added_at", "入库时间", "added_on|入库日期|登记日期" },
	[ITEMS_SOURCE] = { "source", "来源", "" },
	[ITEMS_PROJECT] = { "project", "项目", "出资项目", .is_text = true },
	[ITEMS_COST] = { "cost", "购入价（元）", "购入价|购入价(元)|单价" },
	[ITEMS_EXPIRES] = { "expires_on", "有效期至", "有效期" },
	[ITEMS_INSPECTED] = { "inspected_until_on", "检验有效期至", "检验有效期" },
	[ITEMS_KIT] = { "kit", "所属套装编号", "套装|套装编号" },
	[ITEMS_OWNERS] = { "owners", "物主编号", "物主|所有人|owner" },
	[ITEMS_SAFETY] = { "safety", "安全须知", "注意事项", .is_text = true },
	[ITEMS_VALUE_POINTS] = { "value_points", "积分价值", "" },
	[ITEMS_VALUE] = { "value", "价值（元）", "价值|价值(元)|价格|定价" },
	[ITEMS_DEPOSIT] = { "deposit", "押分", "押金积分" },
};
static_assert(ARRAY_LEN(items) == ITEMS_COLUMN_COUNT, "a row each");

static const struct column loans[] = {
	[LOANS_NUMBER] = { "number", "借据编号", "no|no.|编号|流水号" },
	[LOANS_ITEM] = { "item", "单件编号", "物品编号|馆藏号" },
	[LOANS_TITLE] = { "title", "名称", "物品|物品名称|书名", .is_told = true },
	[LOANS_RESIDENT] = { "resident", "居民编号", "借用人编号|读者编号|卡号" },
	[LOANS_LENT] = { "lent_at", "借出时间", "借出日期|借出|借书日期" },
	[LOANS_DUE] = { "due_at", "应还时间", "应还日期|应还" },
	[LOANS_RETURNED] = { "returned_at", "归还时间", "归还日期|归还|还书日期" },
	[LOANS_RENEWALS] = { "renewals", "续借次数", "续借" },
	[LOANS_LOST] = { "lost_at", "丢失时间", "丢失日期|遗失日期" },
};
static_assert(ARRAY_LEN(loans) == LOANS_COLUMN_COUNT, "a row each");

static const struct column points[] = {
	[POINTS_RESIDENT] = { "resident", "居民编号", "number|编号|卡号|no|no." },
	[POINTS_NAME] = { "name", "姓名", "名字", .is_told = true },
	[POINTS_POINTS] = { "points", "积分", "积分余额|余额|剩余积分|现有积分" },
};
static_assert(ARRAY_LEN(points) == POINTS_COLUMN_COUNT, "a row each");

const struct column_list exchange_columns[EXCHANGE_COUNT] = {
	[EXCHANGE_RESIDENTS] = { residents, RESIDENTS_COLUMN_COUNT },
	[EXCHANGE_TITLES] = { titles, TITLES_COLUMN_COUNT },
	[EXCHANGE_ITEMS] = { items, ITEMS_COLUMN_COUNT },
	[EXCHANGE_LOANS] = { loans, LOANS_COLUMN_COUNT },
	[EXCHANGE_POINTS] = { points, POINTS_COLUMN_COUNT },
};

static bool is_among(const char *words, const char *header)
{
	while (*words) {
		size_t len = strcspn(words, "|");
		CLEANUP(mem_free) char *word = mem_text_n(words, len);
		if (text_equal_fold(word, header))
			return true;
		words += len + (words[len] == '|');
	}
	return false;
}

int column_called(const struct column_list *list, const char *header)
{
	/* Compared as headers are read, with their full-width brackets made narrow. */
	for (int i = 0; i < list->count; i++) {
		CLEANUP(mem_free) char *label = text_narrow(list->rows[i].label);
		if (text_equal_fold(list->rows[i].name, header) || text_equal_fold(label, header) ||
			is_among(list->rows[i].also, header))
			return i;
	}
	return -1;
}
