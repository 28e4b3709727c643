#include "tui/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/keep.h"
#include "core/base/mem.h"
#include "core/desk/power_cut.h"
#include "core/site/blank.h"
#include "core/site/setting.h"
#include "core/store/journal.h"
#include "core/store/seal.h"
#include "tui/devices.h"
#include "tui/kiosk.h"

#define RETRY_SECONDS (60 * 60)
#define LOOK_SECONDS  60
#define ARGS_MAX      8

extern char **environ;

struct keeper {
	struct kiosk *kiosk;
	pid_t child;      /* that makes one now; 0: none */
	int64_t retry_at; /* after one that failed */
	int64_t pack_at;  /* when the power-cut pack is looked for again */
};

struct keeper *keeper_create(struct kiosk *kiosk)
{
	struct keeper *keeper = mem_alloc(sizeof(*keeper));

	keeper->kiosk = kiosk;
	return keeper;
}

void keeper_destroy(struct keeper *keeper)
{
	free(keeper);
}

static void start(struct keeper *keeper)
{
	const struct context *context = keeper->kiosk->context;
	const char *argv[ARGS_MAX] = { "jiaplus", "--dir", context->dir };
	posix_spawn_file_actions_t actions;
	int count = 3;

	if (context->config.path) {
		argv[count++] = "--config";
		argv[count++] = context->config.path;
	}
	argv[count] = "backup";
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	keeper->retry_at = kiosk_now(keeper->kiosk) + RETRY_SECONDS;
	if (posix_spawn(&keeper->child, "/proc/self/exe", &actions, NULL, (char *const *)argv,
		    environ) != 0)
		keeper->child = 0;
	posix_spawn_file_actions_destroy(&actions);
}

/* What it said stands in the log. */
static void look_after(struct keeper *keeper)
{
	struct app *app = keeper->kiosk->app;
	int status;

	if (waitpid(keeper->child, &status, WNOHANG) == 0)
		return;
	keeper->child = 0;
	bool is_made = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	app_notice(app, "backup", is_made ? NULL : _("The backup failed"));
	app_redraw(app);
}

/* ---- the power-cut pack ---- */

static bool wants_pack(struct kiosk *kiosk, int64_t now)
{
	int64_t is_wanted = 0, last_at = 0;
	struct err ignored = { 0 };

	return setting_int(kiosk->db, SETTING_POWER_CUT_PACK, &is_wanted, &ignored) == 0 &&
	       is_wanted && blanks_latest(kiosk->db, &last_at, &ignored) == 0 &&
	       keep_is_due(last_at, now);
}

/* Quick enough for the screen's own process; its papers are the kiosk's to print. */
static void print_pack(struct keeper *keeper)
{
	struct kiosk *kiosk = keeper->kiosk;
	const struct config *config = &kiosk->context->config;
	const struct letterhead head = { .language = config->language, .logo = config->logo };
	const struct act act = { .role = ROLE_SYSTEM };
	int64_t now = kiosk_now(kiosk);
	struct err err = { 0 };

	if (kiosk->chain != CHAIN_WHOLE || now < keeper->pack_at)
		return;
	keeper->pack_at = now + LOOK_SECONDS;
	if (!wants_pack(kiosk, now))
		return;
	bool is_queued = power_cut_queue(kiosk->db, &act, &head, NULL, &err) == 0;
	if (is_queued)
		devices_print(kiosk->devices);
	else
		keeper->pack_at = now + RETRY_SECONDS;
	app_notice(kiosk->app, "pack", is_queued ? NULL : _("The power-cut pack failed"));
	app_redraw(kiosk->app);
}

static bool may_back_up(const struct kiosk *kiosk)
{
	return kiosk->context->config.keeps_backups && kiosk->chain == CHAIN_WHOLE;
}

void keeper_turn(struct keeper *keeper)
{
	const struct kiosk *kiosk = keeper->kiosk;
	int64_t now = kiosk_now(kiosk);

	print_pack(keeper);
	if (keeper->child) {
		look_after(keeper);
		return;
	}
	if (!may_back_up(kiosk) || now < keeper->retry_at)
		return;
	keeper->retry_at = now + LOOK_SECONDS; /* looking is not for every second */
	if (keep_is_due(keep_last(kiosk->context->dir), now))
		start(keeper);
}

/* Has anything happened that is not in the newest backup? */
static bool is_behind(struct kiosk *kiosk)
{
	CLEANUP(mem_free) char *folder = context_path(kiosk->context, "backups");
	CLEANUP(keep_list_finish) struct keep_list list = { 0 };
	struct journal_head head;
	struct seal_about about;
	struct err ignored;

	keep_list_read(folder, &list);
	return journal_head(kiosk->db, &head, &ignored) == 0 &&
	       (!list.count || !seal_is(list.rows[0].path, &about) || about.epoch < head.epoch ||
		       about.seq < head.seq);
}

void keeper_finish(struct keeper *keeper)
{
	if (!keeper)
		return;
	struct kiosk *kiosk = keeper->kiosk;
	const struct keep_wish wish = { .dir = kiosk->context->dir,
		.stick = kiosk->context->config.backup_folder };
	CLEANUP(keep_report_finish) struct keep_report report = { 0 };
	struct err err;

	if (keeper->child)
		waitpid(keeper->child, NULL, 0);
	keeper->child = 0;
	if (!kiosk->db || !may_back_up(kiosk) || !is_behind(kiosk))
		return;
	fprintf(stderr, "%s\n", _("Making the backup of today …"));
	if (keep_run(kiosk->db, &wish, &report, &err) < 0)
		fprintf(stderr, "%s: %s\n", _("The backup failed"), err.detail);
}
