/* Titles from a table, known by their ISBN, else by name and category. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/exchange/import_title.h"
#include "core/items/catalogue/stock.h"
#include "core/items/catalogue/title.h"
#include "core/items/catalogue/title_parts.h"

#define NUMBER_MAX 1000000000

static void read_terms(struct importing *im, struct title_terms *terms)
{
	import_integer(im, TITLES_VALUE_POINTS, 0, NUMBER_MAX, &terms->value_points);
	import_fen(im, TITLES_VALUE, &terms->value_fen);
	import_integer(im, TITLES_DEPOSIT, 0, NUMBER_MAX, &terms->deposit);
	import_integer(im, TITLES_SHORT_DAYS, 0, 365, &terms->short_days);
	import_yes(im, TITLES_APPROVAL, &terms->needs_approval);
	import_yes(im, TITLES_ONSITE, &terms->is_onsite);
	import_yes(im, TITLES_CONSUMABLE, &terms->is_consumable);
}

static void note_terms(
	struct importing *im, const struct title_terms *kept, const struct title_terms *given)
{
	const struct {
		int column;
		bool is_other;
	} terms[] = {
		{ TITLES_VALUE_POINTS, kept->value_points != given->value_points },
		{ TITLES_VALUE, kept->value_fen != given->value_fen },
		{ TITLES_DEPOSIT, kept->deposit != given->deposit },
		{ TITLES_SHORT_DAYS, kept->short_days != given->short_days },
		{ TITLES_APPROVAL, kept->needs_approval != given->needs_approval },
		{ TITLES_ONSITE, kept->is_onsite != given->is_onsite },
		{ TITLES_CONSUMABLE, kept->is_consumable != given->is_consumable },
	};

	for (size_t i = 0; i < ARRAY_LEN(terms); i++)
		if (terms[i].is_other)
			import_changed(im, terms[i].column);
}

/* The cell replaces what is stored, where it differs. */
static void take_text(struct importing *im, int column, const char *kept, const char **ret)
{
	const char *cell = import_cell(im, column);

	if (!*cell || (kept && strcmp(cell, kept) == 0))
		return;
	*ret = cell;
	import_changed(im, column);
}

static int add_title(
	struct importing *im, const struct title_wanted *wanted, int64_t *ret_id, struct err *err)
{
	const char *pinyin = import_cell(im, TITLES_PINYIN);
	struct title_draft draft = { .name = wanted->name,
		.category = wanted->category,
		.isbn = wanted->isbn,
		.pinyin = *pinyin ? pinyin : NULL,
		.initials = import_cell(im, TITLES_INITIALS),
		.safety = import_cell(im, TITLES_SAFETY) };

	if (!wanted->has_category)
		import_fault(im, TITLES_CATEGORY, REASON_TEXT(TEXT_EMPTY, "category"));
	read_terms(im, &draft.terms);
	if (import_has_fault(im))
		return 0;
	struct act act = import_act(im, 0);
	return title_add(import_db(im), &act, &draft, ret_id, err);
}

static int edit_title(
	struct importing *im, const struct title_wanted *wanted, int64_t id, struct err *err)
{
	CLEANUP(title_finish) struct title kept = { 0 };

	TRY(title_get(import_db(im), id, &kept, err));
	struct title_draft draft = title_draft_of(&kept);
	read_terms(im, &draft.terms);
	note_terms(im, &kept.terms, &draft.terms);
	if (*wanted->name && strcmp(wanted->name, kept.name) != 0) {
		draft.name = wanted->name;
		/* A new name gets a new reading. */
		draft.pinyin = draft.initials = NULL;
		import_changed(im, TITLES_NAME);
	}
	if (wanted->category && wanted->category != kept.category) {
		draft.category = wanted->category;
		import_changed(im, TITLES_CATEGORY);
	}
	take_text(im, TITLES_PINYIN, kept.pinyin, &draft.pinyin);
	take_text(im, TITLES_INITIALS, kept.initials, &draft.initials);
	take_text(im, TITLES_SAFETY, kept.safety, &draft.safety);
	if (import_has_fault(im) || !import_has_changed(im))
		return 0;
	struct act act = import_act(im, 0);
	return title_edit(import_db(im), &act, id, &draft, err);
}

static int set_stock(struct importing *im, int64_t id, struct err *err)
{
	CLEANUP(title_finish) struct title kept = { 0 };
	int64_t stock;

	TRY(title_get(import_db(im), id, &kept, err));
	stock = kept.stock;
	import_integer(im, TITLES_STOCK, 0, STOCK_CHANGE_MAX, &stock);
	if (import_has_fault(im) || stock == kept.stock)
		return 0;
	import_changed(im, TITLES_STOCK);
	struct act act = import_act(im, 0);
	return stock > kept.stock
		       ? stock_add(import_db(im), &act, id, stock - kept.stock, NULL, err)
		       : stock_take(import_db(im), &act, id, kept.stock - stock, NULL, err);
}

/* One part per line; on one line they may be separated by semicolons. The caller's. */
static char *parts_of(const char *cell)
{
	char *lines = mem_text(cell);
	char *at = lines;

	if (strchr(cell, '\n'))
		return lines;
	while ((at = strstr(at, "；"))) {
		*at = '\n';
		memmove(at + 1, at + strlen("；"), strlen(at + strlen("；")) + 1);
	}
	for (at = lines; (at = strchr(at, ';'));)
		*at = '\n';
	return lines;
}

/* The list as it is written in a cell. */
static char *join_parts(const struct title_part_list *parts)
{
	char *all = mem_text("");

	for (int i = 0; i < parts->count; i++) {
		CLEANUP(mem_free) char *before = all;
		all = mem_printf("%s%s\n", before, parts->rows[i].name);
	}
	return all;
}

static int set_parts(struct importing *im, int64_t id, struct err *err)
{
	CLEANUP(title_part_list_finish) struct title_part_list parts = { 0 };
	const char *cell = import_cell(im, TITLES_PARTS);
	CLEANUP(mem_free) char *lines = parts_of(cell);

	if (!*cell)
		return 0;
	TRY(title_parts(import_db(im), id, &parts, err));
	CLEANUP(mem_free) char *before = join_parts(&parts);
	CLEANUP(mem_free) char *given = mem_printf("%s\n", lines);
	if (strcmp(before, given) == 0 || strcmp(before, lines) == 0)
		return 0;
	import_changed(im, TITLES_PARTS);
	struct act act = import_act(im, 0);
	return title_set_parts_text(import_db(im), &act, id, lines, err);
}

static int row(struct importing *im, struct err *err)
{
	CLEANUP(title_wanted_finish) struct title_wanted wanted = { 0 };
	int64_t id = 0;

	TRY(title_wanted_read(im, TITLES_NAME, TITLES_ISBN, TITLES_CATEGORY, &wanted, err));
	if (import_has_fault(im))
		return 0;
	TRY(title_wanted_find(im, &wanted, &id, err));
	bool is_new = id == 0;
	if (is_new)
		TRY(add_title(im, &wanted, &id, err));
	if (import_has_fault(im) ||
		!import_is_first(im, wanted.isbn ? TITLES_ISBN : TITLES_NAME, id))
		return 0;
	if (!is_new)
		TRY(edit_title(im, &wanted, id, err));
	TRY(set_stock(im, id, err));
	TRY(set_parts(im, id, err));
	return is_new ? IMPORT_ADDED : import_has_changed(im) ? IMPORT_CHANGED : IMPORT_SAME;
}

const struct import_kind import_titles_kind = { .name = TITLES_NAME, .row = row };
