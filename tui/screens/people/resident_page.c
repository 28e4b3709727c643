/* A resident, as a volunteer sees them: who they are, their card, their loans. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/duty/service_hours.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/due.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_check.h"
#include "core/items/lending/loan_list.h"
#include "core/people/card.h"
#include "core/people/phone.h"
#include "core/people/resident.h"
#include "core/points/ledger.h"
#include "core/points/notice.h"
#include "core/words.h"
#include "core/words_message.h"
#include "core/words_points.h"
#include "tui/pages/clerk.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/duty/screens.h"
#include "tui/screens/house/screens.h"
#include "tui/screens/items/screens.h"
#include "tui/screens/people/people.h"
#include "tui/screens/people/resident_facts.h"
#include "tui/screens/points/screens.h"
#include "tui/widgets/dialog.h"

struct resident_screen {
	struct list_page page;
	int64_t id;
	struct resident resident;
	struct resident_person person;
	struct resident_facts facts;
	struct card card;
	bool has_card, is_phone_shown, is_registration;
	struct points points;
	char *suspension; /* in words; NULL: none */
	struct minutes served;
	struct message *messages;
	int message_count;
	struct loan_list loans; /* the open ones, then those that are over */
	struct loan oldest;     /* where the history goes on */
	int64_t renewing;       /* a refused loan that may be renewed all the same */
};

/* ---- reading ---- */

static void resident_page_forget(void *self)
{
	struct resident_screen *view = self;

	resident_person_finish(&view->person);
	resident_facts_finish(&view->facts);
	mem_free(&view->suspension);
	messages_finish(view->messages, view->message_count);
	view->messages = NULL;
	view->message_count = 0;
	loan_list_finish(&view->loans);
	view->oldest = (struct loan){ 0 };
}

/* Without those that are shown above, as open. */
static void resident_page_append_ended(struct resident_screen *view, struct loan_list *more)
{
	struct loan_list *all = &view->loans;

	all->rows =
		mem_resize(all->rows, (size_t)(all->count + more->count + 1) * sizeof(*all->rows));
	for (int i = 0; i < more->count; i++) {
		if (loan_is_open(&more->rows[i]))
			loan_finish(&more->rows[i]);
		else
			all->rows[all->count++] = more->rows[i];
	}
	free(more->rows);
}

static int resident_page_read(void *self, struct err *err)
{
	struct resident_screen *view = self;
	struct db *db = view->page.kiosk->db;

	TRY(resident_get(db, view->id, &view->resident, err));
	TRY(resident_person(db, view->id, &view->person, err));
	TRY(resident_facts_read(
		view->page.kiosk, &view->resident, &view->person, &view->facts, err));
	view->suspension = clerk_suspension(view->page.kiosk, view->id);
	int has_card = card_of(db, view->id, &view->card, err);
	TRY(has_card);
	view->has_card = has_card;
	TRY(points_balance(db, view->id, &view->points, err));
	TRY(service_hours_total(db, view->id, &view->served, err));
	int messages = notice_unread(db, view->id, &view->messages, err);
	TRY(messages);
	view->message_count = messages;
	return loans_of_resident(db, view->id, &view->loans, err);
}

static int resident_page_read_history(void *self, const void *last, int limit, struct err *err)
{
	struct resident_screen *view = self;
	int wanted = view->loans.count + limit;
	bool is_over = false;

	(void)last;
	while (!is_over && view->loans.count < wanted) {
		const struct loan *after = view->oldest.id ? &view->oldest : NULL;
		struct loan_list more = { 0 };
		TRY(loans_history_of_resident(
			view->page.kiosk->db, view->id, after, limit, &more, err));
		is_over = more.count < limit;
		if (more.count)
			view->oldest = more.rows[more.count - 1];
		view->oldest.name = view->oldest.safety = NULL; /* a place to go on, no more */
		resident_page_append_ended(view, &more);
	}
	return is_over;
}

/* How many days late an open loan is. */
static int resident_page_read_late(void *self, const void *row, void *extra, struct err *err)
{
	const struct resident_screen *view = self;
	const struct loan *loan = row;

	if (!loan_is_open(loan))
		return 0;
	return due_days_late(
		view->page.kiosk->db, loan->due_at, kiosk_now(view->page.kiosk), extra, err);
}

/* ---- loans ---- */

enum { COLUMN_NUMBER, COLUMN_ITEM, COLUMN_LENT, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { NULL, .min = 6, .max = 8, .is_whole = true },
	[COLUMN_ITEM] = { N_("Item"), .min = 10 },
	[COLUMN_LENT] = { N_("Lent"), .min = 8, .max = 22 },
	[COLUMN_STATE] = { N_("State"), .min = 10, .max = 40, .is_whole = true },
};

static char *resident_page_state_of(const struct resident_screen *view, const struct loan *loan)
{
	const int64_t *late = list_page_extra(view, loan);
	int64_t now = kiosk_now(view->page.kiosk);

	if (loan_is_open(loan))
		return words_due(loan->due_at, *late, now);
	CLEANUP(mem_free) char *when = words_instant_paper(loan->returned_at, now);
	return mem_printf(_("returned %s"), when);
}

static bool resident_page_is_late(const struct resident_screen *view, const struct loan *loan)
{
	return loan_is_open(loan) && loan->due_at < kiosk_now(view->page.kiosk);
}

static void resident_page_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct resident_screen *view = self;
	const struct loan *loan = row;
	int64_t now = kiosk_now(view->page.kiosk);
	char number[ITEM_NUMBER_SIZE];

	ret->style = loan_is_open(loan) ? STYLE_PAPER : STYLE_QUIET;
	switch (column) {
	case COLUMN_NUMBER:
		item_number_format(loan->item_number, number);
		ret->text = mem_text(number);
		ret->style = STYLE_QUIET;
		break;
	case COLUMN_ITEM:
		ret->text = mem_text(loan->name);
		break;
	case COLUMN_LENT:
		ret->text = words_date(when_day(loan->lent_at), when_day(now));
		break;
	default:
		ret->text = resident_page_state_of(view, loan);
		ret->style = resident_page_is_late(view, loan) ? STYLE_REFUSED : ret->style;
	}
}

static const char *resident_page_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct resident_screen *view = self;
	const struct loan *loan = row;

	*ret_style = !loan_is_open(loan)                 ? STYLE_QUIET
		     : resident_page_is_late(view, loan) ? STYLE_NEEDED
							 : STYLE_MARK;
	return !loan_is_open(loan) ? "✓" : resident_page_is_late(view, loan) ? "!" : "·";
}

/* ---- actions ---- */

static void resident_page_serve(struct app *app, void *self)
{
	struct resident_screen *view = self;
	struct outcome o = OUTCOME_INIT;

	desk_resident(view->page.kiosk->desk, view->id, &o);
	counter_outcome(app, &view->page.kiosk->news, &o);
}

static void resident_page_edit(struct app *app, void *self)
{
	struct resident_screen *view = self;

	resident_form_open(app, view->id);
}

static void resident_page_issue(struct app *app, void *context, int button)
{
	struct resident_screen *view = context;
	const struct act act = clerk_act(app, view->id);
	char payload[CODE_TEXT_MAX];
	struct err err = { 0 };

	if (button != 0)
		return;
	if (papers_card(view->page.kiosk, &act, view->id, payload, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	papers_go(view->page.kiosk);
	card_open(app, view->id, payload, view->is_registration);
	view->is_registration = false;
	app_sound(app, SOUND_DONE);
	explicit_bzero(payload, sizeof(payload));
}

static void resident_page_ask(struct app *app, struct resident_screen *view, const char *title,
	const char *button, void (*done)(struct app *app, void *context, int button))
{
	const char *const buttons[] = { button, _("Back"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = title,
		.text = view->person.name,
		.buttons = buttons,
		.marked = 1,
		.done = done,
		.context = view,
	};

	dialog_open(app, &dialog);
}

static void resident_page_issue_card(struct app *app, void *self)
{
	struct resident_screen *view = self;

	if (view->has_card)
		resident_page_ask(app, view,
			_("A card of this person works. A new one takes its place."),
			_("Print a new card"), resident_page_issue);
	else
		resident_page_issue(app, view, 0);
}

static void resident_page_revoke(struct app *app, void *context, int button)
{
	struct resident_screen *view = context;
	const struct act act = clerk_act(app, view->id);
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = card_revoke(view->page.kiosk->db, &act, view->id, &err);
	list_page_conclude(view, r, &err, _("The card works no more"), NULL);
}

static void resident_page_revoke_card(struct app *app, void *self)
{
	resident_page_ask(app, self, _("Is the card lost? It will work no more."),
		_("Yes, it is lost"), resident_page_revoke);
}

static void resident_page_add_message(struct app *app, void *context, const char *words)
{
	struct resident_screen *view = context;
	const struct act act = clerk_act(app, view->id);
	struct err err = { 0 };

	if (!words)
		return;
	int r = message_add(view->page.kiosk->db, &act, view->id, words, NULL, &err);
	list_page_conclude(view, r, &err, _("The message waits for the next visit"), NULL);
}

static void resident_page_leave_message(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Please come and see a volunteer."),
		N_("Please bring back what is overdue."),
		N_("Something of yours is waiting at the counter."), NULL };
	struct resident_screen *view = self;
	const struct reason_request request = {
		.title = _("A message for the next visit"),
		.text = view->person.name,
		.ready = ready,
		.max_chars = MESSAGE_WORDS_MAX,
		.done = resident_page_add_message,
		.context = view,
	};

	reason_open(app, &request);
}

static void resident_page_toggle_phone(struct app *app, void *self)
{
	struct resident_screen *view = self;
	const struct act act = clerk_act(app, view->id);
	CLEANUP(mem_free) char *phone = NULL;
	struct err err = { 0 };

	if (view->is_phone_shown)
		view->is_phone_shown = false;
	else if (phone_reveal(view->page.kiosk->db, &act, view->id, &phone, &err) < 0)
		clerk_tell_err(app, &err);
	else
		view->is_phone_shown = true;
	app_redraw(app);
}

/* ---- renewing ---- */

static int resident_page_renew_loan(struct app *app, struct resident_screen *view, int64_t loan,
	const char *override_why, struct err *err)
{
	struct act act = clerk_act(app, view->id);
	CLEANUP(mem_free) char *why = override_why ? clerk_why(&act, override_why) : NULL;
	const struct desk_visit *visit = desk_visit(view->page.kiosk->desk);
	int64_t during = visit && visit->resident == view->id ? visit->id : 0, due_at = 0;

	act.is_override = why != NULL;
	act.why = why ? why : act.why;
	TRY(loan_renew(view->page.kiosk->db, &act,
		&(struct loan_renewing){ .loan = loan, .visit = during }, &due_at, err));
	CLEANUP(mem_free) char *due = words_due(due_at, 0, kiosk_now(view->page.kiosk));
	list_page_conclude(view, 0, err, _("Renewed"), due);
	return 0;
}

static void resident_page_renew_anyway(struct app *app, void *context, const char *why)
{
	struct resident_screen *view = context;
	struct err err = { 0 };

	if (why && resident_page_renew_loan(app, view, view->renewing, why, &err) < 0)
		clerk_tell_err(app, &err);
}

static void resident_page_ask_why_renew(struct app *app, void *context, int button)
{
	const struct reason_request request = {
		.title = _("Renew it all the same"),
		.text = "",
		.done = resident_page_renew_anyway,
		.context = context,
	};

	if (button == 0)
		reason_open(app, &request);
}

static bool resident_page_can_override(const struct err *err)
{
	for (int i = 0; i < err->reason_count; i++)
		if (!loan_reason_is_overridable(err->reasons[i].code))
			return false;
	return err->code == ERR_REFUSED && err->reason_count > 0;
}

static void resident_page_renew(struct app *app, void *self)
{
	struct resident_screen *view = self;
	const struct loan *loan = list_page_row(view);
	struct err err = { 0 };

	if (!loan)
		return;
	view->renewing = loan->id;
	if (resident_page_renew_loan(app, view, loan->id, NULL, &err) == 0)
		return;
	if (err.code != ERR_REFUSED) {
		clerk_tell_err(app, &err);
		return;
	}
	const struct clerk_refusal refusal = {
		.title = _("It cannot be renewed now"),
		.err = &err,
		.button = resident_page_can_override(&err) ? _("Renew it all the same") : NULL,
		.done = resident_page_ask_why_renew,
		.context = view,
	};
	clerk_refuse(app, &refusal);
}

/* ---- what is available ---- */

static bool resident_page_is_here(struct app *app, void *self)
{
	return clerk_is_on(app, self) && !((struct resident_screen *)self)->resident.has_left;
}

static bool resident_page_lacks_card(struct app *app, void *self)
{
	return resident_page_is_here(app, self) && !((struct resident_screen *)self)->has_card;
}

static bool resident_page_has_card(struct app *app, void *self)
{
	return clerk_is_on(app, self) && ((struct resident_screen *)self)->has_card;
}

static bool resident_page_can_renew(struct app *app, void *self)
{
	const struct loan *loan = list_page_row(self);

	return clerk_is_on(app, self) && loan && loan_is_open(loan);
}

static bool resident_page_has_phone(struct app *app, void *self)
{
	const struct resident_screen *view = self;

	return clerk_is_on(app, self) && view->person.phone && *view->person.phone;
}

static void resident_page_open_item(struct app *app, void *self)
{
	item_page_open(app, ((const struct loan *)list_page_row(self))->item);
}

static void resident_page_open_loan(struct app *app, void *self)
{
	loan_page_open(app, ((const struct loan *)list_page_row(self))->id);
}

static void resident_page_open_duty(struct app *app, void *self)
{
	volunteer_page_open(app, ((struct resident_screen *)self)->id);
}

static void resident_page_open_more(struct app *app, void *self)
{
	resident_more_open(app, ((struct resident_screen *)self)->id);
}

static bool resident_page_has_staffed_loan(struct app *app, void *self)
{
	return clerk_is_on(app, self) && list_page_has_row(app, self);
}

static void resident_page_open_account(struct app *app, void *self)
{
	account_screen_open(app, HOLDER_RESIDENT(((struct resident_screen *)self)->id));
}

static void resident_page_show_log(struct app *app, void *self)
{
	log_open(app, ((struct resident_screen *)self)->id, 0);
}

static const struct action actions[] = {
	{ '1', N_("Serve"), N_("Opens a visit for this person without a card."),
		resident_page_serve, resident_page_is_here, .place = ACTION_TILE },
	{ '2', N_("Edit"), N_("Changes name, phone, home."), resident_page_edit, clerk_is_on,
		.place = ACTION_TILE },
	{ '3', N_("Issue a card"), N_("Prints a card and shows its code once."),
		resident_page_issue_card, resident_page_lacks_card, .place = ACTION_TILE },
	{ '3', N_("New card"), N_("Prints a card that takes the place of the old one."),
		resident_page_issue_card, resident_page_has_card, .place = ACTION_TILE },
	{ '4', N_("Card lost"), N_("The card works no more."), resident_page_revoke_card,
		resident_page_has_card, .place = ACTION_TILE },
	{ '5', N_("Renew"), N_("Renews the marked loan."), resident_page_renew,
		resident_page_can_renew, .place = ACTION_TILE },
	{ '6', N_("Message"), N_("Writes what the person reads at the next visit."),
		resident_page_leave_message, resident_page_is_here, .place = ACTION_TILE },
	{ '7', N_("Phone"), N_("Shows the phone number, which is put on record, or hides it."),
		resident_page_toggle_phone, resident_page_has_phone, .place = ACTION_TILE },
	{ '8', N_("Loan"), N_("The marked loan: brought back, called back, said to be back, lost."),
		resident_page_open_loan, resident_page_has_staffed_loan, .place = ACTION_TILE },
	{ '9', N_("Points"), N_("The lines of the account, and putting one right."),
		resident_page_open_account, clerk_is_on, .place = ACTION_TILE },
	{ '0', N_("Volunteer"), N_("Roles, limits, times and hours; registers a volunteer."),
		resident_page_open_duty, resident_page_is_here, .place = ACTION_TILE },
	{ K_TAB, N_("More"),
		N_("A pause, the notice, all that is kept, moving away, and what else is rare."),
		resident_page_open_more, clerk_is_on },
	{ '+', NC_("counter", "Log"), N_("What was done by, for and about the person."),
		resident_page_show_log, clerk_is_on },
	{ K_ENTER, N_("Item"), N_("Opens the item of the marked line."), resident_page_open_item,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

static char *resident_page_contact_of(const struct resident_screen *view)
{
	const struct resident_person *p = &view->person;
	CLEANUP(mem_free)
	char *phone = view->is_phone_shown ? mem_text(p->phone) : text_mask_phone(p->phone);

	return mem_printf("%s%s%s%s%s%s%s", view->facts.category ? view->facts.category : "",
		*p->building || *p->room ? "  ·  " : "", p->building,
		*p->building && *p->room ? " " : "", p->room, *phone ? "  ·  " : "", phone);
}

static char *resident_page_card_words(const struct resident_screen *view)
{
	int64_t now = kiosk_now(view->page.kiosk);

	if (view->resident.has_left)
		return mem_text(view->resident.erased_at     ? _("has been erased")
				: view->resident.merged_into ? _("is kept under another number")
							     : _("has moved away"));
	if (!view->has_card)
		return mem_text(_("none that works"));
	CLEANUP(mem_free) char *when = words_day(when_day(view->card.issued_at), when_day(now));
	return mem_printf(_("works, issued %s"), when);
}

static int resident_page_draw_messages(
	const struct resident_screen *view, struct rect area, int row)
{
	if (view->suspension) {
		draw_text(area, row, 0, STYLE_NEEDED, " ! ");
		draw_fit(area, row++, 4, area.cols - 4, STYLE_PAPER, view->suspension);
	}
	for (int i = 0; i < view->message_count; i++) {
		CLEANUP(mem_free)
		char *words = words_message(&view->messages[i], kiosk_now(view->page.kiosk));
		draw_text(area, row, 0, STYLE_NEEDED, " ! ");
		draw_fit(area, row++, 4, area.cols - 4, STYLE_PAPER, words);
	}
	return row;
}

static void resident_page_head(void *self, struct rect *head)
{
	const struct resident_screen *view = self;
	const struct rect area = *head;
	const struct resident_person *p = &view->person;
	CLEANUP(mem_free) char *contact = resident_page_contact_of(view);
	CLEANUP(mem_free) char *card = resident_page_card_words(view);
	CLEANUP(mem_free) char *served = words_served(view->served.n);
	CLEANUP(mem_free)
	char *points = mem_printf(_("%lld points"), (long long)view->points.n);

	int col = draw_text(area, 0, 0, STYLE_STRONG, p->name);
	if (*p->alias)
		col = draw_textf(area, 0, col, STYLE_PAPER, "  %s", p->alias);
	draw_textf(area, 0, col, STYLE_QUIET, "  %06lld", (long long)view->resident.number);
	draw_right(area, 0, STYLE_PAPER, points);
	int cells = view->served.n ? text_width(served) + 2 : 0;
	draw_fit(area, 1, 0, area.cols - cells, STYLE_PAPER, contact);
	if (view->served.n)
		draw_right(area, 1, STYLE_PAPER, served);
	const struct clerk_fact facts[] = {
		{ _("Card"), card },
		{ _("Paused"), view->facts.pause },
		{ _("Consent"), view->facts.consent },
		{ _("Guardian"), view->facts.guardian },
		{ _("May fetch it"), view->facts.fetchers },
		{ _("Guardian of"), view->facts.wards },
		{ _("Same home"), view->facts.family },
		{ _("Right of use"), view->facts.rights },
		{ _("Note"), p->note },
	};
	int row = clerk_draw_facts(area, 2, facts, ARRAY_LEN(facts));
	rect_cut_top(head, resident_page_draw_messages(view, area, row) + 1);
}

static const struct list_page_kind resident_page = {
	.screen = LIST_PAGE(N_("Resident"), actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct resident_screen, loans),
	.empty = N_("Nothing has been borrowed yet."),
	.are_tiles_first = true,
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.read = resident_page_read,
	.read_more = resident_page_read_history,
	.forget = resident_page_forget,
	.extra_size = sizeof(int64_t),
	.read_extra = resident_page_read_late,
	.cell = resident_page_cell,
	.mark = resident_page_mark,
	.head = resident_page_head,
};

static struct resident_screen *resident_page_create(struct app *app, int64_t resident)
{
	struct resident_screen *view = list_page_create(app, &resident_page);

	view->id = resident;
	return view;
}

void resident_page_open(struct app *app, int64_t resident)
{
	list_page_show(resident_page_create(app, resident));
}

/* ---- after a registration ---- */

static void resident_page_registered(struct app *app, void *context, int button)
{
	struct resident_screen *view = context;

	if (button == 0) {
		resident_page_issue(app, view, 0);
	} else if (button == 1) {
		app_pop(app);
		resident_form_open(app, 0);
	}
}

void resident_page_open_new(struct app *app, int64_t resident)
{
	struct resident_screen *view = resident_page_create(app, resident);

	view->is_registration = true;
	list_page_show(view);
	CLEANUP(mem_free)
	char *text = mem_printf(_("%s, number %06lld"), view->person.name ? view->person.name : "",
		(long long)view->resident.number);
	const char *const buttons[] = { _("Print a card"), _("Next person"), _("Later"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_DONE,
		.title = _("Registered"),
		.text = text,
		.buttons = buttons,
		.done = resident_page_registered,
		.context = view,
	};
	app_sound(app, SOUND_DONE);
	dialog_open(app, &dialog);
}
