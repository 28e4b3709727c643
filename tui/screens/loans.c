/* What is out, the longest overdue first: who to call, what to expect today. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/due.h"
#include "core/items/loan_list.h"
#include "core/people/resident.h"
#include "core/sheets/reminder.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30

struct loans {
	struct app *app;
	struct kiosk *kiosk;
	struct loan_list all;
	bool has_more;
	struct list *list;
};

static const struct screen loans_screen;

/* ---- reading ---- */

static void forget(struct loans *loans)
{
	loan_list_finish(&loans->all);
	loans->all = (struct loan_list){ 0 };
	loans->has_more = false;
}

static void fetch(struct loans *loans)
{
	struct loan_list *all = &loans->all;
	struct loan_list more = { 0 };
	struct err err = { 0 };
	const struct loan *after = all->count ? &all->rows[all->count - 1] : NULL;

	if (loans_due(loans->kiosk->db, INT64_MAX, after, PAGE_ROWS, &more, &err) < 0) {
		list_set_count(loans->list, all->count);
		clerk_tell_err(loans->app, &err);
		return;
	}
	all->rows = mem_join(all->rows, &all->count, more.rows, more.count, sizeof(*all->rows));
	loans->has_more = more.count == PAGE_ROWS;
	list_set_count(loans->list, all->count);
	list_set_more(loans->list, loans->has_more);
}

static void look_ahead(struct loans *loans)
{
	if (loans->has_more && list_selected(loans->list) + AHEAD_ROWS >= loans->all.count)
		fetch(loans);
}

static const struct loan *selected(const struct loans *loans)
{
	int row = list_selected(loans->list);

	return row >= 0 && row < loans->all.count ? &loans->all.rows[row] : NULL;
}

/* ---- lines ---- */

enum { COLUMN_ITEM, COLUMN_WHO, COLUMN_PHONE, COLUMN_DUE };

static const struct list_column columns[] = {
	[COLUMN_ITEM] = { N_("Item"), .min = 8 },
	[COLUMN_WHO] = { N_("Who has it"), .min = 8, .max = 20 },
	[COLUMN_PHONE] = { N_("Phone"), .min = 11, .max = 16 },
	[COLUMN_DUE] = { N_("Due"), .min = 10, .max = 40, .align_right = true, .is_whole = true },
};

static char *person_text(const struct loans *loans, int64_t resident, bool is_phone)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err ignored = { 0 };

	if (resident_person(loans->kiosk->db, resident, &person, &ignored) < 0)
		return mem_text("");
	return is_phone ? text_mask_phone(person.phone) : mem_text(person.name);
}

/* Short where it can be: under a title that says what it is. */
static char *due_text(const struct loans *loans, const struct loan *loan)
{
	int64_t late = 0, now = kiosk_now(loans->kiosk);
	struct err ignored = { 0 };

	if (loan->claimed_at)
		return mem_text(_("said to be back"));
	if (loan->due_at >= now)
		return day_distance(when_day(now), when_day(loan->due_at)) < 2
			       ? words_instant(loan->due_at, now)
			       : words_instant_paper(loan->due_at, now);
	due_days_late(loans->kiosk->db, loan->due_at, now, &late, &ignored);
	return words_due(loan->due_at, late, now);
}

static bool is_late(const struct loans *loans, const struct loan *loan)
{
	return loan->due_at < kiosk_now(loans->kiosk);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct loans *loans = context;
	const struct loan *loan = &loans->all.rows[row];

	switch (column) {
	case COLUMN_ITEM:
		ret->text = mem_text(loan->name);
		break;
	case COLUMN_WHO:
	case COLUMN_PHONE:
		ret->text = person_text(loans, loan->resident, column == COLUMN_PHONE);
		ret->style = column == COLUMN_PHONE ? STYLE_QUIET : STYLE_PAPER;
		break;
	default:
		ret->text = due_text(loans, loan);
		ret->style = is_late(loans, loan) ? STYLE_REFUSED : STYLE_PAPER;
	}
}

static bool is_today(const struct loans *loans, const struct loan *loan)
{
	return day_compare(when_day(loan->due_at), when_day(kiosk_now(loans->kiosk))) == 0;
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct loans *loans = context;
	const struct loan *loan = &loans->all.rows[row];
	bool late = is_late(loans, loan);

	*ret_style = late ? STYLE_NEEDED : STYLE_MARK;
	return late ? "!" : is_today(loans, loan) ? "•" : "";
}

/* ---- life ---- */

void loans_open(struct app *app)
{
	struct loans *loans;

	if (app_pop_to(app, &loans_screen))
		return;
	loans = mem_alloc(sizeof(*loans));
	loans->app = app;
	loans->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = loans,
		.cell = cell,
		.mark = mark,
		.empty = N_("Everything is on the shelf."),
	};
	loans->list = list_create(&options);
	app_push(app, &loans_screen, loans);
}

static void resume(struct app *app, void *self)
{
	struct loans *loans = self;

	clerk_hush(app);
	forget(loans);
	fetch(loans);
}

static void leave(struct app *app, void *self)
{
	struct loans *loans = self;

	(void)app;
	forget(loans);
	list_destroy(loans->list);
	free(loans);
}

/* ---- keys and drawing ---- */

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static void open_resident(struct app *app, void *self)
{
	resident_page_open(app, selected(self)->resident);
}

static void open_item(struct app *app, void *self)
{
	item_page_open(app, selected(self)->item);
}

static void open_loan(struct app *app, void *self)
{
	loan_page_open(app, selected(self)->id);
}

static bool is_staffed_line(struct app *app, void *self)
{
	return clerk_is_on(app, self) && has_line(app, self);
}

/* ---- reminders ---- */

static void remind(struct loans *loans, const int64_t *residents, int count)
{
	struct err err = { 0 };

	if (papers_reminders(loans->kiosk, residents, count, &err) < 0) {
		clerk_tell_err(loans->app, &err);
		return;
	}
	CLEANUP(mem_free)
	char *text = mem_printf(ngettext("%d reminder is being printed",
					"%d reminders are being printed", (unsigned long)count),
		count);
	clerk_tell_done(loans->app, text, NULL);
	papers_go(loans->kiosk);
}

/* What somebody says to have brought back is asked after, not reminded of. */
static bool can_remind(struct app *app, void *self)
{
	const struct loan *loan = selected(self);

	return clerk_is_on(app, self) && loan && is_late(self, loan) && !loan->claimed_at;
}

static void remind_one(struct app *app, void *self)
{
	int64_t resident = selected(self)->resident;

	(void)app;
	remind(self, &resident, 1);
}

static int overdue_people(const struct loans *loans, int64_t **ret)
{
	struct err err = { 0 };
	int count = reminder_residents(loans->kiosk->db, ret, &err);

	if (count < 0)
		clerk_tell_err(loans->app, &err);
	return count;
}

static void all_asked(struct app *app, void *context, int button)
{
	CLEANUP(mem_free) int64_t *people = NULL;

	(void)app;
	if (button != 0)
		return;
	int count = overdue_people(context, &people);
	if (count > 0)
		remind(context, people, count);
}

/* Many slips are asked for once more. */
static void remind_all(struct app *app, void *self)
{
	CLEANUP(mem_free) int64_t *people = NULL;
	int count = overdue_people(self, &people);

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
		.done = all_asked,
		.context = self,
	};
	dialog_open(app, &dialog);
}

static bool is_any_late(struct app *app, void *self)
{
	const struct loans *loans = self;

	return clerk_is_on(app, self) && loans->all.count && is_late(loans, &loans->all.rows[0]);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct loans *loans = self;
	bool is_taken = clerk_list_key(app, loans->list, key, open_resident, loans);

	look_ahead(loans);
	return is_taken;
}

/* What the first lines are about, in one line. Those due later may not all be here yet. */
static char *summary(const struct loans *loans)
{
	int overdue = 0, today = 0;

	for (int i = 0; i < loans->all.count; i++) {
		const struct loan *loan = &loans->all.rows[i];
		overdue += is_late(loans, loan);
		today += !is_late(loans, loan) && is_today(loans, loan);
	}
	return mem_printf(_("%d overdue  ·  %d due today  ·  %d%s out"), overdue, today,
		loans->all.count, loans->has_more ? "+" : "");
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct loans *loans = self;
	CLEANUP(mem_free) char *head = summary(loans);

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, head);
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	list_draw(loans->list, area);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Resident"), N_("Opens the page of who has it: phone, message, renewal."),
		open_resident, has_line },
	{ K_TAB, N_("Item"), N_("Opens the item's page."), open_item, has_line },
	{ '1', N_("Reminder"), N_("Prints a slip for whoever has the marked thing."), remind_one,
		can_remind },
	{ '2', N_("Remind all"), N_("Prints a slip for everybody with something overdue."),
		remind_all, is_any_late },
	{ '3', N_("Loan"), N_("Calls back, said to be back, lost, and the phone number."),
		open_loan, is_staffed_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen loans_screen = {
	.name = "loans",
	.title = N_("On loan"),
	.actions = actions,
	.enter = resume,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
