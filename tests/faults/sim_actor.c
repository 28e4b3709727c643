#include "tests/faults/sim_actor.h"

#include <dirent.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/backup.h"
#include "core/audit/restore.h"
#include "core/base/mem.h"
#include "core/desk/start.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/shift_acts.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/points/reversal.h"
#include "core/print/outbox.h"
#include "core/rewards/redemption.h"
#include "core/site/setting.h"
#include "core/store/clock_accept.h"
#include "core/store/clock_doubt.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"

#define CHECK_ROWS 4000 /* rows of the journal at a time */
#define IDLE_MS    10   /* for a helper to say something */
#define IDLE_STEP  1    /* s of the clock, when it says nothing */

const char *const sim_task_names[SIM_TASK_COUNT] = { "act", "recheck", "hold", "let go", "label",
	"backup", "restore", "visit", "scan", "retry", "undo", "finish", "print", "answer",
	"checkpoint", "spare", "stop" };

struct sim_stage *sim_stage_create(void)
{
	struct sim_stage *stage = mmap(
		NULL, sizeof(*stage), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (stage == MAP_FAILED)
		abort();
	return stage;
}

void sim_stage_destroy(struct sim_stage *stage)
{
	if (stage)
		munmap(stage, sizeof(*stage));
}

/* ---- inside a process ---- */

struct self {
	struct sim_stage *stage;
	bool is_kiosk;
	struct db *db;           /* the shell's: while it is unsure or holds the lock */
	struct txn holding;      /* the shell's */
	struct desk_place place; /* the kiosk's */
	struct desk *desk;
	struct config config;
	struct outbox *outbox;
};

static int watch_clock(struct self *self, struct err *err)
{
	int64_t far_days = 0;

	TRY(setting_int(self->db, SETTING_CLOCK_FAR_DAYS, &far_days, err));
	db_watch_clock(self->db, self->stage->is_clock_unseen ? 0 : (int)far_days);
	return 0;
}

/* ---- acts ---- */

typedef int (*act_function)(struct self *, const struct act *, const struct sim_wish *,
	struct sim_answer *ret, struct err *);

static int64_t person(const struct self *self, int index)
{
	return self->stage->people[index];
}

static int do_lend(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	const struct loan_request request = { .item = self->stage->things[w->thing],
		.resident = person(self, w->person) };
	CLEANUP(loan_finish) struct loan loan = { 0 };

	TRY(loan_open(self->db, act, &request, &ret->result, err));
	TRY(loan_get(self->db, ret->result, &loan, err));
	ret->due_at = loan.due_at;
	return 0;
}

static int do_return(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)ret;
	return loan_return(self->db, act, w->id, 0, err);
}

static int do_renew(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	return loan_renew(
		self->db, act, &(struct loan_renewing){ .loan = w->id }, &ret->due_at, err);
}

static int do_unlend(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)ret;
	return loan_void(self->db, act, w->id, 0, err);
}

static int do_unreturn(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)ret;
	return return_void(self->db, act, w->id, 0, err);
}

static int do_unrenew(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)ret;
	return renew_void(self->db, act, w->id, 0, err);
}

static int do_transfer(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	bool is_gift = w->act == SIM_GIVE;
	const struct posting postings[] = {
		{ .resident = is_gift ? person(self, w->person) : 0,
			.system = ACCOUNT_ISSUE,
			.amount = POINTS(-w->amount) },
		{ .resident = person(self, is_gift ? w->other : w->person),
			.amount = POINTS(w->amount) },
	};
	const struct transfer_draft draft = { is_gift ? "gift" : "opening", postings, 2 };

	return transfer_post(self->db, act, &draft, &ret->result, err);
}

static int do_reverse(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	struct reversed reversed = { 0 };

	TRY(transfer_reverse(self->db, act, w->id, &reversed, err));
	ret->result = reversed.posted;
	return 0;
}

static int do_redeem(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	const struct redeem_draft draft = { .reward = self->stage->reward,
		.whose = HOLDER_RESIDENT(person(self, w->person)),
		.count = w->amount };

	return redeem(self->db, act, &draft, &ret->result, err);
}

static int do_unredeem(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)ret;
	return redemption_undo(self->db, act, w->id, err);
}

static int do_shift(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	const struct shift_draft draft = { "服务台", w->start_at, w->end_at, SIM_SHIFT_PEOPLE, 0 };

	return shift_add(self->db, act, &draft, &ret->result, err);
}

static int do_assign(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	const struct assignment_draft draft = { .shift = w->id,
		.resident = person(self, w->person) };
	struct act anyway = *act;

	anyway.is_override = true; /* whatever their week looks like */
	return shift_assign(self->db, &anyway, &draft, &ret->result, err);
}

static int do_sign_in(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)ret;
	return attendance_in(self->db, act, w->id, person(self, w->person), err);
}

static int do_sign_out(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)ret;
	return attendance_out(self->db, act, w->id, person(self, w->person), err);
}

static int do_shifts_close(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	int count = 0;

	(void)w;
	TRY(attendance_close(self->db, act, &count, err));
	ret->result = count;
	return 0;
}

static int do_book(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	const struct booking_draft draft = { .venue = self->stage->room,
		.resident = person(self, w->person),
		.start_at = w->start_at,
		.end_at = w->end_at };

	return booking_place(self->db, act, &draft, &ret->result, err);
}

static int do_cancel(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)ret;
	return booking_cancel(self->db, act, w->id, err);
}

static int do_clock_accept(struct self *self, const struct act *act, const struct sim_wish *w,
	struct sim_answer *ret, struct err *err)
{
	(void)w;
	(void)ret;
	return clock_accept(self->db, act, err);
}

static const act_function do_act[SIM_ACT_COUNT] = {
	[SIM_LEND] = do_lend,
	[SIM_RETURN] = do_return,
	[SIM_RENEW] = do_renew,
	[SIM_UNLEND] = do_unlend,
	[SIM_UNRETURN] = do_unreturn,
	[SIM_UNRENEW] = do_unrenew,
	[SIM_GRANT] = do_transfer,
	[SIM_GIVE] = do_transfer,
	[SIM_REVERSE] = do_reverse,
	[SIM_REDEEM] = do_redeem,
	[SIM_UNREDEEM] = do_unredeem,
	[SIM_SHIFT] = do_shift,
	[SIM_ASSIGN] = do_assign,
	[SIM_SIGN_IN] = do_sign_in,
	[SIM_SIGN_OUT] = do_sign_out,
	[SIM_SHIFTS_CLOSE] = do_shifts_close,
	[SIM_BOOK] = do_book,
	[SIM_CANCEL] = do_cancel,
	[SIM_CLOCK_ACCEPT] = do_clock_accept,
};

static int act(struct self *self, const struct sim_request *request, struct sim_answer *ret,
	struct err *err)
{
	struct act act = { .role = ROLE_COORDINATOR, .actor = 1, .approver = 2, .why = "照说的办" };

	if (self->stage->forgets_keys)
		act_new_key(act.key);
	else
		memcpy(act.key, request->key, ACT_KEY_SIZE);
	return do_act[request->wish.act](self, &act, &request->wish, ret, err);
}

/* ---- what else the shell does ---- */

static int label(struct self *self, const struct sim_request *request, struct sim_answer *ret,
	struct err *err)
{
	CLEANUP(mem_free) char *title = mem_printf("label %lld", (long long)request->wish.id);
	const struct outbox_paper paper = { .purpose = PURPOSE_LABELS,
		.title = title,
		.sheet = "jiaplus-sheet\t1\npage\ntext\t9\tone\n" };

	return outbox_add(self->db, &paper, &ret->result, err);
}

static int backup(struct self *self, const struct sim_request *request, struct sim_answer *ret,
	struct err *err)
{
	const struct backup_wish wish = {
		.dir = self->stage->venue, .to = self->stage->backup, .may_replace = true
	};

	(void)request;
	(void)ret;
	return backup_make(self->db, &wish, err);
}

static int restore(struct self *self, struct sim_answer *ret, struct err *err)
{
	const struct restore_wish wish = {
		.from = self->stage->backup, .dir = self->stage->venue, .clock = &self->stage->clock
	};
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };

	TRY(restore_run(&wish, &report, err));
	ret->result = report.missing;
	return 0;
}

static int recheck(struct self *self, const struct sim_request *request, struct sim_answer *ret,
	struct err *err)
{
	int64_t result = 0;

	int r = act_recheck(self->db, request->key, &result, err);
	if (r < 0)
		return r;
	ret->result = r;
	return 0;
}

/* ---- the kiosk: start and end ---- */

static const char queues[] = "[receipt]\nmode = cups\nqueue = till\n"
			     "[labels]\nmode = cups\nqueue = tags\n";

static void open_outbox(struct self *self)
{
	const struct outbox_options options = { .config = &self->config,
		.dir = self->stage->venue,
		.mark = "补打",
		.keep_days = 7,
		.helper = "/proc/self/exe",
		.log_fd = -1 };

	outbox_open(self->db, &options, &self->outbox);
}

/* As tui/kiosk.c does, except for the screen: it checks the chain in one go. */
static int check_chain(struct self *self, struct err *err)
{
	struct journal_check check = JOURNAL_CHECK_INIT;
	int r;

	while ((r = desk_check_chain(&self->place, &check, CHECK_ROWS, err)) > 0)
		continue;
	return r;
}

static int kiosk_open(struct self *self, struct err *err)
{
	const struct desk_start start = {
		.dir = self->stage->venue,
		.clock = &self->stage->clock,
		.station = 1,
		.options = { .letterhead = { .language = "zh_CN" }, .receipt_width_mm = 58 },
	};

	TRY(config_parse(queues, "kiosk.conf", &self->config, err));
	TRY(desk_start(&start, &self->place, err));
	self->db = self->place.db;
	self->desk = self->place.desk;
	TRY(watch_clock(self, err));
	open_outbox(self);
	return check_chain(self, err);
}

static int kiosk_close(struct self *self, struct err *err)
{
	outbox_close(self->outbox);
	int r = desk_stop(&self->place, err);
	config_finish(&self->config);
	return r;
}

/* ---- the kiosk: its counter ---- */

static void tell_outcome(const struct outcome *o, struct sim_answer *ret)
{
	ret->outcome = (int)o->kind;
	ret->loan = o->loan;
	ret->due_at = o->due_at;
	ret->result = o->loan;
	if (o->kind == OUTCOME_WAIT)
		ret->code = ERR_BUSY;
	if (o->kind != OUTCOME_REFUSED)
		return;
	ret->code = o->err.code;
	ret->reason = o->err.reasons[0].code;
	snprintf(ret->words, sizeof(ret->words), "%s", o->err.detail);
}

/* One that could not be answered is left: the next scan would answer it. */
static void leave_question(struct self *self)
{
	struct outcome o = OUTCOME_INIT;

	if (desk_question(self->desk))
		desk_answer(self->desk, DESK_LEAVE, &o);
	outcome_reset(&o);
}

static void settle_question(struct self *self, const struct sim_request *request, struct outcome *o)
{
	if (o->kind != OUTCOME_ASK)
		return;
	desk_answer(self->desk, request->renews ? DESK_RENEW : DESK_RETURN, o);
	leave_question(self);
}

static void counter(struct self *self, const struct sim_request *request, struct sim_answer *ret)
{
	struct outcome o = OUTCOME_INIT;
	const struct sim_wish *w = &request->wish;

	if (request->task == SIM_TASK_VISIT)
		desk_scan(self->desk, self->stage->cards[w->person],
			strlen(self->stage->cards[w->person]), &o);
	else if (request->task == SIM_TASK_SCAN)
		desk_item_number(self->desk, self->stage->numbers[w->thing], &o);
	else if (request->task == SIM_TASK_RETRY)
		desk_retry(self->desk, &o);
	else if (request->task == SIM_TASK_UNDO)
		desk_undo(self->desk, &o);
	else
		desk_finish(self->desk, true, &o);
	settle_question(self, request, &o);
	tell_outcome(&o, ret);
	outcome_reset(&o);
	while (desk_beside(self->desk, &o))
		outcome_reset(&o);
	if (request->task == SIM_TASK_VISIT && desk_visit(self->desk))
		ret->result = desk_visit(self->desk)->id;
}

/* ---- the kiosk: its outbox ---- */

static bool is_at_rest(struct self *self)
{
	CLEANUP(outbox_list_finish) struct outbox_list list = OUTBOX_LIST_INIT;
	struct err err = { 0 };
	bool is_rest = outbox_live(self->db, &list, &err) == 0;

	for (int i = 0; i < list.count; i++)
		is_rest &= list.rows[i].state == OUTBOX_ASK || list.rows[i].state == OUTBOX_FAILED;
	return is_rest;
}

static void pass_time(struct self *self)
{
	self->stage->clock.set_wall += IDLE_STEP;
	self->stage->clock.set_monotonic_ms += IDLE_STEP * 1000;
}

static int print_all(struct self *self, struct err *err)
{
	int r = 0;

	outbox_kick(self->outbox);
	for (int idle = 0; idle < SIM_PRINT_SECONDS && r >= 0;) {
		struct pollfd fd = { .fd = outbox_fd(self->outbox), .events = POLLIN };
		r = outbox_turn(self->outbox, err);
		if (is_at_rest(self))
			break;
		if (r == 0 && poll(&fd, 1, IDLE_MS) == 0) {
			pass_time(self);
			idle++;
		}
	}
	return r < 0 ? r : 0;
}

/* ---- tasks ---- */

static int checkpoint(struct self *self, struct err *err)
{
	return db_checkpoint(self->db, false, err);
}

/* In KiB, what the kiosk has allocated and keeps: without SQLite's pages, the printers' helper with
 * its buffers, and statements, which are as many as have been wanted since the start. */
static int64_t spare(struct self *self)
{
	int statements = 0, ignored = 0;

	outbox_close(self->outbox);
	open_outbox(self);
	sqlite3_db_release_memory(self->db->handle);
	malloc_trim(0);
	sqlite3_db_status(
		self->db->handle, SQLITE_DBSTATUS_STMT_USED, &statements, &ignored, 0);
	return ((int64_t)mallinfo2().uordblks - statements) / 1024;
}

static int do_task(struct self *self, const struct sim_request *request, struct sim_answer *ret,
	struct err *err)
{
	switch (request->task) {
	case SIM_TASK_ACT:
		return act(self, request, ret, err);
	case SIM_TASK_RECHECK:
		return recheck(self, request, ret, err);
	case SIM_TASK_HOLD:
		return txn_begin(&self->holding, self->db, err);
	case SIM_TASK_LET_GO:
		txn_end(&self->holding);
		return 0;
	case SIM_TASK_LABEL:
		return label(self, request, ret, err);
	case SIM_TASK_BACKUP:
		return backup(self, request, ret, err);
	case SIM_TASK_RESTORE:
		return restore(self, ret, err);
	case SIM_TASK_PRINT:
		return print_all(self, err);
	case SIM_TASK_ANSWER:
		return outbox_answer(self->db, request->wish.id, request->renews, err);
	case SIM_TASK_CHECKPOINT:
		return checkpoint(self, err);
	case SIM_TASK_SPARE:
		ret->result = spare(self);
		return 0;
	case SIM_TASK_STOP:
		return self->is_kiosk ? kiosk_close(self, err) : 0;
	case SIM_TASK_VISIT:
	case SIM_TASK_SCAN:
	case SIM_TASK_RETRY:
	case SIM_TASK_UNDO:
	case SIM_TASK_FINISH:
		counter(self, request, ret);
		return ret->code;
	case SIM_TASK_COUNT:
		break;
	}
	return 0;
}

static void tell(int r, const struct err *err, struct sim_answer *ret)
{
	if (r >= 0 || ret->reason)
		return;
	ret->code = r;
	ret->reason = err->reason_count ? err->reasons[0].code : 0;
	snprintf(ret->words, sizeof(ret->words), "%s", err->detail);
}

/* A verb: opens the venue, does its one thing, closes it. If it is unsure, it keeps the venue open
 * to make sure; likewise if it holds the lock. */
static int do_verb(struct self *self, const struct sim_request *request, struct sim_answer *ret,
	struct err *err)
{
	bool needs_db = request->task != SIM_TASK_RESTORE && request->task != SIM_TASK_STOP;
	int r = 0;

	if (needs_db && !self->db)
		r = db_open(self->stage->db, DB_OPEN, &self->stage->clock, &self->db, err);
	if (r == 0 && needs_db)
		r = watch_clock(self, err);
	if (r == 0)
		r = do_task(self, request, ret, err);
	if (r != ERR_UNSURE && !self->holding.db) {
		db_close(self->db);
		self->db = NULL;
	}
	return r;
}

static void answer_one(struct self *self, const struct sim_request *request, int fd)
{
	struct sim_answer answer;
	struct err err = { 0 };

	memset(&answer, 0, sizeof(answer)); /* including its padding: all of it is sent */
	int r = self->is_kiosk ? do_task(self, request, &answer, &err)
			       : do_verb(self, request, &answer, &err);
	tell(r, &err, &answer);
	sim_disk_telling(self->stage->disk);
	if (send(fd, &answer, sizeof(answer), 0) != sizeof(answer))
		_exit(2);
	if (request->task == SIM_TASK_STOP)
		_exit(0);
}

static void start_here(struct self *self, int fd)
{
	struct sim_answer answer;
	struct err err = { 0 };

	if (!self->is_kiosk)
		return;
	memset(&answer, 0, sizeof(answer));
	tell(kiosk_open(self, &err), &err, &answer);
	/* An old or a broken journal: the screen reports it, and requests are refused. */
	bool goes_on = answer.code == 0 || self->outbox;
	sim_disk_telling(self->stage->disk);
	if (send(fd, &answer, sizeof(answer), 0) != sizeof(answer) || !goes_on)
		_exit(1);
}

static void live(struct self *self, int fd)
{
	struct sim_request request;

	/* Of the parent's descriptors it needs only this one: how many it has open is checked
	 * later. */
	close_range(STDERR_FILENO + 1, (unsigned)fd - 1, 0);
	close_range((unsigned)fd + 1, ~0U, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sim_disk_expose(self->stage->disk);
	start_here(self, fd);
	while (recv(fd, &request, sizeof(request), 0) == sizeof(request))
		answer_one(self, &request, fd);
	_exit(0);
}

/* ---- outside ---- */

static void start(struct sim_actor *actor, struct sim_stage *stage, bool is_kiosk)
{
	struct self self = { .stage = stage, .is_kiosk = is_kiosk, .place = DESK_PLACE_INIT };
	int fds[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) < 0)
		abort();
	pid_t pid = fork();
	if (pid < 0)
		abort();
	if (pid == 0) {
		close(fds[0]);
		live(&self, fds[1]);
	}
	close(fds[1]);
	*actor = (struct sim_actor){ .pid = pid, .fd = fds[0] };
}

static void bury(struct sim_actor *actor)
{
	int status;

	close(actor->fd);
	waitpid(actor->pid, &status, 0);
	*actor = (struct sim_actor){ .fd = -1 };
}

static bool hear(struct sim_actor *actor, struct sim_answer *ret)
{
	if (recv(actor->fd, ret, sizeof(*ret), 0) == sizeof(*ret))
		return true;
	bury(actor);
	return false;
}

bool sim_kiosk_start(struct sim_actor *actor, struct sim_stage *stage, struct sim_answer *ret)
{
	start(actor, stage, true);
	return hear(actor, ret);
}

void sim_shell_start(struct sim_actor *actor, struct sim_stage *stage)
{
	start(actor, stage, false);
}

bool sim_actor_do(
	struct sim_actor *actor, const struct sim_request *request, struct sim_answer *ret)
{
	if (send(actor->fd, request, sizeof(*request), MSG_NOSIGNAL) != sizeof(*request)) {
		bury(actor);
		return false;
	}
	return hear(actor, ret);
}

void sim_actor_kill(struct sim_actor *actor)
{
	if (!actor->pid)
		return;
	kill(actor->pid, SIGKILL);
	bury(actor);
}

bool sim_actor_stop(struct sim_actor *actor)
{
	struct sim_request request;
	struct sim_answer answer;

	if (!actor->pid)
		return true;
	memset(&request, 0, sizeof(request));
	request.task = SIM_TASK_STOP;
	if (!sim_actor_do(actor, &request, &answer))
		return false;
	bury(actor);
	return true;
}

/* ---- what a process takes ---- */

long sim_memory_of(pid_t pid)
{
	CLEANUP(mem_free) char *path = mem_printf("/proc/%d/status", (int)pid);
	FILE *f = fopen(path, "re");
	char line[160];
	long kib = -1;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "VmRSS: %ld", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib;
}

int sim_descriptors_of(pid_t pid)
{
	CLEANUP(mem_free) char *path = mem_printf("/proc/%d/fd", (int)pid);
	DIR *folder = opendir(path);
	int count = -2; /* "." and ".." */

	while (folder && readdir(folder))
		count++;
	if (folder)
		closedir(folder);
	return count;
}
