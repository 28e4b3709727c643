/* A card, then its PIN: the volunteers' log-in, or the same against another database. Codes can be
 * read off any list; if they were enough to try a PIN, anybody could lock everybody out, so they
 * are only for the shell. */
#include <stdlib.h>
#include <string.h>

#include "core/audit/restore_right.h"
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/people/reasons.h"
#include "core/people/staff.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/screens/counter/counter.h"
#include "tui/screens/house/screens.h"
#include "tui/widgets/entry.h"
#include "tui/worker.h"

/* Wrong PINs make this machine pause, and lock only the card that they were typed for. */
#define REST_MS 2000

struct pin_job;

struct login {
	struct login_ask ask;
	struct entry *pin;
	struct staff staff; /* id 0: not known yet */
	char *name;
	struct pin_job *job; /* a PIN is being checked */
};

/* One try of a PIN, on its way to the worker and back; `login` NULL: the screen has gone. */
struct pin_job {
	struct login *login;
	struct db *db;
	struct pin_check check;
	bool is_right;
};

static const struct screen staff_screen;

void login_ask_open(struct app *app, const struct login_ask *ask)
{
	struct login *login = mem_alloc(sizeof(*login));

	login->ask = *ask;
	login->pin = entry_create(ENTRY_PIN, STAFF_PIN_DIGITS);
	app_push(app, &staff_screen, login);
}

static void login_leave(struct app *app, void *self)
{
	struct login *login = self;

	(void)app;
	if (login->job)
		login->job->login = NULL;
	entry_destroy(login->pin);
	free(login->name);
	free(login);
}

/* ---- the rest after a wrong PIN ---- */

static void login_rest(struct kiosk *kiosk)
{
	kiosk->wrong_pins++;
	kiosk->pin_rest_ms = clock_ms(kiosk->context->clock) + REST_MS;
}

/* How long it still lasts; 0: PINs are accepted. */
static int64_t login_rest_ms(const struct kiosk *kiosk)
{
	int64_t left = kiosk->pin_rest_ms - clock_ms(kiosk->context->clock);

	return left > 0 ? left : 0;
}

static void login_rested(struct app *app, void *self)
{
	(void)self;
	app_redraw(app);
}

/* Leaving the screen and coming back does not shorten the pause. */
static void login_await_rest(struct app *app, struct login *login)
{
	int64_t left = login_rest_ms(kiosk_of(app));

	if (left > 0)
		app_after(app, left, login_rested, login);
}

static void login_enter(struct app *app, void *self)
{
	clerk_hush(app);
	login_await_rest(app, self);
}

/* ---- who ---- */

static void login_ask_pin(struct app *app, struct login *login, const struct staff *staff)
{
	clerk_hush(app);
	login->staff = *staff;
	free(login->name);
	login->name = clerk_title(login->ask.db, staff);
	entry_clear(login->pin);
}

static void login_ask_who(struct app *app, struct login *login)
{
	clerk_hush(app);
	login->staff = (struct staff){ 0 };
	entry_clear(login->pin);
}

static void login_submit_card(struct app *app, struct login *login, const char *bytes, size_t len)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct staff staff;
	struct err err = { 0 };

	if (login->ask.of_card(app, login->ask.context, bytes, len, &staff, &err) == 0) {
		login_ask_pin(app, login, &staff);
	} else if (err_has(&err, REASON_STAFF_UNKNOWN)) {
		banner_set(&kiosk->news, BANNER_REFUSED, _("This is not a volunteer's card"),
			_("Scan a volunteer's card."));
		app_sound(app, SOUND_REFUSED);
	} else {
		clerk_tell_err(app, &err);
	}
}

static void login_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct login *login = self;

	if (login->job)
		return;
	if (code_read(bytes, len, NULL).type == CODE_CARD)
		login_submit_card(app, login, bytes, len);
	else
		login->ask.other_scan(app, login->ask.context, bytes, len);
	app_redraw(app);
}

/* ---- PIN ---- */

static void login_run_check(void *context)
{
	struct pin_job *job = context;

	job->is_right = pin_check_run(&job->check);
}

static void login_checked(struct app *app, void *context)
{
	struct pin_job *job = context;
	struct login *login = job->login;
	struct staff staff;
	struct err err = { 0 };

	bool is_right = job->is_right;
	int r = staff_pin_finish(job->db, &job->check, job->is_right, &staff, &err);
	explicit_bzero(job, sizeof(*job));
	free(job);
	if (!is_right)
		login_rest(kiosk_of(app));
	if (!login)
		return;
	login->job = NULL;
	if (r == 0) {
		login->ask.done(app, login->ask.context, &staff);
		return;
	}
	login_await_rest(app, login);
	clerk_tell_err(app, &err);
}

static int login_begin_check(struct login *login, struct pin_check *ret, struct err *err)
{
	struct pepper pepper;

	TRY(pepper_open(login->ask.dir, &pepper, err));
	int r = staff_pin_begin(
		login->ask.db, login->staff.code, entry_text(login->pin), &pepper, ret, err);
	explicit_bzero(&pepper, sizeof(pepper));
	return r;
}

static void login_submit_pin(struct app *app, struct login *login)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct pin_job *job = mem_alloc(sizeof(*job));
	struct err err = { 0 };

	clerk_hush(app);
	int r = login_begin_check(login, &job->check, &err);
	entry_clear(login->pin);
	if (r < 0) {
		free(job);
		clerk_tell_err(app, &err);
		return;
	}
	job->login = login;
	job->db = login->ask.db;
	login->job = job;
	if (worker_run(kiosk->worker, login_run_check, login_checked, job))
		return;
	/* No thread available: the screen waits for a moment instead. */
	login_run_check(job);
	login_checked(app, job);
}

/* ---- keys ---- */

static bool login_pin_key(struct app *app, struct login *login, const struct key *key)
{
	if (key->code == K_ESC) {
		login_ask_who(app, login);
		return true;
	}
	if (login_rest_ms(kiosk_of(app)) > 0)
		return true;
	enum entry_answer answer = entry_key(login->pin, key);
	if (answer == ENTRY_DONE && (!login->ask.may_try || login->ask.may_try(app, &login->staff)))
		login_submit_pin(app, login);
	return answer != ENTRY_IGNORED;
}

static bool login_key(struct app *app, void *self, const struct key *key)
{
	struct login *login = self;

	if (login->job)
		return true;
	return login->staff.id && login_pin_key(app, login, key);
}

/* ---- without a card ---- */

static void login_without_card(struct app *app, void *self)
{
	const struct login *login = self;

	login->ask.without_card(app, login->ask.context);
}

static bool login_can_do_without(struct app *app, void *self)
{
	const struct login *login = self;

	(void)app;
	return login->ask.without_card && !login->staff.id;
}

static const struct action actions[] = {
	{ '1', N_("Use the recovery sheet"), N_("Its words instead of a card."), login_without_card,
		login_can_do_without, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

static void login_draw_who(const struct login *login, struct rect area)
{
	draw_center(area, 0, STYLE_STRONG, _("Scan your card"));
	draw_center(area, 1, STYLE_QUIET, _("The PIN comes after it."));
	draw_center(area, 3, STYLE_QUIET, _(login->ask.hint));
}

static void login_draw_pin(const struct kiosk *kiosk, const struct login *login, struct rect area)
{
	draw_center(area, 0, STYLE_STRONG, login->name);
	draw_center(area, 1, STYLE_QUIET,
		login->job || login_rest_ms(kiosk) > 0
			? _("One moment, please")
			: _("Type the six digits of your PIN, then press Enter"));
	rect_cut_top(&area, 3);
	entry_draw(login->pin, area, true);
}

static void login_draw(struct app *app, void *self, struct rect area)
{
	struct login *login = self;

	area = rect_inset(area, 1, 2);
	if (login_can_do_without(app, self))
		clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	rect_cut_top(&area, area.rows > 20 ? area.rows / 6 : 0);
	if (login->staff.id)
		login_draw_pin(kiosk_of(app), login, area);
	else
		login_draw_who(login, area);
}

static const struct screen staff_screen = {
	.title = N_("Volunteers"),
	.actions = actions,
	.is_modal = true,
	.enter = login_enter,
	.leave = login_leave,
	.draw = login_draw,
	.key = login_key,
	.scan = login_scan,
};

/* ---- volunteer mode ---- */

/* Whoever gets in is told what was tried before them. */
static void login_tell_tries(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	const char *dir = kiosk->context->dir;
	int count = kiosk->wrong_pins + restore_right_tries(dir);

	kiosk->wrong_pins = 0;
	restore_right_forget(dir);
	if (count == 0)
		return;
	CLEANUP(mem_free)
	char *text = mem_printf(ngettext("%d wrong PIN was typed here since somebody last got in.",
					"%d wrong PINs were typed here since somebody last got in.",
					(unsigned long)count),
		count);
	banner_set(&kiosk->news, BANNER_NEEDED, text, NULL);
	app_redraw(app);
}

/* An open visit goes on above the menu. If the records are broken, all that can be done is to
 * restore a backup. */
static void login_open_mode(struct app *app, void *context, const struct staff *staff)
{
	struct desk *desk = kiosk_of(app)->desk;

	(void)context;
	desk_set_staff(desk, staff);
	app_pop_to(app, &idle_screen);
	if (kiosk_of(app)->chain == CHAIN_BROKEN) {
		restore_open(app);
		return;
	}
	volunteer_menu_open(app);
	if (desk_visit(desk))
		visit_show(app);
	app_sound(app, SOUND_DONE);
	login_tell_tries(app);
}

/* Volunteer mode needs records that are known to be intact; otherwise an administrator restores. */
static bool login_may_open(struct app *app, const struct staff *staff)
{
	struct kiosk *kiosk = kiosk_of(app);

	if (kiosk->chain == CHAIN_BROKEN && staff->role < ROLE_ADMIN) {
		clerk_tell_err(app, &kiosk->chain_err);
		return false;
	}
	if (kiosk->chain == CHAIN_UNCHECKED)
		banner_set(&kiosk->news, BANNER_NEEDED, _("One moment, please"),
			_("The records are being checked."));
	return kiosk->chain != CHAIN_UNCHECKED;
}

static int login_of_card(struct app *app, void *context, const char *bytes, size_t len,
	struct staff *ret, struct err *err)
{
	(void)context;
	return desk_staff_of_card(kiosk_of(app)->desk, bytes, len, ret, err);
}

/* Whoever scans a thing wants to borrow or return it, not to log in. */
static void login_serve(struct app *app, void *context, const char *bytes, size_t len)
{
	(void)context;
	app_pop(app);
	counter_scan(app, visit_banner(app), bytes, len);
}

void login_open(struct app *app)
{
	const struct kiosk *kiosk = kiosk_of(app);
	const struct login_ask ask = {
		.db = kiosk->db,
		.dir = kiosk->context->dir,
		.hint = N_("No card, or lost? An administrator gives out a new one."),
		.of_card = login_of_card,
		.other_scan = login_serve,
		.may_try = login_may_open,
		.done = login_open_mode,
	};

	if (app_top(app) != &staff_screen)
		login_ask_open(app, &ask);
}
