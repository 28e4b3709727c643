/* A loan as it is read from the database: shared by loan.c and loan_list.c. */
#pragma once

#define LOAN_SELECT                                                                               \
	"SELECT loan.id AS id, loan.number AS number, item, resident, visit, return_visit,"       \
	" lent_at, due_at, returned_at, voided_at, renewals,"                                     \
	" renewed_from, renew_visit, is_override, claimed_at, lost_at, recalled_at, reported_at," \
	" parts_lent, loan.parts_missing AS parts_missing,"                                       \
	" item.number AS item_number, title.category AS category, title.name AS name, safety"     \
	" FROM loan JOIN item ON item.id = loan.item JOIN title ON title.id = item.title"

/* For queries on LOAN_SELECT. */
struct row_type;
extern const struct row_type loan_rows;
