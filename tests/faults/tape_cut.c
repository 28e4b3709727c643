/* What a power cut leaves of a tape. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/faults/tape_internal.h"
#include "tests/lib/test.h"

#define SECTOR   512
#define PHYSICAL 4096 /* the range that garbage destroys */

/* ---- files ---- */

void tape_file_write(struct tape_file *f, const void *bytes, size_t size, size_t offset)
{
	size_t end = offset + size;

	if (size == 0)
		return;
	if (end > f->capacity) {
		f->capacity = end * 2;
		f->bytes = mem_resize(f->bytes, f->capacity);
	}
	if (offset > f->size)
		memset(f->bytes + f->size, 0, offset - f->size);
	memcpy(f->bytes + offset, bytes, size);
	if (end > f->size)
		f->size = end;
}

void tape_file_truncate(struct tape_file *f, size_t size)
{
	if (size < f->size)
		f->size = size;
	else if (size > f->size)
		tape_file_write(f, "", 1, size - 1);
}

/* ---- what an operation is ---- */

int tape_count(const struct tape *t)
{
	return t->count;
}

/* The name that a file has at the end, or had when it was last named. */
static bool is_named(const struct tape *t, int node, const char *name)
{
	int at = tape_names_find(&t->names, name);

	return at >= 0 && t->names.rows[at].node == node;
}

bool tape_is_sync(const struct tape *t, int op, const char *name)
{
	return t->ops[op].kind == TAPE_SYNC && strcmp(t->ops[op].name, name) == 0;
}

bool tape_is_write(const struct tape *t, int op, const char *name)
{
	return t->ops[op].kind == TAPE_WRITE && is_named(t, t->ops[op].node, name);
}

bool tape_is_any_sync(const struct tape *t, int op)
{
	return t->ops[op].kind == TAPE_SYNC || t->ops[op].kind == TAPE_SYNC_FOLDER;
}

bool tape_is_name(const struct tape *t, int op)
{
	return t->ops[op].kind >= TAPE_CREATE;
}

char *tape_describe(const struct tape *t, int op)
{
	static const char *const words[] = { "write", "truncate", "sync", "sync folder", "create",
		"make folder", "rename", "remove" };
	const struct tape_op *o = &t->ops[op];
	const char *name = o->name;

	for (int i = 0; !name && i < t->names.count; i++)
		if (t->names.rows[i].node == o->node)
			name = t->names.rows[i].name;
	return mem_printf("%s %s %s at %zu, %zu bytes", words[o->kind], name ? name : "(gone)",
		o->to ? o->to : "", o->offset, o->size);
}

void tape_lie(struct tape *t)
{
	t->is_lying = true;
	t->next = t->count + 1; /* from the beginning */
}

/* ---- from op to op ---- */

static void apply(const struct tape *t, const struct tape_piece *piece, struct tape_file *to)
{
	const struct tape_op *op = &t->ops[piece->op];

	if (op->kind == TAPE_WRITE)
		tape_file_write(
			to, op->bytes + (piece->offset - op->offset), piece->size, piece->offset);
	else
		tape_file_truncate(to, op->size);
}

static void add_piece(struct tape *t, struct tape_piece piece)
{
	if (t->pending_count == t->pending_capacity) {
		t->pending_capacity = t->pending_capacity ? t->pending_capacity * 2 : 256;
		t->pending =
			mem_resize(t->pending, (size_t)t->pending_capacity * sizeof(*t->pending));
	}
	t->pending[t->pending_count++] = piece;
}

static void add_sectors(struct tape *t, int number)
{
	const struct tape_op *op = &t->ops[number];
	size_t end = op->offset + op->size;

	for (size_t at = op->offset; at < end;) {
		size_t next = (at / SECTOR + 1) * SECTOR;
		if (next > end)
			next = end;
		add_piece(t, (struct tape_piece){ number, at, next - at });
		at = next;
	}
}

static void add_rename(struct tape *t, int op)
{
	if (t->renames_count == t->renames_capacity) {
		t->renames_capacity = t->renames_capacity ? t->renames_capacity * 2 : 64;
		t->renames =
			mem_resize(t->renames, (size_t)t->renames_capacity * sizeof(*t->renames));
	}
	t->renames[t->renames_count++] = op;
}

static void settle_file(struct tape *t, int node)
{
	int left = 0;

	for (int i = 0; i < t->pending_count; i++) {
		struct tape_piece piece = t->pending[i];
		if (t->ops[piece.op].node != node)
			t->pending[left++] = piece;
		else
			apply(t, &piece, &t->durable[node]);
	}
	t->pending_count = left;
}

/* Is the name directly in that folder? */
static bool is_in(const char *name, const char *folder)
{
	size_t len = strlen(folder);

	if (!name || (len && (strncmp(name, folder, len) != 0 || name[len] != '/')))
		return false;
	return !strchr(name + len + (len ? 1 : 0), '/');
}

static void settle_folder(struct tape *t, const char *folder)
{
	int upto = 0;

	for (int i = 0; i < t->renames_count; i++) {
		const struct tape_op *op = &t->ops[t->renames[i]];
		if (is_in(op->name, folder) || is_in(op->to, folder))
			upto = i + 1;
	}
	for (int i = 0; i < upto; i++)
		tape_names_apply(&t->durable_names, &t->ops[t->renames[i]]);
	for (int i = upto; i < t->renames_count; i++)
		t->renames[i - upto] = t->renames[i];
	t->renames_count -= upto;
}

static void advance(struct tape *t, int number)
{
	const struct tape_op *op = &t->ops[number];

	switch (op->kind) {
	case TAPE_WRITE:
		add_sectors(t, number);
		break;
	case TAPE_TRUNCATE:
		add_piece(t, (struct tape_piece){ .op = number });
		break;
	case TAPE_SYNC:
		if (!t->is_lying)
			settle_file(t, op->node);
		break;
	case TAPE_SYNC_FOLDER:
		if (!t->is_lying)
			settle_folder(t, op->name);
		break;
	case TAPE_CREATE:
	case TAPE_MAKE_FOLDER:
	case TAPE_RENAME:
	case TAPE_REMOVE:
		add_rename(t, number);
		break;
	}
}

static void begin_anew(struct tape *t)
{
	if (!t->durable)
		t->durable = mem_alloc((size_t)(t->nodes + 1) * sizeof(*t->durable));
	for (int i = 0; i < t->nodes; i++) {
		t->durable[i].size = 0;
		if (i < t->base_nodes)
			tape_file_write(&t->durable[i], t->base[i].bytes, t->base[i].size, 0);
	}
	tape_names_copy(&t->durable_names, &t->base_names);
	t->pending_count = t->renames_count = t->next = 0;
}

static void go_to(struct tape *t, int op)
{
	if (!t->durable || op < t->next)
		begin_anew(t);
	while (t->next < op)
		advance(t, t->next++);
}

/* ---- the cut ---- */

static bool survives(enum disk_fate fate, int odds, unsigned *seed)
{
	if (fate == DISK_KEPT || fate == DISK_LOST)
		return fate == DISK_KEPT;
	return rand_r(seed) % 8 < odds;
}

/* Garbage where a sector was being written; it does not extend the file beyond the sector's own
 * end. */
static void spoil(const struct tape_piece *piece, size_t unit, struct tape_file *f, unsigned *seed)
{
	size_t end = piece->offset + piece->size;
	size_t from = piece->offset / unit * unit, until = (end + unit - 1) / unit * unit;
	size_t longest = f->size > end ? f->size : end;

	for (size_t at = from; at < until && at < longest; at++) {
		unsigned char byte = (unsigned char)(rand_r(seed) >> 4);
		tape_file_write(f, &byte, 1, at);
	}
}

static void lose(const struct tape *t, const struct tape_piece *piece, enum disk_fate fate,
	struct tape_file *f, unsigned *seed)
{
	if (t->ops[piece->op].kind != TAPE_WRITE || rand_r(seed) % 4)
		return;
	if (fate == DISK_TORN)
		spoil(piece, SECTOR, f, seed);
	if (fate == DISK_GARBAGE)
		spoil(piece, PHYSICAL, f, seed);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *ftw)
{
	(void)about;
	(void)kind;
	return ftw->level > 0 ? remove(path) : 0;
}

static void put_file(
	struct tape *t, int node, const char *path, enum disk_fate fate, int odds, unsigned *seed)
{
	const struct tape_file *durable = &t->durable[node];
	struct tape_file *f = &t->scratch;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	f->size = 0;
	tape_file_write(f, durable->bytes, durable->size, 0);
	for (int i = 0; i < t->pending_count; i++) {
		if (t->ops[t->pending[i].op].node != node)
			continue;
		if (survives(fate, odds, seed))
			apply(t, &t->pending[i], f);
		else
			lose(t, &t->pending[i], fate, f, seed);
	}
	if (f->size)
		assert_int_equal(write(fd, f->bytes, f->size), f->size);
	close(fd);
}

void tape_cut(struct tape *t, int op, enum disk_fate fate, unsigned *seed, const char *to)
{
	struct tape_names names = { .count = 0 };
	int kept, odds = 1 + rand_r(seed) % 7;

	go_to(t, op);
	kept = fate == DISK_KEPT ? t->renames_count : rand_r(seed) % (t->renames_count + 1);
	tape_names_copy(&names, &t->durable_names);
	for (int i = 0; i < kept; i++)
		tape_names_apply(&names, &t->ops[t->renames[i]]);
	assert_int_equal(nftw(to, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < names.count; i++) {
			CLEANUP(mem_free) char *path = mem_printf("%s/%s", to, names.rows[i].name);
			if (pass == 0 && names.rows[i].node == TAPE_FOLDER_NODE)
				mkdir(path, 0700);
			else if (pass == 1 && names.rows[i].node != TAPE_FOLDER_NODE)
				put_file(t, names.rows[i].node, path, fate, odds, seed);
		}
	tape_names_clear(&names);
}
