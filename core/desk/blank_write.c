#include "core/desk/blank_write.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_check.h"
#include "core/items/reasons.h"
#include "core/site/reasons.h"
#include "core/store/reasons.h"
#include "core/venues/session_enter.h"

/* True if every objection is one that a volunteer may override. */
static bool may_be_excepted(const struct err *refusal)
{
	for (int i = 0; i < refusal->reason_count; i++)
		if (!loan_reason_is_overridable(refusal->reasons[i].code))
			return false;
	return refusal->code == ERR_REFUSED;
}

static int lend(struct db *db, const struct act *act, const struct blank_written *written,
	int64_t item, struct blank_entry *ret, struct err *err)
{
	const struct loan_request request = { .item = item, .resident = written->resident };
	struct act lending = *act;
	struct err refusal = { 0 };

	int r = loan_check(db, act, &request, act->occurred_at, NULL, &refusal);
	lending.is_override = r < 0 && may_be_excepted(&refusal);
	return loan_open(db, &lending, &request, &ret->loan, err);
}

static int take_back(struct db *db, const struct act *act, int64_t item, struct blank_entry *ret,
	struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	struct act returning = *act;

	int r = loan_open_of_item(db, item, &loan, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_REFUSED, REASON(ITEM_NOT_OUT));
	ret->loan = loan.id;
	returning.resident = 0;
	return loan_return(db, &returning, loan.id, 0, err);
}

/* A slip has several things on it: says which of them the reason is about. */
static int name_item(struct db *db, int64_t id, int r, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	char number[ITEM_NUMBER_SIZE];
	struct err ignored = { 0 };

	if (r != ERR_REFUSED || item_get(db, id, &item, &ignored) < 0)
		return r;
	item_number_format(item.number, number);
	CLEANUP(mem_free) char *text = mem_printf("%s %s", number, item.name);
	err_refuse(err, REASON_TEXT(BLANK_LINE, text));
	return r;
}

static int write_items(struct db *db, const struct act *act, const struct blank *blank,
	const struct blank_written *written, struct blank_entry *entries, struct err *err)
{
	for (int i = 0; i < written->item_count; i++) {
		int64_t item = written->items[i];
		int r = blank->use == BLANK_LEND ? lend(db, act, written, item, &entries[i], err)
						 : take_back(db, act, item, &entries[i], err);
		if (r < 0)
			return name_item(db, item, r, err);
	}
	return 0;
}

static int write_room(struct db *db, const struct act *act, const struct blank_written *written,
	struct blank_entry *ret, struct err *err)
{
	const struct session_past past = { .venue = written->venue,
		.resident = written->resident,
		.people = written->people,
		.in_at = written->at,
		.out_at = written->until_at };

	return session_enter(db, act, &past, &ret->session, err);
}

/* Everything in the transaction that is open. Each line is a separate intention: `act` with its key
 * belongs to the slip, which stands for all of it. */
static int write_all(struct db *db, const struct act *act, const struct blank *blank,
	const struct blank_written *written, struct err *err)
{
	bool is_room = blank->use == BLANK_ROOM;
	int count = is_room ? 1 : written->item_count;
	CLEANUP(mem_free)
	struct blank_entry *entries = mem_alloc((size_t)(count + 1) * sizeof(*entries));
	struct act line = *act;

	line.occurred_at = written->at;
	memset(line.key, 0, sizeof(line.key));
	if (is_room)
		TRY(write_room(db, &line, written, entries, err));
	else
		TRY(write_items(db, &line, blank, written, entries, err));
	return blank_enter(db, act, blank->id, entries, count, err);
}

/* Checked first: a slip that was entered is not entered again. */
static int check_blank(struct db *db, int64_t id, struct err *err)
{
	struct blank blank;

	TRY(blank_get(db, id, &blank, err));
	if (blank.entered_at)
		return err_set(err, ERR_REFUSED,
			REASON(BLANK_ENTERED, .n1 = blank.number, .n2 = blank.entered_at));
	return 0;
}

/* A commit that failed half-way: the slip's key tells whether it happened. */
static int settle(struct db *db, int r, const struct act *act, struct err *err)
{
	int64_t ignored;

	if (r != ERR_UNSURE)
		return r;
	int found = act_recheck(db, act->key, &ignored, err);
	if (found == 1)
		return 0;
	return found < 0 ? found : err_set(err, ERR_STORAGE, REASON(STORE_UNSURE));
}

int blank_write(struct db *db, const struct act *act, const struct blank *blank,
	const struct blank_written *written, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct act slip = *act;

	slip.occurred_at = 0;
	slip.resident = written->resident;
	act_new_key(slip.key);
	TRY(txn_begin(&t, db, err));
	TRY(check_blank(db, blank->id, err));
	TRY(write_all(db, &slip, blank, written, err));
	return settle(db, txn_commit(&t, err), &slip, err);
}
