#include "tui/screens/items/item_details.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/items/catalogue/owner.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/lending/condition.h"
#include "core/items/lending/item_look.h"
#include "core/items/reasons.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/i18n.h"

void item_details_finish(struct item_details *d)
{
	free(d->place);
	free(d->parts);
	free(d->contents);
	free(d->kit);
	free(d->handed_out);
	free(d->value);
	free(d->source);
	free(d->owners);
	free(d->notices);
	*d = (struct item_details){ 0 };
}

/* Takes over `more`; either may be NULL. */
static void item_details_append(char **text, char *more, const char *between)
{
	if (!more || !*more || !*text) {
		if (*text)
			free(more);
		else
			*text = more;
		return;
	}
	char *joined = mem_printf("%s%s%s", *text, between, more);
	free(*text);
	free(more);
	*text = joined;
}

static int item_details_read_parts(
	struct db *db, const struct item *item, struct item_details *d, struct err *err)
{
	CLEANUP(title_part_list_finish) struct title_part_list parts = { 0 };
	struct item_look look;

	TRY(title_parts(db, item->title, &parts, err));
	TRY(item_look_get(db, item->id, &look, err));
	for (int i = 0; i < parts.count; i++) {
		bool is_missing = look.parts_missing >> parts.rows[i].bit & 1;
		item_details_append(&d->parts,
			is_missing ? mem_printf(_("%s (missing)"), parts.rows[i].name)
				   : mem_text(parts.rows[i].name),
			"  ");
	}
	return 0;
}

/* A thing in a kit that is not in its place says so. */
static char *item_details_packed(const struct item *item)
{
	char number[ITEM_NUMBER_SIZE];

	item_number_format(item->number, number);
	if (item->status == ITEM_ACTIVE)
		return mem_printf("%s %s", item->name, number);
	return mem_printf("%s %s (%s)", item->name, number, words_item_condition(item));
}

static int item_details_read_kit(
	struct db *db, const struct item *item, struct item_details *d, struct err *err)
{
	CLEANUP(item_list_finish) struct item_list list = { 0 };
	CLEANUP(item_finish) struct item kit = { 0 };

	if (item->kit) {
		TRY(item_get(db, item->kit, &kit, err));
		d->kit = item_details_packed(&kit);
	}
	TRY(items_in_kit(db, item->id, &list, err));
	for (int i = 0; i < list.count; i++)
		item_details_append(&d->contents, item_details_packed(&list.rows[i]), "  ");
	return 0;
}

static int item_details_owner_name(struct db *db, int64_t resident, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };

	TRY(resident_person(db, resident, &person, err));
	*ret = mem_text(person.name);
	return 0;
}

/* "何志强 2/3  黄敏 1/3"; one alone has no share. */
static int item_details_read_owners(
	struct db *db, const struct item *item, struct item_details *d, struct err *err)
{
	CLEANUP(owner_list_finish) struct owner_list owners = { 0 };
	int64_t sum = 0;

	TRY(owners_of(db, item->id, &owners, err));
	for (int i = 0; i < owners.count; i++)
		sum += owners.rows[i].share;
	for (int i = 0; i < owners.count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		TRY(item_details_owner_name(db, owners.rows[i].resident, &name, err));
		item_details_append(&d->owners,
			owners.count == 1 ? mem_text(name)
					  : mem_printf("%s %" PRId64 "/%" PRId64, name,
						    owners.rows[i].share, sum),
			"  ");
	}
	return 0;
}

static void item_details_describe_handing_out(const struct item *item, struct item_details *d)
{
	const struct title_terms *terms = &item->terms;

	if (terms->is_onsite)
		item_details_append(&d->handed_out, mem_text(_("used here")), "  ");
	if (terms->is_consumable)
		item_details_append(&d->handed_out,
			mem_printf(_("%lld in stock now"), (long long)item->stock), "  ");
	if (terms->needs_approval)
		item_details_append(&d->handed_out, mem_text(_("by a volunteer")), "  ");
	if (terms->short_days) {
		CLEANUP(mem_free) char *days = words_days(terms->short_days);
		item_details_append(
			&d->handed_out, mem_printf(_("in demand: at most %s"), days), "  ");
	}
}

static void item_details_describe_worth(const struct item *item, struct item_details *d)
{
	const struct title_terms *terms = &item->terms;

	if (terms->value_points)
		item_details_append(&d->value,
			mem_printf(ngettext("%lld point", "%lld points",
					   (unsigned long)terms->value_points),
				(long long)terms->value_points),
			"  ");
	if (terms->value_fen) {
		CLEANUP(mem_free) char *yuan = money_text(terms->value_fen);
		item_details_append(&d->value, mem_printf(_("%s yuan"), yuan), "  ");
	}
	if (item->source != ITEM_SOURCE_UNKNOWN)
		d->source = mem_text(words_item_source(item->source));
	if (*item->project)
		item_details_append(&d->source, mem_text(item->project), "  ");
	if (item->cost_fen) {
		CLEANUP(mem_free) char *yuan = money_text(item->cost_fen);
		item_details_append(&d->source, mem_printf(_("%s yuan"), yuan), "  ");
	}
}

static int item_details_read_notices(
	struct db *db, const struct item *item, struct item_details *d, struct err *err)
{
	const struct act anybody = { .role = ROLE_VOLUNTEER };
	struct item_notices notices = { 0 };
	struct err refusal = { 0 };
	int64_t now = db_now(db);

	TRY(item_conditions(db, &anybody, item, now, &refusal, &notices, err));
	for (int i = 0; i < refusal.reason_count; i++)
		if (refusal.reasons[i].code == REASON_ITEM_EXPIRED ||
			refusal.reasons[i].code == REASON_ITEM_UNINSPECTED)
			item_details_append(
				&d->notices, words_reason(&refusal.reasons[i], now), "  ");
	for (int i = 0; i < notices.count; i++)
		item_details_append(&d->notices, words_reason(&notices.reasons[i], now), "  ");
	return 0;
}

int item_details_read(struct db *db, const struct item *item, bool is_staffed,
	struct item_details *ret, struct err *err)
{
	CLEANUP(item_details_finish) struct item_details d = { 0 };

	if (*item->zone)
		d.place = mem_text(item->zone);
	if (*item->shelf)
		item_details_append(&d.place, mem_text(item->shelf), "  ");
	TRY(item_details_read_parts(db, item, &d, err));
	TRY(item_details_read_kit(db, item, &d, err));
	TRY(item_details_read_notices(db, item, &d, err));
	item_details_describe_handing_out(item, &d);
	if (is_staffed) {
		TRY(item_details_read_owners(db, item, &d, err));
		item_details_describe_worth(item, &d);
	}
	*ret = d;
	d = (struct item_details){ 0 };
	return 0;
}
