#include "core/store/journal.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "core/store/acting.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/journal_row.h"
#include "core/store/reasons.h"

int journal_append(struct db *db, const struct acting *a, int64_t result, struct err *err)
{
	const struct open_act *o = db->open_act;
	const struct act_kind_info *kind = &act_kind_table[o->kind];
	CLEANUP(mem_free) char *body = journal_body_text(&o->body);
	unsigned char hash[JOURNAL_HASH_SIZE];
	struct journal_row row = {
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

	journal_row_hash(&row, o->previous, hash);
	struct field all[JOURNAL_INTS + 6] = { { 0 } };
	memcpy(all, row.ints, sizeof(row.ints));
	struct field *next = all + JOURNAL_INTS;
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
	db->head = (struct head){
		.is_known = true,
		.is_new = true,
		.seq = a->seq,
		.counter = o->counter,
		.at = a->now,
	};
	memcpy(db->head.hash, hash, sizeof(hash));
	return 0;
}

int journal_broken_at(struct db *db, int64_t seq, struct err *err)
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
			return journal_broken_at(db, head.seq, err);
		memcpy(head.hash, hash, size);
	}
	*ret = head;
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
			r = journal_broken_at(db, seq, err);
			break;
		}
		r = visit(arg, seq, op[0], table, json_integer_value(id), json_array_get(change, 3),
			err);
		if (r != 0)
			break;
	}
	if (!root)
		r = journal_broken_at(db, seq, err);
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

/* Rows are in the order in which they were recorded, so a binary search finds it in a few steps
 * however long the journal is. */
int journal_row_from(struct db *db, int64_t at, int64_t last, int64_t *ret, struct err *err)
{
	int64_t low = 1, high = last + 1;

	while (low < high) {
		int64_t middle = low + (high - low) / 2, recorded_at;
		TRY(db_integer(db, "SELECT recorded_at FROM journal WHERE seq = :seq",
			FIELDS(F_INT("seq", middle)), INT64_MAX, &recorded_at, err));
		if (recorded_at < at)
			low = middle + 1;
		else
			high = middle;
	}
	*ret = low;
	return 0;
}
