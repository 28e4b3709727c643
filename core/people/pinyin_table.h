/* The generated table behind pinyin.c and ime.c (pinyin_generate.c writes it from ICU's rules). */
#pragma once

#include <stdint.h>

#define PINYIN_FIRST 0x3400u /* extension A and the unified ideographs */
#define PINYIN_LAST  0x9FFFu

/* In alphabetical order, ü as v; the first is "" for characters that have no reading. */
extern const char pinyin_syllables[][8];
extern const int pinyin_syllable_count;

/* Index into pinyin_syllables of each character. */
extern const uint16_t pinyin_readings[PINYIN_LAST - PINYIN_FIRST + 1];

/* Characters that read differently as a surname, by code point. */
struct pinyin_surname {
	uint16_t character, syllable;
};
extern const struct pinyin_surname pinyin_surnames[];
extern const int pinyin_surname_count;
