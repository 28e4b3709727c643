/* The notice that points expire, as a message to the resident (doc/rules.md, Points and hours). */
#pragma once

#include "core/people/message.h"

struct acting;

/* message_unread, with the notices of expiry as things are now: the points that still lie there and
 * the last day on which they do, or, with end_at, those that expired unused. What has been spent or
 * given away since is not warned of. */
int notice_unread(struct db *, int64_t resident, struct message **ret, struct err *err);

/* For the act of the night (lot.h), when the lots that expire by `until` have their notice: tells
 * each resident of each day on which points of theirs expire, once ever. */
int notice_tell(struct acting *, const char *until, struct err *err);
