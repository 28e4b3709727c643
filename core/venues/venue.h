/* Venues: the rooms and corners that people sign in to. */
#pragma once

#include "core/store/act.h"

struct venue {
	int64_t id;
	int64_t number;
	char *name;
	int64_t capacity;
	int64_t present; /* sessions in it now (session.h); set by venue_list alone */
};
void venue_finish(struct venue *);

struct venue_list {
	struct venue *rows;
	int count;
};
void venue_list_finish(struct venue_list *);

struct venue_draft {
	const char *name;
	int64_t capacity; /* people, 1 or more */
};

/* Takes the next number. ERR_INVALID TEXT_…, NUMBER_BAD ("capacity"); ERR_REFUSED NAME_EXISTS. */
int venue_add(struct db *, const struct act *, const struct venue_draft *, int64_t *ret_id,
	struct err *err);

/* ERR_NOT_FOUND VENUE_UNKNOWN. */
int venue_get(struct db *, int64_t id, struct venue *ret, struct err *err);
int venue_by_number(struct db *, int64_t number, struct venue *ret, struct err *err);

/* All of them by number, with how many are present at the clock's now. */
int venue_list(struct db *, struct venue_list *ret, struct err *err);
