/* resident|title|item|loan export */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/exchange/export.h"
#include "tui/i18n.h"
#include "tui/verbs/verb.h"

static int read_encoding(const struct call *call, enum table_encoding *ret)
{
	const char *name = call_option(call, "encoding");

	*ret = TABLE_UTF8;
	if (!name || strcmp(name, "utf-8") == 0)
		return 0;
	*ret = TABLE_GB18030;
	if (strcmp(name, "gb18030") == 0)
		return 0;
	return call_usage(call, _("--encoding is utf-8 or gb18030"));
}

/* 居民.tsv has tabs between its cells, everything else commas. */
static char separator_for(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && strcmp(dot, ".tsv") == 0 ? '\t' : ',';
}

static int export(struct call *call, enum exchange_kind kind, struct err *err)
{
	struct export what = {
		.kind = kind,
		.path = call_operand(call, 0),
		.separator = separator_for(call_operand(call, 0)),
		.is_english = i18n_language() == I18N_ENGLISH,
	};
	struct act act;
	struct db *db;
	int rows;

	int r = read_encoding(call, &what.encoding);
	if (r == 0)
		r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(export_table(db, &act, &what, &rows, err));
	/* Of an export: how many rows the file has. */
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
	{ "encoding", N_("ENCODING"), N_("utf-8, or gb18030 for older programs; else utf-8") },
	{ 0 },
};

#define EXPORT(name_, help_, run_)                                                             \
	{                                                                                      \
		.name = name_, .usage = N_("FILE"), .help = help_, .min = 1, .max = 1,         \
		.takes = VERB_STAFF | VERB_KEY | VERB_OUTPUT, .options = options, .run = run_, \
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
