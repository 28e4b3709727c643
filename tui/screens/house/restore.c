/* The house's backups: one is tried, showing what would be lost, before anything is changed; then
 * the kiosk ends, the backup takes the database's place, and the kiosk starts again. Needs no
 * database: also for a kiosk whose own cannot be used. There nobody is logged in, and whoever
 * restores proves that they may: with the recovery sheet, or with card and PIN as the backup knows
 * them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/audit/keep.h"
#include "core/audit/restore.h"
#include "core/audit/restore_right.h"
#include "core/audit/restore_words.h"
#include "core/base/mem.h"
#include "core/people/lockout.h"
#include "core/store/reasons.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/pages/papers.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/house/house.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"
#include "tui/widgets/reader.h"
#include "tui/worker.h"

/* ---- what it would bring back and take ---- */

struct trial {
	char *from, *folder;
	bool has_sheet, is_sealed;
	struct recovery sheet; /* that was typed */
	struct reader *reader;
	struct db *copy; /* the backup, restored into the folder; opened when a PIN is asked for */
};

static const struct recovery *restore_sheet_of(const struct trial *t)
{
	return t->has_sheet ? &t->sheet : NULL;
}

static void trial_leave(struct app *app, void *self)
{
	struct trial *t = self;

	(void)app;
	restore_copy_close(t->copy);
	if (t->folder)
		restore_forget_trial(t->folder);
	recovery_wipe(&t->sheet);
	reader_destroy(t->reader);
	free(t->folder);
	free(t->from);
	free(t);
}

static void trial_decided(struct app *app, void *context, int button)
{
	struct trial *t = context;

	if (button == 1)
		kiosk_restore(app, t->from, restore_sheet_of(t));
}

static void trial_ask(struct app *app, struct trial *t)
{
	const char *const buttons[] = { _("Leave everything as it is"), _("Go on from it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Go on from this backup?"),
		.text = _("The kiosk begins anew with it. The files that are here now are kept, "
			  "whole, in a folder of their own."),
		.buttons = buttons,
		.done = trial_decided,
		.context = t,
	};

	dialog_open(app, &dialog);
}

/* ---- who may, where nobody can be logged in ---- */

static const struct screen trial_screen;

static void prove_by_sheet(struct app *app, struct trial *t, const struct recovery *sheet)
{
	const bool has_opened = t->has_sheet && t->is_sealed;
	struct err err = { 0 };

	if (restore_right_sheet(kiosk_of(app)->context->dir, sheet, has_opened, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	app_pop_to(app, &trial_screen);
	trial_ask(app, t);
}

static void prove_sheet_typed(struct app *app, void *context, const struct recovery *sheet)
{
	prove_by_sheet(app, context, sheet);
}

static void prove_sheet_scanned(struct app *app, void *context, const char *bytes, size_t len)
{
	CLEANUP(mem_free) char *words = mem_printf("%.*s", (int)len, bytes);
	struct recovery sheet;
	struct err err = { 0 };

	if (recovery_parse(words, &sheet, &err) < 0)
		clerk_tell_err(app, &err);
	else
		prove_by_sheet(app, context, &sheet);
	recovery_wipe(&sheet);
	explicit_bzero(words, strlen(words));
}

static void prove_without_card(struct app *app, void *context)
{
	const struct sheet_form_request request = {
		.text = _("Type the nine words of this venue's recovery sheet, or scan it."),
		.done = prove_sheet_typed,
		.context = context,
	};

	sheet_form_open(app, &request);
}

static int prove_of_card(struct app *app, void *context, const char *bytes, size_t len,
	struct staff *ret, struct err *err)
{
	const struct trial *t = context;

	(void)app;
	return restore_right_card(t->copy, bytes, len, ret, err);
}

/* If the folder cannot be written, only this run of the program remembers them, and the pause after
 * each wrong PIN is what slows people down. */
static void count_try(const char *dir)
{
	struct err err = { 0 };

	if (restore_right_count(dir, &err) < 0)
		fprintf(stderr, "%s: %s\n", _("A try of a PIN could not be saved"), err.detail);
}

/* The copy counts as the house's database would, but is gone with the next trial: hence this. */
static bool prove_may_try(struct app *app, const struct staff *staff)
{
	struct kiosk *kiosk = kiosk_of(app);
	const char *dir = kiosk->context->dir;

	(void)staff;
	if (kiosk->wrong_pins < LOCKOUT_TRIES && restore_right_tries(dir) < LOCKOUT_TRIES) {
		count_try(dir);
		return true;
	}
	banner_set(&kiosk->news, BANNER_REFUSED, _("Too many wrong PINs"),
		_("From now on only the recovery sheet counts here."));
	app_sound(app, SOUND_REFUSED);
	return false;
}

static void prove_done(struct app *app, void *context, const struct staff *staff)
{
	(void)staff;
	restore_right_forget(kiosk_of(app)->context->dir);
	app_pop_to(app, &trial_screen);
	trial_ask(app, context);
}

static void prove_by_card(struct app *app, struct trial *t)
{
	const struct clock *clock = kiosk_of(app)->context->clock;
	struct err err = { 0 };

	if (!t->copy && restore_copy_open(t->folder, clock, &t->copy, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	const struct login_ask ask = {
		.db = t->copy,
		.dir = t->folder,
		.hint = N_("An administrator's, as the backup knows them. Without it the recovery "
			   "sheet counts: press 1, or scan it."),
		.of_card = prove_of_card,
		.other_scan = prove_sheet_scanned,
		.may_try = prove_may_try,
		.without_card = prove_without_card,
		.done = prove_done,
		.context = t,
	};
	login_ask_open(app, &ask);
}

static void trial_go_on(struct app *app, void *self)
{
	struct trial *t = self;

	if (kiosk_of(app)->desk && staff_logins_may(app, self))
		trial_ask(app, t);
	else if (t->has_sheet)
		prove_by_sheet(app, t, &t->sheet);
	else
		prove_by_card(app, t);
}

static const struct action trial_actions[] = {
	{ K_ESC, N_("Leave everything as it is"), NULL, app_back },
	{ '9', N_("Go on from it"),
		N_("Asks once more, then the kiosk begins anew with the backup."), trial_go_on,
		.place = ACTION_TILE },
	{ 0 },
};

static bool trial_key(struct app *app, void *self, const struct key *key)
{
	struct trial *t = self;

	if (!reader_key(t->reader, key))
		return false;
	app_redraw(app);
	return true;
}

static void trial_draw(struct app *app, void *self, struct rect area)
{
	struct trial *t = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, trial_actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	reader_draw(t->reader, area);
}

static const struct screen trial_screen = {
	.title = N_("A backup, tried"),
	.actions = trial_actions,
	.leave = trial_leave,
	.key = trial_key,
	.draw = trial_draw,
};

/* ---- trying one ---- */

struct job {
	char *from, *dir, *folder;
	const struct clock *clock;
	bool has_sheet;
	struct recovery sheet;
	struct restore_report report;
	struct err err;
	int result;
};

static void job_run(void *context)
{
	struct job *job = context;
	const struct restore_wish wish = { .from = job->from,
		.dir = job->dir,
		.try_dir = job->folder,
		.sheet = job->has_sheet ? &job->sheet : NULL,
		.clock = job->clock };

	restore_forget_trial(job->folder);
	job->result = restore_run(&wish, &job->report, &job->err);
	free(job->report.folder);
	job->report.folder = NULL;
}

static void job_finish(struct job *job)
{
	restore_report_finish(&job->report);
	recovery_wipe(&job->sheet);
	free(job->from);
	free(job->dir);
	free(job->folder);
	free(job);
}

static void restore_open_trial(struct app *app, struct job *job)
{
	CLEANUP(mem_free) char *words = restore_words(&job->report, true);
	struct trial *t = mem_alloc(sizeof(*t));

	t->from = TAKE(job->from);
	t->folder = TAKE(job->folder);
	t->has_sheet = job->has_sheet;
	t->is_sealed = job->report.is_sealed;
	t->sheet = job->sheet;
	t->reader = reader_create(words);
	app_push(app, &trial_screen, t);
}

static void restore_ask_sheet(struct app *app, const char *from);

static void job_done(struct app *app, void *context)
{
	struct job *job = context;
	bool is_locked =
		err_has(&job->err, REASON_BACKUP_SHEET) || err_has(&job->err, REASON_BACKUP_LOCKED);

	clerk_hush(app);
	if (job->result == 0)
		restore_open_trial(app, job);
	else if (is_locked && !job->has_sheet)
		restore_ask_sheet(app, job->from);
	else
		clerk_tell_err(app, &job->err);
	job_finish(job);
	app_redraw(app);
}

/* `sheet` NULL: with this machine's own key. */
static void restore_try_one(struct app *app, const char *from, const struct recovery *sheet)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct job *job = mem_alloc(sizeof(*job));

	job->from = mem_text(from);
	job->dir = mem_text(kiosk->context->dir);
	job->folder = context_path(kiosk->context, RESTORE_TRIAL);
	job->clock = kiosk->context->clock;
	job->has_sheet = sheet != NULL;
	if (sheet)
		job->sheet = *sheet;
	clerk_tell_done(app, _("Trying the backup …"), NULL);
	if (kiosk->worker && worker_run(kiosk->worker, job_run, job_done, job))
		return;
	job_run(job);
	job_done(app, job);
}

/* ---- the list ---- */

struct backups {
	struct app *app;
	struct keep_list own, stick;
	struct list *list;
	char *locked; /* the one that a sheet is asked for */
};

static const struct keep_file *restore_file_at(const struct backups *b, int row)
{
	return row < b->own.count ? &b->own.rows[row] : &b->stick.rows[row - b->own.count];
}

static void restore_list_cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct backups *b = context;
	const struct keep_file *file = restore_file_at(b, row);
	int64_t now = kiosk_now(kiosk_of(b->app));
	struct stat about;

	ret->style = STYLE_PAPER;
	if (column == 0)
		ret->text = stat(file->path, &about) == 0 ? words_instant(about.st_mtime, now)
							  : words_day(file->day, when_day(now));
	else
		ret->text = mem_text(
			row < b->own.count ? _("on this computer") : _("on the USB stick"));
}

static const struct list_column columns[] = {
	{ N_("Backup of"), 24, 40, false, true },
	{ N_("Where"), 12, 0, false, false },
};

static void restore_refresh(struct app *app, void *self)
{
	struct backups *b = self;
	const struct context *context = kiosk_of(app)->context;
	CLEANUP(mem_free) char *own = context_path(context, "backups");

	keep_list_finish(&b->own);
	keep_list_finish(&b->stick);
	keep_list_read(own, &b->own);
	if (context->config.backup_folder)
		keep_list_read(context->config.backup_folder, &b->stick);
	list_set_count(b->list, b->own.count + b->stick.count);
}

static void restore_leave(struct app *app, void *self)
{
	struct backups *b = self;

	(void)app;
	keep_list_finish(&b->own);
	keep_list_finish(&b->stick);
	list_destroy(b->list);
	free(b->locked);
	free(b);
}

static void restore_choose(struct app *app, void *self)
{
	struct backups *b = self;
	int row = list_selected(b->list);

	if (row >= 0)
		restore_try_one(app, restore_file_at(b, row)->path, NULL);
}

static void restore_try_locked(struct app *app, void *context, const struct recovery *sheet)
{
	const struct backups *b = context;

	restore_try_one(app, b->locked, sheet);
}

static void restore_print_recovery(struct app *app, void *self)
{
	struct err err = { 0 };
	const struct act act = clerk_act(app, 0);

	(void)self;
	if (papers_recovery(kiosk_of(app), &act, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The recovery sheet is being printed"),
			_("Lock it away, not beside the computer."));
}

static bool restore_has_database(struct app *app, void *self)
{
	return kiosk_of(app)->desk && staff_logins_may(app, self);
}

static const struct action actions[] = {
	{ '1', N_("Print recovery sheet"),
		N_("Prints the words that open the backups on another computer."),
		restore_print_recovery, restore_has_database, .place = ACTION_TILE },
	{ K_ENTER, N_("Try it"),
		N_("Says what the backup would bring back, and what would be lost."),
		restore_choose },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool restore_key(struct app *app, void *self, const struct key *key)
{
	const struct backups *b = self;
	enum list_answer answer = list_key(b->list, key);

	if (answer == LIST_CHOSEN)
		restore_choose(app, self);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void restore_draw(struct app *app, void *self, struct rect area)
{
	const struct backups *b = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(b->list, area);
}

static const struct screen backups_screen = {
	.title = N_("Backups"),
	.actions = actions,
	.enter = restore_refresh,
	.resume = restore_refresh,
	.leave = restore_leave,
	.key = restore_key,
	.draw = restore_draw,
};

/* From another machine, or sealed before this one got its present key. Nothing is asked if the
 * person has left the list meanwhile. */
static void restore_ask_sheet(struct app *app, const char *from)
{
	struct backups *b = app_top_self(app);
	const struct sheet_form_request request = {
		.text = _("This backup was sealed with a recovery sheet that this computer does "
			  "not know. Type its nine words, or scan it."),
		.done = restore_try_locked,
		.context = b,
	};

	if (app_top(app) != &backups_screen)
		return;
	free(b->locked);
	b->locked = mem_text(from);
	sheet_form_open(app, &request);
}

void restore_open(struct app *app)
{
	struct backups *b = mem_alloc(sizeof(*b));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = b,
		.cell = restore_list_cell,
		.empty = N_("There is no backup here yet."),
	};

	b->app = app;
	b->list = list_create(&options);
	app_push(app, &backups_screen, b);
}

/* ---- told after it ---- */

static const struct action told_actions[] = {
	{ K_ENTER, N_("OK"), NULL, app_back },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void told_draw(struct app *app, void *self, struct rect area)
{
	const struct trial *t = self;

	(void)app;
	reader_draw(t->reader, rect_inset(area, 1, 2));
}

static const struct screen told_screen = {
	.title = N_("Backups"),
	.actions = told_actions,
	.leave = trial_leave,
	.key = trial_key,
	.draw = told_draw,
};

void restore_told_open(struct app *app, const char *words)
{
	struct trial *t = mem_alloc(sizeof(*t));

	t->reader = reader_create(words);
	app_push(app, &told_screen, t);
}
