/* When somebody came to a shift and left it, entered afterwards: prefilled with the whole shift. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/attendance.h"
#include "core/store/act_reasons.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/pages/form_page.h"
#include "tui/screens/duty/duty.h"

enum { CAME, LEFT, WHY, FIELD_COUNT };

struct came {
	int64_t assignment, resident, start_at, end_at;
	char *name;
	int came, left; /* minutes of the day */
	const char *why;
};

static const struct form_row rows[FIELD_COUNT] = {
	[CAME] = { FIELD_TEXT(N_("Came at"), 5), HINT("9:00"),
		BIND_TIME("in_at", struct came, came) },
	[LEFT] = { FIELD_TEXT(N_("Left at"), 5), HINT("12:00"),
		BIND_TIME("out_at", struct came, left) },
	[WHY] = { FIELD_CHINESE(N_("Why was it not scanned?"), 60),
		HELP(N_("Such as: came without a card, signed on paper.")),
		BIND_TEXT(NULL, struct came, why), .codes = { REASON_WHY_NEEDED } },
};

static int came_form_minutes_of(int64_t at)
{
	struct local local = when_local(at);

	return local.hour * 60 + local.minute;
}

static int came_load(struct app *app, void *self, struct err *err)
{
	struct came *came = self;

	came->name = mem_text(came->name);
	came->came = came_form_minutes_of(came->start_at);
	came->left = came_form_minutes_of(came->end_at);
	return 0;
}

static void came_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(area, ((struct came *)self)->name, NULL);
}

/* A time of day before the shift's is on the next day: a shift may run past midnight. */
static int64_t came_form_instant_of(const struct came *came, int minutes)
{
	struct day day = when_day(came->start_at);
	int64_t at = when_instant(day, 0, minutes, 0);

	return at < came->start_at - SHIFT_EARLY_SECONDS ? when_instant(day, 0, minutes + 1440, 0)
							 : at;
}

static int came_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct came *came = filled;
	struct act act = clerk_act(app, came->resident);

	CLEANUP(mem_free) char *why = clerk_why(&act, came->why);
	if (*came->why)
		act.why = why;
	TRY(attendance_enter(kiosk_of(app)->db, &act, came->assignment,
		came_form_instant_of(came, came->came), came_form_instant_of(came, came->left),
		err));
	form_done(done, _("Written down; it counts once a second person has approved it"), NULL);
	return 0;
}

static void came_finish(void *self)
{
	free(((struct came *)self)->name);
}

static const struct form_page came_page = {
	.screen = FORM_SCREEN(N_("Was there")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct came),
	.hush = FORM_HUSH_OPEN,
	.load = came_load,
	.head = came_head,
	.save = came_save,
	.finish = came_finish,
};

void came_form_open(
	struct app *app, const struct shift *shift, const struct assignment *who, const char *name)
{
	form_page_open(app, &came_page,
		&(struct came){ who->id, who->resident, shift->start_at, shift->end_at,
			.name = (char *)name });
}
