/* Residents from a table: a text file as spreadsheets write them (table.h). All or nothing.
 *
 * The first row names the columns, in any order, in Chinese or English: 姓名 name (needed), 电话
 * 手机 phone, 楼栋 building, 房号 room, 类别 category (code or name), 称呼 alias, 编号 number, 备注
 * note, 上墙 wall. Other columns are left out and reported. Full-width digits and letters are
 * understood. */
#pragma once

#include "core/store/act.h"

struct import_fault {
	int line;   /* of the file, from 1; a quoted field may run over several */
	int column; /* from 1; 0: the line as a whole */
	struct reason reason;
};

struct import_report {
	int rows;              /* read, without the header and empty lines */
	int added;             /* in a dry run: that would be; 0 when there are faults */
	const char *encoding;  /* borrowed for ever */
	char *unknown_columns; /* their headers, comma separated, or "" */
	struct import_fault *faults;
	int fault_count;
};
void import_report_finish(struct import_report *report);

struct import_residents {
	const char *path;
	bool is_dry_run;
	const char *category;        /* code for rows that name none */
	const char *consent_version; /* of the paper form that they signed */
};

/* 0: *ret says what happened (a dry run: what would). ERR_REFUSED IMPORT_FAULTS (n1 lines): nothing
 * was added and *ret lists each. ERR_NOT_FOUND FILE_MISSING, ERR_INVALID FILE_EMPTY,
 * FILE_TOO_LARGE, FILE_BAD, COLUMN_MISSING "name". *ret is always to be finished. One act a
 * resident; act->key makes a repeat of the whole import a repeat. */
int import_residents(struct db *db, const struct act *act, const struct import_residents *import,
	struct import_report *ret, struct err *err);
