/* The demo's rules for earning, its rewards, and the bodies that hold points. */
#include "core/base/mem.h"
#include "core/points/body.h"
#include "core/points/earn_rule.h"
#include "core/points/ledger.h"
#include "core/rewards/reward.h"
#include "tui/verbs/init/demo_model.h"
#include "tui/verbs/tsv.h"

static int load_body(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	enum body_kind kind;
	int64_t id, points, transfer;

	TRY(body_kind_named(tsv_text(t, "kind"), &kind, err));
	TRY(body_add(d->db, &d->act, kind, tsv_text(t, "name"), &id, err));
	TRY(tsv_number(t, "points", 0, &points, err));
	if (points == 0)
		return 0;
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-points) },
		{ .body = id, .amount = POINTS(points) } };
	const struct transfer_draft draft = { "opening", postings, ARRAY_LEN(postings) };
	return transfer_post(d->db, &d->act, &draft, &transfer, err);
}

static int load_rule(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	int source = earn_source_named(tsv_text(t, "source"));
	int per = earn_per_named(tsv_text(t, "per"));
	int approver = earn_approver_named(tsv_text(t, "approver"));
	int payer = earn_payer_named(tsv_text(t, "payer"));
	int64_t id;

	if (source < 0 || per < 0 || approver < 0 || payer < 0)
		return tsv_fault(t, "source", err);
	struct earn_rule rule = {
		.code = (char *)tsv_text(t, "code"),
		.name = (char *)tsv_text(t, "name"),
		.source = (enum earn_source)source,
		.per = (enum earn_per)per,
		.approver = (enum earn_approver)approver,
		.payer = (enum earn_payer)payer,
	};
	TRY(tsv_number(t, "points", 0, &rule.points, err));
	TRY(tsv_number(t, "cap_day", 0, &rule.cap_day, err));
	TRY(tsv_number(t, "cap_once", 0, &rule.cap_once, err));
	TRY(tsv_number(t, "night", 100, &rule.night_percent, err));
	TRY(tsv_number(t, "holiday", 100, &rule.holiday_percent, err));
	return earn_rule_set(d->db, &d->act, &rule, &id, err);
}

static int merchant_named(struct db *db, const char *name, int64_t *ret, struct err *err)
{
	return db_integer(db, "SELECT id FROM body WHERE name = :name",
		FIELDS(F_TEXT("name", name)), 0, ret, err);
}

static int load_reward(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	int kind = reward_kind_named(tsv_text(t, "kind"));
	int64_t id;

	if (kind < 0)
		return tsv_fault(t, "kind", err);
	struct reward reward = {
		.code = (char *)tsv_text(t, "code"),
		.name = (char *)tsv_text(t, "name"),
		.kind = (enum reward_kind)kind,
		.is_counted = *tsv_text(t, "stock") != '\0',
	};
	TRY(tsv_number(t, "points", 0, &reward.points, err));
	TRY(tsv_number(t, "fen", 0, &reward.fen, err));
	TRY(tsv_number(t, "stock", 0, &reward.stock, err));
	TRY(tsv_number(t, "minutes", 0, &reward.service_minutes, err));
	TRY(tsv_number(t, "month", 0, &reward.month_limit, err));
	TRY(tsv_number(t, "days", 0, &reward.valid_days, err));
	TRY(merchant_named(d->db, tsv_text(t, "merchant"), &reward.body, err));
	return reward_set(d->db, &d->act, &reward, &id, err);
}

int demo_points(struct demo *d, struct err *err)
{
	TRY(tsv_each("demo/bodies.tsv", load_body, d, err));
	TRY(tsv_each("demo/earn_rules.tsv", load_rule, d, err));
	return tsv_each("demo/rewards.tsv", load_reward, d, err);
}
