/* What comes with a room: where its keys and remotes are; what no longer exists is removed. */

#include "core/base/mem.h"
#include "core/venues/thing.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/screens/rooms/rooms.h"
#include "tui/widgets/dialog.h"

struct room_things {
	struct list_page page;
	int64_t venue;
	struct thing_list all;
};

static const struct list_column columns[] = {
	{ N_("Comes with"), .min = 12 },
	{ N_("Where"), .min = 16, .max = 40 },
};

char *room_thing_where(struct app *app, const struct thing *thing, enum style *ret_style)
{
	*ret_style = thing->out_at ? STYLE_NEEDED : STYLE_QUIET;
	if (!thing->is_handed)
		return mem_text(_("stands there"));
	if (!thing->out_at)
		return mem_text(_("here"));
	CLEANUP(mem_free) char *since = words_instant(thing->out_at, kiosk_now(kiosk_of(app)));
	return mem_printf(_("handed over %s"), since);
}

static void room_things_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct room_things *s = self;
	const struct thing *thing = row;

	ret->text = column == 0 ? mem_text(thing->name)
				: room_thing_where(s->page.app, thing, &ret->style);
}

static int room_things_read(void *self, struct err *err)
{
	struct room_things *s = self;

	return things_of(s->page.kiosk->db, s->venue, &s->all, err);
}

static void room_things_forget(void *self)
{
	thing_list_finish(&((struct room_things *)self)->all);
}

/* ---- what can be done ---- */

static bool room_things_is_out(struct app *app, void *self)
{
	const struct thing *thing = list_page_row(self);

	(void)app;
	return thing && thing->out_at;
}

static void room_things_take_back(struct app *app, void *self)
{
	const struct thing *thing = list_page_row(self);
	struct act act = clerk_act(app, thing->holder);
	struct err err = { 0 };

	int r = handover_back(kiosk_of(app)->db, &act, thing->id, &err);
	list_page_conclude(self, r, &err, _("It is back"), NULL);
}

static void room_things_removed(struct app *app, void *context, int button)
{
	const struct thing *thing = list_page_row(context);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button != 0 || !thing)
		return;
	int r = thing_remove(kiosk_of(app)->db, &act, thing->id, &err);
	list_page_conclude(context, r, &err, _("It is taken out"), NULL);
}

static void room_things_take_out(struct app *app, void *self)
{
	const struct thing *thing = list_page_row(self);
	const char *const buttons[] = { _("Take it out"), _("Leave it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Does this no longer come with the room?"),
		.text = thing->name,
		.buttons = buttons,
		.marked = 1,
		.done = room_things_removed,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static const struct action room_things_actions[] = {
	{ '1', N_("It is back"), N_("Notes down that the marked key or remote is back."),
		room_things_take_back, room_things_is_out },
	{ K_DELETE, N_("Take it out"), N_("The marked thing no longer comes with the room."),
		room_things_take_out, list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind room_things_page = {
	.screen = LIST_PAGE(N_("Comes with the room"), room_things_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct room_things, all),
	.empty = N_("Nothing comes with this room; its policy adds things."),
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = room_things_read,
	.forget = room_things_forget,
	.cell = room_things_cell,
};

void room_things_open(struct app *app, int64_t venue)
{
	struct room_things *s = list_page_create(app, &room_things_page);

	s->venue = venue;
	list_page_show(s);
}
