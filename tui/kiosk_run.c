#include "tui/kiosk_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/doctor.h"
#include "core/audit/restore.h"
#include "core/audit/restore_words.h"
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/start.h"
#include "core/duty/attendance.h"
#include "core/people/ime.h"
#include "core/people/lockout.h"
#include "core/print/outbox.h"
#include "core/site/setting.h"
#include "core/store/journal.h"
#include "core/store/own_files.h"
#include "core/store/reasons.h"
#include "core/venues/session.h"
#include "core/words.h"
#include "tui/broken.h"
#include "tui/devices.h"
#include "tui/keeper.h"
#include "tui/kiosk.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/duty/screens.h"
#include "tui/screens/house/screens.h"
#include "tui/screens/items/screens.h"
#include "tui/screens/people/screens.h"
#include "tui/screens/points/screens.h"
#include "tui/screens/rooms/screens.h"
#include "tui/verbs/verb.h"
#include "tui/widgets/face.h"
#include "tui/widgets/help.h"
#include "tui/worker.h"

/* Of Debian's package unifont. */
#define FACE_PATH "/usr/share/unifont/unifont.hex"

/* Rows of the journal checked per turn: a fraction of a millisecond. */
#define CHAIN_ROWS 200

#define CHECKPOINT_EVERY_MS (5 * 60 * 1000)

/* ---- common actions ---- */

static void open_staff(struct app *app, void *self)
{
	(void)self;
	if (desk_staff(kiosk_of(app)->desk))
		volunteer_menu_open(app);
	else
		login_open(app);
}

/* The visitor's own duty in a visit without a volunteer, else the roster. */
static void open_duty(struct app *app, void *self)
{
	struct kiosk *kiosk = kiosk_of(app);

	(void)self;
	if (desk_visit(kiosk->desk) && !desk_staff(kiosk->desk))
		my_duty_open(app);
	else
		roster_open(app);
}

static bool is_staffed(struct app *app, void *self)
{
	(void)self;
	return desk_staff(kiosk_of(app)->desk) != NULL;
}

/* F6 belongs to activities: unused until they exist. */
static const struct action common_actions[] = {
	{ K_F2, N_("Items"), N_("Finds an item by name, pinyin or number."),
		.opens = item_find_open },
	{ K_F3, N_("Rooms"), N_("Shows the rooms, and books one."), .opens = rooms_open },
	{ K_F4, N_("Duty"), N_("Shows the week's duty roster, or in a visit your own shifts."),
		open_duty },
	{ K_F5, N_("Points"), N_("What waits for a decision, giving points, rules, papers."),
		.opens = points_menu_open, .is_available = is_staffed },
	{ K_F7, N_("Find"), N_("Finds a resident by name, pinyin, phone or room."),
		.opens = resident_find_open, .is_available = is_staffed },
	{ K_F8, N_("Print"), N_("Shows what is being printed and what a printer wants."),
		.opens = queue_open, .is_available = is_staffed },
	{ K_F9, N_("Volunteers"), N_("Opens volunteer mode, with a card and a PIN."), open_staff },
	{ 0 },
};

static const struct kiosk_counter counter = {
	.scan = counter_scan,
	.visit_banner = visit_banner,
};

static bool is_code(void *context, const char *bytes, size_t len)
{
	(void)context;
	return code_read(bytes, len, NULL).type != CODE_FOREIGN;
}

/* ---- start ---- */

static struct desk_place place_of(const struct kiosk *kiosk)
{
	return (struct desk_place){
		.db = kiosk->db, .claim_fd = kiosk->claim_fd, .desk = kiosk->desk
	};
}

static const char *chain_notice(const struct kiosk *kiosk)
{
	if (kiosk->chain == CHAIN_BROKEN)
		return err_has(&kiosk->chain_err, REASON_STORE_DAMAGED)
			       ? _("Records damaged")
			       : _("Records are an old copy");
	return journal_tripwire_lost(kiosk->db) ? _("Compare with the last day slip") : NULL;
}

static void check_chain(struct app *app, void *self)
{
	struct kiosk *kiosk = self;
	const struct desk_place place = place_of(kiosk);
	struct err err = { 0 };

	int r = desk_check_chain(&place, &kiosk->chain_check, CHAIN_ROWS, &err);
	if (r > 0) {
		app_after(app, 0, check_chain, kiosk);
		return;
	}
	kiosk->chain = r == 0 ? CHAIN_WHOLE : CHAIN_BROKEN;
	kiosk->chain_err = err;
	app_notice(app, "store", chain_notice(kiosk));
	app_redraw(app);
}

/* ---- while nobody is at the counter ---- */

/* People who forgot to sign out are signed out by the clock: their service is recorded the same
 * day, and what a room costs is settled. */
static void sign_out_forgotten(struct kiosk *kiosk)
{
	const struct act act = { .role = ROLE_SYSTEM };
	struct err ignored = { 0 };
	int closed;

	/* Another process is writing: the next round will do it. */
	attendance_close(kiosk->db, &act, &closed, &ignored);
	sessions_close(kiosk->db, &act, &closed, &ignored);
}

/* Checkpoints the WAL now and then, and redraws what another process has changed. */
static void rest(struct kiosk *kiosk)
{
	int64_t now_ms = clock_ms(kiosk->context->clock);
	struct err ignored = { 0 };
	struct reason full;

	if (db_changed_outside(kiosk->db))
		app_redraw(kiosk->app);
	keeper_turn(kiosk->keeper);
	if (now_ms < kiosk->checkpoint_ms + CHECKPOINT_EVERY_MS)
		return;
	kiosk->checkpoint_ms = now_ms;
	app_notice(kiosk->app, "disk",
		doctor_space(kiosk->context->dir, &full) ? _("Disk nearly full") : NULL);
	sign_out_forgotten(kiosk);
	/* Another process is writing: the next round will do it. */
	lockout_note(kiosk->db, &ignored);
	db_checkpoint(kiosk->db, false, &ignored);
}

/* ---- each second ---- */

#define TICK_MS         1000
#define BROKEN_AFTER_MS 5000

/* Over the board, which offers what cannot be done; again when somebody who looked something up has
 * left. */
static void tell_broken(struct kiosk *kiosk)
{
	int64_t idle_ms = clock_ms(kiosk->context->clock) - app_last_input_ms(kiosk->app);

	if (kiosk->chain == CHAIN_BROKEN && app_top(kiosk->app) == &idle_screen &&
		idle_ms > BROKEN_AFTER_MS)
		broken_open(kiosk->app, &kiosk->chain_err);
}

static void tick(struct app *app, void *self)
{
	struct kiosk *kiosk = self;

	tell_broken(kiosk);
	clock_look(app);
	if (broken_is_up(app))
		desk_touch(kiosk->desk);
	else if (counter_tick(app))
		rest(kiosk);
	app_after(app, TICK_MS, tick, kiosk);
}

/* Left by an older program, or copied by hand: doctor reports permissions that could not be
 * removed. */
static void tighten_files(const struct kiosk *kiosk)
{
	CLEANUP(own_faults_finish) struct own_faults faults = { 0 };
	struct err ignored = { 0 };

	if (own_files_check(kiosk->context->dir, &faults, &ignored) == 0)
		own_files_tighten(&faults);
}

/* An interrupted trial has left a whole copy of somebody's data. */
static void forget_trial(const struct kiosk *kiosk)
{
	CLEANUP(mem_free) char *folder = context_path(kiosk->context, RESTORE_TRIAL);

	restore_forget_trial(folder);
}

static int open_store(struct kiosk *kiosk, struct err *err)
{
	const struct config *config = &kiosk->context->config;
	const struct desk_start start = {
		.dir = kiosk->context->dir,
		.clock = kiosk->context->clock,
		.station = config->station,
		.options = { .letterhead = { .language = config->language, .logo = config->logo },
			.receipt_width_mm = config->queues[PURPOSE_RECEIPT].width_mm },
	};
	struct desk_place place = DESK_PLACE_INIT;

	TRY(desk_start(&start, &place, err));
	kiosk->db = place.db;
	kiosk->claim_fd = place.claim_fd;
	kiosk->desk = place.desk;
	tighten_files(kiosk);
	forget_trial(kiosk);
	return 0;
}

static int open_outbox(struct kiosk *kiosk, struct err *err)
{
	int64_t keep_days = 0;

	TRY(setting_int(kiosk->db, SETTING_OUTBOX_KEEP_DAYS, &keep_days, err));
	struct outbox_options options = {
		.config = &kiosk->context->config,
		.dir = kiosk->context->dir,
		.mark = _("Second copy"),
		.keep_days = (int)keep_days,
		.log_fd = STDERR_FILENO, /* the app's log while the screen is up */
	};
	outbox_open(kiosk->db, &options, &kiosk->outbox);
	return 0;
}

static struct face *open_face(const char *wanted)
{
	if (strcmp(wanted, "none") == 0)
		return NULL;
	return face_open(strcmp(wanted, "auto") == 0 ? FACE_PATH : wanted);
}

static int open_screen(struct kiosk *kiosk, struct err *err)
{
	const struct config *config = &kiosk->context->config;
	CLEANUP(mem_free) char *log = context_path(kiosk->context, "jiaplus.log");
	struct app_options options = {
		.clock = kiosk->context->clock,
		.theme = palette_theme_named(config->theme),
		.has_sound = config->has_sound,
		.log_path = log,
		.context = kiosk,
		.common = common_actions,
		.always = help_keys,
		.is_code = is_code,
	};

	TRY(app_create(&options, &kiosk->app, err));
	kiosk->face = open_face(config->face);
	app_push(kiosk->app, &idle_screen, idle_create());
	counter_tell_left(kiosk->app);
	clock_look(kiosk->app);
	if (kiosk->told)
		restore_told_open(kiosk->app, kiosk->told);
	app_paint(kiosk->app);
	return 0;
}

static void finish(struct kiosk *kiosk)
{
	const struct desk_place place = place_of(kiosk);
	struct err err = { 0 };

	devices_stop(kiosk->devices);
	worker_destroy(kiosk->worker);
	outbox_close(kiosk->outbox);
	app_destroy(kiosk->app);
	/* Not before restoring: today's backup may be the very one. */
	if (!kiosk->going_back.from)
		keeper_finish(kiosk->keeper);
	keeper_destroy(kiosk->keeper);
	banner_clear(&kiosk->news);
	face_close(kiosk->face);
	ime_destroy(kiosk->ime);
	/* Best effort: the WAL is as safe as the database. */
	desk_stop(&place, &err);
}

static int complain(const struct context *context, const struct err *err)
{
	CLEANUP(mem_free) char *words = words_err(err, clock_now(context->clock));

	fprintf(stderr, "jiaplus: %s\n", words);
	for (int i = 0; i < err->reason_count; i++) {
		const char *technical = words_technical(&err->reasons[i]);
		CLEANUP(mem_free) char *apart = mem_printf(_("for a technician: %s"), technical);
		if (*technical)
			fprintf(stderr, "jiaplus: %s\n", apart);
	}
	bool is_storage = err->code == ERR_STORAGE || err_has(err, REASON_STORE_MISSING);
	return err->code == ERR_DEVICE ? EXIT_DEVICE : is_storage ? EXIT_STORAGE : EXIT_REFUSED;
}

/* Restores, and returns what the next screen has to tell; the caller's. */
static char *go_back(const struct context *context, struct going_back *back)
{
	const struct restore_wish wish = { .from = back->from,
		.dir = context->dir,
		.sheet = back->has_sheet ? &back->sheet : NULL,
		.clock = context->clock };
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	struct err err = { 0 };

	int r = restore_run(&wish, &report, &err);
	recovery_wipe(&back->sheet);
	free(back->from);
	*back = (struct going_back){ 0 };
	return r < 0 ? words_err(&err, clock_now(context->clock)) : restore_words(&report, false);
}

/* Runs as long as it works; what keeps it from starting is in *err. `told` is borrowed. *ret_back:
 * the backup to restore. */
static int run_once(
	struct context *context, const char *told, struct going_back *ret_back, struct err *err)
{
	struct kiosk kiosk = {
		.context = context,
		.counter = &counter,
		.claim_fd = -1,
		.told = told,
		.language = i18n_language(),
	};

	int r = open_store(&kiosk, err);
	if (r == 0)
		r = open_outbox(&kiosk, err);
	if (r == 0)
		r = open_screen(&kiosk, err);
	if (r == 0) {
		kiosk.worker = worker_create(kiosk.app);
		kiosk.devices = devices_start(&kiosk);
		kiosk.keeper = keeper_create(&kiosk);
		app_after(kiosk.app, 0, check_chain, &kiosk);
		app_after(kiosk.app, TICK_MS, tick, &kiosk);
		app_run(kiosk.app);
	}
	finish(&kiosk);
	*ret_back = kiosk.going_back;
	return r;
}

static bool would_start(struct context *context)
{
	struct kiosk kiosk = { .context = context, .claim_fd = -1 };
	struct err ignored = { 0 };

	bool does = open_store(&kiosk, &ignored) == 0 && open_outbox(&kiosk, &ignored) == 0;
	finish(&kiosk);
	return does;
}

/* Another kiosk in the same folder is not a fault of the machine, and without a terminal there is
 * nothing to show it on. */
static bool can_be_shown(const struct err *err)
{
	return err->code != ERR_DEVICE && !err_has(err, REASON_KIOSK_RUNNING);
}

int kiosk_run(struct context *context)
{
	/* One for all times that it is shown: it remembers wrong PINs. */
	struct kiosk out_of_order = {
		.context = context,
		.counter = &counter,
		.claim_fd = -1,
	};
	CLEANUP(mem_free) char *told = NULL;
	enum broken_end end = BROKEN_AGAIN;
	struct going_back back = { 0 };
	struct err err, unshown;

	while (end == BROKEN_AGAIN) {
		err = (struct err){ 0 };
		int r = run_once(context, told, &back, &err);
		if (r == 0 && !back.from)
			return EXIT_DONE;
		if (r < 0) {
			out_of_order.told = told;
			if (!can_be_shown(&err) ||
				broken_run(&out_of_order, &err, would_start, &end, &unshown) < 0)
				break;
			back = out_of_order.going_back;
			out_of_order.going_back = (struct going_back){ 0 };
		}
		mem_free(&told);
		if (back.from)
			told = go_back(context, &back);
	}
	return complain(context, &err);
}
