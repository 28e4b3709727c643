/* Who the venue is: what is at the head of every screen and paper. */
#pragma once

#include "core/store/act.h"

struct site {
	const char *name;      /* 顺德共享家+ */
	const char *community; /* 榕树里社区 */
	const char *phone;
	const char *address;
	const char *motto; /* one line of thanks or rules at the foot of a receipt */
};

/* All texts are set, "" before the first site_set; they belong to *ret until site_finish. */
int site_get(struct db *db, struct site *ret, struct err *err);
void site_finish(struct site *site);

/* Writes all five; NULL is "". ERR_INVALID TEXT_EMPTY "name", or as text_accept. */
int site_set(struct db *db, const struct act *act, const struct site *site, struct err *err);
