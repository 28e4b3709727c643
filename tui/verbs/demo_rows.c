/* The demo's people, things and rooms: one function for a row of each data file. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/title.h"
#include "core/items/catalogue/title_parts.h"
#include "core/people/card.h"
#include "core/people/resident_acts.h"
#include "core/people/staff_card.h"
#include "core/site/hours.h"
#include "core/site/site.h"
#include "tui/verbs/demo_model.h"
#include "tui/verbs/seed.h"
#include "tui/verbs/tsv.h"

#define CONSENT_VERSION "2026-1"

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

static int load_site(const struct tsv *t, void *into, struct err *err)
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

	TRY(tsv_each("demo/site.tsv", load_site, &words, err));
	const struct site site = {
		.name = words.values[0],
		.community = words.values[1],
		.phone = words.values[2],
		.address = words.values[3],
		.motto = words.values[4],
	};
	return site_set(d->db, &d->act, &site, err);
}

/* A holiday's days off, one line each, become a closure from the first to the last. */
struct holidays {
	struct demo *demo;
	struct day from, until;
	char *name; /* NULL: none is open */
};

static int close_holidays(struct holidays *h, struct err *err)
{
	struct demo *d = h->demo;
	CLEANUP(mem_free) char *name = TAKE(h->name);
	const struct closure closure = { .from = h->from, .until = h->until, .name = name };
	int64_t id;

	/* What ended before the demo's past begins is of no use. */
	if (!name || day_compare(h->until, when_day(d->clock.set_wall)) < 0)
		return 0;
	return closure_add(d->db, &d->act, &closure, &id, err);
}

static int load_holiday(const struct tsv *t, void *into, struct err *err)
{
	struct holidays *h = into;
	const char *name = tsv_text(t, "name");
	struct day day;

	if (strcmp(tsv_text(t, "kind"), "off") != 0)
		return 0;
	TRY(day_parse(tsv_text(t, "date"), &day, err));
	bool goes_on = h->name && strcmp(h->name, name) == 0 && day_distance(h->until, day) == 1;
	if (!goes_on) {
		TRY(close_holidays(h, err));
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

static int load_resident(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
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
		{ "service", ROLE_SERVICE },
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

	TRY(staff_pin_hash(&d->pepper, staff, pin, hash, err));
	return staff_pin_set(d->db, &d->act, staff, hash, err);
}

static int load_staff(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	const struct demo_name *who = demo_name_find(&d->residents, tsv_text(t, "resident"));
	const char *pin = tsv_text(t, "pin");
	struct staff_new staff = {
		.code = tsv_text(t, "code"),
		.name = tsv_text(t, "name"),
		.resident = who ? who->id : 0,
	};
	int64_t id;

	TRY(read_role(t, &staff.role, err));
	TRY(staff_add(d->db, &d->act, &staff, &id, err));
	d->staff = mem_resize(d->staff, (size_t)(d->staff_count + 1) * sizeof(*d->staff));
	struct demo_staff *row = &d->staff[d->staff_count++];
	*row = (struct demo_staff){
		.id = id,
		.code = mem_text(staff.code),
		.name = mem_text(staff.name),
		.pin = mem_text(pin),
		.role = staff.role,
	};
	if (staff.role == ROLE_SERVICE)
		return 0;
	if (who)
		memcpy(row->payload, who->payload, sizeof(row->payload));
	else
		TRY(staff_card_issue(d->db, &d->act, id, row->payload, err));
	row->has_own_card = !who;
	return set_pin(d, id, pin, err);
}

/* ---- things ---- */

/* Copies are called "冲击钻", "冲击钻#2" …; the first has both names. */
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

/* "体温计、纱布" */
static int add_parts(struct demo *d, const struct tsv *t, int64_t title, struct err *err)
{
	static const char between[] = "、";
	CLEANUP(mem_free) char *lines = mem_text(tsv_text(t, "parts"));

	for (char *at = strstr(lines, between); at; at = strstr(at, between)) {
		*at = '\n';
		memmove(at + 1, at + strlen(between), strlen(at + strlen(between)) + 1);
	}
	return *lines ? title_set_parts_text(d->db, &d->act, title, lines, err) : 0;
}

static int load_item(const struct tsv *t, void *into, struct err *err)
{
	struct demo *d = into;
	struct title_draft draft = {
		.name = tsv_text(t, "title"),
		.safety = tsv_text(t, "safety"),
	};
	int64_t copies, title;

	TRY(seed_category(d->db, tsv_text(t, "category"), &draft.category, err));
	const char *isbn = tsv_text(t, "isbn");
	draft.isbn = *isbn ? code_read(isbn, strlen(isbn), NULL).id : 0;
	TRY(tsv_number(t, "copies", 1, &copies, err));
	TRY(title_add(d->db, &d->act, &draft, &title, err));
	TRY(add_parts(d, t, title, err));
	for (int copy = 1; copy <= copies; copy++)
		TRY(add_copy(d, t, title, copy, err));
	return 0;
}

/* ---- all of it ---- */

static int close_on_holidays(struct demo *d, struct err *err)
{
	struct holidays holidays = { .demo = d };

	int r = tsv_each("calendars/cn.tsv", load_holiday, &holidays, err);
	if (r == 0)
		r = close_holidays(&holidays, err);
	free(holidays.name);
	return r;
}

int demo_rows(struct demo *d, struct err *err)
{
	TRY(set_site(d, err));
	TRY(close_on_holidays(d, err));
	TRY(demo_venues(d, err));
	TRY(tsv_each("demo/residents.tsv", load_resident, d, err));
	TRY(tsv_each("demo/staff.tsv", load_staff, d, err));
	return tsv_each("demo/items.tsv", load_item, d, err);
}
