/* A merchant's voucher: a code that nobody can guess, printed as a QR code, valid once until its
 * day (CODE_VOUCHER, J1G…; core/store/secret.h). */
#pragma once

#include "core/base/code.h"
#include "core/store/act.h"

struct acting;

struct voucher {
	int64_t id, redemption;
	int64_t reward, body; /* for what, at whose; body 0: the venue's own */
	int64_t expires_at;   /* valid until before */
	int64_t used_at;      /* 0: not yet */
	bool is_undone;       /* its redemption was undone */
};

/* ERR_NOT_FOUND CODE_OUTDATED. */
int voucher_by_code(struct db *, const struct code *, struct voucher *ret, struct err *err);
/* 1 and *ret, or 0 when that redemption has none. */
int voucher_of(struct db *, int64_t redemption, struct voucher *ret, struct err *err);

/* A new code for the slip that is being printed: earlier slips stop working. "" if the redemption
 * has no voucher that could still be used, and for a repeat of the act. */
int voucher_code(struct db *, const struct act *, int64_t redemption, char ret_text[CODE_TEXT_MAX],
	struct err *err);

/* Redeems it. ERR_NOT_FOUND CODE_OUTDATED; ERR_REFUSED VOUCHER_USED (when), VOUCHER_EXPIRED,
 * VOUCHER_UNDONE. */
int voucher_use(
	struct db *, const struct act *, const struct code *, struct voucher *ret, struct err *err);

/* For redemption.h: issues one within its act. */
int voucher_issue(struct acting *, int64_t redemption, int64_t valid_days, struct err *err);
