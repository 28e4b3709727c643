/* What people want, and whether they were told the truth about it. */
#include <stdlib.h>

#include "core/base/reason_name.h"
#include "core/desk/outcome.h"
#include "tests/faults/sim_internal.h"
#include "tests/lib/ok.h"

#define HOUR      3600
#define FAULT_IN  12 /* one act in this many meets a fault */
#define GIFT_MAX  12
#define PIECE_MAX 3

/* ---- drawing a wish ---- */

static int somebody(struct sim_world *w)
{
	return sim_draw(w, SIM_PEOPLE);
}

static bool draw_lend(struct sim_world *w, struct sim_wish *ret)
{
	ret->person = somebody(w);
	ret->thing = sim_draw(w, SIM_THINGS);
	return true;
}

/* Of the latest loans, most of which have ended. */
static bool draw_any_loan(struct sim_world *w, struct sim_wish *ret)
{
	int latest = w->now.loan_count > 12 ? 12 : w->now.loan_count;

	if (latest)
		ret->id = w->now.loans[w->now.loan_count - 1 - sim_draw(w, latest)].id;
	return latest > 0;
}

static bool draw_open_loan(struct sim_world *w, struct sim_wish *ret)
{
	const struct sim_loan *loan = sim_loan_of(&w->now, sim_draw(w, SIM_THINGS));

	if (loan)
		ret->id = loan->id;
	return loan != NULL;
}

static bool draw_grant(struct sim_world *w, struct sim_wish *ret)
{
	ret->person = somebody(w);
	ret->amount = 1 + sim_draw(w, GIFT_MAX);
	return true;
}

static bool draw_give(struct sim_world *w, struct sim_wish *ret)
{
	ret->person = somebody(w);
	ret->other = (ret->person + 1 + sim_draw(w, SIM_PEOPLE - 1)) % SIM_PEOPLE;
	ret->amount = 1 + sim_draw(w, GIFT_MAX);
	return true;
}

static bool draw_reverse(struct sim_world *w, struct sim_wish *ret)
{
	if (w->now.transfer_count)
		ret->id = w->now.transfers[sim_draw(w, w->now.transfer_count)].id;
	return w->now.transfer_count > 0;
}

static bool draw_redeem(struct sim_world *w, struct sim_wish *ret)
{
	ret->person = somebody(w);
	ret->amount = 1 + sim_draw(w, PIECE_MAX);
	return true;
}

static bool draw_unredeem(struct sim_world *w, struct sim_wish *ret)
{
	if (w->now.redemption_count)
		ret->id = w->now.redemptions[sim_draw(w, w->now.redemption_count)].id;
	return w->now.redemption_count > 0;
}

/* Mostly on the latest shift, where there is something to do. */
static bool draw_on_shift(struct sim_world *w, struct sim_wish *ret)
{
	int latest = w->now.service_count > 3 ? 3 : w->now.service_count;

	if (!latest)
		return false;
	const struct sim_service *s =
		&w->now.services[w->now.service_count - 1 - sim_draw(w, latest)];
	ret->id = s->shift.id;
	ret->person = s->person;
	return true;
}

/* A no-show is recorded when somebody comes across it. If the clock has been set back since, what
 * became of a booking depends on that, so rooms are left alone. */
static bool is_clock_back(const struct sim_world *w)
{
	return sim_clock(w) < w->latest;
}

static bool draw_book(struct sim_world *w, struct sim_wish *ret)
{
	int64_t day = sim_clock(w) + sim_draw(w, SIM_AHEAD_DAYS + 2) * (int64_t)SIM_DAY_SECONDS;
	int64_t midnight = day - (day + 8 * HOUR) % SIM_DAY_SECONDS;

	ret->person = somebody(w);
	ret->start_at = midnight + (SIM_OPENS_HOUR + sim_draw(w, 11)) * HOUR;
	ret->end_at = ret->start_at + HOUR;
	return !is_clock_back(w);
}

/* One that is still ahead; what becomes of others depends on the clock. */
static bool draw_cancel(struct sim_world *w, struct sim_wish *ret)
{
	if (!w->now.booking_count || is_clock_back(w))
		return false;
	const struct sim_booking *b = &w->now.bookings[sim_draw(w, w->now.booking_count)];
	ret->id = b->id;
	return b->start_at > sim_clock(w);
}

static bool draw_nothing(struct sim_world *w, struct sim_wish *ret)
{
	(void)w;
	(void)ret;
	return true;
}

static const struct {
	enum sim_act act;
	int weight;
	bool (*draw)(struct sim_world *, struct sim_wish *ret);
} wishes[] = {
	{ SIM_LEND, 24, draw_lend },
	{ SIM_RETURN, 12, draw_open_loan },
	{ SIM_RETURN, 2, draw_any_loan },
	{ SIM_RENEW, 6, draw_open_loan },
	{ SIM_UNLEND, 4, draw_any_loan },
	{ SIM_UNRETURN, 4, draw_any_loan },
	{ SIM_UNRENEW, 4, draw_any_loan },
	{ SIM_GRANT, 8, draw_grant },
	{ SIM_GIVE, 8, draw_give },
	{ SIM_REVERSE, 5, draw_reverse },
	{ SIM_REDEEM, 6, draw_redeem },
	{ SIM_UNREDEEM, 3, draw_unredeem },
	{ SIM_SIGN_IN, 3, draw_on_shift },
	{ SIM_SIGN_OUT, 2, draw_on_shift },
	{ SIM_SHIFTS_CLOSE, 2, draw_nothing },
	{ SIM_BOOK, 5, draw_book },
	{ SIM_CANCEL, 2, draw_cancel },
};
#define WEIGHTS 100

bool sim_draw_wish(struct sim_world *w, struct sim_wish *ret)
{
	int at = sim_draw(w, WEIGHTS);
	size_t i = 0;

	for (; at >= wishes[i].weight; i++)
		at -= wishes[i].weight;
	*ret = (struct sim_wish){ .act = wishes[i].act };
	return wishes[i].draw(w, ret);
}

struct sim_request sim_wanted(struct sim_world *w, const struct sim_wish *wish)
{
	struct sim_request request = sim_request(SIM_TASK_ACT);

	request.wish = *wish;
	for (int i = 0; i < ACT_KEY_SIZE; i++)
		request.key[i] = (unsigned char)(1 + sim_draw(w, 255));
	return request;
}

/* ---- what came of it ---- */

static int64_t number_of(struct sim_world *w, const struct sim_wish *wish, int64_t id)
{
	if (wish->act != SIM_LEND)
		return 0;
	return sim_look_integer(sim_reader(w), "SELECT number FROM loan WHERE id = :about", id);
}

/* It is there, done at `at`: the model follows. */
static void done(struct sim_world *w, const struct sim_wish *wish, int64_t at, int64_t id,
	int64_t told_due_at)
{
	int64_t number = number_of(w, wish, id), due_at = 0;

	if (wish->act == SIM_LEND && number <= w->highest)
		sim_complain(
			w, mem_printf("loan number %lld was given out before", (long long)number));
	if (number > w->highest)
		w->highest = number;
	sim_done(&w->now, wish, at, id, number, &due_at);
	if (told_due_at && told_due_at != due_at)
		sim_complain(w, mem_printf("due at %lld was told, not %lld", (long long)told_due_at,
					(long long)due_at));
	w->has_pending = false; /* whoever writes after it writes over it */
	w->day.acts++;
}

static void complain_of(struct sim_world *w, const struct sim_request *request,
	const struct sim_answer *answer, const char *what)
{
	sim_complain(w, mem_printf("%s%s: %s: %s (%s)", sim_act_names[request->wish.act],
				request->wish.visit ? " at the counter" : "", what,
				answer->reason ? reason_name(answer->reason) : "", answer->words));
}

static bool allows(struct sim_world *w, const struct sim_request *request)
{
	return sim_allows(&w->now, &request->wish, sim_clock(w));
}

/* The journal says whether it happened: by its key, or, if the counter drew a key that is not known
 * here, as the one act that the model lacks. After a power cut that may be another one, which was
 * requested later: hence its kind and what it is about. */
static bool is_there(struct sim_world *w, const struct sim_request *request, int64_t *ret_result)
{
	static const enum act_kind kinds[] = {
		[SIM_LEND] = ACT_LOAN_OPEN,
		[SIM_RETURN] = ACT_LOAN_RETURN,
		[SIM_RENEW] = ACT_LOAN_RENEW,
		[SIM_UNLEND] = ACT_LOAN_VOID,
		[SIM_UNRETURN] = ACT_RETURN_VOID,
		[SIM_UNRENEW] = ACT_RENEW_VOID,
	};
	const struct sim_wish *wish = &request->wish;

	if (request->task == SIM_TASK_ACT)
		return sim_look_up(sim_reader(w), request->key, ret_result) == 1;
	return sim_look_at_row(sim_reader(w), w->now.rows + 1, kinds[wish->act],
		       w->stage->things[wish->thing], ret_result) == 1;
}

/* It was requested at `at`: what comes back later happened then. */
static bool resolve(struct sim_world *w, const struct sim_request *request, int64_t at)
{
	const bool is_allowed = sim_allows(&w->now, &request->wish, at);
	struct sim_answer none = { 0 };
	int64_t result = 0;

	w->day.unsure++;
	bool happened = is_there(w, request, &result);
	if (happened && !is_allowed)
		complain_of(w, request, &none, "happened, which the rules refuse");
	else if (happened)
		done(w, &request->wish, at, result, 0);
	else if (w->must_be_there && is_allowed && !sim_is_idle(&w->now, &request->wish, at))
		complain_of(w, request, &none, "was done, and is gone");
	w->pending = *request;
	w->pending_at = at;
	w->has_pending = !happened;
	return happened;
}

static bool resolve_label(struct sim_world *w, const struct sim_request *request)
{
	int64_t n = sim_look_integer(sim_reader(w),
		"SELECT count(*) FROM outbox WHERE title = 'label ' || :about", request->wish.id);

	if (n == 1)
		sim_label(&w->now, request->wish.id);
	w->pending = *request;
	w->has_pending = n == 0;
	return n == 1;
}

static bool is_at_counter(const struct sim_request *request)
{
	return request->task == SIM_TASK_SCAN || request->task == SIM_TASK_UNDO;
}

/* If the scan changes nothing, nothing can have happened. */
static bool find_out(struct sim_world *w, const struct sim_request *request, int64_t at)
{
	struct sim_wish ignored;

	if (request->task == SIM_TASK_LABEL)
		return resolve_label(w, request);
	if (request->task == SIM_TASK_SCAN)
		sim_note_question(w, request->wish.id);
	if (request->task == SIM_TASK_SCAN &&
		!sim_scan_means(w, request->wish.thing, request->renews, &ignored))
		return false;
	return (is_at_counter(request) || request->task == SIM_TASK_ACT) && resolve(w, request, at);
}

void sim_resolve(struct sim_world *w)
{
	const struct sim_request request = w->asked;

	w->asked = sim_request(SIM_TASK_COUNT);
	if (request.task == SIM_TASK_COUNT)
		return;
	w->must_be_there = w->was_done;
	w->has_happened = find_out(w, &request, w->asked_at);
	w->must_be_there = w->was_done = false;
}

void sim_settle_pending(struct sim_world *w)
{
	const struct sim_request request = w->pending;

	if (!w->has_pending)
		return;
	w->has_pending = false;
	find_out(w, &request, w->pending_at);
	w->has_pending = false;
}

/* People press the key again: the same intention is the same act. */
static void again(struct sim_world *w, const struct sim_request *request, bool happened)
{
	struct sim_answer answer;
	bool is_hit;

	if (!sim_is_fine(w) || !sim_ask(w, &w->shell, request, &answer, &is_hit))
		return;
	if (!happened)
		sim_judge(w, &w->shell, request, &answer, is_hit);
	else if (answer.code)
		complain_of(w, request, &answer, "done, and refused when it was asked again");
}

/* Whoever is told that it is uncertain makes sure; the disk is sound again. */
static void make_sure(
	struct sim_world *w, struct sim_actor *actor, const struct sim_request *request)
{
	struct sim_request recheck = *request;
	struct sim_answer answer;
	bool is_hit;

	recheck.task = SIM_TASK_RECHECK;
	if (!sim_ask(w, actor, &recheck, &answer, &is_hit))
		return;
	if (answer.code)
		complain_of(w, request, &answer, "unsure, although the disk answers again");
	else if (resolve(w, request, sim_clock(w)) != (answer.result == 1) &&
		 request->task == SIM_TASK_ACT)
		complain_of(w, request, &answer, "made sure, and it is not so");
	w->has_pending = false; /* made sure for good */
}

static void judge_refusal(struct sim_world *w, struct sim_actor *actor,
	const struct sim_request *request, const struct sim_answer *answer, bool is_hit)
{
	bool is_machine = answer->code == ERR_STORAGE || answer->code == ERR_UNSURE;

	w->day.refused++;
	if (is_machine && !is_hit)
		complain_of(w, request, answer, "failed on a sound disk");
	else if (answer->code == ERR_UNSURE)
		make_sure(w, actor, request);
	else if (!is_machine && allows(w, request))
		complain_of(w, request, answer, "refused, which the rules allow");
}

void sim_judge(struct sim_world *w, struct sim_actor *actor, const struct sim_request *request,
	const struct sim_answer *answer, bool is_hit)
{
	if (answer->code)
		judge_refusal(w, actor, request, answer, is_hit);
	else if (!allows(w, request))
		complain_of(w, request, answer, "done, which the rules refuse");
	else
		done(w, &request->wish, sim_clock(w), answer->result, answer->due_at);
}

static void ask_and_judge(
	struct sim_world *w, struct sim_actor *actor, const struct sim_request *request)
{
	struct sim_answer answer;
	bool is_hit;

	if (sim_ask(w, actor, request, &answer, &is_hit)) {
		sim_judge(w, actor, request, &answer, is_hit);
	} else if (sim_is_fine(w)) {
		if (sim_draw(w, 2))
			again(w, request, w->has_happened);
	}
}

void sim_do(struct sim_world *w, struct sim_actor *actor, const struct sim_wish *wish)
{
	const struct sim_request request = sim_wanted(w, wish);

	ask_and_judge(w, actor, &request);
}

void sim_act_step(struct sim_world *w)
{
	struct sim_wish wish;

	if (!sim_draw_wish(w, &wish))
		return;
	int shell_in = w->now.rows < SIM_LONG_ROWS ? 3 : 12;
	struct sim_actor *actor = sim_draw(w, shell_in) ? &w->kiosk : &w->shell;
	const struct sim_request request = sim_wanted(w, &wish);
	sim_arm_perhaps(w, actor, FAULT_IN);
	ask_and_judge(w, actor, &request);
}

/* ---- at the counter ---- */

static bool was_scanned_as(const struct sim_wish *wish, const struct sim_answer *answer)
{
	static const enum sim_act acts[] = { SIM_LEND, SIM_RETURN, SIM_RENEW };
	static const int outcomes[] = { OUTCOME_LENT, OUTCOME_RETURNED, OUTCOME_RENEWED };

	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (acts[i] == wish->act)
			return outcomes[i] == answer->outcome;
	return answer->outcome == OUTCOME_UNDONE;
}

void sim_judge_scan(struct sim_world *w, const struct sim_request *request,
	const struct sim_answer *answer, bool is_hit)
{
	if (answer->code == 0 && !was_scanned_as(&request->wish, answer))
		complain_of(w, request, answer, "it is told as something else");
	sim_judge(w, &w->kiosk, request, answer, is_hit);
}

/* ---- the morning ---- */

void sim_morning(struct sim_world *w)
{
	struct sim_wish wish = { .act = SIM_SHIFT,
		.start_at = sim_clock(w) + HOUR / 4,
		.end_at = sim_clock(w) + 6 * HOUR };

	wish.start_at -= wish.start_at % 60;
	wish.end_at -= wish.end_at % 60;
	sim_do(w, &w->shell, &wish);
	wish = (struct sim_wish){ .act = SIM_ASSIGN, .id = w->now.shift.id };
	wish.person = somebody(w);
	for (int i = 0; i < SIM_SHIFT_PEOPLE && sim_is_fine(w); i++) {
		sim_do(w, &w->shell, &wish);
		wish.person = (wish.person + 1) % SIM_PEOPLE;
	}
}
