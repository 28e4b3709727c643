/* A blank slip of the power-cut pack: what is written on it by hand is typed in, once; scanned
 * again, it shows what was entered. */
#include <inttypes.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/desk/blank_write.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/sheets/power_cut_sheet.h"
#include "core/site/reasons.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "core/venues/venue.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/pages/form_page.h"
#include "tui/screens/counter/counter.h"
#include "tui/widgets/dialog.h"

#define ITEMS_MAX 24

/* What the slips have in common comes first. */
enum { DATE, TIME };
enum { LEND_CARD = TIME + 1, LEND_ITEMS, LEND_COUNT };
enum { RETURN_ITEMS = TIME + 1, RETURN_COUNT };
enum { ROOM_VENUE = TIME + 1, ROOM_LEFT, ROOM_CARD, ROOM_PEOPLE, ROOM_COUNT };

#define ROW_DATE                                                                    \
	{                                                                           \
		FIELD_TEXT(N_("Date"), 10), HINT("2026-11-21"), .names = { "date" } \
	}
#define ROW_TIME(words, ...)                                                  \
	{                                                                     \
		FIELD_TEXT(words, 5), HINT("19:00"), .names = { __VA_ARGS__ } \
	}
#define ROW_ITEMS                                                                     \
	{                                                                             \
		FIELD_TEXT(N_("Numbers of the items"), 160),                          \
			HELP(N_("With a space between them: 12 105 230")), .names = { \
				"items"                                               \
			}                                                             \
	}

static const struct form_row lend_rows[LEND_COUNT] = {
	[DATE] = ROW_DATE,
	[TIME] = ROW_TIME(N_("Time"), "time"),
	[LEND_CARD] = { FIELD_DIGITS(N_("Number on the card"), 9), .names = { "number" },
		.codes = { REASON_RESIDENT_UNKNOWN } },
	[LEND_ITEMS] = ROW_ITEMS,
};
static const struct form_row return_rows[RETURN_COUNT] = {
	[DATE] = ROW_DATE,
	[TIME] = ROW_TIME(N_("Time"), "time"),
	[RETURN_ITEMS] = ROW_ITEMS,
};
static const struct form_row room_rows[ROOM_COUNT] = {
	[DATE] = ROW_DATE,
	[TIME] = ROW_TIME(N_("Came to the room at"), "time", "in_at"),
	[ROOM_VENUE] = { FIELD_DIGITS(N_("Number of the room"), 4), .names = { "room" },
		.codes = { REASON_VENUE_UNKNOWN } },
	[ROOM_LEFT] = { FIELD_TEXT(N_("Left the room at"), 5), HINT("21:00"),
		.names = { "out_at" } },
	[ROOM_CARD] = { FIELD_DIGITS(N_("Number on the card"), 9),
		HELP(N_("Empty for somebody without a card.")), .names = { "number" },
		.codes = { REASON_RESIDENT_UNKNOWN } },
	[ROOM_PEOPLE] = { FIELD_DIGITS(N_("People in all"), 4), .names = { "people" } },
};

struct blank_form {
	struct blank blank;
	struct day today;
};

/* ---- what was typed ---- */

static int blank_read_time(const struct form *form, int field, struct day day, const char *what,
	int64_t *ret, struct err *err)
{
	struct err ignored = { 0 };
	int minutes;

	if (minutes_read(form_text(form, field), &minutes, &ignored) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, what));
	*ret = when_instant(day, 0, minutes, 0);
	return 0;
}

/* One number, or a label's code as it is printed. */
static int blank_read_item(
	struct db *db, const char *word, size_t len, int64_t *ret, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(mem_free) char *text = mem_text_n(word, len);
	struct code code = code_read(word, len, NULL);

	if (code.type != CODE_NUMBER && code.type != CODE_ITEM)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "items"));
	int r = code.type == CODE_ITEM ? item_get(db, code.id, &item, err)
				       : item_by_number(db, code.id, &item, err);
	if (r == ERR_NOT_FOUND) {
		err_refuse(err, REASON_TEXT(BLANK_LINE, text)); /* which of them */
		return (int)err->code;
	}
	if (r < 0)
		return r;
	*ret = item.id;
	return 0;
}

static int blank_read_items(
	struct db *db, const char *text, int64_t items[ITEMS_MAX], int *ret_count, struct err *err)
{
	static const char between[] = " ,;";
	int count = 0;

	for (text += strspn(text, between); *text; text += strspn(text, between)) {
		size_t len = strcspn(text, between);
		if (count == ITEMS_MAX)
			break;
		TRY(blank_read_item(db, text, len, &items[count++], err));
		text += len;
	}
	if (count == 0 || *text)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "items"));
	*ret_count = count;
	return 0;
}

static int blank_read_resident(
	struct db *db, const struct form *form, int field, int64_t *ret, struct err *err)
{
	struct resident resident;
	int64_t number;

	TRY(form_number(form, field, "number", 0, &number, err));
	TRY(resident_by_number(db, number, &resident, err));
	*ret = resident.id;
	return 0;
}

static int blank_read_room(struct db *db, const struct form *form, struct day day,
	struct blank_written *written, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	int64_t number;

	TRY(form_number(form, ROOM_VENUE, "room", 0, &number, err));
	TRY(venue_by_number(db, number, &venue, err));
	written->venue = venue.id;
	TRY(blank_read_time(form, ROOM_LEFT, day, "out_at", &written->until_at, err));
	/* An evening may go on past midnight. */
	if (written->until_at < written->at)
		TRY(blank_read_time(
			form, ROOM_LEFT, day_add(day, 1), "out_at", &written->until_at, err));
	if (form_text(form, ROOM_CARD)[0])
		TRY(blank_read_resident(db, form, ROOM_CARD, &written->resident, err));
	return form_number(form, ROOM_PEOPLE, "people", 1, &written->people, err);
}

static int blank_read_form(struct db *db, enum blank_use use, const struct form *form,
	struct blank_written *written, int64_t items[ITEMS_MAX], struct err *err)
{
	struct err ignored = { 0 };
	struct day day;

	if (day_parse(form_text(form, DATE), &day, &ignored) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "date"));
	TRY(blank_read_time(form, TIME, day, "time", &written->at, err));
	if (use == BLANK_ROOM)
		return blank_read_room(db, form, day, written, err);
	if (use == BLANK_LEND)
		TRY(blank_read_resident(db, form, LEND_CARD, &written->resident, err));
	written->items = items;
	return blank_read_items(db, form_text(form, use == BLANK_LEND ? LEND_ITEMS : RETURN_ITEMS),
		items, &written->item_count, err);
}

static int blank_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct blank_form *f = filled;
	struct db *db = kiosk_of(app)->db;
	struct blank_written written = { 0 };
	int64_t items[ITEMS_MAX];

	TRY(blank_read_form(db, f->blank.use, form_page_form(self), &written, items, err));
	struct act act = clerk_act(app, written.resident);
	CLEANUP(mem_free) char *name = power_cut_slip_name(f->blank.use, f->blank.number);
	CLEANUP(mem_free) char *why = clerk_why(&act, name);
	act.why = why;
	TRY(blank_write(db, &act, &f->blank, &written, err));
	form_done(done, _("Entered; scan the slip again to see it"), NULL);
	return 0;
}

/* The day of the slip, usually: yesterday's pack is entered today. */
static void blank_form_show(struct app *app, void *self, struct form *form)
{
	const struct blank_form *f = self;
	char date[11];

	day_format(f->today, date);
	form_set_text(form, DATE, date);
	form_activate(form, TIME);
}

static void blank_form_head(struct app *app, void *self, struct rect *area)
{
	const struct blank_form *f = self;
	CLEANUP(mem_free) char *name = power_cut_slip_name(f->blank.use, f->blank.number);

	form_page_head(area, name, NULL);
}

#define BLANK_PAGE(rows_)                                                                 \
	{                                                                                 \
		.screen = FORM_SCREEN(N_("Slip of a power cut")), .rows = rows_,          \
		.count = ARRAY_LEN(rows_), .size = sizeof(struct blank_form),             \
		.hush = FORM_HUSH_OPEN, .show = blank_form_show, .head = blank_form_head, \
		.save = blank_form_save                                                   \
	}
static const struct form_page pages[BLANK_USE_COUNT] = {
	[BLANK_LEND] = BLANK_PAGE(lend_rows),
	[BLANK_RETURN] = BLANK_PAGE(return_rows),
	[BLANK_ROOM] = BLANK_PAGE(room_rows),
};

/* ---- what was entered ---- */

static char *blank_who_words(struct kiosk *kiosk, int64_t id)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident resident = { 0 };
	struct err ignored = { 0 };

	if (!id || resident_get(kiosk->db, id, &resident, &ignored) < 0 ||
		resident_person(kiosk->db, id, &person, &ignored) < 0)
		return mem_text("");
	return mem_printf("%s %" PRId64, person.name, resident.number);
}

static char *blank_loan_words(struct kiosk *kiosk, enum blank_use use, int64_t id)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	char number[ITEM_NUMBER_SIZE];
	struct err ignored = { 0 };

	if (loan_get(kiosk->db, id, &loan, &ignored) < 0)
		return mem_text("");
	int64_t at = use == BLANK_LEND ? loan.lent_at : loan.returned_at;
	CLEANUP(mem_free) char *who = blank_who_words(kiosk, loan.resident);
	CLEANUP(mem_free) char *when = at ? words_instant(at, kiosk_now(kiosk)) : mem_text("");
	item_number_format(loan.item_number, number);
	return mem_printf("%s %s · %s · %s", number, loan.name, who, when);
}

static char *blank_session_words(struct kiosk *kiosk, int64_t id)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	struct session session;
	struct err ignored = { 0 };

	if (session_get(kiosk->db, id, &session, &ignored) < 0 ||
		venue_get(kiosk->db, session.venue, &venue, &ignored) < 0)
		return mem_text("");
	CLEANUP(mem_free) char *who = blank_who_words(kiosk, session.resident);
	CLEANUP(mem_free) char *day = words_date(when_day(session.in_at), (struct day){ 0, 1, 1 });
	CLEANUP(mem_free) char *span = words_span(session.in_at, session.out_at);
	CLEANUP(mem_free) char *people = mem_printf("%s %" PRId64, _("people"), session.people);
	return mem_printf(
		"%s · %s %s · %s%s%s", venue.name, day, span, who, *who ? " · " : "", people);
}

static void blank_tell_entered(struct app *app, const struct blank *blank)
{
	struct kiosk *kiosk = kiosk_of(app);
	CLEANUP(mem_free) struct blank_entry *entries = NULL;
	CLEANUP(mem_free) char *name = power_cut_slip_name(blank->use, blank->number);
	CLEANUP(mem_free) char *when = words_instant(blank->entered_at, kiosk_now(kiosk));
	CLEANUP(mem_free) char *title = mem_printf(_("%s was entered %s"), name, when);
	CLEANUP(mem_free) char *text = mem_text("");
	struct err err = { 0 };
	int count = 0;

	if (blank_entries(kiosk->db, blank->id, &entries, &count, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	for (int i = 0; i < count; i++) {
		CLEANUP(mem_free) char *before = text;
		CLEANUP(mem_free)
		char *line = entries[i].loan ? blank_loan_words(kiosk, blank->use, entries[i].loan)
					     : blank_session_words(kiosk, entries[i].session);
		text = mem_printf("%s%s%s", before, *before ? "\n" : "", line);
	}
	const struct dialog dialog = { .kind = BANNER_DONE, .title = title, .text = text };
	dialog_open(app, &dialog);
}

/* ---- coming ---- */

void blank_open(struct app *app, int64_t id)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct blank blank;
	struct err err = { 0 };

	if (blank_get(kiosk->db, id, &blank, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	if (blank.entered_at) {
		blank_tell_entered(app, &blank);
		return;
	}
	form_page_open(
		app, &pages[blank.use], &(struct blank_form){ blank, when_day(kiosk_now(kiosk)) });
}
