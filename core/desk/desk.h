/* The counter: what a scan means now (doc/rules.md, Scanning), the running list of a visit, its
 * undo, its end and its receipt. A screen passes in what was scanned or typed and shows the
 * outcome; it decides nothing. One desk per kiosk, on the thread of its database. */
#pragma once

#include "core/desk/desk_visit.h"

struct desk;
struct hold_list;
struct staff;

/* Closes visits of this station that a crash left open and queues their receipts; desk_beside
 * reports the items that stay lent. */
int desk_open(struct db *, const struct desk_options *, struct desk **ret, struct err *err);
void desk_close(struct desk *);

/* ---- what comes in; *ret is reset first ---- */

void desk_scan(struct desk *, const char *bytes, size_t len, struct outcome *ret);
/* An item's number was typed: as if its label had been scanned. */
void desk_item_number(struct desk *, int64_t number, struct outcome *ret);
/* A resident's number was typed: numbers are not secret, so only in volunteer mode
 * (ROLE_NEEDED). */
void desk_resident_number(struct desk *, int64_t number, struct outcome *ret);
/* A resident found on a volunteer's screen. */
void desk_resident(struct desk *, int64_t resident, struct outcome *ret);
/* The answer to OUTCOME_ASK. Without a question: OUTCOME_NONE.
 *
 * The next scan of something known answers DESK_RETURN by itself, and desk_beside reports it.
 * Scanning the same item again asks the same question; an unknown code answers nothing. A question
 * that is not answered by the end of the visit becomes OUTCOME_LEFT: the item stays lent, and the
 * receipt says so. */
void desk_answer(struct desk *, enum desk_answer, struct outcome *ret);
/* The answer to OUTCOME_DOOR. No: nothing changes, OUTCOME_DOOR_LEFT. Without one pending:
 * OUTCOME_NONE. */
void desk_door(struct desk *, bool is_yes, struct outcome *ret);
/* The question that waits for its answer: its line of the list. NULL: none. */
const struct outcome *desk_question(const struct desk *);
/* Renews one of the visitor's loans. */
void desk_renew(struct desk *, int64_t loan, struct outcome *ret);
/* Renews all loans that the visitor has from before, each with its line: OUTCOME_RENEWED_ALL. */
void desk_renew_all(struct desk *, struct outcome *ret);
/* How many desk_renew_all would try. */
int desk_renew_count(const struct desk *, int *ret, struct err *err);
/* Reserves a title for the visitor: OUTCOME_HELD. */
void desk_hold(struct desk *, int64_t title, struct outcome *ret);
/* Cancels one of the visitor's reservations: OUTCOME_UNHELD. */
void desk_unhold(struct desk *, int64_t hold, struct outcome *ret);
/* Undoes the last line of the list that can be undone, or without a visit calls desk_board_return;
 * UNDO_NOTHING when there is none. */
void desk_undo(struct desk *, struct outcome *ret);
/* In volunteer mode, with a reason: lends, renews or reserves what a line refused. */
void desk_override(struct desk *, int line, const char *why, struct outcome *ret);
/* Ends the visit. `print`: with a receipt, if anything happened that belongs on one. */
void desk_finish(struct desk *, bool print, struct outcome *ret);
/* What the latest scan returned without a visit: it can be undone or reported until anything else
 * is done here. NULL: nothing. Borrowed until then. */
const struct outcome *desk_board_return(const struct desk *);
/* Whoever returned that item says that it is damaged or incomplete: OUTCOME_REPORTED. */
void desk_report(struct desk *, struct outcome *ret);
/* Prints a slip for what was returned without a visit since the board was idle: 1 queued, 0 none.
 */
int desk_return_slip(struct desk *, struct err *err);
int desk_slip_count(const struct desk *); /* how many items such a slip would name */
/* After OUTCOME_WAIT: tries the same again. Input that arrives meanwhile is handled after it, in
 * order. */
void desk_retry(struct desk *, struct outcome *ret);
/* While the desk is held back nothing is done and input waits: until the records are known to be
 * intact. */
void desk_hold_back(struct desk *, bool is_held);
/* Gives up what waits: OUTCOME_REFUSED STORE_BUSY, with a line for each scan. */
void desk_give_up(struct desk *, struct outcome *ret);
/* What else the last call led to, oldest first, before its own outcome: the return that a scan
 * answered, what waited longer, or after desk_open what a crash left lent. True and *ret, until
 * there is no more. */
bool desk_beside(struct desk *, struct outcome *ret);

/* ---- the visit ---- */

const struct desk_visit *desk_visit(const struct desk *); /* NULL: no visit */

int desk_line_count(const struct desk *);
const struct desk_line *desk_line_at(const struct desk *, int index);

/* The visitor's reservations in their current state: the place in the queue, or until when a copy
 * is kept on which place of the pick-up shelf. Empty without a visit. */
int desk_holds(const struct desk *, struct hold_list *ret, struct err *err);

/* ---- idle time (monotonic) ---- */

enum desk_idle {
	DESK_AT_WORK,
	DESK_WARNING, /* 还在办理吗？ *ret_seconds left */
	DESK_OVER,    /* finish the visit, leave volunteer mode */
};
void desk_touch(struct desk *); /* a key was pressed; scans touch by themselves */
enum desk_idle desk_idle(const struct desk *, int *ret_seconds);

/* ---- volunteer mode ---- */

void desk_set_staff(struct desk *, const struct staff *); /* NULL leaves volunteer mode */
const struct staff *desk_staff(const struct desk *);      /* NULL: nobody */
/* From now on things are entered as of `at` (0: as they happen), with a reason. */
void desk_set_backdate(struct desk *, int64_t at, const char *why);
int64_t desk_backdate(const struct desk *);
/* An act by the person now at the counter, for screens that call acts themselves. Borrowed
 * texts. */
struct act desk_act(const struct desk *);

/* Whose card this is, if it is a staff member's: for the volunteer's log-in. ERR_REFUSED
 * CODE_WRONG_TYPE for anything but a card; CARD_…, STAFF_UNKNOWN. */
int desk_staff_of_card(
	struct desk *, const char *bytes, size_t len, struct staff *ret, struct err *err);
