#include "tui/broken.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "tui/devices.h"
#include "tui/errand.h"
#include "tui/key.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/house/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/help.h"
#include "tui/widgets/reader.h"
#include "tui/widgets/tiles.h"
#include "tui/widgets/wrap.h"
#include "tui/worker.h"

#define TRY_EVERY_MS 10000

/* What is wrong, and what the person in charge of the machine has to do. Everybody else is told the
 * same in all cases. */
static const struct trouble {
	int reason;
	const char *what, *todo;
} troubles[] = {
	{ REASON_STORE_MISSING, N_("The venue's data are not here"),
		N_("The disk they are on may not be connected: connect it, and this machine goes "
		   "on "
		   "by itself. If they are lost, press 3 and go back to a backup. For a new "
		   "venue: jiaplus init.") },
	{ REASON_STORE_DAMAGED, N_("The venue's data are damaged"),
		N_("Do not delete, rename or copy over any file. Press 1 and photograph what it "
		   "says for whoever helps. With 3 a backup is tried: before anything is changed "
		   "it says what would be missing.") },
	{ REASON_STORE_BEHIND, N_("Older data than before lie here"),
		N_("Somebody may have put back an old copy. Do not delete, rename or copy over any "
		   "file. An administrator presses F9 and looks which backup brings back more.") },
	{ REASON_STORE_NOT_OURS, N_("This file is not the venue's data"),
		N_("It may be the wrong folder, or another program has written over the file. Do "
		   "not "
		   "delete it. Press 1 to see which file it is.") },
	{ REASON_STORE_NEWER, N_("The data are of a newer program"),
		N_("Update the program on this computer. The data were not changed.") },
	{ REASON_STORE_TRIAL, N_("The data are of a trial version"),
		N_("Keep them; make a new folder with jiaplus init and import your lists there.") },
	{ REASON_STORE_READ_ONLY, N_("The data cannot be written"),
		N_("A file may belong to another user, as when a command was run as root, or the "
		   "disk "
		   "can only be read. Press 1: it says which file and what helps. Then this "
		   "machine "
		   "goes on by itself.") },
	{ REASON_STORE_FULL, N_("The disk is full"),
		N_("Delete large files or move them to another disk, such as downloads, but "
		   "nothing of "
		   "the venue's folder. Then this machine goes on by itself; nothing was lost.") },
	{ REASON_STORE_BUSY, N_("Another program is writing the data"),
		N_("When it has finished, this machine goes on by itself.") },
	{ REASON_STORE_FAILED, N_("The data cannot be opened"),
		N_("Look at the disk and its cable, then press 2. If it stays so, press 1 and show "
		   "what "
		   "it says to whoever helps.") },
	{ REASON_NONE, N_("The program cannot start"),
		N_("Press 1 and show what it says to whoever helps.") },
};

struct broken {
	struct app *app;
	struct err why;
	bool (*works)(struct context *context); /* NULL: above a running board */
	enum broken_end end;
	struct errand *errand;
	struct reader *report; /* the doctor's report; NULL: not asked */
};

static const struct trouble *trouble_of(const struct err *why)
{
	size_t i = 0;

	while (troubles[i].reason != REASON_NONE && !err_has(why, troubles[i].reason))
		i++;
	return &troubles[i];
}

/* ---- drawing ---- */

#define HEAD_ROWS       3
#define TILES_FLAT_ROWS 2 /* two by two, without a gap */

static const char *what_now(void)
{
	return _("Nothing can be borrowed here just now. Please give what you bring back to a "
		 "volunteer, who writes it down.");
}

static int trouble_rows(const struct broken *b, int cols)
{
	return HEAD_ROWS + wrap_rows(what_now(), cols) + 1 +
	       wrap_rows(_(trouble_of(&b->why)->todo), cols);
}

static void draw_trouble(struct broken *b, struct rect area)
{
	const struct trouble *trouble = trouble_of(&b->why);
	struct rect head = rect_cut_top(&area, HEAD_ROWS);

	draw_fill(head, STYLE_REFUSED);
	const char *what = _(trouble->what);
	int col = (head.cols - draw_large_width(what)) / 2;
	draw_large(head, 1, col > 0 ? col : 0, STYLE_REFUSED, what);
	int row = wrap_draw(area, 1, STYLE_STRONG, what_now());
	wrap_draw(area, row + 1, STYLE_PAPER, _(trouble->todo));
}

/* In English too, whatever the language: for whoever is asked by telephone. */
static void draw_detail(struct broken *b, struct rect *area)
{
	CLEANUP(mem_free)
	char *words = words_err(&b->why, kiosk_now(kiosk_of(b->app)));
	CLEANUP(mem_free)
	char *text = mem_printf("%s\n%s", words, b->why.detail);
	int rows = wrap_rows(text, area->cols);

	if (rows > area->rows / 3)
		rows = area->rows / 3;
	wrap_draw(rect_cut_bottom(area, rows), 0, STYLE_QUIET, text);
}

static const struct action actions[];

/* On a low screen they become flatter before any text is dropped. */
static struct rect cut_tiles(struct broken *b, struct rect *area)
{
	int rows = tiles_actions_rows(b->app, actions, b, area->cols);
	int spare = area->rows - trouble_rows(b, area->cols) - 2;

	if (spare < TILES_FLAT_ROWS)
		spare = TILES_FLAT_ROWS;
	return rect_cut_bottom(area, rows < spare ? rows : spare);
}

static void broken_draw(struct app *app, void *self, struct rect area)
{
	struct broken *b = self;

	area = rect_inset(area, 1, 2);
	if (b->report) {
		reader_draw(b->report, area);
		return;
	}
	draw_detail(b, &area);
	rect_cut_bottom(&area, 1);
	tiles_draw_actions(app, actions, self, cut_tiles(b, &area), K_NONE);
	draw_trouble(b, area);
}

/* ---- what can be done ---- */

static void report_arrived(struct app *app, void *self, char *said)
{
	struct broken *b = self;
	CLEANUP(mem_free) char *text = said;

	b->errand = NULL;
	if (b->report)
		reader_set(b->report, text);
	app_redraw(app);
}

static void look(struct app *app, void *self)
{
	struct broken *b = self;
	const struct errand_request request = {
		.context = kiosk_of(app)->context,
		.verb = "doctor",
		.done = report_arrived,
		.self = b,
	};
	struct err err = { 0 };

	b->report = reader_create(_("This machine is being looked at …"));
	if (errand_start(app, &request, &b->errand, &err) < 0) {
		CLEANUP(mem_free) char *words = words_err(&err, kiosk_now(kiosk_of(b->app)));
		reader_set(b->report, words);
	}
	app_redraw(app);
}

static void end(struct broken *b, enum broken_end how)
{
	b->end = how;
	app_quit(b->app);
}

static void try_again(struct app *app, void *self)
{
	(void)app;
	end(self, BROKEN_AGAIN);
}

/* Above a running board, staff are identified by their card and PIN as always. */
static void go_back_to_backup(struct app *app, void *self)
{
	if (((struct broken *)self)->works)
		restore_open(app);
	else
		login_open(app);
}

static void quit_answered(struct app *app, void *context, int button)
{
	(void)app;
	if (button == 1)
		end(context, BROKEN_QUIT);
}

static void quit(struct app *app, void *self)
{
	const char *const buttons[] = { _("Stay"), _("End the program"), NULL };
	const struct dialog dialog = {
		.title = _("End the program?"),
		.text = _("This is for staff: the screen of the computer comes back."),
		.buttons = buttons,
		.done = quit_answered,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static void go_back(struct app *app, void *self)
{
	struct broken *b = self;

	if (b->report) {
		errand_stop(TAKE(b->errand));
		reader_destroy(TAKE(b->report));
		app_redraw(app);
	} else if (!b->works) {
		app_back(app, self);
	}
}

static bool is_not_reading(struct app *app, void *self)
{
	(void)app;
	return !((struct broken *)self)->report;
}

static bool can_try(struct app *app, void *self)
{
	return is_not_reading(app, self) && ((struct broken *)self)->works;
}

static bool can_go_back(struct app *app, void *self)
{
	return !is_not_reading(app, self) || !((struct broken *)self)->works;
}

/* What is offered to the person in charge of the machine, one row each. */
static const struct action actions[] = {
	{ '1', N_("Look what is wrong"),
		N_("Looks at folder, files, disk, records, clock, printers and camera."), look,
		is_not_reading, ACTION_TILE },
	{ '2', N_("Try again"), N_("Starts once more."), try_again, can_try, ACTION_TILE },
	{ '3', N_("Go back to a backup"),
		N_("For staff: tries a backup first, and says what would be missing."),
		go_back_to_backup, is_not_reading, ACTION_TILE },
	{ '0', N_("End the program"), N_("For staff: gives the computer's screen back."), quit,
		is_not_reading, ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, go_back, can_go_back },
	{ 0 },
};

static bool broken_key(struct app *app, void *self, const struct key *key)
{
	struct broken *b = self;

	if (!b->report || !reader_key(b->report, key))
		return false;
	app_redraw(app);
	return true;
}

/* The screen already says what somebody who scans needs to know. */
static void broken_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	(void)bytes;
	(void)len;
	app_sound(app, SOUND_REFUSED);
}

static void broken_leave(struct app *app, void *self)
{
	struct broken *b = self;

	(void)app;
	errand_stop(b->errand);
	reader_destroy(b->report);
	if (!b->works)
		free(b);
}

static const struct screen broken_screen = {
	.title = N_("Out of order"),
	.actions = actions,
	.draw = broken_draw,
	.key = broken_key,
	.scan = broken_scan,
	.leave = broken_leave,
};

/* ---- alone, or over a board ---- */

/* Not while somebody is restoring a backup. */
static void look_whether_it_works(struct app *app, void *self)
{
	struct broken *b = self;

	if (app_top(app) == &broken_screen && b->works(kiosk_of(app)->context))
		end(b, BROKEN_AGAIN);
	else
		app_after(app, TRY_EVERY_MS, look_whether_it_works, b);
}

static void run(struct broken *b, struct kiosk *kiosk)
{
	kiosk->app = b->app;
	app_set_house(b->app, "jiaplus");
	app_push(b->app, &broken_screen, b);
	if (kiosk->told)
		restore_told_open(b->app, kiosk->told);
	kiosk->worker = worker_create(b->app);
	kiosk->devices = devices_start(kiosk);
	app_after(b->app, TRY_EVERY_MS, look_whether_it_works, b);
	app_run(b->app);
	devices_stop(TAKE(kiosk->devices));
	worker_destroy(TAKE(kiosk->worker));
	app_destroy(TAKE(kiosk->app));
	banner_clear(&kiosk->news);
}

int broken_run(struct kiosk *kiosk, const struct err *why, bool (*works)(struct context *context),
	enum broken_end *ret, struct err *err)
{
	const struct config *config = &kiosk->context->config;
	struct broken b = { .why = *why, .works = works, .end = BROKEN_QUIT };
	const struct app_options options = {
		.clock = kiosk->context->clock,
		.theme = palette_theme_named(config->theme),
		.has_sound = config->has_sound,
		.context = kiosk,
		.always = help_keys,
	};

	TRY(app_create(&options, &b.app, err));
	run(&b, kiosk);
	*ret = kiosk->going_back.from ? BROKEN_AGAIN : b.end;
	return 0;
}

bool broken_is_up(struct app *app)
{
	return app_top(app) == &broken_screen;
}

void broken_open(struct app *app, const struct err *why)
{
	struct broken *b = mem_alloc(sizeof(*b));

	*b = (struct broken){ .app = app, .why = *why };
	app_push(app, &broken_screen, b);
}
