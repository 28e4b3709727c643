/* One shift of the roster: who is on it, who has left it and why, and what can be done. */
#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/shift_acts.h"
#include "core/duty/shift_gap.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/pages/list_page.h"
#include "tui/pages/reason.h"
#include "tui/screens/duty/duty.h"
#include "tui/widgets/dialog.h"

/* A line: who is on it, then who has left it. */
struct line {
	const struct assignment *who;
	char *name;
};

struct shift_screen {
	struct list_page page;
	int64_t id;
	struct {
		struct line *rows;
		int count;
	} lines;
	struct shift shift;
	struct shift_gaps gaps;
};

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_STATE, COLUMN_TIMES };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 16 },
	[COLUMN_STATE] = { N_("State"), .min = 12, .max = 28 },
	[COLUMN_TIMES] = { N_("Time"), .min = 12, .max = 24, .is_whole = true },
};

static bool roster_shift_is_over(const struct shift_screen *ss)
{
	return ss->shift.end_at <= kiosk_now(ss->page.kiosk);
}

static bool roster_shift_has_begun(const struct shift_screen *ss)
{
	return ss->shift.start_at <= kiosk_now(ss->page.kiosk);
}

static char *roster_shift_state_text(const struct shift_screen *ss, const struct assignment *who)
{
	bool is_kept_off = shift_kept_off(&ss->shift, who->resident) == who;

	if (who->state != ASSIGNMENT_PENDING)
		return mem_printf("%s%s%s", words_assignment_state(who->state),
			who->is_forgotten ? _(", nobody signed out") : "",
			is_kept_off && !roster_shift_has_begun(ss) ? _(", stays off") : "");
	if (who->asked_at)
		return mem_text(_("looks for a stand-in"));
	return mem_printf("%s%s", who->confirmed_at ? _("confirmed") : _("not confirmed yet"),
		who->is_locked ? _(", kept") : "");
}

static char *roster_shift_times_text(const struct assignment *who)
{
	if (!who->in_at)
		return NULL;
	CLEANUP(mem_free) char *in = words_time(who->in_at);
	CLEANUP(mem_free) char *out = who->out_at ? words_time(who->out_at) : mem_text("");
	return mem_printf("%s – %s", in, out);
}

static void roster_shift_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct shift_screen *ss = self;
	const struct line *line = row;
	const struct assignment *who = line->who;

	ret->style = who->gone_at ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(line->name);
		break;
	case COLUMN_STATE:
		ret->text = roster_shift_state_text(ss, who);
		break;
	default:
		ret->text = roster_shift_times_text(who);
	}
}

static const char *roster_shift_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct assignment *who = ((const struct line *)row)->who;

	*ret_style = STYLE_QUIET;
	if (who->state == ASSIGNMENT_MISSED)
		return "✗";
	if (who->gone_at)
		return "↶";
	*ret_style = who->in_at || who->confirmed_at ? STYLE_DONE : STYLE_NEEDED;
	return who->in_at || who->confirmed_at ? "✓" : "?";
}

static int roster_shift_read_line(
	struct shift_screen *ss, const struct assignment *who, struct line *ret, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;

	TRY(clerk_name(ss->page.kiosk, who->resident, &name, err));
	ret->who = who;
	ret->name =
		mem_printf("%s%s%s", who->is_leader ? "★ " : "", who->stands_for ? "▲ " : "", name);
	return 0;
}

static int roster_shift_read(void *self, struct err *err)
{
	struct shift_screen *ss = self;
	struct shift *shift = &ss->shift;

	TRY(shift_get(ss->page.kiosk->db, ss->id, shift, err));
	TRY(shift_gaps(ss->page.kiosk->db, shift, &ss->gaps, err));
	int count = shift->people_count + shift->gone_count;
	ss->lines.rows = mem_alloc((size_t)(count + 1) * sizeof(*ss->lines.rows));
	ss->lines.count = count;
	for (int i = 0; i < count; i++) {
		const struct assignment *who = i < shift->people_count
						       ? &shift->people[i]
						       : &shift->gone[i - shift->people_count];
		TRY(roster_shift_read_line(ss, who, &ss->lines.rows[i], err));
	}
	return 0;
}

static void roster_shift_forget(void *self)
{
	struct shift_screen *ss = self;

	for (int i = 0; i < ss->lines.count; i++)
		mem_free(&ss->lines.rows[i].name);
	mem_free(&ss->lines.rows);
	ss->lines.count = 0;
	shift_gaps_finish(&ss->gaps);
	shift_finish(&ss->shift);
}

static const struct assignment *roster_shift_marked(const void *self)
{
	const struct line *line = list_page_row(self);

	return line ? line->who : NULL;
}

/* ---- what can be done ---- */

static bool roster_shift_is_to_come(const struct shift_screen *ss)
{
	const struct assignment *who = roster_shift_marked(ss);

	return who && who->state == ASSIGNMENT_PENDING;
}

static bool roster_shift_can_add(struct app *app, void *self)
{
	return clerk_is_coordinator(app, self) && !roster_shift_is_over(self);
}

static bool roster_shift_can_take_off(struct app *app, void *self)
{
	return clerk_is_coordinator(app, self) && roster_shift_is_to_come(self);
}

static bool roster_shift_can_lock(struct app *app, void *self)
{
	const struct assignment *assignment = roster_shift_marked(self);

	return roster_shift_can_take_off(app, self) && !assignment->is_locked;
}

/* What was done by hand, and stays when a new plan is made. */
static bool roster_shift_can_let_go(struct app *app, void *self)
{
	const struct shift_screen *ss = self;
	const struct assignment *who = roster_shift_marked(ss);

	if (!who || !clerk_is_coordinator(app, self) || roster_shift_has_begun(ss))
		return false;
	return who->gone_at ? shift_kept_off(&ss->shift, who->resident) == who
			    : roster_shift_is_to_come(ss) && who->is_locked;
}

static bool roster_shift_can_confirm(struct app *app, void *self)
{
	const struct assignment *assignment = roster_shift_marked(self);

	return clerk_is_on(app, self) && roster_shift_is_to_come(self) &&
	       !assignment->confirmed_at && !roster_shift_is_over(self);
}

static bool roster_shift_can_move(struct app *app, void *self)
{
	return clerk_is_on(app, self) && roster_shift_is_to_come(self) &&
	       !roster_shift_is_over(self);
}

static bool roster_shift_can_swap(struct app *app, void *self)
{
	return roster_shift_can_move(app, self) && !roster_shift_has_begun(self);
}

static bool roster_shift_can_call_off(struct app *app, void *self)
{
	return clerk_is_coordinator(app, self) && !roster_shift_has_begun(self);
}

static bool roster_shift_can_settle(struct app *app, void *self)
{
	return clerk_is_on(app, self) && roster_shift_is_to_come(self) &&
	       roster_shift_has_begun(self);
}

static bool roster_shift_can_enter(struct app *app, void *self)
{
	return roster_shift_can_settle(app, self) && roster_shift_is_over(self);
}

static void roster_shift_add(struct app *app, void *self)
{
	const struct shift_screen *ss = self;

	roster_pick_open(app, ss->id, 0);
}

static void roster_shift_hand_over(struct app *app, void *self)
{
	const struct assignment *assignment = roster_shift_marked(self);
	const struct shift_screen *ss = self;

	roster_pick_open(app, ss->id, assignment->id);
}

static void roster_shift_swap(struct app *app, void *self)
{
	const struct assignment *assignment = roster_shift_marked(self);

	roster_swap_open(app, assignment->id);
}

static void roster_shift_called_off(struct app *app, void *context, int button)
{
	struct shift_screen *ss = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = shift_cancel(ss->page.kiosk->db, &act, ss->id, &err);
	if (r < 0) {
		list_page_conclude(ss, r, &err, NULL, NULL);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("The shift is called off"), NULL);
}

static void roster_shift_call_off(struct app *app, void *self)
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
		.done = roster_shift_called_off,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static void roster_shift_taken_off(struct app *app, void *context, int button)
{
	const struct assignment *assignment = roster_shift_marked(context);
	struct shift_screen *ss = context;

	if (button != 0 || !assignment)
		return;
	struct act act = clerk_act(app, assignment->resident);
	struct err err = { 0 };

	int r = assignment_cancel(ss->page.kiosk->db, &act, assignment->id, &err);
	list_page_conclude(ss, r, &err, _("Taken off this shift"), NULL);
}

/* Says beforehand which role would be missing. */
static void roster_shift_ask_loss(struct shift_screen *ss, const char *button,
	void (*done)(struct app *app, void *context, int button))
{
	const struct line *line = list_page_row(ss);
	CLEANUP(mem_free)
	char *lacks = clerk_would_lack(
		ss->page.kiosk, ss->id, &(struct shift_change){ .leaves = line->who->id });
	const struct clerk_loss loss = {
		.title = line->name, .text = lacks, .button = button, .done = done, .context = ss
	};

	clerk_ask_loss(ss->page.app, &loss);
}

static void roster_shift_take_off(struct app *app, void *self)
{
	(void)app;
	roster_shift_ask_loss(self, _("Take off all the same"), roster_shift_taken_off);
}

static void roster_shift_confirm(struct app *app, void *self)
{
	const struct assignment *assignment = roster_shift_marked(self);
	struct shift_screen *ss = self;
	struct act act = clerk_act(app, assignment->resident);
	struct err err = { 0 };

	int r = assignment_confirm(ss->page.kiosk->db, &act, assignment->id, &err);
	list_page_conclude(ss, r, &err, _("Confirmed"), NULL);
}

static void roster_shift_let_go(struct app *app, void *self)
{
	struct shift_screen *ss = self;
	const struct assignment *who = roster_shift_marked(ss);
	struct act act = clerk_act(app, who->resident);
	struct err err = { 0 };
	int r = who->gone_at ? assignment_let_go(ss->page.kiosk->db, &act, who->id, &err)
			     : assignment_lock(ss->page.kiosk->db, &act, who->id, false, &err);

	list_page_conclude(ss, r, &err, _("A new plan may change this place"), NULL);
}

static void roster_shift_lock(struct app *app, void *self)
{
	struct shift_screen *ss = self;
	const struct assignment *who = roster_shift_marked(ss);
	struct act act = clerk_act(app, who->resident);
	struct err err = { 0 };

	int r = assignment_lock(ss->page.kiosk->db, &act, who->id, true, &err);
	list_page_conclude(ss, r, &err, _("A new plan leaves this place as it is"), NULL);
}

static void roster_shift_excused(struct app *app, void *context, int button)
{
	const struct assignment *assignment = roster_shift_marked(context);
	struct shift_screen *ss = context;

	if (button != 0 || !assignment)
		return;
	struct act act = clerk_act(app, assignment->resident);
	struct err err = { 0 };

	int r = assignment_excuse(ss->page.kiosk->db, &act, assignment->id, &err);
	list_page_conclude(ss, r, &err, _("Excused; the place is open"), NULL);
}

static void roster_shift_excuse(struct app *app, void *self)
{
	(void)app;
	roster_shift_ask_loss(self, _("Excuse all the same"), roster_shift_excused);
}

/* ---- with a reason ---- */

static void roster_shift_missed_why(struct app *app, void *context, const char *why)
{
	const struct assignment *assignment = roster_shift_marked(context);
	struct shift_screen *ss = context;
	struct err err = { 0 };

	if (!why || !assignment)
		return;
	struct act act = clerk_act(app, assignment->resident);
	CLEANUP(mem_free) char *whole = clerk_why(&act, why);
	act.why = whole;
	int r = attendance_missed(ss->page.kiosk->db, &act, assignment->id, &err);
	list_page_conclude(ss, r, &err, _("Noted as missed"), NULL);
}

static void roster_shift_missed(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Did not come, nobody could reach them"),
		N_("Came too late to be of use"), N_("Forgot about it"), NULL };
	const struct reason_request request = { .title = _("Missed"),
		.text = _("What happened? It is kept with your name."),
		.ready = ready,
		.done = roster_shift_missed_why,
		.context = self };

	reason_open(app, &request);
}

static void roster_shift_enter_time(struct app *app, void *self)
{
	const struct line *line = list_page_row(self);
	const struct shift_screen *ss = self;

	came_form_open(app, &ss->shift, line->who, line->name);
}

static const struct action roster_shift_actions[] = {
	{ '1', N_("Add somebody"), N_("Picks a volunteer, with what speaks against each."),
		roster_shift_add, roster_shift_can_add, .place = ACTION_TILE },
	{ '2', N_("Confirm"), N_("The person has said that they will come."), roster_shift_confirm,
		roster_shift_can_confirm, .place = ACTION_TILE },
	{ '3', N_("Hand over"), N_("Somebody else takes this place."), roster_shift_hand_over,
		roster_shift_can_move, .place = ACTION_TILE },
	{ '4', N_("Excuse"), N_("Cannot come; the place is open."), roster_shift_excuse,
		roster_shift_can_move, .place = ACTION_TILE },
	{ '5', N_("Take off"), N_("Takes the person off this shift."), roster_shift_take_off,
		roster_shift_can_take_off, .place = ACTION_TILE },
	{ '6', N_("Keep"), N_("A new plan leaves the place as it is."), roster_shift_lock,
		roster_shift_can_lock, .place = ACTION_TILE },
	{ '6', N_("Keep no longer"),
		N_("What was done by hand holds no longer: a new plan may change this place."),
		roster_shift_let_go, roster_shift_can_let_go, .place = ACTION_TILE },
	{ '7', N_("Missed"), N_("Did not come, with a word of reason."), roster_shift_missed,
		roster_shift_can_settle, .place = ACTION_TILE },
	{ '8', N_("Was there"), N_("Writes down when they came and left, with a reason."),
		roster_shift_enter_time, roster_shift_can_enter, .place = ACTION_TILE },
	{ '9', N_("Change shifts"), N_("With somebody of this week or the next."),
		roster_shift_swap, roster_shift_can_swap, .place = ACTION_TILE },
	{ '0', N_("Call off"), N_("The shift does not take place; its people are told."),
		roster_shift_call_off, roster_shift_can_call_off, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static char *roster_shift_lacks_text(const struct shift_screen *ss)
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

static void roster_shift_head(void *self, struct rect *area)
{
	const struct shift_screen *ss = self;
	CLEANUP(mem_free)
	char *when = duty_when(ss->page.kiosk, ss->shift.start_at, ss->shift.end_at);
	CLEANUP(mem_free) char *lacks = roster_shift_lacks_text(ss);

	int col = draw_text(*area, 0, 0, STYLE_STRONG, when);
	draw_text(*area, 0, col + 2, STYLE_PAPER, ss->shift.name);
	draw_right(*area, 0, STYLE_NEEDED, lacks);
	rect_cut_top(area, 2);
}

static const struct list_page_kind roster_shift_page = {
	.screen = LIST_PAGE(N_("Shift"), roster_shift_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct shift_screen, lines),
	.empty = N_("Nobody is on this shift yet."),
	.read = roster_shift_read,
	.forget = roster_shift_forget,
	.cell = roster_shift_cell,
	.mark = roster_shift_mark,
	.head = roster_shift_head,
};

void roster_shift_open(struct app *app, int64_t shift)
{
	struct shift_screen *ss = list_page_create(app, &roster_shift_page);

	ss->id = shift;
	list_page_show(ss);
}
