/* The visitor's own shifts, and the open places they could take (visit, key 2). */
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/candidate.h"
#include "core/duty/service_hours.h"
#include "core/duty/shift_gap.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "core/words_points.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/duty/duty.h"
#include "tui/widgets/dialog.h"

#define DAYS_AHEAD    14
#define ROWS_NUMBERED 6         /* 7 to 9 are the screen's */
#define EARLY_SECONDS (10 * 60) /* a sign-out earlier than this is confirmed first */

struct my_duty;
/* The buttons of the open question, in order: the harmless one first. */
#define WAYS_MAX 6
struct way {
	const char *label;
	void (*run)(struct my_duty *);
};

/* One of the two. */
struct my_duty_line {
	const struct duty *own;
	const struct shift *open;
};

struct my_duty {
	struct list_page page;
	int64_t resident;
	bool is_volunteer;
	struct minutes served;
	struct duty_list duties;
	struct shift_list open; /* that nothing speaks against */
	struct {
		struct my_duty_line *rows;
		int count;
	} lines;           /* their own, then the open ones */
	struct duty asked; /* of the question that is up: no texts */
	struct way ways[WAYS_MAX];
	int way_count;
};

/* ---- reading ---- */

static void my_duty_forget(void *self)
{
	struct my_duty *md = self;

	mem_free(&md->lines.rows);
	md->lines.count = 0;
	duty_list_finish(&md->duties);
	shift_list_finish(&md->open);
}

static int my_duty_can_take(struct my_duty *md, const struct shift *shift, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	struct day day = when_day(shift->start_at);
	struct err against;

	if (shift->start_at <= kiosk_now(md->page.kiosk))
		return 0;
	TRY(candidate_get(md->page.kiosk->db, md->resident, day, day, &c, err));
	candidate_reasons(&c, shift, 0, &against);
	if (against.code)
		return 0;
	return shift_has_place_for(md->page.kiosk->db, shift, md->resident, err);
}

/* Keeps those that they can take and frees the others. */
static int my_duty_read_open(struct my_duty *md, struct err *err)
{
	struct day today = when_day(kiosk_now(md->page.kiosk));
	int kept = 0, r = 0;

	TRY(shifts_between(md->page.kiosk->db, today, day_add(today, DAYS_AHEAD), &md->open, err));
	for (int i = 0; i < md->open.count; i++) {
		int takes = r < 0 ? 0 : my_duty_can_take(md, &md->open.rows[i], err);
		r = takes < 0 ? takes : r;
		if (takes > 0)
			md->open.rows[kept++] = md->open.rows[i];
		else
			shift_finish(&md->open.rows[i]);
	}
	md->open.count = kept;
	return r;
}

static void my_duty_line_up(struct my_duty *md)
{
	size_t room = (size_t)(md->duties.count + md->open.count + 1);
	struct my_duty_line *line = mem_alloc(room * sizeof(*line));

	md->lines.rows = line;
	md->lines.count = md->duties.count + md->open.count;
	for (int i = 0; i < md->duties.count; i++)
		line++->own = &md->duties.rows[i];
	for (int i = 0; i < md->open.count; i++)
		line++->open = &md->open.rows[i];
}

static int my_duty_read(void *self, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	struct my_duty *md = self;
	struct db *db = md->page.kiosk->db;

	TRY(duties_of(db, md->resident, kiosk_now(md->page.kiosk), &md->duties, err));
	TRY(service_hours_total(db, md->resident, &md->served, err));
	int r = volunteer_of(db, md->resident, &v, err);
	if (r < 0)
		return r;
	md->is_volunteer = r > 0 && !v.has_ended;
	if (md->is_volunteer)
		TRY(my_duty_read_open(md, err));
	my_duty_line_up(md);
	return 0;
}

/* ---- lines ---- */

enum { COLUMN_DAY, COLUMN_TIME, COLUMN_WHAT, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_DAY] = { N_("Day"), .min = 14, .max = 24, .is_whole = true },
	[COLUMN_TIME] = { N_("Time"), .min = 11, .max = 18, .is_whole = true },
	[COLUMN_WHAT] = { N_("Shift"), .min = 10 },
	[COLUMN_STATE] = { N_("State"), .min = 10, .max = 26 },
};

static char *my_duty_own_state(const struct duty *duty)
{
	if (duty->kind == DUTY_LEFT)
		return mem_text(_("you can't come"));
	if (duty->kind == DUTY_ASKED)
		return mem_text(_("a draft: can you come?"));
	if (duty->assignment.state == ASSIGNMENT_PRESENT)
		return mem_text(words_assignment_state(ASSIGNMENT_PRESENT));
	if (duty->assignment.asked_at)
		return mem_text(_("looks for a stand-in"));
	return mem_text(duty->assignment.confirmed_at ? _("confirmed") : _("please confirm"));
}

static void my_duty_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct my_duty *md = self;
	const struct my_duty_line *line = row;
	const struct duty *own = line->own;
	const struct shift *open = line->open;
	int64_t start_at = own ? own->start_at : open->start_at;
	int64_t end_at = own ? own->end_at : open->end_at;

	ret->style = own && own->kind == DUTY_OWN ? STYLE_PAPER : STYLE_QUIET;
	switch (column) {
	case COLUMN_DAY:
		ret->text = words_day(when_day(start_at), when_day(kiosk_now(md->page.kiosk)));
		break;
	case COLUMN_TIME:
		ret->text = words_span(start_at, end_at);
		break;
	case COLUMN_WHAT:
		ret->text = own ? mem_printf("%s%s  %s", own->assignment.is_leader ? "★ " : "",
					  own->name, own->place)
				: mem_text(open->name);
		break;
	default:
		ret->text = own ? my_duty_own_state(own) : mem_text(_("○ people wanted"));
	}
}

static const char *my_duty_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct duty *own = ((const struct my_duty_line *)row)->own;

	(void)self;
	*ret_style = STYLE_MARK;
	if (!own)
		return "○";
	if (own->kind == DUTY_LEFT) {
		*ret_style = STYLE_QUIET;
		return "↶";
	}
	*ret_style = own->assignment.confirmed_at ? STYLE_DONE : STYLE_NEEDED;
	return own->assignment.confirmed_at ? "✓" : "?";
}

/* ---- what can be done ---- */

static struct act my_duty_own_act(struct my_duty *md)
{
	return clerk_act(md->page.app, md->resident);
}

static void my_duty_do_sign_in(struct my_duty *md)
{
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };

	int r = attendance_in(
		md->page.kiosk->db, &act, md->asked.assignment.shift, md->resident, &err);
	list_page_conclude(md, r, &err, _("On duty"), NULL);
}

static void my_duty_sign_out(struct my_duty *md)
{
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };

	int r = attendance_out(
		md->page.kiosk->db, &act, md->asked.assignment.shift, md->resident, &err);
	list_page_conclude(md, r, &err, _("Off duty, thank you"), NULL);
}

static void my_duty_early_answered(struct app *app, void *context, int button)
{
	(void)app;
	if (button == 1)
		my_duty_sign_out(context);
}

static void my_duty_do_sign_out(struct my_duty *md)
{
	const char *const buttons[] = { _("Stay on duty"), _("Sign out"), NULL };
	CLEANUP(mem_free) char *until = words_time(md->asked.end_at);
	CLEANUP(mem_free) char *text = mem_printf(_("The shift runs until %s."), until);
	const struct dialog dialog = { .kind = BANNER_NEEDED,
		.title = _("Sign out already?"),
		.text = text,
		.buttons = buttons,
		.done = my_duty_early_answered,
		.context = md };

	if (kiosk_now(md->page.kiosk) < md->asked.end_at - EARLY_SECONDS)
		dialog_open(md->page.app, &dialog);
	else
		my_duty_sign_out(md);
}

static void my_duty_do_confirm(struct my_duty *md)
{
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };

	int r = assignment_confirm(md->page.kiosk->db, &act, md->asked.assignment.id, &err);
	list_page_conclude(md, r, &err, _("Thank you. See you then"), NULL);
}

static void my_duty_do_return(struct my_duty *md)
{
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };
	int64_t id = 0;

	int r = assignment_return(md->page.kiosk->db, &act, md->asked.assignment.id, &id, &err);
	list_page_conclude(md, r, &err,
		id ? _("Thank you. See you then")
		   : _("Somebody has taken the place meanwhile; thank you all the same"),
		NULL);
}

static void my_duty_do_ask(struct my_duty *md)
{
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };

	int r = assignment_ask(md->page.kiosk->db, &act, md->asked.assignment.id, &err);
	list_page_conclude(md, r, &err,
		_("A stand-in is looked for; until one is found it is your shift"), NULL);
}

static void my_duty_do_ask_end(struct my_duty *md)
{
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };

	int r = assignment_ask_end(md->page.kiosk->db, &act, md->asked.assignment.id, &err);
	list_page_conclude(
		md, r, &err, _("No stand-in is looked for any more; it is your shift"), NULL);
}

static void my_duty_excuse_answered(struct app *app, void *context, int button)
{
	struct my_duty *md = context;
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };

	(void)app;
	if (button != 1)
		return;
	int r = assignment_excuse(md->page.kiosk->db, &act, md->asked.assignment.id, &err);
	list_page_conclude(md, r, &err, _("You are excused; the coordinator sees to it"), NULL);
}

/* What the shift would be without, and whether it can be taken back. */
static char *my_duty_excuse_text(struct my_duty *md)
{
	CLEANUP(mem_free)
	char *lacks = clerk_would_lack(md->page.kiosk, md->asked.assignment.shift,
		&(struct shift_change){ .leaves = md->asked.assignment.id });
	bool is_ahead = md->asked.start_at > kiosk_now(md->page.kiosk);
	const char *back = is_ahead ? _("You can take this back here until the shift begins.") : "";

	return mem_printf("%s%s%s", lacks ? lacks : "", lacks && *back ? "\n" : "", back);
}

/* Asked once more: a finger that runs on does no harm. */
static void my_duty_do_excuse(struct my_duty *md)
{
	const char *const buttons[] = { _("I will come"), _("Yes, I can't come"), NULL };
	CLEANUP(mem_free)
	char *when = clerk_when(md->page.kiosk, md->asked.start_at, md->asked.end_at);
	CLEANUP(mem_free) char *title = mem_printf(_("You can't come: %s?"), when);
	CLEANUP(mem_free) char *text = my_duty_excuse_text(md);
	const struct dialog dialog = { .kind = BANNER_NEEDED,
		.title = title,
		.text = text,
		.buttons = buttons,
		.done = my_duty_excuse_answered,
		.context = md };

	dialog_open(md->page.app, &dialog);
}

/* To somebody they know, picked from the list of those who can. */
static void my_duty_do_hand_over(struct my_duty *md)
{
	roster_pick_open(md->page.app, md->asked.assignment.shift, md->asked.assignment.id);
}

static void my_duty_add_way(struct my_duty *md, const char *label, void (*run)(struct my_duty *))
{
	md->ways[md->way_count++] = (struct way){ label, run };
}

static bool my_duty_can_sign_in(const struct my_duty *md, const struct duty *own)
{
	int64_t now = kiosk_now(md->page.kiosk);

	return now >= own->start_at - SHIFT_EARLY_SECONDS && now < own->end_at;
}

/* Those that the lead time does not allow are left out. */
static void my_duty_add_help(struct my_duty *md, const struct duty *own)
{
	bool can[ABSENCE_EXCUSED + 1] = { false };
	const struct shift shift = { .start_at = own->start_at, .end_at = own->end_at };
	struct err ignored = { 0 };

	absence_ways(md->page.kiosk->db, &shift, kiosk_now(md->page.kiosk), can, &ignored);
	if (own->assignment.asked_at)
		my_duty_add_way(md, N_("I need no stand-in any more"), my_duty_do_ask_end);
	if (own->kind == DUTY_OWN && can[ABSENCE_HAND_OVER])
		my_duty_add_way(md, N_("Somebody else comes for me"), my_duty_do_hand_over);
	if (own->kind == DUTY_OWN && can[ABSENCE_ASK] && !own->assignment.asked_at)
		my_duty_add_way(md, N_("Look for a stand-in"), my_duty_do_ask);
	if (can[ABSENCE_EXCUSED])
		my_duty_add_way(md, N_("I can't come"), my_duty_do_excuse);
}

static void my_duty_find_ways(struct my_duty *md, const struct duty *own)
{
	md->way_count = 0;
	if (own->kind == DUTY_LEFT) {
		my_duty_add_way(md, N_("I will come after all"), my_duty_do_return);
		return;
	}
	if (own->assignment.in_at) {
		if (!own->assignment.out_at)
			my_duty_add_way(md, N_("Sign out"), my_duty_do_sign_out);
		return;
	}
	if (my_duty_can_sign_in(md, own))
		my_duty_add_way(md, N_("Sign in for duty"), my_duty_do_sign_in);
	if (!my_duty_can_sign_in(md, own) || !own->assignment.confirmed_at)
		my_duty_add_way(md, N_("I will come"), my_duty_do_confirm);
	my_duty_add_help(md, own);
}

static void my_duty_answered(struct app *app, void *context, int button)
{
	struct my_duty *md = context;

	(void)app;
	if (button >= 0 && button < md->way_count)
		md->ways[button].run(md);
}

static void my_duty_ask_about(struct my_duty *md, const struct duty *own)
{
	const char *buttons[WAYS_MAX + 2] = { NULL };
	CLEANUP(mem_free) char *title = clerk_when(md->page.kiosk, own->start_at, own->end_at);
	CLEANUP(mem_free)
	char *text = own->kind == DUTY_ASKED
			     ? mem_printf(_("%s\nThis roster is not published yet: the "
					    "coordinator would like to know."),
				       own->name)
			     : mem_text(own->name);

	md->asked = *own;
	md->asked.name = md->asked.place = NULL;
	my_duty_find_ways(md, own);
	for (int i = 0; i < md->way_count; i++)
		buttons[i] = _(md->ways[i].label);
	buttons[md->way_count] = _("Back");
	const struct dialog dialog = { .title = title,
		.text = text,
		.buttons = buttons,
		.done = my_duty_answered,
		.context = md };
	dialog_open(md->page.app, &dialog);
}

static void my_duty_sign_up(struct my_duty *md, const struct shift *shift)
{
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };
	int64_t id;

	int r = shift_sign_up(md->page.kiosk->db, &act,
		&(struct sign_up){ .shift = shift->id, .resident = md->resident }, &id, &err);
	list_page_conclude(md, r, &err, _("You are on it. Thank you"), NULL);
}

static void my_duty_choose(struct app *app, void *self)
{
	const struct my_duty_line *line = list_page_row(self);

	(void)app;
	if (line && line->own)
		my_duty_ask_about(self, line->own);
	else if (line)
		my_duty_sign_up(self, line->open);
}

/* Their own come first. */
static bool my_duty_has_own(struct app *app, void *self)
{
	const struct my_duty *md = self;

	(void)app;
	return md->duties.count > 0 && md->duties.rows[0].kind == DUTY_OWN;
}

static void my_duty_print_slip(struct app *app, void *self)
{
	struct my_duty *md = self;
	struct err err = { 0 };

	if (papers_duty_slip(md->page.kiosk, md->resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("Your shifts are being printed"), NULL);
	papers_go(md->page.kiosk);
}

static bool my_duty_is_enlisted(struct app *app, void *self)
{
	const struct my_duty *md = self;

	(void)app;
	return md->is_volunteer;
}

static void my_duty_show_times(struct app *app, void *self)
{
	const struct my_duty *md = self;

	my_times_open(app, md->resident);
}

static bool my_duty_is_new(struct app *app, void *self)
{
	const struct my_duty *md = self;

	return clerk_is_on(app, self) && !md->is_volunteer;
}

static void my_duty_enlist(struct app *app, void *self)
{
	struct my_duty *md = self;
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
	struct act act = my_duty_own_act(md);
	struct err err = { 0 };
	int64_t id;

	(void)app;
	draft.resident = md->resident;
	int r = volunteer_set(md->page.kiosk->db, &act, &draft, &id, &err);
	list_page_conclude(md, r, &err, _("Registered as a volunteer"), NULL);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Choose"),
		N_("Your own shift: sign in, confirm it, or say that you can't come. An open one: "
		   "take it."),
		my_duty_choose },
	{ '7', N_("My times"), N_("When you can serve, and when you can't."), my_duty_show_times,
		my_duty_is_enlisted, .place = ACTION_TILE },
	{ '8', N_("Print my shifts"), N_("With the codes that sign in."), my_duty_print_slip,
		my_duty_has_own, .place = ACTION_TILE },
	{ '9', N_("Become a volunteer"), N_("Registers this person as a volunteer."),
		my_duty_enlist, my_duty_is_new, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void my_duty_head(void *self, struct rect *area)
{
	const struct my_duty *md = self;
	const struct desk_visit *visit = desk_visit(md->page.kiosk->desk);
	CLEANUP(mem_free) char *served = words_served(md->served.n);

	draw_right(*area, 0, STYLE_PAPER, served);
	clerk_heading(area, visit ? visit->masked_name : "");
}

static const struct list_page_kind my_duty_page = {
	.screen = LIST_PAGE(N_("My duty"), actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct my_duty, lines),
	.empty = N_("You have no duty, and there are no open places for you."),
	.is_numbered = true,
	.number_max = ROWS_NUMBERED,
	.read = my_duty_read,
	.forget = my_duty_forget,
	.cell = my_duty_cell,
	.mark = my_duty_mark,
	.head = my_duty_head,
};

void my_duty_open(struct app *app)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	if (!visit || app_pop_to(app, &my_duty_page.screen))
		return;
	struct my_duty *md = list_page_create(app, &my_duty_page);
	md->resident = visit->resident;
	list_page_show(md);
}
