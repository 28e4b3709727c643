/* A volunteer, as a planner sees them: roles with an end, limits, excuses, whom they like to serve
 * with; and the way to their times and hours. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/duty/duty_role.h"
#include "core/duty/service_hours.h"
#include "core/duty/volunteer.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/pages/moving.h"
#include "tui/screens/duty/duty.h"
#include "tui/screens/people/screens.h"
#include "tui/widgets/dialog.h"

struct volunteer_page {
	struct list_page page;
	int64_t resident;
	bool is_known; /* has a volunteer's row */
	struct volunteer volunteer;
	struct volunteer_limits limits;
	struct minutes served;
	char *name, *partner, *number;
	struct duty_role_list roles;
};

/* ---- reading ---- */

static void volunteer_page_forget(void *self)
{
	struct volunteer_page *p = self;

	volunteer_finish(&p->volunteer);
	duty_role_list_finish(&p->roles);
	mem_free(&p->name);
	mem_free(&p->partner);
	mem_free(&p->number);
	p->is_known = false;
}

static int volunteer_page_read(void *self, struct err *err)
{
	struct volunteer_page *p = self;
	struct db *db = p->page.kiosk->db;
	int r = volunteer_of(db, p->resident, &p->volunteer, err);

	if (r < 0)
		return r;
	p->is_known = r > 0;
	p->name = moving_name_of(p->page.kiosk, p->resident);
	p->partner = moving_name_of(p->page.kiosk, p->volunteer.partner);
	TRY(service_hours_total(db, p->resident, &p->served, err));
	if (!p->is_known)
		return 0;
	TRY(volunteer_limits(db, &p->volunteer, &p->limits, err));
	TRY(volunteer_number(db, p->volunteer.id, &p->number, err));
	return duty_role_list(db, &p->roles, err);
}

/* ---- lines: the roles there are, and whether this person has them ---- */

static const struct volunteer_role *volunteer_page_role_held(
	const struct volunteer_page *p, const struct duty_role *role)
{
	for (int i = 0; i < p->volunteer.role_count; i++)
		if (p->volunteer.roles[i].role == role->id)
			return &p->volunteer.roles[i];
	return NULL;
}

static bool volunteer_page_holds_today(const struct volunteer_page *p, const struct duty_role *role)
{
	return volunteer_has_role(&p->volunteer, role->id, when_day(kiosk_now(p->page.kiosk)));
}

static const struct list_column columns[] = {
	{ N_("Role"), .min = 10, .max = 24 },
	{ N_("State"), .min = 10 },
};

static char *volunteer_page_role_state(const struct volunteer_page *p, const struct duty_role *role)
{
	const struct volunteer_role *held = volunteer_page_role_held(p, role);
	struct day today = when_day(kiosk_now(p->page.kiosk));

	if (!held)
		return mem_text(C_("free time", "no"));
	if (!held->has_end)
		return mem_text(C_("free time", "yes"));
	CLEANUP(mem_free) char *day = words_date(held->until, today);
	return mem_printf(
		volunteer_page_holds_today(p, role) ? _("yes, until %s") : _("has run out on %s"),
		day);
}

static void volunteer_page_cell(
	const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct duty_role *role = row;

	ret->style = volunteer_page_role_held(self, role) ? STYLE_PAPER : STYLE_QUIET;
	ret->text = column == 0 ? mem_text(role->name) : volunteer_page_role_state(self, role);
}

static const char *volunteer_page_mark(const void *self, const void *row, enum style *ret_style)
{
	if (!volunteer_page_role_held(self, row))
		return "";
	*ret_style = volunteer_page_holds_today(self, row) ? STYLE_DONE : STYLE_NEEDED;
	return volunteer_page_holds_today(self, row) ? "✓" : "!";
}

/* ---- what is kept of them ---- */

/* Its present values, to be changed in one point. */
static struct volunteer_draft volunteer_page_draft_of(const struct volunteer_page *p)
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

static void volunteer_page_set(
	struct volunteer_page *p, const struct volunteer_draft *draft, const char *done)
{
	struct act act = clerk_act(p->page.app, p->resident);
	struct err err = { 0 };
	int64_t id;

	int r = volunteer_set(p->page.kiosk->db, &act, draft, &id, &err);
	list_page_conclude(p, r, &err, done, NULL);
}

static void volunteer_page_enlist(struct app *app, void *self)
{
	const struct volunteer_draft draft = volunteer_page_draft_of(self);

	(void)app;
	volunteer_page_set(self, &draft, _("Registered as a volunteer"));
}

static void volunteer_page_end(struct app *app, void *context, int button)
{
	struct volunteer_page *p = context;
	struct act act = clerk_act(app, p->resident);
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = volunteer_end(p->page.kiosk->db, &act, p->volunteer.id, &err);
	list_page_conclude(p, r, &err,
		_("Serves no more; what is on the roster stays until it is given away"), NULL);
}

static void volunteer_page_ask_end(struct app *app, void *self)
{
	struct volunteer_page *p = self;
	const char *const buttons[] = { _("Serves no more"), _("Back"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Does this volunteer serve no more?"),
		.text = p->name,
		.buttons = buttons,
		.marked = 1,
		.done = volunteer_page_end,
		.context = p,
	};

	dialog_open(app, &dialog);
}

/* ---- limits ---- */

enum { CAP_WEEK, CAP_MONTH, REST, DAYS_IN_ROW, EXEMPT, NUMBER, LIMIT_FIELDS };

struct limits_form {
	const struct volunteer_page *page;
	struct volunteer_draft draft;
};

#define LIMIT(words, member)                                                          \
	{                                                                             \
		FIELD_DIGITS(words, 5), HINT(N_("as for all")),                       \
			BIND_NUMBER_OR(VOLUNTEER_AS_ALL, #member, struct limits_form, \
				draft.member, 0, 999999999)                           \
	}

static const struct form_row limit_rows[LIMIT_FIELDS] = {
	[CAP_WEEK] = LIMIT(N_("Shifts a week, at most"), cap_week),
	[CAP_MONTH] = LIMIT(N_("Shifts a month, at most"), cap_month),
	[REST] = LIMIT(N_("Minutes of rest between days"), rest_minutes),
	[DAYS_IN_ROW] = LIMIT(N_("Days in a row, at most"), days_in_row),
	[EXEMPT] = { FIELD_TEXT(N_("Excused until"), 10), HINT(N_("empty: not excused")),
		HELP(N_("the last day of it, such as 2026-12-31")),
		BIND_DAY_IF(draft.is_exempt, NULL, struct limits_form, draft.exempt_until) },
	[NUMBER] = { FIELD_TEXT(N_("i-Volunteer number"), 30),
		BIND_TEXT("number", struct limits_form, draft.number) },
};

static void limits_form_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(area, ((struct limits_form *)self)->page->name, NULL);
}

static int limits_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct limits_form *f = filled;
	const struct act act = clerk_act(app, f->page->resident);
	int64_t id;

	TRY(volunteer_set(kiosk_of(app)->db, &act, &f->draft, &id, err));
	form_done(done, _("The limits hold from the next plan on"), NULL);
	return 0;
}

static const struct form_page limits_page = {
	.screen = FORM_SCREEN(N_("Limits of a volunteer")),
	.rows = limit_rows,
	.count = LIMIT_FIELDS,
	.size = sizeof(struct limits_form),
	.hush = FORM_HUSH_OPEN,
	.head = limits_form_head,
	.save = limits_form_save,
};

static void volunteer_page_change_limits(struct app *app, void *self)
{
	const struct volunteer_page *p = self;
	struct limits_form seed = { p, volunteer_page_draft_of(p) };

	seed.draft.number = p->number;
	form_page_open(app, &limits_page, &seed);
}

/* ---- a role ---- */

enum { HAS, UNTIL, ROLE_FIELDS };

struct role_form {
	const struct volunteer_page *page;
	const struct duty_role *role;
	bool has;
	struct volunteer_role held;
};

static const struct form_row role_rows[ROLE_FIELDS] = {
	[HAS] = { FIELD_CHECK(N_("Has this role")), BIND_FACT(struct role_form, has) },
	[UNTIL] = { FIELD_TEXT(N_("Good until"), 10), HINT(N_("empty: for good")),
		HELP(N_("the last day, such as 2027-06-30")),
		BIND_DAY_IF(held.has_end, NULL, struct role_form, held.until) },
};

static void role_form_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(area, ((struct role_form *)self)->role->name, NULL);
}

static int volunteer_page_role_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct role_form *f = filled;
	const struct volunteer *v = &f->page->volunteer;
	const struct act act = clerk_act(app, f->page->resident);
	struct volunteer_role roles[DUTY_ROLES_MAX + 1];
	int count = 0;

	for (int i = 0; i < v->role_count; i++)
		if (v->roles[i].role != f->role->id)
			roles[count++] = v->roles[i];
	if (f->has)
		roles[count++] = f->held;
	TRY(volunteer_roles_set(kiosk_of(app)->db, &act, v->id, roles, count, err));
	form_done(done, _("The role is kept"), NULL);
	return 0;
}

static const struct form_page role_page = {
	.screen = FORM_SCREEN(N_("Role of a volunteer")),
	.rows = role_rows,
	.count = ROLE_FIELDS,
	.size = sizeof(struct role_form),
	.hush = FORM_HUSH_OPEN,
	.head = role_form_head,
	.save = volunteer_page_role_form_save,
};

static void volunteer_page_change_role(struct app *app, void *self)
{
	const struct volunteer_page *p = self;
	const struct duty_role *role = list_page_row(self);

	if (!role)
		return;
	const struct volunteer_role *held = volunteer_page_role_held(p, role);
	struct role_form seed = { p, role, held != NULL, { .role = role->id } };
	if (held)
		seed.held = *held;
	form_page_open(app, &role_page, &seed);
}

/* ---- whom they like to serve with ---- */

static void volunteer_page_partner_picked(struct app *app, void *context, int64_t resident)
{
	struct volunteer_draft draft = volunteer_page_draft_of(context);

	(void)app;
	draft.partner = resident;
	volunteer_page_set(context, &draft, _("The plan puts them together when it can"));
}

static void volunteer_page_pick_partner(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = volunteer_page_partner_picked,
		.context = self };

	resident_pick_open(app, &pick);
}

static void volunteer_page_drop_partner(struct app *app, void *self)
{
	volunteer_page_partner_picked(app, self, 0);
}

/* ---- keys ---- */

static bool volunteer_page_serves(struct app *app, void *self)
{
	const struct volunteer_page *p = self;

	return clerk_is_on(app, self) && p->is_known && !p->volunteer.has_ended;
}

static bool volunteer_page_serves_not(struct app *app, void *self)
{
	return clerk_is_on(app, self) && !volunteer_page_serves(app, self);
}

static bool volunteer_page_has_partner(struct app *app, void *self)
{
	return volunteer_page_serves(app, self) &&
	       ((struct volunteer_page *)self)->volunteer.partner != 0;
}

static bool volunteer_page_has_no_partner(struct app *app, void *self)
{
	return volunteer_page_serves(app, self) && !volunteer_page_has_partner(app, self);
}

static bool volunteer_page_can_end(struct app *app, void *self)
{
	return volunteer_page_serves(app, self) && clerk_is_coordinator(app, self);
}

static void volunteer_page_show_times(struct app *app, void *self)
{
	my_times_open(app, ((struct volunteer_page *)self)->resident);
}

static void volunteer_page_show_days(struct app *app, void *self)
{
	days_off_open(app, ((struct volunteer_page *)self)->resident);
}

static void volunteer_page_show_hours(struct app *app, void *self)
{
	service_hours_open(app, ((struct volunteer_page *)self)->resident);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Role"), N_("Gives the marked role or takes it, with its last day."),
		volunteer_page_change_role, volunteer_page_serves },
	{ '1', N_("Become a volunteer"), N_("Registers this person as a volunteer."),
		volunteer_page_enlist, volunteer_page_serves_not, .place = ACTION_TILE },
	{ '1', N_("Limits"), N_("Shifts a week and a month, rest, excuses."),
		volunteer_page_change_limits, volunteer_page_serves, .place = ACTION_TILE },
	{ '2', N_("Weekly times"), N_("When this person can serve, and when not."),
		volunteer_page_show_times, volunteer_page_serves, .place = ACTION_TILE },
	{ '3', N_("Single days"), N_("Days away, and days that differ from the week."),
		volunteer_page_show_days, volunteer_page_serves, .place = ACTION_TILE },
	{ '4', N_("Likes to serve with"), N_("Picks a partner; the plan minds it when it can."),
		volunteer_page_pick_partner, volunteer_page_has_no_partner, .place = ACTION_TILE },
	{ '4', N_("No partner"), N_("Serves with anybody."), volunteer_page_drop_partner,
		volunteer_page_has_partner, .place = ACTION_TILE },
	{ '5', N_("Service hours"), N_("What is on record, and what would be questioned."),
		volunteer_page_show_hours, clerk_is_on, .place = ACTION_TILE },
	{ '6', N_("Serves no more"), N_("Is not planned any more."), volunteer_page_ask_end,
		volunteer_page_can_end, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

static char *volunteer_page_limits_words(const struct volunteer_page *p)
{
	if (!p->is_known)
		return NULL;
	CLEANUP(mem_free) char *rest = words_duration(p->limits.rest_minutes);
	CLEANUP(mem_free) char *row = words_days(p->limits.days_in_row);
	return mem_printf(_("%1$lld a week, %2$lld a month, %3$s of rest, %4$s in a row"),
		(long long)p->limits.week, (long long)p->limits.month, rest, row);
}

static char *volunteer_page_excuse_words(const struct volunteer_page *p)
{
	struct day today = when_day(kiosk_now(p->page.kiosk));

	if (p->volunteer.has_ended)
		return mem_text(_("serves no more"));
	if (!volunteer_is_exempt(&p->volunteer, today))
		return NULL;
	CLEANUP(mem_free) char *day = words_date(p->volunteer.exempt_until, today);
	return mem_printf(_("excused until %s"), day);
}

static void volunteer_page_head(void *self, struct rect *area)
{
	const struct volunteer_page *p = self;
	CLEANUP(mem_free) char *hours = words_duration(p->served.n);
	CLEANUP(mem_free) char *served = mem_printf(_("Service hours: %s"), hours);
	CLEANUP(mem_free) char *limits = volunteer_page_limits_words(p);
	CLEANUP(mem_free) char *excuse = volunteer_page_excuse_words(p);
	const struct clerk_fact facts[] = {
		{ _("Duty"), excuse },
		{ _("Limits"), limits },
		{ _("Likes to serve with"), p->partner },
		{ _("i-Volunteer number"), p->number },
	};

	int col = draw_text(*area, 0, 0, STYLE_STRONG, p->name ? p->name : "");
	for (int i = 0; i < service_stars(p->served); i++)
		col = draw_text(*area, 0, i ? col : col + 2, STYLE_MARK, "★");
	draw_right(*area, 0, STYLE_PAPER, served);
	rect_cut_top(area, clerk_draw_facts(*area, 1, facts, ARRAY_LEN(facts)) + 1);
}

static const struct list_page_kind volunteer_page = {
	.screen = LIST_PAGE(N_("Volunteer"), actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct volunteer_page, roles),
	.empty = N_("Not registered as a volunteer yet"),
	.read = volunteer_page_read,
	.forget = volunteer_page_forget,
	.cell = volunteer_page_cell,
	.mark = volunteer_page_mark,
	.head = volunteer_page_head,
};

void volunteer_page_open(struct app *app, int64_t resident)
{
	struct volunteer_page *p = list_page_create(app, &volunteer_page);

	p->resident = resident;
	list_page_show(p);
}
