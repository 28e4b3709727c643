/* A merchant's voucher: a number that nobody can guess, printed as a QR, good once until its day.
 * It is code CODE_VOUCHER, J1G…; the number on it is no id. */
#pragma once

#include "core/store/act.h"

struct acting;

struct voucher {
	int64_t id, code, redemption;
	int64_t reward, body; /* what for, at whose; body 0: the venue's own */
	int64_t expires_at;   /* good until before */
	int64_t used_at;      /* 0: not yet */
	bool is_undone;       /* its redemption was */
};

/* ERR_NOT_FOUND VOUCHER_UNKNOWN. */
int voucher_by_code(struct db *, int64_t code, struct voucher *ret, struct err *err);
/* 1 and *ret, or 0 when that redemption has none. */
int voucher_of(struct db *, int64_t redemption, struct voucher *ret, struct err *err);

/* Redeems it. ERR_NOT_FOUND VOUCHER_UNKNOWN; ERR_REFUSED VOUCHER_USED (when), VOUCHER_EXPIRED,
 * VOUCHER_UNDONE. */
int voucher_use(
	struct db *, const struct act *, int64_t code, struct voucher *ret, struct err *err);

/* For redemption.h: issues one inside of its act. */
int voucher_issue(struct acting *, int64_t redemption, int64_t valid_days, struct err *err);
