#include "core/people/message.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/resident.h"

static const struct text_limits words_limits = { .what = "message",
	.max_chars = MESSAGE_WORDS_MAX };

int message_add(struct db *db, const struct act *act, int64_t resident, const char *words,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *own = NULL;
	struct resident whom;

	TRY(text_accept(words, strlen(words), &words_limits, &own, err));
	/* The words may name somebody: they are no input that the journal hashes. */
	TRY(act_begin(&a, db, act, ACT_MESSAGE_ADD, FIELDS(F_INT("resident", resident)), err));
	if (!a.is_repeat) {
		TRY(resident_get(db, resident, &whom, err));
		int64_t id = act_new_id(&a);
		act_set_subject(&a, id, resident);
		TRY(act_insert(&a, "message",
			FIELDS(F_INT("id", id), F_INT("resident", resident),
				F_INT("written_at", a.at)),
			err));
		TRY(act_private(&a, "message_private", id, FIELDS(F_TEXT("words", own)), err));
		TRY(act_commit(&a, id, err));
	}
	if (ret_id)
		*ret_id = a.result;
	return 0;
}

int message_unread(struct db *db, int64_t resident, struct message **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct message *messages = NULL;
	int r, count = 0;

	/* Emptied by erasure: nothing to tell. */
	TRY(query_open(&q, db,
		"SELECT m.id, m.written_at, p.words FROM message m"
		" JOIN message_private p ON p.id = m.id"
		" WHERE m.resident = :resident AND m.read_at IS NULL AND p.words IS NOT NULL"
		" ORDER BY m.written_at, m.id",
		FIELDS(F_INT("resident", resident)), err));
	while ((r = query_next(&q, err)) > 0) {
		messages = mem_resize(messages, ((size_t)count + 1) * sizeof(*messages));
		messages[count++] = (struct message){ .id = query_int(&q, "id"),
			.written_at = query_int(&q, "written_at"),
			.words = mem_text(query_text0(&q, "words")) };
	}
	if (r < 0) {
		messages_finish(messages, count);
		return r;
	}
	*ret = messages;
	return count;
}

void messages_finish(struct message *messages, int count)
{
	for (int i = 0; i < count; i++)
		free(messages[i].words);
	free(messages);
}

static int read_state(
	struct db *db, int64_t id, int64_t *ret_resident, bool *ret_is_read, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, "SELECT resident, read_at FROM message WHERE id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(MESSAGE_UNKNOWN));
	*ret_resident = query_int(&q, "resident");
	*ret_is_read = !query_is_null(&q, "read_at");
	return 0;
}

int message_read(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t resident = 0;
	bool is_read = false;

	TRY(read_state(db, id, &resident, &is_read, err));
	if (is_read)
		return 0; /* nothing happens: no row in the journal */
	TRY(act_begin(&a, db, act, ACT_MESSAGE_READ, FIELDS(F_INT("message", id)), err));
	if (a.is_repeat)
		return 0;
	act_set_subject(&a, id, resident);
	TRY(act_update(&a, "message", id, FIELDS(F_INT("read_at", a.at)), err));
	return act_commit(&a, id, err);
}
