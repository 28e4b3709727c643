#include "tui/verbs/csv.h"

#include <stdio.h>

#include "core/base/mem.h"
#include "core/exchange/cell.h"

void csv_begin(void)
{
	fputs("\xEF\xBB\xBF", stdout);
}

void csv_text(const char *text)
{
	CLEANUP(mem_free) char *guarded = cell_guard(text);

	putchar('"');
	for (const char *s = guarded; *s; s++) {
		if (*s == '"')
			putchar('"');
		putchar(*s);
	}
	putchar('"');
}
