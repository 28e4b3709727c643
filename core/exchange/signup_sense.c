#include "core/exchange/signup_sense.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

void signup_sense_finish(struct signup_sense *sense)
{
	free(sense->said);
	*sense = (struct signup_sense){ 0 };
}

/* ---- pieces ---- */

bool signup_piece_is_who(const struct signup_line *line, int i)
{
	const struct signup_piece *piece = &line->pieces[i];
	bool has_person = false;
	int first = -1;

	if (piece->kind == SIGNUP_PERSON)
		return true;
	if (piece->kind != SIGNUP_WORDS)
		return false;
	for (int k = line->count - 1; k >= 0; k--) {
		has_person |= line->pieces[k].kind == SIGNUP_PERSON;
		if (line->pieces[k].kind == SIGNUP_WORDS)
			first = k;
	}
	if (!has_person && i == first)
		return true;
	if (i + 1 < line->count && line->pieces[i + 1].is_joined &&
		line->pieces[i + 1].kind == SIGNUP_PERSON)
		return true;
	return piece->is_joined && i > 0 && signup_piece_is_who(line, i - 1);
}

/* 3栋502, 13800001207: an address and a phone number say nothing about a time. */
static bool is_address(const char *text)
{
	static const char *const places[] = { "栋", "幢", "座", "楼", "单元", "室", "房", "号",
		"期", "梯", "层", "巷", "弄" };
	int digits = 0, found = 0;

	while (*text) {
		size_t i = 0;
		if (isalnum((unsigned char)*text) || *text == '-') {
			digits += isdigit((unsigned char)*text++) != 0;
			continue;
		}
		while (i < ARRAY_LEN(places) && !signup_take_word(&text, places[i]))
			i++;
		if (i == ARRAY_LEN(places))
			return false;
		found++;
	}
	return found > 0 ? digits > 0 : digits >= 7;
}

static bool is_word(const struct signup_piece *piece, enum signup_word word)
{
	return piece->kind == SIGNUP_KNOWN && piece->word == word;
}

static bool is_time(const struct signup_piece *piece)
{
	return piece->kind == SIGNUP_TIME;
}

static bool speaks_against(const struct signup_piece *piece)
{
	return is_word(piece, SIGNUP_WORD_NO) || is_word(piece, SIGNUP_WORD_AWAY);
}

struct facts {
	bool has_time, has_left_over, has_against, has_away, has_but, has_rest, has_thanks;
	int groups; /* of people, between times */
};

static struct facts facts_of(const struct signup_line *line)
{
	struct facts f = { 0 };
	bool is_in_group = false;

	for (int i = 0; i < line->count; i++)
		f.has_time |= is_time(&line->pieces[i]);
	for (int i = 0; i < line->count; i++) {
		const struct signup_piece *piece = &line->pieces[i];
		bool is_who = signup_piece_is_who(line, i), is_any;
		f.groups += is_who && !is_in_group;
		is_in_group = is_who || (is_in_group && !is_time(piece));
		is_any = is_word(piece, SIGNUP_WORD_ANY);
		f.has_left_over |=
			(is_any && f.has_time) ||
			(piece->kind == SIGNUP_WORDS && !is_who && !is_address(piece->text));
		f.has_against |= speaks_against(piece);
		f.has_away |= is_word(piece, SIGNUP_WORD_AWAY);
		f.has_but |= is_word(piece, SIGNUP_WORD_BUT) || is_word(piece, SIGNUP_WORD_OUTSIDE);
		f.has_rest |= is_word(piece, SIGNUP_WORD_REST);
		f.has_thanks |= is_any || is_word(piece, SIGNUP_WORD_THANKS);
	}
	return f;
}

/* ---- rules ---- */

static void say_all(
	const struct signup_line *line, struct signup_sense *sense, enum signup_said said)
{
	for (int i = 0; i < line->count; i++)
		if (is_time(&line->pieces[i]))
			sense->said[i] = said;
	sense->has_but = said == SIGNUP_SAID_BUT;
}

/* 来不了 alone: refers to whatever the line is about. */
static enum signup_said said_without_time(const struct facts *f)
{
	if (f->has_but || f->has_rest)
		return SIGNUP_SAID_NO;
	if (f->has_against)
		return f->has_away ? SIGNUP_SAID_AWAY : SIGNUP_SAID_NO;
	if (f->has_thanks)
		return SIGNUP_SAID_NOTHING;
	return f->has_left_over ? SIGNUP_SAID_MAYBE : SIGNUP_SAID_YES;
}

static bool stands_for_times(const struct signup_piece *piece)
{
	return is_word(piece, SIGNUP_WORD_REST) || is_word(piece, SIGNUP_WORD_BUT) ||
	       is_word(piece, SIGNUP_WORD_OUTSIDE);
}

/* The times of one clause from `from` on, forwards or backwards, up to a known word after one of
 * them or one that stands for others. Returns how many. */
static int say_from(const struct signup_line *line, struct signup_sense *sense, int from, int step,
	enum signup_said said)
{
	int count = 0, clause = line->pieces[from].clause;

	for (int i = from + step; i >= 0 && i < line->count; i += step) {
		const struct signup_piece *piece = &line->pieces[i];
		if (piece->clause != clause)
			break;
		if (piece->kind == SIGNUP_KNOWN && (count > 0 || stands_for_times(piece)))
			break;
		if (!is_time(piece))
			continue;
		sense->said[i] = said;
		count++;
	}
	return count;
}

/* 周三不行: the times before it in its clause, else those after it. False: it stands alone. */
static bool say_against(const struct signup_line *line, struct signup_sense *sense, int piece,
	enum signup_said said)
{
	return say_from(line, sense, piece, -1, said) > 0 ||
	       say_from(line, sense, piece, 1, said) > 0;
}

static enum signup_said against_of(const struct signup_piece *piece)
{
	return is_word(piece, SIGNUP_WORD_AWAY) ? SIGNUP_SAID_AWAY : SIGNUP_SAID_NO;
}

static bool has_yes(const struct signup_line *line, int clause)
{
	for (int i = 0; i < line->count; i++)
		if (line->pieces[i].clause == clause && is_word(&line->pieces[i], SIGNUP_WORD_YES))
			return true;
	return false;
}

/* 周三上午可以,周五不行: a time near a no is a yes only when its own clause says so, and no other
 * no stands alone. */
static void read_against(
	const struct signup_line *line, const struct facts *f, struct signup_sense *sense)
{
	for (int i = 0; i < line->count; i++)
		if (is_time(&line->pieces[i]))
			sense->said[i] = f->has_left_over || !has_yes(line, line->pieces[i].clause)
						 ? SIGNUP_SAID_MAYBE
						 : SIGNUP_SAID_YES;
	bool has_bound = false, has_alone = false;
	for (int i = 0; i < line->count; i++) {
		if (!speaks_against(&line->pieces[i]))
			continue;
		bool is_bound = say_against(line, sense, i, against_of(&line->pieces[i]));
		has_bound |= is_bound;
		has_alone |= !is_bound;
	}
	if (!has_bound)
		say_all(line, sense, sense->whole);
	for (int i = 0; i < line->count; i++)
		if (has_alone && sense->said[i] == SIGNUP_SAID_YES)
			sense->said[i] = SIGNUP_SAID_MAYBE;
}

/* 除周四外都行; 周二下午以外都可以; 每天都行,除了周三. */
static void read_but(const struct signup_line *line, struct signup_sense *sense)
{
	bool is_named = false, is_behind = false;

	say_all(line, sense, SIGNUP_SAID_YES);
	for (int i = 0; i < line->count; i++) {
		const struct signup_piece *piece = &line->pieces[i];
		if (is_word(piece, SIGNUP_WORD_BUT)) {
			is_behind = true;
		} else if (is_word(piece, SIGNUP_WORD_OUTSIDE)) {
			is_named |= !is_behind && say_from(line, sense, i, -1, SIGNUP_SAID_BUT) > 0;
			is_behind = false;
		} else if (piece->kind == SIGNUP_KNOWN) {
			is_behind = false;
		} else if (is_behind && is_time(piece)) {
			sense->said[i] = SIGNUP_SAID_BUT;
			is_named = true;
		}
	}
	sense->has_but = is_named;
	if (!is_named)
		say_all(line, sense, SIGNUP_SAID_MAYBE);
}

/* 周三不行其他都可以: the rest of a week, when it is not the rest that is impossible. */
static void read_rest(const struct signup_line *line, struct signup_sense *sense)
{
	bool is_clear = true;

	say_all(line, sense, SIGNUP_SAID_YES);
	for (int i = 0; i < line->count; i++)
		if (speaks_against(&line->pieces[i]))
			is_clear &= say_from(line, sense, i, -1, SIGNUP_SAID_BUT) > 0;
	for (int i = 0; i < line->count; i++)
		is_clear &= !is_time(&line->pieces[i]) || sense->said[i] == SIGNUP_SAID_BUT;
	sense->has_but = is_clear;
	if (!is_clear)
		say_all(line, sense, SIGNUP_SAID_MAYBE);
}

void signup_sense_make(const struct signup_line *line, struct signup_sense *ret)
{
	const struct facts f = facts_of(line);
	bool is_plain = !f.has_against && !f.has_but && !f.has_rest;

	*ret = (struct signup_sense){ .whole = said_without_time(&f) };
	ret->said = mem_alloc((size_t)(line->count + 1) * sizeof(*ret->said));
	if (is_plain)
		say_all(line, ret, f.has_left_over ? SIGNUP_SAID_MAYBE : SIGNUP_SAID_YES);
	else if (f.groups > 1)
		say_all(line, ret, SIGNUP_SAID_MAYBE);
	else if (!f.has_but && !f.has_rest)
		read_against(line, &f, ret);
	else if (f.has_but == f.has_against)
		say_all(line, ret, SIGNUP_SAID_MAYBE);
	else if (f.has_but)
		read_but(line, ret);
	else
		read_rest(line, ret);
}
