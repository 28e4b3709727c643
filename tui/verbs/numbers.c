#include "tui/verbs/numbers.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"

#define DIGITS_MAX 9 /* of a typed number: code.h */

void numbers_finish(struct numbers *numbers)
{
	for (int i = 0; i < numbers->count; i++)
		free(numbers->texts[i]);
	free(numbers->texts);
	*numbers = (struct numbers){ 0 };
}

static void add(struct numbers *numbers, char *text)
{
	numbers->texts =
		mem_resize(numbers->texts, (size_t)(numbers->count + 1) * sizeof(*numbers->texts));
	numbers->texts[numbers->count++] = text;
}

void numbers_add_text(struct numbers *numbers, const char *text)
{
	add(numbers, mem_text(text));
}

/* Reads digits at *s and moves *s past them. */
static bool read_number(const char **s, long long *ret)
{
	size_t digits = strspn(*s, "0123456789");

	if (digits == 0 || digits > DIGITS_MAX)
		return false;
	*ret = strtoll(*s, NULL, 10);
	*s += digits;
	return true;
}

/* "7" or "9-12" at *s, and the comma after it when more is to come. */
static bool read_part(const char **s, long long *ret_from, long long *ret_until)
{
	if (!read_number(s, ret_from))
		return false;
	*ret_until = *ret_from;
	if (**s == '-') {
		++*s;
		if (!read_number(s, ret_until) || *ret_until < *ret_from)
			return false;
	}
	if (**s == ',') {
		++*s;
		return **s != '\0';
	}
	return **s == '\0';
}

/* Consists only of characters that lists have. The ISBN of a book has hyphens too. */
static bool is_list(const char *operand)
{
	size_t len = strlen(operand);

	return strspn(operand, "0123456789") > 0 && strspn(operand, "0123456789,-") == len &&
	       strpbrk(operand, ",-") && code_read(operand, len, NULL).type != CODE_ISBN;
}

static int too_many(struct err *err)
{
	struct reason reason = REASON_TEXT(NUMBER_RANGE, "count");

	reason.n1 = 1;
	reason.n2 = NUMBERS_MAX;
	return err_set(err, ERR_INVALID, reason);
}

int numbers_add(struct numbers *numbers, const char *operand, struct err *err)
{
	const char *s = operand;

	if (!is_list(operand)) {
		numbers_add_text(numbers, operand);
		return 0;
	}
	while (*s) {
		long long from, until;
		if (!read_part(&s, &from, &until))
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBERS_BAD, operand));
		if (until - from >= NUMBERS_MAX - numbers->count)
			return too_many(err);
		for (; from <= until; from++)
			add(numbers, mem_printf("%lld", from));
	}
	return 0;
}
