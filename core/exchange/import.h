/* Imports tables that people bring: residents, titles, items, and the loans of an older system.
 *
 * A row names the columns (columns.h), in any order, in Chinese or English; other columns are left
 * out and reported, and so are rows above it and lines that are totals, remarks or examples.
 * Existing entries are found by their number or by their content, and only differences are changed;
 * an empty cell changes nothing. Every line is tried before anything is kept, so that a dry run
 * promises exactly what would happen. */
#pragma once

#include "core/exchange/import_report.h"
#include "core/exchange/import_request.h"
#include "core/store/act.h"

/* 0: *ret says what happened (a dry run: what would). ERR_REFUSED IMPORT_FAULTS (n1 lines): nothing
 * was kept and *ret lists each fault. ERR_NOT_FOUND FILE_MISSING, ERR_INVALID FILE_EMPTY,
 * FILE_TOO_LARGE, FILE_BAD, FILE_SPREADSHEET, COLUMN_MISSING "name" (n1: the line that was read as
 * the header); ERR_STORAGE FILE_UNWRITABLE: nothing was kept. *ret must always be finished. Each
 * line is one or more acts; act->key makes a repeat of the whole a repeat of each. act->why is
 * needed where rows have a date in the past. */
int import_table(struct db *db, const struct act *act, const struct import *what,
	struct import_report *ret, struct err *err);
