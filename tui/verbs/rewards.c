/* rewards list, rewards redeem, rewards undo, voucher use */
#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/rewards/redemption.h"
#include "core/rewards/voucher.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/i18n.h"
#include "tui/verbs/holder.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

static const struct table_column reward_columns[] = {
	{ "code", NC_("word", "Code"), false },
	{ "name", NC_("thing", "Name"), false },
	{ "kind", N_("Kind"), false },
	{ "points", NULL, true },
	{ "fen", NULL, true },
	{ "stock", NULL, true },
	{ "price", N_("Price"), false },
	{ "terms", N_("Terms"), false },
};

static int list_rewards(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(reward_columns, ARRAY_LEN(reward_columns));
	CLEANUP(reward_list_finish) struct reward_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(rewards(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct reward *reward = &list.rows[i];
		CLEANUP(mem_free) char *price = words_price(reward);
		CLEANUP(mem_free) char *terms = words_reward_terms(reward);
		table_text(table, reward->code);
		table_text(table, reward->name);
		table_word(table, reward_kind_name(reward->kind), words_reward_kind(reward->kind));
		table_number(table, reward->points, NULL);
		table_number(table, reward->fen, NULL);
		if (reward->is_counted)
			table_number(table, reward->stock, NULL);
		else
			table_text(table, NULL);
		table_text(table, price);
		table_text(table, terms);
	}
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- redeeming ---- */

static const struct table_column redemption_columns[] = {
	{ "number", N_("Number"), true },
	{ "name", NC_("thing", "Name"), false },
	{ "count", N_("How many"), true },
	{ "points", N_("Points"), true },
	{ "fen", NULL, true },
	{ "voucher", N_("Voucher"), false },
};

/* `code` is the voucher's; "" for none. */
static int tell(struct call *call, struct db *db, int64_t id, const char *code, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(redemption_columns, ARRAY_LEN(redemption_columns));
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };

	TRY(redemption_get(db, id, &redemption, err));
	table_number(table, redemption.number, NULL);
	table_text(table, redemption.name);
	table_number(table, redemption.count, NULL);
	table_number(table, redemption.points, NULL);
	table_number(table, redemption.fen, NULL);
	table_text(table, *code ? code : NULL);
	table_print(table, call_is_json(call));
	return 0;
}

static int redeem_one(struct call *call, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	struct redeem_draft draft = { .currency = call_has(call, "yuan") ? FOR_YUAN : FOR_POINTS };
	struct act act;
	struct db *db;
	char code[CODE_TEXT_MAX];
	long long count = 1;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_holder(db, call_operand(call, 0), &draft.whose, err));
	TRY(reward_by_code(db, call_operand(call, 1), &reward, err));
	if (call_count(call) > 2)
		TRY(text_integer(call_operand(call, 2), "count", 1, 1000, &count, err));
	draft.reward = reward.id;
	draft.count = count;
	act.resident = draft.whose.resident;
	act.why = call_option(call, "why");
	act.is_override = call_has(call, "override");
	TRY(redeem(db, &act, &draft, &id, err));
	act_new_key(act.key);
	TRY(voucher_code(db, &act, id, code, err));
	return tell(call, db, id, code, err);
}

static int undo(struct call *call, struct err *err)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	struct act act;
	struct db *db;
	long long number;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(text_integer(call_operand(call, 0), "number", 1, INT64_C(999999999), &number, err));
	TRY(redemption_by_number(db, number, &redemption, err));
	act.resident = redemption.whose.resident;
	act.why = call_option(call, "why");
	TRY(redemption_undo(db, &act, redemption.id, err));
	return tell(call, db, redemption.id, "", err);
}

static int use_voucher(struct call *call, struct err *err)
{
	const char *text = call_operand(call, 0);
	CLEANUP(reward_finish) struct reward reward = { 0 };
	struct voucher voucher;
	bool is_damaged;
	struct code code = code_read(text, strlen(text), &is_damaged);
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	if (is_damaged)
		return err_set(err, ERR_INVALID, REASON(CODE_DAMAGED));
	if (code.type == CODE_OUTDATED)
		return err_set(err, ERR_INVALID, REASON(CODE_OUTDATED));
	if (code.type != CODE_VOUCHER)
		return err_set(err, ERR_INVALID, REASON_TEXT(CODE_WRONG_TYPE, "voucher"));
	TRY(call_db(call, &db, err));
	TRY(voucher_use(db, &act, &code, &voucher, err));
	TRY(reward_get(db, voucher.reward, &reward, err));
	printf(_("Redeemed: %s\n"), reward.name);
	return 0;
}

static const struct verb_option redeem_options[] = {
	{ "yuan", NULL, N_("Paid in yuan, which go to the fund") },
	{ "override", NULL, N_("Although the limit, or service first, says no") },
	{ "why", N_("TEXT"), N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option undo_options[] = {
	{ "why", N_("TEXT"), N_("Why: needed after its day, and for yuan") },
	{ 0 },
};

const struct verb reward_verbs[] = {
	{
		.name = "rewards list",
		.usage = "",
		.help = N_("List what can be had for points"),
		.takes = VERB_JSON,
		.run = list_rewards,
	},
	{
		.name = "rewards redeem",
		.usage = N_("CARD CODE [COUNT]"),
		.help = N_("Give a reward for points, or for yuan to the fund"),
		.min = 2,
		.max = 3,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = redeem_options,
		.run = redeem_one,
	},
	{
		.name = "rewards undo",
		.usage = N_("NUMBER"),
		.help = N_("Take a redemption back: points, money and stock"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = undo_options,
		.run = undo,
	},
	{
		.name = "voucher use",
		.usage = N_("VOUCHER"),
		.help = N_("Redeem a voucher: it works once"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = use_voucher,
	},
	{ 0 },
};
