/* What the counter tells a resident at the next visit. */
#pragma once

#include "core/store/act.h"

#define MESSAGE_WORDS_MAX 200 /* characters */

enum message_kind {
	MESSAGE_OWN_WORDS, /* somebody's */
	/* What became of a booking; `about` is the venue. */
	MESSAGE_BOOKING_SERVED, /* from the waiting list */
	MESSAGE_BOOKING_APPROVED,
	MESSAGE_BOOKING_DECLINED,
	MESSAGE_BOOKING_CALLED_OFF, /* the venue is out of use, or the house closed */
	MESSAGE_BOOKING_SETTLED,    /* its fee and deposit */
	/* About a shift; `about` is its name, which may be empty. */
	MESSAGE_SHIFT_CALLED_OFF,
	MESSAGE_SHIFT_SWAPPED,   /* with somebody: this one is theirs now */
	MESSAGE_SHIFT_TAKEN_OFF, /* it takes place without them */
	/* `points` that nobody uses expire at the end of start_at's day; if end_at is set, they
	 * have expired. Read it with core/points/notice.h, which knows what is left. */
	MESSAGE_POINTS_EXPIRE,
	MESSAGE_KIND_COUNT,
};

struct message {
	int64_t id;
	int64_t written_at;
	enum message_kind kind;
	char *words; /* for MESSAGE_OWN_WORDS; else "": core/words_message.h has them */
	char *about;
	int64_t start_at, end_at;
	int64_t points, points_back; /* taken, given back */
};

/* ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_INVALID TEXT_… "message". ret_id may be NULL. */
int message_add(struct db *db, const struct act *act, int64_t resident, const char *words,
	int64_t *ret_id, struct err *err);

/* Tells somebody something on behalf of the program: `facts` of a kind, without id, time and words.
 * ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int message_tell(struct db *db, const struct act *act, int64_t resident,
	const struct message *facts, struct err *err);

/* Not yet read, oldest first; *ret is the caller's, freed by messages_finish. Returns how many. */
int message_unread(struct db *db, int64_t resident, struct message **ret, struct err *err);
void messages_finish(struct message *messages, int count);

/* ERR_NOT_FOUND MESSAGE_UNKNOWN. Reading it twice is the same as once. */
int message_read(struct db *db, const struct act *act, int64_t id, struct err *err);
