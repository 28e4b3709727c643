/* Until when something is lent, so that it is read from a step away. */
#include "core/base/mem.h"
#include "core/words.h"
#include "tui/screens/counter/counter.h"
#include "tui/widgets/big_words.h"

/* What is large, and what is said above it; the caller's. */
struct due_words {
	char *large, *above;
};

static void due_words_finish(struct due_words *words)
{
	mem_free(&words->large);
	mem_free(&words->above);
}

static char *due_by(const char *when)
{
	return mem_printf(_("due %1$s"), when);
}

/* Of today the time counts, else the day. */
static struct due_words due_words_of(int64_t due_at, int64_t now, bool has_weekday)
{
	struct day due = when_day(due_at), today = when_day(now);
	CLEANUP(mem_free) char *time = words_time(due_at);
	CLEANUP(mem_free) char *day = words_calendar_day(due, today);
	const char *weekday = words_weekday_short(day_weekday(due));

	if (day_compare(due, today) == 0) {
		CLEANUP(mem_free) char *word = words_day(due, today);
		return (struct due_words){ TAKE(time), due_by(word) };
	}
	if (has_weekday)
		return (struct due_words){ mem_printf("%s %s", day, weekday), due_by(time) };
	CLEANUP(mem_free) char *rest = mem_printf("%s %s", weekday, time);
	return (struct due_words){ TAKE(day), due_by(rest) };
}

int big_due_draw(struct kiosk *kiosk, struct rect area, int64_t due_at)
{
	int64_t now = kiosk_now(kiosk);
	struct rect below = area;

	rect_cut_top(&below, 1);
	for (int has_weekday = 1; has_weekday >= 0; has_weekday--) {
		CLEANUP(due_words_finish)
		struct due_words words = due_words_of(due_at, now, has_weekday);
		if (!big_words_draw(below, kiosk->face, words.large))
			continue;
		draw_text(area, 0, 0, STYLE_STRONG, words.above);
		return 1 + BIG_ROWS;
	}
	CLEANUP(mem_free) char *plain = words_due(due_at, 0, now);
	draw_text(area, 0, 0, STYLE_STRONG, plain);
	return 1;
}
