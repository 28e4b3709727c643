/* What a line of a list says about each time that it names: the rules by which pieces become yes,
 * no, or a question. Only what is understood completely is a yes. */
#pragma once

#include "core/exchange/signup_text.h"

enum signup_said {
	SIGNUP_SAID_NOTHING, /* 收到: no shift is meant */
	SIGNUP_SAID_YES,
	SIGNUP_SAID_MAYBE, /* words are left over, or are ambiguous */
	SIGNUP_SAID_NO,
	SIGNUP_SAID_AWAY,
	SIGNUP_SAID_BUT, /* all times but this one */
	SIGNUP_SAID_COUNT,
};

struct signup_sense {
	enum signup_said whole; /* for the heading's time, when the line names none */
	enum signup_said *said; /* for each piece; a piece that is no time is NOTHING */
	bool has_but; /* at least one is BUT: the others that are YES are what it is taken out of */
};
void signup_sense_finish(struct signup_sense *);

/* Is the piece a person: a known one, words joined to one, or the first words when there is nobody
 * else? */
bool signup_piece_is_who(const struct signup_line *, int piece);
void signup_sense_make(const struct signup_line *, struct signup_sense *ret);
