/* How an item leaves for good: asked from its page. */
#include "core/base/mem.h"
#include "core/items/retire.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"

static void retire(struct app *app, int64_t item, enum retire_cause cause)
{
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (item_retire(kiosk_of(app)->db, &act, item, cause, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("Taken out of use"), NULL);
}

static void chosen(struct app *app, void *context, int button)
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
		retire(app, item->id, RETIRE_WORN_OUT);
		break;
	case 4:
		retire(app, item->id, RETIRE_LOST);
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
		.done = chosen,
		.context = item,
	};

	dialog_open(app, &dialog);
}
