/* What is out, the longest overdue first: whom to call, what to expect today. */
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/lending/due.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/people/resident.h"
#include "core/sheets/reminder.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/items/screens.h"
#include "tui/screens/people/screens.h"
#include "tui/widgets/dialog.h"

struct loans {
	struct list_page page;
	struct loan_list all;
};

/* What a line shows beside its loan. */
struct beside {
	struct resident_person person;
	int64_t days_late;
};

/* ---- reading ---- */

static int loans_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct loans *loans = self;
	struct loan_list more = { 0 };

	TRY(loans_due(loans->page.kiosk->db, INT64_MAX, after, limit, &more, err));
	LIST_PAGE_JOIN(&loans->all, more);
	return 0;
}

static void loans_forget(void *self)
{
	loan_list_finish(&((struct loans *)self)->all);
}

static int loans_read_beside(void *self, const void *row, void *extra, struct err *err)
{
	struct kiosk *kiosk = ((struct loans *)self)->page.kiosk;
	const struct loan *loan = row;
	struct beside *beside = extra;

	TRY(resident_person(kiosk->db, loan->resident, &beside->person, err));
	return due_days_late(kiosk->db, loan->due_at, kiosk_now(kiosk), &beside->days_late, err);
}

static void loans_forget_beside(void *extra)
{
	resident_person_finish(&((struct beside *)extra)->person);
}

/* ---- lines ---- */

enum { COLUMN_ITEM, COLUMN_WHO, COLUMN_PHONE, COLUMN_DUE };

static const struct list_column columns[] = {
	[COLUMN_ITEM] = { N_("Item"), .min = 8 },
	[COLUMN_WHO] = { N_("Who has it"), .min = 8, .max = 20 },
	[COLUMN_PHONE] = { N_("Phone"), .min = 11, .max = 16 },
	[COLUMN_DUE] = { N_("Due"), .min = 10, .max = 40, .align_right = true, .is_whole = true },
};

/* Short if possible: under a title that says what it is. */
static char *loans_due_text(const struct loan *loan, int64_t days_late, int64_t now)
{
	if (loan->claimed_at)
		return mem_text(_("said to be back"));
	if (loan->due_at >= now)
		return day_distance(when_day(now), when_day(loan->due_at)) < 2
			       ? words_instant(loan->due_at, now)
			       : words_instant_paper(loan->due_at, now);
	return words_due(loan->due_at, days_late, now);
}

static bool loans_is_late(const struct loans *loans, const struct loan *loan)
{
	return loan->due_at < kiosk_now(loans->page.kiosk);
}

static void loans_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct loans *loans = self;
	const struct loan *loan = row;
	const struct beside *beside = list_page_extra(self, row);

	switch (column) {
	case COLUMN_ITEM:
		ret->text = mem_text(loan->name);
		break;
	case COLUMN_WHO:
		ret->text = mem_text(beside->person.name);
		break;
	case COLUMN_PHONE:
		ret->text = text_mask_phone(beside->person.phone);
		ret->style = STYLE_QUIET;
		break;
	default:
		ret->text = loans_due_text(loan, beside->days_late, kiosk_now(loans->page.kiosk));
		ret->style = loans_is_late(loans, loan) ? STYLE_REFUSED : STYLE_PAPER;
	}
}

static bool loans_is_today(const struct loans *loans, const struct loan *loan)
{
	return day_compare(when_day(loan->due_at), when_day(kiosk_now(loans->page.kiosk))) == 0;
}

static const char *loans_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct loans *loans = self;
	const struct loan *loan = row;
	bool late = loans_is_late(loans, loan);

	*ret_style = late ? STYLE_NEEDED : STYLE_MARK;
	return late ? "!" : loans_is_today(loans, loan) ? "•" : "";
}

static void loans_open_resident(struct app *app, void *self)
{
	resident_page_open(app, ((const struct loan *)list_page_row(self))->resident);
}

static void loans_open_item(struct app *app, void *self)
{
	item_page_open(app, ((const struct loan *)list_page_row(self))->item);
}

static void loans_open_loan(struct app *app, void *self)
{
	loan_page_open(app, ((const struct loan *)list_page_row(self))->id);
}

static bool loans_is_staffed_line(struct app *app, void *self)
{
	return clerk_is_on(app, self) && list_page_has_row(app, self);
}

/* ---- reminders ---- */

static void loans_remind(struct loans *loans, const int64_t *residents, int count)
{
	struct err err = { 0 };

	if (papers_reminders(loans->page.kiosk, residents, count, &err) < 0) {
		clerk_tell_err(loans->page.app, &err);
		return;
	}
	CLEANUP(mem_free)
	char *text = mem_printf(ngettext("%d reminder is being printed",
					"%d reminders are being printed", (unsigned long)count),
		count);
	clerk_tell_done(loans->page.app, text, NULL);
	papers_go(loans->page.kiosk);
}

/* A claimed return is followed up, not reminded of. */
static bool loans_can_remind(struct app *app, void *self)
{
	const struct loan *loan = list_page_row(self);

	return clerk_is_on(app, self) && loan && loans_is_late(self, loan) && !loan->claimed_at;
}

static void loans_remind_one(struct app *app, void *self)
{
	const struct loan *loan = list_page_row(self);

	(void)app;
	loans_remind(self, &loan->resident, 1);
}

static int loans_overdue_people(const struct loans *loans, int64_t **ret)
{
	struct err err = { 0 };
	int count = reminder_residents(loans->page.kiosk->db, ret, &err);

	if (count < 0)
		clerk_tell_err(loans->page.app, &err);
	return count;
}

static void loans_all_asked(struct app *app, void *context, int button)
{
	CLEANUP(mem_free) int64_t *people = NULL;

	(void)app;
	if (button != 0)
		return;
	int count = loans_overdue_people(context, &people);
	if (count > 0)
		loans_remind(context, people, count);
}

/* Many slips are asked for once more. */
static void loans_remind_all(struct app *app, void *self)
{
	CLEANUP(mem_free) int64_t *people = NULL;
	int count = loans_overdue_people(self, &people);

	if (count <= 0)
		return;
	CLEANUP(mem_free)
	char *title = mem_printf(ngettext("Print a reminder for %d person?",
					 "Print reminders for %d people?", (unsigned long)count),
		count);
	const char *const buttons[] = { _("Print"), _("Back"), NULL };
	const struct dialog dialog = {
		.title = title,
		.text = _("A slip each, with what is overdue at this moment."),
		.buttons = buttons,
		.done = loans_all_asked,
		.context = self,
	};
	dialog_open(app, &dialog);
}

static bool loans_is_any_late(struct app *app, void *self)
{
	const struct loans *loans = self;

	return clerk_is_on(app, self) && loans->all.count &&
	       loans_is_late(loans, &loans->all.rows[0]);
}

/* What the first lines are about, in one line. Those due later may not all have been read yet. */
static void loans_head(void *self, struct rect *area)
{
	const struct loans *loans = self;
	int overdue = 0, today = 0;

	for (int i = 0; i < loans->all.count; i++) {
		const struct loan *loan = &loans->all.rows[i];
		overdue += loans_is_late(loans, loan);
		today += !loans_is_late(loans, loan) && loans_is_today(loans, loan);
	}
	CLEANUP(mem_free)
	char *summary = mem_printf(_("%d overdue  ·  %d due today  ·  %d%s out"), overdue, today,
		loans->all.count, loans->page.has_more ? "+" : "");
	clerk_heading(area, summary);
}

static const struct action loans_actions[] = {
	{ K_ENTER, N_("Resident"), N_("Opens the page of who has it: phone, message, renewal."),
		loans_open_resident, list_page_has_row },
	{ K_TAB, N_("Item"), N_("Opens the item's page."), loans_open_item, list_page_has_row },
	{ '1', N_("Reminder"), N_("Prints a slip for whoever has the marked thing."),
		loans_remind_one, loans_can_remind },
	{ '2', N_("Remind all"), N_("Prints a slip for everybody with something overdue."),
		loans_remind_all, loans_is_any_late },
	{ '3', N_("Loan"), N_("Calls back, said to be back, lost, and the phone number."),
		loans_open_loan, loans_is_staffed_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind loans_page = {
	.screen = LIST_PAGE(N_("On loan"), loans_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct loans, all),
	.empty = N_("Everything is on the shelf."),
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.read_more = loans_read_more,
	.forget = loans_forget,
	.extra_size = sizeof(struct beside),
	.read_extra = loans_read_beside,
	.forget_extra = loans_forget_beside,
	.cell = loans_cell,
	.mark = loans_mark,
	.head = loans_head,
};

void loans_open(struct app *app)
{
	if (!app_pop_to(app, &loans_page.screen))
		list_page_open(app, &loans_page);
}
