/* Reasons into sentences: one table, counted by the compiler. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/exchange/reasons.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/points/reasons.h"
#include "core/print/reasons.h"
#include "core/rewards/reasons.h"
#include "core/scan/reasons.h"
#include "core/site/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/reasons.h"
#include "core/store/role_reasons.h"
#include "core/venues/reasons.h"
#include "core/words.h"
#include "core/words_fill.h"
#include "core/words_reason_machine.h"
#include "core/words_reason_venue.h"

#define PHRASES(X) VENUE_PHRASES(X) MACHINE_PHRASES(X)

struct phrase {
	int code;
	const char *shows, *sentence, *cure;
};
#define PHRASE_ROW(name, shows, sentence, cure) { REASON_##name, shows, sentence, cure },
static const struct phrase phrases[] = { PHRASES(PHRASE_ROW) };

/* One row for each reason: a second row of a name is an enumerator twice. */
#define PHRASE_ENUM(name, shows, sentence, cure) PHRASE_##name,
enum { PHRASES(PHRASE_ENUM) PHRASE_COUNT };
#define REASON_ONE(name, args) +1
#define REASON_ONES(block)     REASONS_##block(REASON_ONE)
static_assert(PHRASE_COUNT == REASON_BLOCKS(REASON_ONES), "a sentence and a cure for each reason");

/* The text for no reason. */
static const struct phrase silence = { REASON_NONE, "", NULL, NULL };

static const struct phrase *phrase_of(int code)
{
	for (size_t i = 0; i < ARRAY_LEN(phrases); i++)
		if (phrases[i].code == code)
			return &phrases[i];
	return &silence;
}

static char *shown_count(char as, int64_t n)
{
	CLEANUP(mem_free) char *number = mem_printf("%lld", (long long)n);
	const char *format = "%1$s";

	switch (as) {
	case 'l':
		format = P_("%1$s item", "%1$s items", n);
		break;
	case 'L':
		format = P_("%1$s line", "%1$s lines", n);
		break;
	case 'c':
		format = P_("%1$s character", "%1$s characters", n);
		break;
	case 'x':
		format = P_("once", "%1$s times", n);
		break;
	case 'T':
		format = P_("%1$s try", "%1$s tries", n);
		break;
	case 'p':
		format = P_("%1$s point", "%1$s points", n);
		break;
	}
	return FILL(format, number);
}

static char *shown_number(char as, int64_t n, int64_t now)
{
	switch (as) {
	case 'D':
		return words_day(when_day(n), when_day(now));
	case 't':
		return words_instant(n, now);
	case 'd':
		return words_days(n);
	case 'm':
		return words_duration(n);
	case 'w':
		return mem_text(n >= 1 && n <= 7 ? words_weekday((int)n) : "?");
	case 'r':
		return mem_text(
			n >= ROLE_SERVICE && n < ROLE_COUNT ? words_role((enum role)n) : "?");
	default:
		return shown_count(as, n);
	}
}

/* Texts come from files and keyboards: anything that could control a terminal is left out. */
static char *shown_text(char as, const char *text)
{
	return text_fit(
		as == 'f' ? words_field(text) : text, (int)sizeof(((struct reason *)0)->text));
}

static char *say(const char *format, const struct reason *reason, int64_t now)
{
	const char *shows = phrase_of(reason->code)->shows;
	const char *kinds = reason_args(reason->code);
	const int64_t numbers[] = { reason->n1, reason->n2 };
	char *texts[FILL_MAX] = { NULL };
	int used = 0;

	for (int i = 0; i < FILL_MAX && shows[i]; i++)
		texts[i] = kinds[i] == 's' ? shown_text(shows[i], reason->text)
					   : shown_number(shows[i], numbers[used++], now);
	char *said = fill(format, (const char *const *)texts);
	for (int i = 0; i < FILL_MAX; i++)
		free(texts[i]);
	return said;
}

char *words_reason(const struct reason *reason, int64_t now)
{
	const char *sentence = phrase_of(reason->code)->sentence;

	return sentence ? say(_(sentence), reason, now) : mem_text("");
}

char *words_cure(const struct reason *reason, int64_t now)
{
	const char *cure = phrase_of(reason->code)->cure;

	return cure ? say(_(cure), reason, now) : mem_text("");
}

const char *words_technical(const struct reason *reason)
{
	return phrase_of(reason->code)->shows[0] == '!' ? reason->text : "";
}

char *words_reason_line(const struct reason *reason, int64_t now)
{
	CLEANUP(mem_free) char *sentence = words_reason(reason, now);
	CLEANUP(mem_free) char *cure = words_cure(reason, now);

	/* What is the case, and what would cure it, as one line. */
	return FILL(_("%1$s. %2$s"), sentence, cure);
}
