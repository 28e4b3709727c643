/* A volunteer, as whoever plans sees them: roles with an end, limits, excuses, whom they like to
 * serve with; and the way to their times and hours. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/duty_role.h"
#include "core/duty/service_hours.h"
#include "core/duty/volunteer.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/screens/duty.h"
#include "tui/screens/form_page.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

struct volunteer_page {
	struct app *app;
	struct kiosk *kiosk;
	int64_t resident;
	bool is_known; /* has a volunteer's row */
	struct volunteer volunteer;
	struct volunteer_limits limits;
	struct minutes served;
	char *name, *partner, *number;
	struct duty_role_list roles;
	struct list *list;
};

static const struct screen volunteer_page_screen;

/* ---- reading ---- */

static void forget(struct volunteer_page *p)
{
	volunteer_finish(&p->volunteer);
	duty_role_list_finish(&p->roles);
	mem_free(&p->name);
	mem_free(&p->partner);
	mem_free(&p->number);
}

static int read_all(struct volunteer_page *p, struct err *err)
{
	struct db *db = p->kiosk->db;
	int r = volunteer_of(db, p->resident, &p->volunteer, err);

	if (r < 0)
		return r;
	p->is_known = r > 0;
	p->name = moving_name_of(p->kiosk, p->resident);
	p->partner = moving_name_of(p->kiosk, p->volunteer.partner);
	TRY(service_hours_total(db, p->resident, &p->served, err));
	if (!p->is_known)
		return 0;
	TRY(volunteer_limits(db, &p->volunteer, &p->limits, err));
	TRY(volunteer_number(db, p->volunteer.id, &p->number, err));
	return duty_role_list(db, &p->roles, err);
}

static void refresh(struct volunteer_page *p)
{
	struct err err = { 0 };

	forget(p);
	if (read_all(p, &err) < 0)
		clerk_tell_err(p->app, &err);
	list_set_count(p->list, p->roles.count);
	app_redraw(p->app);
}

/* ---- lines: the roles there are, and whether this person has them ---- */

static const struct volunteer_role *role_held(const struct volunteer_page *p, int row)
{
	for (int i = 0; i < p->volunteer.role_count; i++)
		if (p->volunteer.roles[i].role == p->roles.rows[row].id)
			return &p->volunteer.roles[i];
	return NULL;
}

static bool holds_today(const struct volunteer_page *p, int row)
{
	return volunteer_has_role(
		&p->volunteer, p->roles.rows[row].id, when_day(kiosk_now(p->kiosk)));
}

static const struct list_column columns[] = {
	{ N_("Role"), .min = 10, .max = 24 },
	{ N_("State"), .min = 10 },
};

static char *role_state(const struct volunteer_page *p, int row)
{
	const struct volunteer_role *held = role_held(p, row);
	struct day today = when_day(kiosk_now(p->kiosk));

	if (!held)
		return mem_text(C_("free time", "no"));
	if (!held->has_end)
		return mem_text(C_("free time", "yes"));
	CLEANUP(mem_free) char *day = words_date(held->until, today);
	return mem_printf(holds_today(p, row) ? _("yes, until %s") : _("has run out on %s"), day);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct volunteer_page *p = context;

	ret->style = role_held(p, row) ? STYLE_PAPER : STYLE_QUIET;
	ret->text = column == 0 ? mem_text(p->roles.rows[row].name) : role_state(p, row);
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct volunteer_page *p = context;

	if (!role_held(p, row))
		return "";
	*ret_style = holds_today(p, row) ? STYLE_DONE : STYLE_NEEDED;
	return holds_today(p, row) ? "✓" : "!";
}

/* ---- life ---- */

void volunteer_page_open(struct app *app, int64_t resident)
{
	struct volunteer_page *p = mem_alloc(sizeof(*p));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = p,
		.cell = cell,
		.mark = mark,
		.empty = N_("Not registered as a volunteer yet"),
	};

	p->app = app;
	p->kiosk = kiosk_of(app);
	p->resident = resident;
	p->list = list_create(&options);
	clerk_hush(app);
	app_push(app, &volunteer_page_screen, p);
	refresh(p);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct volunteer_page *p = self;

	(void)app;
	forget(p);
	list_destroy(p->list);
	free(p);
}

static void conclude(struct volunteer_page *p, int r, const struct err *err, const char *done)
{
	refresh(p);
	if (r < 0)
		clerk_tell_err(p->app, err);
	else
		clerk_tell_done(p->app, done, NULL);
}

/* ---- what is kept of them ---- */

/* As it is, to be changed in one point. */
static struct volunteer_draft draft_of(const struct volunteer_page *p)
{
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;

	draft.resident = p->resident;
	if (!p->is_known)
		return draft;
	draft.cap_week = p->volunteer.cap_week;
	draft.cap_month = p->volunteer.cap_month;
	draft.rest_minutes = p->volunteer.rest_minutes;
	draft.days_in_row = p->volunteer.days_in_row;
	draft.is_exempt = p->volunteer.is_exempt;
	draft.exempt_until = p->volunteer.exempt_until;
	draft.partner = p->volunteer.partner;
	return draft;
}

static void set(struct volunteer_page *p, const struct volunteer_draft *draft, const char *done)
{
	struct act act = clerk_act(p->app, p->resident);
	struct err err = { 0 };
	int64_t id;

	int r = volunteer_set(p->kiosk->db, &act, draft, &id, &err);
	conclude(p, r, &err, done);
}

static void enlist(struct app *app, void *self)
{
	const struct volunteer_draft draft = draft_of(self);

	(void)app;
	set(self, &draft, _("Registered as a volunteer"));
}

static void end(struct app *app, void *context, int button)
{
	struct volunteer_page *p = context;
	struct act act = clerk_act(app, p->resident);
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = volunteer_end(p->kiosk->db, &act, p->volunteer.id, &err);
	conclude(p, r, &err,
		_("Serves no more; what is on the roster stays until it is given away"));
}

static void ask_end(struct app *app, void *self)
{
	struct volunteer_page *p = self;
	const char *const buttons[] = { _("Serves no more"), _("Back"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Does this volunteer serve no more?"),
		.text = p->name,
		.buttons = buttons,
		.marked = 1,
		.done = end,
		.context = p,
	};

	dialog_open(app, &dialog);
}

/* ---- limits ---- */

enum { CAP_WEEK, CAP_MONTH, REST, DAYS_IN_ROW, EXEMPT, NUMBER, LIMIT_FIELDS };

#define LIMIT(name, words) \
	[name] = { .label = words, .kind = FORM_DIGITS, .hint = N_("as for all"), .max_chars = 5 }

static const struct form_field limit_fields[LIMIT_FIELDS] = {
	LIMIT(CAP_WEEK, N_("Shifts a week, at most")),
	LIMIT(CAP_MONTH, N_("Shifts a month, at most")),
	LIMIT(REST, N_("Minutes of rest between days")),
	LIMIT(DAYS_IN_ROW, N_("Days in a row, at most")),
	[EXEMPT] = { .label = N_("Excused until"),
		.kind = FORM_TEXT,
		.hint = N_("empty: not excused"),
		.help = N_("the last day of it, such as 2026-12-31"),
		.max_chars = 10 },
	[NUMBER] = { .label = N_("i-Volunteer number"), .kind = FORM_TEXT, .max_chars = 30 },
};

static void show_limits(void *context, struct form *form)
{
	const struct volunteer_page *p = context;
	const struct volunteer *v = &p->volunteer;
	char day[11];

	form_page_set_number(form, CAP_WEEK, v->cap_week, VOLUNTEER_AS_ALL);
	form_page_set_number(form, CAP_MONTH, v->cap_month, VOLUNTEER_AS_ALL);
	form_page_set_number(form, REST, v->rest_minutes, VOLUNTEER_AS_ALL);
	form_page_set_number(form, DAYS_IN_ROW, v->days_in_row, VOLUNTEER_AS_ALL);
	day_format(v->exempt_until, day);
	form_set_text(form, EXEMPT, v->is_exempt ? day : "");
	form_set_text(form, NUMBER, p->number);
}

static int save_limits(struct app *app, void *context, const struct form *form,
	const char **ret_done, struct err *err)
{
	const struct volunteer_page *p = context;
	struct volunteer_draft draft = draft_of(p);
	struct act act = clerk_act(app, p->resident);
	int64_t id;

	TRY(form_page_number(form, CAP_WEEK, "cap_week", VOLUNTEER_AS_ALL, &draft.cap_week, err));
	TRY(form_page_number(
		form, CAP_MONTH, "cap_month", VOLUNTEER_AS_ALL, &draft.cap_month, err));
	TRY(form_page_number(
		form, REST, "rest_minutes", VOLUNTEER_AS_ALL, &draft.rest_minutes, err));
	TRY(form_page_number(
		form, DAYS_IN_ROW, "days_in_row", VOLUNTEER_AS_ALL, &draft.days_in_row, err));
	draft.is_exempt = form_text(form, EXEMPT)[0] != '\0';
	if (draft.is_exempt)
		TRY(day_parse(form_text(form, EXEMPT), &draft.exempt_until, err));
	draft.number = form_text(form, NUMBER);
	TRY(volunteer_set(p->kiosk->db, &act, &draft, &id, err));
	*ret_done = _("The limits hold from the next plan on");
	return 0;
}

static const struct screen limits_screen = FORM_PAGE(N_("Limits of a volunteer"));

static void change_limits(struct app *app, void *self)
{
	static const struct clerk_field blames[] = {
		{ REASON_NONE, "cap_week", CAP_WEEK },
		{ REASON_NONE, "cap_month", CAP_MONTH },
		{ REASON_NONE, "rest_minutes", REST },
		{ REASON_NONE, "days_in_row", DAYS_IN_ROW },
		{ REASON_NONE, "number", NUMBER },
		{ REASON_DATE_BAD, "", EXEMPT },
	};
	const struct volunteer_page *p = self;
	const struct form_page_request request = {
		.screen = &limits_screen,
		.fields = limit_fields,
		.count = LIMIT_FIELDS,
		.head = p->name,
		.context = self,
		.show = show_limits,
		.save = save_limits,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
	};

	form_page_open(app, &request);
}

/* ---- a role ---- */

enum { HAS, UNTIL, ROLE_FIELDS };

static const struct form_field role_fields[ROLE_FIELDS] = {
	[HAS] = { .label = N_("Has this role"), .kind = FORM_CHECK },
	[UNTIL] = { .label = N_("Good until"),
		.kind = FORM_TEXT,
		.hint = N_("empty: for good"),
		.help = N_("the last day, such as 2027-06-30"),
		.max_chars = 10 },
};

static void show_role(void *context, struct form *form)
{
	const struct volunteer_page *p = context;
	const struct volunteer_role *held = role_held(p, list_selected(p->list));
	char day[11];

	form_set_choice(form, HAS, held != NULL);
	if (!held || !held->has_end)
		return;
	day_format(held->until, day);
	form_set_text(form, UNTIL, day);
}

static int save_role(struct app *app, void *context, const struct form *form, const char **ret_done,
	struct err *err)
{
	const struct volunteer_page *p = context;
	int64_t role = p->roles.rows[list_selected(p->list)].id;
	struct act act = clerk_act(app, p->resident);
	struct volunteer_role roles[DUTY_ROLES_MAX + 1], changed = { .role = role };
	int count = 0;

	changed.has_end = form_text(form, UNTIL)[0] != '\0';
	if (changed.has_end)
		TRY(day_parse(form_text(form, UNTIL), &changed.until, err));
	for (int i = 0; i < p->volunteer.role_count; i++)
		if (p->volunteer.roles[i].role != role)
			roles[count++] = p->volunteer.roles[i];
	if (form_choice(form, HAS))
		roles[count++] = changed;
	TRY(volunteer_roles_set(p->kiosk->db, &act, p->volunteer.id, roles, count, err));
	*ret_done = _("The role is kept");
	return 0;
}

static const struct screen role_screen = FORM_PAGE(N_("Role of a volunteer"));

static void change_role(struct app *app, void *self)
{
	static const struct clerk_field blames[] = { { REASON_DATE_BAD, "", UNTIL } };
	const struct volunteer_page *p = self;
	int row = list_selected(p->list);

	if (row < 0)
		return;
	const struct form_page_request request = {
		.screen = &role_screen,
		.fields = role_fields,
		.count = ROLE_FIELDS,
		.head = p->roles.rows[row].name,
		.context = self,
		.show = show_role,
		.save = save_role,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
	};
	form_page_open(app, &request);
}

/* ---- whom they like to serve with ---- */

static void partner_picked(struct app *app, void *context, int64_t resident)
{
	struct volunteer_draft draft = draft_of(context);

	(void)app;
	draft.partner = resident;
	set(context, &draft, _("The plan puts them together when it can"));
}

static void pick_partner(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = partner_picked, .context = self };

	resident_pick_open(app, &pick);
}

static void drop_partner(struct app *app, void *self)
{
	partner_picked(app, self, 0);
}

/* ---- keys ---- */

static bool serves(struct app *app, void *self)
{
	const struct volunteer_page *p = self;

	return clerk_is_on(app, self) && p->is_known && !p->volunteer.has_ended;
}

static bool serves_not(struct app *app, void *self)
{
	return clerk_is_on(app, self) && !serves(app, self);
}

static bool has_partner(struct app *app, void *self)
{
	return serves(app, self) && ((struct volunteer_page *)self)->volunteer.partner != 0;
}

static bool has_no_partner(struct app *app, void *self)
{
	return serves(app, self) && !has_partner(app, self);
}

static bool can_end(struct app *app, void *self)
{
	return serves(app, self) && clerk_is_coordinator(app, self);
}

static void show_times(struct app *app, void *self)
{
	my_times_open(app, ((struct volunteer_page *)self)->resident);
}

static void show_days(struct app *app, void *self)
{
	days_off_open(app, ((struct volunteer_page *)self)->resident);
}

static void show_hours(struct app *app, void *self)
{
	hours_open(app, ((struct volunteer_page *)self)->resident);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Role"), N_("Gives the marked role or takes it, with its last day."),
		change_role, serves },
	{ '1', N_("Become a volunteer"), N_("Registers this person as a volunteer."), enlist,
		serves_not, .place = ACTION_TILE },
	{ '1', N_("Limits"), N_("Shifts a week and a month, rest, excuses."), change_limits, serves,
		.place = ACTION_TILE },
	{ '2', N_("Weekly times"), N_("When this person can serve, and when not."), show_times,
		serves, .place = ACTION_TILE },
	{ '3', N_("Single days"), N_("Days away, and days that differ from the week."), show_days,
		serves, .place = ACTION_TILE },
	{ '4', N_("Likes to serve with"), N_("Picks a partner; the plan minds it when it can."),
		pick_partner, has_no_partner, .place = ACTION_TILE },
	{ '4', N_("No partner"), N_("Serves with anybody."), drop_partner, has_partner,
		.place = ACTION_TILE },
	{ '5', N_("Service hours"), N_("What is on record, and what would be questioned."),
		show_hours, clerk_is_on, .place = ACTION_TILE },
	{ '6', N_("Serves no more"), N_("Is not planned any more."), ask_end, can_end,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct volunteer_page *p = self;

	return clerk_list_key(app, p->list, key, serves(app, self) ? change_role : NULL, self);
}

/* ---- drawing ---- */

static char *limits_words(const struct volunteer_page *p)
{
	if (!p->is_known)
		return NULL;
	CLEANUP(mem_free) char *rest = words_duration(p->limits.rest_minutes);
	CLEANUP(mem_free) char *row = words_days(p->limits.days_in_row);
	return mem_printf(_("%1$lld a week, %2$lld a month, %3$s of rest, %4$s in a row"),
		(long long)p->limits.week, (long long)p->limits.month, rest, row);
}

static char *excuse_words(const struct volunteer_page *p)
{
	struct day today = when_day(kiosk_now(p->kiosk));

	if (p->volunteer.has_ended)
		return mem_text(_("serves no more"));
	if (!volunteer_is_exempt(&p->volunteer, today))
		return NULL;
	CLEANUP(mem_free) char *day = words_date(p->volunteer.exempt_until, today);
	return mem_printf(_("excused until %s"), day);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct volunteer_page *p = self;
	CLEANUP(mem_free) char *hours = words_duration(p->served.n);
	CLEANUP(mem_free) char *served = mem_printf(_("Service hours: %s"), hours);
	CLEANUP(mem_free) char *limits = limits_words(p);
	CLEANUP(mem_free) char *excuse = excuse_words(p);
	const struct clerk_fact facts[] = {
		{ _("Duty"), excuse },
		{ _("Limits"), limits },
		{ _("Likes to serve with"), p->partner },
		{ _("i-Volunteer number"), p->number },
	};

	area = rect_inset(area, 1, 2);
	int col = draw_text(area, 0, 0, STYLE_STRONG, p->name ? p->name : "");
	for (int i = 0; i < service_stars(p->served); i++)
		col = draw_text(area, 0, i ? col : col + 2, STYLE_MARK, "★");
	draw_right(area, 0, STYLE_PAPER, served);
	rect_cut_top(&area, clerk_draw_facts(area, 1, facts, ARRAY_LEN(facts)) + 1);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(p->list, area);
}

static const struct screen volunteer_page_screen = {
	.name = "volunteer_page",
	.title = N_("Volunteer"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
