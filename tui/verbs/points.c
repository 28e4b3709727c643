/* points balance, statement, post, reverse, rules, expire; body add, body list */
#include <stdio.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/deposit.h"
#include "core/people/resident.h"
#include "core/points/body.h"
#include "core/points/earning.h"
#include "core/points/ledger.h"
#include "core/points/lot.h"
#include "core/points/reversal.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/i18n.h"
#include "tui/verbs/holder.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(balance_columns, ARRAY_LEN(balance_columns));
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident;
	struct points points, frozen;
	struct db *db;
	int64_t id;

	TRY(call_db(call, &db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(named_resident(db, call_operand(call, 0), &id, err));
	TRY(resident_get(db, id, &resident, err));
	TRY(who_name(db, id, staff == 1, &name, err));
	TRY(points_balance(db, id, &points, err));
	TRY(points_frozen(db, id, &frozen, err));
	table_number(table, resident.number, NULL);
	table_text(table, name);
	table_number(table, points.n, NULL);
	table_number(table, frozen.n, NULL);
	table_print(table, call_is_json(call));
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(statement_columns, ARRAY_LEN(statement_columns));
	CLEANUP(points_statement_finish) struct points_statement list = { 0 };
	struct holder whose;
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(named_holder(db, call_operand(call, 0), &whose, err));
	TRY(points_statement_of(db, whose, NULL, STATEMENT_LINES, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct statement_line *line = &list.rows[i];
		CLEANUP(mem_free) char *when = words_instant_paper(line->at, call_now(call));
		table_number(table, line->transfer, NULL);
		table_instant(table, line->at, when);
		table_word(table, line->kind, words_transfer_side(line, whose));
		table_number(table, line->amount.n, NULL);
		table_number(table, line->balance.n, NULL);
		table_fact(table, line->is_reversed, line->is_reversed ? C_("fact", "yes") : "");
	}
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- posting ---- */

static const struct table_column post_columns[] = {
	{ "transfer", N_("Transfer"), true },
	{ "from", N_("From"), false },
	{ "to", N_("To"), false },
	{ "amount", N_("Points"), true },
};

static int read_amount(struct call *call, int index, int64_t *ret, struct err *err)
{
	long long amount;

	TRY(text_integer(call_operand(call, index), "amount", 1, POINTS_MAX, &amount, err));
	*ret = amount;
	return 0;
}

static int tell_posting(struct call *call, struct db *db, int64_t transfer, struct holder from,
	struct holder to, int64_t amount, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(post_columns, ARRAY_LEN(post_columns));
	CLEANUP(mem_free) char *giver = NULL;
	CLEANUP(mem_free) char *taker = NULL;

	TRY(holder_name(db, from, true, &giver, err));
	TRY(holder_name(db, to, true, &taker, err));
	table_number(table, transfer, NULL);
	table_text(table, giver);
	table_text(table, taker);
	table_number(table, amount, NULL);
	table_print(table, call_is_json(call));
	return 0;
}

/* A word for what a posting by hand is, as statements show it. */
static const char *kind_of(struct holder from, struct holder to)
{
	bool is_from_system = !from.resident && !from.body, is_to_system = !to.resident && !to.body;

	return is_from_system ? "earn" : is_to_system ? "spend" : "gift";
}

static int post(struct call *call, struct err *err)
{
	struct holder from, to;
	struct act act;
	struct db *db;
	int64_t amount, id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_holder(db, call_operand(call, 0), &from, err));
	TRY(named_holder(db, call_operand(call, 1), &to, err));
	TRY(read_amount(call, 2, &amount, err));
	act.why = call_option(call, "why");
	if (!act.why || !*act.why)
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	const struct posting postings[] = {
		{ from.resident, from.body, from.system, POINTS(-amount) },
		{ to.resident, to.body, to.system, POINTS(amount) },
	};
	const struct transfer_draft draft = { kind_of(from, to), postings, ARRAY_LEN(postings) };
	TRY(transfer_post(db, &act, &draft, &id, err));
	return tell_posting(call, db, id, from, to, amount, err);
}

static int reverse(struct call *call, struct err *err)
{
	struct reversed out;
	struct act act;
	struct db *db;
	long long transfer;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(text_integer(call_operand(call, 0), "number", 1, CODE_ID_MAX, &transfer, err));
	act.why = call_option(call, "why");
	act.is_override = call_has(call, "override");
	TRY(transfer_reverse(db, &act, transfer, &out, err));
	if (out.posted)
		printf(_("Taken back by transfer %lld\n"), (long long)out.posted);
	else
		printf("%s\n", _("It waits for a coordinator: nothing has moved yet"));
	return 0;
}

/* ---- the night ---- */

static int expire(struct call *call, struct err *err)
{
	struct expiry expiry;
	struct act act;
	struct db *db;
	int released;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(points_expire(db, &act, &expiry, err));
	call_key(call, 1, act.key);
	TRY(deposits_release_due(db, &act, 0, &released, err));
	TRY(ledger_prove(db, err));
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(rule_columns, ARRAY_LEN(rule_columns));
	CLEANUP(earn_rule_list_finish) struct earn_rule_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(earn_rules(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct earn_rule *rule = &list.rows[i];
		CLEANUP(mem_free) char *terms = words_earn_terms(rule);
		table_text(table, rule->code);
		table_text(table, rule->name);
		table_word(table, earn_source_name(rule->source), words_earn_source(rule->source));
		table_number(table, rule->points, NULL);
		table_word(table, earn_per_name(rule->per), NULL);
		table_text(table, terms);
	}
	table_print(table, call_is_json(call));
	return 0;
}

/* points earn CARD RULE [NUMBER]: minutes of a rule by the hour, else how many times. */
static int earn_by_hand(struct call *call, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	struct earn_draft draft = { 0 };
	struct earned earned;
	struct act act;
	struct db *db;
	long long number = 1;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_holder(db, call_operand(call, 0), &draft.whose, err));
	TRY(earn_rule_by_code(db, call_operand(call, 1), &rule, err));
	if (call_count(call) > 2)
		TRY(text_integer(call_operand(call, 2), "count", 1, 1440 * 31, &number, err));
	draft.rule = rule.id;
	draft.on = db_today(db);
	draft.minutes.day = rule.per == EARN_PER_HOUR ? number : 0;
	draft.times = rule.per == EARN_PER_TIME ? number : 0;
	act.why = call_option(call, "why");
	TRY(earn(db, &act, &draft, &earned, err));
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(body_columns, ARRAY_LEN(body_columns));
	CLEANUP(body_list_finish) struct body_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(bodies(db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_body_row(table, db, &list.rows[i], err));
	table_print(table, call_is_json(call));
	return 0;
}

static int add_body(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(body_columns, ARRAY_LEN(body_columns));
	CLEANUP(body_finish) struct body body = { 0 };
	enum body_kind kind;
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(body_kind_named(call_operand(call, 0), &kind, err));
	TRY(body_add(db, &act, kind, call_operand(call, 1), &id, err));
	TRY(body_get(db, id, &body, err));
	TRY(add_body_row(table, db, &body, err));
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- rows ---- */

static const struct verb_option why_options[] = {
	{ "why", N_("TEXT"), N_("Why: kept with it, and needed") },
	{ 0 },
};
static const struct verb_option reverse_options[] = {
	{ "why", N_("TEXT"), N_("Why: kept with it, and needed") },
	{ "override", NULL, N_("An administrator: without a second person") },
	{ 0 },
};

const struct verb points_verbs[] = {
	{
		.name = "points balance",
		.usage = N_("CARD"),
		.help = N_("Say how many points a resident has"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF,
		.run = show_balance,
	},
	{
		.name = "points statement",
		.usage = N_("CARD|ACCOUNT|body:NUMBER"),
		.help = N_("List the latest entries of an account"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON,
		.run = show_statement,
	},
	{
		.name = "points post",
		.usage = N_("FROM TO AMOUNT"),
		.help = N_("Move points by hand: between cards, bodies and accounts such as issue "
			   "or pool"),
		.min = 3,
		.max = 3,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = why_options,
		.run = post,
	},
	{
		.name = "points reverse",
		.usage = N_("TRANSFER"),
		.help = N_("Take a transfer back; above a threshold it waits for a second person"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.options = reverse_options,
		.run = reverse,
	},
	{
		.name = "points earn",
		.usage = N_("CARD RULE [NUMBER]"),
		.help = N_("Give points by a rule: NUMBER minutes, or times"),
		.min = 2,
		.max = 3,
		.takes = VERB_STAFF | VERB_KEY,
		.options = why_options,
		.run = earn_by_hand,
	},
	{
		.name = "points rules",
		.usage = "",
		.help = N_("List the rules by which points are earned"),
		.takes = VERB_JSON,
		.run = list_rules,
	},
	{
		.name = "points expire",
		.usage = "",
		.help = N_("For the night: announce and expire points, release deposits, prove the "
			   "books"),
		.takes = VERB_STAFF | VERB_KEY | VERB_SERVICE,
		.run = expire,
	},
	{
		.name = "body add",
		.usage = N_("KIND NAME"),
		.help = N_("Add a team, party_branch, organisation or merchant that holds points"),
		.min = 2,
		.max = 2,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = add_body,
	},
	{
		.name = "body list",
		.usage = "",
		.help = N_("List the bodies that hold points"),
		.takes = VERB_JSON,
		.run = list_bodies,
	},
	{ 0 },
};
