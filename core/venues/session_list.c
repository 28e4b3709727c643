#include "core/venues/session_list.h"

#include "core/base/mem.h"
#include "core/store/rows.h"
#include "core/venues/closing.h"

static const struct column session_row_columns[] = {
	COLUMN_AS(struct session_row, session.id, "id"),
	COLUMN_AS(struct session_row, session.venue, "venue"),
	COLUMN_AS(struct session_row, session.resident, "resident"),
	COLUMN_AS(struct session_row, session.booking, "booking"),
	COLUMN_AS(struct session_row, session.people, "people"),
	COLUMN_AS(struct session_row, session.in_at, "in_at"),
	COLUMN_AS(struct session_row, session.out_at, "out_at"),
	COLUMN_AS(struct session_row, session.is_estimated, "is_estimated"),
	COLUMN_AS(struct session_row, booked_until, "end_at"),
	COLUMN(struct session_row, venue_name),
	COLUMN(struct session_row, body),
};
static const struct row_type session_row_rows = ROW_TYPE(struct session_row, session_row_columns);
LIST_FINISHER(session_rows_finish, struct session_rows, session_row_rows);

bool session_is_overstay(const struct session_row *row, int64_t now)
{
	return !row->session.out_at && row->booked_until && now > row->booked_until;
}

#define ROW_SELECT                                                                           \
	"SELECT s.id AS id, s.venue AS venue, s.resident AS resident, s.booking AS booking," \
	" s.people AS people, s.in_at AS in_at, s.out_at AS out_at,"                         \
	" s.is_estimated AS is_estimated, b.end_at AS end_at, venue.name AS venue_name,"     \
	" p.body AS body"                                                                    \
	" FROM session AS s JOIN venue ON venue.id = s.venue"                                \
	" LEFT JOIN booking AS b ON b.id = s.booking"                                        \
	" LEFT JOIN booking_private AS p ON p.id = s.booking WHERE"

/* Closing times of the current venue; one venue's rows are mostly adjacent. */
struct closings {
	int64_t venue, read_at;
	struct venue_hours hours;
};

static void closings_finish(struct closings *c)
{
	venue_hours_finish(&c->hours);
}

static int closings_of(
	struct db *db, struct closings *c, int64_t venue_id, int64_t at, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };

	if (c->venue == venue_id && c->read_at == at)
		return 0;
	venue_hours_finish(&c->hours);
	c->venue = 0;
	TRY(venue_get(db, venue_id, &venue, err));
	TRY(closing_read(db, &venue, at, &c->hours, err));
	c->venue = venue_id;
	c->read_at = at;
	return 0;
}

/* Rows that nobody signed out of end at closing time. */
static int work_out(struct db *db, struct session_rows *list, struct err *err)
{
	CLEANUP(closings_finish) struct closings c = { 0 };
	int64_t now = db_now(db);

	for (int i = 0; i < list->count; i++) {
		struct session *s = &list->rows[i].session;
		if (s->out_at)
			continue;
		TRY(closings_of(db, &c, s->venue, now, err));
		int64_t last_at = closing_before(&c.hours, now);
		if (s->in_at >= last_at)
			continue;
		/* For one from long ago its own days are read. */
		TRY(closings_of(db, &c, s->venue, s->in_at, err));
		s->out_at = closing_after(&c.hours, s->in_at, last_at);
		s->is_estimated = true;
	}
	return 0;
}

int sessions_present(struct db *db, int64_t venue, struct session_rows *ret, struct err *err)
{
	CLEANUP(session_rows_finish) struct session_rows all = { 0 };
	struct session_rows list = { 0 };

	TRY(rows_list(db, &session_row_rows,
		ROW_SELECT " s.out_at IS NULL AND (:venue = 0 OR s.venue = :venue)"
			   " ORDER BY s.venue, s.in_at, s.id",
		FIELDS(F_INT("venue", venue)), &all, err));
	TRY(work_out(db, &all, err));
	list.rows = mem_alloc((size_t)(all.count + 1) * sizeof(*list.rows));
	for (int i = 0; i < all.count; i++) {
		if (all.rows[i].session.out_at)
			continue;
		list.rows[list.count++] = all.rows[i];
		all.rows[i] = (struct session_row){ 0 };
	}
	*ret = list;
	return 0;
}

int sessions_between(struct db *db, int64_t venue, int64_t from_at, int64_t until_at,
	struct session_rows *ret, struct err *err)
{
	CLEANUP(session_rows_finish) struct session_rows list = { 0 };

	TRY(rows_list(db, &session_row_rows,
		ROW_SELECT " s.in_at >= :from AND s.in_at < :until"
			   " AND (:venue = 0 OR s.venue = :venue) ORDER BY s.in_at, s.id",
		FIELDS(F_INT("venue", venue), F_INT("from", from_at), F_INT("until", until_at)),
		&list, err));
	TRY(work_out(db, &list, err));
	*ret = list;
	list = (struct session_rows){ 0 };
	return 0;
}
