/* Sign-ups from a chat group (接龙): the list is pasted, what is doubtful is asked one at a time,
 * and what is sure is taken. Nothing is kept before that. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/exchange/signup_list.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/screens/duty/duty.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/wrap.h"

/* What is shown of a row of the list. */
struct signups_line {
	const struct signup_row *row;
	char *who, *shift; /* that were found, in words; NULL: not */
};

struct signups {
	struct list_page page;
	struct week week;
	struct signup_list found;
	struct {
		struct signups_line *rows;
		int count;
	} shown;                  /* without those that are dropped */
	bool has_text, is_asking; /* one doubt leads to the next */
	int asked;                /* the doubt that the open question is about */
};

/* ---- lines ---- */

enum { COLUMN_LINE, COLUMN_WHO, COLUMN_SHIFT, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_LINE] = { N_("Line"), .min = 4, .max = 4, .align_right = true },
	[COLUMN_WHO] = { N_("Person"), .min = 8, .max = 20 },
	[COLUMN_SHIFT] = { N_("Shift"), .min = 16, .max = 44 },
	[COLUMN_STATE] = { N_("What happens"), .min = 14 },
};

static const struct {
	const char *mark;
	enum style style;
	const char *words;
} states[SIGNUP_STATE_COUNT] = {
	[SIGNUP_SURE] = { "✓", STYLE_DONE, NULL },
	[SIGNUP_ALREADY] = { "·", STYLE_QUIET, N_("is on it already") },
	[SIGNUP_REFUSED] = { "✗", STYLE_REFUSED, NULL },
	[SIGNUP_DOUBT] = { "?", STYLE_NEEDED, NULL },
	[SIGNUP_UNREAD] = { "✗", STYLE_REFUSED, NULL },
	[SIGNUP_QUIET] = { "·", STYLE_QUIET, N_("names no shift") },
	[SIGNUP_DROPPED] = { "", STYLE_QUIET, "" },
};

/* With place and number, to tell two of one name apart. */
static char *signups_name_in_full(struct signups *s, int64_t resident)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err ignored = { 0 };

	if (resident_person(s->page.kiosk->db, resident, &person, &ignored) < 0)
		return mem_text("");
	return mem_printf("%s%s%s%s%s%s", person.name, *person.alias ? " " : "", person.alias,
		*person.building ? " " : "", person.building, person.room);
}

static int signups_read_shift(const struct signups *s, int64_t id, char **ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct day today = when_day(kiosk_now(s->page.kiosk));

	TRY(shift_get(s->page.kiosk->db, id, &shift, err));
	CLEANUP(mem_free) char *day = words_date(when_day(shift.start_at), today);
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	*ret = mem_printf("%s %s %s", day, span, shift.name);
	return 0;
}

static char *signups_shift_words(const struct signups *s, int64_t id)
{
	struct err ignored = { 0 };
	char *words = NULL;

	return signups_read_shift(s, id, &words, &ignored) < 0 ? mem_text("") : words;
}

/* When somebody cannot come. */
static char *signups_away_words(const struct signups *s, const struct volunteer_time *away)
{
	struct day today = when_day(kiosk_now(s->page.kiosk));
	int64_t midnight = when_day_start(away->from);
	CLEANUP(mem_free) char *from = words_date(away->from, today);
	CLEANUP(mem_free) char *until = words_date(away->until, today);
	CLEANUP(mem_free)
	char *span = words_span(midnight + away->starts * 60, midnight + away->ends * 60);

	if (day_compare(away->from, away->until) != 0)
		return mem_printf("%s – %s", from, until);
	return away->ends - away->starts < 24 * 60 ? mem_printf("%s %s", from, span) : TAKE(from);
}

static char *signups_sure_words(const struct signups *s, const struct signup_row *row)
{
	if (row->is_away)
		return mem_text(s->found.is_kept ? _("noted: cannot come")
						 : _("will be noted: cannot come"));
	return mem_text(s->found.is_kept ? _("is signed up") : _("will be signed up"));
}

static const char *signups_doubt_words(const struct signup_doubt *doubt)
{
	if (doubt->is_who)
		return _("who is meant?");
	return doubt->is_away ? _("cannot come: note it?") : _("which shift is meant?");
}

static char *signups_state_words(const struct signups *s, const struct signup_row *row)
{
	if (row->state == SIGNUP_SURE)
		return signups_sure_words(s, row);
	if (row->state == SIGNUP_DOUBT)
		return mem_text(signups_doubt_words(&s->found.doubts[row->doubt]));
	if (states[row->state].words)
		return mem_text(_(states[row->state].words));
	return words_reason(&row->against.reasons[0], kiosk_now(s->page.kiosk));
}

static void signups_cell(const void *self, const void *shown, int column, struct list_cell *ret)
{
	const struct signups_line *line = shown;
	const struct signup_row *row = line->row;

	switch (column) {
	case COLUMN_LINE:
		ret->text = mem_printf("%d", row->line);
		ret->style = STYLE_QUIET;
		break;
	case COLUMN_WHO:
		ret->text = mem_text(line->who ? line->who : row->who);
		ret->style = line->who ? STYLE_STRONG : STYLE_PAPER;
		break;
	case COLUMN_SHIFT:
		ret->text = row->is_away ? signups_away_words(self, &row->away)
					 : mem_text(line->shift ? line->shift : row->when);
		break;
	case COLUMN_STATE:
		ret->text = signups_state_words(self, row);
		ret->style = states[row->state].style;
		break;
	}
}

static const char *signups_mark(const void *self, const void *shown, enum style *ret_style)
{
	const struct signup_row *row = ((const struct signups_line *)shown)->row;

	(void)self;
	*ret_style = states[row->state].style;
	return states[row->state].mark;
}

static int signups_read_line(const struct signups *s, struct signups_line *line, struct err *err)
{
	const struct signup_row *row = line->row;
	bool is_settled = row->state != SIGNUP_DOUBT || row->shift_doubt < 0;

	if (row->resident)
		TRY(clerk_name(s->page.kiosk, row->resident, &line->who, err));
	return row->shift && is_settled ? signups_read_shift(s, row->shift, &line->shift, err) : 0;
}

static int signups_read(void *self, struct err *err)
{
	struct signups *s = self;

	s->shown.rows = mem_alloc((size_t)(s->found.count + 1) * sizeof(*s->shown.rows));
	for (int i = 0; i < s->found.count; i++) {
		struct signups_line *line = &s->shown.rows[s->shown.count];
		if (s->found.rows[i].state == SIGNUP_DROPPED)
			continue;
		line->row = &s->found.rows[i];
		s->shown.count++;
		TRY(signups_read_line(s, line, err));
	}
	return 0;
}

static void signups_forget(void *self)
{
	struct signups *s = self;

	for (int i = 0; i < s->shown.count; i++) {
		free(s->shown.rows[i].who);
		free(s->shown.rows[i].shift);
	}
	mem_free(&s->shown.rows);
	s->shown.count = 0;
}

static const struct signup_row *signups_selected(const struct signups *s)
{
	const struct signups_line *line = list_page_row(s);

	return line ? line->row : NULL;
}

/* ---- reading, answering, taking ---- */

static void signups_try_list(struct signups *s, bool is_kept)
{
	struct act act = clerk_act(s->page.app, 0);
	struct err err = { 0 };

	int r = signup_list_try(s->page.kiosk->db, &act, &s->found, is_kept, &err);
	list_page_refresh(s);
	if (r < 0)
		clerk_tell_err(s->page.app, &err);
}

static void signups_paste(struct app *app, void *self, const char *text)
{
	struct signups *s = self;
	struct signup_list found = { 0 };
	struct err err = { 0 };

	clerk_hush(app);
	if (signup_list_read(s->page.kiosk->db, text, s->week, &found, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	signups_forget(s);
	signup_list_finish(&s->found);
	s->found = found;
	s->has_text = true;
	signups_try_list(s, false);
}

/* How many of its choices a question offers one by one. */
static int signups_singly_of(const struct signup_doubt *doubt)
{
	return doubt->count <= SIGNUP_CHOICES_MAX ? doubt->count : 0;
}

static void signups_ask(struct signups *s, int doubt);

static void signups_answered(struct app *app, void *context, int button)
{
	struct signups *s = context;
	struct signup_doubt *doubt = &s->found.doubts[s->asked];
	int singly = signups_singly_of(doubt);

	(void)app;
	if (button < 0) {
		s->is_asking = false;
		return;
	}
	doubt->answer = button < singly                      ? button
			: !doubt->is_who && button == singly ? SIGNUP_ALL_OF_THEM
							     : SIGNUP_NONE_OF_THEM;
	signups_try_list(s, false);
	int next = signup_list_open_doubt(&s->found);
	if (s->is_asking && next >= 0)
		signups_ask(s, next);
}

static void signups_ask(struct signups *s, int index)
{
	const struct signup_doubt *doubt = &s->found.doubts[index];
	char *choices[SIGNUP_CHOICES_MAX];
	const char *buttons[SIGNUP_CHOICES_MAX + 3] = { 0 };
	CLEANUP(mem_free)
	char *title = mem_printf(
		_(doubt->is_who          ? N_("Line %d: who is “%s”?")
			: doubt->is_away ? N_("Line %d: “%s”. Note that they cannot come?")
					 : N_("Line %d: which shift is “%s”?")),
		doubt->line, doubt->text);
	CLEANUP(mem_free) char *all = mem_printf(_("All of them (%d)"), doubt->count);
	int count = 0, singly = signups_singly_of(doubt);

	for (; count < singly; count++)
		buttons[count] = choices[count] =
			doubt->is_who ? signups_name_in_full(s, doubt->choices[count])
				      : signups_shift_words(s, doubt->choices[count]);
	if (!doubt->is_who)
		buttons[count++] = doubt->is_away ? _("Note it") : all;
	buttons[count] = doubt->is_who    ? _("None of them")
			 : doubt->is_away ? _("Do not note it")
					  : _("None of these");
	const struct dialog dialog = { .kind = BANNER_NEEDED,
		.title = title,
		.buttons = buttons,
		.done = signups_answered,
		.context = s };
	s->asked = index;
	dialog_open(s->page.app, &dialog);
	for (int i = 0; i < singly; i++)
		free(choices[i]);
}

static void signups_take(struct app *app, void *self)
{
	struct signups *s = self;

	signups_try_list(s, true);
	if (!s->found.is_kept)
		return;
	CLEANUP(mem_free)
	char *text = mem_printf(_("%d signed up, %d left over"), s->found.counts[SIGNUP_SURE],
		s->found.counts[SIGNUP_REFUSED] + s->found.counts[SIGNUP_DOUBT] +
			s->found.counts[SIGNUP_UNREAD]);
	clerk_tell_done(app, _("The list is taken over"), text);
}

/* ---- keys ---- */

static bool signups_has_doubt(struct app *app, void *self)
{
	const struct signups *s = self;

	(void)app;
	return !s->found.is_kept && signup_list_open_doubt(&s->found) >= 0;
}

static bool signups_has_sure(struct app *app, void *self)
{
	const struct signups *s = self;

	return clerk_is_on(app, self) && !s->found.is_kept && s->found.counts[SIGNUP_SURE] > 0;
}

static void signups_ask_all(struct app *app, void *self)
{
	struct signups *s = self;

	(void)app;
	s->is_asking = true;
	signups_ask(s, signup_list_open_doubt(&s->found));
}

/* The line's own question; a line without one shows all objections. */
static void signups_open_line(struct app *app, void *self)
{
	struct signups *s = self;
	const struct signup_row *row = signups_selected(s);

	if (!row)
		return;
	if (row->state == SIGNUP_DOUBT && !s->found.is_kept) {
		s->is_asking = false;
		signups_ask(s, row->doubt);
		return;
	}
	if (row->against.reason_count == 0)
		return;
	const struct clerk_refusal refusal = { .title = row->text, .err = &row->against };
	clerk_refuse(app, &refusal);
}

static const struct action actions[] = {
	{ '1', N_("Ask about the doubts"), N_("One question after the other; Esc ends it."),
		signups_ask_all, signups_has_doubt, .place = ACTION_TILE },
	{ '2', N_("Sign up what is sure"), N_("Takes over every line with ✓. The rest stays."),
		signups_take, signups_has_sure, .place = ACTION_TILE },
	{ K_ENTER, N_("Look closer"), N_("Asks what is doubtful, or says what speaks against it."),
		signups_open_line, list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

static void signups_draw_counts(const struct signups *s, struct rect area)
{
	const int *n = s->found.counts;
	CLEANUP(mem_free)
	char *counts = mem_printf(
		_("%d sure · %d already on it · %d to ask · %d not possible or not understood"),
		n[SIGNUP_SURE], n[SIGNUP_ALREADY], n[SIGNUP_DOUBT],
		n[SIGNUP_REFUSED] + n[SIGNUP_UNREAD]);

	draw_text(area, 0, 0, STYLE_QUIET, counts);
}

/* The line at hand as it was written. */
static void signups_draw_written(const struct signups *s, struct rect area)
{
	const struct signup_row *row = signups_selected(s);

	if (row)
		draw_fit(area, 0, 0, area.cols, STYLE_PAPER, row->text);
}

static void signups_head(void *self, struct rect *area)
{
	const struct signups *s = self;
	struct day today = when_day(kiosk_now(s->page.kiosk)), monday = week_monday(s->week);
	CLEANUP(mem_free) char *from = words_date(monday, today);
	CLEANUP(mem_free) char *until = words_date(day_add(monday, 6), today);
	CLEANUP(mem_free)
	char *title = mem_printf(_("Week %1$d  %2$s – %3$s"), s->week.week, from, until);

	clerk_heading(area, title);
}

static void signups_foot(void *self, struct rect *area)
{
	const struct signups *s = self;

	if (s->has_text) {
		signups_draw_counts(s, rect_cut_bottom(area, 1));
		signups_draw_written(s, rect_cut_bottom(area, 1));
		return;
	}
	wrap_draw(*area, 0, STYLE_PAPER,
		_("Copy the list in the group chat and paste it here (Ctrl-Shift-V, or the "
		  "right mouse button).\n\nNames and shifts are looked up; what is not "
		  "clear is asked, and nothing is kept before you say so."));
}

static bool signups_has_text(struct app *app, void *self)
{
	(void)app;
	return ((struct signups *)self)->has_text;
}

static void signups_finish(void *self)
{
	signup_list_finish(&((struct signups *)self)->found);
}

static const struct list_page_kind signups_page = {
	.screen = LIST_PAGE(N_("Sign-ups from a group chat"), actions, .paste = signups_paste),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct signups, shown),
	.empty = N_("No sign-up was found in this text."),
	.marked_tile = '1',
	.is_listed = signups_has_text,
	.read = signups_read,
	.forget = signups_forget,
	.finish = signups_finish,
	.cell = signups_cell,
	.mark = signups_mark,
	.head = signups_head,
	.foot = signups_foot,
};

void signups_open(struct app *app, struct week week)
{
	struct signups *s = list_page_create(app, &signups_page);

	s->week = week;
	list_page_show(s);
}
