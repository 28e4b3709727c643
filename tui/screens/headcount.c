/* How many they are, asked once behind a sign-in: a digit is enough. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/venues/session.h"
#include "tui/screens/clerk.h"
#include "tui/screens/rooms.h"
#include "tui/widgets/dialog.h"

#define BUTTONS   9
#define ASKED_SEC 30 /* nobody answers: as it was taken to be */

static void counted(struct app *app, void *context, int button)
{
	int64_t *session = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button > 0 &&
		session_set_people(kiosk_of(app)->db, &act, *session, button + 1, &err) < 0)
		clerk_tell_err(app, &err);
	free(session);
}

void headcount_open(struct app *app, int64_t session)
{
	static const char *const buttons[BUTTONS + 1] = { "1", "2", "3", "4", "5", "6", "7", "8",
		"9", NULL };
	int64_t *context = mem_alloc(sizeof(*context));
	const struct dialog dialog = {
		.kind = BANNER_DONE,
		.title = _("Signed in. How many are you?"),
		.text = _("Press a number. A volunteer enters more than nine."),
		.buttons = buttons,
		.done = counted,
		.context = context,
		.timeout_ms = ASKED_SEC * 1000,
	};

	*context = session;
	dialog_open(app, &dialog);
}
