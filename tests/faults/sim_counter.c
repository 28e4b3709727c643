/* The kiosk's counter and its papers. */
#include "core/base/reason_name.h"
#include "core/desk/outcome.h"
#include "core/print/outbox_table.h"
#include "tests/faults/sim_internal.h"
#include "tests/lib/ok.h"

#define FAULT_IN   12
#define SCANS_MEAN 6 /* of a visit */

/* ---- the visit ---- */

/* Whether a row of the visit was written is uncertain, and is corrected by the next start. */
static void start_anew(struct sim_world *w)
{
	sim_reader_close(w);
	sim_actor_kill(&w->kiosk);
	sim_bring_up(w);
}

static void complain_of(struct sim_world *w, const char *what, const struct sim_answer *answer)
{
	sim_complain(w, mem_printf("%s: %s (%s)", what,
				answer->reason ? reason_name(answer->reason) : "", answer->words));
}

/* 1: it is done; 0: it is not, and whatever has to be done about that has been done. */
static int came_through(
	struct sim_world *w, const char *what, const struct sim_answer *answer, bool is_hit)
{
	if (answer->code == 0)
		return 1;
	if (!is_hit)
		complain_of(w, what, answer);
	else if (answer->code == ERR_UNSURE)
		start_anew(w);
	return 0;
}

static void come(struct sim_world *w)
{
	struct sim_request request = sim_request(SIM_TASK_VISIT);
	struct sim_answer answer;
	bool is_hit;

	request.wish.person = sim_draw(w, SIM_PEOPLE);
	if (!sim_ask(w, &w->kiosk, &request, &answer, &is_hit))
		return; /* a visit in which nothing happened leaves nothing */
	w->has_last_line = false;
	if (came_through(w, "a visit begins", &answer, is_hit))
		sim_visit_begin(&w->now, answer.result, request.wish.person);
}

void sim_visit_open(struct sim_world *w)
{
	if (!w->now.visit.id)
		come(w);
}

static void go(struct sim_world *w)
{
	const struct sim_request request = sim_request(SIM_TASK_FINISH);
	struct sim_answer answer;
	bool is_hit;

	w->has_last_line = false;
	/* If it died, the start since then has ended it. */
	if (sim_ask(w, &w->kiosk, &request, &answer, &is_hit) &&
		came_through(w, "a visit ends", &answer, is_hit))
		sim_visit_end(&w->now);
}

void sim_counter_leave(struct sim_world *w)
{
	if (sim_is_fine(w) && w->now.visit.id)
		go(w);
}

/* ---- scanning ---- */

bool sim_scan_means(const struct sim_world *w, int thing, bool renews, struct sim_wish *ret)
{
	const struct sim_loan *loan = sim_loan_of(&w->now, thing);
	int64_t visit = w->now.visit.id;

	*ret = (struct sim_wish){
		.act = SIM_LEND, .person = w->now.visit.person, .thing = thing, .visit = visit
	};
	if (!loan)
		return visit != 0;
	ret->act = SIM_RETURN;
	ret->id = loan->id;
	if (!visit || loan->person != w->now.visit.person)
		return true;
	if (loan->visit == visit)
		return false; /* people scan twice */
	ret->act = renews ? SIM_RENEW : SIM_RETURN;
	return true;
}

/* If asked about, it belongs on the receipt even when nothing came of it. Whether the question was
 * kept is not always reported. */
void sim_note_question(struct sim_world *w, int64_t loan)
{
	struct err err = { 0 };
	int64_t n = 0;

	if (!w->now.visit.id || !loan)
		return;
	assert_ok(
		db_integer(sim_reader(w),
			"SELECT count(*) FROM visit_asked WHERE visit = :visit AND loan = :loan",
			FIELDS(F_INT("visit", w->now.visit.id), F_INT("loan", loan)), 0, &n, &err),
		&err);
	if (n)
		sim_visit_ask(&w->now, loan);
}

static void remember_line(struct sim_world *w, const struct sim_wish *wish, int code)
{
	static const enum sim_act undo[] = {
		[SIM_LEND] = SIM_UNLEND, [SIM_RETURN] = SIM_UNRETURN, [SIM_RENEW] = SIM_UNRENEW
	};

	w->has_last_line = code == 0 && wish->visit;
	w->last_line = *wish;
	w->last_line.act = undo[wish->act];
	if (wish->act == SIM_LEND && w->has_last_line)
		w->last_line.id = w->now.loans[w->now.loan_count - 1].id;
}

static void scan(struct sim_world *w)
{
	struct sim_request request = sim_request(SIM_TASK_SCAN);
	int thing = sim_draw(w, SIM_THINGS);
	struct sim_answer answer;
	bool is_hit;

	request.renews = sim_draw(w, 2);
	bool means = sim_scan_means(w, thing, request.renews, &request.wish);
	request.wish.thing = thing;
	if (!means && !w->now.visit.id)
		return; /* shown; the visit that follows would begin with it */
	sim_arm_perhaps(w, &w->kiosk, FAULT_IN);
	if (!sim_ask(w, &w->kiosk, &request, &answer, &is_hit))
		return;
	sim_note_question(w, request.wish.id);
	if (means)
		sim_judge_scan(w, &request, &answer, is_hit);
	else if (answer.code && !is_hit)
		complain_of(w, "scanned twice", &answer);
	remember_line(w, &request.wish, means ? answer.code : 1);
}

static void undo(struct sim_world *w)
{
	struct sim_request request = sim_request(SIM_TASK_UNDO);
	struct sim_answer answer;
	bool is_hit;

	request.wish = w->last_line;
	w->has_last_line = false;
	sim_arm_perhaps(w, &w->kiosk, FAULT_IN);
	if (sim_ask(w, &w->kiosk, &request, &answer, &is_hit))
		sim_judge_scan(w, &request, &answer, is_hit);
}

void sim_counter_step(struct sim_world *w)
{
	int what = sim_draw(w, SCANS_MEAN);

	if (!w->now.visit.id && what == 0)
		scan(w);
	else if (!w->now.visit.id) {
		sim_arm_perhaps(w, &w->kiosk, FAULT_IN);
		come(w);
	} else if (what == 0) {
		sim_arm_perhaps(w, &w->kiosk, FAULT_IN);
		go(w);
	} else if (what == 1 && w->has_last_line)
		undo(w);
	else
		scan(w);
}

/* ---- papers ---- */

void sim_label_step(struct sim_world *w)
{
	struct sim_request request = sim_request(SIM_TASK_LABEL);
	struct sim_answer answer;
	bool is_hit;

	request.wish.id = ++w->labels;
	sim_arm_perhaps(w, &w->shell, FAULT_IN / 2);
	if (!sim_ask(w, &w->shell, &request, &answer, &is_hit))
		return;
	if (answer.code == 0) {
		sim_label(&w->now, request.wish.id);
	} else if (!is_hit) {
		complain_of(w, "a label", &answer);
	} else if (answer.code == ERR_UNSURE) {
		sim_actor_kill(&w->shell);
		w->asked = request;
		sim_bring_up(w);
	}
}

/* A person who was asked looks at the printer, and answers truthfully. */
static void answer_paper(struct sim_world *w, const struct outbox_row *row)
{
	struct sim_request request = sim_request(SIM_TASK_ANSWER);
	struct sim_answer answer;
	bool is_hit;
	struct err err = { 0 };
	CLEANUP(query_close) struct query q = QUERY_INIT;

	assert_ok(query_open(&q, sim_reader(w), "SELECT purpose, nonce FROM outbox WHERE id = :id",
			  FIELDS(F_INT("id", row->id)), &err),
		&err);
	assert_int_equal(query_next(&q, &err), 1);
	CLEANUP(mem_free)
	char *front = mem_printf("%s-%06lld-%s", query_text0(&q, "purpose"), (long long)row->id,
		query_text0(&q, "nonce"));
	query_close(&q);
	request.wish.id = row->id;
	request.renews = sim_printer_copies(w->printer, front) > 0;
	w->day.asked++;
	if (sim_ask(w, &w->kiosk, &request, &answer, &is_hit) && answer.code)
		complain_of(w, "an answer about a paper", &answer);
}

static void answer_papers(struct sim_world *w)
{
	CLEANUP(outbox_list_finish) struct outbox_list list = OUTBOX_LIST_INIT;
	struct err err = { 0 };

	assert_ok(outbox_live(sim_reader(w), &list, &err), &err);
	for (int i = 0; i < list.count && sim_is_fine(w); i++)
		if (list.rows[i].state == OUTBOX_ASK)
			answer_paper(w, &list.rows[i]);
}

/* At the end of a round the clock is always where it would be at the latest, however quick the
 * printer was. */
void sim_print_step(struct sim_world *w)
{
	const struct sim_request request = sim_request(SIM_TASK_PRINT);
	const struct clock before = w->stage->clock;
	struct sim_answer answer;
	int64_t jobs = w->printer->job_count;
	bool is_hit;

	sim_arm_perhaps(w, &w->kiosk, 3);
	bool is_alive = sim_ask(w, &w->kiosk, &request, &answer, &is_hit);
	w->stage->clock = before;
	sim_pass(w, SIM_PRINT_SECONDS + 1);
	if (is_alive && answer.code && !is_hit)
		complain_of(w, "printing", &answer);
	w->day.papers += (int)(w->printer->job_count - jobs);
	if (sim_is_fine(w))
		sim_complain(w, sim_look_papers(sim_reader(w), &w->now, w->printer));
	if (sim_is_fine(w))
		answer_papers(w);
}
