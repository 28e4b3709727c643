/* How names and words read in pinyin, for searching: small letters a–z alone, ü as u.
 *
 * ICU does it (facts.md, Words). Opening its rules takes 90 ms, so pinyin_reader_create may run on
 * another thread; afterwards one thread at a time uses a reader. */
#pragma once

#include <stdbool.h>

#include "core/base/err.h"

struct pinyin_reader;

/* ERR_DEVICE HELPER_FAILED "icu" when ICU is not to be had. */
int pinyin_reader_create(struct pinyin_reader **ret, struct err *err);
void pinyin_reader_destroy(struct pinyin_reader *reader); /* NULL is allowed */

struct pinyin_text {
	char *full;     /* 张三 zhangsan, 欧阳小三 ouyangxiaosan, John Smith johnsmith */
	char *initials; /* zs, oyxs, js */
};
void pinyin_text_finish(struct pinyin_text *text);

/* A person's name: surnames read as surnames (单 shan, 曾 zeng, 仇 qiu, 解 xie). */
void pinyin_of_name(struct pinyin_reader *reader, const char *name, struct pinyin_text *ret);

/* An ordinary word, such as an item's title. Where its characters have a second reading that people
 * may type, both are there, separated by a space: 音乐 → "yinle yinyue", "yl yy". */
void pinyin_of_title(struct pinyin_reader *reader, const char *title, struct pinyin_text *ret);

/* What a person typed to search by, made comparable: letters small, lv and nv as lu and nu, spaces
 * and ' dropped. The caller's; NULL when it holds anything but ASCII letters, spaces and '. */
char *pinyin_query(const char *typed);
