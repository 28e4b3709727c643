#include "core/exchange/signup_reading.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/exchange/reasons.h"
#include "core/exchange/signup_shifts.h"
#include "core/exchange/signup_text.h"
#include "core/exchange/signup_who.h"
#include "core/people/resident.h"

#define WHOS_MAX       40 /* people in a line */
#define NAME_CHARS_MAX 5  /* of a line without a number that may be somebody unknown */

struct reading {
	struct db *db;
	struct signup_list *list;
	struct roster roster;
	struct signup_people people;
	const char **shifts; /* names */
	struct signup_vocabulary words;
	struct signup_time *heading; /* what stood above: 周三上午: */
	int heading_count;
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
		.count = count < SIGNUP_CHOICES_MAX ? count : SIGNUP_CHOICES_MAX,
		.answer = SIGNUP_OPEN };
	memcpy(doubt->choices, choices, (size_t)doubt->count * sizeof(*choices));
	return list->doubt_count++;
}

/* ---- who ---- */

struct who {
	const char *text;
	int64_t resident;
	int doubt; /* −1: none */
};

/* 1 when somebody who does not serve is called so. */
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

/* 1 and *ret; 0: a row says that it is nobody. */
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

/* The day that stood in the heading, where the line names none. */
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

/* 周三或周五: one question for all of them. */
static void add_either(struct reading *r, const struct who *who, const char *when,
	const struct signup_time *const *times, int count)
{
	struct signup_shifts all = { 0 };

	for (int i = 0; i < count; i++) {
		const struct signup_time time = with_heading(r, *times[i]);
		for (int day = 0; day < ROSTER_DAYS; day++) {
			struct signup_shifts found[SIGNUP_PERIODS];
			int some = time.days & 1u << day ? signup_shifts_on(&r->roster, &time,
								   r->words.shifts, day, found)
							 : 0;
			for (int k = 0; k < some; k++)
				signup_shifts_join(&all, &found[k]);
		}
	}
	if (all.count > 0)
		add_choices(r, who, when, &all);
	else
		add_unread(r, who->text, when, REASON(SIGNUP_TIME_NONE));
}

/* ---- a line's people and times together ---- */

struct pairing {
	struct reading *r;
	const struct signup_line *line;
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

static int pair_one(struct pairing *p, const char *text, struct err *err)
{
	const struct signup_time *times[WHOS_MAX];
	CLEANUP(mem_free) char *when = when_of(p);
	struct who who;
	int count = 0;

	int r = find_who(p->r, text, when, &who, err);
	if (r <= 0)
		return r;
	for (int i = 0; i < p->time_count; i++)
		times[count++] = &p->line->pieces[p->times[i]].time;
	for (int i = 0; p->time_count == 0 && i < p->r->heading_count && count < WHOS_MAX; i++)
		times[count++] = &p->r->heading[i];
	if (count == 0)
		add_unread(p->r, text, "", REASON(SIGNUP_TIME_NONE));
	else if (p->line->is_either)
		add_either(p->r, &who, when, times, count);
	for (int i = 0; i < count && !p->line->is_either; i++)
		add_time(p->r, &who, p->time_count > 0 ? p->line->pieces[p->times[i]].text : when,
			times[i]);
	return 0;
}

/* All of the people with all of the times. */
static int pair_run(struct pairing *p, struct err *err)
{
	for (int i = 0; i < p->who_count; i++)
		TRY(pair_one(p, p->line->pieces[p->whos[i]].text, err));
	return 0;
}

/* Is the piece somebody: a person, words joined to one, or the first words when there is nobody
 * else? */
static bool is_who(const struct signup_line *line, int i)
{
	const struct signup_piece *piece = &line->pieces[i];
	bool has_person = false;
	int first = -1;

	if (piece->kind == SIGNUP_PERSON)
		return true;
	if (piece->kind != SIGNUP_WORDS)
		return false;
	for (int k = line->count - 1; k >= 0; k--) {
		has_person |= line->pieces[k].kind == SIGNUP_PERSON;
		if (line->pieces[k].kind == SIGNUP_WORDS)
			first = k;
	}
	if (!has_person && i == first)
		return true;
	if (i + 1 < line->count && line->pieces[i + 1].is_joined &&
		line->pieces[i + 1].kind == SIGNUP_PERSON)
		return true;
	return piece->is_joined && i > 0 && is_who(line, i - 1);
}

/* 张三 周三上午；李四 周四, or 周三上午：张三、李四: what comes first opens each group. */
static int pair(struct reading *r, const struct signup_line *line, struct err *err)
{
	struct pairing p = { .r = r, .line = line };
	bool is_time_first = false, has_closed = false;
	int whos = 0;

	for (int i = 0; i < line->count; i++)
		whos += is_who(line, i);
	for (int i = 0; i < line->count; i++) {
		bool is_person = is_who(line, i), is_time = line->pieces[i].kind == SIGNUP_TIME;
		if (!is_person && !is_time)
			continue;
		if (p.who_count + p.time_count == 0)
			is_time_first = is_time;
		/* What opens a group, behind what closes it: the next group. */
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

enum line_meaning { LINE_NOTHING, LINE_HEADING, LINE_ENTRY };

struct line_facts {
	bool has_person, has_time, has_words;
	bool is_short; /* the words could be a name, and stand first */
};

static struct line_facts facts_of(const struct signup_line *line)
{
	struct line_facts f = { 0 };

	for (int i = 0; i < line->count; i++) {
		const struct signup_piece *piece = &line->pieces[i];
		f.has_person |= piece->kind == SIGNUP_PERSON;
		f.has_time |= piece->kind == SIGNUP_TIME;
		f.has_words |= piece->kind == SIGNUP_WORDS;
		if (i == 0 && piece->kind == SIGNUP_WORDS)
			f.is_short = text_length(piece->text) <= NAME_CHARS_MAX;
	}
	return f;
}

/* A group's list has numbers, and what stands around them is talk; a list without numbers is what
 * somebody typed. */
static enum line_meaning meaning_of(
	const struct reading *r, const char *text, const struct signup_line *line)
{
	const struct line_facts f = facts_of(line);
	bool is_above = r->has_numbers && r->number == 0;

	if (line->count == 0 || line->is_example)
		return LINE_NOTHING;
	if (line->number)
		return LINE_ENTRY;
	if (*text == '#' || is_above)
		return f.has_time ? LINE_HEADING : LINE_NOTHING;
	if (f.has_time)
		return f.has_person || f.is_short ? LINE_ENTRY : LINE_HEADING;
	if (r->heading_count > 0 && !r->has_numbers && (f.has_person || f.is_short))
		return LINE_ENTRY;
	return LINE_NOTHING;
}

static void set_heading(struct reading *r, const struct signup_line *line)
{
	r->heading = mem_resize(r->heading, (size_t)(line->count + 1) * sizeof(*r->heading));
	r->heading_count = 0;
	for (int i = 0; i < line->count; i++)
		if (line->pieces[i].kind == SIGNUP_TIME)
			r->heading[r->heading_count++] = line->pieces[i].time;
}

static int read_line(struct reading *r, const char *text, struct err *err)
{
	CLEANUP(signup_line_finish) struct signup_line line = { 0 };

	signup_line_read(text, &r->words, r->number + 1, &line);
	enum line_meaning meaning = meaning_of(r, text, &line);
	if (meaning == LINE_HEADING)
		set_heading(r, &line);
	/* Lists below one another begin at 1 again. */
	if (line.number)
		r->number = line.number;
	if (meaning != LINE_ENTRY)
		return 0;
	if (line.is_no) {
		add_unread(r, text, "", REASON(SIGNUP_NO));
		return 0;
	}
	return pair(r, &line, err);
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
	r->words = (struct signup_vocabulary){ .monday = r->roster.monday,
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
		CLEANUP(mem_free) char *clean = signup_clean(line);
		if (++r.line > SIGNUP_LINES_MAX)
			return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, ""));
		TRY(read_line(&r, clean, err));
	}
	return 0;
}
