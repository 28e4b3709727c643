#include "tui/verbs/verb.h"

#include <stddef.h>

#include "core/base/mem.h"

/* In the order of the help. Each is defined in a file of this folder. */
#define GROUPS(X)             \
	X(init_verbs)         \
	X(scan_verbs)         \
	X(lend_verbs)         \
	X(loan_verbs)         \
	X(loan_change_verbs)  \
	X(hold_verbs)         \
	X(resident_verbs)     \
	X(people_verbs)       \
	X(message_verbs)      \
	X(item_verbs)         \
	X(stock_verbs)        \
	X(category_verbs)     \
	X(ticket_verbs)       \
	X(stocktake_verbs)    \
	X(donation_verbs)     \
	X(departing_verbs)    \
	X(rule_verbs)         \
	X(guide_verbs)        \
	X(import_verbs)       \
	X(template_verbs)     \
	X(export_verbs)       \
	X(venue_verbs)        \
	X(venue_times_verbs)  \
	X(venue_report_verbs) \
	X(booking_verbs)      \
	X(session_verbs)      \
	X(shift_verbs)        \
	X(volunteer_verbs)    \
	X(team_verbs)         \
	X(duty_setup_verbs)   \
	X(duty_verbs)         \
	X(duty_people_verbs)  \
	X(duty_plan_verbs)    \
	X(duty_signups_verbs) \
	X(duty_print_verbs)   \
	X(points_verbs)       \
	X(earn_rule_verbs)    \
	X(honour_verbs)       \
	X(fund_verbs)         \
	X(reward_verbs)       \
	X(reward_set_verbs)   \
	X(merchant_verbs)     \
	X(print_verbs)        \
	X(print_points_verbs) \
	X(label_verbs)        \
	X(queue_verbs)        \
	X(log_verbs)          \
	X(verify_verbs)       \
	X(doctor_verbs)       \
	X(site_verbs)         \
	X(staff_verbs)        \
	X(setting_verbs)      \
	X(backup_verbs)       \
	X(restore_verbs)      \
	X(recovery_verbs)
#define DECLARE(name_) extern const struct verb name_[];
#define LIST(name_)    name_,

GROUPS(DECLARE)

static const struct verb *const groups[] = { GROUPS(LIST) NULL };

const struct verb *const *verb_groups(void)
{
	return groups;
}

char *verb_usage(const struct verb *verb)
{
	char *usage = mem_text("");

	for (const struct operand *operand = verb->operands; operand->type; operand++) {
		CLEANUP(mem_free) char *before = usage;
		CLEANUP(mem_free) char *one = operand_usage(operand);
		usage = mem_printf("%s%s%s", before, *before ? " " : "", one);
	}
	return usage;
}
