#include "core/sheets/reminder.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/lending/due.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/people/resident.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"

#define PAGE 200

static const struct sheet_style words_style = { .size_pt = 9.5 };
static const struct sheet_style small = { .size_pt = 9 };
static const struct sheet_style name_style = { .size_pt = 11, .is_bold = true };
static const struct sheet_style late_style = { .size_pt = 10.5, .is_bold = true };

static bool is_reminded_of(const struct loan *loan, int64_t now)
{
	return loan->due_at < now && !loan->claimed_at;
}

/* ---- whom ---- */

struct people {
	int64_t *ids;
	int count;
};

static void people_finish(struct people *people)
{
	free(people->ids);
}

static void add(struct people *people, int64_t resident)
{
	for (int i = 0; i < people->count; i++)
		if (people->ids[i] == resident)
			return;
	people->ids = mem_resize(people->ids, (size_t)(people->count + 1) * sizeof(*people->ids));
	people->ids[people->count++] = resident;
}

int reminder_residents(struct db *db, int64_t **ret, struct err *err)
{
	CLEANUP(people_finish) struct people people = { 0 };
	CLEANUP(loan_list_finish) struct loan_list page = { 0 };
	int64_t now = db_now(db);

	TRY(loans_due(db, now, NULL, PAGE, &page, err));
	for (;;) {
		for (int i = 0; i < page.count; i++)
			if (is_reminded_of(&page.rows[i], now))
				add(&people, page.rows[i].resident);
		if (page.count < PAGE)
			break;
		struct loan_list next = { 0 };
		TRY(loans_due(db, now, &page.rows[page.count - 1], PAGE, &next, err));
		loan_list_finish(&page);
		page = next;
	}
	*ret = TAKE(people.ids);
	return people.count;
}

/* ---- a slip ---- */

static char *late_words(int64_t days)
{
	if (days == 0)
		return mem_text(_("due today"));
	return mem_printf(dngettext(WORDS_DOMAIN, "%" PRId64 " day late", "%" PRId64 " days late",
				  (unsigned long)days),
		days);
}

static int put_loan(struct sheet *sheet, struct db *db, const struct loan *loan, struct err *err)
{
	struct day today = when_day(db_now(db));
	char number[ITEM_NUMBER_SIZE];
	int64_t days;

	TRY(due_days_late(db, loan->due_at, db_now(db), &days, err));
	CLEANUP(mem_free) char *since = words_date(when_day(loan->lent_at), today);
	CLEANUP(mem_free) char *lent = mem_printf(_("lent %s"), since);
	CLEANUP(mem_free) char *day = words_date(when_day(loan->due_at), today);
	CLEANUP(mem_free) char *due = mem_printf(_("was due %s"), day);
	CLEANUP(mem_free) char *late = late_words(days);
	item_number_format(loan->item_number, number);
	sheet_pair(sheet, name_style, loan->name, small, number);
	sheet_text(sheet, small, lent);
	sheet_pair(sheet, small, due, late_style, late);
	return 0;
}

static int put_loans(struct sheet *sheet, struct db *db, int64_t resident, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list list = { 0 };
	int shown = 0;

	TRY(loans_of_resident(db, resident, &list, err));
	for (int i = 0; i < list.count; i++) {
		if (!is_reminded_of(&list.rows[i], db_now(db)))
			continue;
		if (shown++)
			sheet_space(sheet, 1.5);
		TRY(put_loan(sheet, db, &list.rows[i], err));
	}
	if (shown)
		return 0;
	*err = (struct err){ .code = ERR_NOT_FOUND };
	return ERR_NOT_FOUND;
}

static int put_person(struct sheet *sheet, struct db *db, int64_t id, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident;
	int64_t now = db_now(db);

	TRY(resident_get(db, id, &resident, err));
	TRY(resident_masked_name(db, id, &name, err));
	CLEANUP(mem_free)
	char *who = mem_printf(_("%s · no. %" PRId64), name, resident.number);
	CLEANUP(mem_free) char *today = words_date(when_day(now), when_day(now));
	sheet_pair(sheet, name_style, who, small, today);
	sheet_space(sheet, 1);
	sheet_text(sheet, words_style,
		_("Dear neighbour, these things of the community are past their day. Please bring "
		  "them back when you can:"));
	slip_rule(sheet);
	TRY(put_loans(sheet, db, id, err));
	slip_rule(sheet);
	sheet_text(sheet, words_style,
		_("You need it a little longer, or it is broken or lost? Call us or come by: we "
		  "find a way together. If it is back already, thank you, and please tell us."));
	return 0;
}

int reminder_build(struct db *db, const struct letterhead *letterhead, const int64_t *residents,
	int count, double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &house, err));
	const struct slip slip = { _("A friendly reminder"), when_day_start(db_today(db)),
		width_mm };
	for (int i = 0; i < count; i++) {
		if (i == 0)
			sheet = slip_begin(&slip, letterhead, &house);
		else
			slip_page(sheet, &slip, letterhead, &house);
		TRY(put_person(sheet, db, residents[i], err));
		slip_end(sheet, &house);
	}
	*ret = TAKE(sheet);
	return 0;
}
