/* What people write into the cells of a table. All texts are cell_plain's. */
#pragma once

#include "core/base/when.h"

/* Without what stands around a word: full-width forms become narrow, spaces of any kind and a colon
 * at the ends go. The caller's. */
char *cell_plain(const char *cell);

/* 2026-1-5, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105. ERR_INVALID DATE_BAD naming `what`. */
int cell_day(const char *plain, const char *what, struct day *ret, struct err *err);

/* A day as above, and behind a space or T the time, 9:05 or 09:05:30; a day alone means
 * `seconds_alone` into it. ERR_INVALID DATE_BAD. */
int cell_instant(
	const char *plain, const char *what, int seconds_alone, int64_t *ret, struct err *err);
/* "2026-01-05 09:05:30", which spreadsheets take for a time. "" for 0. */
#define CELL_INSTANT_SIZE 24
void cell_write_instant(int64_t at, char out[CELL_INSTANT_SIZE]);

/* Yuan into fen: 12, 12.5, ¥1,200.00, 12元. ERR_INVALID NUMBER_BAD. */
int cell_fen(const char *plain, const char *what, int64_t *ret, struct err *err);
/* 是 1 yes true √, 否 0 no false ×. ERR_INVALID NUMBER_BAD. */
int cell_yes(const char *plain, const char *what, bool *ret, struct err *err);

/* A spreadsheet takes a cell that begins with = + - @ for a formula, which may do harm. Such a
 * cell goes out with an apostrophe before it, and comes in without. The caller's. */
char *cell_guard(const char *text);
const char *cell_unguard(const char *cell); /* borrowed: a part of it */
