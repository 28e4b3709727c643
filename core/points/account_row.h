/* An account as its row stores it: only for the files of core/points. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct acting;
struct db;
struct err;
struct holder;

struct account {
	int64_t id, floor, balance;
	bool is_system;
	bool has_floor; /* all but the system's; of those the pool and the frozen account */
};

/* 1 and *ret, or 0 when it has not been opened yet. */
int account_get(struct db *, struct holder, struct account *ret, struct err *err);
/* The same by id, which must exist. */
int account_read(struct db *, int64_t id, struct account *ret, struct err *err);
/* Whose it is. */
int account_holder(struct db *, int64_t id, struct holder *ret, struct err *err);

/* Opens it if it is not open. ERR_NOT_FOUND RESIDENT_UNKNOWN, BODY_UNKNOWN. */
int account_on_demand(struct acting *, struct holder, struct account *ret, struct err *err);
