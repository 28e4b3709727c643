/* Writes a table into a file that WPS and Excel open with a double click. It may contain personal
 * data: only its owner can read the file, which gets its name once it is complete. */
#pragma once

#include <stdint.h>

#include "core/base/err.h"

enum table_encoding {
	TABLE_UTF8,    /* with a byte order mark, or Excel takes it for GBK */
	TABLE_GB18030, /* for older programs */
	TABLE_UTF16,   /* little endian, with its mark; for giving bad lines back as they came */
};

struct table_writer;

/* ERR_STORAGE FILE_UNWRITABLE. */
int table_writer_create(const char *path, enum table_encoding encoding, char separator,
	struct table_writer **ret, struct err *err);
/* The next cell, in quotes where it needs them; NULL is an empty one. */
void table_write_cell(struct table_writer *, const char *text);
/* The same, escaped so that no spreadsheet takes it for a formula (cell.h). */
void table_write_text(struct table_writer *, const char *text);
void table_write_number(struct table_writer *, int64_t number);
void table_write_id(struct table_writer *, int64_t number); /* 0: an empty cell */
void table_end_row(struct table_writer *);

/* Writes the rest, syncs, and gives the file its name, replacing an older one. ERR_STORAGE
 * FILE_UNWRITABLE, also for earlier errors. */
int table_writer_finish(struct table_writer *, struct err *err);
/* Without table_writer_finish before, nothing remains of it. NULL is allowed. */
void table_writer_destroy(struct table_writer *);
