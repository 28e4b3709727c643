/* Sizes of labels as rows: rolls and sheets; one is filled in or changed in a form. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/label_size.h"
#include "core/items/reasons.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/items/items.h"
#include "tui/widgets/dialog.h"

/* ---- one size ---- */

enum {
	NAME,
	PAGE_WIDTH,
	PAGE_HEIGHT,
	WIDTH,
	HEIGHT,
	ACROSS,
	DOWN,
	GAP_X,
	GAP_Y,
	LEFT_EDGE,
	TOP_EDGE,
	INSIDE,
	CODE,
	FIELD_COUNT
};

#define SIZE_MM(words, hint, name, member)                                                         \
	{                                                                                          \
		FIELD_TEXT(words, 7), HINT(hint), BIND_HUNDREDTHS(name, struct label_size, member) \
	}
static const struct form_row size_rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(N_("What it is called"), 40),
		BIND_TEXT("name", struct label_size, name) },
	[PAGE_WIDTH] = SIZE_MM(N_("Paper, width"), N_("millimetres; of a roll, that of a label"),
		"page_width", page_width),
	[PAGE_HEIGHT] = SIZE_MM(N_("Paper, height"), N_("millimetres"), "page_height", page_height),
	[WIDTH] = SIZE_MM(N_("Label, width"), N_("millimetres"), "label_width", width),
	[HEIGHT] = { FIELD_TEXT(N_("Label, height"), 7), HINT(N_("millimetres")),
		BIND_HUNDREDTHS("label_height", struct label_size, height),
		.codes = { REASON_LABEL_SMALL } },
	[ACROSS] = { FIELD_DIGITS(N_("Side by side"), 2),
		BIND_NUMBER_OR(0, "across", struct label_size, across, 0, 99),
		.codes = { REASON_LABEL_OUTSIDE } },
	[DOWN] = { FIELD_DIGITS(N_("Rows"), 2),
		BIND_NUMBER_OR(0, "down", struct label_size, down, 0, 99) },
	[GAP_X] = SIZE_MM(N_("Gap across"), N_("millimetres between two labels"), "gap_x", gap_x),
	[GAP_Y] = SIZE_MM(N_("Gap down"), N_("millimetres between two labels"), "gap_y", gap_y),
	[LEFT_EDGE] = SIZE_MM(
		N_("From the left"), N_("millimetres to the first label"), "left_edge", left_edge),
	[TOP_EDGE] = SIZE_MM(
		N_("From the top"), N_("millimetres to the first label"), "top_edge", top_edge),
	[INSIDE] = SIZE_MM(
		N_("White inside"), N_("millimetres along each label's edges"), "inside", inside),
	[CODE] = { FIELD_TEXT(NC_("word", "Its code"), 24),
		HINT(N_("small letters and digits, such as a4-24")),
		BIND_TEXT("code", struct label_size, code), .codes = { REASON_NAME_EXISTS } },
};

static int size_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct label_size *size = filled;
	const struct act act = clerk_act(app, 0);
	int64_t id;

	TRY(label_size_set(kiosk_of(app)->db, &act, size, &id, err));
	form_done(done, size->name, _("Labels are printed like that from now on"));
	return 0;
}

static const struct form_page size_page = {
	.screen = FORM_SCREEN(N_("Label size")),
	.rows = size_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct label_size), /* its texts are the list's */
	.hush = FORM_HUSH_SAVE,
	.save = size_form_save,
};

/* ---- all of them ---- */

struct sizes {
	struct list_page page;
	struct label_size_list all;
};

enum { COLUMN_NAME, COLUMN_PAPER, COLUMN_LABEL, COLUMN_COUNT, COLUMN_CODE };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("What it is called"), .min = 12 },
	[COLUMN_PAPER] = { N_("Paper, mm"), .min = 9, .max = 15 },
	[COLUMN_LABEL] = { N_("Label, mm"), .min = 9, .max = 15 },
	[COLUMN_COUNT] = { N_("On a page"), .min = 4, .max = 10, .align_right = true },
	[COLUMN_CODE] = { NC_("word", "Code"), .min = 6, .max = 16 },
};

static char *label_sizes_product(int64_t width, int64_t height)
{
	CLEANUP(mem_free) char *w = text_of_hundredths(width);
	CLEANUP(mem_free) char *h = text_of_hundredths(height);

	return mem_printf("%s×%s", w, h);
}

static void label_sizes_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct label_size *size = row;

	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(size->name);
		break;
	case COLUMN_PAPER:
		ret->text = label_sizes_product(size->page_width, size->page_height);
		break;
	case COLUMN_LABEL:
		ret->text = label_sizes_product(size->width, size->height);
		break;
	case COLUMN_COUNT:
		ret->text = mem_printf("%d", label_size_per_page(size));
		break;
	default:
		ret->text = mem_text(size->code);
		ret->style = STYLE_QUIET;
	}
}

static int label_sizes_read(void *self, struct err *err)
{
	struct sizes *sizes = self;

	return label_sizes(sizes->page.kiosk->db, &sizes->all, err);
}

static void label_sizes_forget(void *self)
{
	label_size_list_finish(&((struct sizes *)self)->all);
}

/* A form with the marked size: to change it, or as the template of another one. */
static void label_sizes_open_form(struct app *app, const struct sizes *sizes, bool is_new)
{
	struct label_size size = *(const struct label_size *)list_page_row(sizes);

	if (is_new) {
		size.name = size.code = NULL;
		size.id = size.position = 0;
	}
	form_page_open(app, &size_page, &size);
}

static void label_sizes_edit(struct app *app, void *self)
{
	label_sizes_open_form(app, self, false);
}

static void label_sizes_add(struct app *app, void *self)
{
	label_sizes_open_form(app, self, true);
}

static void label_sizes_removed(struct app *app, void *context, int button)
{
	const struct label_size *size = list_page_row(context);
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button != 0 || !size)
		return;
	int r = label_size_remove(kiosk_of(app)->db, &act, size->id, &err);
	list_page_conclude(context, r, &err, _("The size is no more on the list"), NULL);
}

static void label_sizes_take_out(struct app *app, void *self)
{
	const struct label_size *size = list_page_row(self);
	const char *const buttons[] = { _("Take it out"), _("Back"), NULL };
	const struct dialog dialog = {
		.title = _("Take this size out of the list?"),
		.text = size->name,
		.buttons = buttons,
		.marked = 1,
		.done = label_sizes_removed,
		.context = self,
	};

	dialog_open(app, &dialog);
}

/* The default that is used while there is none cannot be removed. */
static bool label_sizes_is_row(struct app *app, void *self)
{
	const struct label_size *size = list_page_row(self);

	(void)app;
	return size && size->id;
}

static const struct action label_sizes_actions[] = {
	{ K_ENTER, N_("Edit"), N_("Changes the marked size."), label_sizes_edit,
		list_page_has_row },
	{ '1', N_("New size"), N_("Another one, beginning with the marked one's numbers."),
		label_sizes_add, list_page_has_row, .place = ACTION_TILE },
	{ '2', N_("Take it out"), N_("Takes the marked size out of the list."),
		label_sizes_take_out, label_sizes_is_row, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind label_sizes_page = {
	.screen = LIST_PAGE(N_("Label sizes"), label_sizes_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct sizes, all),
	.read = label_sizes_read,
	.forget = label_sizes_forget,
	.cell = label_sizes_cell,
};

void label_sizes_open(struct app *app)
{
	list_page_open(app, &label_sizes_page);
}
