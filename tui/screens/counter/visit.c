/* What one person does between card and finish (doc/screens.md, Resident). */

#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/duty/shift.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/due.h"
#include "core/items/lending/hold.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/points/freeze.h"
#include "core/points/ledger.h"
#include "core/points/notice.h"
#include "core/points/skill_service.h"
#include "core/words.h"
#include "core/words_message.h"
#include "tui/pages/clerk.h"
#include "tui/pages/news.h"
#include "tui/pages/reason.h"
#include "tui/screens/counter/counter.h"
#include "tui/screens/counter/visit_list.h"
#include "tui/screens/duty/screens.h"
#include "tui/screens/people/screens.h"
#include "tui/screens/points/screens.h"
#include "tui/screens/rooms/screens.h"
#include "tui/widgets/big_words.h"
#include "tui/widgets/tiles.h"
#include "tui/widgets/wrap.h"

/* In large type: below so many rows there is no room for tiles and for a day drawn large. */
#define LOW_ROWS 20

struct visit {
	int64_t id; /* the desk's visit that this was read for */
	struct loan_list loans;
	struct hold_list holds;
	struct message *messages;
	int message_count;
	char *suspension;                 /* in words; NULL: none */
	struct skill_service_list skills; /* help agreed with neighbours, not over */
	bool has_skill_rule;
	struct points points, frozen;
	int64_t due_shift; /* that they can sign in to now; 0: none */
	struct banner banner;
	struct visit_list list;
};

static void visit_forget(struct visit *visit)
{
	loan_list_finish(&visit->loans);
	visit->loans = (struct loan_list){ 0 };
	hold_list_finish(&visit->holds);
	skill_service_list_finish(&visit->skills);
	mem_free(&visit->suspension);
	messages_finish(visit->messages, visit->message_count);
	visit->messages = NULL;
	visit->message_count = 0;
}

static int visit_read_skills(struct db *db, int64_t resident, struct visit *visit, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	int has_rule = earn_rule_for(db, EARN_SKILL, &rule, err);

	TRY(has_rule);
	visit->has_skill_rule = has_rule > 0;
	return skill_services_of(db, resident, &visit->skills, err);
}

static int visit_read_shift(
	struct kiosk *kiosk, int64_t resident, struct visit *visit, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	int r = shift_of_resident(kiosk->db, resident, kiosk_now(kiosk), &shift, err);

	visit->due_shift = 0;
	if (r <= 0)
		return r;
	if (!shift_assignment_of(&shift, resident)->in_at)
		visit->due_shift = shift.id;
	return 0;
}

static void visit_read_all(struct app *app, struct visit *visit)
{
	struct kiosk *kiosk = kiosk_of(app);
	const struct desk_visit *now = desk_visit(kiosk->desk);
	struct err err = { 0 };

	visit_forget(visit);
	visit->list.back = 0;
	if (!now)
		return;
	if (visit->id != now->id)
		banner_clear(&visit->banner);
	if (visit->id && visit->id != now->id)
		counter_reset_language(app);
	visit->id = now->id;
	visit->suspension = clerk_suspension(kiosk, now->resident);
	int r = loans_of_resident(kiosk->db, now->resident, &visit->loans, &err);
	if (r >= 0)
		r = desk_holds(kiosk->desk, &visit->holds, &err);
	if (r >= 0)
		r = points_balance(kiosk->db, now->resident, &visit->points, &err);
	if (r >= 0)
		r = visit_read_skills(kiosk->db, now->resident, visit, &err);
	if (r >= 0)
		r = visit_read_shift(kiosk, now->resident, visit, &err);
	if (r >= 0)
		r = points_frozen(kiosk->db, now->resident, &visit->frozen, &err);
	if (r >= 0)
		r = visit->message_count =
			notice_unread(kiosk->db, now->resident, &visit->messages, &err);
	if (r < 0) {
		visit->message_count = 0;
		news_tell_err(app, &visit->banner, &err);
	}
}

static struct visit *visit_on_top(struct app *app)
{
	return app_top(app) == &visit_screen ? app_top_self(app) : NULL;
}

struct banner *visit_show(struct app *app)
{
	if (!app_pop_to(app, &visit_screen)) {
		if (!desk_staff(kiosk_of(app)->desk) || !app_pop_to(app, &volunteer_menu_screen))
			app_pop_to(app, &idle_screen);
		app_push(app, &visit_screen, mem_alloc(sizeof(struct visit)));
	}
	struct visit *visit = visit_on_top(app);
	visit_read_all(app, visit);
	return &visit->banner;
}

struct banner *visit_banner(struct app *app)
{
	app_pop_to(app, &visit_screen);
	struct visit *visit = visit_on_top(app);
	return visit ? &visit->banner : &kiosk_of(app)->news;
}

static void visit_leave(struct app *app, void *self)
{
	struct visit *visit = self;

	(void)app;
	visit_forget(visit);
	banner_clear(&visit->banner);
	free(visit);
}

/* ---- drawing ---- */

static char *visit_points_words(const struct visit *visit)
{
	if (visit->frozen.n == 0)
		return mem_printf(_("%lld points"), (long long)visit->points.n);
	return mem_printf(_("%lld points (%lld more are held as deposits)"),
		(long long)visit->points.n, (long long)visit->frozen.n);
}

/* How many wait for this person's confirmation: the other side has confirmed. */
static int visit_skills_to_confirm(const struct visit *visit, int64_t resident)
{
	int count = 0;

	for (int i = 0; i < visit->skills.count; i++) {
		const struct skill_service *s = &visit->skills.rows[i];
		count += s->helper == resident ? s->asker_at && !s->helper_at
					       : s->helper_at && !s->asker_at;
	}
	return count;
}

static int visit_draw_skills(const struct visit *visit, int64_t resident, struct rect area, int row)
{
	if (!visit_skills_to_confirm(visit, resident))
		return row;
	draw_text(area, row, 0, STYLE_NEEDED, " ! ");
	draw_text(area, row, 4, STYLE_PAPER,
		_("A neighbour says that the help is done: press 9, please."));
	return row + 1;
}

static int visit_draw_greeting(struct kiosk *kiosk, struct visit *visit, struct rect area)
{
	const struct desk_visit *now = desk_visit(kiosk->desk);
	CLEANUP(mem_free) char *points = visit_points_words(visit);
	CLEANUP(mem_free) char *hello = mem_printf(_("Hello, %s"), now->masked_name);

	draw_text(area, 0, 0, STYLE_STRONG, hello);
	draw_right(area, 0, STYLE_PAPER, points);
	int row = 2;
	for (int i = 0; i < visit->message_count; i++) {
		struct rect line = area;
		rect_cut_top(&line, row);
		draw_text(line, 0, 0, STYLE_NEEDED, " ! ");
		rect_cut_left(&line, 4);
		CLEANUP(mem_free)
		char *words = words_message(&visit->messages[i], kiosk_now(kiosk));
		row += wrap_draw(line, 0, STYLE_PAPER, words);
	}
	if (visit->suspension) {
		draw_text(area, row, 0, STYLE_NEEDED, " ! ");
		draw_fit(area, row++, 4, area.cols - 4, STYLE_PAPER, visit->suspension);
	}
	int below = visit_draw_skills(visit, now->resident, area, row);
	return below > 2 ? below + 1 : below;
}

/* What a loan's line says of its due time; the caller's. */
static char *visit_due_words(struct kiosk *kiosk, const struct loan *loan)
{
	int64_t late = 0, now = kiosk_now(kiosk);
	struct err ignored = { 0 };

	due_days_late(kiosk->db, loan->due_at, now, &late, &ignored);
	return words_due(loan->due_at, late, now);
}

static int visit_loans_from_before(const struct visit *visit)
{
	int count = 0;

	for (int i = 0; i < visit->loans.count; i++)
		count += visit->loans.rows[i].visit != visit->id;
	return count;
}

static void visit_draw_loan(struct kiosk *kiosk, const struct loan *loan, struct rect area, int row)
{
	bool is_late = loan->due_at < kiosk_now(kiosk);
	CLEANUP(mem_free) char *words = visit_due_words(kiosk, loan);

	const struct visit_row line = {
		.mark = is_late ? "!" : "·",
		.mark_style = is_late ? STYLE_NEEDED : STYLE_QUIET,
		.number = loan->item_number,
		.name = loan->name,
		.words = words,
		.style = is_late ? STYLE_REFUSED : STYLE_PAPER,
	};

	visit_row_draw(area, row, &line);
}

/* The earliest due first: when they don't all fit, those are the ones to be seen. */
static int visit_draw_loans(struct kiosk *kiosk, struct visit *visit, struct rect area, int row)
{
	int count = visit_loans_from_before(visit), shown = 0;
	int room = area.rows - row - 1;
	int most = count <= room ? count : room - 1;

	if (!count || room < 1)
		return row;
	draw_textf(area, row++, 0, STYLE_MARK, _("You have %d"), count);
	for (int i = 0; i < visit->loans.count && shown < most; i++) {
		if (visit->loans.rows[i].visit == visit->id)
			continue;
		visit_draw_loan(kiosk, &visit->loans.rows[i], area, row++);
		shown++;
	}
	if (shown && shown < count)
		draw_textf(area, row++, 3, STYLE_QUIET, _("and %d more: 5 shows them all"),
			count - shown);
	return row + 1;
}

/* What a reservation's line says; the caller's. */
static char *visit_hold_words(const struct hold *hold, int64_t now)
{
	if (hold->status == HOLD_WAITING)
		return hold->claims ? mem_text(_("it is here, ask a volunteer"))
				    : mem_printf(_("place %lld in the queue"),
					      (long long)hold->position);
	CLEANUP(mem_free) char *until = words_instant(hold->until_at, now);
	return mem_printf(_("pick-up shelf, place %lld, until %s"), (long long)hold->slot, until);
}

static int visit_draw_holds(struct kiosk *kiosk, struct visit *visit, struct rect area, int row)
{
	const struct hold_list *holds = &visit->holds;

	if (holds->count && row < area.rows)
		draw_text(area, row++, 0, STYLE_MARK, _("Reserved"));
	for (int i = 0; i < holds->count && row < area.rows; i++) {
		const struct hold *hold = &holds->rows[i];
		bool is_here = hold->status == HOLD_READY || hold->claims;
		CLEANUP(mem_free) char *words = visit_hold_words(hold, kiosk_now(kiosk));
		draw_text(area, row, 0, is_here ? STYLE_DONE : STYLE_QUIET, is_here ? "✓" : "·");
		draw_fit(area, row, 3, area.cols - text_width(words) - 5, STYLE_PAPER, hold->name);
		draw_right(area, row++, is_here ? STYLE_DONE : STYLE_PAPER, words);
	}
	return holds->count ? row + 1 : row;
}

/* What was there before this visit. The list of this visit has half of the page for sure, and below
 * it the day when that is drawn large, all that there is. Returns the rows. */
static int visit_draw_before(struct kiosk *kiosk, struct visit *visit, struct rect area)
{
	int list = visit_list_rows(kiosk, &visit->list, area.cols);
	int least = visit_list_rows_least(kiosk, &visit->list, area.cols);
	int most = visit->list.has_notes ? area.rows : (area.rows + 1) / 2;

	most = most > least ? most : least;
	rect_cut_bottom(&area, list > most ? most : list ? list : 1);
	return visit_draw_holds(kiosk, visit, area, visit_draw_loans(kiosk, visit, area, 0));
}

/* Until when the newest goes, to be drawn large; 0: there is nothing of the kind to be seen, or
 * other news. */
static int64_t visit_large_due(struct kiosk *kiosk, const struct visit *visit)
{
	bool is_told = visit->banner.kind == BANNER_NONE || visit->banner.is_listed;

	return kiosk->face && is_told && !visit->list.back ? visit_list_due(kiosk) : 0;
}

/* Where the list leaves room for it, and in large type before all of the list but the newest. The
 * list says the banner's words then, which gives way. */
static bool visit_draw_due(struct kiosk *kiosk, struct visit *visit, struct rect *area)
{
	int64_t due_at = visit_large_due(kiosk, visit);

	visit->list.has_notes = true;
	int list = draw_is_large() ? visit_list_rows_least(kiosk, &visit->list, area->cols)
				   : visit_list_rows(kiosk, &visit->list, area->cols);
	visit->list.has_notes = due_at && area->rows >= list + 1 + 1 + BIG_ROWS;
	if (!visit->list.has_notes)
		return false;
	big_due_draw(kiosk, rect_cut_bottom(area, 1 + BIG_ROWS), due_at);
	rect_cut_bottom(area, 1);
	return true;
}

/* In large type on a low screen the thing, its day and the way out are all that there is. */
static bool visit_draw_due_alone(struct app *app, struct visit *visit, struct rect area)
{
	const struct action *finish = action_find(visit_screen.actions, K_ENTER, app, visit);
	const struct tile out = { .key = K_ENTER, .label = _(finish->label) };
	struct kiosk *kiosk = kiosk_of(app);
	int64_t due_at = visit_large_due(kiosk, visit);

	if (!due_at || !draw_is_large() || area.rows >= LOW_ROWS)
		return false;
	tiles_draw(rect_cut_bottom(&area, 1), &out, 1, 0);
	rect_cut_bottom(&area, 1);
	visit->list.has_notes = area.rows > 2 + BIG_ROWS;
	rect_cut_top(&area, visit_list_draw_newest(kiosk, &visit->list, area));
	big_due_draw(kiosk, area, due_at);
	return true;
}

static void visit_draw_banner(struct kiosk *kiosk, struct visit *visit, struct rect *area)
{
	int rows = banner_rows(&visit->banner, area->cols);
	int least = visit_list_rows_least(kiosk, &visit->list, area->cols);

	if (rows && least + 1 + rows + 1 <= area->rows)
		banner_draw(&visit->banner, rect_cut_bottom(area, rows + 1));
}

static void visit_draw(struct app *app, void *self, struct rect area)
{
	struct visit *visit = self;
	struct kiosk *kiosk = kiosk_of(app);

	if (!desk_visit(kiosk->desk))
		return;
	area = rect_inset(area, 1, 2);
	if (visit_draw_due_alone(app, visit, area))
		return;
	clerk_draw_tiles(app, visit_screen.actions, self, &area, K_ENTER);
	rect_cut_top(&area, visit_draw_greeting(kiosk, visit, area));
	if (!visit_draw_due(kiosk, visit, &area))
		visit_draw_banner(kiosk, visit, &area);
	rect_cut_top(&area, visit_draw_before(kiosk, visit, area));
	visit_list_draw(kiosk, &visit->list, area);
	if (!desk_line_count(kiosk->desk))
		draw_text(area, 0, 0, STYLE_QUIET,
			_("Scan an item to borrow it or to give it back."));
}

/* ---- keys ---- */

static void visit_finish_and_print(struct app *app, void *self)
{
	(void)self;
	counter_finish(app, true);
}

static void visit_finish_plainly(struct app *app, void *self)
{
	(void)self;
	counter_finish(app, false);
}

static bool visit_has_lines(struct app *app, void *self)
{
	(void)self;
	return desk_line_count(kiosk_of(app)->desk) > 0;
}

static void visit_undo(struct app *app, void *self)
{
	struct visit *visit = self;
	struct outcome o = OUTCOME_INIT;

	desk_undo(kiosk_of(app)->desk, &o);
	counter_outcome(app, &visit->banner, &o);
}

static bool visit_has_loans(struct app *app, void *self)
{
	struct visit *visit = self;

	(void)app;
	return visit->loans.count > 0;
}

static void visit_renew(struct app *app, void *self)
{
	(void)self;
	renew_open(app);
}

static bool visit_has_holds(struct app *app, void *self)
{
	struct visit *visit = self;

	(void)app;
	return visit->holds.count > 0;
}

static bool visit_is_due(struct app *app, void *self)
{
	const struct visit *visit = self;

	(void)app;
	return visit->due_shift != 0;
}

static bool visit_is_not_due(struct app *app, void *self)
{
	return !visit_is_due(app, self);
}

/* As if the shift's code had been scanned. */
static void visit_sign_in(struct app *app, void *self)
{
	struct visit *visit = self;
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_SHIFT, visit->due_shift, code);
	counter_scan(app, &visit->banner, code, strlen(code));
}

static bool visit_has_messages(struct app *app, void *self)
{
	struct visit *visit = self;

	(void)app;
	return visit->message_count > 0;
}

static void visit_mark_read(struct app *app, void *self)
{
	struct visit *visit = self;
	struct kiosk *kiosk = kiosk_of(app);
	struct err err = { 0 };
	int r = 0;

	for (int i = 0; i < visit->message_count && r == 0; i++) {
		struct act act = desk_act(kiosk->desk);
		r = message_read(kiosk->db, &act, visit->messages[i].id, &err);
	}
	visit_read_all(app, visit);
	if (r < 0)
		news_tell_err(app, &visit->banner, &err);
	app_redraw(app);
}

/* ---- a rule broken by a named person, with a reason ---- */

static int visit_overridable_line(struct kiosk *kiosk)
{
	if (!desk_staff(kiosk->desk))
		return -1;
	for (int i = desk_line_count(kiosk->desk) - 1; i >= 0; i--) {
		const struct desk_line *line = desk_line_at(kiosk->desk, i);
		if (line->outcome.kind == OUTCOME_REFUSED && line->outcome.can_override &&
			!line->is_undone)
			return i;
	}
	return -1;
}

static bool visit_is_of_room(struct kiosk *kiosk, int line)
{
	return line >= 0 && desk_line_at(kiosk->desk, line)->outcome.venue != 0;
}

static bool visit_can_override(struct app *app, void *self)
{
	int line = visit_overridable_line(kiosk_of(app));

	(void)self;
	return line >= 0 && !visit_is_of_room(kiosk_of(app), line);
}

static bool visit_can_let_in(struct app *app, void *self)
{
	(void)self;
	return visit_is_of_room(kiosk_of(app), visit_overridable_line(kiosk_of(app)));
}

static bool visit_is_staffed(struct app *app, void *self)
{
	(void)self;
	return desk_staff(kiosk_of(app)->desk) != NULL;
}

static void visit_override_with(struct app *app, void *context, const char *why)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct outcome o = OUTCOME_INIT;
	int line = visit_overridable_line(kiosk);

	(void)context;
	if (!why || line < 0)
		return;
	desk_override(kiosk->desk, line, why, &o);
	counter_outcome(app, visit_banner(app), &o);
}

static void visit_override(struct app *app, void *self)
{
	struct kiosk *kiosk = kiosk_of(app);
	int line = visit_overridable_line(kiosk);

	(void)self;
	if (line < 0)
		return;
	const struct outcome *o = &desk_line_at(kiosk->desk, line)->outcome;
	CLEANUP(mem_free) char *reasons = words_err(&o->err, kiosk_now(kiosk));
	CLEANUP(mem_free) char *text = mem_printf("%s\n%s", o->name, reasons);
	const struct reason_request request = {
		.title = o->venue ? _("Let them in all the same") : _("Lend it all the same"),
		.text = text,
		.done = visit_override_with,
	};
	reason_open(app, &request);
}

static void visit_open_resident(struct app *app, void *self)
{
	(void)self;
	resident_page_open(app, desk_visit(kiosk_of(app)->desk)->resident);
}

static bool visit_is_alone(struct app *app, void *self)
{
	return !visit_is_staffed(app, self);
}

static void visit_open_kept(struct app *app, void *self)
{
	(void)self;
	kept_open(app, desk_visit(kiosk_of(app)->desk)->resident);
}

static void visit_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct visit *visit = self;

	counter_scan(app, &visit->banner, bytes, len);
}

static bool visit_key(struct app *app, void *self, const struct key *key)
{
	struct visit *visit = self;

	return visit_list_key(kiosk_of(app), &visit->list, key);
}

static void visit_resume(struct app *app, void *self)
{
	visit_read_all(app, self);
	app_redraw(app);
}

static bool visit_has_skills(struct app *app, void *self)
{
	const struct visit *visit = self;

	(void)app;
	return visit->has_skill_rule || visit->skills.count;
}

static const struct action actions[] = {
	{ K_ENTER, N_("Finish and print"), N_("Ends your visit and prints what you have borrowed."),
		visit_finish_and_print, .place = ACTION_TILE },
	{ '0', N_("Type a number"), N_("For a label that cannot be scanned."), .opens = number_open,
		.place = ACTION_TILE },
	{ '1', N_("Rooms"), N_("Books a room, or shows what you have booked."), .opens = rooms_open,
		.place = ACTION_TILE },
	{ '2', N_("Sign in for duty"), N_("Your shift is now, or soon. F4 is your page of duty."),
		visit_sign_in, visit_is_due, .place = ACTION_TILE },
	{ '2', N_("Duty"), N_("Your shifts, the open places, and how to say that you can't come."),
		.opens = my_duty_open, .is_available = visit_is_not_due, .place = ACTION_TILE },
	{ '3', N_("Points"), N_("Your points, what they came from and what can be had for them."),
		.opens = points_open, .place = ACTION_TILE },
	{ '4', N_("I have read this"), N_("Puts the messages away."), visit_mark_read,
		visit_has_messages, .place = ACTION_TILE },
	{ '5', N_("Renew"), N_("Keeps something longer."), visit_renew, visit_has_loans,
		.place = ACTION_TILE },
	{ '6', N_("Cancel the hold"), N_("For what you have reserved and do not want any more."),
		.opens = unhold_open, .is_available = visit_has_holds, .place = ACTION_TILE },
	{ '7', N_("Lend all the same"), N_("Breaks a rule in your name, with a reason."),
		visit_override, visit_can_override, .place = ACTION_TILE },
	{ '7', N_("Let them in"), N_("Breaks a rule in your name, with a reason."), visit_override,
		visit_can_let_in, .place = ACTION_TILE },
	{ '8', N_("Resident"), N_("The person's page: phone, messages, what happened to a loan."),
		visit_open_resident, visit_is_staffed, .place = ACTION_TILE },
	{ '8', N_("What is mine"), N_("All that is kept of you here, to read and to print."),
		visit_open_kept, visit_is_alone, .place = ACTION_TILE },
	{ '9', N_("Neighbours' help"),
		N_("Help that you give or get: agree on it, and say that it was done."),
		.opens = skills_open, .is_available = visit_has_skills, .place = ACTION_TILE },
	{ K_BACKSPACE, N_("Undo"), N_("Takes the last line back."), visit_undo, visit_has_lines },
	{ K_F10, N_("Finish"), N_("Ends the visit and prints the receipt."),
		visit_finish_and_print },
	{ K_ESC, N_("Finish without paper"), N_("Ends the visit; nothing is printed."),
		visit_finish_plainly },
	{ 0 },
};

const struct screen visit_screen = {
	.title = N_("Borrow and return"),
	.actions = actions,
	.resume = visit_resume,
	.leave = visit_leave,
	.draw = visit_draw,
	.key = visit_key,
	.scan = visit_scan,
};
