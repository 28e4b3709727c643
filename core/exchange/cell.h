/* What people write into the cells of a table. All texts are cell_plain's. */
#pragma once

#include "core/base/when.h"

/* Removes what surrounds a word: full-width forms become narrow, spaces of any kind and a colon at
 * the ends are dropped, and so are the marks that make a spreadsheet take digits for text: '139…,
 * ="139…". The caller's. */
char *cell_plain(const char *cell);

/* The text on one line: spaces of any kind at the ends are dropped, a line break within becomes a
 * space. The caller's. */
char *cell_line(const char *cell);

/* Restores the digits of a number, a phone or an ISBN that a spreadsheet has taken for an amount:
 * 12.0, 1.3900000010E+10. ERR_INVALID NUMBER_CUT naming `what` when it has rounded them, 1.39E+10.
 * *ret is the caller's; any other text is returned unchanged. */
int cell_digits(const char *plain, const char *what, char **ret, struct err *err);

/* 2026-1-5, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105, 46027 as Excel counts days; 26/1/5 in all
 * these ways, if that year of this century is within 20 of today's. ERR_INVALID DATE_BAD naming
 * `what`. */
int cell_day(
	const char *plain, const char *what, struct day today, struct day *ret, struct err *err);

/* A day as above, followed by a space or T and the time, 9:05 or 09:05:30; a day alone means
 * `seconds_alone` into it. ERR_INVALID DATE_BAD. */
int cell_instant(const char *plain, const char *what, struct day today, int seconds_alone,
	int64_t *ret, struct err *err);
/* "2026-01-05 09:05:30", which spreadsheets read as a time. "" for 0. */
#define CELL_INSTANT_SIZE 24
void cell_write_instant(int64_t at, char out[CELL_INSTANT_SIZE]);

/* Yuan into fen: 12, 12.5, ¥1,200.00, 12元. ERR_INVALID NUMBER_BAD. */
int cell_fen(const char *plain, const char *what, int64_t *ret, struct err *err);
/* 是 1 yes true √, 否 0 no false ×. ERR_INVALID NUMBER_BAD. */
int cell_yes(const char *plain, const char *what, bool *ret, struct err *err);

/* A spreadsheet takes a cell that begins with = + - @ for a formula, which may do harm. Such a cell
 * is written with an apostrophe before it, and read without it. The caller's. */
char *cell_guard(const char *text);
const char *cell_unguard(const char *cell); /* borrowed: a part of `cell` */
