#include "core/sheets/booking_slip.h"

#include <inttypes.h>

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"
#include "core/venues/booking.h"
#include "core/venues/reasons.h"
#include "core/venues/thing.h"
#include "core/words_venues.h"

#define QR_MM 18

static const struct sheet_style room_style = {
	.size_pt = 17, .min_pt = 12, .max_lines = 2, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style when_style = {
	.size_pt = 13, .min_pt = 10, .max_lines = 1, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style small = { .size_pt = 9 };
static const struct sheet_style centred = { .size_pt = 9, .align = SHEET_CENTER };

struct ticket {
	struct booking booking;
	struct thing_list things;
	char *who;
	const char *code;
};

static void ticket_finish(struct ticket *t)
{
	booking_finish(&t->booking);
	thing_list_finish(&t->things);
	mem_free(&t->who);
}

static int read_ticket(struct db *db, int64_t id, struct ticket *t, struct err *err)
{
	TRY(booking_get(db, id, &t->booking, err));
	if (!booking_is_live(&t->booking) && t->booking.status != BOOKING_WAITING)
		return err_set(err, ERR_REFUSED, REASON(BOOKING_ENDED));
	TRY(things_of(db, t->booking.venue, &t->things, err));
	if (t->booking.resident)
		return resident_masked_name(db, t->booking.resident, &t->who, err);
	t->who = mem_text(t->booking.body);
	return 0;
}

/* "钥匙 · 遥控器": handed over, or kept in the room. NULL: none. */
static char *things_text(const struct thing_list *things, bool is_handed)
{
	char *text = NULL;

	for (int i = 0; i < things->count; i++) {
		if (things->rows[i].is_handed != is_handed)
			continue;
		CLEANUP(mem_free) char *before = text;
		text = mem_printf(
			"%s%s%s", before ? before : "", before ? " · " : "", things->rows[i].name);
	}
	return text;
}

static void put_things(struct sheet *sheet, const struct ticket *t)
{
	CLEANUP(mem_free) char *handed = things_text(&t->things, true);
	CLEANUP(mem_free) char *there = things_text(&t->things, false);

	if (there)
		sheet_pair(sheet, small, _("comes with"), small, there);
	if (!handed)
		return;
	sheet_pair(sheet, small, _("handed over"), small, handed);
	sheet_text(sheet, small, _("Out: ________   Back: ________"));
}

static void put_facts(struct sheet *sheet, const struct ticket *t)
{
	const struct booking *b = &t->booking;
	CLEANUP(mem_free) char *people = mem_printf("%" PRId64, b->people);

	sheet_pair(sheet, small, _("booked by"), small, t->who);
	if (*b->purpose)
		sheet_pair(sheet, small, _("for"), small, b->purpose);
	sheet_pair(sheet, small, _("people"), small, people);
	if (b->status != BOOKING_BOOKED)
		sheet_pair(sheet, small, _("state"), small, words_booking_status(b->status));
	put_things(sheet, t);
}

static void put_code(struct sheet *sheet, const struct booking *b, const char *code)
{
	CLEANUP(mem_free) char *by = words_time(b->release_at);
	CLEANUP(mem_free) char *number = mem_printf(_("Booking %" PRId64), b->number);

	sheet_space(sheet, 1);
	sheet_qr(sheet, QR_MM, SHEET_CENTER, code, centred, number);
	sheet_textf(sheet, centred, _("Show this code or your card when you come, by %s"), by);
	sheet_text(
		sheet, centred, _("After that the room is given free. Sign out when you leave."));
}

static struct sheet *draw(const struct ticket *t, const struct letterhead *letterhead,
	const struct house_lines *house, double width_mm)
{
	const struct booking *b = &t->booking;
	const struct slip slip = { _("Room booking"), b->placed_at, width_mm };
	struct sheet *sheet = slip_begin(&slip, letterhead, house);
	CLEANUP(mem_free) char *date = words_date(when_day(b->start_at), when_day(b->placed_at));
	CLEANUP(mem_free) char *span = words_span(b->start_at, b->end_at);

	sheet_text(sheet, room_style, b->venue_name);
	sheet_text(sheet, when_style, date);
	sheet_text(sheet, when_style, span);
	slip_rule(sheet);
	put_facts(sheet, t);
	slip_rule(sheet);
	put_code(sheet, b, t->code);
	slip_end(sheet, house);
	return sheet;
}

int booking_slip_build(struct db *db, const struct letterhead *letterhead, int64_t booking,
	const char *code, double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(ticket_finish) struct ticket ticket = { .code = code };
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(read_ticket(db, booking, &ticket, err));
	TRY(house_lines_get(db, &house, err));
	*ret = draw(&ticket, letterhead, &house, width_mm);
	return 0;
}
