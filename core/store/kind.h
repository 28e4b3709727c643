/* Everything that can happen, in one table: its name in the journal, the version of its body, and
 * who may do it: the lowest role, and whether service accounts may as well. */
#pragma once

#include <stdbool.h>

#include "core/store/role.h"

#define ACT_KINDS(X)                                                      \
	X(SITE_SET, "site.set", 1, ADMIN)                                 \
	X(SETTING_SET, "setting.set", 1, COORDINATOR)                     \
	X(CLOCK_ACCEPT, "clock.accept", 1, VOLUNTEER)                     \
	X(HOURS_SET, "hours.set", 1, COORDINATOR)                         \
	X(CLOSURE_ADD, "closure.add", 1, COORDINATOR)                     \
	X(CLOSURE_REMOVE, "closure.remove", 1, COORDINATOR)               \
	X(HOUSEHOLD_ADD, "household.add", 1, VOLUNTEER)                   \
	X(RESIDENT_ADD, "resident.add", 1, VOLUNTEER)                     \
	X(RESIDENT_EDIT, "resident.edit", 1, VOLUNTEER)                   \
	X(RESIDENT_CONSENT, "resident.consent", 1, RESIDENT)              \
	X(RESIDENT_PAUSE, "resident.pause", 1, COORDINATOR)               \
	X(RESIDENT_RESUME, "resident.resume", 1, COORDINATOR)             \
	X(FETCHERS_SET, "fetchers.set", 1, VOLUNTEER)                     \
	X(RESIDENT_LEAVE, "resident.leave", 1, COORDINATOR)               \
	X(RESIDENT_ERASE, "resident.erase", 1, COORDINATOR)               \
	X(RESIDENT_MERGE, "resident.merge", 1, COORDINATOR)               \
	X(RESIDENT_HAND_OVER, "resident.hand_over", 1, RESIDENT)          \
	X(PHONE_REVEAL, "phone.reveal", 1, VOLUNTEER)                     \
	X(PHONE_LIST, "phone.list", 1, VOLUNTEER)                         \
	X(RESIDENT_CATEGORY_ADD, "resident_category.add", 1, COORDINATOR) \
	X(CARD_ISSUE, "card.issue", 1, VOLUNTEER)                         \
	X(CARD_REVOKE, "card.revoke", 1, VOLUNTEER)                       \
	X(CODE_ISSUE, "code.issue", 1, RESIDENT)                          \
	X(STAFF_ADD, "staff.add", 1, ADMIN)                               \
	X(STAFF_PIN, "staff.pin", 1, ADMIN)                               \
	X(STAFF_LEAVE, "staff.leave", 1, ADMIN)                           \
	X(STAFF_TOKEN, "staff.token", 1, ADMIN)                           \
	X(STAFF_CARD, "staff.card", 1, ADMIN)                             \
	X(STAFF_UNLOCK, "staff.unlock", 1, ADMIN)                         \
	X(MESSAGE_ADD, "message.add", 1, VOLUNTEER)                       \
	X(MESSAGE_TELL, "message.tell", 1, RESIDENT)                      \
	X(MESSAGE_READ, "message.read", 1, RESIDENT)                      \
	X(CATEGORY_ADD, "category.add", 1, COORDINATOR)                   \
	X(CATEGORY_GUIDE, "category.guide", 1, COORDINATOR)               \
	X(LABEL_SIZE_SET, "label_size.set", 1, COORDINATOR)               \
	X(LABEL_SIZE_REMOVE, "label_size.remove", 1, COORDINATOR)         \
	X(RULE_SET, "rule.set", 1, COORDINATOR)                           \
	X(TITLE_ADD, "title.add", 1, VOLUNTEER)                           \
	X(TITLE_EDIT, "title.edit", 1, VOLUNTEER)                         \
	X(ITEM_ADD, "item.add", 1, VOLUNTEER)                             \
	X(ITEM_STATUS, "item.status", 1, VOLUNTEER)                       \
	X(TITLE_PARTS, "title.parts", 1, VOLUNTEER)                       \
	X(ITEM_EDIT, "item.edit", 1, VOLUNTEER)                           \
	X(ITEM_OWNERS, "item.owners", 1, VOLUNTEER)                       \
	X(KIT_ADD, "kit.add", 1, VOLUNTEER)                               \
	X(KIT_REMOVE, "kit.remove", 1, VOLUNTEER)                         \
	X(STOCK_TAKE, "stock.take", 1, RESIDENT)                          \
	X(STOCK_ADD, "stock.add", 1, VOLUNTEER)                           \
	X(LOAN_OPEN, "loan.open", 1, RESIDENT)                            \
	X(LOAN_RETURN, "loan.return", 1, RESIDENT)                        \
	X(LOAN_RENEW, "loan.renew", 1, RESIDENT)                          \
	X(LOAN_VOID, "loan.void", 1, RESIDENT)                            \
	X(RETURN_VOID, "return.void", 1, RESIDENT)                        \
	X(RENEW_VOID, "renew.void", 1, RESIDENT)                          \
	X(LOAN_ENTER, "loan.enter", 1, COORDINATOR)                       \
	X(EXPORT, "export", 1, COORDINATOR)                               \
	X(LOAN_CLAIM, "loan.claim", 1, VOLUNTEER)                         \
	X(CLAIM_DROP, "claim.drop", 1, VOLUNTEER)                         \
	X(LOAN_REPORT, "loan.report", 1, RESIDENT)                        \
	X(LOAN_LOST, "loan.lost", 1, VOLUNTEER)                           \
	X(LOAN_RECALL, "loan.recall", 1, VOLUNTEER)                       \
	X(ITEM_FOUND, "item.found", 1, VOLUNTEER)                         \
	X(ITEM_LOOK, "item.look", 1, VOLUNTEER)                           \
	X(HOLD_PLACE, "hold.place", 1, RESIDENT)                          \
	X(HOLD_CANCEL, "hold.cancel", 1, RESIDENT)                        \
	X(HOLD_SETTLE, "hold.settle", 1, RESIDENT)                        \
	X(HOLD_PUT_BACK, "hold.put_back", 1, VOLUNTEER)                   \
	X(CLOSURE_EMERGENCY, "closure.emergency", 1, COORDINATOR)         \
	X(FUND_POST, "fund.post", 1, VOLUNTEER)                           \
	X(FUND_REVERSE, "fund.reverse", 1, COORDINATOR)                   \
	X(ITEM_RETIRE, "item.retire", 1, VOLUNTEER)                       \
	X(DONATION_TAKE, "donation.take", 1, VOLUNTEER)                   \
	X(GIVEAWAY_MAKE, "giveaway.make", 1, VOLUNTEER)                   \
	X(SWAP_MAKE, "swap.make", 1, VOLUNTEER)                           \
	X(SALE_MAKE, "sale.make", 1, VOLUNTEER)                           \
	X(DEPARTURE_UNDO, "departure.undo", 1, VOLUNTEER)                 \
	X(TICKET_OPEN, "ticket.open", 1, VOLUNTEER)                       \
	X(TICKET_CLOSE, "ticket.close", 1, VOLUNTEER)                     \
	X(STOCKTAKE_START, "stocktake.start", 1, VOLUNTEER)               \
	X(STOCKTAKE_SEEN, "stocktake.seen", 1, VOLUNTEER)                 \
	X(STOCKTAKE_CLOSE, "stocktake.close", 1, VOLUNTEER)               \
	X(STOCKTAKE_SET_MISSING, "stocktake.set_missing", 1, COORDINATOR) \
	X(ACCOUNT_OPEN, "account.open", 1, VOLUNTEER)                     \
	X(TRANSFER_POST, "transfer.post", 1, COORDINATOR)                 \
	X(TRANSFER_REVERSE, "transfer.reverse", 1, VOLUNTEER)             \
	X(REVERSAL_SETTLE, "reversal.settle", 1, COORDINATOR)             \
	X(BODY_ADD, "body.add", 1, COORDINATOR)                           \
	X(BODY_END, "body.end", 1, COORDINATOR)                           \
	X(FREEZE_MAKE, "freeze.make", 1, VOLUNTEER)                       \
	X(DEPOSIT_SETTLE, "deposit.settle", 1, VOLUNTEER)                 \
	X(DEPOSIT_RELEASE, "deposit.release", 1, RESIDENT_OR_SERVICE)     \
	X(FREEZE_SETTLE, "freeze.settle", 1, VOLUNTEER)                   \
	X(KIN_ADD, "kin.add", 1, VOLUNTEER)                               \
	X(KIN_END, "kin.end", 1, VOLUNTEER)                               \
	X(POINTS_GIVE, "points.give", 1, RESIDENT)                        \
	X(POINTS_DONATE, "points.donate", 1, RESIDENT)                    \
	X(POINTS_EXPIRE, "points.expire", 1, COORDINATOR_OR_SERVICE)      \
	X(RANKING_CHOOSE, "ranking.choose", 1, RESIDENT)                  \
	X(EXEMPT_SET, "exempt.set", 1, VOLUNTEER)                         \
	X(EARN_RULE_SET, "earn_rule.set", 1, COORDINATOR)                 \
	X(EARN_RULE_END, "earn_rule.end", 1, COORDINATOR)                 \
	X(EARN, "earn", 1, RESIDENT)                                      \
	X(EARNING_SETTLE, "earning.settle", 1, VOLUNTEER)                 \
	X(SKILL_AGREE, "skill.agree", 1, RESIDENT)                        \
	X(SKILL_CONFIRM, "skill.confirm", 1, RESIDENT)                    \
	X(SKILL_CANCEL, "skill.cancel", 1, RESIDENT)                      \
	X(REWARD_SET, "reward.set", 1, COORDINATOR)                       \
	X(REWARD_END, "reward.end", 1, COORDINATOR)                       \
	X(REWARD_RESUME, "reward.resume", 1, COORDINATOR)                 \
	X(REWARD_STOCK, "reward.stock", 1, VOLUNTEER)                     \
	X(REDEEM, "redeem", 1, RESIDENT)                                  \
	X(REDEMPTION_UNDO, "redemption.undo", 1, VOLUNTEER)               \
	X(VOUCHER_USE, "voucher.use", 1, VOLUNTEER)                       \
	X(MERCHANT_SETTLE, "merchant.settle", 1, COORDINATOR)             \
	X(SETTLEMENT_UNDO, "settlement.undo", 1, COORDINATOR)             \
	X(USE_RIGHT_AGREE, "use_right.agree", 1, COORDINATOR)             \
	X(USE_RIGHT_CHECK, "use_right.check", 1, VOLUNTEER)               \
	X(USE_RIGHT_END, "use_right.end", 1, COORDINATOR)                 \
	X(VENUE_ADD, "venue.add", 1, COORDINATOR)                         \
	X(SESSION_OPEN, "session.open", 1, RESIDENT)                      \
	X(SESSION_CLOSE, "session.close", 1, RESIDENT)                    \
	X(VENUE_EDIT, "venue.edit", 1, COORDINATOR)                       \
	X(VENUE_HOURS, "venue.hours", 1, COORDINATOR)                     \
	X(EXCEPTION_ADD, "exception.add", 1, COORDINATOR)                 \
	X(EXCEPTION_REMOVE, "exception.remove", 1, COORDINATOR)           \
	X(BLACKOUT_ADD, "blackout.add", 1, COORDINATOR)                   \
	X(BLACKOUT_REMOVE, "blackout.remove", 1, COORDINATOR)             \
	X(BOOKINGS_CALL_OFF, "bookings.call_off", 1, COORDINATOR)         \
	X(THING_ADD, "thing.add", 1, COORDINATOR)                         \
	X(THING_REMOVE, "thing.remove", 1, COORDINATOR)                   \
	X(HANDOVER_OUT, "handover.out", 1, VOLUNTEER)                     \
	X(HANDOVER_BACK, "handover.back", 1, VOLUNTEER)                   \
	X(BOOKING_PLACE, "booking.place", 1, RESIDENT)                    \
	X(BOOKING_CHANGE, "booking.change", 1, RESIDENT)                  \
	X(BOOKING_CANCEL, "booking.cancel", 1, RESIDENT)                  \
	X(BOOKING_WAIT, "booking.wait", 1, RESIDENT)                      \
	X(BOOKING_APPROVE, "booking.approve", 1, VOLUNTEER)               \
	X(BOOKING_DECLINE, "booking.decline", 1, VOLUNTEER)               \
	X(SERIES_PLACE, "series.place", 1, VOLUNTEER)                     \
	X(SERIES_CANCEL, "series.cancel", 1, VOLUNTEER)                   \
	X(SESSION_PEOPLE, "session.people", 1, RESIDENT)                  \
	X(SESSION_END, "session.end", 1, RESIDENT)                        \
	X(SESSIONS_CLOSE, "sessions.close", 1, RESIDENT)                  \
	X(SESSION_ENTER, "session.enter", 1, VOLUNTEER)                   \
	X(BLANK_ISSUE, "blank.issue", 1, VOLUNTEER)                       \
	X(BLANK_ENTER, "blank.enter", 1, VOLUNTEER)                       \
	X(HOLIDAYS_SET, "holidays.set", 1, COORDINATOR)                   \
	X(SHIFT_ADD, "shift.add", 1, COORDINATOR)                         \
	X(SHIFT_ASSIGN, "shift.assign", 1, COORDINATOR)                   \
	X(DUTY_ROLE_ADD, "duty_role.add", 1, COORDINATOR)                 \
	X(SHIFT_TYPE_SET, "shift_type.set", 1, COORDINATOR)               \
	X(TEMPLATE_SET, "template.set", 1, COORDINATOR)                   \
	X(SHIFTS_MAKE, "shifts.make", 1, COORDINATOR)                     \
	X(SHIFT_CANCEL, "shift.cancel", 1, COORDINATOR)                   \
	X(SHIFT_SIGN_UP, "shift.sign_up", 1, RESIDENT)                    \
	X(VOLUNTEER_SET, "volunteer.set", 1, VOLUNTEER)                   \
	X(VOLUNTEER_ROLES, "volunteer.roles", 1, VOLUNTEER)               \
	X(VOLUNTEER_TIMES, "volunteer.times", 1, RESIDENT)                \
	X(VOLUNTEER_END, "volunteer.end", 1, COORDINATOR)                 \
	X(TEAM_SET, "team.set", 1, COORDINATOR)                           \
	X(TEAM_ASSIGN, "team.assign", 1, COORDINATOR)                     \
	X(ASSIGNMENT_CONFIRM, "assignment.confirm", 1, RESIDENT)          \
	X(ASSIGNMENT_LOCK, "assignment.lock", 1, COORDINATOR)             \
	X(ASSIGNMENT_CANCEL, "assignment.cancel", 1, COORDINATOR)         \
	X(ASSIGNMENT_EXCUSE, "assignment.excuse", 1, RESIDENT)            \
	X(ASSIGNMENT_ASK, "assignment.ask", 1, RESIDENT)                  \
	X(ASSIGNMENT_ASK_END, "assignment.ask_end", 1, RESIDENT)          \
	X(ASSIGNMENT_RETURN, "assignment.return", 1, RESIDENT)            \
	X(ASSIGNMENT_LET_GO, "assignment.let_go", 1, COORDINATOR)         \
	X(ASSIGNMENT_HAND_OVER, "assignment.hand_over", 1, RESIDENT)      \
	X(ASSIGNMENT_SWAP, "assignment.swap", 1, COORDINATOR)             \
	X(ROSTER_PLAN, "roster.plan", 1, COORDINATOR)                     \
	X(ROSTER_PUBLISH, "roster.publish", 1, COORDINATOR)               \
	X(ATTENDANCE_IN, "attendance.in", 1, RESIDENT)                    \
	X(ATTENDANCE_OUT, "attendance.out", 1, RESIDENT)                  \
	X(ATTENDANCE_ENTER, "attendance.enter", 1, VOLUNTEER)             \
	X(ATTENDANCE_MISSED, "attendance.missed", 1, VOLUNTEER)           \
	X(ATTENDANCE_CLOSE, "attendance.close", 1, RESIDENT)              \
	X(HOURS_APPROVE, "hours.approve", 1, COORDINATOR)                 \
	X(HOURS_REVERSE, "hours.reverse", 1, COORDINATOR)                 \
	X(SERVICE_RECORD, "service.record", 1, VOLUNTEER)                 \
	X(CERTIFICATE_ISSUE, "certificate.issue", 1, COORDINATOR)         \
	X(STORE_RESTORE, "store.restore", 1, SYSTEM)                      \
	X(BACKUP_PLAIN, "backup.plain", 1, COORDINATOR)                   \
	X(RECOVERY_PRINT, "recovery.print", 1, ADMIN)                     \
	X(STAFF_RECOVER, "staff.recover", 1, SYSTEM)

#define ACT_KIND_ENUM(name, text, version, role) ACT_##name,
enum act_kind { ACT_KINDS(ACT_KIND_ENUM) ACT_KIND_COUNT };
#undef ACT_KIND_ENUM

struct act_kind_info {
	const char *name; /* in the journal */
	int version;
	enum role min_role;
	bool is_for_service; /* service accounts may do it */
};
extern const struct act_kind_info act_kind_table[ACT_KIND_COUNT];

bool act_kind_allows(enum act_kind kind, enum role role);
