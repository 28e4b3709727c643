#include "tui/verbs/init/seed.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/duty/duty_role.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/guide.h"
#include "core/items/catalogue/label_size.h"
#include "core/items/lending/rule.h"
#include "core/people/resident.h"
#include "core/site/holiday.h"
#include "core/site/hours.h"
#include "tui/assets.h"
#include "tui/verbs/calendar.h"
#include "tui/verbs/tsv.h"

#define PERIODS_MAX (7 * HOURS_PERIODS_MAX)

struct seed {
	struct db *db;
	const struct act *act;
};

/* ---- people, hours ---- */

static int load_resident_category(const struct tsv *t, void *into, struct err *err)
{
	struct seed *seed = into;
	int64_t id;

	return resident_category_add(
		seed->db, seed->act, tsv_text(t, "code"), tsv_text(t, "name"), &id, err);
}

struct weekly {
	struct opening rows[PERIODS_MAX];
	int count;
};

/* "1-5" or "6". */
static int read_weekdays(const struct tsv *t, int *ret_from, int *ret_until, struct err *err)
{
	const char *days = tsv_text(t, "weekdays");

	*ret_from = days[0] - '0';
	*ret_until = days[0] && days[1] == '-' ? days[2] - '0' : *ret_from;
	if (*ret_from < 1 || *ret_until > 7 || *ret_until < *ret_from)
		return tsv_fault(t, "weekdays", err);
	return 0;
}

static int load_hours(const struct tsv *t, void *into, struct err *err)
{
	struct weekly *week = into;
	int from, until, opens, closes;

	TRY(read_weekdays(t, &from, &until, err));
	TRY(minutes_parse(tsv_text(t, "opens"), &opens, err));
	TRY(minutes_parse(tsv_text(t, "closes"), &closes, err));
	for (int day = from; day <= until && week->count < PERIODS_MAX; day++)
		week->rows[week->count++] =
			(struct opening){ .weekday = day, .opens = opens, .closes = closes };
	return 0;
}

static int seed_hours(struct seed *seed, struct err *err)
{
	struct weekly week = { 0 };

	TRY(tsv_each("defaults/hours.tsv", load_hours, &week, err));
	return hours_set(seed->db, seed->act, week.rows, week.count, err);
}

/* ---- things and rules ---- */

int seed_category(struct db *db, const char *code, int64_t *ret, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };

	*ret = 0;
	if (!*code)
		return 0;
	TRY(category_by_code(db, code, &category, err));
	*ret = category.id;
	return 0;
}

static int load_category(const struct tsv *t, void *into, struct err *err)
{
	struct seed *seed = into;
	struct category_draft draft = {
		.code = tsv_text(t, "code"),
		.name = tsv_text(t, "name"),
		.position = t->line,
		.is_onsite = *tsv_text(t, "onsite") != '\0',
	};
	int64_t id;

	TRY(seed_category(seed->db, tsv_text(t, "parent"), &draft.parent, err));
	return category_add(seed->db, seed->act, &draft, &id, err);
}

/* Cuts `text` at each "|"; returns how many lines. */
static int guide_lines(char *text, const char *lines[GUIDE_LINES_MAX])
{
	char *rest = text;
	int count = 0;

	for (char *line; count < GUIDE_LINES_MAX && (line = strsep(&rest, "|"));)
		lines[count++] = line;
	return count;
}

static int load_guide(const struct tsv *t, void *into, struct err *err)
{
	struct seed *seed = into;
	CLEANUP(mem_free) char *text = mem_text(tsv_text(t, "lines"));
	const char *lines[GUIDE_LINES_MAX];
	const struct guide_draft draft = {
		.title = tsv_text(t, "title"), .lines = lines, .count = guide_lines(text, lines)
	};
	int64_t category;

	TRY(seed_category(seed->db, tsv_text(t, "category"), &category, err));
	return guide_set(seed->db, seed->act, category, &draft, err);
}

static int read_due_mode(const struct tsv *t, int64_t *ret, struct err *err)
{
	const char *word = tsv_text(t, "due_mode");

	*ret = RULE_BLANK;
	for (int i = 0; i < DUE_MODE_COUNT; i++)
		if (strcmp(due_mode_name((enum due_mode)i), word) == 0)
			*ret = i;
	return *word && *ret == RULE_BLANK ? tsv_fault(t, "due_mode", err) : 0;
}

static int read_overdue(const struct tsv *t, int64_t *ret, struct err *err)
{
	const char *word = tsv_text(t, "overdue");

	*ret = RULE_BLANK;
	for (int i = 0; i < OVERDUE_POLICY_COUNT; i++)
		if (strcmp(overdue_policy_name((enum overdue_policy)i), word) == 0)
			*ret = i;
	return *word && *ret == RULE_BLANK ? tsv_fault(t, "overdue", err) : 0;
}

static int load_rule(const struct tsv *t, void *into, struct err *err)
{
	struct seed *seed = into;
	struct rule_row row = RULE_ROW_BLANK;
	const struct {
		const char *column;
		int64_t *value;
	} numbers[] = {
		{ "loan_days", &row.loan_days },
		{ "loan_hours", &row.loan_hours },
		{ "max_items", &row.max_items },
		{ "max_total", &row.max_total },
		{ "max_renewals", &row.max_renewals },
		{ "turnaround_hours", &row.turnaround_hours },
		{ "grace_days", &row.grace_days },
		{ "suspend_days", &row.suspend_days },
		{ "suspend_cap", &row.suspend_cap },
	};
	const char *who = tsv_text(t, "resident_category");
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		TRY(tsv_number(t, numbers[i].column, RULE_BLANK, numbers[i].value, err));
	TRY(read_due_mode(t, &row.due_mode, err));
	TRY(read_overdue(t, &row.overdue, err));
	TRY(seed_category(seed->db, tsv_text(t, "category"), &row.category, err));
	if (*who)
		TRY(resident_category_by_code(seed->db, who, &row.resident_category, err));
	return rule_set(seed->db, seed->act, &row, &id, err);
}

static int load_duty_role(const struct tsv *t, void *into, struct err *err)
{
	struct seed *seed = into;
	int64_t id;

	return duty_role_add(
		seed->db, seed->act, tsv_text(t, "code"), tsv_text(t, "name"), &id, err);
}

/* Millimetres with at most two decimals. */
static int read_length(const struct tsv *t, const char *column, int64_t *ret, struct err *err)
{
	*ret = text_hundredths(tsv_text(t, column));
	return *ret < 0 ? tsv_fault(t, column, err) : 0;
}

static int load_label_size(const struct tsv *t, void *into, struct err *err)
{
	struct seed *seed = into;
	struct label_size size = { .code = (char *)tsv_text(t, "code"),
		.name = (char *)tsv_text(t, "name"),
		.position = t->line };
	const struct {
		const char *column;
		int64_t *value;
	} lengths[] = {
		{ "page_width", &size.page_width },
		{ "page_height", &size.page_height },
		{ "width", &size.width },
		{ "height", &size.height },
		{ "gap_x", &size.gap_x },
		{ "gap_y", &size.gap_y },
		{ "left", &size.left_edge },
		{ "top", &size.top_edge },
		{ "inside", &size.inside },
	};
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(lengths); i++)
		TRY(read_length(t, lengths[i].column, lengths[i].value, err));
	TRY(tsv_number(t, "across", 1, &size.across, err));
	TRY(tsv_number(t, "down", 1, &size.down, err));
	return label_size_set(seed->db, seed->act, &size, &id, err);
}

/* ---- holidays ---- */

int seed_holidays(struct db *db, const struct act *act, const char *path, struct err *err)
{
	CLEANUP(mem_free) char *shipped = asset_path("calendars/cn.tsv");
	CLEANUP(calendar_finish) struct calendar calendar = { 0 };

	TRY(calendar_read(path ? path : shipped, &calendar, err));
	return holidays_set(db, act, calendar.days, calendar.count, err);
}

int venue_seed(struct db *db, const struct act *act, struct err *err)
{
	struct seed seed = { db, act };
	int64_t id;

	TRY(tsv_each("defaults/resident-categories.tsv", load_resident_category, &seed, err));
	TRY(tsv_each("defaults/duty-roles.tsv", load_duty_role, &seed, err));
	TRY(seed_hours(&seed, err));
	TRY(seed_holidays(db, act, NULL, err));
	TRY(tsv_each("defaults/categories.tsv", load_category, &seed, err));
	TRY(tsv_each("defaults/guides.tsv", load_guide, &seed, err));
	TRY(tsv_each("defaults/label-sizes.tsv", load_label_size, &seed, err));
	TRY(rule_set(db, act, &rule_defaults, &id, err));
	return tsv_each("defaults/rules.tsv", load_rule, &seed, err);
}
