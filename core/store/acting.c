#include "core/store/acting.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/act_reasons.h"
#include "core/store/binding.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"
#include "core/store/role_reasons.h"

#define ID_COUNTER_BITS 32
#define ID_EPOCH_BITS   7

/* A digest of kind and inputs, with the key as salt: it tells a repetition from a key used for two
 * intentions. */
static void digest_inputs(enum act_kind kind, const unsigned char key[ACT_KEY_SIZE],
	const struct field *inputs, unsigned char out[32])
{
	crypto_generichash_state state;
	int64_t head = kind;

	crypto_generichash_init(&state, key, ACT_KEY_SIZE, 32);
	crypto_generichash_update(&state, (const unsigned char *)&head, sizeof(head));
	for (const struct field *f = inputs; f->type != FIELD_END; f++) {
		int64_t parts[3] = { f->type, f->integer, (int64_t)f->size };
		crypto_generichash_update(
			&state, (const unsigned char *)f->name, strlen(f->name) + 1);
		crypto_generichash_update(&state, (const unsigned char *)parts, sizeof(parts));
		if (f->size)
			crypto_generichash_update(&state, f->data, f->size);
	}
	crypto_generichash_final(&state, out, 32);
}

static void open_act_free(struct open_act *o)
{
	if (!o)
		return;
	journal_body_finish(&o->body);
	bytes_finish(&o->privates);
	free(o);
}

static int check_caller(const struct acting *a, enum act_kind kind, struct err *err)
{
	const struct act *act = a->act;
	bool has_why = act->why && *act->why;
	bool is_backdated = act->occurred_at && act->occurred_at < a->now;

	if (!act_kind_allows(kind, act->role))
		return err_set(err, ERR_REFUSED,
			act->role == ROLE_SERVICE
				? REASON(SERVICE_ONLY)
				: REASON(ROLE_NEEDED, .n1 = act_kind_table[kind].min_role));
	if (act->occurred_at > a->now)
		return err_set(err, ERR_REFUSED, REASON(BACKDATE_FUTURE));
	if (!is_backdated && !act->is_override)
		return 0;
	if (act->role < ROLE_VOLUNTEER)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	if (!has_why)
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	return 0;
}

/* Returns 1 when the same intention has been carried out before; its result is in a->result. */
static int look_up_key(struct acting *a, const struct open_act *o, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	size_t size;

	TRY(query_open(&q, a->db, "SELECT inputs, result, seq FROM journal WHERE key = :key",
		FIELDS(F_BLOB("key", o->key, ACT_KEY_SIZE)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r;
	const void *inputs = query_blob(&q, "inputs", &size);
	if (size != sizeof(o->inputs) || memcmp(inputs, o->inputs, size) != 0)
		return err_set(err, ERR_REFUSED, REASON(KEY_REUSED));
	a->is_repeat = true;
	a->result = query_int(&q, "result");
	a->seq = query_int(&q, "seq");
	return 1;
}

static int read_head(struct db *db, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct head head = { .is_known = true };
	size_t size;

	TRY(query_open(&q, db,
		"SELECT seq, epoch, counter, recorded_at, hash FROM journal ORDER BY seq DESC "
		"LIMIT 1",
		NO_FIELDS, err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 1) {
		head.seq = query_int(&q, "seq");
		head.at = query_int(&q, "recorded_at");
		/* The counter restarts in a new epoch; the epoch keeps the ids distinct. */
		if (query_int(&q, "epoch") == db->epoch)
			head.counter = query_int(&q, "counter");
		const void *hash = query_blob(&q, "hash", &size);
		if (size != JOURNAL_HASH_SIZE || head.counter < 0 ||
			head.counter >> ID_COUNTER_BITS)
			return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path),
				"journal row %lld has no hash or no counter", (long long)head.seq);
		memcpy(head.hash, hash, JOURNAL_HASH_SIZE);
	}
	db->head = head;
	return 0;
}

static int follow_head(struct acting *a, struct open_act *o, struct err *err)
{
	const struct head *head = &a->db->head;

	if (!head->is_known) {
		TRY(tripwire_guard(a->db, err));
		TRY(read_head(a->db, err));
	}
	a->seq = head->seq + 1;
	o->counter = head->counter;
	memcpy(o->previous, head->hash, JOURNAL_HASH_SIZE);
	return 0;
}

static void join(struct acting *a, enum act_kind kind)
{
	struct open_act *o = a->db->open_act;

	o->depth++;
	journal_body_add_act(&o->body, act_kind_table[kind].name);
}

/* The transaction that an act owns is the handle's; acting keeps only whether it is the outermost.
 */
static int begin_outer(
	struct acting *a, enum act_kind kind, const struct field *inputs, struct err *err)
{
	static const unsigned char zero[ACT_KEY_SIZE];
	struct db *db = a->db;
	struct txn t = TXN_INIT;
	struct open_act *o = mem_alloc(sizeof(*o));

	o->kind = kind;
	memcpy(o->key, a->act->key, ACT_KEY_SIZE);
	bool is_fresh = memcmp(o->key, zero, ACT_KEY_SIZE) == 0;
	if (is_fresh)
		act_new_key(o->key);
	digest_inputs(kind, o->key, inputs, o->inputs);

	int r = txn_begin(&t, db, err);
	if (r == 0 && !is_fresh)
		r = look_up_key(a, o, err);
	if (r == 0)
		r = follow_head(a, o, err);
	if (r == 0)
		r = store_check_clock(a, kind, err);
	if (r != 0) {
		txn_end(&t);
		open_act_free(o);
		return r < 0 ? r : 0;
	}
	a->owns_txn = t.is_owner;
	db->open_act = o;
	act_set_subject(a, 0, a->act->resident);
	return 0;
}

int act_begin(struct acting *a, struct db *db, const struct act *act, enum act_kind kind,
	const struct field *inputs, struct err *err)
{
	*a = (struct acting){ .db = db, .act = act, .now = db_now(db) };
	a->at = act->occurred_at ? act->occurred_at : a->now;
	if (db->open_act) {
		join(a, kind);
		return 0;
	}
	TRY(check_caller(a, kind, err));
	a->is_outer = true;
	return begin_outer(a, kind, inputs, err);
}

int64_t act_new_id(struct acting *a)
{
	struct open_act *o = a->db->open_act;

	o->counter++;
	assert(o->counter < (INT64_C(1) << ID_COUNTER_BITS));
	return a->db->site << (ID_EPOCH_BITS + ID_COUNTER_BITS) | a->db->epoch << ID_COUNTER_BITS |
	       o->counter;
}

/* "name, name", or with a prefix ":name, :name". */
static void list_names(struct bytes *out, const struct field *row, const char *prefix)
{
	for (const struct field *f = row; f->type != FIELD_END; f++) {
		bytes_add_text(out, f == row ? "" : ", ");
		bytes_add_text(out, prefix);
		bytes_add_text(out, f->name);
	}
}

/* "name = :name, …" or "name = excluded.name, …" */
static void list_sets(struct bytes *out, const struct field *row, const char *source)
{
	for (const struct field *f = row; f->type != FIELD_END; f++) {
		bytes_add_text(out, f == row ? "" : ", ");
		bytes_add_text(out, f->name);
		bytes_add_text(out, " = ");
		bytes_add_text(out, source);
		bytes_add_text(out, f->name);
	}
}

static int64_t id_in(const struct field *row)
{
	for (const struct field *f = row; f->type != FIELD_END; f++)
		if (strcmp(f->name, "id") == 0)
			return f->integer;
	assert(false && "a row needs its id");
	return 0;
}

static void write_insert(struct bytes *out, const char *table, const struct field *row)
{
	bytes_add_text(out, "INSERT INTO ");
	bytes_add_text(out, table);
	bytes_add_text(out, " (");
	list_names(out, row, "");
	bytes_add_text(out, ") VALUES (");
	list_names(out, row, ":");
	bytes_add_text(out, ")");
}

/* Runs what was written. */
static int run_written(struct acting *a, struct bytes *sql, enum permit permit,
	const struct field *params, struct err *err)
{
	bytes_add(sql, "", 1);
	return statement_run(a->db, (const char *)sql->data, permit, params, err);
}

int act_insert(struct acting *a, const char *table, const struct field *row, struct err *err)
{
	assert(a->db->open_act && !a->is_repeat);
	CLEANUP(bytes_finish) struct bytes sql = { 0 };

	write_insert(&sql, table, row);
	TRY(run_written(a, &sql, PERMIT_DOMAIN, row, err));
	journal_body_add_change(&a->db->open_act->body, "+", table, id_in(row), row);
	return 0;
}

/* The same values followed by one more. */
static struct field *with_field(const struct field *row, struct field last)
{
	size_t count = 0;

	while (row[count].type != FIELD_END)
		count++;
	struct field *all = mem_alloc((count + 2) * sizeof(*all));
	memcpy(all, row, count * sizeof(*all));
	all[count] = last;
	return all;
}

static int expect_one(struct db *db, const char *table, int64_t id, struct err *err)
{
	if (sqlite3_changes(db->handle) == 1)
		return 0;
	return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path),
		"%s %lld is not there", table, (long long)id);
}

int act_update(struct acting *a, const char *table, int64_t id, const struct field *changes,
	struct err *err)
{
	assert(a->db->open_act && !a->is_repeat);
	CLEANUP(bytes_finish) struct bytes sql = { 0 };
	CLEANUP(mem_free) struct field *params = with_field(changes, F_INT("id", id));

	bytes_add_text(&sql, "UPDATE ");
	bytes_add_text(&sql, table);
	bytes_add_text(&sql, " SET ");
	list_sets(&sql, changes, ":");
	bytes_add_text(&sql, " WHERE id = :id");
	TRY(run_written(a, &sql, PERMIT_DOMAIN, params, err));
	TRY(expect_one(a->db, table, id, err));
	journal_body_add_change(&a->db->open_act->body, "=", table, id, changes);
	return 0;
}

int act_delete(struct acting *a, const char *table, int64_t id, struct err *err)
{
	assert(a->db->open_act && !a->is_repeat);
	CLEANUP(mem_free) char *sql = mem_printf("DELETE FROM %s WHERE id = :id", table);

	TRY(statement_run(a->db, sql, PERMIT_DOMAIN, FIELDS(F_INT("id", id)), err));
	TRY(expect_one(a->db, table, id, err));
	journal_body_add_change(&a->db->open_act->body, "-", table, id, NULL);
	return 0;
}

/* NULL: not a private table, or one in a schema older than bindings. */
static const char *bound_table(const struct db *db, const char *name)
{
	for (int i = 0; i < db->table_count; i++)
		if (db->tables[i].is_bound && strcmp(db->tables[i].name, name) == 0)
			return db->tables[i].name;
	return NULL;
}

static int write_private(
	struct acting *a, const char *table, int64_t id, const struct field *row, struct err *err)
{
	CLEANUP(bytes_finish) struct bytes sql = { 0 };
	CLEANUP(mem_free) struct field *params = with_field(row, F_INT("id", id));

	write_insert(&sql, table, params);
	bytes_add_text(&sql, " ON CONFLICT (id) DO UPDATE SET ");
	list_sets(&sql, row, "excluded.");
	return run_written(a, &sql, PERMIT_PRIVATE, params, err);
}

int act_private_drop(struct acting *a, const char *table, int64_t id, struct err *err)
{
	assert(a->db->open_act && !a->is_repeat);
	CLEANUP(mem_free) char *sql = mem_printf("DELETE FROM %s WHERE id = :id", table);

	return statement_run(a->db, sql, PERMIT_PRIVATE, FIELDS(F_INT("id", id)), err);
}

int act_private(
	struct acting *a, const char *table, int64_t id, const struct field *row, struct err *err)
{
	assert(a->db->open_act && !a->is_repeat);
	const struct private_row written = { bound_table(a->db, table), id };
	unsigned char salt[BINDING_SALT_SIZE];

	if (!written.table)
		return write_private(a, table, id, row, err);
	randombytes_buf(salt, sizeof(salt));
	CLEANUP(mem_free)
	struct field *salted = with_field(row, F_BLOB("salt", salt, sizeof(salt)));
	TRY(write_private(a, table, id, salted, err));
	bytes_add(&a->db->open_act->privates, &written, sizeof(written));
	return 0;
}

void act_set_subject(struct acting *a, int64_t subject, int64_t resident)
{
	struct open_act *o = a->db->open_act;

	if (!a->is_outer)
		return;
	o->subject = subject;
	o->resident = resident;
}

void act_set_undoes(struct acting *a, int64_t seq)
{
	if (a->is_outer)
		a->db->open_act->undoes = seq;
}

static int write_why(struct acting *a, struct err *err)
{
	if (!a->act->why || !*a->act->why)
		return 0;
	return act_private(a, "journal_why", a->seq, FIELDS(F_TEXT("why", a->act->why)), err);
}

/* Each row once: a row that is written twice is bound in its final state. */
static int bind_privates(struct acting *a, struct err *err)
{
	struct open_act *o = a->db->open_act;
	const struct private_row *rows = (const struct private_row *)(void *)o->privates.data;
	size_t count = o->privates.size / sizeof(*rows);

	for (size_t i = 0; i < count; i++) {
		size_t same = i + 1;
		while (same < count &&
			(rows[same].table != rows[i].table || rows[same].id != rows[i].id))
			same++;
		if (same < count)
			continue;
		char hash[BINDING_HASH_TEXT];
		TRY(binding_hash(a->db, rows[i].table, rows[i].id, hash, err));
		journal_body_add_private(&o->body, rows[i].table, rows[i].id, hash);
	}
	return 0;
}

int act_commit(struct acting *a, int64_t result, struct err *err)
{
	struct db *db = a->db;
	struct open_act *o = db->open_act;

	assert(o && !a->is_repeat && !a->is_done);
	a->is_done = true;
	a->result = result;
	if (!a->is_outer) {
		o->depth--;
		return 0;
	}
	assert(o->depth == 0 && !o->is_poisoned && "an inner act failed and was passed over");
	struct txn t = { .db = db, .is_owner = a->owns_txn };
	int r = write_why(a, err);
	if (r == 0)
		r = bind_privates(a, err);
	if (r == 0)
		r = journal_append(db, a, result, err);
	if (r < 0)
		txn_end(&t);
	else
		r = txn_commit(&t, err);
	db->open_act = NULL;
	open_act_free(o);
	return r;
}

void act_end(struct acting *a)
{
	struct db *db = a->db;

	if (!db || a->is_done || a->is_repeat || !db->open_act)
		return;
	if (!a->is_outer) {
		db->open_act->depth--;
		db->open_act->is_poisoned = true;
		return;
	}
	/* act_begin may have failed before there was anything to end. */
	struct txn t = { .db = db, .is_owner = a->owns_txn };
	txn_end(&t);
	open_act_free(TAKE(db->open_act));
}

static enum act_kind kind_named(const char *name)
{
	for (int i = 0; i < ACT_KIND_COUNT; i++)
		if (strcmp(act_kind_table[i].name, name) == 0)
			return (enum act_kind)i;
	return ACT_KIND_COUNT;
}

static int read_latest(
	struct db *db, const char *sql, int64_t subject, struct act_latest *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, sql, FIELDS(F_INT("subject", subject)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r;
	*ret = (struct act_latest){ .seq = query_int(&q, "seq"),
		.occurred_at = query_int(&q, "occurred_at"),
		.result = query_int(&q, "result"),
		.kind = kind_named(query_text0(&q, "kind")) };
	return 1;
}

int act_latest_of(struct db *db, int64_t subject, struct act_latest *ret, struct err *err)
{
	int r = read_latest(db,
		"SELECT seq, occurred_at, result, kind FROM journal WHERE subject = :subject"
		" ORDER BY seq DESC LIMIT 1",
		subject, ret, err);

	if (r == 0) {
		*err = (struct err){ .code = ERR_NOT_FOUND };
		return ERR_NOT_FOUND;
	}
	return r < 0 ? r : 0;
}

int act_latest_standing(struct db *db, int64_t subject, struct act_latest *ret, struct err *err)
{
	return read_latest(db,
		"SELECT seq, occurred_at, result, kind FROM journal WHERE subject = :subject"
		" AND undoes IS NULL AND NOT EXISTS"
		" (SELECT 1 FROM journal AS later WHERE later.undoes = journal.seq)"
		" ORDER BY seq DESC LIMIT 1",
		subject, ret, err);
}

int act_check_order(const struct acting *a, int64_t subject, struct err *err)
{
	struct act_latest latest;

	if (a->at >= a->now)
		return 0;
	int r = act_latest_of(a->db, subject, &latest, err);
	if (r == ERR_NOT_FOUND) {
		*err = (struct err){ 0 };
		return 0;
	}
	if (r < 0)
		return r;
	if (a->at < latest.occurred_at)
		return err_set(err, ERR_REFUSED, REASON(BACKDATE_BEFORE, .n1 = latest.occurred_at));
	return 0;
}
