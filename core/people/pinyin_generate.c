/* Asks ICU for the reading of each Chinese character and writes the answers as pinyin_table.c. Runs
 * when jiaplus is built and is not part of it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uclean.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define FIRST     0x3400
#define LAST      0x9FFF
#define COUNT     (LAST - FIRST + 1)
#define UNITS_MAX (COUNT * 12)

struct reading {
	char text[8];
};

static void stop(const char *what, UErrorCode code)
{
	fprintf(stderr, "pinyin_generate: %s: %s\n", what, u_errorName(code));
	exit(1);
}

/* Letters of the transliteration up to the line's end: tone marks dropped, ü as v. */
static const UChar *read_line(const UChar *s, const UChar *end, struct reading *ret)
{
	size_t len = 0;

	for (; s < end && *s != '\n'; s++) {
		if (*s == 0x0308 && len > 0 && ret->text[len - 1] == 'u')
			ret->text[len - 1] = 'v';
		else if (*s >= 'a' && *s <= 'z' && len < sizeof(ret->text) - 1)
			ret->text[len++] = (char)*s;
		else if (*s != ' ' && (*s < 0x0300 || *s > 0x036F))
			len = sizeof(ret->text); /* no reading: the character itself came back */
		if (len == sizeof(ret->text))
			break;
	}
	while (s < end && *s != '\n')
		s++;
	ret->text[len < sizeof(ret->text) ? len : 0] = '\0';
	if (!strpbrk(ret->text, "aeiouv"))
		ret->text[0] = '\0';
	return s < end ? s + 1 : s;
}

/* Each character is on a line of its own, so that it is read alone, as at a name's beginning. */
static struct reading *ask(const char *rules)
{
	static UChar text[UNITS_MAX];
	UErrorCode code = U_ZERO_ERROR;
	UChar id[64];
	int32_t id_len, len = 0;
	struct reading *readings = calloc(COUNT, sizeof(*readings));

	if (!readings)
		stop("memory", U_MEMORY_ALLOCATION_ERROR);
	u_strFromUTF8(id, 64, &id_len, rules, -1, &code);
	UTransliterator *icu = utrans_openU(id, id_len, UTRANS_FORWARD, NULL, 0, NULL, &code);
	if (U_FAILURE(code))
		stop(rules, code);
	for (int c = FIRST; c <= LAST; c++) {
		text[len++] = (UChar)c;
		text[len++] = '\n';
	}
	int32_t limit = len;
	utrans_transUChars(icu, text, &len, UNITS_MAX, 0, &limit, &code);
	if (U_FAILURE(code))
		stop("transliterate", code);
	const UChar *s = text;
	for (int i = 0; i < COUNT; i++)
		s = read_line(s, text + len, &readings[i]);
	utrans_close(icu);
	return readings;
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int sort_syllables(
	const struct reading *plain, const struct reading *names, struct reading *ret)
{
	int count = 0;

	memcpy(ret, plain, COUNT * sizeof(*ret));
	memcpy(ret + COUNT, names, COUNT * sizeof(*ret));
	qsort(ret, 2 * (size_t)COUNT, sizeof(*ret), compare);
	for (int i = 0; i < 2 * COUNT; i++)
		if (count == 0 || strcmp(ret[i].text, ret[count - 1].text) != 0)
			ret[count++] = ret[i];
	return count;
}

static int index_of(const struct reading *syllables, int count, const struct reading *key)
{
	const struct reading *at = bsearch(key, syllables, (size_t)count, sizeof(*key), compare);

	return (int)(at - syllables);
}

int main(int argc, char **argv)
{
	static struct reading syllables[2 * COUNT];
	struct reading *plain = ask("Han-Latin; NFD");
	struct reading *names = ask("Han-Latin/Names; NFD");
	int count = sort_syllables(plain, names, syllables), surnames = 0;
	FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;

	if (!out)
		stop("usage: pinyin_generate FILE", U_FILE_ACCESS_ERROR);
	fputs("#include \"core/people/pinyin_table.h\"\n\nconst char pinyin_syllables[][8] = {\n",
		out);
	for (int i = 0; i < count; i++)
		fprintf(out, "\"%s\",\n", syllables[i].text);
	fprintf(out, "};\nconst int pinyin_syllable_count = %d;\n\n", count);
	fputs("const uint16_t pinyin_readings[PINYIN_LAST - PINYIN_FIRST + 1] = {\n", out);
	for (int i = 0; i < COUNT; i++)
		fprintf(out, "%d,%s", index_of(syllables, count, &plain[i]),
			i % 16 == 15 ? "\n" : "");
	fputs("};\n\nconst struct pinyin_surname pinyin_surnames[] = {\n", out);
	for (int i = 0; i < COUNT; i++) {
		if (strcmp(plain[i].text, names[i].text) == 0)
			continue;
		fprintf(out, "{ 0x%X, %d }, /* %s */\n", FIRST + i,
			index_of(syllables, count, &names[i]), names[i].text);
		surnames++;
	}
	fprintf(out, "};\nconst int pinyin_surname_count = %d;\n", surnames);
	free(plain);
	free(names);
	u_cleanup();
	if (ferror(out) || fclose(out) != 0)
		stop(argv[1], U_FILE_ACCESS_ERROR);
	return 0;
}
