/* Enters what happened earlier as of then, with a reason (doc/rules.md, Lending). */
#include <string.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/store/act_reasons.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/screens/counter/counter.h"
#include "tui/widgets/dialog.h"

enum { DATE, TIME, WHY, FIELD_COUNT };

struct earlier {
	struct kiosk *kiosk;
	const char *date, *time, *why;
	int64_t at;
};

/* ---- the fields ---- */

static char *backdate_said(struct kiosk *kiosk, const struct err *err)
{
	return words_reason_line(&err->reasons[0], kiosk_now(kiosk));
}

static char *backdate_check_date(void *context, const char *text)
{
	struct day day;
	struct err err = { 0 };

	return day_parse(text, &day, &err) < 0 ? mem_text(_("Write it as 2026-11-21")) : NULL;
}

static char *backdate_check_time(void *context, const char *text)
{
	int minutes;
	struct err err = { 0 };

	return minutes_read(text, &minutes, &err) < 0 ? mem_text(_("Write it as 19:00")) : NULL;
}

static char *backdate_check_why(void *context, const char *text)
{
	const struct earlier *earlier = context;
	struct err err = { 0 };

	if (text[strspn(text, " ")])
		return NULL;
	err_set(&err, ERR_REFUSED, REASON(WHY_NEEDED));
	return backdate_said(earlier->kiosk, &err);
}

/* The fields were checked; what remains is that it has happened already. */
static int earlier_instant(struct app *app, void *self, void *filled, struct err *err)
{
	struct earlier *earlier = filled;
	struct day day;
	int minutes;

	TRY(day_parse(earlier->date, &day, err));
	TRY(minutes_read(earlier->time, &minutes, err));
	earlier->at = when_instant(day, minutes / 60, minutes % 60, 0);
	return earlier->at > kiosk_now(earlier->kiosk)
		       ? err_set(err, ERR_REFUSED, REASON(BACKDATE_FUTURE))
		       : 0;
}

#define TEXT(member, check_) BIND_TEXT(NULL, struct earlier, member), .field.check = (check_)

static const struct form_row rows[FIELD_COUNT] = {
	[DATE] = { FIELD_TEXT(N_("Date"), 10), HINT("2026-11-21"),
		TEXT(date, backdate_check_date) },
	[TIME] = { FIELD_TEXT(N_("Time"), 5), HINT("19:00"), TEXT(time, backdate_check_time),
		.take = earlier_instant },
	[WHY] = { FIELD_CHINESE(N_("Reason"), 100), HINT(N_("such as: the machine was off")),
		TEXT(why, backdate_check_why) },
};

static void earlier_show(struct app *app, void *self, struct form *form)
{
	const struct earlier *earlier = self;
	int64_t at = desk_backdate(earlier->kiosk->desk);
	struct local local = when_local(at ? at : kiosk_now(earlier->kiosk));
	char date[11], time[6];

	day_format(local.day, date);
	minutes_format(local.hour * 60 + local.minute, time);
	form_set_text(form, DATE, date);
	form_set_text(form, TIME, time);
}

static void earlier_head(struct app *app, void *self, struct rect *area)
{
	draw_text(*area, 0, 0, STYLE_STRONG, _("When did it happen?"));
	draw_text(*area, 1, 0, STYLE_QUIET,
		_("Until you change it back, all that you enter counts as of then."));
	rect_cut_top(area, 3);
}

/* ---- setting it ---- */

void backdate_tell(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	int64_t at = desk_backdate(kiosk->desk);
	CLEANUP(mem_free) char *when = at ? words_instant_paper(at, kiosk_now(kiosk)) : NULL;
	CLEANUP(mem_free) char *text = at ? mem_printf(_("Backdated: %s"), when) : NULL;

	app_notice(app, "backdate", text);
}

static int earlier_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct earlier *earlier = filled;

	desk_set_backdate(earlier->kiosk->desk, earlier->at, earlier->why);
	backdate_tell(app);
	return 0;
}

/* In the words of the line of news, which tell what would cure it as well. */
static bool earlier_refused(struct app *app, void *self, const struct err *err)
{
	CLEANUP(mem_free) char *words = backdate_said(kiosk_of(app), err);
	struct form *form = form_page_form(self);

	form_set_error(form, TIME, words);
	form_activate(form, TIME);
	app_sound(app, SOUND_REFUSED);
	return true;
}

static const struct action actions[] = {
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct form_page earlier_page = {
	.screen = FORM_SCREEN_WITH(N_("Backdate"), actions, clerk_scan_later),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct earlier),
	.hush = FORM_HUSH_OPEN | FORM_HUSH_RESUME,
	.show = earlier_show,
	.head = earlier_head,
	.form_rows = 12,
	.save = earlier_save,
	.refused = earlier_refused,
};

/* ---- opening it ---- */

static void backdate_open_form(struct app *app)
{
	form_page_open(app, &earlier_page, &(struct earlier){ .kiosk = kiosk_of(app) });
}

static void backdate_chosen(struct app *app, void *context, int button)
{
	struct kiosk *kiosk = context;

	if (button == 1)
		backdate_open_form(app);
	if (button != 0)
		return;
	desk_set_backdate(kiosk->desk, 0, NULL);
	backdate_tell(app);
	clerk_tell_done(app, _("Things count as they happen again"), NULL);
}

void backdate_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	int64_t at = desk_backdate(kiosk->desk);
	const char *const buttons[] = { _("Back to now"), _("Another time"), _("Leave it as it is"),
		NULL };

	if (!at) {
		backdate_open_form(app);
		return;
	}
	CLEANUP(mem_free) char *when = words_instant(at, kiosk_now(kiosk));
	CLEANUP(mem_free) char *title = mem_printf(_("What you enter counts as of %s"), when);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = title,
		.buttons = buttons,
		.done = backdate_chosen,
		.context = kiosk,
	};
	dialog_open(app, &dialog);
}
