/* clang-format off: it would fill the lines of the example */
/* How an act is done: the only way the domain changes (doc/architecture.md, rules 2 and 3).
 *
 * One function per thing that can happen, all of one shape:
 *
 *   int loan_return(struct db *db, const struct act *act, int64_t loan, struct err *err)
 *   {
 *           CLEANUP(act_end) struct acting a = ACTING_INIT;
 *           TRY(act_begin(&a, db, act, ACT_LOAN_RETURN, FIELDS(F_INT("loan", loan)), err));
 *           if (a.is_repeat)
 *                   return 0; // same key: it has happened, a.result says what
 *           … read, check the rules, err_refuse() for each reason …
 *           TRY(act_update(&a, "loan", loan, FIELDS(F_INT("returned_at", a.at)), err));
 *           return act_commit(&a, loan, err);
 *   }
 *
 * The outermost act owns the transaction and the one journal row; an act called inside another
 * joins both. The journal's body is the list of row changes with resolved values, so replaying
 * bodies into an empty file rebuilds every domain table (core/audit). Every domain table has `id
 * INTEGER PRIMARY KEY`. Names, phone numbers and free text never enter a body: they live in private
 * tables, written with act_private. */
/* clang-format on */
#pragma once

#include "core/store/act.h"
#include "core/store/kind.h"

struct acting {
	struct db *db;
	const struct act *act;
	bool is_outer, owns_txn, is_repeat, is_done;
	int64_t result; /* of the repeated act */
	int64_t now;    /* recorded_at */
	int64_t at;     /* occurred_at, never later than now */
	int64_t seq;    /* the journal row that this will be */
};
#define ACTING_INIT \
	{           \
		0   \
	}

/* Checks the role against the kind's row, takes the lock, begins the transaction (IMMEDIATE) and
 * looks up the key. `inputs` are what the caller asked for: together with the kind they tell a
 * repetition of the same intention from a key that is used for two. ERR_REFUSED ROLE_NEEDED,
 * KEY_REUSED, BACKDATE_FUTURE, WHY_NEEDED; ERR_BUSY; ERR_STORAGE. */
int act_begin(struct acting *, struct db *, const struct act *, enum act_kind kind,
	const struct field *inputs, struct err *err);

/* A fresh 53-bit id: site 14 bits, epoch 7, counter 32. Never reissued, even after a restore. */
int64_t act_new_id(struct acting *);

int act_insert(struct acting *, const char *table, const struct field *row, struct err *err);
int act_update(struct acting *, const char *table, int64_t id, const struct field *changes,
	struct err *err);
int act_delete(struct acting *, const char *table, int64_t id, struct err *err);

/* Inserts or replaces the named columns of a row in a private table (personal data, free text). The
 * journal holds only a salted hash of the row (binding.h), so that erasure can empty the row and
 * leave the journal whole. */
int act_private(
	struct acting *, const char *table, int64_t id, const struct field *row, struct err *err);

/* Removes a row of a private table if it exists, and overwrites its content in the file.
 */
int act_private_drop(struct acting *, const char *table, int64_t id, struct err *err);

/* What the act is about (an item, a venue …) and for whom: columns of the journal row. 0: none. */
void act_set_subject(struct acting *, int64_t subject, int64_t resident);
/* The journal row that this act undoes; each can be undone once. */
void act_set_undoes(struct acting *, int64_t seq);

/* The latest journal row about `subject`: its seq, kind and when it occurred. ERR_NOT_FOUND without
 * reasons when there is none. */
struct act_latest {
	int64_t seq, occurred_at, result;
	enum act_kind kind;
};
int act_latest_of(struct db *, int64_t subject, struct act_latest *ret, struct err *err);

/* The latest row that is in force: an act that was undone and its undoing cancel out. 1, or 0 when
 * there is none. */
int act_latest_standing(struct db *, int64_t subject, struct act_latest *ret, struct err *err);

/* A backdated act never goes before its subject's latest one: ERR_REFUSED BACKDATE_BEFORE. */
int act_check_order(const struct acting *, int64_t subject, struct err *err);

/* Writes the journal row and commits (outermost), or joins. `result` is what a repetition returns.
 * ERR_STORAGE: it did not happen. ERR_UNSURE, STORE_UNSURE beside the store's own reason: the
 * commit failed half-way and the disk does not answer; once it does, act_recheck tells which it
 * was. */
int act_commit(struct acting *, int64_t result, struct err *err);
void act_end(struct acting *); /* rolls back unless committed */
