/* What the counter tells a resident at the next visit. */
#pragma once

#include "core/store/act.h"

#define MESSAGE_WORDS_MAX 200 /* characters */

struct message {
	int64_t id;
	int64_t written_at;
	char *words;
};

/* ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_INVALID TEXT_… "message". ret_id may be NULL. */
int message_add(struct db *db, const struct act *act, int64_t resident, const char *words,
	int64_t *ret_id, struct err *err);

/* Not yet read, oldest first; *ret is the caller's, freed by messages_finish. Returns how many. */
int message_unread(struct db *db, int64_t resident, struct message **ret, struct err *err);
void messages_finish(struct message *messages, int count);

/* ERR_NOT_FOUND MESSAGE_UNKNOWN. Read twice is read once. */
int message_read(struct db *db, const struct act *act, int64_t id, struct err *err);
