#include "tui/widgets/form_row.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/base/when.h"

#define NUMBER_MAX 999999999

/* ---- picks ---- */

void form_picks_add(struct form_picks *picks, int64_t id, const char *name)
{
	size_t count = (size_t)picks->count + 1;

	picks->names = mem_resize(picks->names, (count + 1) * sizeof(*picks->names));
	picks->ids = mem_resize(picks->ids, count * sizeof(*picks->ids));
	picks->names[picks->count] = mem_text(name);
	picks->names[picks->count + 1] = NULL;
	picks->ids[picks->count++] = id;
}

void form_picks_finish(struct form_picks *picks)
{
	for (int i = 0; i < picks->count; i++)
		free((char *)picks->names[i]);
	free(picks->names);
	free(picks->ids);
	*picks = (struct form_picks){ 0 };
}

/* ---- from a struct into the form ---- */

static int64_t int64_at(const void *struct_, size_t offset)
{
	int64_t value;

	memcpy(&value, (const char *)struct_ + offset, sizeof(value));
	return value;
}

static int int_at(const void *struct_, size_t offset)
{
	int value;

	memcpy(&value, (const char *)struct_ + offset, sizeof(value));
	return value;
}

static bool bool_at(const void *struct_, size_t offset)
{
	return *(const bool *)((const char *)struct_ + offset);
}

static const char *text_at(const void *struct_, size_t offset)
{
	const char *text;

	memcpy(&text, (const char *)struct_ + offset, sizeof(text));
	return text;
}

static struct day day_at(const void *struct_, size_t offset)
{
	struct day day;

	memcpy(&day, (const char *)struct_ + offset, sizeof(day));
	return day;
}

static void show_hundredths(struct form *form, int field, int64_t value, int64_t nothing)
{
	CLEANUP(mem_free) char *text = text_of_hundredths(value);

	form_set_text(form, field, value == nothing ? "" : text);
}

static void show_money(struct form *form, int field, int64_t fen)
{
	CLEANUP(mem_free) char *text = fen ? money_text(fen) : NULL;

	form_set_text(form, field, text);
}

static void show_pick(struct form *form, int field, const struct form_picks *picks, int64_t id)
{
	for (int i = 0; i < picks->count; i++)
		if (picks->ids[i] == id)
			form_set_choice(form, field, i);
}

static void show_day(const struct form_row *row, struct form *form, int field, const void *from)
{
	struct day day = day_at(from, row->offset);
	bool has_day = row->may_be_empty ? bool_at(from, row->flag) : day.month > 0;
	char text[11];

	day_format(day, text);
	form_set_text(form, field, has_day ? text : "");
}

static void show_time(struct form *form, int field, int minutes, int nothing)
{
	CLEANUP(mem_free) char *text = mem_printf("%d:%02d", minutes / 60, minutes % 60);

	form_set_text(form, field, minutes == nothing ? "" : text);
}

static void show_number(const struct form_row *row, struct form *form, int field, const void *from)
{
	int64_t value = int64_at(from, row->offset);

	/* A required field starts out empty. */
	form_set_number(form, field, value, row->may_be_empty ? row->nothing : 0);
}

void form_row_show(const struct form_row *row, const struct form_picks *picks, struct form *form,
	int field, const void *from)
{
	switch (row->binding) {
	case BOUND_NOT:
		break;
	case BOUND_TEXT:
		form_set_text(form, field, text_at(from, row->offset));
		break;
	case BOUND_NUMBER:
		show_number(row, form, field, from);
		break;
	case BOUND_HUNDREDTHS:
		show_hundredths(form, field, int64_at(from, row->offset), row->nothing);
		break;
	case BOUND_MONEY:
		show_money(form, field, int64_at(from, row->offset));
		break;
	case BOUND_FACT:
		form_set_choice(form, field, bool_at(from, row->offset));
		break;
	case BOUND_CHOICE:
		form_set_choice(form, field, int_at(from, row->offset) - (int)row->min);
		break;
	case BOUND_CHOICE64:
		form_set_choice(form, field, (int)(int64_at(from, row->offset) - row->min));
		break;
	case BOUND_PICK:
		show_pick(form, field, picks, int64_at(from, row->offset));
		break;
	case BOUND_DAY:
		show_day(row, form, field, from);
		break;
	case BOUND_TIME:
		show_time(form, field, int_at(from, row->offset), (int)row->nothing);
		break;
	}
}

/* ---- from the form into a struct ---- */

static void put(void *to, size_t offset, const void *value, size_t size)
{
	memcpy((char *)to + offset, value, size);
}

static void put_int64(void *to, size_t offset, int64_t value)
{
	put(to, offset, &value, sizeof(value));
}

static int take_number(const struct form_row *row, const char *text, void *to, struct err *err)
{
	long long value = row->nothing;

	if (*text || !row->may_be_empty)
		TRY(text_integer(text, row->names[0], row->min, row->max, &value, err));
	put_int64(to, row->offset, value);
	return 0;
}

static int take_hundredths(const struct form_row *row, const char *typed, void *to, struct err *err)
{
	CLEANUP(mem_free) char *text = text_narrow(typed);
	int64_t value = *text ? text_hundredths(text) : 0;

	if (value < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, row->names[0]));
	put_int64(to, row->offset, value);
	return 0;
}

static int take_money(const struct form_row *row, const char *text, void *to, struct err *err)
{
	int64_t fen;

	TRY(money_parse(text, row->names[0], true, &fen, err));
	put_int64(to, row->offset, fen);
	return 0;
}

/* Without a name the error quotes what was typed. */
static int date_bad(const struct form_row *row, const struct err *fault, struct err *err)
{
	const char *name = row->names[0];

	if (name)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, name));
	*err = *fault;
	return ERR_INVALID;
}

static int take_day(const struct form_row *row, const char *text, void *to, struct err *err)
{
	bool has_day = *text || !row->may_be_empty;
	struct err fault = { 0 };
	struct day day = { 0 };

	if (has_day && day_parse(text, &day, &fault) < 0)
		return date_bad(row, &fault, err);
	if (row->may_be_empty)
		put(to, row->flag, &has_day, sizeof(has_day));
	put(to, row->offset, &day, sizeof(day));
	return 0;
}

static int take_time(const struct form_row *row, const char *text, void *to, struct err *err)
{
	int minutes = (int)row->nothing;
	struct err fault = { 0 };

	if ((*text || !row->may_be_empty) && minutes_read(text, &minutes, &fault) < 0)
		return date_bad(row, &fault, err);
	put(to, row->offset, &minutes, sizeof(minutes));
	return 0;
}

int form_row_take(const struct form_row *row, const struct form_picks *picks,
	const struct form *form, int field, void *to, struct err *err)
{
	const char *text = form_text(form, field);
	int choice = form_choice(form, field), value = choice + (int)row->min;
	bool fact = choice != 0;

	switch (row->binding) {
	case BOUND_NOT:
		break;
	case BOUND_TEXT:
		put(to, row->offset, &text, sizeof(text));
		break;
	case BOUND_NUMBER:
		return take_number(row, text, to, err);
	case BOUND_HUNDREDTHS:
		return take_hundredths(row, text, to, err);
	case BOUND_MONEY:
		return take_money(row, text, to, err);
	case BOUND_FACT:
		put(to, row->offset, &fact, sizeof(fact));
		break;
	case BOUND_CHOICE:
		put(to, row->offset, &value, sizeof(value));
		break;
	case BOUND_CHOICE64:
		put_int64(to, row->offset, value);
		break;
	case BOUND_PICK:
		put_int64(to, row->offset, choice < picks->count ? picks->ids[choice] : 0);
		break;
	case BOUND_DAY:
		return take_day(row, text, to, err);
	case BOUND_TIME:
		return take_time(row, text, to, err);
	}
	return 0;
}

/* ---- rows that are not bound ---- */

int form_number(const struct form *form, int field, const char *what, int64_t empty, int64_t *ret,
	struct err *err)
{
	long long value = empty;

	if (form_text(form, field)[0])
		TRY(text_integer(form_text(form, field), what, 0, NUMBER_MAX, &value, err));
	*ret = value;
	return 0;
}

void form_set_number(struct form *form, int field, int64_t value, int64_t nothing)
{
	CLEANUP(mem_free) char *text = mem_printf("%" PRId64, value);

	form_set_text(form, field, value == nothing ? "" : text);
}
