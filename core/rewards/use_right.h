/* 以服务置换使用权 (doc/rules.md, Points and hours): the use of something in return for a public
 * duty, agreed with its own period and consequence. Nothing is automatic: what follows when the
 * duty is not kept is what was agreed, and a coordinator ends the right. */
#pragma once

#include "core/points/account.h"

struct use_right_draft {
	struct holder whose;                   /* a resident or a body */
	const char *what, *duty, *consequence; /* in words */
	struct day from, until;                /* inclusive */
	int64_t check_days;                    /* how often the duty is checked */
};
/* ERR_INVALID TEXT_… "what", "duty", "consequence", DATE_BAD "until", NUMBER_BAD "days";
 * ERR_NOT_FOUND RESIDENT_UNKNOWN, BODY_UNKNOWN. */
int use_right_agree(struct db *, const struct act *, const struct use_right_draft *,
	int64_t *ret_id, struct err *err);
/* Records that somebody checked whether the duty is kept; `note` may be NULL. ERR_NOT_FOUND
 * USE_RIGHT_UNKNOWN; ERR_REFUSED USE_RIGHT_ENDED; ERR_INVALID TEXT_… "note". */
int use_right_check(struct db *, const struct act *, int64_t id, bool is_kept, const char *note,
	struct err *err);
/* Before its time, with a reason. ERR_NOT_FOUND, ERR_REFUSED USE_RIGHT_ENDED, WHY_NEEDED. */
int use_right_end(struct db *, const struct act *, int64_t id, struct err *err);

struct use_right {
	int64_t id, number;
	struct holder whose;
	char *what, *duty, *consequence; /* "" once erased */
	struct day from, until;
	int64_t check_days;
	int64_t kept, broken; /* times looked at */
	struct day check_due; /* when it has to be checked next */
	bool is_ended;        /* or its time has passed */
};
void use_right_finish(struct use_right *);
struct use_right_list {
	struct use_right *rows;
	int count;
};
void use_right_list_finish(struct use_right_list *);
/* ERR_NOT_FOUND USE_RIGHT_UNKNOWN. */
int use_right_get(struct db *, int64_t id, struct use_right *ret, struct err *err);
/* Those that run or are still to begin, the next to be checked first. */
int use_rights(struct db *, struct use_right_list *ret, struct err *err);
/* The same for one resident or body. */
int use_rights_of(struct db *, struct holder, struct use_right_list *ret, struct err *err);
