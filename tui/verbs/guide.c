/* guide list|show|set: the text of the guide at each shelf */
#include "core/items/catalogue/guide.h"

#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

static const struct table_column columns[] = {
	{ "category", N_("Category"), false },
	{ "from", N_("Guide of"), false }, /* the category itself, or the one above that has it */
	{ "title", N_("Heading"), false },
	{ "line", N_("What it says"), false },
};

static int code_of(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };

	*ret = NULL;
	if (id == 0)
		return 0;
	TRY(category_get(db, id, &category, err));
	*ret = mem_text(category.code);
	return 0;
}

/* A row per line; one without a line for a category that has no guide. */
static int add_guide(
	struct table *table, struct db *db, const struct category *category, struct err *err)
{
	CLEANUP(guide_finish) struct guide guide = { 0 };
	CLEANUP(mem_free) char *from = NULL;

	TRY(guide_get(db, category->id, &guide, err));
	TRY(code_of(db, guide.category, &from, err));
	for (int i = 0; i == 0 || i < guide.count; i++) {
		table_text(table, category->code);
		table_text(table, from);
		table_text(table, guide.title);
		table_text(table, i < guide.count ? guide.lines[i] : NULL);
	}
	return 0;
}

static int list_guides(struct call *call, struct err *err)
{
	CLEANUP(category_list_finish) struct category_list list = { 0 };

	TRY(category_list(call->db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_guide(call->table, call->db, &list.rows[i], err));
	return 0;
}

static int show_guide(struct call *call, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };

	TRY(category_get(call->db, call_id(call, 0), &category, err));
	TRY(add_guide(call->table, call->db, &category, err));
	return 0;
}

static int set_guide(struct call *call, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };
	int count = call_count(call) - 1;
	CLEANUP(mem_free) const char **lines = mem_alloc((size_t)count * sizeof(*lines));
	struct guide_draft draft = {
		.title = call_option(call, "title"), .lines = lines, .count = count
	};

	for (int i = 0; i < count; i++)
		lines[i] = call_operand(call, 1 + i);
	TRY(category_get(call->db, call_id(call, 0), &category, err));
	TRY(guide_set(call->db, &call->act, category.id, &draft, err));
	TRY(add_guide(call->table, call->db, &category, err));
	return 0;
}

static const struct verb_option set_options[] = {
	{ "title", { OPERAND_TEXT },
		N_("The heading; without it, one made of the category's name") },
	{ 0 },
};

const struct verb guide_verbs[] = {
	{
		.name = "guide list",
		.help = N_("List what stands on the guide at each shelf"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = list_guides,
	},
	{
		.name = "guide show",
		.operands = { { OPERAND_CATEGORY } },
		.help = N_("Show the guide of a category, or the one above it that it takes"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = show_guide,
	},
	{
		.name = "guide set",
		.operands = { { OPERAND_CATEGORY },
			{ OPERAND_TEXT, TIMES_MANY, .word = N_("LINE") } },
		.help = N_(
			"Write a category's guide, up to eight lines; one empty line removes it"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = set_options,
		.columns = COLUMNS(columns),
		.run = set_guide,
	},
	{ 0 },
};
