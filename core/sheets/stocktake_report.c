#include "core/sheets/stocktake_report.h"

#include "core/base/mem.h"
#include "core/items/catalogue/category.h"
#include "core/items/upkeep/stocktake_list.h"
#include "core/sheets/office.h"
#include "core/sheets/wording.h"

#define PAGE_ROWS 500

static const struct sheet_style subheading = { .size_pt = 12.5, .is_bold = true };
static const struct sheet_style body = { .size_pt = 10.5 };
static const struct sheet_style strong = { .size_pt = 10.5, .is_bold = true };
static const struct sheet_style small = { .size_pt = 9 };

struct report {
	struct house_lines house;
	struct stocktake stocktake;
	struct stocktake_progress progress;
	char *category; /* its name; "" for any */
};

static void report_finish(struct report *r)
{
	house_lines_finish(&r->house);
	stocktake_finish(&r->stocktake);
	mem_free(&r->category);
}

/* ---- the lists ---- */

struct section {
	const char *title;          /* N_() */
	bool is_seen;               /* with a column for where it was */
	enum stocktake_state state; /* when is_seen */
};
static const struct section sections[] = {
	{ N_("Not seen"), false, STOCKTAKE_RIGHT },
	{ N_("In the wrong place"), true, STOCKTAKE_MISPLACED },
	{ N_("Lent, and yet here"), true, STOCKTAKE_OUT },
	{ N_("Not to be found until now"), true, STOCKTAKE_MISSING },
	{ N_("Retired, and yet here"), true, STOCKTAKE_RETIRED },
	{ N_("Not of what was counted"), true, STOCKTAKE_OTHER },
};

static int read_lines(struct db *db, int64_t id, const struct section *section,
	const struct stocktake_line *after, struct stocktake_lines *ret, struct err *err)
{
	if (section->is_seen)
		return stocktake_sights(db, id, section->state, after, PAGE_ROWS, ret, err);
	return stocktake_unseen(db, id, after, PAGE_ROWS, ret, err);
}

static void put_cell(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static void put_head(struct sheet *sheet, const struct section *section)
{
	sheet_head(sheet, 6);
	put_cell(sheet, strong, _("Number"));
	put_cell(sheet, strong, _("Item"));
	put_cell(sheet, strong, _("Belongs to"));
	put_cell(sheet, strong, section->is_seen ? _("Seen at") : _("Remarks"));
}

/* "共享书屋 A-3" */
static char *place(const char *zone, const char *shelf)
{
	return mem_printf("%s%s%s", zone, *zone && *shelf ? " " : "", shelf);
}

static void put_line(struct sheet *sheet, const struct stocktake_line *line)
{
	CLEANUP(mem_free) char *home = place(line->zone, line->shelf);
	CLEANUP(mem_free) char *seen = place(line->seen_zone, line->seen_shelf);
	char number[ITEM_NUMBER_SIZE];

	item_number_format(line->number, number);
	sheet_row(sheet, 6);
	put_cell(sheet, body, number);
	put_cell(sheet, body, line->name);
	put_cell(sheet, body, home);
	put_cell(sheet, body, line->is_missing ? _("set to not found") : seen);
}

static int put_rows(struct sheet *sheet, struct db *db, int64_t id, const struct section *section,
	struct stocktake_lines *list, struct err *err)
{
	while (list->count) {
		struct stocktake_lines next = { 0 };
		for (int i = 0; i < list->count; i++)
			put_line(sheet, &list->rows[i]);
		int r = list->count < PAGE_ROWS ? 0
						: read_lines(db, id, section,
							  &list->rows[list->count - 1], &next, err);
		stocktake_lines_finish(list);
		*list = next;
		if (r < 0)
			return r;
	}
	return 0;
}

static int put_section(struct sheet *sheet, struct db *db, int64_t id,
	const struct section *section, struct err *err)
{
	static const double widths[] = { 22, 0, 42, 42 };
	const struct sheet_table table = { SHEET_RULES_GRID, 1.5, 1, ARRAY_LEN(widths), widths };
	CLEANUP(stocktake_lines_finish) struct stocktake_lines list = { 0 };

	TRY(read_lines(db, id, section, NULL, &list, err));
	if (!list.count)
		return 0;
	sheet_space(sheet, 4);
	sheet_text(sheet, subheading, _(section->title));
	sheet_space(sheet, 1.5);
	sheet_table(sheet, &table);
	put_head(sheet, section);
	int r = put_rows(sheet, db, id, section, &list, err);
	sheet_end(sheet);
	return r;
}

/* ---- above and below them ---- */

static char *scope_text(const struct report *r)
{
	const struct stocktake *s = &r->stocktake;
	CLEANUP(mem_free) char *where = place(s->zone ? s->zone : "", s->shelf ? s->shelf : "");

	if (!*where && !*r->category)
		return mem_text(_("the whole house"));
	return mem_printf("%s%s%s", r->category, *r->category && *where ? " · " : "", where);
}

static void put_top(struct sheet *sheet, const struct report *r)
{
	const struct stocktake *s = &r->stocktake;
	CLEANUP(mem_free) char *scope = scope_text(r);
	CLEANUP(mem_free) char *from = words_instant_paper(s->started_at, s->started_at);
	CLEANUP(mem_free)
	char *until = s->closed_at ? words_instant_paper(s->closed_at, s->started_at)
				   : mem_text(_("not closed yet"));

	sheet_textf(sheet, body, _("Stocktake %lld: %s"), (long long)s->number, scope);
	sheet_textf(sheet, body, _("From %s until %s"), from, until);
}

static void put_counts(struct sheet *sheet, const struct report *r)
{
	static const double widths[] = { 0, 0, 0, 0 };
	const struct sheet_table table = { SHEET_RULES_GRID, 2, 1.5, ARRAY_LEN(widths), widths };
	const struct stocktake_progress *p = &r->progress;
	const struct {
		const char *label;
		int64_t count;
	} counts[] = {
		{ _("Looked for"), p->seen + p->unseen },
		{ _("Seen"), p->seen },
		{ _("Not seen"), p->unseen },
		{ _("In the wrong place"), p->states[STOCKTAKE_MISPLACED] },
	};

	sheet_space(sheet, 3);
	sheet_table(sheet, &table);
	sheet_row(sheet, 8);
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_text(sheet, small, counts[i].label);
		sheet_textf(sheet, subheading, "%lld", (long long)counts[i].count);
	}
	sheet_end(sheet);
}

static void put_signatures(struct sheet *sheet)
{
	sheet_space(sheet, 12);
	sheet_pair(sheet, body, _("Counted by: ____________________"), body,
		_("Checked by: ____________________"));
}

static int draw(struct sheet *sheet, struct db *db, const struct report *r, struct err *err)
{
	put_top(sheet, r);
	put_counts(sheet, r);
	for (size_t i = 0; i < ARRAY_LEN(sections); i++)
		TRY(put_section(sheet, db, r->stocktake.id, &sections[i], err));
	put_signatures(sheet);
	return 0;
}

/* ---- */

static int read_category(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(category_list_finish) struct category_list list = { 0 };

	TRY(category_list(db, &list, err));
	for (int i = 0; i < list.count; i++)
		if (list.rows[i].id == id) {
			*ret = mem_text(list.rows[i].name);
			return 0;
		}
	*ret = mem_text("");
	return 0;
}

static int read_report(struct report *r, struct db *db, int64_t id, struct err *err)
{
	TRY(stocktake_get(db, id, &r->stocktake, err));
	TRY(stocktake_progress(db, id, &r->progress, err));
	TRY(read_category(db, r->stocktake.category, &r->category, err));
	return house_lines_get(db, &r->house, err);
}

int stocktake_report_build(struct db *db, const struct letterhead *letterhead, int64_t id,
	struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(report_finish) struct report r = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(read_report(&r, db, id, err));
	struct day from = when_day(r.stocktake.started_at);
	struct day until = when_day(r.stocktake.closed_at ? r.stocktake.closed_at : db_now(db));
	CLEANUP(mem_free) char *days = office_days(from, until);
	CLEANUP(sheet_destroyp)
	struct sheet *sheet = office_begin(letterhead, &r.house,
		&(struct office_page){
			.title = _("Stocktake report"), .day = until, .about = days });
	TRY(draw(sheet, db, &r, err));
	*ret = TAKE(sheet);
	return 0;
}
