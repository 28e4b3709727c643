/* A week's roster (轮值表): a draft until it is published as version 1, 2 …; changed afterwards, it
 * is amended until the next version. The unit is the week because the sheet on the wall is one
 * week. */
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

/* Always answers: a week that nobody has touched is ROSTER_NONE or ROSTER_DRAFT. */
int roster_get(struct db *, struct week week, struct roster *ret, struct err *err);
/* ERR_REFUSED ROSTER_EMPTY, ROSTER_UNCHANGED (version). *ret_version may be NULL. */
int roster_publish(
	struct db *, const struct act *, struct week week, int *ret_version, struct err *err);

/* Added to the roster since the previous version: marked on paper and screen. */
bool roster_is_change(const struct roster *, const struct assignment *);

/* 1 when next week's roster is not published although it is Friday or later, in a venue that has
 * one. */
int roster_is_due(struct db *, int64_t now, struct err *err);

/* The week of that instant has been published: its roster is a fact, for the board and for those on
 * it. 1, or 0: it is a draft. */
int roster_is_public(struct db *, int64_t start_at, struct err *err);

/* Tells somebody what became of their place, if they had been told that it was theirs: in a
 * published week, or when they have confirmed it. Only for the acts of core/duty. */
int roster_tell(struct acting *, const struct shift *, const struct assignment *,
	enum message_kind kind, struct err *err);
/* A shift that starts at `start_at` has changed: a published week becomes amended. Only for the
 * acts of core/duty. */
int roster_touch(struct acting *, int64_t start_at, struct err *err);
