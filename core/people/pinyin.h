/* How names and words read in pinyin, for searching: lower-case letters a–z only, ü as u.
 *
 * The readings come from ICU's Han-Latin rules, asked once when jiaplus is built (opening them
 * costs 90 ms; doc/facts.md, Pinyin): here they are a table, and a call costs nothing. */
#pragma once

struct pinyin_text {
	char *full;     /* 张三 zhangsan, 欧阳小三 ouyangxiaosan, John Smith johnsmith */
	char *initials; /* zs, oyxs, js */
};
void pinyin_text_finish(struct pinyin_text *text);

/* A person's name: surnames read as surnames (单 shan, 曾 zeng, 仇 qiu, 尉迟 yuchi). Characters
 * without a reading are left out; "" when none has one. */
void pinyin_of_name(const char *name, struct pinyin_text *ret);

/* An ordinary word, such as an item's title. Where its characters have a second reading that people
 * may type, both are there, separated by a space: 音乐 → "yinle yinyue", "yl yy". */
void pinyin_of_title(const char *title, struct pinyin_text *ret);

/* A search text in comparable form: lower-case letters, lv and nv as lu and nu, spaces and '
 * dropped, digits kept. The caller's; NULL when it contains anything else, or no letter. */
char *pinyin_query(const char *typed);
