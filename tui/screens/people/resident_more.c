/* What a volunteer rarely does with a person's record: a pause, the notice, the print-out of
 * everything kept, moving away, merging two records, erasing. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/leaving/erase.h"
#include "core/leaving/leave.h"
#include "core/leaving/merge.h"
#include "core/people/consent.h"
#include "core/people/pause.h"
#include "core/site/setting.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/screens/people/people.h"
#include "tui/widgets/dialog.h"

struct more {
	struct app *app;
	struct kiosk *kiosk;
	int64_t id, other; /* other: the record that stays when two are merged */
	struct resident resident;
	struct resident_person person;
	bool wants_consent;
};

static const struct screen more_screen;

/* ---- reading ---- */

static int resident_more_read_all(struct more *more, struct err *err)
{
	resident_person_finish(&more->person);
	TRY(resident_get(more->kiosk->db, more->id, &more->resident, err));
	TRY(resident_person(more->kiosk->db, more->id, &more->person, err));
	int is_open = consent_is_open(more->kiosk->db, &more->resident, err);
	TRY(is_open);
	more->wants_consent = is_open;
	return 0;
}

static void resident_more_refresh(struct more *more)
{
	struct err err = { 0 };

	if (resident_more_read_all(more, &err) < 0)
		clerk_tell_err(more->app, &err);
	app_redraw(more->app);
}

void resident_more_open(struct app *app, int64_t resident)
{
	struct more *more = mem_alloc(sizeof(*more));

	more->app = app;
	more->kiosk = kiosk_of(app);
	more->id = resident;
	app_push(app, &more_screen, more);
}

static void resident_more_resume(struct app *app, void *self)
{
	clerk_hush(app);
	resident_more_refresh(self);
}

static void resident_more_leave(struct app *app, void *self)
{
	struct more *more = self;

	(void)app;
	resident_person_finish(&more->person);
	free(more);
}

/* What an act led to. */
static void resident_more_tell(
	struct more *more, int result, const struct err *err, const char *done)
{
	resident_more_refresh(more);
	if (result < 0)
		clerk_tell_err(more->app, err);
	else
		clerk_tell_done(more->app, done, NULL);
}

/* ---- pauses ---- */

enum { UNTIL, WHY, PAUSE_FIELDS };

struct pause_form {
	const struct more *more;
	struct day until;
	const char *why;
};

static const struct form_row pause_rows[PAUSE_FIELDS] = {
	[UNTIL] = { FIELD_TEXT(N_("Until when"), 10), HINT("2026-12-31"),
		HELP(N_("The last day, as 2026-12-31")),
		BIND_DAY("until", struct pause_form, until) },
	[WHY] = { FIELD_CHINESE(N_("Why"), PAUSE_WHY_MAX), HINT(N_("for staff alone")),
		BIND_TEXT("why", struct pause_form, why) },
};

static void pause_form_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(area, ((struct pause_form *)self)->more->person.name, NULL);
}

static int pause_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct pause_form *f = filled;
	const struct act act = clerk_act(app, f->more->id);

	TRY(pause_begin(kiosk_of(app)->db, &act, f->more->id, f->until, f->why, err));
	form_done(done, _("Paused: things can be given back as always"), NULL);
	return 0;
}

static const struct form_page pause_page = {
	.screen = FORM_SCREEN(N_("Pause")),
	.rows = pause_rows,
	.count = PAUSE_FIELDS,
	.size = sizeof(struct pause_form),
	.hush = FORM_HUSH_OPEN,
	.head = pause_form_head,
	.save = pause_form_save,
};

static void resident_more_pause_person(struct app *app, void *self)
{
	form_page_open(app, &pause_page, &(struct pause_form){ .more = self });
}

static void resident_more_end_pause(struct app *app, void *self)
{
	struct more *more = self;
	const struct act act = clerk_act(app, more->id);
	struct err err = { 0 };
	int r = pause_end(more->kiosk->db, &act, more->id, &err);

	resident_more_tell(more, r, &err, _("The pause is over"));
}

/* ---- the notice ---- */

static int resident_more_agree(struct more *more, struct err *err)
{
	const struct act act = clerk_act(more->app, more->id);
	CLEANUP(mem_free) char *version = NULL;

	TRY(setting_text(more->kiosk->db, SETTING_CONSENT_VERSION, &version, err));
	return consent_give(more->kiosk->db, &act, more->id, version, err);
}

static void resident_more_agreed(struct app *app, void *context, int button)
{
	struct more *more = context;
	struct err err = { 0 };

	(void)app;
	if (button == 0)
		resident_more_tell(more, resident_more_agree(more, &err), &err,
			_("The consent is written down"));
}

/* ---- questions ---- */

static void resident_more_ask(struct more *more, const char *title, const char *text,
	const char *button, void (*done)(struct app *app, void *context, int button))
{
	const char *const buttons[] = { _("Back"), button, NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = title,
		.text = text,
		.buttons = buttons,
		.done = done,
		.context = more,
	};

	dialog_open(more->app, &dialog);
}

static void resident_more_ask_consent(struct app *app, void *self)
{
	const char *const buttons[] = { _("They agree"), _("Back"), NULL };
	struct more *more = self;
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Was the privacy notice read out, and is it agreed to?"),
		.text = _("For a child under 14 its guardian agrees."),
		.buttons = buttons,
		.marked = 1,
		.done = resident_more_agreed,
		.context = more,
	};

	dialog_open(app, &dialog);
}

static void resident_more_show_kept(struct app *app, void *self)
{
	kept_open(app, ((struct more *)self)->id);
}

/* ---- moving away ---- */

static void resident_more_left(struct app *app, void *context, int button)
{
	struct more *more = context;
	const struct act act = clerk_act(app, more->id);
	struct err err = { 0 };

	if (button == 1)
		resident_more_tell(more, person_leave(more->kiosk->db, &act, more->id, 0, &err),
			&err, _("They are listed as having moved away"));
}

static void resident_more_ask_leave(struct app *app, void *self)
{
	(void)app;
	resident_more_ask(self, _("Do they move away?"),
		_("The card ends; what is booked and reserved is cancelled, places on the roster "
		  "are open again, and points go into the common pool."),
		_("Yes, they move away"), resident_more_left);
}

/* ---- two records of one person ---- */

static void resident_more_merged(struct app *app, void *context, int button)
{
	struct more *more = context;
	const struct act act = clerk_act(app, more->other);
	struct err err = { 0 };

	if (button == 1)
		resident_more_tell(more,
			person_merge(more->kiosk->db, &act, more->id, more->other, &err), &err,
			_("The two records are one"));
}

static int resident_more_ask_merge(struct more *more, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person other = { 0 };
	struct resident resident;

	TRY(resident_get(more->kiosk->db, more->other, &resident, err));
	TRY(resident_person(more->kiosk->db, more->other, &other, err));
	CLEANUP(mem_free)
	char *text = mem_printf(_("All of %s %06lld goes to %s %06lld. It cannot be taken back."),
		more->person.name, (long long)more->resident.number, other.name,
		(long long)resident.number);
	resident_more_ask(more, _("Are these two records of one person?"), text,
		_("Yes, make them one"), resident_more_merged);
	return 0;
}

static void resident_more_other_picked(struct app *app, void *context, int64_t resident)
{
	struct more *more = context;
	struct err err = { 0 };

	more->other = resident;
	if (resident_more_ask_merge(more, &err) < 0)
		clerk_tell_err(app, &err);
}

static void resident_more_pick_other(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = resident_more_other_picked, .context = self };

	resident_pick_open(app, &pick);
}

/* ---- erasing ---- */

static int resident_more_erase(struct more *more, struct erased *ret, struct err *err)
{
	const struct act act = clerk_act(more->app, more->id);
	const struct context *context = more->kiosk->context;
	const struct erasing erasing = {
		.where = { .dir = context->dir, .config = &context->config },
	};

	return person_erase(more->kiosk->db, &act, more->id, &erasing, ret, err);
}

static void resident_more_erased(struct app *app, void *context, int button)
{
	struct more *more = context;
	struct erased done = { 0 };
	struct err err = { 0 };

	if (button != 1)
		return;
	int r = resident_more_erase(more, &done, &err);
	resident_more_tell(more, r, &err, _("Erased"));
	if (r == 0 && !done.is_whole)
		clerk_tell_done(app, _("Erased"),
			_("Another program is at work: erase once more in a minute, so that the "
			  "file forgets it, too."));
}

static void resident_more_ask_erase(struct app *app, void *self)
{
	(void)app;
	resident_more_ask(self, _("Erase all that is kept of this person?"),
		_("Name, phone, home, notes and messages are gone for good. What was lent and "
		  "earned stays as numbers without a name. Backups that were made before keep the "
		  "person for up to 12 months."),
		_("Yes, erase"), resident_more_erased);
}

/* ---- what is available ---- */

static bool resident_more_is_here(struct app *app, void *self)
{
	return clerk_is_on(app, self) && !((struct more *)self)->resident.has_left;
}

static bool resident_more_is_here_for_coordinator(struct app *app, void *self)
{
	return clerk_is_coordinator(app, self) && resident_more_is_here(app, self);
}

static bool resident_more_is_paused(struct app *app, void *self)
{
	const struct more *more = self;

	return resident_more_is_here_for_coordinator(app, self) &&
	       resident_is_paused(&more->resident, when_day(kiosk_now(more->kiosk)));
}

static bool resident_more_is_not_paused(struct app *app, void *self)
{
	return resident_more_is_here_for_coordinator(app, self) &&
	       !resident_more_is_paused(app, self);
}

static bool resident_more_wants_consent(struct app *app, void *self)
{
	return resident_more_is_here(app, self) && ((struct more *)self)->wants_consent;
}

static const struct action actions[] = {
	{ '1', N_("Pause"),
		N_("For a time they cannot borrow, book, use a room, redeem or sign up."),
		resident_more_pause_person, resident_more_is_not_paused, .place = ACTION_TILE },
	{ '1', N_("End the pause"), NULL, resident_more_end_pause, resident_more_is_paused,
		.place = ACTION_TILE },
	{ '2', N_("Notice agreed to"), N_("The privacy notice was read out and agreed to."),
		resident_more_ask_consent, resident_more_wants_consent, .place = ACTION_TILE },
	{ '3', N_("All that is kept"), N_("Shows it line by line, and prints it for them."),
		resident_more_show_kept, clerk_is_on, .place = ACTION_TILE },
	{ '4', N_("Moves away"), N_("Ends the card and what is in their name."),
		resident_more_ask_leave, resident_more_is_here_for_coordinator,
		.place = ACTION_TILE },
	{ '5', N_("Same person twice"), N_("Makes two records of one person one."),
		resident_more_pick_other, resident_more_is_here_for_coordinator,
		.place = ACTION_TILE },
	{ '6', N_("Erase"), N_("Nothing personal is kept of them any more."),
		resident_more_ask_erase, clerk_is_coordinator, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void resident_more_draw(struct app *app, void *self, struct rect area)
{
	struct more *more = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	if (!more->person.name)
		return;
	int col = draw_text(area, 0, 0, STYLE_STRONG, more->person.name);
	draw_textf(area, 0, col, STYLE_QUIET, "  %06lld", (long long)more->resident.number);
	const struct clerk_fact facts[] = {
		{ _("Paused"), resident_more_is_paused(app, self) ? more->person.pause_why : NULL },
		{ _("Consent"), more->wants_consent ? _("to be asked at the next visit")
						    : more->resident.consent_version },
		{ _("Note"), more->person.note },
	};
	clerk_draw_facts(area, 2, facts, ARRAY_LEN(facts));
}

static const struct screen more_screen = {
	.title = N_("Resident"),
	.actions = actions,
	.enter = resident_more_resume,
	.resume = resident_more_resume,
	.leave = resident_more_leave,
	.draw = resident_more_draw,
	.scan = clerk_scan,
};
