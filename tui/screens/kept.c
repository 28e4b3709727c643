/* All that is kept of somebody, line by line: the visitor's own, or what a volunteer shows them. */
#include "core/sheets/kept.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/counter.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct kept {
	struct kiosk *kiosk;
	int64_t resident;
	struct kept_list lines;
	struct list *list;
};

enum { COLUMN_SECTION, COLUMN_WHEN, COLUMN_WHAT, COLUMN_MORE };

static const struct list_column columns[] = {
	[COLUMN_SECTION] = { NULL, .min = 8, .max = 20 },
	[COLUMN_WHEN] = { N_("When"), .min = 12, .max = 26, .is_whole = true },
	[COLUMN_WHAT] = { NULL, .min = 12 },
	[COLUMN_MORE] = { NULL, .min = 8, .max = 32 },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct kept *kept = context;
	const struct kept_line *line = &kept->lines.rows[row];
	bool is_first = row == 0 || line[-1].section != line->section;

	switch (column) {
	case COLUMN_SECTION:
		ret->text = mem_text(is_first ? kept_section_words(line->section) : "");
		ret->style = STYLE_MARK;
		break;
	case COLUMN_WHEN:
		ret->text = line->at ? words_instant_paper(line->at, kiosk_now(kept->kiosk))
				     : mem_text("");
		ret->style = STYLE_QUIET;
		break;
	case COLUMN_WHAT:
		ret->text = mem_text(line->what);
		break;
	default:
		ret->text = mem_text(line->more);
	}
}

static const struct screen kept_screen;

void kept_open(struct app *app, int64_t resident)
{
	struct kept *kept = mem_alloc(sizeof(*kept));
	struct err err = { 0 };

	kept->kiosk = kiosk_of(app);
	kept->resident = resident;
	enum kept_view view = desk_staff(kept->kiosk->desk) ? KEPT_WHOLE : KEPT_ALONE;
	if (kept_read(kept->kiosk->db, resident, view, &kept->lines, &err) < 0) {
		free(kept);
		clerk_tell_err(app, &err);
		return;
	}
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = kept,
		.cell = cell,
	};
	kept->list = list_create(&options);
	list_set_count(kept->list, kept->lines.count);
	clerk_hush(app);
	app_push(app, &kept_screen, kept);
}

static void leave(struct app *app, void *self)
{
	struct kept *kept = self;

	(void)app;
	list_destroy(kept->list);
	kept_list_finish(&kept->lines);
	free(kept);
}

static void print(struct app *app, void *self)
{
	struct kept *kept = self;
	const struct act act = desk_act(kept->kiosk->desk);
	struct err err = { 0 };

	if (papers_kept(kept->kiosk, &act, kept->resident, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	papers_go(kept->kiosk);
	clerk_tell_done(app, _("It is being printed"), NULL);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	return clerk_list_key(app, ((struct kept *)self)->list, key, NULL, self);
}

static const struct action actions[] = {
	{ '1', N_("Print all of it"), N_("Prints all of this, to take home."), print,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void draw(struct app *app, void *self, struct rect area)
{
	struct kept *kept = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(kept->list, area);
}

static const struct screen kept_screen = {
	.name = "kept",
	.title = N_("What is kept of you"),
	.actions = actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
