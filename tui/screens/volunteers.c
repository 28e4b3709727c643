/* Those who serve, found by typing; one line opens the volunteer's page. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/duty_role.h"
#include "core/duty/service_hours.h"
#include "core/duty/volunteer.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/duty.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct volunteers {
	struct app *app;
	struct kiosk *kiosk;
	struct volunteer_list all;
	struct resident_person *people; /* of each of them */
	struct minutes *served;
	struct duty_role_list roles;
	struct list *list;
};

static const struct screen volunteers_screen;

/* ---- reading ---- */

static void forget(struct volunteers *v)
{
	for (int i = 0; v->people && i < v->all.count; i++)
		resident_person_finish(&v->people[i]);
	mem_free(&v->people);
	mem_free(&v->served);
	volunteer_list_finish(&v->all);
	duty_role_list_finish(&v->roles);
}

static int read_all(struct volunteers *v, struct err *err)
{
	struct db *db = v->kiosk->db;

	TRY(duty_role_list(db, &v->roles, err));
	TRY(volunteer_list(db, &v->all, err));
	size_t room = (size_t)v->all.count + 1;
	v->people = mem_alloc(room * sizeof(*v->people));
	v->served = mem_alloc(room * sizeof(*v->served));
	for (int i = 0; i < v->all.count; i++) {
		TRY(resident_person(db, v->all.rows[i].resident, &v->people[i], err));
		TRY(service_hours_total(db, v->all.rows[i].resident, &v->served[i], err));
	}
	return 0;
}

static bool matches(void *context, int row, const char *text)
{
	const struct volunteers *v = context;

	return resident_person_matches(&v->people[row], text);
}

static void refresh(struct volunteers *v)
{
	struct err err = { 0 };

	forget(v);
	if (read_all(v, &err) < 0) {
		clerk_tell_err(v->app, &err);
		forget(v);
	}
	list_set_count(v->list, v->all.count);
	app_redraw(v->app);
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_ROLES, COLUMN_STATE, COLUMN_HOURS };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 12, .max = 24 },
	[COLUMN_ROLES] = { N_("Roles"), .min = 10 },
	[COLUMN_STATE] = { N_("Excused until"), .min = 8, .max = 20 },
	[COLUMN_HOURS] = { N_("Service hours"), .min = 10, .max = 18, .align_right = true,
		.is_whole = true },
};

static char *roles_text(const struct volunteers *v, const struct volunteer *who)
{
	struct day today = when_day(kiosk_now(v->kiosk));
	char *text = mem_text("");

	for (int i = 0; i < v->roles.count; i++) {
		if (!volunteer_has_role(who, v->roles.rows[i].id, today))
			continue;
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, *before ? _(", ") : "", v->roles.rows[i].name);
	}
	return text;
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct volunteers *v = context;
	const struct volunteer *who = &v->all.rows[row];
	struct day today = when_day(kiosk_now(v->kiosk));

	ret->style = STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(v->people[row].name);
		break;
	case COLUMN_ROLES:
		ret->text = roles_text(v, who);
		break;
	case COLUMN_STATE:
		ret->text = volunteer_is_exempt(who, today) ? words_date(who->exempt_until, today)
							    : NULL;
		break;
	default:
		ret->text = words_duration(v->served[row].n);
	}
}

/* ---- life ---- */

void volunteers_open(struct app *app)
{
	struct volunteers *v = mem_alloc(sizeof(*v));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = v,
		.cell = cell,
		.matches = matches,
		.empty = N_("No volunteer is found. Register one on the resident's page."),
	};

	v->app = app;
	v->kiosk = kiosk_of(app);
	v->list = list_create(&options);
	clerk_hush(app);
	app_push(app, &volunteers_screen, v);
	refresh(v);
}

static void resume(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct volunteers *v = self;

	(void)app;
	forget(v);
	list_destroy(v->list);
	free(v);
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return list_selected(((struct volunteers *)self)->list) >= 0;
}

static void open_page(struct app *app, void *self)
{
	const struct volunteers *v = self;

	volunteer_page_open(app, v->all.rows[list_selected(v->list)].resident);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	return clerk_list_key(app, ((struct volunteers *)self)->list, key, open_page, self);
}

static void draw(struct app *app, void *self, struct rect area)
{
	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	list_draw(((struct volunteers *)self)->list, area);
}

static const struct action actions[] = {
	{ K_ENTER, NC_("key", "Open"), N_("Roles, limits, times and hours of this volunteer."),
		open_page, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen volunteers_screen = {
	.name = "volunteers",
	.title = N_("Those who serve"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};
