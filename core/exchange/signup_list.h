/* Sign-ups that come back from a chat group as a list (接龙): who wants which shift of a week.
 *
 * The text is read into rows, each one person and one shift or one time at which somebody cannot
 * come, and into doubts: which of these people, which of these shifts, is this to be recorded. Rows
 * without an open doubt can be tried (nothing is kept) or accepted, each as a separate act; nothing
 * is guessed: only a line that is understood completely is sure. */
#pragma once

#include "core/exchange/signup_rows.h"

/* Reads a text in UTF-8. ERR_INVALID FILE_TOO_LARGE; ERR_REFUSED ROSTER_EMPTY when the week has no
 * shifts. Rows that are not understood carry SIGNUP_NAME_UNKNOWN, VOLUNTEER_UNKNOWN,
 * SIGNUP_TIME_NONE, SIGNUP_SHIFT_NONE or SIGNUP_NO. */
int signup_list_read(
	struct db *, const char *text, struct week week, struct signup_list *ret, struct err *err);
/* The first open doubt that blocks a row, or −1. */
int signup_list_open_doubt(const struct signup_list *);
/* By a volunteer, in whose name `act` is: each row is a separate act (a sign-up, or the volunteer's
 * times), with a key derived from act's; all in one transaction that is kept or not. ERR_… of the
 * store: nothing was kept. */
int signup_list_try(
	struct db *, const struct act *, struct signup_list *, bool is_kept, struct err *err);
