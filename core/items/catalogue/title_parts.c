#include "core/items/catalogue/title_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/reasons.h"
#include "core/store/acting.h"

#define PART_MAX_CHARS 40

void title_part_list_finish(struct title_part_list *list)
{
	for (int i = 0; i < list->count; i++)
		free(list->rows[i].name);
	free(list->rows);
	*list = (struct title_part_list){ 0 };
}

/* A part with its row. */
struct row {
	int64_t id;
	int bit;
	int64_t position;
	char *name;
	bool is_kept;
};
struct rows {
	struct row rows[TITLE_PARTS_MAX];
	int count;
};

static void rows_finish(struct rows *all)
{
	for (int i = 0; i < all->count; i++)
		free(all->rows[i].name);
	all->count = 0;
}

static int read_rows(struct db *db, int64_t title, struct rows *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT id, bit, position, name FROM title_part WHERE title = :title"
		" ORDER BY position, bit",
		FIELDS(F_INT("title", title)), err));
	while ((r = query_next(&q, err)) > 0)
		ret->rows[ret->count++] = (struct row){ .id = query_int(&q, "id"),
			.bit = (int)query_int(&q, "bit"),
			.position = query_int(&q, "position"),
			.name = mem_text(query_text0(&q, "name")) };
	return r;
}

int title_parts(struct db *db, int64_t title, struct title_part_list *ret, struct err *err)
{
	CLEANUP(rows_finish) struct rows all = { 0 };

	TRY(read_rows(db, title, &all, err));
	*ret = (struct title_part_list){ 0 };
	if (all.count == 0)
		return 0;
	ret->rows = mem_alloc((size_t)all.count * sizeof(*ret->rows));
	for (int i = 0; i < all.count; i++) {
		struct title_part *part = &ret->rows[ret->count++];
		part->bit = all.rows[i].bit;
		part->name = TAKE(all.rows[i].name);
	}
	return 0;
}

/* ---- replacing the list ---- */

struct accepted {
	char *names[TITLE_PARTS_MAX];
	int count;
	char *joined; /* for the act's inputs */
};

static void accepted_finish(struct accepted *t)
{
	for (int i = 0; i < t->count; i++)
		free(t->names[i]);
	free(t->joined);
}

static int accept_name(const char *typed, struct accepted *t, struct err *err)
{
	static const struct text_limits limits = { "part", PART_MAX_CHARS, false };
	char *name = NULL;

	TRY(text_accept(typed, strlen(typed), &limits, &name, err));
	t->names[t->count++] = name;
	for (int i = 0; i < t->count - 1; i++)
		if (strcmp(t->names[i], name) == 0)
			return err_set(err, ERR_INVALID, REASON_TEXT(NAME_EXISTS, name));
	char *longer = mem_printf("%s%s\n", t->joined ? t->joined : "", name);
	free(t->joined);
	t->joined = longer;
	return 0;
}

static int accept_names(const char *const names[], int count, struct accepted *t, struct err *err)
{
	if (count > TITLE_PARTS_MAX)
		return err_set(err, ERR_REFUSED, REASON(PART_TOO_MANY, .n1 = TITLE_PARTS_MAX));
	for (int i = 0; i < count; i++)
		TRY(accept_name(names[i], t, err));
	return 0;
}

static struct row *row_named(struct rows *all, const char *name)
{
	for (int i = 0; i < all->count; i++)
		if (strcmp(all->rows[i].name, name) == 0)
			return &all->rows[i];
	return NULL;
}

/* Marks those that stay and deletes the others; returns the bits in use. */
static int drop_others(struct acting *a, struct rows *old, const struct accepted *t,
	uint32_t *ret_used, struct err *err)
{
	*ret_used = 0;
	for (int i = 0; i < t->count; i++) {
		struct row *row = row_named(old, t->names[i]);
		if (row)
			row->is_kept = true;
	}
	for (int i = 0; i < old->count; i++) {
		if (old->rows[i].is_kept)
			*ret_used |= UINT32_C(1) << old->rows[i].bit;
		else
			TRY(act_delete(a, "title_part", old->rows[i].id, err));
	}
	return 0;
}

/* The lowest bit that was never used; if there is none, one that has just become free. */
static int free_bit(uint32_t used, const struct rows *old)
{
	uint32_t avoided = used;

	for (int i = 0; i < old->count; i++)
		avoided |= UINT32_C(1) << old->rows[i].bit;
	if (avoided == UINT32_MAX)
		avoided = used;
	int bit = 0;
	while (avoided >> bit & 1)
		bit++;
	return bit;
}

static int write_list(struct acting *a, int64_t title, struct rows *old, const struct accepted *t,
	struct err *err)
{
	uint32_t used;

	TRY(drop_others(a, old, t, &used, err));
	for (int i = 0; i < t->count; i++) {
		const struct row *row = row_named(old, t->names[i]);
		if (row && row->position == i)
			continue;
		if (row) {
			TRY(act_update(
				a, "title_part", row->id, FIELDS(F_INT("position", i)), err));
			continue;
		}
		int bit = free_bit(used, old);
		used |= UINT32_C(1) << bit;
		TRY(act_insert(a, "title_part",
			FIELDS(F_INT("id", act_new_id(a)), F_INT("title", title), F_INT("bit", bit),
				F_INT("position", i), F_TEXT("name", t->names[i])),
			err));
	}
	return 0;
}

int title_set_parts(struct db *db, const struct act *act, int64_t title, const char *const names[],
	int count, struct err *err)
{
	CLEANUP(accepted_finish) struct accepted t = { 0 };
	CLEANUP(rows_finish) struct rows old = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t known;

	TRY(accept_names(names, count, &t, err));
	TRY(act_begin(&a, db, act, ACT_TITLE_PARTS,
		FIELDS(F_INT("title", title), F_TEXT("parts", t.joined)), err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(db, "SELECT 1 FROM title WHERE id = :id", FIELDS(F_INT("id", title)), 0,
		&known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
	TRY(read_rows(db, title, &old, err));
	TRY(write_list(&a, title, &old, &t, err));
	act_set_subject(&a, title, act->resident);
	return act_commit(&a, title, err);
}

/* ---- from a text ---- */

struct lines {
	char *lines[TITLE_PARTS_MAX + 1]; /* one more than allowed is enough to be refused */
	int count;
};

static void lines_finish(struct lines *l)
{
	for (int i = 0; i < l->count; i++)
		free(l->lines[i]);
}

static void split(const char *text, struct lines *ret)
{
	while (*text && ret->count < (int)ARRAY_LEN(ret->lines)) {
		size_t len = strcspn(text, "\r\n");
		size_t blank = strspn(text, " \t");
		if (blank < len)
			ret->lines[ret->count++] = mem_text_n(text, len);
		text += len;
		text += strspn(text, "\r\n");
	}
}

int title_set_parts_text(
	struct db *db, const struct act *act, int64_t title, const char *text, struct err *err)
{
	CLEANUP(lines_finish) struct lines l = { 0 };

	split(text, &l);
	return title_set_parts(db, act, title, (const char *const *)l.lines, l.count, err);
}
