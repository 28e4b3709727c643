/* The demo's people, things and rooms: one function for a row of each data file. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/category.h"
#include "core/items/item.h"
#include "core/items/rule.h"
#include "core/items/title.h"
#include "core/people/card.h"
#include "core/people/resident.h"
#include "core/site/hours.h"
#include "core/site/site.h"
#include "core/venues/venue.h"
#include "tui/assets.h"
#include "tui/verbs/demo_model.h"
#include "tui/verbs/tsv.h"

#define CONSENT_VERSION "2026-1"
#define PERIODS_MAX     64

/* ---- the files ---- */

typedef int (*load_row)(struct demo *, const struct tsv *, void *into, struct err *);

static int load(struct demo *d, const char *name, load_row row, void *into, struct err *err)
{
	CLEANUP(tsv_close) struct tsv t = { 0 };
	CLEANUP(mem_free) char *path = asset_path(name);
	int r;

	TRY(tsv_open(&t, path, err));
	while ((r = tsv_next(&t, err)) > 0)
		TRY(row(d, &t, into, err));
	return r;
}

/* ---- the venue ---- */

/* The file's values, in the order of site_keys. */
static const char *const site_keys[] = { "name", "community", "phone", "address", "motto" };
struct site_words {
	char *values[ARRAY_LEN(site_keys)];
};

static void site_words_finish(struct site_words *words)
{
	for (size_t i = 0; i < ARRAY_LEN(site_keys); i++)
		free(words->values[i]);
}

static int load_site(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	struct site_words *words = into;

	for (size_t i = 0; i < ARRAY_LEN(site_keys); i++)
		if (strcmp(tsv_text(t, "key"), site_keys[i]) == 0) {
			free(words->values[i]);
			words->values[i] = mem_text(tsv_text(t, "value"));
			return 0;
		}
	return tsv_fault(t, "key", err);
}

static int set_site(struct demo *d, struct err *err)
{
	CLEANUP(site_words_finish) struct site_words words = { 0 };

	TRY(load(d, "demo/site.tsv", load_site, &words, err));
	const struct site site = {
		.name = words.values[0],
		.community = words.values[1],
		.phone = words.values[2],
		.address = words.values[3],
		.motto = words.values[4],
	};
	return site_set(d->db, &d->act, &site, err);
}

struct weekly {
	struct opening rows[PERIODS_MAX];
	int count;
};

/* "1-5" or "6". */
static int read_weekdays(const struct tsv *t, int *ret_from, int *ret_until, struct err *err)
{
	const char *days = tsv_text(t, "weekdays");

	*ret_from = days[0] - '0';
	*ret_until = days[0] && days[1] == '-' ? days[2] - '0' : *ret_from;
	if (*ret_from < 1 || *ret_until > 7 || *ret_until < *ret_from)
		return tsv_fault(t, "weekdays", err);
	return 0;
}

static int load_hours(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	struct weekly *week = into;
	int from, until, opens, closes;

	TRY(read_weekdays(t, &from, &until, err));
	TRY(minutes_parse(tsv_text(t, "opens"), &opens, err));
	TRY(minutes_parse(tsv_text(t, "closes"), &closes, err));
	for (int day = from; day <= until && week->count < PERIODS_MAX; day++)
		week->rows[week->count++] =
			(struct opening){ .weekday = day, .opens = opens, .closes = closes };
	return 0;
}

static int load_venue(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	struct venue_draft draft = { .name = tsv_text(t, "name") };
	int64_t id;

	TRY(tsv_number(t, "capacity", 0, &draft.capacity, err));
	return venue_add(d->db, &d->act, &draft, &id, err);
}

/* A holiday's days off, one line each, become a closure from the first to the last. */
struct holidays {
	struct day from, until;
	char *name; /* NULL: none is open */
};

static int close_holidays(struct demo *d, struct holidays *h, struct err *err)
{
	CLEANUP(mem_free) char *name = TAKE(h->name);
	const struct closure closure = { .from = h->from, .until = h->until, .name = name };
	int64_t id;

	/* What was over when the demo's past begins is of no use. */
	if (!name || day_compare(h->until, when_day(d->clock.set_wall)) < 0)
		return 0;
	return closure_add(d->db, &d->act, &closure, &id, err);
}

static int load_holiday(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	struct holidays *h = into;
	const char *name = tsv_text(t, "name");
	struct day day;

	if (strcmp(tsv_text(t, "kind"), "off") != 0)
		return 0;
	TRY(day_parse(tsv_text(t, "date"), &day, err));
	bool goes_on = h->name && strcmp(h->name, name) == 0 && day_distance(h->until, day) == 1;
	if (!goes_on) {
		TRY(close_holidays(d, h, err));
		h->from = day;
		h->name = mem_text(name);
	}
	h->until = day;
	return 0;
}

/* ---- people ---- */

static enum wall_name wall_of(const char *word)
{
	return strcmp(word, "alias") == 0    ? WALL_ALIAS
	       : strcmp(word, "masked") == 0 ? WALL_MASKED
					     : WALL_FULL;
}

static int load_resident(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	const struct demo_name *guardian = demo_name_find(&d->residents, tsv_text(t, "guardian"));
	const struct resident_new draft = {
		.name = tsv_text(t, "name"),
		.alias = tsv_text(t, "alias"),
		.phone = tsv_text(t, "phone"),
		.note = tsv_text(t, "note"),
		.building = tsv_text(t, "building"),
		.room = tsv_text(t, "room"),
		.category = tsv_text(t, "category"),
		.guardian = guardian ? guardian->id : 0,
		.wall_name = wall_of(tsv_text(t, "wall")),
		.consent_version = CONSENT_VERSION,
	};
	struct resident resident;
	int64_t id;

	if (*tsv_text(t, "guardian") && !guardian)
		return tsv_fault(t, "guardian", err);
	TRY(resident_add(d->db, &d->act, &draft, &id, err));
	TRY(resident_get(d->db, id, &resident, err));
	struct demo_name *row = demo_name_add(&d->residents, draft.name, id, resident.number);
	return card_issue(d->db, &d->act, id, row->payload, NULL, err);
}

static int read_role(const struct tsv *t, enum role *ret, struct err *err)
{
	static const struct {
		const char *word;
		enum role role;
	} roles[] = {
		{ "volunteer", ROLE_VOLUNTEER },
		{ "coordinator", ROLE_COORDINATOR },
		{ "admin", ROLE_ADMIN },
		{ "service", ROLE_VOLUNTEER },
	};

	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		if (strcmp(roles[i].word, tsv_text(t, "role")) == 0) {
			*ret = roles[i].role;
			return 0;
		}
	return tsv_fault(t, "role", err);
}

static int set_pin(struct demo *d, int64_t staff, const char *pin, struct err *err)
{
	char hash[STAFF_HASH_SIZE];

	TRY(staff_pin_hash(&d->pepper, pin, hash, err));
	return staff_pin_set(d->db, &d->act, staff, hash, err);
}

static int load_staff(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	const struct demo_name *who = demo_name_find(&d->residents, tsv_text(t, "resident"));
	const char *pin = tsv_text(t, "pin");
	struct staff_new staff = {
		.code = tsv_text(t, "code"),
		.name = tsv_text(t, "name"),
		.resident = who ? who->id : 0,
		.is_service = *pin == '\0',
	};
	int64_t id;

	TRY(read_role(t, &staff.role, err));
	TRY(staff_add(d->db, &d->act, &staff, &id, err));
	d->staff = mem_resize(d->staff, (size_t)(d->staff_count + 1) * sizeof(*d->staff));
	d->staff[d->staff_count++] = (struct demo_staff){
		.id = id,
		.code = mem_text(staff.code),
		.name = mem_text(staff.name),
		.pin = mem_text(pin),
		.role = staff.role,
	};
	return staff.is_service ? 0 : set_pin(d, id, pin, err);
}

/* ---- things ---- */

static int category_id(struct demo *d, const char *code, int64_t *ret, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };

	*ret = 0;
	if (!*code)
		return 0;
	TRY(category_by_code(d->db, code, &category, err));
	*ret = category.id;
	return 0;
}

static int load_category(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	struct category_draft draft = {
		.code = tsv_text(t, "code"),
		.name = tsv_text(t, "name"),
		.position = t->line,
	};
	int64_t id;

	TRY(category_id(d, tsv_text(t, "parent"), &draft.parent, err));
	return category_add(d->db, &d->act, &draft, &id, err);
}

static int read_due_mode(const struct tsv *t, int64_t *ret, struct err *err)
{
	const char *word = tsv_text(t, "due_mode");

	*ret = RULE_BLANK;
	for (int i = 0; i < DUE_MODE_COUNT; i++)
		if (strcmp(due_mode_name((enum due_mode)i), word) == 0)
			*ret = i;
	return *word && *ret == RULE_BLANK ? tsv_fault(t, "due_mode", err) : 0;
}

static int read_overdue(const struct tsv *t, int64_t *ret, struct err *err)
{
	const char *word = tsv_text(t, "overdue");

	*ret = RULE_BLANK;
	for (int i = 0; i < OVERDUE_POLICY_COUNT; i++)
		if (strcmp(overdue_policy_name((enum overdue_policy)i), word) == 0)
			*ret = i;
	return *word && *ret == RULE_BLANK ? tsv_fault(t, "overdue", err) : 0;
}

static int load_rule(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	struct rule_row row = RULE_ROW_BLANK;
	const struct {
		const char *column;
		int64_t *value;
	} numbers[] = {
		{ "loan_days", &row.loan_days },
		{ "loan_hours", &row.loan_hours },
		{ "max_items", &row.max_items },
		{ "max_total", &row.max_total },
		{ "max_renewals", &row.max_renewals },
		{ "turnaround_hours", &row.turnaround_hours },
		{ "grace_days", &row.grace_days },
		{ "suspend_days", &row.suspend_days },
		{ "suspend_cap", &row.suspend_cap },
	};
	const char *who = tsv_text(t, "resident_category");
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		TRY(tsv_number(t, numbers[i].column, RULE_BLANK, numbers[i].value, err));
	TRY(read_due_mode(t, &row.due_mode, err));
	TRY(read_overdue(t, &row.overdue, err));
	TRY(category_id(d, tsv_text(t, "category"), &row.category, err));
	if (*who)
		TRY(resident_category_by_code(d->db, who, &row.resident_category, err));
	return rule_set(d->db, &d->act, &row, &id, err);
}

/* Copies are called "冲击钻", "冲击钻#2" …; the first answers to both. */
static int add_copy(struct demo *d, const struct tsv *t, int64_t title, int copy, struct err *err)
{
	const struct item_draft draft = { .title = title, .shelf = tsv_text(t, "shelf") };
	CLEANUP(item_finish) struct item item = { 0 };
	int64_t id;

	TRY(item_add(d->db, &d->act, &draft, &id, err));
	TRY(item_get(d->db, id, &item, err));
	CLEANUP(mem_free)
	char *name = copy == 1 ? mem_text(item.name) : mem_printf("%s#%d", item.name, copy);
	demo_name_add(&d->items, name, id, item.number);
	return 0;
}

static int load_item(struct demo *d, const struct tsv *t, void *into, struct err *err)
{
	struct title_draft draft = {
		.name = tsv_text(t, "title"),
		.safety = tsv_text(t, "safety"),
	};
	int64_t copies, title;

	TRY(category_id(d, tsv_text(t, "category"), &draft.category, err));
	const char *isbn = tsv_text(t, "isbn");
	draft.isbn = *isbn ? code_read(isbn, strlen(isbn), NULL).id : 0;
	TRY(tsv_number(t, "copies", 1, &copies, err));
	TRY(title_add(d->db, &d->act, &draft, &title, err));
	for (int copy = 1; copy <= copies; copy++)
		TRY(add_copy(d, t, title, copy, err));
	return 0;
}

/* ---- all of it ---- */

static int load_venue_rows(struct demo *d, struct err *err)
{
	struct weekly week = { 0 };
	struct holidays holidays = { 0 };

	TRY(set_site(d, err));
	TRY(load(d, "demo/hours.tsv", load_hours, &week, err));
	TRY(hours_set(d->db, &d->act, week.rows, week.count, err));
	int r = load(d, "calendars/cn.tsv", load_holiday, &holidays, err);
	if (r == 0)
		r = close_holidays(d, &holidays, err);
	free(holidays.name);
	return r;
}

int demo_rows(struct demo *d, struct err *err)
{
	TRY(load_venue_rows(d, err));
	TRY(load(d, "demo/venues.tsv", load_venue, NULL, err));
	TRY(load(d, "demo/residents.tsv", load_resident, NULL, err));
	TRY(load(d, "demo/staff.tsv", load_staff, NULL, err));
	TRY(load(d, "demo/categories.tsv", load_category, NULL, err));
	TRY(load(d, "demo/rules.tsv", load_rule, NULL, err));
	return load(d, "demo/items.tsv", load_item, NULL, err);
}
