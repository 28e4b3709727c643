/* The log: who did what to whom, read from the journal for the staff, latest first. It holds ids
 * only; whoever shows it looks up the names that the reader may see. */
#pragma once

#include "core/base/when.h"
#include "core/store/db.h"
#include "core/store/kind.h"

/* Groups of kinds that are searched together. */
enum log_group {
	LOG_ALL,
	LOG_LENDING,
	LOG_THINGS,
	LOG_PEOPLE,
	LOG_ROOMS,
	LOG_DUTY,
	LOG_POINTS,
	LOG_HOUSE, /* everything that is in no other group */
	LOG_GROUP_COUNT,
};
enum log_group log_group_of(enum act_kind);

/* Which acts: a set of kinds. */
struct log_kinds {
	bool has[ACT_KIND_COUNT];
};
struct log_kinds log_kinds_in(enum log_group);
/* "loan.open", or "loan" for all that begin with it; or one of the groups "lending", "things",
 * "people", "rooms", "duty", "points", "house". ERR_INVALID WORD_BAD "kind". */
int log_kinds_parse(const char *text, struct log_kinds *ret, struct err *err);

struct log_filter {
	int64_t resident; /* for or about whom; 0: anybody */
	int64_t staff;    /* who acted or approved; 0: anybody */
	/* A thing: its own acts, those of its title (holds) and of its loans; 0: any */
	int64_t item;
	const struct log_kinds *kinds;  /* NULL: all */
	const struct day *from, *until; /* of recording, both inclusive; NULL: unbounded */
	int64_t before;                 /* only before this journal row; 0: from the latest */
	int limit;
};

struct log_entry {
	int64_t seq;
	int64_t recorded_at, occurred_at; /* if they differ, it was entered later */
	enum act_kind kind;               /* ACT_KIND_COUNT: one that this program does not know */
	char *kind_name;
	enum role role;
	int64_t actor, approver; /* staff, or 0 */
	int64_t resident;        /* or 0 */
	int64_t undoes;          /* a row, or 0 */
	bool is_undone;
	char *subject; /* what it is about, as it is called now: "折叠梯 000207"; "": nothing */
	char *why;     /* free text; "": none, or erased. Only for coordinators */
};
struct log_list {
	struct log_entry *rows;
	int count;
};
void log_list_finish(struct log_list *);

/* Fails only with ERR_STORAGE. */
int log_read(struct db *, const struct log_filter *, struct log_list *ret, struct err *err);
