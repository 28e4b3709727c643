/* Rows of a form: what is shown of a struct, and what is written back to it. */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "tests/lib/test.h"
#include "tui/widgets/form_row.h"

enum colour { RED, GREEN, BLUE };
#define NOT_SET (-1)

struct thing {
	const char *name;
	int64_t days, width, fen, owner;
	bool is_old;
	enum colour colour;
	int64_t mode;
	struct day from, until;
	bool has_until;
	int opens, closes;
};

enum {
	NAME,
	DAYS,
	WIDTH,
	COST,
	OLD,
	COLOUR,
	MODE,
	OWNER,
	FROM,
	UNTIL,
	OPENS,
	CLOSES,
	FIELD_COUNT,
};

static const char *const colours[] = { "red", "green", "blue", NULL };
static const char *const modes[] = { "as above", "first", "second", NULL };
static const char *const owners[] = { "nobody", "Chen", "Lin", NULL };

static const struct form_row rows[FIELD_COUNT] = {
	[NAME] = { FIELD_TEXT("Name", 20), BIND_TEXT("name", struct thing, name) },
	[DAYS] = { FIELD_DIGITS("Days", 5),
		BIND_NUMBER_OR(NOT_SET, "days", struct thing, days, 0, 365) },
	[WIDTH] = { FIELD_TEXT("Width", 7), BIND_HUNDREDTHS("width", struct thing, width) },
	[COST] = { FIELD_TEXT("Cost", 9), BIND_MONEY("cost", struct thing, fen) },
	[OLD] = { FIELD_CHECK("Old"), BIND_FACT(struct thing, is_old) },
	[COLOUR] = { FIELD_CHOICE("Colour", colours), BIND_CHOICE(struct thing, colour) },
	[MODE] = { FIELD_CHOICE("Mode", modes), BIND_CHOICE64(struct thing, mode, NOT_SET) },
	[OWNER] = { FIELD_CHOICE("Owner", owners), BIND_PICK(struct thing, owner) },
	[FROM] = { FIELD_TEXT("From", 10), BIND_DAY("from", struct thing, from) },
	[UNTIL] = { FIELD_TEXT("Until", 10), BIND_DAY_IF(has_until, NULL, struct thing, until) },
	[OPENS] = { FIELD_TEXT("Opens", 5), BIND_TIME("opens", struct thing, opens) },
	[CLOSES] = { FIELD_TEXT("Closes", 5), BIND_TIME_OR(1440, "closes", struct thing, closes) },
};

static const struct thing full = { .name = "ladder",
	.days = 0,
	.width = 6350,
	.fen = 1250,
	.owner = 30,
	.is_old = true,
	.colour = BLUE,
	.mode = NOT_SET,
	.from = { 2026, 11, 21 },
	.until = { 2026, 12, 1 },
	.has_until = true,
	.opens = 9 * 60,
	.closes = 1440 };

struct shown {
	struct form_field fields[FIELD_COUNT];
	struct form_picks picks;
	struct form *form;
};

static void show(struct shown *s, const struct thing *thing)
{
	*s = (struct shown){ 0 };
	for (int i = 0; i < FIELD_COUNT; i++)
		s->fields[i] = rows[i].field;
	form_picks_add(&s->picks, 0, owners[0]);
	form_picks_add(&s->picks, 20, owners[1]);
	form_picks_add(&s->picks, 30, owners[2]);
	s->form = form_create(s->fields, FIELD_COUNT, NULL, NULL);
	for (int i = 0; i < FIELD_COUNT; i++)
		form_row_show(&rows[i], &s->picks, s->form, i, thing);
}

static void done(struct shown *s)
{
	form_destroy(s->form);
	form_picks_finish(&s->picks);
}

static int take(const struct shown *s, struct thing *ret, struct err *err)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		TRY(form_row_take(&rows[i], &s->picks, s->form, i, ret, err));
	return 0;
}

/* What one field reports about a text when the others are right. */
static int take_one(int field, const char *text, struct thing *ret, struct err *err)
{
	struct shown s;

	show(&s, &full);
	form_set_text(s.form, field, text);
	*ret = full;
	int r = take(&s, ret, err);
	done(&s);
	return r;
}

TEST(each_member_is_shown_in_its_field, none)
{
	struct shown s;

	show(&s, &full);
	assert_string_equal(form_text(s.form, NAME), "ladder");
	assert_string_equal(form_text(s.form, DAYS), "0");
	assert_string_equal(form_text(s.form, WIDTH), "63.5");
	assert_string_equal(form_text(s.form, COST), "12.50");
	assert_int_equal(form_choice(s.form, OLD), 1);
	assert_int_equal(form_choice(s.form, COLOUR), BLUE);
	assert_int_equal(form_choice(s.form, MODE), 0);
	assert_int_equal(form_choice(s.form, OWNER), 2);
	assert_string_equal(form_text(s.form, FROM), "2026-11-21");
	assert_string_equal(form_text(s.form, UNTIL), "2026-12-01");
	assert_string_equal(form_text(s.form, OPENS), "9:00");
	assert_string_equal(form_text(s.form, CLOSES), "");
	done(&s);
}

TEST(what_is_shown_is_taken_back_as_it_was, none)
{
	struct thing taken = { 0 };
	struct err err = { 0 };
	struct shown s;

	show(&s, &full);
	assert_int_equal(take(&s, &taken, &err), 0);
	assert_string_equal(taken.name, "ladder");
	assert_int_equal(taken.days, full.days);
	assert_int_equal(taken.width, full.width);
	assert_int_equal(taken.fen, full.fen);
	assert_true(taken.is_old);
	assert_int_equal(taken.colour, BLUE);
	assert_int_equal(taken.mode, NOT_SET);
	assert_int_equal(taken.owner, 30);
	assert_int_equal(day_compare(taken.from, full.from), 0);
	assert_int_equal(day_compare(taken.until, full.until), 0);
	assert_true(taken.has_until);
	assert_int_equal(taken.opens, full.opens);
	assert_int_equal(taken.closes, full.closes);
	done(&s);
}

TEST(an_empty_field_is_what_stands_for_nothing, none)
{
	struct thing taken;
	struct err err = { 0 };

	assert_int_equal(take_one(DAYS, "", &taken, &err), 0);
	assert_int_equal(taken.days, NOT_SET);
	assert_int_equal(take_one(WIDTH, "", &taken, &err), 0);
	assert_int_equal(taken.width, 0);
	assert_int_equal(take_one(UNTIL, "", &taken, &err), 0);
	assert_false(taken.has_until);
	assert_int_equal(take_one(CLOSES, "", &taken, &err), 0);
	assert_int_equal(taken.closes, 1440);
}

static void refused(int field, const char *text, int code, const char *name)
{
	struct thing taken;
	struct err err = { 0 };

	assert_int_equal(take_one(field, text, &taken, &err), ERR_INVALID);
	assert_int_equal(err.reason_count, 1);
	assert_int_equal(err.reasons[0].code, code);
	assert_string_equal(err.reasons[0].text, name);
}

TEST(what_does_not_fit_is_refused_by_its_name, none)
{
	refused(DAYS, "366", REASON_NUMBER_RANGE, "days");
	refused(WIDTH, "1.234", REASON_NUMBER_BAD, "width");
	refused(COST, "much", REASON_NUMBER_BAD, "cost");
	refused(FROM, "", REASON_DATE_BAD, "from");
	refused(OPENS, "25:00", REASON_DATE_BAD, "opens");
	refused(CLOSES, "late", REASON_DATE_BAD, "closes");
}

TEST(without_a_name_the_refusal_tells_what_was_typed, none)
{
	refused(UNTIL, "2026-02-30", REASON_DATE_BAD, "2026-02-30");
}

TEST(a_number_that_is_not_bound_may_be_empty, none)
{
	struct shown s;
	struct err err = { 0 };
	int64_t number = 0;

	show(&s, &full);
	form_set_number(s.form, DAYS, NOT_SET, NOT_SET);
	assert_string_equal(form_text(s.form, DAYS), "");
	assert_int_equal(form_number(s.form, DAYS, "days", 7, &number, &err), 0);
	assert_int_equal(number, 7);
	form_set_number(s.form, DAYS, 12, NOT_SET);
	assert_int_equal(form_number(s.form, DAYS, "days", 7, &number, &err), 0);
	assert_int_equal(number, 12);
	done(&s);
}
