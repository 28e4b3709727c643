/* One loan, as a volunteer sees it: who has the item, whom to call, and what can happen on the way
 * back: returned, recalled, claimed as returned, lost, found again. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/lending/due.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_trouble.h"
#include "core/people/message.h"
#include "core/people/phone.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/moving.h"
#include "tui/pages/reason.h"
#include "tui/screens/items/screens.h"
#include "tui/screens/people/screens.h"

struct page {
	struct app *app;
	struct kiosk *kiosk;
	int64_t id;
	struct loan loan;
	struct item item;
	struct resident_person person;
	char *phone;   /* masked, until it is asked for */
	char *missing; /* parts, when it came back */
	bool is_phone_shown;
};

static const struct screen page_screen;

/* ---- reading ---- */

static void loan_page_forget(struct page *page)
{
	loan_finish(&page->loan);
	page->loan = (struct loan){ 0 };
	item_finish(&page->item);
	page->item = (struct item){ 0 };
	resident_person_finish(&page->person);
	page->person = (struct resident_person){ 0 };
	mem_free(&page->missing);
}

static int loan_page_read_missing(struct page *page, struct err *err)
{
	CLEANUP(title_part_list_finish) struct title_part_list parts = { 0 };
	int64_t news = page->loan.parts_missing & ~page->loan.parts_lent;

	TRY(title_parts(page->kiosk->db, page->item.title, &parts, err));
	for (int i = 0; i < parts.count; i++) {
		CLEANUP(mem_free) char *before = page->missing;
		page->missing = NULL;
		if (news >> parts.rows[i].bit & 1)
			page->missing = mem_printf("%s%s%s", before ? before : "",
				before ? _(", ") : "", parts.rows[i].name);
		else
			page->missing = TAKE(before);
	}
	return 0;
}

static int loan_page_read_all(struct page *page, struct err *err)
{
	struct db *db = page->kiosk->db;

	loan_page_forget(page);
	TRY(loan_get(db, page->id, &page->loan, err));
	TRY(item_get(db, page->loan.item, &page->item, err));
	TRY(resident_person(db, page->loan.resident, &page->person, err));
	if (!page->is_phone_shown) {
		mem_free(&page->phone);
		page->phone = text_mask_phone(page->person.phone);
	}
	return loan_page_read_missing(page, err);
}

static void loan_page_refresh(struct page *page)
{
	struct err err = { 0 };

	if (loan_page_read_all(page, &err) < 0)
		clerk_tell_err(page->app, &err);
	app_redraw(page->app);
}

/* ---- life ---- */

void loan_page_open(struct app *app, int64_t loan)
{
	struct page *page = mem_alloc(sizeof(*page));

	page->app = app;
	page->kiosk = kiosk_of(app);
	page->id = loan;
	app_push(app, &page_screen, page);
}

static void loan_page_enter(struct app *app, void *self)
{
	clerk_hush(app);
	loan_page_refresh(self);
}

/* The news above stays: it came from what was asked here. */
static void loan_page_resume(struct app *app, void *self)
{
	(void)app;
	loan_page_refresh(self);
}

static void loan_page_leave(struct app *app, void *self)
{
	struct page *page = self;

	(void)app;
	loan_page_forget(page);
	free(page->phone);
	free(page);
}

/* ---- what can be done ---- */

static void loan_page_report(struct page *page, int r, const struct err *err, const char *words)
{
	CLEANUP(mem_free) char *item = mem_text(page->loan.name);

	loan_page_refresh(page);
	if (r < 0)
		clerk_tell_err(page->app, err);
	else
		clerk_tell_done(page->app, item, words);
}

static void loan_page_bring_back(struct app *app, void *self)
{
	item_check_open(app, ((struct page *)self)->loan.item);
}

/* What the borrower reads at the next visit. */
static void loan_page_recall_for(struct app *app, void *context, const char *why)
{
	struct page *page = context;
	const struct act act = clerk_act(app, page->loan.resident);
	struct err err = { 0 };
	int64_t due_at = 0, now = kiosk_now(page->kiosk);

	if (!why)
		return;
	CLEANUP(mem_free)
	char *words = mem_printf(_("Please bring back soon: %s (%s)"), page->loan.name, why);
	int r = loan_recall(page->kiosk->db, &act, page->id, when_day(now), words, &due_at, &err);
	CLEANUP(mem_free) char *due = words_due(due_at, 0, now);
	loan_page_report(page, r, &err, due);
}

static void loan_page_call_back(struct app *app, void *self)
{
	static const char *const ready[] = { N_("somebody needs it urgently"),
		N_("it is needed for an activity"), N_("it has to be inspected"), NULL };
	struct page *page = self;
	const struct reason_request request = {
		.title = _("Why is it called back?"),
		.text = page->loan.name,
		.ready = ready,
		.done = loan_page_recall_for,
		.context = page,
	};

	reason_open(app, &request);
}

static void loan_page_claim(struct app *app, void *self)
{
	struct page *page = self;
	const struct act act = clerk_act(app, page->loan.resident);
	struct err err = { 0 };

	loan_page_report(page, loan_claim(page->kiosk->db, &act, page->id, &err), &err,
		_("Noted. Please look for it on the shelves."));
}

static void loan_page_drop_claim(struct app *app, void *self)
{
	struct page *page = self;
	const struct act act = clerk_act(app, page->loan.resident);
	struct err err = { 0 };

	loan_page_report(page, claim_drop(page->kiosk->db, &act, page->id, &err), &err,
		_("It counts as on loan again"));
}

static void loan_page_lost_for(struct app *app, void *context, const char *given_why)
{
	struct page *page = context;
	struct act act = clerk_act(app, page->loan.resident);
	struct err err = { 0 };

	if (!given_why)
		return;
	CLEANUP(mem_free) char *why = clerk_why(&act, given_why);
	act.why = why;
	loan_page_report(page, loan_lost(page->kiosk->db, &act, page->id, &err), &err,
		_("The loan is over; the item is listed as not found"));
}

static void loan_page_lose(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The borrower cannot find it"),
		N_("Said to be back, but it was not found"), N_("Nobody can be reached"), NULL };
	struct page *page = self;
	const struct reason_request request = {
		.title = _("How was it lost?"),
		.text = page->loan.name,
		.ready = ready,
		.done = loan_page_lost_for,
		.context = page,
	};

	reason_open(app, &request);
}

static void loan_page_find(struct app *app, void *self)
{
	struct page *page = self;
	const struct act act = clerk_act(app, 0);
	struct item_look look = { 0 };
	struct err err = { 0 };

	int r = item_found(page->kiosk->db, &act, page->loan.item, &err);
	if (r >= 0)
		r = item_look_get(page->kiosk->db, page->loan.item, &look, &err);
	loan_page_report(page, r, &err, _("Found again, it is in use"));
	if (r >= 0 && look.needs_check)
		item_check_open(app, page->loan.item);
}

static void loan_page_reveal(struct app *app, void *self)
{
	struct page *page = self;
	const struct act act = clerk_act(app, page->loan.resident);
	CLEANUP(mem_free) char *phone = NULL;
	struct err err = { 0 };

	if (phone_reveal(page->kiosk->db, &act, page->loan.resident, &phone, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	mem_free(&page->phone);
	page->phone = TAKE(phone);
	page->is_phone_shown = true;
	app_redraw(app);
}

static void loan_page_open_resident(struct app *app, void *self)
{
	resident_page_open(app, ((struct page *)self)->loan.resident);
}

static void loan_page_open_item(struct app *app, void *self)
{
	item_page_open(app, ((struct page *)self)->loan.item);
}

/* ---- what is available ---- */

static bool loan_page_is_open(struct app *app, void *self)
{
	const struct page *page = self;

	return clerk_is_on(app, self) && page->loan.id && loan_is_open(&page->loan);
}

static bool loan_page_is_claimed(struct app *app, void *self)
{
	return loan_page_is_open(app, self) && ((struct page *)self)->loan.claimed_at;
}

static bool loan_page_is_unclaimed(struct app *app, void *self)
{
	return loan_page_is_open(app, self) && !((struct page *)self)->loan.claimed_at;
}

static bool loan_page_can_be_found(struct app *app, void *self)
{
	const struct page *page = self;

	return clerk_is_on(app, self) && page->item.status == ITEM_MISSING && !page->item.loan;
}

static bool loan_page_has_hidden_phone(struct app *app, void *self)
{
	const struct page *page = self;

	return clerk_is_on(app, self) && page->person.phone && *page->person.phone &&
	       !page->is_phone_shown;
}

static const struct action actions[] = {
	{ '1', N_("Brought back"), N_("Takes it back, with a look at its parts."),
		loan_page_bring_back, loan_page_is_open, .place = ACTION_TILE },
	{ '1', N_("Found again"), N_("It has turned up and is in use again."), loan_page_find,
		loan_page_can_be_found, .place = ACTION_TILE },
	{ '2', N_("Call it back"), N_("Makes it due sooner; the borrower reads why."),
		loan_page_call_back, loan_page_is_open, .place = ACTION_TILE },
	{ '3', N_("Said to be back"),
		N_("The borrower says it was brought back: nobody is blocked while it is looked "
		   "for."),
		loan_page_claim, loan_page_is_unclaimed, .place = ACTION_TILE },
	{ '3', N_("Not back after all"), N_("Takes that back: it is on loan."),
		loan_page_drop_claim, loan_page_is_claimed, .place = ACTION_TILE },
	{ '4', N_("Lost"), N_("Ends the loan; the item is listed as not found."), loan_page_lose,
		loan_page_is_open, .place = ACTION_TILE },
	{ '5', N_("Phone"), N_("Shows the whole number, which is put on record."), loan_page_reveal,
		loan_page_has_hidden_phone, .place = ACTION_TILE },
	{ K_ENTER, N_("Resident"), N_("Opens the borrower's page."), loan_page_open_resident,
		clerk_is_on },
	{ K_TAB, N_("Item"), N_("Opens the item's page."), loan_page_open_item },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

static char *loan_page_instant_or_null(int64_t at, int64_t now)
{
	return at ? words_instant_paper(at, now) : NULL;
}

static char *loan_page_state_of(const struct page *page, int64_t now)
{
	const struct loan *loan = &page->loan;
	struct err ignored = { 0 };
	int64_t late = 0;

	if (loan->lost_at)
		return mem_text(_("lost"));
	if (!loan_is_open(loan))
		return mem_text(_("over"));
	due_days_late(page->kiosk->db, loan->due_at, now, &late, &ignored);
	return words_due(loan->due_at, late, now);
}

static void loan_page_draw_loan(const struct page *page, struct rect area)
{
	const struct loan *loan = &page->loan;
	int64_t now = kiosk_now(page->kiosk);
	CLEANUP(mem_free) char *item = moving_item_words(&page->item);
	CLEANUP(mem_free) char *state = loan_page_state_of(page, now);
	CLEANUP(mem_free) char *number = mem_printf("%" PRId64, loan->number);
	CLEANUP(mem_free) char *lent = words_instant_paper(loan->lent_at, now);
	CLEANUP(mem_free) char *due = words_instant_paper(loan->due_at, now);
	CLEANUP(mem_free) char *recalled = loan_page_instant_or_null(loan->recalled_at, now);
	CLEANUP(mem_free) char *claimed = loan_page_instant_or_null(loan->claimed_at, now);
	CLEANUP(mem_free) char *lost = loan_page_instant_or_null(loan->lost_at, now);
	CLEANUP(mem_free)
	char *returned = loan->lost_at ? NULL : loan_page_instant_or_null(loan->returned_at, now);
	bool is_late = loan_is_open(loan) && loan->due_at < now;

	draw_text(area, 0, 0, STYLE_STRONG, item);
	draw_right(area, 0, is_late ? STYLE_REFUSED : STYLE_PAPER, state);
	const struct clerk_fact facts[] = {
		{ loan_is_open(loan) ? _("Who has it") : _("Who had it"), page->person.name },
		{ _("Phone"), page->phone },
		{ _("Loan number"), number },
		{ _("Lent"), lent },
		{ _("Due"), due },
		{ _("Called back"), recalled },
		{ _("Said to be back"), claimed },
		{ _("Returned"), returned },
		{ _("Listed as lost"), lost },
		{ _("Parts missing since"), page->missing },
	};
	clerk_draw_facts(area, 2, facts, ARRAY_LEN(facts));
}

static void loan_page_draw(struct app *app, void *self, struct rect area)
{
	struct page *page = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	if (page->loan.id)
		loan_page_draw_loan(page, area);
}

static const struct screen page_screen = {
	.title = N_("Loan"),
	.actions = actions,
	.enter = loan_page_enter,
	.resume = loan_page_resume,
	.leave = loan_page_leave,
	.draw = loan_page_draw,
	.scan = clerk_scan,
};
