/* A single shift that the weekly template does not make. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/reasons.h"
#include "core/duty/shift.h"
#include "core/duty/shift_type.h"
#include "tui/screens/duty.h"
#include "tui/screens/form_page.h"

enum { KIND, NAME, DAY, FROM, UNTIL, NEEDED, FIELD_COUNT };

static const struct form_field fixed[FIELD_COUNT] = {
	[KIND] = { .label = N_("Kind of shift"), .kind = FORM_CHOICE },
	[NAME] = { .label = NC_("thing", "Name"),
		.kind = FORM_TEXT,
		.hint = N_("empty: as its kind"),
		.max_chars = 20,
		.is_chinese = true },
	[DAY] = { .label = N_("Day"), .kind = FORM_TEXT, .hint = "2026-11-21", .max_chars = 10 },
	[FROM] = { .label = N_("From"), .kind = FORM_TEXT, .hint = "9:00", .max_chars = 5 },
	[UNTIL] = { .label = N_("Until"),
		.kind = FORM_TEXT,
		.hint = "12:00",
		.help = N_("earlier than the beginning: the next morning"),
		.max_chars = 5 },
	[NEEDED] = { .label = N_("People needed"),
		.kind = FORM_DIGITS,
		.hint = N_("empty: as its kind"),
		.max_chars = 3 },
};

struct shift_new {
	struct day day;
	struct shift_type_list types;
	const char **kinds; /* none, then those of `types` */
	struct form_field fields[FIELD_COUNT];
};

static void finish(void *context)
{
	struct shift_new *s = context;

	shift_type_list_finish(&s->types);
	free(s->kinds);
	free(s);
}

static void show(void *context, struct form *form)
{
	const struct shift_new *s = context;
	char day[11];

	day_format(s->day, day);
	form_set_text(form, DAY, day);
	form_set_choice(form, KIND, s->types.count > 0);
}

static int take_draft(const struct shift_new *s, const struct form *form, struct shift_draft *draft,
	struct err *err)
{
	int kind = form_choice(form, KIND), starts, ends;
	const struct shift_type *type = kind > 0 ? &s->types.rows[kind - 1] : NULL;
	struct day day;

	draft->type = type ? type->id : 0;
	draft->name = type && !form_text(form, NAME)[0] ? type->name : form_text(form, NAME);
	TRY(form_page_number(form, NEEDED, "needed", type ? type->needed : 0, &draft->needed, err));
	TRY(day_parse(form_text(form, DAY), &day, err));
	if (minutes_parse(form_text(form, FROM), &starts, err) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "start_at"));
	if (minutes_parse(form_text(form, UNTIL), &ends, err) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "end_at"));
	ends += ends <= starts ? 1440 : 0;
	draft->start_at = when_instant(day, 0, starts, 0);
	draft->end_at = when_instant(day, 0, ends, 0);
	return 0;
}

static int save(struct app *app, void *context, const struct form *form, const char **ret_done,
	struct err *err)
{
	struct act act = clerk_act(app, 0);
	struct shift_draft draft = { 0 };
	int64_t id;

	TRY(take_draft(context, form, &draft, err));
	TRY(shift_add(kiosk_of(app)->db, &act, &draft, &id, err));
	*ret_done = _("The shift is on the roster");
	return 0;
}

static const struct screen shift_new_screen = FORM_PAGE(N_("Extra shift"));

void shift_new_open(struct app *app, struct day day)
{
	static const struct clerk_field blames[] = {
		{ REASON_NONE, "name", NAME },
		{ REASON_NONE, "needed", NEEDED },
		{ REASON_NONE, "start_at", FROM },
		{ REASON_NONE, "end_at", UNTIL },
		{ REASON_SHIFT_EXISTS, "", FROM },
		{ REASON_DATE_BAD, "", DAY },
	};
	struct shift_new *s = mem_alloc(sizeof(*s));
	struct err err = { 0 };

	s->day = day;
	if (shift_type_list(kiosk_of(app)->db, &s->types, &err) < 0) {
		finish(s);
		clerk_tell_err(app, &err);
		return;
	}
	s->kinds = mem_alloc((size_t)(s->types.count + 2) * sizeof(*s->kinds));
	s->kinds[0] = N_("none of these");
	for (int i = 0; i < s->types.count; i++)
		s->kinds[i + 1] = s->types.rows[i].name;
	memcpy(s->fields, fixed, sizeof(fixed));
	s->fields[KIND].choices = s->kinds;
	const struct form_page_request request = {
		.screen = &shift_new_screen,
		.fields = s->fields,
		.count = FIELD_COUNT,
		.context = s,
		.show = show,
		.save = save,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
		.finish = finish,
	};
	form_page_open(app, &request);
}
