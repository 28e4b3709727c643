/* The notice that points expire, as a message to the resident (doc/rules.md, Points and hours). */
#pragma once

#include "core/people/message.h"

struct acting;

/* message_unread, with the notices of expiry in their present state: the points that are left and
 * the last day on which they are, or, with end_at, those that expired unused. Points that have been
 * spent or given away since are not mentioned. */
int notice_unread(struct db *, int64_t resident, struct message **ret, struct err *err);

/* For the nightly act (lot.h), when the lots that expire by `until` get their notice: tells each
 * resident about each day on which points of theirs expire, only once. */
int notice_tell(struct acting *, const char *until, struct err *err);
