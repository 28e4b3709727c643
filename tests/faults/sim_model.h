/* What a counter must remember, independently of the program: loans, points, rewards, duty, rooms
 * and papers as plain arrays, with the rules implemented again. It knows no SQL, no file and
 * nothing of how the program works; ids are words that it was told.
 *
 * One value holds all of it, so that backing it up is an assignment. What is settled is dropped
 * each night, after a check; sums of it stay. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SIM_PEOPLE       8
#define SIM_THINGS       16
#define SIM_LOANS        4096 /* of a day */
#define SIM_DONE         64   /* that happened last to a thing */
#define SIM_TRANSFERS    64   /* the latest */
#define SIM_REDEMPTIONS  64
#define SIM_BOOKINGS     256 /* more than there are hours to book */
#define SIM_SHIFT_PEOPLE 2
#define SIM_PAPERS       2048 /* that are not settled, or of a day */
#define SIM_ASKED        32
#define SIM_SERVICES     128 /* the latest */
#define SIM_NOBODY       (-1)

/* Facts that everybody knows (sim_venue.c sets up the venue with the same). */
#define SIM_LOAN_DAYS   7
#define SIM_CLOSES_HOUR 21
#define SIM_OPENS_HOUR  9
#define SIM_MAX_ITEMS   3
#define SIM_RENEWALS    2
#define SIM_RENEW_HOURS 72
#define SIM_GRACE_DAYS  1
#define SIM_FAR_DAYS    60
#define SIM_PRICE       5
#define SIM_STOCK       100000
#define SIM_EARLY       3600 /* signing in opens before a shift */
#define SIM_AHEAD_DAYS  14   /* that rooms are booked */

enum sim_act {
	SIM_LEND,
	SIM_RETURN,
	SIM_RENEW,
	SIM_UNLEND,
	SIM_UNRETURN,
	SIM_UNRENEW,
	SIM_GRANT,
	SIM_GIVE,
	SIM_REVERSE,
	SIM_REDEEM,
	SIM_UNREDEEM,
	SIM_SHIFT,
	SIM_ASSIGN,
	SIM_SIGN_IN,
	SIM_SIGN_OUT,
	SIM_SHIFTS_CLOSE,
	SIM_BOOK,
	SIM_CANCEL,
	SIM_CLOCK_ACCEPT,
	SIM_ACT_COUNT,
};
extern const char *const sim_act_names[SIM_ACT_COUNT];

/* One act as somebody wants it; fields that an act does not use are 0. */
struct sim_wish {
	enum sim_act act;
	int person, other, thing;
	int64_t id;     /* of the loan, transfer, redemption, shift or booking that it is about */
	int64_t amount; /* points, or pieces */
	int64_t start_at, end_at;
	int64_t visit; /* of the desk, or 0 */
};

struct sim_loan {
	int64_t id, number;
	int thing, person;
	int64_t lent_at, due_at, returned_at, renewed_from;
	int renewals;
	int64_t visit, return_visit, renew_visit;
	bool is_voided;
};
struct sim_transfer {
	int64_t id, amount;
	int from, to; /* from SIM_NOBODY: issued */
	bool is_reversal, is_reversed;
};
struct sim_redemption {
	int64_t id;
	int person;
	int64_t count;
	bool is_undone;
};
struct sim_booking {
	int64_t id, start_at, end_at;
	int person;
	bool is_cancelled;
};
struct sim_shift {
	int64_t id, start_at, end_at;
};
/* Somebody's place on a shift. */
struct sim_service {
	struct sim_shift shift;
	int person;
	int64_t in_at, out_at;
};
/* What somebody is owed on paper: a visit's receipt, or a label with its own number. */
struct sim_paper {
	int64_t visit, label;
	bool was_asked;    /* a person was asked whether it came out */
	bool was_restored; /* from a backup: those that waited then are cancelled */
};

/* The sums of what has been dropped. */
struct sim_past {
	int64_t loans, loan_sum, bookings_held, redeemed, undone, papers, shifts, places;
};

struct sim_model {
	int64_t rows;    /* of the journal */
	int64_t last_at; /* when the last one was recorded */

	struct sim_loan loans[SIM_LOANS];
	int loan_count;
	struct {
		struct {
			enum sim_act act;
			int64_t loan;
		} done[SIM_DONE]; /* that was not undone, the latest last */
		int count;
	} things[SIM_THINGS];

	int64_t balance[SIM_PEOPLE], issued, stock;
	struct sim_transfer transfers[SIM_TRANSFERS];
	int transfer_count;
	struct sim_redemption redemptions[SIM_REDEMPTIONS];
	int redemption_count;
	struct sim_booking bookings[SIM_BOOKINGS];
	int booking_count;
	struct sim_shift shift; /* the latest */
	struct sim_service services[SIM_SERVICES];
	int service_count;

	struct {
		int64_t id; /* 0: nobody is at the counter */
		int person;
		int64_t asked[SIM_ASKED]; /* loans: return or renew? */
		int asked_count;
	} visit;
	struct sim_paper papers[SIM_PAPERS];
	int paper_count;

	struct sim_past past;
};

/* The clock's doubt: what is allowed then is recorded at the time of the last act. */
bool sim_clock_doubted(const struct sim_model *, int64_t now);

/* May it be done? */
bool sim_allows(const struct sim_model *, const struct sim_wish *, int64_t now);

/* Nothing is recorded for an act that finds nothing to do. */
bool sim_is_idle(const struct sim_model *, const struct sim_wish *, int64_t now);

/* It was done. `id` and `number` are the program's; *ret_due_at (may be NULL) is what it must have
 * said. */
void sim_done(struct sim_model *, const struct sim_wish *, int64_t now, int64_t id, int64_t number,
	int64_t *ret_due_at);

/* Opening, ending and aborting a visit. Starting the kiosk ends an open one. */
void sim_visit_begin(struct sim_model *, int64_t id, int person);
void sim_visit_ask(struct sim_model *, int64_t loan);
void sim_visit_end(struct sim_model *);
/* The venue continues from `saved`, its state at a backup. */
void sim_restored(struct sim_model *, const struct sim_model *saved, int64_t now);
void sim_label(struct sim_model *, int64_t label);

const struct sim_loan *sim_loan_of(const struct sim_model *, int thing); /* NULL: on the shelf */
const struct sim_loan *sim_loan_named(const struct sim_model *, int64_t id);
int sim_loans_of(const struct sim_model *, int person);

/* Drops what has ended, and the papers, all of which are settled. */
void sim_forget(struct sim_model *);
/* All loans as one number, whatever their order; and one of them in it. */
int64_t sim_loan_sum(const struct sim_model *);
int64_t sim_loan_weight(const struct sim_loan *);
