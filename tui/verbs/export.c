/* resident|title|item|loan export */
#include <stdio.h>
#include <string.h>

#include "core/exchange/export.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"

static const char *const encodings[] = { "utf-8", "gb18030", NULL };

/* 居民.tsv has tabs between its cells, everything else commas. */
static char separator_for(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && strcmp(dot, ".tsv") == 0 ? '\t' : ',';
}

static int export(struct call *call, enum exchange_kind kind, struct err *err)
{
	const struct export what = {
		.kind = kind,
		.path = call_operand(call, 0),
		.separator = separator_for(call_operand(call, 0)),
		.encoding = call_option_number(call, "encoding", 0) ? TABLE_GB18030 : TABLE_UTF8,
		.is_english = i18n_language() == I18N_ENGLISH,
	};
	int rows;

	TRY(export_table(call->db, &call->act, &what, &rows, err));
	/* For an export: how many rows the file has. */
	printf(_("%d rows in %s\n"), rows, what.path);
	return 0;
}

static int export_residents(struct call *call, struct err *err)
{
	return export(call, EXCHANGE_RESIDENTS, err);
}

static int export_titles(struct call *call, struct err *err)
{
	return export(call, EXCHANGE_TITLES, err);
}

static int export_items(struct call *call, struct err *err)
{
	return export(call, EXCHANGE_ITEMS, err);
}

static int export_loans(struct call *call, struct err *err)
{
	return export(call, EXCHANGE_LOANS, err);
}

static int export_points(struct call *call, struct err *err)
{
	return export(call, EXCHANGE_POINTS, err);
}

/* ---- rows ---- */

static const struct verb_option options[] = {
	{ "encoding", { OPERAND_CHOICE, .word = N_("ENCODING"), .choices = encodings },
		N_("utf-8, or gb18030 for older programs; else utf-8") },
	{ 0 },
};

#define EXPORT(name_, help_, run_)                                                           \
	{                                                                                    \
		.name = name_, .operands = { { OPERAND_FILE } }, .help = help_,              \
		.takes = VERB_ACT | VERB_KEY | VERB_OUTPUT, .options = options, .run = run_, \
	}

const struct verb export_verbs[] = {
	EXPORT("resident export",
		N_("Write all residents into a table, with names and phone numbers"),
		export_residents),
	EXPORT("title export", N_("Write all titles into a table"), export_titles),
	EXPORT("item export", N_("Write all items into a table"), export_items),
	EXPORT("loan export", N_("Write all loans into a table"), export_loans),
	EXPORT("points export", N_("Write all balances into a table, with names"), export_points),
	{ 0 },
};
