#include "tui/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/keep.h"
#include "core/base/mem.h"
#include "core/store/journal.h"
#include "core/store/seal.h"
#include "tui/kiosk.h"

#define RETRY_SECONDS (60 * 60)
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

/* What it said stands in the log. */
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

static bool may_back_up(const struct kiosk *kiosk)
{
	return kiosk->context->config.keeps_backups && kiosk->chain == CHAIN_WHOLE;
}

void keeper_turn(struct kiosk *kiosk)
{
	int64_t now = kiosk_now(kiosk);

	if (kiosk->keeper.child) {
		look_after(kiosk);
		return;
	}
	if (!may_back_up(kiosk) || now < kiosk->keeper.retry_at)
		return;
	kiosk->keeper.retry_at = now + 60; /* looking is not for every second */
	if (keep_is_due(keep_last(kiosk->context->dir), now))
		start(kiosk);
}

/* Has anything happened that the newest backup does not hold? */
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
