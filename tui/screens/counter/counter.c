#include "tui/screens/counter/counter.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/catalogue/item.h"
#include "core/people/reasons.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/devices.h"
#include "tui/pages/news.h"
#include "tui/screens/items/screens.h"
#include "tui/widgets/dialog.h"

/* While another process writes: how often and how long the desk retries. */
#define RETRY_MS    50
#define RETRIES_MAX 100

/* After this many refused scans in a row, a volunteer is called. */
#define REFUSALS_MAX 3

static const enum banner_kind banner_of[] = {
	[SIGNAL_NONE] = BANNER_NEEDED,
	[SIGNAL_DONE] = BANNER_DONE,
	[SIGNAL_REFUSED] = BANNER_REFUSED,
	[SIGNAL_PERSON] = BANNER_NEEDED,
	[SIGNAL_UNDONE] = BANNER_UNDONE,
};

static const enum app_sound sound_of[] = {
	[SIGNAL_NONE] = SOUND_NEEDED,
	[SIGNAL_DONE] = SOUND_DONE,
	[SIGNAL_REFUSED] = SOUND_REFUSED,
	[SIGNAL_PERSON] = SOUND_NEEDED,
	[SIGNAL_UNDONE] = SOUND_UNDONE,
};

/* The headline of each kind of outcome. */
static const char *const titles[OUTCOME_KIND_COUNT] = {
	[OUTCOME_WAIT] = N_("One moment, please"),
	[OUTCOME_LENT] = N_("Lent"),
	[OUTCOME_RETURNED] = N_("Returned, thank you"),
	[OUTCOME_RENEWED] = N_("Renewed"),
	[OUTCOME_UNDONE] = N_("Undone"),
	[OUTCOME_ALREADY] = N_("Already lent, no need to scan again"),
	[OUTCOME_LEFT] = N_("Not returned"),
	[OUTCOME_RENEWED_ALL] = N_("Renewed"),
	[OUTCOME_REPORTED] = N_("Thank you for saying so"),
	[OUTCOME_ITEM] = N_("On the shelf"),
	[OUTCOME_NEED_CARD] = N_("Please scan your card"),
	[OUTCOME_VENUE_IN] = N_("Signed in"),
	[OUTCOME_VENUE_OUT] = N_("Signed out"),
	[OUTCOME_DOOR_LEFT] = N_("Nothing has changed"),
	[OUTCOME_DUTY_IN] = N_("On duty"),
	[OUTCOME_DUTY_OUT] = N_("Off duty, thank you"),
	[OUTCOME_LOAN] = N_("This loan"),
	[OUTCOME_RECORD] = N_("This service record is ours"),
	[OUTCOME_CERTIFICATE] = N_("This certificate of honour is ours"),
	[OUTCOME_VOUCHER] = N_("Voucher redeemed"),
	[OUTCOME_NEW_BOOK] = N_("This one is not registered yet"),
	[OUTCOME_HELD] = N_("Reserved"),
	[OUTCOME_UNHELD] = N_("The hold is cancelled"),
	[OUTCOME_FINISHED] = N_("Done, thank you"),
	[OUTCOME_REFUSED] = N_("It was not done"), /* words_refusal says which */
};

static char *counter_record_words(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *hours = words_duration(o->minutes);
	CLEANUP(mem_free) char *day = words_date(when_day(o->at), when_day(now));

	return mem_printf(
		_("No. %06lld  %s  %s, issued %s"), (long long)o->number, o->name, hours, day);
}

static char *counter_numbered(const struct outcome *o)
{
	char number[ITEM_NUMBER_SIZE];

	item_number_format(o->number, number);
	return *number ? mem_printf("%s  %s", o->name, number) : mem_text(o->name);
}

/* `text` with a line below it; takes it over. */
static char *counter_with_line(char *text, const char *line)
{
	char *both = mem_printf("%s\n%s", text, line);

	free(text);
	return both;
}

/* What everybody is told about the item, and how to use it safely; takes over `text`. */
static char *counter_with_notices(const struct outcome *o, char *text, int64_t now)
{
	for (int i = 0; i < o->notices.count; i++) {
		CLEANUP(mem_free) char *line = words_reason_line(&o->notices.reasons[i], now);
		text = counter_with_line(text, line);
	}
	return o->safety[0] ? counter_with_line(text, o->safety) : text;
}

char *counter_notice_words(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *lines = counter_with_notices(o, mem_text(""), now);

	return lines[0] ? mem_text(lines + 1) : NULL;
}

static char *counter_loan_words(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *item = counter_numbered(o);
	CLEANUP(mem_free)
	char *when = o->is_returned ? words_instant(o->at, now) : words_due(o->due_at, 0, now);

	return o->is_returned ? mem_printf(_("%s\nreturned %s"), item, when)
			      : mem_printf("%s\n%s", item, when);
}

char *counter_aside_words(const struct outcome *o, int64_t now)
{
	if (o->needs_check)
		return mem_text(_("Please leave it here: a volunteer looks it over first."));
	if (!o->slot)
		return NULL;
	CLEANUP(mem_free) char *until = words_instant(o->until_at, now);
	if (!*o->held_for)
		return mem_printf(_("It is reserved: pick-up shelf, place %lld, until %s"),
			(long long)o->slot, until);
	return mem_printf(_("Put aside for %s: pick-up shelf, place %lld, until %s"), o->held_for,
		(long long)o->slot, until);
}

static char *counter_with_aside(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *item = counter_numbered(o);
	CLEANUP(mem_free) char *aside = counter_aside_words(o, now);

	return aside ? mem_printf("%s\n%s", item, aside) : TAKE(item);
}

static char *counter_held_words(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *aside = counter_aside_words(o, now);

	if (aside)
		return mem_printf("%s\n%s", o->name, aside);
	if (o->kind == OUTCOME_UNHELD)
		return mem_text(o->name);
	return mem_printf(_("%s\nplace %lld in the queue"), o->name, (long long)o->position);
}

static char *counter_entry_words(const struct outcome *o)
{
	CLEANUP(mem_free) char *until = words_entry(&o->entry);

	return *until ? mem_printf("%s\n%s", o->name, until) : mem_text(o->name);
}

/* Still lent, and until when. */
static char *counter_left_words(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *item = counter_numbered(o);
	CLEANUP(mem_free) char *due = words_due(o->due_at, 0, now);

	return mem_printf(_("%s\nIt is still lent, %s."), item, due);
}

static char *counter_renewed_words(const struct outcome *o)
{
	if (!o->refused)
		return mem_printf(_("%d renewed"), o->done);
	return mem_printf(_("%d renewed, %d not: the list says why"), o->done, o->refused);
}

/* The text below the headline; the caller's. */
static char *counter_outcome_text(const struct outcome *o, int64_t now)
{
	switch (o->kind) {
	case OUTCOME_LENT:
	case OUTCOME_RENEWED:
		return counter_with_notices(
			o, counter_numbered(o), now); /* the list says until when */
	case OUTCOME_RETURNED:
	case OUTCOME_REPORTED:
		return counter_with_aside(o, now);
	case OUTCOME_LEFT:
		return counter_left_words(o, now);
	case OUTCOME_RENEWED_ALL:
		return counter_renewed_words(o);
	case OUTCOME_HELD:
	case OUTCOME_UNHELD:
		return counter_held_words(o, now);
	case OUTCOME_ALREADY:
	case OUTCOME_UNDONE:
		return counter_numbered(o);
	case OUTCOME_ITEM: {
		if (o->slot)
			return counter_with_aside(o, now);
		CLEANUP(mem_free) char *item = counter_numbered(o);
		return counter_with_notices(
			o, mem_printf(_("%s\nTo borrow it, scan your card now."), item), now);
	}
	case OUTCOME_LOAN:
		return counter_loan_words(o, now);
	case OUTCOME_RECORD:
	case OUTCOME_CERTIFICATE:
		return counter_record_words(o, now);
	case OUTCOME_NEW_BOOK:
		return mem_printf(_("No. %" PRId64 ". A volunteer can add it."), o->number);
	case OUTCOME_VENUE_IN:
		return counter_entry_words(o);
	case OUTCOME_REFUSED:
		return words_err(&o->err, now);
	default:
		return mem_text(o->name);
	}
}

static char *counter_title_of(const struct outcome *o)
{
	if (o->kind != OUTCOME_REFUSED)
		return mem_text(_(titles[o->kind]));
	const char *refusal = words_refusal(&o->err);
	/* What is refused, then "Not now" */
	return o->name[0] ? mem_printf(_("%1$s: %2$s"), o->name, refusal) : mem_text(refusal);
}

/* The line that this added to the visit's list gives the reasons already. */
static bool counter_is_listed(struct app *app, const struct banner *banner, const struct outcome *o)
{
	struct kiosk *kiosk = kiosk_of(app);
	int count = desk_line_count(kiosk->desk);

	if (banner == &kiosk->news || !desk_visit(kiosk->desk) || count == 0)
		return false;
	const struct outcome *last = &desk_line_at(kiosk->desk, count - 1)->outcome;
	return last->kind == OUTCOME_REFUSED && last->item == o->item && last->venue == o->venue &&
	       last->err.reasons[0].code == o->err.reasons[0].code;
}

/* An item returned at the board can be undone there, and reported as damaged. */
static bool counter_is_board_return(
	struct app *app, const struct banner *banner, const struct outcome *o)
{
	return o->kind == OUTCOME_RETURNED && banner == &kiosk_of(app)->news &&
	       app_top(app) == &idle_screen;
}

void counter_hush(struct kiosk *kiosk)
{
	kiosk->news_loan = 0;
	banner_clear(&kiosk->news);
}

/* Whether somebody is there who gets no further alone; a volunteer is help enough. */
static bool counter_is_stuck(const struct kiosk *kiosk)
{
	return kiosk->refusals >= REFUSALS_MAX && !desk_staff(kiosk->desk);
}

/* Counts a scan's outcome; the device corner calls until a scan is accepted or a volunteer
 * comes. */
static void counter_call_volunteer(struct app *app, const struct outcome *o)
{
	struct kiosk *kiosk = kiosk_of(app);

	if (o->kind == OUTCOME_WAIT)
		return;
	kiosk->refusals = o->kind == OUTCOME_REFUSED ? kiosk->refusals + 1 : 0;
	app_notice(app, "help", counter_is_stuck(kiosk) ? _("Help wanted") : NULL);
}

/* Words and sound for an outcome. */
static void counter_tell(struct app *app, struct banner *banner, const struct outcome *o)
{
	bool is_calling = o->kind == OUTCOME_REFUSED && counter_is_stuck(kiosk_of(app));
	enum outcome_signal signal = outcome_signal(o);

	if (!titles[o->kind])
		return;
	bool is_short = o->kind == OUTCOME_REFUSED && counter_is_listed(app, banner, o);
	CLEANUP(mem_free)
	char *text = is_short ? mem_text("") : counter_outcome_text(o, kiosk_now(kiosk_of(app)));
	if (is_calling)
		text = counter_with_line(text, _("Please wait a moment: a volunteer is called."));
	CLEANUP(mem_free) char *title = counter_title_of(o);
	if (counter_is_board_return(app, banner, o))
		text = counter_with_line(
			text, _("Press 7 if it is damaged or incomplete, Backspace to undo."));
	news_set(app, banner, banner_of[signal], title, text[0] ? text : NULL);
	if (counter_is_board_return(app, banner, o))
		kiosk_of(app)->news_loan = o->loan;
	if (signal != SIGNAL_NONE)
		app_sound(app, sound_of[is_calling ? SIGNAL_PERSON : signal]);
	app_redraw(app);
}

/* ---- returning or renewing ---- */

static void counter_answered(struct app *app, void *context, int button)
{
	struct outcome o = OUTCOME_INIT;

	if (button == DIALOG_SCANNED) /* the desk answers for it, when it knows the code */
		return;
	desk_answer(kiosk_of(app)->desk, button < 0 ? DESK_LEAVE : (enum desk_answer)button, &o);
	counter_outcome(app, context, &o);
}

static bool counter_has_more_to_renew(struct kiosk *kiosk)
{
	struct err ignored = { 0 };
	int count = 0;

	return desk_renew_count(kiosk->desk, &count, &ignored) == 0 && count > 1;
}

/* `refused`: what was scanned meanwhile and was not an answer, in words; NULL: nothing. */
static void counter_ask(
	struct app *app, struct banner *banner, const struct outcome *o, const char *refused)
{
	static const char *const names[] = { N_("Return"), N_("Renew"), N_("Renew all") };
	const char *const buttons[] = { _(names[DESK_RETURN]), _(names[DESK_RENEW]),
		counter_has_more_to_renew(kiosk_of(app)) ? _(names[DESK_RENEW_ALL]) : NULL, NULL };
	CLEANUP(mem_free) char *item = counter_numbered(o);
	CLEANUP(mem_free) char *due = words_due(o->due_at, 0, kiosk_now(kiosk_of(app)));
	CLEANUP(mem_free)
	char *text =
		mem_printf("%s\n%s%s%s", item, due, refused ? "\n\n" : "", refused ? refused : "");
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("You have this one already. What would you like to do?"),
		.text = text,
		.buttons = buttons,
		.marked = DESK_RETURN,
		.done = counter_answered,
		.context = banner,
	};

	app_sound(app, SOUND_NEEDED);
	dialog_open(app, &dialog);
}

/* The desk's question remains until it is answered, whatever else was scanned. */
static void counter_ask_on(struct app *app, const struct outcome *o)
{
	struct kiosk *kiosk = kiosk_of(app);
	const struct outcome *question = desk_question(kiosk->desk);

	if (!question)
		return;
	struct banner *banner = visit_show(app);
	CLEANUP(mem_free)
	char *why = o->kind == OUTCOME_REFUSED ? words_err(&o->err, kiosk_now(kiosk)) : NULL;
	CLEANUP(mem_free)
	char *refused =
		why ? mem_printf(_("What was scanned just now was not taken:\n%s"), why) : NULL;
	counter_ask(app, banner, question, refused);
}

/* ---- routing ---- */

static void counter_tell_wait(struct app *app, struct banner *banner)
{
	bool is_checking = kiosk_of(app)->chain == CHAIN_UNCHECKED;

	news_set(app, banner, BANNER_NEEDED, _(titles[OUTCOME_WAIT]),
		is_checking ? _("The records are being checked.") : NULL);
}

static void counter_give_up(struct app *app, struct banner *banner)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct outcome given_up = OUTCOME_INIT;

	kiosk->retries = 0;
	desk_give_up(kiosk->desk, &given_up);
	if (kiosk->chain == CHAIN_BROKEN)
		news_tell_err(app, banner, &kiosk->chain_err);
	else
		counter_tell(app, banner, &given_up);
	counter_ask_on(app, &given_up);
	outcome_reset(&given_up);
}

static void counter_retry(struct app *app, void *self)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct outcome o = OUTCOME_INIT;

	(void)self;
	kiosk->retry_timer = 0;
	if (kiosk->chain == CHAIN_BROKEN) {
		counter_give_up(app, visit_banner(app));
		return;
	}
	desk_retry(kiosk->desk, &o);
	if (o.kind != OUTCOME_WAIT)
		kiosk->retries = 0;
	counter_outcome(app, visit_banner(app), &o);
}

/* Input that arrives while something waits waits with it, for the same timer. */
static void counter_wait_and_retry(struct app *app, struct banner *banner)
{
	struct kiosk *kiosk = kiosk_of(app);

	if (kiosk->retry_timer)
		return;
	kiosk->retries += kiosk->chain == CHAIN_WHOLE;
	if (kiosk->retries > RETRIES_MAX) {
		counter_give_up(app, banner);
		return;
	}
	counter_tell_wait(app, banner);
	kiosk->retry_timer = app_after(app, RETRY_MS, counter_retry, NULL);
}

static void counter_back_to_rest(struct app *app)
{
	if (desk_staff(kiosk_of(app)->desk) && app_pop_to(app, &volunteer_menu_screen))
		return;
	app_pop_to(app, &idle_screen);
}

/* A volunteer at the counter ticks off the parts while the borrower is still there. */
static void counter_look_over(struct app *app, const struct outcome *o)
{
	if (o->kind == OUTCOME_RETURNED && o->has_parts && desk_staff(kiosk_of(app)->desk))
		item_check_open(app, o->item);
}

void counter_tell_still_lent(struct app *app, const struct outcome *o)
{
	struct outcome left = *o;

	left.kind = OUTCOME_LEFT;
	if (o->item)
		counter_tell(app, &kiosk_of(app)->news, &left);
}

void counter_tell_left(struct app *app)
{
	struct outcome left = OUTCOME_INIT;

	while (desk_beside(kiosk_of(app)->desk, &left))
		counter_tell(app, &kiosk_of(app)->news, &left);
	outcome_reset(&left);
}

/* Shows an outcome where it belongs. */
static void counter_route(struct app *app, struct banner *banner, const struct outcome *o)
{
	struct kiosk *kiosk = kiosk_of(app);

	if (o->kind == OUTCOME_NONE)
		return;
	if (o->kind == OUTCOME_FINISHED) {
		counter_back_to_rest(app);
		if (o->visit)
			closing_open(app, o);
		return;
	}
	if (o->kind == OUTCOME_NEW_BOOK && desk_staff(kiosk->desk)) {
		item_form_open(app, o->number);
		return;
	}
	if (o->kind == OUTCOME_BLANK) {
		blank_open(app, o->blank);
		return;
	}
	if (desk_visit(kiosk->desk))
		banner = visit_show(app);
	if (o->kind == OUTCOME_DOOR) {
		door_open(app, banner, o);
		return;
	}
	counter_tell(app, banner, o);
	banner->is_listed = o->kind == OUTCOME_LENT || o->kind == OUTCOME_RENEWED;
	if (o->kind == OUTCOME_LENT)
		devices_print(kiosk->devices);
}

/* What is asked once the outcome is shown. */
static void counter_ask_about(struct app *app, const struct outcome *o)
{
	counter_look_over(app, o);
	if (o->kind == OUTCOME_VENUE_IN && o->session)
		headcount_open(app, o->session);
	counter_ask_on(app, o);
	if (o->kind == OUTCOME_VISIT || err_has(&o->err, REASON_CONSENT_OPEN))
		consent_ask(app);
}

void counter_outcome(struct app *app, struct banner *banner, struct outcome *o)
{
	struct outcome beside = OUTCOME_INIT;

	while (desk_beside(kiosk_of(app)->desk, &beside))
		counter_route(app, banner, &beside);
	outcome_reset(&beside);
	if (o->kind == OUTCOME_WAIT) {
		counter_wait_and_retry(app, banner);
	} else {
		counter_route(app, banner, o);
		counter_ask_about(app, o);
	}
	app_redraw(app);
	outcome_reset(o);
}

void counter_scan(struct app *app, struct banner *banner, const char *bytes, size_t len)
{
	struct outcome o = OUTCOME_INIT;

	/* The desk may act unless the records are known to be broken; while they are being checked
	 * it waits by itself. */
	if (kiosk_of(app)->chain == CHAIN_BROKEN) {
		news_tell_err(app, banner, &kiosk_of(app)->chain_err);
		return;
	}
	desk_scan(kiosk_of(app)->desk, bytes, len, &o);
	counter_call_volunteer(app, &o);
	counter_outcome(app, banner, &o);
}

void counter_finish(struct app *app, bool print)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct outcome o = OUTCOME_INIT;

	desk_finish(kiosk->desk, print, &o);
	devices_print(kiosk->devices);
	counter_outcome(app, visit_banner(app), &o);
}

void counter_reset_language(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);

	if (desk_staff(kiosk->desk) || i18n_language() == kiosk->language)
		return;
	i18n_use(kiosk->language);
	app_redraw(app);
}

/* ---- idle time ---- */

static void counter_warned(struct app *app, void *context, int button)
{
	struct kiosk *kiosk = context;
	int seconds;

	(void)button;
	kiosk->is_warned = false;
	/* The dialog's own time-out answers like Esc; a person's answer comes before it. */
	if (desk_idle(kiosk->desk, &seconds) == DESK_OVER)
		counter_tick(app);
	else
		desk_touch(kiosk->desk);
}

static void counter_warn(struct app *app, int seconds)
{
	struct kiosk *kiosk = kiosk_of(app);
	const char *const buttons[] = { _("I am still here"), NULL };
	CLEANUP(mem_free)
	char *text = mem_printf(
		_("Otherwise the screen forgets you in %d seconds; what was lent stays lent."),
		seconds);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Are you still here?"),
		.text = text,
		.buttons = buttons,
		.done = counter_warned,
		.context = kiosk,
		.timeout_ms = (int64_t)seconds * 1000,
	};

	kiosk->is_warned = true;
	app_sound(app, SOUND_NEEDED);
	dialog_open(app, &dialog);
}

static void counter_end_all(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);

	desk_set_staff(kiosk->desk, NULL);
	backdate_tell(app);
	if (desk_visit(kiosk->desk))
		counter_finish(app, true);
	closing_end(app); /* nobody is there to read it */
	app_pop_to(app, &idle_screen);
	counter_reset_language(app);
}

bool counter_tick(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	bool is_busy =
		desk_visit(kiosk->desk) || desk_staff(kiosk->desk) || app_top(app) != &idle_screen;
	int seconds;

	if (app_last_input_ms(app) > kiosk->seen_input_ms) {
		kiosk->seen_input_ms = app_last_input_ms(app);
		desk_touch(kiosk->desk);
	}
	if (desk_staff(kiosk->desk))
		counter_call_volunteer(app, &(struct outcome)OUTCOME_INIT);
	enum desk_idle idle = desk_idle(kiosk->desk, &seconds);
	if (!is_busy && idle == DESK_OVER)
		counter_reset_language(app);
	if (is_busy && idle == DESK_OVER)
		counter_end_all(app);
	else if (is_busy && idle == DESK_WARNING && !kiosk->is_warned)
		counter_warn(app, seconds);
	return !is_busy;
}
