/* The simulation's processes: the kiosk, which starts as tui/kiosk.c does and has the counter and
 * the outbox, and the shell's, which opens the venue for each act, as verbs do. They do one thing
 * at a time, as they are told, with the program's own functions; a fault may kill one in the middle
 * of it. */
#pragma once

#include <sys/types.h>

#include "core/base/code.h"
#include "core/base/when.h"
#include "core/store/act.h"
#include "tests/faults/sim_disk.h"
#include "tests/faults/sim_model.h"

/* What all of them share; in shared memory. Paths are borrowed. */
struct sim_stage {
	struct clock clock;
	struct sim_disk *disk;
	const char *venue, *db, *backup; /* a folder, its database, a sealed backup elsewhere */
	int64_t people[SIM_PEOPLE], things[SIM_THINGS],
		numbers[SIM_THINGS]; /* numbers: of things */
	char cards[SIM_PEOPLE][CODE_TEXT_MAX];
	int64_t reward, room;
	/* To show that a test notices. */
	bool forgets_keys;    /* repeating it is another act */
	bool is_clock_unseen; /* nobody checks the clock */
};
struct sim_stage *sim_stage_create(void);
void sim_stage_destroy(struct sim_stage *);

enum sim_task {
	SIM_TASK_ACT,     /* `wish` under `key` */
	SIM_TASK_RECHECK, /* after ERR_UNSURE, on the same handle: result 1 or 0 */
	SIM_TASK_HOLD,    /* the shell's: keeps the lock of writers … */
	SIM_TASK_LET_GO,  /* … until then */
	SIM_TASK_LABEL,   /* queues a paper with the number `wish.id` */
	SIM_TASK_BACKUP,
	SIM_TASK_RESTORE,
	/* the kiosk's */
	SIM_TASK_VISIT, /* a person comes */
	SIM_TASK_SCAN,  /* a thing; `renews`: how to answer when it asks */
	SIM_TASK_RETRY, /* after ERR_BUSY */
	SIM_TASK_UNDO,  /* the last line of the visit */
	SIM_TASK_FINISH,
	SIM_TASK_PRINT,  /* until nothing moves any more, or SIM_PRINT_SECONDS have passed */
	SIM_TASK_ANSWER, /* paper `wish.id` was, or was not, found at the printer: `renews` */
	SIM_TASK_CHECKPOINT,
	SIM_TASK_SPARE, /* frees the memory that it does not need, so that it can be measured */
	SIM_TASK_STOP,  /* ends as the program does */
	SIM_TASK_COUNT,
};
extern const char *const sim_task_names[SIM_TASK_COUNT];
#define SIM_PRINT_SECONDS 400

struct sim_request {
	enum sim_task task;
	struct sim_wish wish;
	bool renews;
	unsigned char key[ACT_KEY_SIZE];
};

/* What somebody at the screen or the shell is told. */
struct sim_answer {
	int code;        /* 0 or an err_code */
	int reason;      /* the first one */
	int outcome;     /* at the counter: enum outcome_kind */
	int64_t loan;    /* at the counter */
	int64_t result;  /* an id, a count */
	int64_t due_at;  /* of a loan, when it was told */
	char words[256]; /* the detail */
};

struct sim_actor {
	pid_t pid; /* 0: there is none */
	int fd;
};

/* Starts one; no handle may be open in this process. *ret: how its start went; if that failed, it
 * is gone; false: it died in it. */
bool sim_kiosk_start(struct sim_actor *, struct sim_stage *, struct sim_answer *ret);
void sim_shell_start(struct sim_actor *, struct sim_stage *);

/* False: it died before it had answered. */
bool sim_actor_do(struct sim_actor *, const struct sim_request *, struct sim_answer *ret);
void sim_actor_kill(struct sim_actor *);
/* Ends it as it would end itself (SIM_TASK_STOP). False: it died doing so. */
bool sim_actor_stop(struct sim_actor *);

/* Of a process, in KiB, and how many descriptors it has open. */
long sim_memory_of(pid_t pid);
int sim_descriptors_of(pid_t pid);
