/* reward set|end|resume|stock: what points buy, as a coordinator keeps it */
#include <string.h>

#include "core/base/mem.h"
#include "core/items/catalogue/title.h"
#include "core/items/reasons.h"
#include "core/points/body.h"
#include "core/rewards/reasons.h"
#include "core/rewards/reward.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/named.h"
#include "tui/verbs/pairs.h"
#include "tui/verbs/table.h"

static const char *kind_word(int kind)
{
	return reward_kind_name((enum reward_kind)kind);
}

#define NUMBER(member, most)                                                    \
	{                                                                       \
		PAIR(struct reward, member), .kind = PAIR_NUMBER, .max = (most) \
	}

static const struct pair keys[] = {
	{ PAIR(struct reward, name), .kind = PAIR_TEXT },
	{ PAIR(struct reward, kind), .kind = PAIR_WORD, .word = kind_word,
		.words = REWARD_KIND_COUNT },
	NUMBER(points, POINTS_MAX),
	{ PAIR(struct reward, fen), .kind = PAIR_YUAN },
	NUMBER(stock, REWARD_STOCK_MAX),
	NUMBER(service_minutes, 1000000),
	NUMBER(month_limit, 1000),
	NUMBER(valid_days, 3650),
	{ 0 },
};

static const struct table_column columns[] = {
	{ "code", NC_("word", "Code"), false },
	{ "name", "name", false },
	{ "kind", "kind", false },
	{ "points", "points", true },
	{ "fen", "fen", true },
	{ "stock", "stock", true },
	{ "service_minutes", "service_minutes", true },
	{ "month_limit", "month_limit", true },
	{ "valid_days", "valid_days", true },
	{ "is_ended", NULL, false },
};
_Static_assert(ARRAY_LEN(columns) == ARRAY_LEN(keys) - 1 + 2, "a column for each key");

static int tell(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };

	TRY(reward_get(call->db, id, &reward, err));
	table_text(call->table, reward.code);
	pairs_table(call->table, keys, &reward);
	table_fact(call->table, reward.is_ended, NULL);
	return 0;
}

/* The existing one, to be changed in places, or a new one. */
static int find(struct call *call, struct reward *reward, struct err *err)
{
	const char *code = call_operand(call, 0);

	int r = reward_by_code(call->db, code, reward, err);
	if (r != ERR_NOT_FOUND)
		return r;
	*reward = (struct reward){ .code = mem_text(code), .name = mem_text("") };
	return 0;
}

/* --title, --body: whose stock it is, and the merchant who gives it. */
static int read_refers(struct call *call, struct reward *reward, struct err *err)
{
	const char *title = call_option(call, "title"), *body = call_option(call, "body");
	struct holder merchant;

	if (title) {
		int r = title_by_name(call->db, title, &reward->title, err);
		if (r < 0)
			return r;
		if (r == 0)
			return err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
	}
	if (body) {
		TRY(named_holder(call->db, body, &merchant, err));
		if (!merchant.body)
			return call_usage(call, _("the merchant is written body:NUMBER"));
		reward->body = merchant.body;
	}
	return 0;
}

static bool says_stock(const struct call *call)
{
	for (int i = 1; i < call_count(call); i++)
		if (strncmp(call_operand(call, i), "stock=", strlen("stock=")) == 0)
			return true;
	return false;
}

static int set(struct call *call, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	int64_t id;

	TRY(find(call, &reward, err));
	bool is_new = reward.id == 0;
	int r = pairs_read(call, 1, keys, &reward, err);
	r = r == 0 ? read_refers(call, &reward, err) : r;
	if (r != 0)
		return r;
	if (says_stock(call) && !is_new)
		return call_usage(call, _("the stock of one that is there: reward stock CODE N"));
	reward.is_counted = reward.is_counted || says_stock(call);
	TRY(reward_set(call->db, &call->act, &reward, &id, err));
	return tell(call, id, err);
}

static int end(struct call *call, struct err *err)
{
	int64_t id = call_id(call, 0);

	TRY(reward_end(call->db, &call->act, id, err));
	return tell(call, id, err);
}

static int resume(struct call *call, struct err *err)
{
	CLEANUP(reward_list_finish) struct reward_list ended = { 0 };

	TRY(rewards_ended(call->db, &ended, err));
	for (int i = 0; i < ended.count; i++)
		if (strcmp(ended.rows[i].code, call_operand(call, 0)) == 0) {
			TRY(reward_resume(call->db, &call->act, ended.rows[i].id, err));
			return tell(call, ended.rows[i].id, err);
		}
	return err_set(err, ERR_NOT_FOUND, REASON(REWARD_UNKNOWN));
}

static int stock(struct call *call, struct err *err)
{
	int64_t id = call_id(call, 0);

	TRY(reward_stock(call->db, &call->act, id, call_number(call, 1), err));
	return tell(call, id, err);
}

static const struct verb_option set_options[] = {
	{ "title", { OPERAND_TEXT, .word = N_("TITLE") },
		N_("The consumable whose stock it is taken from") },
	{ "body", { OPERAND_TEXT, .word = "body:N" }, N_("The merchant who gives it") },
	{ 0 },
};

const struct verb reward_set_verbs[] = {
	{
		.name = "reward set",
		.operands = { { OPERAND_TEXT, .word = N_("CODE") },
			{ OPERAND_TEXT, TIMES_MANY, .word = N_("KEY=VALUE") } },
		.help = N_(
			"Add a reward, or change one: name, kind, points, fen (in yuan), stock …"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = set_options,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = set,
	},
	{
		.name = "reward end",
		.operands = { { OPERAND_REWARD } },
		.help = N_("Give a reward no more"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = end,
	},
	{
		.name = "reward resume",
		.operands = { { OPERAND_TEXT, .word = N_("CODE") } },
		.help = N_("Give a reward again that had ended"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = resume,
	},
	{
		.name = "reward stock",
		.operands = { { OPERAND_REWARD }, { OPERAND_NUMBER, .word = N_("N"), .key = "stock",
							  .max = REWARD_STOCK_MAX } },
		.help = N_("Say how many there are, counted afresh"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = stock,
	},
	{ 0 },
};
