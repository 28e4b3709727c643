#include "tui/screens/counter/visit_list.h"

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/items/catalogue/item.h"
#include "core/words.h"
#include "tui/screens/counter/counter.h"
#include "tui/widgets/wrap.h"

#define NOTE_COL 3 /* below the number */

void visit_row_draw(struct rect area, int row, const struct visit_row *line)
{
	char label[ITEM_NUMBER_SIZE];
	int words_cells = text_width(line->words);

	draw_text(area, row, 0, line->mark_style, line->mark);
	int col = NOTE_COL;
	if (line->number) {
		item_number_format(line->number, label);
		col = draw_text(area, row, col, STYLE_QUIET, label) + 2;
	}
	draw_fit(area, row, col, area.cols - col - words_cells - 2, STYLE_PAPER, line->name);
	draw_right(area, row, line->style, line->words);
}

/* How the kinds of lines read. */
static const struct {
	const char *mark;
	enum style style;
	const char *words;
} line_looks[OUTCOME_KIND_COUNT] = {
	[OUTCOME_LENT] = { "✓", STYLE_DONE, NULL },
	[OUTCOME_RENEWED] = { "✓", STYLE_DONE, NULL },
	[OUTCOME_RETURNED] = { "✓", STYLE_DONE, N_("returned") },
	[OUTCOME_HELD] = { "✓", STYLE_DONE, N_("Reserved") },
	[OUTCOME_UNHELD] = { "✓", STYLE_DONE, N_("not reserved any more") },
	[OUTCOME_VENUE_IN] = { "✓", STYLE_DONE, N_("signed in") },
	[OUTCOME_VENUE_OUT] = { "✓", STYLE_DONE, N_("signed out") },
	[OUTCOME_DOOR_LEFT] = { "·", STYLE_QUIET, N_("nothing changed") },
	[OUTCOME_DUTY_IN] = { "✓", STYLE_DONE, N_("on duty") },
	[OUTCOME_DUTY_OUT] = { "✓", STYLE_DONE, N_("off duty") },
	[OUTCOME_ASK] = { "?", STYLE_MARK, N_("return or renew?") },
	[OUTCOME_LEFT] = { "!", STYLE_REFUSED, N_("not returned") },
	[OUTCOME_NEW_BOOK] = { "!", STYLE_REFUSED, N_("not registered here") },
	[OUTCOME_REFUSED] = { "✗", STYLE_REFUSED, NULL },
};

static char *visit_line_words(const struct desk_line *line, int64_t now)
{
	const struct outcome *o = &line->outcome;

	if (line->is_undone)
		return mem_text(_("undone"));
	if (o->kind == OUTCOME_LENT)
		return words_lent(o->due_at, now);
	if (o->kind == OUTCOME_RENEWED)
		return words_due(o->due_at, 0, now);
	if (o->kind == OUTCOME_REFUSED)
		return mem_text(words_refusal(&o->err));
	return mem_text(line_looks[o->kind].words ? _(line_looks[o->kind].words) : "");
}

static bool is_newest(struct kiosk *kiosk, int index)
{
	return index == desk_line_count(kiosk->desk) - 1;
}

/* What is said below a line: why not, where the thing goes now, or how to use it. NULL: nothing;
 * the caller's. */
static char *visit_line_note(struct kiosk *kiosk, const struct visit_list *list, int index)
{
	const struct desk_line *line = desk_line_at(kiosk->desk, index);
	const struct outcome *o = &line->outcome;
	int64_t now = kiosk_now(kiosk);

	if (line->is_undone)
		return NULL;
	if (o->kind == OUTCOME_REFUSED)
		return words_err(&o->err, now);
	if (o->kind == OUTCOME_LENT && list->has_notes && is_newest(kiosk, index))
		return counter_notice_words(o, now);
	return o->kind == OUTCOME_RETURNED ? counter_aside_words(o, now) : NULL;
}

static int visit_line_rows(struct kiosk *kiosk, const struct visit_list *list, int index, int cols)
{
	CLEANUP(mem_free) char *note = visit_line_note(kiosk, list, index);

	return note ? 1 + wrap_rows(note, cols - NOTE_COL) : 1;
}

/* What was scanned has no name when nobody knows it. */
static const char *visit_line_name(const struct outcome *o)
{
	return o->name[0] ? o->name : _("What was scanned");
}

static void visit_draw_words(struct kiosk *kiosk, int index, struct rect area, int row)
{
	const struct desk_line *line = desk_line_at(kiosk->desk, index);
	const struct outcome *o = &line->outcome;
	CLEANUP(mem_free) char *words = visit_line_words(line, kiosk_now(kiosk));
	const struct visit_row undone = { "↶", STYLE_UNDONE, o->number, o->name, words,
		STYLE_QUIET };
	const struct visit_row done = {
		.mark = line_looks[o->kind].mark,
		.mark_style = line_looks[o->kind].style,
		.number = o->kind == OUTCOME_NEW_BOOK ? 0 : o->number,
		.name = visit_line_name(o),
		.words = words,
		.style = line_looks[o->kind].style,
	};

	visit_row_draw(area, row, line->is_undone ? &undone : &done);
}

/* Returns the row after it. */
static int visit_draw_one(
	struct kiosk *kiosk, const struct visit_list *list, int index, struct rect area, int row)
{
	CLEANUP(mem_free) char *note = visit_line_note(kiosk, list, index);
	struct rect below = area;

	visit_draw_words(kiosk, index, area, row);
	if (!note)
		return row + 1;
	rect_cut_top(&below, row + 1);
	rect_cut_left(&below, NOTE_COL);
	return row + 1 + wrap_draw(below, 0, STYLE_PAPER, note);
}

int visit_list_rows(struct kiosk *kiosk, const struct visit_list *list, int cols)
{
	int count = desk_line_count(kiosk->desk), rows = 1;

	for (int i = 0; i < count; i++)
		rows += visit_line_rows(kiosk, list, i, cols);
	return count ? rows : 0;
}

int visit_list_rows_least(struct kiosk *kiosk, const struct visit_list *list, int cols)
{
	int count = desk_line_count(kiosk->desk);

	return count ? 1 + visit_line_rows(kiosk, list, count - 1, cols) : 0;
}

int visit_list_draw_newest(struct kiosk *kiosk, const struct visit_list *list, struct rect area)
{
	int count = desk_line_count(kiosk->desk);

	return count ? visit_draw_one(kiosk, list, count - 1, area, 0) : 0;
}

/* The first line that is shown when `end` is the one after the last. */
static int visit_list_first(
	struct kiosk *kiosk, const struct visit_list *list, int end, struct rect area)
{
	int first = end, rows = 1;

	while (first > 0) {
		rows += visit_line_rows(kiosk, list, first - 1, area.cols);
		if (rows > area.rows)
			break;
		first--;
	}
	return first;
}

static void visit_list_draw_head(struct rect area, int earlier, int later)
{
	if (later && earlier)
		draw_textf(area, 0, 0, STYLE_MARK, _("This time (↑ %1$d earlier, ↓ %2$d later)"),
			earlier, later);
	else if (later)
		draw_textf(area, 0, 0, STYLE_MARK, _("This time (↓ %d later)"), later);
	else if (earlier)
		draw_textf(area, 0, 0, STYLE_MARK, _("This time (↑ %d earlier)"), earlier);
	else
		draw_text(area, 0, 0, STYLE_MARK, _("This time"));
}

void visit_list_draw(struct kiosk *kiosk, const struct visit_list *list, struct rect area)
{
	int count = desk_line_count(kiosk->desk), end = count - list->back, row = 1;

	if (!count)
		return;
	int first = visit_list_first(kiosk, list, end, area);
	visit_list_draw_head(area, first, count - end);
	for (int i = first; i < end; i++)
		row = visit_draw_one(kiosk, list, i, area, row);
}

bool visit_list_key(struct kiosk *kiosk, struct visit_list *list, const struct key *key)
{
	bool is_up = key->code == K_UP || key->code == K_SCROLL_UP;
	bool is_down = key->code == K_DOWN || key->code == K_SCROLL_DOWN;

	if (is_up && list->back < desk_line_count(kiosk->desk) - 1)
		list->back++;
	if (is_down && list->back > 0)
		list->back--;
	return is_up || is_down;
}

int64_t visit_list_due(struct kiosk *kiosk)
{
	int count = desk_line_count(kiosk->desk);
	const struct desk_line *last = count ? desk_line_at(kiosk->desk, count - 1) : NULL;

	if (!last || last->is_undone)
		return 0;
	bool goes_home =
		last->outcome.kind == OUTCOME_LENT || last->outcome.kind == OUTCOME_RENEWED;
	return goes_home ? last->outcome.due_at : 0;
}
