#include "core/sheets/duty_slip.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/reasons.h"
#include "core/people/resident.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"

#define SHIFTS_MAX 6
#define QR_MM      18

static const struct sheet_style who_style = {
	.size_pt = 13, .min_pt = 10, .max_lines = 2, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style when_style = { .size_pt = 11.5, .is_bold = true };
static const struct sheet_style what_style = { .size_pt = 10 };
static const struct sheet_style small = { .size_pt = 8.5, .align = SHEET_CENTER };

static void put_duty(struct sheet *sheet, const struct duty *duty, int64_t now)
{
	CLEANUP(mem_free) char *day = words_date(when_day(duty->start_at), when_day(now));
	CLEANUP(mem_free) char *span = words_span(duty->start_at, duty->end_at);
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_SHIFT, duty->assignment.shift, code);
	sheet_pair(sheet, when_style, day, when_style, span);
	sheet_textf(sheet, what_style, "%s%s%s%s", duty->assignment.is_leader ? "★ " : "",
		duty->name, *duty->place ? " · " : "", duty->place);
	sheet_space(sheet, 1);
	sheet_qr(sheet, QR_MM, SHEET_CENTER, code, small, _("scan it to sign in and out"));
	slip_rule(sheet);
}

int duty_slip_build(struct db *db, const struct letterhead *letterhead, int64_t resident,
	double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(duty_list_finish) struct duty_list duties = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	struct resident row;
	int64_t now = db_now(db);

	wording_begin(&wording, letterhead->language);
	TRY(resident_get(db, resident, &row, err));
	TRY(resident_wall_name(db, resident, &name, err));
	TRY(duties_of(db, resident, now, &duties, err));
	if (duties.count == 0 || duties.rows[0].kind != DUTY_OWN)
		return err_set(err, ERR_REFUSED, REASON(SHIFT_NOT_ASSIGNED));
	TRY(house_lines_get(db, &house, err));
	const struct slip slip = { _("My duty"), now, width_mm };
	struct sheet *sheet = slip_begin(&slip, letterhead, &house);
	sheet_text(sheet, who_style, name);
	slip_rule(sheet);
	/* Their own come first; drafts are not facts. */
	for (int i = 0; i < duties.count && i < SHIFTS_MAX; i++)
		if (duties.rows[i].kind == DUTY_OWN)
			put_duty(sheet, &duties.rows[i], now);
	sheet_text(sheet, small, _("Can't come? Please say so early"));
	slip_end(sheet, &house);
	*ret = sheet;
	return 0;
}
