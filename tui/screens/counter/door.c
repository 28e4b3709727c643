/* What is asked at a room's door before anybody is signed in or out. The first answer, which Enter
 * gives, changes nothing. */
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/venues/reasons.h"
#include "core/words.h"
#include "tui/screens/counter/counter.h"
#include "tui/widgets/dialog.h"

enum { LEAVE_IT, GO_ON };

static const struct {
	int code;
	const char *title, *leave_it, *go_on;
} questions[] = {
	{ REASON_VENUE_GROUP, N_("Sign all of you out?"), N_("Stay signed in"),
		N_("All of us are leaving") },
	{ REASON_VENUE_ELSEWHERE, N_("Go over to this room?"), N_("Stay in the other room"),
		N_("Go over to this room") },
	{ REASON_BOOKING_AHEAD, N_("Go in without your booking?"), N_("Come back then"),
		N_("Go in now, until then") },
};

static void door_answered(struct app *app, void *context, int button)
{
	struct banner *banner = context;
	struct outcome o = OUTCOME_INIT;

	desk_door(kiosk_of(app)->desk, button == GO_ON, &o);
	counter_outcome(app, banner, &o);
}

void door_open(struct app *app, struct banner *banner, const struct outcome *o)
{
	CLEANUP(mem_free) char *reasons = words_err(&o->err, kiosk_now(kiosk_of(app)));
	CLEANUP(mem_free) char *text = mem_printf("%s\n%s", o->name, reasons);
	size_t which = 0;

	while (which + 1 < ARRAY_LEN(questions) && !err_has(&o->err, questions[which].code))
		which++;
	const char *const buttons[] = {
		[LEAVE_IT] = _(questions[which].leave_it), [GO_ON] = _(questions[which].go_on), NULL
	};
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _(questions[which].title),
		.text = text,
		.buttons = buttons,
		.marked = LEAVE_IT,
		.done = door_answered,
		.context = banner,
	};

	app_sound(app, SOUND_NEEDED);
	dialog_open(app, &dialog);
}
