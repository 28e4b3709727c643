#include "core/store/clock_doubt.h"

#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/db.h"
#include "core/store/internal.h"

#define DAY_SECONDS   (24 * 60 * 60)
#define SLACK_SECONDS 60

/* What is allowed while the clock is doubted: returning things, undoing what was just done, and
 * what cannot wait, such as revoking a lost card or changing a PIN that others know. */
static const enum act_kind allowed[] = {
	ACT_LOAN_RETURN,
	ACT_RETURN_VOID,
	ACT_LOAN_VOID,
	ACT_LOAN_REPORT,
	ACT_ITEM_LOOK,
	ACT_MESSAGE_READ,
	ACT_CARD_REVOKE,
	ACT_STAFF_PIN,
	ACT_STAFF_LEAVE,
	ACT_SETTING_SET,
};

static bool is_allowed(enum act_kind kind)
{
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (allowed[i] == kind)
			return true;
	return false;
}

void db_watch_clock(struct db *db, int far_days)
{
	db->far_seconds = (int64_t)far_days * DAY_SECONDS;
}

static enum clock_doubt compare(const struct db *db, int64_t last_at, int64_t now)
{
	if (db->far_seconds == 0 || last_at == 0)
		return CLOCK_SURE;
	if (now < last_at - SLACK_SECONDS)
		return CLOCK_BEHIND;
	return now > last_at + db->far_seconds ? CLOCK_AHEAD : CLOCK_SURE;
}

int db_clock_doubt(struct db *db, enum clock_doubt *ret, int64_t *ret_last_at, struct err *err)
{
	int64_t last_at;

	TRY(db_integer(db, "SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1", NO_FIELDS,
		0, &last_at, err));
	*ret = compare(db, last_at, db_now(db));
	if (ret_last_at)
		*ret_last_at = last_at;
	return 0;
}

int store_check_clock(struct acting *a, enum act_kind kind, struct err *err)
{
	const int64_t last_at = a->db->head.at;
	enum clock_doubt doubt = compare(a->db, last_at, a->now);

	if (doubt == CLOCK_SURE || kind == ACT_CLOCK_ACCEPT)
		return 0;
	if (!is_allowed(kind))
		return err_set(err, ERR_REFUSED,
			doubt == CLOCK_BEHIND ? REASON(CLOCK_BEHIND, .n1 = last_at)
					      : REASON(CLOCK_AHEAD, .n1 = last_at));
	/* What is certain is that it was not earlier than that. Nobody is late because of a flat
	 * battery. */
	a->now = last_at;
	a->at = a->at < last_at && a->act->occurred_at ? a->at : last_at;
	return 0;
}
