#include "core/items/giving/donation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/giving/party.h"
#include "core/items/reasons.h"
#include "core/points/earning.h"
#include "core/points/fund.h"
#include "core/points/posting.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 60

static const char *const thanks_names[] = { "name", "alias", "anonymous" };
static_assert(ARRAY_LEN(thanks_names) == THANKS_COUNT, "a name for each way");

/* ---- taking it ---- */

/* A donor who is not a resident, as stored in the private row. */
struct outsider {
	char *name, *alias;
};

static void outsider_finish(struct outsider *o)
{
	free(o->name);
	free(o->alias);
}

static int accept_outsider(
	const struct donation_draft *draft, struct outsider *ret, struct err *err)
{
	const struct text_limits name = { "donor", NAME_MAX_CHARS, draft->thanks != THANKS_NAME };
	const struct text_limits alias = { "alias", NAME_MAX_CHARS, draft->thanks != THANKS_ALIAS };
	const char *typed_name = draft->name ? draft->name : "";
	const char *typed_alias = draft->alias ? draft->alias : "";

	if (draft->resident)
		return 0;
	TRY(text_accept(typed_name, strlen(typed_name), &name, &ret->name, err));
	return text_accept(typed_alias, strlen(typed_alias), &alias, &ret->alias, err);
}

static int copies_of(const struct arrival *thing)
{
	return thing->copies ? thing->copies : 1;
}

static int64_t count_things(const struct donation_draft *draft)
{
	int64_t count = 0;

	for (int i = 0; i < draft->thing_count; i++)
		count += copies_of(&draft->things[i]);
	return count;
}

static int check_amounts(const struct donation_draft *draft, struct err *err)
{
	int64_t things = count_things(draft);
	bool is_something = draft->fen > 0 || things > 0;
	bool is_too_much = draft->fen > MONEY_MAX_FEN || things > DONATION_THINGS_MAX;

	if (is_something && !is_too_much && draft->fen >= 0)
		return 0;
	return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
}

static int take_one(struct acting *a, const struct arrival *thing, int64_t donation,
	int64_t *ret_item, struct err *err)
{
	TRY(arrival_take(a->db, a->act, thing, ITEM_SOURCE_DONATED, ret_item, err));
	return act_insert(a, "donation_item",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("donation", donation),
			F_INT("item", *ret_item)),
		err);
}

/* The first of them may create the title, the others are more of it. */
static int take_copies(
	struct acting *a, const struct arrival *thing, int64_t donation, struct err *err)
{
	struct arrival more = *thing;
	int64_t item;

	TRY(take_one(a, thing, donation, &item, err));
	TRY(db_integer(a->db, "SELECT title FROM item WHERE id = :id", FIELDS(F_INT("id", item)), 0,
		&more.title, err));
	for (int i = 1; i < copies_of(thing); i++)
		TRY(take_one(a, &more, donation, &item, err));
	return 0;
}

static int take_things(
	struct acting *a, const struct donation_draft *draft, int64_t donation, struct err *err)
{
	for (int i = 0; i < draft->thing_count; i++)
		TRY(take_copies(a, &draft->things[i], donation, err));
	return 0;
}

static int take_money(
	struct acting *a, const struct donation_draft *draft, int64_t donation, struct err *err)
{
	const struct fund_draft line = { FUND_DONATION, draft->fen, donation };
	int64_t id;

	return draft->fen ? fund_post(a->db, a->act, &line, &id, err) : 0;
}

static struct earn_draft earning_of(
	struct acting *a, const struct donation_draft *draft, int64_t rule, int64_t donation)
{
	return (struct earn_draft){ .rule = rule,
		.whose = HOLDER_RESIDENT(draft->resident),
		.times = count_things(draft),
		.what_for = donation ? EARN_FOR_DONATION : EARN_FOR_ACT,
		.of = donation,
		.on = when_day(a->at) };
}

/* Points for residents, if the venue gives any: by the rule for donations, or, without one, by the
 * setting. *ret_rule is 0 without a rule. */
static int count_points(struct acting *a, const struct donation_draft *draft, int64_t *ret_rule,
	int64_t *ret, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	struct earned earned;

	*ret_rule = *ret = 0;
	if (!draft->resident || draft->is_past || count_things(draft) == 0)
		return 0;
	int r = earn_rule_for(a->db, EARN_DONATION, &rule, err);
	if (r < 0)
		return r;
	if (r == 0 || rule.per != EARN_PER_TIME) {
		TRY(setting_int(a->db, SETTING_DONATION_POINTS, ret, err));
		*ret *= count_things(draft);
		return 0;
	}
	const struct earn_draft earning = earning_of(a, draft, rule.id, 0);
	TRY(earn_preview(a->db, a->act, &earning, &earned, err));
	*ret_rule = rule.id;
	*ret = earned.is_waiting ? 0 : earned.points.n;
	return 0;
}

static int give_points(struct acting *a, const struct donation_draft *draft, int64_t donation,
	int64_t rule, int64_t points, struct err *err)
{
	const struct earn_draft earning = earning_of(a, draft, rule, donation);
	struct earned earned;
	int64_t id;

	if (rule)
		return earn(a->db, a->act, &earning, &earned, err);
	if (points == 0)
		return 0;
	return posting_move(a, "donation", HOLDER_SYSTEM(ACCOUNT_ISSUE),
		HOLDER_RESIDENT(draft->resident), POINTS(points), &(struct posting_more){ 0 }, &id,
		err);
}

static int insert_donation(struct acting *a, const struct donation_draft *draft, int64_t id,
	int64_t points, struct err *err)
{
	int64_t number;

	TRY(db_integer(a->db, NEXT_NUMBER("donation"), NO_FIELDS, 1, &number, err));
	return act_insert(a, "donation",
		FIELDS(F_INT("id", id), F_INT("number", number), F_ID("resident", draft->resident),
			F_TEXT("thanks", thanks_names[draft->thanks]), F_INT("fen", draft->fen),
			F_INT("points", points), F_INT("donated_at", a->at)),
		err);
}

static int take_all(struct acting *a, const struct donation_draft *draft,
	const struct outsider *outsider, int64_t *ret_id, struct err *err)
{
	int64_t rule, points, id = act_new_id(a);

	if (draft->resident)
		TRY(party_check(a->db, draft->resident, err));
	TRY(count_points(a, draft, &rule, &points, err));
	TRY(insert_donation(a, draft, id, points, err));
	if (!draft->resident)
		TRY(act_private(a, "donation_private", id,
			FIELDS(F_TEXT("name", outsider->name), F_TEXT("alias", outsider->alias)),
			err));
	TRY(take_things(a, draft, id, err));
	TRY(take_money(a, draft, id, err));
	TRY(give_points(a, draft, id, rule, points, err));
	act_set_subject(a, id, draft->resident);
	TRY(act_commit(a, id, err));
	*ret_id = id;
	return 0;
}

int donation_take(struct db *db, const struct act *act, const struct donation_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(outsider_finish) struct outsider outsider = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(check_amounts(draft, err));
	TRY(accept_outsider(draft, &outsider, err));
	TRY(act_begin(&a, db, act, ACT_DONATION_TAKE,
		FIELDS(F_INT("resident", draft->resident),
			F_TEXT("thanks", thanks_names[draft->thanks]), F_INT("fen", draft->fen),
			F_INT("things", count_things(draft))),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	return take_all(&a, draft, &outsider, ret_id, err);
}

/* ---- reading ---- */

#define DONATION_SELECT                                                                \
	"SELECT donation.id AS id, number, resident, thanks, fen, points, donated_at," \
	" CASE thanks WHEN 'name' THEN name WHEN 'alias' THEN alias END AS thanked"    \
	" FROM donation LEFT JOIN donation_private ON donation_private.id = donation.id"

static const struct column donation_columns[] = {
	COLUMN(struct donation, id),
	COLUMN(struct donation, number),
	COLUMN(struct donation, resident),
	COLUMN_ENUM(struct donation, thanks, thanks_names),
	COLUMN(struct donation, fen),
	COLUMN(struct donation, points),
	COLUMN(struct donation, donated_at),
	COLUMN(struct donation, thanked),
};
static const struct row_type donation_rows = ROW_TYPE(struct donation, donation_columns);

void donation_finish(struct donation *d)
{
	item_list_finish(&d->items);
	row_finish(&donation_rows, d);
}

void donation_list_finish(struct donation_list *list)
{
	for (int i = 0; i < list->count; i++)
		item_list_finish(&list->rows[i].items);
	rows_finish(&donation_rows, &list->rows, &list->count);
}

/* As the donor wishes. */
static int thank_resident(struct donation *d, struct db *db, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };

	TRY(resident_person(db, d->resident, &person, err));
	mem_free(&d->thanked);
	if (d->thanks == THANKS_NAME)
		d->thanked = mem_text(person.name);
	else
		d->thanked = *person.alias ? mem_text(person.alias) : text_mask_name(person.name);
	return 0;
}

static int read_items(struct donation *d, struct db *db, struct err *err)
{
	CLEANUP(mem_free) int64_t *ids = NULL;
	int count = rows_ids(db, "SELECT item FROM donation_item WHERE donation = :id ORDER BY id",
		FIELDS(F_INT("id", d->id)), &ids, err);

	TRY(count);
	d->items.rows = mem_alloc((size_t)count * sizeof(*d->items.rows));
	for (int i = 0; i < count; i++) {
		TRY(item_get(db, ids[i], &d->items.rows[i], err));
		d->items.count++;
	}
	return 0;
}

static int read_more(struct donation *d, struct db *db, struct err *err)
{
	if (d->resident && d->thanks != THANKS_ANONYMOUS)
		TRY(thank_resident(d, db, err));
	return read_items(d, db, err);
}

int donation_get(struct db *db, int64_t id, struct donation *ret, struct err *err)
{
	CLEANUP(donation_finish) struct donation donation = { 0 };

	TRY(row_get(db, &donation_rows, DONATION_SELECT " WHERE donation.id = :id",
		FIELDS(F_INT("id", id)), &donation, REASON(MOVE_UNKNOWN), err));
	TRY(read_more(&donation, db, err));
	*ret = donation;
	donation = (struct donation){ 0 };
	return 0;
}

int donations(struct db *db, const struct donation *after, int limit, struct donation_list *ret,
	struct err *err)
{
	CLEANUP(donation_list_finish) struct donation_list list = { 0 };

	TRY(rows_list(db, &donation_rows,
		DONATION_SELECT
		" WHERE donation.id < :after ORDER BY donation.id DESC LIMIT :limit",
		FIELDS(F_INT("after", after ? after->id : INT64_MAX), F_INT("limit", limit)), &list,
		err));
	for (int i = 0; i < list.count; i++)
		TRY(read_more(&list.rows[i], db, err));
	*ret = list;
	list = (struct donation_list){ 0 };
	return 0;
}
