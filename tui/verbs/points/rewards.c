/* rewards list, rewards redeem, rewards undo, voucher use */
#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/rewards/redemption.h"
#include "core/rewards/voucher.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

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
	CLEANUP(reward_list_finish) struct reward_list list = { 0 };

	TRY(rewards(call->db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct reward *reward = &list.rows[i];
		CLEANUP(mem_free) char *price = words_price(reward);
		CLEANUP(mem_free) char *terms = words_reward_terms(reward);
		table_text(call->table, reward->code);
		table_text(call->table, reward->name);
		table_word(call->table, reward_kind_name(reward->kind),
			words_reward_kind(reward->kind));
		table_number(call->table, reward->points, NULL);
		table_number(call->table, reward->fen, NULL);
		if (reward->is_counted)
			table_number(call->table, reward->stock, NULL);
		else
			table_text(call->table, NULL);
		table_text(call->table, price);
		table_text(call->table, terms);
	}
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
static int tell(struct call *call, int64_t id, const char *code, struct err *err)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };

	TRY(redemption_get(call->db, id, &redemption, err));
	table_number(call->table, redemption.number, NULL);
	table_text(call->table, redemption.name);
	table_number(call->table, redemption.count, NULL);
	table_number(call->table, redemption.points, NULL);
	table_number(call->table, redemption.fen, NULL);
	table_text(call->table, *code ? code : NULL);
	return 0;
}

static int redeem_one(struct call *call, struct err *err)
{
	const struct redeem_draft draft = {
		.whose = call_holder(call, 0),
		.reward = call_id(call, 1),
		.count = call_number_or(call, 2, 1),
		.currency = call_has(call, "yuan") ? FOR_YUAN : FOR_POINTS,
	};
	char code[CODE_TEXT_MAX];
	int64_t id;

	call->act.resident = draft.whose.resident;
	TRY(redeem(call->db, &call->act, &draft, &id, err));
	act_new_key(call->act.key);
	TRY(voucher_code(call->db, &call->act, id, code, err));
	return tell(call, id, code, err);
}

static int undo(struct call *call, struct err *err)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };

	TRY(redemption_by_number(call->db, call_number(call, 0), &redemption, err));
	call->act.resident = redemption.whose.resident;
	TRY(redemption_undo(call->db, &call->act, redemption.id, err));
	return tell(call, redemption.id, "", err);
}

static int use_voucher(struct call *call, struct err *err)
{
	const char *text = call_operand(call, 0);
	CLEANUP(reward_finish) struct reward reward = { 0 };
	struct voucher voucher;
	bool is_damaged;
	struct code code = code_read(text, strlen(text), &is_damaged);

	if (is_damaged)
		return err_set(err, ERR_INVALID, REASON(CODE_DAMAGED));
	if (code.type == CODE_OUTDATED)
		return err_set(err, ERR_INVALID, REASON(CODE_OUTDATED));
	if (code.type != CODE_VOUCHER)
		return err_set(err, ERR_INVALID, REASON_TEXT(CODE_WRONG_TYPE, "voucher"));
	TRY(voucher_use(call->db, &call->act, &code, &voucher, err));
	TRY(reward_get(call->db, voucher.reward, &reward, err));
	printf(_("Redeemed: %s\n"), reward.name);
	return 0;
}

static const struct verb_option redeem_options[] = {
	{ "yuan", NO_VALUE, N_("Paid in yuan, which go to the fund") },
	{ "override", NO_VALUE, N_("Although the limit, or service first, says no") },
	{ "why", { OPERAND_TEXT }, N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option undo_options[] = {
	{ "why", { OPERAND_TEXT }, N_("Why: needed after its day, and for yuan") },
	{ 0 },
};

const struct verb reward_verbs[] = {
	{
		.name = "rewards list",
		.help = N_("List what can be had for points"),
		.takes = VERB_JSON,
		.columns = COLUMNS(reward_columns),
		.run = list_rewards,
	},
	{
		.name = "rewards redeem",
		.operands = { { OPERAND_HOLDER, .word = N_("CARD") }, { OPERAND_REWARD },
			{ OPERAND_NUMBER, TIMES_MAYBE, .word = N_("COUNT"), .key = "count",
				.min = 1, .max = 1000 } },
		.help = N_("Give a reward for points, or for yuan to the fund"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = redeem_options,
		.columns = COLUMNS(redemption_columns),
		.run = redeem_one,
	},
	{
		.name = "rewards undo",
		.operands = { { OPERAND_NUMBER } },
		.help = N_("Take a redemption back: points, money and stock"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = undo_options,
		.columns = COLUMNS(redemption_columns),
		.run = undo,
	},
	{
		.name = "voucher use",
		.operands = { { OPERAND_TEXT, .word = N_("VOUCHER") } },
		.help = N_("Redeem a voucher: it works once"),
		.takes = VERB_ACT | VERB_KEY,
		.run = use_voucher,
	},
	{ 0 },
};
