#include "core/people/ime.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/ime_names.h"
#include "core/people/pinyin_table.h"

#define LETTERS_MAX   32 /* of what is typed at once; libgooglepinyin takes 39 */
#define SYLLABLE_MAX  6
#define CHARACTERS    0x10000
#define WORDS_FIRST   4 /* that stand before single characters */
#define LIBRARY_WORDS 512

/* ---- libgooglepinyin, opened when the first letter is typed: being C++ it would cost every start
 * half a millisecond. Its state is global, which is why there is one ime at a time. ---- */

struct library {
	void *handle;
	bool (*open)(const char *dictionary, const char *user_dictionary);
	void (*reset)(void);
	size_t (*search)(const char *letters, size_t len);
	size_t (*starts)(const uint16_t **ret);
	uint16_t *(*candidate)(size_t at, uint16_t *text, size_t units);
};

static const struct {
	const char *symbol;
	size_t slot;
} library_calls[] = {
	{ "im_open_decoder", offsetof(struct library, open) },
	{ "im_reset_search", offsetof(struct library, reset) },
	{ "im_search", offsetof(struct library, search) },
	{ "im_get_spl_start_pos", offsetof(struct library, starts) },
	{ "im_get_candidate", offsetof(struct library, candidate) },
};

/* The dictionary is in the library's folder. */
static char *dictionary_path(void *symbol)
{
	Dl_info info;

	if (!dladdr(symbol, &info) || !info.dli_fname)
		return NULL;
	const char *slash = strrchr(info.dli_fname, '/');
	return mem_printf("%.*s/googlepinyin/data/dict_pinyin.dat",
		slash ? (int)(slash - info.dli_fname) : 0, info.dli_fname);
}

static bool library_load(struct library *library)
{
	void *symbol = NULL;

	for (size_t i = 0; i < ARRAY_LEN(library_calls); i++) {
		symbol = dlsym(library->handle, library_calls[i].symbol);
		if (!symbol)
			return false;
		memcpy((char *)library + library_calls[i].slot, &symbol, sizeof(symbol));
	}
	library->reset();
	if (library->search("a", 1) > 0)
		return true; /* still open from an earlier ime */
	CLEANUP(mem_free) char *path = dictionary_path(symbol);
	/* A user dictionary without a name: it learns nothing and writes no file. */
	return path && library->open(path, "");
}

/* Without the package the handle stays NULL. Once open it stays so for the process: closing it
 * loses 200 KB every time. */
static void library_open(struct library *library)
{
	library->handle = dlopen("libgooglepinyin.so.0", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (library->handle && !library_load(library))
		library->handle = NULL;
}

/* ---- candidates, kept for the letters that they belong to: a page turned is free ---- */

struct ime {
	struct library library;
	char typed[LETTERS_MAX + 1];
	struct ime_candidate *candidates;
	int count, room;
	unsigned char seen[CHARACTERS / 8]; /* single characters that are in the list */
};

static void forget(struct ime *ime)
{
	for (int i = 0; i < ime->count; i++)
		free(ime->candidates[i].text);
	ime->count = 0;
	ime->typed[0] = '\0';
	memset(ime->seen, 0, sizeof(ime->seen));
}

static void add(struct ime *ime, char *text, int letters)
{
	if (ime->count == ime->room) {
		ime->room = ime->room ? ime->room * 2 : 64;
		ime->candidates =
			mem_resize(ime->candidates, (size_t)ime->room * sizeof(*ime->candidates));
	}
	ime->candidates[ime->count++] = (struct ime_candidate){ .text = text, .letters = letters };
}

static void add_character(struct ime *ime, unsigned c, int letters)
{
	char text[5];

	if (c >= CHARACTERS || ime->seen[c / 8] & 1u << c % 8)
		return;
	ime->seen[c / 8] |= (unsigned char)(1u << c % 8);
	text_put(c, text);
	add(ime, mem_text(text), letters);
}

/* ---- syllables ---- */

static int compare_prefix(const char *letters, int len, const char *syllable)
{
	return strncmp(letters, syllable, (size_t)len);
}

/* The first syllable that begins with `letters`, or -1. The table is in alphabetical order. */
static int first_syllable_with(const char *letters, int len)
{
	int low = 1, high = pinyin_syllable_count;

	while (low < high) {
		int middle = (low + high) / 2;
		if (compare_prefix(letters, len, pinyin_syllables[middle]) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	bool is_there = low < pinyin_syllable_count &&
			compare_prefix(letters, len, pinyin_syllables[low]) == 0;
	return is_there ? low : -1;
}

/* nue and lue are typed as often as nve and lve. */
static int syllable_index(const char *letters, int len)
{
	char proper[SYLLABLE_MAX + 1] = { 0 };

	if (len > SYLLABLE_MAX)
		return -1;
	memcpy(proper, letters, (size_t)len);
	if (strcmp(proper, "nue") == 0 || strcmp(proper, "lue") == 0)
		proper[1] = 'v';
	int at = first_syllable_with(proper, len);
	return at >= 0 && strlen(pinyin_syllables[at]) == (size_t)len ? at : -1;
}

/* The first syllable of what is typed: of several readings the longest that leaves something
 * readable (fangan: fang'an; xiangan: xiang'an; zhs: zh). */
struct segment {
	int skipped;  /* apostrophes before it */
	int letters;  /* 0: nothing readable */
	int syllable; /* index, or -1: only the start of one */
};

static struct segment first_segment(const char *typed)
{
	struct segment segment = { .skipped = (int)strspn(typed, "'"), .syllable = -1 };
	const char *s = typed + segment.skipped;
	int len = (int)strlen(s), longest = 0;
	bool readable[LETTERS_MAX + 1] = { false };

	readable[len] = true;
	for (int i = len - 1; i > 0; i--) {
		readable[i] =
			s[i] == '\'' ? readable[i + 1] : first_syllable_with(s + i, len - i) >= 0;
		for (int k = 1; k <= SYLLABLE_MAX && i + k <= len && !readable[i]; k++)
			readable[i] = readable[i + k] && syllable_index(s + i, k) >= 0;
	}
	for (int k = 1; k <= SYLLABLE_MAX && k <= len; k++) {
		if (first_syllable_with(s, k) >= 0)
			longest = k;
		if (syllable_index(s, k) >= 0 && (readable[k] || segment.syllable < 0)) {
			segment.syllable = syllable_index(s, k);
			segment.letters = k;
		}
	}
	if (segment.letters == 0)
		segment.letters = longest;
	return segment;
}

/* Does a character that reads as `syllable` match what is typed? */
static bool fits(const struct segment *segment, const char *letters, int syllable)
{
	if (syllable == 0)
		return false;
	if (segment->syllable >= 0)
		return syllable == segment->syllable;
	return compare_prefix(letters, segment->letters, pinyin_syllables[syllable]) == 0;
}

static int reading_of(unsigned c)
{
	return c >= PINYIN_FIRST && c <= PINYIN_LAST ? pinyin_readings[c - PINYIN_FIRST] : 0;
}

/* ---- where candidates come from ---- */

static void add_surnames(struct ime *ime, const struct segment *segment, const char *letters)
{
	unsigned c;

	for (const char *s = ime_surnames; (c = text_next(&s));) {
		bool is_fitting = fits(segment, letters, reading_of(c));
		for (int i = 0; i < pinyin_surname_count && !is_fitting; i++)
			is_fitting = pinyin_surnames[i].character == c &&
				     fits(segment, letters, pinyin_surnames[i].syllable);
		if (is_fitting)
			add_character(ime, c, segment->skipped + segment->letters);
	}
}

static void add_given_names(struct ime *ime, const struct segment *segment, const char *letters)
{
	unsigned c;

	for (const char *s = ime_given_names; (c = text_next(&s));)
		if (fits(segment, letters, reading_of(c)))
			add_character(ime, c, segment->skipped + segment->letters);
}

static void add_table(struct ime *ime, const struct segment *segment, const char *letters)
{
	static const struct {
		unsigned first, last;
	} blocks[] = { { 0x4E00, PINYIN_LAST }, { PINYIN_FIRST, 0x4DFF } }; /* rarest last */

	for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
		for (unsigned c = blocks[i].first; c <= blocks[i].last; c++)
			if (fits(segment, letters, reading_of(c)))
				add_character(ime, c, segment->skipped + segment->letters);
}

/* ---- what the library says ---- */

struct word {
	char *text;
	int characters, letters;
	unsigned first; /* character */
	bool is_name;   /* all of its characters occur in given names */
};

static bool is_in(const char *list, unsigned c)
{
	char text[5];

	text_put(c, text);
	return strstr(list, text) != NULL;
}

static struct word read_word(
	struct library *library, size_t at, const uint16_t *starts, size_t syllables)
{
	uint16_t units[LETTERS_MAX * 2];
	struct word word = { .is_name = true };
	char text[LETTERS_MAX * 8];
	size_t len = 0;

	if (!library->candidate(at, units, ARRAY_LEN(units)))
		return word;
	for (const uint16_t *u = units; *u && len < sizeof(text) - 5; u++) {
		len += (size_t)text_put(*u, text + len);
		word.first = word.characters == 0 ? *u : word.first;
		word.is_name &= is_in(ime_given_names, *u);
		word.characters++;
	}
	if (word.characters == 0 || (size_t)word.characters > syllables)
		return (struct word){ 0 };
	word.letters = starts[word.characters];
	word.text = mem_text_n(text, len);
	return word;
}

static size_t read_words(struct library *library, const char *typed, struct word **ret)
{
	const uint16_t *starts = NULL;

	*ret = NULL;
	if (!library->handle)
		return 0;
	library->reset();
	size_t found = library->search(typed, strlen(typed));
	size_t syllables = library->starts(&starts), count = 0;
	if (found > LIBRARY_WORDS)
		found = LIBRARY_WORDS;
	*ret = mem_alloc(found * sizeof(**ret));
	for (size_t i = 0; i < found; i++) {
		struct word word = read_word(library, i, starts, syllables);
		if (word.text)
			(*ret)[count++] = word;
	}
	return count;
}

/* Some of the words that use up all letters, those that look like a given name first. */
static void add_first_words(struct ime *ime, struct word *words, size_t count, int letters)
{
	int room = WORDS_FIRST;

	for (int wants_name = 1; wants_name >= 0; wants_name--)
		for (size_t i = 0; i < count && room > 0; i++) {
			bool is_first = words[i].text && words[i].characters > 1 &&
					words[i].letters == letters &&
					words[i].is_name == (wants_name == 1);
			if (!is_first)
				continue;
			add(ime, TAKE(words[i].text), words[i].letters);
			room--;
		}
}

static void add_other_words(struct ime *ime, struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!words[i].text)
			continue;
		if (words[i].characters > 1)
			add(ime, TAKE(words[i].text), words[i].letters);
		else
			add_character(ime, words[i].first, words[i].letters);
	}
}

static void fill(struct ime *ime)
{
	struct segment segment = first_segment(ime->typed);
	const char *letters = ime->typed + segment.skipped;
	CLEANUP(mem_free) struct word *words = NULL;

	if (segment.letters == 0)
		return;
	size_t count = read_words(&ime->library, letters, &words);
	for (size_t i = 0; i < count; i++)
		words[i].letters += segment.skipped;
	add_first_words(ime, words, count, (int)strlen(ime->typed));
	add_surnames(ime, &segment, letters);
	add_given_names(ime, &segment, letters);
	add_other_words(ime, words, count);
	add_table(ime, &segment, letters);
	for (size_t i = 0; i < count; i++)
		free(words[i].text);
}

struct ime *ime_create(void)
{
	struct ime *ime = mem_alloc(sizeof(*ime));

	library_open(&ime->library);
	return ime;
}

void ime_destroy(struct ime *ime)
{
	if (!ime)
		return;
	forget(ime);
	free(ime->candidates);
	free(ime);
}

int ime_candidates(struct ime *ime, const char *typed, int skip, int max, struct ime_candidate *ret)
{
	size_t len = strspn(typed, "abcdefghijklmnopqrstuvwxyz'");
	int count = 0;

	if (len > LETTERS_MAX)
		len = LETTERS_MAX;
	if (strlen(ime->typed) != len || strncmp(ime->typed, typed, len) != 0) {
		forget(ime);
		memcpy(ime->typed, typed, len);
		ime->typed[len] = '\0';
		fill(ime);
	}
	for (int i = skip; i < ime->count && count < max; i++, count++)
		ret[count] = (struct ime_candidate){ .text = mem_text(ime->candidates[i].text),
			.letters = ime->candidates[i].letters };
	return count;
}
