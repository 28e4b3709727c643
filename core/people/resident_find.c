/* One query text, many possible meanings: each meaning is a range of one indexed column. They are
 * tried in the order of enum resident_match, and each person is returned for the first that
 * matches. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/household.h"
#include "core/people/pinyin.h"
#include "core/people/resident.h"

#define QUERY_CHARS_MAX 60
#define TAIL_DIGITS     4
#define NUMBER_DIGITS   9
#define AFTER_ALL       "\xF4\x8F\xBF\xBF" /* U+10FFFF: the highest that text_accept lets in */
#define AFTER_SELF      "\x01"             /* nothing stored lies between a text and this */

/* low ≤ column < high; NULL low: this meaning does not apply. */
struct range {
	char *low, *high;
};

struct meaning {
	int64_t number; /* 0: not a number */
	bool is_any;
	char *digits; /* the end of a phone number, or NULL */
	struct range ranges[RESIDENT_MATCH_COUNT];
};

static void meaning_finish(struct meaning *m)
{
	free(m->digits);
	for (int i = 0; i < RESIDENT_MATCH_COUNT; i++) {
		free(m->ranges[i].low);
		free(m->ranges[i].high);
	}
}

static void set_range(
	struct meaning *m, enum resident_match match, const char *low, const char *behind)
{
	m->ranges[match] =
		(struct range){ .low = mem_text(low), .high = mem_printf("%s%s", low, behind) };
}

/* Only digits, with spaces and hyphens allowed in between; NULL when there is anything else. */
static char *digits_of(const char *text)
{
	CLEANUP(mem_free) char *digits = mem_alloc(strlen(text) + 1);
	size_t len = 0;

	for (const char *s = text; *s; s++) {
		if (*s >= '0' && *s <= '9')
			digits[len++] = *s;
		else if (*s != ' ' && *s != '-')
			return NULL;
	}
	return len ? TAKE(digits) : NULL;
}

static void mean_digits(struct meaning *m, const char *text)
{
	CLEANUP(mem_free) char *digits = digits_of(text);
	size_t len = digits ? strlen(digits) : 0;

	if (len == 0)
		return;
	if (len <= NUMBER_DIGITS && !strpbrk(text, " -"))
		m->number = strtoll(digits, NULL, 10);
	if (len < TAIL_DIGITS)
		return;
	set_range(m, RESIDENT_BY_PHONE, digits + len - TAIL_DIGITS, AFTER_SELF);
	m->digits = TAKE(digits);
}

/* 三栋 is a place, 三 is the beginning of a name. */
static bool looks_like_place(const char *text)
{
	static const char *const words[] = { "栋", "座", "幢", "楼", "单元", "室", "房", "号" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strstr(text, words[i]))
			return true;
	return strpbrk(text, "0123456789") != NULL;
}

/* "3-502" is a building and the start of a room; "3" alone a whole building, "502" alone a whole
 * room. */
static void mean_place(struct meaning *m, const char *text)
{
	CLEANUP(mem_free) char *place = household_place(text, NULL);

	if (!looks_like_place(text) || !strpbrk(place, "0123456789"))
		return;
	if (strchr(place, '-')) {
		set_range(m, RESIDENT_BY_PLACE, place, AFTER_ALL);
		return;
	}
	CLEANUP(mem_free) char *rooms = mem_printf("%s-", place);
	set_range(m, RESIDENT_BY_PLACE, rooms, AFTER_ALL);
	set_range(m, RESIDENT_BY_ROOM, place, AFTER_SELF);
}

static void mean(struct meaning *m, const char *text)
{
	CLEANUP(mem_free) char *narrow = text_narrow(text);
	CLEANUP(mem_free) char *pinyin = pinyin_query(narrow);

	m->is_any = !*text;
	if (m->is_any)
		return;
	set_range(m, RESIDENT_BY_NAME, text, AFTER_ALL);
	set_range(m, RESIDENT_BY_ALIAS, text, AFTER_ALL);
	mean_digits(m, narrow);
	mean_place(m, narrow);
	if (!pinyin)
		return;
	set_range(m, RESIDENT_BY_INITIALS, pinyin, AFTER_ALL);
	set_range(m, RESIDENT_BY_PINYIN, pinyin, AFTER_ALL);
}

/* ---- the queries ---- */

#define COLUMNS                                                                             \
	"SELECT r.id, r.number, r.left_on, p.name, p.alias, p.phone, p.pinyin, p.initials," \
	" p.phone_tail, h.building, h.room, h.place, h.room_key "
#define BY_PERSON(column)                                                     \
	COLUMNS                                                               \
	"FROM resident_private p JOIN resident r ON r.id = p.id"              \
	" LEFT JOIN household_private h ON h.id = r.household"                \
	" WHERE p." column " >= :key AND p." column " < :high AND (p." column \
	" > :key OR p.id > :id) ORDER BY p." column ", p.id"
#define BY_HOUSEHOLD(column)                                                  \
	COLUMNS                                                               \
	"FROM household_private h JOIN resident r ON r.household = h.id"      \
	" JOIN resident_private p ON p.id = r.id"                             \
	" WHERE h." column " >= :key AND h." column " < :high AND (h." column \
	" > :key OR r.id > :id) ORDER BY h." column ", r.id"
#define BY_NUMBER(condition)                                          \
	COLUMNS                                                       \
	"FROM resident r LEFT JOIN resident_private p ON p.id = r.id" \
	" LEFT JOIN household_private h ON h.id = r.household"        \
	" WHERE " condition " ORDER BY r.number"

static const struct finder {
	const char *sql;
	const char *column; /* NULL: by number */
} finders[RESIDENT_MATCH_COUNT] = {
	[RESIDENT_BY_NUMBER] = { BY_NUMBER("r.number = :number"), NULL },
	[RESIDENT_BY_NAME] = { BY_PERSON("name"), "name" },
	[RESIDENT_BY_ALIAS] = { BY_PERSON("alias"), "alias" },
	[RESIDENT_BY_PHONE] = { BY_PERSON("phone_tail"), "phone_tail" },
	[RESIDENT_BY_PLACE] = { BY_HOUSEHOLD("place"), "place" },
	[RESIDENT_BY_ROOM] = { BY_HOUSEHOLD("room_key"), "room_key" },
	[RESIDENT_BY_INITIALS] = { BY_PERSON("initials"), "initials" },
	[RESIDENT_BY_PINYIN] = { BY_PERSON("pinyin"), "pinyin" },
	[RESIDENT_BY_ANY] = { BY_NUMBER("r.number > :number"), NULL },
};

static bool applies(const struct meaning *m, enum resident_match match)
{
	if (match == RESIDENT_BY_NUMBER)
		return m->number > 0;
	if (match == RESIDENT_BY_ANY)
		return m->is_any;
	return m->ranges[match].low != NULL;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* Does the current row match this meaning? SQL checked one column; here the others are checked. */
static bool row_fits(const struct query *q, const struct meaning *m, enum resident_match match)
{
	const struct range *range = &m->ranges[match];

	if (!applies(m, match))
		return false;
	if (match == RESIDENT_BY_NUMBER)
		return query_int(q, "number") == m->number;
	if (match == RESIDENT_BY_ANY)
		return true;
	const char *value = query_text0(q, finders[match].column);
	if (strcmp(value, range->low) < 0 || strcmp(value, range->high) >= 0)
		return false;
	return match != RESIDENT_BY_PHONE || ends_with(query_text0(q, "phone"), m->digits);
}

static bool is_first_meaning(
	const struct query *q, const struct meaning *m, enum resident_match match)
{
	for (int i = 0; i < (int)match; i++)
		if (row_fits(q, m, (enum resident_match)i))
			return false;
	return row_fits(q, m, match);
}

static int open_finder(struct query *q, struct db *db, const struct meaning *m,
	enum resident_match match, const struct resident_hit *after, struct err *err)
{
	const struct finder *finder = &finders[match];

	if (!finder->column) {
		int64_t number = match == RESIDENT_BY_NUMBER ? m->number
				 : after                     ? after->number
							     : 0;
		return query_open(q, db, finder->sql, FIELDS(F_INT("number", number)), err);
	}
	return query_open(q, db, finder->sql,
		FIELDS(F_TEXT("key", after ? after->key : m->ranges[match].low),
			F_TEXT("high", m->ranges[match].high), F_INT("id", after ? after->id : -1)),
		err);
}

static struct resident_hit read_hit(const struct query *q, enum resident_match match)
{
	const char *column = finders[match].column;

	return (struct resident_hit){ .id = query_int(q, "id"),
		.number = query_int(q, "number"),
		.has_left = !query_is_null(q, "left_on"),
		.match = match,
		.name = mem_text(query_text0(q, "name")),
		.phone = mem_text(query_text0(q, "phone")),
		.building = mem_text(query_text0(q, "building")),
		.room = mem_text(query_text0(q, "room")),
		.key = mem_text(column ? query_text0(q, column) : "") };
}

/* Appends matches until the page is one longer than requested, which shows that there are more. */
static int add_hits(struct db *db, const struct resident_query *query, const struct meaning *m,
	enum resident_match match, struct resident_page *page, struct err *err)
{
	const struct resident_hit *after =
		query->after && query->after->match == match ? query->after : NULL;
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r = 0;

	if (match == RESIDENT_BY_NUMBER && after)
		return 0;
	TRY(open_finder(&q, db, m, match, after, err));
	while (page->count <= query->limit && (r = query_next(&q, err)) > 0) {
		if (!query->include_left && !query_is_null(&q, "left_on"))
			continue;
		if (is_first_meaning(&q, m, match))
			page->hits[page->count++] = read_hit(&q, match);
	}
	return r < 0 ? r : 0;
}

static void hit_finish(struct resident_hit *hit)
{
	free(hit->name);
	free(hit->phone);
	free(hit->building);
	free(hit->room);
	free(hit->key);
}

void resident_page_finish(struct resident_page *page)
{
	for (int i = 0; i < page->count; i++)
		hit_finish(&page->hits[i]);
	free(page->hits);
	*page = (struct resident_page){ 0 };
}

int resident_find(struct db *db, const struct resident_query *query, struct resident_page *ret,
	struct err *err)
{
	static const struct text_limits limits = { "query", QUERY_CHARS_MAX, true };
	CLEANUP(mem_free) char *text = NULL;
	CLEANUP(meaning_finish) struct meaning meaning = { 0 };
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };
	const char *typed = query->text ? query->text : "";

	TRY(text_accept(typed, strlen(typed), &limits, &text, err));
	mean(&meaning, text);
	page.hits = mem_alloc(((size_t)query->limit + 1) * sizeof(*page.hits));
	for (int i = query->after ? (int)query->after->match : 0; i < RESIDENT_MATCH_COUNT; i++)
		if (applies(&meaning, (enum resident_match)i) && page.count <= query->limit)
			TRY(add_hits(db, query, &meaning, (enum resident_match)i, &page, err));
	if (page.count > query->limit) {
		hit_finish(&page.hits[--page.count]);
		page.has_more = true;
	}
	*ret = page;
	page = (struct resident_page){ 0 };
	return 0;
}
