/* points honours; points certificate CARD; points certified NUMBER */
#include <stdio.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/duty/certificate.h"
#include "core/people/resident.h"
#include "core/sheets/certificate.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/i18n.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

#define NUMBER_MAX INT64_C(999999999)

static int read_year(struct call *call, int *ret, struct err *err)
{
	const char *text = call_option(call, "year");
	long long year = 0;

	if (text)
		TRY(text_integer(text, "year", 1, 9998, &year, err));
	*ret = (int)year;
	return 0;
}

/* ---- lists ---- */

static const struct table_column honour_columns[] = {
	{ "place", N_("Rank"), true },
	{ "resident", N_("Resident no."), true },
	{ "name", NC_("person", "Name"), false },
	{ "stars", N_("Stars"), false },
	{ "minutes", N_("Service hours"), true },
	{ "points", N_("Points"), true },
};

static int add_honoured(struct table *table, struct db *db, const struct honoured *honoured,
	bool is_staff, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL, *hours = words_duration(honoured->served.n);
	struct resident resident;

	TRY(resident_get(db, honoured->resident, &resident, err));
	if (is_staff)
		TRY(who_name(db, honoured->resident, true, &name, err));
	else
		TRY(resident_wall_name(db, honoured->resident, &name, err));
	table_number(table, honoured->place, NULL);
	table_number(table, resident.number, NULL);
	table_text(table, name);
	table_number(table, honoured->stars, words_stars(honoured->stars));
	table_number(table, honoured->served.n, hours);
	table_number(table, honoured->earned.n, NULL);
	return 0;
}

static int read_honours(struct call *call, struct db *db, struct honours *ret, struct err *err)
{
	long long limit = -1;
	int year;

	TRY(read_year(call, &year, err));
	if (call_has(call, "limit"))
		TRY(text_integer(call_option(call, "limit"), "limit", 1, NUMBER_MAX, &limit, err));
	return year ? honours_of_year(db, year, (int)limit, ret, err)
		    : honours_by_stars(db, ret, err);
}

static int list_honours(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(honour_columns, ARRAY_LEN(honour_columns));
	CLEANUP(honours_finish) struct honours honours = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(read_honours(call, db, &honours, err));
	for (int i = 0; i < honours.count; i++)
		TRY(add_honoured(table, db, &honours.rows[i], staff == 1, err));
	if (call_has(call, "csv"))
		table_print_csv(table);
	else
		table_print(table, call_is_json(call));
	return 0;
}

/* ---- certificates ---- */

/* Issued and drawn, or neither. */
static int issue(struct call *call, struct db *db, const struct act *act, struct sheet **ret,
	struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	struct certificate_draft draft = { .name = call_option(call, "name") };
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };
	CLEANUP(txn_end) struct txn txn = TXN_INIT;

	TRY(read_year(call, &draft.year, err));
	TRY(txn_begin(&txn, db, err));
	TRY(named_resident(db, call_operand(call, 0), &draft.resident, err));
	TRY(certificate_issue(db, act, &draft, &certificate, err));
	TRY(certificate_build(db, &head, &certificate, ret, err));
	return txn_commit(&txn, err);
}

static int print_certificate(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(issue(call, db, &act, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_OFFICE_A4, sheet, err);
}

static const struct table_column certificate_columns[] = {
	{ "number", N_("Number"), true },
	{ "resident", N_("Resident"), false },
	{ "year", N_("Year"), true },
	{ "stars", N_("Stars"), false },
	{ "place", N_("Rank"), true },
	{ "minutes", N_("Service hours"), true },
	{ "points", N_("Points"), true },
	{ "issued_at", N_("Issued"), false },
};

static int show_certificate(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(certificate_columns, ARRAY_LEN(certificate_columns));
	CLEANUP(certificate_finish) struct certificate c = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	long long number;
	struct db *db;

	TRY(text_integer(call_operand(call, 0), "number", 1, NUMBER_MAX, &number, err));
	TRY(call_db(call, &db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(certificate_by_number(db, number, &c, err));
	TRY(who_name(db, c.resident, staff == 1, &name, err));
	CLEANUP(mem_free) char *hours = words_duration(c.minutes.n);
	CLEANUP(mem_free)
	char *issued = words_date(when_day(c.issued_at), db_today(db));
	table_number(table, c.number, NULL);
	table_text(table, name);
	table_id(table, c.year);
	table_number(table, c.stars, words_stars(c.stars));
	table_id(table, c.place);
	table_number(table, c.minutes.n, hours);
	table_number(table, c.earned.n, NULL);
	table_instant(table, c.issued_at, issued);
	table_print_record(table, call_is_json(call));
	return 0;
}

/* ---- rows ---- */

static const struct verb_option honour_options[] = {
	{ "year", N_("YEAR"), N_("Who did most in that year; else everybody with stars") },
	{ "limit", N_("NUMBER"), N_("At most so many people of the year") },
	{ "csv", NULL, N_("For spreadsheets: times in minutes") },
	{ 0 },
};
static const struct verb_option certificate_options[] = {
	{ "year", N_("YEAR"), N_("For what was done in that year; else for the stars") },
	{ "name", NC_("person", "NAME"), N_("The name as the person wishes it to stand there") },
	{ "to", N_("FILE"), N_("Draw it into a file (.pdf, .png) instead of printing it"),
		OUTPUT_REDRAWN },
	{ 0 },
};

const struct verb honour_verbs[] = {
	{
		.name = "points honours",
		.usage = "",
		.help = N_("List who has earned stars by hours of service, or did most in a year"),
		.takes = VERB_JSON | VERB_STAFF,
		.options = honour_options,
		.run = list_honours,
	},
	{
		.name = "points certificate",
		.usage = N_("CARD"),
		.help = N_("Print a certificate of honour, with a number of its own"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.options = certificate_options,
		.run = print_certificate,
	},
	{
		.name = "points certified",
		.usage = N_("NUMBER"),
		.help = N_("Look up a certificate of honour by the number on it"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF,
		.run = show_certificate,
	},
	{ 0 },
};
