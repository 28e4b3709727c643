#include "tui/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
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

static void start(struct kiosk *kiosk)
{
	const struct context *context = kiosk->context;
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
	kiosk->keeper.retry_at = kiosk_now(kiosk) + RETRY_SECONDS;
	if (posix_spawn(&kiosk->keeper.child, "/proc/self/exe", &actions, NULL, (char *const *)argv,
		    environ) != 0)
		kiosk->keeper.child = 0;
	posix_spawn_file_actions_destroy(&actions);
}

/* The log says why. */
static void look_after(struct kiosk *kiosk)
{
	int status;

	if (waitpid(kiosk->keeper.child, &status, WNOHANG) == 0)
		return;
	kiosk->keeper.child = 0;
	bool is_made = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	app_notice(kiosk->app, "backup", is_made ? NULL : _("The backup failed"));
	app_redraw(kiosk->app);
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

/* Quick enough for the screen's own process; the kiosk prints its papers. */
static void print_pack(struct kiosk *kiosk)
{
	const struct config *config = &kiosk->context->config;
	const struct letterhead head = { .language = config->language, .logo = config->logo };
	const struct act act = { .role = ROLE_SYSTEM };
	int64_t now = kiosk_now(kiosk);
	struct err err = { 0 };

	if (kiosk->chain != CHAIN_WHOLE || now < kiosk->keeper.pack_at)
		return;
	kiosk->keeper.pack_at = now + LOOK_SECONDS;
	if (!wants_pack(kiosk, now))
		return;
	bool is_queued = power_cut_queue(kiosk->db, &act, &head, NULL, &err) == 0;
	if (is_queued)
		devices_print(kiosk->devices);
	else
		kiosk->keeper.pack_at = now + RETRY_SECONDS;
	app_notice(kiosk->app, "pack", is_queued ? NULL : _("The power-cut pack failed"));
	app_redraw(kiosk->app);
}

static bool may_back_up(const struct kiosk *kiosk)
{
	return kiosk->context->config.keeps_backups && kiosk->chain == CHAIN_WHOLE;
}

void keeper_turn(struct kiosk *kiosk)
{
	int64_t now = kiosk_now(kiosk);

	print_pack(kiosk);
	if (kiosk->keeper.child) {
		look_after(kiosk);
		return;
	}
	if (!may_back_up(kiosk) || now < kiosk->keeper.retry_at)
		return;
	kiosk->keeper.retry_at = now + LOOK_SECONDS; /* too costly to check every second */
	if (keep_is_due(keep_last(kiosk->context->dir), now))
		start(kiosk);
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

void keeper_finish(struct kiosk *kiosk)
{
	const struct keep_wish wish = { .dir = kiosk->context->dir,
		.stick = kiosk->context->config.backup_folder };
	CLEANUP(keep_report_finish) struct keep_report report = { 0 };
	struct err err;

	if (kiosk->keeper.child)
		waitpid(kiosk->keeper.child, NULL, 0);
	kiosk->keeper.child = 0;
	if (!kiosk->db || !may_back_up(kiosk) || !is_behind(kiosk))
		return;
	fprintf(stderr, "%s\n", _("Making the backup of today …"));
	if (keep_run(kiosk->db, &wish, &report, &err) < 0)
		fprintf(stderr, "%s: %s\n", _("The backup failed"), err.detail);
}
