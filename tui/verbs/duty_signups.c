/* duty signups FILE|-: sign-ups that come back from a chat group as a list (接龙). */
#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/exchange/signup_list.h"
#include "core/exchange/text_file.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/duty.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

static const struct table_column columns[] = {
	{ "line", N_("Line"), true },
	{ "status", N_("What happens"), false },
	{ "resident", N_("Person"), false },
	{ "code", NULL, false },
	{ "start_at", N_("Day"), false },
	{ "end_at", N_("Time"), false },
	{ "name", N_("Shift"), false },
	{ "written", N_("As written"), false },
	{ "reason", N_("Why"), false },
};

static const char *const planned[SIGNUP_STATE_COUNT] = {
	[SIGNUP_SURE] = N_("would be signed up"),
	[SIGNUP_ALREADY] = N_("is on it already"),
	[SIGNUP_REFUSED] = N_("cannot be taken"),
	[SIGNUP_DOUBT] = N_("has to be asked"),
	[SIGNUP_UNREAD] = N_("is not understood"),
	[SIGNUP_QUIET] = N_("names no shift"),
	[SIGNUP_DROPPED] = "",
};

struct showing {
	struct call *call;
	struct db *db;
	struct table *table;
	const struct signup_list *list;
};

static char *shift_words(struct db *db, int64_t id, int64_t now)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct err ignored = { 0 };

	if (shift_get(db, id, &shift, &ignored) < 0)
		return mem_text("");
	CLEANUP(mem_free) char *day = words_day(when_day(shift.start_at), when_day(now));
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	return mem_printf("%s %s %s", day, span, shift.name);
}

/* "Who is 陈姐: 陈丽芳, 陈国栋?" */
static char *question(const struct showing *s, const struct signup_doubt *doubt)
{
	char *all;
	struct err ignored = { 0 };

	if (doubt->is_away)
		return mem_printf(_("Cannot come: “%s”. Note it on the screen?"), doubt->text);
	if (doubt->count > SIGNUP_CHOICES_MAX)
		return mem_printf(
			_("“%s” leaves %d shifts: which of them?"), doubt->text, doubt->count);
	all = mem_text("");
	for (int i = 0; i < doubt->count; i++) {
		CLEANUP(mem_free) char *before = all, *one = NULL;
		if (!doubt->is_who)
			one = shift_words(s->db, doubt->choices[i], call_now(s->call));
		else if (who_name(s->db, doubt->choices[i], true, &one, &ignored) < 0)
			one = mem_text("");
		all = mem_printf("%s%s%s", before, *before ? _(", ") : "", one);
	}
	CLEANUP(mem_free) char *choices = all;
	return mem_printf(doubt->is_who ? _("Who is “%s”: %s?") : _("Which shift is “%s”: %s?"),
		doubt->text, choices);
}

static char *why(const struct showing *s, const struct signup_row *row)
{
	if (row->state == SIGNUP_DOUBT)
		return question(s, &s->list->doubts[row->doubt]);
	if (row->state != SIGNUP_REFUSED && row->state != SIGNUP_UNREAD)
		return NULL;
	return words_reason(&row->against.reasons[0], call_now(s->call));
}

static int put_shift(const struct showing *s, int64_t id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	char code[CODE_TEXT_MAX] = "";

	if (id)
		TRY(shift_get(s->db, id, &shift, err));
	CLEANUP(mem_free)
	char *day = id ? words_day(when_day(shift.start_at), db_today(s->db)) : NULL;
	CLEANUP(mem_free) char *span = id ? words_span(shift.start_at, shift.end_at) : NULL;
	if (id)
		code_write_id(CODE_SHIFT, id, code);
	table_text(s->table, id ? code : NULL);
	table_instant(s->table, shift.start_at, day);
	table_instant(s->table, shift.end_at, span);
	table_text(s->table, shift.name);
	return 0;
}

static int put_row(const struct showing *s, const struct signup_row *row, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL, *reason = why(s, row);
	bool is_taken = row->state == SIGNUP_SURE && s->list->is_kept;
	bool has_shift = row->state != SIGNUP_DOUBT || row->shift_doubt < 0;

	if (row->resident)
		TRY(who_name(s->db, row->resident, true, &name, err));
	table_number(s->table, row->line, NULL);
	table_word(s->table, is_taken ? "taken" : signup_state_name(row->state),
		is_taken ? _("is signed up") : _(planned[row->state]));
	table_text(s->table, name);
	TRY(put_shift(s, has_shift ? row->shift : 0, err));
	table_text(s->table, row->text);
	table_text(s->table, reason);
	return 0;
}

static int print_list(struct call *call, struct db *db, const struct signup_list *list,
	const char *encoding, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	const struct showing s = { .call = call, .db = db, .table = table, .list = list };

	for (int i = 0; i < list->count; i++)
		if (list->rows[i].state != SIGNUP_DROPPED)
			TRY(put_row(&s, &list->rows[i], err));
	table_print(table, call_is_json(call));
	if (call_is_json(call))
		return 0;
	/* Of a list of sign-ups: how many are taken, there already, refused, doubtful, not
	 * understood; the file's encoding. */
	printf(_("%d sure, %d there already, %d refused, %d to ask, %d not understood (%s)\n"),
		list->counts[SIGNUP_SURE], list->counts[SIGNUP_ALREADY],
		list->counts[SIGNUP_REFUSED], list->counts[SIGNUP_DOUBT],
		list->counts[SIGNUP_UNREAD], encoding);
	if (list->counts[SIGNUP_QUIET] > 0)
		printf(ngettext("%d line names no shift.\n", "%d lines name no shift.\n",
			       (unsigned long)list->counts[SIGNUP_QUIET]),
			list->counts[SIGNUP_QUIET]);
	if (!list->is_kept)
		printf("%s\n", _("Nothing has been kept: --commit takes what is sure."));
	return 0;
}

static int signups(struct call *call, struct err *err)
{
	CLEANUP(signup_list_finish) struct signup_list list = { 0 };
	CLEANUP(mem_free) char *text = NULL;
	const char *encoding, *asked = call_option(call, "week");
	struct week week;
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	week = day_iso_week(day_add(db_today(db), 7));
	if (asked)
		TRY(week_parse(asked, &week, err));
	TRY(text_file_read(call_operand(call, 0), SIGNUP_BYTES_MAX, &text, &encoding, err));
	TRY(signup_list_read(db, text, week, &list, err));
	TRY(signup_list_try(db, &act, &list, call_has(call, "commit"), err));
	return print_list(call, db, &list, encoding, err);
}

static const struct verb_option options[] = {
	{ "week", N_("WEEK"), N_("Which week they are for (2026-W48); else next week") },
	{ "commit", NULL, N_("Take what is sure; else only say what would happen") },
	{ 0 },
};

const struct verb duty_signups_verbs[] = {
	{
		.name = "duty signups",
		.usage = N_("FILE|-"),
		.help = N_("Read a list of sign-ups from a chat group (UTF-8 or GB18030)"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = options,
		.run = signups,
	},
	{ 0 },
};
