/* Many labels at once: of a category, of a range of numbers, of what is new since a day. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/category.h"
#include "core/items/item.h"
#include "core/items/label_size.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"

#define PAGE 500

enum { CATEGORY, FROM, UNTIL, SINCE, PAPER, FIELD_COUNT };

struct labels {
	struct app *app;
	struct kiosk *kiosk;
	struct category_list categories;
	struct label_size_list sizes;
	const char **choices; /* "all", then the names of the categories */
	const char **papers;  /* the names of the sizes */
	struct form_field fields[FIELD_COUNT];
	struct form *form;
	/* what was found, while the question is up */
	int64_t *items;
	int count, room;
};

static const struct screen labels_screen;

/* ---- life ---- */

static void set_fields(struct labels *labels)
{
	const struct form_field fields[FIELD_COUNT] = {
		[CATEGORY] = { .label = N_("Category"),
			.kind = FORM_CHOICE,
			.choices = labels->choices },
		[FROM] = { .label = N_("From number"),
			.kind = FORM_DIGITS,
			.hint = N_("first"),
			.max_chars = 6 },
		[UNTIL] = { .label = N_("To number"),
			.kind = FORM_DIGITS,
			.hint = N_("last"),
			.max_chars = 6 },
		[SINCE] = { .label = N_("New since"),
			.kind = FORM_TEXT,
			.hint = "2026-11-21",
			.help = N_("Only what was added on this day or later; empty: all."),
			.max_chars = 10 },
		[PAPER] = { .label = N_("Paper"), .kind = FORM_CHOICE, .choices = labels->papers },
	};

	for (int i = 0; i < FIELD_COUNT; i++)
		labels->fields[i] = fields[i];
}

static void set_choices(struct labels *labels)
{
	const struct category_list *list = &labels->categories;

	labels->choices = mem_alloc((size_t)(list->count + 2) * sizeof(*labels->choices));
	labels->choices[0] = N_("All categories");
	for (int i = 0; i < list->count; i++)
		labels->choices[i + 1] = list->rows[i].name;
}

static void set_papers(struct labels *labels)
{
	const struct label_size_list *list = &labels->sizes;

	labels->papers = mem_alloc((size_t)(list->count + 1) * sizeof(*labels->papers));
	for (int i = 0; i < list->count; i++)
		labels->papers[i] = list->rows[i].name;
}

/* What the label printer is loaded with. */
static int loaded(const struct labels *labels, struct err *err)
{
	CLEANUP(label_size_finish) struct label_size size = { 0 };

	TRY(papers_label_loaded(labels->kiosk, &size, err));
	for (int i = 0; i < labels->sizes.count; i++)
		if (labels->sizes.rows[i].id == size.id)
			return i;
	return 0;
}

void labels_open(struct app *app)
{
	struct labels *labels = mem_alloc(sizeof(*labels));
	struct err err = { 0 };

	labels->app = app;
	labels->kiosk = kiosk_of(app);
	int r = category_list(labels->kiosk->db, &labels->categories, &err);
	if (r >= 0)
		r = label_sizes(labels->kiosk->db, &labels->sizes, &err);
	set_choices(labels);
	set_papers(labels);
	set_fields(labels);
	labels->form = form_create(labels->fields, FIELD_COUNT, labels, NULL);
	int paper = r < 0 ? r : loaded(labels, &err);
	form_set_choice(labels->form, PAPER, paper < 0 ? 0 : paper);
	app_push(app, &labels_screen, labels);
	if (paper < 0)
		clerk_tell_err(app, &err);
}

static void leave(struct app *app, void *self)
{
	struct labels *labels = self;

	(void)app;
	form_destroy(labels->form);
	category_list_finish(&labels->categories);
	label_size_list_finish(&labels->sizes);
	free(labels->choices);
	free(labels->papers);
	free(labels->items);
	free(labels);
}

/* ---- which ---- */

struct wanted {
	int64_t category;
	int64_t from, until; /* numbers, both of them too */
	int64_t since_at;
};

static int read_wanted(const struct labels *labels, struct wanted *ret, struct err *err)
{
	const struct form *form = labels->form;
	int choice = form_choice(form, CATEGORY);
	long long from = 0, until = INT64_MAX;
	int64_t since_at = 0;
	struct day day;

	if (form_text(form, FROM)[0])
		TRY(text_integer(form_text(form, FROM), "from", 1, 999999, &from, err));
	if (form_text(form, UNTIL)[0])
		TRY(text_integer(form_text(form, UNTIL), "until", from, 999999, &until, err));
	if (form_text(form, SINCE)[0]) {
		TRY(day_parse(form_text(form, SINCE), &day, err));
		since_at = when_day_start(day);
	}
	*ret = (struct wanted){
		.category = choice > 0 ? labels->categories.rows[choice - 1].id : 0,
		.from = from,
		.until = until,
		.since_at = since_at,
	};
	return 0;
}

static bool is_wanted(const struct wanted *wanted, const struct item *item)
{
	return item->number >= wanted->from && item->number <= wanted->until &&
	       item->added_at >= wanted->since_at;
}

static void take_page(
	struct labels *labels, const struct wanted *wanted, const struct item_list *page)
{
	for (int i = 0; i < page->count; i++) {
		if (!is_wanted(wanted, &page->rows[i]))
			continue;
		if (labels->count == labels->room) {
			labels->room = labels->room ? 2 * labels->room : 256;
			labels->items = mem_resize(
				labels->items, (size_t)labels->room * sizeof(*labels->items));
		}
		labels->items[labels->count++] = page->rows[i].id;
	}
}

/* In the order in which the list of items has them. */
static int find_all(struct labels *labels, const struct wanted *wanted, struct err *err)
{
	CLEANUP(item_list_finish) struct item_list page = { 0 };
	struct item_filter filter = { .category = wanted->category, .limit = PAGE };

	labels->count = 0;
	TRY(item_find(labels->kiosk->db, &filter, &page, err));
	for (;;) {
		take_page(labels, wanted, &page);
		if (page.count < PAGE)
			return 0;
		struct item_list next = { 0 };
		filter.after = &page.rows[page.count - 1];
		TRY(item_find(labels->kiosk->db, &filter, &next, err));
		item_list_finish(&page);
		page = next;
	}
}

/* ---- printing ---- */

/* NULL when they could not be read. */
static const struct label_size *size_of(const struct labels *labels)
{
	int choice = form_choice(labels->form, PAPER);

	return choice < labels->sizes.count ? &labels->sizes.rows[choice] : NULL;
}

static void print_found(struct app *app, void *context, int button)
{
	struct labels *labels = context;
	const struct label_size *size = size_of(labels);
	struct err err = { 0 };

	if (button != 0 || !size)
		return;
	if (papers_labels_on(labels->kiosk, size, labels->items, labels->count, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free)
	char *text = mem_printf(ngettext("%d label is being printed", "%d labels are being printed",
					(unsigned long)labels->count),
		labels->count);
	papers_go(labels->kiosk);
	clerk_tell_done(app, text, NULL);
}

/* How much paper that is; the caller's. */
static char *paper_words(const struct labels *labels, const struct label_size *size)
{
	int on_page = label_size_per_page(size), sheets = (labels->count + on_page - 1) / on_page;

	if (label_size_is_roll(size))
		return mem_printf(_("%s: one after the other."), size->name);
	return mem_printf(ngettext("%s: %d sheet.", "%s: %d sheets.", (unsigned long)sheets),
		size->name, sheets);
}

static void ask(struct labels *labels)
{
	const struct label_size *size = size_of(labels);
	CLEANUP(mem_free)
	char *title = mem_printf(
		ngettext("Print %d label?", "Print %d labels?", (unsigned long)labels->count),
		labels->count);
	CLEANUP(mem_free) char *text = size ? paper_words(labels, size) : mem_text("");
	const char *const buttons[] = { _("Print"), _("Back"), NULL };
	const struct dialog dialog = {
		.title = title,
		.text = text,
		.buttons = buttons,
		.done = print_found,
		.context = labels,
	};

	dialog_open(labels->app, &dialog);
}

static void submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_NONE, "from", FROM },
		{ REASON_NONE, "until", UNTIL },
		{ REASON_DATE_BAD, "", SINCE },
	};
	struct labels *labels = self;
	struct wanted wanted;
	struct err err = { 0 };

	clerk_hush(app);
	if (read_wanted(labels, &wanted, &err) < 0)
		clerk_blame(app, labels->form, at, ARRAY_LEN(at), &err);
	else if (find_all(labels, &wanted, &err) < 0)
		clerk_tell_err(app, &err);
	else if (labels->count)
		ask(labels);
	else
		form_set_error(labels->form, CATEGORY, _("No thing is like that."));
	app_redraw(app);
}

/* ---- keys and drawing ---- */

static bool key(struct app *app, void *self, const struct key *key)
{
	struct labels *labels = self;

	return clerk_form_key(app, labels->form, key, submit, labels);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct labels *labels = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, _("Labels for which things?"));
	rect_cut_top(&area, 2);
	form_draw(labels->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Print them"), N_("Says how many there are, then prints them."), submit },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen labels_screen = {
	.name = "labels",
	.title = N_("Labels"),
	.actions = actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
};
