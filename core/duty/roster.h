/* A week's roster (轮值表): a draft until it is published as version 1, 2 …; changed afterwards, it
 * is amended until the next version. The week is the unit because the sheet on the wall is one. */
#pragma once

#include "core/duty/shift.h"
#include "core/people/message.h"

struct acting;

enum roster_state {
	ROSTER_NONE,      /* no shifts in that week */
	ROSTER_DRAFT,     /* never published */
	ROSTER_PUBLISHED, /* as version N */
	ROSTER_AMENDED,   /* changed since version N */
	ROSTER_STATE_COUNT,
};

struct roster {
	struct day monday;
	enum roster_state state;
	int version;          /* 0: never published */
	int64_t published_at; /* of that version; 0 */
	int64_t baseline_at;  /* changes since then are marked; 0: none are */
	struct shift_list shifts;
};
void roster_finish(struct roster *);

/* Always answers: a week nobody has touched is ROSTER_NONE or ROSTER_DRAFT. */
int roster_get(struct db *, struct week week, struct roster *ret, struct err *err);
/* ERR_REFUSED ROSTER_EMPTY, ROSTER_UNCHANGED (version). *ret_version may be NULL. */
int roster_publish(
	struct db *, const struct act *, struct week week, int *ret_version, struct err *err);

/* Came on the roster since the version before: marked on paper and screen. */
bool roster_is_change(const struct roster *, const struct assignment *);

/* Next week's roster is not up although it is Friday or later, in a venue that has one: 1. */
int roster_is_due(struct db *, int64_t now, struct err *err);

/* The week of that instant has been published: what its roster says is a fact, for the board and
 * for those on it. 1, or 0: it is a draft. */
int roster_is_public(struct db *, int64_t start_at, struct err *err);

/* Tells somebody what became of their place, for which they had been told that it was theirs: in a
 * published week, or when they have confirmed it. For the acts of core/duty alone. */
int roster_tell(struct acting *, const struct shift *, const struct assignment *,
	enum message_kind kind, struct err *err);
/* Something about a shift that starts at `start_at` has changed: a published week is amended. For
 * the acts of core/duty alone. */
int roster_touch(struct acting *, int64_t start_at, struct err *err);
