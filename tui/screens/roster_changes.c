/* What the last plan of a week changed: whom it put on, whom it took off, and why. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct change_row {
	char *when, *name, *why;
};

struct changes {
	struct kiosk *kiosk;
	const struct roster_taken *taken; /* the roster's, which lies below */
	struct change_row *rows;
	struct list *list;
};

static const struct screen changes_screen;

/* ---- reading ---- */

static int shift_words(struct changes *ch, int64_t id, char **ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };

	TRY(shift_get(ch->kiosk->db, id, &shift, err));
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift.start_at), when_day(kiosk_now(ch->kiosk)));
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	*ret = mem_printf("%s  %s  %s", day, span, shift.name);
	return 0;
}

static int name_of(struct changes *ch, int64_t resident, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };

	TRY(resident_person(ch->kiosk->db, resident, &person, err));
	*ret = mem_text(person.name);
	return 0;
}

static int read_row(struct changes *ch, const struct roster_change *change, struct change_row *row,
	struct err *err)
{
	CLEANUP(mem_free) char *other = NULL;

	TRY(shift_words(ch, change->shift, &row->when, err));
	TRY(name_of(ch, change->resident, &row->name, err));
	if (change->other && change->why == ROSTER_WHY_MOVED)
		TRY(shift_words(ch, change->other, &other, err));
	else if (change->other)
		TRY(name_of(ch, change->other, &other, err));
	row->why = words_roster_why(change, other, kiosk_now(ch->kiosk));
	return 0;
}

/* ---- lines ---- */

enum { COLUMN_WHEN, COLUMN_NAME, COLUMN_WHY };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 20, .max = 44 },
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 8, .max = 20 },
	[COLUMN_WHY] = { N_("Why"), .min = 12 },
};

static void cell(void *context, int line, int column, struct list_cell *ret)
{
	const struct changes *ch = context;
	const struct change_row *row = &ch->rows[line];
	const char *const texts[] = { row->when, row->name, row->why };

	ret->style = ch->taken->changes[line].is_added ? STYLE_PAPER : STYLE_QUIET;
	ret->text = texts[column] ? mem_text(texts[column]) : NULL;
}

static const char *mark(void *context, int line, enum style *ret_style)
{
	const struct changes *ch = context;
	bool is_added = ch->taken->changes[line].is_added;

	*ret_style = is_added ? STYLE_DONE : STYLE_NEEDED;
	return is_added ? "+" : "↶";
}

/* ---- life ---- */

void roster_changes_open(struct app *app, const struct roster_taken *taken)
{
	struct changes *ch = mem_alloc(sizeof(*ch));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = ch,
		.cell = cell,
		.mark = mark,
		.empty = N_("The plan changed nothing."),
	};
	struct err err = { 0 };
	int r = 0;

	ch->kiosk = kiosk_of(app);
	ch->taken = taken;
	ch->rows = mem_alloc((size_t)(taken->change_count + 1) * sizeof(*ch->rows));
	for (int i = 0; i < taken->change_count && r == 0; i++)
		r = read_row(ch, &taken->changes[i], &ch->rows[i], &err);
	ch->list = list_create(&options);
	list_set_count(ch->list, taken->change_count);
	clerk_hush(app);
	app_push(app, &changes_screen, ch);
	if (r < 0)
		clerk_tell_err(app, &err);
}

static void leave(struct app *app, void *self)
{
	struct changes *ch = self;

	(void)app;
	for (int i = 0; i < ch->taken->change_count; i++) {
		free(ch->rows[i].when);
		free(ch->rows[i].name);
		free(ch->rows[i].why);
	}
	free(ch->rows);
	list_destroy(ch->list);
	free(ch);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	const struct changes *ch = self;

	return clerk_list_key(app, ch->list, key, NULL, self);
}

static const struct action actions[] = {
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void draw(struct app *app, void *self, struct rect area)
{
	const struct changes *ch = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_text(rect_cut_bottom(&area, 1), 0, 0, STYLE_QUIET, _("+ put on  ↶ taken off"));
	list_draw(ch->list, area);
}

static const struct screen changes_screen = {
	.name = "roster_changes",
	.title = N_("What the plan changed"),
	.actions = actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
