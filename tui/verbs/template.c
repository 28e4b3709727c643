/* resident|title|item|loan|points template */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/exchange/columns.h"
#include "core/exchange/table_write.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"

static void destroy_writer(struct table_writer **writer)
{
	table_writer_destroy(*writer);
}

/* ---- its rows ---- */

static const char *heading(const struct column *column)
{
	return i18n_language() == I18N_ENGLISH ? column->name : column->label;
}

static const char *sample(const struct column *column)
{
	return column->sample;
}

static const char *meaning(const struct column *column)
{
	return _(column->meaning);
}

/* The mark in the first cell says that the row is skipped on import. */
static void write_row(struct table_writer *w, const struct column_list *columns, const char *mark,
	const char *(*text)(const struct column *))
{
	CLEANUP(mem_free) char *first = mem_printf("%s%s", mark, text(&columns->rows[0]));

	table_write_text(w, first);
	for (int i = 1; i < columns->count; i++)
		table_write_text(w, text(&columns->rows[i]));
	table_end_row(w);
}

static int template(struct call *call, enum exchange_kind kind, struct err *err)
{
	const struct column_list *columns = &exchange_columns[kind];
	CLEANUP(destroy_writer) struct table_writer *w = NULL;
	const char *path = call_operand(call, 0);

	TRY(table_writer_create(path, TABLE_UTF8, ',', &w, err));
	write_row(w, columns, "", heading);
	/* Marks a line of an empty table; what is left of the colon is understood on import. */
	write_row(w, columns, _("Example: "), sample);
	write_row(w, columns, _("Note: "), meaning);
	TRY(table_writer_finish(w, err));
	printf(_("%s is ready: an example, a note on each column, and room for your lines\n"),
		path);
	return 0;
}

static int template_residents(struct call *call, struct err *err)
{
	return template(call, EXCHANGE_RESIDENTS, err);
}

static int template_titles(struct call *call, struct err *err)
{
	return template(call, EXCHANGE_TITLES, err);
}

static int template_items(struct call *call, struct err *err)
{
	return template(call, EXCHANGE_ITEMS, err);
}

static int template_loans(struct call *call, struct err *err)
{
	return template(call, EXCHANGE_LOANS, err);
}

static int template_points(struct call *call, struct err *err)
{
	return template(call, EXCHANGE_POINTS, err);
}

/* ---- rows ---- */

#define TEMPLATE(name_, run_)                                                                    \
	{                                                                                        \
		.name = name_, .operands = { { OPERAND_FILE } },                                 \
		.help = N_(                                                                      \
			"Write an empty table with all columns, an example and what they mean"), \
		.takes = VERB_NO_DB | VERB_OUTPUT, .run = run_,                                  \
	}

const struct verb template_verbs[] = {
	TEMPLATE("resident template", template_residents),
	TEMPLATE("title template", template_titles),
	TEMPLATE("item template", template_items),
	TEMPLATE("loan template", template_loans),
	TEMPLATE("points template", template_points),
	{ 0 },
};
