#include "core/sheets/kept.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/lending/loan_sql.h"
#include "core/people/child.h"
#include "core/people/resident.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"
#include "core/words_points.h"

void kept_list_finish(struct kept_list *list)
{
	for (int i = 0; i < list->count; i++) {
		free(list->rows[i].what);
		free(list->rows[i].more);
	}
	free(list->rows);
	*list = (struct kept_list){ 0 };
}

/* Takes over the texts. */
static void append(struct kept_list *list, int section, int64_t at, char *what, char *more)
{
	list->rows = mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
	list->rows[list->count++] = (struct kept_line){ section, at, what, more };
}

/* ---- what happened: a query a section ---- */

/* How the last column is worded. */
enum more {
	MORE_UNTIL,   /* `until`, an instant; NULL: nothing */
	MORE_POINTS,  /* `n`, with its sign; `what` is a kind of transfer */
	MORE_MINUTES, /* `n` */
	MORE_COUNT,   /* `n`, unless it is 1 */
};

/* Each asks for at, what, until and n of :resident. */
static const struct section {
	const char *words; /* msgid */
	enum more more;
	const char *sql;
	bool is_for_staff;
} sections[] = {
	{ N_("Who you are"), MORE_UNTIL, NULL },
	{ N_("Cards"), MORE_UNTIL,
		"SELECT issued_at AS at, '' AS what, revoked_at AS until, 0 AS n FROM card"
		" WHERE resident = :resident ORDER BY issued_at" },
	{ N_("Borrowed"), MORE_UNTIL,
		"SELECT l.lent_at AS at, t.name AS what, ifnull(l.returned_at, l.lost_at) AS until,"
		" 0 AS n FROM loan l JOIN item i ON i.id = l.item JOIN title t ON t.id = i.title"
		" WHERE l.id IN (" LOANS_ALL("id", "resident = :resident") ") ORDER BY l.lent_at" },
	{ N_("Reserved"), MORE_UNTIL,
		"SELECT h.placed_at AS at, t.name AS what, h.ended_at AS until, 0 AS n FROM hold h"
		" JOIN title t ON t.id = h.title WHERE h.resident = :resident ORDER BY "
		"h.placed_at" },
	{ N_("Rooms booked"), MORE_UNTIL,
		"SELECT b.start_at AS at, v.name || ifnull(' ' || p.purpose, '') AS what,"
		" b.end_at AS until, 0 AS n FROM booking b JOIN venue v ON v.id = b.venue"
		" LEFT JOIN booking_private p ON p.id = b.id"
		" WHERE b.resident = :resident ORDER BY b.start_at" },
	{ N_("Rooms used"), MORE_UNTIL,
		"SELECT s.in_at AS at, v.name AS what, s.out_at AS until, 0 AS n FROM session s"
		" JOIN venue v ON v.id = s.venue WHERE s.resident = :resident ORDER BY s.in_at" },
	{ N_("On the roster"), MORE_UNTIL,
		"SELECT s.start_at AS at, s.name AS what, s.end_at AS until, 0 AS n"
		" FROM assignment a JOIN shift s ON s.id = a.shift"
		" WHERE a.resident = :resident ORDER BY s.start_at" },
	{ N_("Service hours"), MORE_MINUTES,
		"SELECT at, served_on AS what, NULL AS until, credited AS n FROM service_hours"
		" WHERE resident = :resident ORDER BY at" },
	{ N_("Service records and certificates"), MORE_MINUTES,
		"SELECT issued_at AS at, printf('%06d', number) AS what, NULL AS until, minutes AS "
		"n"
		" FROM (SELECT issued_at, number, minutes, resident FROM service_record"
		" UNION ALL SELECT issued_at, number, minutes, resident FROM certificate)"
		" WHERE resident = :resident ORDER BY issued_at" },
	{ N_("Points"), MORE_POINTS,
		"SELECT t.at AS at, t.kind AS what, NULL AS until, e.amount AS n FROM account a"
		" JOIN entry e ON e.account = a.id JOIN transfer t ON t.id = e.transfer"
		" WHERE a.resident = :resident ORDER BY e.id" },
	{ N_("Had for points"), MORE_COUNT,
		"SELECT d.redeemed_at AS at, w.name AS what, NULL AS until, d.count AS n"
		" FROM redemption d JOIN reward w ON w.id = d.reward"
		" WHERE d.resident = :resident ORDER BY d.redeemed_at" },
	{ N_("Given, swapped, bought"), MORE_UNTIL,
		"SELECT m.at AS at, t.name AS what, NULL AS until, 0 AS n FROM ("
		"SELECT d.donated_at AS at, di.item AS item, d.resident AS resident FROM donation d"
		" JOIN donation_item di ON di.donation = d.id"
		" UNION ALL SELECT given_at, item, resident FROM giveaway"
		" UNION ALL SELECT swapped_at, item_in, resident FROM swap"
		" UNION ALL SELECT swapped_at, item_out, resident FROM swap"
		" UNION ALL SELECT sold_at, item, resident FROM sale) m"
		" JOIN item i ON i.id = m.item JOIN title t ON t.id = i.title"
		" WHERE m.resident = :resident ORDER BY m.at" },
	{ N_("Taken to use up"), MORE_COUNT,
		"SELECT m.moved_at AS at, t.name AS what, NULL AS until, -m.change AS n"
		" FROM stock_move m JOIN title t ON t.id = m.title"
		" WHERE m.resident = :resident ORDER BY m.moved_at" },
	{ N_("Things of yours"), MORE_UNTIL,
		"SELECT i.added_at AS at, t.name AS what, NULL AS until, 0 AS n FROM item_owner o"
		" JOIN item i ON i.id = o.item JOIN title t ON t.id = i.title"
		" WHERE o.resident = :resident ORDER BY i.added_at" },
	{ N_("Rights of use"), MORE_UNTIL,
		"SELECT u.agreed_at AS at, ifnull(p.what, '') AS what, u.ended_at AS until, 0 AS n"
		" FROM use_right u LEFT JOIN use_right_private p ON p.id = u.id"
		" WHERE u.resident = :resident ORDER BY u.agreed_at" },
	{ N_("Help between neighbours"), MORE_MINUTES,
		"SELECT s.agreed_at AS at, r.name AS what, NULL AS until, s.minutes AS n"
		" FROM skill_service s JOIN earn_rule r ON r.id = s.rule"
		" WHERE :resident IN (s.helper, s.asker) ORDER BY s.agreed_at" },
	{ N_("Messages"), MORE_UNTIL,
		"SELECT m.written_at AS at, coalesce(p.words, m.about, '') AS what,"
		" m.read_at AS until, 0 AS n FROM message m LEFT JOIN message_private p ON p.id = "
		"m.id"
		" WHERE m.resident = :resident ORDER BY m.written_at" },
	{ N_("Reasons that were written down"), MORE_UNTIL,
		"SELECT j.recorded_at AS at, w.why AS what, NULL AS until, 0 AS n FROM journal j"
		" JOIN journal_why w ON w.id = j.seq WHERE j.resident = :resident ORDER BY j.seq",
		true },
};

const char *kept_section_words(int section)
{
	return _(sections[section].words);
}

static char *more_of(enum more more, const struct query *q, int64_t now)
{
	int64_t n = query_int(q, "n");

	switch (more) {
	case MORE_POINTS:
		return mem_printf("%+" PRId64, n);
	case MORE_MINUTES:
		return words_duration(n < 0 ? -n : n);
	case MORE_COUNT:
		return n == 1 ? mem_text("") : mem_printf("× %" PRId64, n);
	case MORE_UNTIL:
		break;
	}
	if (query_is_null(q, "until"))
		return mem_text("");
	CLEANUP(mem_free) char *until = words_instant_paper(query_int(q, "until"), now);
	return mem_printf(_("until %s"), until);
}

static int read_section(
	struct db *db, int section, int64_t resident, struct kept_list *list, struct err *err)
{
	const struct section *s = &sections[section];
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db, s->sql, FIELDS(F_INT("resident", resident)), err));
	while ((r = query_next(&q, err)) > 0) {
		const char *what = query_text0(&q, "what");
		append(list, section, query_int(&q, "at"),
			mem_text(s->more == MORE_POINTS ? words_transfer_kind(what) : what),
			more_of(s->more, &q, db_now(db)));
	}
	return r;
}

/* ---- who it is ---- */

static void fact(struct kept_list *list, const char *label, const char *text)
{
	if (*text)
		append(list, 0, 0, mem_text(label), mem_text(text));
}

static void name_fact(
	struct kept_list *list, enum kept_view view, const char *label, const char *name)
{
	CLEANUP(mem_free) char *masked = view == KEPT_ALONE ? text_mask_name(name) : NULL;

	fact(list, label, masked ? masked : name);
}

static int category_of(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, "SELECT name FROM resident_category WHERE id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r >= 0)
		*ret = mem_text(r > 0 ? query_text0(&q, "name") : "");
	return r < 0 ? r : 0;
}

static int read_family(struct db *db, const struct resident *resident, enum kept_view view,
	struct kept_list *list, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person guardian = { 0 };
	CLEANUP(fetcher_list_finish) struct fetcher_list fetchers = { 0 };
	CLEANUP(mem_free) int64_t *wards = NULL;

	if (resident->guardian) {
		TRY(resident_person(db, resident->guardian, &guardian, err));
		name_fact(list, view, _("Guardian"), guardian.name);
	}
	TRY(fetchers_of(db, resident->id, &fetchers, err));
	for (int i = 0; i < fetchers.count; i++)
		name_fact(list, view, _("May fetch it"), fetchers.rows[i].name);
	int count = wards_of(db, resident->id, &wards, err);
	TRY(count);
	for (int i = 0; i < count; i++) {
		CLEANUP(resident_person_finish) struct resident_person ward = { 0 };
		TRY(resident_person(db, wards[i], &ward, err));
		name_fact(list, view, _("Guardian of"), ward.name);
	}
	return 0;
}

static void read_dates(const struct resident *resident, int64_t now, struct kept_list *list)
{
	struct day today = when_day(now);
	CLEANUP(mem_free) char *since = words_date(resident->joined_on, today);
	CLEANUP(mem_free)
	char *agreed = resident->consent_at ? words_instant_paper(resident->consent_at, now) : NULL;
	CLEANUP(mem_free)
	char *notice =
		agreed ? mem_printf("%s, %s", resident->consent_version, agreed) : mem_text("");

	fact(list, _("Since"), since);
	fact(list, _("Notice"), notice);
}

/* What staff wrote for other staff. */
static void read_notes(const struct resident *resident, const struct resident_person *person,
	int64_t now, struct kept_list *list)
{
	fact(list, _("Note"), person->note);
	if (!resident->has_pause)
		return;
	CLEANUP(mem_free) char *until = words_date(resident->paused_until, when_day(now));
	CLEANUP(mem_free) char *pause = mem_printf(_("until %s: %s"), until, person->pause_why);
	fact(list, _("Paused"), pause);
}

static void read_contact(
	const struct resident_person *person, enum kept_view view, struct kept_list *list)
{
	CLEANUP(mem_free)
	char *phone = view == KEPT_ALONE ? text_mask_phone(person->phone) : mem_text(person->phone);
	CLEANUP(mem_free)
	char *born = person->birth_year ? mem_printf("%d", person->birth_year) : mem_text("");

	name_fact(list, view, C_("person", "Name"), person->name);
	fact(list, _("Form of address"), person->alias);
	fact(list, _("Phone"), phone);
	fact(list, _("Building"), person->building);
	fact(list, _("Room"), person->room);
	fact(list, _("Year of birth"), born);
}

static int read_person(
	struct db *db, int64_t id, enum kept_view view, struct kept_list *list, struct err *err)
{
	static const char *const walls[] = { N_("full name"), N_("form of address"), N_("masked") };
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(mem_free) char *category = NULL;
	struct resident resident;

	TRY(resident_get(db, id, &resident, err));
	TRY(resident_person(db, id, &person, err));
	TRY(category_of(db, resident.category, &category, err));
	CLEANUP(mem_free) char *number = mem_printf("%06" PRId64, resident.number);
	fact(list, _("Number"), number);
	read_contact(&person, view, list);
	fact(list, _("Category"), category);
	fact(list, _("Name on the wall"), _(walls[resident.wall_name]));
	TRY(read_family(db, &resident, view, list, err));
	read_dates(&resident, db_now(db), list);
	if (view == KEPT_WHOLE)
		read_notes(&resident, &person, db_now(db), list);
	return 0;
}

int kept_read(struct db *db, int64_t resident, enum kept_view view, struct kept_list *ret,
	struct err *err)
{
	CLEANUP(kept_list_finish) struct kept_list list = { 0 };
	CLEANUP(snapshot_end) struct snapshot s = SNAPSHOT_INIT;

	TRY(snapshot_begin(&s, db, err));
	TRY(read_person(db, resident, view, &list, err));
	for (int i = 1; i < (int)ARRAY_LEN(sections); i++)
		if (view == KEPT_WHOLE || !sections[i].is_for_staff)
			TRY(read_section(db, i, resident, &list, err));
	*ret = list;
	list = (struct kept_list){ 0 };
	return 0;
}

/* ---- on paper ---- */

static const struct sheet_style cell = { .size_pt = 11, .min_pt = 8, .max_lines = 3 };

static void put_cell(struct sheet *sheet, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, cell, text);
}

static void begin_table(struct sheet *sheet, bool has_times)
{
	static const double timed[] = { 46, 0, 52 }, facts[] = { 46, 0 };
	const struct sheet_table table = { .rules = SHEET_RULES_ROWS,
		.pad_x_mm = 1,
		.pad_y_mm = 0.8,
		.column_count = has_times ? ARRAY_LEN(timed) : ARRAY_LEN(facts),
		.widths_mm = has_times ? timed : facts };

	sheet_table(sheet, &table);
}

static void put_line(struct sheet *sheet, const struct kept_line *line, int64_t now)
{
	CLEANUP(mem_free) char *when = line->at ? words_instant_paper(line->at, now) : NULL;

	sheet_row(sheet, 6);
	if (when)
		put_cell(sheet, when);
	put_cell(sheet, line->what);
	put_cell(sheet, line->more);
}

static void put_lines(struct sheet *sheet, const struct kept_list *list, int64_t now)
{
	for (int i = 0; i < list->count; i++) {
		const struct kept_line *line = &list->rows[i];
		if (i == 0 || line->section != line[-1].section) {
			if (i > 0)
				sheet_end(sheet);
			poster_heading(sheet, kept_section_words(line->section));
			begin_table(sheet, line->at != 0);
		}
		put_line(sheet, line, now);
	}
	if (list->count > 0)
		sheet_end(sheet);
}

int kept_sheet_build(struct db *db, const struct letterhead *letterhead, int64_t resident,
	struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(kept_list_finish) struct kept_list list = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(kept_read(db, resident, KEPT_WHOLE, &list, err));
	TRY(house_lines_get(db, &house, err));
	sheet = poster_create(letterhead, &house, _("What is kept of you"), db_now(db));
	put_lines(sheet, &list, db_now(db));
	sheet_space(sheet, 4);
	poster_paragraph(sheet,
		_("The record of what happened holds numbers, no names. If something is wrong "
		  "here, a volunteer puts it right; if you want to be erased, ask the "
		  "coordinator."));
	*ret = TAKE(sheet);
	return 0;
}
