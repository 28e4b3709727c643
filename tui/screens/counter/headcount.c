/* How many people there are, asked once after a sign-in: a digit is enough, and none exceeds the
 * room's places. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/venues/session.h"
#include "core/words_venues.h"
#include "tui/pages/clerk.h"
#include "tui/pages/news.h"
#include "tui/screens/counter/screens.h"
#include "tui/widgets/dialog.h"

#define BUTTONS   9
#define ASKED_SEC 30 /* nobody answers: the assumed number stays */

struct headcount {
	struct session session;
	struct entry entry;
};

/* More people may have the room for a shorter time. */
static void headcount_tell_until(struct app *app, const struct headcount *h)
{
	struct session session;
	struct entry entry;
	struct err err = { 0 };

	if (session_entry(kiosk_of(app)->db, h->session.id, &session, &entry, &err) < 0 ||
		entry.until_at == h->entry.until_at)
		return;
	CLEANUP(mem_free) char *until = words_entry(&entry);
	news_tell_done(app, visit_banner(app), _("Noted down"), until);
}

static void headcount_counted(struct app *app, void *context, int button)
{
	struct headcount *h = context;
	struct act act = clerk_act(app, 0);
	int people = button + 1;
	struct err err = { 0 };

	if (button >= 0 && people != h->session.people) {
		if (session_set_people(kiosk_of(app)->db, &act, h->session.id, people, &err) < 0)
			clerk_tell_err(app, &err);
		else
			headcount_tell_until(app, h);
	}
	free(h);
}

static void headcount_ask(struct app *app, const struct headcount *h)
{
	static const char *const digits[BUTTONS + 1] = { "1", "2", "3", "4", "5", "6", "7", "8",
		"9", NULL };
	const char *buttons[BUTTONS + 1] = { NULL };
	bool is_large = h->entry.places > BUTTONS;
	CLEANUP(mem_free) char *until = words_entry(&h->entry);
	CLEANUP(mem_free)
	char *text = mem_printf("%s\n%s", until,
		is_large ? _("Press a number. A volunteer enters more than nine.")
			 : _("Press a number: so many places are left."));
	struct headcount *context = mem_alloc(sizeof(*context));

	*context = *h;
	for (int i = 0; i < BUTTONS && i < h->entry.places; i++)
		buttons[i] = digits[i];
	const struct dialog dialog = {
		.kind = BANNER_DONE,
		.title = _("Signed in. How many are you?"),
		.text = text,
		.buttons = buttons,
		.marked = (int)h->session.people - 1,
		.done = headcount_counted,
		.context = context,
		.timeout_ms = ASKED_SEC * 1000,
	};

	dialog_open(app, &dialog);
}

void headcount_open(struct app *app, int64_t session)
{
	struct headcount h;
	struct err err = { 0 };

	if (session_entry(kiosk_of(app)->db, session, &h.session, &h.entry, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	/* Nothing is asked when there is one place, or when the booking is for more people than
	 * there are keys. */
	if (h.entry.places > 1 && h.session.people <= BUTTONS)
		headcount_ask(app, &h);
}
