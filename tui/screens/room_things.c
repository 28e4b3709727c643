/* What comes with a room: where its keys and remotes are; what is no longer there is taken out. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/venues/thing.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

struct room_things {
	struct app *app;
	int64_t venue;
	struct thing_list all;
	struct list *list;
};

static const struct screen room_things_screen;

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

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct room_things *s = context;
	const struct thing *thing = &s->all.rows[row];

	ret->text =
		column == 0 ? mem_text(thing->name) : room_thing_where(s->app, thing, &ret->style);
}

static void refresh(struct room_things *s)
{
	struct err err = { 0 };

	thing_list_finish(&s->all);
	if (things_of(kiosk_of(s->app)->db, s->venue, &s->all, &err) < 0)
		clerk_tell_err(s->app, &err);
	list_set_count(s->list, s->all.count);
	app_redraw(s->app);
}

void room_things_open(struct app *app, int64_t venue)
{
	struct room_things *s = mem_alloc(sizeof(*s));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = s,
		.cell = cell,
		.empty = N_("Nothing comes with this room; its policy adds things."),
	};

	s->app = app;
	s->venue = venue;
	s->list = list_create(&options);
	app_push(app, &room_things_screen, s);
	refresh(s);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct room_things *s = self;

	(void)app;
	thing_list_finish(&s->all);
	list_destroy(s->list);
	free(s);
}

/* ---- what can be done ---- */

static const struct thing *selected(const struct room_things *s)
{
	int row = list_selected(s->list);

	return row < 0 ? NULL : &s->all.rows[row];
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static bool is_out(struct app *app, void *self)
{
	const struct thing *thing = selected(self);

	(void)app;
	return thing && thing->out_at;
}

static void conclude(struct room_things *s, int r, const struct err *err, const char *done)
{
	refresh(s);
	if (r < 0)
		clerk_tell_err(s->app, err);
	else
		clerk_tell_done(s->app, done, NULL);
}

static void take_back(struct app *app, void *self)
{
	struct room_things *s = self;
	struct act act = clerk_act(app, selected(s)->holder);
	struct err err = { 0 };

	conclude(s, handover_back(kiosk_of(app)->db, &act, selected(s)->id, &err), &err,
		_("It is back"));
}

static void removed(struct app *app, void *context, int button)
{
	struct room_things *s = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button == 0 && selected(s))
		conclude(s, thing_remove(kiosk_of(app)->db, &act, selected(s)->id, &err), &err,
			_("It is taken out"));
}

static void take_out(struct app *app, void *self)
{
	struct room_things *s = self;
	const char *const buttons[] = { _("Take it out"), _("Leave it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Does this no longer come with the room?"),
		.text = selected(s)->name,
		.buttons = buttons,
		.marked = 1,
		.done = removed,
		.context = s,
	};

	dialog_open(app, &dialog);
}

static const struct action actions[] = {
	{ '1', N_("It is back"), N_("Notes down that the marked key or remote is back."), take_back,
		is_out },
	{ K_DELETE, N_("Take it out"), N_("The marked thing no longer comes with the room."),
		take_out, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	return clerk_list_key(app, ((struct room_things *)self)->list, key, NULL, self);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct room_things *s = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	list_draw(s->list, area);
}

static const struct screen room_things_screen = {
	.name = "room_things",
	.title = N_("Comes with the room"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
