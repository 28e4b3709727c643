#include "core/venues/booking.h"

#include "core/base/mem.h"
#include "core/store/rows.h"
#include "core/store/secret.h"
#include "core/venues/reasons.h"

/* No booking lasts longer, its buffer included (sql/001/venues.sql). */
#define LONGEST "259200"

static const char *const names[BOOKING_STATUS_COUNT] = {
	[BOOKING_REQUESTED] = "requested",
	[BOOKING_BOOKED] = "booked",
	[BOOKING_USED] = "used",
	[BOOKING_WAITING] = "waiting",
	[BOOKING_DECLINED] = "declined",
	[BOOKING_CANCELLED] = "cancelled",
	[BOOKING_NO_SHOW] = "no_show",
	[BOOKING_LAPSED] = "lapsed",
};

const char *booking_status_name(enum booking_status status)
{
	return names[status];
}

bool booking_is_live(const struct booking *b)
{
	return b->status == BOOKING_REQUESTED || b->status == BOOKING_BOOKED ||
	       b->status == BOOKING_USED;
}

bool booking_is_ahead(const struct booking *b, int64_t now)
{
	bool stands = b->status == BOOKING_REQUESTED || b->status == BOOKING_BOOKED ||
		      b->status == BOOKING_WAITING;
	return stands && now < b->start_at;
}

enum booking_status booking_status_at(
	enum booking_status stored, int64_t start_at, int64_t release_at, int64_t now)
{
	if (stored == BOOKING_BOOKED && now >= release_at)
		return BOOKING_NO_SHOW;
	if ((stored == BOOKING_REQUESTED || stored == BOOKING_WAITING) && now >= start_at)
		return BOOKING_LAPSED;
	return stored;
}

/* ---- reading ---- */

#define BOOKING_SELECT                                                                         \
	"SELECT b.id AS id, b.number AS number, b.venue AS venue, b.resident AS resident,"     \
	" b.series AS series, b.status AS status, b.start_at AS start_at, b.end_at AS end_at," \
	" b.until_at AS until_at, b.release_at AS release_at, b.people AS people,"             \
	" b.is_whole AS is_whole, b.fee AS fee, b.deposit AS deposit,"                         \
	" b.placed_at AS placed_at, b.ended_at AS ended_at, venue.name AS venue_name,"         \
	" p.body AS body, p.purpose AS purpose"                                                \
	" FROM booking AS b JOIN venue ON venue.id = b.venue"                                  \
	" LEFT JOIN booking_private AS p ON p.id = b.id"

/* Its state by now. */
static int read_status(const struct query *q, void *row, struct err *err)
{
	struct booking *b = row;

	b->status = booking_status_at(b->status, b->start_at, b->release_at, db_now(q->db));
	return 0;
}

static const struct column booking_columns[] = {
	COLUMN(struct booking, id),
	COLUMN(struct booking, number),
	COLUMN(struct booking, venue),
	COLUMN(struct booking, resident),
	COLUMN(struct booking, series),
	COLUMN_ENUM(struct booking, status, names),
	COLUMN(struct booking, start_at),
	COLUMN(struct booking, end_at),
	COLUMN(struct booking, until_at),
	COLUMN(struct booking, release_at),
	COLUMN(struct booking, people),
	COLUMN(struct booking, is_whole),
	COLUMN(struct booking, fee),
	COLUMN(struct booking, deposit),
	COLUMN(struct booking, placed_at),
	COLUMN(struct booking, ended_at),
	COLUMN(struct booking, venue_name),
	COLUMN(struct booking, body),
	COLUMN(struct booking, purpose),
};
static const struct row_type booking_rows =
	ROW_TYPE_MORE(struct booking, booking_columns, read_status);
ROW_FINISHER(booking_finish, struct booking, booking_rows);
LIST_FINISHER(booking_list_finish, struct booking_list, booking_rows);

int booking_get(struct db *db, int64_t id, struct booking *ret, struct err *err)
{
	return row_get(db, &booking_rows, BOOKING_SELECT " WHERE b.id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(BOOKING_UNKNOWN), err);
}

int booking_by_number(struct db *db, int64_t number, struct booking *ret, struct err *err)
{
	return row_get(db, &booking_rows, BOOKING_SELECT " WHERE b.number = :number",
		FIELDS(F_INT("number", number)), ret, REASON(BOOKING_UNKNOWN), err);
}

int booking_by_code(struct db *db, const struct code *code, struct booking *ret, struct err *err)
{
	int64_t id;

	TRY(secret_subject(db, code, &id, err));
	return booking_get(db, id, ret, err);
}

#define TOUCHES                                                                          \
	" b.start_at > :from - " LONGEST " AND b.start_at < :until AND b.end_at > :from" \
	" ORDER BY b.start_at, venue.number, b.id"

int bookings_between(struct db *db, int64_t venue, int64_t from_at, int64_t until_at,
	struct booking_list *ret, struct err *err)
{
	if (!venue)
		return rows_list(db, &booking_rows, BOOKING_SELECT " WHERE" TOUCHES,
			FIELDS(F_INT("from", from_at), F_INT("until", until_at)), ret, err);
	return rows_list(db, &booking_rows, BOOKING_SELECT " WHERE b.venue = :venue AND" TOUCHES,
		FIELDS(F_INT("venue", venue), F_INT("from", from_at), F_INT("until", until_at)),
		ret, err);
}

int bookings_of_resident(
	struct db *db, int64_t resident, int64_t from_at, struct booking_list *ret, struct err *err)
{
	return rows_list(db, &booking_rows,
		BOOKING_SELECT " WHERE b.resident = :resident AND b.start_at > :from - " LONGEST
			       " AND b.end_at > :from ORDER BY b.start_at, b.id",
		FIELDS(F_INT("resident", resident), F_INT("from", from_at)), ret, err);
}

int bookings_of_series(struct db *db, int64_t series, struct booking_list *ret, struct err *err)
{
	return rows_list(db, &booking_rows,
		BOOKING_SELECT " WHERE b.series = :series ORDER BY b.start_at, b.id",
		FIELDS(F_INT("series", series)), ret, err);
}

int bookings_requested(struct db *db, struct booking_list *ret, struct err *err)
{
	return rows_list(db, &booking_rows,
		BOOKING_SELECT " WHERE b.status = 'requested' AND b.start_at > :now"
			       " ORDER BY b.start_at, b.id",
		FIELDS(F_INT("now", db_now(db))), ret, err);
}
