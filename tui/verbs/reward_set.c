/* reward set|end|resume|stock: what can be had for points, as a coordinator keeps it */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/items/reasons.h"
#include "core/items/title.h"
#include "core/points/body.h"
#include "core/rewards/reasons.h"
#include "core/rewards/reward.h"
#include "tui/i18n.h"
#include "tui/verbs/holder.h"
#include "tui/verbs/pairs.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

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

static int tell(struct call *call, struct db *db, int64_t id, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(reward_finish) struct reward reward = { 0 };

	TRY(reward_get(db, id, &reward, err));
	table_text(table, reward.code);
	pairs_table(table, keys, &reward);
	table_fact(table, reward.is_ended, NULL);
	table_print_record(table, call_is_json(call));
	return 0;
}

/* What is there, to be changed in places, or a new one. */
static int find(struct call *call, struct db *db, struct reward *reward, struct err *err)
{
	const char *code = call_operand(call, 0);

	int r = reward_by_code(db, code, reward, err);
	if (r != ERR_NOT_FOUND)
		return r;
	*reward = (struct reward){ .code = mem_text(code), .name = mem_text("") };
	return 0;
}

/* --title, --body: what it is taken from, and the merchant who gives it. */
static int read_refers(struct call *call, struct db *db, struct reward *reward, struct err *err)
{
	const char *title = call_option(call, "title"), *body = call_option(call, "body");
	struct holder merchant;

	if (title) {
		int r = title_by_name(db, title, &reward->title, err);
		if (r < 0)
			return r;
		if (r == 0)
			return err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
	}
	if (body) {
		TRY(named_holder(db, body, &merchant, err));
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
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(find(call, db, &reward, err));
	bool is_new = reward.id == 0;
	r = pairs_read(call, 1, keys, &reward, err);
	r = r == 0 ? read_refers(call, db, &reward, err) : r;
	if (r != 0)
		return r;
	if (says_stock(call) && !is_new)
		return call_usage(call, _("the stock of one that is there: reward stock CODE N"));
	reward.is_counted = reward.is_counted || says_stock(call);
	TRY(reward_set(db, &act, &reward, &id, err));
	return tell(call, db, id, err);
}

static int end(struct call *call, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	struct act act;
	struct db *db;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(reward_by_code(db, call_operand(call, 0), &reward, err));
	TRY(reward_end(db, &act, reward.id, err));
	return tell(call, db, reward.id, err);
}

static int resume(struct call *call, struct err *err)
{
	CLEANUP(reward_list_finish) struct reward_list ended = { 0 };
	struct act act;
	struct db *db;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(rewards_ended(db, &ended, err));
	for (int i = 0; i < ended.count; i++)
		if (strcmp(ended.rows[i].code, call_operand(call, 0)) == 0) {
			TRY(reward_resume(db, &act, ended.rows[i].id, err));
			return tell(call, db, ended.rows[i].id, err);
		}
	return err_set(err, ERR_NOT_FOUND, REASON(REWARD_UNKNOWN));
}

static int stock(struct call *call, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	long long count;
	struct act act;
	struct db *db;

	TRY(text_integer(call_operand(call, 1), "stock", 0, REWARD_STOCK_MAX, &count, err));
	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(reward_by_code(db, call_operand(call, 0), &reward, err));
	TRY(reward_stock(db, &act, reward.id, count, err));
	return tell(call, db, reward.id, err);
}

static const struct verb_option set_options[] = {
	{ "title", N_("TITLE"), N_("The consumable whose stock it is taken from") },
	{ "body", "body:N", N_("The merchant who gives it") },
	{ 0 },
};

const struct verb reward_set_verbs[] = {
	{
		.name = "reward set",
		.usage = N_("CODE KEY=VALUE…"),
		.help = N_(
			"Add a reward, or change one: name, kind, points, fen (in yuan), stock …"),
		.min = 2,
		.max = -1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = set_options,
		.run = set,
	},
	{
		.name = "reward end",
		.usage = N_("CODE"),
		.help = N_("Give a reward no more"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = end,
	},
	{
		.name = "reward resume",
		.usage = N_("CODE"),
		.help = N_("Give a reward again that had ended"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = resume,
	},
	{
		.name = "reward stock",
		.usage = N_("CODE N"),
		.help = N_("Say how many there are, counted afresh"),
		.min = 2,
		.max = 2,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = stock,
	},
	{ 0 },
};
