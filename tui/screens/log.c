/* The log: who did what to whom. One person, one thing (by a scan), one day, one field of work at a
 * time; names for volunteers, reasons for those in charge. */
#include "core/audit/log.h"

#include <stdlib.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/item.h"
#include "core/people/resident.h"
#include "core/people/staff.h"
#include "core/words.h"
#include "core/words_log.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30

struct log_screen {
	struct app *app;
	struct kiosk *kiosk;
	int64_t resident, item; /* 0: all */
	enum log_group group;
	struct day day; /* with has_day */
	bool has_day, has_more;
	struct log_list all;
	struct list *list;
};

static const struct screen log_screen;

/* ---- reading ---- */

static void fetch(struct log_screen *s)
{
	const struct log_kinds kinds = log_kinds_in(s->group);
	const struct log_filter filter = { .resident = s->resident,
		.item = s->item,
		.kinds = s->group == LOG_ALL ? NULL : &kinds,
		.from = s->has_day ? &s->day : NULL,
		.until = s->has_day ? &s->day : NULL,
		.before = s->all.count ? s->all.rows[s->all.count - 1].seq : 0,
		.limit = PAGE_ROWS };
	struct log_list more = { 0 };
	struct err err = { 0 };

	if (log_read(s->kiosk->db, &filter, &more, &err) < 0) {
		clerk_tell_err(s->app, &err);
		return;
	}
	s->all.rows =
		mem_join(s->all.rows, &s->all.count, more.rows, more.count, sizeof(*s->all.rows));
	s->has_more = more.count == PAGE_ROWS;
	list_set_count(s->list, s->all.count);
	list_set_more(s->list, s->has_more);
}

static void read_anew(struct log_screen *s)
{
	log_list_finish(&s->all);
	list_select(s->list, 0);
	fetch(s);
	app_redraw(s->app);
}

static const struct log_entry *selected(const struct log_screen *s)
{
	int row = list_selected(s->list);

	return row >= 0 && row < s->all.count ? &s->all.rows[row] : NULL;
}

/* ---- lines ---- */

enum { COLUMN_WHEN, COLUMN_BY, COLUMN_WHAT, COLUMN_FOR };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 11, .max = 24, .is_whole = true },
	[COLUMN_BY] = { NC_("log", "By"), .min = 6, .max = 12 },
	[COLUMN_WHAT] = { N_("What"), .min = 16 },
	[COLUMN_FOR] = { N_("For or about"), .min = 6, .max = 14 },
};

static char *person_text(const struct log_screen *s, int64_t resident)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err ignored = { 0 };

	if (!resident || resident_person(s->kiosk->db, resident, &person, &ignored) < 0)
		return mem_text("");
	return mem_text(person.name ? person.name : "");
}

/* A member of staff by name, a resident at the counter and the program as such. */
static char *actor_text(const struct log_screen *s, int64_t id, enum role role)
{
	CLEANUP(mem_free) char *name = NULL;
	struct err ignored = { 0 };
	struct staff staff;

	if (!id)
		return mem_text(words_role(role));
	if (staff_get(s->kiosk->db, id, &staff, &ignored) < 0)
		return mem_text("");
	if (staff.resident)
		return person_text(s, staff.resident);
	staff_name(s->kiosk->db, id, &name, &ignored);
	return mem_text(name && *name ? name : staff.code);
}

static char *what_text(const struct log_entry *e)
{
	CLEANUP(mem_free)
	char *words =
		e->kind == ACT_KIND_COUNT ? mem_text(e->kind_name) : words_act(e->kind, e->subject);

	return e->is_undone ? mem_printf(_("%s (taken back)"), words) : TAKE(words);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct log_screen *s = context;
	const struct log_entry *e = &s->all.rows[row];

	switch (column) {
	case COLUMN_WHEN:
		ret->text = s->has_day ? words_time(e->recorded_at)
				       : words_instant_paper(e->recorded_at, kiosk_now(s->kiosk));
		ret->style = STYLE_QUIET;
		break;
	case COLUMN_BY:
		ret->text = actor_text(s, e->actor, e->role);
		break;
	case COLUMN_WHAT:
		ret->text = what_text(e);
		ret->style = e->is_undone ? STYLE_QUIET : STYLE_PAPER;
		break;
	default:
		ret->text = person_text(s, e->resident);
	}
}

/* ---- life ---- */

void log_open(struct app *app, int64_t resident, int64_t item)
{
	struct log_screen *s = mem_alloc(sizeof(*s));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = s,
		.cell = cell,
		.empty = N_("Nothing of that kind is in the log."),
	};

	s->app = app;
	s->kiosk = kiosk_of(app);
	s->resident = resident;
	s->item = item;
	s->day = when_day(kiosk_now(s->kiosk));
	s->list = list_create(&options);
	app_push(app, &log_screen, s);
}

static void log_resume(struct app *app, void *self)
{
	clerk_hush(app);
	read_anew(self);
}

static void log_leave(struct app *app, void *self)
{
	struct log_screen *s = self;

	(void)app;
	log_list_finish(&s->all);
	list_destroy(s->list);
	free(s);
}

/* ---- drawing ---- */

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

static char *item_text(const struct log_screen *s)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct err ignored = { 0 };

	if (!s->item || item_get(s->kiosk->db, s->item, &item, &ignored) < 0)
		return mem_text("");
	return moving_item_words(&item);
}

/* "lending  ·  Tue 1 Dec  ·  何强": what the lines are about. */
static char *head_text(const struct log_screen *s)
{
	CLEANUP(mem_free)
	char *day = s->has_day ? words_date(s->day, when_day(kiosk_now(s->kiosk)))
			       : mem_text(_("all days"));
	CLEANUP(mem_free) char *who = person_text(s, s->resident);
	CLEANUP(mem_free) char *item = item_text(s);

	return mem_printf("%s  ·  %s%s%s%s%s", _(group_words[s->group]), day, *who ? "  ·  " : "",
		who, *item ? "  ·  " : "", item);
}

/* Of the marked line what does not fit it: when it really was, who else answers for it, and why. */
static void draw_more(const struct log_screen *s, const struct log_entry *e, struct rect area)
{
	int64_t now = kiosk_now(s->kiosk);
	CLEANUP(mem_free) char *what = what_text(e);
	CLEANUP(mem_free) char *occurred = words_instant(e->occurred_at, now);
	CLEANUP(mem_free) char *approver = actor_text(s, e->approver, ROLE_NONE);
	bool is_later = e->occurred_at != e->recorded_at;
	CLEANUP(mem_free)
	char *second = mem_printf("%s%s%s%s%s%s%s", is_later ? _("It was at") : "",
		is_later ? " " : "", is_later ? occurred : "", is_later && e->approver ? "  " : "",
		e->approver ? _("agreed to by") : "", e->approver ? " " : "",
		e->approver ? approver : "");

	draw_fit(area, 0, 0, area.cols, STYLE_STRONG, what);
	if (clerk_is_coordinator(s->app, NULL) && *e->why)
		draw_fit(area, 1, 0, area.cols, STYLE_PAPER, e->why);
	draw_fit(area, 2, 0, area.cols, STYLE_QUIET, second);
}

static void log_draw(struct app *app, void *self, struct rect area)
{
	struct log_screen *s = self;
	CLEANUP(mem_free) char *head = head_text(s);

	area = rect_inset(area, 1, 2);
	draw_fit(area, 0, 0, area.cols, STYLE_STRONG, head);
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	struct rect foot = rect_cut_bottom(&area, 3);
	if (selected(s))
		draw_more(s, selected(s), foot);
	rect_cut_bottom(&area, 1);
	list_draw(s->list, area);
}

/* ---- keys ---- */

static void next_group(struct app *app, void *self)
{
	struct log_screen *s = self;

	(void)app;
	s->group = (enum log_group)((s->group + 1) % LOG_GROUP_COUNT);
	read_anew(s);
}

static void turn(struct log_screen *s, int days)
{
	if (s->has_day)
		s->day = day_add(s->day, days);
	s->has_day = true;
	read_anew(s);
}

static void day_before(struct app *app, void *self)
{
	(void)app;
	turn(self, -1);
}

static void day_after(struct app *app, void *self)
{
	(void)app;
	turn(self, 1);
}

static void picked(struct app *app, void *context, int64_t resident)
{
	struct log_screen *s = context;

	(void)app;
	s->resident = resident;
	read_anew(s);
}

static void pick(struct app *app, void *self)
{
	const struct resident_pick request = { picked, self };

	resident_pick_open(app, &request);
}

static bool is_narrowed(struct app *app, void *self)
{
	const struct log_screen *s = self;

	(void)app;
	return s->resident || s->item || s->has_day || s->group != LOG_ALL;
}

static void show_all(struct app *app, void *self)
{
	struct log_screen *s = self;

	(void)app;
	s->resident = s->item = 0;
	s->has_day = false;
	s->day = when_day(kiosk_now(s->kiosk));
	s->group = LOG_ALL;
	read_anew(s);
}

static bool has_person(struct app *app, void *self)
{
	const struct log_entry *e = selected(self);

	(void)app;
	return e && e->resident;
}

static void open_person(struct app *app, void *self)
{
	if (has_person(app, self))
		resident_page_open(app, selected(self)->resident);
}

static bool log_key(struct app *app, void *self, const struct key *key)
{
	struct log_screen *s = self;

	if (key_digit(key) >= 0)
		return false;
	bool is_taken = clerk_list_key(app, s->list, key, open_person, s);
	if (s->has_more && list_selected(s->list) + AHEAD_ROWS >= s->all.count)
		fetch(s);
	return is_taken;
}

/* A label or a card: what was done with it, or for its person. */
static void log_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct log_screen *s = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };

	if (code.type == CODE_ITEM) {
		s->item = code.id;
	} else if (moving_card(s->kiosk, &code, &s->resident, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	read_anew(s);
}

static const struct action log_actions[] = {
	{ '1', N_("Other acts"), N_("Lending, things, people, rooms, duty, points, the house."),
		next_group },
	{ '2', N_("Day before"), N_("One day alone, then the one before it."), day_before },
	{ '3', N_("Day after"), NULL, day_after },
	{ '4', N_("Pick a person"),
		N_("Picks one person; their card does it, too, as a label does a thing."), pick },
	{ '5', N_("Show all"), N_("Every day, everybody, everything."), show_all, is_narrowed },
	{ K_ENTER, N_("Resident"), N_("Opens the page of whom the marked line is about."),
		open_person, has_person },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen log_screen = {
	.name = "log",
	.title = NC_("counter", "Log"),
	.actions = log_actions,
	.enter = log_resume,
	.resume = log_resume,
	.leave = log_leave,
	.draw = log_draw,
	.key = log_key,
	.scan = log_scan,
};
