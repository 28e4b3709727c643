/* Loans as they are read. loan_acts.h lends, returns and renews, loan_check.h has the objections to
 * a loan, loan_list.h the lists of loans. */
#pragma once

#include "core/store/act.h"

struct loan {
	int64_t id;
	int64_t number; /* printed on the receipt */
	int64_t item, resident;
	int64_t visit, return_visit; /* the desk's visits in which it was lent and returned, or 0 */
	int64_t lent_at, due_at;
	int64_t returned_at, voided_at; /* 0: not */
	int64_t renewals;
	int64_t renewed_from, renew_visit; /* of the last renewal: due before it, and where */
	bool is_override;                  /* lent or renewed as an override, by a named person */
	int64_t claimed_at;                /* the borrower claims to have returned it; 0: not */
	int64_t lost_at;     /* closed as lost, at the time that returned_at has too; 0: not */
	int64_t recalled_at; /* recalled: due earlier than it was; 0: not */
	int64_t reported_at; /* reported at its return: damaged or incomplete; 0: not */
	/* bits of parts missing when lent, and when it came back */
	int64_t parts_lent, parts_missing;

	/* of the item and its title as they are now, for display */
	int64_t item_number, category;
	char *name, *safety;
};
void loan_finish(struct loan *);
bool loan_is_open(const struct loan *);

/* ERR_NOT_FOUND LOAN_UNKNOWN. */
int loan_get(struct db *, int64_t id, struct loan *ret, struct err *err);
int loan_by_number(struct db *, int64_t number, struct loan *ret, struct err *err);
/* 1 and *ret, or 0 when the item is on the shelf. */
int loan_open_of_item(struct db *, int64_t item, struct loan *ret, struct err *err);
