/* The calls to the disk, and what a power cut leaves of them. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/faults/cut.h"
#include "tests/faults/disk_internal.h"

/* A part of an op that no sync has covered yet. */
struct disk_piece {
	int op;
	size_t offset, size; /* of a write, within its file */
};

struct disk_log *disk_log_create(const struct disk_image *base)
{
	struct disk_log *log = mem_alloc(sizeof(*log));

	log->base = disk_image_copy(base);
	return log;
}

void disk_log_destroy(struct disk_log *log)
{
	if (!log)
		return;
	for (int i = 0; i < log->count; i++)
		free(log->ops[i].bytes);
	free(log->ops);
	free(log->pending);
	disk_image_destroy(log->base);
	disk_image_destroy(log->durable);
	free(log);
}

void disk_log_add(struct disk_log *log, struct disk_op op, const void *bytes)
{
	if (log->count == log->capacity) {
		log->capacity = log->capacity ? log->capacity * 2 : 256;
		log->ops = mem_resize(log->ops, (size_t)log->capacity * sizeof(*log->ops));
	}
	if (bytes) {
		op.bytes = mem_alloc(op.size);
		memcpy(op.bytes, bytes, op.size);
	}
	log->ops[log->count++] = op;
}

int disk_log_count(const struct disk_log *log)
{
	return log->count;
}

enum disk_op_kind disk_log_kind(const struct disk_log *log, int op)
{
	return log->ops[op].kind;
}

int disk_log_mark(const struct disk_log *log, int op)
{
	while (--op >= 0)
		if (log->ops[op].kind == DISK_MARK)
			return (int)log->ops[op].number;
	return 0;
}

void disk_log_lie(struct disk_log *log)
{
	log->is_lying = true;
}

/* ---- from op to op ---- */

static void apply(const struct disk_log *log, const struct disk_piece *piece, struct disk_image *to)
{
	const struct disk_op *op = &log->ops[piece->op];
	struct disk_file *f = &to->files[op->file];

	switch (op->kind) {
	case DISK_WRITE:
		disk_file_write(
			f, op->bytes + (piece->offset - op->offset), piece->size, piece->offset);
		break;
	case DISK_TRUNCATE:
		disk_file_truncate(f, op->size);
		break;
	case DISK_CREATE:
		f->exists = true;
		break;
	case DISK_DELETE:
		disk_file_remove(f);
		break;
	case DISK_SYNC:
	case DISK_SYNC_FAILED:
	case DISK_MARK:
		break;
	}
}

static void add_pending(struct disk_log *log, struct disk_piece piece)
{
	if (log->pending_count == log->pending_capacity) {
		log->pending_capacity = log->pending_capacity ? log->pending_capacity * 2 : 256;
		log->pending = mem_resize(
			log->pending, (size_t)log->pending_capacity * sizeof(*log->pending));
	}
	log->pending[log->pending_count++] = piece;
}

static void add_sectors(struct disk_log *log, int number)
{
	const struct disk_op *op = &log->ops[number];
	size_t end = op->offset + op->size;

	for (size_t at = op->offset; at < end;) {
		size_t next = (at / CUT_SECTOR + 1) * CUT_SECTOR;
		if (next > end)
			next = end;
		add_pending(log, (struct disk_piece){ number, at, next - at });
		at = next;
	}
}

/* What waits for this file becomes durable; with a seed (a sync that failed) all of it, nothing or
 * each piece at random, and the rest is gone for good, since the system considers it written. */
static void settle_file(struct disk_log *log, int file, unsigned *seed)
{
	int left = 0, odds = seed ? rand_r(seed) % 3 : 2; /* of 2 */

	for (int i = 0; i < log->pending_count; i++) {
		struct disk_piece piece = log->pending[i];
		if (log->ops[piece.op].file != file)
			log->pending[left++] = piece;
		else if (odds == 2 || (odds == 1 && rand_r(seed) % 2))
			apply(log, &piece, log->durable);
	}
	log->pending_count = left;
}

static void advance(struct disk_log *log, int number)
{
	const struct disk_op *op = &log->ops[number];
	unsigned seed = op->number;

	switch (op->kind) {
	case DISK_WRITE:
		add_sectors(log, number);
		break;
	case DISK_TRUNCATE:
	case DISK_CREATE:
	case DISK_DELETE:
		add_pending(log, (struct disk_piece){ .op = number });
		break;
	case DISK_SYNC:
		if (!log->is_lying)
			settle_file(log, op->file, NULL);
		break;
	case DISK_SYNC_FAILED:
		settle_file(log, op->file, &seed);
		break;
	case DISK_MARK:
		break;
	}
}

static void go_to(struct disk_log *log, int op)
{
	if (!log->durable || op < log->next) {
		disk_image_destroy(log->durable);
		log->durable = disk_image_copy(log->base);
		log->pending_count = log->next = 0;
	}
	while (log->next < op)
		advance(log, log->next++);
}

/* ---- the cut ---- */

static void lose(struct disk_log *log, const struct disk_piece *piece, enum disk_fate fate,
	struct disk_image *to, bool is_gone[DISK_FILES_MAX], unsigned *seed)
{
	const struct disk_op *op = &log->ops[piece->op];

	/* A name that never reached the folder: nothing written to it can be found. */
	if (op->kind == DISK_CREATE)
		is_gone[op->file] = true;
	if (op->kind == DISK_WRITE)
		cut_spoil(&to->files[op->file].content, piece->offset, piece->size, fate, seed);
}

struct disk_image *disk_log_cut(struct disk_log *log, int op, enum disk_fate fate, unsigned *seed)
{
	bool is_gone[DISK_FILES_MAX] = { false };

	assert(op <= log->count);
	go_to(log, op);
	struct disk_image *image = disk_image_copy(log->durable);
	int odds = 1 + rand_r(seed) % 7;
	for (int i = 0; i < log->pending_count; i++) {
		const struct disk_piece *piece = &log->pending[i];
		if (is_gone[log->ops[piece->op].file])
			continue;
		if (cut_survives(fate, odds, seed))
			apply(log, piece, image);
		else
			lose(log, piece, fate, image, is_gone, seed);
	}
	return image;
}
