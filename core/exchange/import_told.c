#include "core/exchange/import_told.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/exchange/cell.h"

#define SHOWN_CELLS      60
#define TOTAL_CHARS_MAX  12 /* a longer text is a name that happens to contain the word */
#define REMARK_BYTES_MAX 400

/* ---- sums ---- */

/* Without digits, brackets and units: "本页合计（人）：35" → "本页合计". The caller's. */
static char *words_alone(const char *plain)
{
	static const char *const units = "0123456789.,:;/+-=%* \t\n人件本个册套户名次元";
	char *words = mem_alloc(strlen(plain) + 1), *to = words;
	int depth = 0;

	for (const char *at = plain, *next = plain; text_next(&next); at = next) {
		char sign[5] = "";
		memcpy(sign, at, (size_t)(next - at));
		if (*sign == '(' || *sign == ')')
			depth += *sign == '(' ? 1 : depth > 0 ? -1 : 0;
		else if (depth == 0 && !strstr(units, sign))
			to = stpcpy(to, sign);
	}
	*to = '\0';
	return words;
}

/* 合计, 3栋小计, 合计人数, 共 35 件, 第 1 页 共 3 页, Total. */
static bool is_total(const char *plain)
{
	static const char *const whole[] = { "累计", "总数", "总", "合共", "共", "合计数",
		"合计数量", "合计金额", "总计数", "总计数量", "总计金额", "总数量", "总金额",
		"共计金额", "第页", "第页共页", "共页第页", "total", "totals", "subtotal", "sum",
		"grandtotal" };
	static const char *const ends[] = { "合计", "总计", "小计", "共计" };

	if (text_length(plain) > TOTAL_CHARS_MAX)
		return false;
	CLEANUP(mem_free) char *words = words_alone(plain);
	for (size_t i = 0; i < ARRAY_LEN(whole); i++)
		if (text_equal_fold(whole[i], words))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (text_ends_with(words, ends[i]))
			return true;
	return false;
}

/* ---- remarks ---- */

static const struct {
	const char *word;
	enum import_told_kind kind;
} labels[] = {
	{ "例", IMPORT_TOLD_EXAMPLE },
	{ "示例", IMPORT_TOLD_EXAMPLE },
	{ "样例", IMPORT_TOLD_EXAMPLE },
	{ "example", IMPORT_TOLD_EXAMPLE },
	{ "注", IMPORT_TOLD_REMARK },
	{ "备注", IMPORT_TOLD_REMARK },
	{ "说明", IMPORT_TOLD_REMARK },
	{ "填表说明", IMPORT_TOLD_REMARK },
	{ "note", IMPORT_TOLD_REMARK },
	{ "制表", IMPORT_TOLD_REMARK },
	{ "制表人", IMPORT_TOLD_REMARK },
	{ "填表", IMPORT_TOLD_REMARK },
	{ "填表人", IMPORT_TOLD_REMARK },
	{ "填报人", IMPORT_TOLD_REMARK },
	{ "审核", IMPORT_TOLD_REMARK },
	{ "审核人", IMPORT_TOLD_REMARK },
	{ "负责人", IMPORT_TOLD_REMARK },
	{ "经办人", IMPORT_TOLD_REMARK },
	{ "日期", IMPORT_TOLD_REMARK },
	{ "制表日期", IMPORT_TOLD_REMARK },
	{ "填表日期", IMPORT_TOLD_REMARK },
	{ "填报日期", IMPORT_TOLD_REMARK },
	{ "打印日期", IMPORT_TOLD_REMARK },
	{ "制表时间", IMPORT_TOLD_REMARK },
};

/* A label and what follows its colon: 制表人：李, 例：12. */
static enum import_told_kind label_of(const char *cell)
{
	CLEANUP(mem_free) char *narrow = text_narrow(cell);
	const char *start = narrow + strspn(narrow, " \t\n");
	const char *colon = strchr(start, ':');

	for (size_t i = 0; colon && i < ARRAY_LEN(labels); i++) {
		CLEANUP(mem_free) char *label = mem_text_n(start, (size_t)(colon - start));
		if (text_equal_fold(labels[i].word, label))
			return labels[i].kind;
	}
	return IMPORT_TOLD_NOTHING;
}

/* ---- a row ---- */

static enum import_told_kind kind_of(const char *cell)
{
	if (strnlen(cell, REMARK_BYTES_MAX + 1) > REMARK_BYTES_MAX)
		return IMPORT_TOLD_NOTHING;
	CLEANUP(mem_free) char *plain = cell_plain(cell);
	return is_total(plain) ? IMPORT_TOLD_TOTAL : label_of(cell);
}

static const char *first_filled(const struct table *table, int row)
{
	for (int i = 0; i < table_columns(table, row); i++)
		if (*table_cell(table, row, i))
			return table_cell(table, row, i);
	return "";
}

enum import_told_kind import_told_of(const struct table *table, int name, int row)
{
	enum import_told_kind kind = kind_of(first_filled(table, row));

	if (kind != IMPORT_TOLD_NOTHING || !*table_cell(table, row, name))
		return kind;
	/* How every page of a printed list begins. */
	if (strcmp(table_cell(table, row, name), table_cell(table, 0, name)) == 0)
		return IMPORT_TOLD_HEADER;
	return kind_of(table_cell(table, row, name));
}

/* ---- telling ---- */

char *import_row_text(const struct table *table, int row)
{
	struct bytes text = { 0 };

	for (int i = 0; i < table_columns(table, row); i++) {
		CLEANUP(mem_free) char *cell = cell_line(table_cell(table, row, i));
		if (*cell && text.size > 0)
			bytes_add_text(&text, " ");
		bytes_add_text(&text, cell);
	}
	bytes_add(&text, "", 1);
	return (char *)text.data;
}

void import_tell(
	struct import_report *report, int line, enum import_told_kind kind, const char *text)
{
	report->told =
		mem_resize(report->told, ((size_t)report->told_count + 1) * sizeof(*report->told));
	report->told[report->told_count++] =
		(struct import_told){ line, kind, text_fit(text, SHOWN_CELLS) };
}
