/* resident|item categories */
#include "core/base/mem.h"
#include "core/items/catalogue/category.h"
#include "core/people/resident.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

static const struct table_column resident_columns[] = {
	{ "code", NC_("word", "Code"), false },
	{ "name", NC_("thing", "Name"), false },
};

static int list_resident_categories(struct call *call, struct err *err)
{
	struct resident_category *categories;

	int count = resident_categories(call->db, &categories, err);
	if (count < 0)
		return count;
	for (int i = 0; i < count; i++) {
		table_text(call->table, categories[i].code);
		table_text(call->table, categories[i].name);
	}
	resident_categories_finish(categories, count);
	return 0;
}

static const struct table_column item_columns[] = {
	{ "code", NC_("word", "Code"), false },
	{ "name", NC_("thing", "Name"), false },
	{ "parent", N_("Below"), false },
	{ "is_onsite", N_("Used here"), false },
};

static const char *code_of(const struct category_list *list, int64_t id)
{
	for (int i = 0; i < list->count; i++)
		if (list->rows[i].id == id)
			return list->rows[i].code;
	return NULL;
}

static int list_item_categories(struct call *call, struct err *err)
{
	CLEANUP(category_list_finish) struct category_list list = { 0 };

	TRY(category_list(call->db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct category *category = &list.rows[i];
		table_text(call->table, category->code);
		table_text(call->table, category->name);
		table_text(call->table, code_of(&list, category->parent));
		table_fact(call->table, category->is_onsite, category->is_onsite ? "✓" : "");
	}
	return 0;
}

const struct verb category_verbs[] = {
	{
		.name = "resident categories",
		.help = N_("List the categories of residents, by code and name"),
		.takes = VERB_JSON,
		.columns = COLUMNS(resident_columns),
		.run = list_resident_categories,
	},
	{
		.name = "item categories",
		.help = N_("List the categories of items, by code and name"),
		.takes = VERB_JSON,
		.columns = COLUMNS(item_columns),
		.run = list_item_categories,
	},
	{ 0 },
};
