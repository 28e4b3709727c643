/* A visit as the counter shows it: whose it is, and its running list. */
#pragma once

#include "core/desk/outcome.h"
#include "core/sheets/letterhead.h"

/* What a receipt needs from kiosk.conf; texts are borrowed and must outlive the desk. */
struct desk_options {
	struct letterhead letterhead;
	double receipt_width_mm;
};

struct desk_visit {
	int64_t id, resident, number;
	char *masked_name;
	int64_t started_at;
};

/* The running list, oldest first; borrowed until the next call that changes it. */
struct desk_line {
	/* LENT, RETURNED, RENEWED, ASK, LEFT, HELD, UNHELD, VENUE_…, DOOR_LEFT, DUTY_…, NEW_BOOK or
	 * REFUSED */
	struct outcome outcome;
	bool is_undone;
	int64_t serial; /* counts up within a visit */
};

/* The possible answers to OUTCOME_ASK (desk_answer). */
enum desk_answer { DESK_RETURN, DESK_RENEW, DESK_RENEW_ALL, DESK_LEAVE };
