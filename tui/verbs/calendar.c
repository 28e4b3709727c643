#include "tui/verbs/calendar.h"

#include <string.h>

#include "core/base/mem.h"
#include "tui/verbs/tsv.h"

void calendar_finish(struct calendar *c)
{
	holidays_finish(c->days, c->count);
	*c = (struct calendar){ 0 };
}

static int check_columns(const struct tsv *file, struct err *err)
{
	static const char *const needed[] = { "date", "kind", "name" };

	for (size_t i = 0; i < ARRAY_LEN(needed); i++)
		if (!tsv_has(file, needed[i]))
			return tsv_fault(file, needed[i], err);
	return 0;
}

static int read_day(const struct tsv *file, struct calendar *c, struct err *err)
{
	const char *kind = tsv_text(file, "kind");
	struct holiday day = { .kind = strcmp(kind, "work") == 0 ? HOLIDAY_WORK : HOLIDAY_OFF };

	if (day.kind == HOLIDAY_OFF && strcmp(kind, "off") != 0)
		return tsv_fault(file, "kind", err);
	TRY(day_parse(tsv_text(file, "date"), &day.on, err));
	day.name = mem_text(tsv_text(file, "name"));
	c->days = mem_resize(c->days, (size_t)(c->count + 1) * sizeof(*c->days));
	c->days[c->count++] = day;
	return 0;
}

int calendar_read(const char *path, struct calendar *ret, struct err *err)
{
	CLEANUP(calendar_finish) struct calendar calendar = { 0 };
	CLEANUP(tsv_close) struct tsv file = { 0 };
	int r;

	TRY(tsv_open(&file, path, err));
	TRY(check_columns(&file, err));
	while ((r = tsv_next(&file, err)) > 0)
		TRY(read_day(&file, &calendar, err));
	if (r < 0)
		return r;
	*ret = calendar;
	calendar = (struct calendar){ 0 };
	return 0;
}
