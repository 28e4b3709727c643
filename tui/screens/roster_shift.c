/* One shift of the roster: who is on it, who has left it and why, and what can be done. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/shift_gap.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

struct shift_screen {
	struct app *app;
	struct kiosk *kiosk;
	int64_t id;
	struct shift shift;
	struct shift_gaps gaps;
	struct list *list;
};

static const struct screen shift_screen;

/* ---- lines: people, then those who have left ---- */

static const struct assignment *line_at(const struct shift_screen *ss, int row)
{
	if (row < 0 || row >= ss->shift.people_count + ss->shift.gone_count)
		return NULL;
	return row < ss->shift.people_count ? &ss->shift.people[row]
					    : &ss->shift.gone[row - ss->shift.people_count];
}

static const struct assignment *selected(const struct shift_screen *ss)
{
	return line_at(ss, list_selected(ss->list));
}

enum { COLUMN_NAME, COLUMN_STATE, COLUMN_TIMES };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 16 },
	[COLUMN_STATE] = { N_("State"), .min = 12, .max = 28 },
	[COLUMN_TIMES] = { N_("Time"), .min = 12, .max = 24, .is_whole = true },
};

static char *name_text(const struct shift_screen *ss, const struct assignment *who)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err ignored = { 0 };

	resident_person(ss->kiosk->db, who->resident, &person, &ignored);
	return mem_printf("%s%s%s", who->is_leader ? "★ " : "", who->stands_for ? "▲ " : "",
		person.name ? person.name : "");
}

static bool is_over(const struct shift_screen *ss)
{
	return ss->shift.end_at <= kiosk_now(ss->kiosk);
}

static bool has_begun(const struct shift_screen *ss)
{
	return ss->shift.start_at <= kiosk_now(ss->kiosk);
}

static char *state_text(const struct shift_screen *ss, const struct assignment *who)
{
	bool is_kept_off = shift_kept_off(&ss->shift, who->resident) == who;

	if (who->state != ASSIGNMENT_PENDING)
		return mem_printf("%s%s%s", words_assignment_state(who->state),
			who->is_forgotten ? _(", nobody signed out") : "",
			is_kept_off && !has_begun(ss) ? _(", stays off") : "");
	if (who->asked_at)
		return mem_text(_("looks for a stand-in"));
	return mem_printf("%s%s", who->confirmed_at ? _("confirmed") : _("not confirmed yet"),
		who->is_locked ? _(", kept") : "");
}

static char *times_text(const struct assignment *who)
{
	if (!who->in_at)
		return NULL;
	CLEANUP(mem_free) char *in = words_time(who->in_at);
	CLEANUP(mem_free) char *out = who->out_at ? words_time(who->out_at) : mem_text("");
	return mem_printf("%s – %s", in, out);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct shift_screen *ss = context;
	const struct assignment *who = line_at(ss, row);

	ret->style = who->gone_at ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = name_text(ss, who);
		break;
	case COLUMN_STATE:
		ret->text = state_text(ss, who);
		break;
	default:
		ret->text = times_text(who);
	}
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct assignment *who = line_at(context, row);

	*ret_style = STYLE_QUIET;
	if (who->state == ASSIGNMENT_MISSED)
		return "✗";
	if (who->gone_at)
		return "↶";
	*ret_style = who->in_at || who->confirmed_at ? STYLE_DONE : STYLE_NEEDED;
	return who->in_at || who->confirmed_at ? "✓" : "?";
}

/* ---- life ---- */

static void forget(struct shift_screen *ss)
{
	shift_gaps_finish(&ss->gaps);
	shift_finish(&ss->shift);
}

static int read_all(struct shift_screen *ss, struct err *err)
{
	TRY(shift_get(ss->kiosk->db, ss->id, &ss->shift, err));
	return shift_gaps(ss->kiosk->db, &ss->shift, &ss->gaps, err);
}

static void refresh(struct shift_screen *ss)
{
	struct err err = { 0 };

	forget(ss);
	if (read_all(ss, &err) < 0)
		clerk_tell_err(ss->app, &err);
	list_set_count(ss->list, ss->shift.people_count + ss->shift.gone_count);
	app_redraw(ss->app);
}

void roster_shift_open(struct app *app, int64_t shift)
{
	struct shift_screen *ss = mem_alloc(sizeof(*ss));

	ss->app = app;
	ss->kiosk = kiosk_of(app);
	ss->id = shift;
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = ss,
		.cell = cell,
		.mark = mark,
		.empty = N_("Nobody is on this shift yet."),
	};
	ss->list = list_create(&options);
	clerk_hush(app);
	app_push(app, &shift_screen, ss);
	refresh(ss);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct shift_screen *ss = self;

	(void)app;
	forget(ss);
	list_destroy(ss->list);
	free(ss);
}

/* ---- what can be done ---- */

static bool is_to_come(const struct shift_screen *ss)
{
	const struct assignment *who = selected(ss);

	return who && who->state == ASSIGNMENT_PENDING;
}

static bool can_add(struct app *app, void *self)
{
	return clerk_is_coordinator(app, self) && !is_over(self);
}

static bool can_take_off(struct app *app, void *self)
{
	return clerk_is_coordinator(app, self) && is_to_come(self);
}

static bool can_lock(struct app *app, void *self)
{
	return can_take_off(app, self) && !selected(self)->is_locked;
}

/* What was done by hand, and holds against a new plan. */
static bool can_let_go(struct app *app, void *self)
{
	const struct shift_screen *ss = self;
	const struct assignment *who = selected(ss);

	if (!who || !clerk_is_coordinator(app, self) || has_begun(ss))
		return false;
	return who->gone_at ? shift_kept_off(&ss->shift, who->resident) == who
			    : is_to_come(ss) && who->is_locked;
}

static bool can_confirm(struct app *app, void *self)
{
	return clerk_is_on(app, self) && is_to_come(self) && !selected(self)->confirmed_at &&
	       !is_over(self);
}

static bool can_move(struct app *app, void *self)
{
	return clerk_is_on(app, self) && is_to_come(self) && !is_over(self);
}

static bool can_swap(struct app *app, void *self)
{
	return can_move(app, self) && !has_begun(self);
}

static bool can_call_off(struct app *app, void *self)
{
	return clerk_is_coordinator(app, self) && !has_begun(self);
}

static bool can_settle(struct app *app, void *self)
{
	return clerk_is_on(app, self) && is_to_come(self) && has_begun(self);
}

static bool can_enter(struct app *app, void *self)
{
	return can_settle(app, self) && is_over(self);
}

static void conclude(struct shift_screen *ss, int r, const struct err *err, const char *done)
{
	refresh(ss);
	if (r < 0)
		clerk_tell_err(ss->app, err);
	else
		clerk_tell_done(ss->app, done, NULL);
}

static void add(struct app *app, void *self)
{
	const struct shift_screen *ss = self;

	roster_pick_open(app, ss->id, 0);
}

static void hand_over(struct app *app, void *self)
{
	const struct shift_screen *ss = self;

	roster_pick_open(app, ss->id, selected(ss)->id);
}

static void swap(struct app *app, void *self)
{
	const struct shift_screen *ss = self;

	roster_swap_open(app, selected(ss)->id);
}

static void called_off(struct app *app, void *context, int button)
{
	struct shift_screen *ss = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = shift_cancel(ss->kiosk->db, &act, ss->id, &err);
	if (r == 0)
		app_pop(app);
	else
		refresh(ss);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The shift is called off"), NULL);
}

static void call_off(struct app *app, void *self)
{
	const struct shift_screen *ss = self;
	const char *const buttons[] = { _("Yes, call it off"), _("Leave it"), NULL };
	CLEANUP(mem_free)
	char *text = mem_printf(ngettext("%d person is on it, who is told at the next visit.",
					"%d people are on it, who are told at their next visit.",
					(unsigned long)ss->shift.people_count),
		ss->shift.people_count);
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("This shift does not take place?"),
		.text = ss->shift.people_count ? text : _("Nobody is on this shift yet."),
		.buttons = buttons,
		.marked = 1,
		.done = called_off,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static void taken_off(struct app *app, void *context, int button)
{
	struct shift_screen *ss = context;

	if (button != 0 || !selected(ss))
		return;
	struct act act = clerk_act(app, selected(ss)->resident);
	struct err err = { 0 };

	int r = assignment_cancel(ss->kiosk->db, &act, selected(ss)->id, &err);
	conclude(ss, r, &err, _("Taken off this shift"));
}

/* Says before which role would be missing. */
static void ask_loss(struct shift_screen *ss, const char *button,
	void (*done)(struct app *app, void *context, int button))
{
	CLEANUP(mem_free) char *name = name_text(ss, selected(ss));
	CLEANUP(mem_free) char *lacks = clerk_would_lack(ss->kiosk, ss->id, selected(ss)->id, 0);
	const struct clerk_loss loss = {
		.title = name, .text = lacks, .button = button, .done = done, .context = ss
	};

	clerk_ask_loss(ss->app, &loss);
}

static void take_off(struct app *app, void *self)
{
	(void)app;
	ask_loss(self, _("Take off all the same"), taken_off);
}

static void confirm(struct app *app, void *self)
{
	struct shift_screen *ss = self;
	struct act act = clerk_act(app, selected(ss)->resident);
	struct err err = { 0 };

	int r = assignment_confirm(ss->kiosk->db, &act, selected(ss)->id, &err);
	conclude(ss, r, &err, _("Confirmed"));
}

static void let_go(struct app *app, void *self)
{
	struct shift_screen *ss = self;
	const struct assignment *who = selected(ss);
	struct act act = clerk_act(app, who->resident);
	struct err err = { 0 };
	int r = who->gone_at ? assignment_let_go(ss->kiosk->db, &act, who->id, &err)
			     : assignment_lock(ss->kiosk->db, &act, who->id, false, &err);

	conclude(ss, r, &err, _("A new plan may change this place"));
}

static void lock(struct app *app, void *self)
{
	struct shift_screen *ss = self;
	const struct assignment *who = selected(ss);
	struct act act = clerk_act(app, who->resident);
	struct err err = { 0 };

	int r = assignment_lock(ss->kiosk->db, &act, who->id, true, &err);
	conclude(ss, r, &err, _("A new plan leaves this place as it is"));
}

static void excused(struct app *app, void *context, int button)
{
	struct shift_screen *ss = context;

	if (button != 0 || !selected(ss))
		return;
	struct act act = clerk_act(app, selected(ss)->resident);
	struct err err = { 0 };

	int r = assignment_excuse(ss->kiosk->db, &act, selected(ss)->id, &err);
	conclude(ss, r, &err, _("Excused; the place is open"));
}

static void excuse(struct app *app, void *self)
{
	(void)app;
	ask_loss(self, _("Excuse all the same"), excused);
}

/* ---- with a reason ---- */

static void missed_why(struct app *app, void *context, const char *why)
{
	struct shift_screen *ss = context;
	struct err err = { 0 };

	if (!why || !selected(ss))
		return;
	struct act act = clerk_act(app, selected(ss)->resident);
	CLEANUP(mem_free) char *whole = clerk_why(&act, why);
	act.why = whole;
	int r = attendance_missed(ss->kiosk->db, &act, selected(ss)->id, &err);
	conclude(ss, r, &err, _("Noted as missed"));
}

static void missed(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Did not come, nobody could reach them"),
		N_("Came too late to be of use"), N_("Forgot about it"), NULL };
	const struct reason_request request = { .title = _("Missed"),
		.text = _("What happened? It is kept with your name."),
		.ready = ready,
		.done = missed_why,
		.context = self };

	reason_open(app, &request);
}

static void enter_time(struct app *app, void *self)
{
	const struct shift_screen *ss = self;
	CLEANUP(mem_free) char *name = name_text(ss, selected(ss));

	came_form_open(app, &ss->shift, selected(ss), name);
}

static const struct action actions[] = {
	{ '1', N_("Add somebody"), N_("Picks a volunteer, with what speaks against each."), add,
		can_add, .place = ACTION_TILE },
	{ '2', N_("Confirm"), N_("The person has said that they will come."), confirm, can_confirm,
		.place = ACTION_TILE },
	{ '3', N_("Hand over"), N_("Somebody else takes this place."), hand_over, can_move,
		.place = ACTION_TILE },
	{ '4', N_("Excuse"), N_("Cannot come; the place is open."), excuse, can_move,
		.place = ACTION_TILE },
	{ '5', N_("Take off"), N_("Takes the person off this shift."), take_off, can_take_off,
		.place = ACTION_TILE },
	{ '6', N_("Keep"), N_("A new plan leaves the place as it is."), lock, can_lock,
		.place = ACTION_TILE },
	{ '6', N_("Keep no longer"),
		N_("What was done by hand holds no longer: a new plan may change this place."),
		let_go, can_let_go, .place = ACTION_TILE },
	{ '7', N_("Missed"), N_("Did not come, with a word of reason."), missed, can_settle,
		.place = ACTION_TILE },
	{ '8', N_("Was there"), N_("Writes down when they came and left, with a reason."),
		enter_time, can_enter, .place = ACTION_TILE },
	{ '9', N_("Change shifts"), N_("With somebody of this week or the next."), swap, can_swap,
		.place = ACTION_TILE },
	{ '0', N_("Call off"), N_("The shift does not take place; its people are told."), call_off,
		can_call_off, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct shift_screen *ss = self;
	enum list_answer answer = list_key(ss->list, key);

	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

/* ---- drawing ---- */

static char *lacks_text(const struct shift_screen *ss)
{
	char *text = ss->gaps.places > 0
			     ? mem_printf(_("○ %lld wanted"), (long long)ss->gaps.places)
			     : mem_text("");

	for (int i = 0; i < ss->gaps.count; i++) {
		CLEANUP(mem_free) char *before = text;
		text = mem_printf(_("%s  ○ %s"), before, ss->gaps.rows[i].name);
	}
	return text;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct shift_screen *ss = self;
	CLEANUP(mem_free)
	char *day = words_day(when_day(ss->shift.start_at), when_day(kiosk_now(ss->kiosk)));
	CLEANUP(mem_free) char *span = words_span(ss->shift.start_at, ss->shift.end_at);
	CLEANUP(mem_free) char *lacks = lacks_text(ss);

	area = rect_inset(area, 1, 2);
	int col = draw_text(area, 0, 0, STYLE_STRONG, day);
	col = draw_text(area, 0, col + 2, STYLE_STRONG, span);
	draw_text(area, 0, col + 2, STYLE_PAPER, ss->shift.name ? ss->shift.name : "");
	draw_right(area, 0, STYLE_NEEDED, lacks);
	rect_cut_top(&area, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(ss->list, area);
}

static const struct screen shift_screen = {
	.name = "roster_shift",
	.title = N_("Shift"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
