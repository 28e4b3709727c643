/* Single items from a table, identified by their number. A missing title is added with them; an
 * existing one stays as it is: only its own table changes it. A line without a number is a question
 * if there are items of its title already: the same list may have come twice. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/exchange/import_title.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/kit.h"
#include "core/items/catalogue/owner.h"
#include "core/items/giving/donation.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/people/reasons.h"

#define NUMBER_MAX   999999999
#define POINTS_MAX   1000000000
#define QUANTITY_MAX 200

struct word {
	const char *word;
	int value;
};

static const struct word statuses[] = {
	{ "active", ITEM_ACTIVE },
	{ "在用", ITEM_ACTIVE },
	{ "maintenance", ITEM_MAINTENANCE },
	{ "维修", ITEM_MAINTENANCE },
	{ "missing", ITEM_MISSING },
	{ "暂未找到", ITEM_MISSING },
	{ "retired", ITEM_RETIRED },
	{ "停用", ITEM_RETIRED },
	{ "报废", ITEM_RETIRED },
	{ NULL },
};
static const struct word sources[] = {
	{ "bought", ITEM_SOURCE_BOUGHT },
	{ "购买", ITEM_SOURCE_BOUGHT },
	{ "购置", ITEM_SOURCE_BOUGHT },
	{ "donated", ITEM_SOURCE_DONATED },
	{ "捐赠", ITEM_SOURCE_DONATED },
	{ "swapped", ITEM_SOURCE_SWAPPED },
	{ "置换", ITEM_SOURCE_SWAPPED },
	{ "project", ITEM_SOURCE_PROJECT },
	{ "项目", ITEM_SOURCE_PROJECT },
	{ "项目购置", ITEM_SOURCE_PROJECT },
	{ NULL },
};

struct line {
	struct title_wanted wanted;
	int64_t number, added_at, title, quantity;
	char *zone, *shelf;
	int status, source; /* −1: not said */
	struct owner owners[OWNERS_MAX];
	int owner_count;
};

static void line_finish(struct line *line)
{
	title_wanted_finish(&line->wanted);
	free(line->zone);
	free(line->shelf);
}

/* ---- cells ---- */

static int read_word(struct importing *im, int column, const struct word *words)
{
	const char *cell = import_cell(im, column);

	if (!*cell)
		return -1;
	for (; words->word; words++)
		if (text_equal_fold(words->word, cell))
			return words->value;
	import_fault(im, column,
		REASON_TEXT(WORD_BAD, exchange_columns[EXCHANGE_ITEMS].rows[column].name));
	return -1;
}

/* "12:2" or "12". */
static int read_owner(struct importing *im, const char *word, struct line *line, struct err *err)
{
	size_t len = strcspn(word, ":");
	CLEANUP(mem_free) char *number_text = mem_text_n(word, len);
	long long number, share = 1;
	struct resident resident;

	TRY(text_integer(number_text, "owners", 1, NUMBER_MAX, &number, err));
	if (word[len] == ':')
		TRY(text_integer(word + len + 1, "owners", 1, NUMBER_MAX, &share, err));
	if (line->owner_count == OWNERS_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "owners"));
	TRY(resident_by_number(import_db(im), number, &resident, err));
	line->owners[line->owner_count++] = (struct owner){ resident.id, share };
	return 0;
}

static int read_owners(struct importing *im, struct line *line, struct err *err)
{
	CLEANUP(mem_free) char *cell = mem_text(import_cell(im, ITEMS_OWNERS));
	char *rest = NULL;
	struct err fault = { 0 };

	for (char *at = cell; (at = strstr(at, "、"));)
		memcpy(at, "   ", strlen("、"));
	for (char *word = strtok_r(cell, " ,;\n\t", &rest); word;
		word = strtok_r(NULL, " ,;\n\t", &rest)) {
		if (read_owner(im, word, line, &fault) == 0)
			continue;
		if (fault.code == ERR_STORAGE) {
			*err = fault;
			return fault.code;
		}
		import_fault(im, ITEMS_OWNERS, fault.reasons[0]);
		return 0;
	}
	return 0;
}

/* 3, 3 本, 3个. */
static void read_quantity(struct importing *im, struct line *line)
{
	const char *cell = import_cell(im, ITEMS_QUANTITY);
	size_t digits = strspn(cell, "0123456789");
	const char *unit = cell + digits + strspn(cell + digits, " ");
	CLEANUP(mem_free) char *number = mem_text_n(cell, digits);
	struct err fault = { 0 };
	long long quantity = 1;

	line->quantity = 1;
	if (!*cell)
		return;
	bool is_one_word = text_length(unit) <= 1;
	if (text_integer(is_one_word ? number : cell, "quantity", 1, QUANTITY_MAX, &quantity,
		    &fault) < 0)
		import_fault(im, ITEMS_QUANTITY, fault.reasons[0]);
	line->quantity = quantity;
}

/* 工具墙 A-3 is zone and shelf; a single word is a shelf if it has a digit, else a zone. Separate
 * columns take precedence. */
static void read_place(struct importing *im, struct line *line)
{
	CLEANUP(mem_free) char *place = text_narrow(import_cell(im, ITEMS_PLACE));
	char *gap = strrchr(place, ' ');
	const char *zone = import_cell(im, ITEMS_ZONE), *shelf = import_cell(im, ITEMS_SHELF);

	if (*place && !*zone && !*shelf) {
		bool has_digit = strpbrk(gap ? gap : place, "0123456789") != NULL;
		shelf = !has_digit ? "" : gap ? gap + 1 : place;
		zone = !has_digit || gap ? place : "";
		if (has_digit && gap)
			*gap = '\0';
	}
	line->zone = mem_text(zone);
	line->shelf = mem_text(shelf);
}

static int read_line(struct importing *im, struct line *line, struct err *err)
{
	TRY(title_wanted_read(im, ITEMS_TITLE, ITEMS_ISBN, ITEMS_CATEGORY, &line->wanted, err));
	TRY(import_item_number(im, ITEMS_NUMBER, &line->number, err));
	read_quantity(im, line);
	read_place(im, line);
	import_instant(im, ITEMS_ADDED, 0, &line->added_at);
	line->status = read_word(im, ITEMS_STATUS, statuses);
	line->source = read_word(im, ITEMS_SOURCE, sources);
	if (*import_cell(im, ITEMS_DONOR))
		line->source = ITEM_SOURCE_DONATED;
	return read_owners(im, line, err);
}

/* The draft with the line's cells replacing what it had. */
struct dates {
	char expires_on[11], inspected_until_on[11];
};

static void read_draft(struct importing *im, const struct line *line, struct item_draft *draft,
	struct dates *dates)
{
	const struct {
		const char *given, **slot;
	} texts[] = {
		{ line->zone, &draft->zone },
		{ line->shelf, &draft->shelf },
		{ import_cell(im, ITEMS_PROJECT), &draft->project },
	};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (*texts[i].given)
			*texts[i].slot = texts[i].given;
	import_fen(im, ITEMS_COST, &draft->cost_fen);
	import_date(im, ITEMS_EXPIRES, dates->expires_on);
	import_date(im, ITEMS_INSPECTED, dates->inspected_until_on);
	if (*dates->expires_on)
		draft->expires_on = dates->expires_on;
	if (*dates->inspected_until_on)
		draft->inspected_until_on = dates->inspected_until_on;
	if (line->source >= 0)
		draft->source = (enum item_source)line->source;
}

/* ---- adding ---- */

static int add_title(struct importing *im, struct line *line, struct err *err)
{
	struct title_draft draft = { .name = line->wanted.name,
		.category = line->wanted.category,
		.isbn = line->wanted.isbn,
		.safety = import_cell(im, ITEMS_SAFETY) };

	if (!line->wanted.has_category)
		import_fault(im, ITEMS_CATEGORY, REASON_TEXT(TEXT_EMPTY, "category"));
	if (!*line->wanted.name)
		import_fault(im, ITEMS_TITLE, REASON_TEXT(TEXT_EMPTY, "title"));
	import_integer(im, ITEMS_VALUE_POINTS, 0, POINTS_MAX, &draft.terms.value_points);
	import_fen(im, ITEMS_VALUE, &draft.terms.value_fen);
	import_integer(im, ITEMS_DEPOSIT, 0, POINTS_MAX, &draft.terms.deposit);
	if (import_has_fault(im))
		return 0;
	struct act act = import_act_apart(im, 0);
	return title_add(import_db(im), &act, &draft, &line->title, err);
}

/* Stores who gave it; they are thanked in public only once they have said how. */
static int take_donation(struct importing *im, const struct line *line,
	const struct item_draft *item, int64_t *ret_id, struct err *err)
{
	const struct arrival thing = { .title = item->title, .item = *item };
	const struct donation_draft draft = { .name = import_cell(im, ITEMS_DONOR),
		.thanks = THANKS_ANONYMOUS,
		.things = &thing,
		.thing_count = 1,
		.is_past = true };
	struct act act = import_act(im, line->added_at);
	int64_t donation;

	TRY(donation_take(import_db(im), &act, &draft, &donation, err));
	return db_integer(import_db(im), "SELECT item FROM donation_item WHERE donation = :id",
		FIELDS(F_INT("id", donation)), 0, ret_id, err);
}

static int add_item(
	struct importing *im, struct line *line, int64_t number, int64_t *ret_id, struct err *err)
{
	struct item_draft draft = { .number = number };
	struct dates dates = { 0 };

	read_draft(im, line, &draft, &dates);
	if (!line->title && !import_has_fault(im))
		TRY(add_title(im, line, err));
	if (import_has_fault(im))
		return 0;
	draft.title = line->title;
	if (*import_cell(im, ITEMS_DONOR))
		return take_donation(im, line, &draft, ret_id, err);
	struct act act = import_act(im, line->added_at);
	return item_add(import_db(im), &act, &draft, ret_id, err);
}

/* More of the same, exactly as the line says: none of them has a number of its own. */
static int add_copies(struct importing *im, struct line *line, int64_t count, struct err *err)
{
	for (int64_t i = 0; i < count && !import_has_fault(im); i++) {
		int64_t id = 0;
		TRY(add_item(im, line, 0, &id, err));
		if (!import_has_fault(im))
			import_is_first(im, ITEMS_NUMBER, id);
	}
	return 0;
}

/* How many items of the title exist that no line of this table was about. */
static int count_others(struct importing *im, int64_t title, int64_t *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	*ret = 0;
	TRY(query_open(&q, import_db(im),
		"SELECT id FROM item WHERE title = :title AND status <> 'retired'",
		FIELDS(F_INT("title", title)), err));
	while ((r = query_next(&q, err)) > 0)
		*ret += !import_has_seen(im, query_int(&q, "id"));
	return r;
}

static int ask(struct importing *im, const struct line *line, struct err *err)
{
	int64_t others;
	bool is_repeat;

	if (line->number || !line->title || !import_asks(im, ITEMS_NUMBER))
		return 0;
	TRY(count_others(im, line->title, &others, err));
	if (others == 0)
		return 0;
	TRY(import_is_repeat(im, &is_repeat, err));
	if (!is_repeat)
		import_fault(im, ITEMS_TITLE, REASON(ITEMS_ALIKE, .n1 = others));
	return 0;
}

/* ---- what differs ---- */

static bool is_other(const char *kept, const char *given)
{
	return strcmp(kept ? kept : "", given ? given : "") != 0;
}

static void note_draft(
	struct importing *im, const struct item_draft *kept, const struct item_draft *given)
{
	const struct {
		int column;
		bool is_other;
	} parts[] = {
		{ ITEMS_ZONE, is_other(kept->zone, given->zone) },
		{ ITEMS_SHELF, is_other(kept->shelf, given->shelf) },
		{ ITEMS_PROJECT, is_other(kept->project, given->project) },
		{ ITEMS_SOURCE, kept->source != given->source },
		{ ITEMS_COST, kept->cost_fen != given->cost_fen },
		{ ITEMS_EXPIRES, is_other(kept->expires_on, given->expires_on) },
		{ ITEMS_INSPECTED, is_other(kept->inspected_until_on, given->inspected_until_on) },
	};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (parts[i].is_other)
			import_changed(im, parts[i].column);
}

static int edit_item(struct importing *im, const struct line *line, int64_t id, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct dates dates = { 0 };

	TRY(item_get(import_db(im), id, &item, err));
	const struct item_draft kept = item_draft_of(&item);
	struct item_draft draft = kept;
	read_draft(im, line, &draft, &dates);
	note_draft(im, &kept, &draft);
	if (import_has_fault(im) || !import_has_changed(im))
		return 0;
	struct act act = import_act(im, 0);
	return item_edit(import_db(im), &act, id, &draft, err);
}

static int set_status(struct importing *im, const struct line *line, int64_t id, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	const char *why = import_cell(im, ITEMS_WHY);

	if (line->status < 0)
		return 0;
	TRY(item_get(import_db(im), id, &item, err));
	if ((int)item.status == line->status)
		return 0;
	import_changed(im, ITEMS_STATUS);
	struct act act = import_act(im, 0);
	if (*why)
		act.why = why;
	return item_set_status(import_db(im), &act, id, (enum item_status)line->status, err);
}

static bool has_owner(const struct owner_list *owners, const struct owner *wanted)
{
	for (int i = 0; i < owners->count; i++)
		if (owners->rows[i].resident == wanted->resident)
			return owners->rows[i].share == wanted->share;
	return false;
}

static int set_owners(struct importing *im, const struct line *line, int64_t id, struct err *err)
{
	CLEANUP(owner_list_finish) struct owner_list kept = { 0 };
	int same = 0;

	if (line->owner_count == 0)
		return 0;
	TRY(owners_of(import_db(im), id, &kept, err));
	for (int i = 0; i < line->owner_count; i++)
		same += has_owner(&kept, &line->owners[i]);
	if (same == line->owner_count && same == kept.count)
		return 0;
	import_changed(im, ITEMS_OWNERS);
	struct act act = import_act(im, 0);
	return owners_set(import_db(im), &act, id, line->owners, line->owner_count, err);
}

/* ---- a line ---- */

/* *ret_id 0: the number is free, or there was a fault. */
static int find_known(
	struct importing *im, const struct line *line, int64_t *ret_id, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	*ret_id = 0;
	if (!line->number)
		return 0;
	TRY(query_open(&q, import_db(im), "SELECT id, title FROM item WHERE number = :number",
		FIELDS(F_INT("number", line->number)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r;
	int64_t id = query_int(&q, "id");
	if (import_has_seen(im, id))
		import_is_first(im, ITEMS_NUMBER, id);
	else if (query_int(&q, "title") != line->title)
		import_fault(im, ITEMS_NUMBER, REASON(NUMBER_TAKEN, .n1 = line->number));
	*ret_id = id;
	return 0;
}

static int add_new(struct importing *im, struct line *line, int64_t *ret_id, struct err *err)
{
	TRY(ask(im, line, err));
	if (import_has_fault(im))
		return 0;
	TRY(add_item(im, line, line->number, ret_id, err));
	if (import_has_fault(im))
		return 0;
	return line->number ? 0 : add_copies(im, line, line->quantity - 1, err);
}

static int row(struct importing *im, struct err *err)
{
	CLEANUP(line_finish) struct line line = { 0 };
	int64_t id;

	TRY(read_line(im, &line, err));
	if (import_has_fault(im))
		return 0;
	TRY(title_wanted_find(im, &line.wanted, &line.title, err));
	TRY(find_known(im, &line, &id, err));
	if (import_has_fault(im))
		return 0;
	bool is_new = id == 0;
	TRY(is_new ? add_new(im, &line, &id, err) : edit_item(im, &line, id, err));
	if (import_has_fault(im) || !import_is_first(im, ITEMS_NUMBER, id))
		return 0;
	TRY(set_owners(im, &line, id, err));
	TRY(set_status(im, &line, id, err));
	if (*import_cell(im, ITEMS_KIT) || (line.number && line.quantity > 1))
		import_later(im, id);
	return is_new ? IMPORT_ADDED : import_has_changed(im) ? IMPORT_CHANGED : IMPORT_SAME;
}

/* The other copies of a line with a number get free ones, once all numbers of the table are taken.
 * If the line's item existed already, the missing copies are added. */
static int add_missing(struct importing *im, int64_t id, int *ret_change, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(line_finish) struct line line = { 0 };
	int64_t others = 0;

	TRY(read_line(im, &line, err));
	if (!line.number || line.quantity == 1 || import_has_fault(im))
		return 0;
	TRY(item_get(import_db(im), id, &item, err));
	line.title = item.title;
	if (!import_is_added(im))
		TRY(count_others(im, item.title, &others, err));
	if (others >= line.quantity - 1)
		return 0;
	TRY(add_copies(im, &line, line.quantity - 1 - others, err));
	import_changed(im, ITEMS_QUANTITY);
	*ret_change = IMPORT_CHANGED;
	return 0;
}

/* The item that holds it may come further down. */
static int put_into_kit(struct importing *im, int64_t id, int *ret_change, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	int64_t number = 0, kit;

	if (!*import_cell(im, ITEMS_KIT))
		return 0;
	import_integer(im, ITEMS_KIT, 1, NUMBER_MAX, &number);
	if (import_has_fault(im))
		return 0;
	TRY(db_integer(import_db(im), "SELECT id FROM item WHERE number = :number",
		FIELDS(F_INT("number", number)), 0, &kit, err));
	if (!kit) {
		import_fault(im, ITEMS_KIT, REASON(ITEM_UNKNOWN));
		return 0;
	}
	TRY(item_get(import_db(im), id, &item, err));
	if (item.kit == kit)
		return 0;
	if (item.kit) {
		struct act out = import_act(im, 0);
		TRY(kit_remove(import_db(im), &out, id, err));
	}
	struct act in = import_act(im, 0);
	TRY(kit_add(import_db(im), &in, kit, id, err));
	import_changed(im, ITEMS_KIT);
	*ret_change = IMPORT_CHANGED;
	return 0;
}

static int later(struct importing *im, int64_t id, struct err *err)
{
	int change = 0;

	TRY(put_into_kit(im, id, &change, err));
	if (!import_has_fault(im))
		TRY(add_missing(im, id, &change, err));
	return change;
}

const struct import_kind import_items_kind = { .name = ITEMS_TITLE, .row = row, .later = later };
