/* Sizes of labels as rows: rolls and sheets; one is filled in or changed in a form. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/label_size.h"
#include "core/items/reasons.h"
#include "core/words.h"
#include "tui/screens/list_page.h"
#include "tui/screens/screens.h"
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

#define MM_FIELD(words, hint_)                                                       \
	{                                                                            \
		.label = (words), .kind = FORM_TEXT, .hint = (hint_), .max_chars = 7 \
	}

static const struct form_field fields[FIELD_COUNT] = {
	[NAME] = { .label = N_("What it is called"),
		.kind = FORM_TEXT,
		.max_chars = 40,
		.is_chinese = true },
	[PAGE_WIDTH] = MM_FIELD(N_("Paper, width"), N_("millimetres; of a roll, that of a label")),
	[PAGE_HEIGHT] = MM_FIELD(N_("Paper, height"), N_("millimetres")),
	[WIDTH] = MM_FIELD(N_("Label, width"), N_("millimetres")),
	[HEIGHT] = MM_FIELD(N_("Label, height"), N_("millimetres")),
	[ACROSS] = { .label = N_("Side by side"), .kind = FORM_DIGITS, .max_chars = 2 },
	[DOWN] = { .label = N_("Rows"), .kind = FORM_DIGITS, .max_chars = 2 },
	[GAP_X] = MM_FIELD(N_("Gap across"), N_("millimetres between two labels")),
	[GAP_Y] = MM_FIELD(N_("Gap down"), N_("millimetres between two labels")),
	[LEFT_EDGE] = MM_FIELD(N_("From the left"), N_("millimetres to the first label")),
	[TOP_EDGE] = MM_FIELD(N_("From the top"), N_("millimetres to the first label")),
	[INSIDE] = MM_FIELD(N_("White inside"), N_("millimetres along each label's edges")),
	[CODE] = { .label = NC_("word", "Its code"),
		.kind = FORM_TEXT,
		.hint = N_("small letters and digits, such as a4-24"),
		.max_chars = 24 },
};

struct size_form {
	struct label_size size;
	struct form *form;
	char *state;
};

static const struct screen size_form_screen;

/* Where each field's number is kept; hundredths unless it is counted. */
struct slot {
	int field;
	const char *name; /* as the act's reasons have it */
	size_t offset;
	bool is_count;
};
#define SLOT(field_, name_, member, is_count_)                                \
	{                                                                     \
		field_, name_, offsetof(struct label_size, member), is_count_ \
	}
static const struct slot slots[] = {
	SLOT(PAGE_WIDTH, "page_width", page_width, false),
	SLOT(PAGE_HEIGHT, "page_height", page_height, false),
	SLOT(WIDTH, "label_width", width, false),
	SLOT(HEIGHT, "label_height", height, false),
	SLOT(ACROSS, "across", across, true),
	SLOT(DOWN, "down", down, true),
	SLOT(GAP_X, "gap_x", gap_x, false),
	SLOT(GAP_Y, "gap_y", gap_y, false),
	SLOT(LEFT_EDGE, "left_edge", left_edge, false),
	SLOT(TOP_EDGE, "top_edge", top_edge, false),
	SLOT(INSIDE, "inside", inside, false),
};

static int64_t *slot_of(struct label_size *size, const struct slot *slot)
{
	return (int64_t *)(void *)((char *)size + slot->offset);
}

/* `size` is filled in; with id 0 a new one is made. Takes it over. */
static void size_form_open(struct app *app, struct label_size *size)
{
	struct size_form *f = mem_alloc(sizeof(*f));

	f->size = *size;
	*size = (struct label_size){ 0 };
	f->form = form_create(fields, FIELD_COUNT, f, kiosk_pinyin(kiosk_of(app)));
	form_set_text(f->form, NAME, f->size.name);
	form_set_text(f->form, CODE, f->size.code);
	for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
		int64_t value = *slot_of(&f->size, &slots[i]);
		CLEANUP(mem_free)
		char *text = text_of_hundredths(slots[i].is_count ? value * 100 : value);
		form_set_text(f->form, slots[i].field, text);
	}
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &size_form_screen, f);
}

static void size_form_leave(struct app *app, void *self)
{
	struct size_form *f = self;

	(void)app;
	label_size_finish(&f->size);
	form_destroy(f->form);
	free(f->state);
	free(f);
}

static int read_form(struct size_form *f, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(slots); i++) {
		CLEANUP(mem_free) char *text = text_narrow(form_text(f->form, slots[i].field));
		int64_t value = *text ? text_hundredths(text) : 0;
		if (value < 0)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, slots[i].name));
		*slot_of(&f->size, &slots[i]) = slots[i].is_count ? value / 100 : value;
	}
	free(f->size.code);
	f->size.code = mem_text(form_text(f->form, CODE));
	free(f->size.name);
	f->size.name = mem_text(form_text(f->form, NAME));
	return 0;
}

static const struct clerk_field blames[] = {
	{ REASON_NAME_EXISTS, "", CODE },
	{ REASON_LABEL_OUTSIDE, "", ACROSS },
	{ REASON_LABEL_SMALL, "", HEIGHT },
	{ REASON_NONE, "name", NAME },
	{ REASON_NONE, "code", CODE },
	{ REASON_NONE, "page_width", PAGE_WIDTH },
	{ REASON_NONE, "page_height", PAGE_HEIGHT },
	{ REASON_NONE, "label_width", WIDTH },
	{ REASON_NONE, "label_height", HEIGHT },
	{ REASON_NONE, "across", ACROSS },
	{ REASON_NONE, "down", DOWN },
	{ REASON_NONE, "gap_x", GAP_X },
	{ REASON_NONE, "gap_y", GAP_Y },
	{ REASON_NONE, "left_edge", LEFT_EDGE },
	{ REASON_NONE, "top_edge", TOP_EDGE },
	{ REASON_NONE, "inside", INSIDE },
};

static void size_form_save(struct app *app, void *self)
{
	struct size_form *f = self;
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int64_t id;

	clerk_hush(app);
	int r = read_form(f, &err);
	if (r == 0)
		r = label_size_set(kiosk_of(app)->db, &act, &f->size, &id, &err);
	if (r < 0) {
		clerk_blame(app, f->form, blames, ARRAY_LEN(blames), &err);
		return;
	}
	CLEANUP(mem_free) char *name = mem_text(f->size.name);
	app_pop(app);
	clerk_tell_done(app, name, _("Labels are printed like that from now on"));
}

static bool size_form_key(struct app *app, void *self, const struct key *key)
{
	struct size_form *f = self;

	return clerk_form_key(app, f->form, key, size_form_save, f);
}

static void size_form_paste(struct app *app, void *self, const char *text)
{
	form_paste(((struct size_form *)self)->form, text);
	app_redraw(app);
}

static void size_form_draw(struct app *app, void *self, struct rect area)
{
	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(((struct size_form *)self)->form, area);
}

static void size_form_back(struct app *app, void *self)
{
	struct size_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

static const struct action size_form_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), size_form_save },
	{ K_ESC, N_("Back"), NULL, size_form_back },
	{ 0 },
};

static const struct screen size_form_screen = {
	.name = "label_size",
	.title = N_("Label size"),
	.actions = size_form_actions,
	.is_modal = true,
	.leave = size_form_leave,
	.draw = size_form_draw,
	.key = size_form_key,
	.scan = clerk_scan_later,
	.paste = size_form_paste,
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

static char *product(int64_t width, int64_t height)
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
		ret->text = product(size->page_width, size->page_height);
		break;
	case COLUMN_LABEL:
		ret->text = product(size->width, size->height);
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

/* A form with the marked size in it: to change it, or as the beginning of another one. */
static void open_form(struct app *app, const struct sizes *sizes, bool is_new)
{
	const struct label_size *from = list_page_row(sizes);
	struct label_size size = *from;

	size.name = mem_text(is_new ? "" : from->name);
	size.code = mem_text(is_new ? "" : from->code);
	if (is_new)
		size.id = size.position = 0;
	size_form_open(app, &size);
}

static void label_sizes_edit(struct app *app, void *self)
{
	open_form(app, self, false);
}

static void label_sizes_add(struct app *app, void *self)
{
	open_form(app, self, true);
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

/* The one that stands in while there is none cannot be taken out. */
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
	.screen = LIST_PAGE("label_sizes", N_("Label sizes"), label_sizes_actions),
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
