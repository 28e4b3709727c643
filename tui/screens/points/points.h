/* Shared by the screens of points. */
#pragma once

#include "tui/screens/points/screens.h"

/* points_give.c: points for somebody by a rule, with a preview. points_group.c: the same points for
 * many, card by card. */
void points_give_open(struct app *);
void points_group_open(struct app *);
/* family.c: the household's points, and giving to kin and the pool. */
void family_open(struct app *, int64_t resident);
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
/* redemptions.c: recent redemptions. */
void redemptions_open(struct app *);

/* bodies.c: teams, party branches, organisations, merchants, and what they have. reward_pick.c:
 * what one of them wants for its points. */
void bodies_open(struct app *);
void reward_pick_open(struct app *, struct holder whose);
/* merchant.c: what was redeemed at one of them, and settling with them. */
void merchant_open(struct app *, int64_t body);

/* skill_form.c: agrees on help between this neighbour and another. */
void skill_form_open(struct app *, int64_t resident);
/* use_rights.c: rights of use in return for a duty. use_right_form.c agrees on a new one. */
void use_rights_open(struct app *);
void use_right_form_open(struct app *);
/* honours.c: stars, a year's list, certificates. */
void honours_open(struct app *);
