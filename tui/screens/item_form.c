/* Adds things to the shelf: more of a title that is here, or a new one; prints their labels. Stays
 * for the next thing. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/category.h"
#include "core/items/item.h"
#include "core/items/title.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"

#define COPIES_MAX  50
#define LIKE_MAX    40 /* titles looked through for the same name */
#define LIKE_SHOWN  4
#define ISBN_DIGITS 13
#define ISBN_TYPED  24 /* with hyphens and an add-on */

enum { NAME, ISBN, CATEGORY, SHELF, SAFETY, COPIES, LABELS, FIELD_COUNT };

struct stock {
	struct app *app;
	struct kiosk *kiosk;
	struct form_field fields[FIELD_COUNT];
	struct category_list categories;
	char **category_names; /* NULL-terminated, for the form */
	struct form *form;
	char *state;            /* as it was when it was last saved */
	struct title_list like; /* titles that are here, for what is written */
	char *looked_for;
	int64_t title; /* the one of exactly that name, or 0: a new one */
};

static const struct screen stock_screen;

static const struct form_field field_table[FIELD_COUNT] = {
	[NAME] = { .label = N_("Name of the thing"),
		.kind = FORM_TEXT,
		.hint = N_("such as: electric drill"),
		.is_chinese = true },
	[ISBN] = { .label = N_("ISBN"),
		.kind = FORM_TEXT,
		.hint = N_("scan a book"),
		.max_chars = ISBN_TYPED },
	[CATEGORY] = { .label = N_("Category"), .kind = FORM_CHOICE },
	[SHELF] = { .label = N_("Shelf"), .kind = FORM_TEXT, .hint = "A-3", .max_chars = 20 },
	[SAFETY] = { .label = N_("Safety"),
		.kind = FORM_TEXT,
		.hint = N_("a line to read before lending"),
		.max_chars = 100,
		.is_chinese = true },
	[COPIES] = { .label = N_("How many"), .kind = FORM_DIGITS, .max_chars = 2 },
	[LABELS] = { .label = N_("Labels"), .kind = FORM_CHECK, .hint = N_("Print them") },
};

/* ---- the form ---- */

static const char *text(const struct stock *stock, int field)
{
	return form_text(stock->form, field);
}

static int read_categories(struct stock *stock, struct err *err)
{
	TRY(category_list(stock->kiosk->db, &stock->categories, err));
	stock->category_names =
		mem_alloc((size_t)(stock->categories.count + 1) * sizeof(*stock->category_names));
	for (int i = 0; i < stock->categories.count; i++)
		stock->category_names[i] = mem_text(stock->categories.rows[i].name);
	return 0;
}

static void set_category(struct stock *stock, int64_t category)
{
	for (int i = 0; i < stock->categories.count; i++)
		if (stock->categories.rows[i].id == category)
			form_set_choice(stock->form, CATEGORY, i);
}

static void remember(struct stock *stock)
{
	free(stock->state);
	stock->state = clerk_form_state(stock->form, FIELD_COUNT);
}

static int prepare(struct stock *stock, struct err *err)
{
	TRY(read_categories(stock, err));
	if (!stock->categories.count)
		return err_set(err, ERR_REFUSED, REASON_TEXT(CATEGORY_UNKNOWN, ""));
	memcpy(stock->fields, field_table, sizeof(field_table));
	stock->fields[CATEGORY].choices = (const char *const *)stock->category_names;
	stock->form = form_create(stock->fields, FIELD_COUNT, stock, kiosk_pinyin(stock->kiosk));
	form_set_text(stock->form, COPIES, "1");
	form_set_choice(stock->form, LABELS, 1);
	remember(stock);
	return 0;
}

static void stock_free(struct stock *stock)
{
	form_destroy(stock->form);
	for (int i = 0; stock->category_names && stock->category_names[i]; i++)
		free(stock->category_names[i]);
	free(stock->category_names);
	category_list_finish(&stock->categories);
	title_list_finish(&stock->like);
	free(stock->looked_for);
	free(stock->state);
	free(stock);
}

static struct stock *stock_create(struct app *app)
{
	struct stock *stock = mem_alloc(sizeof(*stock));
	struct err err = { 0 };

	stock->app = app;
	stock->kiosk = kiosk_of(app);
	if (prepare(stock, &err) == 0)
		return stock;
	stock_free(stock);
	clerk_tell_err(app, &err);
	return NULL;
}

/* ---- titles that are here already ---- */

static void look_up(struct stock *stock)
{
	struct err ignored = { 0 };
	const char *name = text(stock, NAME);
	const struct title_filter filter = { .words = name, .limit = LIKE_MAX };

	if (stock->looked_for && strcmp(stock->looked_for, name) == 0)
		return;
	free(stock->looked_for);
	stock->looked_for = mem_text(name);
	title_list_finish(&stock->like);
	stock->like = (struct title_list){ 0 };
	stock->title = 0;
	if (!*name || title_find(stock->kiosk->db, &filter, &stock->like, &ignored) < 0)
		return;
	for (int i = 0; i < stock->like.count && !stock->title; i++)
		if (strcmp(stock->like.rows[i].name, name) == 0) {
			stock->title = stock->like.rows[i].id;
			set_category(stock, stock->like.rows[i].category);
		}
}

/* Fills in what is known of a title. */
static void show_title(struct stock *stock, const struct title *title)
{
	char isbn[ISBN_DIGITS + 8];

	form_set_text(stock->form, NAME, title->name);
	form_set_text(stock->form, SAFETY, title->safety);
	set_category(stock, title->category);
	if (title->isbn) {
		snprintf(isbn, sizeof(isbn), "%" PRId64, title->isbn);
		form_set_text(stock->form, ISBN, isbn);
	}
	look_up(stock);
	stock->title = title->id;
}

/* A book is most likely among the books, where a venue has kept that category. */
static void guess_category(struct stock *stock)
{
	CLEANUP(category_finish) struct category books = { 0 };
	struct err ignored = { 0 };

	if (category_by_code(stock->kiosk->db, "book", &books, &ignored) == 0)
		set_category(stock, books.id);
}

static void show_book(struct stock *stock, int64_t isbn)
{
	CLEANUP(title_finish) struct title title = { 0 };
	struct err ignored = { 0 };
	char digits[ISBN_DIGITS + 8];

	if (title_by_isbn(stock->kiosk->db, isbn, &title, &ignored) == 0) {
		show_title(stock, &title);
		form_activate(stock->form, COPIES);
		return;
	}
	snprintf(digits, sizeof(digits), "%" PRId64, isbn);
	form_set_text(stock->form, ISBN, digits);
	guess_category(stock);
	form_activate(stock->form, NAME);
}

/* ---- life ---- */

void item_form_open(struct app *app, int64_t isbn)
{
	struct stock *stock = stock_create(app);

	if (!stock)
		return;
	if (isbn)
		show_book(stock, isbn);
	app_push(app, &stock_screen, stock);
}

void item_form_open_copy(struct app *app, int64_t id)
{
	struct stock *stock = stock_create(app);
	CLEANUP(title_finish) struct title title = { 0 };
	struct err err = { 0 };

	if (!stock)
		return;
	if (title_get(stock->kiosk->db, id, &title, &err) < 0) {
		stock_free(stock);
		clerk_tell_err(app, &err);
		return;
	}
	show_title(stock, &title);
	form_activate(stock->form, SHELF);
	remember(stock);
	app_push(app, &stock_screen, stock);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	stock_free(self);
}

/* ---- saving ---- */

static const struct clerk_field blamed[] = {
	{ .name = "name", .field = NAME },
	{ .name = "isbn", .field = ISBN },
	{ .name = "category", .field = CATEGORY },
	{ .name = "shelf", .field = SHELF },
	{ .name = "safety", .field = SAFETY },
	{ .name = "number", .field = COPIES },
};

static int read_isbn(const struct stock *stock, int64_t *ret, struct err *err)
{
	const char *digits = text(stock, ISBN);
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
static int have_title(struct stock *stock, int64_t *ret, struct err *err)
{
	const struct act act = clerk_act(stock->app, 0);
	CLEANUP(title_finish) struct title book = { 0 };
	struct title_draft draft = {
		.name = text(stock, NAME),
		.category = stock->categories.rows[form_choice(stock->form, CATEGORY)].id,
		.safety = text(stock, SAFETY),
	};

	TRY(read_isbn(stock, &draft.isbn, err));
	*ret = stock->title;
	if (draft.isbn) {
		int r = title_by_isbn(stock->kiosk->db, draft.isbn, &book, err);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		*ret = book.id;
		*err = (struct err){ 0 };
	}
	return *ret ? 0 : title_add(stock->kiosk->db, &act, &draft, ret, err);
}

/* All of it or nothing. */
static int add(struct stock *stock, int64_t ids[COPIES_MAX], int *ret_count, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct item_draft draft = { .shelf = text(stock, SHELF) };
	long long copies;

	TRY(text_integer(text(stock, COPIES), "number", 1, COPIES_MAX, &copies, err));
	TRY(txn_begin(&t, stock->kiosk->db, err));
	TRY(have_title(stock, &draft.title, err));
	for (int i = 0; i < copies; i++) {
		const struct act act = clerk_act(stock->app, 0);
		TRY(item_add(stock->kiosk->db, &act, &draft, &ids[i], err));
	}
	if (form_choice(stock->form, LABELS))
		TRY(papers_labels(stock->kiosk, ids, (int)copies, err));
	TRY(txn_commit(&t, err));
	*ret_count = (int)copies;
	return 0;
}

/* "000061", "000061–000063" */
static char *numbers_of(struct stock *stock, const int64_t *ids, int count)
{
	CLEANUP(item_finish) struct item first = { 0 };
	CLEANUP(item_finish) struct item last = { 0 };
	struct err ignored = { 0 };
	char from[ITEM_NUMBER_SIZE], until[ITEM_NUMBER_SIZE];

	item_get(stock->kiosk->db, ids[0], &first, &ignored);
	item_get(stock->kiosk->db, ids[count - 1], &last, &ignored);
	item_number_format(first.number, from);
	item_number_format(last.number, until);
	return count == 1 ? mem_text(from) : mem_printf("%s–%s", from, until);
}

/* Ready for the next thing, which often goes to the same place. */
static void start_over(struct stock *stock)
{
	static const int emptied[] = { NAME, ISBN, SAFETY };

	for (size_t i = 0; i < ARRAY_LEN(emptied); i++)
		form_set_text(stock->form, emptied[i], "");
	form_set_text(stock->form, COPIES, "1");
	form_activate(stock->form, NAME);
	look_up(stock);
	remember(stock);
}

static void save(struct app *app, void *self)
{
	struct stock *stock = self;
	int64_t ids[COPIES_MAX];
	struct err err = { 0 };
	int count = 0;

	clerk_hush(app);
	if (add(stock, ids, &count, &err) < 0) {
		clerk_blame(app, stock->form, blamed, ARRAY_LEN(blamed), &err);
		return;
	}
	CLEANUP(mem_free) char *numbers = numbers_of(stock, ids, count);
	CLEANUP(mem_free) char *title = mem_printf("%s  %s", text(stock, NAME), numbers);
	bool has_labels = form_choice(stock->form, LABELS);
	clerk_tell_done(app, title, has_labels ? _("added, labels are being printed") : _("added"));
	start_over(stock);
	papers_go(stock->kiosk);
}

/* ---- keys ---- */

static void stop(struct app *app, void *self)
{
	struct stock *stock = self;

	clerk_leave_form(app, stock->form, FIELD_COUNT, stock->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct stock *stock = self;
	enum form_answer answer = form_key(stock->form, key);

	look_up(stock);
	if (answer == FORM_DONE)
		save(app, stock);
	if (answer != FORM_IGNORED)
		app_redraw(app);
	return answer != FORM_IGNORED;
}

static void paste(struct app *app, void *self, const char *pasted)
{
	struct stock *stock = self;

	form_paste(stock->form, pasted);
	look_up(stock);
	app_redraw(app);
}

/* A book's own barcode fills the form in; other codes would lose it. */
static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct code code = code_read(bytes, len, NULL);

	if (code.type != CODE_ISBN) {
		clerk_scan_later(app, self, bytes, len);
		return;
	}
	clerk_hush(app);
	show_book(self, code.id);
}

/* ---- drawing ---- */

static void draw_like(const struct stock *stock, struct rect area)
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

static void draw(struct app *app, void *self, struct rect area)
{
	struct stock *stock = self;

	area = rect_inset(area, 0, 2);
	if (area.rows > 20)
		rect_cut_top(&area, 1);
	draw_text(area, 0, 0, STYLE_STRONG, _("What comes to the shelf?"));
	rect_cut_top(&area, 1);
	draw_like(stock, rect_cut_top(&area, 1));
	if (area.rows > 17)
		rect_cut_top(&area, 1);
	clerk_draw_news(app, &area);
	form_draw(stock->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Saves what is written; so does Enter in the last field."), save },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, stop },
	{ 0 },
};

static const struct screen stock_screen = {
	.name = "item_form",
	.title = N_("New item"),
	.actions = actions,
	.is_modal = true,
	.enter = hush,
	.resume = hush,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
	.paste = paste,
};
