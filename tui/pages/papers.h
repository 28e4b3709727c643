/* Papers that a volunteer requests. The act and its paper are queued in one transaction: neither
 * exists without the other. */
#pragma once

#include "core/base/code.h"
#include "core/sheets/labels.h"
#include "core/sheets/move_slip.h"
#include "core/sheets/roster.h"
#include "tui/kiosk.h"

/* Issues a card and queues it for the office printer. *ret_text is its payload, returned only this
 * once. Errors as card_issue. */
int papers_card(struct kiosk *, const struct act *, int64_t resident, char ret_text[CODE_TEXT_MAX],
	struct err *err);

/* The same for a card that opens staff mode (core/people/staff_card.h), whose payload is not
 * returned. */
int papers_staff_card(struct kiosk *, const struct act *, int64_t staff, struct err *err);

/* Queues labels of the size that is loaded, as kiosk.conf says. */
int papers_labels(struct kiosk *, const int64_t *items, int count, struct err *err);
int papers_label_loaded(const struct kiosk *, struct label_size *ret, struct err *err);
/* The same with this size; A4 sheets go to the office printer unless they are loaded for labels.
 * Many labels become several papers, so that a jam costs only one of them. */
int papers_labels_on(struct kiosk *, const struct label_size *, const int64_t *items, int count,
	struct err *err);

/* Queues a reminder for each of these residents (core/sheets/reminder.h). */
int papers_reminders(struct kiosk *, const int64_t *residents, int count, struct err *err);

/* Queues the slip of a hold that is ready (core/sheets/hold_slip.h). */
int papers_hold_slip(struct kiosk *, int64_t hold, struct err *err);

/* Queue the slip of a redemption, with its voucher; of a resident's points; of a day. */
int papers_redemption(struct kiosk *, int64_t redemption, struct err *err);
int papers_points(struct kiosk *, int64_t resident, struct err *err);
int papers_day_slip(struct kiosk *, struct day on, struct err *err);
/* Queue the wall's 积分流通制度, and this month's roll of honour. */
int papers_points_rules(struct kiosk *, struct err *err);
int papers_honours(struct kiosk *, struct err *err);

/* Issues a certificate of honour and queues it; queues a year's list. */
struct certificate_draft;
int papers_certificate(
	struct kiosk *, const struct act *, const struct certificate_draft *, struct err *err);
int papers_year_honours(struct kiosk *, int year, struct err *err);

/* Hands somebody everything that is kept about them, and queues it (core/leaving/hand_over.h). */
int papers_kept(struct kiosk *, const struct act *, int64_t resident, struct err *err);

/* Queues the wall's lending rules. */
int papers_rules(struct kiosk *, struct err *err);
/* 恢复单, which is journalled. */
int papers_recovery(struct kiosk *, const struct act *, struct err *err);
/* Queues the guide to the things of a category (its code), for their shelf. */
int papers_guide(struct kiosk *, const char *category, struct err *err);

/* Queue the thanks for a donation, the slip of what left for good, the report of a stocktake: in
 * the open transaction, if there is one. */
int papers_thanks(struct kiosk *, int64_t donation, struct err *err);
int papers_move_slip(struct kiosk *, enum move_kind, int64_t id, struct err *err);
int papers_stocktake(struct kiosk *, int64_t stocktake, struct err *err);

/* Queues the community fund's statement of these days (core/sheets/fund_book.h). */
int papers_fund(struct kiosk *, struct day from, struct day until, struct err *err);
/* Queues what was had at a merchant (core/sheets/merchant_statement.h). */
struct merchant_scope;
int papers_merchant(struct kiosk *, const struct merchant_scope *, struct err *err);

/* Builds the week's roster; queues it for the wall; queues somebody's next shifts. */
int papers_roster_sheet(struct kiosk *, struct week week, const struct roster_options *,
	struct sheet **ret, struct err *err);
int papers_roster(struct kiosk *, struct week week, const struct roster_options *, struct err *err);
int papers_duty_slip(struct kiosk *, int64_t resident, struct err *err);

/* Rooms: the slip of a booking; a room's week for its door; the bookings of a day; a month's use
 * (core/sheets/booking_slip.h, venue_week.h, usage_report.h). */
int papers_booking_slip(struct kiosk *, int64_t booking, struct err *err);
int papers_room_week(struct kiosk *, int64_t venue, struct day monday, struct err *err);
int papers_rooms_day(struct kiosk *, struct day day, struct err *err);
int papers_room_use(struct kiosk *, struct day from, struct day until, struct err *err);

/* Starts the printers, after any of these. */
void papers_go(struct kiosk *);
