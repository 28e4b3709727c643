/* For the files of an import only: one line on its way in. */
#pragma once

#include "core/exchange/import_report.h"
#include "core/exchange/import_request.h"
#include "core/people/resident.h"

struct importing;

/* How the lines of one kind of table are imported. */
struct import_kind {
	int name; /* column by which a person recognises a line */
	/* Column whose cells may be merged over several lines, and the one that has its own in each
	 * of them; 0: none. */
	int merged, beside;
	/* What the line did, or an error about the line (its reasons become faults) or about
	 * more. */
	int (*row)(struct importing *, struct err *err);
	/* For lines that asked for it (import_later), once all others are done: IMPORT_CHANGED, or
	 * 0; NULL: none ask. */
	int (*later)(struct importing *, int64_t id, struct err *err);
};
extern const struct import_kind import_residents_kind, import_titles_kind, import_items_kind,
	import_loans_kind, import_points_kind;

struct db *import_db(const struct importing *);
const struct import *import_what(const struct importing *);

/* The line's cell, "" when there is none: is_text columns as written, others as cell_plain returns
 * them. Borrowed until the line is done. */
const char *import_cell(const struct importing *, int column);

/* An act by the person who imports, with a key of its own; `occurred_at` 0: now. */
struct act import_act(struct importing *, int64_t occurred_at);
/* The same for an act that a repeat may find done and skip: it takes no other act's key. */
struct act import_act_apart(struct importing *, int64_t occurred_at);

/* Notes a fault of the line. */
void import_fault(struct importing *, int column, struct reason reason);
/* The same for each reason of an error about the line; 0, or the error if it is about more. */
int import_note(struct importing *, const struct err *fault, struct err *err);
bool import_has_fault(const struct importing *);
/* Notes that a column of an existing entry is changed; and tells whether one was. */
void import_changed(struct importing *, int column);
bool import_has_changed(const struct importing *);

/* In `later`: the line has added what it is about. */
bool import_is_added(const struct importing *);

/* What the line is about, found by that column: a second line about the same is a fault. Then
 * returns false. */
bool import_is_first(struct importing *, int column, int64_t id);
/* True when another line of this table was about it; false for what existed before. */
bool import_has_seen(const struct importing *, int64_t id);
/* Has `later` called for this line. */
void import_later(struct importing *, int64_t id);

/* False where questions are not asked: the import said so (--again), or the line has 新 or new as
 * its number. */
bool import_asks(const struct importing *, int number_column);
/* True when the line's next act was done before, by an import with the same key. */
int import_is_repeat(struct importing *, bool *ret, struct err *err);

/* Cells as typed values; when empty, 0 or `ret` unchanged. A bad one is noted as a fault. */
void import_integer(struct importing *, int column, int64_t min, int64_t max, int64_t *ret);
/* A resident's or item's own number; 0 for 新 and new. */
void import_number(struct importing *, int column, int64_t *ret);
void import_fen(struct importing *, int column, int64_t *ret);
void import_yes(struct importing *, int column, bool *ret);
/* "2026-01-05" into text of 11 bytes. */
void import_date(struct importing *, int column, char ret[11]);
void import_instant(struct importing *, int column, int seconds_alone, int64_t *ret);
