/* label list */
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/catalogue/label_size.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

static const struct table_column columns[] = {
	{ "code", NC_("word", "Code"), false },
	{ "name", NC_("thing", "Name"), false },
	{ "page_width", N_("Page, mm"), true }, /* in --json hundredths of a millimetre */
	{ "page_height", NULL, true },
	{ "width", N_("Label, mm"), true },
	{ "height", NULL, true },
	{ "count", N_("On a page"), true },
};

static void add_size(struct table *table, const struct label_size *size)
{
	CLEANUP(mem_free) char *page_width = text_of_hundredths(size->page_width);
	CLEANUP(mem_free) char *page_height = text_of_hundredths(size->page_height);
	CLEANUP(mem_free) char *width = text_of_hundredths(size->width);
	CLEANUP(mem_free) char *height = text_of_hundredths(size->height);
	CLEANUP(mem_free) char *page = mem_printf("%s × %s", page_width, page_height);
	CLEANUP(mem_free) char *label = mem_printf("%s × %s", width, height);

	table_text(table, size->code);
	table_text(table, size->name);
	table_number(table, size->page_width, page);
	table_number(table, size->page_height, NULL);
	table_number(table, size->width, label);
	table_number(table, size->height, NULL);
	table_number(table, label_size_per_page(size), NULL);
}

static int list_sizes(struct call *call, struct err *err)
{
	CLEANUP(label_size_list_finish) struct label_size_list list = { 0 };

	TRY(label_sizes(call->db, &list, err));
	for (int i = 0; i < list.count; i++)
		add_size(call->table, &list.rows[i]);
	return 0;
}

const struct verb label_verbs[] = {
	{
		.name = "label list",
		.help = N_("List the sizes of labels that print labels --size takes"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = list_sizes,
	},
	{ 0 },
};
