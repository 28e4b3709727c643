/* What of a tape a power cut leaves. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "tests/faults/cut.h"
#include "tests/faults/tape_internal.h"
#include "tests/lib/test.h"

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

static void apply(const struct tape *t, const struct tape_piece *piece, struct paged *to)
{
	const struct tape_op *op = &t->ops[piece->op];

	if (op->kind == TAPE_WRITE)
		paged_write(
			to, op->bytes + (piece->offset - op->offset), piece->size, piece->offset);
	else
		paged_truncate(to, op->size);
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
		size_t next = (at / CUT_SECTOR + 1) * CUT_SECTOR;
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
	static const struct paged empty;

	if (!t->durable) {
		t->durable = mem_alloc((size_t)t->nodes * sizeof(*t->durable));
		t->found = mem_alloc((size_t)t->nodes * sizeof(*t->found));
	}
	for (int i = 0; i < t->nodes; i++)
		paged_copy(&t->durable[i], i < t->base_nodes ? &t->base[i] : &empty);
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

/* A file's content. */
static void find_file(struct tape *t, int node, enum disk_fate fate, int odds, unsigned *seed)
{
	struct paged *f = &t->found[node];

	paged_copy(f, &t->durable[node]);
	for (int i = 0; i < t->pending_count; i++) {
		const struct tape_piece *piece = &t->pending[i];
		const struct tape_op *op = &t->ops[piece->op];
		if (op->node != node)
			continue;
		if (cut_survives(fate, odds, seed))
			apply(t, piece, f);
		else if (op->kind == TAPE_WRITE)
			cut_spoil(f, piece->offset, piece->size, fate, seed);
	}
}

void tape_cut(struct tape *t, int op, enum disk_fate fate, unsigned *seed)
{
	struct tape_names *names = &t->found_names;
	int kept, odds = 1 + rand_r(seed) % 7;

	go_to(t, op);
	kept = fate == DISK_KEPT ? t->renames_count : rand_r(seed) % (t->renames_count + 1);
	tape_names_copy(names, &t->durable_names);
	for (int i = 0; i < kept; i++)
		tape_names_apply(names, &t->ops[t->renames[i]]);
	for (int i = 0; i < names->count; i++)
		if (names->rows[i].node != TAPE_FOLDER_NODE)
			find_file(t, names->rows[i].node, fate, odds, seed);
}

/* ---- what was found ---- */

bool tape_has_found(const struct tape *t, const char *name)
{
	return tape_names_find(&t->found_names, name) >= 0;
}

const struct paged *tape_found(const struct tape *t, const char *name)
{
	int at = tape_names_find(&t->found_names, name);
	int node = at < 0 ? TAPE_FOLDER_NODE : t->found_names.rows[at].node;

	return node == TAPE_FOLDER_NODE ? NULL : &t->found[node];
}

/* What tape_put makes, for nftw. */
static struct {
	const struct tape_names *names;
	size_t top; /* of the folder's path, with its slash */
} wanted;

static bool is_wanted(const char *name, bool is_folder)
{
	int at = tape_names_find(wanted.names, name);

	return at >= 0 && (wanted.names->rows[at].node == TAPE_FOLDER_NODE) == is_folder;
}

static int remove_others(const char *path, const struct stat *about, int kind, struct FTW *ftw)
{
	(void)about;
	if (ftw->level == 0 || is_wanted(path + wanted.top, kind == FTW_DP))
		return 0;
	return remove(path);
}

void tape_put(const struct tape *t, const char *folder)
{
	const struct tape_names *names = &t->found_names;

	wanted.names = names;
	wanted.top = strlen(folder) + 1;
	assert_int_equal(nftw(folder, remove_others, 16, FTW_DEPTH | FTW_PHYS), 0);
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < names->count; i++) {
			int node = names->rows[i].node;
			CLEANUP(mem_free)
			char *path = mem_printf("%s/%s", folder, names->rows[i].name);
			if (pass == 0 && node == TAPE_FOLDER_NODE)
				mkdir(path, 0700);
			else if (pass == 1 && node != TAPE_FOLDER_NODE)
				assert_true(paged_store(&t->found[node], path));
		}
}
