#include "core/desk/board.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/roster.h"
#include "core/people/resident.h"
#include "core/venues/booking.h"
#include "core/venues/venue_now.h"

static int names_get(struct db *db, struct board_shift *row, struct err *err)
{
	row->names = mem_alloc((size_t)row->shift.people_count * sizeof(char *));
	for (int i = 0; i < row->shift.people_count; i++)
		TRY(resident_wall_name(db, row->shift.people[i].resident, &row->names[i], err));
	return 0;
}

/* Drafts are not facts. */
static int is_shown_now(struct db *db, const struct shift *shift, int64_t now, struct err *err)
{
	return shift->end_at <= now ? 0 : roster_is_public(db, shift->start_at, err);
}

static int shifts_get(struct db *db, int64_t now, struct board *board, struct err *err)
{
	struct shift_list list = { 0 };

	TRY(shifts_on(db, when_day(now), &list, err));
	board->shifts = mem_alloc((size_t)list.count * sizeof(*board->shifts));
	/* Each shift is moved to the board, or freed. */
	int r = 0;
	for (int i = 0; i < list.count; i++) {
		int is_shown = r < 0 ? 0 : is_shown_now(db, &list.rows[i], now, err);
		if (is_shown <= 0) {
			r = is_shown < 0 ? is_shown : r;
			shift_finish(&list.rows[i]);
			continue;
		}
		struct board_shift *row = &board->shifts[board->shift_count++];
		row->shift = list.rows[i];
		r = names_get(db, row, err);
	}
	free(list.rows);
	return r;
}

static int bookings_get(struct db *db, int64_t now, struct board *board, struct err *err)
{
	struct booking_list *list = &board->bookings;
	int kept = 0;

	TRY(bookings_between(db, 0, now, when_day_start(day_add(when_day(now), 1)), list, err));
	for (int i = 0; i < list->count; i++)
		if (booking_is_live(&list->rows[i]))
			list->rows[kept++] = list->rows[i];
		else
			booking_finish(&list->rows[i]);
	list->count = kept;
	return 0;
}

static int fill(struct db *db, int64_t now, struct board *board, struct err *err)
{
	TRY(site_get(db, &board->site, err));
	TRY(hours_today(db, now, &board->hours, err));
	TRY(venues_now(db, &board->venues, err));
	TRY(bookings_get(db, now, board, err));
	return shifts_get(db, now, board, err);
}

int board_get(struct db *db, int64_t now, struct board *ret, struct err *err)
{
	struct board board = { 0 };

	int r = fill(db, now, &board, err);
	if (r < 0) {
		board_finish(&board);
		return r;
	}
	*ret = board;
	return 0;
}

void board_finish(struct board *board)
{
	for (int i = 0; i < board->shift_count; i++) {
		struct board_shift *row = &board->shifts[i];
		for (int j = 0; row->names && j < row->shift.people_count; j++)
			free(row->names[j]);
		free(row->names);
		shift_finish(&row->shift);
	}
	free(board->shifts);
	venue_list_finish(&board->venues);
	booking_list_finish(&board->bookings);
	site_finish(&board->site);
	free(board->hours.closure);
	*board = (struct board){ 0 };
}
