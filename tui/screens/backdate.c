/* What happened earlier is entered as of then, with a reason (doc/rules.md, Lending). */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"

enum { DATE, TIME, WHY, FIELD_COUNT };

struct earlier {
	struct kiosk *kiosk;
	struct form *form;
	char *state;
};

static const struct screen earlier_screen;

/* ---- the fields ---- */

static char *said(struct kiosk *kiosk, struct err *err)
{
	return words_reason_line(&err->reasons[0], kiosk_now(kiosk));
}

static char *check_date(void *context, const char *text)
{
	struct day day;
	struct err err = { 0 };

	(void)context;
	return day_parse(text, &day, &err) < 0 ? mem_text(_("Write it as 2026-11-21")) : NULL;
}

static char *check_time(void *context, const char *text)
{
	int minutes;
	struct err err = { 0 };

	(void)context;
	return minutes_parse(text, &minutes, &err) < 0 ? mem_text(_("Write it as 19:00")) : NULL;
}

static char *check_why(void *context, const char *text)
{
	struct earlier *earlier = context;
	struct err err = { 0 };

	if (text[strspn(text, " ")])
		return NULL;
	err_set(&err, ERR_REFUSED, REASON(WHY_NEEDED));
	return said(earlier->kiosk, &err);
}

static const struct form_field fields[FIELD_COUNT] = {
	[DATE] = { .label = N_("Date"),
		.kind = FORM_TEXT,
		.hint = "2026-11-21",
		.max_chars = 10,
		.check = check_date },
	[TIME] = { .label = N_("Time"),
		.kind = FORM_TEXT,
		.hint = "19:00",
		.max_chars = 5,
		.check = check_time },
	[WHY] = { .label = N_("Reason"),
		.kind = FORM_TEXT,
		.hint = N_("such as: the machine was off"),
		.max_chars = 100,
		.is_chinese = true,
		.check = check_why },
};

static void fill_in(struct earlier *earlier)
{
	int64_t at = desk_backdate(earlier->kiosk->desk);
	struct local local = when_local(at ? at : kiosk_now(earlier->kiosk));
	char date[11], time[6];

	day_format(local.day, date);
	minutes_format(local.hour * 60 + local.minute, time);
	form_set_text(earlier->form, DATE, date);
	form_set_text(earlier->form, TIME, time);
}

/* ---- life ---- */

static void open_form(struct app *app)
{
	struct earlier *earlier = mem_alloc(sizeof(*earlier));

	earlier->kiosk = kiosk_of(app);
	earlier->form = form_create(fields, FIELD_COUNT, earlier, kiosk_pinyin(earlier->kiosk));
	fill_in(earlier);
	earlier->state = clerk_form_state(earlier->form, FIELD_COUNT);
	app_push(app, &earlier_screen, earlier);
}

static void chosen(struct app *app, void *context, int button)
{
	struct kiosk *kiosk = context;

	if (button == 1)
		open_form(app);
	if (button != 0)
		return;
	desk_set_backdate(kiosk->desk, 0, NULL);
	clerk_tell_done(app, _("Things count as they happen again"), NULL);
}

void backdate_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	int64_t at = desk_backdate(kiosk->desk);
	const char *const buttons[] = { _("Back to now"), _("Another time"), _("Leave it as it is"),
		NULL };

	if (!at) {
		open_form(app);
		return;
	}
	CLEANUP(mem_free) char *when = words_instant(at, kiosk_now(kiosk));
	CLEANUP(mem_free) char *title = mem_printf(_("What you enter counts as of %s"), when);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = title,
		.buttons = buttons,
		.done = chosen,
		.context = kiosk,
	};
	dialog_open(app, &dialog);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	struct earlier *earlier = self;

	(void)app;
	form_destroy(earlier->form);
	free(earlier->state);
	free(earlier);
}

/* ---- setting it ---- */

/* The fields were checked; what is left is that it has happened already. */
static int read_instant(const struct earlier *earlier, int64_t *ret, struct err *err)
{
	struct day day;
	int minutes;

	TRY(day_parse(form_text(earlier->form, DATE), &day, err));
	TRY(minutes_parse(form_text(earlier->form, TIME), &minutes, err));
	*ret = when_instant(day, minutes / 60, minutes % 60, 0);
	if (*ret > kiosk_now(earlier->kiosk))
		return err_set(err, ERR_REFUSED, REASON(BACKDATE_FUTURE));
	return 0;
}

static void save(struct app *app, void *self)
{
	struct earlier *earlier = self;
	struct err err = { 0 };
	int64_t at;

	if (read_instant(earlier, &at, &err) < 0) {
		CLEANUP(mem_free) char *words = said(earlier->kiosk, &err);
		form_set_error(earlier->form, TIME, words);
		form_activate(earlier->form, TIME);
		app_sound(app, SOUND_REFUSED);
		return;
	}
	desk_set_backdate(earlier->kiosk->desk, at, form_text(earlier->form, WHY));
	app_pop(app);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct earlier *earlier = self;

	return clerk_form_key(app, earlier->form, key, save, earlier);
}

static void paste(struct app *app, void *self, const char *text)
{
	struct earlier *earlier = self;

	form_paste(earlier->form, text);
	app_redraw(app);
}

static void stop(struct app *app, void *self)
{
	struct earlier *earlier = self;

	clerk_leave_form(app, earlier->form, FIELD_COUNT, earlier->state);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct earlier *earlier = self;

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, _("When did it happen?"));
	draw_text(area, 1, 0, STYLE_QUIET,
		_("Until you change it back, all that you enter counts as of then."));
	rect_cut_top(&area, 3);
	clerk_draw_news(app, &area);
	if (area.rows > 12)
		area.rows = 12;
	form_draw(earlier->form, area);
}

static const struct action actions[] = {
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, stop },
	{ 0 },
};

static const struct screen earlier_screen = {
	.name = "backdate",
	.title = N_("Backdate"),
	.actions = actions,
	.is_modal = true,
	.enter = hush,
	.resume = hush,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
	.paste = paste,
};
