/* A blank slip of the power-cut pack: what is written on it by hand is typed in, once; scanned
 * again, it shows what was entered. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/desk/blank_write.h"
#include "core/items/item.h"
#include "core/items/loan.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/sheets/power_cut_sheet.h"
#include "core/site/reasons.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "core/venues/venue.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/form_page.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"

#define ITEMS_MAX 24

/* What the slips have in common comes first. */
enum { DATE, TIME };
enum { LEND_CARD = TIME + 1, LEND_ITEMS, LEND_COUNT };
enum { RETURN_ITEMS = TIME + 1, RETURN_COUNT };
enum { ROOM_VENUE = TIME + 1, ROOM_LEFT, ROOM_CARD, ROOM_PEOPLE, ROOM_COUNT };

#define FIELD_DATE                                                                            \
	{                                                                                     \
		.label = N_("Date"), .kind = FORM_TEXT, .hint = "2026-11-21", .max_chars = 10 \
	}
#define FIELD_TIME                                                                      \
	{                                                                               \
		.label = N_("Time"), .kind = FORM_TEXT, .hint = "19:00", .max_chars = 5 \
	}
#define FIELD_ITEMS                                                                   \
	{                                                                             \
		.label = N_("Numbers of the items"), .kind = FORM_TEXT,               \
		.help = N_("With a space between them: 12 105 230"), .max_chars = 160 \
	}

static const struct form_field lend_fields[LEND_COUNT] = {
	[DATE] = FIELD_DATE,
	[TIME] = FIELD_TIME,
	[LEND_CARD] = { .label = N_("Number on the card"), .kind = FORM_DIGITS, .max_chars = 9 },
	[LEND_ITEMS] = FIELD_ITEMS,
};
static const struct form_field return_fields[RETURN_COUNT] = {
	[DATE] = FIELD_DATE,
	[TIME] = FIELD_TIME,
	[RETURN_ITEMS] = FIELD_ITEMS,
};
static const struct form_field room_fields[ROOM_COUNT] = {
	[DATE] = FIELD_DATE,
	[TIME] = { .label = N_("Came to the room at"),
		.kind = FORM_TEXT,
		.hint = "19:00",
		.max_chars = 5 },
	[ROOM_VENUE] = { .label = N_("Number of the room"), .kind = FORM_DIGITS, .max_chars = 4 },
	[ROOM_LEFT] = { .label = N_("Left the room at"),
		.kind = FORM_TEXT,
		.hint = "21:00",
		.max_chars = 5 },
	[ROOM_CARD] = { .label = N_("Number on the card"),
		.kind = FORM_DIGITS,
		.help = N_("Empty for somebody without a card."),
		.max_chars = 9 },
	[ROOM_PEOPLE] = { .label = N_("People in all"), .kind = FORM_DIGITS, .max_chars = 4 },
};

#define BLAME_TIME                        \
	{ REASON_NONE, "date", DATE },    \
	{                                 \
		REASON_NONE, "time", TIME \
	}
static const struct clerk_field lend_blames[] = { BLAME_TIME,
	{ REASON_RESIDENT_UNKNOWN, "", LEND_CARD }, { REASON_NONE, "number", LEND_CARD },
	{ REASON_NONE, "items", LEND_ITEMS } };
static const struct clerk_field return_blames[] = { BLAME_TIME,
	{ REASON_NONE, "items", RETURN_ITEMS } };
static const struct clerk_field room_blames[] = { BLAME_TIME, { REASON_NONE, "in_at", TIME },
	{ REASON_NONE, "out_at", ROOM_LEFT }, { REASON_VENUE_UNKNOWN, "", ROOM_VENUE },
	{ REASON_NONE, "room", ROOM_VENUE }, { REASON_RESIDENT_UNKNOWN, "", ROOM_CARD },
	{ REASON_NONE, "number", ROOM_CARD }, { REASON_NONE, "people", ROOM_PEOPLE } };

static const struct {
	const struct form_field *fields;
	const struct clerk_field *blames;
	int count, blame_count;
} forms[BLANK_USE_COUNT] = {
	[BLANK_LEND] = { lend_fields, lend_blames, LEND_COUNT, ARRAY_LEN(lend_blames) },
	[BLANK_RETURN] = { return_fields, return_blames, RETURN_COUNT, ARRAY_LEN(return_blames) },
	[BLANK_ROOM] = { room_fields, room_blames, ROOM_COUNT, ARRAY_LEN(room_blames) },
};

struct blank_form {
	struct blank blank;
	struct day today;
};

/* ---- what was typed ---- */

static int read_time(const struct form *form, int field, struct day day, const char *what,
	int64_t *ret, struct err *err)
{
	struct err ignored = { 0 };
	int minutes;

	if (minutes_parse(form_text(form, field), &minutes, &ignored) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, what));
	*ret = when_instant(day, 0, minutes, 0);
	return 0;
}

/* One number, or a label's code as it is printed. */
static int read_item(struct db *db, const char *word, size_t len, int64_t *ret, struct err *err)
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

static int read_items(
	struct db *db, const char *text, int64_t items[ITEMS_MAX], int *ret_count, struct err *err)
{
	static const char between[] = " ,;";
	int count = 0;

	for (text += strspn(text, between); *text; text += strspn(text, between)) {
		size_t len = strcspn(text, between);
		if (count == ITEMS_MAX)
			break;
		TRY(read_item(db, text, len, &items[count++], err));
		text += len;
	}
	if (count == 0 || *text)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "items"));
	*ret_count = count;
	return 0;
}

static int read_resident(
	struct db *db, const struct form *form, int field, int64_t *ret, struct err *err)
{
	struct resident resident;
	int64_t number;

	TRY(form_page_number(form, field, "number", 0, &number, err));
	TRY(resident_by_number(db, number, &resident, err));
	*ret = resident.id;
	return 0;
}

static int read_room(struct db *db, const struct form *form, struct day day,
	struct blank_written *written, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	int64_t number;

	TRY(form_page_number(form, ROOM_VENUE, "room", 0, &number, err));
	TRY(venue_by_number(db, number, &venue, err));
	written->venue = venue.id;
	TRY(read_time(form, ROOM_LEFT, day, "out_at", &written->until_at, err));
	/* An evening may go on past midnight. */
	if (written->until_at < written->at)
		TRY(read_time(form, ROOM_LEFT, day_add(day, 1), "out_at", &written->until_at, err));
	if (form_text(form, ROOM_CARD)[0])
		TRY(read_resident(db, form, ROOM_CARD, &written->resident, err));
	return form_page_number(form, ROOM_PEOPLE, "people", 1, &written->people, err);
}

static int read_form(struct db *db, enum blank_use use, const struct form *form,
	struct blank_written *written, int64_t items[ITEMS_MAX], struct err *err)
{
	struct err ignored = { 0 };
	struct day day;

	if (day_parse(form_text(form, DATE), &day, &ignored) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "date"));
	TRY(read_time(form, TIME, day, "time", &written->at, err));
	if (use == BLANK_ROOM)
		return read_room(db, form, day, written, err);
	if (use == BLANK_LEND)
		TRY(read_resident(db, form, LEND_CARD, &written->resident, err));
	written->items = items;
	return read_items(db, form_text(form, use == BLANK_LEND ? LEND_ITEMS : RETURN_ITEMS), items,
		&written->item_count, err);
}

static int save(struct app *app, void *context, const struct form *form, const char **ret_done,
	struct err *err)
{
	const struct blank_form *self = context;
	struct db *db = kiosk_of(app)->db;
	struct blank_written written = { 0 };
	int64_t items[ITEMS_MAX];

	TRY(read_form(db, self->blank.use, form, &written, items, err));
	struct act act = clerk_act(app, written.resident);
	CLEANUP(mem_free) char *name = power_cut_slip_name(self->blank.use, self->blank.number);
	CLEANUP(mem_free) char *why = clerk_why(&act, name);
	act.why = why;
	TRY(blank_write(db, &act, &self->blank, &written, err));
	*ret_done = _("Entered; scan the slip again to see it");
	return 0;
}

/* The day of the slip, most often: yesterday's pack is entered today. */
static void show(void *context, struct form *form)
{
	const struct blank_form *self = context;
	char date[11];

	day_format(self->today, date);
	form_set_text(form, DATE, date);
	form_activate(form, TIME);
}

static const struct screen blank_screen = FORM_PAGE(N_("Slip of a power cut"));

/* ---- what was entered ---- */

static char *who_words(struct kiosk *kiosk, int64_t id)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident resident = { 0 };
	struct err ignored = { 0 };

	if (!id || resident_get(kiosk->db, id, &resident, &ignored) < 0 ||
		resident_person(kiosk->db, id, &person, &ignored) < 0)
		return mem_text("");
	return mem_printf("%s %" PRId64, person.name, resident.number);
}

static char *loan_words(struct kiosk *kiosk, enum blank_use use, int64_t id)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	char number[ITEM_NUMBER_SIZE];
	struct err ignored = { 0 };

	if (loan_get(kiosk->db, id, &loan, &ignored) < 0)
		return mem_text("");
	int64_t at = use == BLANK_LEND ? loan.lent_at : loan.returned_at;
	CLEANUP(mem_free) char *who = who_words(kiosk, loan.resident);
	CLEANUP(mem_free) char *when = at ? words_instant(at, kiosk_now(kiosk)) : mem_text("");
	item_number_format(loan.item_number, number);
	return mem_printf("%s %s · %s · %s", number, loan.name, who, when);
}

static char *session_words(struct kiosk *kiosk, int64_t id)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	struct session session;
	struct err ignored = { 0 };

	if (session_get(kiosk->db, id, &session, &ignored) < 0 ||
		venue_get(kiosk->db, session.venue, &venue, &ignored) < 0)
		return mem_text("");
	CLEANUP(mem_free) char *who = who_words(kiosk, session.resident);
	CLEANUP(mem_free) char *day = words_date(when_day(session.in_at), (struct day){ 0, 1, 1 });
	CLEANUP(mem_free) char *span = words_span(session.in_at, session.out_at);
	CLEANUP(mem_free) char *people = mem_printf("%s %" PRId64, _("people"), session.people);
	return mem_printf(
		"%s · %s %s · %s%s%s", venue.name, day, span, who, *who ? " · " : "", people);
}

static void tell_entered(struct app *app, const struct blank *blank)
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
		char *line = entries[i].loan ? loan_words(kiosk, blank->use, entries[i].loan)
					     : session_words(kiosk, entries[i].session);
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
		tell_entered(app, &blank);
		return;
	}
	struct blank_form *self = mem_alloc(sizeof(*self));
	*self = (struct blank_form){ blank, when_day(kiosk_now(kiosk)) };
	CLEANUP(mem_free) char *name = power_cut_slip_name(blank.use, blank.number);
	const struct form_page_request request = { .screen = &blank_screen,
		.fields = forms[blank.use].fields,
		.count = forms[blank.use].count,
		.head = name,
		.context = self,
		.show = show,
		.save = save,
		.blames = forms[blank.use].blames,
		.blame_count = forms[blank.use].blame_count,
		.finish = free };
	form_page_open(app, &request);
}
