#include "core/points/posting.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/account_row.h"
#include "core/points/lot_within.h"
#include "core/points/reasons.h"
#include "core/store/acting.h"

int posting_check(const struct transfer_draft *draft, struct err *err)
{
	int64_t sum = 0;

	for (int i = 0; i < draft->posting_count; i++) {
		int64_t n = draft->postings[i].amount.n;
		if (n == 0 || n > POINTS_MAX || n < -POINTS_MAX)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
		sum += n;
	}
	if (sum != 0 || draft->posting_count < 2)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "sum"));
	return 0;
}

static struct holder holder_of(const struct posting *p)
{
	return (struct holder){ p->resident, p->body, p->system };
}

static int check_floor(
	const struct account *account, int64_t amount, bool is_covered, struct err *err)
{
	int64_t floor = is_covered ? 0 : account->floor;

	if (!account->has_floor || amount > 0 || account->balance + amount >= floor)
		return 0;
	return err_set(err, ERR_REFUSED,
		REASON(POINTS_SHORT, .n1 = -amount, .n2 = account->balance - floor));
}

/* An entry moves its account's balance: the schema does that. */
static int post_one(struct acting *a, int64_t transfer, const struct posting *p,
	const struct posting_more *more, struct lots *lots, struct err *err)
{
	struct account account;
	int64_t entry;

	TRY(account_on_demand(a, holder_of(p), &account, err));
	TRY(check_floor(&account, p->amount.n, more->is_covered, err));
	entry = act_new_id(a);
	TRY(act_insert(a, "entry",
		FIELDS(F_INT("id", entry), F_INT("transfer", transfer),
			F_INT("account", account.id), F_INT("amount", p->amount.n)),
		err));
	if (account.is_system || (more->is_undated && p->amount.n > 0))
		return 0;
	return lots_move(a, lots, &account, entry, p->amount, err);
}

static bool is_same(const struct posting *a, const struct posting *b)
{
	return a->resident == b->resident && a->body == b->body &&
	       (a->resident || a->body || a->system == b->system);
}

/* One entry per account: an account on both sides gives or gets the difference. */
struct netted {
	struct posting *rows;
	int count;
};

static void netted_finish(struct netted *netted)
{
	free(netted->rows);
}

static struct netted net(const struct transfer_draft *draft)
{
	struct netted netted = { .rows = mem_alloc(
					 (size_t)draft->posting_count * sizeof(*netted.rows)) };

	for (int i = 0; i < draft->posting_count; i++) {
		const struct posting *p = &draft->postings[i];
		int at = 0;
		while (at < netted.count && !is_same(&netted.rows[at], p))
			at++;
		if (at == netted.count)
			netted.rows[netted.count++] = *p;
		else
			netted.rows[at].amount.n += p->amount.n;
	}
	return netted;
}

/* From somebody to themselves is no transfer. */
static bool is_nothing(const struct netted *netted)
{
	for (int i = 0; i < netted->count; i++)
		if (netted->rows[i].amount.n)
			return false;
	return true;
}

static bool is_issued(const struct netted *netted)
{
	for (int i = 0; i < netted->count; i++) {
		const struct posting *p = &netted->rows[i];
		if (p->amount.n < 0 && (p->resident || p->body))
			return false;
	}
	return true;
}

int posting_do(struct acting *a, const struct transfer_draft *draft,
	const struct posting_more *more, int64_t *ret_id, struct err *err)
{
	TRY(posting_check(draft, err));
	CLEANUP(netted_finish) struct netted netted = net(draft);
	if (is_nothing(&netted))
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
	CLEANUP(lots_finish)
	struct lots lots = {
		.restores = more->restores, .first = more->lot, .is_issued = is_issued(&netted)
	};
	int64_t id = act_new_id(a);

	/* Postings and expiry use recorded_at, whenever the act is said to have occurred. */
	TRY(act_insert(a, "transfer",
		FIELDS(F_INT("id", id), F_INT("at", a->now), F_TEXT("kind", draft->kind),
			F_ID("reverses", more->reverses)),
		err));
	/* Givers come before receivers: the schema requires it, and lots move in that order. */
	for (int side = -1; side <= 1; side += 2)
		for (int i = 0; i < netted.count; i++)
			if (netted.rows[i].amount.n * side > 0)
				TRY(post_one(a, id, &netted.rows[i], more, &lots, err));
	*ret_id = id;
	return 0;
}

int posting_move(struct acting *a, const char *kind, struct holder from, struct holder to,
	struct points amount, const struct posting_more *more, int64_t *ret_id, struct err *err)
{
	const struct posting postings[] = {
		{ from.resident, from.body, from.system, POINTS(-amount.n) },
		{ to.resident, to.body, to.system, amount },
	};
	const struct transfer_draft draft = { kind, postings, (int)ARRAY_LEN(postings) };

	return posting_do(a, &draft, more, ret_id, err);
}
