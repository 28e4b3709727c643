#include "core/sheets/shelf_guide.h"

#include "core/base/mem.h"
#include "core/items/catalogue/guide.h"
#include "core/sheets/poster.h"
#include "core/sheets/rule_lines.h"
#include "core/sheets/wording.h"
#include "core/words_fill.h"

/* A title that was written for the category above has its name, not this one's. */
static char *title_of(const struct guide *guide, const struct category *category)
{
	return guide->category == category->id && *guide->title
		       ? mem_text(guide->title)
		       : FILL(_("How to use: %1$s"), category->name);
}

static void put_guide(struct sheet *sheet, const struct guide *guide, bool is_onsite)
{
	static const char *const lent[] = {
		N_("Borrow: scan your card, then the label of each thing; take the receipt."),
		N_("Return: scan the label, no card needed; a slip is printed on request."),
	};
	static const char *const onsite[] = {
		N_("Scan your card, then the label, before you use it."),
		N_("It stays in the house: scan the label again when you have done."),
	};
	int number = 0;

	poster_heading(sheet, _("How it is used"));
	for (int i = 0; i < guide->count; i++)
		poster_numbered(sheet, ++number, guide->lines[i]);
	for (size_t i = 0; guide->count == 0 && i < ARRAY_LEN(lent); i++)
		poster_numbered(sheet, ++number, _(is_onsite ? onsite[i] : lent[i]));
}

static int draw(struct db *db, const struct letterhead *letterhead, const struct house_lines *lines,
	const struct category *category, struct sheet **ret, struct err *err)
{
	CLEANUP(rule_view_finish) struct rule_view view = { 0 };
	CLEANUP(guide_finish) struct guide guide = { 0 };
	int number = 0;

	TRY(guide_get(db, category->id, &guide, err));
	TRY(rule_view_read(db, category->id, &view, err));
	CLEANUP(mem_free) char *title = title_of(&guide, category);
	CLEANUP(sheet_destroyp)
	struct sheet *sheet = poster_create(letterhead, lines, title, db_now(db));
	put_guide(sheet, &guide, category->is_onsite);
	poster_heading(sheet, _("How long and how many"));
	TRY(rule_lines_put(sheet, &view, &number, err));
	sheet_space(sheet, 3);
	TRY(rule_table_put(sheet, &view, err));
	TRY(rule_table_put_residents(sheet, &view, err));
	*ret = TAKE(sheet);
	return 0;
}

int shelf_guide_build(struct db *db, const struct letterhead *letterhead, const char *code,
	struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines lines = { 0 };
	CLEANUP(category_finish) struct category category = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(category_by_code(db, code, &category, err));
	TRY(house_lines_get(db, &lines, err));
	return draw(db, letterhead, &lines, &category, ret, err);
}
