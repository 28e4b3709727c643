/* What the last plan of a week changed: whom it put on, whom it took off, and why. */

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/pages/list_page.h"
#include "tui/screens/duty/duty.h"

struct changes {
	struct list_page page;
	struct {
		struct roster_change *rows; /* the roster's, which lies below */
		int count;
	} taken;
};

/* A change in words. */
struct change_words {
	char *when, *name, *why;
};

/* ---- reading ---- */

static int roster_changes_shift_words(struct kiosk *kiosk, int64_t id, char **ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };

	TRY(shift_get(kiosk->db, id, &shift, err));
	CLEANUP(mem_free) char *when = duty_when(kiosk, shift.start_at, shift.end_at);
	*ret = mem_printf("%s  %s", when, shift.name);
	return 0;
}

static int roster_changes_read_words(void *self, const void *row, void *extra, struct err *err)
{
	struct kiosk *kiosk = ((struct changes *)self)->page.kiosk;
	const struct roster_change *change = row;
	struct change_words *words = extra;
	CLEANUP(mem_free) char *other = NULL;

	TRY(roster_changes_shift_words(kiosk, change->shift, &words->when, err));
	TRY(clerk_name(kiosk, change->resident, &words->name, err));
	if (change->other && change->why == ROSTER_WHY_MOVED)
		TRY(roster_changes_shift_words(kiosk, change->other, &other, err));
	else if (change->other)
		TRY(clerk_name(kiosk, change->other, &other, err));
	words->why = words_roster_why(change, other, kiosk_now(kiosk));
	return 0;
}

static void roster_changes_forget_words(void *extra)
{
	struct change_words *words = extra;

	free(words->when);
	free(words->name);
	free(words->why);
}

/* ---- lines ---- */

enum { COLUMN_WHEN, COLUMN_NAME, COLUMN_WHY };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 20, .max = 44 },
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 8, .max = 20 },
	[COLUMN_WHY] = { N_("Why"), .min = 12 },
};

static void roster_changes_cell(
	const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct roster_change *change = row;
	const struct change_words *words = list_page_extra(self, row);
	const char *const texts[] = { words->when, words->name, words->why };

	ret->style = change->is_added ? STYLE_PAPER : STYLE_QUIET;
	ret->text = mem_text(texts[column]);
}

static const char *roster_changes_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct roster_change *change = row;

	(void)self;
	*ret_style = change->is_added ? STYLE_DONE : STYLE_NEEDED;
	return change->is_added ? "+" : "↶";
}

static void roster_changes_foot(void *self, struct rect *area)
{
	(void)self;
	draw_text(rect_cut_bottom(area, 1), 0, 0, STYLE_QUIET, _("+ put on  ↶ taken off"));
}

static const struct action roster_changes_actions[] = {
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind roster_changes_page = {
	.screen = LIST_PAGE(N_("What the plan changed"), roster_changes_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct changes, taken),
	.empty = N_("The plan changed nothing."),
	.extra_size = sizeof(struct change_words),
	.read_extra = roster_changes_read_words,
	.forget_extra = roster_changes_forget_words,
	.cell = roster_changes_cell,
	.mark = roster_changes_mark,
	.foot = roster_changes_foot,
};

void roster_changes_open(struct app *app, const struct roster_taken *taken)
{
	struct changes *ch = list_page_create(app, &roster_changes_page);

	ch->taken.rows = taken->changes;
	ch->taken.count = taken->change_count;
	list_page_show(ch);
}
