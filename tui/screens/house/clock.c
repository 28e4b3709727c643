/* A clock that is doubted (core/store/clock_doubt.h): reported in the corner, with the year in the
 * top line, and put to whoever opens volunteer mode. */
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/site/setting.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/screens/house/screens.h"
#include "tui/widgets/dialog.h"

enum { IT_IS_WRONG, IT_IS_RIGHT };

/* With its year, whatever that is: "2000-01-03 10:05". */
static char *clock_whole_instant(int64_t at)
{
	char text[32];

	when_format(at, text);
	text[10] = ' ';
	text[16] = '\0';
	return mem_text(text);
}

static void clock_answered(struct app *app, void *context, int button)
{
	struct kiosk *kiosk = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button != IT_IS_RIGHT)
		return;
	/* Applies to now, whatever the volunteer is entering for another day. */
	act.occurred_at = 0;
	if (clock_accept(kiosk->db, &act, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The clock counts as right"), NULL);
	clock_look(app);
}

void clock_ask(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	const char *const buttons[] = {
		[IT_IS_WRONG] = _("It is wrong"), [IT_IS_RIGHT] = _("It is right"), NULL
	};
	enum clock_doubt doubt;
	struct err err = { 0 };
	int64_t last_at = 0;

	if (db_clock_doubt(kiosk->db, &doubt, &last_at, &err) < 0 || doubt == CLOCK_SURE)
		return;
	CLEANUP(mem_free) char *now = clock_whole_instant(kiosk_now(kiosk));
	CLEANUP(mem_free) char *last = clock_whole_instant(last_at);
	/* Two dates with times. */
	CLEANUP(mem_free)
	char *text = mem_printf(
		_("The computer says %s.\nThe last entry here is of %s.\nIf it is wrong, set the "
		  "computer's date and time. Until then things can be returned, and nothing is "
		  "lent, booked or credited."),
		now, last);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Are date and time right?"),
		.text = text,
		.buttons = buttons,
		.marked = IT_IS_WRONG,
		.done = clock_answered,
		.context = kiosk,
	};
	dialog_open(app, &dialog);
}

void clock_look(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	enum clock_doubt doubt;
	struct err ignored = { 0 };
	int64_t far_days = 0;

	/* A disk that does not answer is reported by whatever needs it. */
	if (setting_int(kiosk->db, SETTING_CLOCK_FAR_DAYS, &far_days, &ignored) < 0)
		return;
	db_watch_clock(kiosk->db, (int)far_days);
	if (db_clock_doubt(kiosk->db, &doubt, NULL, &ignored) < 0 || doubt == kiosk->clock_doubt)
		return;
	kiosk->clock_doubt = doubt;
	app_notice(app, "clock", doubt == CLOCK_SURE ? NULL : _("Check date and time"));
	app_show_year(app, doubt != CLOCK_SURE);
	if (doubt != CLOCK_SURE && desk_staff(kiosk->desk))
		clock_ask(app);
}
