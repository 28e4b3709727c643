#include "tests/faults/sim_model.h"

#include <assert.h>
#include <string.h>

#define HOUR 3600
#define DAY  (24 * HOUR)
#define ZONE (8 * HOUR) /* Shanghai, which has no summer time */

const char *const sim_act_names[SIM_ACT_COUNT] = { "lend", "return", "renew", "undo lending",
	"undo return", "undo renewal", "grant", "give", "reverse", "redeem", "undo redeeming",
	"shift", "assign", "sign in", "sign out", "close shifts", "book", "cancel booking",
	"accept clock" };

/* ---- time ---- */

static int64_t day_of(int64_t at)
{
	return (at + ZONE) / DAY;
}

static int64_t closing_of(int64_t day)
{
	return day * DAY - ZONE + SIM_CLOSES_HOUR * HOUR;
}

bool sim_clock_doubted(const struct sim_model *m, int64_t now)
{
	return now < m->last_at - 60 || now > m->last_at + SIM_FAR_DAYS * DAY;
}

/* ---- loans ---- */

static bool is_open(const struct sim_loan *loan)
{
	return !loan->is_voided && !loan->returned_at;
}

const struct sim_loan *sim_loan_named(const struct sim_model *m, int64_t id)
{
	for (int i = m->loan_count - 1; i >= 0; i--)
		if (m->loans[i].id == id)
			return &m->loans[i];
	return NULL;
}

const struct sim_loan *sim_loan_of(const struct sim_model *m, int thing)
{
	for (int i = m->loan_count - 1; i >= 0; i--)
		if (m->loans[i].thing == thing && is_open(&m->loans[i]))
			return &m->loans[i];
	return NULL;
}

int sim_loans_of(const struct sim_model *m, int person)
{
	int count = 0;

	for (int i = 0; i < m->loan_count; i++)
		count += m->loans[i].person == person && is_open(&m->loans[i]);
	return count;
}

static bool is_past_grace(const struct sim_loan *loan, int64_t now)
{
	return now > loan->due_at && day_of(now) - day_of(loan->due_at) > SIM_GRACE_DAYS;
}

static bool is_blocked(const struct sim_model *m, int person, int64_t now)
{
	for (int i = 0; i < m->loan_count; i++)
		if (m->loans[i].person == person && is_open(&m->loans[i]) &&
			is_past_grace(&m->loans[i], now))
			return true;
	return false;
}

/* Due when the house closes that day; lending after closing for the same day never happens here. */
static int64_t due_from(int64_t at)
{
	return closing_of(day_of(at) + SIM_LOAN_DAYS);
}

static int64_t renewed_due(const struct sim_loan *loan, int64_t now)
{
	return due_from(now > loan->due_at ? now : loan->due_at);
}

static bool may_lend(const struct sim_model *m, const struct sim_wish *w, int64_t now)
{
	return !sim_loan_of(m, w->thing) && sim_loans_of(m, w->person) < SIM_MAX_ITEMS &&
	       !is_blocked(m, w->person, now);
}

static bool may_renew(const struct sim_model *m, const struct sim_wish *w, int64_t now)
{
	const struct sim_loan *loan = sim_loan_named(m, w->id);

	return is_open(loan) && loan->renewals < SIM_RENEWALS &&
	       now >= loan->due_at - SIM_RENEW_HOURS * HOUR && !is_past_grace(loan, now) &&
	       renewed_due(loan, now) > loan->due_at;
}

/* The last thing that happened to it and was not undone, in the same visit. */
static bool may_undo(const struct sim_model *m, const struct sim_loan *loan, enum sim_act act,
	int64_t visit, int64_t of_visit)
{
	int count = m->things[loan->thing].count;

	return count > 0 && m->things[loan->thing].done[count - 1].act == act &&
	       m->things[loan->thing].done[count - 1].loan == loan->id && visit == of_visit;
}

static bool may_undo_loan(const struct sim_model *m, const struct sim_wish *w)
{
	const struct sim_loan *loan = sim_loan_named(m, w->id);

	switch (w->act) {
	case SIM_UNLEND:
		return is_open(loan) && may_undo(m, loan, SIM_LEND, w->visit, loan->visit);
	case SIM_UNRETURN:
		return loan->returned_at && !loan->is_voided &&
		       may_undo(m, loan, SIM_RETURN, w->visit, loan->return_visit);
	default:
		return is_open(loan) && loan->renewed_from &&
		       may_undo(m, loan, SIM_RENEW, w->visit, loan->renew_visit);
	}
}

/* ---- points ---- */

static const struct sim_transfer *transfer_named(const struct sim_model *m, int64_t id)
{
	for (int i = 0; i < m->transfer_count; i++)
		if (m->transfers[i].id == id)
			return &m->transfers[i];
	return NULL;
}

static const struct sim_redemption *redemption_named(const struct sim_model *m, int64_t id)
{
	for (int i = 0; i < m->redemption_count; i++)
		if (m->redemptions[i].id == id)
			return &m->redemptions[i];
	return NULL;
}

static bool may_reverse(const struct sim_model *m, const struct sim_wish *w)
{
	const struct sim_transfer *t = transfer_named(m, w->id);

	return !t->is_reversal && !t->is_reversed && m->balance[t->to] >= t->amount;
}

/* ---- duty, rooms ---- */

static bool may_assign(const struct sim_model *m, const struct sim_wish *w)
{
	for (int i = 0; i < m->service_count; i++) {
		const struct sim_service *s = &m->services[i];
		if (s->person == w->person && s->shift.start_at < m->shift.end_at &&
			m->shift.start_at < s->shift.end_at)
			return false;
	}
	return true;
}

static const struct sim_service *service_of(const struct sim_model *m, int64_t shift, int person)
{
	for (int i = m->service_count - 1; i >= 0; i--)
		if (m->services[i].shift.id == shift && m->services[i].person == person)
			return &m->services[i];
	return NULL;
}

static bool may_sign_in(const struct sim_model *m, const struct sim_wish *w, int64_t now)
{
	const struct sim_service *s = service_of(m, w->id, w->person);

	return s && !s->in_at && now >= s->shift.start_at - SIM_EARLY && now < s->shift.end_at;
}

static bool may_sign_out(const struct sim_model *m, const struct sim_wish *w)
{
	const struct sim_service *s = service_of(m, w->id, w->person);

	return s && s->in_at && !s->out_at;
}

static bool is_forgotten(const struct sim_service *s, int64_t now)
{
	return s->in_at && !s->out_at && s->shift.end_at <= now;
}

static bool has_forgotten(const struct sim_model *m, int64_t now)
{
	for (int i = 0; i < m->service_count; i++)
		if (is_forgotten(&m->services[i], now))
			return true;
	return false;
}

static bool may_book(const struct sim_model *m, const struct sim_wish *w, int64_t now)
{
	if (w->start_at < now || day_of(w->start_at) > day_of(now) + SIM_AHEAD_DAYS)
		return false;
	for (int i = 0; i < m->booking_count; i++) {
		const struct sim_booking *b = &m->bookings[i];
		if (!b->is_cancelled && b->start_at < w->end_at && w->start_at < b->end_at)
			return false;
	}
	return true;
}

static const struct sim_booking *booking_named(const struct sim_model *m, int64_t id)
{
	for (int i = 0; i < m->booking_count; i++)
		if (m->bookings[i].id == id)
			return &m->bookings[i];
	return NULL;
}

/* ---- may it be done ---- */

/* With a doubted clock things can be returned, and what was just done can be undone. */
static bool is_allowed_in_doubt(enum sim_act act)
{
	return act == SIM_RETURN || act == SIM_UNRETURN || act == SIM_UNLEND ||
	       act == SIM_CLOCK_ACCEPT;
}

static bool may(const struct sim_model *m, const struct sim_wish *w, int64_t now)
{
	switch (w->act) {
	case SIM_LEND:
		return may_lend(m, w, now);
	case SIM_RETURN:
		return is_open(sim_loan_named(m, w->id));
	case SIM_RENEW:
		return may_renew(m, w, now);
	case SIM_UNLEND:
	case SIM_UNRETURN:
	case SIM_UNRENEW:
		return may_undo_loan(m, w);
	case SIM_GIVE:
		return m->balance[w->person] >= w->amount;
	case SIM_REVERSE:
		return may_reverse(m, w);
	case SIM_REDEEM:
		return m->balance[w->person] >= SIM_PRICE * w->amount && m->stock >= w->amount;
	case SIM_UNREDEEM:
		return !redemption_named(m, w->id)->is_undone;
	case SIM_SIGN_IN:
		return may_sign_in(m, w, now);
	case SIM_SIGN_OUT:
		return may_sign_out(m, w);
	case SIM_BOOK:
		return may_book(m, w, now);
	case SIM_CANCEL:
		return !booking_named(m, w->id)->is_cancelled;
	case SIM_ASSIGN:
		return may_assign(m, w);
	case SIM_GRANT:
	case SIM_SHIFT:
	case SIM_SHIFTS_CLOSE:
	case SIM_CLOCK_ACCEPT:
	case SIM_ACT_COUNT:
		break;
	}
	return true;
}

bool sim_is_idle(const struct sim_model *m, const struct sim_wish *w, int64_t now)
{
	return (w->act == SIM_CLOCK_ACCEPT && !sim_clock_doubted(m, now)) ||
	       (w->act == SIM_SHIFTS_CLOSE && !has_forgotten(m, now));
}

bool sim_allows(const struct sim_model *m, const struct sim_wish *w, int64_t now)
{
	if (sim_is_idle(m, w, now))
		return true;
	if (sim_clock_doubted(m, now) && !is_allowed_in_doubt(w->act))
		return false;
	return may(m, w, now);
}

/* ---- it was done ---- */

static struct sim_loan *loan_of(struct sim_model *m, int64_t id)
{
	return (struct sim_loan *)sim_loan_named(m, id);
}

static void happened(struct sim_model *m, const struct sim_loan *loan, enum sim_act act)
{
	int *count = &m->things[loan->thing].count;

	if (*count == SIM_DONE) {
		--*count;
		memmove(&m->things[loan->thing].done[0], &m->things[loan->thing].done[1],
			(size_t)*count * sizeof(m->things[0].done[0]));
	}
	m->things[loan->thing].done[*count].act = act;
	m->things[loan->thing].done[*count].loan = loan->id;
	++*count;
}

static void lent(
	struct sim_model *m, const struct sim_wish *w, int64_t at, int64_t id, int64_t number)
{
	assert(m->loan_count < SIM_LOANS);
	struct sim_loan *loan = &m->loans[m->loan_count++];

	*loan = (struct sim_loan){ .id = id,
		.number = number,
		.thing = w->thing,
		.person = w->person,
		.lent_at = at,
		.due_at = due_from(at),
		.visit = w->visit };
	happened(m, loan, SIM_LEND);
}

static void renewed(struct sim_loan *loan, int64_t at, int64_t visit)
{
	loan->renewed_from = loan->due_at;
	loan->due_at = renewed_due(loan, at);
	loan->renewals++;
	loan->renew_visit = visit;
}

static void changed(struct sim_model *m, const struct sim_wish *w, int64_t at)
{
	struct sim_loan *loan = loan_of(m, w->id);

	if (w->act == SIM_RETURN) {
		loan->returned_at = at > loan->lent_at ? at : loan->lent_at;
		loan->return_visit = w->visit;
	} else {
		renewed(loan, at, w->visit);
	}
	happened(m, loan, w->act);
}

static void undone(struct sim_model *m, const struct sim_wish *w)
{
	struct sim_loan *loan = loan_of(m, w->id);

	m->things[loan->thing].count--;
	if (w->act == SIM_UNLEND) {
		loan->is_voided = true;
	} else if (w->act == SIM_UNRETURN) {
		loan->returned_at = loan->return_visit = 0;
	} else {
		loan->due_at = loan->renewed_from;
		loan->renewed_from = loan->renew_visit = 0;
		loan->renewals--;
	}
}

static void moved(struct sim_model *m, struct sim_transfer transfer)
{
	if (transfer.from == SIM_NOBODY)
		m->issued += transfer.amount;
	else
		m->balance[transfer.from] -= transfer.amount;
	m->balance[transfer.to] += transfer.amount;
	if (m->transfer_count == SIM_TRANSFERS)
		memmove(&m->transfers[0], &m->transfers[1],
			(size_t)--m->transfer_count * sizeof(transfer));
	m->transfers[m->transfer_count++] = transfer;
}

static void reversed(struct sim_model *m, int64_t id)
{
	struct sim_transfer *t = (struct sim_transfer *)transfer_named(m, id);

	t->is_reversed = true;
	m->balance[t->to] -= t->amount;
	if (t->from == SIM_NOBODY)
		m->issued -= t->amount;
	else
		m->balance[t->from] += t->amount;
}

static void redeemed(struct sim_model *m, const struct sim_wish *w, int64_t id)
{
	if (m->redemption_count == SIM_REDEMPTIONS)
		memmove(&m->redemptions[0], &m->redemptions[1],
			(size_t)--m->redemption_count * sizeof(m->redemptions[0]));
	m->redemptions[m->redemption_count++] =
		(struct sim_redemption){ .id = id, .person = w->person, .count = w->amount };
	m->balance[w->person] -= SIM_PRICE * w->amount;
	m->stock -= w->amount;
	m->past.redeemed++;
}

static void unredeemed(struct sim_model *m, int64_t id)
{
	struct sim_redemption *r = (struct sim_redemption *)redemption_named(m, id);

	r->is_undone = true;
	m->balance[r->person] += SIM_PRICE * r->count;
	m->stock += r->count;
	m->past.undone++;
}

/* A clock that was set back keeps nobody signed in. */
static void end_service(struct sim_service *s, int64_t out_at)
{
	s->out_at = out_at > s->in_at ? out_at : s->in_at;
}

static void assigned(struct sim_model *m, int person)
{
	if (m->service_count == SIM_SERVICES)
		memmove(&m->services[0], &m->services[1],
			(size_t)--m->service_count * sizeof(m->services[0]));
	m->services[m->service_count++] =
		(struct sim_service){ .shift = m->shift, .person = person };
	m->past.places++;
}

static void attended(struct sim_model *m, const struct sim_wish *w, int64_t at)
{
	struct sim_service *s = (struct sim_service *)service_of(m, w->id, w->person);

	if (w->act == SIM_SIGN_IN)
		s->in_at = at;
	else
		end_service(s, at);
}

static void closed(struct sim_model *m, int64_t now)
{
	for (int i = 0; i < m->service_count; i++)
		if (is_forgotten(&m->services[i], now))
			end_service(&m->services[i], m->services[i].shift.end_at);
}

/* The first one that keeps the room from nobody any more. */
static void forget_booking(struct sim_model *m, int64_t now)
{
	int i = 0;

	while (i < m->booking_count && !m->bookings[i].is_cancelled && m->bookings[i].end_at > now)
		i++;
	assert(i < m->booking_count);
	memmove(&m->bookings[i], &m->bookings[i + 1],
		(size_t)(--m->booking_count - i) * sizeof(m->bookings[0]));
}

static void booked(struct sim_model *m, const struct sim_wish *w, int64_t at, int64_t id)
{
	if (m->booking_count == SIM_BOOKINGS)
		forget_booking(m, at);
	m->bookings[m->booking_count++] =
		(struct sim_booking){ id, w->start_at, w->end_at, w->person, false };
	m->past.bookings_held++;
}

static void apply(
	struct sim_model *m, const struct sim_wish *w, int64_t at, int64_t id, int64_t number)
{
	switch (w->act) {
	case SIM_LEND:
		return lent(m, w, at, id, number);
	case SIM_RETURN:
	case SIM_RENEW:
		return changed(m, w, at);
	case SIM_UNLEND:
	case SIM_UNRETURN:
	case SIM_UNRENEW:
		return undone(m, w);
	case SIM_GRANT:
		return moved(m, (struct sim_transfer){ id, w->amount, SIM_NOBODY, w->person });
	case SIM_GIVE:
		return moved(m, (struct sim_transfer){ id, w->amount, w->person, w->other });
	case SIM_REVERSE:
		return reversed(m, w->id);
	case SIM_REDEEM:
		return redeemed(m, w, id);
	case SIM_UNREDEEM:
		return unredeemed(m, w->id);
	case SIM_SHIFT:
		m->shift = (struct sim_shift){
			.id = id, .start_at = w->start_at, .end_at = w->end_at
		};
		m->past.shifts++;
		return;
	case SIM_ASSIGN:
		return assigned(m, w->person);
	case SIM_SIGN_IN:
	case SIM_SIGN_OUT:
		return attended(m, w, at);
	case SIM_SHIFTS_CLOSE:
		return closed(m, at);
	case SIM_BOOK:
		return booked(m, w, at, id);
	case SIM_CANCEL:
		((struct sim_booking *)booking_named(m, w->id))->is_cancelled = true;
		m->past.bookings_held--;
		return;
	case SIM_CLOCK_ACCEPT:
	case SIM_ACT_COUNT:
		return;
	}
}

void sim_done(struct sim_model *m, const struct sim_wish *w, int64_t now, int64_t id,
	int64_t number, int64_t *ret_due_at)
{
	bool is_doubted = sim_clock_doubted(m, now) && w->act != SIM_CLOCK_ACCEPT;
	int64_t at = is_doubted ? m->last_at : now;

	if (sim_is_idle(m, w, now))
		return;
	apply(m, w, at, id, number);
	m->rows++;
	m->last_at = at;
	const struct sim_loan *loan = sim_loan_named(m, w->act == SIM_LEND ? id : w->id);
	if (ret_due_at)
		*ret_due_at = loan ? loan->due_at : 0;
}

/* ---- visits and papers ---- */

static void owe(struct sim_model *m, struct sim_paper paper)
{
	assert(m->paper_count < SIM_PAPERS);
	m->papers[m->paper_count++] = paper;
	m->past.papers++;
}

void sim_visit_begin(struct sim_model *m, int64_t id, int person)
{
	m->visit.id = id;
	m->visit.person = person;
	m->visit.asked_count = 0;
}

void sim_visit_ask(struct sim_model *m, int64_t loan)
{
	if (m->visit.asked_count < SIM_ASKED)
		m->visit.asked[m->visit.asked_count++] = loan;
}

/* Does it belong on the receipt: lent, returned or renewed in the visit, or left unanswered? */
static bool is_on_paper(const struct sim_model *m, const struct sim_loan *loan)
{
	int64_t visit = m->visit.id;

	if (loan->is_voided)
		return false;
	if (loan->visit == visit || loan->return_visit == visit || loan->renew_visit == visit)
		return true;
	for (int i = 0; i < m->visit.asked_count; i++)
		if (m->visit.asked[i] == loan->id && is_open(loan))
			return true;
	return false;
}

static bool has_paper(const struct sim_model *m)
{
	for (int i = 0; i < m->loan_count; i++)
		if (is_on_paper(m, &m->loans[i]))
			return true;
	return false;
}

void sim_visit_end(struct sim_model *m)
{
	if (m->visit.id && has_paper(m))
		owe(m, (struct sim_paper){ .visit = m->visit.id });
	m->visit.id = 0;
}

void sim_label(struct sim_model *m, int64_t label)
{
	owe(m, (struct sim_paper){ .label = label });
}

void sim_restored(struct sim_model *m, const struct sim_model *saved, int64_t now)
{
	*m = *saved;
	for (int i = 0; i < m->paper_count; i++)
		m->papers[i].was_restored = true;
	m->rows++;
	m->last_at = now;
}

/* ---- letting go ---- */

int64_t sim_loan_weight(const struct sim_loan *loan)
{
	uint64_t sum = 0;
	const int64_t parts[] = { loan->id, loan->number, loan->person, loan->thing, loan->lent_at,
		loan->due_at, loan->returned_at, loan->renewals, loan->is_voided };

	for (unsigned i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		sum = (sum ^ (uint64_t)parts[i]) * UINT64_C(0x9E3779B97F4A7C15) + (sum >> 31);
	return (int64_t)(sum >> 1);
}

int64_t sim_loan_sum(const struct sim_model *m)
{
	uint64_t sum = (uint64_t)m->past.loan_sum;

	for (int i = 0; i < m->loan_count; i++)
		sum += (uint64_t)sim_loan_weight(&m->loans[i]);
	return (int64_t)sum;
}

void sim_forget(struct sim_model *m)
{
	int left = 0;

	m->past.loan_sum = sim_loan_sum(m);
	for (int i = 0; i < m->loan_count; i++) {
		if (is_open(&m->loans[i])) {
			m->past.loan_sum = (int64_t)((uint64_t)m->past.loan_sum -
						     (uint64_t)sim_loan_weight(&m->loans[i]));
			m->loans[left++] = m->loans[i];
		} else {
			m->past.loans++;
		}
	}
	m->loan_count = left;
	m->paper_count = 0;
}
