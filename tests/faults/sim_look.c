#include "tests/faults/sim_look.h"

#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/shift.h"
#include "core/points/ledger.h"
#include "core/print/outbox_table.h"
#include "core/rewards/reward.h"
#include "core/store/journal.h"
#include "tests/lib/ok.h"

int64_t sim_look_integer(struct db *db, const char *sql, int64_t about)
{
	struct err err = { 0 };
	int64_t n = 0;

	assert_ok(db_integer(db, sql, FIELDS(F_INT("about", about)), 0, &n, &err), &err);
	return n;
}

static int64_t count(struct db *db, const char *sql)
{
	struct err err = { 0 };
	int64_t n = 0;

	assert_ok(db_integer(db, sql, NO_FIELDS, 0, &n, &err), &err);
	return n;
}

static char *differs(const char *what, int64_t is, int64_t wanted)
{
	if (is == wanted)
		return NULL;
	return mem_printf("%s: %lld, not %lld", what, (long long)is, (long long)wanted);
}

static int read_result(
	struct db *db, const char *sql, const struct field *fields, int64_t *ret_result)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct err err = { 0 };

	assert_ok(query_open(&q, db, sql, fields, &err), &err);
	int r = query_next(&q, &err);
	assert_ok(r, &err);
	if (r)
		*ret_result = query_int(&q, "result");
	return r;
}

int sim_look_up(struct db *db, const unsigned char *key, int64_t *ret_result)
{
	return read_result(db, "SELECT result FROM journal WHERE key = :key",
		FIELDS(F_BLOB("key", key, ACT_KEY_SIZE)), ret_result);
}

int sim_look_at_row(
	struct db *db, int64_t seq, enum act_kind kind, int64_t item, int64_t *ret_result)
{
	return read_result(db,
		"SELECT result FROM journal WHERE seq = :seq AND kind = :kind AND subject = :item",
		FIELDS(F_INT("seq", seq), F_TEXT("kind", act_kind_table[kind].name),
			F_INT("item", item)),
		ret_result);
}

static int index_of(const int64_t *ids, int n, int64_t id)
{
	for (int i = 0; i < n; i++)
		if (ids[i] == id)
			return i;
	return -1;
}

/* ---- loans ---- */

static struct sim_loan read_loan(const struct query *q, const struct sim_stage *stage)
{
	return (struct sim_loan){ .id = query_int(q, "id"),
		.number = query_int(q, "number"),
		.thing = index_of(stage->things, SIM_THINGS, query_int(q, "item")),
		.person = index_of(stage->people, SIM_PEOPLE, query_int(q, "resident")),
		.lent_at = query_int(q, "lent_at"),
		.due_at = query_int(q, "due_at"),
		.returned_at = query_int(q, "returned_at"),
		.renewed_from = query_int(q, "renewed_from"),
		.renewals = (int)query_int(q, "renewals"),
		.visit = query_int(q, "visit"),
		.return_visit = query_int(q, "return_visit"),
		.renew_visit = query_int(q, "renew_visit"),
		.is_voided = !query_is_null(q, "voided_at") };
}

#define LOANS                                                                            \
	"SELECT id, number, item, resident, lent_at, due_at, returned_at, renewed_from," \
	" renewals, visit, return_visit, renew_visit, voided_at FROM loan"

static bool is_same(const struct sim_loan *a, const struct sim_loan *b)
{
	return a->id == b->id && a->number == b->number && a->thing == b->thing &&
	       a->person == b->person && a->lent_at == b->lent_at && a->due_at == b->due_at &&
	       a->returned_at == b->returned_at && a->renewed_from == b->renewed_from &&
	       a->renewals == b->renewals && a->visit == b->visit &&
	       a->return_visit == b->return_visit && a->renew_visit == b->renew_visit &&
	       a->is_voided == b->is_voided;
}

static char *describe(const struct sim_loan *loan, const char *what)
{
	return mem_printf("loan %lld of thing %d by person %d, due %lld, %d renewals: %s",
		(long long)loan->number, loan->thing, loan->person, (long long)loan->due_at,
		loan->renewals, what);
}

static int open_count(const struct sim_model *m)
{
	int open = 0;

	for (int i = 0; i < SIM_THINGS; i++)
		open += sim_loan_of(m, i) != NULL;
	return open;
}

static char *look_at_lent(struct db *db, const struct sim_stage *stage, const struct sim_model *m)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct err err = { 0 };
	int n = 0, r;

	assert_ok(query_open(&q, db, LOANS " WHERE returned_at IS NULL AND voided_at IS NULL",
			  NO_FIELDS, &err),
		&err);
	for (; (r = query_next(&q, &err)) > 0; n++) {
		struct sim_loan there = read_loan(&q, stage);
		const struct sim_loan *known = there.thing < 0 ? NULL : sim_loan_of(m, there.thing);
		if (!known)
			return describe(&there, "is there, and nobody was told so");
		if (!is_same(&there, known))
			return describe(&there, "is not as it was acknowledged");
	}
	assert_ok(r, &err);
	return differs("things that are lent", n, open_count(m));
}

/* Every one that ever was, including those that the model knows in full. */
static char *look_at_loans(struct db *db, const struct sim_stage *stage, const struct sim_model *m)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct err err = { 0 };
	uint64_t sum = 0;
	int64_t n = 0;
	int r;

	assert_ok(query_open(&q, db, LOANS, NO_FIELDS, &err), &err);
	for (; (r = query_next(&q, &err)) > 0; n++) {
		struct sim_loan there = read_loan(&q, stage);
		const struct sim_loan *known = sim_loan_named(m, there.id);
		if (known && !is_same(&there, known))
			return describe(&there, "is not as it was acknowledged");
		sum += (uint64_t)sim_loan_weight(&there);
	}
	assert_ok(r, &err);
	char *wrong = differs("loans", n, m->past.loans + m->loan_count);
	return wrong ? wrong : differs("the sum of all loans", (int64_t)sum, sim_loan_sum(m));
}

/* ---- the rest ---- */

static char *look_at_points(struct db *db, const struct sim_stage *stage, const struct sim_model *m)
{
	struct err err = { 0 };
	struct points points;
	char *wrong = NULL;

	for (int i = 0; i < SIM_PEOPLE && !wrong; i++) {
		assert_ok(points_balance(db, stage->people[i], &points, &err), &err);
		CLEANUP(mem_free) char *what = mem_printf("points of person %d", i);
		wrong = differs(what, points.n, m->balance[i]);
	}
	if (wrong)
		return wrong;
	assert_ok(points_balance_of_system(db, ACCOUNT_ISSUE, &points, &err), &err);
	return differs("points issued", -points.n, m->issued);
}

static char *look_at_stock(struct db *db, const struct sim_stage *stage, const struct sim_model *m)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	struct err err = { 0 };

	assert_ok(reward_get(db, stage->reward, &reward, &err), &err);
	return differs("stock", reward.stock, m->stock);
}

static char *look_at_journal(struct db *db, const struct sim_model *m)
{
	struct journal_head head;
	struct err err = { 0 };

	assert_ok(journal_head(db, &head, &err), &err);
	return differs("acts", head.seq, m->rows);
}

static char *look_at_visit(struct db *db, const struct sim_model *m)
{
	return differs("who is at the counter",
		count(db, "SELECT max(id) FROM visit WHERE ended_at IS NULL"), m->visit.id);
}

char *sim_look(struct db *db, const struct sim_stage *stage, const struct sim_model *m)
{
	CLEANUP(snapshot_end) struct snapshot s = SNAPSHOT_INIT;
	struct err err = { 0 };
	char *wrong;

	assert_ok(snapshot_begin(&s, db, &err), &err);
	if ((wrong = look_at_journal(db, m)) || (wrong = look_at_lent(db, stage, m)) ||
		(wrong = look_at_points(db, stage, m)) || (wrong = look_at_stock(db, stage, m)))
		return wrong;
	return look_at_visit(db, m);
}

/* ---- papers ---- */

static struct sim_paper *paper_of(struct sim_model *m, int64_t visit, const char *title)
{
	long long label = 0;

	sscanf(title, "label %lld", &label);
	for (int i = m->paper_count - 1; i >= 0; i--)
		if (visit ? m->papers[i].visit == visit : m->papers[i].label == label)
			return &m->papers[i];
	return NULL;
}

/* Printed once, or a person was asked. */
static const char *wrong_with(const struct sim_paper *paper, const char *state, int copies)
{
	if (strcmp(state, "done") == 0 && copies == 0)
		return "is said to be printed";
	if (copies > 1 && !paper->was_asked)
		return "came out twice, and nobody was asked";
	if (strcmp(state, "cancelled") == 0 && !paper->was_restored)
		return "is cancelled, and nobody did";
	return NULL;
}

static char *look_at_paper(
	const struct query *q, struct sim_model *m, const struct sim_printer *printer)
{
	const char *state = query_text0(q, "state");
	CLEANUP(mem_free)
	char *front = mem_printf("%s-%06lld-%s", query_text0(q, "purpose"),
		(long long)query_int(q, "id"), query_text0(q, "nonce"));
	struct sim_paper *paper = paper_of(m, query_int(q, "visit"), query_text0(q, "title"));

	if (!paper)
		return NULL; /* counted below */
	paper->was_asked |= strcmp(state, "ask") == 0;
	int copies = sim_printer_copies(printer, front);
	const char *wrong = wrong_with(paper, state, copies);
	return wrong ? mem_printf("%s (%s, %d copies) %s", front, state, copies, wrong) : NULL;
}

char *sim_look_papers(struct db *db, struct sim_model *m, const struct sim_printer *printer)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct err err = { 0 };
	char *wrong = NULL;
	int n = 0, r = 0;

	assert_ok(query_open(&q, db,
			  "SELECT id, nonce, purpose, title, state, visit FROM outbox"
			  " ORDER BY id DESC LIMIT :limit",
			  FIELDS(F_INT("limit", m->paper_count)), &err),
		&err);
	for (; !wrong && (r = query_next(&q, &err)) > 0; n++)
		wrong = look_at_paper(&q, m, printer);
	assert_ok(r, &err);
	if (!wrong)
		wrong = differs("papers", n, m->paper_count);
	return wrong ? wrong
		     : differs("papers ever", count(db, "SELECT count(*) FROM outbox"),
			       m->past.papers);
}

static char *look_at_paper_owed(struct db *db, const struct sim_model *m)
{
	for (int i = 0; i < m->paper_count; i++) {
		const struct sim_paper *paper = &m->papers[i];
		if (paper->visit &&
			sim_look_integer(db, "SELECT count(*) FROM outbox WHERE visit = :about",
				paper->visit) != 1)
			return mem_printf("visit %lld has no receipt", (long long)paper->visit);
	}
	return NULL;
}

/* ---- all ---- */

static char *look_at_service(
	struct db *db, const struct sim_stage *stage, const struct sim_service *s)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct err err = { 0 };

	assert_ok(shift_get(db, s->shift.id, &shift, &err), &err);
	for (int i = 0; i < shift.people_count; i++) {
		const struct assignment *there = &shift.people[i];
		if (there->resident != stage->people[s->person])
			continue;
		char *wrong = differs("signed in at", there->in_at, s->in_at);
		return wrong ? wrong : differs("signed out at", there->out_at, s->out_at);
	}
	return mem_printf("person %d is not on the shift", s->person);
}

static char *look_at_duty(struct db *db, const struct sim_stage *stage, const struct sim_model *m)
{
	char *wrong = differs("shifts", count(db, "SELECT count(*) FROM shift"), m->past.shifts);

	for (int i = 0; i < m->service_count && !wrong; i++)
		wrong = look_at_service(db, stage, &m->services[i]);
	return wrong;
}

static char *look_at_counts(struct db *db, const struct sim_model *m)
{
	const struct {
		const char *what, *sql;
		int64_t wanted;
	} counts[] = {
		{ "bookings that stand", "SELECT count(*) FROM booking WHERE status <> 'cancelled'",
			m->past.bookings_held },
		{ "places on shifts", "SELECT count(*) FROM assignment", m->past.places },
		{ "rewards", "SELECT count(*) FROM redemption", m->past.redeemed },
		{ "rewards undone", "SELECT count(*) FROM redemption WHERE undone_at IS NOT NULL",
			m->past.undone },
	};
	char *wrong = NULL;

	for (size_t i = 0; i < ARRAY_LEN(counts) && !wrong; i++)
		wrong = differs(counts[i].what, count(db, counts[i].sql), counts[i].wanted);
	return wrong;
}

char *sim_look_all(struct db *db, const struct sim_stage *stage, struct sim_model *m,
	const struct sim_printer *printer)
{
	struct err err = { 0 };
	char *wrong;

	if ((wrong = sim_look(db, stage, m)) || (wrong = look_at_loans(db, stage, m)) ||
		(wrong = look_at_counts(db, m)) || (wrong = look_at_duty(db, stage, m)) ||
		(wrong = look_at_paper_owed(db, m)) || (wrong = sim_look_papers(db, m, printer)))
		return wrong;
	return ledger_prove(db, &err) < 0 ? mem_printf("the books: %s", err.detail) : NULL;
}
