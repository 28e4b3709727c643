/* How an item leaves for good, asked from its page, and how that is undone. */
#include "core/base/mem.h"
#include "core/items/giving/departure_undo.h"
#include "core/items/upkeep/retire.h"
#include "tui/pages/moving.h"
#include "tui/screens/items/items.h"
#include "tui/widgets/dialog.h"

static void departure_retire(struct app *app, int64_t item, enum retire_cause cause)
{
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = item_retire(kiosk_of(app)->db, &act, item, cause, &err);
	app_resume(app);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("Taken out of use"), NULL);
}

static void departure_chosen(struct app *app, void *context, int button)
{
	const struct item *item = context;

	switch (button) {
	case 0:
		sale_open(app, item->id);
		break;
	case 1:
		swap_open(app, item->id);
		break;
	case 2:
		giveaway_open(app, item->id);
		break;
	case 3:
		departure_retire(app, item->id, RETIRE_WORN_OUT);
		break;
	case 4:
		departure_retire(app, item->id, RETIRE_LOST);
		break;
	}
}

void departure_open(struct app *app, struct item *item)
{
	const char *const buttons[] = { _("Sold for charity"), _("Swapped"), _("Given away"),
		_("Worn out"), _("Lost"), _("Back"), NULL };
	CLEANUP(mem_free) char *words = moving_item_words(item);
	const struct dialog dialog = {
		.title = _("How does it leave for good?"),
		.text = words,
		.buttons = buttons,
		.marked = 5,
		.done = departure_chosen,
		.context = item,
	};

	dialog_open(app, &dialog);
}

/* ---- taken back ---- */

static void departure_taken_back(struct app *app, void *context, int button)
{
	struct kiosk *kiosk = kiosk_of(app);
	const struct act act = clerk_act(app, 0);
	CLEANUP(item_finish) struct item item = { 0 };
	int64_t *id = context;
	struct err err = { 0 };

	if (button != 0)
		return;
	if (departure_undo(kiosk->db, &act, *id, &err) < 0 ||
		item_get(kiosk->db, *id, &item, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free) char *words = moving_item_words(&item);
	*id = 0;
	app_resume(app);
	clerk_tell_done(app, words, _("taken back, it is on its shelf again"));
}

void departure_take_back(struct app *app, int64_t *item)
{
	const char *const buttons[] = { _("Take it back"), _("Back"), NULL };
	CLEANUP(item_finish) struct item it = { 0 };
	struct err err = { 0 };

	if (item_get(kiosk_of(app)->db, *item, &it, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free) char *words = moving_item_words(&it);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Undo this? What was paid goes back too."),
		.text = words,
		.buttons = buttons,
		.marked = 1,
		.done = departure_taken_back,
		.context = item,
	};

	dialog_open(app, &dialog);
}
