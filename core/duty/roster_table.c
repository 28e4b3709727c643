#include "core/duty/roster_table.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

void roster_table_finish(struct roster_table *table)
{
	free(table->rows);
	*table = (struct roster_table){ 0 };
}

static struct roster_row row_for(const struct shift *shift)
{
	struct local start = when_local(shift->start_at);
	struct roster_row row = { .name = shift->name, .start = start.hour * 60 + start.minute };

	row.end = row.start + (int)((shift->end_at - shift->start_at) / 60);
	for (int i = 0; i < ROSTER_DAYS; i++)
		row.shifts[i] = -1;
	return row;
}

static bool is_same(const struct roster_row *a, const struct roster_row *b)
{
	return a->start == b->start && a->end == b->end && strcmp(a->name, b->name) == 0;
}

static int by_time(const void *a, const void *b)
{
	const struct roster_row *one = a, *other = b;

	if (one->start != other->start)
		return one->start - other->start;
	if (one->end != other->end)
		return one->end - other->end;
	/* The first occurrence in the week; a day has each index once. */
	for (int day = 0; day < ROSTER_DAYS; day++)
		if (one->shifts[day] != other->shifts[day])
			return one->shifts[day] < 0     ? 1
			       : other->shifts[day] < 0 ? -1
							: one->shifts[day] - other->shifts[day];
	return 0;
}

/* Two of the same on one day have a row each. */
static void place(struct roster_table *table, const struct shift *shift, int index, int day)
{
	struct roster_row wanted = row_for(shift);

	for (int i = 0; i < table->count; i++)
		if (is_same(&table->rows[i], &wanted) && table->rows[i].shifts[day] < 0) {
			table->rows[i].shifts[day] = index;
			return;
		}
	size_t size = (size_t)(table->count + 1) * sizeof(*table->rows);
	table->rows = mem_resize(table->rows, size);
	wanted.shifts[day] = index;
	table->rows[table->count++] = wanted;
}

static bool are_apart(const struct roster_row *a, const struct roster_row *b)
{
	for (int day = 0; day < ROSTER_DAYS; day++)
		if (a->shifts[day] >= 0 && b->shifts[day] >= 0)
			return false;
	return a->start == b->start && a->end == b->end;
}

static void take_in(struct roster_table *table, int into, int from)
{
	struct roster_row *row = &table->rows[into], *other = &table->rows[from];

	for (int day = 0; day < ROSTER_DAYS; day++)
		if (row->shifts[day] < 0)
			row->shifts[day] = other->shifts[day];
	table->count--;
	memmove(other, other + 1, (size_t)(table->count - from) * sizeof(*other));
}

/* Weekday and weekend shifts at the same hours share a row. */
static void merge(struct roster_table *table)
{
	for (int i = 0; i < table->count; i++)
		for (int j = i + 1; j < table->count;)
			if (are_apart(&table->rows[i], &table->rows[j]))
				take_in(table, i, j);
			else
				j++;
}

void roster_table(const struct roster *roster, struct roster_table *ret)
{
	*ret = (struct roster_table){ 0 };
	for (int i = 0; i < roster->shifts.count; i++) {
		const struct shift *shift = &roster->shifts.rows[i];
		int day = day_distance(roster->monday, when_day(shift->start_at));
		if (day >= 0 && day < ROSTER_DAYS)
			place(ret, shift, i, day);
	}
	if (ret->count > 0)
		qsort(ret->rows, (size_t)ret->count, sizeof(*ret->rows), by_time);
	merge(ret);
}

const struct shift *roster_cell(
	const struct roster *roster, const struct roster_table *table, int row, int day)
{
	int index = table->rows[row].shifts[day];

	return index < 0 ? NULL : &roster->shifts.rows[index];
}
