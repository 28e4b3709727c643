#include "tests/faults/sim_world.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/reason_name.h"
#include "core/store/clock_doubt.h"
#include "core/store/journal.h"
#include "core/store/journal_check.h"
#include "tests/faults/sim_internal.h"
#include "tests/lib/ok.h"

#define BEGINS    1795222800 /* 2026-11-21T09:00 in Shanghai */
#define WARM      200        /* things that a kiosk has done before its memory is measured */
#define AT_MOST   40         /* writes and syncs until a fault; an act makes some thirty */
#define ZONE      (8 * 60 * 60)
#define BOOT_MARK "00000000-0000-0000-0000-000000000000\n" /* of another boot than this one */

/* ---- chance, time, what is wrong ---- */

int sim_draw(struct sim_world *w, int below)
{
	w->state = w->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((w->state >> 33) % (uint64_t)below);
}

bool sim_is_fine(const struct sim_world *w)
{
	return !w->wrong;
}

void sim_complain(struct sim_world *w, char *what)
{
	if (!w->wrong)
		w->wrong = what;
	else
		free(what);
}

const char *sim_world_wrong(const struct sim_world *w)
{
	return w->wrong;
}

void sim_note(struct sim_world *w, const char *format, ...)
{
	char **slot = &w->notes[w->note_count++ % SIM_NOTES];
	va_list args;

	free(*slot);
	va_start(args, format);
	if (vasprintf(slot, format, args) < 0)
		abort();
	va_end(args);
}

void sim_world_tell(const struct sim_world *w)
{
	int64_t first = w->note_count > SIM_NOTES ? w->note_count - SIM_NOTES : 0;

	for (int64_t i = first; i < w->note_count; i++)
		print_message("#   %s\n", w->notes[i % SIM_NOTES]);
	if (w->wrong)
		print_message("# %s\n", w->wrong);
}

int64_t sim_clock(const struct sim_world *w)
{
	return clock_now(&w->stage->clock);
}

void sim_pass(struct sim_world *w, int64_t seconds)
{
	w->stage->clock.set_wall += seconds;
	w->stage->clock.set_monotonic_ms += seconds * 1000;
	w->right_wall += seconds;
}

/* ---- looking ---- */

struct db *sim_reader(struct sim_world *w)
{
	struct err err = { 0 };

	if (!w->reader)
		assert_ok(db_open(w->db, DB_READ_ONLY, &w->stage->clock, &w->reader, &err), &err);
	return w->reader;
}

void sim_reader_close(struct sim_world *w)
{
	db_close(w->reader);
	w->reader = NULL;
}

/* ---- processes, and what goes wrong with them ---- */

struct sim_request sim_request(enum sim_task task)
{
	struct sim_request request;

	memset(&request, 0, sizeof(request)); /* its padding is sent as well */
	request.task = task;
	return request;
}

static bool is_cut(enum sim_fault fault)
{
	return fault == SIM_CUT || fault == SIM_CUT_LATE;
}

void sim_arm_perhaps(struct sim_world *w, const struct sim_actor *actor, int one_in)
{
	int fault = 1 + sim_draw(w, SIM_FAULT_COUNT - 1), at = 1 + sim_draw(w, AT_MOST);
	bool is_kiosk_hurt = actor == &w->kiosk || is_cut((enum sim_fault)fault);

	w->armed = SIM_SOUND;
	if (w->flaw == SIM_FORGETS_KEYS)
		one_in = 2; /* it takes a process that dies with all but the answer done */
	if (sim_draw(w, one_in) || (w->is_spared && is_kiosk_hurt))
		return;
	w->armed = (enum sim_fault)fault;
	sim_note(w, "    %s at %d", sim_fault_names[fault], at);
	sim_disk_arm(w->disk, w->armed, at, (unsigned)sim_draw(w, 1 << 30));
}

/* Another boot of the machine, whose clock goes on. */
static void mark_boot(const struct sim_world *w)
{
	CLEANUP(mem_free) char *path = mem_printf("%s.lock", w->db);
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	assert_int_equal(pwrite(fd, BOOT_MARK, strlen(BOOT_MARK), 0), strlen(BOOT_MARK));
	close(fd);
}

void sim_power_cut(struct sim_world *w)
{
	unsigned seed = (unsigned)sim_draw(w, 1 << 30);

	sim_reader_close(w);
	sim_actor_kill(&w->kiosk);
	sim_actor_kill(&w->shell);
	enum disk_fate fate = (enum disk_fate)sim_draw(w, DISK_FATE_COUNT);
	sim_note(w, "    power cut, fate %d", fate);
	sim_disk_cut(w->disk, fate, &seed);
	mark_boot(w);
	w->day.cuts++;
}

void sim_after_death(struct sim_world *w)
{
	bool was_hit = sim_disk_disarm(w->disk);

	if (!was_hit || w->armed < SIM_KILL)
		sim_complain(w, mem_text("a process died by itself"));
	if (is_cut(w->armed))
		sim_power_cut(w);
	else
		w->day.kills++;
	w->day.faults_hit++;
	w->met = w->armed;
	w->armed = SIM_SOUND;
}

/* False: it died, or has given up because of the fault. */
static bool start_kiosk(struct sim_world *w)
{
	struct sim_answer answer = { 0 };

	sim_reader_close(w);
	bool is_alive = sim_kiosk_start(&w->kiosk, w->stage, &answer);
	sim_note(w, "    the kiosk starts: %s, %d", is_alive ? "alive" : "dead", answer.code);
	if (!is_alive) {
		sim_after_death(w);
		return false;
	}
	bool was_hit = sim_disk_disarm(w->disk);
	if (answer.code == 0)
		return true;
	sim_actor_kill(&w->kiosk);
	if (!was_hit)
		sim_complain(w, mem_printf("the kiosk does not start: %s (%s)",
					reason_name(answer.reason), answer.words));
	return false;
}

static void bring_up_kiosk(struct sim_world *w)
{
	for (int tries = 0; !w->kiosk.pid && sim_is_fine(w); tries++) {
		if (tries < 3)
			sim_arm_perhaps(w, &w->kiosk, 6);
		if (!start_kiosk(w))
			continue;
		w->day.starts++;
		w->day.kiosk_acts = w->kiosk_age = 0;
	}
}

void sim_bring_up(struct sim_world *w)
{
	bool is_new = !w->kiosk.pid;

	bring_up_kiosk(w);
	if (!sim_is_fine(w))
		return;
	sim_settle_pending(w);
	sim_resolve(w);
	if (is_new) {
		w->has_last_line = false;
		sim_visit_end(&w->now);
	}
	if (w->shell.pid)
		return;
	sim_reader_close(w);
	sim_shell_start(&w->shell, w->stage);
}

bool sim_ask(struct sim_world *w, struct sim_actor *actor, const struct sim_request *request,
	struct sim_answer *ret, bool *ret_hit)
{
	w->asked_at = sim_clock(w);
	bool is_alive = sim_actor_do(actor, request, ret);

	sim_note(w, "%lld %s %s %s: %s, %d %s", (long long)w->now.rows,
		actor == &w->kiosk ? "kiosk" : "shell", sim_task_names[request->task],
		sim_act_names[request->wish.act], is_alive ? "told" : "dead",
		is_alive ? ret->code : 0, is_alive && ret->reason ? reason_name(ret->reason) : "");
	w->day.kiosk_acts += actor == &w->kiosk;
	w->kiosk_age += actor == &w->kiosk;
	*ret_hit = true;
	if (is_alive) {
		*ret_hit = sim_disk_disarm(w->disk);
		w->day.faults_hit += *ret_hit;
		return true;
	}
	sim_after_death(w);
	w->asked = *request;
	w->was_done = w->met >= SIM_KILL_LATE;
	sim_bring_up(w);
	return false;
}

/* ---- a day ---- */

static void look(struct sim_world *w)
{
	sim_complain(w, sim_look(sim_reader(w), w->stage, &w->now));
}

static void step(struct sim_world *w)
{
	int what = sim_draw(w, 1000);

	sim_pass(w, 1 + sim_draw(w, 16));
	if (sim_clock(w) > w->latest && !sim_clock_doubted(&w->now, sim_clock(w)))
		w->latest = sim_clock(w);
	if (w->doubted_steps && --w->doubted_steps == 0)
		sim_clock_settle(w);
	if (what < 570)
		sim_act_step(w);
	else if (what < 930)
		sim_counter_step(w);
	else if (what < 960)
		sim_print_step(w);
	else if (what < 975)
		sim_label_step(w);
	else
		sim_event_step(w);
	if (sim_is_fine(w))
		look(w);
}

static void check_tripwire(struct sim_world *w, struct db *db)
{
	struct journal_head head;
	struct err err = { 0 };

	journal_tripwire_read(db, &head);
	if (head.seq != w->now.rows)
		sim_complain(w, mem_printf("the tripwire says %lld acts, not %lld",
					(long long)head.seq, (long long)w->now.rows));
	if (journal_tripwire_check(db, &err) < 0)
		sim_complain(w, mem_printf("the tripwire: %s", err.detail));
}

/* Everything that can be checked: structure, chain, private rows, replay, books, tripwire. */
static void prove(struct sim_world *w)
{
	struct verify_report report = { 0 };
	struct err err = { 0 };
	struct db *db = NULL;

	sim_reader_close(w);
	assert_ok(db_open(w->db, DB_OPEN, &w->stage->clock, &db, &err), &err);
	if (verify_run(db, true, w->top, &report, &err) < 0)
		sim_complain(w, mem_printf("verify: %s (%s)", reason_name(err.reasons[0].code),
					err.detail));
	if (report.difference.table[0])
		sim_complain(w, mem_printf("replay: %s %lld differs", report.difference.table,
					(long long)report.difference.id));
	check_tripwire(w, db);
	sim_complain(w, sim_look_all(db, w->stage, &w->now, w->printer));
	db_close(db);
}

/* What the kiosk does when nobody is there. */
static void tidy_up(struct sim_world *w)
{
	const struct sim_wish close = { .act = SIM_SHIFTS_CLOSE };
	struct sim_request request = sim_request(SIM_TASK_CHECKPOINT);
	struct sim_answer answer;
	bool is_hit;

	sim_counter_leave(w);
	for (int i = 0; i < 3 && sim_is_fine(w); i++) /* what was asked is printed again */
		sim_print_step(w);
	if (sim_is_fine(w))
		sim_do(w, &w->kiosk, &close);
	if (sim_is_fine(w) && sim_ask(w, &w->kiosk, &request, &answer, &is_hit) && answer.code)
		sim_complain(w, mem_printf("checkpoint: %s", answer.words));
}

static void midnight(struct sim_world *w)
{
	int64_t today = (sim_clock(w) + ZONE) / SIM_DAY_SECONDS;

	if (w->doubted_steps)
		sim_clock_settle(w);
	w->doubted_steps = 0;
	tidy_up(w);
	sim_pass(w, (today + 1) * SIM_DAY_SECONDS - ZONE - sim_clock(w));
	if (sim_is_fine(w))
		prove(w);
	if (sim_is_fine(w))
		sim_backup_step(w);
	sim_forget(&w->now);
}

/* Without SQLite's pages, which grow to their limit as the venue does. */
static long measure_kiosk(struct sim_world *w, long *ret_heap)
{
	const struct sim_request request = sim_request(SIM_TASK_SPARE);
	struct sim_answer answer;
	bool is_hit;

	if (!sim_is_fine(w) || !sim_ask(w, &w->kiosk, &request, &answer, &is_hit))
		return 0;
	*ret_heap = answer.result;
	return sim_memory_of(w->kiosk.pid);
}

static void measure(struct sim_world *w)
{
	struct sim_day *day = &w->day;
	long heap = 0;

	sim_reader_close(w);
	day->kiosk_kib = measure_kiosk(w, &heap);
	if (w->kiosk_base_kib) {
		day->kiosk_grown_kib = day->kiosk_kib - w->kiosk_base_kib;
		day->heap_grown_kib = heap - w->heap_base_kib;
	}
	day->kiosk_descriptors = sim_descriptors_of(w->kiosk.pid);
	malloc_trim(0);
	day->here_kib = sim_memory_of(getpid());
	day->here_descriptors = sim_descriptors_of(getpid());
}

/* The kiosk has lived for a while by then, and has what it keeps. */
static void begin_measuring(struct sim_world *w)
{
	w->kiosk_base_kib = measure_kiosk(w, &w->heap_base_kib);
	w->day.kiosk_acts = 0;
}

static void begin(struct sim_world *w)
{
	sim_bring_up(w);
	if (sim_is_fine(w))
		sim_morning(w);
}

bool sim_world_acts(struct sim_world *w, int acts)
{
	begin(w);
	for (int i = 0; i < acts && sim_is_fine(w); i++)
		step(w);
	return sim_is_fine(w);
}

bool sim_world_event(struct sim_world *w, enum sim_event event)
{
	begin(w);
	if (sim_is_fine(w))
		sim_event(w, event);
	if (sim_is_fine(w))
		look(w);
	return sim_is_fine(w);
}

bool sim_world_day(struct sim_world *w, int acts, bool spares, struct sim_day *ret)
{
	w->day = (struct sim_day){ .kiosk_acts = 0 };
	w->kiosk_base_kib = 0;
	begin(w);
	while (w->day.acts < acts && sim_is_fine(w)) {
		w->is_spared = spares && w->day.acts >= acts / 4;
		if (spares && !w->kiosk_base_kib && w->day.acts >= acts / 2 && w->kiosk_age >= WARM)
			begin_measuring(w);
		step(w);
	}
	if (sim_is_fine(w))
		midnight(w);
	measure(w);
	w->is_spared = false;
	if (sim_is_fine(w))
		sim_pass(w, SIM_OPENS_HOUR * 60 * 60);
	*ret = w->day;
	return sim_is_fine(w);
}

/* ---- the world ---- */

static void make_folders(struct sim_world *w)
{
	snprintf(w->top, sizeof(w->top), "%s/jiaplus-sim-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(w->top));
	w->folder = mem_printf("%s/disk", w->top);
	w->kept = mem_printf("%s/kept", w->top);
	w->venue = mem_printf("%s/venue", w->folder);
	w->db = mem_printf("%s/jiaplus.db", w->venue);
	w->backup = mem_printf("%s/a.backup", w->folder);
	w->old = mem_printf("%s/old", w->top);
	const char *const all[] = { w->folder, w->kept, w->venue, w->old };
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		assert_int_equal(mkdir(all[i], 0700), 0);
}

static void make_flaw(struct sim_world *w)
{
	w->stage->forgets_keys = w->flaw == SIM_FORGETS_KEYS;
	w->stage->is_clock_unseen = w->flaw == SIM_CLOCK_UNSEEN;
	w->printer->is_doubling = w->flaw == SIM_DOUBLE_PAPER;
	if (w->flaw == SIM_LYING_DISK)
		sim_disk_lie(w->disk);
}

struct sim_world *sim_world_create(unsigned seed, enum sim_flaw flaw)
{
	struct sim_world *w = mem_alloc(sizeof(*w));

	w->state = seed;
	w->asked = sim_request(SIM_TASK_COUNT);
	w->flaw = flaw;
	w->kiosk.fd = w->shell.fd = -1;
	make_folders(w);
	w->stage = sim_stage_create();
	w->stage->clock = clock_set(BEGINS);
	w->stage->clock.set_monotonic_ms = 1000000;
	w->right_wall = BEGINS;
	w->stage->venue = w->venue;
	w->stage->db = w->db;
	w->stage->backup = w->backup;
	CLEANUP(mem_free) char *paper = mem_printf("%s/printer", w->top);
	w->printer = sim_printer_create(paper, seed);
	w->printer->trouble = 30;
	sim_venue_fill(w);
	w->disk = w->stage->disk = sim_disk_create(w->folder, w->kept);
	make_flaw(w);
	return w;
}

void sim_world_destroy(struct sim_world *w)
{
	CLEANUP(mem_free) char *remove = mem_printf("rm -rf '%s'", w->top);

	sim_reader_close(w);
	sim_actor_kill(&w->kiosk);
	sim_actor_kill(&w->shell);
	sim_disk_destroy(w->disk);
	sim_printer_destroy(w->printer);
	sim_stage_destroy(w->stage);
	if (system(remove) != 0)
		print_message("# %s is left behind\n", w->top);
	char *const texts[] = { w->folder, w->kept, w->venue, w->db, w->backup, w->old, w->wrong };
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		free(texts[i]);
	for (int i = 0; i < SIM_NOTES; i++)
		free(w->notes[i]);
	free(w);
}
