/* What a visitor still has to be asked: whether the notice is agreed to, for themselves or for a
 * child whose guardian they are. "Not now" is an answer, too: things can be returned anyway. */
#include "core/people/consent.h"

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/site/setting.h"
#include "tui/pages/news.h"
#include "tui/screens/counter/counter.h"
#include "tui/widgets/dialog.h"

/* 1 and whom the question is about, or 0. */
static int consent_ask_whom(struct kiosk *kiosk, int64_t *ret, struct err *err)
{
	const struct desk_visit *visit = desk_visit(kiosk->desk);

	return visit ? consent_to_ask(kiosk->db, visit->resident, ret, err) : 0;
}

static int consent_ask_agree(struct kiosk *kiosk, struct err *err)
{
	CLEANUP(mem_free) char *version = NULL;
	const struct act act = desk_act(kiosk->desk);
	int64_t whom;
	int is_asked = consent_ask_whom(kiosk, &whom, err);

	if (is_asked <= 0)
		return is_asked;
	TRY(setting_text(kiosk->db, SETTING_CONSENT_VERSION, &version, err));
	return consent_give(kiosk->db, &act, whom, version, err);
}

static void consent_ask_answered(struct app *app, void *context, int button)
{
	struct err err = { 0 };

	(void)context;
	if (button == DIALOG_SCANNED)
		return;
	if (button != 0) {
		news_tell_done(app, visit_banner(app), _("Nothing has been written down"),
			_("You can give things back. You will be asked again when you borrow."));
		return;
	}
	if (consent_ask_agree(kiosk_of(app), &err) < 0) {
		news_tell_err(app, visit_banner(app), &err);
		return;
	}
	news_tell_done(app, visit_banner(app), _("Thank you"), NULL);
	consent_ask(app);
}

static int consent_ask_title_of(struct kiosk *kiosk, int64_t whom, char **ret, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;

	TRY(resident_masked_name(kiosk->db, whom, &name, err));
	*ret = whom == desk_visit(kiosk->desk)->resident
		       ? mem_printf(_("%s: do you agree to the privacy notice?"), name)
		       : mem_printf(_("Do you agree to the privacy notice for %s?"), name);
	return 0;
}

static int consent_ask_about(struct app *app, int64_t whom, struct err *err)
{
	const char *const buttons[] = { _("I agree"), _("Ask me later"), NULL };
	struct kiosk *kiosk = kiosk_of(app);
	CLEANUP(mem_free) char *version = NULL;
	CLEANUP(mem_free) char *title = NULL;

	TRY(setting_text(kiosk->db, SETTING_CONSENT_VERSION, &version, err));
	TRY(consent_ask_title_of(kiosk, whom, &title, err));
	CLEANUP(mem_free)
	char *text = mem_printf(
		_("Name, phone number and home, and what is borrowed and booked, are kept here to "
		  "run this house, and given to nobody. You can have all of it printed, or "
		  "erased. Notice %s hangs at the counter; a volunteer reads it to you."),
		version);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = title,
		.text = text,
		.buttons = buttons,
		.marked = 1,
		.done = consent_ask_answered,
	};
	app_sound(app, SOUND_NEEDED);
	dialog_open(app, &dialog);
	return 0;
}

void consent_ask(struct app *app)
{
	int64_t whom;
	struct err err = { 0 };
	int r = consent_ask_whom(kiosk_of(app), &whom, &err);

	if (r > 0)
		r = consent_ask_about(app, whom, &err);
	if (r < 0)
		news_tell_err(app, visit_banner(app), &err);
}
