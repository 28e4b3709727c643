/* Shared only by tape.c and tape_cut.c. */
#pragma once

#include <stddef.h>

#include "tests/faults/tape.h"

#define TAPE_NAMES_MAX   64
#define TAPE_FOLDER_NODE (-1)

enum tape_kind {
	TAPE_WRITE,
	TAPE_TRUNCATE,
	TAPE_SYNC,
	TAPE_SYNC_FOLDER,
	TAPE_CREATE,
	TAPE_MAKE_FOLDER,
	TAPE_RENAME,
	TAPE_REMOVE,
};

/* Names are within the folder; "" is the folder itself. */
struct tape_op {
	enum tape_kind kind;
	int node; /* a file's number, whatever its name */
	size_t offset, size;
	unsigned char *bytes;
	char *name, *to;
};

struct tape_names {
	struct {
		char *name;
		int node;
	} rows[TAPE_NAMES_MAX];
	int count;
};
int tape_names_find(const struct tape_names *, const char *name); /* a row, or -1 */
void tape_names_add(struct tape_names *, const char *name, int node);
void tape_names_apply(struct tape_names *, const struct tape_op *);
void tape_names_copy(struct tape_names *to, const struct tape_names *from);
void tape_names_clear(struct tape_names *);

struct tape_piece {
	int op;
	size_t offset, size;
};

struct tape {
	char *folder; /* with a slash at its end */
	struct tape_op *ops;
	int count, capacity;
	struct paged *base; /* by node: what was there before */
	int nodes, base_nodes;
	struct tape_names base_names, names;
	bool is_lying;

	/* The position of tape_cut. */
	int next;
	struct paged *durable; /* by node */
	struct tape_names durable_names;
	struct tape_piece *pending; /* of data */
	int pending_count, pending_capacity;
	int *renames; /* ops on names that no sync has covered */
	int renames_count, renames_capacity;

	/* What it found last. */
	struct paged *found; /* by node */
	struct tape_names found_names;
};
