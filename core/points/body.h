/* Bodies that hold points: teams, party branches, organisations, merchants (doc/rules.md,
 * Points and hours). */
#pragma once

#include "core/store/act.h"

enum body_kind { BODY_TEAM, BODY_PARTY_BRANCH, BODY_ORGANISATION, BODY_MERCHANT, BODY_KIND_COUNT };
/* "team", "party_branch", "organisation", "merchant": as the column and --json have it. */
const char *body_kind_name(enum body_kind);
/* ERR_INVALID NUMBER_BAD "kind". */
int body_kind_named(const char *name, enum body_kind *ret, struct err *err);

struct body {
	int64_t id, number;
	enum body_kind kind;
	char *name;
	bool is_ended;
};
void body_finish(struct body *);

/* Gets the next number. ERR_INVALID TEXT_… "name"; ERR_REFUSED NAME_EXISTS. */
int body_add(struct db *, const struct act *, enum body_kind, const char *name, int64_t *ret_id,
	struct err *err);
/* It keeps its points, and earns no more by rules. ERR_NOT_FOUND BODY_UNKNOWN. */
int body_end(struct db *, const struct act *, int64_t id, struct err *err);

/* ERR_NOT_FOUND BODY_UNKNOWN. */
int body_get(struct db *, int64_t id, struct body *ret, struct err *err);
int body_by_number(struct db *, int64_t number, struct body *ret, struct err *err);

struct body_list {
	struct body *rows;
	int count;
};
void body_list_finish(struct body_list *);
/* Those that have not ended, by number. */
int bodies(struct db *, struct body_list *ret, struct err *err);
