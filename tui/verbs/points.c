/* points balance, statement, post, reverse, floor, rules, expire; body add, body list */
#include <stdio.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/lending/deposit.h"
#include "core/people/resident.h"
#include "core/points/body.h"
#include "core/points/earning.h"
#include "core/points/ledger.h"
#include "core/points/lot.h"
#include "core/points/reversal.h"
#include "core/store/act_reasons.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

#define STATEMENT_LINES 50

/* ---- balance ---- */

static const struct table_column balance_columns[] = {
	{ "resident", N_("Resident no."), true },
	{ "name", NC_("person", "Name"), false },
	{ "points", N_("Points"), true },
	{ "frozen", N_("Held as deposits"), true },
};

static int show_balance(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident;
	struct points points, frozen;

	int64_t id = call_id(call, 0);
	TRY(resident_get(call->db, id, &resident, err));
	TRY(who_name(call->db, id, call->is_staff, &name, err));
	TRY(points_balance(call->db, id, &points, err));
	TRY(points_frozen(call->db, id, &frozen, err));
	table_number(call->table, resident.number, NULL);
	table_text(call->table, name);
	table_number(call->table, points.n, NULL);
	table_number(call->table, frozen.n, NULL);
	return 0;
}

/* ---- statement ---- */

static const struct table_column statement_columns[] = {
	{ "transfer", N_("Transfer"), true },
	{ "at", N_("Time"), false },
	{ "kind", N_("What"), false },
	{ "amount", N_("Points"), true },
	{ "balance", N_("Balance"), true },
	{ "is_reversed", N_("Taken back"), false },
};

static int show_statement(struct call *call, struct err *err)
{
	CLEANUP(points_statement_finish) struct points_statement list = { 0 };

	struct holder whose = call_holder(call, 0);
	TRY(points_statement_of(call->db, whose, NULL, STATEMENT_LINES, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct statement_line *line = &list.rows[i];
		CLEANUP(mem_free) char *when = words_instant_paper(line->at, call_now(call));
		table_number(call->table, line->transfer, NULL);
		table_instant(call->table, line->at, when);
		table_word(call->table, line->kind, words_transfer_side(line, whose));
		table_number(call->table, line->amount.n, NULL);
		table_number(call->table, line->balance.n, NULL);
		table_fact(
			call->table, line->is_reversed, line->is_reversed ? C_("fact", "yes") : "");
	}
	return 0;
}

/* ---- posting ---- */

static const struct table_column post_columns[] = {
	{ "transfer", N_("Transfer"), true },
	{ "from", N_("From"), false },
	{ "to", N_("To"), false },
	{ "amount", N_("Points"), true },
};

static int tell_posting(struct call *call, int64_t transfer, struct holder from, struct holder to,
	int64_t amount, struct err *err)
{
	CLEANUP(mem_free) char *giver = NULL;
	CLEANUP(mem_free) char *taker = NULL;

	TRY(holder_name(call->db, from, true, &giver, err));
	TRY(holder_name(call->db, to, true, &taker, err));
	table_number(call->table, transfer, NULL);
	table_text(call->table, giver);
	table_text(call->table, taker);
	table_number(call->table, amount, NULL);
	return 0;
}

/* A word for a posting by hand, as statements show it. */
static const char *kind_of(struct holder from, struct holder to)
{
	bool is_from_system = !from.resident && !from.body, is_to_system = !to.resident && !to.body;

	return is_from_system ? "earn" : is_to_system ? "spend" : "gift";
}

static int post(struct call *call, struct err *err)
{
	const struct holder from = call_holder(call, 0), to = call_holder(call, 1);
	int64_t amount = call_number(call, 2), id;

	if (!call->act.why || !*call->act.why)
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	const struct posting postings[] = {
		{ from.resident, from.body, from.system, POINTS(-amount) },
		{ to.resident, to.body, to.system, POINTS(amount) },
	};
	const struct transfer_draft draft = { kind_of(from, to), postings, ARRAY_LEN(postings) };
	TRY(transfer_post(call->db, &call->act, &draft, &id, err));
	return tell_posting(call, id, from, to, amount, err);
}

static int reverse(struct call *call, struct err *err)
{
	struct reversed out;

	TRY(transfer_reverse(call->db, &call->act, call_number(call, 0), &out, err));
	if (out.posted)
		printf(_("Taken back by transfer %lld\n"), (long long)out.posted);
	else
		printf("%s\n", _("It waits for a coordinator: nothing has moved yet"));
	return 0;
}

static int set_floor(struct call *call, struct err *err)
{
	int64_t below = call_number(call, 1), account;

	TRY(account_open(call->db, &call->act, call_id(call, 0), POINTS(-below), &account, err));
	printf(_("The account may go down to %lld\n"), -(long long)below);
	return 0;
}

/* ---- the night ---- */

static int expire(struct call *call, struct err *err)
{
	struct expiry expiry;
	int released;

	TRY(points_expire(call->db, &call->act, &expiry, err));
	call_key(call, 1);
	TRY(deposits_release_due(call->db, &call->act, 0, &released, err));
	TRY(ledger_prove(call->db, err));
	printf(_("%lld lots announced, %lld expired (%lld points), %d deposits released; the books "
		 "are whole\n"),
		(long long)expiry.noticed, (long long)expiry.expired, (long long)expiry.points.n,
		released);
	return 0;
}

/* ---- rules ---- */

static const struct table_column rule_columns[] = {
	{ "code", NC_("word", "Code"), false },
	{ "name", NC_("thing", "Name"), false },
	{ "source", N_("For"), false },
	{ "points", NULL, true },
	{ "per", NULL, false },
	{ "terms", N_("Points"), false },
};

static int list_rules(struct call *call, struct err *err)
{
	CLEANUP(earn_rule_list_finish) struct earn_rule_list list = { 0 };

	TRY(earn_rules(call->db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct earn_rule *rule = &list.rows[i];
		CLEANUP(mem_free) char *terms = words_earn_terms(rule);
		table_text(call->table, rule->code);
		table_text(call->table, rule->name);
		table_word(call->table, earn_source_name(rule->source),
			words_earn_source(rule->source));
		table_number(call->table, rule->points, NULL);
		table_word(call->table, earn_per_name(rule->per), NULL);
		table_text(call->table, terms);
	}
	return 0;
}

/* points earn CARD RULE [NUMBER]: minutes of a rule by the hour, else how many times. */
static int earn_by_hand(struct call *call, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	int64_t number = call_number_or(call, 2, 1);
	struct earned earned;

	TRY(earn_rule_by_code(call->db, call_operand(call, 1), &rule, err));
	const struct earn_draft draft = {
		.whose = call_holder(call, 0),
		.rule = rule.id,
		.on = db_today(call->db),
		.minutes.day = rule.per == EARN_PER_HOUR ? number : 0,
		.times = rule.per == EARN_PER_TIME ? number : 0,
	};
	TRY(earn(call->db, &call->act, &draft, &earned, err));
	CLEANUP(mem_free) char *points = words_points(earned.points.n);
	printf(earned.is_waiting ? _("%s wait for approval\n") : _("%s earned\n"), points);
	return 0;
}

/* ---- bodies ---- */

static const struct table_column body_columns[] = {
	{ "number", N_("Number"), true },
	{ "kind", N_("Kind"), false },
	{ "name", NC_("thing", "Name"), false },
	{ "points", N_("Points"), true },
};

static int add_body_row(
	struct table *table, struct db *db, const struct body *body, struct err *err)
{
	struct points points;

	TRY(points_balance_of(db, HOLDER_BODY(body->id), &points, err));
	table_number(table, body->number, NULL);
	table_word(table, body_kind_name(body->kind), words_body_kind(body->kind));
	table_text(table, body->name);
	table_number(table, points.n, NULL);
	return 0;
}

static int list_bodies(struct call *call, struct err *err)
{
	CLEANUP(body_list_finish) struct body_list list = { 0 };

	TRY(bodies(call->db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_body_row(call->table, call->db, &list.rows[i], err));
	return 0;
}

static int add_body(struct call *call, struct err *err)
{
	CLEANUP(body_finish) struct body body = { 0 };
	enum body_kind kind;
	int64_t id;

	TRY(body_kind_named(call_operand(call, 0), &kind, err));
	TRY(body_add(call->db, &call->act, kind, call_operand(call, 1), &id, err));
	TRY(body_get(call->db, id, &body, err));
	TRY(add_body_row(call->table, call->db, &body, err));
	return 0;
}

/* ---- rows ---- */

static const struct verb_option why_options[] = {
	{ "why", { OPERAND_TEXT }, N_("Why: kept with it, and needed") },
	{ 0 },
};
static const struct verb_option reverse_options[] = {
	{ "why", { OPERAND_TEXT }, N_("Why: kept with it, and needed") },
	{ "override", NO_VALUE, N_("An administrator: without a second person") },
	{ 0 },
};

const struct verb points_verbs[] = {
	{
		.name = "points balance",
		.operands = { { OPERAND_CARD } },
		.help = N_("Say how many points a resident has"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(balance_columns),
		.run = show_balance,
	},
	{
		.name = "points statement",
		.operands = { { OPERAND_HOLDER } },
		.help = N_("List the latest entries of an account"),
		.takes = VERB_JSON,
		.columns = COLUMNS(statement_columns),
		.run = show_statement,
	},
	{
		.name = "points post",
		.operands = { { OPERAND_HOLDER, .word = NC_("account", "FROM") },
			{ OPERAND_HOLDER, .word = N_("TO") },
			{ OPERAND_NUMBER, .word = N_("AMOUNT"), .key = "amount", .min = 1,
				.max = POINTS_MAX } },
		.help = N_("Move points by hand: between cards, bodies and accounts such as issue "
			   "or pool"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = why_options,
		.columns = COLUMNS(post_columns),
		.run = post,
	},
	{
		.name = "points reverse",
		.operands = { { OPERAND_NUMBER, .word = N_("TRANSFER"), .min = 1,
			.max = CODE_ID_MAX } },
		.help = N_("Take a transfer back; above a threshold it waits for a second person"),
		.takes = VERB_ACT | VERB_KEY,
		.options = reverse_options,
		.run = reverse,
	},
	{
		.name = "points earn",
		.operands = { { OPERAND_HOLDER, .word = N_("CARD") },
			{ OPERAND_TEXT, .word = N_("RULE") },
			{ OPERAND_NUMBER, TIMES_MAYBE, .word = NC_("amount", "NUMBER"),
				.key = "count", .min = 1, .max = 1440 * 31 } },
		.help = N_("Give points by a rule: NUMBER minutes, or times"),
		.takes = VERB_ACT | VERB_KEY,
		.options = why_options,
		.run = earn_by_hand,
	},
	{
		.name = "points floor",
		.operands = { { OPERAND_CARD }, { OPERAND_NUMBER, .word = N_("AMOUNT"),
							.key = "floor", .max = POINTS_MAX } },
		.help = N_("Say by how many points a resident's account may go below 0"),
		.takes = VERB_ACT | VERB_KEY,
		.run = set_floor,
	},
	{
		.name = "points rules",
		.help = N_("List the rules by which points are earned"),
		.takes = VERB_JSON,
		.columns = COLUMNS(rule_columns),
		.run = list_rules,
	},
	{
		.name = "points expire",
		.help = N_("For the night: announce and expire points, release deposits, prove the "
			   "books"),
		.takes = VERB_ACT | VERB_KEY | VERB_SERVICE,
		.run = expire,
	},
	{
		.name = "body add",
		.operands = { { OPERAND_TEXT, .word = N_("KIND") },
			{ OPERAND_TEXT, .word = NC_("thing", "NAME") } },
		.help = N_("Add a team, party_branch, organisation or merchant that holds points"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(body_columns),
		.run = add_body,
	},
	{
		.name = "body list",
		.help = N_("List the bodies that hold points"),
		.takes = VERB_JSON,
		.columns = COLUMNS(body_columns),
		.run = list_bodies,
	},
	{ 0 },
};
