#include "core/people/message.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct text_limits words_limits = { .what = "message",
	.max_chars = MESSAGE_WORDS_MAX };

int message_add(struct db *db, const struct act *act, int64_t resident, const char *words,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *own = NULL;
	struct resident whom;

	TRY(text_accept(words, strlen(words), &words_limits, &own, err));
	/* The words may name somebody: they must not be among the inputs that the journal
	 * hashes. */
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

static const char *const kinds[MESSAGE_KIND_COUNT] = {
	[MESSAGE_OWN_WORDS] = "",
	[MESSAGE_BOOKING_SERVED] = "booking_served",
	[MESSAGE_BOOKING_APPROVED] = "booking_approved",
	[MESSAGE_BOOKING_DECLINED] = "booking_declined",
	[MESSAGE_BOOKING_CALLED_OFF] = "booking_called_off",
	[MESSAGE_BOOKING_SETTLED] = "booking_settled",
	[MESSAGE_SHIFT_CALLED_OFF] = "shift_called_off",
	[MESSAGE_SHIFT_SWAPPED] = "shift_swapped",
	[MESSAGE_SHIFT_TAKEN_OFF] = "shift_taken_off",
	[MESSAGE_POINTS_EXPIRE] = "points_expire",
};

int message_tell(struct db *db, const struct act *act, int64_t resident,
	const struct message *facts, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident whom;

	TRY(act_begin(&a, db, act, ACT_MESSAGE_TELL,
		FIELDS(F_INT("resident", resident), F_TEXT("kind", kinds[facts->kind]),
			F_INT("start_at", facts->start_at)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(resident_get(db, resident, &whom, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "message",
		FIELDS(F_INT("id", id), F_INT("resident", resident), F_INT("written_at", a.at),
			F_TEXT("kind", kinds[facts->kind]), F_TEXT("about", facts->about),
			F_INT("start_at", facts->start_at), F_INT("end_at", facts->end_at),
			F_INT("points", facts->points), F_INT("points_back", facts->points_back)),
		err));
	act_set_subject(&a, id, resident);
	return act_commit(&a, id, err);
}

static const struct column message_columns[] = {
	COLUMN(struct message, id),
	COLUMN(struct message, written_at),
	COLUMN_ENUM(struct message, kind, kinds),
	COLUMN(struct message, words),
	COLUMN(struct message, about),
	COLUMN(struct message, start_at),
	COLUMN(struct message, end_at),
	COLUMN(struct message, points),
	COLUMN(struct message, points_back),
};
static const struct row_type message_rows = ROW_TYPE(struct message, message_columns);

int message_unread(struct db *db, int64_t resident, struct message **ret, struct err *err)
{
	int count;

	/* Emptied by erasure: nothing to tell. */
	TRY(rows_read(db, &message_rows,
		"SELECT m.id AS id, m.written_at AS written_at, ifnull(m.kind, '') AS kind, "
		"m.about AS about,"
		" m.start_at AS start_at, m.end_at AS end_at, m.points AS points,"
		" m.points_back AS points_back, p.words AS words FROM message m"
		" LEFT JOIN message_private p ON p.id = m.id"
		" WHERE m.resident = :resident AND m.read_at IS NULL"
		" AND (p.words IS NOT NULL OR m.kind IS NOT NULL)"
		" ORDER BY m.written_at, m.id",
		FIELDS(F_INT("resident", resident)), ret, &count, sizeof(**ret), err));
	return count;
}

void messages_finish(struct message *messages, int count)
{
	rows_finish(&message_rows, &messages, &count);
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
