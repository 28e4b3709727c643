/* fund list */
#include "core/points/fund.h"
#include "core/base/mem.h"
#include "core/sheets/fund_book.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

#define PAGE_ROWS 500

static const struct table_column columns[] = {
	{ "at", N_("When"), false },
	{ "kind", NULL, false },
	{ "words", N_("What for"), false },
	{ "fen", N_("Amount, yuan"), true }, /* in --json fen */
	{ "balance", N_("Balance"), true },
};

static int add_line(
	struct table *table, struct db *db, const struct fund_line *line, struct err *err)
{
	CLEANUP(mem_free) char *words = NULL;
	CLEANUP(mem_free) char *on = words_instant_paper(line->at, db_now(db));
	CLEANUP(mem_free) char *fen = money_text(line->fen);
	CLEANUP(mem_free) char *balance = money_text(line->balance);

	TRY(fund_line_words(db, line, &words, err));
	table_instant(table, line->at, on);
	table_text(table, fund_kind_name(line->kind));
	table_text(table, words);
	table_number(table, line->fen, fen);
	table_number(table, line->balance, balance);
	return 0;
}

static int list_lines(struct call *call, struct err *err)
{
	int64_t since_at =
		call_has(call, "since")
			? when_day_start(call_option_day(call, "since", (struct day){ 0 }))
			: INT64_MIN;
	struct fund_line last = { .id = INT64_MAX };
	bool goes_on = true;

	while (goes_on) {
		CLEANUP(fund_statement_finish) struct fund_statement page = { 0 };
		TRY(fund_statement(call->db, &last, PAGE_ROWS, &page, err));
		goes_on = page.count == PAGE_ROWS && page.rows[page.count - 1].at >= since_at;
		for (int i = 0; i < page.count && page.rows[i].at >= since_at; i++)
			TRY(add_line(call->table, call->db, &page.rows[i], err));
		if (page.count)
			last = page.rows[page.count - 1];
	}
	return 0;
}

static const struct verb_option options[] = {
	{ "since", { OPERAND_DAY }, N_("Only what came in or went out on that day or later") },
	{ 0 },
};

const struct verb fund_verbs[] = {
	{
		.name = "fund list",
		.help = N_("List the lines of the community fund, the latest first"),
		.takes = VERB_JSON,
		.options = options,
		.columns = COLUMNS(columns),
		.run = list_lines,
	},
	{ 0 },
};
