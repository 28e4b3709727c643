/* Events: power, restarts, the clock, two kiosks at once, backups, old copies. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/reason_name.h"
#include "core/desk/outcome.h"
#include "core/store/journal.h"
#include "core/store/reasons.h"
#include "core/store/seal.h"
#include "tests/faults/sim_internal.h"
#include "tests/lib/ok.h"

#define HOUR          3600
#define DOUBTED_STEPS 8
#define FAULT_IN      3

static void complain_of(struct sim_world *w, const char *what, const struct sim_answer *answer)
{
	sim_complain(w, mem_printf("%s: %d %s (%s)", what, answer->code,
				answer->reason ? reason_name(answer->reason) : "", answer->words));
}

static void shell_command(const char *format, const char *a, const char *b)
{
	CLEANUP(mem_free) char *command = mem_printf(format, a, b);

	assert_int_equal(system(command), 0);
}

/* ---- ends and starts ---- */

static void stop_both(struct sim_world *w)
{
	sim_reader_close(w);
	if (!sim_actor_stop(&w->kiosk) || !sim_actor_stop(&w->shell))
		sim_complain(w, mem_text("a process does not end"));
}

static void restart(struct sim_world *w)
{
	stop_both(w);
	sim_bring_up(w);
}

static void kill_kiosk(struct sim_world *w)
{
	sim_reader_close(w);
	sim_actor_kill(&w->kiosk);
	w->day.kills++;
	sim_bring_up(w);
}

static void cut_power(struct sim_world *w)
{
	sim_power_cut(w);
	sim_bring_up(w);
}

/* ---- two at once ---- */

/* The shell is in the middle of writing: the kiosk's act is refused as busy, and nothing of it is
 * there; the scan is handled when the other has finished. */
static void hold(struct sim_world *w, enum sim_task task)
{
	const struct sim_request request = sim_request(task);
	struct sim_answer answer;
	bool is_hit;

	if (sim_is_fine(w) && sim_ask(w, &w->shell, &request, &answer, &is_hit) && answer.code)
		complain_of(w, "the lock", &answer);
}

static void act_while_held(struct sim_world *w)
{
	struct sim_answer answer;
	struct sim_wish wish;
	bool is_hit;

	if (!sim_draw_wish(w, &wish))
		return;
	const struct sim_request request = sim_wanted(w, &wish);
	hold(w, SIM_TASK_HOLD);
	bool is_alive = sim_ask(w, &w->kiosk, &request, &answer, &is_hit);
	/* An act that finds nothing to do needs no lock. */
	if (is_alive && answer.code != ERR_BUSY && wish.act != SIM_SHIFTS_CLOSE)
		complain_of(w, "an act while another process writes", &answer);
	hold(w, SIM_TASK_LET_GO);
}

static void scan_while_held(struct sim_world *w)
{
	struct sim_request request = sim_request(SIM_TASK_SCAN);
	struct sim_answer answer;
	bool is_hit;

	sim_visit_open(w);
	request.wish.thing = sim_draw(w, SIM_THINGS);
	if (!w->now.visit.id || sim_loan_of(&w->now, request.wish.thing))
		return;
	sim_scan_means(w, request.wish.thing, false, &request.wish);
	hold(w, SIM_TASK_HOLD);
	if (sim_ask(w, &w->kiosk, &request, &answer, &is_hit) && answer.code != ERR_BUSY)
		complain_of(w, "a scan while another process writes", &answer);
	hold(w, SIM_TASK_LET_GO);
	request.task = SIM_TASK_RETRY;
	if (sim_is_fine(w) && sim_ask(w, &w->kiosk, &request, &answer, &is_hit))
		sim_judge_scan(w, &request, &answer, is_hit);
	w->has_last_line = false;
}

static void two_writers(struct sim_world *w)
{
	if (sim_draw(w, 2))
		act_while_held(w);
	else
		scan_while_held(w);
}

/* It must not end the visit of the first one. */
static void second_kiosk(struct sim_world *w)
{
	CLEANUP(mem_free) char *claim = mem_printf("%s/kiosk.lock", w->venue);
	struct sim_answer answer = { 0 };
	struct sim_actor other;

	sim_visit_open(w);
	if (!sim_is_fine(w))
		return;
	if (w->flaw == SIM_UNCLAIMED)
		unlink(claim);
	sim_reader_close(w);
	bool is_alive = sim_kiosk_start(&other, w->stage, &answer);
	sim_actor_kill(&other);
	if (!is_alive)
		sim_complain(w, mem_text("a second kiosk died"));
	else if (w->flaw != SIM_UNCLAIMED && answer.reason != REASON_KIOSK_RUNNING)
		complain_of(w, "a second kiosk", &answer);
}

/* ---- the clock ---- */

static void doubt_clock(struct sim_world *w)
{
	static const int64_t hours[] = { -1, -30, -24 * 40, -24 * 380, 24 * 61 + 1, 24 * 200,
		24 * 400 };
	int which = sim_draw(w, (int)ARRAY_LEN(hours) + 1);

	if (w->doubted_steps)
		return;
	w->right_wall = sim_clock(w);
	w->stage->clock.set_wall = which == (int)ARRAY_LEN(hours)
					   ? 86400 /* a dead battery */
					   : w->right_wall + hours[which] * HOUR;
	w->doubted_steps = DOUBTED_STEPS;
	w->day.doubts++;
}

static bool is_dead_battery(const struct sim_world *w)
{
	return sim_clock(w) < w->right_wall - 390 * (int64_t)SIM_DAY_SECONDS;
}

void sim_clock_settle(struct sim_world *w)
{
	const struct sim_wish accept = { .act = SIM_CLOCK_ACCEPT };

	w->doubted_steps = 0;
	if (is_dead_battery(w) || sim_draw(w, 2))
		w->stage->clock.set_wall =
			w->right_wall > w->now.last_at ? w->right_wall : w->now.last_at;
	else
		sim_do(w, &w->shell, &accept);
	w->right_wall = sim_clock(w);
}

/* ---- backups ---- */

/* The backup contains the model's state when it was made, or that of the previous one. */
static void find_backup(struct sim_world *w)
{
	struct seal_about about;

	if (!seal_is(w->backup, &about)) {
		if (w->has_backup)
			sim_complain(w, mem_text("the backup is gone"));
		return;
	}
	if (about.seq == w->now.rows) {
		w->saved = w->now;
		w->has_backup = true;
	} else if (!w->has_backup || about.seq != w->saved.rows) {
		sim_complain(w, mem_printf("a backup of %lld acts, there are %lld",
					(long long)about.seq, (long long)w->now.rows));
	}
}

void sim_backup_step(struct sim_world *w)
{
	const struct sim_request request = sim_request(SIM_TASK_BACKUP);
	struct sim_answer answer;
	bool is_hit;

	if (w->doubted_steps)
		return;
	sim_arm_perhaps(w, &w->shell, FAULT_IN);
	bool is_alive = sim_ask(w, &w->shell, &request, &answer, &is_hit);
	if (is_alive && answer.code && !is_hit)
		complain_of(w, "a backup", &answer);
	find_backup(w);
	if (is_alive && !answer.code && w->saved.rows != w->now.rows)
		sim_complain(w, mem_text("a backup was made, and it is the old one"));
}

/* ---- a restore ---- */

static int64_t epoch_of(struct sim_world *w)
{
	return sim_look_integer(
		sim_reader(w), "SELECT epoch FROM store WHERE id = 1 AND :about = 0", 0);
}

/* Either the venue as it was, or the backup. */
static bool follow_restore(struct sim_world *w)
{
	int64_t epoch = epoch_of(w);

	if (epoch == w->epoch)
		return false;
	w->epoch = epoch;
	sim_restored(&w->now, &w->saved, sim_clock(w));
	w->old_rows = 0; /* older than its own venue by more than rows */
	w->day.restores++;
	return true;
}

static void drop_aside(struct sim_world *w)
{
	shell_command("rm -rf '%s'/set-aside-*%s", w->venue, "");
}

static void judge_restore(
	struct sim_world *w, const struct sim_answer *answer, bool is_hit, int64_t missing)
{
	bool is_done = follow_restore(w);

	if (answer->code && !is_hit)
		complain_of(w, "a restore", answer);
	else if (!answer->code && !is_done)
		sim_complain(w, mem_text("a restore that was done is not there"));
	else if (!answer->code && answer->result != missing)
		sim_complain(w, mem_printf("a restore says %lld acts are missing, not %lld",
					(long long)answer->result, (long long)missing));
}

/* The kiosk is ended for it. */
static void restore(struct sim_world *w)
{
	const struct sim_request request = sim_request(SIM_TASK_RESTORE);
	int64_t missing = w->now.rows - w->saved.rows;
	struct sim_answer answer = { 0 };

	if (!w->has_backup || w->doubted_steps || w->now.rows < w->saved.rows)
		return;
	sim_reader_close(w);
	if (!sim_actor_stop(&w->kiosk))
		sim_complain(w, mem_text("the kiosk does not end"));
	sim_arm_perhaps(w, &w->shell, FAULT_IN);
	bool is_alive = sim_actor_do(&w->shell, &request, &answer);
	if (is_alive) {
		judge_restore(w, &answer, sim_disk_disarm(w->disk), missing);
	} else {
		sim_after_death(w);
		follow_restore(w); /* opening the venue finishes what was begun */
	}
	sim_bring_up(w);
	drop_aside(w);
}

/* ---- an old copy, put in place by hand ---- */

static void put_old_aside(struct sim_world *w)
{
	stop_both(w);
	shell_command("cp '%s' '%s/old.db'", w->db, w->old);
	w->old_rows = w->now.rows;
	sim_bring_up(w);
}

/* Everything except reading and restoring is refused, for as long as it is there. */
static void expect_behind(struct sim_world *w)
{
	struct sim_answer answer = { 0 };
	struct sim_request request = sim_request(SIM_TASK_BACKUP);

	for (int i = 0; i < 2; i++) {
		if (i && w->flaw == SIM_TRIPWIRE_BACK)
			shell_command("rm '%s.head'%s", w->db, "");
		sim_kiosk_start(&w->kiosk, w->stage, &answer);
		if (answer.reason != REASON_STORE_BEHIND)
			complain_of(w, "an old copy is not told", &answer);
		sim_actor_kill(&w->kiosk);
	}
	sim_shell_start(&w->shell, w->stage);
	if (sim_actor_do(&w->shell, &request, &answer) && answer.reason != REASON_STORE_BEHIND)
		complain_of(w, "an old copy is backed up", &answer);
	request = sim_wanted(w, &(struct sim_wish){ .act = SIM_GRANT, .amount = 1 });
	if (sim_actor_do(&w->shell, &request, &answer) && answer.reason != REASON_STORE_BEHIND)
		complain_of(w, "an old copy is written on", &answer);
	sim_actor_kill(&w->shell);
}

static void use_old_copy(struct sim_world *w)
{
	if (!w->old_rows || w->old_rows >= w->now.rows || w->doubted_steps) {
		put_old_aside(w);
		return;
	}
	stop_both(w);
	shell_command("cp -a '%s' '%s/now'", w->venue, w->old);
	shell_command("cp '%s/old.db' '%s'", w->old, w->db);
	shell_command("rm -f '%s-wal' '%s-shm'", w->db, w->db);
	sim_disk_settle(w->disk);
	expect_behind(w);
	/* And the right one again. */
	shell_command("rm -rf '%s'%s", w->venue, "");
	shell_command("mv '%s/now' '%s'", w->old, w->venue);
	sim_disk_settle(w->disk);
	sim_bring_up(w);
}

/* ---- */

static const struct {
	int weight;
	bool hurts_kiosk;
	const char *name;
	void (*happen)(struct sim_world *);
} events[SIM_EVENT_COUNT] = {
	[SIM_RESTART] = { 14, true, "restart", restart },
	[SIM_KIOSK_KILLED] = { 12, true, "kiosk killed", kill_kiosk },
	[SIM_POWER_CUT] = { 14, true, "power cut", cut_power },
	[SIM_TWO_WRITERS] = { 22, false, "two writers", two_writers },
	[SIM_SECOND_KIOSK] = { 8, true, "second kiosk", second_kiosk },
	[SIM_CLOCK_DOUBTED] = { 12, false, "clock doubted", doubt_clock },
	[SIM_BACKED_UP] = { 10, false, "backup", sim_backup_step },
	[SIM_RESTORED_OLD] = { 4, true, "restore", restore },
	[SIM_OLD_COPY] = { 4, true, "old copy", use_old_copy },
};
#define WEIGHTS 100

void sim_event(struct sim_world *w, enum sim_event event)
{
	sim_note(w, "%s", events[event].name);
	events[event].happen(w);
}

void sim_event_step(struct sim_world *w)
{
	int at = sim_draw(w, WEIGHTS), event = 0;

	for (; at >= events[event].weight; event++)
		at -= events[event].weight;
	if (event == SIM_BACKED_UP && w->now.rows >= SIM_LONG_ROWS && sim_draw(w, 4))
		return;
	if (!w->is_spared || !events[event].hurts_kiosk)
		sim_event(w, (enum sim_event)event);
}
