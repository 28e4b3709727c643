#include "tui/pages/clerk.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/duty/reasons.h"
#include "core/duty/service_points.h"
#include "core/duty/shift_gap.h"
#include "core/items/lending/standing.h"
#include "core/items/reasons.h"
#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/people/staff.h"
#include "core/points/body.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/news.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"
#include "tui/widgets/tiles.h"

/* From this many rows on there is room for high tiles. */
#define ROOMY_ROWS 24

bool clerk_is_on(struct app *app, void *self)
{
	(void)self;
	return desk_staff(kiosk_of(app)->desk) != NULL;
}

bool clerk_is_coordinator(struct app *app, void *self)
{
	const struct staff *staff = desk_staff(kiosk_of(app)->desk);

	(void)self;
	return staff && staff->role >= ROLE_COORDINATOR;
}

char *clerk_title(struct db *db, const struct staff *staff)
{
	CLEANUP(mem_free) char *name = NULL;
	struct err ignored = { 0 };

	if (staff->resident)
		resident_wall_name(db, staff->resident, &name, &ignored);
	if (!name || !*name) {
		mem_free(&name);
		staff_name(db, staff->id, &name, &ignored);
	}
	return mem_printf("%s · %s", name && *name ? name : staff->code, words_role(staff->role));
}

char *clerk_when(const struct kiosk *kiosk, int64_t start_at, int64_t end_at)
{
	CLEANUP(mem_free)
	char *day = words_day(when_day(start_at), when_day(kiosk_now(kiosk)));
	CLEANUP(mem_free) char *span = words_span(start_at, end_at);

	return mem_printf("%s %s", day, span);
}

int clerk_name(struct kiosk *kiosk, int64_t resident, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int r = resident ? resident_person(kiosk->db, resident, &person, err) : ERR_NOT_FOUND;

	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	*ret = mem_text(r == 0 ? person.name : "");
	return 0;
}

int clerk_holder_name(struct kiosk *kiosk, struct holder whose, char **ret, struct err *err)
{
	CLEANUP(body_finish) struct body body = { 0 };

	if (whose.resident)
		return clerk_name(kiosk, whose.resident, ret, err);
	if (whose.body)
		TRY(body_get(kiosk->db, whose.body, &body, err));
	*ret = mem_text(whose.body ? body.name : words_system_account(whose.system));
	return 0;
}

char *clerk_suspension(struct kiosk *kiosk, int64_t id)
{
	int64_t now = kiosk_now(kiosk);
	struct resident resident;
	struct standing standing;
	struct err ignored = { 0 };

	if (resident_get(kiosk->db, id, &resident, &ignored) < 0 ||
		standing_at(kiosk->db, id, resident.category, now, &standing, &ignored) < 0)
		return NULL;
	bool is_paused = resident_is_paused(&resident, when_day(now));
	if (!is_paused && !standing.suspended_until)
		return NULL;
	const struct reason reason =
		is_paused ? REASON(RESIDENT_PAUSED, .n1 = when_day_start(resident.paused_until))
			  : REASON(SUSPENDED, .n1 = standing.suspended_until);
	return words_reason(&reason, now);
}

struct act clerk_act(struct app *app, int64_t resident)
{
	struct act act = desk_act(kiosk_of(app)->desk);

	act.resident = resident;
	return act;
}

char *clerk_why(const struct act *act, const char *why)
{
	return act->why && *act->why ? mem_printf("%s; %s", why, act->why) : mem_text(why);
}

void clerk_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	kiosk_of(app)->counter->scan(app, &kiosk_of(app)->news, bytes, len);
}

void clerk_scan_later(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	(void)bytes;
	(void)len;
	banner_set(&kiosk_of(app)->news, BANNER_NEEDED, _("Not while this is being filled in"),
		_("Save it or leave it, then scan."));
	app_sound(app, SOUND_NEEDED);
	app_redraw(app);
}

/* ---- news ---- */

void clerk_tell_err(struct app *app, const struct err *err)
{
	news_tell_err(app, &kiosk_of(app)->news, err);
}

void clerk_tell_done(struct app *app, const char *title, const char *text)
{
	news_tell_done(app, &kiosk_of(app)->news, title, text);
}

void clerk_hush(struct app *app)
{
	banner_clear(&kiosk_of(app)->news);
	app_redraw(app);
}

void clerk_draw_news(struct app *app, struct rect *area)
{
	const struct banner *news = &kiosk_of(app)->news;
	int rows = banner_rows(news, area->cols);

	if (!rows)
		return;
	banner_draw(news, rect_cut_bottom(area, rows));
	rect_cut_bottom(area, 1);
}

/* ---- pieces ---- */

void clerk_heading(struct rect *area, const char *text)
{
	draw_text(*area, 0, 0, STYLE_STRONG, text);
	rect_cut_top(area, 2);
}

void clerk_draw_tiles(struct app *app, const struct action *actions, void *self, struct rect *area,
	uint32_t marked)
{
	int rows = tiles_actions_rows(app, actions, self, area->cols);
	int unit = draw_is_large() ? 6 : 4; /* a line of tiles with the gap below it */
	int lines = (rows + 1) / unit;

	if (!rows)
		return;
	if (area->rows < ROOMY_ROWS)
		rows = lines;
	tiles_draw_actions(app, actions, self, rect_cut_bottom(area, rows), marked);
	rect_cut_bottom(area, 1);
}

int clerk_draw_facts(struct rect area, int row, const struct clerk_fact *facts, int count)
{
	int col = 0;

	for (int i = 0; i < count; i++) {
		int width = facts[i].text && *facts[i].text ? text_width(facts[i].label) : 0;
		col = width > col ? width : col;
	}
	col += 2;
	for (int i = 0; i < count; i++) {
		if (!facts[i].text || !*facts[i].text)
			continue;
		draw_text(area, row, 0, STYLE_QUIET, facts[i].label);
		draw_fit(area, row++, col, area.cols - col, STYLE_PAPER, facts[i].text);
	}
	return row;
}

bool clerk_list_key(struct app *app, struct list *list, const struct key *key,
	void (*chosen)(struct app *app, void *self), void *self)
{
	enum list_answer answer = list_key(list, key);

	if (answer == LIST_CHOSEN && chosen)
		chosen(app, self);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

void clerk_refuse(struct app *app, const struct clerk_refusal *refusal)
{
	const char *const buttons[] = { refusal->button, _("Back"), NULL };
	struct dialog_line lines[ERR_REASONS_MAX];
	char *owned[ERR_REASONS_MAX * 2];
	int count = refusal->err->reason_count;
	int64_t now = kiosk_now(kiosk_of(app));

	for (int i = 0; i < count; i++) {
		owned[2 * i] = words_reason(&refusal->err->reasons[i], now);
		owned[2 * i + 1] = words_cure(&refusal->err->reasons[i], now);
		lines[i] = (struct dialog_line){ owned[2 * i], owned[2 * i + 1] };
	}
	const struct dialog dialog = {
		.kind = BANNER_REFUSED,
		.title = refusal->title,
		.lines = lines,
		.line_count = count,
		.buttons = refusal->button ? buttons : buttons + 1,
		.marked = refusal->button ? 1 : 0,
		.done = refusal->button ? refusal->done : NULL,
		.context = refusal->context,
	};
	app_sound(app, SOUND_REFUSED);
	dialog_open(app, &dialog);
	for (int i = 0; i < 2 * count; i++)
		mem_free(&owned[i]);
}

char *clerk_would_lack(struct kiosk *kiosk, int64_t shift_id, const struct shift_change *change)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct err ignored = { 0 };

	if (shift_get(kiosk->db, shift_id, &shift, &ignored) < 0 ||
		shift_gaps_after(kiosk->db, &shift, change, &gaps, &ignored) < 0)
		return NULL;
	CLEANUP(mem_free) char *names = shift_gaps_names(&gaps, _(", "));
	if (!names)
		return NULL;
	const struct reason reason = REASON_TEXT(DUTY_WOULD_LACK, names);
	return words_reason(&reason, kiosk_now(kiosk));
}

void clerk_ask_loss(struct app *app, const struct clerk_loss *loss)
{
	const char *const buttons[] = { loss->button, _("Back"), NULL };
	const struct dialog dialog = { .kind = BANNER_NEEDED,
		.title = loss->title,
		.text = loss->text,
		.buttons = buttons,
		.marked = 1,
		.done = loss->done,
		.context = loss->context };

	if (loss->text)
		dialog_open(app, &dialog);
	else
		loss->done(app, loss->context, 0);
}

char *clerk_against(struct kiosk *kiosk, const struct err *err)
{
	char *text = mem_text("");

	for (int i = 0; i < err->reason_count; i++) {
		CLEANUP(mem_free)
		char *one = words_reason(&err->reasons[i], kiosk_now(kiosk));
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, *before ? _("; ") : "", one);
	}
	return text;
}

/* ---- points ---- */

int clerk_earn_draft(struct kiosk *kiosk, const struct earn_rule *rule, const char *number,
	const char *began, struct earn_draft *ret, struct err *err)
{
	struct earn_draft draft = { .rule = rule->id, .on = when_day(kiosk_now(kiosk)) };
	struct err ignored = { 0 };
	long long count = 1;
	int minutes;

	if (*number || rule->per == EARN_PER_HOUR)
		TRY(text_integer(number, "count", 1, 1440, &count, err));
	if (rule->per == EARN_PER_TIME) {
		draft.times = count;
	} else if (!*began) {
		draft.minutes.day = count;
	} else if (minutes_read(began, &minutes, &ignored) < 0) {
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "began"));
	} else {
		int64_t from = when_instant(draft.on, minutes / 60, minutes % 60, 0);
		TRY(service_points_minutes(
			kiosk->db, from, from + count * 60, &draft.minutes, err));
	}
	*ret = draft;
	return 0;
}
