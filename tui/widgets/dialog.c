#include "tui/widgets/dialog.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/widgets/wrap.h"

#define DIALOG_COLS 68
#define BUTTONS_MAX 9
#define PADDING     3 /* columns between the frame and its content */

/* The text part, wrapped for the current width. */
struct line {
	enum style style;
	int indent;
	char *text;
};

struct lines {
	struct line *list;
	int count;
};

struct box {
	enum banner_kind kind;
	char *title, *text;
	struct dialog_line *reasons;
	int reason_count;
	char *buttons[BUTTONS_MAX];
	int button_count, marked;
	int first, visible, rows; /* scrolling of the text part */
	void (*done)(struct app *app, void *context, int button);
	void *context;
	int64_t timeout_ms;
};

static const struct screen dialog_screen;

static void add_line(
	struct lines *lines, enum style style, int indent, const char *text, size_t len)
{
	lines->list = mem_resize(lines->list, (size_t)(lines->count + 1) * sizeof(*lines->list));
	lines->list[lines->count++] = (struct line){ style, indent, mem_text_n(text, len) };
}

/* A sign, then the wrapped text beside it. */
static void add_text(
	struct lines *lines, enum style style, const char *sign, const char *text, int cells)
{
	int indent = text_width(sign);
	const char *start;
	for (int len, n = 0; (len = wrap_next(&text, cells - indent, &start)) >= 0; n++) {
		if (n > 0 || indent == 0) {
			add_line(lines, style, indent, start, (size_t)len);
			continue;
		}
		CLEANUP(mem_free) char *first = mem_printf("%s%.*s", sign, len, start);
		add_line(lines, style, 0, first, strlen(first));
	}
}

static void add_blank(struct lines *lines)
{
	add_line(lines, STYLE_PAPER, 0, "", 0);
}

static struct lines make_lines(const struct box *box, int cells)
{
	struct lines lines = { 0 };
	if (box->text)
		add_text(&lines, STYLE_PAPER, "", box->text, cells);
	for (int i = 0; i < box->reason_count; i++) {
		if (lines.count > 0)
			add_blank(&lines);
		add_text(&lines, STYLE_STRONG, "· ", box->reasons[i].text, cells);
		if (box->reasons[i].cure)
			add_text(&lines, STYLE_MARK, "  → ", box->reasons[i].cure, cells);
	}
	return lines;
}

static void lines_finish(struct lines *lines)
{
	for (int i = 0; i < lines->count; i++)
		mem_free(&lines->list[i].text);
	mem_free(&lines->list);
}

/* --- drawing --- */

struct button_name {
	char text[2];
};

static struct button_name button_name(int index)
{
	return (struct button_name){ { (char)('1' + index), '\0' } };
}

/* Side by side if they fit, otherwise one below the other. */
static bool is_stacked(const struct box *box, int cells)
{
	int width = 0;
	for (int i = 0; i < box->button_count; i++)
		width += draw_button_width("1", box->buttons[i]) + 2;
	return width - 2 > cells;
}

static int button_rows(const struct box *box, int cells)
{
	return is_stacked(box, cells) ? box->button_count : 1;
}

static void draw_buttons(const struct box *box, struct rect area)
{
	bool is_down = is_stacked(box, area.cols);
	int col = 0;
	for (int i = 0; i < box->button_count; i++) {
		struct key key = KEY_OF('1' + (uint32_t)i);
		int end = draw_button(area, is_down ? i : 0, is_down ? 0 : col, button_name(i).text,
			box->buttons[i], key, i == box->marked);
		col = end + 2;
	}
}

static void draw_title(const struct box *box, struct rect line)
{
	enum style style = banner_style(box->kind);
	const char *mark = banner_mark(box->kind);
	int col = 0;
	if (*mark)
		col = draw_textf(line, 0, 0, style, style == STYLE_NEEDED ? " %s " : "%s ", mark);
	draw_fit(line, 0, col + (style == STYLE_NEEDED), line.cols - col,
		style == STYLE_NEEDED ? STYLE_STRONG : style, box->title);
}

static void draw_lines(struct box *box, const struct lines *lines, struct rect area)
{
	box->visible = area.rows;
	box->rows = lines->count;
	if (box->first > box->rows - box->visible)
		box->first = box->rows - box->visible;
	if (box->first < 0)
		box->first = 0;
	for (int i = 0; i < area.rows && box->first + i < lines->count; i++) {
		const struct line *line = &lines->list[box->first + i];
		draw_text(area, i, line->indent, line->style, line->text);
	}
	if (box->first > 0)
		draw_right(area, 0, STYLE_MARK, "↑");
	if (box->first + box->visible < box->rows)
		draw_right(area, area.rows - 1, STYLE_MARK, "↓");
}

static void dialog_draw(struct app *app, void *self, struct rect area)
{
	struct box *box = self;
	int cols = area.cols - 4 < DIALOG_COLS ? area.cols - 4 : DIALOG_COLS;
	int cells = cols - 2 * PADDING;
	struct lines lines = make_lines(box, cells);
	int buttons = button_rows(box, cells);
	/* Frame, title, a blank line around each part. */
	int rows = 2 + 2 + 1 + lines.count + (lines.count > 0 ? 1 : 0) + buttons + 1;
	struct rect frame = rect_center(area, rows, cols);
	draw_fill(frame, STYLE_PAPER);
	draw_box(frame, STYLE_LINE);
	struct rect inside = rect_inset(frame, 1, PADDING);
	bool is_tight = inside.rows < rows - 2;
	rect_cut_top(&inside, is_tight ? 0 : 1);
	draw_title(box, rect_cut_top(&inside, 1));
	rect_cut_top(&inside, is_tight ? 0 : 1);
	rect_cut_bottom(&inside, is_tight ? 0 : 1);
	draw_buttons(box, rect_cut_bottom(&inside, buttons));
	rect_cut_bottom(&inside, lines.count > 0 && !is_tight ? 1 : 0);
	draw_lines(box, &lines, inside);
	lines_finish(&lines);
}

/* --- answering --- */

static void answer(struct app *app, struct box *box, int button)
{
	void (*done)(struct app *, void *, int) = TAKE(box->done);
	app_pop(app);
	if (done)
		done(app, box->context, button);
}

static bool scroll_key(struct box *box, uint32_t code)
{
	if (box->rows <= box->visible)
		return false;
	if (code == K_UP || code == K_SCROLL_UP)
		box->first--;
	else if (code == K_DOWN || code == K_SCROLL_DOWN)
		box->first++;
	else
		return false;
	return true;
}

static void mark(struct box *box, int step)
{
	box->marked = (box->marked + step + box->button_count) % box->button_count;
}

static bool dialog_key(struct app *app, void *self, const struct key *key)
{
	struct box *box = self;
	int digit = key_digit(key);
	if (digit > 0 && digit <= box->button_count)
		answer(app, box, digit - 1);
	else if (key->code == K_ENTER)
		answer(app, box, box->marked);
	else if (key->code == K_ESC)
		answer(app, box, DIALOG_ESC);
	else if (scroll_key(box, key->code))
		;
	else if (key->code == K_LEFT || key->code == K_UP || key->code == K_BACKTAB)
		mark(box, -1);
	else if (key->code == K_RIGHT || key->code == K_DOWN || key->code == K_TAB)
		mark(box, 1);
	else
		return key->code < K_F1 || key->code > K_F12;
	return true;
}

static void dialog_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	answer(app, self, DIALOG_SCANNED);
	app_scan(app, bytes, len);
}

static void on_timeout(struct app *app, void *self)
{
	/* Something else may be on top by now; then the question no longer matters. */
	if (app_top_self(app) == self)
		answer(app, self, DIALOG_ESC);
}

static void dialog_enter(struct app *app, void *self)
{
	struct box *box = self;
	if (box->timeout_ms > 0)
		app_after(app, box->timeout_ms, on_timeout, box);
}

static void dialog_leave(struct app *app, void *self)
{
	struct box *box = self;
	mem_free(&box->title);
	mem_free(&box->text);
	for (int i = 0; i < box->reason_count; i++) {
		mem_free(&box->reasons[i].text);
		mem_free(&box->reasons[i].cure);
	}
	mem_free(&box->reasons);
	for (int i = 0; i < box->button_count; i++)
		mem_free(&box->buttons[i]);
	mem_free(&box);
}

static void press_marked(struct app *app, void *self)
{
	answer(app, self, ((struct box *)self)->marked);
}

static void press_none(struct app *app, void *self)
{
	answer(app, self, DIALOG_ESC);
}

static const struct action dialog_actions[] = {
	{ K_ENTER, N_("The marked button"), NULL, press_marked },
	{ K_ESC, N_("Back"), NULL, press_none },
	{ 0 },
};

static const struct screen dialog_screen = {
	.actions = dialog_actions,
	.is_overlay = true,
	.is_modal = true,
	.enter = dialog_enter,
	.leave = dialog_leave,
	.draw = dialog_draw,
	.key = dialog_key,
	.scan = dialog_scan,
};

static void copy_buttons(struct box *box, const struct dialog *dialog)
{
	for (int i = 0; dialog->buttons && dialog->buttons[i] && i < BUTTONS_MAX; i++)
		box->buttons[box->button_count++] = mem_text(dialog->buttons[i]);
	if (box->button_count == 0)
		box->buttons[box->button_count++] = mem_text(_("OK"));
	box->marked =
		dialog->marked >= 0 && dialog->marked < box->button_count ? dialog->marked : 0;
}

void dialog_open(struct app *app, const struct dialog *dialog)
{
	struct box *box = mem_alloc(sizeof(*box));
	box->kind = dialog->kind;
	box->title = mem_text(dialog->title);
	box->text = mem_text(dialog->text);
	box->reason_count = dialog->line_count;
	box->reasons = mem_alloc((size_t)(dialog->line_count + 1) * sizeof(*box->reasons));
	for (int i = 0; i < dialog->line_count; i++)
		box->reasons[i] = (struct dialog_line){ mem_text(dialog->lines[i].text),
			mem_text(dialog->lines[i].cure) };
	copy_buttons(box, dialog);
	box->done = dialog->done;
	box->context = dialog->context;
	box->timeout_ms = dialog->timeout_ms;
	app_push(app, &dialog_screen, box);
}
