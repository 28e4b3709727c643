/* Why something was refused or failed, as a code with typed arguments.
 *
 * Below the screens nobody writes sentences: core/words.c turns a reason into one, with what would
 * cure it, for screens, papers and verbs alike. The order here is the order in which a refusal's
 * reasons are shown (rules.md, Scanning 6), so a person always reads them in the same sequence.
 *
 * REASONS(X) lists X(name, args): args names the arguments in order, one letter each:
 *   i integer (n1, then n2)   t instant, UTC seconds (n1, then n2)   s text   - none */
#pragma once

#include <stdint.h>

#define REASONS(X)                          \
	/* what was read or typed */        \
	X(CODE_FOREIGN, "-")                \
	X(CODE_PAYMENT, "-")                \
	X(CODE_DAMAGED, "-")                \
	X(CODE_WRONG_TYPE, "s")             \
	X(TEXT_EMPTY, "s")                  \
	X(TEXT_TOO_LONG, "si")              \
	X(TEXT_NOT_UTF8, "s")               \
	X(TEXT_CONTROL, "s")                \
	X(NUMBER_BAD, "s")                  \
	X(WORD_BAD, "s")                    \
	X(DATE_BAD, "s")                    \
	X(PHONE_BAD, "s")                   \
	X(SETTING_UNKNOWN, "s")             \
	X(SETTING_BAD, "s")                 \
	X(HOURS_BAD, "i")                   \
	X(STAFF_CODE_BAD, "s")              \
	/* who */                           \
	X(CARD_UNKNOWN, "-")                \
	X(CARD_REVOKED, "-")                \
	X(CARD_NONE, "-")                   \
	X(RESIDENT_UNKNOWN, "-")            \
	X(RESIDENT_LEFT, "-")               \
	X(RESIDENT_NO_CONSENT, "-")         \
	X(NUMBER_TAKEN, "i")                \
	X(HOUSEHOLD_UNKNOWN, "-")           \
	X(STAFF_UNKNOWN, "s")               \
	X(STAFF_EXISTS, "s")                \
	X(PIN_WRONG, "i")                   \
	X(PIN_LOCKED, "t")                  \
	X(PIN_SHAPE, "i")                   \
	X(PIN_WEAK, "-")                    \
	X(PIN_NONE, "-")                    \
	X(TOKEN_WRONG, "-")                 \
	X(STAFF_NOT_SERVICE, "s")           \
	X(ROLE_NEEDED, "i")                 \
	X(PERSON_EXISTS, "i")               \
	X(RESIDENT_HAS_LOANS, "i")          \
	X(MESSAGE_UNKNOWN, "-")             \
	/* the thing */                     \
	X(ITEM_UNKNOWN, "-")                \
	X(ITEM_OUT_SAME_VISIT, "-")         \
	X(ITEM_OUT_SELF, "t")               \
	X(ITEM_OUT_OTHER, "t")              \
	X(ITEM_NOT_OUT, "-")                \
	X(ITEM_SEVERAL, "-")                \
	X(ITEM_MAINTENANCE, "-")            \
	X(ITEM_MISSING, "-")                \
	X(ITEM_RETIRED, "-")                \
	X(ITEM_TURNAROUND, "t")             \
	X(ITEM_RESTING, "-")                \
	X(ITEM_NOT_FOR_LOAN, "-")           \
	X(ITEM_EXPIRED, "t")                \
	X(ITEM_UNINSPECTED, "t")            \
	X(ITEM_APPROVAL, "-")               \
	X(ITEM_IN_KIT, "i")                 \
	X(ITEM_CONSUMABLE, "-")             \
	X(STOCK_OUT, "-")                   \
	X(STOCK_SHORT, "i")                 \
	X(STOCK_NONE, "-")                  \
	X(ITEM_ONSITE, "-")                 \
	X(ITEM_EXPIRES_SOON, "t")           \
	X(ITEM_INSPECT_SOON, "t")           \
	X(KIT_INCOMPLETE, "i")              \
	X(KIT_NESTED, "-")                  \
	X(KIT_NOT_IN, "-")                  \
	X(PART_TOO_MANY, "i")               \
	X(OWNER_TWICE, "-")                 \
	X(ITEM_HELD, "-")                   \
	X(ITEM_CHECK, "-")                  \
	X(HOLD_UNKNOWN, "-")                \
	X(HOLD_ENDED, "-")                  \
	X(HOLD_EXISTS, "-")                 \
	X(HOLD_HAS_COPY, "t")               \
	X(HOLD_ON_SHELF, "-")               \
	X(HOLD_NO_COPY, "-")                \
	X(TITLE_UNKNOWN, "-")               \
	X(TITLE_SEVERAL, "s")               \
	X(CATEGORY_UNKNOWN, "s")            \
	X(NAME_EXISTS, "s")                 \
	X(LOAN_UNKNOWN, "-")                \
	X(LOAN_CLOSED, "-")                 \
	X(LOAN_OVERLAPS, "t")               \
	X(LOAN_DIFFERS, "i")                \
	X(LOAN_CLAIMED, "-")                \
	X(RECALL_NOT_EARLIER, "t")          \
	X(ITEM_OWNED, "-")                  \
	X(MOVE_UNKNOWN, "-")                \
	X(PRICE_NONE, "s")                  \
	X(PRICE_FIXED, "-")                 \
	X(VALUE_NONE, "s")                  \
	X(FUND_LINE_UNKNOWN, "-")           \
	X(FUND_REVERSED, "-")               \
	X(BODY_UNKNOWN, "-")                \
	X(TRANSFER_UNKNOWN, "-")            \
	X(TRANSFER_REVERSED, "-")           \
	X(TRANSFER_BOUND, "-")              \
	X(REVERSAL_UNKNOWN, "-")            \
	X(REVERSAL_WAITS, "-")              \
	X(REVERSAL_SETTLED, "-")            \
	X(SECOND_PERSON, "-")               \
	X(OPENING_DIFFERS, "i")             \
	X(FREEZE_UNKNOWN, "-")              \
	X(FREEZE_EXISTS, "-")               \
	X(FREEZE_SETTLED, "-")              \
	X(EARN_RULE_UNKNOWN, "-")           \
	X(EARN_RULE_ENDED, "-")             \
	X(EARNED_ALREADY, "-")              \
	X(EARNING_UNKNOWN, "-")             \
	X(EARNING_SETTLED, "-")             \
	X(SKILL_SERVICE_UNKNOWN, "-")       \
	X(SKILL_SERVICE_ENDED, "-")         \
	X(NOT_A_SIDE, "-")                  \
	X(REWARD_UNKNOWN, "-")              \
	X(REWARD_ENDED, "-")                \
	X(REDEMPTION_UNKNOWN, "-")          \
	X(REDEMPTION_UNDONE, "-")           \
	X(REDEMPTION_LATE, "-")             \
	X(VOUCHER_UNKNOWN, "-")             \
	X(VOUCHER_USED, "t")                \
	X(VOUCHER_EXPIRED, "t")             \
	X(VOUCHER_UNDONE, "-")              \
	X(USE_RIGHT_UNKNOWN, "-")           \
	X(USE_RIGHT_ENDED, "-")             \
	X(TICKET_UNKNOWN, "-")              \
	X(TICKET_EXISTS, "i")               \
	X(TICKET_CLOSED, "-")               \
	X(STOCKTAKE_UNKNOWN, "-")           \
	X(STOCKTAKE_OPEN, "i")              \
	X(STOCKTAKE_CLOSED, "-")            \
	X(VENUE_UNKNOWN, "-")               \
	X(VENUE_FULL, "ii")                 \
	X(VENUE_SIGNED_IN, "t")             \
	X(VENUE_NOT_SIGNED_IN, "-")         \
	X(VENUE_NOT_BOOKABLE, "-")          \
	X(VENUE_CLOSED, "tt")               \
	X(VENUE_BLACKOUT, "ts")             \
	X(VENUE_BOOKED, "tt")               \
	X(BOOKING_UNKNOWN, "-")             \
	X(BOOKING_ENDED, "-")               \
	X(BOOKING_BEGUN, "-")               \
	X(BOOKING_NOT_ASKED, "-")           \
	X(BOOKING_PAST, "-")                \
	X(BOOKING_SOON, "t")                \
	X(BOOKING_FAR, "t")                 \
	X(BOOKING_SHORT, "i")               \
	X(BOOKING_LONG, "i")                \
	X(BOOKING_OFF_SLOT, "tt")           \
	X(BOOKING_PEOPLE, "ii")             \
	X(BOOKING_TAKEN, "tt")              \
	X(BOOKING_CROWDED, "ii")            \
	X(BOOKING_OWN, "tt")                \
	X(BOOKING_FREE, "-")                \
	X(BOOKING_EARLY, "t")               \
	X(BOOKING_UNAPPROVED, "-")          \
	X(BOOKING_RELEASED, "t")            \
	X(SERIES_CONFLICTS, "i")            \
	X(SERIES_UNKNOWN, "-")              \
	X(SESSION_UNKNOWN, "-")             \
	X(BLACKOUT_UNKNOWN, "-")            \
	X(BLACKOUT_BOOKED, "i")             \
	X(EXCEPTION_UNKNOWN, "-")           \
	X(THING_UNKNOWN, "-")               \
	X(THING_OUT, "t")                   \
	X(THING_NOT_OUT, "-")               \
	X(SHIFT_UNKNOWN, "-")               \
	X(SHIFT_NOT_ASSIGNED, "-")          \
	X(SHIFT_ASSIGNED, "-")              \
	X(SHIFT_FULL, "i")                  \
	X(SHIFT_HAS_LEADER, "-")            \
	X(SHIFT_NOT_NOW, "tt")              \
	X(SHIFT_SIGNED_IN, "t")             \
	X(SHIFT_NOT_SIGNED_IN, "-")         \
	X(SHIFT_CANCELLED, "-")             \
	X(SHIFT_OVER, "t")                  \
	X(SHIFT_NOT_STARTED, "t")           \
	X(SHIFT_EXISTS, "-")                \
	X(SHIFT_TYPE_UNKNOWN, "-")          \
	X(DUTY_ROLE_UNKNOWN, "s")           \
	X(VOLUNTEER_UNKNOWN, "-")           \
	X(VOLUNTEER_ENDED, "-")             \
	X(VOLUNTEER_EXEMPT, "s")            \
	X(DUTY_AWAY, "-")                   \
	X(DUTY_OVERLAP, "tt")               \
	X(DUTY_DAY_TAKEN, "t")              \
	X(DUTY_REST, "i")                   \
	X(DUTY_WEEK_FULL, "i")              \
	X(DUTY_MONTH_FULL, "i")             \
	X(DUTY_DAYS_FULL, "i")              \
	X(DUTY_ROLE_LACKING, "s")           \
	X(SIGNUP_NAME_UNKNOWN, "s")         \
	X(SIGNUP_NO, "-")                   \
	X(SIGNUP_TIME_NONE, "-")            \
	X(SIGNUP_OTHER_WEEK, "s")           \
	X(SIGNUP_SHIFT_NONE, "ts")          \
	X(ASSIGNMENT_UNKNOWN, "-")          \
	X(ASSIGNMENT_GONE, "-")             \
	X(ASSIGNMENT_ATTENDED, "t")         \
	X(DUTY_LEAD_TIME, "i")              \
	X(TEAM_UNKNOWN, "-")                \
	X(ROSTER_EMPTY, "-")                \
	X(ROSTER_UNCHANGED, "i")            \
	X(HOURS_UNKNOWN, "-")               \
	X(HONOUR_NONE, "-")                 \
	X(CERTIFICATE_UNKNOWN, "-")         \
	X(HOURS_ALREADY, "-")               \
	X(HOURS_REVERSED, "-")              \
	X(APPROVER_SAME, "-")               \
	X(CLOSURE_UNKNOWN, "-")             \
	X(HOURS_NONE, "i")                  \
	/* the person's standing */         \
	X(OVERDUE_ASK, "ii")                \
	X(OVERDUE_BLOCK, "ii")              \
	X(SUSPENDED, "t")                   \
	X(LIMIT_TOTAL, "ii")                \
	X(LIMIT_CATEGORY, "iis")            \
	X(LIMIT_GIVEN, "ii")                \
	X(QUOTA_WEEK, "ii")                 \
	X(QUOTA_MONTH, "ii")                \
	X(DEPOSIT_SHORT, "ii")              \
	X(POINTS_SHORT, "ii")               \
	X(POINTS_CAP, "i")                  \
	X(NOT_KIN, "-")                     \
	X(SERVICE_FIRST, "ii")              \
	X(REWARD_LIMIT, "ii")               \
	/* renewing, undoing, backdating */ \
	X(RENEW_LIMIT, "i")                 \
	X(RENEW_TOO_EARLY, "t")             \
	X(RENEW_OVERDUE, "-")               \
	X(RENEW_NOT_LATER, "t")             \
	X(RENEW_WAITED, "i")                \
	X(RENEW_RECALLED, "-")              \
	X(UNDO_NOTHING, "-")                \
	X(UNDO_LATER, "-")                  \
	X(UNDO_OTHER_VISIT, "-")            \
	X(UNDO_OTHER_DAY, "-")              \
	X(BACKDATE_BEFORE, "t")             \
	X(BACKDATE_FUTURE, "-")             \
	X(WHY_NEEDED, "-")                  \
	/* the store */                     \
	X(KEY_REUSED, "-")                  \
	X(STORE_MISSING, "s")               \
	X(STORE_EXISTS, "s")                \
	X(STORE_NEWER, "ii")                \
	X(STORE_NOT_OURS, "s")              \
	X(STORE_READ_ONLY, "s")             \
	X(STORE_FULL, "s")                  \
	X(STORE_BUSY, "-")                  \
	X(STORE_DAMAGED, "si")              \
	X(STORE_FAILED, "s")                \
	X(STORE_UNSURE, "-")                \
	X(ZONE_UNKNOWN, "s")                \
	/* files and settings */            \
	X(FILE_MISSING, "s")                \
	X(FILE_UNREADABLE, "s")             \
	X(FILE_UNWRITABLE, "s")             \
	X(FILE_EMPTY, "s")                  \
	X(FILE_TOO_LARGE, "s")              \
	X(FILE_BAD, "s")                    \
	X(COLUMN_MISSING, "s")              \
	X(LINE_REPEATED, "i")               \
	X(IMPORT_FAULTS, "i")               \
	X(CONFIG_BAD, "s")                  \
	/* papers */                        \
	X(SHEET_BAD, "s")                   \
	X(SHEET_OVERFLOW, "s")              \
	X(GLYPH_MISSING, "s")               \
	X(FONT_MISSING, "s")                \
	X(PAPER_UNKNOWN, "-")               \
	X(PAPER_SETTLED, "-")               \
	X(PAPER_EMPTIED, "-")               \
	X(PAPER_UNSURE, "-")                \
	X(LABEL_SIZE_UNKNOWN, "s")          \
	X(LABEL_OUTSIDE, "-")               \
	X(LABEL_SMALL, "-")                 \
	/* devices */                       \
	X(CAMERA_MISSING, "s")              \
	X(CAMERA_BUSY, "s")                 \
	X(CAMERA_GONE, "s")                 \
	X(CAMERA_FROZEN, "s")               \
	X(CAMERA_FAILED, "s")               \
	X(ZBAR_MISSING, "-")                \
	X(SCANNER_MISSING, "s")             \
	X(PRINTER_MISSING, "s")             \
	X(PRINTER_FAILED, "s")              \
	X(PRINTER_PAPER, "-")               \
	X(PRINTER_COVER, "-")               \
	X(PRINTER_JAM, "-")                 \
	X(PRINTER_STOPPED, "-")             \
	X(PRINTER_OFFLINE, "i")             \
	X(PRINTER_TONER, "-")               \
	X(PRINTER_LOOK, "s")                \
	X(PRINTER_PAPER_SOON, "-")          \
	X(PRINTER_TONER_SOON, "-")          \
	X(SPOOLER_SILENT, "-")              \
	X(STICK_MISSING, "-")               \
	X(TERMINAL_UNFIT, "s")              \
	X(PLAN_BAD, "s")                    \
	X(HELPER_FAILED, "s")

#define REASON_ENUM(name, args) REASON_##name,
enum reason_code { REASON_NONE, REASONS(REASON_ENUM) REASON_COUNT };
#undef REASON_ENUM

struct reason {
	enum reason_code code;
	int64_t n1, n2;
	char text[96]; /* UTF-8, cut at a whole character */
};

/* REASON(ITEM_OUT_SELF, .n1 = due_at), REASON_TEXT(CONFIG_BAD, "kiosk.conf:3: …") */
#define REASON(name, ...)    ((struct reason){ .code = REASON_##name, ##__VA_ARGS__ })
#define REASON_TEXT(name, s) reason_with_text(REASON_##name, (s), 0)

struct reason reason_with_text(enum reason_code code, const char *text, int64_t n1);

/* The letters of a reason's arguments, as listed above. */
const char *reason_args(enum reason_code code);

/* The reason's name as listed above, for --json and logs: "ITEM_OUT_SELF". Borrowed for ever. */
const char *reason_name(enum reason_code code);
