/* The log: who did what to whom. One person, one item (by a scan), one day, one group of acts at a
 * time; names for volunteers, reasons for coordinators. */
#include "core/audit/log.h"

#include <stdlib.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/catalogue/item.h"
#include "core/people/staff.h"
#include "core/words.h"
#include "core/words_log.h"
#include "tui/pages/list_page.h"
#include "tui/pages/moving.h"
#include "tui/screens/house/screens.h"
#include "tui/screens/people/screens.h"

struct log_screen {
	struct list_page page;
	int64_t resident, item; /* 0: all */
	enum log_group group;
	struct day day; /* with has_day */
	bool has_day;
	struct log_list all;
	char *who, *item_words; /* of resident and item; "": all */
};

/* What a line shows beside its entry. */
struct beside {
	char *by, *about, *approver;
};

/* ---- reading ---- */

/* A member of staff by name, a resident at the counter and the program as such. */
static int log_read_actor(
	struct kiosk *kiosk, int64_t id, enum role role, char **ret, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct staff staff;

	if (!id) {
		*ret = mem_text(words_role(role));
		return 0;
	}
	TRY(staff_get(kiosk->db, id, &staff, err));
	if (staff.resident)
		return clerk_name(kiosk, staff.resident, ret, err);
	TRY(staff_name(kiosk->db, id, &name, err));
	*ret = mem_text(*name ? name : staff.code);
	return 0;
}

static int log_read_beside(void *self, const void *row, void *extra, struct err *err)
{
	struct kiosk *kiosk = ((struct log_screen *)self)->page.kiosk;
	const struct log_entry *e = row;
	struct beside *beside = extra;

	TRY(log_read_actor(kiosk, e->actor, e->role, &beside->by, err));
	TRY(log_read_actor(kiosk, e->approver, ROLE_NONE, &beside->approver, err));
	return clerk_name(kiosk, e->resident, &beside->about, err);
}

static void log_forget_beside(void *extra)
{
	struct beside *beside = extra;

	free(beside->by);
	free(beside->about);
	free(beside->approver);
}

/* What the lines are about. */
static int log_read_head(void *self, struct err *err)
{
	struct log_screen *s = self;
	CLEANUP(item_finish) struct item item = { 0 };

	list_select(s->page.list, 0);
	int r = s->item ? item_get(s->page.kiosk->db, s->item, &item, err) : ERR_NOT_FOUND;
	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	s->item_words = r == 0 ? moving_item_words(&item) : mem_text("");
	return clerk_name(s->page.kiosk, s->resident, &s->who, err);
}

static int log_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct log_screen *s = self;
	const struct log_entry *last = after;
	const struct log_kinds kinds = log_kinds_in(s->group);
	const struct log_filter filter = { .resident = s->resident,
		.item = s->item,
		.kinds = s->group == LOG_ALL ? NULL : &kinds,
		.from = s->has_day ? &s->day : NULL,
		.until = s->has_day ? &s->day : NULL,
		.before = last ? last->seq : 0,
		.limit = limit };
	struct log_list more = { 0 };

	TRY(log_read(s->page.kiosk->db, &filter, &more, err));
	LIST_PAGE_JOIN(&s->all, more);
	return 0;
}

static void log_forget(void *self)
{
	struct log_screen *s = self;

	log_list_finish(&s->all);
	mem_free(&s->who);
	mem_free(&s->item_words);
}

/* ---- lines ---- */

enum { COLUMN_WHEN, COLUMN_BY, COLUMN_WHAT, COLUMN_FOR };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 11, .max = 24, .is_whole = true },
	[COLUMN_BY] = { NC_("log", "By"), .min = 6, .max = 12 },
	[COLUMN_WHAT] = { N_("What"), .min = 16 },
	[COLUMN_FOR] = { N_("For or about"), .min = 6, .max = 14 },
};

static char *log_what_text(const struct log_entry *e)
{
	CLEANUP(mem_free)
	char *words =
		e->kind == ACT_KIND_COUNT ? mem_text(e->kind_name) : words_act(e->kind, e->subject);

	return e->is_undone ? mem_printf(_("%s (taken back)"), words) : TAKE(words);
}

static void log_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct log_screen *s = self;
	const struct log_entry *e = row;
	const struct beside *beside = list_page_extra(self, row);

	switch (column) {
	case COLUMN_WHEN:
		ret->text = s->has_day
				    ? words_time(e->recorded_at)
				    : words_instant_paper(e->recorded_at, kiosk_now(s->page.kiosk));
		ret->style = STYLE_QUIET;
		break;
	case COLUMN_BY:
		ret->text = mem_text(beside->by);
		break;
	case COLUMN_WHAT:
		ret->text = log_what_text(e);
		ret->style = e->is_undone ? STYLE_QUIET : STYLE_PAPER;
		break;
	default:
		ret->text = mem_text(beside->about);
	}
}

static const char *const group_words[LOG_GROUP_COUNT] = {
	[LOG_ALL] = N_("all acts"),
	[LOG_LENDING] = N_("lending and returning"),
	[LOG_THINGS] = N_("things of the house"),
	[LOG_PEOPLE] = N_("residents and cards"),
	[LOG_ROOMS] = N_("rooms and bookings"),
	[LOG_DUTY] = N_("duty and service"),
	[LOG_POINTS] = N_("points and the fund"),
	[LOG_HOUSE] = N_("house and staff"),
};

/* "lending  ·  Tue 1 Dec  ·  何强": what the lines are about. */
static void log_head(void *self, struct rect *area)
{
	const struct log_screen *s = self;
	CLEANUP(mem_free)
	char *day = s->has_day ? words_date(s->day, when_day(kiosk_now(s->page.kiosk)))
			       : mem_text(_("all days"));
	CLEANUP(mem_free)
	char *text = mem_printf("%s  ·  %s%s%s%s%s", _(group_words[s->group]), day,
		*s->who ? "  ·  " : "", s->who, *s->item_words ? "  ·  " : "", s->item_words);

	draw_fit(*area, 0, 0, area->cols, STYLE_STRONG, text);
	rect_cut_top(area, 2);
}

/* What does not fit the marked line: when it really happened, who else answers for it, and why. */
static void log_draw_more(const struct log_screen *s, const struct log_entry *e, struct rect area)
{
	const struct beside *beside = list_page_extra(s, e);
	CLEANUP(mem_free) char *what = log_what_text(e);
	CLEANUP(mem_free) char *occurred = words_instant(e->occurred_at, kiosk_now(s->page.kiosk));
	bool is_later = e->occurred_at != e->recorded_at;
	CLEANUP(mem_free)
	char *second = mem_printf("%s%s%s%s%s%s%s", is_later ? _("It was at") : "",
		is_later ? " " : "", is_later ? occurred : "", is_later && e->approver ? "  " : "",
		e->approver ? _("agreed to by") : "", e->approver ? " " : "",
		e->approver ? beside->approver : "");

	draw_fit(area, 0, 0, area.cols, STYLE_STRONG, what);
	if (clerk_is_coordinator(s->page.app, NULL) && *e->why)
		draw_fit(area, 1, 0, area.cols, STYLE_PAPER, e->why);
	draw_fit(area, 2, 0, area.cols, STYLE_QUIET, second);
}

static void log_foot(void *self, struct rect *area)
{
	const struct log_entry *e = list_page_row(self);
	struct rect place = rect_cut_bottom(area, 3);

	if (e)
		log_draw_more(self, e, place);
	rect_cut_bottom(area, 1);
}

static void log_next_group(struct app *app, void *self)
{
	struct log_screen *s = self;

	(void)app;
	s->group = (enum log_group)((s->group + 1) % LOG_GROUP_COUNT);
	list_page_refresh(s);
}

static void log_turn(struct log_screen *s, int days)
{
	if (s->has_day)
		s->day = day_add(s->day, days);
	s->has_day = true;
	list_page_refresh(s);
}

static void log_day_before(struct app *app, void *self)
{
	(void)app;
	log_turn(self, -1);
}

static void log_day_after(struct app *app, void *self)
{
	(void)app;
	log_turn(self, 1);
}

static void log_picked(struct app *app, void *context, int64_t resident)
{
	struct log_screen *s = context;

	(void)app;
	s->resident = resident;
	list_page_refresh(s);
}

static void log_pick(struct app *app, void *self)
{
	const struct resident_pick request = { log_picked, self };

	resident_pick_open(app, &request);
}

static bool log_is_narrowed(struct app *app, void *self)
{
	const struct log_screen *s = self;

	(void)app;
	return s->resident || s->item || s->has_day || s->group != LOG_ALL;
}

static void log_show_all(struct app *app, void *self)
{
	struct log_screen *s = self;

	(void)app;
	s->resident = s->item = 0;
	s->has_day = false;
	s->day = when_day(kiosk_now(s->page.kiosk));
	s->group = LOG_ALL;
	list_page_refresh(s);
}

static bool log_has_person(struct app *app, void *self)
{
	const struct log_entry *e = list_page_row(self);

	(void)app;
	return e && e->resident;
}

static void log_open_person(struct app *app, void *self)
{
	resident_page_open(app, ((const struct log_entry *)list_page_row(self))->resident);
}

static void log_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct log_screen *s = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };

	if (code.type == CODE_ITEM) {
		s->item = code.id;
	} else if (moving_card(s->page.kiosk, &code, &s->resident, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	list_page_refresh(s);
}

static const struct action log_actions[] = {
	{ '1', N_("Other acts"), N_("Lending, things, people, rooms, duty, points, the house."),
		log_next_group },
	{ '2', N_("Day before"), N_("One day alone, then the one before it."), log_day_before },
	{ '3', N_("Day after"), NULL, log_day_after },
	{ '4', N_("Pick a person"),
		N_("Picks one person; their card does it, too, as a label does a thing."),
		log_pick },
	{ '5', N_("Show all"), N_("Every day, everybody, everything."), log_show_all,
		log_is_narrowed },
	{ K_ENTER, N_("Resident"), N_("Opens the page of whom the marked line is about."),
		log_open_person, log_has_person },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind log_page = {
	.screen = LIST_PAGE(NC_("counter", "Log"), log_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct log_screen, all),
	.empty = N_("Nothing of that kind is in the log."),
	.scan = log_scan,
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.read = log_read_head,
	.read_more = log_read_more,
	.forget = log_forget,
	.extra_size = sizeof(struct beside),
	.read_extra = log_read_beside,
	.forget_extra = log_forget_beside,
	.cell = log_cell,
	.head = log_head,
	.foot = log_foot,
};

void log_open(struct app *app, int64_t resident, int64_t item)
{
	struct log_screen *s = list_page_create(app, &log_page);

	s->resident = resident;
	s->item = item;
	s->day = when_day(kiosk_now(s->page.kiosk));
	list_page_show(s);
}
