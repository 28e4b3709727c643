/* What a visit ends with: thanks, what goes home and until when, and where the receipt is. It
 * leaves by itself or with any key; a scan goes straight on. The next person finds the venue's own
 * language. */
#include <stdlib.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan_list.h"
#include "core/print/outbox.h"
#include "core/sheets/receipt.h"
#include "core/words.h"
#include "tui/screens/counter/counter.h"
#include "tui/widgets/big_words.h"
#include "tui/widgets/qr.h"

#define STAY_MS      3000
#define ROOMY_ROWS   18
#define STAY_CODE_MS 20000 /* a phone is got out first */

enum paper_state {
	PAPER_NONE,    /* there is nothing to take */
	PAPER_COMING,  /* on its way to the printer */
	PAPER_OUT,     /* printed */
	PAPER_MISSING, /* the printer does not work */
	PAPER_KEPT,    /* there is no printer: it is a file */
};

struct closing {
	struct loan_list home; /* lent, renewed or left lent, by number */
	int64_t due_at;        /* of the first that is due; 0: nothing goes home */
	int returned;
	int64_t paper; /* the visit's receipt, 0: none */
	enum paper_state state;
	char code[CODE_TEXT_MAX]; /* the receipt's symbol */
	struct outcome left;
	int timer;
};

/* ---- what it shows ---- */

static void closing_add(struct closing *closing, struct loan *loan)
{
	struct loan_list *home = &closing->home;

	if (loan->returned_at) {
		closing->returned++;
		return;
	}
	if (!closing->due_at || loan->due_at < closing->due_at)
		closing->due_at = loan->due_at;
	home->rows = mem_resize(home->rows, (size_t)(home->count + 1) * sizeof(*home->rows));
	home->rows[home->count++] = *loan;
	*loan = (struct loan){ 0 };
}

static int closing_read(struct closing *closing, struct db *db, int64_t visit, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list moved = { 0 };
	CLEANUP(loan_list_finish) struct loan_list left = { 0 };

	TRY(loans_of_visit(db, visit, &moved, err));
	TRY(loans_left_of_visit(db, visit, &left, err));
	for (int i = 0; i < moved.count; i++)
		closing_add(closing, &moved.rows[i]);
	for (int i = 0; i < left.count; i++)
		closing_add(closing, &left.rows[i]);
	TRY(outbox_of_visit(db, visit, &closing->paper, err));
	return closing->paper ? receipt_symbol(db, visit, closing->code, err) : 0;
}

static enum paper_state closing_state_of(struct kiosk *kiosk, int64_t paper)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err ignored = { 0 };
	struct reason problem;

	if (!paper || outbox_get(kiosk->db, paper, &row, &ignored) < 0)
		return PAPER_NONE;
	if (kiosk->context->config.queues[PURPOSE_RECEIPT].mode == PRINT_FILE)
		return PAPER_KEPT;
	if (row.state == OUTBOX_DONE)
		return PAPER_OUT;
	bool is_stuck = row.state == OUTBOX_FAILED || row.state == OUTBOX_ASK ||
			outbox_problem(kiosk->outbox, PURPOSE_RECEIPT, &problem);
	return is_stuck ? PAPER_MISSING : PAPER_COMING;
}

/* ---- drawing ---- */

static int closing_draw_loan(
	struct kiosk *kiosk, const struct loan *loan, struct rect area, int row)
{
	char number[ITEM_NUMBER_SIZE];
	CLEANUP(mem_free) char *due = words_due(loan->due_at, 0, kiosk_now(kiosk));
	int cells = text_width(due);

	item_number_format(loan->item_number, number);
	int col = draw_text(area, row, 0, STYLE_QUIET, number) + 2;
	draw_fit(area, row, col, area.cols - col - cells - 2, STYLE_PAPER, loan->name);
	draw_right(area, row, STYLE_PAPER, due);
	return row + 1;
}

/* As many as there is room for, and how many more there are. */
static int closing_draw_home(struct kiosk *kiosk, const struct closing *closing, struct rect area)
{
	const struct loan_list *home = &closing->home;
	int shown = home->count <= area.rows ? home->count : area.rows - 1, row = 0;

	for (int i = 0; i < shown; i++)
		row = closing_draw_loan(kiosk, &home->rows[i], area, row);
	if (shown < home->count && shown >= 0)
		draw_textf(area, row++, 0, STYLE_QUIET, _("and %d more"), home->count - shown);
	return row;
}

/* "✓ Done, thank you   3 went home, 1 came back" */
static void closing_draw_head(const struct closing *closing, struct rect area)
{
	int col = draw_text(area, 0, 0, STYLE_DONE, "✓ ");

	col = draw_large(area, 0, col, STYLE_DONE, _("Done, thank you")) + 3;
	if (closing->home.count && closing->returned)
		draw_textf(area, 0, col, STYLE_PAPER, _("%d with you, %d given back"),
			closing->home.count, closing->returned);
	else if (closing->home.count)
		draw_textf(area, 0, col, STYLE_PAPER, _("%d with you"), closing->home.count);
	else if (closing->returned)
		draw_textf(area, 0, col, STYLE_PAPER, _("%d given back"), closing->returned);
}

static const struct {
	const char *words;
	enum style style;
} papers[] = {
	[PAPER_COMING] = { N_("The receipt is being printed"), STYLE_STRONG },
	[PAPER_OUT] = { N_("Please take your receipt"), STYLE_STRONG },
	[PAPER_MISSING] = { N_("Not printed, but on the record"), STYLE_NEEDED },
	[PAPER_KEPT] = { N_("It is on the record"), STYLE_STRONG },
};

static void closing_draw_paper(const struct closing *closing, struct rect line, bool has_code)
{
	if (closing->state == PAPER_NONE)
		return;
	int col = papers[closing->state].style == STYLE_NEEDED
			  ? draw_text(line, 0, 0, STYLE_NEEDED, " ! ") + 1
			  : 0;
	draw_text(line, 0, col, STYLE_STRONG,
		has_code ? _("Not printed, but on the record. A photo of the code will do.")
			 : _(papers[closing->state].words));
}

/* At the right, where a phone takes it; what is beside it keeps the rest. False: no room. */
static bool closing_draw_code(const struct closing *closing, struct rect *area)
{
	int rows, cols;

	if (closing->state != PAPER_MISSING || !qr_size(closing->code, &rows, &cols) ||
		rows > area->rows || cols > area->cols / 2)
		return false;
	qr_draw(rect_cut_right(area, cols), closing->code);
	rect_cut_right(area, 2);
	return true;
}

static int closing_big_rows(struct kiosk *kiosk, const struct closing *closing, struct rect area)
{
	/* head, a line between, one thing, a line between, what is said above */
	rect_cut_top(&area, closing->due_at ? 5 : 2);
	bool has_room = big_words_fit(kiosk->face, closing->due_at ? "0" : _("Thanks"), area);

	return !has_room ? 1 : closing->due_at ? 1 + BIG_ROWS : BIG_ROWS;
}

static void closing_draw(struct app *app, void *self, struct rect area)
{
	struct closing *closing = self;
	struct kiosk *kiosk = kiosk_of(app);

	area = rect_inset(area, area.rows >= ROOMY_ROWS ? 1 : 0, 2);
	int paper_rows = closing->state != PAPER_NONE ? 1 : 0;
	struct rect paper = rect_cut_bottom(&area, paper_rows);
	rect_cut_bottom(&area, paper_rows);
	closing_draw_paper(closing, paper, closing_draw_code(closing, &area));
	struct rect big = rect_cut_bottom(&area, closing_big_rows(kiosk, closing, area));
	closing_draw_head(closing, area);
	rect_cut_top(&area, 2);
	rect_cut_bottom(&area, 1);
	int row = closing_draw_home(kiosk, closing, area);
	/* Close to what it is said of. */
	big.row = row ? area.row + row + 1 : area.row;
	if (closing->due_at)
		big_due_draw(kiosk, big, closing->due_at);
	else
		big_words_center(big, kiosk->face, _("Thanks"));
}

/* ---- how it ends ---- */

static void closing_time(struct app *app, void *self)
{
	(void)self;
	closing_end(app);
}

static void closing_stay(struct app *app, struct closing *closing)
{
	app_cancel(app, closing->timer);
	closing->timer = app_after(app, closing->state == PAPER_MISSING ? STAY_CODE_MS : STAY_MS,
		closing_time, closing);
}

static void closing_tick(struct app *app, void *self)
{
	struct closing *closing = self;
	enum paper_state state = closing_state_of(kiosk_of(app), closing->paper);

	if (state == closing->state)
		return;
	bool is_longer = state == PAPER_MISSING;
	closing->state = state;
	if (is_longer)
		closing_stay(app, closing);
	app_redraw(app);
}

static void closing_leave(struct app *app, void *self)
{
	struct closing *closing = self;

	(void)app;
	loan_list_finish(&closing->home);
	outcome_reset(&closing->left);
	free(closing);
}

/* What only says "go on" is done with that; any other key is meant for what is below. */
static bool closing_key(struct app *app, void *self, const struct key *key)
{
	static const uint32_t plain[] = { K_ENTER, K_ESC, K_BACKSPACE, K_PRESS, ' ' };

	(void)self;
	if (key->code == K_F12) /* to read it in the other language */
		return false;
	closing_end(app);
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (key->code == plain[i])
			return true;
	app_key(app, key);
	return true;
}

static void closing_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	closing_end(app);
	counter_scan(app, &kiosk_of(app)->news, bytes, len);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Go on"), N_("A scan goes on as well."), closing_time },
	{ 0 },
};

static const struct screen closing_screen = {
	.title = N_("Thanks"),
	.actions = actions,
	.leave = closing_leave,
	.draw = closing_draw,
	.key = closing_key,
	.scan = closing_scan,
	.tick = closing_tick,
};

void closing_open(struct app *app, const struct outcome *finished)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct closing *closing = mem_alloc(sizeof(*closing));
	struct err ignored = { 0 };

	/* Without what was read it still says thanks. */
	closing_read(closing, kiosk->db, finished->visit, &ignored);
	closing->left = outcome_copy(finished);
	closing->state = closing_state_of(kiosk, closing->paper);
	app_push(app, &closing_screen, closing);
	closing_stay(app, closing);
}

void closing_end(struct app *app)
{
	if (app_top(app) != &closing_screen)
		return;
	const struct closing *closing = app_top_self(app);
	app_pop(app);
	counter_reset_language(app);
	counter_tell_still_lent(app, &closing->left);
}
