#include "tui/screens/counter.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/item.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "tui/devices.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"
#include "tui/screens/visit.h"
#include "tui/widgets/dialog.h"

/* While another process writes: how often and how long it is tried again. */
#define RETRY_MS    50
#define RETRIES_MAX 100

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
	[OUTCOME_ITEM] = N_("On the shelf"),
	[OUTCOME_NEED_CARD] = N_("Please scan your card"),
	[OUTCOME_VENUE_IN] = N_("Signed in"),
	[OUTCOME_VENUE_OUT] = N_("Signed out"),
	[OUTCOME_DUTY_IN] = N_("On duty"),
	[OUTCOME_DUTY_OUT] = N_("Off duty, thank you"),
	[OUTCOME_LOAN] = N_("This loan"),
	[OUTCOME_RECORD] = N_("This service record is ours"),
	[OUTCOME_CERTIFICATE] = N_("This certificate of honour is ours"),
	[OUTCOME_VOUCHER] = N_("Voucher redeemed"),
	[OUTCOME_NEW_BOOK] = N_("A book we do not know yet"),
	[OUTCOME_HELD] = N_("Reserved"),
	[OUTCOME_UNHELD] = N_("The hold is cancelled"),
	[OUTCOME_FINISHED] = N_("Done, thank you"),
	[OUTCOME_REFUSED] = N_("Not now"),
};

static char *record_words(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *hours = words_duration(o->minutes);
	CLEANUP(mem_free) char *day = words_date(when_day(o->at), when_day(now));

	return mem_printf(
		_("No. %06lld  %s  %s, issued %s"), (long long)o->number, o->name, hours, day);
}

static char *numbered(const struct outcome *o)
{
	char number[ITEM_NUMBER_SIZE];

	item_number_format(o->number, number);
	return *number ? mem_printf("%s  %s", o->name, number) : mem_text(o->name);
}

/* `text` with a line below it; takes it over. */
static char *with_line(char *text, const char *line)
{
	char *both = mem_printf("%s\n%s", text, line);

	free(text);
	return both;
}

/* What everybody is told of the thing, and how to use it safely; takes `text` over. */
static char *with_notices(const struct outcome *o, char *text, int64_t now)
{
	for (int i = 0; i < o->notices.count; i++) {
		CLEANUP(mem_free) char *line = words_reason_line(&o->notices.reasons[i], now);
		text = with_line(text, line);
	}
	return o->safety[0] ? with_line(text, o->safety) : text;
}

static char *loan_words(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *item = numbered(o);
	CLEANUP(mem_free)
	char *when = o->is_returned ? words_instant(o->at, now) : words_due(o->due_at, 0, now);

	return o->is_returned ? mem_printf(_("%s\nreturned %s"), item, when)
			      : mem_printf("%s\n%s", item, when);
}

/* Where the thing on the counter goes now, or NULL for its own shelf; the caller's. */
static char *aside_words(const struct outcome *o, int64_t now)
{
	if (o->needs_check)
		return mem_text(_("Please leave it here: a volunteer looks it over first."));
	if (!o->slot)
		return NULL;
	CLEANUP(mem_free) char *until = words_instant(o->until_at, now);
	return mem_printf(_("Put aside for %s: pick-up shelf, place %lld, until %s"), o->held_for,
		(long long)o->slot, until);
}

static char *with_aside(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *item = numbered(o);
	CLEANUP(mem_free) char *aside = aside_words(o, now);

	return aside ? mem_printf("%s\n%s", item, aside) : TAKE(item);
}

static char *held_words(const struct outcome *o, int64_t now)
{
	CLEANUP(mem_free) char *aside = aside_words(o, now);

	if (aside)
		return mem_printf("%s\n%s", o->name, aside);
	if (o->kind == OUTCOME_UNHELD)
		return mem_text(o->name);
	return mem_printf(_("%s\nplace %lld in the queue"), o->name, (long long)o->position);
}

/* What stands below the headline; the caller's. */
static char *outcome_text(const struct outcome *o, int64_t now)
{
	switch (o->kind) {
	case OUTCOME_LENT:
	case OUTCOME_RENEWED:
		return with_notices(o, numbered(o), now); /* the list says until when */
	case OUTCOME_RETURNED:
		return with_aside(o, now);
	case OUTCOME_HELD:
	case OUTCOME_UNHELD:
		return held_words(o, now);
	case OUTCOME_ALREADY:
	case OUTCOME_UNDONE:
		return numbered(o);
	case OUTCOME_ITEM: {
		if (o->slot)
			return with_aside(o, now);
		CLEANUP(mem_free) char *item = numbered(o);
		return with_notices(
			o, mem_printf(_("%s\nTo borrow it, scan your card now."), item), now);
	}
	case OUTCOME_LOAN:
		return loan_words(o, now);
	case OUTCOME_RECORD:
	case OUTCOME_CERTIFICATE:
		return record_words(o, now);
	case OUTCOME_NEW_BOOK:
		return mem_printf(_("ISBN %" PRId64 ". A volunteer can add it."), o->number);
	case OUTCOME_REFUSED:
		return words_err(&o->err, now);
	default:
		return mem_text(o->name);
	}
}

static char *title_of(const struct outcome *o)
{
	const char *title = _(titles[o->kind]);

	if (o->kind != OUTCOME_REFUSED || !o->name[0])
		return mem_text(title);
	/* What is refused, then "Not now" */
	return mem_printf(_("%1$s: %2$s"), o->name, title);
}

/* The line that this made in the visit's list gives the reasons already. */
static bool is_listed(struct app *app, const struct banner *banner, const struct outcome *o)
{
	struct kiosk *kiosk = kiosk_of(app);
	int count = desk_line_count(kiosk->desk);

	if (banner == &kiosk->news || !desk_visit(kiosk->desk) || count == 0)
		return false;
	const struct outcome *last = &desk_line_at(kiosk->desk, count - 1)->outcome;
	return last->kind == OUTCOME_REFUSED && last->item && last->item == o->item;
}

void counter_tell(struct app *app, struct banner *banner, const struct outcome *o)
{
	enum outcome_signal signal = outcome_signal(o);

	if (!titles[o->kind])
		return;
	bool is_short = o->kind == OUTCOME_REFUSED && is_listed(app, banner, o);
	CLEANUP(mem_free)
	char *text = is_short ? mem_text("") : outcome_text(o, kiosk_now(kiosk_of(app)));
	CLEANUP(mem_free) char *title = title_of(o);
	banner_set(banner, banner_of[signal], title, text[0] ? text : NULL);
	if (signal != SIGNAL_NONE)
		app_sound(app, sound_of[signal]);
	app_redraw(app);
}

void counter_tell_err(struct app *app, struct banner *banner, const struct err *err)
{
	CLEANUP(mem_free) char *text = words_err(err, kiosk_now(kiosk_of(app)));

	banner_set(banner, BANNER_REFUSED, _(titles[OUTCOME_REFUSED]), text);
	app_sound(app, SOUND_REFUSED);
	app_redraw(app);
}

void counter_tell_done(struct app *app, struct banner *banner, const char *title, const char *text)
{
	banner_set(banner, BANNER_DONE, title, text);
	app_sound(app, SOUND_DONE);
	app_redraw(app);
}

/* ---- returning or renewing ---- */

struct question {
	struct banner *banner;
};

static void answered(struct app *app, void *context, int button)
{
	struct banner *banner = context;
	struct outcome o = OUTCOME_INIT;

	if (button != DESK_RETURN && button != DESK_RENEW)
		return;
	desk_answer(kiosk_of(app)->desk, button, &o);
	counter_outcome(app, banner, &o);
}

static void ask(struct app *app, struct banner *banner, const struct outcome *o)
{
	static const char *const names[] = { N_("Return"), N_("Renew") };
	const char *const buttons[] = { _(names[DESK_RETURN]), _(names[DESK_RENEW]), NULL };
	CLEANUP(mem_free) char *item = numbered(o);
	CLEANUP(mem_free) char *due = words_due(o->due_at, 0, kiosk_now(kiosk_of(app)));
	CLEANUP(mem_free) char *text = mem_printf("%s\n%s", item, due);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("You have this one already. What would you like to do?"),
		.text = text,
		.buttons = buttons,
		.marked = DESK_RETURN,
		.done = answered,
		.context = banner,
	};

	app_sound(app, SOUND_NEEDED);
	dialog_open(app, &dialog);
}

/* ---- routing ---- */

static void retry(struct app *app, void *self)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct outcome o = OUTCOME_INIT;

	(void)self;
	desk_retry(kiosk->desk, &o);
	if (o.kind != OUTCOME_WAIT)
		kiosk->retries = 0;
	counter_outcome(app, visit_banner(app), &o);
}

static void wait_and_retry(struct app *app, struct banner *banner)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct err err = { 0 };

	if (kiosk->retries++ < RETRIES_MAX) {
		app_after(app, RETRY_MS, retry, NULL);
		return;
	}
	kiosk->retries = 0;
	err_set(&err, ERR_BUSY, REASON(STORE_BUSY));
	counter_tell_err(app, banner, &err);
}

static void back_to_rest(struct app *app)
{
	if (desk_staff(kiosk_of(app)->desk) && app_pop_to(app, &volunteer_screen))
		return;
	app_pop_to(app, &idle_screen);
}

/* A volunteer at the counter ticks the parts off while the borrower is still there. */
static void look_over(struct app *app, const struct outcome *o)
{
	if (o->kind == OUTCOME_RETURNED && o->has_parts && desk_staff(kiosk_of(app)->desk))
		item_check_open(app, o->item);
}

void counter_outcome(struct app *app, struct banner *banner, struct outcome *o)
{
	struct kiosk *kiosk = kiosk_of(app);
	bool is_new_book = o->kind == OUTCOME_NEW_BOOK && desk_staff(kiosk->desk);

	if (o->kind == OUTCOME_WAIT) {
		wait_and_retry(app, banner);
	} else if (o->kind == OUTCOME_FINISHED) {
		back_to_rest(app);
	} else if (is_new_book) {
		item_form_open(app, o->number);
	} else if (o->kind != OUTCOME_NONE) {
		if (desk_visit(kiosk->desk))
			banner = visit_show(app);
		if (o->kind == OUTCOME_ASK)
			ask(app, banner, o);
		else
			counter_tell(app, banner, o);
		if (o->kind == OUTCOME_LENT || o->kind == OUTCOME_FINISHED)
			devices_print(kiosk->devices);
		look_over(app, o);
		if (o->kind == OUTCOME_VENUE_IN && o->session)
			headcount_open(app, o->session);
	}
	app_redraw(app);
	outcome_reset(o);
}

/* The desk may act only on records that are known to be whole. */
static bool is_open_for_acts(struct app *app, struct banner *banner)
{
	struct kiosk *kiosk = kiosk_of(app);

	if (kiosk->chain == CHAIN_WHOLE)
		return true;
	if (kiosk->chain == CHAIN_BROKEN)
		counter_tell_err(app, banner, &kiosk->chain_err);
	else
		banner_set(banner, BANNER_NEEDED, _("One moment, please"),
			_("The records are being checked."));
	app_redraw(app);
	return false;
}

void counter_scan(struct app *app, struct banner *banner, const char *bytes, size_t len)
{
	struct outcome o = OUTCOME_INIT;

	if (!is_open_for_acts(app, banner))
		return;
	desk_scan(kiosk_of(app)->desk, bytes, len, &o);
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

/* ---- idle time ---- */

static void warned(struct app *app, void *context, int button)
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

static void warn(struct app *app, int seconds)
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
		.done = warned,
		.context = kiosk,
		.timeout_ms = (int64_t)seconds * 1000,
	};

	kiosk->is_warned = true;
	app_sound(app, SOUND_NEEDED);
	dialog_open(app, &dialog);
}

static void end_all(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);

	desk_set_staff(kiosk->desk, NULL);
	if (desk_visit(kiosk->desk))
		counter_finish(app, true);
	app_pop_to(app, &idle_screen);
}

void counter_tick(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	bool is_busy =
		desk_visit(kiosk->desk) || desk_staff(kiosk->desk) || app_top(app) != &idle_screen;
	int seconds;

	if (app_last_input_ms(app) > kiosk->seen_input_ms) {
		kiosk->seen_input_ms = app_last_input_ms(app);
		desk_touch(kiosk->desk);
	}
	enum desk_idle idle = desk_idle(kiosk->desk, &seconds);
	if (!is_busy)
		kiosk_rest(kiosk);
	else if (idle == DESK_OVER)
		end_all(app);
	else if (idle == DESK_WARNING && !kiosk->is_warned)
		warn(app, seconds);
}
