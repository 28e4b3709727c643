/* Residents of a register (folk.h) imported from text that a test writes. */
#pragma once

#include "tests/core/attempt.h"
#include "tests/core/folk.h"

static inline struct attempt import_as(
	struct folk *f, const struct act *act, const void *bytes, size_t len, bool is_dry_run)
{
	struct attempt a = { 0 };
	char path[32];

	write_temporary(path, bytes, len);
	struct import what = { .kind = EXCHANGE_RESIDENTS,
		.path = path,
		.is_dry_run = is_dry_run,
		.category = "resident",
		.consent_version = "paper-1" };
	a.result = import_table(f->db, act, &what, &a.report, &a.err);
	unlink(path);
	return a;
}

static inline struct attempt import(struct folk *f, const char *text)
{
	return import_as(f, &by_volunteer, text, strlen(text), false);
}
