/* points honours; points certificate CARD; points certified NUMBER */

#include "core/base/mem.h"
#include "core/duty/certificate.h"
#include "core/people/resident.h"
#include "core/sheets/certificate.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

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

static int read_honours(struct call *call, struct honours *ret, struct err *err)
{
	int year = (int)call_option_number(call, "year", 0),
	    limit = (int)call_option_number(call, "limit", -1);

	return year ? honours_of_year(call->db, year, limit, ret, err)
		    : honours_by_stars(call->db, ret, err);
}

static int list_honours(struct call *call, struct err *err)
{
	CLEANUP(honours_finish) struct honours honours = { 0 };

	TRY(read_honours(call, &honours, err));
	for (int i = 0; i < honours.count; i++)
		TRY(add_honoured(call->table, call->db, &honours.rows[i], call->is_staff, err));
	if (call_has(call, "csv"))
		call_print_csv(call);
	return 0;
}

/* ---- certificates ---- */

/* Issued and drawn, or neither. */
static int issue(struct call *call, struct sheet **ret, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	const struct certificate_draft draft = {
		.resident = call_id(call, 0),
		.year = (int)call_option_number(call, "year", 0),
		.name = call_option(call, "name"),
	};
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };
	CLEANUP(txn_end) struct txn txn = TXN_INIT;

	TRY(txn_begin(&txn, call->db, err));
	TRY(certificate_issue(call->db, &call->act, &draft, &certificate, err));
	TRY(certificate_build(call->db, &head, &certificate, ret, err));
	return txn_commit(&txn, err);
}

static int print_certificate(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(issue(call, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
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
	CLEANUP(certificate_finish) struct certificate c = { 0 };
	CLEANUP(mem_free) char *name = NULL;

	TRY(certificate_by_number(call->db, call_number(call, 0), &c, err));
	TRY(who_name(call->db, c.resident, call->is_staff, &name, err));
	CLEANUP(mem_free) char *hours = words_duration(c.minutes.n);
	CLEANUP(mem_free)
	char *issued = words_date(when_day(c.issued_at), db_today(call->db));
	table_number(call->table, c.number, NULL);
	table_text(call->table, name);
	table_id(call->table, c.year);
	table_number(call->table, c.stars, words_stars(c.stars));
	table_id(call->table, c.place);
	table_number(call->table, c.minutes.n, hours);
	table_number(call->table, c.earned.n, NULL);
	table_instant(call->table, c.issued_at, issued);
	return 0;
}

/* ---- rows ---- */

static const struct verb_option honour_options[] = {
	{ "year", { OPERAND_NUMBER, .word = N_("YEAR"), .min = 1, .max = 9998 },
		N_("Who did most in that year; else everybody with stars") },
	{ "limit", { OPERAND_NUMBER, .word = NC_("amount", "NUMBER") },
		N_("At most so many people of the year") },
	{ "csv", NO_VALUE, N_("For spreadsheets: times in minutes") },
	{ 0 },
};
static const struct verb_option certificate_options[] = {
	{ "year", { OPERAND_NUMBER, .word = N_("YEAR"), .min = 1, .max = 9998 },
		N_("For what was done in that year; else for the stars") },
	{ "name", { OPERAND_TEXT, .word = NC_("person", "NAME") },
		N_("The name as the person wishes it to stand there") },
	{ "to", { OPERAND_FILE }, N_("Draw it into a file (.pdf, .png) instead of printing it"),
		OUTPUT_REDRAWN },
	{ 0 },
};

const struct verb honour_verbs[] = {
	{
		.name = "points honours",
		.help = N_("List who has earned stars by hours of service, or did most in a year"),
		.takes = VERB_JSON | VERB_NAMES,
		.options = honour_options,
		.columns = COLUMNS(honour_columns),
		.run = list_honours,
	},
	{
		.name = "points certificate",
		.operands = { { OPERAND_CARD } },
		.help = N_("Print a certificate of honour, with a number of its own"),
		.takes = VERB_ACT | VERB_KEY,
		.options = certificate_options,
		.run = print_certificate,
	},
	{
		.name = "points certified",
		.operands = { { OPERAND_NUMBER } },
		.help = N_("Look up a certificate of honour by the number on it"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(certificate_columns),
		.is_record = true,
		.run = show_certificate,
	},
	{ 0 },
};
