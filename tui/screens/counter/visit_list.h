/* What was done in this visit (本次), a line each, the newest last; and how such a line is drawn.
 */
#pragma once

#include "tui/kiosk.h"

/* Mark, number, name, and at the right what is said of it, which is never shortened. */
struct visit_row {
	const char *mark;
	enum style mark_style;
	int64_t number; /* 0: none */
	const char *name;
	const char *words;
	enum style style; /* of the words */
};
void visit_row_draw(struct rect area, int row, const struct visit_row *);

struct visit_list {
	int back;       /* lines that the arrows went back; 0: the newest is to be seen */
	bool has_notes; /* the newest says how to use the thing: no banner does */
};

/* That all lines and their head take; 0 when there are none. */
int visit_list_rows(struct kiosk *, const struct visit_list *, int cols);
/* The same of the newest and the head. */
int visit_list_rows_least(struct kiosk *, const struct visit_list *, int cols);
/* What does not fit gives way, the oldest first; the head says how many lines that is. */
void visit_list_draw(struct kiosk *, const struct visit_list *, struct rect area);
/* The newest alone, without a head. Returns the rows. */
int visit_list_draw_newest(struct kiosk *, const struct visit_list *, struct rect area);
/* The arrows; true: taken. */
bool visit_list_key(struct kiosk *, struct visit_list *, const struct key *);
/* Until when the newest goes, when it was lent or renewed; else 0. */
int64_t visit_list_due(struct kiosk *);
