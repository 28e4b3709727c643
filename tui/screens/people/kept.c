/* Everything that is kept about somebody, line by line: the visitor's own, or shown to them by a
 * volunteer. */
#include "core/sheets/kept.h"

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/people/screens.h"

struct kept {
	struct list_page page;
	int64_t resident;
	struct kept_list all;
};

enum { COLUMN_SECTION, COLUMN_WHEN, COLUMN_WHAT, COLUMN_MORE };

static const struct list_column columns[] = {
	[COLUMN_SECTION] = { NULL, .min = 8, .max = 20 },
	[COLUMN_WHEN] = { N_("When"), .min = 12, .max = 26, .is_whole = true },
	[COLUMN_WHAT] = { NULL, .min = 12 },
	[COLUMN_MORE] = { NULL, .min = 8, .max = 32 },
};

static void kept_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct kept *kept = self;
	const struct kept_line *line = row;
	bool is_first = line == kept->all.rows || line[-1].section != line->section;

	switch (column) {
	case COLUMN_SECTION:
		ret->text = mem_text(is_first ? kept_section_words(line->section) : "");
		ret->style = STYLE_MARK;
		break;
	case COLUMN_WHEN:
		ret->text = line->at ? words_instant_paper(line->at, kiosk_now(kept->page.kiosk))
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

static int kept_read_all(void *self, struct err *err)
{
	struct kept *kept = self;
	struct kiosk *kiosk = kept->page.kiosk;
	enum kept_view view = desk_staff(kiosk->desk) ? KEPT_WHOLE : KEPT_ALONE;

	return kept_read(kiosk->db, kept->resident, view, &kept->all, err);
}

static void kept_forget(void *self)
{
	kept_list_finish(&((struct kept *)self)->all);
}

static void kept_print(struct app *app, void *self)
{
	struct kept *kept = self;
	const struct act act = desk_act(kept->page.kiosk->desk);
	struct err err = { 0 };

	if (papers_kept(kept->page.kiosk, &act, kept->resident, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	papers_go(kept->page.kiosk);
	clerk_tell_done(app, _("It is being printed"), NULL);
}

static const struct action kept_actions[] = {
	{ '1', N_("Print all of it"), N_("Prints all of this, to take home."), kept_print,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind kept_page = {
	.screen = LIST_PAGE(N_("What is kept of you"), kept_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct kept, all),
	.read = kept_read_all,
	.forget = kept_forget,
	.cell = kept_cell,
};

void kept_open(struct app *app, int64_t resident)
{
	struct kept *kept = list_page_create(app, &kept_page);

	kept->resident = resident;
	list_page_show(kept);
}
