/* Who is meant by what people write as their name in a chat: those who serve, by name, by their
 * name on the roster, or nearly so. */
#pragma once

#include "core/store/db.h"

struct signup_person {
	int64_t resident;
	/* full, alias, as on the wall; each as signup_clean leaves it, "" for none */
	char *names[3];
	char *pinyin;
};

struct signup_people {
	struct signup_person *rows;
	int count;
	/* All their names, for signup_vocabulary. Borrowed from the rows. */
	const char **names;
	int name_count;
};
void signup_people_finish(struct signup_people *);
int signup_people_read(struct db *, struct signup_people *ret, struct err *err);

#define SIGNUP_WHO_MAX 7

/* Residents who may be meant by `text`, at most SIGNUP_WHO_MAX; *ret_is_sure: the one found has
 * exactly this name, and nobody else does. Otherwise anybody it may be: one of the same name, of
 * the same sound (陈丽方), of that given name (丽芳), 3栋陈丽芳, 陈芳, 陈姐. Returns how many. */
int signup_who(const struct signup_people *, const char *text, int64_t ret[SIGNUP_WHO_MAX],
	bool *ret_is_sure);
