#include "core/base/money.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"

char *money_text(int64_t fen)
{
	const char *sign = fen < 0 ? "-" : "";
	int64_t yuan = llabs(fen / 100), rest = llabs(fen % 100);

	return rest ? mem_printf("%s%" PRId64 ".%02" PRId64, sign, yuan, rest)
		    : mem_printf("%s%" PRId64, sign, yuan);
}

/* What people write around an amount. */
static void strip(char **from, char *until)
{
	static const char *const before[] = { " ", "¥", "￥" };
	static const char *const behind[] = { " ", "元" };

	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		size_t len = strlen(before[i]);
		if (strncmp(*from, before[i], len) == 0) {
			*from += len;
			i = (size_t)-1;
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(behind); i++) {
		size_t len = strlen(behind[i]);
		if ((size_t)(until - *from) >= len && strncmp(until - len, behind[i], len) == 0) {
			until -= len;
			*until = '\0';
			i = (size_t)-1;
		}
	}
}

int money_parse(
	const char *text, const char *what, bool may_be_empty, int64_t *ret_fen, struct err *err)
{
	CLEANUP(mem_free) char *narrow = text_narrow(text);
	char *amount = narrow;

	strip(&amount, narrow + strlen(narrow));
	int64_t fen = !*amount && may_be_empty ? 0 : text_hundredths(amount);
	if (fen < 0 || fen > MONEY_MAX_FEN)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, what));
	*ret_fen = fen;
	return 0;
}
