/* A chat group's list of sign-ups (接龙), line by line, as pieces: people that are known, times,
 * and other words. signup_list.h finds out what they mean together. */
#pragma once

#include "core/exchange/signup_when.h"
#include "core/exchange/signup_words.h"

/* What the words of a line are compared with. Borrowed; names of people as signup_clean leaves
 * them. */
struct signup_vocabulary {
	struct day monday;
	int weeks_ahead; /* of the present week: what 下周三 refers to */
	const char *const *people;
	int people_count;
	const char *const *shifts; /* the names of shifts */
	int shift_count;
};

struct signup_time {
	unsigned days; /* bit 0 Monday …; 0: none named */
	unsigned periods;
	int starts, ends; /* minutes; −1: none named */
	int shift;        /* one of the vocabulary's names; −1: none named */
	bool is_outside;  /* names a day of another week, or one that does not match its date */
};

enum signup_piece_kind { SIGNUP_PERSON, SIGNUP_TIME, SIGNUP_WORDS, SIGNUP_KNOWN };
struct signup_piece {
	enum signup_piece_kind kind;
	enum signup_word word; /* SIGNUP_KNOWN: which it is */
	char *text;            /* as written */
	int clause;            /* , and ; begin another one */
	bool is_joined;        /* 、 or 和 stands between it and the piece before */
	struct signup_time time;
};

struct signup_line {
	int number;      /* its number; 0: none */
	bool is_other;   /* 代李四, 帮阿姨报: for somebody else */
	bool is_either;  /* 周三或周五 */
	bool is_example; /* 例 张三 周三上午 */
	struct signup_piece *pieces;
	int count;
};
void signup_line_finish(struct signup_line *);

/* Full-width forms become narrow, invisible characters are dropped, friendly emoji become spaces,
 * those that mean no become one character, ① becomes "1.", all dots within names become one kind.
 * The caller's. */
char *signup_clean(const char *text);
/* The line as it was written, made safe to show. The caller's. */
char *signup_shown(const char *line);
/* `line` is signup_clean's, without a line end. `number`: the next expected one. */
void signup_line_read(
	const char *line, const struct signup_vocabulary *, int number, struct signup_line *ret);
