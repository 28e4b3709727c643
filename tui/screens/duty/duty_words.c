#include "core/base/mem.h"
#include "core/words.h"
#include "tui/kiosk.h"
#include "tui/screens/duty/duty.h"

char *duty_when(const struct kiosk *kiosk, int64_t start_at, int64_t end_at)
{
	CLEANUP(mem_free)
	char *day = words_day(when_day(start_at), when_day(kiosk_now(kiosk)));
	CLEANUP(mem_free) char *span = words_span(start_at, end_at);

	return mem_printf("%s  %s", day, span);
}
