/* resident add|list|show|card */
#include <stdio.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/lending/loan_list.h"
#include "core/people/card.h"
#include "core/people/child.h"
#include "core/people/phone.h"
#include "core/people/resident_acts.h"
#include "core/points/ledger.h"
#include "core/site/setting.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/people.h"
#include "tui/verbs/table.h"
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

/* What strangers may see of the contact data: without --as, only a masked number. */
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

static int add_hit(struct call *call, const struct resident_hit *hit, int *phones, struct err *err)
{
	struct resident resident;
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(mem_free) char *category = NULL;
	CLEANUP(mem_free) char *phone = shown_phone(hit->phone, call->is_staff);
	char joined[11];

	TRY(resident_get(call->db, hit->id, &resident, err));
	TRY(who_name(call->db, hit->id, call->is_staff, &name, err));
	TRY(category_name(call->db, resident.category, &category, err));
	day_format(resident.joined_on, joined);
	table_number(call->table, hit->number, NULL);
	table_text(call->table, name);
	table_text(call->table, phone);
	table_text(call->table, call->is_staff ? hit->building : "");
	table_text(call->table, call->is_staff ? hit->room : "");
	table_text(call->table, category);
	table_text(call->table, joined);
	table_fact(call->table, hit->has_left, NULL);
	*phones += call->is_staff && *hit->phone;
	return 0;
}

static int add_hits(
	struct call *call, const struct resident_query *all, int *phones, struct err *err)
{
	struct resident_query query = *all;
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };

	for (;;) {
		struct resident_page next = { 0 };
		TRY(resident_find(call->db, &query, &next, err));
		resident_page_finish(&page);
		page = next;
		for (int i = 0; i < page.count; i++)
			TRY(add_hit(call, &page.hits[i], phones, err));
		if (!page.has_more)
			return 0;
		query.after = &page.hits[page.count - 1];
	}
}

static int list_residents(struct call *call, struct err *err)
{
	const struct resident_query query = {
		.text = call_count(call) ? call_operand(call, 0) : "",
		.include_left = call_has(call, "all"),
		.limit = PAGE,
	};
	int phones = 0;

	TRY(add_hits(call, &query, &phones, err));
	/* Journalled before a number is shown. */
	return phones ? phone_note_list(call->db, &call->act, phones, err) : 0;
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

static int add_counts(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list loans = { 0 };
	struct points points;
	struct card card = { 0 };

	TRY(points_balance(call->db, id, &points, err));
	TRY(loans_of_resident(call->db, id, &loans, err));
	TRY(card_of(call->db, id, &card, err));
	CLEANUP(mem_free) char *issued = words_instant(card.issued_at, call_now(call));
	table_number(call->table, points.n, NULL);
	table_number(call->table, loans.count, NULL);
	table_instant(call->table, card.issued_at, issued);
	return 0;
}

/* Another resident's number, with the name for staff. */
static int add_other(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident;

	if (!id || !call->is_staff) {
		table_id(call->table, 0);
		return 0;
	}
	TRY(resident_get(call->db, id, &resident, err));
	TRY(who_name(call->db, id, true, &name, err));
	CLEANUP(mem_free) char *shown = mem_printf("%lld %s", (long long)resident.number, name);
	table_number(call->table, resident.number, shown);
	return 0;
}

/* A child's details, and how the name appears on the wall. */
static int add_child(struct call *call, const struct resident *resident,
	const struct resident_person *person, struct err *err)
{
	static const char *const walls[WALL_COUNT] = {
		[WALL_FULL] = N_("full name"),
		[WALL_ALIAS] = N_("form of address"),
		[WALL_MASKED] = N_("masked"),
	};
	CLEANUP(mem_free) char *fetchers = NULL;

	table_id(call->table, call->is_staff ? person->birth_year : 0);
	TRY(add_other(call, resident->guardian, err));
	TRY(fetchers_text(call->db, resident->id, &fetchers, err));
	table_text(call->table, call->is_staff ? fetchers : "");
	table_word(call->table, people_walls[resident->wall_name], _(walls[resident->wall_name]));
	return 0;
}

static int add_consent(struct call *call, const struct resident *resident,
	const struct resident_person *person, struct err *err)
{
	CLEANUP(mem_free)
	char *at =
		resident->consent_at ? words_instant(resident->consent_at, call_now(call)) : NULL;
	char until[11];

	table_text(call->table, *resident->consent_version ? resident->consent_version : NULL);
	table_instant(call->table, resident->consent_at, at);
	TRY(add_other(call, resident->consent_by, err));
	day_format(resident->paused_until, until);
	bool is_told = call->is_staff && resident->has_pause;
	table_text(call->table, is_told ? until : NULL);
	table_text(call->table, is_told ? person->pause_why : "");
	return 0;
}

/* Showing one person's full number is the same look as at the counter. */
static int looked_phone(
	struct call *call, int64_t id, const char *phone, char **ret, struct err *err)
{
	*ret = NULL;
	if (!call->is_staff || !*phone) {
		*ret = shown_phone(phone, call->is_staff);
		return 0;
	}
	return phone_reveal(call->db, &call->act, id, ret, err);
}

static int add_record(struct call *call, int64_t id, struct err *err)
{
	struct resident resident;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(mem_free) char *category = NULL;
	char joined[11];

	TRY(resident_get(call->db, id, &resident, err));
	TRY(resident_person(call->db, id, &person, err));
	TRY(who_name(call->db, id, call->is_staff, &name, err));
	TRY(category_name(call->db, resident.category, &category, err));
	CLEANUP(mem_free) char *phone = NULL;
	TRY(looked_phone(call, id, person.phone, &phone, err));
	day_format(resident.joined_on, joined);
	table_number(call->table, resident.number, NULL);
	table_text(call->table, name);
	table_text(call->table, call->is_staff ? person.alias : "");
	table_text(call->table, phone);
	table_text(call->table, call->is_staff ? person.building : "");
	table_text(call->table, call->is_staff ? person.room : "");
	table_text(call->table, category);
	TRY(add_child(call, &resident, &person, err));
	TRY(add_counts(call, id, err));
	TRY(add_consent(call, &resident, &person, err));
	table_text(call->table, joined);
	table_fact(call->table, resident.has_left, NULL);
	TRY(add_other(call, resident.merged_into, err));
	CLEANUP(mem_free) char *erased = words_instant(resident.erased_at, call_now(call));
	table_instant(call->table, resident.erased_at, erased);
	table_text(call->table, call->is_staff ? person.note : "");
	return 0;
}

static int show_resident(struct call *call, struct err *err)
{
	return add_record(call, call_id(call, 0), err);
}

/* ---- add, card ---- */

/* The notice in force, unless --consent names another one. */
static int consent_of(struct call *call, char **ret, struct err *err)
{
	const char *version = call_option(call, "consent");

	if (!version)
		return setting_text(call->db, SETTING_CONSENT_VERSION, ret, err);
	*ret = mem_text(version);
	return 0;
}

static int issue_card(struct call *call, int64_t id, int index, struct err *err)
{
	char payload[CODE_TEXT_MAX];

	call_key(call, index);
	call->act.resident = id;
	TRY(card_issue(call->db, &call->act, id, payload, NULL, err));
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

static int read_new(struct call *call, struct resident_new *ret, struct err *err)
{
	const char *born = call_option(call, "born");

	*ret = (struct resident_new){
		.name = call_operand(call, 0),
		.number = call_option_number(call, "number", 0),
		.alias = call_option(call, "alias"),
		.phone = call_option(call, "phone"),
		.note = call_option(call, "note"),
		.building = call_option(call, "building"),
		.room = call_option(call, "room"),
		.category = option_or(call, "category", "resident"),
		.guardian = call_option_id(call, "guardian", 0),
		.fetchers = call_option(call, "fetchers"),
		.is_wall_chosen = call_has(call, "wall"),
		.wall_name = (enum wall_name)call_option_number(call, "wall", WALL_FULL),
	};
	return born ? people_birth_year(call->db, born, &ret->birth_year, err) : 0;
}

static int add_resident(struct call *call, struct err *err)
{
	struct resident_new draft;
	struct resident resident;
	CLEANUP(mem_free) char *consent = NULL;
	int64_t id;

	TRY(read_new(call, &draft, err));
	TRY(consent_of(call, &consent, err));
	draft.consent_version = consent;
	call->act.is_override = call_has(call, "again");
	call->act.why = call->act.is_override ? _("another person of the same name") : NULL;
	TRY(resident_add(call->db, &call->act, &draft, &id, err));
	TRY(resident_get(call->db, id, &resident, err));
	printf("%lld\n", (long long)resident.number);
	call->act.is_override = false;
	call->act.why = NULL;
	return call_has(call, "card") ? issue_card(call, id, 1, err) : 0;
}

static int card_resident(struct call *call, struct err *err)
{
	int64_t id = call_id(call, 0);
	if (!call_has(call, "lost"))
		return issue_card(call, id, 0, err);
	call->act.resident = id;
	return card_revoke(call->db, &call->act, id, err);
}

/* ---- rows ---- */

#define OPTION_CATEGORY                                            \
	{                                                          \
		"category", { OPERAND_TEXT, .word = N_("CODE") },  \
			N_("Category of resident; else: resident") \
	}
#define OPTION_CONSENT                                                               \
	{                                                                            \
		"consent", { OPERAND_TEXT, .word = N_("VERSION") },                  \
			N_("Version of the notice agreed to; else the one in force") \
	}

static const struct verb_option add_options[] = {
	{ "phone", { OPERAND_TEXT, .word = NC_("phone", "NUMBER") }, N_("Phone number") },
	{ "building", { OPERAND_TEXT }, N_("Building") },
	{ "room", { OPERAND_TEXT }, N_("Room") },
	{ "alias", { OPERAND_TEXT }, N_("Form of address") },
	OPTION_CATEGORY,
	{ "guardian", { OPERAND_CARD }, N_("Of a child: who looks after it") },
	{ "fetchers", { OPERAND_TEXT, .word = N_("LIST") },
		N_("Who else may fetch a child: \"12; Grandma Li\"") },
	{ "born", { OPERAND_TEXT, .word = N_("YEAR") }, N_("Year of birth") },
	{ "wall", { OPERAND_CHOICE, .word = N_("WORD"), .choices = people_walls },
		N_("Name on the wall: full, alias or masked") },
	{ "number", { OPERAND_NUMBER, .word = N_("N") },
		N_("Resident's number; else the next free one") },
	{ "note", { OPERAND_TEXT }, N_("Note") },
	OPTION_CONSENT,
	{ "again", NO_VALUE, N_("Another person of the same name and phone number") },
	{ "card", NO_VALUE, N_("Issue a card, and print its code") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "all", NO_VALUE, N_("Also those who have moved away") },
	{ 0 },
};
static const struct verb_option card_options[] = {
	{ "lost", NO_VALUE, N_("Report the card lost, without a new one") },
	{ 0 },
};
const struct verb resident_verbs[] = {
	{
		.name = "resident add",
		.operands = { { OPERAND_TEXT, .word = NC_("person", "NAME") } },
		.help = N_("Register a resident; prints the number"),
		.takes = VERB_ACT | VERB_KEY,
		.options = add_options,
		.run = add_resident,
	},
	{
		.name = "resident list",
		.operands = { { OPERAND_TEXT, TIMES_MAYBE, .word = NC_("search", "WORDS") } },
		.help = N_("List residents: by name, pinyin, phone tail or room"),
		.takes = VERB_JSON | VERB_NAMES,
		.options = list_options,
		.columns = COLUMNS(list_columns),
		.run = list_residents,
	},
	{
		.name = "resident show",
		.operands = { { OPERAND_CARD } },
		.help = N_("Show what is kept of a resident"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(show_columns),
		.is_record = true,
		.run = show_resident,
	},
	{
		.name = "resident card",
		.operands = { { OPERAND_CARD } },
		.help = N_("Issue a new card, and print its code; the old one ends"),
		.takes = VERB_ACT | VERB_KEY,
		.options = card_options,
		.run = card_resident,
	},
	{ 0 },
};
