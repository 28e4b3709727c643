/* A single shift that the weekly template does not make. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/duty/shift_acts.h"
#include "core/duty/shift_type.h"
#include "tui/pages/form_page.h"
#include "tui/screens/duty/duty.h"

enum { KIND, NAME, DAY, FROM, UNTIL, NEEDED, FIELD_COUNT };

struct shift_new {
	struct shift_type_list types;
	int kind; /* 0: none of `types` */
	struct day day;
	int starts, ends; /* minutes of the day */
	const char *name;
	int64_t needed;
};

#define NEEDED_MAX 999999999

static const struct form_row rows[FIELD_COUNT] = {
	[KIND] = { FIELD_CHOICE(N_("Kind of shift"), NULL), BIND_CHOICE(struct shift_new, kind) },
	[NAME] = { FIELD_CHINESE(NC_("thing", "Name"), 20), HINT(N_("empty: as its kind")),
		BIND_TEXT("name", struct shift_new, name) },
	[DAY] = { FIELD_TEXT(N_("Day"), 10), HINT("2026-11-21"),
		BIND_DAY(NULL, struct shift_new, day) },
	[FROM] = { FIELD_TEXT(N_("From"), 5), HINT("9:00"),
		BIND_TIME("start_at", struct shift_new, starts), .codes = { REASON_SHIFT_EXISTS } },
	[UNTIL] = { FIELD_TEXT(N_("Until"), 5), HINT("12:00"),
		HELP(N_("earlier than the beginning: the next morning")),
		BIND_TIME("end_at", struct shift_new, ends) },
	[NEEDED] = { FIELD_DIGITS(N_("People needed"), 3), HINT(N_("empty: as its kind")),
		BIND_NUMBER_OR(-1, "needed", struct shift_new, needed, 0, NEEDED_MAX) },
};

static int shift_new_load(struct app *app, void *self, struct err *err)
{
	struct shift_new *s = self;

	TRY(shift_type_list(kiosk_of(app)->db, &s->types, err));
	s->kind = s->types.count > 0;
	form_page_pick(self, KIND, 0, N_("none of these"));
	for (int i = 0; i < s->types.count; i++)
		form_page_pick(self, KIND, s->types.rows[i].id, s->types.rows[i].name);
	return 0;
}

static int shift_new_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct shift_new *s = filled;
	const struct shift_type *type = s->kind > 0 ? &s->types.rows[s->kind - 1] : NULL;
	const struct act act = clerk_act(app, 0);
	int ends = s->ends + (s->ends <= s->starts ? 1440 : 0);
	const struct shift_draft draft = {
		.type = type ? type->id : 0,
		.name = type && !*s->name ? type->name : s->name,
		.start_at = when_instant(s->day, 0, s->starts, 0),
		.end_at = when_instant(s->day, 0, ends, 0),
		.needed = s->needed >= 0 ? s->needed
			  : type         ? type->needed
					 : 0,
	};
	int64_t id;

	TRY(shift_add(kiosk_of(app)->db, &act, &draft, &id, err));
	form_done(done, _("The shift is on the roster"), NULL);
	return 0;
}

static void shift_new_finish(void *self)
{
	shift_type_list_finish(&((struct shift_new *)self)->types);
}

static const struct form_page shift_new_page = {
	.screen = FORM_SCREEN(N_("Extra shift")),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct shift_new),
	.load = shift_new_load,
	.hush = FORM_HUSH_OPEN,
	.save = shift_new_save,
	.finish = shift_new_finish,
};

void shift_new_open(struct app *app, struct day day)
{
	form_page_open(app, &shift_new_page,
		&(struct shift_new){ .day = day, .starts = -1, .ends = -1, .needed = -1 });
}
