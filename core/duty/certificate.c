#include "core/duty/certificate.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct column certificate_columns[] = {
	COLUMN(struct certificate, id),
	COLUMN(struct certificate, number),
	COLUMN(struct certificate, resident),
	COLUMN(struct certificate, year),
	COLUMN(struct certificate, stars),
	COLUMN(struct certificate, place),
	COLUMN_AS(struct certificate, minutes.n, "minutes"),
	COLUMN_AS(struct certificate, earned.n, "points"),
	COLUMN(struct certificate, issued_at),
	COLUMN(struct certificate, name),
};
static const struct row_type certificate_rows = ROW_TYPE(struct certificate, certificate_columns);
ROW_FINISHER(certificate_finish, struct certificate, certificate_rows);

/* ---- reading ---- */

static int read_certificate(
	struct db *db, const char *sql, int64_t key, struct certificate *ret, struct err *err)
{
	return row_get(db, &certificate_rows, sql, FIELDS(F_INT("key", key)), ret,
		REASON(CERTIFICATE_UNKNOWN), err);
}

#define CERTIFICATE_SELECT                                                                    \
	"SELECT certificate.id AS id, number, resident, year, stars, place, minutes, points," \
	" issued_at, name FROM certificate"                                                   \
	" LEFT JOIN certificate_private ON certificate_private.id = certificate.id"

int certificate_by_id(struct db *db, int64_t id, struct certificate *ret, struct err *err)
{
	return read_certificate(
		db, CERTIFICATE_SELECT " WHERE certificate.id = :key", id, ret, err);
}

int certificate_by_number(struct db *db, int64_t number, struct certificate *ret, struct err *err)
{
	return read_certificate(db, CERTIFICATE_SELECT " WHERE number = :key", number, ret, err);
}

/* ---- the name ---- */

int certificate_name(struct db *db, int64_t resident, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident row;

	TRY(resident_get(db, resident, &row, err));
	TRY(resident_person(db, resident, &person, err));
	bool is_alias = row.wall_name == WALL_ALIAS && *person.alias;
	*ret = mem_text(is_alias ? person.alias : person.name);
	return 0;
}

static int read_name(
	struct db *db, const struct certificate_draft *draft, char **ret, struct err *err)
{
	static const struct text_limits limits = { .what = "name", .max_chars = RESIDENT_NAME_MAX };

	if (!draft->name)
		return certificate_name(db, draft->resident, ret, err);
	return text_accept(draft->name, strlen(draft->name), &limits, ret, err);
}

/* ---- issuing ---- */

static int check_here(struct db *db, int64_t id, struct err *err)
{
	struct resident resident;

	TRY(resident_get(db, id, &resident, err));
	return resident.has_left ? err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT)) : 0;
}

/* 0 for those who are on no list by their own wish, or too far down. */
static int place_in_year(
	struct db *db, const struct certificate_draft *draft, int *ret, struct err *err)
{
	CLEANUP(honours_finish) struct honours honours = { 0 };

	*ret = 0;
	if (draft->year == 0)
		return 0;
	TRY(honours_of_year(db, draft->year, CERTIFICATE_PLACES, &honours, err));
	for (int i = 0; i < honours.count; i++)
		if (honours.rows[i].resident == draft->resident)
			*ret = honours.rows[i].place;
	return 0;
}

static int fill_in(struct db *db, const struct certificate_draft *draft, struct certificate *ret,
	struct err *err)
{
	struct honoured figures = { 0 };
	int place;

	TRY(honours_of_resident(db, draft->resident, draft->year, &figures, err));
	TRY(place_in_year(db, draft, &place, err));
	bool has_done = figures.served.n > 0 || figures.earned.n > 0;
	if (draft->year ? !has_done : figures.stars == 0)
		return err_set(err, ERR_REFUSED, REASON(HONOUR_NONE));
	ret->resident = draft->resident;
	ret->year = draft->year;
	ret->stars = figures.stars;
	ret->place = place;
	ret->minutes = figures.served;
	ret->earned = figures.earned;
	return 0;
}

static int insert(struct acting *a, struct certificate *c, struct err *err)
{
	c->id = act_new_id(a);
	c->issued_at = a->at;
	TRY(db_integer(a->db, NEXT_NUMBER("certificate"), NO_FIELDS, 1, &c->number, err));
	TRY(act_insert(a, "certificate",
		FIELDS(F_INT("id", c->id), F_INT("number", c->number),
			F_INT("resident", c->resident), F_ID("year", c->year),
			F_INT("stars", c->stars), F_ID("place", c->place),
			F_INT("minutes", c->minutes.n), F_INT("points", c->earned.n),
			F_INT("issued_at", c->issued_at)),
		err));
	return act_private(a, "certificate_private", c->id, FIELDS(F_TEXT("name", c->name)), err);
}

int certificate_issue(struct db *db, const struct act *act, const struct certificate_draft *draft,
	struct certificate *ret, struct err *err)
{
	CLEANUP(certificate_finish) struct certificate c = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	/* The name is personal: it must not be among the inputs that the journal hashes. */
	TRY(act_begin(&a, db, act, ACT_CERTIFICATE_ISSUE,
		FIELDS(F_INT("resident", draft->resident), F_INT("year", draft->year)), err));
	if (a.is_repeat)
		return certificate_by_id(db, a.result, ret, err);
	TRY(check_here(db, draft->resident, err));
	TRY(read_name(db, draft, &c.name, err));
	TRY(fill_in(db, draft, &c, err));
	TRY(insert(&a, &c, err));
	act_set_subject(&a, c.id, c.resident);
	TRY(act_commit(&a, c.id, err));
	*ret = c;
	c = (struct certificate){ 0 };
	return 0;
}
