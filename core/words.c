#include "core/words.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/site/hours.h"
#include "core/words_fill.h"

/* ---- days ---- */

static const char *const weekdays[] = {
	N_("Monday"),
	N_("Tuesday"),
	N_("Wednesday"),
	N_("Thursday"),
	N_("Friday"),
	N_("Saturday"),
	N_("Sunday"),
};
static const char *const short_weekdays[] = {
	N_("Mon"),
	N_("Tue"),
	N_("Wed"),
	N_("Thu"),
	N_("Fri"),
	N_("Sat"),
	N_("Sun"),
};
static const char *const months[] = {
	N_("Jan"),
	N_("Feb"),
	N_("Mar"),
	N_("Apr"),
	N_("May"),
	N_("Jun"),
	N_("Jul"),
	N_("Aug"),
	N_("Sep"),
	N_("Oct"),
	N_("Nov"),
	N_("Dec"),
};

const char *words_weekday(int weekday)
{
	assert(weekday >= 1 && weekday <= 7);
	return _(weekdays[weekday - 1]);
}

const char *words_weekday_short(int weekday)
{
	assert(weekday >= 1 && weekday <= 7);
	return _(short_weekdays[weekday - 1]);
}

static char *date_filled(const char *format, const char *weekday, struct day day)
{
	CLEANUP(mem_free) char *number = mem_printf("%d", day.day);
	CLEANUP(mem_free) char *year = mem_printf("%d", day.year);

	return FILL(format, weekday, number, _(months[day.month - 1]), year);
}

static char *date_with(const char *weekday, struct day day, struct day today)
{
	if (day.year == today.year)
		/* Weekday, day of the month, month: "Saturday 28 Nov" */
		return date_filled(_("%1$s %2$s %3$s"), weekday, day);
	/* Weekday, day of the month, month, year: "Sunday 3 Jan 2027" */
	return date_filled(_("%1$s %2$s %3$s %4$s"), weekday, day);
}

char *words_date(struct day day, struct day today)
{
	return date_with(words_weekday_short(day_weekday(day)), day, today);
}

char *words_month(struct day day)
{
	CLEANUP(mem_free) char *year = mem_printf("%d", day.year);

	/* Year, month: "Nov 2026" */
	return FILL(_("%2$s %1$s"), year, _(months[day.month - 1]));
}

char *words_day(struct day day, struct day today)
{
	switch (day_distance(today, day)) {
	case -1:
		return mem_text(_("yesterday"));
	case 0:
		return mem_text(_("today"));
	case 1:
		return mem_text(_("tomorrow"));
	default:
		return date_with(words_weekday(day_weekday(day)), day, today);
	}
}

char *words_calendar_day(struct day day, struct day today)
{
	if (day.year == today.year)
		/* Day of the month, month: "8 Dec" */
		return date_filled(_("%2$s %3$s"), "", day);
	/* Day of the month, month, year: "3 Jan 2027" */
	return date_filled(_("%2$s %3$s %4$s"), "", day);
}

/* ---- times ---- */

char *words_time(int64_t at)
{
	struct local local = when_local(at);

	return mem_printf("%d:%02d", local.hour, local.minute);
}

static char *day_and_time(const char *day, int64_t at)
{
	CLEANUP(mem_free) char *time = words_time(at);

	/* A day and a time of it: "tomorrow 21:00" */
	return FILL(_("%1$s %2$s"), day, time);
}

char *words_instant(int64_t at, int64_t now)
{
	CLEANUP(mem_free) char *day = words_day(when_day(at), when_day(now));

	return day_and_time(day, at);
}

char *words_instant_paper(int64_t at, int64_t now)
{
	CLEANUP(mem_free) char *day = words_date(when_day(at), when_day(now));

	return day_and_time(day, at);
}

char *words_span(int64_t start_at, int64_t end_at)
{
	/* A period that ends at midnight ends on the day before. */
	struct day first = when_day(start_at), last = when_day(end_at - 1);
	bool is_midnight = end_at == when_day_start(day_add(last, 1));
	CLEANUP(mem_free) char *start = words_time(start_at);
	CLEANUP(mem_free) char *end = is_midnight ? mem_text("24:00") : words_time(end_at);
	CLEANUP(mem_free) char *date = words_date(last, first);

	if (day_compare(last, first) <= 0)
		return FILL("%1$s–%2$s", start, end);
	if (day_compare(last, day_add(first, 1)) == 0)
		return FILL(_("%1$s–%2$s the next day"), start, end);
	return FILL(_("%1$s until %3$s on %2$s"), start, date, end);
}

/* `format` has the number as its only value. */
static char *counted(const char *format, int64_t n)
{
	CLEANUP(mem_free) char *number = mem_printf("%lld", (long long)n);

	return FILL(format, number);
}

char *words_days(int64_t days)
{
	return counted(P_("%1$s day", "%1$s days", days), days);
}

char *words_hours(int64_t hours)
{
	return hours > 0 && hours % 24 == 0 ? words_days(hours / 24) : words_duration(hours * 60);
}

char *words_duration(int64_t minutes)
{
	/* Minutes of a duration: "45 min" */
	CLEANUP(mem_free) char *rest = counted(_("%1$s min"), minutes % 60);

	if (minutes < 60)
		return TAKE(rest);
	/* Hours of a duration: "6 h" */
	CLEANUP(mem_free) char *hours = counted(_("%1$s h"), minutes / 60);
	return minutes % 60 ? FILL("%1$s %2$s", hours, rest) : TAKE(hours);
}

char *words_due(int64_t due_at, int64_t days_late, int64_t now)
{
	if (days_late > 0)
		return counted(
			P_("%1$s day past its due date", "%1$s days past its due date", days_late),
			days_late);
	CLEANUP(mem_free) char *due = words_instant(due_at, now);
	return due_at > now ? FILL(_("due %1$s"), due) : FILL(_("was due %1$s"), due);
}

char *words_lent(int64_t due_at, int64_t now)
{
	CLEANUP(mem_free) char *due = words_instant(due_at, now);

	return FILL(_("lent, due %1$s"), due);
}

/* ---- opening hours ---- */

static char *open_until(int64_t closes_at, int64_t now)
{
	bool is_today = day_compare(when_day(closes_at), when_day(now)) == 0;
	CLEANUP(mem_free)
	char *when = is_today ? words_time(closes_at) : words_instant(closes_at, now);

	return is_today ? FILL(_("open today until %1$s"), when) : FILL(_("open until %1$s"), when);
}

static char *state_of_today(const struct hours_today *today, int64_t now)
{
	int64_t at = today->state == HOURS_OPEN ? today->closes_at : today->opens_at;
	CLEANUP(mem_free) char *when = at ? words_instant(at, now) : NULL;

	switch (today->state) {
	case HOURS_OPEN:
		return open_until(at, now);
	case HOURS_OPENS_LATER:
		return FILL(_("opens %1$s"), when);
	case HOURS_CLOSED:
		return when ? FILL(_("closed now, opens %1$s"), when) : mem_text(_("closed now"));
	}
	return mem_text("");
}

char *words_hours_today(const struct hours_today *today, int64_t now)
{
	char *state = state_of_today(today, now);

	if (!today->closure)
		return state;
	CLEANUP(mem_free) char *owned = state;
	/* Name of a holiday or closure, then the hours: "National Day: closed now" */
	return FILL(_("%1$s: %2$s"), today->closure, owned);
}

/* Appends `more` to `list`, with `separator` in between. */
static void append(char **list, const char *separator, const char *more)
{
	char *grown = mem_printf("%s%s%s", *list, **list ? separator : "", more);

	free(*list);
	*list = grown;
}

/* "9:00–12:00 14:00–21:00", or "closed". */
static char *hours_of_weekday(const struct opening *week, int count, int weekday)
{
	CLEANUP(mem_free) char *hours = mem_text("");

	for (int i = 0; i < count; i++) {
		const struct opening *o = &week[i];
		if (o->weekday != weekday)
			continue;
		int closes = o->closes > 1440 ? o->closes - 1440 : o->closes;
		CLEANUP(mem_free)
		char *span = mem_printf(
			"%d:%02d–%d:%02d", o->opens / 60, o->opens % 60, closes / 60, closes % 60);
		append(&hours, " ", span);
	}
	return *hours ? TAKE(hours) : mem_text(_("closed"));
}

static char *weekday_range(int from, int until)
{
	const char *first = words_weekday_short(from), *last = words_weekday_short(until);

	if (from == until)
		return mem_text(first);
	/* Two neighbouring days: "Sat, Sun"; more of them: "Mon–Fri" */
	return until == from + 1 ? FILL(_("%1$s, %2$s"), first, last)
				 : FILL(_("%1$s–%2$s"), first, last);
}

char *words_hours_week(const struct opening *week, int count)
{
	char *hours[8] = { NULL };
	CLEANUP(mem_free) char *line = mem_text("");

	for (int day = 1; day <= 7; day++)
		hours[day] = hours_of_weekday(week, count, day);
	for (int from = 1, until; from <= 7; from = until + 1) {
		for (until = from; until < 7 && strcmp(hours[until + 1], hours[from]) == 0;)
			until++;
		CLEANUP(mem_free) char *days = weekday_range(from, until);
		CLEANUP(mem_free) char *part = mem_printf("%s %s", days, hours[from]);
		append(&line, _("; "), part);
	}
	for (int day = 1; day <= 7; day++)
		free(hours[day]);
	return TAKE(line);
}

char *words_closure_days(const struct closure *closure, struct day today)
{
	CLEANUP(mem_free) char *from = words_date(closure->from, today);
	CLEANUP(mem_free) char *until = words_date(closure->until, today);

	if (day_compare(closure->from, closure->until) == 0)
		return TAKE(from);
	return mem_printf("%s – %s", from, until);
}

char *words_closure_hours(const struct closure *closure)
{
	char opens[6], closes[6];

	if (!closure->has_hours)
		return mem_text(_("closed"));
	minutes_format(closure->opens, opens);
	minutes_format(closure->closes % (24 * 60), closes);
	return mem_printf("%s–%s", opens, closes);
}

/* ---- names ---- */

static const char *const roles[] = {
	[ROLE_NONE] = N_("nobody"),
	[ROLE_RESIDENT] = N_("resident"),
	[ROLE_VOLUNTEER] = N_("volunteer"),
	[ROLE_COORDINATOR] = N_("coordinator"),
	[ROLE_ADMIN] = N_("administrator"),
	[ROLE_SYSTEM] = N_("the program itself"),
};
static_assert(ARRAY_LEN(roles) == ROLE_COUNT, "a word for each role");

const char *words_role(enum role role)
{
	assert(role >= ROLE_SERVICE && role < ROLE_COUNT);
	return role == ROLE_SERVICE ? _("service account") : _(roles[role]);
}

/* Sorted by name. */
static const struct {
	const char *name, *words;
} fields[] = {
	{ "across", N_("labels side by side") },
	{ "added_at", N_("date of arrival") },
	{ "address", N_("address") },
	{ "ahead_days", N_("how far ahead in days") },
	{ "alias", N_("form of address") },
	{ "amount", N_("amount") },
	{ "began", N_("when it began") },
	{ "birth_year", N_("year of birth") },
	{ "blackout", N_("reason") },
	{ "body", N_("name of the body") },
	{ "booking", N_("booking") },
	{ "buffer_minutes", N_("time kept free behind, in minutes") },
	{ "building", N_("building") },
	{ "by", N_("weekday or hour") },
	{ "cap", N_("limit in points") },
	{ "cap_day", N_("cap a day") },
	{ "cap_month", N_("shifts a month") },
	{ "cap_once", N_("cap for one time") },
	{ "cap_week", N_("shifts a week") },
	{ "capacity", N_("capacity") },
	{ "card", N_("card") },
	{ "category", N_("category") },
	{ "cause", N_("cause") },
	{ "closure", N_("name of the closure") },
	{ "code", N_("code") },
	{ "community", N_("community") },
	{ "consent", N_("version of the notice") },
	{ "consequence", N_("consequence") },
	{ "copies", N_("how many") },
	{ "cost", N_("cost") },
	{ "count", N_("how many") },
	{ "date", N_("date") },
	{ "days", N_("number of days") },
	{ "days_in_row", N_("days in a row") },
	{ "deposit", N_("deposit") },
	{ "depth", N_("levels of categories") },
	{ "done", N_("what was done") },
	{ "donor", N_("donor") },
	{ "down", N_("rows of labels") },
	{ "due_at", N_("due time") },
	{ "duty", N_("duty") },
	{ "end", N_("end") },
	{ "end_at", N_("end") },
	{ "every", N_("days apart") },
	{ "exception", N_("name of the special hours") },
	{ "expires_on", N_("good until") },
	{ "fee", N_("fee") },
	{ "fen", N_("amount in yuan") },
	{ "fetchers", N_("who may fetch the child") },
	{ "floor", N_("lowest balance") },
	{ "from", N_("beginning") },
	{ "gap_x", N_("gap across") },
	{ "gap_y", N_("gap down") },
	{ "grace_days", N_("days of grace") },
	{ "guardian", N_("guardian") },
	{ "guardian_phone", N_("guardian's phone number") },
	{ "guide", N_("lines of the guide") },
	{ "hard_due_on", N_("last due date") },
	{ "holiday", N_("holiday") },
	{ "holiday_percent", N_("weight on holidays, per cent") },
	{ "hours", N_("opening hours") },
	{ "in_at", N_("time of coming") },
	{ "initials", N_("initials") },
	{ "inside", N_("white inside") },
	{ "inspected_until_on", N_("inspected until") },
	{ "is_consumable", N_("to be used up") },
	{ "is_onsite", N_("used here only") },
	{ "isbn", N_("ISBN") },
	{ "item", N_("item") },
	{ "items", N_("numbers of the items") },
	{ "joined_on", N_("date of registration") },
	{ "kind", N_("kind") },
	{ "kit", N_("kit") },
	{ "label_height", N_("height of a label") },
	{ "label_width", N_("width of a label") },
	{ "left_edge", N_("distance from the left") },
	{ "left_on", N_("date of moving away") },
	{ "lent_at", N_("time of lending") },
	{ "limit", N_("how many") },
	{ "loan", N_("loan") },
	{ "loan_days", N_("loan period in days") },
	{ "loan_hours", N_("loan period in hours") },
	{ "lost_at", N_("time of loss") },
	{ "max_items", N_("limit of the category") },
	{ "max_minutes", N_("longest booking in minutes") },
	{ "max_renewals", N_("number of renewals") },
	{ "max_total", N_("limit of all loans") },
	{ "message", N_("message") },
	{ "min_minutes", N_("shortest booking in minutes") },
	{ "minutes", N_("minutes") },
	{ "month", N_("month") },
	{ "month_hours", N_("hours a month") },
	{ "month_limit", N_("limit a month") },
	{ "motto", N_("line at the foot of papers") },
	{ "name", N_("name") },
	{ "needed", N_("number of people needed") },
	{ "needs", N_("roles needed") },
	{ "needs_approval", N_("needs approval") },
	{ "night_percent", N_("weight at night, per cent") },
	{ "note", N_("note") },
	{ "notice_minutes", N_("notice in minutes") },
	{ "number", N_("number") },
	{ "occurrences", N_("how many times") },
	{ "out_at", N_("time of leaving") },
	{ "owners", N_("owners") },
	{ "page_height", N_("height of the paper") },
	{ "page_width", N_("width of the paper") },
	{ "part", N_("part") },
	{ "partner", N_("partner") },
	{ "parts", N_("parts") },
	{ "people", N_("how many people") },
	{ "percent", N_("per cent") },
	{ "phone", N_("phone number") },
	{ "pin", N_("PIN") },
	{ "pinyin", N_("pinyin") },
	{ "place", N_("place") },
	{ "points", N_("points") },
	{ "position", N_("position") },
	{ "postings", N_("number of postings") },
	{ "price", N_("price") },
	{ "project", N_("project") },
	{ "purpose", N_("what for") },
	{ "quantity", N_("quantity") },
	{ "receiver", N_("who receives it") },
	{ "renew_hours", N_("hours before due") },
	{ "renewals", N_("renewals") },
	{ "resident", N_("resident") },
	{ "rest_minutes", N_("minutes of rest") },
	{ "returned_at", N_("time of return") },
	{ "role", N_("rights") },
	{ "roles", N_("roles") },
	{ "room", N_("room") },
	{ "safety", N_("safety line") },
	{ "service_minutes", N_("minutes of service first") },
	{ "share", N_("share") },
	{ "share_percent", N_("share in percent") },
	{ "shelf", N_("shelf") },
	{ "shift", N_("shift") },
	{ "short_days", N_("days when in demand") },
	{ "site", N_("site number") },
	{ "slip", N_("day slip") },
	{ "slot_minutes", N_("length of fixed times in minutes") },
	{ "source", N_("where it came from") },
	{ "start", N_("start") },
	{ "start_at", N_("start") },
	{ "starts", N_("beginning") },
	{ "status", N_("status") },
	{ "stock", N_("stock") },
	{ "sum", N_("sum") },
	{ "suspend_cap", N_("longest suspension") },
	{ "suspend_days", N_("days of suspension") },
	{ "thing", N_("what comes with it") },
	{ "time", N_("time of day") },
	{ "times", N_("how many times") },
	{ "title", N_("title") },
	{ "top_edge", N_("distance from the top") },
	{ "trouble", N_("what is wrong") },
	{ "turnaround_hours", N_("hours of rest") },
	{ "unit", N_("staircase") },
	{ "until", N_("last day") },
	{ "valid_days", N_("days a voucher is good") },
	{ "value", N_("value") },
	{ "value_fen", N_("value in yuan") },
	{ "value_points", N_("value in points") },
	{ "venue", N_("venue") },
	{ "voucher", N_("voucher") },
	{ "wall", N_("name on the wall") },
	{ "week_hours", N_("hours a week") },
	{ "weekday", N_("weekday") },
	{ "what", N_("what may be used") },
	{ "why", N_("reason") },
	{ "window_minutes", N_("time to sign in, in minutes") },
	{ "year", N_("year") },
	{ "yuan", N_("amount in yuan") },
	{ "zone", N_("time zone") },
};

const char *words_field(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (strcmp(fields[i].name, name) == 0)
			return _(fields[i].words);
	return name;
}
