/* 检查: inspecting an item that came back: its parts are ticked off, then it goes back into use or
 * to repair. If it is still out, this returns it. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/lending/deposit.h"
#include "core/items/lending/hold_list.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "core/items/upkeep/look_over.h"
#include "core/items/upkeep/ticket.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/amount.h"
#include "tui/pages/moving.h"
#include "tui/pages/news.h"
#include "tui/pages/reason.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/items/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

#define WORDS_CHARS 100

struct check {
	struct app *app;
	struct kiosk *kiosk;
	struct item item;
	struct item_look look;
	struct title_part_list parts;
	int64_t missing;       /* bits, as ticked now */
	int64_t loan;          /* from which it comes back, or came back last; 0: never lent */
	bool is_out;           /* that loan is open */
	bool is_reported;      /* reported at its return: damaged or incomplete */
	char *borrower;        /* of it; full name */
	struct points deposit; /* held for it; 0: none */
	char *damage;          /* what has to be repaired, while the deposit is asked about */
	struct list *list;
};

static const struct screen check_screen;

/* ---- reading ---- */

static int item_check_read_loan(struct check *check, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(loan_list_finish) struct loan_list latest = { 0 };

	struct freeze deposit;

	TRY(loans_history_of_item(check->kiosk->db, check->item.id, NULL, 1, &latest, err));
	if (latest.count == 0)
		return 0;
	check->loan = latest.rows[0].id;
	check->is_out = loan_is_open(&latest.rows[0]);
	check->is_reported = latest.rows[0].reported_at && check->look.needs_check;
	int r = freeze_of(check->kiosk->db, FREEZE_LOAN, check->loan, &deposit, err);
	TRY(r);
	check->deposit = POINTS(r > 0 ? deposit.points.n : 0);
	TRY(resident_person(check->kiosk->db, latest.rows[0].resident, &person, err));
	check->borrower = mem_text(person.name);
	return 0;
}

static int item_check_read_all(struct check *check, int64_t item, struct err *err)
{
	TRY(item_get(check->kiosk->db, item, &check->item, err));
	TRY(item_look_get(check->kiosk->db, item, &check->look, err));
	TRY(title_parts(check->kiosk->db, check->item.title, &check->parts, err));
	check->missing = check->look.parts_missing;
	return item_check_read_loan(check, err);
}

static bool item_check_is_missing(const struct check *check, int row)
{
	return check->missing >> check->parts.rows[row].bit & 1;
}

/* "说明书、深度尺": what is missing; the caller's. */
static char *item_check_missing_words(const struct check *check)
{
	char *words = mem_text("");

	for (int i = 0; i < check->parts.count; i++) {
		CLEANUP(mem_free) char *before = NULL;
		if (!item_check_is_missing(check, i))
			continue;
		before = words;
		words = mem_printf(
			"%s%s%s", before, *before ? _(", ") : "", check->parts.rows[i].name);
	}
	return words;
}

/* ---- the parts ---- */

enum { COLUMN_PART, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_PART] = { NULL, .min = 12 },
	[COLUMN_STATE] = { NULL, .min = 8, .max = 16, .align_right = true, .is_whole = true },
};

static void item_check_cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct check *check = context;
	bool is_gone = item_check_is_missing(check, row);

	ret->style = is_gone ? STYLE_REFUSED : STYLE_PAPER;
	ret->text = mem_text(column == COLUMN_PART ? check->parts.rows[row].name
			     : is_gone             ? _("not there")
						   : _("there"));
}

static const char *item_check_mark(void *context, int row, enum style *ret_style)
{
	bool is_gone = item_check_is_missing(context, row);

	*ret_style = is_gone ? STYLE_REFUSED : STYLE_DONE;
	return is_gone ? "✗" : "✓";
}

static void item_check_toggle(struct check *check)
{
	int row = list_selected(check->list);

	if (row >= 0)
		check->missing ^= INT64_C(1) << check->parts.rows[row].bit;
	app_redraw(check->app);
}

/* ---- life ---- */

static struct check *item_check_check_create(struct app *app)
{
	struct check *check = mem_alloc(sizeof(*check));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = check,
		.cell = item_check_cell,
		.mark = item_check_mark,
		.empty = N_("It has no list of parts. Is it clean, whole, and does it work?"),
		.is_numbered = true,
	};

	check->app = app;
	check->kiosk = kiosk_of(app);
	check->list = list_create(&options);
	return check;
}

void item_check_open(struct app *app, int64_t item)
{
	struct check *check = item_check_check_create(app);
	struct err err = { 0 };
	int r = item_check_read_all(check, item, &err);

	list_set_count(check->list, check->parts.count);
	/* Items come back one after the other: only the latest is asked about. */
	if (app_top(app) == &check_screen)
		app_replace(app, &check_screen, check);
	else
		app_push(app, &check_screen, check);
	if (r < 0)
		clerk_tell_err(app, &err);
}

static void item_check_leave(struct app *app, void *self)
{
	struct check *check = self;

	(void)app;
	list_destroy(check->list);
	item_finish(&check->item);
	title_part_list_finish(&check->parts);
	free(check->borrower);
	free(check->damage);
	free(check);
}

/* ---- what comes of it ---- */

static int item_check_give_back(
	struct check *check, const struct act *act, bool is_damaged, struct err *err)
{
	const struct desk_visit *visit = desk_visit(check->kiosk->desk);
	const struct loan_giving_back back = { check->loan, visit ? visit->id : 0, check->missing,
		true, is_damaged };

	return loan_give_back(check->kiosk->db, act, &back, err);
}

/* An open ticket can hold this too. */
static int item_check_to_repair(struct check *check, const char *words, struct err *err)
{
	const struct act act = clerk_act(check->app, 0);
	const struct ticket_draft draft = { check->item.id, words, check->loan, 0 };
	CLEANUP(ticket_finish) struct ticket open = { 0 };
	int64_t id;

	int r = ticket_of_item(check->kiosk->db, check->item.id, &open, err);
	return r == 0 ? ticket_open(check->kiosk->db, &act, &draft, &id, err) : r;
}

/* What is kept of the deposit, because of what has to be repaired; the rest goes back. */
static int item_check_settle_deposit(
	struct check *check, const char *words, struct points kept, struct err *err)
{
	struct act act = clerk_act(check->app, 0);
	CLEANUP(mem_free) char *why = clerk_why(&act, words);

	act.why = why;
	return deposit_settle(check->kiosk->db, &act, check->loan, kept, err);
}

/* `words`: what has to be repaired; NULL: back in use. */
static int item_check_settle(
	struct check *check, const char *words, struct points kept, struct err *err)
{
	const struct act act = clerk_act(check->app, 0);
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct db *db = check->kiosk->db;

	TRY(txn_begin(&t, db, err));
	if (check->is_out)
		TRY(item_check_give_back(check, &act, words != NULL, err));
	else
		TRY(item_look(db, &act, check->item.id, check->missing, words != NULL, err));
	if (words)
		TRY(item_check_to_repair(check, words, err));
	if (words && check->deposit.n)
		TRY(item_check_settle_deposit(check, words, kept, err));
	return txn_commit(&t, err);
}

/* Where it goes now: its shelf, or the pick-up shelf; the caller's. */
static char *item_check_where_to(const struct check *check)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };
	CLEANUP(mem_free) char *who = NULL;
	struct db *db = check->kiosk->db;
	struct err ignored = { 0 };

	if (hold_of_item(db, check->item.id, db_now(db), &hold, &ignored) <= 0 ||
		resident_masked_name(db, hold.resident, &who, &ignored) < 0)
		return *check->item.shelf
			       ? mem_printf(_("back on its shelf, %s"), check->item.shelf)
			       : mem_text(_("back in use"));
	CLEANUP(mem_free) char *until = words_instant(hold.until_at, db_now(db));
	return mem_printf(_("Put aside for %s: pick-up shelf, place %lld, until %s"), who,
		(long long)hold.slot, until);
}

static void item_check_finish(struct check *check, const char *words, struct points kept)
{
	struct app *app = check->app;
	CLEANUP(mem_free) char *item = moving_item_words(&check->item);
	CLEANUP(mem_free) char *where = NULL;
	struct err err = { 0 };

	if (item_check_settle(check, words, kept, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	where = words ? mem_text(_("noted, it is in repair now")) : item_check_where_to(check);
	app_pop(app);
	if (app_top(app) == &visit_screen)
		news_tell_done(app, visit_banner(app), item, where);
	else
		clerk_tell_done(app, item, where);
}

static char *item_check_keep_preview(void *context, int64_t n)
{
	const struct check *check = context;
	CLEANUP(mem_free) char *kept = words_points(n);
	CLEANUP(mem_free) char *back = words_points(check->deposit.n - n);

	return mem_printf(_("%s go into the common pool, %s go back"), kept, back);
}

static void item_check_kept(struct app *app, void *context, int64_t n)
{
	struct check *check = context;

	(void)app;
	if (n >= 0)
		item_check_finish(check, check->damage, POINTS(n));
}

/* To be repaired: the same person decides about the deposit, if one is held. */
static void item_check_to_be_repaired(struct check *check, const char *words)
{
	CLEANUP(mem_free) char *held = words_points(check->deposit.n);
	CLEANUP(mem_free)
	char *text = mem_printf(
		_("%s. %s are held of %s; 0 gives all of it back."), words, held, check->borrower);
	const struct amount_request request = {
		.title = _("How much of the deposit is kept?"),
		.text = text,
		.max = check->deposit.n,
		.preview = item_check_keep_preview,
		.done = item_check_kept,
		.context = check,
	};

	if (!check->deposit.n) {
		item_check_finish(check, words, POINTS(0));
		return;
	}
	free(check->damage);
	check->damage = mem_text(words);
	amount_open(check->app, &request);
}

static void item_check_damaged(struct app *app, void *context, const char *words)
{
	(void)app;
	if (words)
		item_check_to_be_repaired(context, words);
}

static void item_check_ask_damage(struct check *check)
{
	static const char *const ready[] = { N_("Does not switch on"), N_("Broken"),
		N_("Cable or plug damaged"), N_("Dirty"), NULL };
	CLEANUP(mem_free) char *item = moving_item_words(&check->item);
	const struct reason_request request = {
		.title = _("What is wrong with it?"),
		.text = item,
		.ready = ready,
		.max_chars = WORDS_CHARS,
		.done = item_check_damaged,
		.context = check,
	};

	reason_open(check->app, &request);
}

static void item_check_wait_for_parts(struct check *check)
{
	CLEANUP(mem_free) char *missing = item_check_missing_words(check);
	CLEANUP(mem_free) char *words = mem_printf(_("Missing: %s"), missing);

	item_check_to_be_repaired(check, words);
}

/* With parts missing there is one more button, in front. */
static void item_check_answered(struct app *app, void *context, int button)
{
	struct check *check = context;
	bool is_whole = check->missing == 0;

	(void)app;
	if (button < 0)
		return;
	if (!is_whole && button == 0)
		item_check_wait_for_parts(check);
	else if (button == (is_whole ? 0 : 1))
		item_check_finish(check, NULL, POINTS(0));
	else if (button == (is_whole ? 1 : 2))
		item_check_ask_damage(check);
}

static void item_check_decide(struct app *app, void *self)
{
	struct check *check = self;
	CLEANUP(mem_free) char *missing = item_check_missing_words(check);
	CLEANUP(mem_free) char *item = moving_item_words(&check->item);
	CLEANUP(mem_free) char *words = mem_printf(_("Missing: %s"), missing);
	const char *const whole[] = { _("Back in use"), _("Damaged"), _("Back"), NULL };
	const char *const lacking[] = { _("Wait for the parts"), _("Use it all the same"),
		_("Damaged"), _("Back"), NULL };
	const struct dialog dialog = {
		.kind = check->missing ? BANNER_NEEDED : BANNER_NONE,
		.title = check->missing ? words : _("All of it is there."),
		.text = item,
		.buttons = check->missing ? lacking : whole,
		.done = item_check_answered,
		.context = check,
	};

	if (check->item.id)
		dialog_open(app, &dialog);
}

/* ---- keys and drawing ---- */

static const struct action actions[] = {
	{ K_ENTER, N_("Looked over"), N_("Says what comes of it: in use again, or to be repaired."),
		item_check_decide, .place = ACTION_TILE },
	{ ' ', N_("Is it there?"), N_("Marks a part as missing or there; its digit does the same."),
		NULL, .place = ACTION_HELP },
	{ K_F10, N_("Looked over"), NULL, item_check_decide, .place = ACTION_HIDDEN },
	{ K_ESC, N_("Later"), N_("Leaves it as it is."), app_back },
	{ 0 },
};

static bool item_check_key(struct app *app, void *self, const struct key *key)
{
	struct check *check = self;

	(void)app;
	if (key->code == K_ENTER)
		return false;
	if (key->code == ' ') {
		item_check_toggle(check);
		return true;
	}
	enum list_answer answer = list_key(check->list, key);
	if (answer == LIST_CHOSEN)
		item_check_toggle(check);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

/* Whoever scans has moved on. */
static void item_check_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	app_pop(app);
	if (app_top(app) == &visit_screen)
		counter_scan(app, visit_banner(app), bytes, len);
	else
		clerk_scan(app, NULL, bytes, len);
}

static void item_check_draw(struct app *app, void *self, struct rect area)
{
	struct check *check = self;
	CLEANUP(mem_free)
	char *words = check->item.id ? moving_item_words(&check->item) : mem_text("");
	CLEANUP(mem_free) char *deposit = check->deposit.n ? words_points(check->deposit.n) : NULL;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_ENTER);
	clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, _("Is everything there?"));
	draw_fit(area, 1, 0, area.cols, STYLE_PAPER, words);
	const struct clerk_fact facts[] = {
		{ check->is_out ? _("Who has it") : _("Came back from"), check->borrower },
		{ _("Said at its return"), check->is_reported ? _("damaged or incomplete") : NULL },
		{ _("Deposit"), deposit },
		{ _("Safety"), check->item.safety },
	};
	rect_cut_top(&area, clerk_draw_facts(area, 2, facts, ARRAY_LEN(facts)) + 1);
	if (check->parts.count)
		draw_text(area, 0, 0, STYLE_QUIET,
			_("What is not there: press its number, or Space on its line."));
	rect_cut_top(&area, check->parts.count ? 2 : 0);
	list_draw(check->list, area);
}

static const struct screen check_screen = {
	.title = N_("Look it over"),
	.actions = actions,
	.leave = item_check_leave,
	.draw = item_check_draw,
	.key = item_check_key,
	.scan = item_check_scan,
};
