#include "core/site/site.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define SITE_TEXTS 5

static const struct {
	const char *name;
	int max_chars;
} limits_of[SITE_TEXTS] = {
	{ "name", 30 },
	{ "community", 30 },
	{ "phone", 30 },
	{ "address", 60 },
	{ "motto", 60 },
};

static const struct column columns[] = {
	COLUMN(struct site, name),
	COLUMN(struct site, community),
	COLUMN(struct site, phone),
	COLUMN(struct site, address),
	COLUMN(struct site, motto),
};
static const struct row_type site_rows = ROW_TYPE(struct site, columns);
ROW_FINISHER(site_finish, struct site, site_rows);

/* All "" before it has been set up. */
int site_get(struct db *db, struct site *ret, struct err *err)
{
	return row_find(db, &site_rows,
		"SELECT name, community, phone, address, motto FROM (SELECT 1) LEFT JOIN site",
		NO_FIELDS, ret, err);
}

struct texts {
	char *text[SITE_TEXTS];
};

static void texts_finish(struct texts *texts)
{
	for (int i = 0; i < SITE_TEXTS; i++)
		free(texts->text[i]);
}

static int accept(const struct site *site, struct texts *ret, struct err *err)
{
	const char *given[SITE_TEXTS] = { site->name, site->community, site->phone, site->address,
		site->motto };

	for (int i = 0; i < SITE_TEXTS; i++) {
		struct text_limits limits = { limits_of[i].name, limits_of[i].max_chars, i > 0 };
		const char *text = given[i] ? given[i] : "";
		TRY(text_accept(text, strlen(text), &limits, &ret->text[i], err));
	}
	return 0;
}

int site_set(struct db *db, const struct act *act, const struct site *site, struct err *err)
{
	CLEANUP(texts_finish) struct texts texts = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct field row[SITE_TEXTS + 2] = { 0 };
	int64_t is_there;

	TRY(accept(site, &texts, err));
	for (int i = 0; i < SITE_TEXTS; i++)
		row[i] = F_TEXT(limits_of[i].name, texts.text[i]);
	TRY(act_begin(&a, db, act, ACT_SITE_SET, row, err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(db, "SELECT id FROM site", NO_FIELDS, 0, &is_there, err));
	row[SITE_TEXTS] = F_INT("id", 1);
	if (is_there) {
		row[SITE_TEXTS] = (struct field){ 0 };
		TRY(act_update(&a, "site", 1, row, err));
	} else {
		TRY(act_insert(&a, "site", row, err));
	}
	return act_commit(&a, 1, err);
}
