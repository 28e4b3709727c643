#include "tui/screens/people/resident_facts.h"

#include "core/base/mem.h"
#include "core/people/child.h"
#include "core/people/consent.h"
#include "core/people/household.h"
#include "core/people/pause.h"
#include "core/rewards/use_right.h"
#include "core/words.h"

struct reading {
	struct kiosk *kiosk;
	const struct resident *resident;
	const struct resident_person *person;
	struct resident_facts *facts;
};

void resident_facts_finish(struct resident_facts *facts)
{
	mem_free(&facts->category);
	mem_free(&facts->family);
	mem_free(&facts->guardian);
	mem_free(&facts->wards);
	mem_free(&facts->fetchers);
	mem_free(&facts->pause);
	mem_free(&facts->consent);
	mem_free(&facts->rights);
}

static int resident_facts_read_category(struct reading *r, struct err *err)
{
	struct resident_category *categories;
	int count = resident_categories(r->kiosk->db, &categories, err);

	if (count < 0)
		return count;
	for (int i = 0; i < count; i++)
		if (categories[i].id == r->resident->category)
			r->facts->category = mem_text(categories[i].name);
	resident_categories_finish(categories, count);
	return 0;
}

/* The others in the same household. */
static int resident_facts_read_family(struct reading *r, struct err *err)
{
	CLEANUP(mem_free) int64_t *ids = NULL;
	int count = 0;

	r->facts->family = mem_text("");
	if (r->resident->household)
		count = household_members(r->kiosk->db, r->resident->household, &ids, err);
	for (int i = 0; i < count; i++) {
		CLEANUP(resident_person_finish) struct resident_person person = { 0 };
		if (ids[i] == r->resident->id)
			continue;
		TRY(resident_person(r->kiosk->db, ids[i], &person, err));
		CLEANUP(mem_free) char *before = r->facts->family;
		r->facts->family = mem_printf("%s%s%s", before, *before ? "  " : "", person.name);
	}
	return count < 0 ? count : 0;
}

/* Adds a name to others; takes over `names`. */
static char *resident_facts_with_name(char *names, const char *name)
{
	CLEANUP(mem_free) char *before = names;

	return mem_printf("%s%s%s", before, *before ? "  " : "", name);
}

/* "何强 000009", with the number by which they are found. */
static int resident_facts_add_person(struct reading *r, int64_t id, char **names, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident resident;

	TRY(resident_get(r->kiosk->db, id, &resident, err));
	TRY(resident_person(r->kiosk->db, id, &person, err));
	CLEANUP(mem_free)
	char *one = mem_printf("%s %06lld", person.name, (long long)resident.number);
	*names = resident_facts_with_name(*names, one);
	return 0;
}

/* Who is a child's guardian, who may fetch it, and whose guardian this person is. */
static int resident_facts_read_children(struct reading *r, struct err *err)
{
	CLEANUP(fetcher_list_finish) struct fetcher_list fetchers = { 0 };
	CLEANUP(mem_free) int64_t *wards = NULL;
	int count = wards_of(r->kiosk->db, r->resident->id, &wards, err);

	TRY(count);
	r->facts->guardian = mem_text("");
	r->facts->wards = mem_text("");
	r->facts->fetchers = mem_text("");
	if (r->resident->guardian)
		TRY(resident_facts_add_person(r, r->resident->guardian, &r->facts->guardian, err));
	for (int i = 0; i < count; i++)
		TRY(resident_facts_add_person(r, wards[i], &r->facts->wards, err));
	TRY(fetchers_of(r->kiosk->db, r->resident->id, &fetchers, err));
	for (int i = 0; i < fetchers.count; i++)
		r->facts->fetchers =
			resident_facts_with_name(r->facts->fetchers, fetchers.rows[i].name);
	return 0;
}

/* What keeps them from borrowing just now. */
static int resident_facts_read_standing(struct reading *r, struct err *err)
{
	struct day today = when_day(kiosk_now(r->kiosk));
	int is_open = consent_is_open(r->kiosk->db, r->resident, err);

	TRY(is_open);
	r->facts->consent = mem_text(
		is_open && !r->resident->has_left ? _("to be asked at the next visit") : "");
	if (!resident_is_paused(r->resident, today)) {
		r->facts->pause = mem_text("");
		return 0;
	}
	CLEANUP(mem_free) char *until = words_date(r->resident->paused_until, today);
	r->facts->pause = mem_printf(_("until %s: %s"), until, r->person->pause_why);
	return 0;
}

/* "3 号菜地  到 3月31日": what they may use in return for a duty. */
static int resident_facts_read_rights(struct reading *r, struct err *err)
{
	CLEANUP(use_right_list_finish) struct use_right_list list = { 0 };
	struct day today = when_day(kiosk_now(r->kiosk));

	r->facts->rights = mem_text("");
	TRY(use_rights_of(r->kiosk->db, HOLDER_RESIDENT(r->resident->id), &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct use_right *right = &list.rows[i];
		CLEANUP(mem_free) char *before = r->facts->rights;
		CLEANUP(mem_free) char *until = words_date(right->until, today);
		CLEANUP(mem_free) char *one = mem_printf(_("%s, until %s"), right->what, until);
		r->facts->rights = mem_printf("%s%s%s", before, *before ? "; " : "", one);
	}
	return 0;
}

int resident_facts_read(struct kiosk *kiosk, const struct resident *resident,
	const struct resident_person *person, struct resident_facts *ret, struct err *err)
{
	CLEANUP(resident_facts_finish) struct resident_facts facts = { 0 };
	struct reading reading = { kiosk, resident, person, &facts };

	TRY(resident_facts_read_category(&reading, err));
	TRY(resident_facts_read_family(&reading, err));
	TRY(resident_facts_read_children(&reading, err));
	TRY(resident_facts_read_standing(&reading, err));
	TRY(resident_facts_read_rights(&reading, err));
	*ret = facts;
	facts = (struct resident_facts){ 0 };
	return 0;
}
