/* Those who serve, found by typing; one line opens the volunteer's page. */
#include <inttypes.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/duty_role.h"
#include "core/duty/service_hours.h"
#include "core/duty/volunteer.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/screens/duty/duty.h"

struct volunteers {
	struct list_page page;
	struct volunteer_list all;
	struct duty_role_list roles;
};

/* What a line shows beside its volunteer. */
struct beside {
	struct resident_person person;
	struct minutes served;
};

/* ---- reading ---- */

static int volunteers_read(void *self, struct err *err)
{
	struct volunteers *v = self;
	struct db *db = v->page.kiosk->db;

	TRY(duty_role_list(db, &v->roles, err));
	return volunteer_list(db, &v->all, err);
}

static void volunteers_forget(void *self)
{
	struct volunteers *v = self;

	volunteer_list_finish(&v->all);
	duty_role_list_finish(&v->roles);
}

static int volunteers_read_beside(void *self, const void *row, void *extra, struct err *err)
{
	struct db *db = ((struct volunteers *)self)->page.kiosk->db;
	const struct volunteer *who = row;
	struct beside *beside = extra;

	TRY(resident_person(db, who->resident, &beside->person, err));
	return service_hours_total(db, who->resident, &beside->served, err);
}

static void volunteers_forget_beside(void *extra)
{
	resident_person_finish(&((struct beside *)extra)->person);
}

static bool volunteers_matches(const void *self, const void *row, const char *text)
{
	const struct beside *beside = list_page_extra(self, row);

	return resident_person_matches(&beside->person, text);
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

static char *volunteers_roles_text(const struct volunteers *v, const struct volunteer *who)
{
	struct day today = when_day(kiosk_now(v->page.kiosk));
	char *text = mem_text("");

	for (int i = 0; i < v->roles.count; i++) {
		if (!volunteer_has_role(who, v->roles.rows[i].id, today))
			continue;
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, *before ? _(", ") : "", v->roles.rows[i].name);
	}
	return text;
}

static void volunteers_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct volunteers *v = self;
	const struct volunteer *who = row;
	const struct beside *beside = list_page_extra(self, row);
	struct day today = when_day(kiosk_now(v->page.kiosk));

	ret->style = STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(beside->person.name);
		break;
	case COLUMN_ROLES:
		ret->text = volunteers_roles_text(v, who);
		break;
	case COLUMN_STATE:
		ret->text = volunteer_is_exempt(who, today) ? words_date(who->exempt_until, today)
							    : NULL;
		break;
	default:
		ret->text = words_duration(beside->served.n);
	}
}

static void volunteers_open_page(struct app *app, void *self)
{
	volunteer_page_open(app, ((const struct volunteer *)list_page_row(self))->resident);
}

static const struct action volunteers_actions[] = {
	{ K_ENTER, NC_("key", "Open"), N_("Roles, limits, times and hours of this volunteer."),
		volunteers_open_page, list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind volunteers_page = {
	.screen = LIST_PAGE(N_("Those who serve"), volunteers_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct volunteers, all),
	.empty = N_("No volunteer is found. Register one on the resident's page."),
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.read = volunteers_read,
	.forget = volunteers_forget,
	.extra_size = sizeof(struct beside),
	.read_extra = volunteers_read_beside,
	.forget_extra = volunteers_forget_beside,
	.cell = volunteers_cell,
	.matches = volunteers_matches,
};

void volunteers_open(struct app *app)
{
	list_page_open(app, &volunteers_page);
}
