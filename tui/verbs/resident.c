/* resident add|list|show|card */
#include <stdio.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/loan_list.h"
#include "core/people/card.h"
#include "core/people/child.h"
#include "core/people/phone.h"
#include "core/people/resident.h"
#include "core/points/ledger.h"
#include "core/site/setting.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/people.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

#define PAGE 200

static int category_name(struct db *db, int64_t id, char **ret, struct err *err)
{
	struct resident_category *categories;
	int count = resident_categories(db, &categories, err);

	if (count < 0)
		return count;
	char *name = NULL;
	for (int i = 0; i < count && !name; i++)
		if (categories[i].id == id)
			name = mem_text(categories[i].name);
	resident_categories_finish(categories, count);
	*ret = name ? name : mem_text("");
	return 0;
}

/* What strangers may see of the contact data: for those without --as, nothing but a masked number.
 */
static char *shown_phone(const char *phone, bool is_full)
{
	return is_full ? mem_text(phone) : text_mask_phone(phone);
}

/* ---- list ---- */

static const struct table_column list_columns[] = {
	{ "number", N_("Number"), true },
	{ "name", NC_("person", "Name"), false },
	{ "phone", N_("Phone"), false },
	{ "building", N_("Building"), false },
	{ "room", N_("Room"), false },
	{ "category", N_("Category"), false },
	{ "joined_on", N_("Since"), false },
	{ "has_left", N_("Left"), false },
};

struct listing {
	struct db *db;
	struct table *table;
	bool is_full;
	int phones; /* whole numbers that it shows */
};

static int add_hit(struct listing *l, const struct resident_hit *hit, struct err *err)
{
	struct resident resident;
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(mem_free) char *category = NULL;
	CLEANUP(mem_free) char *phone = shown_phone(hit->phone, l->is_full);
	char joined[11];

	TRY(resident_get(l->db, hit->id, &resident, err));
	TRY(who_name(l->db, hit->id, l->is_full, &name, err));
	TRY(category_name(l->db, resident.category, &category, err));
	day_format(resident.joined_on, joined);
	table_number(l->table, hit->number, NULL);
	table_text(l->table, name);
	table_text(l->table, phone);
	table_text(l->table, l->is_full ? hit->building : "");
	table_text(l->table, l->is_full ? hit->room : "");
	table_text(l->table, category);
	table_text(l->table, joined);
	table_fact(l->table, hit->has_left, NULL);
	l->phones += l->is_full && *hit->phone;
	return 0;
}

static int add_hits(struct listing *l, const struct resident_query *all, struct err *err)
{
	struct resident_query query = *all;
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };

	for (;;) {
		struct resident_page next = { 0 };
		TRY(resident_find(l->db, &query, &next, err));
		resident_page_finish(&page);
		page = next;
		for (int i = 0; i < page.count; i++)
			TRY(add_hit(l, &page.hits[i], err));
		if (!page.has_more)
			return 0;
		query.after = &page.hits[page.count - 1];
	}
}

/* On the record before a number is shown. */
static int note_phones(struct call *call, const struct listing *l, struct err *err)
{
	struct act act;

	if (!l->phones)
		return 0;
	TRY(call_staff(call, &act, err));
	return phone_note_list(l->db, &act, l->phones, err);
}

static int list_residents(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(list_columns, ARRAY_LEN(list_columns));
	struct listing l = { .table = table };
	struct resident_query query = {
		.text = call_count(call) ? call_operand(call, 0) : "",
		.include_left = call_has(call, "all"),
		.limit = PAGE,
	};

	TRY(call_db(call, &l.db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	l.is_full = staff == 1;
	TRY(add_hits(&l, &query, err));
	TRY(note_phones(call, &l, err));
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- show ---- */

static const struct table_column show_columns[] = {
	{ "number", N_("Number"), false },
	{ "name", NC_("person", "Name"), false },
	{ "alias", N_("Form of address"), false },
	{ "phone", N_("Phone"), false },
	{ "building", N_("Building"), false },
	{ "room", N_("Room"), false },
	{ "category", N_("Category"), false },
	{ "birth_year", N_("Year of birth"), false },
	{ "guardian", N_("Guardian"), false },
	{ "fetchers", N_("May fetch it"), false },
	{ "wall", N_("Name on the wall"), false },
	{ "points", N_("Points"), false },
	{ "loans", N_("Loans"), false },
	{ "card_issued_at", N_("Card of"), false },
	{ "consent_version", N_("Notice"), false },
	{ "consent_at", N_("Agreed on"), false },
	{ "consent_by", N_("Agreed by"), false },
	{ "paused_until", N_("Paused until"), false },
	{ "pause_why", N_("Why paused"), false },
	{ "joined_on", N_("Since"), false },
	{ "has_left", N_("Left"), false },
	{ "merged_into", N_("Kept as number"), false },
	{ "erased_at", N_("Erased"), false },
	{ "note", N_("Note"), false },
};

static int add_counts(struct db *db, struct table *table, int64_t id, int64_t now, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list loans = { 0 };
	struct points points;
	struct card card = { 0 };

	TRY(points_balance(db, id, &points, err));
	TRY(loans_of_resident(db, id, &loans, err));
	TRY(card_of(db, id, &card, err));
	CLEANUP(mem_free) char *issued = words_instant(card.issued_at, now);
	table_number(table, points.n, NULL);
	table_number(table, loans.count, NULL);
	table_instant(table, card.issued_at, issued);
	return 0;
}

/* Another resident's number, with the name for staff. */
static int add_other(struct listing *l, int64_t id, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident;

	if (!id || !l->is_full) {
		table_id(l->table, 0);
		return 0;
	}
	TRY(resident_get(l->db, id, &resident, err));
	TRY(who_name(l->db, id, true, &name, err));
	CLEANUP(mem_free) char *shown = mem_printf("%lld %s", (long long)resident.number, name);
	table_number(l->table, resident.number, shown);
	return 0;
}

/* What speaks of a child, and how the name stands on the wall. */
static int add_child(struct listing *l, const struct resident *resident,
	const struct resident_person *person, struct err *err)
{
	static const struct {
		const char *word, *shown;
	} walls[WALL_COUNT] = {
		[WALL_FULL] = { "full", N_("full name") },
		[WALL_ALIAS] = { "alias", N_("form of address") },
		[WALL_MASKED] = { "masked", N_("masked") },
	};
	CLEANUP(mem_free) char *fetchers = NULL;

	table_id(l->table, l->is_full ? person->birth_year : 0);
	TRY(add_other(l, resident->guardian, err));
	TRY(fetchers_text(l->db, resident->id, &fetchers, err));
	table_text(l->table, l->is_full ? fetchers : "");
	table_word(l->table, walls[resident->wall_name].word, _(walls[resident->wall_name].shown));
	return 0;
}

static int add_consent(struct listing *l, const struct resident *resident,
	const struct resident_person *person, int64_t now, struct err *err)
{
	CLEANUP(mem_free)
	char *at = resident->consent_at ? words_instant(resident->consent_at, now) : NULL;
	char until[11];

	table_text(l->table, *resident->consent_version ? resident->consent_version : NULL);
	table_instant(l->table, resident->consent_at, at);
	TRY(add_other(l, resident->consent_by, err));
	day_format(resident->paused_until, until);
	bool is_told = l->is_full && resident->has_pause;
	table_text(l->table, is_told ? until : NULL);
	table_text(l->table, is_told ? person->pause_why : "");
	return 0;
}

/* One person's number in full is the same look as at the counter. */
static int looked_phone(struct call *call, const struct listing *l, int64_t id, const char *phone,
	char **ret, struct err *err)
{
	struct act act;

	*ret = NULL;
	if (!l->is_full || !*phone) {
		*ret = shown_phone(phone, l->is_full);
		return 0;
	}
	TRY(call_staff(call, &act, err));
	return phone_reveal(l->db, &act, id, ret, err);
}

static int add_record(struct call *call, struct listing *l, int64_t id, struct err *err)
{
	struct resident resident;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(mem_free) char *category = NULL;
	char joined[11];

	TRY(resident_get(l->db, id, &resident, err));
	TRY(resident_person(l->db, id, &person, err));
	TRY(who_name(l->db, id, l->is_full, &name, err));
	TRY(category_name(l->db, resident.category, &category, err));
	CLEANUP(mem_free) char *phone = NULL;
	TRY(looked_phone(call, l, id, person.phone, &phone, err));
	day_format(resident.joined_on, joined);
	table_number(l->table, resident.number, NULL);
	table_text(l->table, name);
	table_text(l->table, l->is_full ? person.alias : "");
	table_text(l->table, phone);
	table_text(l->table, l->is_full ? person.building : "");
	table_text(l->table, l->is_full ? person.room : "");
	table_text(l->table, category);
	TRY(add_child(l, &resident, &person, err));
	TRY(add_counts(l->db, l->table, id, call_now(call), err));
	TRY(add_consent(l, &resident, &person, call_now(call), err));
	table_text(l->table, joined);
	table_fact(l->table, resident.has_left, NULL);
	TRY(add_other(l, resident.merged_into, err));
	CLEANUP(mem_free) char *erased = words_instant(resident.erased_at, call_now(call));
	table_instant(l->table, resident.erased_at, erased);
	table_text(l->table, l->is_full ? person.note : "");
	return 0;
}

static int show_resident(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(show_columns, ARRAY_LEN(show_columns));
	struct listing l = { .table = table };
	int64_t id;

	TRY(call_db(call, &l.db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	l.is_full = staff == 1;
	TRY(named_resident(l.db, call_operand(call, 0), &id, err));
	TRY(add_record(call, &l, id, err));
	table_print_record(table, call_is_json(call));
	return 0;
}

/* ---- add, card ---- */

/* The notice that is in force, unless --consent names another one. */
static int consent_of(struct call *call, struct db *db, char **ret, struct err *err)
{
	const char *version = call_option(call, "consent");

	if (!version)
		return setting_text(db, SETTING_CONSENT_VERSION, ret, err);
	*ret = mem_text(version);
	return 0;
}

static int issue_card(
	struct call *call, struct db *db, struct act *act, int64_t id, int index, struct err *err)
{
	char payload[CODE_TEXT_MAX];

	call_key(call, index, act->key);
	act->resident = id;
	TRY(card_issue(db, act, id, payload, NULL, err));
	if (*payload)
		printf("%s\n", payload);
	else
		fprintf(stderr, "jiaplus: %s\n",
			_("this card was issued before with the same key; its code is told only "
			  "once"));
	return 0;
}

static const char *option_or(const struct call *call, const char *name, const char *otherwise)
{
	const char *value = call_option(call, name);

	return value ? value : otherwise;
}

static int read_new(struct call *call, struct db *db, struct resident_new *ret, struct err *err)
{
	const char *number = call_option(call, "number");
	const char *guardian = call_option(call, "guardian"), *born = call_option(call, "born");
	const char *wall = call_option(call, "wall");
	long long wanted = 0;
	int wall_name = WALL_FULL;

	*ret = (struct resident_new){
		.name = call_operand(call, 0),
		.alias = call_option(call, "alias"),
		.phone = call_option(call, "phone"),
		.note = call_option(call, "note"),
		.building = call_option(call, "building"),
		.room = call_option(call, "room"),
		.category = option_or(call, "category", "resident"),
		.fetchers = call_option(call, "fetchers"),
		.is_wall_chosen = wall != NULL,
	};
	if (born)
		TRY(people_birth_year(db, born, &ret->birth_year, err));
	if (wall)
		TRY(people_wall(wall, &wall_name, err));
	ret->wall_name = (enum wall_name)wall_name;
	if (number)
		TRY(text_integer(number, "number", 1, 999999999, &wanted, err));
	ret->number = wanted;
	if (guardian)
		TRY(named_resident(db, guardian, &ret->guardian, err));
	return 0;
}

static int add_resident(struct call *call, struct err *err)
{
	struct resident_new draft;
	struct resident resident;
	CLEANUP(mem_free) char *consent = NULL;
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(read_new(call, db, &draft, err));
	TRY(consent_of(call, db, &consent, err));
	draft.consent_version = consent;
	act.is_override = call_has(call, "again");
	act.why = act.is_override ? _("another person of the same name") : NULL;
	TRY(resident_add(db, &act, &draft, &id, err));
	TRY(resident_get(db, id, &resident, err));
	printf("%lld\n", (long long)resident.number);
	act.is_override = false;
	act.why = NULL;
	return call_has(call, "card") ? issue_card(call, db, &act, id, 1, err) : 0;
}

static int card_resident(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_resident(db, call_operand(call, 0), &id, err));
	if (!call_has(call, "lost"))
		return issue_card(call, db, &act, id, 0, err);
	act.resident = id;
	return card_revoke(db, &act, id, err);
}

/* ---- rows ---- */

#define OPTION_CATEGORY                                                            \
	{                                                                          \
		"category", N_("CODE"), N_("Category of resident; else: resident") \
	}
#define OPTION_CONSENT                                                               \
	{                                                                            \
		"consent", N_("VERSION"),                                            \
			N_("Version of the notice agreed to; else the one in force") \
	}

static const struct verb_option add_options[] = {
	{ "phone", N_("NUMBER"), N_("Phone number") },
	{ "building", N_("TEXT"), N_("Building") },
	{ "room", N_("TEXT"), N_("Room") },
	{ "alias", N_("TEXT"), N_("Form of address") },
	OPTION_CATEGORY,
	{ "guardian", N_("CARD"), N_("Of a child: who looks after it") },
	{ "fetchers", N_("LIST"), N_("Who else may fetch a child: \"12; Grandma Li\"") },
	{ "born", N_("YEAR"), N_("Year of birth") },
	{ "wall", N_("WORD"), N_("Name on the wall: full, alias or masked") },
	{ "number", N_("N"), N_("Resident's number; else the next free one") },
	{ "note", N_("TEXT"), N_("Note") },
	OPTION_CONSENT,
	{ "again", NULL, N_("Another person of the same name and phone number") },
	{ "card", NULL, N_("Issue a card, and print its code") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "all", NULL, N_("Also those who have moved away") },
	{ 0 },
};
static const struct verb_option card_options[] = {
	{ "lost", NULL, N_("Report the card lost, without a new one") },
	{ 0 },
};
const struct verb resident_verbs[] = {
	{
		.name = "resident add",
		.usage = NC_("person", "NAME"),
		.help = N_("Register a resident; prints the number"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.options = add_options,
		.run = add_resident,
	},
	{
		.name = "resident list",
		.usage = N_("[WORDS]"),
		.help = N_("List residents: by name, pinyin, phone tail or room"),
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF,
		.options = list_options,
		.run = list_residents,
	},
	{
		.name = "resident show",
		.usage = N_("CARD"),
		.help = N_("Show what is kept of a resident"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF,
		.run = show_resident,
	},
	{
		.name = "resident card",
		.usage = N_("CARD"),
		.help = N_("Issue a new card, and print its code; the old one ends"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.options = card_options,
		.run = card_resident,
	},
	{ 0 },
};
