/* The result of reading a sign-up list (signup_list.h): rows, and the doubts about them. */
#pragma once

#include "core/duty/roster.h"
#include "core/duty/volunteer_time.h"

#define SIGNUP_BYTES_MAX (256 * 1024)
#define SIGNUP_LINES_MAX 1000

enum signup_state {
	SIGNUP_SURE,    /* would be signed up; once kept: has been */
	SIGNUP_ALREADY, /* is on that shift */
	SIGNUP_REFUSED, /* understood, but rules forbid it: `against` */
	SIGNUP_DOUBT,   /* `doubt` is open */
	SIGNUP_UNREAD,  /* not understood: `against` */
	SIGNUP_QUIET,   /* 收到: says nothing about a shift */
	SIGNUP_DROPPED, /* a doubt was answered otherwise: not shown */
	SIGNUP_STATE_COUNT,
};
/* "sure", "already", "refused", "doubtful", "unread", "quiet", "dropped" */
const char *signup_state_name(enum signup_state);

#define SIGNUP_CHOICES_MAX 7  /* with none and all of them: a digit each */
#define SIGNUP_SHIFTS_MAX  96 /* of one doubt; with more than a digit each only all or none */
enum { SIGNUP_OPEN = -1, SIGNUP_NONE_OF_THEM = -2, SIGNUP_ALL_OF_THEM = -3 };

struct signup_doubt {
	int line;
	bool is_who;                        /* people; else shifts */
	bool is_away;                       /* or are its times to be recorded: all or none */
	char *text;                         /* what was written */
	int64_t choices[SIGNUP_SHIFTS_MAX]; /* residents or shifts */
	int count;
	int answer; /* an index, or one of the above; all of them not for people */
};

struct signup_row {
	int line;
	enum signup_state state;
	char *who, *when; /* as written */
	char *text;       /* the whole line, as written */
	int64_t resident; /* 0: not known yet */
	int64_t shift;    /* 0: not known, or none: is_away */
	bool is_away;     /* cannot come then: becomes a dated refusal of the volunteer's */
	struct volunteer_time away;
	int who_doubt;   /* index of a doubt, or −1 */
	int shift_doubt; /* the same; the row is its choice `choice` */
	int choice;
	int doubt; /* SIGNUP_DOUBT: the open one */
	struct err against;
};

struct signup_list {
	struct week week;
	struct signup_row *rows; /* in the text's order */
	int count;
	struct signup_doubt *doubts;
	int doubt_count;
	int counts[SIGNUP_STATE_COUNT]; /* of rows, after a try */
	bool is_kept;
};
void signup_list_finish(struct signup_list *);
