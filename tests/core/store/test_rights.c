/* Who may do what: every role × every kind of act, compared with the table below. A new kind needs
 * its line here, so that its rights are thought about twice. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

/* In this order: resident, volunteer, coordinator, administrator, the program itself (system), and
 * a service account (night). */
static const enum role roles[] = { ROLE_RESIDENT, ROLE_VOLUNTEER, ROLE_COORDINATOR, ROLE_ADMIN,
	ROLE_SYSTEM, ROLE_SERVICE };
static const char letters[] = "RVCASn";

static const struct right {
	const char *kind, *who;
} rights[] = {
	{ "site.set", "---AS-" },
	{ "setting.set", "--CAS-" },
	{ "hours.set", "--CAS-" },
	{ "closure.add", "--CAS-" },
	{ "closure.remove", "--CAS-" },
	{ "household.add", "-VCAS-" },
	{ "resident.add", "-VCAS-" },
	{ "resident.edit", "-VCAS-" },
	{ "resident.leave", "--CAS-" },
	{ "phone.reveal", "-VCAS-" },
	{ "clock.accept", "-VCAS-" },
	{ "resident.consent", "RVCAS-" },
	{ "resident.pause", "--CAS-" },
	{ "resident.resume", "--CAS-" },
	{ "fetchers.set", "-VCAS-" },
	{ "resident.erase", "--CAS-" },
	{ "resident.merge", "--CAS-" },
	{ "resident.hand_over", "RVCAS-" },
	{ "phone.list", "-VCAS-" },
	{ "resident_category.add", "--CAS-" },
	{ "card.issue", "-VCAS-" },
	{ "card.revoke", "-VCAS-" },
	{ "code.issue", "RVCAS-" },
	{ "staff.add", "---AS-" },
	{ "staff.pin", "---AS-" },
	{ "staff.leave", "---AS-" },
	{ "staff.token", "---AS-" },
	{ "staff.card", "---AS-" },
	{ "staff.unlock", "---AS-" },
	{ "store.restore", "----S-" },
	{ "backup.plain", "--CAS-" },
	{ "recovery.print", "---AS-" },
	{ "staff.recover", "----S-" },
	{ "message.add", "-VCAS-" },
	{ "message.tell", "RVCAS-" },
	{ "message.read", "RVCAS-" },
	{ "category.add", "--CAS-" },
	{ "category.guide", "--CAS-" },
	{ "label_size.set", "--CAS-" },
	{ "label_size.remove", "--CAS-" },
	{ "rule.set", "--CAS-" },
	{ "title.add", "-VCAS-" },
	{ "title.edit", "-VCAS-" },
	{ "item.add", "-VCAS-" },
	{ "item.status", "-VCAS-" },
	{ "title.parts", "-VCAS-" },
	{ "item.edit", "-VCAS-" },
	{ "item.owners", "-VCAS-" },
	{ "kit.add", "-VCAS-" },
	{ "kit.remove", "-VCAS-" },
	{ "stock.take", "RVCAS-" },
	{ "stock.add", "-VCAS-" },
	{ "loan.open", "RVCAS-" },
	{ "loan.return", "RVCAS-" },
	{ "loan.renew", "RVCAS-" },
	{ "loan.void", "RVCAS-" },
	{ "return.void", "RVCAS-" },
	{ "renew.void", "RVCAS-" },
	{ "loan.enter", "--CAS-" },
	{ "export", "--CAS-" },
	{ "loan.claim", "-VCAS-" },
	{ "claim.drop", "-VCAS-" },
	{ "loan.report", "RVCAS-" },
	{ "loan.lost", "-VCAS-" },
	{ "loan.recall", "-VCAS-" },
	{ "item.found", "-VCAS-" },
	{ "item.look", "-VCAS-" },
	{ "hold.place", "RVCAS-" },
	{ "hold.cancel", "RVCAS-" },
	{ "hold.settle", "RVCAS-" },
	{ "hold.put_back", "-VCAS-" },
	{ "closure.emergency", "--CAS-" },
	{ "fund.post", "-VCAS-" },
	{ "fund.reverse", "--CAS-" },
	{ "item.retire", "-VCAS-" },
	{ "donation.take", "-VCAS-" },
	{ "giveaway.make", "-VCAS-" },
	{ "swap.make", "-VCAS-" },
	{ "sale.make", "-VCAS-" },
	{ "departure.undo", "-VCAS-" },
	{ "ticket.open", "-VCAS-" },
	{ "ticket.close", "-VCAS-" },
	{ "stocktake.start", "-VCAS-" },
	{ "stocktake.seen", "-VCAS-" },
	{ "stocktake.close", "-VCAS-" },
	{ "stocktake.set_missing", "--CAS-" },
	{ "account.open", "-VCAS-" },
	{ "transfer.post", "--CAS-" },
	{ "transfer.reverse", "-VCAS-" },
	{ "reversal.settle", "--CAS-" },
	{ "body.add", "--CAS-" },
	{ "body.end", "--CAS-" },
	{ "freeze.make", "-VCAS-" },
	{ "deposit.settle", "-VCAS-" },
	{ "deposit.release", "RVCASn" },
	{ "freeze.settle", "-VCAS-" },
	{ "kin.add", "-VCAS-" },
	{ "kin.end", "-VCAS-" },
	{ "points.give", "RVCAS-" },
	{ "points.donate", "RVCAS-" },
	{ "points.expire", "--CASn" },
	{ "ranking.choose", "RVCAS-" },
	{ "exempt.set", "-VCAS-" },
	{ "earn_rule.set", "--CAS-" },
	{ "earn_rule.end", "--CAS-" },
	{ "earn", "RVCAS-" },
	{ "earning.settle", "-VCAS-" },
	{ "skill.agree", "RVCAS-" },
	{ "skill.confirm", "RVCAS-" },
	{ "skill.cancel", "RVCAS-" },
	{ "reward.set", "--CAS-" },
	{ "reward.end", "--CAS-" },
	{ "reward.resume", "--CAS-" },
	{ "reward.stock", "-VCAS-" },
	{ "merchant.settle", "--CAS-" },
	{ "settlement.undo", "--CAS-" },
	{ "redeem", "RVCAS-" },
	{ "redemption.undo", "-VCAS-" },
	{ "voucher.use", "-VCAS-" },
	{ "use_right.agree", "--CAS-" },
	{ "use_right.check", "-VCAS-" },
	{ "use_right.end", "--CAS-" },
	{ "venue.add", "--CAS-" },
	{ "session.open", "RVCAS-" },
	{ "session.close", "RVCAS-" },
	{ "venue.edit", "--CAS-" },
	{ "venue.hours", "--CAS-" },
	{ "exception.add", "--CAS-" },
	{ "exception.remove", "--CAS-" },
	{ "blackout.add", "--CAS-" },
	{ "blackout.remove", "--CAS-" },
	{ "bookings.call_off", "--CAS-" },
	{ "thing.add", "--CAS-" },
	{ "thing.remove", "--CAS-" },
	{ "handover.out", "-VCAS-" },
	{ "handover.back", "-VCAS-" },
	{ "booking.place", "RVCAS-" },
	{ "booking.change", "RVCAS-" },
	{ "booking.cancel", "RVCAS-" },
	{ "booking.wait", "RVCAS-" },
	{ "booking.approve", "-VCAS-" },
	{ "booking.decline", "-VCAS-" },
	{ "series.place", "-VCAS-" },
	{ "series.cancel", "-VCAS-" },
	{ "session.people", "RVCAS-" },
	{ "session.end", "RVCAS-" },
	{ "sessions.close", "RVCAS-" },
	{ "session.enter", "-VCAS-" },
	{ "blank.issue", "-VCAS-" },
	{ "blank.enter", "-VCAS-" },
	{ "holidays.set", "--CAS-" },
	{ "shift.add", "--CAS-" },
	{ "shift.assign", "--CAS-" },
	{ "duty_role.add", "--CAS-" },
	{ "shift_type.set", "--CAS-" },
	{ "template.set", "--CAS-" },
	{ "shifts.make", "--CAS-" },
	{ "shift.cancel", "--CAS-" },
	{ "shift.sign_up", "RVCAS-" },
	{ "volunteer.set", "-VCAS-" },
	{ "volunteer.roles", "-VCAS-" },
	{ "volunteer.times", "RVCAS-" },
	{ "volunteer.end", "--CAS-" },
	{ "team.set", "--CAS-" },
	{ "team.assign", "--CAS-" },
	{ "assignment.confirm", "RVCAS-" },
	{ "assignment.lock", "--CAS-" },
	{ "assignment.cancel", "--CAS-" },
	{ "assignment.excuse", "RVCAS-" },
	{ "assignment.ask", "RVCAS-" },
	{ "assignment.ask_end", "RVCAS-" },
	{ "assignment.return", "RVCAS-" },
	{ "assignment.let_go", "--CAS-" },
	{ "assignment.hand_over", "RVCAS-" },
	{ "assignment.swap", "--CAS-" },
	{ "roster.plan", "--CAS-" },
	{ "roster.publish", "--CAS-" },
	{ "attendance.in", "RVCAS-" },
	{ "attendance.out", "RVCAS-" },
	{ "attendance.enter", "-VCAS-" },
	{ "attendance.missed", "-VCAS-" },
	{ "attendance.close", "RVCAS-" },
	{ "hours.approve", "--CAS-" },
	{ "hours.reverse", "--CAS-" },
	{ "service.record", "-VCAS-" },
	{ "certificate.issue", "--CAS-" },
};

static const struct right *right_of(const char *kind)
{
	for (size_t i = 0; i < ARRAY_LEN(rights); i++)
		if (strcmp(rights[i].kind, kind) == 0)
			return &rights[i];
	return NULL;
}

struct fixture {
	struct clock clock;
	struct db *db;
};

static int rights_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	f->clock = clock_set(1795233600);
	assert_ok(db_open_memory(&f->clock, &f->db, &err), &err);
	*state = f;
	return 0;
}

static int rights_teardown(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	free(f);
	return 0;
}

/* Begins as the act itself would. */
static bool may(struct fixture *f, enum role role, enum act_kind kind)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const struct act act = { .role = role };
	struct err err = { 0 };
	int r = act_begin(&a, f->db, &act, kind, NO_FIELDS, &err);

	if (r == 0)
		return true;
	assert_int_equal(r, ERR_REFUSED);
	assert_true(err_has(&err, role == ROLE_SERVICE ? REASON_SERVICE_ONLY : REASON_ROLE_NEEDED));
	return false;
}

TEST(every_kind_of_act_has_its_rights_written_out, rights)
{
	for (int kind = 0; kind < ACT_KIND_COUNT; kind++)
		if (!right_of(act_kind_table[kind].name))
			fail_msg("no line for %s", act_kind_table[kind].name);
	assert_int_equal(ARRAY_LEN(rights), ACT_KIND_COUNT);
}

TEST(every_role_may_do_what_is_written_out_and_nothing_else, rights)
{
	struct fixture *f = *state;

	for (int kind = 0; kind < ACT_KIND_COUNT; kind++) {
		const char *name = act_kind_table[kind].name;
		const struct right *right = right_of(name);
		assert_non_null(right);
		for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
			bool is_right = right->who[i] == letters[i];
			if (may(f, roles[i], (enum act_kind)kind) != is_right)
				fail_msg("%s: %c %s", name, letters[i],
					is_right ? "may not" : "may");
		}
	}
}

TEST(nobody_in_particular_may_do_nothing, rights)
{
	struct fixture *f = *state;

	for (int kind = 0; kind < ACT_KIND_COUNT; kind++)
		assert_false(may(f, ROLE_NONE, (enum act_kind)kind));
}

TEST(the_night_neither_backdates_nor_breaks_a_rule, rights)
{
	struct fixture *f = *state;
	const struct act late = { .role = ROLE_SERVICE, .occurred_at = 1795230000, .why = "x" };
	const struct act hard = { .role = ROLE_SERVICE, .is_override = true, .why = "x" };
	struct acting a;
	struct err err = { 0 };

	assert_refused(
		act_begin(&a, f->db, &late, ACT_POINTS_EXPIRE, NO_FIELDS, &err), &err, ROLE_NEEDED);
	assert_refused(
		act_begin(&a, f->db, &hard, ACT_POINTS_EXPIRE, NO_FIELDS, &err), &err, ROLE_NEEDED);
}
