#include "core/store/journal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/store/internal.h"

#define HASH_FORMAT 1

/* The columns that are hashed, in this order: integers of nine bytes each (is-null, value), then
 * bytes, each behind its length. */
#define INT_COLUMNS                                                                            \
	"seq, site, epoch, recorded_at, occurred_at, version, role, actor, approver, station," \
	" resident, subject, undoes, counter, result"
#define BYTE_COLUMNS "kind, body, key, inputs"
enum { HASHED_INTS = 15, HASHED_BYTES = 4 };

struct hashable {
	struct field ints[HASHED_INTS];
	struct {
		const void *data;
		size_t size;
	} bytes[HASHED_BYTES];
};

static void put64(unsigned char *out, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)(v >> (56 - 8 * i));
}

static void hash_row(const struct hashable *row, const unsigned char previous[JOURNAL_HASH_SIZE],
	unsigned char out[JOURNAL_HASH_SIZE])
{
	crypto_generichash_state state;
	unsigned char fixed[1 + JOURNAL_HASH_SIZE + 9 * HASHED_INTS] = { HASH_FORMAT };
	unsigned char *at = fixed + 1 + JOURNAL_HASH_SIZE;

	memcpy(fixed + 1, previous, JOURNAL_HASH_SIZE);
	for (int i = 0; i < HASHED_INTS; i++, at += 9) {
		at[0] = row->ints[i].type == FIELD_NULL;
		put64(at + 1, (uint64_t)row->ints[i].integer);
	}
	crypto_generichash_init(&state, NULL, 0, JOURNAL_HASH_SIZE);
	crypto_generichash_update(&state, fixed, sizeof(fixed));
	for (int i = 0; i < HASHED_BYTES; i++) {
		unsigned char length[8];
		put64(length, row->bytes[i].size);
		crypto_generichash_update(&state, length, sizeof(length));
		crypto_generichash_update(&state, row->bytes[i].data, row->bytes[i].size);
	}
	crypto_generichash_final(&state, out, JOURNAL_HASH_SIZE);
}

int journal_append(struct db *db, const struct acting *a, int64_t result, struct err *err)
{
	const struct open_act *o = db->open_act;
	const struct act_kind_info *kind = &act_kind_table[o->kind];
	CLEANUP(mem_free) char *body = journal_body_text(&o->body);
	unsigned char hash[JOURNAL_HASH_SIZE];
	struct hashable row = {
		.ints = { F_INT("seq", a->seq), F_INT("site", db->site), F_INT("epoch", db->epoch),
			F_INT("recorded_at", a->now), F_INT("occurred_at", a->at),
			F_INT("version", kind->version), F_INT("role", a->act->role),
			F_ID("actor", a->act->actor), F_ID("approver", a->act->approver),
			F_INT("station", db->station), F_ID("resident", o->resident),
			F_ID("subject", o->subject), F_ID("undoes", o->undoes),
			F_INT("counter", o->counter), F_INT("result", result) },
		.bytes = { { kind->name, strlen(kind->name) }, { body, strlen(body) },
			{ o->key, ACT_KEY_SIZE }, { o->inputs, sizeof(o->inputs) } },
	};

	hash_row(&row, o->previous, hash);
	struct field all[HASHED_INTS + 6] = { { 0 } };
	memcpy(all, row.ints, sizeof(row.ints));
	struct field *next = all + HASHED_INTS;
	*next++ = F_TEXT("kind", kind->name);
	*next++ = F_TEXT("body", body);
	*next++ = F_BLOB("key", o->key, ACT_KEY_SIZE);
	*next++ = F_BLOB("inputs", o->inputs, sizeof(o->inputs));
	*next++ = F_BLOB("hash", hash, sizeof(hash));
	TRY(statement_run(db,
		"INSERT INTO journal (seq, site, epoch, recorded_at, occurred_at, kind, version, "
		"role, actor,"
		" approver, station, resident, subject, undoes, counter, body, key, inputs, "
		"result, hash)"
		" VALUES (:seq, :site, :epoch, :recorded_at, :occurred_at, :kind, :version, :role, "
		":actor,"
		" :approver, :station, :resident, :subject, :undoes, :counter, :body, :key, "
		":inputs, :result,"
		" :hash)",
		PERMIT_JOURNAL, all, err));
	db->head = (struct head){ .is_known = true, .seq = a->seq, .counter = o->counter };
	memcpy(db->head.hash, hash, sizeof(hash));
	return 0;
}

static int broken_at(struct db *db, int64_t seq, struct err *err)
{
	return err_setf(err, ERR_STORAGE, reason_with_text(REASON_STORE_DAMAGED, db->path, seq),
		"the journal's chain breaks at row %" PRId64, seq);
}

int journal_head(struct db *db, struct journal_head *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct journal_head head = { .epoch = db->epoch };
	size_t size;

	TRY(query_open(&q, db, "SELECT epoch, seq, hash FROM journal ORDER BY seq DESC LIMIT 1",
		NO_FIELDS, err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 1) {
		head.epoch = query_int(&q, "epoch");
		head.seq = query_int(&q, "seq");
		const void *hash = query_blob(&q, "hash", &size);
		if (size != sizeof(head.hash))
			return broken_at(db, head.seq, err);
		memcpy(head.hash, hash, size);
	}
	*ret = head;
	return 0;
}

/* Columns 0 … are hashed_ints, then hashed_bytes, then the hash: read by position, since this runs
 * over millions of rows. */
static void read_row(sqlite3_stmt *s, struct hashable *row)
{
	for (int i = 0; i < HASHED_INTS; i++) {
		int64_t value = sqlite3_column_int64(s, i);
		/* NULL reads as 0: only then is it worth asking. */
		bool is_null = value == 0 && sqlite3_column_type(s, i) == SQLITE_NULL;
		row->ints[i].type = is_null ? FIELD_NULL : FIELD_INT;
		row->ints[i].integer = value;
	}
	for (int i = 0; i < HASHED_BYTES; i++) {
		row->bytes[i].data = sqlite3_column_blob(s, HASHED_INTS + i);
		row->bytes[i].size = (size_t)sqlite3_column_bytes(s, HASHED_INTS + i);
	}
}

static int check_row(struct db *db, sqlite3_stmt *s, struct journal_check *check, struct err *err)
{
	struct hashable row;
	unsigned char hash[JOURNAL_HASH_SIZE];
	int at = HASHED_INTS + HASHED_BYTES;

	read_row(s, &row);
	if (row.ints[0].integer != check->seq + 1)
		return broken_at(db, check->seq + 1, err);
	hash_row(&row, check->hash, hash);
	if (sqlite3_column_bytes(s, at) != JOURNAL_HASH_SIZE ||
		memcmp(sqlite3_column_blob(s, at), hash, JOURNAL_HASH_SIZE) != 0)
		return broken_at(db, check->seq + 1, err);
	check->seq++;
	memcpy(check->hash, hash, JOURNAL_HASH_SIZE);
	return 0;
}

int journal_check_step(struct db *db, struct journal_check *check, int rows, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r, done = 0;

	TRY(query_open(&q, db,
		"SELECT " INT_COLUMNS ", " BYTE_COLUMNS ", hash"
		" FROM journal WHERE seq > :seq ORDER BY seq LIMIT :rows",
		FIELDS(F_INT("seq", check->seq), F_INT("rows", rows)), err));
	while ((r = query_next(&q, err)) > 0) {
		TRY(check_row(db, q.statement->handle, check, err));
		done++;
	}
	if (r < 0)
		return r;
	return done == rows ? 1 : 0;
}

int journal_verify(struct db *db, int64_t *ret_rows, struct err *err)
{
	struct journal_check check = JOURNAL_CHECK_INIT;
	int r;

	while ((r = journal_check_step(db, &check, 1 << 16, err)) > 0)
		;
	*ret_rows = check.seq;
	return r;
}

static char *tripwire_path(const struct db *db)
{
	return mem_printf("%s.head", db->path);
}

int journal_tripwire_write(struct db *db, struct err *err)
{
	struct journal_head head;
	char hex[2 * JOURNAL_HASH_SIZE + 1];
	CLEANUP(mem_free) char *path = tripwire_path(db);
	CLEANUP(mem_free) char *part = mem_printf("%s.part", path);

	TRY(journal_head(db, &head, err));
	sodium_bin2hex(hex, sizeof(hex), head.hash, sizeof(head.hash));
	CLEANUP(mem_free)
	char *line = mem_printf("%" PRId64 " %" PRId64 " %s\n", head.epoch, head.seq, hex);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t len = strlen(line);
	bool is_written = fd >= 0 && write(fd, line, len) == (ssize_t)len && fsync(fd) == 0;
	int saved = errno;
	if (fd >= 0)
		close(fd);
	if (!is_written || rename(part, path) < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s",
			strerror(saved));
	return 0;
}

int journal_hash_at(
	struct db *db, int64_t seq, unsigned char ret[JOURNAL_HASH_SIZE], struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	size_t size;

	TRY(query_open(&q, db, "SELECT hash FROM journal WHERE seq = :seq",
		FIELDS(F_INT("seq", seq)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r;
	const void *hash = query_blob(&q, "hash", &size);
	if (size != JOURNAL_HASH_SIZE)
		return 0;
	memcpy(ret, hash, size);
	return 1;
}

int journal_tripwire_check(struct db *db, struct err *err)
{
	CLEANUP(mem_free) char *path = tripwire_path(db);
	char theirs[2 * JOURNAL_HASH_SIZE + 1] = "", ours[2 * JOURNAL_HASH_SIZE + 1] = "";
	unsigned char hash[JOURNAL_HASH_SIZE];
	int64_t epoch = 0, seq = 0;
	FILE *f = fopen(path, "re");

	if (!f)
		return 0;
	int fields = fscanf(f, "%" SCNd64 " %" SCNd64 " %64s", &epoch, &seq, theirs);
	fclose(f);
	/* Unreadable: the side file is only a witness, the chain itself is checked apart. */
	if (fields != 3 || seq == 0 || epoch > db->epoch)
		return 0;
	int r = journal_hash_at(db, seq, hash, err);
	if (r < 0)
		return r;
	if (r > 0)
		sodium_bin2hex(ours, sizeof(ours), hash, sizeof(hash));
	if (r == 0 || strcmp(ours, theirs) != 0)
		return err_setf(err, ERR_STORAGE,
			reason_with_text(REASON_STORE_DAMAGED, db->path, seq),
			"the journal does not hold row %" PRId64 " as it was last seen", seq);
	return 0;
}

typedef int (*change_visitor)(void *arg, int64_t seq, char op, const char *table, int64_t id,
	const struct json_t *row, struct err *err);

static int visit_body(struct db *db, int64_t seq, const char *body, change_visitor visit, void *arg,
	struct err *err)
{
	json_t *root = json_loads(body, 0, NULL);
	json_t *change;
	size_t i;
	int r = 0;

	json_array_foreach(json_object_get(root, "ops"), i, change)
	{
		const char *op = json_string_value(json_array_get(change, 0));
		const char *table = json_string_value(json_array_get(change, 1));
		json_t *id = json_array_get(change, 2);
		if (!op || !table || !json_is_integer(id)) {
			r = broken_at(db, seq, err);
			break;
		}
		r = visit(arg, seq, op[0], table, json_integer_value(id), json_array_get(change, 3),
			err);
		if (r != 0)
			break;
	}
	if (!root)
		r = broken_at(db, seq, err);
	json_decref(root);
	return r;
}

int journal_each_change(struct db *db, change_visitor visit, void *arg, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db, "SELECT seq, body FROM journal ORDER BY seq", NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		r = visit_body(db, query_int(&q, "seq"), query_text0(&q, "body"), visit, arg, err);
		if (r != 0)
			return r;
	}
	return r;
}
