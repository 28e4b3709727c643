#include "core/people/pinyin.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/pinyin_table.h"

#define READINGS_MAX 4 /* of one title */

/* Surnames of two characters, and others that ICU's rules read differently from their bearers. */
static const struct {
	const char *name, *syllables[2];
} surnames[] = {
	{ "单于", { "chan", "yu" } },
	{ "尉迟", { "yu", "chi" } },
	{ "长孙", { "zhang", "sun" } },
	{ "万俟", { "mo", "qi" } },
	{ "宰父", { "zai", "fu" } },
	{ "澹台", { "tan", "tai" } },
	{ "缪", { "miao", NULL } },
	{ "繆", { "miao", NULL } },
	{ "朴", { "piao", NULL } },
	{ "洗", { "xian", NULL } },
	{ "覃", { "qin", NULL } },
	{ "句", { "gou", NULL } },
	{ "區", { "ou", NULL } },
	{ "單", { "shan", NULL } },
	{ "種", { "chong", NULL } },
};

/* Second readings that occur in the names of things: a person may type them when searching. */
static const struct {
	const char *character, *other;
} second_readings[] = {
	{ "乐", "yue" },
	{ "行", "hang" },
	{ "长", "chang" },
	{ "重", "chong" },
	{ "调", "diao" },
	{ "弹", "tan" },
	{ "血", "xie" },
	{ "便", "pian" },
	{ "角", "jue" },
	{ "藏", "zang" },
	{ "盛", "cheng" },
	{ "壳", "qiao" },
	{ "车", "ju" },
	{ "削", "xue" },
	{ "薄", "bao" },
	{ "色", "shai" },
	{ "折", "she" },
	{ "处", "chu" },
	{ "度", "duo" },
	{ "大", "dai" },
	{ "模", "mu" },
	{ "圈", "juan" },
	{ "熟", "shou" },
	{ "着", "zhe" },
	{ "散", "san" },
	{ "扇", "shan" },
	{ "传", "zhuan" },
	{ "曲", "qu" },
	{ "剥", "bao" },
	{ "露", "lou" },
	{ "校", "jiao" },
	{ "会", "kuai" },
	{ "扎", "za" },
	{ "轧", "ga" },
	{ "铛", "cheng" },
	{ "冠", "guan" },
	{ "称", "chen" },
	{ "参", "shen" },
	{ "差", "chai" },
	{ "单", "shan" },
	{ "石", "dan" },
	{ "降", "xiang" },
	{ "系", "ji" },
	{ "卡", "qia" },
	{ "吓", "he" },
	{ "和", "huo" },
	{ "奇", "ji" },
	{ "宿", "su" },
	{ "解", "jie" },
	{ "绿", "lu" },
	{ "核", "hu" },
	{ "朝", "chao" },
	{ "炮", "bao" },
	{ "钥", "yue" },
	{ "给", "ji" },
	{ "落", "la" },
	{ "塞", "sai" },
	{ "提", "di" },
	{ "咖", "ka" },
	{ "什", "shi" },
	{ "蚌", "beng" },
	{ "澄", "deng" },
	{ "粘", "nian" },
	{ "臂", "bei" },
	{ "强", "jiang" },
	{ "厦", "xia" },
	{ "量", "liang" },
	{ "盖", "gai" },
	{ "地", "de" },
	{ "脚", "jue" },
};

static bool is_han(unsigned c)
{
	return c >= PINYIN_FIRST && c <= PINYIN_LAST;
}

/* "" when it has none. */
static const char *syllable_of(unsigned c)
{
	if (c == 0x3007)
		return "ling";
	return is_han(c) ? pinyin_syllables[pinyin_readings[c - PINYIN_FIRST]] : "";
}

static const char *surname_syllable_of(unsigned c)
{
	for (int i = 0; i < pinyin_surname_count; i++)
		if (pinyin_surnames[i].character == c)
			return pinyin_syllables[pinyin_surnames[i].syllable];
	return syllable_of(c);
}

/* ---- a reading that grows ---- */

struct reading {
	char *full, *initials;
	size_t full_len, initials_len, room;
	bool is_in_word; /* of Latin letters: only its first is an initial */
};

static void reading_init(struct reading *r, const char *text)
{
	/* A character takes at least two bytes for the up to six letters of its syllable; a Latin
	 * letter may come out as two. */
	*r = (struct reading){ .room = strlen(text) * 4 + 8 };
	r->full = mem_alloc(r->room);
	r->initials = mem_alloc(r->room);
}

static void add_syllable(struct reading *r, const char *syllable)
{
	for (const char *s = syllable; *s; s++)
		r->full[r->full_len++] = *s == 'v' ? 'u' : *s;
	if (*syllable)
		r->initials[r->initials_len++] = *syllable;
	r->is_in_word = false;
}

/* Latin letters and digits stand for themselves; anything else only ends a word. */
static void add_other(struct reading *r, unsigned c)
{
	bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	char letter = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);

	if (!is_letter && !(c >= '0' && c <= '9')) {
		r->is_in_word = c == '\'' && r->is_in_word;
		return;
	}
	r->full[r->full_len++] = letter;
	if (!r->is_in_word)
		r->initials[r->initials_len++] = letter;
	r->is_in_word = true;
}

static void add_character(struct reading *r, unsigned c)
{
	const char *syllable = syllable_of(c);

	if (*syllable)
		add_syllable(r, syllable);
	else
		add_other(r, c);
}

/* ---- names ---- */

/* Reads the surname at *name, if it is one with a reading of its own, and moves past it. */
static void read_surname(struct reading *r, const char **name)
{
	const char *ahead = *name;

	for (size_t i = 0; i < ARRAY_LEN(surnames); i++) {
		size_t len = strlen(surnames[i].name);
		if (strncmp(*name, surnames[i].name, len) != 0)
			continue;
		for (int k = 0; k < 2 && surnames[i].syllables[k]; k++)
			add_syllable(r, surnames[i].syllables[k]);
		*name += len;
		return;
	}
	unsigned c = text_next(&ahead);
	if (!is_han(c))
		return;
	add_syllable(r, surname_syllable_of(c));
	*name = ahead;
}

void pinyin_text_finish(struct pinyin_text *text)
{
	free(text->full);
	free(text->initials);
	*text = (struct pinyin_text){ 0 };
}

void pinyin_of_name(const char *name, struct pinyin_text *ret)
{
	CLEANUP(mem_free) char *narrow = text_narrow(name);
	const char *s = narrow;
	struct reading r;
	unsigned c;

	reading_init(&r, narrow);
	while (*s == ' ')
		s++;
	read_surname(&r, &s);
	while ((c = text_next(&s)))
		add_character(&r, c);
	*ret = (struct pinyin_text){ .full = r.full, .initials = r.initials };
}

/* ---- titles ---- */

static const char *second_reading_of(const char *s, size_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(second_readings); i++)
		if (strlen(second_readings[i].character) == len &&
			memcmp(second_readings[i].character, s, len) == 0)
			return second_readings[i].other;
	return NULL;
}

/* Bit k of `choice` set: the k-th character that has two readings takes its second. Returns how
 * many there are. */
static int read_title(struct reading *r, const char *title, unsigned choice)
{
	int seen = 0;
	unsigned c;

	reading_init(r, title);
	for (const char *s = title, *at = s; (c = text_next(&s)); at = s) {
		const char *other = second_reading_of(at, (size_t)(s - at));
		bool has_two = other && strcmp(other, syllable_of(c)) != 0;
		if (has_two && choice >> seen & 1)
			add_syllable(r, other);
		else
			add_character(r, c);
		seen += has_two;
	}
	return seen;
}

/* Different readings may have the same initials: those are returned once. */
static void append(char **list, const char *reading)
{
	const char *last = *list ? strrchr(*list, ' ') : NULL;

	if (*list && strcmp(last ? last + 1 : *list, reading) == 0)
		return;
	char *longer = *list ? mem_printf("%s %s", *list, reading) : mem_text(reading);

	free(*list);
	*list = longer;
}

void pinyin_of_title(const char *title, struct pinyin_text *ret)
{
	CLEANUP(mem_free) char *narrow = text_narrow(title);
	unsigned choices = 1;

	*ret = (struct pinyin_text){ 0 };
	for (unsigned choice = 0; choice < choices; choice++) {
		struct reading r;
		int seen = read_title(&r, narrow, choice);
		choices = seen == 0 ? 1 : seen == 1 ? 2 : READINGS_MAX;
		append(&ret->full, r.full);
		append(&ret->initials, r.initials);
		free(r.full);
		free(r.initials);
	}
}

/* ---- queries ---- */

char *pinyin_query(const char *typed)
{
	CLEANUP(mem_free) char *narrow = text_narrow(typed);
	CLEANUP(mem_free) char *query = mem_alloc(strlen(narrow) + 1);
	bool has_letter = false;
	size_t len = 0;

	for (const char *s = narrow; *s; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s + 'a' - 'A') : *s;
		if (c == ' ' || c == '\'')
			continue;
		bool is_letter = c >= 'a' && c <= 'z';
		if (!is_letter && !(c >= '0' && c <= '9'))
			return NULL;
		has_letter |= is_letter;
		if (c == 'v' && len > 0 && (query[len - 1] == 'l' || query[len - 1] == 'n'))
			c = 'u';
		query[len++] = c;
	}
	return has_letter ? TAKE(query) : NULL;
}
