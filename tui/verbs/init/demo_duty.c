/* The demo's duty: kinds of shifts, the weekly template, who serves and when. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/duty_role.h"
#include "core/duty/shift_type.h"
#include "core/duty/template.h"
#include "core/duty/volunteer.h"
#include "core/duty/volunteer_time.h"
#include "tui/verbs/duty/duty.h"
#include "tui/verbs/init/demo_model.h"
#include "tui/verbs/tsv.h"

#define LIST_MAX 16

static bool is_yes(const struct tsv *t, const char *column)
{
	return strcmp(tsv_text(t, column), "yes") == 0;
}

/* ---- kinds of shifts ---- */

static int load_type(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	struct shift_need needs[DUTY_ROLES_MAX];
	struct shift_type type = {
		.name = (char *)tsv_text(t, "name"),
		.purpose = (char *)tsv_text(t, "purpose"),
		.place = (char *)tsv_text(t, "place"),
		.wants_leader = is_yes(t, "leader"),
		.is_creditable = is_yes(t, "creditable"),
		.is_reportable = is_yes(t, "reportable"),
		.needs = needs,
	};
	int64_t id;

	TRY(tsv_number(t, "needed", 1, &type.needed, err));
	TRY(duty_needs(d->db, tsv_text(t, "roles"), needs, &type.need_count, err));
	return shift_type_set(d->db, &d->act, &type, &id, err);
}

/* ---- the weekly template ---- */

struct weekly {
	struct demo *demo;
	struct template_row *rows;
	int count;
};

static void weekly_finish(struct weekly *w)
{
	free(w->rows);
}

static int load_template(const struct tsv *t, void *into, struct err *err)
{
	struct weekly *w = into;
	struct template_row row = { 0 };
	int from, until;

	TRY(shift_type_by_name(w->demo->db, tsv_text(t, "name"), &row.type, err));
	TRY(demo_weekdays(t, "weekdays", &from, &until, err));
	TRY(minutes_parse(tsv_text(t, "start"), &row.starts, err));
	TRY(minutes_parse(tsv_text(t, "end"), &row.ends, err));
	for (row.weekday = from; row.weekday <= until; row.weekday++) {
		w->rows = mem_resize(w->rows, (size_t)(w->count + 1) * sizeof(*w->rows));
		w->rows[w->count++] = row;
	}
	return 0;
}

static int set_template(struct demo *d, struct err *err)
{
	CLEANUP(weekly_finish) struct weekly weekly = { .demo = d };

	TRY(tsv_each("demo/shifts.tsv", load_template, &weekly, err));
	return template_set(d->db, &d->act, weekly.rows, weekly.count, err);
}

/* ---- volunteers ---- */

static int set_times(struct demo *d, const struct tsv *t, int64_t volunteer, struct err *err)
{
	struct volunteer_time times[7 * LIST_MAX];
	int count = 0;

	for (enum time_stance stance = TIME_FREE; stance < TIME_STANCE_COUNT; stance++) {
		CLEANUP(mem_free) char *text = mem_text(tsv_text(t, time_stance_name(stance)));
		char *rest = text;
		for (char *one; *text && (one = strsep(&rest, ","));) {
			int more = 0;
			if (count > 6 * LIST_MAX)
				return tsv_fault(t, time_stance_name(stance), err);
			TRY(volunteer_time_parse(one, stance, times + count, &more, err));
			count += more;
		}
	}
	return volunteer_times_set(d->db, &d->act, volunteer, times, count, err);
}

static int set_roles(struct demo *d, const struct tsv *t, int64_t volunteer, struct err *err)
{
	CLEANUP(mem_free) char *text = mem_text(tsv_text(t, "roles"));
	struct volunteer_role roles[LIST_MAX] = { 0 };
	char *rest = text;
	int count = 0;

	for (char *one; *text && count < LIST_MAX && (one = strsep(&rest, ","));)
		TRY(duty_role_by_code(d->db, one, &roles[count++].role, err));
	return volunteer_roles_set(d->db, &d->act, volunteer, roles, count, err);
}

static int load_volunteer(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	const struct demo_name *who = demo_name_find(&d->residents, tsv_text(t, "name"));
	const struct demo_name *partner = demo_name_find(&d->residents, tsv_text(t, "partner"));
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
	int64_t id;

	if (!who)
		return tsv_fault(t, "name", err);
	draft.resident = who->id;
	draft.partner = partner ? partner->id : 0;
	draft.number = tsv_text(t, "number");
	TRY(tsv_number(t, "week", VOLUNTEER_AS_ALL, &draft.cap_week, err));
	draft.cap_month = draft.cap_week > 0 ? 4 * draft.cap_week : VOLUNTEER_AS_ALL;
	TRY(volunteer_set(d->db, &d->act, &draft, &id, err));
	TRY(set_roles(d, t, id, err));
	return set_times(d, t, id, err);
}

int demo_duty(struct demo *d, struct err *err)
{
	TRY(tsv_each("demo/shift-types.tsv", load_type, d, err));
	TRY(set_template(d, err));
	return tsv_each("demo/volunteers.tsv", load_volunteer, d, err);
}
