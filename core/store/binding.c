#include "core/store/binding.h"

#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/act_reasons.h"
#include "core/store/db.h"
#include "core/store/internal.h"

#define HASH_SIZE   32
#define COLUMNS_MAX 64
_Static_assert(BINDING_HASH_TEXT == HASH_SIZE * 2 + 1, "hexadecimal, with its NUL");
_Static_assert(BINDING_SALT_SIZE >= crypto_generichash_KEYBYTES_MIN, "the salt is the key");

/* ---- the hash of a row ---- */

/* The columns that are hashed, sorted by name: a recreated table may have them in another order. */
static int sort_columns(sqlite3_stmt *row, int order[COLUMNS_MAX])
{
	int count = 0;

	for (int i = 0; i < sqlite3_column_count(row) && count < COLUMNS_MAX; i++) {
		const char *name = sqlite3_column_name(row, i);
		if (strcmp(name, "id") == 0 || strcmp(name, "salt") == 0 ||
			sqlite3_column_type(row, i) == SQLITE_NULL)
			continue;
		int at = count++;
		for (; at > 0 && strcmp(sqlite3_column_name(row, order[at - 1]), name) > 0; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return count;
}

/* Preceded by its length, so that different rows never give the same bytes. */
static void hash_bytes(crypto_generichash_state *state, const void *bytes, size_t size)
{
	const uint64_t length = size;
	unsigned char prefix[8];

	for (int i = 0; i < 8; i++)
		prefix[i] = (unsigned char)(length >> (56 - 8 * i));
	crypto_generichash_update(state, prefix, sizeof(prefix));
	if (size)
		crypto_generichash_update(state, bytes, size);
}

static void hash_value(crypto_generichash_state *state, sqlite3_stmt *row, int column)
{
	const char *name = sqlite3_column_name(row, column);
	const unsigned char type = (unsigned char)sqlite3_column_type(row, column);

	hash_bytes(state, name, strlen(name));
	hash_bytes(state, &type, 1);
	/* An integer is hashed as its decimal text. */
	const void *bytes = sqlite3_column_blob(row, column);
	hash_bytes(state, bytes, (size_t)sqlite3_column_bytes(row, column));
}

static void hash_row(sqlite3_stmt *row, const char *table, int64_t id, const void *salt,
	char ret[BINDING_HASH_TEXT])
{
	crypto_generichash_state state;
	unsigned char hash[HASH_SIZE];
	char digits[24];
	int order[COLUMNS_MAX];
	int count = sort_columns(row, order);

	snprintf(digits, sizeof(digits), "%" PRId64, id);
	crypto_generichash_init(&state, salt, BINDING_SALT_SIZE, sizeof(hash));
	hash_bytes(&state, table, strlen(table));
	hash_bytes(&state, digits, strlen(digits));
	for (int i = 0; i < count; i++)
		hash_value(&state, row, order[i]);
	crypto_generichash_final(&state, hash, sizeof(hash));
	sodium_bin2hex(ret, BINDING_HASH_TEXT, hash, sizeof(hash));
}

int binding_hash(
	struct db *db, const char *table, int64_t id, char ret[BINDING_HASH_TEXT], struct err *err)
{
	CLEANUP(mem_free) char *sql = mem_printf("SELECT * FROM %s WHERE id = :id", table);
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int order[COLUMNS_MAX];
	size_t size;

	*ret = '\0';
	TRY(query_open(&q, db, sql, FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r;
	const void *salt = query_blob(&q, "salt", &size);
	if (salt && size == BINDING_SALT_SIZE)
		hash_row(q.statement->handle, table, id, salt, ret);
	return *ret || sort_columns(q.statement->handle, order) > 0;
}

/* ---- what the journal holds ---- */

struct binding {
	int table; /* index into db->tables */
	int64_t id, seq;
	char hash[BINDING_HASH_TEXT];
};
struct bindings {
	struct binding *rows;
	size_t count, room;
};

static void bindings_finish(struct bindings *all)
{
	free(all->rows);
}

static int table_named(const struct db *db, const char *name)
{
	for (int i = 0; name && i < db->table_count; i++)
		if (db->tables[i].is_bound && strcmp(db->tables[i].name, name) == 0)
			return i;
	return -1;
}

/* Whatever does not parse as a binding is none: the chain guarantees the body. */
static void add_binding(const struct db *db, struct bindings *all, int64_t seq, const json_t *entry)
{
	int table = table_named(db, json_string_value(json_array_get(entry, 0)));
	const char *hash = json_string_value(json_array_get(entry, 2));

	if (table < 0 || !hash || strlen(hash) != BINDING_HASH_TEXT - 1)
		return;
	if (all->count == all->room) {
		all->room = all->room ? 2 * all->room : 1024;
		all->rows = mem_resize(all->rows, all->room * sizeof(*all->rows));
	}
	struct binding *b = &all->rows[all->count++];
	*b = (struct binding){
		.table = table, .id = json_integer_value(json_array_get(entry, 1)), .seq = seq
	};
	memcpy(b->hash, hash, BINDING_HASH_TEXT);
}

static int read_bindings(struct db *db, struct bindings *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	/* Inside a string of the body the quotes would be escaped. */
	TRY(query_open(&q, db,
		"SELECT seq, body FROM journal WHERE instr(body, '\"private\":[') ORDER BY seq",
		NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		json_t *root = json_loads(query_text0(&q, "body"), 0, NULL), *entry;
		size_t i;
		json_array_foreach(json_object_get(root, "private"), i, entry)
		{
			add_binding(db, ret, query_int(&q, "seq"), entry);
		}
		json_decref(root);
	}
	return r;
}

static int by_row_then_seq(const void *a, const void *b)
{
	const struct binding *x = a, *y = b;

	if (x->table != y->table)
		return x->table < y->table ? -1 : 1;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static bool is_superseded(const struct bindings *all, size_t i)
{
	const struct binding *b = &all->rows[i];

	return i + 1 < all->count && b[1].table == b->table && b[1].id == b->id;
}

static int check_binding(struct db *db, const struct binding *b, struct err *err)
{
	const char *table = db->tables[b->table].name;
	char hash[BINDING_HASH_TEXT];
	int r = binding_hash(db, table, b->id, hash, err);

	if (r <= 0 || strcmp(hash, b->hash) == 0)
		return r < 0 ? r : 0;
	return err_setf(
		err, ERR_STORAGE, REASON(PRIVATE_CHANGED), "%s, row %" PRId64, table, b->id);
}

int binding_check(struct db *db, struct err *err)
{
	CLEANUP(bindings_finish) struct bindings all = { 0 };

	TRY(read_bindings(db, &all, err));
	if (all.count)
		qsort(all.rows, all.count, sizeof(*all.rows), by_row_then_seq);
	for (size_t i = 0; i < all.count; i++)
		if (!is_superseded(&all, i))
			TRY(check_binding(db, &all.rows[i], err));
	return 0;
}
