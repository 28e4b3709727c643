#include "core/sheets/rule_lines.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/items/catalogue/title.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"
#include "core/words_fill.h"

/* ---- a line, and the kinds of things for which it is otherwise ---- */

/* A value in words, from the rule for all or for one kind. NULL: nothing to say. */
typedef char *(*value_words)(const struct rule *, struct day today);

static char *renewing_words(const struct rule *rule, struct day today)
{
	CLEANUP(mem_free) char *before = words_duration(rule->renew_hours * 60);

	(void)today;
	if (rule->max_renewals == 0)
		return mem_text("");
	return rule->renew_hours
		       ? FILL(_("renewing is possible from %1$s before the due time"), before)
		       : mem_text(_("renewing is possible once it is due"));
}

static const char *const due_words[DUE_MODE_COUNT] = {
	[DUE_IGNORE] = N_("days when we are closed count like any other"),
	[DUE_SKIP] = N_("days when we are closed do not count"),
	[DUE_PUSH] = N_("what falls due on a day when we are closed is due on the next open day, "
			"at closing time"),
	[DUE_PUSH_WEEK] = N_("what falls due on a day when we are closed is due on the same "
			     "weekday later, at closing time"),
};

static char *due_mode_words(const struct rule *rule, struct day today)
{
	bool is_for_today = rule->unit == PERIOD_DAYS && rule->period == 0;

	(void)today;
	return mem_text(is_for_today ? "" : _(due_words[rule->due_mode]));
}

static char *hard_due_words(const struct rule *rule, struct day today)
{
	if (!rule->has_hard_due || day_compare(rule->hard_due, today) < 0)
		return mem_text("");
	CLEANUP(mem_free) char *day = words_date(rule->hard_due, today);
	return FILL(_("all is back by %1$s at the latest"), day);
}

static char *rest_words(const struct rule *rule, struct day today)
{
	CLEANUP(mem_free) char *hours = words_duration(rule->turnaround_hours * 60);

	(void)today;
	return rule->turnaround_hours
		       ? FILL(_("after a return it rests for %1$s before it is lent again"), hours)
		       : mem_text(_("what is back can be lent again at once"));
}

static const value_words lines[] = { renewing_words, due_mode_words, hard_due_words, rest_words };

/* "花园: closed days do not count", joined; a category does not repeat what the one above it has
 * said. */
struct otherwise {
	char *text;
	char *said[CATEGORY_DEPTH_MAX + 1]; /* by depth below the base */
};

static void otherwise_finish(struct otherwise *o)
{
	free(o->text);
	for (size_t i = 0; i < ARRAY_LEN(o->said); i++)
		free(o->said[i]);
}

static void add_kind(struct otherwise *o, const struct category *category, const char *words)
{
	const char *above = o->said[category->depth];
	char **said = &o->said[category->depth + 1];

	free(*said);
	*said = mem_text(words ? words : above);
	if (strcmp(*said, above) == 0 || !**said)
		return;
	CLEANUP(mem_free) char *before = o->text;
	CLEANUP(mem_free) char *kind = FILL(_("%1$s: %2$s"), category->name, *said);
	o->text = before ? FILL(_("%1$s; %2$s"), before, kind) : mem_text(kind);
}

static int read_kinds(struct otherwise *o, const struct rule_view *view, value_words words,
	struct day today, struct err *err)
{
	for (int i = 0; i < view->categories.count; i++) {
		const struct category *category = &view->categories.rows[i];
		struct rule rule;
		TRY(rule_view_rule(view, 0, category, &rule, err));
		/* Renewals and rest mean nothing for what is not lent. */
		CLEANUP(mem_free)
		char *said = rule.limits[0].max_items ? words(&rule, today) : NULL;
		add_kind(o, category, said);
	}
	return 0;
}

/* The one that a guide is about; NULL: the poster is about all of them. */
static const struct category *top_of(const struct rule_view *view)
{
	return view->top && view->categories.count ? &view->categories.rows[0] : NULL;
}

static int put_line(struct sheet *sheet, const struct rule_view *view, value_words words,
	int *number, struct err *err)
{
	CLEANUP(otherwise_finish) struct otherwise o = { 0 };
	struct day today = db_today(view->db);
	struct rule rule;

	TRY(rule_view_rule(view, 0, top_of(view), &rule, err));
	CLEANUP(mem_free) char *all = words(&rule, today);
	for (size_t i = 0; i < ARRAY_LEN(o.said); i++)
		o.said[i] = mem_text(all);
	TRY(read_kinds(&o, view, words, today, err));
	if (!*all && !o.text)
		return 0;
	CLEANUP(mem_free) char *general = *all ? FILL(_("As a rule, %1$s."), all) : mem_text("");
	CLEANUP(mem_free) char *kinds = o.text ? FILL(_("%1$s."), o.text) : mem_text("");
	CLEANUP(mem_free)
	char *line = *general && *kinds ? mem_printf("%s\n%s", general, kinds)
					: mem_text(*general ? general : kinds);
	poster_numbered(sheet, ++*number, line);
	return 0;
}

/* ---- settings ---- */

int rule_lines_setting(struct sheet *sheet, struct db *db, const struct setting_line *line,
	int *number, struct err *err)
{
	int64_t value;

	TRY(setting_int(db, line->setting, &value, err));
	if (value == 0 && !line->none)
		return 0;
	CLEANUP(mem_free) char *count = mem_printf("%" PRId64, value);
	CLEANUP(mem_free) char *text = value ? FILL(_(line->some), count) : mem_text(_(line->none));
	poster_numbered(sheet, ++*number, text);
	return 0;
}

/* ---- what single titles ask ---- */

static const struct category *category_in(const struct rule_view *view, int64_t id)
{
	for (int i = 0; i < view->categories.count; i++)
		if (view->categories.rows[i].id == id)
			return &view->categories.rows[i];
	return NULL;
}

/* "工具 20–50 points", by `format`; the caller's. */
static char *range_words(const char *format, const char *name, const struct title_range *range)
{
	CLEANUP(mem_free)
	char *numbers = range->least == range->most
				? mem_printf("%" PRId64, range->most)
				: mem_printf("%" PRId64 "–%" PRId64, range->least, range->most);

	return FILL(format, name, numbers);
}

/* "工具 20–50 points; 书 5 points", NULL for none; the caller's. */
static int ranges_words(const struct rule_view *view, enum title_range_of of, const char *format,
	char **ret, struct err *err)
{
	CLEANUP(title_range_list_finish) struct title_range_list list = { 0 };
	CLEANUP(mem_free) char *all = NULL;

	TRY(title_ranges(view->db, of, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct category *category = category_in(view, list.rows[i].category);
		if (!category)
			continue;
		CLEANUP(mem_free) char *before = all;
		CLEANUP(mem_free) char *range = range_words(format, category->name, &list.rows[i]);
		all = before ? FILL(_("%1$s; %2$s"), before, range) : mem_text(range);
	}
	*ret = TAKE(all);
	return 0;
}

static int put_short_loans(
	struct sheet *sheet, const struct rule_view *view, int *number, struct err *err)
{
	CLEANUP(mem_free) char *all = NULL;

	TRY(ranges_words(view, TITLE_SHORT_DAYS, _("%1$s: %2$s days"), &all, err));
	if (!all)
		return 0;
	CLEANUP(mem_free)
	char *line =
		FILL(_("Some things in demand are lent for less, as their page says. %1$s."), all);
	poster_numbered(sheet, ++*number, line);
	return 0;
}

static int put_deposits(
	struct sheet *sheet, const struct rule_view *view, int *number, struct err *err)
{
	static const struct setting_line back = { SETTING_DEPOSIT_LOOK_HOURS,
		N_("A deposit comes back as soon as a volunteer has looked at the thing, at the "
		   "latest after %1$s open hours."),
		NULL };
	CLEANUP(mem_free) char *all = NULL;

	TRY(ranges_words(view, TITLE_DEPOSITS, _("%1$s: %2$s points"), &all, err));
	if (!all)
		return 0;
	CLEANUP(mem_free)
	char *line = FILL(_("For some things points are kept as a deposit. %1$s. A volunteer may "
			    "waive it."),
		all);
	poster_numbered(sheet, ++*number, line);
	return rule_lines_setting(sheet, view->db, &back, number, err);
}

/* ---- all of them ---- */

static int put_total(
	struct sheet *sheet, const struct rule_view *view, int *number, struct err *err)
{
	struct rule rule;

	TRY(rule_view_rule(view, 0, NULL, &rule, err));
	CLEANUP(mem_free) char *count = mem_printf("%" PRId64, rule.max_total);
	CLEANUP(mem_free)
	char *line = FILL(_("Each person may have up to %1$s things at a time; what is reserved "
			    "counts."),
		count);
	poster_numbered(sheet, ++*number, line);
	return 0;
}

int rule_lines_put(struct sheet *sheet, const struct rule_view *view, int *number, struct err *err)
{
	static const struct setting_line settings[] = {
		{ SETTING_HOLD_DAYS,
			N_("What is reserved waits %1$s open days on the pick-up shelf."), NULL },
		{ SETTING_RECALL_DAYS,
			N_("A thing that others wait for may be called back; there are %1$s days "
			   "at least to bring it."),
			NULL },
	};

	TRY(put_total(sheet, view, number, err));
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		TRY(put_line(sheet, view, lines[i], number, err));
	/* On-site items are neither reserved nor recalled. */
	bool is_taken_home = !top_of(view) || !top_of(view)->is_onsite;
	for (size_t i = 0; is_taken_home && i < ARRAY_LEN(settings); i++)
		TRY(rule_lines_setting(sheet, view->db, &settings[i], number, err));
	TRY(put_short_loans(sheet, view, number, err));
	TRY(put_deposits(sheet, view, number, err));
	poster_numbered(sheet, ++*number,
		_("Please tell us when something is damaged or a part is missing: we repair it "
		  "together."));
	return 0;
}
