/* When somebody came to a shift and left it, written down afterwards: at first the whole shift
 * stands there. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/attendance.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/form_page.h"
#include "tui/screens/screens.h"

enum { CAME, LEFT, WHY, FIELD_COUNT };

static const struct form_field fields[FIELD_COUNT] = {
	[CAME] = { .label = N_("Came at"), .kind = FORM_TEXT, .hint = "9:00", .max_chars = 5 },
	[LEFT] = { .label = N_("Left at"), .kind = FORM_TEXT, .hint = "12:00", .max_chars = 5 },
	[WHY] = { .label = N_("Why was it not scanned?"),
		.kind = FORM_TEXT,
		.help = N_("Such as: came without a card, signed on paper."),
		.max_chars = 60,
		.is_chinese = true },
};

static const struct clerk_field blames[] = {
	{ REASON_NONE, "in_at", CAME },
	{ REASON_NONE, "out_at", LEFT },
	{ REASON_WHY_NEEDED, "", WHY },
};

struct came {
	int64_t assignment, resident, start_at, end_at;
};

static void show_time(struct form *form, int field, int64_t at)
{
	CLEANUP(mem_free) char *text = words_time(at);

	form_set_text(form, field, text);
}

static void show(void *context, struct form *form)
{
	const struct came *came = context;

	show_time(form, CAME, came->start_at);
	show_time(form, LEFT, came->end_at);
}

/* A time on the clock before the shift's is of the day after: a shift may run over midnight. */
static int take_time(const struct came *came, const struct form *form, int field, const char *what,
	int64_t *ret, struct err *err)
{
	struct day day = when_day(came->start_at);
	struct err ignored = { 0 };
	int minutes;

	if (minutes_parse(form_text(form, field), &minutes, &ignored) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, what));
	*ret = when_instant(day, 0, minutes, 0);
	if (*ret < came->start_at - SHIFT_EARLY_SECONDS)
		*ret = when_instant(day, 0, minutes + 1440, 0);
	return 0;
}

static int save(struct app *app, void *context, const struct form *form, const char **ret_done,
	struct err *err)
{
	const struct came *came = context;
	struct act act = clerk_act(app, came->resident);
	int64_t in_at, out_at;

	CLEANUP(mem_free) char *why = clerk_why(&act, form_text(form, WHY));
	if (form_text(form, WHY)[0])
		act.why = why;
	TRY(take_time(came, form, CAME, "in_at", &in_at, err));
	TRY(take_time(came, form, LEFT, "out_at", &out_at, err));
	TRY(attendance_enter(kiosk_of(app)->db, &act, came->assignment, in_at, out_at, err));
	*ret_done = _("Written down; it counts once a second person has approved it");
	return 0;
}

static const struct screen came_screen = FORM_PAGE(N_("Was there"));

void came_form_open(
	struct app *app, const struct shift *shift, const struct assignment *who, const char *name)
{
	struct came *came = mem_alloc(sizeof(*came));

	*came = (struct came){ who->id, who->resident, shift->start_at, shift->end_at };
	const struct form_page_request request = { .screen = &came_screen,
		.fields = fields,
		.count = FIELD_COUNT,
		.head = name,
		.context = came,
		.show = show,
		.save = save,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
		.finish = free };
	form_page_open(app, &request);
}
