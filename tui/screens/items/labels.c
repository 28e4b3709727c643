/* Many labels at once: of a category, of a range of numbers, of everything new since a day. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/label_size.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/items/screens.h"
#include "tui/widgets/dialog.h"

#define PAGE       500
#define NUMBER_MAX 999999

enum { CATEGORY, FROM, UNTIL, SINCE, PAPER, FIELD_COUNT };

struct labels {
	struct label_size_list sizes;
	int64_t category;    /* 0: all */
	int64_t from, until; /* numbers, both inclusive */
	bool is_since;
	struct day since;
	int paper; /* which of `sizes` */
	/* what was found, while the question is up */
	int64_t *items;
	int count, room;
};

static int labels_until(struct app *app, void *self, void *filled, struct err *err)
{
	const struct labels *labels = filled;

	struct reason reason = REASON_TEXT(NUMBER_RANGE, "until");

	reason.n1 = labels->from;
	reason.n2 = NUMBER_MAX;
	return labels->until < labels->from ? err_set(err, ERR_INVALID, reason) : 0;
}

static const struct form_row rows[FIELD_COUNT] = {
	[CATEGORY] = { FIELD_CHOICE(N_("Category"), NULL), BIND_PICK(struct labels, category) },
	[FROM] = { FIELD_DIGITS(N_("From number"), 6), HINT(N_("first")),
		BIND_NUMBER_OR(0, "from", struct labels, from, 1, NUMBER_MAX) },
	[UNTIL] = { FIELD_DIGITS(N_("To number"), 6), HINT(N_("last")),
		BIND_NUMBER_OR(INT64_MAX, "until", struct labels, until, 0, NUMBER_MAX),
		.take = labels_until },
	[SINCE] = { FIELD_TEXT(N_("New since"), 10), HINT("2026-11-21"),
		HELP(N_("Only what was added on this day or later; empty: all.")),
		BIND_DAY_IF(is_since, NULL, struct labels, since) },
	[PAPER] = { FIELD_CHOICE(N_("Paper"), NULL), BIND_CHOICE(struct labels, paper) },
};

/* The size that the label printer is loaded with comes first. */
static int labels_load(struct app *app, void *self, struct err *err)
{
	struct labels *labels = self;
	CLEANUP(category_list_finish) struct category_list categories = { 0 };
	CLEANUP(label_size_finish) struct label_size loaded = { 0 };
	struct kiosk *kiosk = kiosk_of(app);

	TRY(category_list(kiosk->db, &categories, err));
	TRY(label_sizes(kiosk->db, &labels->sizes, err));
	TRY(papers_label_loaded(kiosk, &loaded, err));
	form_page_pick(self, CATEGORY, 0, N_("All categories"));
	for (int i = 0; i < categories.count; i++)
		form_page_pick(self, CATEGORY, categories.rows[i].id, categories.rows[i].name);
	for (int i = labels->sizes.count - 1; i >= 0; i--)
		if (labels->sizes.rows[i].id == loaded.id)
			labels->paper = i;
	for (int i = 0; i < labels->sizes.count; i++)
		form_page_pick(self, PAPER, labels->sizes.rows[i].id, labels->sizes.rows[i].name);
	return 0;
}

static void labels_finish(void *self)
{
	struct labels *labels = self;

	label_size_list_finish(&labels->sizes);
	free(labels->items);
}

/* ---- which ---- */

static bool labels_is_wanted(const struct labels *wanted, const struct item *item)
{
	int64_t since_at = wanted->is_since ? when_day_start(wanted->since) : 0;

	return item->number >= wanted->from && item->number <= wanted->until &&
	       item->added_at >= since_at;
}

static void labels_take_page(
	struct labels *labels, const struct labels *wanted, const struct item_list *page)
{
	for (int i = 0; i < page->count; i++) {
		if (!labels_is_wanted(wanted, &page->rows[i]))
			continue;
		if (labels->count == labels->room) {
			labels->room = labels->room ? 2 * labels->room : 256;
			labels->items = mem_resize(
				labels->items, (size_t)labels->room * sizeof(*labels->items));
		}
		labels->items[labels->count++] = page->rows[i].id;
	}
}

/* In the order of the list of items. */
static int labels_find(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	CLEANUP(item_list_finish) struct item_list page = { 0 };
	struct labels *labels = self;
	const struct labels *wanted = filled;
	struct item_filter filter = { .category = wanted->category, .limit = PAGE };
	struct db *db = kiosk_of(app)->db;

	labels->count = 0;
	TRY(item_find(db, &filter, &page, err));
	for (;;) {
		labels_take_page(labels, wanted, &page);
		if (page.count < PAGE)
			return 0;
		struct item_list next = { 0 };
		filter.after = &page.rows[page.count - 1];
		TRY(item_find(db, &filter, &next, err));
		item_list_finish(&page);
		page = next;
	}
}

/* ---- printing ---- */

static const struct label_size *labels_size_of(const struct labels *labels)
{
	return &labels->sizes.rows[form_choice(form_page_form(labels), PAPER)];
}

static void labels_print_found(struct app *app, void *context, int button)
{
	const struct labels *labels = context;
	struct err err = { 0 };

	if (button != 0)
		return;
	if (papers_labels_on(kiosk_of(app), labels_size_of(labels), labels->items, labels->count,
		    &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free)
	char *text = mem_printf(ngettext("%d label is being printed", "%d labels are being printed",
					(unsigned long)labels->count),
		labels->count);
	papers_go(kiosk_of(app));
	clerk_tell_done(app, text, NULL);
}

/* How much paper that is; the caller's. */
static char *labels_paper_words(const struct labels *labels, const struct label_size *size)
{
	int on_page = label_size_per_page(size), sheets = (labels->count + on_page - 1) / on_page;

	if (label_size_is_roll(size))
		return mem_printf(_("%s: one after the other."), size->name);
	return mem_printf(ngettext("%s: %d sheet.", "%s: %d sheets.", (unsigned long)sheets),
		size->name, sheets);
}

static void labels_found(struct app *app, void *self, const struct form_done *done)
{
	const struct labels *labels = self;
	CLEANUP(mem_free)
	char *title = mem_printf(
		ngettext("Print %d label?", "Print %d labels?", (unsigned long)labels->count),
		labels->count);
	CLEANUP(mem_free) char *text = labels_paper_words(labels, labels_size_of(labels));
	const char *const buttons[] = { _("Print"), _("Back"), NULL };
	const struct dialog dialog = {
		.title = title,
		.text = text,
		.buttons = buttons,
		.done = labels_print_found,
		.context = self,
	};

	if (labels->count)
		dialog_open(app, &dialog);
	else
		form_set_error(form_page_form(self), CATEGORY, _("No thing is like that."));
	app_redraw(app);
}

static void labels_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(area, _("Labels for which things?"), NULL);
}

static const struct action actions[] = {
	{ K_F10, N_("Print them"), N_("Says how many there are, then prints them."),
		form_page_submit },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct form_page labels_page = {
	/* Not modal: nothing is lost that took time to write. */
	.screen = { .title = N_("Labels"),
		.actions = actions,
		.leave = form_page_leave,
		.draw = form_page_draw,
		.key = form_page_key,
		.scan = clerk_scan_later },
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct labels),
	.hush = FORM_HUSH_SAVE,
	.load = labels_load,
	.head = labels_head,
	.save = labels_find,
	.saved = labels_found,
	.finish = labels_finish,
};

void labels_open(struct app *app)
{
	form_page_open(app, &labels_page, &(struct labels){ .until = INT64_MAX });
}
