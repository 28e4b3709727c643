/* Shared by the screens of duty. */
#pragma once

#include "core/base/when.h"
#include "tui/screens/duty/screens.h"

struct assignment;
struct shift;

/* roster_shift.c: one shift of the roster. roster_pick.c: who takes it; `replaces` is the
 * assignment whose place it is, or 0. */
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
/* shift_new.c: a single shift. */
void shift_new_open(struct app *, struct day);

/* duty_menu.c: what follows the roster (F4), key 0. */
void duty_menu_open(struct app *);
/* shift_types.c: kinds of shifts, and the roles that they may ask for. */
void shift_types_open(struct app *);
/* weekly.c: the weekly template. */
void weekly_open(struct app *);

/* volunteers.c: those who serve. */
void volunteers_open(struct app *);
/* my_times.c: when a volunteer can serve. days_off.c: single days that differ from their week. */
void my_times_open(struct app *, int64_t resident);
void days_off_open(struct app *, int64_t resident);
/* service_hours.c: the months' hours of somebody, or (0) of all; and those that wait for approval.
 */
void service_hours_open(struct app *, int64_t resident);
void service_hours_waiting_open(struct app *);

/* duty_words.c: "明天  14:00–17:00", for heads and lines. The caller's. */
struct kiosk;
char *duty_when(const struct kiosk *, int64_t start_at, int64_t end_at);
