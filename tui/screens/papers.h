/* Papers that a volunteer asks for. What is done and its paper are queued in one transaction:
 * neither is there without the other. */
#pragma once

#include "core/base/code.h"
#include "tui/kiosk.h"

/* Issues a card and queues it for the office printer. *ret_text is its payload, told this once.
 * Errors as card_issue. */
int papers_card(struct kiosk *, const struct act *, int64_t resident, char ret_text[CODE_TEXT_MAX],
	struct err *err);

/* Queues labels, on the paper that kiosk.conf names for them: a roll, or sheets of A4. */
int papers_labels(struct kiosk *, const int64_t *items, int count, struct err *err);

/* Queues the wall's lending rules. */
int papers_rules(struct kiosk *, struct err *err);

/* Gets the printers going, behind either of them. */
void papers_go(struct kiosk *);
