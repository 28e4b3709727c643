/* Adds items to the shelf: more of an existing title, or a new one; prints their labels. Stays for
 * the next item. */
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/title.h"
#include "core/words.h"
#include "tui/pages/moving.h"
#include "tui/pages/papers.h"
#include "tui/screens/items/items.h"

#define COPIES_MAX 50
#define LIKE_MAX   40 /* titles looked through for the same name */
#define LIKE_SHOWN 4
#define ISBN_TYPED 24 /* with hyphens and an add-on */

enum { NAME, ISBN, CATEGORY, SHELF, SAFETY, COPIES, LABELS, FIELD_COUNT };

struct stock {
	const char *name, *isbn, *shelf, *safety;
	int64_t category, copies;
	bool has_labels;
	struct title_list like; /* titles that are here, for what is written */
	char *looked_for;
	int64_t title; /* the one of exactly that name, or 0: a new one */
};

#define TEXT(member) BIND_TEXT(#member, struct stock, member)

static const struct form_row rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(N_("Name of the thing"), 0), HINT(N_("such as: electric drill")),
		TEXT(name) },
	[ISBN] = { FIELD_TEXT(N_("ISBN"), ISBN_TYPED), HINT(N_("scan a book")), TEXT(isbn) },
	[CATEGORY] = { FIELD_CHOICE(N_("Category"), NULL), BIND_PICK(struct stock, category),
		.names = { "category" } },
	[SHELF] = { FIELD_TEXT(N_("Shelf"), 20), HINT("A-3"), TEXT(shelf) },
	[SAFETY] = { FIELD_CHINESE(N_("Safety"), 100), HINT(N_("a line to read before lending")),
		TEXT(safety) },
	[COPIES] = { FIELD_DIGITS(N_("How many"), 2),
		BIND_NUMBER("number", struct stock, copies, 1, COPIES_MAX) },
	[LABELS] = { FIELD_CHECK(N_("Labels")), HINT(N_("Print them")),
		BIND_FACT(struct stock, has_labels) },
};

static int item_form_load(struct app *app, void *self, struct err *err)
{
	return moving_pick_categories(app, self, CATEGORY, err);
}

static void item_form_finish(void *self)
{
	struct stock *stock = self;

	title_list_finish(&stock->like);
	free(stock->looked_for);
}

/* ---- titles that are here already ---- */

static void item_form_look_up(struct app *app, void *self)
{
	struct stock *stock = self;
	struct err ignored = { 0 };
	const char *name = form_text(form_page_form(stock), NAME);
	const struct title_filter filter = { .words = name, .limit = LIKE_MAX };

	if (stock->looked_for && strcmp(stock->looked_for, name) == 0)
		return;
	free(stock->looked_for);
	stock->looked_for = mem_text(name);
	title_list_finish(&stock->like);
	stock->like = (struct title_list){ 0 };
	stock->title = 0;
	if (!*name || title_find(kiosk_of(app)->db, &filter, &stock->like, &ignored) < 0)
		return;
	for (int i = 0; i < stock->like.count && !stock->title; i++)
		if (strcmp(stock->like.rows[i].name, name) == 0) {
			stock->title = stock->like.rows[i].id;
			form_page_choose(stock, CATEGORY, stock->like.rows[i].category);
		}
}

/* Fills in what is known about a title. */
static void item_form_show_title(struct app *app, struct stock *stock, const struct title *title)
{
	struct form *form = form_page_form(stock);

	form_set_text(form, NAME, title->name);
	form_set_text(form, SAFETY, title->safety);
	form_page_choose(stock, CATEGORY, title->category);
	if (title->isbn)
		form_set_number(form, ISBN, title->isbn, 0);
	item_form_look_up(app, stock);
	stock->title = title->id;
}

/* A book most likely belongs to the category of books, if the house has kept that. */
static void item_form_guess_category(struct db *db, struct stock *stock)
{
	CLEANUP(category_finish) struct category books = { 0 };
	struct err ignored = { 0 };

	if (category_by_code(db, "book", &books, &ignored) == 0)
		form_page_choose(stock, CATEGORY, books.id);
}

static void item_form_show_book(struct app *app, struct stock *stock, int64_t isbn)
{
	CLEANUP(title_finish) struct title title = { 0 };
	struct form *form = form_page_form(stock);
	struct db *db = kiosk_of(app)->db;
	struct err ignored = { 0 };

	if (title_by_isbn(db, isbn, &title, &ignored) == 0) {
		item_form_show_title(app, stock, &title);
		form_activate(form, COPIES);
		return;
	}
	form_set_number(form, ISBN, isbn, 0);
	item_form_guess_category(db, stock);
	form_activate(form, NAME);
}

/* ---- saving ---- */

static int item_form_read_isbn(const char *digits, int64_t *ret, struct err *err)
{
	struct code code = code_read(digits, strlen(digits), NULL);

	*ret = 0;
	if (!*digits)
		return 0;
	if (code.type != CODE_ISBN)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "isbn"));
	*ret = code.id;
	return 0;
}

/* The title that these are copies of; a new one when there is none. */
static int item_form_have_title(
	struct app *app, const struct stock *stock, int64_t *ret, struct err *err)
{
	const struct act act = clerk_act(app, 0);
	struct db *db = kiosk_of(app)->db;
	CLEANUP(title_finish) struct title book = { 0 };
	struct title_draft draft = {
		.name = stock->name, .category = stock->category, .safety = stock->safety
	};

	TRY(item_form_read_isbn(stock->isbn, &draft.isbn, err));
	*ret = stock->title;
	if (draft.isbn) {
		int r = title_by_isbn(db, draft.isbn, &book, err);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		*ret = book.id;
		*err = (struct err){ 0 };
	}
	return *ret ? 0 : title_add(db, &act, &draft, ret, err);
}

/* All of it or nothing. */
static int item_form_add(
	struct app *app, const struct stock *stock, int64_t ids[COPIES_MAX], struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct item_draft draft = { .shelf = stock->shelf };
	struct kiosk *kiosk = kiosk_of(app);

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(item_form_have_title(app, stock, &draft.title, err));
	for (int i = 0; i < stock->copies; i++) {
		const struct act act = clerk_act(app, 0);
		TRY(item_add(kiosk->db, &act, &draft, &ids[i], err));
	}
	if (stock->has_labels)
		TRY(papers_labels(kiosk, ids, (int)stock->copies, err));
	return txn_commit(&t, err);
}

/* "000061", "000061–000063" */
static char *item_form_numbers_of(struct db *db, const int64_t *ids, int64_t count)
{
	CLEANUP(item_finish) struct item first = { 0 };
	CLEANUP(item_finish) struct item last = { 0 };
	struct err ignored = { 0 };
	char from[ITEM_NUMBER_SIZE], until[ITEM_NUMBER_SIZE];

	item_get(db, ids[0], &first, &ignored);
	item_get(db, ids[count - 1], &last, &ignored);
	item_number_format(first.number, from);
	item_number_format(last.number, until);
	return count == 1 ? mem_text(from) : mem_printf("%s–%s", from, until);
}

static int item_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct stock *stock = filled;
	int64_t ids[COPIES_MAX];

	TRY(item_form_add(app, stock, ids, err));
	CLEANUP(mem_free)
	char *numbers = item_form_numbers_of(kiosk_of(app)->db, ids, stock->copies);
	CLEANUP(mem_free) char *title = mem_printf("%s  %s", stock->name, numbers);
	form_done(
		done, title, stock->has_labels ? _("added, labels are being printed") : _("added"));
	return 0;
}

/* Ready for the next item, which often goes to the same place. */
static void item_form_saved(struct app *app, void *self, const struct form_done *done)
{
	static const int emptied[] = { NAME, ISBN, SAFETY };
	struct form *form = form_page_form(self);

	clerk_tell_done(app, done->title, done->text);
	for (size_t i = 0; i < ARRAY_LEN(emptied); i++)
		form_set_text(form, emptied[i], "");
	form_set_text(form, COPIES, "1");
	form_activate(form, NAME);
	item_form_look_up(app, self);
	form_page_remember(self);
	papers_go(kiosk_of(app));
}

/* ---- scans and drawing ---- */

/* A book's own barcode fills the form in; other codes would lose it. */
static void item_form_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct code code = code_read(bytes, len, NULL);

	if (code.type != CODE_ISBN) {
		clerk_scan_later(app, self, bytes, len);
		return;
	}
	clerk_hush(app);
	item_form_show_book(app, self, code.id);
}

static void item_form_draw_like(const struct stock *stock, struct rect area)
{
	CLEANUP(mem_free) char *names = mem_text("");

	if (stock->title) {
		draw_text(area, 0, 0, STYLE_DONE, "✓");
		draw_text(area, 0, 2, STYLE_PAPER,
			_("This is here already: more of the same are added."));
		return;
	}
	for (int i = 0; i < stock->like.count && i < LIKE_SHOWN; i++) {
		char *before = names;
		names = mem_printf("%s%s%s", before, i ? "  " : "", stock->like.rows[i].name);
		free(before);
	}
	if (!*names)
		return;
	int col = draw_text(area, 0, 0, STYLE_QUIET, _("Here already:")) + 1;
	draw_fit(area, 0, col, area.cols - col, STYLE_QUIET, names);
}

static void item_form_head(struct app *app, void *self, struct rect *area)
{
	draw_text(*area, 0, 0, STYLE_STRONG, _("What comes to the shelf?"));
	rect_cut_top(area, 1);
	item_form_draw_like(self, rect_cut_top(area, 1));
	if (area->rows > 17)
		rect_cut_top(area, 1);
}

static const struct form_page stock_page = {
	.screen = FORM_SCREEN_WITH(N_("New item"), form_page_pinyin_actions, item_form_scan),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct stock),
	.hush = FORM_HUSH_ALL,
	.roomy_rows = 20,
	.load = item_form_load,
	.head = item_form_head,
	.changed = item_form_look_up,
	.save = item_form_save,
	.saved = item_form_saved,
	.finish = item_form_finish,
};

static const struct stock empty = { .copies = 1, .has_labels = true };

void item_form_open(struct app *app, int64_t isbn)
{
	struct stock *stock = form_page_open(app, &stock_page, &empty);

	if (stock && isbn)
		item_form_show_book(app, stock, isbn);
}

void item_form_open_copy(struct app *app, int64_t id)
{
	CLEANUP(title_finish) struct title title = { 0 };
	struct err err = { 0 };

	if (title_get(kiosk_of(app)->db, id, &title, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	struct stock *stock = form_page_open(app, &stock_page, &empty);
	if (!stock)
		return;
	item_form_show_title(app, stock, &title);
	form_activate(form_page_form(stock), SHELF);
	form_page_remember(stock);
}
