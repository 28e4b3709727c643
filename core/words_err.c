/* A whole err in words: its heading, and all of its reasons. */
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/reasons.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/points/reasons.h"
#include "core/venues/reasons.h"
#include "core/words.h"
#include "core/words_fill.h"

/* The text of an err without reasons. */
static const struct {
	enum err_code code;
	const char *sentence;
} unnamed[] = {
	{ ERR_NOT_FOUND, N_("What was named does not exist") },
	{ ERR_REFUSED, N_("A rule does not allow this") },
	{ ERR_INVALID, N_("What came in is not well formed") },
	{ ERR_BUSY, N_("Another program is writing just now") },
	{ ERR_STORAGE, N_("The database or the disk has a problem") },
	{ ERR_DEVICE, N_("A device has a problem") },
	{ ERR_UNSURE, N_("It is not certain whether this was kept") },
};

static char *words_of_code(enum err_code code)
{
	for (size_t i = 0; i < ARRAY_LEN(unnamed); i++)
		if (unnamed[i].code == code)
			return mem_text(_(unnamed[i].sentence));
	return mem_text("");
}

char *words_err(const struct err *err, int64_t now)
{
	if (err->reason_count == 0)
		return words_of_code(err->code);
	char *lines = words_reason_line(&err->reasons[0], now);
	for (int i = 1; i < err->reason_count; i++) {
		CLEANUP(mem_free) char *before = lines;
		CLEANUP(mem_free) char *line = words_reason_line(&err->reasons[i], now);
		lines = mem_printf("%s\n%s", before, line);
	}
	return lines;
}

/* The reasons follow below: the heading tells at once whether to come back, to look again, or to
 * ask. */
static const int passing[] = {
	REASON_ITEM_OUT_OTHER,
	REASON_ITEM_MAINTENANCE,
	REASON_ITEM_MISSING,
	REASON_ITEM_TURNAROUND,
	REASON_ITEM_RESTING,
	REASON_ITEM_CHECK,
	REASON_ITEM_HELD,
	REASON_STOCK_OUT,
	REASON_OVERDUE_ASK,
	REASON_OVERDUE_BLOCK,
	REASON_SUSPENDED,
	REASON_LIMIT_TOTAL,
	REASON_LIMIT_CATEGORY,
	REASON_DEPOSIT_SHORT,
	REASON_POINTS_SHORT,
	REASON_RENEW_TOO_EARLY,
	REASON_RENEW_OVERDUE,
	REASON_RENEW_WAITED,
	REASON_RENEW_RECALLED,
	REASON_VENUE_FULL,
	REASON_VENUE_CLOSED,
	REASON_VENUE_BLACKOUT,
	REASON_VENUE_BOOKED,
	REASON_VENUE_OPENS,
	REASON_VENUE_SHUT,
	REASON_BOOKING_EARLY,
	REASON_BOOKING_AHEAD,
	REASON_SHIFT_NOT_NOW,
	REASON_SHIFT_NOT_STARTED,
	REASON_PIN_LOCKED,
};

static const int unread[] = { REASON_CODE_FOREIGN, REASON_CODE_PAYMENT, REASON_CODE_DAMAGED,
	REASON_CODE_WRONG_TYPE };

static bool is_among(int code, const int *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (codes[i] == code)
			return true;
	return false;
}

const char *words_refusal(const struct err *err)
{
	int first = err->reason_count ? err->reasons[0].code : REASON_NONE;

	if (err->code == ERR_BUSY || is_among(first, passing, ARRAY_LEN(passing)))
		return _("Not now");
	if (err->code == ERR_NOT_FOUND || is_among(first, unread, ARRAY_LEN(unread)))
		return _("Not recognised");
	return _("It was not done");
}
