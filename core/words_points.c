#include "core/words_points.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/duty/honour.h"
#include "core/duty/service_hours.h"
#include "core/words.h"
#include "core/words_fill.h"

/* Sorted by kind; where the two sides need different words, what each of them reads. */
static const struct {
	const char *kind, *words, *gets, *gives;
} kinds[] = {
	{ "donate", N_("given to the common pool"), NULL, NULL },
	{ "donation", N_("for a donation"), NULL, NULL },
	{ "earn", N_("earned by service"), NULL, N_("for a neighbour's help") },
	{ "expiry", N_("expired"), NULL, NULL },
	{ "freeze", N_("deposit"), NULL, NULL },
	{ "gift", N_("gift"), N_("given by somebody"), N_("given to somebody") },
	{ "merge", N_("from another number of the same person"), NULL, NULL },
	{ "opening", N_("carried over"), NULL, NULL },
	{ "redeem", N_("reward"), N_("redeemed by customers"), NULL },
	{ "release", N_("deposit back"), NULL, NULL },
	{ "reversal", N_("put right"), NULL, NULL },
	{ "sale", N_("bought at the charity sale"), NULL, NULL },
	{ "settle", N_("settled with the merchant"), NULL, NULL },
	{ "spend", N_("spent"), NULL, NULL },
	{ "swap", N_("swap"), NULL, NULL },
};

const char *words_transfer_kind(const char *kind)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return _(kinds[i].words);
	return kind;
}

const char *words_transfer_side(const struct statement_line *line, struct holder whose)
{
	bool is_system = !whose.resident && !whose.body;

	for (size_t i = 0; i < ARRAY_LEN(kinds) && !is_system; i++) {
		const char *side = line->amount.n > 0 ? kinds[i].gets : kinds[i].gives;
		if (side && strcmp(kinds[i].kind, line->kind) == 0)
			return _(side);
	}
	return words_transfer_kind(line->kind);
}

static const char *const bodies_[] = {
	[BODY_TEAM] = N_("volunteer team"),
	[BODY_PARTY_BRANCH] = N_("party branch"),
	[BODY_ORGANISATION] = N_("organisation"),
	[BODY_MERCHANT] = N_("merchant"),
};
static_assert(ARRAY_LEN(bodies_) == BODY_KIND_COUNT, "a word for each");

const char *words_body_kind(enum body_kind kind)
{
	return _(bodies_[kind]);
}

static const char *const sources[] = {
	[EARN_SHIFT] = N_("shift"),
	[EARN_ACTIVITY] = N_("activity"),
	[EARN_SKILL] = N_("help between neighbours"),
	[EARN_DONATION] = N_("donation"),
	[EARN_ACT] = N_("other good deed"),
};
static_assert(ARRAY_LEN(sources) == EARN_SOURCE_COUNT, "a word for each");

const char *words_earn_source(enum earn_source source)
{
	return _(sources[source]);
}

static const char *const approvers[] = {
	[EARN_BY_NONE] = N_("given at once"),
	[EARN_BY_VOLUNTEER] = N_("a volunteer approves"),
	[EARN_BY_COORDINATOR] = N_("the coordinator approves"),
};
static_assert(ARRAY_LEN(approvers) == EARN_APPROVER_COUNT, "a word for each");

const char *words_earn_approver(enum earn_approver who)
{
	return _(approvers[who]);
}

static const char *const payers[] = {
	[EARN_FROM_ISSUE] = N_("issued"),
	[EARN_FROM_POOL] = N_("from the common pool"),
	[EARN_FROM_ASKER] = N_("from the neighbour who is helped"),
};
static_assert(ARRAY_LEN(payers) == EARN_PAYER_COUNT, "a word for each");

const char *words_earn_payer(enum earn_payer payer)
{
	return _(payers[payer]);
}

static const char *const reward_kinds[] = {
	[REWARD_GOODS] = N_("goods"),
	[REWARD_SERVICE] = N_("service"),
	[REWARD_ROOM] = N_("use of a room"),
	[REWARD_ACTIVITY] = N_("place in an activity"),
	[REWARD_VOUCHER] = N_("merchant's voucher"),
};
static_assert(ARRAY_LEN(reward_kinds) == REWARD_KIND_COUNT, "a word for each");

const char *words_reward_kind(enum reward_kind kind)
{
	return _(reward_kinds[kind]);
}

static const char *const stars_[] = { "—", "★", "★★", "★★★", "★★★★", "★★★★★" };
static const char *const star_ranks[] = {
	"",
	N_("one-star volunteer"),
	N_("two-star volunteer"),
	N_("three-star volunteer"),
	N_("four-star volunteer"),
	N_("five-star volunteer"),
};
static_assert(ARRAY_LEN(stars_) == HONOUR_STARS_MAX + 1, "marks for each");
static_assert(ARRAY_LEN(star_ranks) == HONOUR_STARS_MAX + 1, "words for each");

const char *words_stars(int stars)
{
	return stars_[stars];
}

const char *words_star_rank(int stars)
{
	return stars ? _(star_ranks[stars]) : "";
}

/* ---- sentences ---- */

char *words_served(int64_t minutes)
{
	int stars = service_stars((struct minutes){ minutes });
	CLEANUP(mem_free) char *hours = words_duration(minutes);

	return stars ? FILL(_("Service hours: %1$s %2$s"), hours, words_stars(stars))
		     : FILL(_("Service hours: %1$s"), hours);
}

char *words_points(int64_t points)
{
	CLEANUP(mem_free) char *number = mem_printf("%lld", (long long)points);

	return FILL(P_("%1$s point", "%1$s points", points < 0 ? -points : points), number);
}

/* Takes over `more`; both separated by the language's comma. */
static void join(char **text, char *more)
{
	CLEANUP(mem_free) char *before = *text;
	CLEANUP(mem_free) char *after = more;

	*text = *before ? FILL(_("%1$s, %2$s"), before, after) : mem_text(after);
}

static void join_weight(char **text, const char *format, int64_t percent)
{
	CLEANUP(mem_free) char *times = mem_printf("%g", (double)percent / 100);

	if (percent > 100)
		join(text, FILL(format, times));
}

static void join_points(char **text, const char *format, int64_t points)
{
	CLEANUP(mem_free) char *shown = words_points(points);

	if (points)
		join(text, FILL(format, shown));
}

char *words_earn_terms(const struct earn_rule *rule)
{
	char *text = mem_text("");

	join_points(&text, rule->per == EARN_PER_HOUR ? _("%1$s an hour") : _("%1$s each time"),
		rule->points);
	join_points(&text, _("at most %1$s at one go"), rule->cap_once);
	join_points(&text, _("at most %1$s a day"), rule->cap_day);
	join_weight(&text, _("at night %1$s times"), rule->night_percent);
	join_weight(&text, _("on holidays %1$s times"), rule->holiday_percent);
	if (rule->payer != EARN_FROM_ISSUE)
		join(&text, mem_text(words_earn_payer(rule->payer)));
	if (rule->approver != EARN_BY_NONE)
		join(&text, mem_text(words_earn_approver(rule->approver)));
	return text;
}

char *words_price(const struct reward *reward)
{
	CLEANUP(mem_free) char *points = words_points(reward->points);
	CLEANUP(mem_free) char *yuan = money_text(reward->fen);

	if (!reward->fen)
		return TAKE(points);
	return reward->points ? FILL(_("%1$s, or %2$s yuan for the fund"), points, yuan)
			      : FILL(_("%1$s yuan for the fund"), yuan);
}

static void join_number(char **text, const char *format, int64_t n)
{
	CLEANUP(mem_free) char *number = mem_printf("%lld", (long long)n);

	join(text, FILL(format, number));
}

char *words_reward_terms(const struct reward *reward)
{
	char *text = mem_text("");

	if (reward->service_minutes) {
		CLEANUP(mem_free) char *time = words_duration(reward->service_minutes);
		join(&text, FILL(_("after %1$s of service"), time));
	}
	if (reward->month_limit)
		join_number(&text, _("%1$s a person and month"), reward->month_limit);
	if (reward->valid_days)
		join_number(&text, _("good for %1$s days"), reward->valid_days);
	if (reward->is_counted)
		join_number(&text, _("%1$s left"), reward->stock);
	return text;
}

static const char *const accounts[] = {
	[ACCOUNT_ISSUE] = N_("issued"),
	[ACCOUNT_REDEEMED] = N_("redeemed"),
	[ACCOUNT_POOL] = N_("public welfare pool"),
	[ACCOUNT_FROZEN] = N_("frozen deposits"),
	[ACCOUNT_EXPIRED] = N_("expired"),
	[ACCOUNT_ADJUST] = N_("adjustments"),
	[ACCOUNT_MERCHANT] = N_("merchants"),
};
static_assert(ARRAY_LEN(accounts) == SYSTEM_ACCOUNT_COUNT, "a word for each account");

const char *words_system_account(enum system_account which)
{
	assert((unsigned)which < SYSTEM_ACCOUNT_COUNT);
	return _(accounts[which]);
}
