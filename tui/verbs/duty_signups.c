/* duty signups FILE|-: sign-ups that come back from a chat group as a list (接龙). */
#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/exchange/signup_list.h"
#include "core/exchange/text_file.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"
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

static char *shift_words(struct call *call, int64_t id)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct err ignored = { 0 };

	if (shift_get(call->db, id, &shift, &ignored) < 0)
		return mem_text("");
	CLEANUP(mem_free) char *day = words_day(when_day(shift.start_at), db_today(call->db));
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	return mem_printf("%s %s %s", day, span, shift.name);
}

/* "Who is 陈姐: 陈丽芳, 陈国栋?" */
static char *question(struct call *call, const struct signup_doubt *doubt)
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
			one = shift_words(call, doubt->choices[i]);
		else if (who_name(call->db, doubt->choices[i], true, &one, &ignored) < 0)
			one = mem_text("");
		all = mem_printf("%s%s%s", before, *before ? _(", ") : "", one);
	}
	CLEANUP(mem_free) char *choices = all;
	return mem_printf(doubt->is_who ? _("Who is “%s”: %s?") : _("Which shift is “%s”: %s?"),
		doubt->text, choices);
}

static char *why(struct call *call, const struct signup_list *list, const struct signup_row *row)
{
	if (row->state == SIGNUP_DOUBT)
		return question(call, &list->doubts[row->doubt]);
	if (row->state != SIGNUP_REFUSED && row->state != SIGNUP_UNREAD)
		return NULL;
	return words_reason(&row->against.reasons[0], call_now(call));
}

static int put_shift(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	char code[CODE_TEXT_MAX] = "";

	if (id)
		TRY(shift_get(call->db, id, &shift, err));
	CLEANUP(mem_free)
	char *day = id ? words_day(when_day(shift.start_at), db_today(call->db)) : NULL;
	CLEANUP(mem_free) char *span = id ? words_span(shift.start_at, shift.end_at) : NULL;
	if (id)
		code_write_id(CODE_SHIFT, id, code);
	table_text(call->table, id ? code : NULL);
	table_instant(call->table, shift.start_at, day);
	table_instant(call->table, shift.end_at, span);
	table_text(call->table, shift.name);
	return 0;
}

static int put_row(struct call *call, const struct signup_list *list, const struct signup_row *row,
	struct err *err)
{
	CLEANUP(mem_free) char *name = NULL, *reason = why(call, list, row);
	bool is_taken = row->state == SIGNUP_SURE && list->is_kept;
	bool has_shift = row->state != SIGNUP_DOUBT || row->shift_doubt < 0;

	if (row->resident)
		TRY(who_name(call->db, row->resident, true, &name, err));
	table_number(call->table, row->line, NULL);
	table_word(call->table, is_taken ? "taken" : signup_state_name(row->state),
		is_taken ? _("is signed up") : _(planned[row->state]));
	table_text(call->table, name);
	TRY(put_shift(call, has_shift ? row->shift : 0, err));
	table_text(call->table, row->text);
	table_text(call->table, reason);
	return 0;
}

static int print_list(
	struct call *call, const struct signup_list *list, const char *encoding, struct err *err)
{
	for (int i = 0; i < list->count; i++)
		if (list->rows[i].state != SIGNUP_DROPPED)
			TRY(put_row(call, list, &list->rows[i], err));
	call_print(call);
	if (call_is_json(call))
		return 0;
	/* For a list of sign-ups: how many are accepted, there already, refused, doubtful, not
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
	const struct week next = day_iso_week(day_add(db_today(call->db), 7));
	const struct week week = call_option_week(call, "week", next);
	const char *encoding;

	TRY(text_file_read(call_operand(call, 0), SIGNUP_BYTES_MAX, &text, &encoding, err));
	TRY(signup_list_read(call->db, text, week, &list, err));
	TRY(signup_list_try(call->db, &call->act, &list, call_has(call, "commit"), err));
	return print_list(call, &list, encoding, err);
}

static const struct verb_option options[] = {
	{ "week", { OPERAND_WEEK }, N_("Which week they are for (2026-W48); else next week") },
	{ "commit", NO_VALUE, N_("Take what is sure; else only say what would happen") },
	{ 0 },
};

const struct verb duty_signups_verbs[] = {
	{
		.name = "duty signups",
		.operands = { { OPERAND_TEXT, .word = N_("FILE|-") } },
		.help = N_("Read a list of sign-ups from a chat group (UTF-8 or GB18030)"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = options,
		.columns = COLUMNS(columns),
		.run = signups,
	},
	{ 0 },
};
