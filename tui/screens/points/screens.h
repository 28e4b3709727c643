/* Points: the accounts and what they buy, help between neighbours, the fund. For the other rooms
 * and the kiosk. */
#pragma once

#include "core/points/account.h"
#include "tui/app.h"

/* points.c: the visitor's points, and what they buy. */
void points_open(struct app *);
/* points_menu.c (F5): what waits for approval, giving points, rules, papers. */
void points_menu_open(struct app *);
/* account.c: the lines of a resident's or a body's account, and correcting one. */
void account_screen_open(struct app *, struct holder whose);
/* skills.c: help between the visitor and their neighbours. */
void skills_open(struct app *);
/* fund.c: the community fund, line by line. */
void fund_open(struct app *);
