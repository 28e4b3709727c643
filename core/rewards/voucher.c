#include "core/rewards/voucher.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/rewards/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"
#include "core/store/secret.h"

#define VOUCHER_SELECT                                                          \
	"SELECT voucher.id AS id, redemption, reward, reward.body AS body,"     \
	" expires_at, used_at, undone_at IS NOT NULL AS is_undone FROM voucher" \
	" JOIN redemption ON redemption.id = voucher.redemption"                \
	" JOIN reward ON reward.id = redemption.reward"

static const struct column voucher_columns[] = {
	COLUMN(struct voucher, id),
	COLUMN(struct voucher, redemption),
	COLUMN(struct voucher, reward),
	COLUMN(struct voucher, body),
	COLUMN(struct voucher, expires_at),
	COLUMN(struct voucher, used_at),
	COLUMN(struct voucher, is_undone),
};
static const struct row_type voucher_rows = ROW_TYPE(struct voucher, voucher_columns);

int voucher_of(struct db *db, int64_t redemption, struct voucher *ret, struct err *err)
{
	return row_find(db, &voucher_rows, VOUCHER_SELECT " WHERE redemption = :redemption",
		FIELDS(F_INT("redemption", redemption)), ret, err);
}

int voucher_by_code(struct db *db, const struct code *code, struct voucher *ret, struct err *err)
{
	int64_t redemption;

	TRY(secret_subject(db, code, &redemption, err));
	int r = voucher_of(db, redemption, ret, err);
	if (r < 0)
		return r;
	return r ? 0 : err_set(err, ERR_NOT_FOUND, REASON(CODE_OUTDATED));
}

int voucher_issue(struct acting *a, int64_t redemption, int64_t valid_days, struct err *err)
{
	return act_insert(a, "voucher",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("redemption", redemption),
			/* The whole of its last day. */
			F_INT("expires_at",
				when_day_start(day_add(when_day(a->now), (int)valid_days + 1)))),
		err);
}

int voucher_code(struct db *db, const struct act *act, int64_t redemption,
	char ret_text[CODE_TEXT_MAX], struct err *err)
{
	struct voucher voucher;

	int r = voucher_of(db, redemption, &voucher, err);
	if (r < 0)
		return r;
	if (r > 0 && !voucher.used_at && !voucher.is_undone)
		return secret_issue(db, act, CODE_VOUCHER, redemption, ret_text, err);
	ret_text[0] = '\0';
	return 0;
}

static int check(const struct voucher *voucher, int64_t now, struct err *err)
{
	struct err refusal = { 0 };

	if (voucher->used_at)
		err_refuse(&refusal, REASON(VOUCHER_USED, .n1 = voucher->used_at));
	if (now >= voucher->expires_at)
		err_refuse(&refusal, REASON(VOUCHER_EXPIRED, .n1 = voucher->expires_at - 1));
	if (voucher->is_undone)
		err_refuse(&refusal, REASON(VOUCHER_UNDONE));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

int voucher_use(struct db *db, const struct act *act, const struct code *code, struct voucher *ret,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct voucher voucher;

	TRY(voucher_by_code(db, code, &voucher, err));
	TRY(act_begin(&a, db, act, ACT_VOUCHER_USE, FIELDS(F_INT("voucher", voucher.id)), err));
	if (!a.is_repeat) {
		TRY(check(&voucher, a.now, err));
		voucher.used_at = a.now;
		TRY(act_update(&a, "voucher", voucher.id, FIELDS(F_INT("used_at", a.now)), err));
		act_set_subject(&a, voucher.redemption, act->resident);
		TRY(act_commit(&a, voucher.id, err));
	}
	*ret = voucher;
	return 0;
}
