#include "core/exchange/signup_reading.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/exchange/reasons.h"
#include "core/exchange/signup_sense.h"
#include "core/exchange/signup_shifts.h"
#include "core/exchange/signup_text.h"
#include "core/exchange/signup_who.h"
#include "core/people/resident.h"

#define WHOS_MAX         40 /* people in a line */
#define HEADING_DAYS_MAX 2  /* with more days it is a heading that says what the list is for */
#define NAME_CHARS_MAX   5  /* of a line without a number that may be somebody unknown */

struct reading {
	struct db *db;
	struct signup_list *list;
	struct roster roster;
	struct signup_people people;
	const char **shifts; /* names */
	struct signup_vocabulary words;
	struct signup_time *heading; /* the heading above: 周三上午: */
	int heading_count;
	const char *text; /* the current line, as written */
	int line, number;
	bool has_numbers;
};

static void reading_finish(struct reading *r)
{
	roster_finish(&r->roster);
	signup_people_finish(&r->people);
	free(r->shifts);
	free(r->heading);
}

/* ---- rows and doubts ---- */

static struct signup_row *add_row(struct reading *r, const char *who, const char *when)
{
	struct signup_list *list = r->list;
	size_t size = (size_t)(list->count + 1) * sizeof(*list->rows);

	list->rows = mem_resize(list->rows, size);
	struct signup_row *row = &list->rows[list->count++];
	*row = (struct signup_row){ .line = r->line,
		.who = mem_text(who),
		.when = mem_text(when),
		.text = mem_text(r->text),
		.who_doubt = -1,
		.shift_doubt = -1,
		.doubt = -1 };
	return row;
}

static void add_unread(struct reading *r, const char *who, const char *when, struct reason why)
{
	struct signup_row *row = add_row(r, who, when);

	row->state = SIGNUP_UNREAD;
	err_set(&row->against, ERR_INVALID, why);
}

static int add_doubt(
	struct reading *r, bool is_who, const char *text, const int64_t *choices, int count)
{
	struct signup_list *list = r->list;
	size_t size = (size_t)(list->doubt_count + 1) * sizeof(*list->doubts);

	list->doubts = mem_resize(list->doubts, size);
	struct signup_doubt *doubt = &list->doubts[list->doubt_count];
	*doubt = (struct signup_doubt){ .line = r->line,
		.is_who = is_who,
		.text = mem_text(text),
		.count = count,
		.answer = SIGNUP_OPEN };
	if (count > 0)
		memcpy(doubt->choices, choices, (size_t)count * sizeof(*choices));
	return list->doubt_count++;
}

/* ---- who ---- */

struct who {
	const char *text;
	int64_t resident;
	int doubt; /* −1: none */
};

/* 1 when somebody who does not serve has that name. */
static int is_resident(struct reading *r, const char *text, struct err *err)
{
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };
	const struct resident_query query = { .text = text, .limit = 5 };

	if (!*text)
		return 0;
	TRY(resident_find(r->db, &query, &page, err));
	for (int i = 0; i < page.count; i++)
		if (page.hits[i].match == RESIDENT_BY_NAME && strcmp(page.hits[i].name, text) == 0)
			return 1;
	return 0;
}

/* 1 and *ret; 0: a row reports that it is nobody. */
static int find_who(
	struct reading *r, const char *text, const char *when, struct who *ret, struct err *err)
{
	int64_t found[SIGNUP_WHO_MAX];
	bool is_sure = false;
	int count = signup_who(&r->people, text, found, &is_sure);

	*ret = (struct who){ .text = text, .resident = is_sure ? found[0] : 0, .doubt = -1 };
	if (is_sure)
		return 1;
	if (count > 0) {
		ret->doubt = add_doubt(r, true, text, found, count);
		return 1;
	}
	int known = is_resident(r, text, err);
	if (known < 0)
		return known;
	add_unread(r, text, when,
		known ? REASON(VOLUNTEER_UNKNOWN) : REASON_TEXT(SIGNUP_NAME_UNKNOWN, text));
	return 0;
}

/* ---- which shifts ---- */

static void add_shift(struct reading *r, const struct who *who, const char *when, int64_t shift,
	int doubt, int choice)
{
	struct signup_row *row = add_row(r, who->text, when);

	row->resident = who->resident;
	row->who_doubt = who->doubt;
	row->shift = shift;
	row->shift_doubt = doubt;
	row->choice = choice;
}

static void add_choices(struct reading *r, const struct who *who, const char *when,
	const struct signup_shifts *found)
{
	int doubt = add_doubt(r, false, when, found->ids, found->count);

	for (int i = 0; i < r->list->doubts[doubt].count; i++)
		add_shift(r, who, when, found->ids[i], doubt, i);
}

static void add_day(struct reading *r, const struct who *who, const char *when,
	const struct signup_time *time, int day)
{
	struct signup_shifts found[SIGNUP_PERIODS];
	int count = signup_shifts_on(&r->roster, time, r->words.shifts, day, found);

	for (int i = 0; i < count; i++) {
		if (found[i].is_sure)
			for (int k = 0; k < found[i].count; k++)
				add_shift(r, who, when, found[i].ids[k], -1, 0);
		else
			add_choices(r, who, when, &found[i]);
	}
	if (count == 0) {
		struct reason none = REASON_TEXT(SIGNUP_SHIFT_NONE, when);
		none.n1 = when_day_start(day_add(r->roster.monday, day));
		add_unread(r, who->text, when, none);
	}
}

/* The day of the heading, if the line names none. */
static struct signup_time with_heading(const struct reading *r, struct signup_time time)
{
	for (int i = 0; !time.days && !time.is_outside && i < r->heading_count; i++)
		time.days = r->heading[i].days;
	return time;
}

static void add_time(struct reading *r, const struct who *who, const char *when,
	const struct signup_time *as_written)
{
	const struct signup_time time = with_heading(r, *as_written);

	if (time.is_outside)
		add_unread(r, who->text, when, REASON_TEXT(SIGNUP_OTHER_WEEK, when));
	else if (!time.days)
		add_unread(r, who->text, when, REASON(SIGNUP_TIME_NONE));
	for (int day = 0; day < ROSTER_DAYS; day++)
		if (time.days & 1u << day)
			add_day(r, who, when, &time, day);
}

/* Times about which the line says the same. */
struct named {
	const struct signup_time *times[WHOS_MAX];
	int count;
};

/* All shifts that they may mean. */
static struct signup_shifts shifts_of(const struct reading *r, const struct named *named)
{
	struct signup_shifts all = { 0 };

	for (int i = 0; i < named->count; i++) {
		const struct signup_time time = with_heading(r, *named->times[i]);
		for (int day = 0; day < ROSTER_DAYS; day++) {
			struct signup_shifts found[SIGNUP_PERIODS];
			int some = time.days & 1u << day ? signup_shifts_on(&r->roster, &time,
								   r->words.shifts, day, found)
							 : 0;
			for (int k = 0; k < some; k++)
				signup_shifts_join(&all, &found[k]);
		}
	}
	return all;
}

/* 周三或周五, 周三上午（待定）: one question for all of them. */
static void add_question(
	struct reading *r, const struct who *who, const char *when, const struct signup_shifts *all)
{
	if (all->count > 0 && all->count < SIGNUP_SHIFTS_MAX)
		add_choices(r, who, when, all);
	else
		add_unread(r, who->text, when, REASON(SIGNUP_TIME_NONE));
}

/* 除周四外都行: what remains of the times that are named, or of the week. */
static void add_but(
	struct reading *r, const struct who *who, const struct named *from, const struct named *but)
{
	static const struct signup_time any = {
		.days = SIGNUP_WEEK, .starts = -1, .ends = -1, .shift = -1
	};
	const struct named week = { { &any }, 1 };
	struct signup_shifts left = shifts_of(r, from->count > 0 ? from : &week);
	const struct signup_shifts out = shifts_of(r, but);

	signup_shifts_without(&left, &out);
	add_question(r, who, r->text, &left);
}

/* ---- who cannot come ---- */

static void add_away_row(struct reading *r, const struct who *who, int doubt, int choice,
	const struct volunteer_time *time)
{
	struct signup_row *row = add_row(r, who->text, r->text);

	row->resident = who->resident;
	row->who_doubt = who->doubt;
	row->is_away = true;
	row->away = *time;
	row->shift_doubt = doubt;
	row->choice = choice;
}

static int add_away_doubt(struct reading *r)
{
	int doubt = add_doubt(r, false, r->text, NULL, 0);

	r->list->doubts[doubt].is_away = true;
	return doubt;
}

/* 请假: for the whole week. */
static void add_away_week(struct reading *r, const struct who *who)
{
	const struct volunteer_time week = { .stance = TIME_AWAY,
		.from = r->roster.monday,
		.until = day_add(r->roster.monday, ROSTER_DAYS - 1),
		.ends = 24 * 60 };

	add_away_row(r, who, add_away_doubt(r), 0, &week);
}

/* 周三上午请假: one question for all of them. */
static void add_away(struct reading *r, const struct who *who, const struct named *named)
{
	struct signup_span spans[SIGNUP_SPANS_MAX];
	int doubt = -1, choice = 0;

	for (int i = 0; i < named->count; i++) {
		const struct signup_time time = with_heading(r, *named->times[i]);
		if (time.is_outside)
			add_unread(r, who->text, r->text, REASON_TEXT(SIGNUP_OTHER_WEEK, r->text));
		else if (!time.days)
			add_unread(r, who->text, r->text, REASON(SIGNUP_TIME_NONE));
		for (int day = 0; day < ROSTER_DAYS && !time.is_outside; day++) {
			struct day on = day_add(r->roster.monday, day);
			int count = time.days & 1u << day ? signup_spans_on(&r->roster, &time,
								    r->words.shifts, day, spans)
							  : 0;
			for (int k = 0; k < count; k++) {
				doubt = doubt < 0 ? add_away_doubt(r) : doubt;
				add_away_row(r, who, doubt, choice++,
					&(struct volunteer_time){ .stance = TIME_AWAY,
						.from = on,
						.until = on,
						.starts = spans[k].starts,
						.ends = spans[k].ends });
			}
		}
	}
}

/* ---- a line's people and times together ---- */

struct pairing {
	struct reading *r;
	const struct signup_line *line;
	const struct signup_sense *sense;
	int whos[WHOS_MAX], who_count; /* indices of pieces */
	int times[WHOS_MAX], time_count;
};

/* The times as one text. The caller's. */
static char *when_of(const struct pairing *p)
{
	char *all = mem_text("");

	for (int i = 0; i < p->time_count; i++) {
		CLEANUP(mem_free) char *before = all;
		all = mem_printf(
			"%s%s%s", before, *before ? " " : "", p->line->pieces[p->times[i]].text);
	}
	return all;
}

static const char *text_of(const struct pairing *p, const struct signup_time *time)
{
	for (int i = 0; i < p->time_count; i++)
		if (&p->line->pieces[p->times[i]].time == time)
			return p->line->pieces[p->times[i]].text;
	return "";
}

/* The times by what is said about them: the line's own, else those of the heading. */
static void sort_times(const struct pairing *p, struct named by[SIGNUP_SAID_COUNT])
{
	for (int i = 0; i < p->time_count; i++) {
		struct named *named = &by[p->sense->said[p->times[i]]];
		named->times[named->count++] = &p->line->pieces[p->times[i]].time;
	}
	for (int i = 0; p->time_count == 0 && i < p->r->heading_count; i++) {
		struct named *named = &by[p->sense->whole];
		if (named->count < WHOS_MAX)
			named->times[named->count++] = &p->r->heading[i];
	}
}

static void add_yes(struct pairing *p, const struct who *who, const struct named *named)
{
	CLEANUP(mem_free) char *when = when_of(p);

	if (p->line->is_either && named->count > 0) {
		const struct signup_shifts all = shifts_of(p->r, named);
		add_question(p->r, who, when, &all);
		return;
	}
	for (int i = 0; i < named->count; i++)
		add_time(p->r, who, p->time_count > 0 ? text_of(p, named->times[i]) : when,
			named->times[i]);
}

/* Without any time. */
static void add_timeless(struct pairing *p, const struct who *who)
{
	if (p->sense->whole == SIGNUP_SAID_AWAY)
		add_away_week(p->r, who);
	else if (p->sense->whole == SIGNUP_SAID_NO)
		add_unread(p->r, who->text, "", REASON(SIGNUP_NO));
	else
		add_unread(p->r, who->text, "", REASON(SIGNUP_TIME_NONE));
}

static int pair_one(struct pairing *p, const char *text, struct err *err)
{
	struct named by[SIGNUP_SAID_COUNT] = { 0 };
	CLEANUP(mem_free) char *when = when_of(p);
	struct who who;

	int r = find_who(p->r, text, when, &who, err);
	if (r <= 0)
		return r;
	sort_times(p, by);
	if (p->time_count == 0 && p->r->heading_count == 0)
		add_timeless(p, &who);
	if (p->sense->has_but)
		add_but(p->r, &who, &by[SIGNUP_SAID_YES], &by[SIGNUP_SAID_BUT]);
	else
		add_yes(p, &who, &by[SIGNUP_SAID_YES]);
	if (by[SIGNUP_SAID_MAYBE].count > 0) {
		const struct signup_shifts all = shifts_of(p->r, &by[SIGNUP_SAID_MAYBE]);
		add_question(p->r, &who, p->r->text, &all);
	}
	add_away(p->r, &who, &by[SIGNUP_SAID_AWAY]);
	add_away(p->r, &who, &by[SIGNUP_SAID_BUT]);
	if (by[SIGNUP_SAID_NO].count > 0)
		add_unread(p->r, text, when, REASON(SIGNUP_NO));
	return 0;
}

/* All of the people with all of the times. */
static int pair_run(struct pairing *p, struct err *err)
{
	for (int i = 0; i < p->who_count; i++)
		TRY(pair_one(p, p->line->pieces[p->whos[i]].text, err));
	return 0;
}

/* 张三 周三上午；李四 周四, or 周三上午：张三、李四: whatever comes first opens each group. */
static int pair(struct reading *r, const struct signup_line *line, const struct signup_sense *sense,
	struct err *err)
{
	struct pairing p = { .r = r, .line = line, .sense = sense };
	bool is_time_first = false, has_closed = false;
	int whos = 0;

	for (int i = 0; i < line->count; i++)
		whos += signup_piece_is_who(line, i);
	for (int i = 0; i < line->count; i++) {
		bool is_person = signup_piece_is_who(line, i),
		     is_time = line->pieces[i].kind == SIGNUP_TIME;
		if (!is_person && !is_time)
			continue;
		if (p.who_count + p.time_count == 0)
			is_time_first = is_time;
		/* What opens a group, after what closes one: the next group. */
		if (whos > 1 && has_closed && is_time == is_time_first) {
			TRY(pair_run(&p, err));
			p.who_count = p.time_count = 0;
			has_closed = false;
		}
		has_closed |= is_time != is_time_first;
		if (is_person && p.who_count < WHOS_MAX)
			p.whos[p.who_count++] = i;
		if (is_time && p.time_count < WHOS_MAX)
			p.times[p.time_count++] = i;
	}
	if (whos == 0) {
		CLEANUP(mem_free) char *when = when_of(&p);
		add_unread(r, "", when, REASON_TEXT(SIGNUP_NAME_UNKNOWN, ""));
	}
	return pair_run(&p, err);
}

/* ---- lines ---- */

enum line_meaning { LINE_NOTHING, LINE_HEADING, LINE_ENTRY, LINE_QUIET };

struct line_facts {
	bool has_person, has_time;
	bool has_no;   /* 不, 除了 …: never in a heading */
	bool is_short; /* the words could be a name, and come first */
};

static struct line_facts facts_of(const struct signup_line *line)
{
	struct line_facts f = { 0 };

	for (int i = 0; i < line->count; i++) {
		const struct signup_piece *piece = &line->pieces[i];
		f.has_person |= piece->kind == SIGNUP_PERSON;
		f.has_time |= piece->kind == SIGNUP_TIME;
		f.has_no |= piece->kind == SIGNUP_KNOWN && piece->word >= SIGNUP_WORD_NO &&
			    piece->word <= SIGNUP_WORD_REST;
		if (i == 0 && piece->kind == SIGNUP_WORDS)
			f.is_short = text_length(piece->text) <= NAME_CHARS_MAX;
	}
	return f;
}

/* A group's list has numbers, and the text around them is chat; in a list without numbers somebody
 * typed every line. */
static enum line_meaning meaning_of(const struct reading *r, const char *text,
	const struct signup_line *line, enum signup_said whole)
{
	const struct line_facts f = facts_of(line);
	bool is_above = r->has_numbers && r->number == 0;

	if (line->count == 0 || line->is_example)
		return LINE_NOTHING;
	if (whole == SIGNUP_SAID_NOTHING && !f.has_time && (line->number || !is_above))
		return LINE_QUIET;
	if (line->number)
		return LINE_ENTRY;
	if (*text == '#' || is_above)
		return f.has_time && !f.has_no ? LINE_HEADING : LINE_NOTHING;
	if (f.has_time)
		return f.has_person || f.is_short || f.has_no ? LINE_ENTRY : LINE_HEADING;
	if (r->heading_count > 0 && !r->has_numbers && (f.has_person || f.is_short))
		return LINE_ENTRY;
	return LINE_NOTHING;
}

static int days_in(unsigned days)
{
	int count = 0;

	for (; days; days &= days - 1)
		count++;
	return count;
}

static void set_heading(struct reading *r, const struct signup_line *line)
{
	r->heading = mem_resize(r->heading, (size_t)(line->count + 1) * sizeof(*r->heading));
	r->heading_count = 0;
	for (int i = 0; i < line->count; i++)
		if (line->pieces[i].kind == SIGNUP_TIME &&
			days_in(line->pieces[i].time.days) <= HEADING_DAYS_MAX)
			r->heading[r->heading_count++] = line->pieces[i].time;
}

static int read_line(struct reading *r, const char *text, struct err *err)
{
	CLEANUP(signup_line_finish) struct signup_line line = { 0 };
	CLEANUP(signup_sense_finish) struct signup_sense sense = { 0 };

	signup_line_read(text, &r->words, r->number + 1, &line);
	signup_sense_make(&line, &sense);
	enum line_meaning meaning = meaning_of(r, text, &line, sense.whole);
	if (meaning == LINE_HEADING)
		set_heading(r, &line);
	/* The numbers of the next list start at 1 again. */
	if (line.number)
		r->number = line.number;
	if (meaning == LINE_QUIET)
		add_row(r, "", "")->state = SIGNUP_QUIET;
	if (meaning != LINE_ENTRY)
		return 0;
	if (line.is_other) {
		add_unread(r, "", "", REASON(SIGNUP_NO));
		return 0;
	}
	return pair(r, &line, &sense, err);
}

static bool has_number(const struct reading *r, const char *text)
{
	CLEANUP(signup_line_finish) struct signup_line line = { 0 };

	signup_line_read(text, &r->words, 1, &line);
	return line.number > 0;
}

/* ---- the whole ---- */

static int begin(struct reading *r, struct err *err)
{
	TRY(roster_get(r->db, r->list->week, &r->roster, err));
	if (r->roster.shifts.count == 0)
		return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
	TRY(signup_people_read(r->db, &r->people, err));
	r->shifts = mem_alloc((size_t)r->roster.shifts.count * sizeof(*r->shifts));
	for (int i = 0; i < r->roster.shifts.count; i++)
		r->shifts[i] = r->roster.shifts.rows[i].name;
	struct day today = when_day(db_now(r->db));
	struct day monday = day_add(today, 1 - day_weekday(today));
	r->words = (struct signup_vocabulary){ .monday = r->roster.monday,
		.weeks_ahead = day_distance(monday, r->roster.monday) / ROSTER_DAYS,
		.people = r->people.names,
		.people_count = r->people.name_count,
		.shifts = r->shifts,
		.shift_count = r->roster.shifts.count };
	return 0;
}

int signup_reading(struct db *db, const char *text, struct signup_list *into, struct err *err)
{
	CLEANUP(reading_finish) struct reading r = { .db = db, .list = into };
	CLEANUP(mem_free) char *copy = mem_text(text);
	char *rest = copy;

	TRY(begin(&r, err));
	for (char *line; (line = strsep(&rest, "\n"));) {
		CLEANUP(mem_free) char *clean = signup_clean(line);
		r.has_numbers |= has_number(&r, clean);
	}
	memcpy(copy, text, strlen(text) + 1);
	rest = copy;
	for (char *line; (line = strsep(&rest, "\n"));) {
		CLEANUP(mem_free) char *clean = signup_clean(line), *shown = signup_shown(line);
		r.text = shown;
		if (++r.line > SIGNUP_LINES_MAX)
			return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, ""));
		TRY(read_line(&r, clean, err));
	}
	return 0;
}
