/* What a scan or a key at the counter led to: what the screen shows, without its words. */
#pragma once

#include "core/base/err.h"
#include "core/items/lending/condition.h"
#include "core/venues/session.h"

enum outcome_kind {
	OUTCOME_NONE,
	OUTCOME_WAIT,        /* another process is writing: desk_retry on a timer */
	OUTCOME_VISIT,       /* a card opened the visit */
	OUTCOME_LENT,        /* until due_at */
	OUTCOME_RETURNED,    /* was due at due_at */
	OUTCOME_RENEWED,     /* until due_at */
	OUTCOME_UNDONE,      /* the last line of the list */
	OUTCOME_ALREADY,     /* lent in this very visit: people scan twice */
	OUTCOME_ASK,         /* this person has it from before: desk_answer says return or renew */
	OUTCOME_LEFT,        /* asked about and not answered: it stays lent */
	OUTCOME_RENEWED_ALL, /* done and refused are the counts */
	OUTCOME_REPORTED,    /* whoever returned it says that it is damaged or incomplete */
	OUTCOME_ITEM,        /* on the shelf and no visit: shown, and a card is asked for */
	OUTCOME_NEED_CARD,   /* a venue's or shift's code without a visit: needs a card first */
	OUTCOME_VENUE_IN,    /* signed in to the venue */
	OUTCOME_VENUE_OUT,   /* signed out of it */
	OUTCOME_DOOR,        /* a room's door: err holds what is asked first, desk_door answers */
	OUTCOME_DOOR_LEFT,   /* the answer was no: nothing changes */
	OUTCOME_DUTY_IN,     /* signed in to the shift */
	OUTCOME_DUTY_OUT,    /* signed out of it */
	OUTCOME_LOAN,        /* the number on a receipt: that loan */
	OUTCOME_RECORD, /* the number on a service record: name (masked), number, minutes, at */
	OUTCOME_CERTIFICATE, /* the same for a certificate of honour */
	OUTCOME_VOUCHER,     /* redeemed: it has no value any more */
	OUTCOME_BLANK,       /* a blank slip, for a volunteer: blank */
	OUTCOME_NEW_BOOK,    /* an ISBN or EAN nobody knows: a volunteer may register it (number) */
	OUTCOME_HELD,        /* reserved: hold, and position or slot */
	OUTCOME_UNHELD,      /* no longer reserved */
	OUTCOME_FINISHED,    /* visit is over; item: what it leaves lent, or 0 */
	OUTCOME_REFUSED,     /* err holds all reasons */
	OUTCOME_KIND_COUNT,
};

/* Four signals that differ in sound, word, shape and only last in colour (doc/rules.md, Scanning
 * 5). */
enum outcome_signal { SIGNAL_NONE, SIGNAL_DONE, SIGNAL_REFUSED, SIGNAL_PERSON, SIGNAL_UNDONE };

struct item;

struct outcome {
	enum outcome_kind kind;
	int64_t item, loan, venue, shift, booking;
	int64_t session;    /* VENUE_IN: so that the screen can ask how many they are */
	struct entry entry; /* VENUE_IN: until when the room is theirs */
	int64_t blank;      /* BLANK: what is or was entered from it */
	int64_t number;     /* the item's; of OUTCOME_NEW_BOOK the ISBN or EAN */
	int64_t due_at;     /* the loan's */
	int64_t visit;      /* FINISHED: 0 when there was none */
	int64_t minutes;    /* RECORD, CERTIFICATE: what it certifies */
	int64_t at;         /* when it happened */
	int done, refused;  /* RENEWED_ALL */
	/* If a copy is to be put aside now (RETURNED, UNDONE, UNHELD; HELD when it is ready at
	 * once; ITEM for a volunteer): the place on the pick-up shelf, and for whom. */
	int64_t slot;     /* 0: nothing is put aside */
	char *held_for;   /* masked; never NULL, "" for nobody or if this person may not know */
	int64_t until_at; /* how long it is kept; 0: nothing is put aside */
	int64_t hold;     /* HELD, UNHELD, REFUSED */
	int64_t position; /* HELD: in the queue, 1 is next; 0: it is ready */
	int64_t title;    /* HELD, UNHELD, and REFUSED when a hold was; else 0 */
	bool needs_check; /* RETURNED: a volunteer has to inspect it */
	bool has_parts;   /* RETURNED: with a parts list to tick off */
	char *name;       /* of the item, title, venue or shift; never NULL */
	char *safety;     /* of the item; never NULL, "" for none */
	struct item_notices notices; /* LENT, ITEM: what everybody is told about it */
	bool is_returned;            /* OUTCOME_LOAN: it is over */
	bool can_override;           /* REFUSED: a volunteer may override it, with a reason */
	struct err err;              /* REFUSED: why */
};
#define OUTCOME_INIT \
	{            \
		0    \
	}

enum outcome_signal outcome_signal(const struct outcome *);
void outcome_reset(struct outcome *); /* frees it, and leaves OUTCOME_INIT */

/* ---- for the files of core/desk ---- */

void outcome_fill(struct outcome *); /* unset texts become "" */
struct outcome outcome_copy(const struct outcome *);
void outcome_of_item(const struct item *, enum outcome_kind, struct outcome *ret);
