/* The screens, each in a file of its own; what they are pushed with. */
#pragma once

#include "core/points/account.h"
#include "tui/app.h"

/* idle.c: the board. The bottom of the stack. */
extern const struct screen idle_screen;
void *idle_create(void);

/* visit.c: see visit.h */

/* visit_choice.c: which of the visitor's loans to renew, which of their holds to cancel. */
void renew_open(struct app *);
void unhold_open(struct app *);

/* points.c: the visitor's points, and what they buy. */
void points_open(struct app *);

/* points_desk.c (F5): what waits for approval, giving points, rules, papers. */
void points_desk_open(struct app *);

/* honours.c: stars, a year's list, certificates. */
void honours_open(struct app *);

/* points_give.c: points for somebody by a rule, with a preview. */
void points_give_open(struct app *);

/* earn_rules.c: the rules by which points are earned. */
void earn_rules_open(struct app *);

/* rewards.c: what points buy, as rows. reward_form.c fills one in; 0: a new one. */
void rewards_open(struct app *);
void reward_form_open(struct app *, int64_t reward);

/* redeem.c: one reward before it is redeemed; `done` runs once it is, this screen off the stack. */
struct redeem_request {
	int64_t reward;
	struct holder whose;
	void (*done)(struct app *app, void *context, int64_t redemption);
	void *context;
};
void redeem_open(struct app *, const struct redeem_request *);
/* redemptions.c: what was redeemed lately. */
void redemptions_open(struct app *);

/* skills.c: help between the visitor and their neighbours. skill_form.c agrees on a new one. */
void skills_open(struct app *);
void skill_form_open(struct app *, int64_t resident);

/* use_rights.c: rights of use against a duty. use_right_form.c agrees on a new one. */
void use_rights_open(struct app *);
void use_right_form_open(struct app *);

/* points_group.c: the same points for many, card by card. */
void points_group_open(struct app *);
/* account.c: the lines of a resident's or a body's account, and putting one right. */
void account_screen_open(struct app *, struct holder whose);
/* bodies.c: teams, party branches, organisations, merchants, and what they have. reward_pick.c:
 * what one of them wants for its points. */
void bodies_open(struct app *);
/* merchant.c: what was had at one of them, and settling with them. */
void merchant_open(struct app *, int64_t body);
void reward_pick_open(struct app *, struct holder whose);

/* family.c: the household's points, and giving to kin and the pool. */
void family_open(struct app *, int64_t resident);

/* amount.c: asks for a whole number, 0 … max; `preview` (may be NULL) says what it will lead to,
 * its text is amount.c's to free; `done` gets the number, or -1 for Esc. */
struct amount_request {
	const char *title, *text; /* translated, copied; text may be NULL */
	int64_t max;
	char *(*preview)(void *context, int64_t n);
	void (*done)(struct app *app, void *context, int64_t n);
	void *context;
};
void amount_open(struct app *, const struct amount_request *);

/* number.c: a card's or item's number or code, typed (key 0). */
void number_open(struct app *);

/* staff.c: card, then PIN; on success volunteer mode and the volunteer's menu. */
void staff_open(struct app *);
/* The same against another database; this screen is still on the stack when `done` is called. */
struct db;
struct staff;
struct staff_ask {
	struct db *db;    /* outlives the screen */
	const char *dir;  /* of its pepper; outlives the screen */
	const char *hint; /* N_(): for who has no card */
	int (*of_card)(struct app *, void *context, const char *bytes, size_t len,
		struct staff *ret, struct err *err);
	void (*other_scan)(struct app *, void *context, const char *bytes, size_t len);
	bool (*may_try)(struct app *, const struct staff *); /* says why not */
	void (*without_card)(struct app *, void *context);   /* the recovery sheet; NULL: no way */
	void (*done)(struct app *, void *context, const struct staff *);
	void *context;
};
void staff_ask_open(struct app *, const struct staff_ask *);

/* sheet_form.c: the words of the recovery sheet, typed or scanned; `done` gets them, the screen
 * already off the stack. `text`: translated, copied. */
struct recovery;
struct sheet_form_request {
	const char *text;
	void (*done)(struct app *, void *context, const struct recovery *);
	void *context;
};
void sheet_form_open(struct app *, const struct sheet_form_request *);

/* volunteer.c: the menu of volunteer mode (F9). Leaves the mode when it is left. */
extern const struct screen volunteer_screen;
void volunteer_open(struct app *);

/* clock.c: looks whether the clock is doubted, tells it, and asks a volunteer who is there; cheap
 * enough for each second. Asks again; nothing while it is sure. */
void clock_look(struct app *);
void clock_ask(struct app *);

/* resident_find.c (F7), resident_page.c, resident_form.c */
void resident_find_open(struct app *);
/* Picks somebody for the screen below; `done` is not called for Esc. */
struct resident_pick {
	void (*done)(struct app *app, void *context, int64_t resident);
	void *context;
};
void resident_pick_open(struct app *, const struct resident_pick *);
void resident_page_open(struct app *, int64_t resident);
void resident_page_open_new(struct app *, int64_t resident); /* just registered: offers a card */
void resident_form_open(struct app *, int64_t resident);     /* 0: register a new one */
void resident_form_open_for(
	struct app *, const struct resident_pick *); /* registers whom to pick */
/* resident_more.c: what is rare: pauses, the notice, leaving, merging, erasing. */
void resident_more_open(struct app *, int64_t resident);
/* kept.c: all that is kept of somebody, line by line, and its paper. */
void kept_open(struct app *, int64_t resident);
/* consent.c: asks the visitor for what is still to be agreed to, if anything is. */
void consent_ask(struct app *);

/* card.c: a card that was just issued; `is_registration` offers to register the next person. */
void card_open(struct app *, int64_t resident, const char *payload, bool is_registration);

/* item_find.c (F2), item_page.c, item_form.c */
void item_find_open(struct app *);
void item_page_open(struct app *, int64_t item);
void item_form_open(struct app *, int64_t isbn);       /* 0: not a book */
void item_form_open_copy(struct app *, int64_t title); /* more of what is here already */

/* item_edit.c, title_form.c, stock_form.c: what is known of an item, of its title, of its stock. */
void item_edit_open(struct app *, int64_t item);
void title_form_open(struct app *, int64_t title);
void stock_form_open(struct app *, int64_t title);

/* item_check.c: a thing that came back, or comes back by this, is looked over. */
void item_check_open(struct app *, int64_t item);

/* to_check.c: what somebody has to see to. */
void to_check_open(struct app *);

/* loan_page.c: one loan, and what can happen on its way. */
void loan_page_open(struct app *, int64_t loan);

/* log.c: who did what to whom; of one resident, with one item, or (0) of all. */
void log_open(struct app *, int64_t resident, int64_t item);

/* loans.c: what is due and overdue. */
void loans_open(struct app *);

/* donation.c, swap.c, sale.c, giveaway.c: things that come and go for good. `item` is the one that
 * goes; 0: it is scanned there. */
void donation_open(struct app *);
void swap_open(struct app *, int64_t item);
void sale_open(struct app *, int64_t item);
void giveaway_open(struct app *, int64_t item);

/* departure.c: how an item leaves for good; the item is the caller's and must outlive the question.
 */
struct item;
struct shift;
struct assignment;
void departure_open(struct app *, struct item *item);
/* Asks whether a sale, swap or gift of today is to be undone; `*item` is the caller's, outlives the
 * question and is 0 once that is done. */
void departure_take_back(struct app *, int64_t *item);

/* ticket.c: what waits to be repaired. repair_ask asks what is wrong and opens a ticket; the item
 * is the caller's and must outlive the question. */
void repairs_open(struct app *);
void repair_ask(struct app *, struct item *item);

/* fund.c: the community fund, line by line. */
void fund_open(struct app *);

/* stocktake.c: counting by scanning. */
void stocktake_open(struct app *);

/* queue.c (F8): papers and what the printers want. */
void queue_open(struct app *);

/* reason.c: asks for a line of text that says why; `done` gets it, or NULL for Esc. */
struct reason_request {
	const char *title, *text; /* translated, copied */
	const char *const *ready; /* N_(), NULL-terminated, taken by digit; NULL: usual reasons */
	int max_chars;            /* 0: 100 */
	void (*done)(struct app *app, void *context, const char *why);
	void *context;
};
void reason_open(struct app *, const struct reason_request *);

/* blank.c: a slip of the power-cut pack: what is on it is entered, or shown when it has been. */
void blank_open(struct app *, int64_t blank);

/* backdate.c: enters things as of an earlier time. */
void backdate_open(struct app *);

/* rules.c: the lending rules as rows; rule_form.c fills one in. */
void rules_open(struct app *);

/* closures.c: closed days ahead. */
void closures_open(struct app *);

/* more.c: the volunteer's second menu. */
void more_open(struct app *);

/* holds.c: what is put aside for whom, and who waits for what. */
void holds_open(struct app *);

/* labels.c: many labels at once. */
void labels_open(struct app *);
/* accounts.c: who may do what at the counter; an administrator's (accounts_may). */
void accounts_open(struct app *);
bool accounts_may(struct app *, void *self);
/* house_form.c: its name, phone and address, and opening hours. */
void house_form_open(struct app *);
/* settings.c: what the house has decided once for all. */
void settings_open(struct app *);
/* restore.c: backups, tried and gone on from. Works without a database: then whoever goes on shows
 * that they may (core/audit/restore_right.h). */
void restore_open(struct app *);
/* What a restore has done, once the kiosk has begun anew. */
void restore_told_open(struct app *, const char *words);
/* label_sizes.c: what they may be printed on. */
void label_sizes_open(struct app *);

/* roster.c (F4): the week's roster. roster_shift.c: one shift of it. roster_pick.c: who takes it;
 * `replaces` is the assignment whose place it is, or 0. */
void roster_open(struct app *);
void roster_shift_open(struct app *, int64_t shift);
void roster_pick_open(struct app *, int64_t shift, int64_t replaces);
/* came_form.c: when somebody came to a shift and left, afterwards; `name` is copied. */
void came_form_open(
	struct app *, const struct shift *, const struct assignment *who, const char *name);
/* roster_swap.c: with whom the person of this place changes shifts. */
void roster_swap_open(struct app *, int64_t assignment);

/* roster_changes.c: what a plan changed; `taken` is borrowed while the roster is open. */
struct roster_taken;
void roster_changes_open(struct app *, const struct roster_taken *taken);
/* roster_print.c: asks for the paper of a week's roster, or for a picture on a USB stick. */
void roster_print_open(struct app *, struct week week);

/* signups.c: a list of sign-ups from a group chat, for the shifts of a week. */
void signups_open(struct app *, struct week week);

/* my_duty.c: the visitor's own shifts. Nothing happens without a visit. */
void my_duty_open(struct app *);
/* my_times.c: when a volunteer can serve. */
void my_times_open(struct app *, int64_t resident);
