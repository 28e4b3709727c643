/* For the files of core/desk only. */
#pragma once

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/desk_visit.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan.h"
#include "core/people/staff.h"

/* What a scan leaves behind for the next one: an item that was shown or a venue's code, then a
 * card. */
#define PENDING_SECONDS 20

enum intent_kind {
	INTENT_NONE,
	INTENT_CODE,
	INTENT_ITEM,
	INTENT_RESIDENT,
	INTENT_ANSWER,
	INTENT_DOOR,
	INTENT_RENEW,
	INTENT_RENEW_ALL,
	INTENT_HOLD,
	INTENT_UNHOLD,
	INTENT_UNDO,
	INTENT_REPORT,
	INTENT_OVERRIDE,
	INTENT_FINISH,
};

/* The way of a scan: what somebody wanted becomes an intent (desk.c), is tried (intent.c, and
 * scan.c for the meaning of a code), and ends as an outcome. Each file below calls only those
 * before it: counter_act, lines, counter_hold, counter_loan, board_return, question, visit, door,
 * scan, intent, desk. */

/* What somebody wanted, so that it can be tried again while another process writes. */
struct intent {
	enum intent_kind kind;
	struct code code;
	bool is_damaged; /* CODE: truncated on its way */
	/* ITEM: its number. RESIDENT: its id, or its number when is_number. RENEW: the loan. HOLD:
	 * the title. UNHOLD: the hold. */
	int64_t id;
	bool is_number;
	enum desk_answer answer;
	int64_t first_serial; /* ANSWER, RENEW_ALL: of the lines that it will create */
	bool is_yes;          /* DOOR */
	int line;             /* OVERRIDE */
	char *why;
	bool prints; /* FINISH */
};

/* The room's door at which somebody is, and what they have been asked. */
struct door {
	int64_t venue; /* 0: none */
	int64_t booking, resident;
	bool is_leaving, is_sure;
};

struct desk {
	struct db *db;
	struct desk_options options;
	struct desk_visit visit; /* id 0: nobody */
	struct desk_line *lines;
	int line_count;
	int64_t next_serial;
	int64_t *slip_loans; /* returned without a visit */
	int slip_count;
	struct door door;        /* OUTCOME_DOOR waits for its answer */
	struct outcome returned; /* without a visit, by the latest scan; kind NONE: nothing */
	struct {
		enum code_type type; /* CODE_ITEM, CODE_VENUE or CODE_SHIFT */
		int64_t id;          /* 0: nothing pending */
		int64_t until_ms;
	} pending;
	struct intent *waiting; /* in order of arrival */
	int waiting_count;
	bool is_held;           /* nothing is done for now */
	struct outcome *beside; /* not told yet */
	int beside_count;
	struct staff staff; /* id 0: nobody */
	int64_t backdate_at;
	char *backdate_why;
	int64_t touched_ms;
	int64_t idle_seconds, warning_seconds;
};

/* visit.c: the visit's row, its list and its papers */
int visit_begin(struct desk *, int64_t resident, struct err *err);
int visit_end(struct desk *, bool print, struct err *err);
int visits_recover(struct desk *, struct err *err);
int visit_print_slip(struct desk *, struct err *err);

/* counter_act.c: helpers of an act at the counter */
/* A refusal by the rules is an outcome that a person sees; any other error is passed up. */
int counter_refused_or(int r, const struct err *, struct outcome *ret);
/* A commit that failed half-way: the key tells whether it happened. */
int counter_settle(struct desk *, int r, const struct act *, int64_t *ret_result, struct err *err);
void counter_note_refusal(struct desk *, const struct outcome *);

/* lines.c: the list, and what is reported with it */
/* A line of the list. It replaces the question about the same item. */
void line_note(struct desk *, const struct outcome *);
void lines_forget(struct desk *);
void beside_add(struct desk *, struct outcome *); /* takes over its texts */

/* counter_loan.c: lending and returning */
/* What every borrower is told; objections are for loan_open to find. */
int counter_notices(struct desk *, const struct item *, struct outcome *ret, struct err *err);
int counter_lend(struct desk *, const struct item *, const struct act *, struct outcome *ret,
	struct err *err);
int counter_return(struct desk *, const struct item *, struct outcome *ret, struct err *err);

/* question.c: return or renew? */
struct desk_line *question_line(const struct desk *); /* NULL: nothing is asked */
int question_ask(struct desk *, const struct item *, struct outcome *ret, struct err *err);
int question_return(struct desk *, struct outcome *ret, struct err *err);
/* Something known was scanned: that answers "return", unless it is `item` itself (0: no item). */
int question_settle(struct desk *, int64_t item, struct err *err);
void question_leave(struct desk *);
int question_left_of(struct desk *, int64_t visit, struct err *err); /* for desk_beside */

/* board_return.c: what was returned without a visit */
int board_return_undo(struct desk *, struct outcome *ret, struct err *err);
int board_return_report(struct desk *, struct outcome *ret, struct err *err);

/* counter_hold.c: reserving, and what is put aside */
int hold_for_visitor(
	struct desk *, int64_t title, const struct act *, struct outcome *ret, struct err *err);
int unhold_for_visitor(struct desk *, int64_t hold, struct outcome *ret, struct err *err);
int hold_tell(struct desk *, int64_t item, struct outcome *ret, struct err *err);
int hold_look(struct desk *, const struct item *, struct outcome *ret, struct err *err);

/* scan.c: what a code or a number means */
int scan_code(struct desk *, const struct intent *, struct outcome *ret, struct err *err);
int scan_item_number(struct desk *, int64_t number, struct outcome *ret, struct err *err);
int scan_resident(struct desk *, const struct intent *, struct outcome *ret, struct err *err);

/* door.c: rooms */
int door_venue(struct desk *, int64_t venue, struct outcome *ret, struct err *err);
int door_booking(struct desk *, const struct code *, struct outcome *ret, struct err *err);
int door_answer(struct desk *, bool is_yes, struct outcome *ret, struct err *err);
int door_override(struct desk *, const struct outcome *refusal, const struct act *,
	struct outcome *ret, struct err *err);

/* intent.c: one try. ERR_BUSY: nothing happened. */
int intent_try(struct desk *, const struct intent *, struct outcome *ret, struct err *err);
