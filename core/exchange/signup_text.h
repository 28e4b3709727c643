/* A chat group's list of sign-ups (接龙), line by line, as pieces: people that are known, times,
 * and other words. What they mean together is signup_list.h's. */
#pragma once

#include "core/exchange/signup_when.h"

/* What the words of a line are held against. Borrowed; names of people as signup_clean leaves them.
 */
struct signup_vocabulary {
	struct day monday;
	const char *const *people;
	int people_count;
	const char *const *shifts; /* what shifts are called */
	int shift_count;
};

struct signup_time {
	unsigned days; /* bit 0 Monday …; 0: none named */
	unsigned periods;
	int starts, ends; /* minutes; −1: none named */
	int shift;        /* one of the vocabulary's names; −1: none named */
	bool is_outside;  /* names a day of another week, or one that does not fit its date */
};

enum signup_piece_kind { SIGNUP_PERSON, SIGNUP_TIME, SIGNUP_WORDS };
struct signup_piece {
	enum signup_piece_kind kind;
	char *text;     /* as written */
	bool is_joined; /* 、 or 和 stands between it and the piece before */
	struct signup_time time;
};

struct signup_line {
	int number;      /* that it bears; 0: none */
	bool is_no;      /* 来不了, 周三除外, 代李四 …: not a plain yes */
	bool is_either;  /* 周三或周五 */
	bool is_example; /* 例 张三 周三上午 */
	struct signup_piece *pieces;
	int count;
};
void signup_line_finish(struct signup_line *);

/* Full-width forms become narrow, emoji and signs that hide become spaces, ① becomes "1.", all dots
 * within names one kind. The caller's. */
char *signup_clean(const char *text);
/* `line` is signup_clean's, without a line end. `number`: the one that would come next. */
void signup_line_read(
	const char *line, const struct signup_vocabulary *, int number, struct signup_line *ret);
