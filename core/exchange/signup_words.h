/* The words around a name and a time in a chat group's list, and what each of them means. */
#pragma once

#include <stdbool.h>

enum signup_word {
	SIGNUP_WORD_NONE,    /* says nothing: 我, 的, 吧 */
	SIGNUP_WORD_YES,     /* 可以, 有空 */
	SIGNUP_WORD_NO,      /* not signed up: 取消, × */
	SIGNUP_WORD_AWAY,    /* cannot come then: 请假, 没空 */
	SIGNUP_WORD_BUT,     /* all but what follows: 除了 */
	SIGNUP_WORD_OUTSIDE, /* all but what precedes: 以外 */
	SIGNUP_WORD_REST,    /* what has not been named: 其他 */
	SIGNUP_WORD_EITHER,  /* one of them: 或 */
	SIGNUP_WORD_THANKS,  /* 收到: a line with nothing else says nothing about a shift */
	SIGNUP_WORD_ANY,     /* 随便: the same, but with a time it is a question */
	SIGNUP_WORD_UNSURE,  /* begins like one of these and is not: 可能 */
};

/* Reads the longest word at *s; false, and *s unchanged, when there is none. `is_within`: after
 * letters that are no word, where short words are part of something else. */
bool signup_take_known(const char **s, bool is_within, enum signup_word *ret);
