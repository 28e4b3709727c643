#include "core/venues/venue.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/venues/session.h"

#define NAME_MAX_CHARS 40
#define CAPACITY_MAX   10000

void venue_finish(struct venue *v)
{
	free(v->name);
	*v = (struct venue){ 0 };
}

void venue_list_finish(struct venue_list *list)
{
	for (int i = 0; i < list->count; i++)
		venue_finish(&list->rows[i]);
	free(list->rows);
	*list = (struct venue_list){ 0 };
}

static struct venue read_row(const struct query *q)
{
	return (struct venue){
		.id = query_int(q, "id"),
		.number = query_int(q, "number"),
		.name = mem_text(query_text0(q, "name")),
		.capacity = query_int(q, "capacity"),
	};
}

static int read_one(struct db *db, const char *sql, const struct field *params, struct venue *ret,
	struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, sql, params, err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(VENUE_UNKNOWN));
	*ret = read_row(&q);
	return 0;
}

#define VENUE_SELECT "SELECT id, number, name, capacity FROM venue"

int venue_get(struct db *db, int64_t id, struct venue *ret, struct err *err)
{
	return read_one(db, VENUE_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)), ret, err);
}

int venue_by_number(struct db *db, int64_t number, struct venue *ret, struct err *err)
{
	return read_one(db, VENUE_SELECT " WHERE number = :number", FIELDS(F_INT("number", number)),
		ret, err);
}

static int read_all(struct db *db, struct venue_list *list, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db, VENUE_SELECT " ORDER BY number", NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		list->rows =
			mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
		list->rows[list->count++] = read_row(&q);
	}
	return r;
}

int venue_list(struct db *db, struct venue_list *ret, struct err *err)
{
	CLEANUP(venue_list_finish) struct venue_list list = { 0 };

	TRY(read_all(db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(session_count(db, list.rows[i].id, &list.rows[i].present, err));
	*ret = list;
	list = (struct venue_list){ 0 };
	return 0;
}

static int check_name_is_new(struct db *db, const char *name, struct err *err)
{
	int64_t taken;

	TRY(db_integer(db, "SELECT 1 FROM venue WHERE name = :name", FIELDS(F_TEXT("name", name)),
		0, &taken, err));
	return taken ? err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, name)) : 0;
}

int venue_add(struct db *db, const struct act *act, const struct venue_draft *draft,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits name_limits = { "name", NAME_MAX_CHARS, false };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t number;

	TRY(text_accept(draft->name, strlen(draft->name), &name_limits, &name, err));
	if (draft->capacity < 1 || draft->capacity > CAPACITY_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "capacity"));
	TRY(act_begin(&a, db, act, ACT_VENUE_ADD,
		FIELDS(F_TEXT("name", name), F_INT("capacity", draft->capacity)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_name_is_new(db, name, err));
	TRY(db_integer(db, "SELECT max(number) + 1 FROM venue", NO_FIELDS, 1, &number, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "venue",
		FIELDS(F_INT("id", id), F_INT("number", number), F_TEXT("name", name),
			F_INT("capacity", draft->capacity)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}
